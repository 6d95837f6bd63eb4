"""Several notes at once, on hops made by hand and on sound."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rt.arrays import F32, AnyArray
from rt.bundle.bundle import Bundle
from rt.cli import main
from rt.config import config
from rt.errors import BridgeError, ConfigError
from rt.frames.spec import NSGT_410, bin_of_hz
from rt.midi import midi_file
from rt.model import ListenerModel
from rt.transcribe import HeardEvent, Hop, NoteEnded, NoteStarted, TrackerSettings, Transcriber
from rt.transcribe.poly import PolyTracker
from rt.transcribe.score import write
from rt.units import hz_of_note
from tests.support.tiny import write_tiny_bundle

HOP_S = 256 / 44_100
RATE_HZ = 44_100
TOP = 3.4


def hops(*moments: tuple[dict[int, float], float, float]) -> list[Hop]:
    """Hops of moments: level in dB by note, probability that the ears give each of them, length in s."""
    found: list[Hop] = []
    for levels_db, probability, seconds in moments:
        for _ in range(round(seconds / HOP_S)):
            values, polyphonic = np.zeros(410, np.float32), np.full(128, 0.01, np.float32)
            peak_db = max(levels_db.values(), default=-90.0)
            for note, level_db in levels_db.items():
                polyphonic[note] = probability
                for k in range(1, 9):
                    band = round(bin_of_hz(NSGT_410, k * hz_of_note(note)))
                    if band < 410:
                        values[band] = max(values[band], TOP + (level_db - peak_db) / 20.0)
            at_s = (len(found) + 1) * HOP_S
            silence = np.zeros(129, np.float32)
            is_loud = bool(levels_db)
            found.append(
                Hop(
                    at_s,
                    peak_db,
                    peak_db,
                    0.0,
                    silence,
                    values,
                    np.zeros(4, np.float32) if is_loud else None,
                    {"dynamics": one(6, 2), "instrument": one(3, 1)} if is_loud else None,
                    polyphonic if is_loud else None,
                )
            )
    return found


def one(n: int, index: int) -> F32:
    return np.asarray(np.arange(n) == index, np.float32)


def follow(bundle: Bundle, heard: Iterable[Hop], **settings: float) -> list[HeardEvent]:
    tracker = PolyTracker(bundle.manifest, hop_s=HOP_S, settings=TrackerSettings(**{"poly": 2} | settings))  # type: ignore[arg-type]
    events = [event for hop in heard for event in tracker.follow(hop)] + tracker.stop()
    sounding: set[int] = set()
    for event in events:
        if isinstance(event, NoteStarted):
            assert event.note not in sounding
            sounding.add(event.note)
            assert len(sounding) <= settings.get("poly", 2)
        else:
            sounding.remove(event.note)
    assert not sounding
    return events


def starts(events: list[HeardEvent]) -> list[NoteStarted]:
    return [event for event in events if isinstance(event, NoteStarted)]


def test_two_notes_start_and_end_by_themselves(tiny_bundle: Bundle) -> None:
    events = follow(
        tiny_bundle,
        hops(({}, 0.0, 0.2), ({60: -20.0}, 0.95, 0.3), ({60: -20.0, 67: -20.0}, 0.95, 0.3), ({67: -20.0}, 0.95, 0.3)),
    )
    assert [type(event) for event in events] == [NoteStarted, NoteStarted, NoteEnded, NoteEnded]
    assert [event.note for event in events] == [60, 67, 60, 67]
    first, second = starts(events)
    assert 0.2 < first.at_s < 0.26 and 0.5 < second.at_s < 0.56
    assert 0.8 < events[2].at_s < 0.95
    assert first.confidence >= 0.95 and first.instrument == 1


def test_no_more_notes_than_are_wanted(tiny_bundle: Bundle) -> None:
    chord = {60: -20.0, 65: -20.0, 70: -20.0, 75: -20.0}
    for poly in (2, 3, 4):
        assert len(starts(follow(tiny_bundle, hops(({}, 0.0, 0.2), (chord, 0.95, 0.4)), poly=poly))) == poly


def test_a_new_note_takes_the_place_of_one_that_is_believed_in_no_more(tiny_bundle: Bundle) -> None:
    both = hops(({}, 0.0, 0.2), ({60: -20.0, 64: -20.0}, 0.95, 0.3), ({60: -20.0, 71: -20.0}, 0.95, 0.3))
    assert sorted(event.note for event in starts(follow(tiny_bundle, both))) == [60, 64, 71]


def test_a_harmonic_of_what_sounds_needs_more_hops(tiny_bundle: Bundle) -> None:
    waits = []
    for other in (71, 72):
        heard = hops(({}, 0.0, 0.2), ({60: -20.0}, 0.95, 0.3), ({60: -20.0, other: -20.0}, 0.85, 0.5))
        waits.append(starts(follow(tiny_bundle, heard))[1].at_s)
    assert waits[1] > waits[0]


def test_velocity_is_of_each_note(tiny_bundle: Bundle) -> None:
    heard = hops(({}, 0.0, 0.2), ({60: -18.0, 67: -34.0}, 0.95, 0.4))
    velocities = {event.note: event.velocity for event in starts(follow(tiny_bundle, heard))}
    assert velocities[60] > velocities[67] + 20


def test_a_pitch_is_repeated_while_another_is_held(tiny_bundle: Bundle) -> None:
    dip = ({60: -38.0, 61: -20.0}, 0.95, 0.04)
    both = ({60: -20.0, 61: -20.0}, 0.95, 0.3)
    events = follow(tiny_bundle, hops(({}, 0.0, 0.2), both, dip, both), off_drop_db=40.0)
    assert sorted(event.note for event in starts(events)) == [60, 60, 61]


def test_a_dying_note_does_not_start_again(tiny_bundle: Bundle) -> None:
    fall = [({60: level_db}, 0.9, 0.03) for level_db in (-26.0, -32.0, -38.0, -44.0, -50.0)]
    heard = hops(({}, 0.0, 0.2), ({60: -20.0}, 0.95, 0.3), *fall, ({60: -50.0}, 0.9, 0.3))
    assert [event.note for event in starts(follow(tiny_bundle, heard))] == [60]


def test_silence_ends_everything(tiny_bundle: Bundle) -> None:
    events = follow(tiny_bundle, hops(({60: -20.0, 67: -20.0}, 0.95, 0.3), ({}, 0.0, 0.1)))
    assert [event.note for event in events if isinstance(event, NoteEnded)] == [60, 67]
    assert events[-1].at_s < 0.32


def test_written_notes_of_a_chord_keep_their_times() -> None:
    events: list[HeardEvent] = [
        NoteStarted(0.30, 60, 80, 0.99, 0.20, 0),
        NoteStarted(0.31, 67, 80, 0.99, 0.20, 0),
        NoteEnded(0.60, 67),
        NoteStarted(0.62, 64, 80, 0.99, 0.55, 0),
        NoteEnded(0.90, 60),
        NoteEnded(0.95, 64),
    ]
    found = [(n.note, n.onset_s, n.end_s) for n in write(events, monophonic=False)]
    assert found == [(60, 0.20, 0.90), (67, 0.20, 0.60), (64, 0.55, 0.95)]


def chord(notes: Iterable[int], seconds: float = 0.5) -> AnyArray:
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    ramp = np.clip(np.minimum(time_s, seconds - time_s) / 0.06, 0.0, 1.0)
    tone = sum(0.1 * ramp * np.sin(2 * np.pi * hz_of_note(note) * time_s) for note in notes)
    return np.concatenate([np.zeros(RATE_HZ // 5), np.asarray(tone), np.zeros(RATE_HZ // 5)])


def test_a_file_with_a_chord_becomes_midi(tmp_path: Path) -> None:
    write_tiny_bundle(tmp_path / "several", polyphonic=True)
    soundfile.write(tmp_path / "in.wav", chord([84, 91]), RATE_HZ)
    files = [str(tmp_path / "in.wav"), str(tmp_path / "out.mid")]
    assert main(["transcribe", *files, "--bundle", str(tmp_path / "several"), "--poly", "2"]) == 0
    ons = [m for m in midi_file.merged(midi_file.load(tmp_path / "out.mid")) if m.message[0] == 0x90 and m.message[2]]
    assert sorted(m.message[1] for m in ons) == [84, 91]
    assert all(abs(m.at_s - 0.2) < 0.03 for m in ons)


def test_the_shipped_bundle_hears_two_notes() -> None:
    from rt.bundle import bundle

    ears = ListenerModel.load(bundle.load("default"))
    time_s = np.arange(RATE_HZ) / RATE_HZ
    partials = [(note, k) for note in (57, 64) for k in range(1, 9)]
    reeds = np.sum([0.1 / k * np.sin(2 * np.pi * k * hz_of_note(note) * time_s + k) for note, k in partials], axis=0)
    transcriber = Transcriber(ears, sample_rate_hz=RATE_HZ, tracker=TrackerSettings(poly=2))
    sound = np.concatenate([np.zeros(RATE_HZ // 5), reeds, np.zeros(RATE_HZ // 5)])
    told = [e.note for heard in transcriber.hear(sound) for e in heard.events if isinstance(e, NoteStarted)]
    assert set(told) == {57, 64}


def test_a_bundle_that_hears_one_note_is_refused(
    tiny_bundle: Bundle, tiny_bundle_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(BridgeError, match="'tiny' hears one note at a time"):
        Transcriber(ListenerModel.load(tiny_bundle), sample_rate_hz=RATE_HZ, tracker=TrackerSettings(poly=2))
    soundfile.write(tmp_path / "in.wav", chord([60]), RATE_HZ)
    files = [str(tmp_path / "in.wav"), str(tmp_path / "out.mid")]
    assert main(["transcribe", *files, "--bundle", str(tiny_bundle_path), "--poly", "2"]) == 2
    said = capsys.readouterr().err
    assert "hears one note at a time" in said and said.count("\n") == 1


def test_impossible_numbers_of_notes_are_refused() -> None:
    for poly in (0, 17):
        with pytest.raises(ConfigError, match=r"tracker\.poly is \d+; allowed are 1 to 16"):
            config.load(flags={"tracker.poly": poly})
    with pytest.raises(ConfigError, match=r"tracker\.bend bends all notes"):
        config.load(flags={"tracker.poly": 2, "tracker.bend": True})
