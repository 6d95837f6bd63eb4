"""The voices of one model: from notes to frames, pitches and levels in the bank, in step with the engine's clock.

Voices get the frames that they move to next in turns, so that each tick decodes a few in one batch.
"""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, I64, AnyArray
from rt.config import EngineConfig
from rt.dsp import voice_table as dsp
from rt.dsp.bank import Bank
from rt.dsp.voice_table import QUANTUM
from rt.engine import loudness
from rt.engine.channel import Channel, Key
from rt.engine.frame_clock import FrameClock
from rt.engine.latents import Latents
from rt.engine.slots import Slots, Voice
from rt.model import Model
from rt.units import hz_of_note

TICKS_PER_HOP = 2
FADE_S = 0.006
RESTRIKE_S = 0.03
FREE_RELEASE_S = 0.25
GAIN_S = 0.008
VIBRATO_HZ = 5.5
VIBRATO_SEMITONES = 0.5
CLASSIC_ITERATIONS, LOCKED_ITERATIONS = 4, 1


class Voices:
    """All voices of one model; made on any thread, then owned by the engine."""

    def __init__(self, model: Model, *, sample_rate_hz: float, config: EngineConfig) -> None:
        self.model = model
        self.n_guarded = 0
        self.n_stolen = 0
        self._rate = sample_rate_hz
        self._slots = Slots(config.voices)
        n = self._slots.n_slots
        own = CLASSIC_ITERATIONS if config.phase == "classic" else LOCKED_ITERATIONS
        self._bank = Bank(
            n,
            model.frequency_hz,
            sample_rate_hz=sample_rate_hz,
            phase=config.phase,
            iterations=config.iterations if config.iterations >= 0 else own,
            seed=config.seed,
        )
        self.tick_samples = self._bank.hop_samples // TICKS_PER_HOP
        self._clock = FrameClock(n, self.tick_samples)
        self._latents = Latents(model, n, sample_rate_hz=sample_rate_hz, seed=config.seed)
        self._lead = self._bank.window_samples // 2  # a frame is heard in the middle of its window
        self._tilt_db = config.velocity_tilt_db
        self._attack = min(1.0, QUANTUM / (config.attack_s * sample_rate_hz))
        self._born = np.zeros(n, np.int64)
        self._tuning = np.ones(n)
        self._gain = np.zeros(n)
        self._decay_db_per_s = np.zeros(n)
        self._channel = np.zeros(n, np.int64)
        self._follows = np.zeros(n)  # 1 where the gain of the channel counts, 0 for the free voice
        self._starting: list[Voice] = []
        self._free_gain = loudness.free_gain(model.manifest)

    # notes

    def note_on(self, key: Key, velocity: int, channel: Channel, now: int) -> None:
        """Ask for a note at sample `now`; it sounds from the next `begin` on."""
        for voice in self._slots.staying(lambda v: v.key == key):
            self._fade(voice, RESTRIKE_S)
        manifest = self.model.manifest
        index = min(channel.instrument, len(manifest.instruments) - 1)
        spec = manifest.instruments[index]
        note = spec.reachable(key.note)
        row = note - spec.low_note
        dynamics = loudness.dynamics(manifest, velocity)
        slot = self._start(key, now, release_s=spec.release_s)
        tilt = loudness.tilt(self.model.frequency_hz, hz_of_note(note), velocity, self._tilt_db)
        self._latents.begin_note(slot, now, note=note, dynamics=dynamics, instrument=index, tilt=tilt)
        self._tuning[slot] = 2.0 ** (-spec.tuning_cents[row] / 1200.0)
        self._gain[slot] = loudness.note_gain(spec, note, velocity, dynamics)
        self._decay_db_per_s[slot] = spec.decay_db_per_s[row]

    def note_off(self, key: Key, sustained: bool) -> None:
        """A key goes up; under the pedal its voice sounds on."""
        for voice in self._slots.staying(lambda v: v.key == key and v.held):
            voice.held = False
            if not sustained:
                self._release(voice)

    def release_unheld(self, channel: int) -> None:
        """The pedal goes up: voices of a channel without a key down end."""
        for voice in self._slots.staying(lambda v: v.key is not None and v.key.channel == channel and not v.held):
            self._release(voice)

    def all_notes_off(self, channel: int, sustained: bool) -> None:
        """Every key of a channel goes up."""
        keys = {v.key for v in self._slots.staying() if v.key is not None and v.key.channel == channel}
        for key in keys:
            self.note_off(key, sustained)

    def silence(self, channel: int | None, seconds: float = FADE_S) -> None:
        """Fade the voices of a channel, or of all and the free voice, within milliseconds."""
        for voice in self._slots.voices:
            if channel is None or (voice.key is not None and voice.key.channel == channel):
                self._fade(voice, seconds)

    # latents

    def set_gate(self, on: bool, now: int) -> None:
        """The free voice sounds or rests."""
        sounding = self._slots.staying(lambda v: v.key is None)
        if on and not sounding:
            slot = self._start(None, now, release_s=FREE_RELEASE_S)
            self._latents.begin_free(slot)
            self._tuning[slot] = 1.0
            self._gain[slot] = self._free_gain
            self._decay_db_per_s[slot] = 0.0
        for voice in [] if on else sounding:
            self._release(voice)

    def go(self, point: AnyArray, now: int) -> None:
        """The free voice heads for a point (size,) of the latent space."""
        self._latents.path.go(point, now / self._rate)
        self._hurry(free=True)

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
        self._latents.path.set_trajectory(shape, frequency_hz, radius, now / self._rate)
        self._hurry(free=True)

    def set_offset(self, offset: AnyArray) -> None:
        """Added to the latents of every note from now on."""
        self._latents.set_offset(offset)
        self._hurry(free=False)

    def set_alive(self, amount: float) -> None:
        """How far latents wander, in standard deviations of the posterior."""
        self._latents.alive = amount

    # time

    @property
    def n_sounding(self) -> int:
        """Voices that can be heard, the fading ones included."""
        return len(self._slots.voices)

    def begin(self, channels: list[Channel], now: int) -> None:
        """Decode and start the voices that were asked for since the last call."""
        starting = [v for v in self._starting if v in self._slots.voices]
        self._starting.clear()
        if not starting:
            return
        slots = np.asarray([v.slot for v in starting])
        n = len(slots)
        self._move(slots, channels, now)
        until_next = np.asarray([self._clock.begin(v.slot, now) for v in starting])
        frames = self._latents.frames(np.tile(slots, 2), now + np.concatenate([np.full(n, -self._lead), until_next]))
        self._bank.frame_a[slots], self._bank.frame_b[slots] = frames[:n], frames[n:]
        state = self._bank.state
        state[slots, dsp.FRAME_POSITION] = self._lead
        state[slots, dsp.FRAME_LENGTH] = self._lead + until_next
        state[slots, dsp.ATTACK] = self._attack
        state[slots, dsp.GAIN_SPEED] = 1.0 - np.exp(-QUANTUM / (GAIN_S * self._rate))
        state[slots, dsp.GAIN] = state[slots, dsp.GAIN_TARGET]  # a note must not glide in
        hops = self._hops_taken()
        for voice in starting:
            turn = int(np.argmin(hops))
            hops[turn] += 1
            stage = state[voice.slot, dsp.STAGE]
            self._bank.start(voice.slot, hop_offset_samples=turn * QUANTUM)
            if stage == dsp.FADING:  # silenced before it began
                state[voice.slot, dsp.STAGE] = stage

    def tick(self, channels: list[Channel], now: int) -> None:
        """Bring pitch, level and frames up to date; call at every multiple of `tick_samples`."""
        for voice in [v for v in self._slots.voices if self._bank.state[v.slot, dsp.STAGE] == dsp.FREE]:
            self._forget(voice)
        if not self._slots.voices:
            return
        slots = np.asarray([v.slot for v in self._slots.voices])
        self._move(slots, channels, now)
        due = self._clock.due(slots, now)
        if len(due):
            self._next_frames(due, now)

    def render(self, out: F32) -> None:
        """Add all voices to `out`, (n,) a whole number of quanta."""
        if self._slots.voices:
            self._bank.render(out)

    # inside

    def _start(self, key: Key | None, now: int, *, release_s: float) -> int:
        """A slot for a new voice; steals one when the polyphony is used up."""
        victim = self._slots.victim(self._audible)
        if victim is not None:
            self._fade(victim, FADE_S)
            self.n_stolen += 1
        if self._slots.is_full():
            self._forget(min((v for v in self._slots.voices if v.leaving), key=self._audible))
        voice = self._slots.add(key, now)
        self._starting.append(voice)
        slot = voice.slot
        self._born[slot] = now
        self._follows[slot] = key is not None
        self._channel[slot] = key.channel if key else 0
        row = self._bank.state[slot]
        row[dsp.STAGE] = dsp.RISING
        row[dsp.RELEASE] = 10.0 ** (-3.0 * QUANTUM / (release_s * self._rate))
        return slot

    def _release(self, voice: Voice) -> None:
        voice.held, voice.leaving = False, True
        self._bank.release(voice.slot)

    def _fade(self, voice: Voice, seconds: float) -> None:
        voice.held, voice.leaving = False, True
        self._bank.fade(voice.slot, QUANTUM / (seconds * self._rate))

    def _forget(self, voice: Voice) -> None:
        self.n_guarded += int(self._bank.state[voice.slot, dsp.BLOWN])
        self._bank.state[voice.slot] = 0.0
        self._clock.end(voice.slot)
        self._slots.remove(voice)

    def _audible(self, voice: Voice) -> float:
        row = self._bank.state[voice.slot]
        return float(row[dsp.LEVEL] * row[dsp.GAIN])

    def _hurry(self, *, free: bool) -> None:
        for voice in self._slots.voices:
            if (voice.key is None) == free:
                self._clock.hurry(voice.slot)

    def _hops_taken(self) -> I64:
        """How many voices render their hop at each quantum of a hop's length, counted from now."""
        steps = self._bank.hop_samples // QUANTUM
        playing = self._bank.state[self._bank.state[:, dsp.LEVEL] > 0.0]
        return np.bincount((playing[:, dsp.POSITION] // QUANTUM).astype(np.int64) % steps, minlength=steps)

    def _move(self, slots: I64, channels: list[Channel], now: int) -> None:
        """Pitch ratio and gain of voices, from their channels and ages."""
        wave = VIBRATO_SEMITONES * np.sin(2.0 * np.pi * VIBRATO_HZ * now / self._rate)
        bends = np.asarray([c.bend_semitones + c.vibrato * wave for c in channels])
        gains = np.asarray([c.gain for c in channels])
        of = self._channel[slots]
        beyond_s = np.maximum((now - self._born[slots]) / self._rate - self.model.manifest.max_age_s, 0.0)
        fallen = 10.0 ** (-self._decay_db_per_s[slots] * beyond_s / 20.0)
        state = self._bank.state
        state[slots, dsp.RATIO] = self._tuning[slots] * np.exp2(bends[of] / 12.0)
        state[slots, dsp.GAIN_TARGET] = self._gain[slots] * fallen * np.where(self._follows[slots], gains[of], 1.0)

    def _next_frames(self, due: I64, now: int) -> None:
        """Every due voice moves on from the frame where it is now to one that is decoded for later."""
        state, a, b = self._bank.state, self._bank.frame_a, self._bank.frame_b
        ahead, length = self._clock.advance(due, now)
        frames = self._latents.frames(due, now + self._lead + ahead)
        share = np.clip(state[due, dsp.FRAME_POSITION] / state[due, dsp.FRAME_LENGTH], 0.0, 1.0)
        a[due] += share.astype(np.float32)[:, None] * (b[due] - a[due])
        fine = np.isfinite(frames).all(axis=1)
        if not fine.all():
            self.n_guarded += int((~fine).sum())
            frames[~fine] = a[due][~fine]
        b[due] = frames
        state[due, dsp.FRAME_POSITION] = 0.0
        state[due, dsp.FRAME_LENGTH] = length
