"""The gallery as it is committed: every sound can be played, every picture seen or read, and its commands exist."""

from __future__ import annotations

import re
import shlex
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import soundfile

from rt.command_line import make_parser

ROOT = Path(__file__).parents[2]
GALLERY = ROOT / "docs" / "gallery"
DOCUMENT = (ROOT / "docs" / "demonstrations.md").read_text(encoding="utf-8")
MOST_BYTES = 6 << 20
SECTIONS = {"reconstruction", "symbol-to-signal", "signal-to-symbol", "morphing", "trajectories", "mixtures"}
INSTRUMENTS = ("Alto Sax", "Flute", "Piano", "Trumpet", "Violin")


class Page(HTMLParser):
    """What the page shows."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.sections: dict[str, list[str]] = {}
        """Sources of the players by section."""
        self.pictures: list[dict[str, str]] = []
        self.links: set[str] = set()
        self.unnamed: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "section":
            self.sections[found["id"]] = []
        elif tag == "audio":
            self.sections[list(self.sections)[-1]].append(found["src"])
            if "controls" not in found or not found.get("aria-label"):
                self.unnamed.append(found["src"])
        elif tag == "img":
            self.pictures.append(found)
        elif tag == "a" and not found["href"].startswith("#"):
            self.links.add(found["href"])
        assert tag not in ("script", "iframe", "link")


TEXT = (GALLERY / "index.html").read_text(encoding="utf-8")
PAGE = Page(TEXT)


def test_every_demonstration_has_every_instrument() -> None:
    assert set(PAGE.sections) == SECTIONS
    parts = dict(zip(PAGE.sections, TEXT.split("<section")[1:], strict=True))
    for key in SECTIONS - {"mixtures"}:
        assert all(f"<h3>{name}</h3>" in parts[key] for name in INSTRUMENTS), key
        assert len(PAGE.sections[key]) >= 15
    assert len(PAGE.sections["mixtures"]) >= 8


def test_sounds_are_there_and_sound() -> None:
    sources = {source for players in PAGE.sections.values() for source in players}
    assert len(sources) > 80 and PAGE.unnamed == []
    for source in sources:
        samples, rate_hz = soundfile.read(GALLERY / source)
        assert 1.0 < len(samples) / rate_hz < 15.0 and 0.05 < np.abs(samples).max() <= 1.0, source


def test_pictures_are_there_and_described() -> None:
    assert len(PAGE.pictures) > 80
    for picture in PAGE.pictures:
        assert (GALLERY / picture["src"]).read_bytes().startswith(b"\x89PNG")
        assert len(picture["alt"]) > 10


def test_the_folder_holds_what_the_page_shows_and_no_more() -> None:
    shown = {source for players in PAGE.sections.values() for source in players}
    shown |= {picture["src"] for picture in PAGE.pictures} | PAGE.links | {"index.html"}
    there = [path for path in GALLERY.rglob("*") if path.is_file() and "source" not in path.relative_to(GALLERY).parts]
    assert {path.relative_to(GALLERY).as_posix() for path in there} == shown
    assert sum(path.stat().st_size for path in there) < MOST_BYTES


def test_commands_of_the_document_exist() -> None:
    lines = re.findall(r"`latent-bridge ([^`]*)`", DOCUMENT)
    assert {line.split()[0] for line in lines} >= {
        "reconstruct",
        "render",
        "transcribe",
        "morph",
        "trajectory",
        "sequence",
    }
    for line in lines:
        make_parser().parse_args(shlex.split(line))
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"^    make ([a-z-]+)", DOCUMENT, re.MULTILINE)) <= set(targets)
