"""An engine process that takes over from a lost one leaves when a sound library hangs, so that another can try."""

from __future__ import annotations

import queue
import threading
from typing import Any

import pytest

from rt.audio import engine_process, leaving
from rt.audio.engine_messages import EngineConfigMessage
from rt.audio.engine_process import EngineProcess
from rt.audio.host_pipe import Stop
from rt.audio.leaving import EXIT_LOST
from rt.audio.rings import Shared
from rt.config import config
from rt.errors import DeviceError


@pytest.mark.parametrize("hanging", ["choose", "refresh", "AudioStream"])
def test_a_library_that_hangs_ends_the_process(hanging: str, monkeypatch: pytest.MonkeyPatch) -> None:
    left, has_left, stop = [], threading.Event(), Stop()

    def leave(code: int) -> None:
        left.append(code)
        stop.request()
        has_left.set()

    def hang(*_: Any) -> Any:
        assert has_left.wait(10.0), "it hangs for ever"
        if hanging != "refresh":
            raise DeviceError("hung")

    def find(*_: Any) -> Any:
        if hanging != "AudioStream":
            raise DeviceError("not there")
        return type("Route", (), {"main": None, "input": None, "sample_rate_hz": 48_000.0})()

    monkeypatch.setattr(engine_process, "choose", find)
    monkeypatch.setattr(engine_process, "refresh", lambda: None)
    monkeypatch.setattr(engine_process, hanging, hang)
    monkeypatch.setattr(leaving, "leave", leave)
    monkeypatch.setattr(leaving, "JOIN_S", 0.2)
    monkeypatch.setattr(EngineProcess, "_hear_only", lambda *_: None)
    settings = config.load(flags={"audio.output": "none", "listen.on": True})
    shared = Shared()
    try:
        message = EngineConfigMessage(
            shared=shared.name, bundle="", provider="cpu", audio=settings.audio, engine=settings.engine,
            listen=settings.listen, sample_rate_hz=48_000.0, is_again=True,
        )  # fmt: skip
        maker: Any = None
        process = EngineProcess(message, maker, maker, stop, queue.SimpleQueue())
        assert process.run() == 0
        process._shared.close()
    finally:
        shared.close()
        stop._receiver.close()
        stop._sender.close()
    assert left == [EXIT_LOST]
