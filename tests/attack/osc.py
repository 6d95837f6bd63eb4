"""Malformed OSC datagrams from many senders, while the program plays."""

from __future__ import annotations

import json
import math
import random
import socket
import struct
import time
from typing import Any

from tests.attack.live import Target, target
from tests.attack.report import Report
from tests.system.program import latent_bridge

LEFT_OUT = {"/lb/listen"}
"""Starts the engine anew on purpose."""
ODD_ARGUMENTS: tuple[Any, ...] = (
    0,
    1,
    -1,
    2**31 - 1,
    -(2**31),
    60,
    127,
    128,
    0.0,
    math.nan,
    math.inf,
    -math.inf,
    1e38,
    -1e-38,
    "",
    "violin",
    "x" * 50,
    "x" * 5000,
    "../../etc",
    "%s%n",
    b"",
    bytes(100),
    True,
    False,
    "127.0.0.1",
    "default",
)
TAGS = "ifsbhdtcrmTFNI[]SX "
ODD_ADDRESSES = (
    "/lb/*",
    "/lb/{note,panic}",
    "/",
    "//",
    "/lb",
    "/lb/status.reply",
    "/lb/fail",
    "/lb/pong",
    "/" + "y" * 300,
    "/LB/NOTE",
    "/lb/note/",
)
SENDERS = 50
LOADS_S = 60.0
"""So long the loads that wait may take together."""
EVERY = 500
"""So many datagrams between two questions whether it still answers."""


def osc_datagrams(n_cases: int) -> Report:
    """Send so many; the program must answer all the while, and play afterwards."""
    report, chance = Report("OSC datagrams"), random.Random(1)
    document = json.loads(latent_bridge("osc", "--json")[1])
    messages = [message for message in document["messages"] if message["address"] not in LEFT_OUT]
    with target() as here:
        senders = [_sender(k) for k in range(SENDERS)]
        slowest_s = 0.0
        try:
            for k in range(n_cases):
                data = _datagram(chance, messages)
                try:
                    chance.choice(senders).sendto(data, here.osc.target)
                    report.count("sent")
                except OSError:
                    report.count("too long to send")
                if k % EVERY == EVERY - 1:
                    for sender in senders:
                        _drain(sender)
                    slowest_s = max(slowest_s, _answer_s(here))
                    if slowest_s == math.inf:
                        report.fault(f"no answer after {k + 1} datagrams")
                        break
        finally:
            for sender in senders:
                sender.close()
        report.figures["slowest answer"] = f"{1e3 * slowest_s:.0f} ms"
        here.osc.send("/lb/latent/offset", *[0.0] * 32)
        report.check(_load_default(here), f"the default bundle is not loaded within {LOADS_S:.0f} s")
        here.check(report)
    return report


def _load_default(here: Target) -> bool:
    """Load the default bundle, after all the loads that wait; each swap would end the notes of a check."""
    here.osc.socket.setblocking(False)
    _drain(here.osc.socket)
    end_s = time.monotonic() + LOADS_S
    while time.monotonic() < end_s:
        here.osc.send("/lb/load", "default")
        answer = here.osc.receive(LOADS_S)
        if answer is not None and answer[1][:1] == ["/lb/load"] and answer[0] == "/lb/done":
            return True
        time.sleep(0.2)  # too many wait
    return False


def message(address: str, *arguments: Any, tags: str | None = None) -> bytes:
    """One OSC message; tags : instead of the right ones."""
    found, data = ",", b""
    for argument in arguments:
        if isinstance(argument, bool):
            found += "T" if argument else "F"
        elif isinstance(argument, int):
            found, data = found + "i", data + struct.pack(">i", argument)
        elif isinstance(argument, float):
            found, data = found + "f", data + struct.pack(">f", argument)
        elif isinstance(argument, bytes):
            found, data = found + "b", data + struct.pack(">i", len(argument)) + argument + bytes(-len(argument) % 4)
        else:
            found, data = found + "s", data + _padded(argument.encode())
    return _padded(address.encode()) + _padded((tags or found).encode()) + data


def _padded(data: bytes) -> bytes:
    return data + bytes(4 - len(data) % 4)


def _bundle(*elements: bytes, time_tag: int, sizes: list[int] | None = None) -> bytes:
    data = b"#bundle\0" + struct.pack(">Q", time_tag)
    for k, element in enumerate(elements):
        data += struct.pack(">i", sizes[k] if sizes else len(element)) + element
    return data


def _arguments(chance: random.Random, row: dict[str, Any]) -> list[Any]:
    """Arguments as the table wants them."""
    found: list[Any] = []
    for spec in row["args"]:
        for _ in range(32 if spec.get("per_latent") else 1):
            low, high = spec.get("low"), spec.get("high")
            low, high = -5 if low is None else low, 5 if high is None else high
            if spec["type"] == "i":
                found.append(chance.randint(int(low), int(high)))
            elif spec["type"] == "f":
                found.append(chance.uniform(low, high))
            else:
                found.append(chance.choice(list(spec.get("choices") or ["violin", "piano", "default"])))
    return found


def _datagram(chance: random.Random, rows: list[dict[str, Any]]) -> bytes:
    row = chance.choice(rows)
    if row["address"] in ("/lb/notify", "/lb/load") and chance.random() < 0.9:
        row = chance.choice(rows)
    address, right = row["address"], _arguments(chance, row)
    whole = message(address, *right)
    way = chance.randrange(12)
    if way == 0:
        return chance.randbytes(chance.choice((0, 1, 3, 4, 8, 16, 40, 200, 1400)))
    if way == 1:
        return b"/" + chance.randbytes(chance.randrange(1, 60))
    if way == 2:
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        return bytes(data) if b"/lb/listen" not in data else b""
    if way == 3:
        return whole[: chance.randrange(len(whole) + 1)]
    if way == 4:
        return message(address, *[chance.choice(ODD_ARGUMENTS) for _ in range(chance.randrange(8))])
    if way == 5:
        return message(address, *right, chance.choice(ODD_ARGUMENTS))
    if way == 6:
        return message(address, *right, tags="," + "".join(chance.choices(TAGS, k=chance.randrange(20))))
    if way == 7:
        for _ in range(100):
            whole = _bundle(whole, time_tag=chance.choice((1, 0, 2**64 - 1, chance.getrandbits(64))))
        return whole
    if way == 8:
        elements = [message(other["address"], *_arguments(chance, other)) for other in chance.sample(rows, 3)]
        sizes = [chance.choice((-1, 0, -(2**31), 2**31 - 1, 4, 3, len(element))) for element in elements]
        return _bundle(*elements, time_tag=chance.getrandbits(64), sizes=sizes)
    if way == 9:
        many = [message(address, *_arguments(chance, row)) for _ in range(chance.randrange(60))]
        return _bundle(*many, time_tag=1)[:65_000]
    if way == 10 and chance.random() < 0.05:
        return message(address, "A" * 60_000) if chance.random() < 0.5 else chance.randbytes(65_000)
    return message(chance.choice(ODD_ADDRESSES), *right)


def _sender(k: int) -> socket.socket:
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.bind((f"127.0.{k}.1", 0))
    sender.setblocking(False)
    return sender


def _drain(sender: socket.socket) -> None:
    try:
        while True:
            sender.recv(65_536)
    except OSError:
        return


def _answer_s(here: Target) -> float:
    here.osc.socket.setblocking(False)
    _drain(here.osc.socket)
    return here.answers()
