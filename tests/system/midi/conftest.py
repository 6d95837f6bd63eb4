"""A JACK server whose name all programs here find, and a bridge that records."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.recording_bridge import RecordingBridge
from tests.system.jackd import Jackd, urgent


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Jackd]:
    """One that loses no message on a busy machine; a test may kill it, and then starts it again."""
    with Jackd() as running:
        running.announce(monkeypatch)
        yield running


@pytest.fixture
def bridge() -> RecordingBridge:
    return RecordingBridge()


@pytest.fixture
def mortal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Jackd]:
    """An asynchronous one, which does not wait for a client that was killed; urgent, since it loses what is late.

    A synchronous one stands still for ten seconds then, whatever `-t` says, and lets nobody in meanwhile: its freewheel
    driver waits so long for the dead (FREEWHEEL_DRIVER_TIMEOUT of jackd). Ports are back a second later.
    """
    with Jackd(options=urgent()[:-3]) as running:
        running.announce(monkeypatch)
        yield running
