"""lb.heard: what the bridge hears in its microphone, as notes, labels and latents."""

from __future__ import annotations

from py2max.core import Box

from maxpatches.source import controls, look
from maxpatches.source.names import classes, full_names, instruments, n_latents
from maxpatches.source.reference import Reference
from maxpatches.source.sheet import Place, Sheet, osc
from rt.osc.table import OUTGOING

REFERENCE = Reference(
    name="lb.heard",
    digest="What the bridge hears: notes, labels and latents",
    description=(
        "Turns the transcription of the microphone on and shows it: notes on the keyboard, however many sound at once; "
        "labels as bars, the newest full and those before it fading; the latents, and a trace of the first two. "
        "Notes go on to MIDI when MIDI out is pressed. "
        "Wire the inlet to the left outlet of lb.bridge, and the left outlet to its inlet."
    ),
    inlets=("what lb.bridge puts out",),
    outlets=("OSC messages for lb.bridge", "pitch and velocity of what is heard", "latents of what is heard"),
    messages=(("anything", "What lb.bridge puts out."),),
    size=(480, 366),
    addresses=(
        "/lb/listen", "/lb/heard/note", "/lb/heard/symbols", "/lb/heard/latent",
        "/lb/status.reply", "/lb/done", "/lb/fail",
    ),
)  # fmt: skip

BAR = "vexpr ($f1 == $f2) + ($f1 != $f2) * $f3 * 0.5 @scalarmode 1"
"""Of (numbers of all classes, the newest one, bars so far): 1 for the newest, half of what it was for the others."""

ANSWER_MS = 15_000
"""How long the bridge may take to open a microphone, before the button shows again what it is told."""


def draw(sheet: Sheet) -> None:
    """Draw it on an empty sheet."""
    sheet.head("lb.heard", "live transcription", (1460, 0))
    into = sheet.inlet((20, 0), "what lb.bridge puts out")
    out = sheet.outlet((20, 18), "OSC messages for lb.bridge")
    notes_out = sheet.outlet((140, 18), "pitch and velocity")
    latents_out = sheet.outlet((1160, 18), "latents")
    status = "/lb/status.reply"
    heard = ("/lb/heard/note", "/lb/heard/symbols", "/lb/heard/latent", status, "/lb/done", "/lb/fail")
    kinds = sheet.box(f"route {' '.join(osc(address) for address in heard)}", (140, 1.5))
    sheet.wire(into, kinds)
    _switch(sheet, kinds, out)
    _notes(sheet, kinds, notes_out)
    _labels(sheet, kinds)
    _latents(sheet, kinds, latents_out)


def _switch(sheet: Sheet, kinds: Box, out: Box) -> None:
    """The button that turns listening on; it shows what the bridge says of itself, but not until it has answered."""
    names = [arg.name for arg in OUTGOING["/lb/status.reply"].args]
    is_on = sheet.box(f"zl nth {names.index('listening') + 1}", (20, 3.5))
    known = sheet.box("gate 1 1", (20, 4.5))
    shown = sheet.box("prepend set", (20, 5.5))
    listen = sheet.box(
        "textbutton", (20, 6.5), face=(402, 8, 68, 22), extent=(68, 22), **controls.toggle("listen")
    )  # fmt: skip
    asked = sheet.box("t i b 0", (20, 7.5))
    sent = sheet.box(f"prepend {osc('/lb/listen')}", (20, 8.5))
    sheet.wires((kinds, is_on, 3), (is_on, known, 0, 1), (known, shown), (shown, listen), (listen, asked))
    sheet.wires((asked, sent), (sent, out), (asked, known, 2))

    command = sheet.box("zl nth 1", (20, 10.5))
    ours = sheet.box(f"sel {osc('/lb/listen')}", (20, 11.5))
    patience, answered = sheet.box(f"delay {ANSWER_MS}", (20, 12.5)), sheet.box("t 1", (20, 13.5))
    sheet.wires((kinds, command, 4), (kinds, command, 5), (command, ours), (ours, answered), (asked, patience, 1))
    sheet.wires((patience, answered), (answered, known))


def _notes(sheet: Sheet, kinds: Box, notes_out: Box) -> None:
    """Notes on a keyboard and to MIDI; what sounds ends when MIDI out or the bridge goes off."""
    box, wires = sheet.box, sheet.wires
    sheet.note("notes", (140, 3))
    both = box("t l l l", (140, 4))
    parts = box("unpack 0 0", (190, 6))
    keys = box(
        "kslider", (190, 8), face=(10, 304, 460, 52), extent=(150, 53), range=61, offset=36, mode=1, ignoreclick=1,
        **look.KEYS,
    )  # fmt: skip
    open_midi = box("textbutton", (360, 5), face=(324, 8, 72, 22), extent=(72, 22), **controls.toggle("MIDI out"))
    through = box("gate", (300, 7))
    split, held, played = box("unpack 0 0", (360, 11)), box("flush", (360, 12)), box("noteout", (360, 13))
    wires((kinds, both), (both, notes_out), (both, parts, 1), (parts, keys), (parts, keys, 1, 1))
    wires((both, through, 2, 1), (open_midi, through), (through, split))
    wires((split, held), (split, held, 1, 1), (held, played), (held, played, 1, 1))
    closed = box("sel 0", (450, 7))
    clear = sheet.message("clear", (190, 11))
    controls.hush(sheet, (220, 14), held, clear)
    wires((open_midi, closed), (closed, held), (clear, keys))


