"""A client of the OSC server under test, and every message that it understands."""

from __future__ import annotations

import socket
from typing import Any

from pythonosc.osc_message import OscMessage

from rt.config.config import OscConfig
from rt.events import AllSoundOff, Event, NoteOff, NoteOn
from rt.osc.message import Value
from rt.osc.server import build
from rt.parameters import (
    ALIVE,
    BEND,
    GAIN,
    GATE,
    INSTRUMENT,
    INTERPOLATION,
    LATENT,
    LATENT_OFFSET,
    LATENT_XY,
    LEGATO,
    SYMBOL,
    TRAJECTORY,
)
from tests.support.recording_bridge import N_LATENTS

CONFIG = OscConfig(host="127.0.0.1", port=0, reply_port=9131, query=False, query_port=0)
NOBODY = ("127.0.0.1", 9)


class Client:
    """A UDP socket that speaks OSC."""

    def __init__(self, port: int) -> None:
        self.to = ("127.0.0.1", port)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]

    def send(self, address: str, *args: Value) -> None:
        self.socket.sendto(build(address, args), self.to)

    def receive(self, limit_s: float = 5.0) -> list[Any]:
        """Address and arguments of the next message."""
        self.socket.settimeout(limit_s)
        message = OscMessage(self.socket.recv(65536))
        return [message.address, *message.params]

    def ask(self, address: str, *args: Value) -> list[Any]:
        self.send(address, *args)
        return self.receive()

    def is_silent(self) -> bool:
        """Whether the answer to a ping is the next message."""
        return bool(self.ask("/lb/ping") == ["/lb/pong"])


FLAT = (0.5,) * N_LATENTS
GOOD: list[tuple[str, tuple[Value, ...], list[Event]]] = [
    ("/lb/note", (60, 100), [NoteOn(0, 60, 100)]),
    ("/lb/note", (60.0, 100.0, 16.0), [NoteOn(15, 60, 100)]),
    ("/lb/note", (60, 0, 2), [NoteOff(1, 60)]),
    ("/lb/panic", (), [AllSoundOff(-1)]),
    ("/lb/panic", (1.0,), [AllSoundOff(-1)]),
    ("/lb/panic", (0.0,), []),
    ("/lb/instrument", ("alto sax",), [INSTRUMENT.on(-1, 0)]),
    ("/lb/instrument", ("FLUTE", 3), [INSTRUMENT.on(2, 1)]),
    ("/lb/instrument", ("trumpet", 0), [INSTRUMENT.on(-1, 3)]),
    ("/lb/gain", (-20,), [GAIN.set(-20)]),
    ("/lb/bend", (-1.5,), [BEND.on(-1, -1.5)]),
    ("/lb/legato", (1,), [LEGATO.on(-1, True, 0.1)]),
    ("/lb/legato", (0, 0.5, 3), [LEGATO.on(2, False, 0.5)]),
    ("/lb/alive", (1,), [ALIVE.set(1.0)]),
    ("/lb/latent", FLAT, [LATENT.set(*FLAT)]),
    ("/lb/latent", (1,) * N_LATENTS, [LATENT.set(*(1.0,) * N_LATENTS)]),
    ("/lb/latent/offset", FLAT, [LATENT_OFFSET.set(*FLAT)]),
    ("/lb/latent/xy", (-1, 0.25), [LATENT_XY.set(-1.0, 0.25)]),
    ("/lb/symbol", ("Piano", 4, 9, 2), [SYMBOL.set(2, 69, 2)]),
    ("/lb/symbol", ("Piano", 4, 9, 2, 1), [SYMBOL.set(2, 69, 2), GATE.set(True)]),
    ("/lb/symbol", ("Flute", 1, 2, 0, 0), [SYMBOL.set(1, 62, 0), GATE.set(False)]),
    ("/lb/gate", (1,), [GATE.set(True)]),
    ("/lb/interp", ("cubic", 2), [INTERPOLATION.set(2, 2.0)]),
    ("/lb/trajectory", ("helix", 0.5, 2), [TRAJECTORY.set(3, 0.5, 2.0)]),
    ("/lb/trajectory", ("off",), [TRAJECTORY.set(0, 0.2, 1.0)]),
]
