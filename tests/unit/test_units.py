"""Names of notes, there and back."""

from __future__ import annotations

import pytest

from rt.units import name_of_note, note_of_name


@pytest.mark.parametrize("note", range(128))
def test_every_note_is_found_by_its_name(note: int) -> None:
    assert note_of_name(name_of_note(note)) == note
    assert note_of_name(name_of_note(note).lower()) == note


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("C4", 60),
        ("Cs4", 61),
        ("C♯4", 61),
        ("Db4", 61),
        ("D♭4", 61),
        ("Bb-1", 10),
        ("b4", 71),
        ("Cb4", 59),
        ("B#3", 60),
    ],
)
def test_sharps_and_flats_are_read_as_they_are_written(name: str, note: int) -> None:
    assert note_of_name(name) == note


@pytest.mark.parametrize("name", ["", "C", "4", "H4", "C4:mf", "Cx4", "C#b4", "C100", " C4", "mf", "4C"])
def test_other_texts_are_no_notes(name: str) -> None:
    assert note_of_name(name) is None
