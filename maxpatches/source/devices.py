"""Max for Live devices: an instrument and a MIDI effect, each a file of its own with nothing to freeze."""

from __future__ import annotations

import json
from typing import Any

from py2max import Patcher
from py2max.core import Box
from py2max.m4l import ensure_amxd_project_block, pack_amxd, unpack_amxd

from maxpatches.source import look
from maxpatches.source.names import instruments
from maxpatches.source.parts import bridge
from maxpatches.source.sheet import Face, Place, Sheet, osc
from rt.control.table import INCOMING

MADE = 3_850_000_000
"""Seconds since 1904, the same whenever it is written, so that the same patch gives the same bytes."""


def write(patch: dict[str, Any], kind: str, name: str) -> bytes:
    """A device as Live stores it; `kind` is instrument or midi_effect."""
    ensure_amxd_project_block(patch, device_type=kind, mtime=MADE)
    text = json.dumps(patch, indent="\t", ensure_ascii=False)
    packed: bytes = pack_amxd(text, device_type=kind, patcher_filename=f"{name}.maxpat", mtime=MADE)
    return packed


def rewrite(data: bytes, name: str) -> bytes:
    """Read a device, take its patch apart, put it together again, write it."""
    text, kind = unpack_amxd(data)
    patch = Patcher.from_dict(json.loads(text)["patcher"]).to_dict()
    packed: bytes = pack_amxd(
        json.dumps(patch, indent="\t", ensure_ascii=False),
        device_type=kind,
        patcher_filename=f"{name}.maxpat",
        mtime=MADE,
    )
    return packed


def _sheet(title: str, width: int) -> Sheet:
    sheet = Sheet(face=(float(width), 170.0))
    sheet.patcher.devicewidth = float(width)
    sheet.head(title, "", (1000, 0))
    return sheet


def _connection(sheet: Sheet, at: Place, lamp: Face) -> Box:
    """lb.bridge as a sub-patcher, and the lamp that tells whether the bridge answers."""
    box, inner = sheet.sub("bridge", at)
    bridge.connect(inner)
    box.numinlets, box.numoutlets = inner.ports
    light = sheet.box("led", (at[0] + 90, at[1] + 1.5), face=lamp, **look.LAMP)
    sheet.wire(box, light, 1)
    return box


def _dial(sheet: Sheet, at: Place, face: Place, facts: dict[str, Any], address: str, target: Box) -> Box:
    dial = sheet.box("live.dial", at, face=(*face, 48, 48), extent=(48, 48), **look.DIAL, **facts)
    sent = sheet.box(f"prepend {osc(address)}", (at[0], at[1] + 2))
    sheet.wires((dial, sent), (sent, target))
    return dial


def _range(address: str, name: str, short: str, initial: float) -> dict[str, Any]:
    arg = INCOMING[address].args[0]
    assert arg.low is not None
    assert arg.high is not None
    unit = {"semitones": "st"}.get(arg.unit, arg.unit)
    return look.parameter(name, arg.low, arg.high, initial, short=short, unit=unit)


