"""The voices of one model: from notes and latents to frames in the bank, in step with the engine's clock.

Every FRAME_TICKS ticks a voice gets the frame that it moves to next; voices take turns, so that each tick decodes a few
in one batch. A voice whose latents were changed from outside gets its next frame earlier.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rt.arrays import F32, F64, I64, AnyArray
from rt.config import EngineConfig
from rt.dsp import bank as dsp
from rt.dsp.bank import QUANTUM, Bank
from rt.engine import loudness
from rt.engine.channel import Channel, Key
from rt.engine.path import Path
from rt.engine.wander import Wander
from rt.frames.symbols import SymbolLayout
from rt.model import Model

TICK_QUANTA = 2
FRAME_TICKS = 8
EARLY_TICKS = 4
"""Least distance of two frames of a voice whose latents are being moved."""
SPARE_VOICES = 8
"""Slots beyond the polyphony, for voices that fade after being stolen or struck again."""
FADE_S = 0.006
RESTRIKE_S = 0.03
FREE_RELEASE_S = 0.25
GAIN_S = 0.008
VIBRATO_HZ = 5.5
VIBRATO_SEMITONES = 0.5
NEVER = np.iinfo(np.int64).max
FREE_AGE_S = 0.35
"""Time since onset at which the free voice's labels are looked up: past the attack."""


@dataclass(slots=True)
class Voice:
    """One sounding note, or the free voice (`key` is None)."""

    slot: int
    key: Key | None
    held: bool = True
    leaving: bool = False
    """Released or fading: its end is only a matter of time."""


