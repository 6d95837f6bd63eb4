"""A bundle built by hand: its graphs are formulas, so that tests know what must come out.

The latent is (note, dynamics, seconds since onset, 0); the decoder draws ten harmonics of the note, brighter with
dynamics, fading by DECAY_DB_PER_S.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from rt.arrays import AnyArray
from rt.bundle import Bundle, save
from rt.frames.spec import NSGT_410
from rt.frames.symbols import SymbolLayout, standard_symbols
from rt.manifest import FORMAT, FileSpec, GraphSpec, InstrumentSpec, LatentSpec, Licence, Manifest

SIZE = 4
N_HARMONICS = 10
DECAY_DB_PER_S = 3.0
TOP, FALL, BRIGHTER = 3.5, 0.10, 0.02
"""Frame value of the first harmonic, fall from one to the next, and rise of that with each step of dynamics."""
INSTRUMENTS = ("Reed", "String")
LOW_NOTE, HIGH_NOTE = 36, 96


def write_tiny_bundle(folder: Path, name: str = "tiny") -> Bundle:
    """Write the bundle into a new folder."""
    folder.mkdir(parents=True, exist_ok=True)
    symbols = standard_symbols(INSTRUMENTS)
    _symbol_encoder(folder / "symbol_encoder.onnx", SymbolLayout(symbols))
    _signal_decoder(folder / "signal_decoder.onnx")
    n = HIGH_NOTE - LOW_NOTE + 1
    low, high = (float(LOW_NOTE), 0.0, 0.0, -1.0), (float(HIGH_NOTE), 4.0, 1.0, 1.0)
    n_symbols = SymbolLayout(symbols).n_symbols
    manifest = Manifest(
        format=FORMAT,
        name=name,
        frame=NSGT_410,
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
                loudness_db=(tuple(_loudness_db(dynamics) for dynamics in range(5)),) * n,
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
                file="signal_decoder.onnx", inputs={"latent": (-1, SIZE)}, outputs={"frame": (-1, NSGT_410.n_bins)}
            ),
        },
        licences=(Licence(source="formulas", licence="MIT", credit="latent-bridge"),),
        files={"symbol_encoder.onnx": FileSpec(sha256="", n_bytes=0)},
    )
    return save(folder, manifest)


def _loudness_db(dynamics: int) -> float:
    """Level of the decoder's harmonics together."""
    h = np.arange(N_HARMONICS)
    tops_db = NSGT_410.floor_db + NSGT_410.step_db * (TOP - FALL * h + BRIGHTER * h * dynamics)
    return float(10.0 * np.log10(np.sum(10.0 ** (tops_db / 10.0))))


def _symbol_encoder(path: Path, layout: SymbolLayout) -> None:
    weight = np.zeros((layout.n_symbols, SIZE), np.float32)
    weight[layout.groups["octave"], 0] = 12.0 * (np.arange(10) + 1)
    weight[layout.groups["pitch_class"], 0] = np.arange(13)
    weight[layout.groups["dynamics"], 1] = np.arange(6)
    age = np.asarray([[0.0, 0.0, 1.0, 0.0]], np.float32)
    nodes = [
        helper.make_node("MatMul", ["symbols", "weight"], ["labels"]),
        helper.make_node("MatMul", ["age_s", "age"], ["ages"]),
        helper.make_node("Add", ["labels", "ages"], ["mean"]),
        helper.make_node("Mul", ["mean", "zero"], ["nothing"]),
        helper.make_node("Add", ["nothing", "small"], ["log_variance"]),
    ]
    constants: dict[str, AnyArray] = {
        "weight": weight,
        "age": age,
        "zero": np.zeros(1, np.float32),
        "small": np.full(1, -6.0, np.float32),
    }
    inputs = {"symbols": layout.n_symbols, "age_s": 1}
    _write(path, nodes, constants, inputs, {"mean": SIZE, "log_variance": SIZE})


def _signal_decoder(path: Path) -> None:
    """Frame value of band k: the highest of the harmonics' humps, 4 at full scale."""
    bands_per_octave = (NSGT_410.n_bins - 1) / np.log2(NSGT_410.f_max_hz / NSGT_410.f_min_hz)
    zero_note = 69.0 + 12.0 * np.log2(NSGT_410.f_min_hz / 440.0)
    h = np.arange(1, N_HARMONICS + 1)
    fade = DECAY_DB_PER_S / NSGT_410.step_db
    constants: dict[str, AnyArray] = {
        "bands": np.arange(NSGT_410.n_bins, dtype=np.float32).reshape(1, 1, -1),
        "per_note": np.asarray([[bands_per_octave / 12.0, 0, 0, 0]], np.float32).T,
        "places": (bands_per_octave * (np.log2(h) - zero_note / 12.0)).astype(np.float32).reshape(1, -1),
        "level": (TOP - FALL * (h - 1)).astype(np.float32).reshape(1, -1),
        "bright": np.concatenate(
            [
                np.zeros((1, N_HARMONICS)),
                BRIGHTER * (h - 1)[None],
                np.full((1, N_HARMONICS), -fade),
                np.zeros((1, N_HARMONICS)),
            ]
        ).astype(np.float32),
        "width": np.asarray([0.35], np.float32),
        "last": np.asarray([2], np.int64),
    }
    nodes = [
        helper.make_node("MatMul", ["latent", "per_note"], ["base"]),
        helper.make_node("Add", ["base", "places"], ["centres"]),
        helper.make_node("Unsqueeze", ["centres", "last"], ["centres3"]),
        helper.make_node("Sub", ["bands", "centres3"], ["distance"]),
        helper.make_node("Mul", ["distance", "distance"], ["square"]),
        helper.make_node("Mul", ["square", "width"], ["fall"]),
        helper.make_node("MatMul", ["latent", "bright"], ["change"]),
        helper.make_node("Add", ["change", "level"], ["tops"]),
        helper.make_node("Unsqueeze", ["tops", "last"], ["tops3"]),
        helper.make_node("Sub", ["tops3", "fall"], ["humps"]),
        helper.make_node("ReduceMax", ["humps"], ["highest"], axes=[1], keepdims=0),
        helper.make_node("Relu", ["highest"], ["frame"]),
    ]
    _write(path, nodes, constants, {"latent": SIZE}, {"frame": NSGT_410.n_bins})


def _write(
    path: Path,
    nodes: list[onnx.NodeProto],
    constants: dict[str, AnyArray],
    inputs: dict[str, int],
    outputs: dict[str, int],
) -> None:
    def tensor(name: str, size: int) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", size])

    graph = helper.make_graph(
        nodes,
        path.stem,
        [tensor(*item) for item in inputs.items()],
        [tensor(*item) for item in outputs.items()],
        [numpy_helper.from_array(value, key) for key, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
