"""OSCQuery's questions: the tree by HTTP, changes by WebSocket; one loop on one thread runs all of this."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import json
import logging
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from rt.osc.table import INCOMING, OUTGOING
from rt.oscquery.gate import PRIVATE, Gate
from rt.oscquery.tree import ATTRIBUTES, Node, find

log = logging.getLogger(__name__)

MAX_LISTENERS = 16
MAX_BACKLOG = 1000
"""Messages that wait for one listener; one that does not read misses the oldest instead of holding up others."""
METHODS = ("GET", "HEAD", "OPTIONS")


class Subscriber:
    """One WebSocket: what it wants to hear, and what waits for it."""

    def __init__(self) -> None:
        self.paths: set[str] = set()
        self._waiting: collections.deque[bytes | str] = collections.deque(maxlen=MAX_BACKLOG)
        self._filled = asyncio.Event()

    def put(self, message: bytes | str) -> None:
        """Have a message sent; never waits."""
        self._waiting.append(message)
        self._filled.set()

    async def send_to(self, client: WebSocket) -> None:
        """Send what waits, as fast as the client reads."""
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # it hung up
            while True:
                await self._filled.wait()
                self._filled.clear()
                while self._waiting:
                    message = self._waiting.popleft()
                    await (client.send_text(message) if isinstance(message, str) else client.send_bytes(message))

    def obey(self, text: str | bytes) -> None:
        """Carry out LISTEN and IGNORE; anything else is passed over."""
        command, path = _parse(text)
        if command == "LISTEN" and (path in INCOMING or path in OUTGOING):
            self.paths.add(path)
        elif command == "IGNORE":
            self.paths.discard(path)


def make_app(
    listeners: set[Subscriber],
    *,
    names: frozenset[str],
    tree: Callable[[], Node],
    host_info: Callable[[str], dict[str, Any]],
) -> Starlette:
    """The application that a server runs.

    listeners : those connected now, changed in place. names : what a Host may be. host_info : by the address that the
    client connected to.
    """

    async def answer(request: Request) -> Response:
        headers = dict(PRIVATE)
        origin = request.headers.get("origin")
        if origin is not None:  # one of ours, or the gate had refused it
            headers |= {"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Methods": ", ".join(METHODS)}
        if request.method == "OPTIONS":
            return Response(None, 204, headers | {"Allow": ", ".join(METHODS)})
        attribute = request.scope["query_string"].decode("latin-1").partition("=")[0].partition("&")[0].upper()
        if attribute == "HOST_INFO":
            return JSONResponse(host_info(request.scope["server"][0]), 200, headers)
        node = find(tree(), request.scope["path"])
        if node is None:
            return JSONResponse("no such address", 404, headers)
        if not attribute:
            return JSONResponse(node, 200, headers)
        if attribute not in ATTRIBUTES:
            return JSONResponse(f"no attribute {attribute[:40]}; there are {', '.join(ATTRIBUTES)}", 400, headers)
        if attribute not in node:
            return Response(None, 204, headers)
        return JSONResponse({attribute: node[attribute]}, 200, headers)

    async def hear(client: WebSocket) -> None:
        if len(listeners) >= MAX_LISTENERS:
            await client.send_denial_response(JSONResponse("too many listeners", 503, PRIVATE))
            return
        listener = Subscriber()
        listeners.add(listener)
        sender = None
        try:
            await client.accept()
            sender = asyncio.create_task(listener.send_to(client))
            while (message := await client.receive())["type"] == "websocket.receive":
                listener.obey(message.get("text") or message.get("bytes") or "")
        except (WebSocketDisconnect, RuntimeError):
            log.debug("a listener hung up")
        finally:
            listeners.discard(listener)
            if sender is not None:
                sender.cancel()

    async def fail(request: Request, error: Exception) -> Response:
        log.error("OSCQuery cannot answer %s", request.scope["path"][:80], exc_info=error)
        return JSONResponse("the bridge cannot answer this", 500, PRIVATE)

    async def miss(request: Request, error: Exception) -> Response:
        return JSONResponse("no such address", 404, PRIVATE)

    async def refuse(request: Request, error: Exception) -> Response:
        return JSONResponse("this can only be read", 405, PRIVATE | {"Allow": ", ".join(METHODS)})

    app = Starlette(
        routes=[
            Route("/{path:path}", answer, methods=["GET", "OPTIONS"]),
            WebSocketRoute("/{path:path}", hear),
        ],
        middleware=[Middleware(Gate, names=names)],
        exception_handlers={404: miss, 405: refuse, Exception: fail},
    )
    app.router.redirect_slashes = False
    return app


def _parse(text: str | bytes) -> tuple[str, str]:
    """COMMAND and DATA of a request, two empty strings when it is none."""
    try:
        found = json.loads(text)
        return str(found["COMMAND"]).upper(), str(found["DATA"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return "", ""
