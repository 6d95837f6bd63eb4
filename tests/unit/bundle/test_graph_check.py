"""Graphs from anyone: what is no plain arithmetic of bounded cost is refused in one line, whatever the bytes."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from rt.bundle import bundle
from rt.bundle.bundle import DEFAULT, Bundle
from rt.bundle.graph_check import GraphFault, check_graph
from rt.errors import BundleError
from rt.model import Model
from tests.support.tiny import write_tiny_bundle
from tests.support.tiny_graphs import SIZE

GRAPHS = sorted(DEFAULT.glob("*.onnx"))


def model_of(*nodes: onnx.NodeProto, change: Callable[[onnx.ModelProto], object] | None = None) -> bytes:
    """A graph latent (n, SIZE) -> frame (n, 410) of these operators."""
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes,
        "made",
        [value("latent", TensorProto.FLOAT, ["n", SIZE])],
        [value("frame", TensorProto.FLOAT, ["n", 410])],
        [numpy_helper.from_array(np.zeros((SIZE, 410), np.float32), "weight")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    if change is not None:
        change(model)
    made: bytes = model.SerializeToString()
    return made


PRODUCT = helper.make_node("MatMul", ["latent", "weight"], ["frame"])


def with_graph(folder: Path, data: bytes) -> Bundle:
    """A bundle that is right in everything but its decoder."""
    made = write_tiny_bundle(folder)
    (folder / "signal_decoder.onnx").write_bytes(data)
    return bundle.save(folder, dataclasses.replace(made.manifest, files={}))


def elsewhere(model: onnx.ModelProto) -> None:
    tensor = model.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="secret")


def huge(model: onnx.ModelProto) -> None:
    model.graph.initializer[0].dims[:] = [1 << 30, 1 << 30]


LOOP = helper.make_node("Loop", ["", ""], ["frame"], body=onnx.GraphProto(name="body"))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (model_of(LOOP), "operator 'Loop'"),
        (model_of(helper.make_node("If", ["a"], ["b"], then_branch=onnx.GraphProto())), "operator 'If'"),
        (model_of(helper.make_node("Expand", ["latent", "s"], ["frame"])), "operator 'Expand'"),
        (model_of(helper.make_node("Relu", ["a"], ["b"], domain="com.example")), "an operator of 'com.example'"),
        (model_of(helper.make_node("Relu", ["a"], ["b"], body=onnx.GraphProto(name="g"))), "field 6"),
        (model_of(PRODUCT, change=elsewhere), "another file"),
        (model_of(PRODUCT, change=huge), "elements"),
        (model_of(PRODUCT, change=lambda m: m.functions.add(name="f")), "field 25"),
        (model_of(PRODUCT, change=lambda m: m.graph.sparse_initializer.add()), "field 15"),
        (model_of(*[helper.make_node("Relu", ["a"], ["b"])] * 2001), "more than 2000 operators"),
        (b"", "0 graphs"),
        (model_of(PRODUCT)[:-3], "damaged"),
    ],
)
def test_what_is_no_plain_arithmetic_is_refused(tmp_path: Path, data: bytes, told: str) -> None:
    with pytest.raises(BundleError, match=told) as caught:
        Model.load(with_graph(tmp_path / "b", data), "cpu")
    assert "\n" not in str(caught.value)


def test_graphs_of_the_default_bundle_pass() -> None:
    assert len(GRAPHS) == 6
    for path in GRAPHS:
        check_graph(path.read_bytes())


def test_a_graph_that_grows_without_bound_fails_alone(tmp_path: Path) -> None:
    doubles = [helper.make_node("Concat", [f"x{i}"] * 2, [f"x{i + 1}"], axis=1) for i in range(45)]
    data = model_of(
        helper.make_node("Identity", ["latent"], ["x0"]),
        *doubles,
        helper.make_node("ReduceMax", ["x45"], ["top"], axes=[1], keepdims=1),
        helper.make_node("MatMul", ["latent", "weight"], ["wide"]),
        helper.make_node("Add", ["wide", "top"], ["frame"]),
    )
    check_graph(data)
    begin_s = time.monotonic()
    with pytest.raises(BundleError, match=r"signal_decoder|its graphs") as caught:
        Model.load(with_graph(tmp_path / "b", data), "cpu")
    assert time.monotonic() - begin_s < 20.0 and "\n" not in str(caught.value)


def test_a_graph_must_run_for_one_row_and_for_many(tmp_path: Path) -> None:
    fixed = helper.make_node("Constant", [], ["shape"], value_ints=[1, 410])
    data = model_of(
        helper.make_node("MatMul", ["latent", "weight"], ["wide"]),
        fixed,
        helper.make_node("Reshape", ["wide", "shape"], ["frame"]),
    )
    with pytest.raises(BundleError, match=r"signal_decoder\.onnx: (does not run|tensor)"):
        Model.load(with_graph(tmp_path / "b", data), "cpu")


@settings(max_examples=200, deadline=5000)
@given(st.sampled_from(GRAPHS[-2:]), st.lists(st.tuples(st.integers(0, 1 << 30), st.integers(0, 255)), max_size=8))
def test_changed_bytes_never_do_worse_than_a_fault(path: Path, changes: list[tuple[int, int]]) -> None:
    data = bytearray(path.read_bytes())
    for place, byte in changes:
        data[place % min(len(data), 2000)] = byte
    with contextlib.suppress(GraphFault):  # any other exception fails
        check_graph(bytes(data))


DAMAGE = st.lists(st.tuples(st.integers(0, 1 << 30), st.integers(0, 255)), min_size=1, max_size=4)


@pytest.mark.slow
@settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.sampled_from(["signal_decoder", "symbol_encoder"]), changes=DAMAGE)
def test_a_damaged_graph_is_refused_or_runs(
    tiny_bundle: Bundle, tmp_path: Path, name: str, changes: list[tuple[int, int]]
) -> None:
    """With the hash put right again, so that it is looked into; what passes the check is run for what it is."""
    for path in tiny_bundle.path.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    graph = tmp_path / f"{name}.onnx"
    data = bytearray(graph.read_bytes())
    for place, byte in changes:
        data[place % min(len(data), 1000)] = byte
    graph.write_bytes(data)
    damaged = bundle.save(tmp_path, dataclasses.replace(tiny_bundle.manifest, files={}))
    try:
        latent = Model.load(damaged, "cpu").decode(np.zeros((3, SIZE), np.float32))
    except BundleError as error:
        line = str(error)
    else:
        line = ""
        assert latent.shape == (3, 410)
    assert line.isprintable() and len(line) < 1000


@settings(max_examples=200, deadline=5000)
@given(st.binary(max_size=400))
def test_random_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(GraphFault):
        check_graph(data)


def engine_client(path: Path) -> None:
    path.rename(path.with_name("outside"))
    path.symlink_to("outside")


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("name", ["manifest.json", "signal_decoder.onnx"])
@pytest.mark.parametrize("change", [engine_client, pipe, folder, device])
def test_only_plain_files_are_read(tmp_path: Path, name: str, change: Callable[[Path], None]) -> None:
    made = write_tiny_bundle(tmp_path / "b")
    change(made.path / name)
    with pytest.raises(BundleError, match=name):
        bundle.load(made.path)


def test_what_is_run_is_what_was_checked(tmp_path: Path) -> None:
    made = write_tiny_bundle(tmp_path / "b")
    path = made.graph_path("signal_decoder")
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))  # after it was loaded
    assert hashlib.sha256(path.read_bytes()).hexdigest() != made.manifest.files[path.name].sha256
    with pytest.raises(BundleError, match="the file was changed"):
        Model.load(made, "cpu")
