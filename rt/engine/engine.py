"""The engine: events in, samples out, a pure function of time.

It counts samples and knows no other clock. What it renders lies on a grid of quanta, and control on a grid of ticks, so
that blocks of any size give the same sound.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from rt import events as ev
from rt.arrays import F32
from rt.config.config import EngineConfig
from rt.dsp.limiter import Limiter
from rt.dsp.voice_table import QUANTUM
from rt.engine.channel_states import N_CHANNELS, ChannelStates, Key, Note
from rt.engine.fader import Fader
from rt.engine.free_path import LatentCurve
from rt.engine.voice_snapshot import VoiceSnapshot
from rt.engine.voices import Voices
from rt.engine.warm_up import exercise
from rt.model import Model
from rt.stats import Stats
from rt.units import gain_of_db

SWAP_FADE_S = 0.05


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
        self._alive = config.alive
        self._gate = False
        self._free_gain = 1.0
        self._fader = Fader(gain_of_db(config.gain_db), sample_rate_hz)
        self._limiter = Limiter(gain_of_db(config.limiter_ceiling_db), sample_rate_hz)
        self._now = 0
        self._chunk = np.zeros(self._voices.tick_samples, np.float32)
        self._ready = self._chunk[:0]
        self._handlers: dict[type[ev.Event], Callable[[Any], None]] = {
            ev.NoteOn: self._note_on,
            ev.NoteOff: self._note_off,
            ev.Sustain: self._sustain,
            ev.Bend: self._bend,
            ev.ChannelGain: self._channel_gain,
            ev.Vibrato: self._vibrato,
            ev.UseInstrument: self._use_instrument,
            ev.AllNotesOff: self._all_notes_off,
            ev.AllSoundOff: self._all_sound_off,
            ev.ResetControllers: self._reset_controllers,
            ev.Gain: self._set_gain,
            ev.Alive: self._set_alive,
            ev.Latent: self._latent,
            ev.LatentXY: lambda e: self._voices.go_xy(e.x, e.y, self._now),
            ev.LatentOffset: self._latent_offset,
            ev.FreeSymbol: self._free_symbol,
            ev.Gate: self._set_gate,
            ev.FreeGain: self._set_free_gain,
            ev.Legato: self._legato,
            ev.Interp: lambda e: self._voices.set_interpolation(e.order, e.seconds),
            ev.Trajectory: self._trajectory,
        }

    @property
    def n_sounding(self) -> int:
        """Voices that can be heard, the fading ones included."""
        return self._voices.n_sounding + (self._outgoing.n_sounding if self._outgoing else 0)

    def warm_up(self) -> None:
        """Compile and run everything once; what sounds is not touched."""
        self.prepare(self._voices.model)
        Limiter(1.0, self._rate_hz).apply(np.zeros(QUANTUM, np.float32))

    def prepare(self, model: Model) -> Voices:
        """Allocate and warm up the voices of a model; for a thread that loads one while another plays."""
        exercise(self._make(model))
        return self._make(model)

    def _make(self, model: Model) -> Voices:
        return Voices(model, sample_rate_hz=self._rate_hz, config=self._config)

    def use(self, voices: Voices) -> None:
        """Play with prepared voices from now on; what sounds fades out, the free voice goes on in the new space."""
        names = [spec.name for spec in voices.model.manifest.instruments]
        before = self._voices.model.manifest.instruments
        for channel, index in enumerate(self._channels.instrument):
            name = before[index].name
            self._channels.instrument[channel] = names.index(name) if name in names else 0
        self._voices.silence(None, SWAP_FADE_S)
        self._outgoing = self._voices
        self._voices = voices
        voices.set_alive(self._alive)
        voices.set_free_level(self._free_gain)
        if self._gate:
            voices.set_gate(True, self._now)

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
        """Let an event happen at the next quantum; unknown ones are ignored."""
        handler = self._handlers.get(type(event))
        if handler is not None:
            handler(event)

    def render(self, out: F32) -> None:
        """Write the next samples to `out` (n,), any n."""
        filled = 0
        while filled < len(out):
            if len(self._ready) == 0:
                self._render_more(len(out) - filled)
            n = min(len(out) - filled, len(self._ready))
            out[filled : filled + n] = self._ready[:n]
            self._ready = self._ready[n:]
            filled += n
        self._stats.set("voices", self.n_sounding)
        self._stats.set("limited", self._limiter.n_limited)
        self._stats.set("guarded", self._voices.n_guarded + self._limiter.n_guarded)
        self._stats.set("stolen", self._voices.n_stolen)

    def _render_more(self, wanted: int) -> None:
        """Render up to the next tick, as many quanta as are wanted."""
        tick = len(self._chunk)
        n = min(-(-wanted // QUANTUM) * QUANTUM, tick - self._now % tick)
        chunk = self._chunk[:n]
        chunk[:] = 0.0
        for voices in (self._voices, self._outgoing):
            if voices is not None:
                voices.advance(self._channels, self._now)
                voices.render(chunk)
        if self._outgoing is not None and self._outgoing.n_sounding == 0:
            self._outgoing = None
        self._fader.apply(chunk)
        self._limiter.apply(chunk)
        self._now += n
        self._ready = chunk

    # events

    def _some(self, channel: int) -> range:
        return range(N_CHANNELS) if channel < 0 else range(channel, channel + 1)

    def _note_on(self, e: ev.NoteOn) -> None:
        note = Note(Key(e.channel, e.note), e.velocity, int(self._channels.instrument[e.channel]))
        glide_s = self._channels.glide_s[e.channel]
        if glide_s is None or not self._voices.glide(note, glide_s, self._now):
            self._voices.note_on(note, self._now)

    def _note_off(self, e: ev.NoteOff) -> None:
        glide_s = self._channels.glide_s[e.channel]
        self._voices.note_off(Key(e.channel, e.note), bool(self._channels.sustain[e.channel]), glide_s, self._now)

    def _legato(self, e: ev.Legato) -> None:
        for i in self._some(e.channel):
            self._channels.glide_s[i] = e.seconds if e.on else None

    def _sustain(self, e: ev.Sustain) -> None:
        for i in self._some(e.channel):
            self._channels.sustain[i] = e.on
            if not e.on:
                self._voices.release_unheld(i)

    def _bend(self, e: ev.Bend) -> None:
        for i in self._some(e.channel):
            self._channels.bend_semitones[i] = e.semitones

    def _channel_gain(self, e: ev.ChannelGain) -> None:
        for i in self._some(e.channel):
            self._channels.gain[i] = e.gain

    def _vibrato(self, e: ev.Vibrato) -> None:
        for i in self._some(e.channel):
            self._channels.vibrato[i] = e.depth

    def _use_instrument(self, e: ev.UseInstrument) -> None:
        if 0 <= e.instrument < len(self._voices.model.manifest.instruments):
            for i in self._some(e.channel):
                self._channels.instrument[i] = e.instrument

    def _all_notes_off(self, e: ev.AllNotesOff) -> None:
        for i in self._some(e.channel):
            self._voices.all_notes_off(i, bool(self._channels.sustain[i]), self._now)

    def _all_sound_off(self, e: ev.AllSoundOff) -> None:
        if e.channel < 0:
            self._gate = False
        self._voices.silence(None if e.channel < 0 else e.channel)

    def _reset_controllers(self, e: ev.ResetControllers) -> None:
        for i in self._some(e.channel):
            self._channels.reset(i)
            self._voices.release_unheld(i)

    def _set_gain(self, e: ev.Gain) -> None:
        self._fader.target = e.gain

    def _set_alive(self, e: ev.Alive) -> None:
        self._alive = e.amount
        self._voices.set_alive(e.amount)

    def _latent(self, e: ev.Latent) -> None:
        if len(e.values) == self._voices.model.manifest.latent.size:
            self._voices.go(np.asarray(e.values), self._now)

    def _latent_offset(self, e: ev.LatentOffset) -> None:
        if len(e.values) == self._voices.model.manifest.latent.size:
            self._voices.set_offset(np.asarray(e.values, np.float32))

    def _free_symbol(self, e: ev.FreeSymbol) -> None:
        if 0 <= e.instrument < len(self._voices.model.manifest.instruments):
            self._voices.go_symbol(e.instrument, e.note, e.dynamics, self._now)

    def _set_gate(self, e: ev.Gate) -> None:
        self._gate = e.on
        self._voices.set_gate(e.on, self._now)

    def _set_free_gain(self, e: ev.FreeGain) -> None:
        self._free_gain = e.gain
        self._voices.set_free_level(e.gain)

    def _trajectory(self, e: ev.Trajectory) -> None:
        self._voices.set_trajectory(e.shape, e.frequency_hz, e.radius, self._now)
