"""Soundfonts on disk: the ones that systems install, what they are called and what they ask for."""

from __future__ import annotations

import os
import re
import struct
from dataclasses import dataclass
from pathlib import Path

from export.sources.source import SourceOptions
from rt.bundle.manifest import Licence
from rt.errors import BridgeError

FOLDERS = (
    "/usr/share/sounds/sf2",
    "/usr/share/sounds/sf3",
    "/usr/share/soundfonts",
    "/usr/local/share/soundfonts",
    "/opt/homebrew/share/soundfonts",
    "~/.local/share/soundfonts",
)


@dataclass(frozen=True, slots=True)
class KnownFont:
    """A soundfont that systems install."""

    files: tuple[str, ...]
    licence: Licence


KNOWN_FONTS = {
    "MuseScore_General": KnownFont(
        ("MuseScore_General_Full.sf3", "MuseScore_General.sf3", "MuseScore_General.sf2"),
        Licence(
            source="MuseScore General soundfont (Debian package musescore-general-soundfont)",
            licence="MIT, parts public domain or CC0",
            credit="Adaptation (c) 2018-2021 S. Christian Collins; Fluid Mono (c) 2014-2017 Michael Cowgill; "
            "Fluid (c) 2000-2002, 2008 Frank Wen; Splendid Grand piano from AKAI S5000 (public domain)",
        ),
    ),
    "FluidR3_GM": KnownFont(
        ("FluidR3_GM.sf2",),
        Licence(
            source="FluidR3 GM soundfont (Debian package fluid-soundfont-gm)",
            licence="MIT",
            credit="(c) 2000-2002, 2008 Frank Wen and contributors",
        ),
    ),
    "FluidR3Mono_GM": KnownFont(
        ("FluidR3Mono_GM.sf3",),
        Licence(
            source="FluidR3 Mono GM soundfont (Debian package fluidr3mono-gm-soundfont)",
            licence="MIT",
            credit="Fluid Mono (c) 2014-2017 Michael Cowgill; Fluid (c) 2000-2002, 2008 Frank Wen",
        ),
    ),
    "TimGM6mb": KnownFont(
        ("TimGM6mb.sf2",),
        Licence(
            source="TimGM6mb soundfont (Debian package timgm6mb-soundfont)",
            licence="GPL-2",
            credit="(c) 2004 Tim Brechbill; parts (c) 2002 David Bolton",
        ),
    ),
}


def find_font(text: str) -> Path:
    """File of a soundfont: a path, or a known name, looked for where systems install it."""
    path = Path(os.path.expanduser(text))
    name = re.sub(r"\.sf[23]$", "", text)
    if name in KNOWN_FONTS and not path.is_file():
        places = [Path(os.path.expanduser(folder)) / file for folder in FOLDERS for file in KNOWN_FONTS[name].files]
        path = next((place for place in places if place.is_file()), path)
        if not path.is_file():
            raise BridgeError(
                f"{name}: not in {', '.join(FOLDERS)}; install the {KNOWN_FONTS[name].licence.source}, or give its path"
            )
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except (OSError, ValueError) as error:
        names = ", ".join(KNOWN_FONTS)
        reason = getattr(error, "strerror", None) or error
        raise BridgeError(f"{text[:200]}: {reason}; give the path of a soundfont or one of {names}") from error
    if head[:4] != b"RIFF" or head[8:] != b"sfbk":
        raise BridgeError(f"{path}: this is no soundfont; allowed are .sf2 and .sf3 files")
    return path


def known_font(path: Path) -> str | None:
    """Name of the known font that a file is, by the file's name."""
    return next((name for name, font in KNOWN_FONTS.items() if path.name in font.files), None)


def font_licence(path: Path, options: SourceOptions) -> Licence:
    """Licence of a known font; of others, what the file says about itself."""
    known = known_font(path)
    if known:
        return KNOWN_FONTS[known].licence
    info = font_info(path)
    title = info.get("INAM") or path.stem
    return Licence(
        source=f"{title} (soundfont {path.name})",
        licence=options.licence or "not stated",
        credit=info.get("ICOP") or info.get("IENG") or "",
    )


def font_info(path: Path) -> dict[str, str]:
    """The INFO texts of a soundfont: INAM its name, ICOP its copyright, IENG its makers."""
    found = {}
    with path.open("rb") as file:
        head = file.read(24)
        if len(head) < 24 or head[12:16] != b"LIST" or head[20:] != b"INFO":
            return {}
        rest = file.read(min(struct.unpack("<I", head[16:20])[0] - 4, 1 << 18))
    while len(rest) >= 8:
        size = struct.unpack("<I", rest[4:8])[0]
        text = rest[8 : 8 + size].split(b"\0")[0].decode("utf-8", "replace")
        found[rest[:4].decode("ascii", "replace")] = " ".join(text.split())[:300]
        rest = rest[8 + size + size % 2 :]
    return found