def instrument() -> bytes:
    """MIDI of the track to the bridge, with its settings as parameters that automate."""
    sheet = _sheet("latent-bridge", 420)
    box, wires = sheet.box, sheet.wires
    connection = _connection(sheet, (20, 16), (396, 10, 14, 14))

    parsed = sheet.chain((20, 0), "midiin", "midiparse")[-1]
    sheet.note("notes, held by the pedal", (20, 2))
    hold, note = box("sustain", (20, 5)), box("pack 60 100", (20, 6))
    sent = box(f"prepend {osc('/lb/note')}", (20, 7))
    control, pedal = box("route 64", (170, 3)), box("> 63", (170, 4))
    wires((parsed, hold), (hold, note), (hold, note, 1, 1), (note, sent), (sent, connection))
    wires((parsed, control, 2), (control, pedal), (pedal, hold, 0, 2))
    wheel, bend = box("expr ($i1 - 64) / 32.", (280, 3)), box(f"prepend {osc('/lb/bend')}", (280, 4))
    wires((parsed, wheel, 5), (wheel, bend), (bend, connection))

    names = instruments()
    menu = box(
        "live.menu", (20, 9), face=(10, 52, 110, 18), extent=(110, 18), fontsize=10.0,
        **look.parameter("Instrument", 0, 0, 0, steps=names),
    )  # fmt: skip
    chosen = box(f"prepend {osc('/lb/instrument')}", (20, 10))
    sheet.label("instrument", (1000, 3), (8, 34, 100, 18))
    wires((menu, chosen, 1), (chosen, connection))
    _dial(sheet, (200, 9), (134, 36), _range("/lb/gain", "Gain", "gain", 0.0), "/lb/gain", connection)
    _dial(sheet, (320, 9), (190, 36), _range("/lb/alive", "Alive", "alive", 0.0), "/lb/alive", connection)

    gate = box(
        "live.text", (20, 12), face=(10, 104, 110, 20), extent=(70, 20), text="free voice", texton="free voice", mode=1,
        fontsize=10.0, **look.parameter("Free Voice", 0, 1, 0, steps=("off", "on")),
    )  # fmt: skip
    opened = box(f"prepend {osc('/lb/gate')}", (20, 13))
    wires((gate, opened), (opened, connection))
    x = box("live.dial", (440, 9), face=(246, 36, 48, 48), extent=(48, 48), **look.DIAL,
            **look.parameter("X", -1, 1, 0, short="x"))  # fmt: skip
    y = box("live.dial", (510, 9), face=(302, 36, 48, 48), extent=(48, 48), **look.DIAL,
            **look.parameter("Y", -1, 1, 0, short="y"))  # fmt: skip
    point, moved = box("pak 0. 0.", (440, 11)), box(f"prepend {osc('/lb/latent/xy')}", (440, 12))
    wires((x, point), (y, point, 0, 1), (point, moved), (moved, connection))

    shape, frequency, radius = INCOMING["/lb/trajectory"].args
    shapes = box(
        "live.tab", (620, 9), face=(134, 104, 160, 20), extent=(160, 20), fontsize=10.0,
        **look.parameter("Trajectory", 0, 0, 0, steps=shape.choices),
    )  # fmt: skip
    dials = [
        box(
            "live.dial", (620 + 170 + 70 * k, 9), face=(302 + 56 * k, 92, 48, 48), extent=(48, 48), **look.DIAL,
            **look.parameter(
                arg.name.capitalize(), arg.low or 0, arg.high or 1, float(arg.default or 0), short=arg.name,
                unit=arg.unit,
            ),
        )
        for k, arg in enumerate((frequency, radius))
    ]  # fmt: skip
    path = box(f"pak {shape.choices[0]} {frequency.default} {radius.default}", (620, 11))
    gone = box(f"prepend {osc('/lb/trajectory')}", (620, 12))
    wires((shapes, path, 1), *((dial, path, 0, k + 1) for k, dial in enumerate(dials)), (path, gone))
    wire_text = "The sound comes from the bridge: record it on an audio track (docs/daw.md)."
    sheet.label(wire_text, (1000, 5), (8, 146, 404, 18))
    wires((gone, connection))
    box("plugout~", (620, 14))
    return write(sheet.finish(description="MIDI to latent-bridge"), "instrument", "latent-bridge")


def listener() -> bytes:
    """Notes that the bridge hears, into the track."""
    sheet = _sheet("latent-bridge listener", 300)
    box, wires = sheet.box, sheet.wires
    connection = _connection(sheet, (20, 5), (276, 10, 14, 14))
    listen = box(
        "live.text", (20, 1), face=(10, 52, 80, 20), extent=(80, 20), text="listen", texton="listen", mode=1,
        fontsize=10.0, **look.parameter("Listen", 0, 1, 0, steps=("off", "on")),
    )  # fmt: skip
    sent = box(f"prepend {osc('/lb/listen')}", (20, 2))
    wires((listen, sent), (sent, connection))

    heard = box(f"route {osc('/lb/heard/note')}", (20, 8))
    parts = box("unpack 0 0", (20, 9))
    moved = box("+ 0", (20, 11))
    inside = box("clip 0 127", (20, 12))
    loud = box("* 1.", (130, 11))
    whole = box("clip 0 127", (130, 12))
    pair = box("pack 0 0", (20, 13))
    transpose = box(
        "live.dial", (240, 8), face=(104, 36, 60, 48), extent=(60, 48), **look.DIAL,
        **look.parameter("Transpose", -24, 24, 0, short="transpose", unit="st", whole=True),
    )  # fmt: skip
    force = box(
        "live.dial", (320, 8), face=(170, 36, 60, 48), extent=(60, 48), **look.DIAL,
        **look.parameter("Velocity", 0, 2, 1, short="velocity"),
    )  # fmt: skip
    sheet.note("the sounding notes end before the transposition changes", (400, 10))
    fan = box("t i b", (240, 10))
    ends = box("flush", (20, 14))
    wires((connection, heard), (heard, parts), (parts, moved), (parts, loud, 1), (moved, inside), (loud, whole))
    wires(
        (inside, pair), (whole, pair, 0, 1), (transpose, fan), (fan, moved, 0, 1), (fan, ends, 1), (force, loud, 0, 1)
    )
    again = box("pack 0 0", (20, 16))
    form = box("midiformat", (20, 17))
    thru = sheet.chain((240, 16), "midiin", "midiout")[-1]
    wires((pair, ends), (ends, again), (ends, again, 1, 1), (again, form), (form, thru))
    sheet.label("notes of the microphone, into this track", (1000, 5), (8, 100, 284, 18))
    sheet.label("MIDI that comes in goes through", (1000, 6), (8, 118, 284, 18))
    return write(sheet.finish(description="What latent-bridge hears, as MIDI"), "midi_effect", "latent-bridge listener")


ALL = {"latent-bridge.amxd": instrument, "latent-bridge listener.amxd": listener}
