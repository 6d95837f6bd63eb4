"""Labels and file names: what is understood, and what is refused with a reason."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.sources.instruments import DEFAULT_NAMES, KNOWN, instrument_name, known_instrument
from export.sources.labels import (
    Column,
    check_columns,
    labels_of,
    parse_columns,
    parse_dynamics,
    parse_note,
    parse_pitch,
    parse_velocity,
)
from export.sources.patterns import USUAL, Pattern, usual_pattern
from export.sources.soundfont import parse_programs
from rt.errors import BridgeError


@pytest.mark.parametrize(
    ("text", "note"),
    [
        *[("C4", 60), ("c#4", 61), ("Db4", 61), ("Cs4", 61), ("D♭4", 61), ("b3", 59), ("Bb3", 58), ("Cb4", 59)],
        *[("B#3", 60), ("C-1", 0), ("G9", 127), ("60", 60), ("060", 60), ("0", 0), ("127", 127), (" A0 ", 21)],
    ],
)
def test_notes_are_read_in_every_spelling(text: str, note: int) -> None:
    assert parse_note(text) == note


def test_octaves_can_be_counted_from_three() -> None:
    assert parse_note("C3", middle_c=3) == 60
    assert parse_note("60", middle_c=3) == 60
    assert parse_pitch("A", "3", middle_c=3) == 69


@pytest.mark.parametrize("text", ["H4", "", "C", "C+4", "60.5", "A-sharp", "C##4"])
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(BridgeError, match="is not understood"):
        parse_note(text)


@pytest.mark.parametrize("text", ["G#9", "C-2", "128", "-1", "C15"])
def test_notes_beyond_midi_are_refused(text: str) -> None:
    with pytest.raises(BridgeError, match="allowed are 0-127"):
        parse_note(text)


@pytest.mark.parametrize(("pitch_class", "octave", "note"), [("A#", "4", 70), ("10", "4", 70), ("Bb", "-1", 10)])
def test_a_pitch_class_and_an_octave_make_a_note(pitch_class: str, octave: str, note: int) -> None:
    assert parse_pitch(pitch_class, octave) == note


@pytest.mark.parametrize(("pitch_class", "octave"), [("", "4"), ("A", ""), ("12", "4"), ("3", "x"), ("A", "x")])
def test_half_a_pitch_is_refused(pitch_class: str, octave: str) -> None:
    with pytest.raises(BridgeError, match="is not understood"):
        parse_pitch(pitch_class, octave)


@pytest.mark.parametrize(
    ("text", "dynamics"),
    [("FF", "ff"), ("mezzo-forte", "mf"), ("Mezzo Piano", "mp"), ("pianissimo", "pp"), ("072", "72"), ("soft", "soft")],
)
def test_dynamics_have_one_name(text: str, dynamics: str) -> None:
    assert parse_dynamics(text) == dynamics


@pytest.mark.parametrize("text", ["", "0", "128", "loud", "12.5"])
def test_velocities_are_1_to_127(text: str) -> None:
    with pytest.raises(BridgeError, match="allowed are 1-127"):
        parse_velocity(text)


def test_no_class_may_be_called_silent() -> None:
    with pytest.raises(BridgeError, match="names silence"):
        parse_dynamics("Silent")


def test_columns_have_defaults() -> None:
    columns = parse_columns(("articulation", "vibrato=none"))
    assert columns == (Column("articulation", None), Column("vibrato", "none"))
    assert labels_of(columns, {"articulation": "legato"}) == (("articulation", "legato"), ("vibrato", "none"))
    with pytest.raises(BridgeError, match="articulation is empty"):
        labels_of(columns, {"vibrato": "wide"})
    check_columns(columns, ("articulation",), "folder x")
    with pytest.raises(BridgeError, match="x: no column 'articulation', it has bow; give a class: articulation=NAME"):
        check_columns(columns, ("bow",), "x")


@pytest.mark.parametrize("column", ["note", "octave_2", "", "1st", "a b", "instrument"])
def test_columns_that_cannot_be_labels_are_refused(column: str) -> None:
    with pytest.raises(BridgeError, match="cannot be a label"):
        parse_columns((column,))


def test_a_column_named_twice_is_refused() -> None:
    with pytest.raises(BridgeError, match="twice"):
        parse_columns(("bow", "bow=up"))


def test_instruments_have_one_spelling() -> None:
    assert instrument_name("alto_sax") == instrument_name("Alto saxophone") == "Alto Sax"
    assert instrument_name("Violoncello") == "Cello"
    assert instrument_name("my_own_thing") == "my own thing"
    assert known_instrument("theremin") is None
    assert [KNOWN[name].program for name in DEFAULT_NAMES] == [65, 73, 0, 56, 40]
    assert KNOWN["Piano"].decays and KNOWN["Piano"].hold_s == 7.5
    assert not KNOWN["Flute"].decays and KNOWN["Flute"].hold_s == 3.0
    assert all(0 <= one.low_note < one.high_note <= 127 and one.release_s > 0 for one in KNOWN.values())


@pytest.mark.parametrize(
    ("pattern", "path", "fields"),
    [
        ("{instrument}_{note}_{dynamics}.wav", "Alto_Sax_C#4_mf.wav", ("Alto_Sax", "C#4", "mf")),
        ("{instrument}_{note}_{dynamics}", "a/b/Cello_60_ff.flac", ("Cello", "60", "ff")),
        ("{instrument}/{dynamics}/*_{note}.wav", "Cello/ff/take 3_Db5.wav", ("Cello", "Db5", "ff")),
        ("{instrument}/{}-{note} {dynamics}.*", "Oboe/x-C4 pp.AIFF", ("Oboe", "C4", "pp")),
        ("{instrument}/{instrument}_{note}_{dynamics}", "Oboe/Oboe_C4_pp.wav", ("Oboe", "C4", "pp")),
    ],
)
def test_patterns_give_fields(pattern: str, path: str, fields: tuple[str, str, str]) -> None:
    found = Pattern(pattern).match(path)
    assert found is not None
    assert (found["instrument"], found["note"], found["dynamics"]) == fields


def test_labels_of_the_users_own_hold_underscores_only_where_they_must() -> None:
    found = Pattern("{instrument}_{bow}_{note}.wav").match("Alto_Sax_vib_C4.wav")
    assert found == {"instrument": "Alto_Sax", "bow": "vib", "note": "C4"}
    found = Pattern("{bow}/{note}.wav").match("non_vibrato/C4.wav")
    assert found == {"bow": "non_vibrato", "note": "C4"}


@pytest.mark.parametrize("path", ["Cello.wav", "Cello_C4.txt", "Cello_H4_mf.wav", "x/Oboe/Cello_C4_mf.wav"])
def test_what_does_not_fit_is_not_matched(path: str) -> None:
    assert Pattern("./{instrument}/Cello_{note}_{dynamics}.wav").match(path) is None


@pytest.mark.parametrize("pattern", ["{instrument}.wav", "{octave}.wav", "{note", "*"])
def test_patterns_without_a_note_are_refused(pattern: str) -> None:
    with pytest.raises(BridgeError, match="names no note"):
        Pattern(pattern)


@pytest.mark.parametrize(
    ("paths", "pattern"),
    [
        (["Cello_A#2_mf.wav", "Cello_A2_ff.wav", "Alto_Sax_C4_p.wav"], "{instrument}_{note}_{dynamics}"),
        (["Cello_mf_A2.wav", "Cello_ff_A2.wav", "Cello_A2.wav"], "{instrument}_{dynamics}_{note}"),
        (["piano-060-v100.wav", "piano-061-v100.wav"], "{instrument}-{note}-v{velocity}"),
        (["guitar_acoustic_010-066-100.wav"], "{instrument}-{note}-{velocity}"),
        (["A4.wav", "C#4.wav", "notes.wav"], "{note}"),
        (["Oboe/pp/C4.wav", "Oboe/ff/C4.wav"], "{instrument}/{dynamics}/{note}"),
        (["Oboe/C4.wav", "Flute/C4.wav"], "{instrument}/{note}"),
        (["cello 60.wav"], "{instrument} {note}"),
        (["Cello_piano_A2.wav", "Cello_forte_A2.wav", "Cello_A2.wav"], "{instrument}_{dynamics}_{note}"),
    ],
)
def test_usual_names_are_recognised(paths: list[str], pattern: str) -> None:
    found = usual_pattern(paths)
    assert found is not None and found[0].text == pattern


@pytest.mark.parametrize("paths", [["kick_01.wav", "kick_02.wav"], ["hello.wav"], []])
def test_names_without_notes_are_not_guessed(paths: list[str]) -> None:
    assert usual_pattern(paths) is None


@given(st.text(max_size=30), st.text(max_size=10))
def test_any_text_is_read_or_refused(text: str, other: str) -> None:
    for parse in (parse_note, parse_dynamics, parse_velocity, parse_programs, Pattern):
        with contextlib.suppress(BridgeError):
            parse(text)
    with contextlib.suppress(BridgeError):
        parse_pitch(text, other)
    with contextlib.suppress(BridgeError):
        parse_columns((text, other))
    usual_pattern([text, f"{other}.wav"])


@pytest.mark.parametrize("text", ["9" * 5000, "-" + "9" * 5000])
def test_endless_numbers_are_refused(text: str) -> None:
    for parse in (parse_note, parse_dynamics, parse_velocity):
        if parse is not parse_dynamics or text[0] == "9":
            with pytest.raises(BridgeError, match="is not understood"):
                parse(text)


def test_usual_patterns_are_patterns() -> None:
    assert len(set(USUAL)) == len(USUAL) > 20
    assert all("note" in Pattern(text).fields for text in USUAL)