def _labels(sheet: Sheet, kinds: Box) -> None:
    """A group of bars for each label, with the names of the classes below."""
    sheet.note("labels", (560, 3))
    labels = sheet.box("unpack s 0 0 0", (560, 4))
    sheet.wire(kinds, labels, 1)

    name = sheet.box("prepend set", (680, 5))
    shown = sheet.label("-", (680, 6), (74, 37, 160, 20), **look.VALUE)
    number = sheet.box(f"sel {' '.join(_quoted(text) for text in full_names())}", (560, 7))
    sheet.wires((labels, name), (name, shown), (labels, number))
    index = sheet.box("t i", (560, 9.5))
    for k, _ in enumerate(instruments()):
        found = sheet.message(f"{k}", (560 + 40 * k, 8.2))
        sheet.wires((number, found, k), (found, index))

    groups = (
        ("instrument", instruments(), (10.0, 38.0), 230.0),
        ("octave", classes("octave"), (10.0, 114.0), 190.0),
        ("pitch class", classes("pitch_class"), (210.0, 114.0), 260.0),
        ("dynamics", classes("dynamics"), (250.0, 38.0), 220.0),
    )
    for k, (title, names, face, width) in enumerate(groups):
        at = (560.0 + 290 * (k % 2), 10.7 + 5.6 * (k // 2))
        bars = _bars(sheet, names, at, face, width=width)
        sheet.label(title, (at[0] + 160, at[1] + 3.1), (*face, 66, 18))
        sheet.wire(index if title == "instrument" else labels, bars, 0 if title == "instrument" else k)


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text else text


def _bars(sheet: Sheet, names: tuple[str, ...], at: Place, face: Place, *, width: float) -> Box:
    """Bars over their names, 72 pixels high at `face`; the box that takes the number of the newest class."""
    (x, row), (left, top) = at, face
    newest = sheet.box("t b i i", at)
    numbers = sheet.message(" ".join(map(str, range(len(names)))), (x, row + 1))
    lit = sheet.box("prepend set", (x + 160, row))
    bars = sheet.box(BAR, (x, row + 2), extent=(270, 22))
    empty = sheet.box(f"loadmess {' '.join(['0.'] * len(names))}", (x + 190, row + 1), extent=(90, 22))
    shown = sheet.box(
        "multislider", (x, row + 3), face=(left, top + 16, width, 34), extent=(70, 22), size=len(names), settype=1,
        setstyle=1, setminmax=[0.0, 1.0], ignoreclick=1, spacing=2, **look.SLIDERS,
    )  # fmt: skip
    tab = sheet.box(
        "tab", (x + 80, row + 3), face=(left, top + 52, width, 20), extent=(70, 22), tabs=list(names), ignoreclick=1,
        **{**look.TABS, "fontsize": 10.0},
    )  # fmt: skip
    sheet.wires((newest, numbers), (newest, bars, 1, 1), (newest, lit, 2), (lit, tab), (numbers, bars))
    sheet.wires((empty, bars, 0, 2), (bars, shown), (bars, bars, 0, 2))
    return newest


def _latents(sheet: Sheet, kinds: Box, latents_out: Box) -> None:
    """All latents as sliders, the first two as a trace."""
    box, wires = sheet.box, sheet.wires
    sheet.note("latents", (1160, 3))
    point = box("t l l l", (1160, 4))
    two = box("zl slice 2", (1270, 6))
    sliders, trace = (
        box(
            "multislider", (1300, row), face=face, extent=(120, 60), size=size, settype=1, setstyle=style, signed=1,
            setminmax=[-5.0, 5.0], ignoreclick=1, **look.SLIDERS,
        )
        for row, face, size, style in (
            (8, (10, 206, 220, 90), n_latents(), 1), (11, (240, 206, 230, 90), 2, 3),
        )
    )  # fmt: skip
    wires((kinds, point, 2), (point, latents_out), (point, two, 1), (point, sliders, 2), (two, trace))
    sheet.label("latents", (1300, 13.5), (10, 188, 100, 18))
    sheet.label("trace of the first two", (1300, 14.5), (240, 188, 140, 18))
