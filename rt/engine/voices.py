"""The voices of one model: from notes to frames, pitches and levels in the bank, in step with the engine's clock.

Voices get the frames that they move to next in turns, so that each tick decodes a few in one batch.
"""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, AnyArray
from rt.config.config import EngineConfig
from rt.dsp import voice_table as dsp
from rt.dsp.voice_bank import VoiceBank
from rt.dsp.voice_table import QUANTUM
from rt.engine.channel_states import ChannelStates, Key, Note
from rt.engine.frame_feed import FrameClock, FrameFeed
from rt.engine.free_path import LatentCurve
from rt.engine.latents import Latents
from rt.engine.motion import Motion
from rt.engine.note_values import NoteTable, NoteValues
from rt.engine.voice_states import Voice, VoiceSnapshot, VoiceStates
from rt.model import Model

TICKS_PER_HOP = 2
FADE_S = 0.006
RESTRIKE_S = 0.03
CLASSIC_ITERATIONS, LOCKED_ITERATIONS = 4, 1


class Voices:
    """All voices of one model; made on any thread, then owned by the engine."""

    def __init__(self, model: Model, *, sample_rate_hz: float, config: EngineConfig) -> None:
        self.model = model
        self.n_stolen = 0
        self._rate_hz = sample_rate_hz
        band_hz = np.append(model.frequency_hz, model.noise_hz)
        self._notes = NoteTable(model.manifest, band_hz, tilt_db=config.velocity_tilt_db)
        self._states = VoiceStates(config.voices, model.manifest)
        n = self._states.n_slots
        own = CLASSIC_ITERATIONS if config.phase == "classic" else LOCKED_ITERATIONS
        self._voice_bank = VoiceBank(
            n,
            model.frequency_hz,
            sample_rate_hz=sample_rate_hz,
            phase=config.phase,
            iterations=config.iterations if config.iterations >= 0 else own,
            seed=config.seed,
            noise_hz=model.noise_hz if len(model.noise_hz) else None,
        )
        self.tick_samples = self._voice_bank.hop_samples // TICKS_PER_HOP
        self._clock = FrameClock(n, self.tick_samples)
        self._latents = Latents(model, self._states, sample_rate_hz=sample_rate_hz, seed=config.seed)
        self._feed = FrameFeed(
            self._voice_bank, self._latents, self._clock, attack_s=config.attack_s, sample_rate_hz=sample_rate_hz
        )
        self._motion = Motion(
            self._voice_bank, self._states, max_age_s=model.manifest.max_age_s, sample_rate_hz=sample_rate_hz
        )
        self._starting: list[Voice] = []

    # notes

    def note_on(self, note: Note, now: int) -> None:
        """Ask for a note at sample `now`; it sounds from the next `advance` on."""
        for voice in self._states.staying(lambda v: v.key == note.key):
            self._fade(voice, RESTRIKE_S)
        self._start(note, self._notes.of(note), now)

    def glide(self, note: Note, seconds: float, now: int) -> bool:
        """Have the latest voice of the channel whose key is down go over to a note; False where there is none."""
        voices = self._states.staying(lambda v: v.key is not None and v.key.channel == note.key.channel and v.held)
        if not voices or any(v.key == note.key for v in voices):
            return False
        voice = voices[-1]
        assert voice.note is not None
        voice.below = [n for n in voice.below if n.key != note.key] + [voice.note]
        self._go_over(voice, note, seconds, now)
        return True

    def note_off(self, key: Key, sustained: bool, glide_s: float | None, now: int) -> None:
        """A key goes up; under the pedal its voice sounds on, and a legato voice goes back to a key still down."""
        for voice in self._states.staying(lambda v: v.note is not None and v.held):
            voice.below = [note for note in voice.below if note.key != key]
            if voice.key != key:
                continue
            if voice.below:
                self._go_over(voice, voice.below.pop(), glide_s or 0.0, now)
                continue
            voice.held = False
            if not sustained:
                self._release(voice)

    def release_unheld(self, channel: int) -> None:
        """The pedal goes up: voices of a channel without a key down end."""
        for voice in self._states.staying(lambda v: v.key is not None and v.key.channel == channel and not v.held):
            self._release(voice)

    def all_notes_off(self, channel: int, sustained: bool, now: int) -> None:
        """Every key of a channel goes up."""
        for voice in self._states.staying(lambda v: v.key is not None and v.key.channel == channel):
            voice.below.clear()
            if voice.key is not None:
                self.note_off(voice.key, sustained, None, now)

    def silence(self, channel: int | None, seconds: float = FADE_S) -> None:
        """Fade the voices of a channel, or of all and the free voice, within milliseconds."""
        for voice in self._states.voices:
            if channel is None or (voice.key is not None and voice.key.channel == channel):
                self._fade(voice, seconds)

    # latents

    def set_free_level(self, gain: float) -> None:
        """Level of the free voice, as a channel's is of its notes."""
        self._motion.free_gain = gain

    def set_gate(self, on: bool, now: int) -> None:
        """The free voice sounds or rests."""
        sounding = self._states.staying(lambda v: v.key is None)
        if on and not sounding:
            self._start(None, self._notes.free, now)
        for voice in [] if on else sounding:
            self._release(voice)

    def go(self, point: AnyArray, now: int) -> None:
        """The free voice heads for a point (size,) of the latent space."""
        self._latents.path.go(point, now / self._rate_hz)
        self._reschedule(free=True)

    def go_xy(self, x: float, y: float, now: int) -> None:
        """The free voice heads for a place on the two first principal axes, each -1..1."""
        self.go(self._latents.point_of_xy(x, y), now)

    def go_symbol(self, instrument: int, note: int, dynamics: int, now: int) -> None:
        """The free voice heads for where labels lie."""
        self.go(self._latents.point_of_symbol(instrument, note, dynamics), now)

    def set_interpolation(self, order: int, seconds: float) -> None:
        """How the free voice reaches later points."""
        self._latents.path.set_interpolation(order, seconds)

    def set_trajectory(self, shape: int, frequency_hz: float, radius: float, now: int) -> None:
        """How the free voice circles its point."""
        self._latents.path.set_trajectory(shape, frequency_hz, radius, now / self._rate_hz)
        self._reschedule(free=True)

    def follow(self, curve: LatentCurve) -> None:
        """The free voice goes a way that is known beforehand."""
        self._latents.follow(curve)

    def set_offset(self, offset: AnyArray) -> None:
        """Added to the latents of every note from now on."""
        self._latents.set_offset(offset)
        self._reschedule(free=False)

    def set_alive(self, amount: float) -> None:
        """How far latents wander, in standard deviations of the posterior."""
        self._latents.alive = amount

    # time

    @property
    def n_guarded(self) -> int:
        """Times that a frame or a hop was silenced because it was no sound."""
        return self._voice_bank.n_non_finite + self._feed.n_guarded

    @property
    def n_sounding(self) -> int:
        """Voices that can be heard, the fading ones included."""
        return len(self._states.voices)

    @property
    def lead_samples(self) -> int:
        """How much later the middle of what is rendered now is heard."""
        return self._feed.lead_samples

    def snapshot(self) -> list[VoiceSnapshot]:
        """How every voice sounds now, in order of age."""
        return [self._snapshot(voice.slot) for voice in self._states.voices]

    def advance(self, channels: ChannelStates, now: int) -> None:
        """Start the voices that were asked for; at whole ticks also bring pitch, level and frames up to date.

        All frames that are needed at `now`, a whole quantum, are decoded in one batch.
        """
        is_tick = now % self.tick_samples == 0
        if is_tick:
            stages = self._voice_bank.state[:, dsp.STAGE].tolist()
            for voice in [v for v in self._states.voices if stages[v.slot] == dsp.FREE]:
                self._forget(voice)
        starting = [v for v in self._starting if v in self._states.voices]
        self._starting.clear()
        playing = [v.slot for v in (self._states.voices if is_tick else starting)]
        if not playing:
            return
        self._motion.move(playing, channels, now)
        due = self._clock.due(playing, now) if is_tick else []
        if starting or due:
            self._feed.decode(starting, due, now)

    def render(self, left: F32, right: F32 = dsp.NOWHERE) -> None:
        """Add all voices to `left` and `right`, (n,) a whole number of quanta; without `right` to one channel."""
        if self._states.voices:
            self._voice_bank.render(left, right)

    # inside

    def _go_over(self, voice: Voice, note: Note, seconds: float, now: int) -> None:
        """A voice glides to another note; its age goes on."""
        self._states.go_over(
            voice,
            note,
            self._notes.of(note),
            now,
            length=round(seconds * self._rate_hz),
            latent=self._latents.of_note(voice.slot, now),
        )
        self._motion.set_release(voice.slot)
        self._clock.reschedule(voice.slot)

    def _start(self, note: Note | None, values: NoteValues, now: int) -> None:
        """A new voice; steals a slot when the polyphony is used up."""
        victim = self._states.victim(self._audible)
        if victim is not None:
            self._fade(victim, FADE_S)
            self.n_stolen += 1
        if self._states.is_full():
            self._forget(min((v for v in self._states.voices if v.leaving), key=self._audible))
        voice = self._states.begin(note, values, now)
        self._starting.append(voice)
        self._motion.set_release(voice.slot)
        self._voice_bank.state[voice.slot, dsp.STAGE] = dsp.RISING

    def _release(self, voice: Voice) -> None:
        voice.held, voice.leaving = False, True
        self._voice_bank.release(voice.slot)

    def _fade(self, voice: Voice, seconds: float) -> None:
        voice.held, voice.leaving = False, True
        self._voice_bank.fade(voice.slot, QUANTUM / (seconds * self._rate_hz))

    def _forget(self, voice: Voice) -> None:
        self._voice_bank.state[voice.slot] = 0.0
        self._clock.end(voice.slot)
        self._states.remove(voice)

    def _snapshot(self, slot: int) -> VoiceSnapshot:
        """How the voice in a slot sounds now."""
        bank, states, row = self._voice_bank, self._states, self._voice_bank.state[slot]
        share = min(max(row[dsp.FRAME_POSITION] / max(row[dsp.FRAME_LENGTH], 1.0), 0.0), 1.0)
        return VoiceSnapshot(
            slot,
            birth_sample=states.birth_sample[slot],
            level=float(row[dsp.LEVEL] * row[dsp.GAIN]),
            side=float(row[dsp.SIDE]),
            ratio=float(row[dsp.RATIO]),
            frame=bank.frame_a[slot] + np.float32(share) * (bank.frame_b[slot] - bank.frame_a[slot]),
            latent=states.latent[slot].copy(),
            latent_at=int(states.latent_at[slot]),
        )

    def _audible(self, voice: Voice) -> float:
        row = self._voice_bank.state[voice.slot]
        return float(row[dsp.LEVEL] * row[dsp.GAIN])

    def _reschedule(self, *, free: bool) -> None:
        for voice in self._states.voices:
            if (voice.key is None) == free:
                self._clock.reschedule(voice.slot)
