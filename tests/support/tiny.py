"""A bundle built by hand: its graphs are formulas (`tests.support.tiny_graphs`), so tests know what must come out."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from rt.bundle.bundle import Bundle, save
from rt.bundle.manifest import (
    FORMAT,
    OLDEST_FORMAT,
    FileSpec,
    GraphSpec,
    InstrumentSpec,
    LatentSpec,
    Licence,
    Manifest,
    SymbolSpec,
)
from rt.frames.live import LIVE
from rt.frames.spec import NSGT_410
from rt.frames.symbols import DYNAMICS_CLASSES, SymbolLayout, standard_symbols
from tests.support.tiny_graphs import (
    NOISE,
    SIZE,
    loudness_db,
    write_encoder,
    write_listener_notes,
    write_signal_decoder,
    write_symbol_decoder,
    write_symbol_encoder,
)

INSTRUMENTS = ("Reed", "String")
LOW_NOTE, HIGH_NOTE = 36, 96


def write_tiny_bundle(
    folder: Path,
    name: str = "tiny",
    *,
    dynamics: tuple[str, ...] = DYNAMICS_CLASSES,
    polyphonic: bool = False,
    noise: bool = False,
) -> Bundle:
    """Write the bundle into a new folder.

    polyphonic : with the graph that hears several notes at once. noise : with noise beside its tones.
    """
    folder.mkdir(parents=True, exist_ok=True)
    symbols = tuple(
        SymbolSpec(name="dynamics", classes=(*dynamics, "silent")) if spec.name == "dynamics" else spec
        for spec in standard_symbols(INSTRUMENTS)
    )
    write_symbol_encoder(folder / "symbol_encoder.onnx", SymbolLayout(symbols))
    write_signal_decoder(folder / "signal_decoder.onnx", noise=noise)
    for encoder in ("listener_encoder", "signal_encoder"):
        write_encoder(folder / f"{encoder}.onnx")
    write_symbol_decoder(folder / "symbol_decoder.onnx", symbols)
    optional = {}
    decoded: dict[str, tuple[int, ...]] = {"frame": (-1, NSGT_410.n_bins)}
    if noise:
        decoded["noise"] = (-1, NOISE.n_bands)
    if polyphonic:
        write_listener_notes(folder / "listener_notes.onnx")
        optional["listener_notes"] = GraphSpec(
            file="listener_notes.onnx", inputs={"frame": (-1, NSGT_410.n_bins)}, outputs={"notes": (-1, 128)}
        )
    n = HIGH_NOTE - LOW_NOTE + 1
    low, high = (float(LOW_NOTE), 0.0, 0.0, -1.0), (float(HIGH_NOTE), 4.0, 1.0, 1.0)
    n_symbols = SymbolLayout(symbols).n_symbols
    manifest = Manifest(
        format=FORMAT if noise else OLDEST_FORMAT,
        name=name,
        frame=dataclasses.replace(NSGT_410, noise=NOISE if noise else None),
        latent=LatentSpec(
            size=SIZE,
            mean=(60.0, 2.0, 0.3, 0.0),
            low=low,
            high=high,
            axes=((1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 0.0, 1.0)),
            axis_deviation=(6.0, 1.0, 0.1),
        ),
        symbols=symbols,
        max_age_s=2.0,
        instruments=tuple(
            InstrumentSpec(
                name=instrument,
                low_note=LOW_NOTE,
                high_note=HIGH_NOTE,
                program=program,
                loudness_db=(tuple(loudness_db(step) for step in range(len(dynamics))),) * n,
                tuning_cents=(0.0,) * n,
                decay_db_per_s=(decay,) * n,
                release_s=0.1,
            )
            for instrument, program, decay in zip(INSTRUMENTS, (65, 40), (0.0, 40.0), strict=True)
        ),
        graphs={
            "symbol_encoder": GraphSpec(
                file="symbol_encoder.onnx",
                inputs={"symbols": (-1, n_symbols), "age_s": (-1, 1)},
                outputs={"mean": (-1, SIZE), "log_variance": (-1, SIZE)},
            ),
            "signal_decoder": GraphSpec(
                file="signal_decoder.onnx",
                inputs={"latent": (-1, SIZE)},
                outputs=decoded,
            ),
            "listener_encoder": GraphSpec(
                file="listener_encoder.onnx",
                inputs={"frame": (-1, NSGT_410.n_bins)},
                outputs={"mean": (-1, SIZE), "log_variance": (-1, SIZE)},
            ),
            "signal_encoder": GraphSpec(
                file="signal_encoder.onnx",
                inputs={"frame": (-1, NSGT_410.n_bins)},
                outputs={"mean": (-1, SIZE), "log_variance": (-1, SIZE)},
            ),
            "symbol_decoder": GraphSpec(
                file="symbol_decoder.onnx",
                inputs={"latent": (-1, SIZE)},
                outputs={spec.name: (-1, len(spec.classes)) for spec in symbols},
            ),
            **optional,
        },
        listener=LIVE,
        licences=(Licence(source="formulas", licence="MIT", credit="latent-bridge"),),
        files={"symbol_encoder.onnx": FileSpec(sha256="", n_bytes=0)},
    )
    return save(folder, manifest)
