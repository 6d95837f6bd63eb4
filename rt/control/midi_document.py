"""Tells what MIDI does: `docs/midi.md`."""

from __future__ import annotations

from rt.control.channels import ACTIONS

_HEAD = """\
# MIDI

Made from `rt/control/channels.py`; change it there and run `python -m rt.control.midi_document > docs/midi.md`.

All 16 channels play, each with its own instrument. Several inputs may play at once; each has its own pedals and wheels.

| message | does |
| --- | --- |
| Note on | A key goes down; with velocity 0 it goes up. |
| Note off | A key goes up; its velocity does not matter. |
| Pitch bend | Up to the range of RPN 0; until that is sent, the setting engine.bend_range_semitones. |
| Program change | Another instrument for new notes, see below. |
| Control change | See the table. |
| Pressure, system messages, clock | Nothing. |

A note that an instrument cannot reach sounds in the nearest octave that it can, and is told once.

## Programs

Counted from 0, as they are sent; many hosts show one more. The first programs are the bundle's instruments in their
order (`latent-bridge info` lists them). A number beyond those is looked up as a General MIDI program: 40 violin, 56
trumpet, 65 alto sax, 73 flute. The order goes first, so that program 0, which hosts send by themselves and which
General MIDI gives to the piano, is the bundle's first instrument. An unknown program changes nothing and is told once.

## Controllers

| controller | name | does |
| --- | --- | --- |
"""


def format_markdown() -> str:
    """`docs/midi.md`."""
    rows = (f"| {number} | {action.name} | {action.description} |\n" for number, action in ACTIONS.items())
    return _HEAD + "".join(rows)


if __name__ == "__main__":
    print(format_markdown(), end="")
