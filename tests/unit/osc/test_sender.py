"""A saved path sent to a bridge by OSC."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import numpy as np
import pytest

from rt.cli import main
from rt.commands.send import send
from rt.config.config import OscConfig
from rt.errors import ControlError
from rt.offline import latent_path
from rt.offline.latent_path import SILENT_DB, LatentPath
from rt.osc.sender import Sender
from rt.osc.server import OscServer
from rt.parameters import GATE, INTERPOLATION, LATENT
from tests.support.recording_bridge import N_LATENTS, RecordingBridge

CONFIG = OscConfig(host="127.0.0.1", port=0, reply_port=9131, query=False, query_port=0)
LATENTS = np.linspace(0.0, 1.0, 3)[:, None] * np.ones((3, N_LATENTS), np.float32)


def test_a_path_takes_its_time_and_gates_with_its_level() -> None:
    host = RecordingBridge()
    curve = LatentPath(np.asarray([0.0, 0.2, 0.3]), LATENTS.astype(np.float32), np.asarray([0.0, 0.0, 2 * SILENT_DB]))
    with OscServer(CONFIG, host) as server:
        sender = Sender("127.0.0.1", server.port)
        start_s = time.monotonic()
        send(curve, sender)
        assert time.monotonic() - start_s >= 0.3
        assert host.wait_for(lambda: GATE.set(False) in host.events)
        sender.close()
    assert host.events[0] == INTERPOLATION.set(0, 0.0) and INTERPOLATION.is_set_by(host.events[2])
    assert host.events.index(GATE.set(True)) < host.events.index(GATE.set(False))
    points = [event.values[0] for event in host.events if LATENT.is_set_by(event)]
    assert len(points) > 3 and points == sorted(points) and points[0] == 0.0


def test_nobody_there_is_told_in_one_line(
    tiny_bundle_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind(("127.0.0.1", 0))
        monkeypatch.setattr("rt.osc.sender.ANSWER_S", 0.05)
        port = deaf.getsockname()[1]
        with pytest.raises(ControlError, match="no bridge answers"):
            Sender("127.0.0.1", port)
        for wrong in (0, -1, 65536):
            with pytest.raises(ControlError, match=f"1 to 65535, got {wrong}"):
                Sender("127.0.0.1", wrong)
        latent_path.save(tmp_path / "a.npz", [LatentPath(np.zeros(1), np.zeros((1, 4), np.float32), np.zeros(1))])
        command = ["send", str(tmp_path / "a.npz"), "--bundle", str(tiny_bundle_path), "--osc-port", str(port)]
        assert main(command) == 2
    said = capsys.readouterr().err
    assert "no bridge answers" in said and said.count("\n") == 1
