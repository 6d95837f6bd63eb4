"""The documents are what the code says."""

from __future__ import annotations

from pathlib import Path

from rt.midi import midi_document
from rt.osc import osc_document

DOCS = Path(__file__).parents[2] / "docs"


def test_osc_document_is_generated() -> None:
    assert (DOCS / "osc.md").read_text(encoding="utf-8") == osc_document.format_markdown()


def test_midi_document_is_generated() -> None:
    assert (DOCS / "midi.md").read_text(encoding="utf-8") == midi_document.format_markdown()
