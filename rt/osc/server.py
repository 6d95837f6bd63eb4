"""The OSC server: one UDP port, one thread, messages executed in the order of arrival.

Latents come faster than sound needs them. They are read by a fixed-layout parser, only the newest of a burst is
kept, and it is sent to the engine at most every LATENT_INTERVAL_S, and before any other message.
"""

from __future__ import annotations

import errno
import logging
import selectors
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder

from rt.bridge import Bridge
from rt.config.config import OscConfig
from rt.errors import ConfigError, ControlError
from rt.events import SetParameter
from rt.midi.controllers import Controllers
from rt.osc.answers import Answers, Reply
from rt.osc.binding import bind_all
from rt.osc.clients import Clients, Peer
from rt.osc.commands import Commands
from rt.osc.message import Value
from rt.osc.packet import LatentParser, pad, split
from rt.osc.table import INCOMING, OUTGOING
from rt.worker import Worker, WorkerOwner

log = logging.getLogger(__name__)

LATENT_INTERVAL_S = 0.001
DRAIN_S = 0.005
"""How long one step reads before it looks after the rest."""
IDLE_S = 0.1
WAITING_S = 0.002
RECEIVE_BYTES = 8 << 20
MAX_DATAGRAM_BYTES = 65536
MAX_REASON = 400
_SO_RCVBUFFORCE = 33
_TAGS = frozenset("ifshdTF")
_N_BYTES = {"i": 4, "f": 4, "h": 8, "d": 8, "T": 0, "F": 0}


class OscServer(WorkerOwner):
    """Listens from construction, answers from `start`; a context manager."""

    def __init__(
        self,
        config: OscConfig,
        bridge: Bridge,
        *,
        bundle_roots: Sequence[Path] = (),
        controllers: Controllers | None = None,
    ) -> None:
        self._sockets = _bind(config.host, config.port)
        self.host, self.port = self._sockets[0].getsockname()[:2]
        self._by_family = {opened.family: opened for opened in self._sockets}
        self._bridge = bridge
        self.controllers = controllers
        self._clients = Clients(self.port, allowed=config.clients)
        self._commands = Commands(
            bridge, self._clients, reply_port=config.reply_port, bundle_roots=bundle_roots, controllers=controllers
        )
        self._latents = LatentParser(bridge.manifest.latent.size)
        self._pending: dict[int, SetParameter] = {}
        """The newest of each row that comes in bursts."""
        self._sent_s = 0.0
        self._selector = selectors.DefaultSelector()
        for opened in self._sockets:
            self._selector.register(opened, selectors.EVENT_READ)
        self._waker, self._woken = socket.socketpair()
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._worker = Worker("osc", self._step)
        self._is_started = False

    def start(self) -> None:
        """Begin to answer."""
        self._is_started = True
        self._worker.start()

    def stop(self) -> None:
        """End the thread and free the port; safe to call twice."""
        if self._is_started:
            with suppress(OSError):  # stopped before
                self._waker.send(b"\0")
            self._worker.stop()
        self._selector.close()
        for opened in (*self._sockets, self._waker, self._woken):
            opened.close()

    def notify(self, address: str, args: Sequence[Value] = ()) -> None:
        """Send a message to every client of `/lb/notify`; any thread may call it."""
        self._send(self._clients.peers, address, args)

    def hear(self, data: bytes, sender: Peer) -> None:
        """Execute one datagram; whatever it holds, this never raises."""
        event = self._latents.parse(data)
        if event is not None:
            self._pending[event.id] = event
            return
        try:
            messages = split(data)
        except ControlError as error:
            log.debug("no OSC from %s:%s: %s", *sender, error)
            return
        reply = Answers(partial(self._reply, sender))
        for message in messages:
            event = self._latents.parse(message)
            if event is not None:
                self._pending[event.id] = event
            else:
                self._execute(message, sender, reply)

    def flush(self) -> None:
        """Send the newest latents on."""
        if not self._pending:
            return
        for event in self._pending.values():
            self._bridge.send(event)
        self._pending.clear()
        self._sent_s = time.monotonic()

    def _step(self) -> float:
        for key, _ in self._selector.select(self._wait_s()):
            if key.fileobj in self._sockets:
                self._drain(key.fileobj)
        if self._pending and time.monotonic() >= self._sent_s + LATENT_INTERVAL_S:
            self.flush()
        if self._commands.is_waiting:
            self._commands.poll()
        return 0.0

    def _wait_s(self) -> float:
        if self._pending:
            return max(0.0, self._sent_s + LATENT_INTERVAL_S - time.monotonic())
        return WAITING_S if self._commands.is_waiting else IDLE_S

    def _drain(self, opened: Any) -> None:
        n_latents = self._bridge.manifest.latent.size
        if n_latents != self._latents.n_latents:
            self._latents = LatentParser(n_latents)
            self._pending.clear()
        end_s = time.monotonic() + DRAIN_S
        while time.monotonic() < end_s:
            try:
                data, sender = opened.recvfrom(MAX_DATAGRAM_BYTES)
            except BlockingIOError:
                return
            except OSError as error:  # some systems report here that an earlier reply found nobody
                log.debug("receiving: %s", error)
                continue
            self.hear(data, sender[:2])  # an IPv6 address has four parts

    def _execute(self, data: bytes, sender: Peer, reply: Reply) -> None:
        address = ""
        try:
            address = _address(data)
            if address in OUTGOING:  # another bridge, or our own words coming back: an answer would go round for ever
                log.debug("%s from %s:%s is not for us", address, *sender)
                return
            message = INCOMING.get(address)
            if message is None or not message.newest_wins:
                self.flush()
            values = _values(data, takes_bang=bool(message and not message.args))
            events = self._commands.run(address, values, reply, sender)
        except ControlError as error:
            log.debug("%s from %s:%s: %s", address, *sender, error)
            if address:
                reply("/lb/fail", address, str(error)[:MAX_REASON])
            return
        except Exception as error:  # a defect of ours must not silence the server
            log.exception("%s from %s:%s", address, *sender)
            reply("/lb/fail", address, f"{type(error).__name__}: {error}"[:MAX_REASON])
            return
        if message is not None and message.newest_wins:
            self._pending.update({event.id: event for event in events if isinstance(event, SetParameter)})
            return
        for event in events:
            self._bridge.send(event)

    def _reply(self, sender: Peer, address: str, *args: Value) -> None:
        self._send(self._clients.answered(sender), address, args)

    def _send(self, peers: Sequence[Peer], address: str, args: Sequence[Value]) -> None:
        if not peers:
            return
        data = build(address, args)
        for peer in peers:
            opened = self._by_family.get(socket.AF_INET6 if ":" in peer[0] else socket.AF_INET)
            try:
                if opened is not None:
                    opened.sendto(data, peer)
            except OSError as error:  # gone, unreachable, or the socket is closed already
                log.debug("%s to %s:%s: %s", address, *peer, error)


