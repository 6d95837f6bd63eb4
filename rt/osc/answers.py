"""What answers a request, and how many answers one datagram gets; no sockets."""

from __future__ import annotations

from typing import Protocol

from rt.osc.message import Value

MAX_ANSWERS = 64
"""To one datagram: with a forged sender, a large bundle of small requests would flood somebody else."""


class Reply(Protocol):
    """Sends a message back; may be called later and from another thread."""

    def __call__(self, address: str, *args: Value) -> None:
        """Send one message."""


class Answers:
    """The answers to one datagram; after MAX_ANSWERS it is silent. Any thread may call it."""

    def __init__(self, send: Reply) -> None:
        self._send = send
        self._n_sent = 0

    def __call__(self, address: str, *args: Value) -> None:
        """Send one more; the last one says that it is."""
        self._n_sent += 1
        if self._n_sent < MAX_ANSWERS:
            self._send(address, *args)
        elif self._n_sent == MAX_ANSWERS:
            reason = f"one datagram gets {MAX_ANSWERS} answers; split the bundle"
            self._send("/lb/fail", "#bundle", reason)
