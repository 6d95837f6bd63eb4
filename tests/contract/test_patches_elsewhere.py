"""The patches and examples outside Max use the addresses of the table, with the right types and ports."""

from __future__ import annotations

import json
import re

import pytest

from maxpatches.source.names import n_latents
from rt.config import config
from rt.osc.table import INCOMING, OUTGOING
from tests.support.pd_patches import FOLDER, Patch

EXAMPLES = FOLDER.parent

PD = [Patch(path) for path in sorted(FOLDER.glob("*.pd"))]


def test_there_are_all_pure_data_patches() -> None:
    assert {patch.path.name for patch in PD} >= {"keys.pd", "xy.pd", "latents.pd", "heard.pd", "lb.in.pd", "lb.out.pd"}


@pytest.mark.parametrize("patch", PD, ids=lambda patch: patch.path.name)
def test_pure_data_sends_what_the_table_lists(patch: Patch) -> None:
    for address, types in patch.sent():
        assert address in INCOMING, address
        wanted = "".join(arg.type * (n_latents() if arg.per_latent else 1) for arg in INCOMING[address].args)
        n_needed = sum(n_latents() if arg.per_latent else not arg.optional for arg in INCOMING[address].args)
        assert n_needed <= len(types) <= len(wanted), address
        assert wanted.startswith(types), address
    for address, expected in patch.taken():
        assert address in OUTGOING, address
        if expected is not None:  # Pd has no integers
            assert expected == "".join("s" if arg.type == "s" else "f" for arg in OUTGOING[address].args), address


def test_pure_data_covers_keys_xy_latents_and_heard() -> None:
    sent = {address for patch in PD for address, _ in patch.sent()}
    taken = {address for patch in PD for address, _ in patch.taken()}
    assert {"/lb/note", "/lb/instrument", "/lb/latent/xy", "/lb/latent", "/lb/latent/offset", "/lb/listen"} <= sent
    assert {"/lb/heard/note", "/lb/heard/symbols", "/lb/heard/latent"} <= taken


def test_pure_data_uses_the_default_ports() -> None:
    osc = config.load().osc
    objects = [" ".join(words) for patch in PD for words in patch.objects]
    assert f"msg connect 127.0.0.1 {osc.port}" in objects
    assert f"msg {osc.reply_port}" in objects
    ports = {int(number) for text in objects for number in re.findall(r"\b9\d{3}\b", text)}
    assert ports == {osc.port, osc.reply_port}


@pytest.mark.parametrize("patch", PD, ids=lambda patch: patch.path.name)
def test_pure_data_wires_join_objects_that_are_there(patch: Patch) -> None:
    assert patch.wires
    assert all(max(a, c) < len(patch.objects) for a, _, c, _ in patch.wires)
    assert len(set(patch.wires)) == len(patch.wires)


@pytest.mark.parametrize("name", ["supercollider/pattern.scd", "python/play.py"])
def test_scripts_use_addresses_of_the_table_and_the_default_port(name: str) -> None:
    text = (EXAMPLES / name).read_text("utf-8")
    found = set(re.findall(r"\"(/lb/[^\"]*)\"", text))
    assert len(found) >= 5
    assert found <= INCOMING.keys() | OUTGOING.keys()
    osc = config.load().osc
    assert {int(number) for number in re.findall(r"\b9\d{3}\b", text)} <= {osc.port, osc.reply_port}
    assert str(osc.port) in text


SHARED = {"type", "id", "left", "top", "width", "height", "colorWidget", "default", "onValue"} | {
    "address", "preArgs", "typeTags", "decimals", "bypass",
}  # fmt: skip
OWN = {
    "button": {"label", "on", "off", "mode", "wrap"},
    "dropdown": {"label", "values"},
    "switch": {"values", "layout", "mode"},
    "fader": {"range", "design", "spring", "snap"},
    "xy": {"rangeX", "rangeY", "snap", "label"},
    "text": set(),
}
"""Properties of the widgets of Open Stage Control 1.25 and later that we use."""


def test_open_stage_control_session_fits_the_table() -> None:
    content = json.loads((EXAMPLES / "open-stage-control/latent-bridge.json").read_text("utf-8"))["content"]
    widgets = content["widgets"]
    assert len({widget["id"] for widget in widgets}) == len(widgets) > 20
    for widget in widgets:
        # Open Stage Control drops what a kind of widget does not have, without a word.
        assert widget.keys() <= SHARED | OWN[widget["type"]], widget["id"]
        if widget["type"] == "text":
            continue
        args = INCOMING[widget["address"]].args
        assert widget["typeTags"] == "".join(arg.type for arg in args if not arg.optional)
        for key, arg in zip(("range", "rangeX", "rangeY"), (args[:1] or args) + args[:2], strict=False):
            if key in widget:
                assert widget[key] == {"min": arg.low, "max": arg.high}, widget["id"]
        if "values" in widget and args[0].choices:
            assert tuple(widget["values"].values()) == args[0].choices
        assert widget["left"] + widget["width"] <= content["width"]
        assert widget["top"] + widget["height"] <= content["height"]
    boxes = [(w["left"], w["top"], w["left"] + w["width"], w["top"] + w["height"]) for w in widgets]
    for k, a in enumerate(boxes):
        assert not any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for b in boxes[:k])
