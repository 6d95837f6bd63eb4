"""The book of settings gives a new engine what the last one had, and nothing that sounds."""

from __future__ import annotations

from pathlib import Path

from rt.events import (
    Alive,
    AllNotesOff,
    Bend,
    ChannelGain,
    Event,
    FreeSymbol,
    Gain,
    Gate,
    Interp,
    Latent,
    LatentOffset,
    LatentXY,
    NoteOn,
    ResetControllers,
    Sustain,
    Trajectory,
    UseInstrument,
    Vibrato,
)
from rt.host.settings import SettingsBook
from tests.system.stand_in import make_bundle


def replay(*events: Event) -> list[Event]:
    book = SettingsBook(1)
    for event in events:
        book.remember(event)
    return [event for event in book.replay() if not isinstance(event, UseInstrument)]


def test_last_of_each_kind_is_replayed() -> None:
    kept: list[Event] = [
        ChannelGain(2, 0.5), Bend(0, 1.5), Vibrato(4, 0.2), Gain(0.7), Alive(0.4), LatentOffset((0.1, 0.2)),
        Interp(2, 3.0), Trajectory(2, 0.5, 1.0), LatentXY(0.3, 0.4),
    ]  # fmt: skip
    assert replay(Gain(0.1), Latent((1.0, 2.0)), *kept) == kept
    assert replay(LatentXY(0.0, 0.0), FreeSymbol(0, 60, 2)) == [FreeSymbol(0, 60, 2)]


def test_nothing_that_sounds_is_replayed() -> None:
    assert replay(NoteOn(0, 60, 100), Sustain(0, True), Gate(True), AllNotesOff(0)) == []


def test_instruments_are_kept_by_channel() -> None:
    book = SettingsBook(1)
    assert [book.instrument(channel) for channel in range(16)] == [1] * 16
    book.remember(UseInstrument(3, 2))
    assert (book.instrument(3), book.instrument(4)) == (2, 1)
    assert book.replay() == [UseInstrument(channel, 2 if channel == 3 else 1) for channel in range(16)]
    book.remember(UseInstrument(-1, 0))
    assert book.instrument(3) == 0


def test_all_channels_at_once_and_reset() -> None:
    assert len(replay(Bend(-1, 2.0))) == 16
    assert replay(Bend(-1, 2.0), ChannelGain(0, 0.5), ResetControllers(-1)) == [ChannelGain(0, 0.5)]
    assert replay(Bend(0, 2.0), Bend(1, 3.0), ResetControllers(0)) == [Bend(1, 3.0)]


def test_other_bundle_keeps_instruments_by_name(tmp_path: Path) -> None:
    old = make_bundle(tmp_path / "old", "old", ("flute", "piano", "violin")).manifest
    new = make_bundle(tmp_path / "new", "new", ("violin", "flute")).manifest
    book = SettingsBook(0)
    book.remember(UseInstrument(1, 1))
    book.remember(UseInstrument(2, 2))
    told = book.change_bundle(old, new)
    assert [book.instrument(channel) for channel in range(3)] == [1, 0, 0]
    assert told == [UseInstrument(channel, book.instrument(channel)) for channel in range(16)]
