"""lb.latents: all coordinates as sliders; range, offset, slew, a random walk, points to keep and to morph between."""

from __future__ import annotations

from maxpatches.source import controls, look, points
from maxpatches.source.names import n_latents
from maxpatches.source.reference import Argument, Reference
from maxpatches.source.sheet import Sheet, osc

TICK_MS = 30

REFERENCE = Reference(
    name="lb.latents",
    digest="All latent coordinates as sliders, with points to keep",
    description=(
        "One slider for each latent coordinate. What the sliders say is smoothed (slew), multiplied by range, moved by "
        "offset, and sent either to the free voice or, from nothing, added to every note. walk lets them wander. "
        "Dots keep points: shift-click stores, a click recalls; A, B and the slider between them morph. Eight are "
        "there at the start: sounds of the default bundle. "
        "Wire the outlet to lb.bridge."
    ),
    inlets=("-1. to 1. for each slider, or a message",),
    outlets=("OSC messages for lb.bridge",),
    arguments=(Argument("latents", "int", str(n_latents()), "Number of coordinates; the bundle decides."),),
    messages=(
        ("list", "-1. to 1. for each slider."),
        ("store NUMBER", "Keep the sliders as a point."),
        ("recall NUMBER", "Go to a point; recall A B X, X from 0. to 1., lies between two of them."),
        ("write", "Save the points in a file; read opens one."),
        ("read", "Open a file of points."),
    ),
    size=(480, 306),
    addresses=("/lb/latent", "/lb/latent/offset", "/lb/gate", "/lb/interp"),
)


