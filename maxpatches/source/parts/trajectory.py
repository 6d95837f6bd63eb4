"""lb.trajectory: lines, circles and helices about the point of the free voice."""

from __future__ import annotations

from maxpatches.source import controls, look
from maxpatches.source.reference import Reference
from maxpatches.source.sheet import Sheet, osc
from rt.osc.table import INCOMING

SHAPES = INCOMING["/lb/trajectory"].args[0].choices

REFERENCE = Reference(
    name="lb.trajectory",
    digest="The free voice moves along a line, a circle or a helix",
    description=(
        "The free voice moves about its point: choose a shape, how often it goes round and how far. The point itself "
        "comes from lb.xy, lb.latents or lb.symbols. Wire the outlet to lb.bridge."
    ),
    inlets=("a message",),
    outlets=("OSC messages for lb.bridge",),
    messages=(
        *((name, f"The shape is {name}." if name != "off" else "It rests.") for name in SHAPES),
        ("frequency HERTZ", "How often it goes round."),
        ("radius SIZE", "How far it goes, in latent units."),
    ),
    size=(480, 110),
    addresses=("/lb/trajectory", "/lb/gate"),
)


def draw(sheet: Sheet) -> None:
    """Draw it on an empty sheet."""
    box, wires = sheet.box, sheet.wires
    sheet.head("lb.trajectory", "about the point of the free voice", (560, 0))
    out = sheet.outlet((20, 10), "OSC messages for lb.bridge")
    into = sheet.inlet((20, 0), "a shape, frequency HERTZ or radius SIZE")
    kinds = box("route frequency radius", (20, 1.5))
    named = box("prepend symbol", (180, 2.5))
    shape = box("tab", (20, 4), face=(10, 58, 230, 24), extent=(200, 24), tabs=list(SHAPES), **look.TABS)
    sheet.label("shape", (20, 5), (10, 38, 80, 18))
    _, frequency, radius = INCOMING["/lb/trajectory"].args
    often = controls.dial_of(
        sheet, (240, 4), (270, 44, 60, 48), "/lb/trajectory", "frequency", float(frequency.default or 0)
    )
    far = controls.dial_of(sheet, (340, 4), (350, 44, 60, 48), "/lb/trajectory", "radius", float(radius.default or 0))
    facts = box(f"pak {SHAPES[0]} {float(frequency.default or 0)} {float(radius.default or 0)}", (20, 7))
    sent = box(f"prepend {osc('/lb/trajectory')}", (20, 8))
    wires((into, kinds), (kinds, often), (kinds, far, 1), (kinds, named, 2), (named, shape))
    wires((shape, facts, 1), (often, facts, 0, 1), (far, facts, 0, 2), (facts, sent), (sent, out))
    controls.repeat(sheet, (240, 8), facts)
    controls.gate(sheet, (440, 4), (402, 8, 68, 22), out)
