"""Five instruments made of the abstractions."""

from __future__ import annotations

from typing import Any

from maxpatches.source import look
from maxpatches.source.parts import bridge, heard, keys, latents, symbols, trajectory, xy
from maxpatches.source.sheet import Sheet, osc

GAP = 8.0
HEAD = 46.0
STEPS = 8


def _sheet(title: str, text: str, size: tuple[float, float]) -> Sheet:
    sheet = Sheet(face=size)
    sheet.box(
        "panel", (1100, 0), face=(0, 0, *size), extent=(60, 22),
        **{**look.PANEL, "bgcolor": list(look.FIELD), "bgfillcolor": {"type": "color", "color": list(look.FIELD)}},
    )  # fmt: skip
    sheet.label(title, (1100, 1), (12, 6, 400, 24), **{**look.TITLE, "fontsize": 16.0})
    sheet.label(text, (1100, 2), (12, 26, size[0] - 24, 18), **look.LABEL)
    return sheet


def keyboard() -> dict[str, Any]:
    """MIDI keyboard: keys, and an offset of every note's timbre."""
    w, h = 480 + 2 * GAP, HEAD + 96 + 170 + 306 + 3 * GAP
    sheet = _sheet("MIDI keyboard", "Play; set the tab of lb.latents to every note and move the sliders.", (w, h))
    y = HEAD
    sent = []
    for part, row in ((keys, 0.0), (latents, 6.0)):
        sent.append(sheet.view(part.REFERENCE, (20, row), face=(GAP, y)))
        y += part.REFERENCE.size[1] + GAP
    connection = sheet.view(bridge.REFERENCE, (20, 17), face=(GAP, y))
    sheet.wires(*((box, connection) for box in sent))
    return sheet.finish(description="Notes from MIDI, timbre from the latents", digest="MIDI keyboard")


def pad() -> dict[str, Any]:
    """XY instrument: a pad, a trajectory, and labels to start from."""
    left = xy.REFERENCE.size[0] + 2 * GAP
    rows = [HEAD]
    for part in (symbols, trajectory, bridge):
        rows.append(rows[-1] + part.REFERENCE.size[1] + GAP)
    w, h = left + 480 + GAP, rows[-1]
    sheet = _sheet("XY instrument", "Press sound and drag. A trajectory circles about the point.", (w, h))
    field = sheet.view(xy.REFERENCE, (20, 0), face=(GAP, HEAD))
    labels = sheet.view(symbols.REFERENCE, (360, 0), face=(left, rows[0]))
    path = sheet.view(trajectory.REFERENCE, (360, 7), face=(left, rows[1]))
    connection = sheet.view(bridge.REFERENCE, (20, 13), face=(left, rows[2]))
    sheet.wires((field, connection), (labels, connection), (path, connection))
    return sheet.finish(description="A pad on the principal axes", digest="XY instrument")


def sequencer() -> dict[str, Any]:
    """Latent sequencer: eight points, one after the other, with glides."""
    w, h = 480 + 2 * GAP, HEAD + 96 + 306 + 70 + 3 * GAP
    text = "Press sound and run. The bars say which point each step plays; shift-click a dot to store."
    sheet = _sheet("Latent sequencer", text, (w, h))
    sliders = sheet.view(latents.REFERENCE, (20, 8), face=(GAP, HEAD + 70 + GAP))
    connection = sheet.view(bridge.REFERENCE, (20, 18.5), face=(GAP, HEAD + 70 + 306 + 2 * GAP))
    sheet.wire(sliders, connection)
    run = sheet.box(
        "textbutton", (20, 0), face=(GAP, HEAD + 4, 60, 24), mode=1, **look.BUTTON, text="run", texton="run"
    )
    tempo = sheet.box("number", (100, 0), face=(GAP, HEAD + 36, 60, 22), minimum=20, maximum=2000, **look.NUMBER)
    sheet.start(tempo, "250", (180, 0))
    clock = sheet.box("metro 250", (20, 2))
    count, first = sheet.chain((20, 3), f"counter 0 {STEPS - 1}", "+ 1")
    fetch = sheet.box("prepend fetch", (20, 5))
    steps = sheet.box(
        "multislider", (260, 2), face=(GAP + 70, HEAD, 410, 62), extent=(200, 60), size=STEPS, settype=0, setstyle=1,
        setminmax=[1.0, float(STEPS)], **look.SLIDERS,
    )  # fmt: skip
    sheet.start(steps, " ".join(str(k + 1) for k in range(STEPS)), (260, 1))
    recall = sheet.box("prepend recall", (260, 5))
    sheet.wires((run, clock), (tempo, clock, 0, 1), (clock, count), (first, fetch), (fetch, steps))
    sheet.wires((steps, recall, 1), (recall, sliders))
    sheet.label("ms a step", (100, 1), (GAP, HEAD + 56, 60, 16))
    return sheet.finish(description="Steps through stored points of the latent space", digest="Latent sequencer")


