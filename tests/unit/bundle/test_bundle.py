"""Bundles: what is saved comes back, and whatever is wrong with one is told in one line."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rt.bundle import bundle
from rt.bundle.bundle import Bundle
from rt.bundle.manifest import MANIFEST, ListenerSpec
from rt.errors import BundleError
from rt.frames.symbols import symbols_of_sources
from tests.support.small_manifest import small_manifest, with_noise

Change = Callable[[dict[str, Any]], object]

LISTENER = {"kind": "vqt-early", "window_s": 0.1, "gamma_hz": 43.0}


@pytest.fixture
def saved(tmp_path: Path) -> Bundle:
    for name in ("symbol_encoder.onnx", "signal_decoder.onnx"):
        (tmp_path / name).write_bytes(name.encode() * 100)
    return bundle.save(tmp_path, small_manifest())


def edit(saved: Bundle, change: Change) -> None:
    """Change the manifest on disk."""
    path = saved.path / MANIFEST
    raw = json.loads(path.read_text(encoding="utf-8"))
    change(raw)
    path.write_text(json.dumps(raw), encoding="utf-8")


def put(*keys: str | int, value: Any) -> Change:
    """A change that sets one field."""

    def change(raw: dict[str, Any]) -> None:
        place: Any = raw
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = value

    return change


def test_what_is_saved_comes_back(saved: Bundle) -> None:
    again = bundle.load(saved.path)
    assert again.manifest == saved.manifest
    assert set(again.manifest.files) == {"symbol_encoder.onnx", "signal_decoder.onnx"}
    assert again.graph_path("signal_decoder") == saved.path / "signal_decoder.onnx"
    assert bundle.load(saved.path / MANIFEST).manifest == saved.manifest


def test_a_bundle_with_ears_sources_and_a_card_comes_back(tmp_path: Path) -> None:
    for name in ("symbol_encoder.onnx", "signal_decoder.onnx", "model_card.md"):
        (tmp_path / name).write_bytes(b"some")
    plain = small_manifest()
    both = dataclasses.replace(
        plain,
        listener=ListenerSpec(kind="vqt-early", window_s=0.1, gamma_hz=43.0),
        n_sources=2,
        symbols=symbols_of_sources(plain.symbols, 2),
        graphs=plain.graphs
        | {
            "symbol_encoder": dataclasses.replace(
                plain.graphs["symbol_encoder"], inputs={"symbols": (-1, 40), "age_s": (-1, 1)}
            )
        },
        card="model_card.md",
    )
    saved = bundle.save(tmp_path, both)
    assert saved.manifest.listener == both.listener
    assert saved.manifest.symbols[4].name == "octave_2"
    assert set(saved.manifest.files) == {"symbol_encoder.onnx", "signal_decoder.onnx", "model_card.md"}
    (tmp_path / "model_card.md").write_bytes(b"same size"[:4])
    with pytest.raises(BundleError, match=r"model_card\.md: SHA-256"):
        bundle.load(tmp_path)


@pytest.mark.parametrize("place", [0, 700, -1])
def test_a_changed_byte_is_found(saved: Bundle, place: int) -> None:
    path = saved.path / "signal_decoder.onnx"
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    with pytest.raises(
        BundleError, match=r"signal_decoder\.onnx: SHA-256 .* the file was changed, copy the bundle again"
    ):
        bundle.load(saved.path)


def test_a_cut_file_is_found(saved: Bundle) -> None:
    path = saved.path / "signal_decoder.onnx"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BundleError, match="1899 bytes, the manifest says 1900"):
        bundle.load(saved.path)


def test_a_missing_file_is_named(saved: Bundle) -> None:
    (saved.path / "symbol_encoder.onnx").unlink()
    with pytest.raises(BundleError, match=r"symbol_encoder\.onnx.*copy the bundle again"):
        bundle.load(saved.path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"nowhere: no bundle folder there"):
        bundle.load(tmp_path / "nowhere")


def test_a_folder_without_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"manifest\.json"):
        bundle.load(tmp_path)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"format": "1"}', "\x00\x01", "NaN", '{"name": "x"}', "[" * 9999]
)
def test_what_is_no_manifest_is_refused(saved: Bundle, text: str) -> None:
    (saved.path / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(BundleError, match=r"not JSON|no format number"):
        bundle.load(saved.path)


@pytest.mark.parametrize(("number", "advice"), [(4, "update latent-bridge"), (1, "export the model again")])
def test_another_format_says_what_to_do(saved: Bundle, number: int, advice: str) -> None:
    edit(saved, put("format", value=number))
    with pytest.raises(BundleError, match=f"bundle format {number}, this program reads 2 and 3; {advice}"):
        bundle.load(saved.path)


def test_a_bundle_of_the_older_format_is_read_and_has_no_noise(saved: Bundle) -> None:
    assert "noise" not in json.loads((saved.path / MANIFEST).read_text(encoding="utf-8"))["frame"]
    edit(saved, put("format", value=2))
    assert bundle.load(saved.path).manifest == dataclasses.replace(saved.manifest, format=2)


def test_a_bundle_with_noise_comes_back(saved: Bundle) -> None:
    noisy = bundle.save(saved.path, with_noise(saved.manifest))
    assert noisy.manifest.frame.noise is not None and noisy.manifest.frame.noise.n_bands == 40
    assert bundle.load(saved.path).manifest == noisy.manifest


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (put("format", value=2), "frame.noise is unknown to format 2, it needs 3"),
        (put("frame", "noise", value=None), "graph 'signal_decoder' must have the tensors"),
        (put("frame", "noise", "n_bands", value=41), "graph 'signal_decoder' must have the tensors .*41"),
        (put("frame", "noise", "n_bands", value=1), "frame.noise.n_bands is 1, allowed 2 to 256"),
        (put("frame", "noise", "highest_hz", value=1e6), "highest_hz is 1000000.0, allowed 1000 to 48000"),
        (put("frame", "noise", "floor_db", value=1.0), "floor_db is 1.0, allowed -300 to 0"),
        (put("frame", "noise", "step_db", value=1.0), "frame.noise.step_db is unknown"),
        (lambda raw: raw["frame"]["noise"].pop("floor_db"), "frame.noise.floor_db is missing"),
        (lambda raw: raw["graphs"]["signal_decoder"]["outputs"].pop("noise"), "must have the tensors .*'noise': 40"),
    ],
)
def test_wrong_noise_is_refused_in_one_line(saved: Bundle, change: Change, message: str) -> None:
    bundle.save(saved.path, with_noise(saved.manifest))
    edit(saved, change)
    with pytest.raises(BundleError, match=message) as caught:
        bundle.load(saved.path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["../signal_decoder.onnx", "/etc/passwd", "a/b.onnx", "..", "signal_decoder.bin"])
def test_a_graph_cannot_leave_the_folder(saved: Bundle, name: str) -> None:
    edit(saved, put("graphs", "signal_decoder", "file", value=name))
    with pytest.raises(BundleError, match=r"signal_decoder.*plain NAME\.onnx"):
        bundle.load(saved.path)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "..", ""])
def test_a_listed_file_cannot_leave_the_folder(saved: Bundle, name: str) -> None:
    edit(saved, lambda raw: raw["files"].update({name: {"sha256": "0", "n_bytes": 1}}))
    with pytest.raises(BundleError, match="leaves the folder"):
        bundle.load(saved.path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (put("extra", value=1), "manifest.extra is unknown"),
        (lambda raw: raw.pop("latent"), "manifest.latent is missing"),
        (put("latent", "size", value="2"), "latent.size must be int"),
        (put("latent", "size", value=True), "latent.size must be int"),
        (put("latent", "size", value=100), "latent.size is 100, allowed 1 to 64"),
        (put("latent", "mean", value=[0.0]), "latent.mean must have 2 numbers"),
        (put("latent", "mean", value=[0.0, "x"]), r"latent.mean\[1\] must be float"),
        (put("latent", "axes", value=[[1.0, 0.0]]), "latent.axes"),
        (put("frame", "kind", value="stft"), "frame kind 'stft'"),
        (put("frame", "step_db", value=0.0), "step_db is 0.0, allowed 0.01 to 200"),
        (put("frame", "sample_rate_hz", value=1), "sample_rate_hz is 1"),
        (put("frame", "f_max_hz", value=20000.0), "lie below half the rate"),
        (put("frame", "n_bins", value=3), "n_bins is 3"),
        (put("max_age_s", value=0.0), "max_age_s is 0.0, allowed 0.001 to 3600"),
        (put("symbols", 0, "name", value="dynamics"), "two symbols"),
        (put("symbols", 0, "name", value="register"), "symbol 'octave' is missing"),
        (put("symbols", 2, "classes", value=["p", "f"]), "must end with the class 'silent'"),
        (put("symbols", 1, "classes", value=["C", "silent"]), "12 classes"),
        (put("instruments", 0, "name", value="Organ"), "instruments must be the classes"),
        (put("instruments", 0, "high_note", value=128), "high_note is 128, allowed 0 to 127"),
        (put("instruments", 0, "program", value=-1), "program is -1, allowed 0 to 127"),
        (put("instruments", 0, "loudness_db", value=[[0.0, 0.0]]), "loudness_db must be 2 x 2"),
        (put("instruments", 0, "tuning_cents", value=[0.0]), "tuning_cents must have 2 numbers"),
        (put("instruments", 0, "release_s", value=0.0), "release_s is 0.0, allowed 0.001 to 60"),
        (lambda raw: raw["graphs"].pop("signal_decoder"), "graph 'signal_decoder' is missing"),
        (lambda raw: raw["graphs"].update(other=raw["graphs"]["signal_decoder"]), "graph 'other' is unknown"),
        (put("graphs", "signal_decoder", "outputs", value={"frame": [-1, 9]}), "must have the tensors"),
        (put("files", value={}), "has no SHA-256"),
        (lambda raw: raw.pop("n_sources"), "manifest.n_sources is missing"),
        (put("n_sources", value=0), "n_sources is 0, allowed 1 to 8"),
        (put("n_sources", value=2), "symbol 'octave_2' is missing or unlike 'octave'"),
        (put("card", value="other.md"), "card 'other.md' has no SHA-256"),
        (put("card", value=1), "manifest.card must be str"),
        (put("listener", value=1), "manifest.listener must be an object"),
        (put("listener", value={"kind": "vqt-early", "window_s": 0.1}), "manifest.listener.gamma_hz is missing"),
        (put("listener", value=LISTENER | {"kind": "stft"}), "listener kind 'stft'"),
        (put("listener", value=LISTENER | {"window_s": 0.01}), "window_s is 0.01, allowed from a period of 30 Hz"),
        (put("listener", value=LISTENER | {"gamma_hz": 0.0}), "gamma_hz is 0.0, allowed 0.01 to 1000"),
        (
            lambda raw: raw["graphs"].update(listener_encoder=raw["graphs"]["signal_decoder"]),
            "listener_encoder needs the field listener",
        ),
    ],
)
def test_a_wrong_manifest_is_refused_in_one_line(saved: Bundle, change: Change, message: str) -> None:
    edit(saved, change)
    with pytest.raises(BundleError, match=message) as caught:
        bundle.load(saved.path)
    assert "\n" not in str(caught.value)


def test_numbers_must_be_finite(saved: Bundle) -> None:
    edit(saved, put("max_age_s", value=float("nan")))
    with pytest.raises(BundleError, match=r"not JSON \(NaN is no number"):
        bundle.load(saved.path)


def test_a_graph_that_is_not_there_is_named(saved: Bundle) -> None:
    with pytest.raises(BundleError, match="no graph 'listener_encoder', only symbol_encoder, signal_decoder"):
        saved.graph_path("listener_encoder")


@pytest.mark.parametrize(("name", "index"), [("Grand Piano", 0), ("grand-piano", 0), ("piano", 0), ("organ", None)])
def test_instruments_are_found_by_name(name: str, index: int | None) -> None:
    assert small_manifest().instrument_index(name) == index


def test_random_bytes_never_do_worse_than_an_error(saved: Bundle) -> None:
    path = saved.path / MANIFEST
    whole = path.read_bytes()
    rng = np.random.default_rng(0)
    n_refused = 0
    for _ in range(300):
        data = bytearray(whole)
        data[int(rng.integers(len(data)))] = int(rng.integers(256))
        path.write_bytes(data)
        try:
            bundle.load(saved.path)
        except BundleError:
            n_refused += 1
    assert n_refused > 100
