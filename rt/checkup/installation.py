"""Looks at what is installed: the interpreter, onnxruntime, compiled code, and the model, which plays and hears."""

from __future__ import annotations

import importlib.metadata
import sys
import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from rt import code_cache
from rt.bundle import bundle
from rt.checkup.finding import BAD, NOTE, OK, Finding
from rt.config import config
from rt.errors import BundleError

N_VOICES = 8
BLOCK_SAMPLES = 128
RATE_HZ = 48_000


def check_python(_: config.Config) -> Iterator[Finding]:
    """Look at the interpreter."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= (3, 13):
        yield Finding(
            NOTE, f"Python {version}: no python-rtmidi, so no MIDI", "use Python 3.12 or 3.11 to play by MIDI"
        )
    else:
        yield Finding(OK, f"Python {version}")


def check_runtime(settings: config.Config) -> Iterator[Finding]:
    """Look at onnxruntime and what it computes on."""
    from rt import model

    found = {name: version for name in ("onnxruntime", "onnxruntime-gpu") if (version := _installed(name))}
    if len(found) == 2:
        fix = "pip uninstall -y onnxruntime onnxruntime-gpu, then pip install one of them"
        yield Finding(BAD, "onnxruntime and onnxruntime-gpu are both installed and overwrite each other", fix)
    offered = model.available_providers()
    name, version = next(iter(found.items()), ("onnxruntime", "of unknown version"))
    yield Finding(OK, f"{name} {version} computes on {', '.join(offered)}")
    wanted = settings.model.provider
    if wanted not in ("auto", *offered):
        yield Finding(
            BAD, f"model.provider is {wanted!r}", "set it to auto, or in the checkout run pip install -e '.[gpu]'"
        )


def check_cache(_: config.Config) -> Iterator[Finding]:
    """Look for a place where compiled code is kept; without one every start compiles for a while."""
    place = code_cache.lasting()
    if place is not None:
        yield Finding(OK, f"compiled code is kept in {place}")
    else:
        yield Finding(NOTE, "no place to keep compiled code: every start compiles for up to a minute", code_cache.MEND)


def check_model(settings: config.Config) -> Iterator[Finding]:
    """Check the bundle and play it for a second."""
    opened = bundle.load(settings.model.bundle, keeps=True)
    names = ", ".join(i.name for i in opened.manifest.instruments)
    yield Finding(OK, f"bundle {opened.manifest.name!r}, every hash right: {names}")

    from rt.engine import Engine
    from rt.events import NoteOn
    from rt.model import Model
    from rt.stats import Stats

    model = Model.load(opened, settings.model.provider)
    engine = Engine(model, sample_rate_hz=RATE_HZ, config=settings.engine, stats=Stats())
    start_s = time.perf_counter()
    engine.warm_up()
    warm_s = time.perf_counter() - start_s
    for note in range(N_VOICES):
        engine.apply(NoteOn(0, 55 + 2 * note, 100))
    out = np.zeros((BLOCK_SAMPLES, 2), np.float32)
    took_s, peak = [], 0.0
    for _ in range(RATE_HZ // BLOCK_SAMPLES):
        start_s = time.perf_counter()
        engine.render(out)
        took_s.append(time.perf_counter() - start_s)
        peak = max(peak, float(np.abs(out).max()))
    if not 0.0 < peak <= 1.0:
        yield Finding(BAD, f"a chord came out with peak {peak:g}", "check the bundle, or take the default one")
    share = float(np.percentile(took_s, 99)) * RATE_HZ / BLOCK_SAMPLES
    text = f"{N_VOICES} voices take {100 * share:.0f} % of a block of {BLOCK_SAMPLES} (p99) on {model.provider}"
    if share < 0.5:
        yield Finding(OK, f"{text}; warm after {warm_s:.1f} s")
    else:
        yield Finding(NOTE, text, "expect dropouts: fewer --voices, --iterations 0, a larger --block, or --lead 2")


def check_ears(settings: config.Config) -> Iterator[Finding]:
    """Let the bundle listen to a second of nearly nothing."""
    from rt.model import ListenerModel
    from rt.transcribe import Transcriber

    try:
        opened = bundle.load(settings.model.bundle, keeps=True)
    except BundleError:  # told already
        return
    try:
        ears = ListenerModel.load(opened, "cpu")
    except BundleError as error:
        yield Finding(NOTE, str(error), "use another bundle to --listen; it plays all the same")
        return
    transcriber = Transcriber(ears, sample_rate_hz=RATE_HZ, listener=settings.listener, tracker=settings.tracker)
    transcriber.warm_up()
    sound = (0.1 * np.sin(2 * np.pi * 440.0 * np.arange(RATE_HZ) / RATE_HZ)).astype(np.float32)
    start_s = time.process_time()
    for start in range(0, RATE_HZ, BLOCK_SAMPLES):
        for _ in transcriber.hear(sound[start : start + BLOCK_SAMPLES]):
            pass
    share = time.process_time() - start_s
    text = f"listening takes {100 * share:.0f} % of a core"
    if share < 0.5:
        yield Finding(OK, text)
    else:
        yield Finding(NOTE, text, "expect notes to come late")


def _installed(name: str) -> Any:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
