"""lb.symbols: the free voice by labels."""

from __future__ import annotations

from maxpatches.source import controls, look
from maxpatches.source.names import classes, instruments
from maxpatches.source.reference import Reference
from maxpatches.source.sheet import Sheet, osc

REFERENCE = Reference(
    name="lb.symbols",
    digest="The free voice by octave, pitch class, dynamics and instrument",
    description=(
        "Sends the free voice to where labels lie in the latent space. A note that the instrument lacks moves by "
        "octaves. Press sound to hear it. Wire the outlet to lb.bridge."
    ),
    inlets=("a MIDI note number, or a message",),
    outlets=("OSC messages for lb.bridge",),
    messages=(
        ("int", "A MIDI note number: octave and pitch class."),
        ("dynamics NUMBER", "0 is the softest."),
        ("instrument NAME", "One of the instruments."),
    ),
    size=(480, 190),
    addresses=("/lb/symbol", "/lb/gate"),
)


def draw(sheet: Sheet) -> None:
    """Draw it on an empty sheet."""
    box, wires = sheet.box, sheet.wires
    sheet.head("lb.symbols", "the free voice by labels", (900, 0))
    out = sheet.outlet((20, 13), "OSC messages for lb.bridge")
    into = sheet.inlet((20, 0), "MIDI note, dynamics N, instrument NAME")
    kinds = box("route dynamics instrument", (20, 1.5))
    note = box("t i i", (240, 3))
    octave, pitch = box("/ 12", (240, 4)), box("% 12", (400, 4))
    wires((into, kinds), (kinds, note, 2), (note, octave), (note, pitch, 1))
    lower = box("- 1", (240, 5))
    wires((octave, lower))

    choices = (
        ("octave", classes("octave"), (240, 6.0), (10.0, 66.0, 240.0, 22.0)),
        ("pitch class", classes("pitch_class"), (400, 6.0), (10.0, 112.0, 460.0, 22.0)),
        ("dynamics", classes("dynamics"), (560, 6.0), (10.0, 158.0, 240.0, 22.0)),
    )
    tabs = []
    for name, names, at, face in choices:
        tabs.append(box("tab", at, face=face, extent=(140, 22), tabs=list(names), **look.TABS))
        at_start = {"octave": 4, "pitch class": 0, "dynamics": 2}[name]
        sheet.start(tabs[-1], f"set {at_start}", (at[0], at[1] - 1) if name == "dynamics" else (at[0] + 65, at[1] - 1))
        sheet.label(name, (at[0], at[1] + 1), (face[0], face[1] - 20, 120, 18))
    menu = box(
        "umenu", (20, 6), face=(270, 66, 120, 22), extent=(120, 22), items=controls.items(instruments()), **look.MENU
    )
    sheet.label("instrument", (20, 7), (270, 46, 100, 18))
    chosen = box("prepend symbol", (110, 4))
    labels = box(f"pak {instruments()[0]} 4 0 2", (20, 10))
    sent = box(f"prepend {osc('/lb/symbol')}", (20, 11))
    wires((lower, tabs[0]), (pitch, tabs[1]), (kinds, tabs[2]), (kinds, chosen, 1), (chosen, menu))
    wires((menu, labels, 1), *((tab, labels, 0, k + 1) for k, tab in enumerate(tabs)))
    wires((labels, sent), (sent, out))
    controls.gate(sheet, (720, 6), (402, 8, 68, 22), out)
