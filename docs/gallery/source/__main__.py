"""Make the gallery anew: every sound, every picture and the page."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from docs.gallery.source.demonstrations import Demonstrations
from docs.gallery.source.page import page
from docs.gallery.source.studio import Studio
from rt.bundle import bundle
from rt.errors import BridgeError
from rt.offline.progress import with_bar

HERE = Path(__file__).parents[1]
MOST_BYTES = 6 << 20


def main() -> int:
    """Write everything below docs/gallery; 2 and one line when something is missing."""
    parser = argparse.ArgumentParser(prog="python -m docs.gallery.source", description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE, help="folder of the page")
    parser.add_argument("--work", type=Path, default=Path("build/gallery"), help="folder for what lies in between")
    parser.add_argument("--bundle", default="default", help="the model")
    parser.add_argument("--duets", default="", help="a model with two sources; else those sounds stay as they are")
    options = parser.parse_args()
    try:
        manifest = bundle.load(options.bundle).manifest
        studio = Studio(options.out, options.work, options.bundle)
        made = Demonstrations(studio, manifest, options.duets).sections()
        sections = list(with_bar(made, 6, unit="section"))
    except (BridgeError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    studio.tidy()
    model = f"Model: {manifest.name}, {manifest.files['signal_decoder.onnx'].sha256[:12]}."
    studio.file("index.html").write_text(page(sections, model=model), encoding="utf-8")
    size = sum(path.stat().st_size for path in studio.wanted)
    n_players = sum(len(row.players) for section in sections for row in section.rows)
    print(f"{options.out}/index.html: {n_players} players, {len(studio.wanted)} files, {size / 2**20:.2f} MB")
    if size > MOST_BYTES:
        print(f"error: more than {MOST_BYTES >> 20} MB; shorten the phrases or compress more", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
