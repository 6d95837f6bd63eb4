"""Looks into an ONNX graph before onnxruntime does: only plain arithmetic on tensors of bounded size.

An ONNX file is a protocol buffer. This walks the few messages that a graph is made of and refuses every field that it
does not know: control flow, functions, operators of others, data in other files, sparse tensors.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

NETWORKS = """
    Add ArgMax Cast Clip Concat Constant ConstantOfShape Conv Div Exp Flatten Floor Gather Gemm Less Log MatMul
    Min Mul Neg Pad ReduceMax ReduceMean ReduceSum Relu Reshape Round Shape Sigmoid Slice Softmax Split Sub
    Transpose Unsqueeze
"""
"""Operators of the networks that `export` makes."""
IN_8_BITS = """
    ConvInteger DequantizeLinear DynamicQuantizeLinear MatMulInteger QuantizeLinear
"""
"""Those of the same in 8 bits."""
LIKE_THEM = """
    Abs And AveragePool BatchNormalization Ceil ConvTranspose Cos Elu Equal Erf Gelu GlobalAveragePool Greater
    GreaterOrEqual HardSigmoid HardSwish Identity InstanceNormalization LayerNormalization LeakyRelu LessOrEqual
    LogSoftmax Max MaxPool Mish Not Or PRelu Pow Reciprocal ReduceL2 ReduceMin ReduceProd Selu Sign Sin Softplus
    Softsign Sqrt Squeeze Sum Tanh Where
