"""Small bundles on disk whose graphs are no graphs, for engines that stand in for the real one."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from rt.bundle import bundle
from rt.bundle.bundle import Bundle
from rt.frames.symbols import standard_symbols
from tests.support.small_manifest import small_manifest


def make_bundle(
    folder: Path, name: str = "tiny", instruments: tuple[str, ...] = ("flute", "piano", "violin")
) -> Bundle:
    """The small bundle with other instruments, of five dynamics each."""
    small, symbols = small_manifest(), standard_symbols(instruments)
    n_symbols = sum(len(symbol.classes) for symbol in symbols)
    encoder = dataclasses.replace(small.graphs["symbol_encoder"], inputs={"symbols": (-1, n_symbols), "age_s": (-1, 1)})
    levels = ((-20.0,) * 5,) * 2
    folder.mkdir()
    for graph in small.graphs.values():
        (folder / graph.file).write_bytes(b"none")
    manifest = dataclasses.replace(
        small,
        name=name,
        symbols=symbols,
        instruments=tuple(
            dataclasses.replace(small.instruments[0], name=one, loudness_db=levels) for one in instruments
        ),
        graphs=small.graphs | {"symbol_encoder": encoder},
    )
    return bundle.save(folder, manifest)
