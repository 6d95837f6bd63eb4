"""OSCQuery: the whole OSC namespace by HTTP, with types, ranges and values, and changes by WebSocket.

It only tells: nothing that arrives here changes the bridge. HTTP and WebSocket share one port and its threads; values
are sent on by the thread `oscquery`, which gathers for TICK_S, so that a burst of changes becomes one message.
"""

from __future__ import annotations

import collections
import contextlib
import http
import json
import logging
import selectors
import socket
import threading
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

from rt.bridge import Bridge
from rt.config.config import Config
from rt.errors import ConfigError
from rt.events import Event
from rt.osc.commands import PROGRAM, describe_status
from rt.osc.message import Value
from rt.osc.server import build
from rt.osc.table import INCOMING, OUTGOING
from rt.oscquery.announce import Announcement
from rt.oscquery.tree import ATTRIBUTES, EXTENSIONS, find, tree
from rt.oscquery.values import SettingValues, Values
from rt.worker import Worker, WorkerOwner

log = logging.getLogger(__name__)

TICK_S = 0.02
IDLE_S = 0.2
"""Between two looks for changes while nobody listens."""
STATUS_S = 1.0
MAX_LISTENERS = 16
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
        self._lock = threading.Lock()
        self._listeners: dict[ServerConnection, set[str]] = {}
        self._described = bridge.manifest
        self._status_s = 0.0
        self._listens: bool | None = None
        self._socket = _bind(config.osc.host, config.osc.query_port)
        self.host, self.port = self._socket.getsockname()
        announcement = Announcement(PROGRAM, self.host, query_port=self.port, osc_port=osc_port)
        self._announcement = announcement if announce else None
        self._server: Server | None = None
        self._thread: threading.Thread | None = None
        self._worker = Worker("oscquery", self._step)

    def start(self) -> None:
        """Begin to answer and to announce."""
        silent = logging.Logger(__name__, logging.CRITICAL + 1)  # it reports every client that hangs up
        self._server = serve(
            self._hear, sock=self._socket, process_request=self._answer, compression=None, server_header=None,
            open_timeout=2.0, close_timeout=0.5, max_size=65536, logger=silent,
        )  # fmt: skip
        self._thread = threading.Thread(target=self._server.serve_forever, name="oscquery-http", daemon=True)
        self._thread.start()
        self._worker.start()
        if self._announcement is not None:
            self._announcement.start()

    def stop(self) -> None:
        """End the threads and free the port; safe to call twice."""
        if self._server is None or self._thread is None:
            self._socket.close()
            return
        if self._announcement is not None:
            self._announcement.stop()
        self._worker.stop()
        self._server.shutdown()
        self._thread.join(2.0)

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

    # HTTP, on a thread of the client's own.

    def _answer(self, connection: ServerConnection, request: Request) -> Response | None:
        if request.headers.get("Upgrade", "").lower() == "websocket":
            full = len(self._listeners) >= MAX_LISTENERS
            return _respond(http.HTTPStatus.SERVICE_UNAVAILABLE, "too many listeners") if full else None
        url = urlsplit(request.path)
        attribute = url.query.partition("=")[0].partition("&")[0].upper()
        if attribute == "HOST_INFO":
            return _respond(http.HTTPStatus.OK, self._host_info(connection))
        node = find(tree(self._bridge.manifest, self._value_of), unquote(url.path))
        if node is None:
            return _respond(http.HTTPStatus.NOT_FOUND, "no such address")
        if not attribute:
            return _respond(http.HTTPStatus.OK, node)
        if attribute not in ATTRIBUTES:
            return _respond(
                http.HTTPStatus.BAD_REQUEST, f"no attribute {attribute[:40]}; there are {', '.join(ATTRIBUTES)}"
            )
        if attribute not in node:
            return _respond(http.HTTPStatus.NO_CONTENT, None)
        return _respond(http.HTTPStatus.OK, {attribute: node[attribute]})

    def _host_info(self, connection: ServerConnection) -> dict[str, Any]:
        here = str(connection.local_address[0])
        osc_host, osc_port = self._osc
        return {
            "NAME": PROGRAM,
            "EXTENSIONS": EXTENSIONS,
            "OSC_IP": here if osc_host == "0.0.0.0" else osc_host,
            "OSC_PORT": osc_port,
            "OSC_TRANSPORT": "UDP",
            "WS_IP": here,
            "WS_PORT": self.port,
        }

    # WebSocket, on a thread of the client's own.

    def _hear(self, connection: ServerConnection) -> None:
        paths: set[str] = set()
        with self._lock:
            self._listeners[connection] = paths
        try:
            for text in connection:
                command, path = _parse(text)
                if command == "LISTEN" and (path in INCOMING or path in OUTGOING):
                    with self._lock:
                        paths.add(path)
                elif command == "IGNORE":
                    with self._lock:
                        paths.discard(path)
        except ConnectionClosed:
            log.debug("a listener hung up")
        finally:
            with self._lock:
                self._listeners.pop(connection, None)

    # Changes, on the thread `oscquery`.

    def _step(self) -> float:
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
        with self._lock:
            listeners = [(connection, frozenset(paths)) for connection, paths in self._listeners.items()]
        for address, values in changes:
            wanting = [connection for connection, paths in listeners if address in paths]
            if wanting:
                _send(wanting, build(address, values))
        if self._bridge.manifest is not self._described:
            self._described = self._bridge.manifest
            _send([connection for connection, _ in listeners], json.dumps({"COMMAND": "PATH_CHANGED", "DATA": "/lb"}))
        return TICK_S if listeners else IDLE_S


def _send(connections: Sequence[ServerConnection], message: bytes | str) -> None:
    for connection in connections:
        with contextlib.suppress(ConnectionClosed, OSError, ValueError):
            if _is_writable(connection.socket):  # one that does not read misses messages instead of holding up others
                connection.send(message)


def _is_writable(opened: socket.socket) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(opened, selectors.EVENT_WRITE)
        return bool(selector.select(0))


def _respond(status: http.HTTPStatus, body: Any) -> Response:
    data = b"" if body is None else json.dumps(body).encode()
    headers = Headers({"Content-Type": "application/json", "Content-Length": str(len(data)), "Connection": "close"})
    return Response(status.value, status.phrase, headers, data)


def _parse(text: str | bytes) -> tuple[str, str]:
    """COMMAND and DATA of a request, two empty strings when it is none."""
    try:
        found = json.loads(text)
        return str(found["COMMAND"]).upper(), str(found["DATA"])
    except (ValueError, TypeError, KeyError):
        return "", ""


def _bind(host: str, port: int) -> socket.socket:
    """A listening socket; where the port is taken, on any other, because clients find it by its announcement."""
    for wanted in (port, 0):
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
                found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind((host, wanted))
            found.listen()
            return found
        except OSError as error:
            found.close()
            problem = error
    raise ConfigError(f"OSCQuery cannot listen on {host}: {problem.strerror}; --no-oscquery does without") from problem
