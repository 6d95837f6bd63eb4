"""The engine: events in, samples out, a pure function of time.

It counts samples and knows no other clock. What it renders lies on a grid of quanta, and control on a grid of ticks, so
that blocks of any size give the same sound.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from rt import events as ev
from rt import parameters as par
from rt.arrays import F32
from rt.config.config import EngineConfig
from rt.dsp.limiter import Limiter
from rt.dsp.room import Room
from rt.dsp.voice_table import NOWHERE, QUANTUM
from rt.engine.channel_states import ChannelStates, Key, Note
from rt.engine.free_path import LatentCurve
from rt.engine.voice_states import VoiceSnapshot
from rt.engine.voices import Voices
from rt.model import Model
from rt.parameters import ParameterValues
from rt.stats import Stats
from rt.units import N_CHANNELS, gain_of_db

SWAP_FADE_S = 0.05
GAIN_GLIDE_S = 0.02
MOST_GAIN_DB = 60.0
"""A level above this is this."""
WARM_UP_TICKS = 24
"""Past the first frames that are decoded in turns."""


class Fader:
    """The output gain: it follows its target without a step, quantum by quantum."""

    def __init__(self, gain: float, sample_rate_hz: float) -> None:
        """Begin at a linear gain."""
        self._target = gain
        self._gain = gain
        self._speed = 1.0 - float(np.exp(-QUANTUM / (GAIN_GLIDE_S * sample_rate_hz)))

    def set_target(self, gain: float) -> None:
        """Glide to a linear gain."""
        self._target = gain

    def apply(self, chunk: F32) -> None:
        """Scale chunk (n_channels, n), a whole number of quanta, in place."""
        if self._gain == self._target == 1.0:
            return
        for start in range(0, chunk.shape[1], QUANTUM):
            before = self._gain
            self._gain += (self._target - before) * self._speed
            if abs(self._gain - self._target) < 1e-6:
                self._gain = self._target
            chunk[:, start : start + QUANTUM] *= np.linspace(before, self._gain, QUANTUM, dtype=np.float32)


class Engine:
    """Sixteen channels and a free voice, played by one model at a time.

    Owned by one thread: the audio callback, or a loop that renders a file.
    """

    def __init__(self, model: Model, *, sample_rate_hz: float, config: EngineConfig, stats: Stats) -> None:
        self._config = config
        self._stats = stats
        self._rate_hz = sample_rate_hz
        self._voices = self._make(model)
        self._outgoing: Voices | None = None
        first = model.manifest.find_instrument(config.instrument) if config.instrument else 0
        self._channels = ChannelStates(first)
        self._voices.set_alive(config.alive)
        self._values = ParameterValues(
            [par.ALIVE.set(config.alive), par.ROOM.set(config.room), par.INSTRUMENT.set(first)]
        )
        self._room = Room(config.room, sample_rate_hz)
        self._fader = Fader(gain_of_db(config.gain_db), sample_rate_hz)
        self._limiter = Limiter(gain_of_db(config.limiter_ceiling_db), sample_rate_hz)
        self._now = 0
        self._chunk = np.zeros((2 if config.stereo else 1, self._voices.tick_samples), np.float32)
        self._ready = self._chunk[:, :0]
        self._handlers: dict[type[ev.Event], Callable[[Any], None]] = {
            ev.NoteOn: self._note_on,
            ev.NoteOff: self._note_off,
            ev.SetParameter: self._set_parameter,
            ev.AllNotesOff: self._all_notes_off,
            ev.AllSoundOff: self._all_sound_off,
            ev.ResetControllers: self._reset_controllers,
        }
        self._setters: dict[int, Callable[[int, Any], None]] = {
            par.INSTRUMENT.id: self._instrument,
            par.GAIN.id: lambda _, v: self._fader.set_target(gain_of_db(min(v[0], MOST_GAIN_DB))),
            par.BEND.id: lambda i, v: self._channels.set_bend(i, v[0]),
            par.ALIVE.id: lambda _, v: self._voices.set_alive(v[0]),
            par.ROOM.id: lambda _, v: self._room.set_amount(v[0]),
            par.LEGATO.id: lambda i, v: self._channels.set_glide(i, v[1] if v[0] else None),
            par.LATENT_OFFSET.id: lambda _, v: self._voices.set_offset(np.asarray(v, np.float32)),
            par.CHANNEL_GAIN.id: lambda i, v: self._channels.set_gain(i, v[0]),
            par.PAN.id: lambda i, v: self._channels.set_side(i, v[0]),
            par.MODULATION.id: lambda i, v: self._channels.set_vibrato(i, v[0]),
            par.SUSTAIN.id: self._sustain,
            par.LATENT.id: lambda _, v: self._voices.go(np.asarray(v), self._now),
            par.LATENT_XY.id: lambda _, v: self._voices.go_xy(v[0], v[1], self._now),
            par.SYMBOL.id: lambda _, v: self._voices.go_symbol(int(v[0]), int(v[1]), int(v[2]), self._now),
            par.GATE.id: lambda _, v: self._voices.set_gate(bool(v[0]), self._now),
            par.INTERPOLATION.id: lambda _, v: self._voices.set_interpolation(int(v[0]), v[1]),
            par.TRAJECTORY.id: lambda _, v: self._voices.set_trajectory(int(v[0]), v[1], v[2], self._now),
            par.FREE_GAIN.id: lambda _, v: self._voices.set_free_level(v[0]),
        }
        """What each row does, on a channel where it is a channel's."""

    @property
    def n_sounding(self) -> int:
        """Voices that can be heard, the fading ones included."""
        return self._voices.n_sounding + (self._outgoing.n_sounding if self._outgoing else 0)

    def warm_up(self) -> None:
        """Compile and run everything once; what sounds is not touched."""
        self.prepare(self._voices.model)
        chunk = np.zeros(QUANTUM, np.float32)
        Room(1.0, self._rate_hz).apply(chunk)
        Limiter(1.0, self._rate_hz).apply(chunk)

    def prepare(self, model: Model) -> Voices:
        """Allocate and warm up the voices of a model; for a thread that loads one while another plays."""
        _exercise(self._make(model))
        return self._make(model)

    def _make(self, model: Model) -> Voices:
        return Voices(model, sample_rate_hz=self._rate_hz, config=self._config)

    def use(self, voices: Voices) -> None:
        """Play with prepared voices from now on; what sounds fades out, every parameter that they know stays."""
        self._values.change_bundle(self._voices.model.manifest, voices.model.manifest)
        self._voices.silence(None, SWAP_FADE_S)
        self._outgoing = self._voices
        self._voices = voices
        for event in self._values.replay(with_held=True):
            self._set_parameter(event)

    @property
    def tick_samples(self) -> int:
        """Distance of two moments of control."""
        return int(self._voices.tick_samples)

    @property
    def lead_samples(self) -> int:
        """How much later a frame is heard than it is looked at."""
        return self._voices.lead_samples

    def snapshot(self) -> list[VoiceSnapshot]:
        """How every voice sounds now, those of a bundle that fades out aside."""
        return self._voices.snapshot()

    def follow(self, curve: LatentCurve) -> None:
        """Let the free voice go a way that is known beforehand; times are seconds of sound rendered."""
        self._voices.follow(curve)

    def apply(self, event: ev.Event) -> None:
        """Let an event happen at the next quantum; unknown ones are ignored, and those that hold what is no number."""
        handler = self._handlers.get(type(event))
        if handler is not None and ev.is_believed(event):
            handler(event)

    def render(self, out: F32) -> None:
        """Write the next samples to `out` (n,) or (n, n_channels), any n.

        Where the engine has one channel, all of `out` get it; a stereo sound's two are averaged for an `out` of one.
        """
        sides = out.T if out.ndim == 2 else out[None]
        filled = 0
        while filled < len(out):
            if self._ready.shape[1] == 0:
                self._render_more(len(out) - filled)
            n = min(len(out) - filled, self._ready.shape[1])
            ready = self._ready[:, :n]
            sides[:, filled : filled + n] = ready if len(ready) <= len(sides) else ready.mean(axis=0)
            self._ready = self._ready[:, n:]
            filled += n
        self._stats.set("voices", self.n_sounding)
        self._stats.set("limited", self._limiter.n_limited)
        self._stats.set("guarded", self._voices.n_guarded + self._limiter.n_guarded)
        self._stats.set("stolen", self._voices.n_stolen)

    def _render_more(self, wanted: int) -> None:
        """Render up to the next tick, as many quanta as are wanted."""
        tick = self._chunk.shape[1]
        n = min(-(-wanted // QUANTUM) * QUANTUM, tick - self._now % tick)
        chunk = self._chunk[:, :n]
        chunk[:] = 0.0
        left, right = chunk if len(chunk) == 2 else (chunk[0], NOWHERE)
        for voices in (self._voices, self._outgoing):
            if voices is not None:
                voices.advance(self._channels, self._now)
                voices.render(left, right)
        if self._outgoing is not None and self._outgoing.n_sounding == 0:
            self._outgoing = None
        self._room.apply(left, right)
        self._fader.apply(chunk)
        self._limiter.apply(left, right)
        self._now += n
        self._ready = chunk

    # events

    def value(self, row: par.Parameter, channel: int = 0) -> tuple[float, ...] | None:
        """What a row is set to now, on a channel where it is a channel's."""
        return self._values.get(row, channel)

    def _some(self, channel: int) -> range:
        return range(N_CHANNELS) if channel < 0 else range(channel, channel + 1)

    def _set_parameter(self, e: ev.SetParameter) -> None:
        row = par.BY_ID.get(e.id)
        if row is None or not row.fits(e.values, self._voices.model.manifest):
            return
        self._values.set(e)
        for channel in row.channels(e.channel):
            self._setters[e.id](channel, e.values)

    def _note_on(self, e: ev.NoteOn) -> None:
        note = Note(Key(e.channel, e.note), e.velocity, int(self._channels.instrument[e.channel]))
        glide_s = self._channels.glide_s[e.channel]
        if glide_s is None or not self._voices.glide(note, glide_s, self._now):
            self._voices.note_on(note, self._now)

    def _note_off(self, e: ev.NoteOff) -> None:
        glide_s = self._channels.glide_s[e.channel]
        self._voices.note_off(Key(e.channel, e.note), bool(self._channels.sustain[e.channel]), glide_s, self._now)

    def _instrument(self, channel: int, values: tuple[float, ...]) -> None:
        self._channels.instrument[channel] = int(values[0])

    def _sustain(self, channel: int, values: tuple[float, ...]) -> None:
        self._channels.sustain[channel] = bool(values[0])
        if not values[0]:
            self._voices.release_unheld(channel)

    def _all_notes_off(self, e: ev.AllNotesOff) -> None:
        for i in self._some(e.channel):
            self._voices.all_notes_off(i, bool(self._channels.sustain[i]), self._now)

    def _all_sound_off(self, e: ev.AllSoundOff) -> None:
        if e.channel < 0:
            self._values.set(par.GATE.set(False))
        self._room.silence()
        self._voices.silence(None if e.channel < 0 else e.channel)

    def _reset_controllers(self, e: ev.ResetControllers) -> None:
        for row in par.PARAMETERS:
            if row.is_reset and row.default is not None:
                self._set_parameter(row.on(e.channel, *row.default))


def _exercise(voices: Voices) -> None:
    """Play a chord and the free voice into nothing, so that nothing is compiled or loaded while it sounds."""
    channels = ChannelStates()
    now = 0
    scratch = np.zeros(voices.tick_samples, np.float32)
    for note in (48, 60, 64, 67):
        voices.note_on(Note(Key(0, note), 80, 0), now)
    voices.set_gate(True, now)
    for _ in range(WARM_UP_TICKS):
        voices.advance(channels, now)
        voices.render(scratch)
        now += voices.tick_samples
