"""Each message becomes its events or is answered; wrong ones change nothing."""

from __future__ import annotations

import pytest

import rt
from rt.bundle.manifest import FORMAT
from rt.events import (
    Event,
)
from rt.osc.message import Value
from tests.support.recording_bridge import N_LATENTS, RecordingBridge
from tests.unit.osc.wire import GOOD, Client


@pytest.mark.parametrize(("address", "args", "events"), GOOD)
def test_settings_become_events(
    host: RecordingBridge, client: Client, address: str, args: tuple[Value, ...], events: list[Event]
) -> None:
    client.send(address, *args)
    assert client.is_silent()
    assert host.events == events


BAD: list[tuple[str, tuple[Value, ...], str]] = [
    ("/lb/note", (), "takes 2 to 3 arguments"),
    ("/lb/note", (60.5, 100), "whole number"),
    ("/lb/note", (128, 100), "note must be 0 to 127, got 128"),
    ("/lb/note", (60, 100, 0), "channel must be 1 to 16"),
    ("/lb/note", ("c4", 100), "note must be a number"),
    ("/lb/instrument", ("kazoo",), "there are Alto-Sax, Flute, Piano, Trumpet-C, Violin"),
    ("/lb/instrument", ("",), "no instrument"),
    ("/lb/panic", ("now",), "takes 0 arguments"),
    ("/lb/panic", (1, 1), "takes 0 arguments"),
    ("/lb/sync", (3e9,), "id must be -2147483648 to 2147483647, got 3000000000"),
    ("/lb/gain", (float("nan"),), "finite"),
    ("/lb/gain", (99.0,), "-60 to 12 dB"),
    ("/lb/latent", (0.0,) * (N_LATENTS - 1), f"takes {N_LATENTS} arguments"),
    ("/lb/latent", (float("inf"),) * N_LATENTS, "finite"),
    ("/lb/latent/xy", (0.0, 1.5), "y must be -1 to 1"),
    ("/lb/symbol", ("Flute", 9, 0, 0), "octave must be 0 to 8"),
    ("/lb/symbol", ("Flute", 4, 0, 5), "dynamics must be 0 to 4"),
    ("/lb/symbol", ("Flute", 4, 12, 0), "pitch_class"),
    ("/lb/interp", ("quartic", 1.0), "none, linear, cubic"),
    ("/lb/trajectory", ("spiral", 1.0, 1.0), "off, line, circle, helix"),
    ("/lb/listen", (2,), "on must be 0 to 1"),
    ("/lb/nonsense", (1,), "unknown address"),
    ("/other", (), "unknown address"),
    ("/lb/notify", ("nowhere.example", 9000), "IPv4 address or localhost"),
    ("/lb/notify", ("0.0.0.0", 9000), "one machine"),
    ("/lb/notify", ("255.255.255.255", 9000), "one machine"),
    ("/lb/notify", ("239.1.2.3", 9000), "one machine"),
    ("/lb/notify", ("127.0.0.1", 0), "port must be 1 to 65535"),
    ("/lb/notify", ("127.0.0.1", 70000), "port must be 1 to 65535"),
    ("/lb/notify", ("127.0.0.1", 7, 0), "is no client"),
]


@pytest.mark.parametrize(("address", "args", "reason"), BAD)
def test_bad_messages_are_answered_and_change_nothing(
    host: RecordingBridge, client: Client, address: str, args: tuple[Value, ...], reason: str
) -> None:
    answer = client.ask(address, *args)
    assert answer[:2] == ["/lb/fail", address]
    assert reason in answer[2]
    assert host.events == []


def test_requests_are_answered(host: RecordingBridge, client: Client) -> None:
    assert client.ask("/lb/ping") == ["/lb/pong"]
    assert client.ask("/lb/version") == ["/lb/version.reply", "latent-bridge", rt.__version__, "memory", FORMAT]
    client.send("/lb/instrument", "violin", 1)
    status = client.ask("/lb/status")
    assert status == ["/lb/status.reply", 3, 0.25, 0.0, 2, 0, 0, 48000, 0, 5.0, 0, "Violin", "memory", 1, -18.0, 0]


def test_counters_beyond_31_bits_stay_at_the_end(host: RecordingBridge, client: Client) -> None:
    host.counters.blocks = 1e12
    assert client.ask("/lb/status")[6] == 2**31 - 1
