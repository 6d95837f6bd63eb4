"""`python -m export prepare SOURCE... --out DIR`: sounds in, a corpus of labelled frames out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rt.errors import BridgeError

if TYPE_CHECKING:
    from export.sources.source import SourceOptions

SUMMARY = "analyse soundfonts, folders of recordings and data sets into labelled frames"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="KIND:PATH, or a PATH whose kind is recognised")
    parser.add_argument("--out", type=Path, required=True, help="folder of the corpus")
    add_source_arguments(parser)
    group = parser.add_argument_group("how")
    group.add_argument("--level", choices=("even", "keep"), default="even", help="levels of notes (even)")
    group.add_argument("--brighten", action="store_true", help="make louder notes brighter, for soundfonts")
    group.add_argument("--vibrato", choices=("stop", "keep"), default="stop", help="in full-resolution frames (stop)")
    group.add_argument("--noise", action="store_true", help="take notes apart and learn their noise; of recordings")
    group.add_argument("--voice", action="append", default=[], metavar="NAME", help="source to sound like; repeatable")
    group.add_argument("--seed", type=int, default=1)
    group.add_argument("--jobs", type=int, help="processes (one per core)")
    bad = group.add_mutually_exclusive_group()
    bad.add_argument("--strict", action="store_true", help="stop at the first file that cannot be used")
    bad.add_argument("--skip", action="store_true", help="list files that cannot be used and go on (default)")
    mixed = parser.add_argument_group("mixtures")
    mixed.add_argument("--mixtures", type=int, default=0, metavar="N", help="make N mixtures instead of single notes")
    mixed.add_argument("--sources", dest="n_sources", type=int, default=2, metavar="K", help="notes in each (2)")
    mixed.add_argument("--mix-of", default="", metavar="A,B", help="instruments to mix (all)")


def add_source_arguments(parser: argparse.ArgumentParser) -> None:
    """Options that the sources read."""
    group = parser.add_argument_group("sources")
    group.add_argument("--programs", help="of soundfonts: Flute=73:60-96,Piano=0 (the five of the default bundle)")
    group.add_argument("--every", type=int, default=1, metavar="N", help="take one note in N, for trials (1)")
    group.add_argument("--pattern", help="of folders: {instrument}/{note}_{dynamics}.wav")
    group.add_argument("--csv", type=Path, help="of folders: a table with file, instrument, note, dynamics")
    group.add_argument("--columns", default="", metavar="A,B=CLASS", help="further labels to keep")
    group.add_argument("--instrument", help="instrument of files that name none")
    group.add_argument("--dynamics", help="dynamics of files that do not say (mf)")
    group.add_argument("--licence", help="licence of sources that bring none")
    group.add_argument("--credit", help="whom to name for sources that bring no credit")
    group.add_argument("--layers", metavar="4,7,...", help="velocity layers of the recorded piano")
    group.add_argument("--middle-c", type=int, default=4, help="octave number of MIDI note 60 in file names (4)")


def run(options: argparse.Namespace) -> int:
    """Prepare a corpus and print what is in it."""
    from tqdm import tqdm

    from export.prepare.pipeline import PROBLEMS, prepare
    from export.prepare.plan import Settings
    from export.prepare.summary import table
    from export.sources import open_source

    source_options = source_options_of(options)
    sources = [open_source(text, source_options) for text in options.sources]
    settings = Settings(
        level=options.level,
        brighten=options.brighten,
        vibrato=options.vibrato,
        noise=options.noise,
        seed=options.seed,
        jobs=options.jobs,
        strict=options.strict,
        voice=tuple(options.voice),
        mixtures=options.mixtures,
        n_sources=options.n_sources,
        mix_of=_listed(options.mix_of),
    )
    with tqdm(unit="take", mininterval=0.5, disable=None) as progress:
        done = prepare(sources, options.out, settings, progress=progress)
    for source in sources:
        for remark in source.remarks:
            print(f"{source.name}: {remark}")
    print(table(done.summary, done.problems))
    listed = f"; {len(done.problems)} files left out, listed in {options.out / PROBLEMS}" if done.problems else ""
    print(f"{len(done.corpus.name)} takes, {len(done.corpus.frames)} frames, {len(done.corpus.live)} live{listed}")
    return 0


def source_options_of(options: argparse.Namespace) -> SourceOptions:
    """What the command line says about its sources."""
    from export.sources.source import SourceOptions

    return SourceOptions(
        programs=options.programs,
        every=options.every,
        pattern=options.pattern,
        csv=options.csv,
        columns=_listed(options.columns),
        instrument=options.instrument,
        dynamics=options.dynamics,
        licence=options.licence,
        credit=options.credit,
        layers=_layers(options.layers),
        middle_c=options.middle_c,
    )


def _listed(text: str) -> tuple[str, ...]:
    """The parts of a list with commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _layers(text: str | None) -> tuple[int, ...] | None:
    if text is None:
        return None
    try:
        return tuple(int(part) for part in _listed(text))
    except ValueError as error:
        raise BridgeError(f"--layers {text!r}; give numbers from 1 to 16 such as 4,7,10,13,16") from error
