"""Who is told what happens: the addresses that `/lb/notify` added, and who may be one."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence

from rt.errors import ControlError
from rt.osc.binding import LOOPBACK_4, LOOPBACK_6, is_loopback

Peer = tuple[str, int]
MAX_CLIENTS = 16


class Clients:
    """At most MAX_CLIENTS addresses; the OSC thread changes them, any thread reads `peers`.

    State goes to all of them. An answer goes to who asked: to the sender, and to the client that this very sender
    added last, since a patch often sends from one port and hears at another.
    """

    def __init__(self, own_port: int, *, allowed: Sequence[str] = ()) -> None:
        """`allowed` : addresses and networks that may be clients besides loopback and the sender's own host."""
        self._own_port = own_port
        self._allowed = [ipaddress.ip_network(each, strict=False) for each in allowed]
        self._added_by: dict[Peer, Peer] = {}
        """Clients, the newest last, and who added each."""
        self.peers: tuple[Peer, ...] = ()
        """Replaced as a whole, never changed."""

    def add(self, host: str, port: int, sender: Peer) -> Peer:
        """Add a client; ControlError when it cannot be one."""
        peer = (self._check(host, sender), port)
        if self.is_self(peer):
            raise ControlError(f"{host}:{port} is where the bridge itself listens; give the port of the client")
        if peer not in self.peers and len(self.peers) >= MAX_CLIENTS:
            raise ControlError(f"{MAX_CLIENTS} clients are registered already; remove one with /lb/notify host port 0")
        self._added_by.pop(peer, None)
        self._added_by[peer] = sender
        self.peers = tuple(self._added_by)
        return peer

    def remove(self, host: str, port: int, sender: Peer) -> Peer:
        """Forget a client; ControlError when it is none."""
        peer = (self._check(host, sender), port)
        if self._added_by.pop(peer, None) is None:
            raise ControlError(f"{peer[0]}:{port} is no client")
        self.peers = tuple(self._added_by)
        return peer

    def answered(self, sender: Peer) -> tuple[Peer, ...]:
        """Where an answer to `sender` goes; nowhere when its address is forged or our own."""
        if sender[1] == 0 or not is_one_machine(sender[0]) or self.is_self(sender):
            return ()
        added = [peer for peer, by in tuple(self._added_by.items()) if by == sender and peer != sender]
        return (sender, *added[-1:])

    def is_self(self, peer: Peer) -> bool:
        """Whether a message to `peer` would come back to the bridge."""
        return peer[1] == self._own_port and is_local(peer[0])

    def _check(self, host: str, sender: Peer) -> str:
        address = check_host(host, sender)
        if is_loopback(address) or address == sender[0]:
            return address
        if is_local(sender[0]) and is_local(address):  # both are this machine
            return address
        if any(ipaddress.ip_address(address) in network for network in self._allowed):
            return address
        raise ControlError(
            f"{address} may not be a client: allowed are this machine, the sender's own ({sender[0]}), and those of "
            "--osc-clients; start the bridge with it, or send /lb/notify from there"
        )


def check_host(host: str, sender: Peer) -> str:
    """The address that a client may have; names are not looked up, which could take seconds and tells the network."""
    if host.lower() == "localhost":  # as the sender itself understands it
        return LOOPBACK_6 if sender[0] == LOOPBACK_6 else LOOPBACK_4
    try:
        address = str(ipaddress.ip_address(host))
        if "%" in address and address != sender[0]:  # an interface's name, which a system may look up
            raise ValueError
    except ValueError:
        raise ControlError(f"host must be an IP address or localhost, got {host[:60]!r}") from None
    if not is_one_machine(address):
        raise ControlError(f"host must be the address of one machine, got {address}")
    return address


def is_one_machine(host: str) -> bool:
    """Whether an address can be that of one machine; multicast, broadcast and the unspecified ones cannot."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        return not (address.is_multicast or address.is_unspecified or address.ipv4_mapped is not None)
    return not (int(address) >> 24 == 0 or address.is_multicast or address.is_reserved)


def is_local(host: str) -> bool:
    """Whether an address is one of this machine: only then can a socket be bound to it."""
    if is_loopback(host):
        return True
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind((host, 0))
    except OSError:
        return False
    return True
