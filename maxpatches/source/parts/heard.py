"""lb.heard: what the bridge hears in its microphone, as notes, labels and latents."""

from __future__ import annotations

from maxpatches.source import controls, look
from maxpatches.source.names import classes, n_latents
from maxpatches.source.reference import Reference
from maxpatches.source.sheet import Sheet, osc

REFERENCE = Reference(
    name="lb.heard",
    digest="What the bridge hears: notes, labels and latents",
    description=(
        "Turns the transcription of the microphone on and shows it: notes on the keyboard, labels as bars, the latents "
        "and a trace of the first two. Notes go on to MIDI when MIDI out is pressed. "
        "Wire the inlet to the left outlet of lb.bridge, and the left outlet to its inlet."
    ),
    inlets=("what lb.bridge puts out",),
    outlets=("OSC messages for lb.bridge", "pitch and velocity of what is heard", "latents of what is heard"),
    messages=(("anything", "What lb.bridge puts out."),),
    size=(480, 330),
    addresses=("/lb/listen", "/lb/heard/note", "/lb/heard/symbols", "/lb/heard/latent"),
)


def draw(sheet: Sheet) -> None:
    """Draw it on an empty sheet."""
    box, wires = sheet.box, sheet.wires
    sheet.head("lb.heard", "live transcription", (1000, 0))
    into = sheet.inlet((20, 0), "what lb.bridge puts out")
    out = sheet.outlet((20, 15), "OSC messages for lb.bridge")
    notes_out = sheet.outlet((140, 15), "pitch and velocity")
    latents_out = sheet.outlet((760, 15), "latents")
    heard = ("/lb/heard/note", "/lb/heard/symbols", "/lb/heard/latent")
    kinds = box(f"route {' '.join(osc(address) for address in heard)}", (140, 1.5))
    wires((into, kinds))

    listen = box("textbutton", (20, 5), face=(402, 8, 68, 22), extent=(68, 22), **controls.toggle("listen"))
    sent = box(f"prepend {osc('/lb/listen')}", (20, 6))
    wires((listen, sent), (sent, out))

    sheet.note("notes", (140, 3))
    both = box("t l l l", (140, 4))
    keys = box("kslider", (190, 8), face=(10, 268, 460, 52), extent=(150, 53), range=61, offset=36, mode=1, **look.KEYS)
    open_midi = box("textbutton", (360, 5), face=(324, 8, 72, 22), extent=(72, 22), **controls.toggle("MIDI out"))
    through = box("gate", (300, 7))
    parts = box("unpack 0 0", (190, 6))
    wires((kinds, both), (both, notes_out), (both, parts, 1), (parts, keys), (parts, keys, 1, 1))
    wires((both, through, 2, 1), (open_midi, through))
    split, played = box("unpack 0 0", (360, 11)), box("noteout", (360, 12))
    wires((through, split), (split, played), (split, played, 1, 1))

    sheet.note("labels", (460, 3))
    labels = box("unpack s 0 0 0", (460, 4))
    name = box("prepend set", (460, 7))
    wires((kinds, labels, 1), (labels, name))
    shown = sheet.label("-", (460, 8), (10, 60, 140, 20), **look.VALUE)
    sheet.label("instrument", (460, 9), (10, 42, 100, 18))
    wires((name, shown))
    for k, (symbol, face) in enumerate(
        (("octave", (160.0, 60.0, 150.0, 22.0)), ("dynamics", (320.0, 60.0, 150.0, 22.0)))
    ):
        bars = box(
            "tab",
            (460, 10 + 2 * k),
            face=face,
            extent=(140, 22),
            tabs=list(classes(symbol)),
            ignoreclick=1,
            **look.TABS,
        )
        lit = box("prepend set", (620, 10 + 2 * k))
        wires((labels, lit, 1 if symbol == "octave" else 3), (lit, bars))
        sheet.label(symbol, (460, 11 + 2 * k), (face[0], 42, 100, 18))
    pitch = box(
        "tab", (460, 14), face=(10, 106, 460, 22), extent=(140, 22), tabs=list(classes("pitch_class")), ignoreclick=1,
        **look.TABS,
    )  # fmt: skip
    lit = box("prepend set", (620, 14))
    wires((labels, lit, 2), (lit, pitch))
    sheet.label("pitch class", (460, 15), (10, 88, 100, 18))

    sheet.note("latents", (760, 3))
    point = box("t l l l", (760, 4))
    bars = box(
        "multislider", (1000, 6), face=(10, 152, 220, 108), extent=(120, 60), size=n_latents(), settype=1, setstyle=1,
        signed=1, setminmax=[-5.0, 5.0], ignoreclick=1, **look.SLIDERS,
    )  # fmt: skip
    two = box("zl slice 2", (870, 6))
    trace = box(
        "multislider", (1000, 9), face=(240, 152, 230, 108), extent=(120, 60), size=2, settype=1, setstyle=3, signed=1,
        setminmax=[-5.0, 5.0], ignoreclick=1, **look.SLIDERS,
    )  # fmt: skip
    wires((kinds, point, 2), (point, latents_out), (point, two, 1), (point, bars, 2), (two, trace))
    sheet.label("latents", (1000, 11.5), (10, 134, 100, 18))
    sheet.label("trace of the first two", (1000, 12.5), (240, 134, 140, 18))
