"""OSC datagrams: bundles taken apart, and a fixed-layout parser for latents; bytes in, no sockets.

python-osc parses single messages. It does not see bundles: a negative element size sends its parser into an endless
loop, deep nesting into a RecursionError, and it sorts by time tags, which are ignored here.
"""

from __future__ import annotations

import struct

from rt.errors import ControlError
from rt.events import SetParameter
from rt.parameters import LATENT, LATENT_LIMIT, LATENT_OFFSET

BUNDLE = b"#bundle\x00"
_HEADER_BYTES = 16
_SIZE = struct.Struct(">i")


def split(data: bytes) -> list[bytes]:
    """The messages of a datagram in order, nested bundles opened; ControlError when it is no OSC."""
    if not data.startswith(BUNDLE):
        return [data]
    messages = []
    open_parts = [data]
    while open_parts:
        part = open_parts.pop()
        if part.startswith(BUNDLE):
            open_parts.extend(reversed(_elements(part)))
        else:
            messages.append(part)
    return messages


def _elements(bundle: bytes) -> list[bytes]:
    if len(bundle) < _HEADER_BYTES:
        raise ControlError(f"a bundle of {len(bundle)} bytes has no room for its time tag")
    elements = []
    at = _HEADER_BYTES
    while at < len(bundle):
        if at + _SIZE.size > len(bundle):
            raise ControlError("a bundle ends inside the size of an element")
        n_bytes = _SIZE.unpack_from(bundle, at)[0]
        at += _SIZE.size
        if not 0 < n_bytes <= len(bundle) - at:
            raise ControlError(f"an element of a bundle claims {n_bytes} bytes, {len(bundle) - at} are left")
        elements.append(bundle[at : at + n_bytes])
        at += n_bytes
    return elements


def pad(text: bytes) -> bytes:
    """An OSC string: ended by a zero byte and filled to a multiple of four."""
    return text + b"\x00" * (4 - len(text) % 4)


class LatentParser:
    """Reads `/lb/latent` and `/lb/latent/offset` when they hold exactly `n_latents` floats."""

    def __init__(self, n_latents: int) -> None:
        self.n_latents = n_latents
        tags = pad(b"," + b"f" * n_latents)
        self._free = pad(b"/lb/latent") + tags
        self._offset = pad(b"/lb/latent/offset") + tags
        self._unpack = struct.Struct(f">{n_latents}f").unpack_from
        self._n_free = len(self._free) + 4 * n_latents
        self._n_offset = len(self._offset) + 4 * n_latents

    def parse(self, data: bytes) -> SetParameter | None:
        """The event, or None when the message is another, or has values that the table refuses."""
        if len(data) == self._n_free and data.startswith(self._free):
            values = self._unpack(data, len(self._free))
            return LATENT.set(*values) if is_believed(values) else None
        if len(data) == self._n_offset and data.startswith(self._offset):
            values = self._unpack(data, len(self._offset))
            return LATENT_OFFSET.set(*values) if is_believed(values) else None
        return None


def is_believed(values: tuple[float, ...]) -> bool:
    """Whether all values are finite and within the table's limits."""
    return all(-LATENT_LIMIT <= value <= LATENT_LIMIT for value in values)
