"""Sockets to listen on: where `localhost` may mean 127.0.0.1 or ::1, both; no names are looked up."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import socket

LOOPBACK_4, LOOPBACK_6 = "127.0.0.1", "::1"
EVERYWHERE = ("0.0.0.0", "::")
_WITH_IPV6 = (LOOPBACK_4, "0.0.0.0", "localhost")
"""What is also bound to ::1, because that is what many clients take `localhost` for."""
_TRIES = 8


def bind_all(host: str, port: int, kind: socket.SocketKind) -> list[socket.socket]:
    """Sockets bound to one port of `host`; the first has the address that was asked for.

    A machine without IPv6 gets one socket. Beyond the loopback only the address that was asked for is bound.
    kind : SOCK_DGRAM or SOCK_STREAM. OSError when an address cannot be had.
    """
    host = LOOPBACK_4 if host.lower() == "localhost" else host
    for _ in range(1 if port else _TRIES):
        first = _bind(host, port, kind)
        if host not in _WITH_IPV6:
            return [first]
        try:
            return [first, _bind(LOOPBACK_6, first.getsockname()[1], kind)]
        except OSError as error:
            if error.errno != errno.EADDRINUSE:  # no IPv6 here
                return [first]
            first.close()
            problem = error
    raise problem


def is_loopback(host: str) -> bool:
    """Whether an address, or `localhost`, leads to this machine without any network."""
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host.lower() == "localhost"


def _bind(host: str, port: int, kind: socket.SocketKind) -> socket.socket:
    is_6 = ":" in host
    found = socket.socket(socket.AF_INET6 if is_6 else socket.AF_INET, kind)
    try:
        if is_6:
            found.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        elif kind == socket.SOCK_STREAM:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
    except OSError:
        found.close()
        raise
    return found
