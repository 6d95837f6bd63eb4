"""lb.bridge: the connection; every other abstraction is wired to it."""

from __future__ import annotations

from py2max.core import Box

from maxpatches.source import controls, look
from maxpatches.source.reference import Argument, Reference
from maxpatches.source.sheet import Sheet, osc
from rt.config import config
from rt.osc.table import OUTGOING

_OSC = config.load().osc
HOST, PORT, REPLY_PORT = "127.0.0.1", _OSC.port, _OSC.reply_port

REFERENCE = Reference(
    name="lb.bridge",
    digest="The connection to the bridge, with its state",
    description=(
        "Sends what comes in to the bridge as OSC and puts out everything that the bridge answers or hears. "
        "It asks for the state every second, registers itself with /lb/notify and does so again when the bridge "
        "was restarted. Wire the other abstractions to its inlet; one lb.bridge is enough."
    ),
    inlets=("OSC messages for the bridge, for example /lb/note 60 100",),
    outlets=("everything the bridge sends, for example /lb/heard/note 60 90", "1 when the bridge answers, else 0"),
    arguments=(
        Argument("host", "symbol", HOST, "Address of the bridge."),
        Argument("port", "int", str(PORT), "UDP port of the bridge (osc.port)."),
        Argument("reply port", "int", str(REPLY_PORT), "UDP port that the bridge answers to (osc.reply_port)."),
        Argument("own address", "symbol", HOST, "Address of this computer, as the bridge sees it."),
    ),
    messages=(("anything", "An OSC address of docs/osc.md and its arguments go to the bridge."),),
    size=(480, 96),
    addresses=(
        "/lb/notify", "/lb/version", "/lb/status", "/lb/panic",
        "/lb/status.reply", "/lb/version.reply", "/lb/fail", "/lb/done",
    ),
)  # fmt: skip

STATE = (
    ("voices", "voices", "%ld"),
    ("load", "load (%)", "%.0f"),
    ("xruns", "xruns", "%ld"),
    ("latency", "latency", "%.1f ms"),
    ("input", "input", "%.0f dB"),
)
"""What is shown of /lb/status.reply as numbers: its name, its label and its form."""


def draw(sheet: Sheet) -> None:
    """Draw it on an empty sheet."""
    sheet.head("latent-bridge", "", (860, 0))
    connect(sheet)


