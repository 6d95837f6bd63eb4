"""Pure Data patches: keys, xy, latents and heard, for vanilla Pd 0.52 and later."""

from __future__ import annotations

from maxpatches.source.names import instruments, n_latents
from maxpatches.source.parts.bridge import HOST, PORT, REPLY_PORT
from maxpatches.source.pure_data_canvas import INK, TEAL, WHITE, Canvas, y_of
from rt.osc.table import INCOMING, OUTGOING

SHOWN = 3.0
"""Latents are drawn from minus to plus this."""


def lb_out() -> str:
    """The way to the bridge."""
    p = Canvas(460, 300)
    p.text(20, 0, "to the bridge: lists of oscformat come in")
    into = p.obj(20, 1, "inlet")
    start, where = p.obj(220, 1, "loadbang"), p.obj(320, 1, "r lb.connect")
    default, given = p.msg(220, 2.5, f"connect {HOST} {PORT}"), p.obj(320, 3.5, "list prepend connect")
    send, plain = p.obj(20, 4, "list prepend send"), p.obj(20, 5, "list trim")
    trim = p.obj(320, 4.5, "list trim")
    again = p.obj(320, 5.5, "t a b")
    close = p.msg(390, 6.5, "disconnect")
    net = p.obj(20, 7.5, "netsend -u -b")
    p.wire(into, send, plain, net)
    p.wire(start, default, net)
    p.wire(where, given, trim, again, net)
    p.wire(again, close, net, outlet=1)
    return p.finish()


def lb_in() -> str:
    """The way from the bridge."""
    p = Canvas(520, 420)
    p.text(20, 0, "from the bridge: the parts of the address and the arguments")
    start, port = p.obj(220, 1, "loadbang"), p.obj(360, 1, "r lb.reply")
    default = p.msg(220, 2, f"{REPLY_PORT}")
    p.text(430, 1, "port, own address")
    complete = p.obj(220, 3, f"list append {HOST}")
    chosen = p.obj(220, 4, "t b a a")
    listen, receive, parse = p.msg(20, 6, "listen $1"), p.obj(20, 7, "netreceive -u -b"), p.obj(20, 8, "oscparse")
    trim, out = p.obj(20, 9, "list trim"), p.obj(20, 12, "outlet")
    p.wire(start, default, complete, chosen)
    p.wire(port, complete)
    p.wire(chosen, listen, receive, parse, trim, out, outlet=2)
    p.text(220, 5, "every two seconds, because the bridge may be started later")
    on, clock = p.msg(320, 6, "1"), p.obj(320, 7, "metro 2000")
    kept = p.obj(220, 8, "list")
    told = p.msg(320, 8, "$2 $1")
    listed = p.obj(220, 9, "list")
    types = "".join(arg.type for arg in INCOMING["/lb/notify"].args[:2])
    form = p.obj(220, 10, f"oscformat -f {types} lb notify")
    bridge = p.obj(220, 11, "lb.out")
    p.wire(chosen, kept, outlet=1, inlet=1)
    p.wire(chosen, on, clock, kept, told, listed, form, bridge)
    return p.finish()


