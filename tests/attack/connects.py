"""OSCQuery under connections that are many, slow or foreign, while the program plays."""

from __future__ import annotations

import contextlib
import http.client
import random
import re
import socket
import time
from collections import Counter

from tests.attack.live import Target, target
from tests.attack.report import Report

REQUEST = (
    b"GET /lb/note?VALUE HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
MOST_THREADS = 24
"""Of the host, whatever comes."""


def connects(n_cases: int) -> Report:
    """So many fast connections, as many slow ones and a quarter as many damaged requests."""
    report = Report("connections")
    with target() as here:
        found = re.search(r"OSCQuery on port (\d+)", here.bridge.output)
        assert found is not None, here.bridge.output
        port = int(found[1])
        assert _status(port) == 200
        _fast(report, port, n_cases)
        _still(report, here, port, "fast connections")
        _slow(report, here, port, n_cases)
        _still(report, here, port, "slow connections")
        _damaged(report, port, n_cases // 4)
        _still(report, here, port, "damaged requests")
        _foreign(report, port)
        here.check(report)
    return report


def _fast(report: Report, port: int, n: int) -> None:
    start_s = time.monotonic()
    for _ in range(n):
        report.count(_open(port, b"")[0])
    report.figures["fast connections"] = f"{n / (time.monotonic() - start_s):.0f} a second"


def _slow(report: Report, here: Target, port: int, n: int) -> None:
    held = []
    for _ in range(n):
        outcome, opened = _open(port, b"GET / HT", keep=True)
        report.count(outcome)
        if opened is not None:
            held.append(opened)
    host = here.facts()["host"]
    report.figures["threads with slow connections"] = str(host["threads"])
    report.check(host["threads"] <= MOST_THREADS, f"{host['threads']} threads with {len(held)} slow connections")
    report.check(here.answers() < 1.0, "OSC does not answer while slow connections are open")
    for opened in held:
        opened.close()


def _damaged(report: Report, port: int, n: int) -> None:
    chance, answers = random.Random(2), Counter[str]()
    for _ in range(n):
        data = bytearray(REQUEST)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            data = data[: chance.randrange(len(data))] + b"\r\n\r\n"
        outcome, opened = _open(port, bytes(data), keep=True)
        report.count(outcome)
        if opened is not None:
            opened.settimeout(0.05)
            with contextlib.suppress(OSError):
                answers[opened.recv(64)[:12].decode("latin-1")] += 1
            opened.close()
    report.check(not any(answer.startswith("HTTP/1.1 5") for answer in answers), f"answers were {dict(answers)}")


def _foreign(report: Report, port: int) -> None:
    """A page of another site may read nothing, by whatever name it found us."""
    report.count("foreign host")
    status = _status(port, {"Host": "evil.example.com"})
    report.check(status >= 400, f"a foreign Host header is answered by {status}")
    report.count("foreign origin")
    request = REQUEST.replace(b"\r\n\r\n", b"\r\nOrigin: https://evil.example.com\r\n\r\n", 1)
    _, opened = _open(port, request, keep=True)
    assert opened is not None
    opened.settimeout(3.0)
    answer = opened.recv(200).split(b"\r\n")[0].decode("latin-1")
    opened.close()
    report.check(" 101 " not in answer, f"a WebSocket of a foreign page is answered by {answer}")


def _still(report: Report, here: Target, port: int, after: str) -> None:
    """OSCQuery must answer again within ten seconds."""
    end_s = time.monotonic() + 10.0
    while time.monotonic() < end_s:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if _status(port) == 200:
                return
        time.sleep(0.1)
    report.fault(f"OSCQuery does not answer after {after}: {here.bridge.output[-200:]}")


def _open(port: int, data: bytes, *, keep: bool = False) -> tuple[str, socket.socket | None]:
    try:
        opened = socket.create_connection(("127.0.0.1", port), 3.0)
    except OSError:
        return "not connected", None
    try:
        opened.sendall(data)
    except OSError:
        opened.close()
        return "closed at once", None
    if keep:
        return "connected", opened
    opened.close()
    return "connected", None


def _status(port: int, headers: dict[str, str] | None = None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3.0)
    try:
        connection.request("GET", "/?HOST_INFO", headers=headers or {})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()