class Voices:
    """All voices of one model; made on any thread, then owned by the engine."""

    def __init__(self, model: Model, *, sample_rate_hz: float, config: EngineConfig) -> None:
        manifest = model.manifest
        self.model = model
        self.path = Path(manifest.latent)
        self._manifest = manifest
        self._rate = sample_rate_hz
        self.n_guarded = 0
        self.n_stolen = 0
        self._layout = SymbolLayout(manifest.symbols)
        self._polyphony = config.voices
        self._attack = min(1.0, QUANTUM / (config.attack_s * sample_rate_hz))
        n = config.voices + SPARE_VOICES
        iterations = config.iterations if config.iterations >= 0 else (4 if config.phase == "classic" else 1)
        self._bank = Bank(
            n,
            model.frequency_hz,
            sample_rate_hz=sample_rate_hz,
            phase=config.phase,
            iterations=iterations,
            seed=config.seed,
        )
        self.tick_samples = TICK_QUANTA * self._bank.hop_samples // 4
        self._lead = self._bank.window_samples // 2  # a frame is heard in the middle of its window
        size = manifest.latent.size
        self._symbols = np.zeros((n, self._layout.n_symbols), np.float32)
        self._offset = np.zeros(size, np.float32)
        self._wander = Wander(n, size, config.seed)
        self._alive = 0.0
        self._born = np.zeros(n, np.int64)
        self._due = np.full(n, NEVER)
        self._decoded = np.zeros(n, np.int64)
        self._turn = np.zeros(n, np.int64)
        self._tuning = np.ones(n)
        self._gain = np.zeros(n)
        self._decay_db_per_s = np.zeros(n)
        self._channel = np.zeros(n, np.int64)
        self._is_free = np.zeros(n, bool)
        self._voices: list[Voice] = []
        self._starting: list[Voice] = []
        self._free_gain = loudness.free_gain(manifest)

    # notes

    def note_on(self, key: Key, velocity: int, channel: Channel, now: int) -> None:
        """Begin a note at sample `now`; it sounds from the next `begin` on."""
        for voice in self._of(lambda v: v.key == key):
            self._leave(voice, RESTRIKE_S)
        index = min(channel.instrument, len(self._manifest.instruments) - 1)
        spec = self._manifest.instruments[index]
        note = spec.reachable(key.note)
        dynamics = loudness.dynamics(self._manifest, velocity)
        slot = self._take_slot()
        self._symbols[slot] = self._layout.encode(note, dynamics, index)
        self._tuning[slot] = 2.0 ** (-spec.tuning_cents[note - spec.low_note] / 1200.0)
        self._gain[slot] = loudness.note_gain(spec, note, velocity, dynamics)
        self._decay_db_per_s[slot] = spec.decay_db_per_s[note - spec.low_note]
        self._start(Voice(slot, key), now, release_s=spec.release_s)

    def note_off(self, key: Key, sustained: bool) -> None:
        """A key goes up; under the pedal its voice sounds on."""
        for voice in self._of(lambda v: v.key == key and v.held):
            voice.held = False
            if not sustained:
                self._release(voice)

    def release_unheld(self, channel: int) -> None:
        """The pedal goes up: voices of a channel without a key down end."""
        for voice in self._of(lambda v: v.key is not None and v.key.channel == channel and not v.held):
            self._release(voice)

    def all_notes_off(self, channel: int, sustained: bool) -> None:
        """Every key of a channel goes up."""
        for key in [v.key for v in self._of(lambda v: v.key is not None and v.key.channel == channel)]:
            assert key is not None
            self.note_off(key, sustained)

    def silence(self, channel: int | None, seconds: float = FADE_S) -> None:
        """Fade the voices of a channel, or of all and the free voice, within milliseconds."""
        for voice in self._of(
            lambda v: channel is None or (v.key is not None and v.key.channel == channel), leaving=True
        ):
            self._leave(voice, seconds)

    # latents

    def set_gate(self, on: bool, now: int) -> None:
        """The free voice sounds or rests."""
        sounding = self._of(lambda v: v.key is None)
        if on and not sounding:
            slot = self._take_slot()
            self._tuning[slot] = 1.0
            self._gain[slot] = self._free_gain
            self._decay_db_per_s[slot] = 0.0
            self._start(Voice(slot, None), now, release_s=FREE_RELEASE_S)
        for voice in [] if on else sounding:
            self._release(voice)

    def go(self, point: AnyArray, now: int) -> None:
        """The free voice heads for a point (size,) of the latent space."""
        self.path.go(point, now / self._rate)
        self.hurry(free=True)

    def go_xy(self, x: float, y: float, now: int) -> None:
        """The free voice heads for a place on the two first principal axes, 1 being two standard deviations."""
        latent = self._manifest.latent
        axes = np.asarray(latent.axes[:2])
        reach = 2.0 * np.asarray(latent.axis_deviation[:2])
        self.go(np.asarray(latent.mean) + (np.asarray([x, y])[: len(axes)] * reach) @ axes, now)

    def go_symbol(self, instrument: int, note: int, dynamics: int, now: int) -> None:
        """The free voice heads for where labels lie; the note is folded into the instrument's range."""
        spec = self._manifest.instruments[instrument]
        row = self._layout.encode(spec.reachable(note), float(dynamics), instrument)[None]
        mean, _ = self.model.encode(row, np.asarray([FREE_AGE_S], np.float32))
        self.go(mean[0], now)

    def set_offset(self, offset: AnyArray) -> None:
        """Added to the latents of every note from now on."""
        self._offset[:] = offset
        self.hurry(free=False)

    def set_alive(self, amount: float) -> None:
        """How far latents wander, in standard deviations of the posterior."""
        self._alive = amount

    def hurry(self, *, free: bool) -> None:
        """Decode the free voice, or the notes, at the next tick that lets EARLY_TICKS pass since the last."""
        for voice in self._voices:
            if (voice.key is None) == free and voice not in self._starting:
                soonest = int(self._decoded[voice.slot]) + EARLY_TICKS * self.tick_samples
                self._due[voice.slot] = min(int(self._due[voice.slot]), soonest)

    # time

    @property
    def n_sounding(self) -> int:
        """Voices that can be heard, the fading ones included."""
        return len(self._voices)

    def begin(self, channels: list[Channel], now: int) -> None:
        """Decode and start the voices that were asked for since the last call."""
        starting = [v for v in self._starting if v in self._voices]
        if not starting:
            self._starting.clear()
            return
        slots = np.asarray([v.slot for v in starting])
        self._move(slots, channels, now)
        n = len(slots)
        lengths = np.asarray([self._pick_turn(int(s), now) for s in slots])
        ages = np.concatenate([np.full(n, -self._lead), lengths])  # of frames A and B, in samples from now
        frames = self._decode(np.concatenate([slots, slots]), now + ages)
        for i, (voice, slot) in enumerate(zip(starting, slots, strict=True)):
            self._bank.frame_a[slot], self._bank.frame_b[slot] = frames[i], frames[n + i]
            row = self._bank.state[slot]
            row[dsp.FRAME_POSITION] = self._lead
            row[dsp.FRAME_LENGTH] = self._lead + lengths[i]
            row[dsp.ATTACK] = self._attack
            row[dsp.GAIN_SPEED] = 1.0 - np.exp(-QUANTUM / (GAIN_S * self._rate))
            self._start_in_bank(voice)
        self._starting.clear()

    def tick(self, channels: list[Channel], now: int) -> None:
        """Bring pitch, level and frames up to date; call at every multiple of `tick_samples`."""
        state = self._bank.state
        ended = [v for v in self._voices if state[v.slot, dsp.STAGE] == dsp.FREE]
        for voice in ended:
            self._forget(voice)
        if not self._voices:
            return
        slots = np.asarray([v.slot for v in self._voices])
        self._move(slots, channels, now)
        due = slots[self._due[slots] <= now]
        if len(due):
            self._next_frames(due, now)

    def render(self, out: F32) -> None:
        """Add all voices to `out`, (n,) a whole number of quanta."""
        if self._voices:
            self._bank.render(out)

    # inside

    def _of(self, wanted: Callable[[Voice], bool], *, leaving: bool = False) -> list[Voice]:
        return [v for v in self._voices if wanted(v) and (leaving or not v.leaving)]

    def _start(self, voice: Voice, now: int, *, release_s: float) -> None:
        slot = voice.slot
        self._born[slot] = now
        self._is_free[slot] = voice.key is None
        self._channel[slot] = voice.key.channel if voice.key else 0
        row = self._bank.state[slot]
        row[dsp.STAGE] = dsp.RISING
        row[dsp.LEVEL] = 0.0
        row[dsp.RELEASE] = 10.0 ** (-3.0 * QUANTUM / (release_s * self._rate))
        self._voices.append(voice)
        self._starting.append(voice)

    def _start_in_bank(self, voice: Voice) -> None:
        """Pitch and level must not glide in: set them, then start with the hop that fewest voices share."""
        row = self._bank.state[voice.slot]
        row[dsp.GAIN] = row[dsp.GAIN_TARGET]
        stage = row[dsp.STAGE]
        steps = self._bank.hop_samples // QUANTUM
        taken = np.zeros(steps, np.int64)
        for other in self._voices:
            if other is not voice and other not in self._starting:
                taken[int(self._bank.state[other.slot, dsp.POSITION]) // QUANTUM % steps] += 1
        self._bank.start(voice.slot, hop_offset_samples=int(np.argmin(taken)) * QUANTUM)
        if stage == dsp.FADING:  # silenced before it began
            row[dsp.STAGE] = stage

    def _release(self, voice: Voice) -> None:
        voice.leaving = True
        voice.held = False
        self._bank.release(voice.slot)

    def _leave(self, voice: Voice, seconds: float) -> None:
        voice.leaving = True
        voice.held = False
        self._bank.state[voice.slot, dsp.STAGE] = dsp.FADING
        self._bank.state[voice.slot, dsp.FADE] = QUANTUM / (seconds * self._rate)

    def _forget(self, voice: Voice) -> None:
        slot = voice.slot
        self.n_guarded += int(self._bank.state[slot, dsp.BLOWN])
        self._bank.state[slot] = 0.0
        self._due[slot] = NEVER
        self._voices.remove(voice)

    def _take_slot(self) -> int:
        """A slot for a new voice; steals one when the polyphony is used up."""
        staying = self._of(lambda v: True)
        if len(staying) >= self._polyphony:
            self._leave(self._victim(staying), FADE_S)
            self.n_stolen += 1
        used = {v.slot for v in self._voices}
        for slot in range(self._bank.n_slots):
            if slot not in used:
                return slot
        quietest = min((v for v in self._voices if v.leaving), key=self._audible)
        self._forget(quietest)
        return quietest.slot

    def _audible(self, voice: Voice) -> float:
        row = self._bank.state[voice.slot]
        return float(row[dsp.LEVEL] * row[dsp.GAIN])

    def _victim(self, staying: list[Voice]) -> Voice:
        """Oldest-quietest voice of the channel that has most; keys still down are spared while others are there."""
        notes = [v for v in staying if v.key is not None] or staying
        channels = [v.key.channel if v.key else -1 for v in notes]
        fullest = max(set(channels), key=channels.count)
        candidates = [v for v, c in zip(notes, channels, strict=True) if c == fullest]
        candidates = [v for v in candidates if not v.held] or candidates
        by_age = sorted(candidates, key=lambda v: int(self._born[v.slot]))
        return min(by_age[: max(1, len(by_age) // 2)], key=self._audible)

    def _pick_turn(self, slot: int, now: int) -> int:
        """Give a voice the turn that fewest have; samples until its first next frame."""
        turns = [int(self._turn[v.slot]) for v in self._voices if self._due[v.slot] < NEVER]
        tick = -(-now // self.tick_samples)
        ahead = min(range(FRAME_TICKS, 1, -1), key=lambda k: turns.count((tick + k) % FRAME_TICKS))
        self._turn[slot] = (tick + ahead) % FRAME_TICKS
        self._due[slot] = (tick + ahead) * self.tick_samples
        self._decoded[slot] = now
        return int(self._due[slot]) - now

    def _move(self, slots: I64, channels: list[Channel], now: int) -> None:
        """Pitch ratio and gain of voices, from their channels and ages."""
        seconds = now / self._rate
        wave = VIBRATO_SEMITONES * np.sin(2.0 * np.pi * VIBRATO_HZ * seconds)
        bends = np.asarray([c.bend_semitones + c.vibrato * wave for c in channels])
        gains = np.asarray([c.gain for c in channels])
        of = self._channel[slots]
        state = self._bank.state
        state[slots, dsp.RATIO] = self._tuning[slots] * np.exp2(bends[of] / 12.0)
        age_s = (now - self._born[slots]) / self._rate
        beyond_s = np.maximum(age_s - self._manifest.max_age_s, 0.0)
        fallen = 10.0 ** (-self._decay_db_per_s[slots] * beyond_s / 20.0)
        level = np.where(self._is_free[slots], 1.0, gains[of])
        state[slots, dsp.GAIN_TARGET] = self._gain[slots] * fallen * level

    def _next_frames(self, due: I64, now: int) -> None:
        """Every due voice moves on from the frame where it is now to one that is decoded for later."""
        state, lead = self._bank.state, self._lead
        turns = self._turn[due]
        at_turn = now // self.tick_samples % FRAME_TICKS == turns
        ahead = np.where(at_turn, FRAME_TICKS, (turns - now // self.tick_samples) % FRAME_TICKS)
        ahead = np.where(ahead < EARLY_TICKS, ahead + FRAME_TICKS, ahead)
        frames = self._decode(due, now + lead + ahead * self.tick_samples)
        share = np.clip(state[due, dsp.FRAME_POSITION] / state[due, dsp.FRAME_LENGTH], 0.0, 1.0).astype(np.float32)
        a, b = self._bank.frame_a, self._bank.frame_b
        a[due] += share[:, None] * (b[due] - a[due])
        fine = np.isfinite(frames).all(axis=1)
        if not fine.all():
            self.n_guarded += int((~fine).sum())
            frames[~fine] = a[due][~fine]
        b[due] = frames
        state[due, dsp.FRAME_POSITION] = 0.0
        early = ~at_turn
        state[due, dsp.FRAME_LENGTH] = np.where(early, EARLY_TICKS, ahead) * self.tick_samples
        self._due[due] = now + ahead * self.tick_samples
        self._decoded[due] = now

    def _decode(self, slots: I64, at: I64) -> F32:
        """Frames of voices (n,) as they are at sample times (n,)."""
        z = np.empty((len(slots), len(self._offset)), np.float32)
        free = self._is_free[slots]
        notes = ~free
        at_s: F64 = at / self._rate
        if notes.any():
            age_s = np.clip((at - self._born[slots]) / self._rate, 0.0, self._manifest.max_age_s).astype(np.float32)
            mean, deviation = self.model.encode(self._symbols[slots[notes]], age_s[notes])
            z[notes] = mean + self._offset
            if self._alive > 0.0:
                z[notes] += self._alive * deviation * self._wander.at(slots[notes], at_s[notes])
        for i in np.nonzero(free)[0]:
            z[i] = self.path.at(float(at_s[i]))
            if self._alive > 0.0:
                z[i] += self._alive * 0.5 * self._wander.at(slots[i : i + 1], at_s[i : i + 1])[0]
        return self.model.decode(z)
