"""OSC datagrams: bundles taken apart in order, latents read at once, damage refused."""

from __future__ import annotations

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rt.errors import ControlError
from rt.osc.packet import BUNDLE, LatentParser, split
from rt.osc.server import build
from rt.parameters import LATENT, LATENT_OFFSET

NOW = struct.pack(">Q", 1)
IN_A_YEAR = struct.pack(">Q", 0xF0000000 << 32)


def bundle(*elements: bytes, time_tag: bytes = NOW) -> bytes:
    return BUNDLE + time_tag + b"".join(struct.pack(">i", len(part)) + part for part in elements)


def test_a_message_is_itself() -> None:
    assert split(build("/lb/ping", ())) == [build("/lb/ping", ())]


def test_bundles_keep_the_order_whatever_their_time_tags() -> None:
    parts = [build(f"/{i}", (i,)) for i in range(5)]
    packet = bundle(parts[0], bundle(parts[1], bundle(parts[2]), parts[3], time_tag=IN_A_YEAR), parts[4])
    assert split(packet) == parts


def test_deep_nesting_is_opened() -> None:
    packet = build("/x", ())
    for _ in range(3000):
        packet = bundle(packet)
    assert split(packet) == [build("/x", ())]


@pytest.mark.parametrize(
    "damaged",
    [
        BUNDLE,
        BUNDLE + NOW[:5],
        BUNDLE + NOW + b"\0\0",
        BUNDLE + NOW + struct.pack(">i", -4),  # python-osc never returns from this one
        BUNDLE + NOW + struct.pack(">i", 0),
        BUNDLE + NOW + struct.pack(">i", 400) + b"/x\0\0",
    ],
)
def test_damaged_bundles_are_refused(damaged: bytes) -> None:
    with pytest.raises(ControlError, match="bundle"):
        split(damaged)


@given(st.binary(max_size=200))
def test_any_bundle_ends(data: bytes) -> None:
    with contextlib.suppress(ControlError):
        assert all(not part.startswith(BUNDLE) for part in split(BUNDLE + data))


@pytest.mark.parametrize("n_latents", [1, 2, 3, 4, 16, 64])
def test_latents_are_read_as_python_osc_writes_them(n_latents: int) -> None:
    values = tuple(i / 8 for i in range(n_latents))
    parser = LatentParser(n_latents)
    assert parser.parse(build("/lb/latent", values)) == LATENT.set(*values)
    assert parser.parse(build("/lb/latent/offset", values)) == LATENT_OFFSET.set(*values)


@pytest.mark.parametrize(
    "message",
    [
        build("/lb/latent", (0.0,) * 3),
        build("/lb/latent", (0.0,) * 5),
        build("/lb/latent", (0.0, 0.0, 0.0, 1)),
        build("/lb/latent", (0.0, 0.0, 0.0, float("nan"))),
        build("/lb/latent", (0.0, 0.0, 0.0, float("inf"))),
        build("/lb/latent", (0.0, 0.0, 0.0, 1e9)),
        build("/lb/latent", (0.0,) * 4)[:-4],
        build("/lb/latent/xy", (0.0,) * 4),
        b"",
    ],
)
def test_everything_else_is_left_to_the_table(message: bytes) -> None:
    assert LatentParser(4).parse(message) is None
