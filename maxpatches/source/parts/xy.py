"""lb.xy: a pad on the two widest principal axes."""

from __future__ import annotations

from maxpatches.source import controls
from maxpatches.source.reference import Reference
from maxpatches.source.sheet import Sheet, osc

SIDE = 310
CENTRE = SIDE // 2
REACH = CENTRE - 8
TRAIL = 32
"""Points of the trail."""
DARK, BRIGHT = (26, 29, 34), (64, 184, 174)

REFERENCE = Reference(
    name="lb.xy",
    digest="XY pad on the principal axes of the latent space",
    description=(
        "Moves the free voice on the two axes along which the sounds of the bundle differ most; a trail shows where it "
        "was. Drag on the pad, or send x and y, -1 to 1, to the inlet. Press sound to hear it. Wire the outlet to "
        "lb.bridge."
    ),
    inlets=("x and y, -1. to 1.",),
    outlets=("OSC messages for lb.bridge", "x and y, -1. to 1."),
    messages=(("list", "x and y, -1. to 1.: where to go."),),
    size=(SIDE + 20, SIDE + 98),
    addresses=("/lb/latent/xy", "/lb/gate", "/lb/interp"),
)


def draw(sheet: Sheet) -> None:
    """Draw it on an empty sheet."""
    box, wires = sheet.box, sheet.wires
    sheet.head("lb.xy", "principal axes", (1250, 0))
    out = sheet.outlet((20, 22), "OSC messages for lb.bridge")
    point_out = sheet.outlet((280, 22), "x and y, -1. to 1.")
    into = sheet.inlet((20, 0), "x and y, -1. to 1.")

    sheet.note("pad", (60, 0))
    pad = box("lcd", (150, 0), face=(10, 36, SIDE, SIDE), local=0, idle=0, border=0)
    place = box("unpack 0 0", (150, 10))
    x = box(f"expr ($f1 - {CENTRE}.) / {REACH}.", (150, 11))
    y = box(f"expr ({CENTRE}. - $f1) / {REACH}.", (310, 11))
    mouse = box("pack 0. 0.", (150, 12))
    inside = box("clip -1. 1.", (20, 13))
    fan = box("t l l l", (20, 14))
    wires((pad, place), (place, x), (place, y, 1), (x, mouse), (y, mouse, 0, 1), (mouse, inside), (into, inside))
    sent = box(f"prepend {osc('/lb/latent/xy')}", (20, 16))
    wires((inside, fan), (fan, sent), (sent, out), (fan, point_out, 1))

    sheet.note("the trail: the last points, brighter towards now", (480, 0))
    fill = sheet.chain((480, 1), "loadbang", f"uzi {TRAIL}")[-1]
    zero = sheet.message("0. 0.", (480, 3))
    last = box(f"zl stream {2 * TRAIL}", (480, 5))
    wires((fill, zero), (zero, last), (fan, last, 2))
    frame = box("t l l b", (480, 6))
    clear = sheet.message(f"brgb {DARK[0]} {DARK[1]} {DARK[2]}, clear", (680, 7))
    each = box("zl iter 2", (580, 8))
    one = box("t l b", (580, 9))
    wires((last, frame), (frame, clear, 2), (frame, each, 1), (each, one))

    index = box(f"counter 0 {TRAIL - 1}", (680, 10))
    ink = box("pack 0 0 0", (680, 14))
    colour = box("prepend frgb", (680, 15))
    wires((one, index, 1), (ink, colour))
    for k, (dark, bright) in enumerate(zip(DARK, BRIGHT, strict=True)):
        shade = box(f"expr {dark} + $i1 * {(bright - dark) / (TRAIL - 1):.2f}", (680 + 170 * k, 11 + k))
        wires((index, shade), (shade, ink, 0, k))

    to = box("unpack 0. 0.", (480, 10))
    px = box(f"expr int({CENTRE}. + $f1 * {REACH}.)", (310, 12))
    py = box(f"expr int({CENTRE}. - $f1 * {REACH}.)", (490, 13))
    line, stroke = sheet.chain((310, 14), "pack 0 0", "prepend lineto")
    wires((one, to), (to, px), (to, py, 1), (px, line), (py, line, 0, 1))

    newest = box(f"zl slice {2 * TRAIL - 2}", (870, 7))
    here = box("unpack 0. 0.", (900, 8))
    left = box(f"expr int({CENTRE - 5}. + $f1 * {REACH}.)", (870, 9))
    top = box(f"expr int({CENTRE - 5}. - $f1 * {REACH}.)", (1060, 9))
    corner = box("pack 0 0", (870, 10))
    both = box("t l l", (1010, 10))
    far = box("vexpr $i1 + 10", (1080, 11))
    oval = box("zl join", (1080, 14))
    knob = box("prepend paintoval", (1080, 15))
    wires((frame, newest), (newest, here, 1), (here, left), (here, top, 1), (left, corner), (top, corner, 0, 1))
    wires((corner, both), (both, oval), (both, far, 1), (far, oval, 0, 1), (oval, knob))

    canvas = box("deferlow", (480, 17))
    wires((clear, canvas), (stroke, canvas), (colour, canvas), (knob, canvas), (canvas, pad))
    controls.gate(sheet, (20, 6.5), (SIDE - 58, 8, 68, 22), out)
    controls.interpolation(sheet, (20, 17.5), (10, SIDE + 44), out)
