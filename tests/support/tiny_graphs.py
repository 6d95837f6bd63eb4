"""The graphs of the bundle built by hand (`tests.support.tiny`): formulas as ONNX.

The latent is (note, dynamics, seconds since onset, 0); the decoder draws ten harmonics of the note, brighter with
dynamics, fading by DECAY_DB_PER_S. The ears take the loudest band for the note, and a frame without loud bands for
silence.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from rt.arrays import AnyArray
from rt.bundle.manifest import NoiseSpec, SymbolSpec
from rt.frames.spec import NSGT_410, bin_of_hz
from rt.frames.symbols import SymbolLayout
from rt.units import hz_of_note

SIZE = 4
N_HARMONICS = 10
DECAY_DB_PER_S = 3.0
TOP, FALL, BRIGHTER = 3.5, 0.10, 0.02
"""Frame value of the first harmonic, fall from one to the next, and rise of that with each step of dynamics."""
SILENT_VALUE = 0.5
NEAR_PEAK = 0.3
NOISE = NoiseSpec(n_bands=40, highest_hz=20_000.0, floor_db=-140.0)
NOISE_TOP, NOISE_FALL, NOISE_LOUDER = 3.0, 0.02, 0.1
"""Noise value of the lowest band, fall from one to the next, and rise with each step of dynamics."""


def loudness_db(dynamics: int) -> float:
    """Level of the decoder's harmonics together."""
    h = np.arange(N_HARMONICS)
    tops_db = NSGT_410.floor_db + NSGT_410.step_db * (TOP - FALL * h + BRIGHTER * h * dynamics)
    return float(10.0 * np.log10(np.sum(10.0 ** (tops_db / 10.0))))


def write_symbol_encoder(path: Path, layout: SymbolLayout) -> None:
    weight = np.zeros((layout.n_symbols, SIZE), np.float32)
    weight[layout.groups["octave"], 0] = 12.0 * (np.arange(10) + 1)
    weight[layout.groups["pitch_class"], 0] = np.arange(13)
    weight[layout.groups["dynamics"], 1] = np.arange(layout.sizes["dynamics"])
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


def noise_db(dynamics: float) -> AnyArray:
    """Power per Hz, (n_bands,), of the decoder's noise."""
    values = NOISE_TOP - NOISE_FALL * np.arange(NOISE.n_bands) + NOISE_LOUDER * dynamics
    return np.asarray(NOISE.floor_db + NSGT_410.step_db * values)


def write_signal_decoder(path: Path, *, noise: bool = False) -> None:
    """Frame value of band k: the highest of the harmonics' humps, 4 at full scale. noise : with NOISE beside it."""
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
    outputs = {"frame": NSGT_410.n_bins}
    if noise:
        louder = np.zeros((SIZE, NOISE.n_bands), np.float32)
        louder[1] = NOISE_LOUDER
        constants["louder"] = louder
        constants["rest"] = (NOISE_TOP - NOISE_FALL * np.arange(NOISE.n_bands, dtype=np.float32))[None]
        nodes += [
            helper.make_node("MatMul", ["latent", "louder"], ["change_of_noise"]),
            helper.make_node("Add", ["change_of_noise", "rest"], ["level_of_noise"]),
            helper.make_node("Relu", ["level_of_noise"], ["noise"]),
        ]
        outputs["noise"] = NOISE.n_bands
    _write(path, nodes, constants, {"latent": SIZE}, outputs)