def microphone() -> dict[str, Any]:
    """Microphone to MIDI: what the bridge hears, to any MIDI port."""
    w, h = 480 + 2 * GAP, HEAD + 96 + heard.REFERENCE.size[1] + 30 + 3 * GAP
    sheet = _sheet(
        "Microphone to MIDI", "Press listen and sing; MIDI out sends the notes on, echo plays them here.", (w, h)
    )
    connection = sheet.view(bridge.REFERENCE, (20, 0), face=(GAP, HEAD))
    ears = sheet.view(heard.REFERENCE, (20, 4.5), face=(GAP, HEAD + 96 + GAP))
    echo = sheet.box(
        "textbutton", (560, 11), face=(GAP, HEAD + 96 + heard.REFERENCE.size[1] + 2 * GAP, 90, 24), mode=1,
        text="echo", texton="echo", **look.BUTTON,
    )  # fmt: skip
    through = sheet.box("gate", (560, 16))
    split, held = sheet.box("unpack 0 0", (560, 17)), sheet.box("flush", (560, 18))
    pair, played = sheet.box("pack 0 0", (560, 19)), sheet.box(f"prepend {osc('/lb/note')}", (560, 20))
    closed = sheet.box("sel 0", (640, 13))
    sheet.wires((connection, ears), (ears, connection), (echo, through), (ears, through, 1, 1), (through, split))
    sheet.wires((split, held), (split, held, 1, 1), (held, pair), (held, pair, 1, 1), (pair, played))
    sheet.wires((echo, closed), (closed, held), (played, connection))
    return sheet.finish(description="Live transcription to MIDI", digest="Microphone to MIDI")


def morphing() -> dict[str, Any]:
    """Morphing machine: two stored points and a slow wave between them."""
    w, h = 480 + 2 * GAP, HEAD + 96 + 306 + 110 + 40 + 4 * GAP
    text = "Press sound and run: a slow wave goes between points 1 and 2; shift-click a dot to store."
    sheet = _sheet("Morphing machine", text, (w, h))
    sliders = sheet.view(latents.REFERENCE, (20, 10), face=(GAP, HEAD + 40))
    path = sheet.view(trajectory.REFERENCE, (540, 10), face=(GAP, HEAD + 40 + 306 + GAP))
    connection = sheet.view(bridge.REFERENCE, (20, 21), face=(GAP, HEAD + 40 + 306 + 110 + 2 * GAP))
    sheet.wires((sliders, connection), (path, connection))
    run = sheet.box(
        "textbutton", (20, 0), face=(GAP, HEAD + 4, 60, 24), mode=1, **look.BUTTON, text="run", texton="run"
    )
    seconds = sheet.box(
        "flonum", (300, 0), face=(GAP + 70, HEAD + 5, 60, 22), minimum=0.5, maximum=120.0, **look.NUMBER
    )
    sheet.label("seconds there and back", (380, 0), (GAP + 136, HEAD + 7, 160, 18))
    sheet.start(seconds, "8.", (300, 1.5))
    clock, both = sheet.chain((20, 2), "metro 30", "t b b")
    rate = sheet.box("expr 0.06 * 3.14159265 / $f1", (300, 3))  # radians in 30 ms
    kept = sheet.box("f 0.024", (110, 4))
    steps = sheet.box("accum 0.", (20, 5))
    wave = sheet.box("expr 0.5 - 0.5 * cos($f1)", (20, 6))
    recall = sheet.message("recall 1 2 $1", (20, 7))
    sheet.wires(
        (run, clock),
        (both, steps),
        (both, kept, 1),
        (seconds, rate),
        (rate, kept, 0, 1),
        (kept, steps, 0, 1),
        (steps, wave),
    )
    sheet.wires((wave, recall), (recall, sliders))
    return sheet.finish(description="Morphs between two stored points", digest="Morphing machine")


ALL = {
    "1 MIDI keyboard": keyboard,
    "2 XY instrument": pad,
    "3 Latent sequencer": sequencer,
    "4 Microphone to MIDI": microphone,
    "5 Morphing machine": morphing,
}
