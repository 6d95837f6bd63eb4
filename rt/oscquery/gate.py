"""Who may read OSCQuery: programs, and pages of its own, but no page of a foreign site; runs on OSCQuery's thread.

A browser lets any page send requests here. A page that reaches us by a name of its own (DNS rebinding) is told by its
Host; one that opens a WebSocket or a cross-site request by its Origin, which only browsers send. Nothing is for all.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from rt.osc.binding import LOOPBACK_4, LOOPBACK_6, is_loopback

PRIVATE = {
    "Cache-Control": "no-store",
    "Connection": "close",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Origin",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of every answer: no cache keeps it, and no foreign page can embed it."""


def own_names(host: str, announced: Iterable[str] = ()) -> frozenset[str]:
    """What a Host may be called when the server is bound to `host`; an address that was connected to may always.

    announced : names that zeroconf tells, used beyond the loopback.
    """
    names = {"localhost", LOOPBACK_4, LOOPBACK_6, host.lower()}
    if not is_loopback(host):
        here = socket.gethostname().lower().rstrip(".")
        short = here.partition(".")[0]
        names |= {here, short, f"{short}.local", *(name.lower().rstrip(".") for name in announced)}
    return frozenset(names - {"", ".local"})


def refusal(headers: Headers, names: frozenset[str], here: tuple[str, int]) -> tuple[int, str] | None:
    """Status and reason with which a request is refused, None when it may be answered.

    here : address and port that the client connected to.
    """
    names = names | {here[0]}
    hosts = [_authority(host) for host in headers.getlist("host")]
    if len(hosts) != 1 or hosts[0] is None or hosts[0][0] not in names:
        return 400, "the Host header must name this bridge, as localhost or its address"
    ports = {here[1], hosts[0][1]}
    origins = headers.getlist("origin")
    for origin in origins:
        scheme, _, rest = origin.partition("://")
        authority = _authority(rest) if scheme == "http" else None
        if authority is None or authority[0] not in names or authority[1] not in ports:
            return 403, "pages of other sites may not read this bridge"
    if not origins and headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return 403, "pages of other sites may not read this bridge"
    if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
        return 413, "a question has no body"
    return None


class Gate:
    """Refuses in front of an application what `refusal` names."""

    def __init__(self, app: ASGIApp, *, names: frozenset[str]) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or WebSocket."""
        refused = refusal(Headers(scope=scope), self._names, scope["server"])
        app = self._app if refused is None else JSONResponse(refused[1], refused[0], PRIVATE)
        await app(scope, receive, send)


def _authority(text: str) -> tuple[str, int] | None:
    """Name and port of `name:port`; None when it is something else."""
    with contextlib.suppress(ValueError):
        url = urlsplit(f"//{text}")
        if url.hostname and url.netloc == text and "@" not in text:
            return url.hostname.rstrip("."), url.port or 80
    return None
