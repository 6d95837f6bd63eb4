"""Writes the Max package, the devices and the Pure Data patches from the OSC table.

python -m maxpatches.source.generate             write what has changed
python -m maxpatches.source.generate --pictures  also draw maxpatches/media (needs rsvg-convert)
python -m maxpatches.source.generate --points    first ask a new default bundle where its sounds lie
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from py2max.m4l import unpack_amxd

import rt
from maxpatches.source import (
    devices,
    examples,
    faces,
    helps,
    open_stage_control,
    overview,
    points,
    pure_data,
    reference,
)
from maxpatches.source.parts import ALL
from maxpatches.source.sheet import Sheet

ROOT = Path(__file__).parents[1]
PURE_DATA = "../docs/examples/pure-data"
OPEN_STAGE_CONTROL = "../docs/examples/open-stage-control/latent-bridge.json"
OVERVIEW = "latent-bridge Overview.maxpat"


def files() -> dict[str, bytes]:
    """Everything that is generated: path in the package -> content."""
    made: dict[str, bytes] = {"package-info.json": _text(package_info())}
    names = tuple(part.REFERENCE.name for part in ALL)
    for part in ALL:
        about = part.REFERENCE
        sheet = Sheet(face=about.size)
        part.draw(sheet)
        ports = len(about.inlets), len(about.outlets)
        assert sheet.ports == ports, f"{about.name}: {sheet.ports} drawn, {ports} described"
        patch = sheet.finish(description=about.description, digest=about.digest, tags="latent-bridge")
        made[f"patchers/{about.name}.maxpat"] = _text(patch)
        made[f"help/{about.name}.maxhelp"] = _text(helps.draw(about))
        others = tuple(name for name in names if name != about.name)
        made[f"docs/{about.name}.maxref.xml"] = reference.page(about, others).encode()
    for name, draw in examples.ALL.items():
        made[f"examples/{name}.maxpat"] = _text(draw())
    made[f"extras/{OVERVIEW}"] = _text(overview.draw())
    for name, write in devices.ALL.items():
        made[f"devices/{name}"] = write()
    for name, write_pd in pure_data.ALL.items():
        made[f"{PURE_DATA}/{name}"] = write_pd().encode()
    made[OPEN_STAGE_CONTROL] = _text(open_stage_control.session())
    return made


def package_info() -> dict[str, Any]:
    """What Max's package manager wants to know."""
    return {
        "name": "latent-bridge",
        "displayname": "latent-bridge",
        "version": rt.__version__,
        "author": "the latent-bridge authors",
        "authors": ["the latent-bridge authors"],
        "description": "Play a learned space of sounds: notes, labels, latents and live transcription over OSC.",
        "tags": ["OSC", "machine learning", "synthesis", "transcription"],
        "website": "",
        "extends": "",
        "extensible": 0,
        "max_version_min": "8.6",
        "max_version_max": "none",
        "os": {
            "macintosh": {"platform": ["x64", "aarch64"], "min_version": "none"},
            "windows": {"platform": ["x64"], "min_version": "none"},
        },
        "homepatcher": OVERVIEW,
        "package_extra": {"copyright": "MIT"},
    }


def _text(patch: dict[str, Any]) -> bytes:
    return (json.dumps(patch, indent="\t", ensure_ascii=False) + "\n").encode()


def draw_pictures(made: dict[str, bytes]) -> None:
    """PNG of the face of every patch, into media/."""
    tool = shutil.which("rsvg-convert")
    if tool is None:
        raise SystemExit("rsvg-convert is not installed (Debian: librsvg2-bin)")
    patches = {Path(name).name: json.loads(data) for name, data in made.items() if name.endswith(".maxpat")}
    for name, data in made.items():
        if name.endswith(".amxd"):
            patches[Path(name).name] = json.loads(unpack_amxd(data)[0])
    folder = ROOT / "media"
    folder.mkdir(exist_ok=True)
    for name, patch in patches.items():
        with tempfile.NamedTemporaryFile("w", suffix=".svg", encoding="utf-8") as svg:
            svg.write(faces.draw(patch, patches.__getitem__))
            svg.flush()
            picture = folder / f"{name.rpartition('.')[0].replace(' ', '-')}.png"
            subprocess.run([tool, "--zoom", "1.5", "--output", str(picture), svg.name], check=True)


def main() -> None:
    """Write what has changed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", action="store_true", help="draw media/*.png too")
    parser.add_argument("--points", action="store_true", help="ask the default bundle where its sounds lie")
    options = parser.parse_args()
    if options.points:
        points.keep()
    made = files()
    for name, data in made.items():
        path = ROOT / name
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            print(f"wrote {name}")
    if options.pictures:
        draw_pictures(made)


if __name__ == "__main__":
    main()
