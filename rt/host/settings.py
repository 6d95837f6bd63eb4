"""What the engine was told that outlives it: a book kept by the host and read to the next engine."""

from __future__ import annotations

from rt.bundle.manifest import Manifest
from rt.events import (
    Alive,
    Bend,
    ChannelGain,
    Event,
    FreeSymbol,
    Gain,
    Interp,
    Latent,
    LatentOffset,
    LatentXY,
    Legato,
    ResetControllers,
    Trajectory,
    UseInstrument,
    Vibrato,
)

N_CHANNELS = 16
PER_CHANNEL = (UseInstrument, ChannelGain, Bend, Vibrato, Legato)
"""In the order of replay."""
GLOBAL = (Gain, Alive, LatentOffset, Interp, Trajectory)


class SettingsBook:
    """The last setting of every kind; held notes and the free voice's gate are none."""

    def __init__(self, instrument: int) -> None:
        """Begin with the index of the instrument that every channel plays."""
        self._instruments = [instrument] * N_CHANNELS
        self._channels: dict[tuple[type[Event], int], Event] = {}
        self._globals: dict[type[Event], Event] = {}
        self._point: Event | None = None

    def instrument(self, channel: int) -> int:
        """Index of the instrument that a channel plays."""
        return self._instruments[channel]

    def remember(self, event: Event) -> None:
        """Note the event if it is a setting."""
        if isinstance(event, UseInstrument):
            for channel in _channels(event.channel):
                self._instruments[channel] = event.instrument
        elif isinstance(event, ChannelGain):
            for channel in _channels(event.channel):
                self._channels[ChannelGain, channel] = ChannelGain(channel, event.gain)
        elif isinstance(event, Bend):
            for channel in _channels(event.channel):
                self._channels[Bend, channel] = Bend(channel, event.semitones)
        elif isinstance(event, Vibrato):
            for channel in _channels(event.channel):
                self._channels[Vibrato, channel] = Vibrato(channel, event.depth)
        elif isinstance(event, Legato):
            for channel in _channels(event.channel):
                self._channels[Legato, channel] = Legato(channel, event.on, event.seconds)
        elif isinstance(event, ResetControllers):
            for channel in _channels(event.channel):
                for kind in (Bend, Vibrato, Legato):
                    self._channels.pop((kind, channel), None)
        elif isinstance(event, GLOBAL):
            self._globals[type(event)] = event
        elif isinstance(event, Latent | LatentXY | FreeSymbol):
            self._point = event

    def replay(self) -> list[Event]:
        """The events that bring a new engine to where the last one was."""
        events: list[Event] = [UseInstrument(i, instrument) for i, instrument in enumerate(self._instruments)]
        for kind in PER_CHANNEL:
            events += [event for (k, _), event in sorted(self._channels.items(), key=_by_channel) if k is kind]
        events += [self._globals[kind] for kind in GLOBAL if kind in self._globals]
        return events if self._point is None else [*events, self._point]

    def change_bundle(self, old: Manifest, new: Manifest) -> list[Event]:
        """Carry the settings over to another bundle and return the events that tell the engine.

        Channels keep their instrument by name, or play the first. Latents of another space are forgotten.
        """
        for channel, instrument in enumerate(self._instruments):
            name = old.instruments[instrument].name if instrument < len(old.instruments) else ""
            self._instruments[channel] = new.instrument_index(name) or 0
        if old.latent != new.latent:
            self._globals.pop(LatentOffset, None)
            self._point = None
        return [UseInstrument(channel, instrument) for channel, instrument in enumerate(self._instruments)]


def _channels(channel: int) -> range:
    return range(N_CHANNELS) if channel < 0 else range(channel, channel + 1)


def _by_channel(item: tuple[tuple[type[Event], int], Event]) -> int:
    return item[0][1]
