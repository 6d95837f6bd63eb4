"""What the page is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from docs.gallery.source.studio import AudioPlayer
from rt.bundle.manifest import InstrumentSpec

PAPER, LIVE, REFINED = "The paper's method", "Ours, as played live", "Ours, refined offline"
PHASES = {PAPER: "nsgt", LIVE: "locked", REFINED: "refined"}


@dataclass(frozen=True, slots=True)
class GalleryRow:
    """Sounds side by side, and perhaps a wide picture below."""

    name: str
    players: list[AudioPlayer]
    picture: str = ""
    what: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One demonstration."""

    key: str
    title: str
    text: str
    commands: list[str]
    rows: list[GalleryRow] = field(default_factory=list)


def key(spec: InstrumentSpec) -> str:
    """Name of an instrument in file names."""
    return spec.name.lower().replace(" ", "-")
