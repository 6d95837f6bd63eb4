"""Who is told what happens: the addresses that `/lb/notify` added."""

from __future__ import annotations

import ipaddress
import socket

from rt.errors import ControlError

Peer = tuple[str, int]
MAX_CLIENTS = 16


class Clients:
    """At most MAX_CLIENTS addresses; the OSC thread changes them, any thread reads `peers`."""

    def __init__(self, own_port: int) -> None:
        self._own_port = own_port
        self.peers: tuple[Peer, ...] = ()
        """Replaced as a whole, never changed."""

    def add(self, host: str, port: int) -> Peer:
        """Add a client; ControlError when it cannot be one."""
        peer = (check_host(host), port)
        if self.is_self(peer):
            raise ControlError(f"{host}:{port} is where the bridge itself listens; give the port of the client")
        if peer not in self.peers:
            if len(self.peers) >= MAX_CLIENTS:
                raise ControlError(
                    f"{MAX_CLIENTS} clients are registered already; remove one with /lb/notify host port 0"
                )
            self.peers = (*self.peers, peer)
        return peer

    def remove(self, host: str, port: int) -> Peer:
        """Forget a client; ControlError when it is none."""
        peer = (check_host(host), port)
        if peer not in self.peers:
            raise ControlError(f"{peer[0]}:{port} is no client")
        self.peers = tuple(other for other in self.peers if other != peer)
        return peer

    def is_self(self, peer: Peer) -> bool:
        """Whether a message to `peer` would come back to the bridge."""
        return peer[1] == self._own_port and is_local(peer[0])


def check_host(host: str) -> str:
    """The IPv4 address that a client may have; names are not looked up, which could take seconds."""
    try:
        address = ipaddress.IPv4Address("127.0.0.1" if host.lower() == "localhost" else host)
    except ValueError:
        raise ControlError(f"host must be an IPv4 address or localhost, got {host[:60]!r}") from None
    if int(address) >> 24 == 0 or address.is_multicast or address.is_reserved:
        raise ControlError(f"host must be the address of one machine, got {address}")
    return str(address)


def is_local(host: str) -> bool:
    """Whether an IPv4 address is one of this machine: only then can a socket be bound to it."""
    if host.startswith("127."):
        return True
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((host, 0))
        except OSError:
            return False
    return True