def build(address: str, args: Sequence[Value]) -> bytes:
    """One OSC message: int as i, float as f, str as s."""
    builder = OscMessageBuilder(address)
    for arg in args:
        tag = "s" if isinstance(arg, str) else "i" if isinstance(arg, int) else "f"
        builder.add_arg(arg.encode("utf-8", "replace").decode() if isinstance(arg, str) else arg, tag)
    return builder.build().dgram


def _address(data: bytes) -> str:
    """The address of a message; ControlError when it has none."""
    end = data.find(b"\x00")
    if not data.startswith(b"/") or end < 0 or end > 255 or not data[:end].isascii():
        raise ControlError(f"no OSC message: {data[:16]!r}")
    return data[:end].decode()


def _values(data: bytes, *, takes_bang: bool) -> list[object]:
    """The arguments of a message that has an address.

    What python-osc would log, pad or take for something else is refused before it sees it.
    takes_bang : whether N (nil) or I (impulse) alone stands for no arguments.
    """
    at = len(pad(data[: data.find(b"\x00")]))
    if at >= len(data):
        return []
    end = data.find(b"\x00", at)
    if data[at : at + 1] != b"," or end < 0:
        raise ControlError("the type tags are missing")
    tags = data[at + 1 : end].decode("ascii", "replace")
    if takes_bang and tags in ("N", "I"):
        return []
    if not set(tags) <= _TAGS:
        raise ControlError(f"arguments must have the types i, f and s, got {tags[:60]!r}")
    try:
        values: list[object] = OscMessage(data).params
    except Exception as error:  # it lets errors of decoding through as well as its own
        raise ControlError("the message is cut short or damaged") from error
    n_bytes = at + len(pad(data[at:end]))
    for tag, value in zip(tags, values, strict=True):
        n_bytes += len(pad(value.encode())) if isinstance(value, str) else _N_BYTES[tag]
    if n_bytes > len(data):
        raise ControlError(f"the message is cut short: {len(data)} bytes of {n_bytes}")
    return values


def _bind(host: str, port: int) -> list[socket.socket]:
    try:
        found = bind_all(host, port, socket.SOCK_DGRAM)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            hint = "is in use, perhaps by another latent-bridge; stop it or choose another with --osc-port"
        else:
            hint = f"cannot be opened ({error.strerror or error}); check osc.host, or choose another with --osc-port"
        raise ConfigError(f"OSC port {port} on {host} {hint}") from error
    for opened in found:
        opened.setblocking(False)
        for option in (socket.SO_RCVBUF, _SO_RCVBUFFORCE):
            try:
                opened.setsockopt(socket.SOL_SOCKET, option, RECEIVE_BYTES)
            except OSError:  # without the right to it, or on another system, bursts may be cut off earlier
                log.debug("socket option %s refused", option)
    return found
