"""A JACK server whose name all programs here find, and a bridge that records."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.recording_bridge import RecordingBridge
from tests.system.jackd import Jackd


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Jackd]:
    """One that loses no message on a busy machine; a test may kill it, and then starts it again."""
    with Jackd() as running:
        running.announce(monkeypatch)
        yield running


@pytest.fixture
def bridge() -> RecordingBridge:
    return RecordingBridge()
