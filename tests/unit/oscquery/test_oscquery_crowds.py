"""OSCQuery under many, slow and deaf clients: what they cost has an end, and it answers afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rt.oscquery.app import MAX_LISTENERS
from rt.oscquery.http import MAX_CONNECTIONS, QUESTION_S
from rt.oscquery.server import OscQueryServer
from rt.parameters import GAIN
from tests.unit.oscquery.oscquery_wire import UPGRADE, ask, head, running, wait_for_answers

ROOT = Path(__file__).parents[3]
MORE_DESCRIPTORS = MAX_CONNECTIONS + 8
"""What clients may cost us at most; asyncio takes a few more in before it cuts the oldest off."""


@pytest.fixture
def server() -> Iterator[OscQueryServer]:
    with running() as found:
        yield found


def descriptors() -> int:
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("this system does not tell our descriptors")
    return len(os.listdir("/proc/self/fd"))


def connect(server: OscQueryServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), 5)


def test_slow_clients_cost_no_threads_and_few_descriptors(server: OscQueryServer) -> None:
    n_threads, before = threading.active_count(), descriptors()
    most, held = 0, []
    try:
        for k in range(400):
            opened = connect(server)
            opened.sendall(b"GET / HT")
            held.append(opened)
            if k % 50 == 49:
                time.sleep(0.1)  # until the server has taken them in
                end_s = time.monotonic() + 2.0  # where other programs hold it up
                while (now := descriptors() - before - len(held)) > MORE_DESCRIPTORS and time.monotonic() < end_s:
                    time.sleep(0.05)
                most = max(most, now)
        assert threading.active_count() <= n_threads
        assert most <= MORE_DESCRIPTORS
        assert ask(server).status == 200  # beside them
    finally:
        for opened in held:
            opened.close()
    wait_for_answers(server)


def test_three_hundred_fast_clients_leave_nothing_behind(server: OscQueryServer) -> None:
    n_threads, before = threading.active_count(), descriptors()
    for _ in range(300):
        connect(server).close()
    wait_for_answers(server)
    end_s = time.monotonic() + QUESTION_S + 2
    while descriptors() > before and time.monotonic() < end_s:
        time.sleep(0.1)
    assert descriptors() <= before
    assert threading.active_count() <= n_threads


def test_who_asks_nothing_is_cut_off(server: OscQueryServer) -> None:
    with connect(server) as opened:
        start_s = time.monotonic()
        opened.settimeout(QUESTION_S + 5)
        opened.sendall(b"GET / HTTP/1.1\r\n")
        with contextlib.suppress(ConnectionResetError):
            assert opened.recv(100) == b""
        assert QUESTION_S - 1 < time.monotonic() - start_s < QUESTION_S + 3


def test_listeners_that_never_read_hold_nobody_up(server: OscQueryServer) -> None:
    """As many as there may be ask for much and read nothing."""
    with contextlib.ExitStack() as stack:
        deaf = []
        for _ in range(MAX_LISTENERS):
            opened = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            opened.connect(("127.0.0.1", server.port))
            opened.sendall(head(server, *UPGRADE, what="GET /"))
            assert opened.recv(20).startswith(b"HTTP/1.1 101")
            opened.sendall(frame(json.dumps({"COMMAND": "LISTEN", "DATA": "/lb/heard/latent"})))
            deaf.append(opened)
        assert ask(server, *UPGRADE, what="GET /").status == 503
        slowest_s = 0.0
        for _ in range(60):
            for _ in range(500):
                server.notify("/lb/heard/latent", (0.5,) * 32)
            server.see(GAIN.set(0.0))
            start_s = time.monotonic()
            assert ask(server).status == 200
            slowest_s = max(slowest_s, time.monotonic() - start_s)
            time.sleep(0.02)
        assert slowest_s < 1.0
        waiting = [len(listener._waiting) for listener in server._listeners]
        assert len(waiting) == MAX_LISTENERS and max(waiting) <= 1000


def frame(text: str) -> bytes:
    """A WebSocket message of a client, masked with zeros."""
    assert len(text) < 126
    return bytes((0x81, 0x80 | len(text), 0, 0, 0, 0)) + text.encode()


STARVED = """
import resource, socket, sys, time
from tests.unit.oscquery.oscquery_wire import ask, running, wait_for_answers
with running() as server:
    import os
    n = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 32
    held = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (n + 12, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    print(server.port, flush=True)
    sys.stdin.readline()
    resource.setrlimit(resource.RLIMIT_NOFILE, (n + 40, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    assert server.failure is None, server.failure
    wait_for_answers(server)
print("answers again", flush=True)
"""


def test_it_survives_that_descriptors_run_out() -> None:
    pytest.importorskip("resource")
    with subprocess.Popen(
        [sys.executable, "-c", STARVED], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None and process.stdout is not None
        port = int(process.stdout.readline())
        held = [socket.create_connection(("127.0.0.1", port), 5) for _ in range(40)]
        time.sleep(2.0)
        for opened in held:
            opened.close()
        out, errors = process.communicate("go\n", 60)
    assert (process.returncode, out) == (0, "answers again\n"), errors
    assert "Traceback" not in errors