def connect(sheet: Sheet) -> None:
    """The sockets, the clock that asks, and the face."""
    box, wires = sheet.box, sheet.wires

    sheet.note("in: OSC for the bridge", (60, 0))
    into = sheet.inlet((20, 0), "OSC messages for the bridge")
    send = box(f"udpsend {HOST} {PORT}", (20, 9))
    wires((into, send))

    sheet.note("arguments: host, port, reply port, own address", (230, 0))
    given = box(f"patcherargs {HOST} {PORT} {REPLY_PORT} {HOST}", (230, 1))
    parts = box("unpack s 0 0 s", (230, 2))
    host, port = box("prepend host", (170, 3)), box("prepend port", (265, 3))
    reply = box("t i i", (360, 3))
    reply_port = box("prepend port", (410, 4))
    here = box("prepend set", (470, 3))  # a host that is not set yet must not hear of us
    own = box(f"pack s {REPLY_PORT}", (300, 4))
    told = box(f"prepend {osc('/lb/notify')}", (300, 8))
    wires((given, parts), (parts, host), (parts, port, 1), (parts, reply, 2), (parts, here, 3), (host, send))
    wires((here, own), (port, send), (reply, reply_port, 1), (reply, own, 0, 1), (told, send))

    sheet.note("each second: how it runs; while there is no answer, who we are", (20, 4), width=220)
    clock = sheet.chain((20, 5.5), "loadmess 1", "metro 1000")[-1]
    ask = sheet.message(osc("/lb/status"), (20, 7.5))
    closed = box("gate 1 1", (110, 6.5))
    both = box("t b b", (110, 7.5))
    version = sheet.message(osc("/lb/version"), (170, 7.5))
    wires((clock, ask), (clock, closed, 0, 1), (closed, both), (both, own), (both, version, 1), (ask, send))
    wires((version, send), (own, told))

    panic = box("textbutton", (480, 7), face=(400, 8, 70, 22), text="panic", **look.BUTTON)
    silence = sheet.message(osc("/lb/panic"), (480, 8))
    sheet.note("all patches hear of it", (580, 7))
    quiet = box(f"send {controls.QUIET}", (580, 8))
    up = sheet.message("set 0", (700, 8))
    sound = box(f"send {controls.SOUND}", (700, 9))
    wires((panic, silence), (panic, quiet), (panic, up), (silence, send), (up, sound))

    sheet.note("from the bridge", (130, 10))
    receive = box(f"udpreceive {REPLY_PORT}", (20, 10))
    out = sheet.outlet((20, 19), "everything the bridge sends")
    sort = box(
        f"route {osc('/lb/status.reply')} {osc('/lb/version.reply')} {osc('/lb/fail')} {osc('/lb/done')}", (60, 11)
    )
    wires((reply_port, receive), (receive, out), (receive, sort))

    alive = box("t 1 b", (60, 12))
    late, none = sheet.chain((110, 13), "delay 2500", "t 0 b")
    sheet.wire(box("loadbang", (180, 12)), late)
    state = box("change", (60, 15))
    lamp = box("led", (60, 17), face=(130, 11, 16, 16), ignoreclick=1, **look.LAMP)
    closed_when = box("== 0", (110, 16))
    told_out = sheet.outlet((60, 19), "1 when the bridge answers")
    wires((sort, alive), (alive, state), (alive, late, 1), (none, state), (none, quiet, 1), (none, up, 1))
    wires((state, lamp), (state, closed_when), (state, told_out), (closed_when, closed))
    _ask_again(sheet, state, none)

    _show_status(sheet, sort)
    product = box("sprintf set %s %s", (860, 12))
    drop = box("unpack s s s 0", (860, 11))
    running = sheet.label("no bridge yet: make play", (860, 13), (152, 10, 240, 18), **look.LABEL)
    wires((sort, drop, 1), (drop, product, 0, 0), (drop, product, 1, 1), (product, running))
    problem, plain = sheet.chain((860, 15), "prepend set", "deferlow")
    done = box("prepend set", (980, 15))
    last = sheet.label("", (860, 17), (10, 74, 460, 18), **look.WARNING)
    wires((sort, problem, 2), (plain, last), (sort, done, 3), (done, plain))


def _ask_again(sheet: Sheet, state: Box, none: Box) -> None:
    """A bridge that answers after there was none is told what the controls of all patches show."""
    box, wires = sheet.box, sheet.wires
    sheet.note("a bridge that comes late is told all", (600, 10))
    comes = box("sel 1", (480, 10))
    once, was_none = box("t 0 b", (480, 11)), box("t 1", (600, 11))
    through, again = box("gate", (480, 12)), box(f"send {controls.AGAIN}", (480, 13))
    wires((state, comes), (comes, once), (once, through), (once, through, 1, 1), (none, was_none, 1))
    wires((was_none, through), (through, again))


def _show_status(sheet: Sheet, sort: Box) -> None:
    args = OUTGOING["/lb/status.reply"].args
    literals = {"i": "0", "f": "0.", "s": "s"}
    facts = sheet.box(f"unpack {' '.join(literals[arg.type] for arg in args)}", (230, 13))
    sheet.wire(sort, facts)
    names = [arg.name for arg in args]
    left = 230.0
    face_left = 10.0
    for name, label, form in STATE:
        outlet = names.index(name)
        text = sheet.box(f"sprintf set {form}", (left, 16))
        if "%" in label:
            share = sheet.box("* 100.", (left, 15))
            sheet.wires((facts, share, outlet), (share, text))
        else:
            sheet.wire(facts, text, outlet)
        sheet.label(label, (left, 17), (face_left, 34, 58, 18))
        value = sheet.label("-", (left, 18), (face_left, 50, 58, 18), **look.VALUE)
        sheet.wire(text, value)
        left, face_left = left + 118.0, face_left + 59.0
    left = 860.0
    for name in ("instrument", "bundle"):
        text = sheet.box("prepend set", (left, 19))
        sheet.wire(facts, text, names.index(name))
        sheet.label(name, (left, 20), (face_left, 34, 84, 18))
        value = sheet.label("-", (left, 21), (face_left, 50, 84, 18), **look.VALUE)
        sheet.wire(text, value)
        left, face_left = left + 110.0, face_left + 88.0
