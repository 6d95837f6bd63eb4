"""The manifest of the smallest bundle that can be loaded; what its graphs hold does not matter."""

from __future__ import annotations

import dataclasses

from rt.bundle.manifest import (
    FORMAT,
    GraphSpec,
    InstrumentSpec,
    LatentSpec,
    Licence,
    Manifest,
    NoiseSpec,
    SymbolSpec,
)
from rt.frames.spec import NSGT_410
from rt.frames.symbols import PITCH_CLASSES


def small_manifest() -> Manifest:
    """One instrument with two notes, two latents."""
    symbols = (
        SymbolSpec(name="octave", classes=("4", "silent")),
        SymbolSpec(name="pitch_class", classes=(*PITCH_CLASSES, "silent")),
        SymbolSpec(name="dynamics", classes=("p", "f", "silent")),
        SymbolSpec(name="instrument", classes=("Grand Piano", "silent")),
    )
    piano = InstrumentSpec(
        name="Grand Piano",
        low_note=60,
        high_note=61,
        program=0,
        loudness_db=((-20.0, -10.0), (-21.0, -11.0)),
        tuning_cents=(0.0, 1.5),
        decay_db_per_s=(5.0, 5.0),
        release_s=0.3,
    )
    posterior: dict[str, tuple[int, ...]] = {"mean": (-1, 2), "log_variance": (-1, 2)}
    return Manifest(
        format=FORMAT,
        name="small",
        frame=NSGT_410,
        latent=LatentSpec(
            size=2,
            mean=(0.0, 0.0),
            low=(-1.0, -1.0),
            high=(1.0, 1.0),
            axes=((1.0, 0.0), (0.0, 1.0)),
            axis_deviation=(1.0, 0.5),
        ),
        symbols=symbols,
        max_age_s=2.0,
        instruments=(piano,),
        graphs={
            "symbol_encoder": GraphSpec(
                file="symbol_encoder.onnx", inputs={"symbols": (-1, 20), "age_s": (-1, 1)}, outputs=posterior
            ),
            "signal_decoder": GraphSpec(
                file="signal_decoder.onnx", inputs={"latent": (-1, 2)}, outputs={"frame": (-1, 410)}
            ),
        },
        licences=(Licence(source="a test", licence="MIT", credit="us"),),
    )


def with_noise(manifest: Manifest) -> Manifest:
    """The same, whose decoder has 40 bands of noise too."""
    noise = NoiseSpec(n_bands=40, highest_hz=20_000.0, floor_db=-140.0)
    decoder = manifest.graphs["signal_decoder"]
    both = dataclasses.replace(decoder, outputs=decoder.outputs | {"noise": (-1, 40)})
    return dataclasses.replace(
        manifest,
        frame=dataclasses.replace(manifest.frame, noise=noise),
        graphs=manifest.graphs | {"signal_decoder": both},
    )
