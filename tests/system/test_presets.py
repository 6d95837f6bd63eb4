"""Presets of the real program: they outlive it, and bring back what was set."""

from __future__ import annotations

from pathlib import Path

import pytest

from rt.config.user_folder import FOLDER
from tests.system.osc_client import Osc
from tests.system.program import BridgeProgram

pytestmark = pytest.mark.timeless


def test_a_preset_outlives_the_program(tmp_path: Path) -> None:
    flags = ("--audio", f"file:{tmp_path / 'out.wav'}", "--midi-in", "none", "--no-oscquery", "--gain", "-3")
    environment = {"XDG_CONFIG_HOME": str(tmp_path), FOLDER: ""}
    with BridgeProgram(*flags, environment=environment) as bridge, Osc(bridge.osc_port) as osc:
        bridge.wait_ready()
        osc.send("/lb/instrument", "violin", 0)
        osc.send("/lb/latent/xy", 0.5, -0.5)
        assert osc.ask("/lb/done", "/lb/preset", "save", "Mine") == ["/lb/preset", "save Mine"]
    text = (tmp_path / "latent-bridge" / "presets" / "Mine.toml").read_text(encoding="utf-8")
    assert 'instrument = "Violin"' in text and "gain = -3.0" in text and "x = 0.5" in text
    with BridgeProgram(*flags, environment=environment) as bridge, Osc(bridge.osc_port) as osc:
        bridge.wait_ready()
        assert osc.ask("/lb/status.reply", "/lb/status")[10] == "Alto Sax"
        assert osc.ask("/lb/done", "/lb/preset", "load", "mine") == ["/lb/preset", "load mine"]
        assert osc.ask("/lb/status.reply", "/lb/status")[10] == "Violin"
        osc.send("/lb/preset", "list")
        assert osc.ask("/lb/done", "/lb/sync", 1) == ["/lb/preset", "list 11"]
        assert osc.ask("/lb/fail", "/lb/preset", "load", "yours")[1].startswith("there is no preset 'yours'")
