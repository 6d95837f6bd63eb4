"""OSCQuery: the whole OSC namespace by HTTP, with types, ranges and values, and changes by WebSocket.

It only tells: nothing that arrives here changes the bridge. One thread, `oscquery`, answers and sends changes on; it
gathers for TICK_S, so that a burst of changes becomes one message. What answers is loaded by that thread, because it
takes its time and the sound need not wait for it.
"""

from __future__ import annotations

import asyncio
import collections
import json
import logging
import socket
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rt.bridge import Bridge
from rt.config.config import Config
from rt.errors import BridgeError, ConfigError
from rt.events import Event
from rt.osc.binding import EVERYWHERE, bind_all
from rt.osc.commands import PROGRAM, describe_status
from rt.osc.message import Value
from rt.osc.server import build
from rt.osc.table import OUTGOING
from rt.oscquery.announce import Announcement
from rt.oscquery.tree import EXTENSIONS, Node, tree
from rt.oscquery.values import SettingValues, Values
from rt.worker import Worker, WorkerOwner

if TYPE_CHECKING:
    import uvicorn

    from rt.oscquery.app import Subscriber

log = logging.getLogger(__name__)

TICK_S = 0.02
IDLE_S = 0.2
"""Between two looks for changes while nobody listens."""
STATUS_S = 1.0
BACKLOG = 64
MAX_WAITING = 1000
"""Messages kept between two ticks; more are dropped, the oldest first."""
STATUS, LISTEN = "/lb/status.reply", "/lb/listen"


class OscQueryServer(WorkerOwner):
    """Listens from construction, answers from `start`; a context manager."""

    def __init__(self, config: Config, bridge: Bridge, *, osc_host: str, osc_port: int, announce: bool = True) -> None:
        self._bridge = bridge
        self._osc = (osc_host, osc_port)
        self._values = SettingValues(config, self._manifest)
        self._last: dict[str, Values] = {}
        self._waiting: collections.deque[tuple[str, Values]] = collections.deque(maxlen=MAX_WAITING)
        self._listeners: set[Subscriber] = set()
        self._described = bridge.manifest
        self._status_s = 0.0
        self._listens: bool | None = None
        self._sockets = _listen(config.osc.host, config.osc.query_port)
        self.host, self.port = self._sockets[0].getsockname()[:2]
        self._announcement = Announcement(PROGRAM, self.host, query_port=self.port, osc_port=osc_port)
        self._is_announced = announce
        self._is_stopping = False
        self._server: uvicorn.Server | None = None
        self._worker = Worker("oscquery", self._step)
        self._is_started = False

    def start(self) -> None:
        """Begin to answer and to announce."""
        self._is_started = True
        self._worker.start()
        if self._is_announced:
            self._announcement.start()

    def stop(self) -> None:
        """End the threads and free the port; safe to call twice."""
        self._is_stopping = True
        if self._is_started:
            if self._is_announced:
                self._announcement.stop()
            if self._server is not None:
                self._server.should_exit = True
            self._worker.stop()
        self._close()

    def see(self, event: Event) -> None:
        """Take note of an event on its way to the engine; any thread, quick, never raises."""
        self._values.see(event)

    def notify(self, address: str, args: Sequence[Value] = ()) -> None:
        """Take note of a message to all clients; any thread, quick, never raises."""
        self._last[address] = tuple(args)
        self._waiting.append((address, tuple(args)))

    def _manifest(self) -> Any:
        return self._bridge.manifest

    def _value_of(self, address: str) -> Values | None:
        if address == STATUS:
            return describe_status(self._bridge)
        if address == LISTEN:
            return (int(self._bridge.listening().is_on),)
        if address == "/lb/instrument":
            index, instruments = self._bridge.instrument(0), self._bridge.manifest.instruments
            return self._values.get(address) or (instruments[index].name, 0) if index < len(instruments) else None
        return self._last.get(address) if address in OUTGOING else self._values.get(address)

    # All of what follows runs on the thread `oscquery`.

    def _step(self) -> float:
        """Answer until `stop`; after a failure the port is taken again."""
        if self._is_stopping:
            return IDLE_S
        if not self._sockets:
            self._sockets = _listen(self.host, self.port, other=False)
        try:
            asyncio.run(self._serve())
        finally:
            self._close()
        if not self._is_stopping:
            raise BridgeError("its server ended by itself")
        return IDLE_S

    async def _serve(self) -> None:
        from rt.oscquery.app import make_app
        from rt.oscquery.gate import own_names
        from rt.oscquery.http import make_server, run_server

        self._listeners = set()
        names = own_names(self.host, [self._announcement.server_name])
        app = make_app(self._listeners, names=names, tree=self._tree, host_info=self._host_info)
        server = self._server = make_server(app)
        telling = asyncio.create_task(self._tell_changes(server))
        serving = asyncio.create_task(run_server(server, self._sockets))
        await asyncio.wait((telling, serving), return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        telling.cancel()
        await serving
        if not telling.cancelled() and telling.done():
            telling.result()

    async def _tell_changes(self, server: uvicorn.Server) -> None:
        while not self._is_stopping:
            await asyncio.sleep(self._report())
        server.should_exit = True

    def _report(self) -> float:
        """Put what changed before those who listen; the time until the next look, in seconds."""
        changes = self._values.take_changes()
        while self._waiting:
            changes.append(self._waiting.popleft())
        listens = self._bridge.listening().is_on
        if self._listens not in (None, listens):
            changes.append((LISTEN, (int(listens),)))
        self._listens = listens
        now_s = time.monotonic()
        if now_s >= self._status_s + STATUS_S:
            self._status_s = now_s
            changes.append((STATUS, describe_status(self._bridge)))
        for address, values in changes:
            wanting = [listener for listener in self._listeners if address in listener.paths]
            if wanting:
                _put(wanting, build(address, values))
        if self._bridge.manifest is not self._described:
            self._described = self._bridge.manifest
            _put(self._listeners, json.dumps({"COMMAND": "PATH_CHANGED", "DATA": "/lb"}))
        return TICK_S if self._listeners else IDLE_S

    def _tree(self) -> Node:
        return tree(self._bridge.manifest, self._value_of)

    def _host_info(self, here: str) -> dict[str, Any]:
        osc_host, osc_port = self._osc
        near = osc_host in EVERYWHERE or here == "::1"  # OSC hears at the address that this client reached us by
        return {
            "NAME": PROGRAM,
            "EXTENSIONS": EXTENSIONS,
            "OSC_IP": here if near else osc_host,
            "OSC_PORT": osc_port,
            "OSC_TRANSPORT": "UDP",
            "WS_IP": here,
            "WS_PORT": self.port,
        }

    def _close(self) -> None:
        for opened in self._sockets:
            opened.close()
        self._sockets = []


def _put(listeners: Iterable[Subscriber], message: bytes | str) -> None:
    for listener in listeners:
        listener.put(message)


def _listen(host: str, port: int, *, other: bool = True) -> list[socket.socket]:
    """Listening sockets; where the port is taken, on any `other`, because clients find it by its announcement."""
    for wanted in (port, 0) if other else (port,):
        try:
            found = bind_all(host, wanted, socket.SOCK_STREAM)
            for opened in found:
                opened.listen(BACKLOG)
            return found
        except OSError as error:
            problem = error
    raise ConfigError(f"OSCQuery cannot listen on {host}: {problem.strerror}; --no-oscquery does without") from problem