def write_encoder(path: Path) -> None:
    """The note of the loudest band; the last latent is 1 for a frame whose loudest band is below SILENT_VALUE."""
    per_band = 12.0 * np.log2(NSGT_410.f_max_hz / NSGT_410.f_min_hz) / (NSGT_410.n_bins - 1)
    constants: dict[str, AnyArray] = {
        "per_band": np.asarray([per_band], np.float32),
        "first": np.asarray([69.0 + 12.0 * np.log2(NSGT_410.f_min_hz / 440.0)], np.float32),
        "silent": np.asarray([SILENT_VALUE], np.float32),
        "zero": np.zeros(1, np.float32),
        "small": np.full((1, SIZE), -6.0, np.float32),
    }
    nodes = [
        helper.make_node("ArgMax", ["frame"], ["loudest"], axis=1, keepdims=1),
        helper.make_node("Cast", ["loudest"], ["band"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["band", "per_band"], ["above"]),
        helper.make_node("Add", ["above", "first"], ["note"]),
        helper.make_node("ReduceMax", ["frame"], ["top"], axes=[1], keepdims=1),
        helper.make_node("Less", ["top", "silent"], ["is_quiet"]),
        helper.make_node("Cast", ["is_quiet"], ["quiet"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["top", "zero"], ["nothing"]),
        helper.make_node("Concat", ["note", "nothing", "nothing", "quiet"], ["mean"], axis=1),
        helper.make_node("Add", ["nothing", "small"], ["log_variance"]),
    ]
    _write(path, nodes, constants, {"frame": NSGT_410.n_bins}, {"mean": SIZE, "log_variance": SIZE})


def write_listener_notes(path: Path) -> None:
    """A note sounds where its own band is within NEAR_PEAK of the loudest one: it takes loud partials for notes."""
    place = np.array([bin_of_hz(NSGT_410, hz_of_note(note)) for note in range(128)])
    inside = (place > -0.5) & (place < NSGT_410.n_bins - 0.5)
    constants: dict[str, AnyArray] = {
        "place": np.where(inside, place, 0.0).round().astype(np.int64),
        "inside": inside.astype(np.float32)[None],
        "near": np.asarray([NEAR_PEAK], np.float32),
        "sharp": np.asarray([40.0], np.float32),
    }
    nodes = [
        helper.make_node("ReduceMax", ["frame"], ["top"], axes=[1], keepdims=1),
        helper.make_node("Gather", ["frame", "place"], ["own"], axis=1),
        helper.make_node("Sub", ["own", "top"], ["under"]),
        helper.make_node("Add", ["under", "near"], ["margin"]),
        helper.make_node("Mul", ["margin", "sharp"], ["logits"]),
        helper.make_node("Sigmoid", ["logits"], ["sounding"]),
        helper.make_node("Mul", ["sounding", "inside"], ["notes"]),
    ]
    _write(path, nodes, constants, {"frame": NSGT_410.n_bins}, {"notes": 128})


def write_symbol_decoder(path: Path, symbols: tuple[SymbolSpec, ...]) -> None:
    """Octave and pitch class of the nearest note; `silent` where the last latent is above a half."""
    constants: dict[str, AnyArray] = {
        "pick_note": np.asarray([[1.0, 0, 0, 0]], np.float32).T,
        "pick_quiet": np.asarray([[0, 0, 0, 1.0]], np.float32).T,
        "octave_notes": np.asarray([12.0], np.float32),
        "one": np.asarray([1.0], np.float32),
        "sharp": np.asarray([-8.0], np.float32),
    }
    nodes = [
        helper.make_node("MatMul", ["latent", "pick_note"], ["fraction"]),
        helper.make_node("MatMul", ["latent", "pick_quiet"], ["quiet"]),
        helper.make_node("Round", ["fraction"], ["note"]),
        helper.make_node("Div", ["note", "octave_notes"], ["octaves"]),
        helper.make_node("Floor", ["octaves"], ["octave_up"]),
        helper.make_node("Mul", ["octave_up", "octave_notes"], ["start"]),
        helper.make_node("Sub", ["note", "start"], ["place_pitch_class"]),
        helper.make_node("Sub", ["octave_up", "one"], ["place_octave"]),
        helper.make_node("MatMul", ["latent", "pick_dynamics"], ["place_dynamics"]),
        helper.make_node("MatMul", ["latent", "pick_nothing"], ["place_instrument"]),
    ]
    constants["pick_dynamics"] = np.asarray([[0, 1.0, 0, 0]], np.float32).T
    constants["pick_nothing"] = np.zeros((SIZE, 1), np.float32)
    for spec in symbols:
        n = len(spec.classes)
        constants[f"classes_{spec.name}"] = np.append(np.arange(n - 1), 1e3).astype(np.float32)[None]
        constants[f"silence_{spec.name}"] = np.append(np.zeros(n - 1), 1e9).astype(np.float32)[None]
        nodes += [
            helper.make_node("Sub", [f"classes_{spec.name}", f"place_{spec.name}"], [f"away_{spec.name}"]),
            helper.make_node("Mul", [f"away_{spec.name}"] * 2, [f"square_{spec.name}"]),
            helper.make_node("Mul", [f"square_{spec.name}", "sharp"], [f"sounding_{spec.name}"]),
            helper.make_node("Mul", ["quiet", f"silence_{spec.name}"], [f"hushed_{spec.name}"]),
            helper.make_node("Add", [f"sounding_{spec.name}", f"hushed_{spec.name}"], [f"logits_{spec.name}"]),
            helper.make_node("Softmax", [f"logits_{spec.name}"], [spec.name], axis=1),
        ]
    _write(path, nodes, constants, {"latent": SIZE}, {spec.name: len(spec.classes) for spec in symbols})


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
