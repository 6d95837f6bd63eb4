"""The tracker on hops made by hand."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from rt.bundle.bundle import Bundle
from rt.transcribe import HeardEvent, Hop, NoteEnded, NoteStarted, PitchMoved, Tracker, TrackerSettings
from rt.transcribe.bend import Bender
from rt.transcribe.repeats import flux_growth_db
from rt.transcribe.score import write
from tests.support.hops import HOP_S, HopScore


def follow(bundle: Bundle, hops: Iterable[Hop], **settings: float) -> list[HeardEvent]:
    tracker = Tracker(bundle.manifest, hop_s=HOP_S, settings=TrackerSettings(**settings))  # type: ignore[arg-type]
    events = [event for hop in hops for event in tracker.follow(hop)]
    return events + tracker.stop()


def notes(events: list[HeardEvent]) -> list[int]:
    """The notes that were told, each of which has ended before the next one starts."""
    sounding = None
    told = []
    for event in events:
        if isinstance(event, NoteStarted):
            assert sounding is None
            sounding = event.note
            told.append(event.note)
        elif isinstance(event, NoteEnded):
            assert sounding == event.note
            sounding = None
    assert sounding is None
    return told


def test_a_clear_note_is_told_within_a_few_hops(tiny_bundle: Bundle) -> None:
    score = HopScore().play(None, 0.5, level_db=-90).play({60: 0.99}, 0.5, rise_db=15).play(None, 0.3, level_db=-90)
    events = follow(tiny_bundle, score.hops)
    assert notes(events) == [60]
    start, end = events
    assert isinstance(start, NoteStarted) and 0.5 < start.at_s < 0.54 and abs(start.onset_s - 0.5) < 0.015
    assert start.confidence >= 0.95 and start.instrument == 1
    assert isinstance(end, NoteEnded) and 1.0 < end.at_s < 1.02


def test_a_doubtful_note_comes_later_than_a_clear_one(tiny_bundle: Bundle) -> None:
    times = []
    for probability in (0.95, 0.3, 0.1):
        score = (
            HopScore()
            .play(None, 0.2)
            .play({60: probability} | dict.fromkeys(range(70, 100), (1 - probability) / 30), 1.0)
        )
        first = follow(tiny_bundle, score.hops)[0]
        assert isinstance(first, NoteStarted) and first.note == 60
        times.append(first.at_s)
    assert times[0] < times[1] < times[2]


def test_single_wrong_hops_leave_no_trace(tiny_bundle: Bundle) -> None:
    score = HopScore().play({60: 0.95}, 0.2, rise_db=15)
    for wrong in (72, 48, 67, 61):
        score.play({wrong: 0.9}, 1.2 * HOP_S, shown=[60]).play({60: 0.95}, 0.1)
    assert notes(follow(tiny_bundle, score.hops)) == [60]


def test_an_octave_needs_more_hops_than_another_note(tiny_bundle: Bundle) -> None:
    waits = []
    for other in (64, 72):
        score = HopScore().play({60: 0.9}, 0.3, rise_db=15).play({other: 0.7, 60: 0.2}, 0.5)
        events = follow(tiny_bundle, score.hops)
        assert notes(events) == [60, other]
        waits.append(events[2].at_s)
    assert waits[1] > waits[0]


def test_legato_ends_one_note_as_the_next_starts(tiny_bundle: Bundle) -> None:
    score = (
        HopScore().play({60: 0.95}, 0.3, rise_db=15).play({62: 0.95}, 0.3, rise_db=8).play({64: 0.95}, 0.3, rise_db=8)
    )
    events = follow(tiny_bundle, score.hops)
    assert notes(events) == [60, 62, 64]
    assert events[1].at_s == events[2].at_s


def test_a_pitch_is_repeated_by_a_dip_and_a_rise(tiny_bundle: Bundle) -> None:
    score = HopScore().play({60: 0.95}, 0.3, rise_db=15)
    for _ in range(3):
        score.play({60: 0.95}, 0.03, level_db=-29).play({60: 0.95}, 0.3, rise_db=9)
    assert notes(follow(tiny_bundle, score.hops)) == [60] * 4


def test_a_swell_or_a_vibrato_is_no_repetition(tiny_bundle: Bundle) -> None:
    score = HopScore().play({60: 0.95}, 0.3, rise_db=15)
    for k in range(20):
        score.play({60: 0.95}, 0.08, level_db=-20 + 3 * (-1) ** k, rise_db=3)
    assert notes(follow(tiny_bundle, score.hops)) == [60]


def test_a_rise_into_another_note_does_not_repeat_the_old_one(tiny_bundle: Bundle) -> None:
    score = HopScore().play({60: 0.95}, 0.3, rise_db=15).play({60: 0.95}, 0.03, level_db=-28)
    score.play({60: 0.8, 65: 0.1}, 0.02, rise_db=12).play({65: 0.95}, 0.3)
    assert notes(follow(tiny_bundle, score.hops)) == [60, 65]


def test_a_dying_note_neither_starts_again_nor_turns_into_its_octave(tiny_bundle: Bundle) -> None:
    score = HopScore().play({60: 0.95}, 0.3, rise_db=15)
    for level_db in range(-22, -53, -3):
        score.play({60: 0.8} if level_db > -38 else {72: 0.8}, 0.02, level_db=level_db)
    score.play({72: 0.9}, 0.2, level_db=-53)
    assert notes(follow(tiny_bundle, score.hops)) == [60]


def test_a_string_that_died_and_beats_is_not_told_again_but_a_new_stroke_is(tiny_bundle: Bundle) -> None:
    def dead() -> HopScore:
        score = HopScore().play(None, 0.1, level_db=-90.0).play({90: 1.0}, 0.1, level_db=-20.0, rise_db=20.0)
        for level_db in range(-21, -51, -1):
            score.play({90: 1.0}, 0.02, level_db=float(level_db))
        return score.play(None, 0.05, level_db=-55.0)

    beats = dead().play({90: 1.0}, 0.2, level_db=-42.0, rise_db=4.0).play(None, 0.2)
    assert notes(follow(tiny_bundle, beats.hops)) == [90]
    struck = dead().play({90: 1.0}, 0.2, level_db=-22.0, rise_db=20.0).play(None, 0.2)
    assert notes(follow(tiny_bundle, struck.hops)) == [90, 90]
    softly = dead().play({90: 1.0}, 0.2, level_db=-42.0, rise_db=20.0).play(None, 0.2)
    assert notes(follow(tiny_bundle, softly.hops)) == [90, 90]
    another = dead().play({88: 1.0}, 0.2, level_db=-42.0, rise_db=20.0).play(None, 0.2)
    assert notes(follow(tiny_bundle, another.hops)) == [90, 88]
    later = dead().play(None, 1.5, level_db=-90.0).play({90: 1.0}, 0.2, level_db=-42.0, rise_db=20.0).play(None, 0.2)
    assert notes(follow(tiny_bundle, later.hops)) == [90, 90]


def test_a_treble_string_that_ends_at_once_and_beats_is_not_told_again(tiny_bundle: Bundle) -> None:
    score = HopScore().play(None, 0.1, level_db=-90.0).play({93: 1.0}, 0.08, level_db=-15.0, rise_db=20.0)
    score.play({93: 1.0}, 0.06, level_db=-42.0).play({93: 1.0}, 0.3, level_db=-29.0, rise_db=0.3).play(None, 0.2)
    assert notes(follow(tiny_bundle, score.hops)) == [93]


def test_an_attack_that_calms_down_is_no_new_stir() -> None:
    attack = HopScore().play({102: 1.0}, HOP_S, rise_db=9.0).play({102: 1.0}, HOP_S, rise_db=4.0).hops
    again = HopScore().play({102: 1.0}, HOP_S, rise_db=7.0).hops
    assert (flux_growth_db(attack), flux_growth_db([*attack, *again]), flux_growth_db([])) == (0.0, 3.0, 0.0)


@pytest.mark.parametrize(("rise_db", "faded_db"), [(7.0, -22), (4.0, -20)])
def test_a_string_plucked_again_is_told_though_it_fades_at_once(
    tiny_bundle: Bundle, rise_db: float, faded_db: int
) -> None:
    score = HopScore()
    for _ in range(4):
        score.play({52: 1.0}, 0.03, level_db=-15.5, rise_db=rise_db)
        for level_db in range(-17, faded_db - 1, -1):
            score.play({52: 1.0}, 0.05, level_db=float(level_db))
    assert notes(follow(tiny_bundle, score.hops)) == [52] * 4


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([(0.06, 70), (0.12, 20)] * 4, [72]),  # vibrato of more than a quarter tone
        ([(0.06, 40), (0.03, 60), (0.03, 140), (0.03, 160), (0.3, 200)], [72, 74]),  # a glide past a semitone
        ([(0.12, 100), (0.12, 0)] * 3, [72, 73, 72, 73, 72, 73, 72]),  # a trill
        ([(0.4, 60)], [72, 73]),  # flat, but it stays
    ],
)
def test_near_notes_are_told_when_they_stay(
    tiny_bundle: Bundle, steps: list[tuple[float, int]], told: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    score = HopScore().play({72: 1.0}, 0.3, rise_db=15.0)
    pitches = [0] * len(score.hops)
    for seconds, cents in steps:
        score.play({72 + round(cents / 100): 1.0}, seconds)
        pitches += [cents] * (len(score.hops) - len(pitches))
    place = {id(hop.values): cents for hop, cents in zip(score.hops, pitches, strict=True)}
    monkeypatch.setattr(Bender, "cents", lambda _, values, note: place[id(values)] - 100.0 * (note - 72))
    assert notes(follow(tiny_bundle, score.hops)) == told


@pytest.mark.parametrize(("rise_db", "told"), [(0.3, [102]), (3.0, [102, 102])])
def test_partials_that_dip_are_a_repetition_only_if_the_spectrum_stirs(
    tiny_bundle: Bundle, rise_db: float, told: list[int]
) -> None:
    score = HopScore().play(None, 0.1).play({102: 1.0}, 0.2, level_db=-24.0, rise_db=20.0)
    score.play({102: 1.0}, 0.03, level_db=-36.0, shown=[102]).play({102: 1.0}, 0.15, level_db=-24.5, rise_db=rise_db)
    assert notes(follow(tiny_bundle, score.play(None, 0.2).hops)) == told


def test_the_next_note_starts_out_of_the_reverberation_of_the_last(tiny_bundle: Bundle) -> None:
    score = HopScore().play({60: 0.95}, 0.3, rise_db=15).play({60: 0.9}, 0.2, level_db=-38)
    score.play({60: 0.5, 64: 0.4}, 0.01, rise_db=12).play({64: 0.95}, 0.3)
    assert notes(follow(tiny_bundle, score.hops)) == [60, 64]


def test_a_note_that_the_frames_do_not_show_is_not_told(tiny_bundle: Bundle) -> None:
    ghost = HopScore().play(None, 0.2, level_db=-90).play({67: 0.99}, 0.3, rise_db=15, shown=[56])
    assert notes(follow(tiny_bundle, ghost.hops)) == []
    real = HopScore().play(None, 0.2, level_db=-90).play({67: 0.99}, 0.3, rise_db=15)
    assert notes(follow(tiny_bundle, real.hops)) == [67]


def test_silence_and_noise_tell_nothing(tiny_bundle: Bundle) -> None:
    rng = np.random.default_rng(0)
    score = HopScore().play(None, 1.0, level_db=-90).play({}, 1.0, rise_db=10)
    for _ in range(200):
        score.play({int(rng.integers(30, 90)): float(rng.uniform(0, 0.9))}, HOP_S, rise_db=float(rng.uniform(0, 10)))
    assert notes(follow(tiny_bundle, score.hops)) == []


def test_notes_outside_the_range_are_not_told(tiny_bundle: Bundle) -> None:
    score = HopScore().play({40: 0.99}, 0.3, rise_db=15)
    assert notes(follow(tiny_bundle, score.hops, low_note=50, high_note=80)) == []


def test_the_shortest_note_is_kept(tiny_bundle: Bundle) -> None:
    score = HopScore().play({60: 0.99}, 0.05, rise_db=15).play({64: 0.99}, 0.3)
    events = follow(tiny_bundle, score.hops, min_note_s=0.1)
    assert notes(events) == [60, 64] and events[1].at_s - events[0].at_s >= 0.1 - 1e-9


def test_velocity_follows_level_and_dynamics(tiny_bundle: Bundle) -> None:
    found = []
    for level_db in (-50, -35, -20, -13, 0):
        first = follow(tiny_bundle, HopScore().play({60: 0.99}, 0.2, level_db=level_db, rise_db=15).hops)[0]
        assert isinstance(first, NoteStarted)
        found.append(first.velocity)
    assert found == sorted(found) and 1 <= found[0] < 40 and found[-1] == 127
    level_only = follow(tiny_bundle, HopScore().play({60: 0.99}, 0.2, level_db=-13).hops, dynamics_share=0.0)[0]
    class_only = follow(tiny_bundle, HopScore().play({60: 0.99}, 0.2, level_db=-13).hops, dynamics_share=1.0)[0]
    assert isinstance(level_only, NoteStarted) and level_only.velocity == 127
    assert isinstance(class_only, NoteStarted) and class_only.velocity == 72  # mf


def test_stopping_ends_the_note_and_forgets(tiny_bundle: Bundle) -> None:
    tracker = Tracker(tiny_bundle.manifest, hop_s=HOP_S)
    hops = HopScore().play({60: 0.99}, 0.2, rise_db=15).hops
    started = [event for hop in hops for event in tracker.follow(hop)]
    assert [type(event) for event in started] == [NoteStarted]
    assert tracker.stop() == [NoteEnded(hops[-1].at_s, 60)]
    assert tracker.stop() == []
    again = [event for hop in hops for event in tracker.follow(hop)]
    assert again == started


def test_written_notes_do_not_overlap() -> None:
    events: list[HeardEvent] = [
        NoteStarted(0.10, 60, 80, 0.99, 0.05, 0),
        PitchMoved(0.20, 60, 12.0),
        NoteEnded(0.50, 60),
        NoteStarted(0.50, 62, 90, 0.98, 0.46, 1),
        NoteEnded(0.51, 62),
    ]
    first, second = write(events)
    assert (first.onset_s, first.end_s, first.bends) == (0.05, 0.46, [(0.20, 12.0)])
    assert (second.onset_s, second.end_s, second.told_s) == (0.46, 0.51, 0.50)