def _instrument_menu(p: Canvas, x: int, row: float, name: str) -> int:
    names = instruments()
    choice = p.radio(x, row, name, len(names), f"instrument:_{'_'.join(names)}", size=24)
    sort = p.obj(x, row + 1.3, f"sel {' '.join(map(str, range(len(names))))}")
    joined = p.obj(x, row + 4.4, "list")
    p.wire(choice, sort)
    for k, word in enumerate(names):
        label = p.msg(x + 130 * (k % 3), row + 2.4 + k // 3, f"symbol {word}")
        p.wire(sort, label, joined, outlet=k)
    return joined


def keys() -> str:
    """Notes from MIDI and from the screen."""
    p = Canvas(720, 560)
    p.title("keys", "notes from MIDI and from the row of keys, C4 to C6")
    midi, strip, channel = (
        p.obj(20, 3, "notein"),
        p.radio(160, 3, "lb.keys.key", 25, "keys", size=17),
        p.obj(20, 4, "pack"),
    )
    up, timed = p.obj(160, 4, "+ 60"), p.obj(160, 5, "makenote 100 400")
    pair = p.obj(160, 6, "pack")
    given = p.obj(330, 5, "r lb.keys.note")
    form = p.osc(20, 8, "/lb/note")
    bridge = p.obj(20, 17.2, "lb.out")
    p.wire(midi, channel)
    p.wire(midi, channel, outlet=1, inlet=1)
    p.wire(channel, form, bridge)
    p.wire(strip, up, timed, pair, form)
    p.wire(timed, pair, outlet=1, inlet=1)
    p.wire(given, form)
    instrument = _instrument_menu(p, 20, 10, "lb.keys.instrument")
    named = p.osc(20, 15.4, "/lb/instrument")
    p.wire(instrument, named, bridge)
    wheel = p.obj(440, 8, "bendin")
    centred, bent = p.obj(440, 9, "- 8192"), p.obj(440, 10, "/ 4096")
    p.text(440, 7.2, "wheel: two semitones")
    bend = p.osc(440, 14.5, "/lb/bend")
    p.wire(wheel, centred, bent, bend, bridge)
    gain = p.slider(400, 11.5, "lb.keys.gain", -60, 12, "gain")
    level = p.osc(400, 12.5, "/lb/gain")
    p.wire(gain, level, bridge)
    panic = p.add(f"#X obj 480 {y_of(5)} bng 18 250 50 0 empty lb.keys.panic panic 24 9 0 10 {WHITE} {TEAL} {INK}")
    silence = p.osc(480, 6, "/lb/panic")
    p.wire(panic, silence, bridge)
    off, sound = p.msg(610, 5, "0"), p.obj(610, 7, "s lb.sound")
    p.wire(panic, off, sound)
    p.start(500, 15.6, {"lb.keys.gain": 0.0})
    return p.finish()


def _gate(p: Canvas, x: int, row: float, name: str, bridge: int) -> None:
    """The switch of the free voice; all of them move together, and go off with panic."""
    sound = p.toggle(x, row, f"{name}.sound", "sound")
    form = p.osc(x, row + 1, "/lb/gate")
    shared, shown, told = p.obj(x, row + 2, "r lb.sound"), p.msg(x, row + 3, "set $1"), p.obj(x, row + 4, "s lb.sound")
    p.wire(sound, form, bridge)
    p.wire(shared, shown, sound)
    p.wire(sound, told)


def xy() -> str:
    """Two sliders on the principal axes, trajectories and interpolation."""
    p = Canvas(720, 650)
    p.title("xy", "the free voice on the two principal axes")
    bridge = p.obj(20, 17.2, "lb.out")
    _gate(p, 20, 3, "lb.xy", bridge)
    x = p.slider(220, 3, "lb.xy.x", -1, 1, "x")
    y = p.slider(470, 3, "lb.xy.y", -1, 1, "y")
    again = p.obj(470, 4, "t b f")
    pair = p.obj(220, 5, "pack")
    form = p.osc(220, 6, "/lb/latent/xy")
    p.wire(x, pair, form, bridge)
    p.wire(y, again, pair)
    p.wire(again, pair, outlet=1, inlet=1)
    shown = {"lb.xy.x": 0.0, "lb.xy.y": 0.0}

    for address, name, left in (("/lb/trajectory", "lb.xy.shape", 160), ("/lb/interp", "lb.xy.order", 450)):
        what, *numbers = INCOMING[address].args
        row = 8.0
        choice = p.radio(left, row, name, len(what.choices), f"{'_'.join(what.choices)}", size=24)
        sort = p.obj(left, row + 1.2, f"sel {' '.join(map(str, range(len(what.choices))))}")
        pack = p.obj(left, row + 7.2, f"pack s {' '.join(f'{arg.default:g}' for arg in numbers)}")
        p.wire(choice, sort)
        for k, word in enumerate(what.choices):
            label = p.msg(left + 130 * (k % 2), row + 2.2 + k // 2, f"symbol {word}")
            p.wire(sort, label, pack, outlet=k)
        for k, arg in enumerate(numbers):
            box = p.number(left + 100 * k, row + 5, f"{name}.{arg.name}", arg.low or 0, arg.high or 1, arg.name)
            renewed = p.obj(left + 100 * k, row + 6.1, "t b f")
            p.wire(box, renewed, choice)
            p.wire(renewed, pack, outlet=1, inlet=k + 1)
            shown[f"{name}.{arg.name}"] = float(arg.default or 0.0)
        form = p.osc(left, row + 8.2, address, optional=True)
        p.wire(pack, form, bridge)
    p.start(220, 17.2, shown)
    return p.finish()


def latents() -> str:
    """All latents as an array to draw in."""
    p = Canvas(720, 560)
    p.title("latents", "draw: a column for each latent")
    p.graph(20, 3, "lb.latents.points", n_latents(), SHOWN)
    p.text(490, 3, f"{SHOWN:g}")
    p.text(490, 7.3, f"-{SHOWN:g}")
    bridge = p.obj(20, 17.2, "lb.out")
    _gate(p, 20, 9, "lb.latents", bridge)
    on = p.toggle(230, 9, "lb.latents.send", "send", on=True)
    clock, read = p.obj(230, 10, "metro 50"), p.obj(230, 11, "array get lb.latents.points")
    where = p.radio(470, 9, "lb.latents.where", 2, "free_voice_/_every_note", size=24)
    split = p.obj(230, 12, "list prepend 0")
    route = p.obj(230, 13, "route 0 1")
    free, every = p.osc(20, 15, "/lb/latent"), p.osc(280, 16.1, "/lb/latent/offset")
    shorter_free, shorter_every = p.obj(230, 14, "list"), p.obj(300, 14, "list")
    p.wire(on, clock, read, split, route)
    p.wire(where, split, inlet=1)
    p.wire(route, shorter_free, free, bridge)
    p.wire(route, shorter_every, every, bridge, outlet=1)
    given, put = p.obj(470, 12, "r lb.latents"), p.obj(470, 13, "array set lb.latents.points")
    p.wire(given, put)
    return p.finish()


def heard() -> str:
    """What the bridge hears: notes, labels, latents; notes go on to MIDI."""
    p = Canvas(720, 560)
    p.title("heard", "what the bridge hears in its microphone")
    listen = p.toggle(20, 3, "lb.heard.listen", "listen")
    form, bridge = p.osc(20, 4, "/lb/listen"), p.obj(20, 17.2, "lb.out")
    p.wire(listen, form, bridge)
    source = p.obj(230, 2.6, "lb.in")
    ours, ears = p.obj(230, 3.6, "route lb"), p.obj(230, 4.6, "route heard done fail")
    addresses = [message.address.split("/") for message in OUTGOING.values() if "/heard/" in message.address]
    names = [parts[-1] for parts in addresses]
    kinds = p.obj(230, 5.6, f"route {' '.join(names)}")
    p.wire(source, ours, ears, kinds)
    note = p.obj(230, 7, "unpack f f")
    pitch = p.number(160, 8.6, "lb.heard.note", 0, 127, "note")
    velocity = p.number(232, 8.6, "lb.heard.velocity", 0, 127, "velocity")
    p.wire(kinds, note, pitch, outlet=names.index("note"))
    p.wire(note, velocity, outlet=1)
    on = p.toggle(60, 8.6, "lb.heard.midi", "MIDI_out")
    through, split, out = p.obj(20, 10, "spigot"), p.obj(20, 11, "unpack"), p.obj(20, 12, "noteout")
    p.wire(kinds, through, split, out, outlet=names.index("note"))
    p.wire(on, through, inlet=1)
    p.wire(split, out, outlet=1, inlet=1)
    closed, none, end = p.obj(60, 13.2, "sel 0"), p.msg(60, 14.2, "0"), p.obj(60, 15.2, "ctlout 123")
    p.wire(on, closed, none, end)
    told = p.obj(20, 6.5, "s lb.heard.played")
    p.wire(kinds, told, outlet=names.index("note"))
    labels = p.obj(400, 7, "unpack s f f f")
    name = p.add(f"#X symbolatom 310 {y_of(8.6)} 12 0 0 2 instrument - - 0")
    p.wire(kinds, labels, name, outlet=names.index("symbols"))
    for k, label in enumerate(("octave", "pitch_class", "dynamics")):
        box = p.number(430 + 90 * k, 8.6, f"lb.heard.{label}", 0, 15, label)
        p.wire(labels, box, outlet=k + 1)
    p.graph(160, 10.6, "lb.heard.points", n_latents(), SHOWN + 2)
    put = p.obj(160, 16, "array set lb.heard.points")
    p.wire(kinds, put, outlet=names.index("latent"))
    _show_answers(p, 440, 2.6, ears, "lb.heard.listen")
    return p.finish()


def _show_answers(p: Canvas, x: int, row: float, sort: int, switch: str) -> None:
    """A switch, by its name, says what the bridge does; `sort` puts out what is done, then what has failed."""
    done, failed = p.obj(x, row, "t a"), p.obj(x + 140, row, "t a a")
    p.wire(sort, done, outlet=1)
    p.wire(sort, failed, outlet=2)
    p.wire(failed, p.obj(x + 180, row + 1, "print fail"), outlet=1)
    ours, theirs = (p.obj(left, row + 2 - is_done, "route /lb/listen") for left, is_done in ((x, 1), (x + 100, 0)))
    which, on, off = p.obj(x, row + 2, "route on off"), p.msg(x, row + 3, "set 1"), p.msg(x + 60, row + 3, "set 0")
    shown = p.obj(x + 110, row + 3.9, f"s {switch}")
    p.wire(done, ours, which, on, shown)
    p.wire(which, off, shown, outlet=1)
    p.wire(failed, theirs, p.obj(x + 160, row + 3, "t b"), off)


ALL = {
    "lb.out.pd": lb_out,
    "lb.in.pd": lb_in,
    "keys.pd": keys,
    "xy.pd": xy,
    "latents.pd": latents,
    "heard.pd": heard,
}