def draw(sheet: Sheet) -> None:
    """Draw it on an empty sheet."""
    box, wires = sheet.box, sheet.wires
    n = n_latents()
    sheet.head("lb.latents", "", (1200, 0))
    out = sheet.outlet((20, 22.5), "OSC messages for lb.bridge")
    into = sheet.inlet((20, 0), "-1. to 1. for each slider; store, recall, write, read")
    kinds = box("route recall store write read", (20, 1.5))
    wires((into, kinds))

    sheet.note("number of sliders", (300, 0))
    given = box(f"patcherargs {n}", (300, 1))
    count = box("t b i", (300, 2))
    size = box("prepend size", (345, 3))
    sliders = box(
        "multislider", (20, 6), face=(10, 36, 460, 110), extent=(200, 60), size=n, varname="sliders",
        setminmax=[-1.0, 1.0], setstyle=1, settype=1, signed=1, **look.SLIDERS,
    )  # fmt: skip
    wires((given, count), (count, size, 1), (size, sliders), (kinds, sliders, 4))
    zeros = [box(f"uzi {n}", (620, 1)), sheet.message("0.", (620, 2)), box(f"zl group {n}", (620, 3))]
    wires((count, zeros[0], 1, 1), (count, zeros[2], 1, 1), (count, zeros[0]), (zeros[0], zeros[1]))
    wires((zeros[1], zeros[2]))

    sheet.note("slew: a part of the way on every tick", (300, 5))
    clock = sheet.chain((480, 6), "loadmess 1", f"metro {TICK_MS}")[-1]
    state = box("zl reg", (480, 8))
    way = box("vexpr $f1 + ($f2 - $f1) * $f3 @scalarmode 1", (300, 10))
    moved = box("zl change", (300, 11))
    wires((clock, state), (state, way), (sliders, way, 0, 1), (way, moved), (moved, state, 0, 1))
    wires((zeros[2], state, 0, 1), (zeros[2], way, 0, 1))
    slew = controls.dial(sheet, (700, 6), (10, 196, 60, 48), "slew", 1.0, 5000.0, 50.0, unit="ms")
    part = box(f"expr 1. - exp(-{TICK_MS}. / $f1)", (700, 8))
    wires((slew, part), (part, way, 0, 2))

    sheet.note("range and offset", (300, 12))
    scaled = box("vexpr $f1 * $f2 + $f3 @scalarmode 1", (300, 15))
    believed = box("clip -100. 100.", (300, 16))
    span = controls.dial(sheet, (430, 12.5), (76, 196, 60, 48), "range", 0.0, 10.0, points.RANGE)
    shift = controls.dial(sheet, (520, 12.5), (142, 196, 60, 48), "offset", -10.0, 10.0, 0.0)
    wires((moved, scaled), (span, scaled, 0, 1), (shift, scaled, 0, 2), (scaled, believed))

    sheet.note("where to", (20, 13))
    where = box(
        "tab", (20, 14), face=(110, 8, 180, 22), extent=(180, 22), tabs=["free voice", "every note"], **look.TABS
    )
    number, turned = box("+ 1", (20, 16)), box("t i i", (20, 15))
    which, again = box("sel 0 1", (150, 16)), box("t b b", (150, 17))
    newest, rest = box("zl reg", (300, 17)), box("zl reg", (380, 18))
    way_out = box("gate 2 1", (300, 18))
    free = box(f"prepend {osc('/lb/latent')}", (240, 19))
    every = box(f"prepend {osc('/lb/latent/offset')}", (380, 19))
    wires((where, turned), (turned, number, 1), (turned, which), (number, way_out), (believed, newest, 0, 1))
    # The notes get no offset when the sliders turn to the free voice, nor at first when they turn to the notes.
    wires((which, again), (which, zeros[0], 1), (again, newest), (again, rest, 1), (rest, every))
    wires((zeros[2], rest, 0, 1), (zeros[2], sliders))
    wires((believed, way_out, 0, 1), (newest, way_out, 0, 1), (way_out, free), (way_out, every, 1))
    wires((free, out), (every, out))

    sheet.note("walk: random steps", (860, 5.2), width=110)
    walk = controls.dial(sheet, (860, 6), (208, 196, 60, 48), "walk", 0.0, 0.2, 0.0)
    fan = box("t f f", (860, 8))
    goes = box("> 0.", (860, 9))
    steps = box("metro 50", (860, 10))
    both = box("t b b", (860, 11))
    amount = box(f"uzi {n}", (960, 12))
    draws = sheet.chain((960, 13), "random 2001", "expr ($i1 - 1000) / 1000.", f"zl group {n}")
    now = box("zl reg", (860, 14))
    next_ = box("vexpr $f1 + $f2 * $f3 @scalarmode 1", (860, 17))
    inside = box("clip -1. 1.", (860, 18))
    wires((walk, fan), (fan, goes), (fan, next_, 1, 2), (goes, steps), (steps, both), (both, now), (both, amount, 1))
    wires((amount, draws[0]), (draws[-1], next_, 0, 1), (now, next_), (next_, inside), (inside, sliders))
    wires((sliders, now, 0, 1), (zeros[2], now, 0, 1), (count, amount, 1, 1), (count, draws[-1], 1, 1))

    sheet.note("points to begin with, for as many sliders", (480, 24))
    asked, opened = box(f"sel {n}", (480, 25)), box("deferlow", (480, 26))
    order = box(f"t {'b ' * (len(points.load()) + 1)}".strip(), (480, 27))
    wires((count, asked, 1), (asked, opened), (opened, order))
    first = sheet.message("recall 1", (480, 28))
    wires((order, first), (first, kinds))
    for k, point in enumerate(points.load()):
        put = sheet.message(f"{' '.join(f'{x:g}.' if x % 1 == 0 else f'{x:g}' for x in point)}, store {k + 1}",
                            (480, 29 + k), extent=(1100, 22))  # fmt: skip
        wires((order, put, k + 1), (put, kinds))

    sheet.note("points", (1200, 5))
    name = box("loadmess pattrstorage #0_points", (1200, 6))
    dots = box("preset", (1200, 7), face=(10, 252, 260, 34), extent=(120, 34), **look.POINTS)
    wires((name, dots))
    box("pattr point @bindto sliders @autorestore 0", (1200, 9))
    kept = box("pattrstorage #0_points @savemode 0", (1200, 17))
    recall, store = box("prepend recall", (1200, 13)), box("prepend store", (1320, 13))
    write, read = sheet.message("write", (1430, 13)), sheet.message("read", (1500, 13))
    for button, at, face, message, outlet in (
        ("save", (1430, 11), (290, 262, 56, 22), write, 2),
        ("open", (1540, 11), (352, 262, 56, 22), read, 3),
    ):
        pressed = box("textbutton", at, face=face, text=button, **look.BUTTON)
        wires((pressed, message), (message, kept), (kinds, message, outlet))
    wires((kinds, recall), (kinds, store, 1), (recall, kept), (store, kept))
    sheet.label("points: shift-click stores", (1200, 14), (10, 286, 220, 18))

    first = box("number", (1200, 11), face=(290, 222, 40, 22), extent=(50, 22), minimum=1, **look.NUMBER)
    second = box("number", (1260, 11), face=(430, 222, 40, 22), extent=(50, 22), minimum=1, **look.NUMBER)
    between = box(
        "slider", (1320, 11), face=(338, 222, 84, 22), extent=(90, 22), floatoutput=1, size=1.0, orientation=1,
        bgcolor=list(look.FIELD), knobcolor=list(look.ACCENT), elementcolor=list(look.LINE),
    )  # fmt: skip
    sheet.start(first, "set 1", (1200, 10))
    sheet.start(second, "set 2", (1300, 10))
    mix = box("pak 1 2 0.", (1200, 12))
    wires((first, mix), (second, mix, 0, 1), (between, mix, 0, 2), (mix, recall))
    sheet.label("A", (1430, 14), (290, 202, 30, 18))
    sheet.label("B", (1470, 14), (430, 202, 30, 18))
    sheet.label("morph", (1510, 14), (338, 202, 60, 18))

    controls.gate(sheet, (20, 17), (402, 8, 68, 22), out)
    controls.interpolation(sheet, (20, 9), (10, 148), out)
