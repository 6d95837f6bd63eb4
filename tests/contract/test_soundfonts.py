"""Real soundfonts through the real synthesizer: the right notes, and the same samples in any order and process."""

from __future__ import annotations

import ctypes
import hashlib
import multiprocessing
import os
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from export.prepare.tuning import correction_cents, note_offset_cents
from export.sources import Source, SourceOptions, Take, open_source
from rt.errors import BridgeError


def open_installed(name: str, **options: object) -> Source:
    """A soundfont of the system; a missing one skips, and fails where CI is true."""
    try:
        source = open_source(f"soundfont:{name}", SourceOptions(**options))  # type: ignore[arg-type]
        source.takes()
    except BridgeError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))
    return source


def digest(source: Source, take: Take) -> str:
    return hashlib.sha256(source.read(take)[0].tobytes()).hexdigest()


def call_rand() -> None:
    """Use up some of C's random numbers, as libraries do."""
    for _ in range(3):
        ctypes.CDLL(None).rand()


def digests_apart(source: Source, takes: list[Take], *, before: Callable[[], None] | None = None) -> dict[str, str]:
    """Read takes in a fresh process, as `prepare` does, where something may have run before."""
    with multiprocessing.get_context("spawn").Pool(1, before) as pool:
        found = pool.starmap(digest, [(source, take) for take in takes])
    return {take.name: one for take, one in zip(takes, found, strict=True)}


def test_every_instrument_plays_its_notes() -> None:
    source = open_installed("FluidR3_GM", every=12)
    takes = source.takes()
    assert len(takes) == (3 + 4 + 8 + 3 + 4) * 5 and not source.recorded
    loudest: dict[tuple[str, int], list[float]] = {}
    for take in takes:
        samples, rate_hz = source.read(take)
        assert take.hold_s is not None and rate_hz == 44100
        assert samples.dtype == np.float32 and samples.shape == (int(take.hold_s * rate_hz) // 64 * 64, 2)
        loudest.setdefault((take.instrument, take.note), []).append(float(np.abs(samples).max()))
        assert np.abs(samples[:32]).max() < 0.5 * np.abs(samples).max()  # no end of the last note, no click
        if take.dynamics == "mf":
            offset, certain = note_offset_cents(samples[13230:44100], rate_hz, take.note)
            assert certain < 0.9 or abs(correction_cents(offset, certain)) < 40.0
    assert all(levels == sorted(levels) and levels[0] > 0.004 for levels in loudest.values())


@pytest.mark.parametrize("font", ["FluidR3_GM", "MuseScore_General"])
def test_samples_do_not_depend_on_order_or_process(font: str) -> None:
    programs = "Flute=73:60-65,Piano=0:21-26,Trumpet=56:60-65"  # low loud piano notes sound on for seconds
    source = open_installed(font, programs=programs, every=5)
    takes = source.takes()
    first = digests_apart(source, takes)
    assert len(set(first.values())) == len(takes) == 3 * 2 * 5
    random.Random(1).shuffle(takes)
    assert digests_apart(source, takes, before=call_rand) == first
    random.Random(2).shuffle(takes)
    assert {take.name: digest(source, take) for take in takes} == first


def test_a_hole_in_a_soundfont_is_told() -> None:
    source = open_installed("FluidR3_GM", programs="Violin=40:93-95")
    takes = {take.note: take for take in source.takes() if take.dynamics == "ff"}
    assert np.abs(source.read(takes[93])[0]).max() > 0.1
    with pytest.raises(BridgeError, match="Violin 94 ff: the soundfont has no sound there"):
        source.read(takes[94])


def test_a_broken_soundfont_is_told(tmp_path: Path) -> None:
    whole = open_installed("FluidR3_GM")
    path = tmp_path / "broken.sf2"
    with open(whole.path, "rb") as file:  # type: ignore[attr-defined]
        path.write_bytes(file.read(100_000))
    source = open_source(str(path), SourceOptions())
    with pytest.raises(BridgeError, match="fluidsynth cannot read this soundfont"):
        source.read(source.takes()[0])
