"""The HTTP server under OSCQuery: uvicorn with few connections, each with little time; on OSCQuery's thread."""

from __future__ import annotations

import asyncio
import logging
import socket
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from rt.osc.binding import is_loopback

log = logging.getLogger(__name__)

MAX_CONNECTIONS = 64
"""At once, WebSockets included; another one takes the place of the oldest that has asked nothing yet."""
MAX_CONNECTIONS_EACH = 16
"""Of these for one machine of the network. All programs of our own machine share the loopback address."""
QUESTION_S = 5.0
"""From connecting to the end of the answer; each connection asks once, or becomes a WebSocket."""
MAX_HEAD_BYTES = 16384
MAX_COMMAND_BYTES = 4096
"""Of one WebSocket message."""
PING_S = 20.0
"""A listener that does not answer a ping in this time is gone."""
SILENT = logging.CRITICAL + 1


class BriefConnection(H11Protocol):
    """One client. It is cut off when there are too many, or when it takes too long."""

    opened_s = 0.0
    _n_bytes = 0
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the client in, or not."""
        self.opened_s = self.loop.time()
        super().connection_made(transport)
        if not self._find_room():
            transport.abort()
            return
        self._timer = self.loop.call_later(QUESTION_S, self._end)

    def data_received(self, data: bytes) -> None:
        """Take bytes of a question; h11 bounds only what it has not read yet, and much may arrive at once."""
        self._n_bytes += len(data)
        if self._n_bytes <= MAX_HEAD_BYTES:
            super().data_received(data)
        elif self.cycle is None:
            self.send_400_response("a question is no longer than 16 KiB")
        else:
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the client."""
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def _find_room(self) -> bool:
        others: set[Any] = {each for each in self.connections if not each.transport.is_closing()} - {self}
        host = self.client[0] if self.client else ""
        if not is_loopback(host):
            near = {each for each in others if each.client and each.client[0] == host}
            if len(near) >= MAX_CONNECTIONS_EACH and not _drop_oldest(near):
                return False
        return len(others) < MAX_CONNECTIONS or _drop_oldest(others)

    def _end(self) -> None:
        if self.transport.get_protocol() is self:  # it has not become a WebSocket
            self.transport.abort()


def _drop_oldest(connections: set[Any]) -> bool:
    """Cut off the client that has waited longest without a question; False when all have asked."""
    idle = [each for each in connections if isinstance(each, BriefConnection) and each.cycle is None]
    if not idle:
        return False
    min(idle, key=lambda each: each.opened_s).transport.abort()
    return True


def make_server(app: ASGIApp) -> uvicorn.Server:
    """A server that says nothing by itself and leaves signals alone, since it runs outside of the main thread."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=BriefConnection,
            ws="websockets-sansio",
            loop="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level=SILENT,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            backlog=MAX_CONNECTIONS,
            h11_max_incomplete_event_size=MAX_HEAD_BYTES,
            ws_max_size=MAX_COMMAND_BYTES,
            ws_per_message_deflate=False,
            ws_ping_interval=PING_S,
            ws_ping_timeout=PING_S,
            timeout_graceful_shutdown=1,
        )
    )


async def run_server(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
    """Answer on listening sockets until `server.should_exit`; afterwards all are closed.

    Where descriptors run out, asyncio takes no client for a second and then goes on.
    """
    asyncio.get_running_loop().set_exception_handler(lambda loop, facts: log.debug("%s", facts))
    try:
        await server.serve(sockets)
    finally:
        for connection in list(server.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)
