"""What makes a message in a Max patch go out, and what holds it back: wires that were wrong once."""

from __future__ import annotations

from maxpatches.source import controls
from maxpatches.source.parts import heard, keys, trajectory
from tests.support import max_patches
from tests.support.max_patches import wires


def fed_by(name: str, target: str, inlet: int = 0) -> set[str]:
    """What is wired to an inlet of the objects of an abstraction that have this text."""
    level = max_patches.load(max_patches.ROOT / f"patchers/{name}.maxpat")
    return {
        str(a.get("text", a["maxclass"])) for a, _, b, port in wires(level) if (b.get("text"), port) == (target, inlet)
    }


def test_no_host_hears_of_a_patch_before_its_arguments_are_read() -> None:
    assert fed_by("lb.bridge", "pack s 9131") == {"prepend set", "t b b"}
    assert fed_by("lb.bridge", "prepend set") >= {"unpack s 0 0 s"}


def test_the_listen_button_does_not_go_up_while_the_bridge_opens_the_microphone() -> None:
    assert fed_by("lb.heard", "listen") == {"prepend set"}
    assert "gate 1 1" in fed_by("lb.heard", "prepend set")
    assert fed_by("lb.heard", "gate 1 1") == {"t i b 0", "t 1"}
    assert fed_by("lb.heard", "t i b 0") == {"listen"}
    assert fed_by("lb.heard", "t 1") == {"sel /lb/listen", f"delay {heard.ANSWER_MS}"}


def test_a_bridge_that_comes_late_is_told_what_controls_show() -> None:
    again = f"receive {controls.AGAIN}"
    assert fed_by("lb.bridge", f"send {controls.AGAIN}") == {"gate"}
    assert fed_by("lb.bridge", "gate") == {"t 0 b", "t 1"}
    for part, address in ((keys, "/lb/bend"), (keys, "/lb/gain"), (keys, "/lb/alive")):
        assert fed_by(part.REFERENCE.name, f"prepend {address}") == {"live.dial"}
    for part, address in ((keys, "/lb/instrument"), (keys, "/lb/legato"), (trajectory, "/lb/trajectory")):
        (packed,) = fed_by(part.REFERENCE.name, f"prepend {address}")
        assert again in fed_by(part.REFERENCE.name, packed), address


def test_help_patches_end_what_they_begin() -> None:
    patch = max_patches.load(max_patches.ROOT / "help/lb.bridge.maxhelp")
    texts = {entry["box"].get("text") for level in max_patches.levels(patch) for entry in level["boxes"]}
    assert {"/lb/note 69 100 1", "/lb/gate 1", "/lb/listen 1", "/lb/trajectory helix 0.2 1."} <= texts
    assert {"/lb/note 69 0 1", "/lb/gate 0", "/lb/listen 0", "/lb/trajectory off 0.2 1."} <= texts