"""
"""Harmless ones of networks like them."""
OPERATORS = frozenset((NETWORKS + IN_8_BITS + LIKE_THEM).split())
MAX_NODES = 2000
MAX_TENSORS = 4000
MAX_RANK = 8
MAX_FIELDS = 400_000
MAX_NAME_BYTES = 400
WIDTHS = {1: 4, 2: 1, 3: 1, 6: 4, 7: 8, 9: 1, 10: 2, 11: 8}
"""Bytes of an element by ONNX data type: float, 8 bits with and without sign, int32, int64, bool, half, double."""

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
MODEL = {1, 2, 3, 4, 5, 6, 7, 8, 14}
GRAPH = {1, 2, 5, 10, 11, 12, 13, 16}
NODE = {1, 2, 3, 4, 5, 6, 7, 9}
ATTRIBUTE = {1, 2, 3, 4, 5, 7, 8, 9, 13, 20}
TENSOR = {1, 2, 4, 5, 7, 8, 9, 10, 12, 14}


class GraphFault(Exception):
    """What is wrong with a graph, in a few words."""


class Field(NamedTuple):
    """One field of a message."""

    number: int
    wire: int
    value: int
    """Of a VARINT; else 0."""
    data: memoryview
    """Of the others."""


def check_graph(data: bytes) -> None:
    """Raise GraphFault unless the file is a graph of allowed operators alone; time is in proportion to its fields."""
    _Check().model(memoryview(data))


class _Check:
    """One walk, which counts what it meets."""

    def __init__(self) -> None:
        self._n_fields = self._n_nodes = self._n_tensors = 0

    def model(self, data: memoryview) -> None:
        graphs = []
        for field in self._fields(data, MODEL, "the file"):
            if field.number == 7:
                graphs.append(_bytes(field))
            elif field.number == 8:
                self._opset(_bytes(field))
        if len(graphs) != 1:
            raise GraphFault(f"holds {len(graphs)} graphs, allowed is 1")
        self._graph(graphs[0])

    def _opset(self, data: memoryview) -> None:
        for field in self._fields(data, {1, 2}, "an operator set"):
            if field.number == 1:
                _text(field)

    def _graph(self, data: memoryview) -> None:
        for field in self._fields(data, GRAPH, "the graph"):
            if field.number == 1:
                self._node(_bytes(field))
            elif field.number == 5:
                self._tensor(_bytes(field))

    def _node(self, data: memoryview) -> None:
        self._n_nodes += 1
        if self._n_nodes > MAX_NODES:
            raise GraphFault(f"has more than {MAX_NODES} operators")
        kind, constants = "", []
        for field in self._fields(data, NODE, "an operator"):
            if field.number == 4:
                kind = _text(field)
            elif field.number == 7 and _text(field) not in ("", "ai.onnx"):
                raise GraphFault(f"uses an operator of {_text(field)[:40]!r}, allowed are those of ONNX itself")
            elif field.number == 5:
                constants.append(_bytes(field))
        if kind not in OPERATORS:
            raise GraphFault(f"uses the operator {kind[:40]!r}, which is not allowed")
        for one in constants:
            self._attribute(one)

    def _attribute(self, data: memoryview) -> None:
        n_tensors = 0
        for field in self._fields(data, ATTRIBUTE, "an attribute (a graph within the graph?)"):
            if field.number == 5:
                self._tensor(_bytes(field))
                n_tensors += 1
        if n_tensors > 1:
            raise GraphFault("has an attribute with two values")

    def _tensor(self, data: memoryview) -> None:
        """A tensor has as many elements as its shape says, and they are all here."""
        self._n_tensors += 1
        if self._n_tensors > MAX_TENSORS:
            raise GraphFault(f"has more than {MAX_TENSORS} constants")
        shape: list[int] = []
        kind = n_raw = n_typed = 0
        for field in self._fields(data, TENSOR, "a constant (data in another file?)"):
            if field.number == 1:
                shape += [field.value] if field.wire == VARINT else list(_varints(_bytes(field)))
            elif field.number == 2:
                kind = field.value
            elif field.number == 9:
                n_raw += len(_bytes(field))
            elif field.number == 14 and field.value != 0:
                raise GraphFault("keeps data in another file")
            elif field.number in (4, 5, 7, 10):
                n_typed += 1 if field.wire != BYTES else self._n_packed(field)
        if kind not in WIDTHS:
            raise GraphFault(f"has a constant of the ONNX data type {kind}, which is not allowed")
        if len(shape) > MAX_RANK or any(size >= 1 << 31 for size in shape):
            raise GraphFault("has a constant of an impossible shape")
        n = math.prod(shape)
        if n_raw + n_typed and (n_typed or n * WIDTHS[kind]) != (n_raw if not n_typed else n):
            raise GraphFault(f"has a constant of {n} elements with other data")
        if not n_raw + n_typed and n:
            raise GraphFault(f"has a constant of {n} elements without data")

    def _n_packed(self, field: Field) -> int:
        width = {4: 4, 10: 8}.get(field.number)
        if width is not None:
            return len(field.data) // width
        return int(np.count_nonzero(np.frombuffer(field.data, np.uint8) < 0x80))

    def _fields(self, data: memoryview, known: set[int], where: str) -> Iterator[Field]:
        """The fields of one message; each must be known."""
        place, end = 0, len(data)
        while place < end:
            self._n_fields += 1
            if self._n_fields > MAX_FIELDS:
                raise GraphFault(f"has more than {MAX_FIELDS} parts")
            tag, place = _varint(data, place)
            number, wire, value, start = tag >> 3, tag & 7, 0, place
            if number not in known:
                raise GraphFault(f"{where} has field {number}, which is not allowed")
            if wire == VARINT:
                value, place = _varint(data, place)
                start = place
            elif wire == BYTES:
                size, start = _varint(data, place)
                place = start + size
            elif wire in (FIXED32, FIXED64):
                place += 4 if wire == FIXED32 else 8
            else:
                raise GraphFault("is damaged: a part of an unknown kind")
            if place > end:
                raise GraphFault("is damaged: a part reaches beyond its end")
            yield Field(number, wire, value, data[start:place])


def _varint(data: memoryview, place: int) -> tuple[int, int]:
    """A number and where the next one starts."""
    value = 0
    for i in range(10):
        if place + i >= len(data):
            break
        byte = data[place + i]
        value |= (byte & 0x7F) << (7 * i)
        if byte < 0x80:
            return value & 0xFFFFFFFFFFFFFFFF, place + i + 1
    raise GraphFault("is damaged: a number does not end")


def _varints(data: memoryview) -> Iterator[int]:
    if len(data) > 10 * MAX_RANK:
        raise GraphFault("has a constant of an impossible shape")
    place = 0
    while place < len(data):
        value, place = _varint(data, place)
        yield value


def _bytes(field: Field) -> memoryview:
    if field.wire != BYTES:
        raise GraphFault("is damaged: a number where a part should be")
    return field.data


def _text(field: Field) -> str:
    data = _bytes(field)
    if len(data) > MAX_NAME_BYTES:
        raise GraphFault("has a name that is too long")
    return bytes(data).decode("utf-8", "replace")
