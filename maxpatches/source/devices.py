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
from rt.osc.table import INCOMING

MADE = 3_850_000_000
"""Seconds since 1904, the same whenever it is written, so that the same patch gives the same bytes."""
BANK = 8
"""Controls that Push and other surfaces show at once."""


def write(patch: dict[str, Any], kind: str, name: str) -> bytes:
    """A device as Live stores it; `kind` is instrument or midi_effect."""
    ensure_amxd_project_block(patch, device_type=kind, mtime=MADE)
    patch["patcher"]["parameters"] = _parameters(patch)
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


def _parameters(patch: dict[str, Any]) -> dict[str, Any]:
    """Names of all parameters, and the banks in which control surfaces show them: in the order they were placed."""
    found: dict[str, Any] = {}
    names = []
    for entry in patch["patcher"]["boxes"]:
        valueof = entry["box"].get("saved_attribute_attributes", {}).get("valueof")
        if valueof:
            found[entry["box"]["id"]] = [valueof["parameter_longname"], valueof["parameter_shortname"], 0]
            names.append(valueof["parameter_longname"])
    found["parameterbanks"] = {
        str(k): {"index": k, "name": "", "parameters": [*bank, *["-"] * (BANK - len(bank))]}
        for k, bank in enumerate(names[start : start + BANK] for start in range(0, len(names), BANK))
    }
    found["inherited_shortname"] = 1
    return found


class MaxDevice:
    """A device being drawn: its sheet, its connection, and the parameters that a bridge gets when it appears."""

    def __init__(self, title: str, width: int, lamp: Face) -> None:
        self.sheet = Sheet(face=(float(width), 170.0))
        self.sheet.patcher.devicewidth = float(width)
        self.sheet.head(title, "", (1000, 0))
        self.connection, inner = self.sheet.sub("bridge", (20, 18))
        bridge.connect(inner)
        self.connection.numinlets, self.connection.numoutlets = inner.ports
        light = self.sheet.box("led", (110, 19.5), face=lamp, ignoreclick=1, **look.LAMP)
        self.sheet.note("when a bridge appears it is told all settings", (150, 20.5))
        self.appears = self.sheet.box("sel 0 1", (150, 19.5))
        self.again = self.sheet.message("outputvalue", (240, 19.5))
        self.sheet.wires((self.connection, light, 1), (self.connection, self.appears, 1))
        self.sheet.wires((self.appears, self.again, 1))

    def control(self, kind: str, at: Place, face: Face, facts: dict[str, Any], **rest: Any) -> Box:
        """A live.* object."""
        faces = {"live.dial": look.DIAL}.get(kind, {"fontsize": 10.0})
        box = self.sheet.box(kind, at, face=face, extent=(min(face[2], 60), face[3]), **faces, **facts, **rest)
        self.sheet.wire(self.again, box)
        return box

    def switch(self, at: Place, face: Face, name: str, text: str) -> Box:
        """A live.text that stays down."""
        facts = look.parameter(name, 0, 1, 0, steps=("off", "on"))
        return self.control("live.text", at, face, facts, text=text, texton=text, mode=1)

    def send(self, address: str, at: Place, *sources: Box) -> Box:
        """What comes from `sources` goes to an address."""
        sent = self.sheet.box(f"prepend {osc(address)}", at)
        self.sheet.wires(*((source, sent) for source in sources), (sent, self.connection))
        return sent


def _range(address: str, name: str, *, argument: int = 0, initial: float = 0.0, **rest: Any) -> dict[str, Any]:
    """A parameter with the range and the unit of an argument."""
    arg = INCOMING[address].args[argument]
    assert arg.low is not None
    assert arg.high is not None
    facts = {"unit": arg.unit, "short": name.lower(), **rest}
    return look.parameter(name, arg.low, arg.high, initial, **facts)


def instrument() -> bytes:
    """MIDI of the track to the bridge, with its settings as parameters that automate."""
    device = MaxDevice("latent-bridge", 420, (396, 10, 14, 14))
    sheet, box, wires = device.sheet, device.sheet.box, device.sheet.wires

    sheet.note("channel: one for each track", (820, 0), width=170)
    channel = device.control(
        "live.numbox", (820, 1), (68, 78, 52, 18),
        _range("/lb/note", "Channel", argument=2, initial=1, short="channel", unit="ch %d", whole=True),
    )  # fmt: skip
    fan = box("t b i i b", (820, 2))
    wires((channel, fan))

    parsed = sheet.chain((20, 0), "midiin", "midiparse")[-1]
    sheet.note("notes, held by the pedal; they end before the channel changes", (20, 2), width=240)
    hold, ends, note = box("sustain", (20, 5)), box("flush", (20, 6)), box("pack 60 100 1", (20, 7))
    wires((parsed, hold), (hold, ends), (hold, ends, 1, 1), (ends, note), (ends, note, 1, 1), (fan, note, 2, 2))
    wires((fan, ends, 3))
    device.send("/lb/note", (20, 8), note)
    control, pedal = box("route 64", (170, 3.5)), box("> 63", (170, 4.5))
    wires((parsed, control, 2), (control, pedal), (pedal, hold, 0, 2))
    wheel = box("expr ($i1 - 64) / 32.", (280, 3.5))
    wires((parsed, wheel, 5))
    device.send("/lb/bend", (280, 4.5), wheel)

    menu = device.control(
        "live.menu", (20, 10), (10, 52, 110, 18), look.parameter("Instrument", 0, 0, 0, steps=instruments())
    )
    sheet.label("instrument", (1000, 3), (8, 34, 100, 18))
    chosen = box("pack s 1", (20, 11))
    wires((menu, chosen, 1), (fan, chosen, 1, 1))
    tell = sheet.message("outputvalue", (820, 4))
    wires((fan, tell), (tell, menu))
    device.send("/lb/instrument", (20, 12), chosen)

    gain = device.control("live.dial", (200, 9), (134, 36, 48, 48), _range("/lb/gain", "Gain"))
    device.send("/lb/gain", (200, 11), gain)
    alive = device.control("live.dial", (320, 9), (190, 36, 48, 48), _range("/lb/alive", "Alive"))
    device.send("/lb/alive", (320, 11), alive)

    x, y = (
        device.control("live.dial", (left, 9), (face, 36, 48, 48), _range("/lb/latent/xy", name, argument=k))
        for k, (name, left, face) in enumerate((("X", 440, 246), ("Y", 510, 302)))
    )
    point = box("pak 0. 0.", (440, 11))
    wires((x, point), (y, point, 0, 1))
    device.send("/lb/latent/xy", (440, 12), point)

    legato = device.switch((900, 9), (10, 78, 52, 18), "Legato", "legato")
    rest = float(INCOMING["/lb/legato"].args[1].default or 0.0)
    glide = device.control(
        "live.dial", (980, 9), (358, 36, 48, 48),
        _range("/lb/legato", "Glide", argument=1, initial=rest, unit="%.2f s", exponent=3.0),
    )  # fmt: skip
    facts = box(f"pak 0 {rest} 1", (900, 11))
    wires((legato, facts), (glide, facts, 0, 1), (fan, facts, 2, 2))
    device.send("/lb/legato", (900, 12), facts)

    gate = device.switch((20, 14), (10, 104, 110, 20), "Free Voice", "free voice")
    device.send("/lb/gate", (20, 15), gate)

    shape, frequency, radius = INCOMING["/lb/trajectory"].args
    shapes = device.control(
        "live.tab", (620, 9), (134, 104, 160, 20), look.parameter("Trajectory", 0, 0, 0, steps=shape.choices)
    )
    dials = [
        device.control(
            "live.dial", (700 + 80.0 * k, 9), (302 + 56.0 * k, 92, 48, 48),
            _range("/lb/trajectory", arg.name.capitalize(), argument=k + 1, initial=float(arg.default or 0),
                   exponent=power),
        )
        for k, (arg, power) in enumerate(((frequency, 3.0), (radius, 2.0)))
    ]  # fmt: skip
    path = box(f"pak {shape.choices[0]} {frequency.default} {radius.default}", (620, 11))
    wires((shapes, path, 1), *((dial, path, 0, k + 1) for k, dial in enumerate(dials)))
    device.send("/lb/trajectory", (620, 12), path)
    text = "The sound comes from the bridge: record it on an audio track (docs/daw.md)."
    sheet.label(text, (1000, 5), (8, 146, 404, 18))
    box("plugout~", (620, 14))
    return write(sheet.finish(description="MIDI to latent-bridge"), "instrument", "latent-bridge")


def listener() -> bytes:
    """Notes that the bridge hears, into the track."""
    device = MaxDevice("latent-bridge listener", 300, (276, 10, 14, 14))
    sheet, box, wires = device.sheet, device.sheet.box, device.sheet.wires
    listen = device.switch((20, 1), (10, 52, 80, 20), "Listen", "listen")
    sheet.note("off says nothing at first: the bridge may listen already", (120, 0))
    changed = box("change", (20, 2))
    unknown = sheet.message("set 0", (400, 19.5))
    wires((listen, changed), (device.appears, unknown), (unknown, changed))
    device.send("/lb/listen", (20, 3), changed)

    heard = box(f"route {osc('/lb/heard/note')}", (20, 8))
    parts = box("unpack 0 0", (20, 9))
    moved, inside = sheet.chain((20, 11), "+ 0", "clip 0 127")
    loud, whole = sheet.chain((130, 11), "* 1.", "clip 0 127")
    pair = box("pack 0 0", (20, 13))
    transpose = device.control(
        "live.dial", (240, 8), (104, 36, 60, 48),
        look.parameter("Transpose", -24, 24, 0, short="transpose", unit="st", whole=True),
    )  # fmt: skip
    force = device.control(
        "live.dial", (320, 8), (170, 36, 60, 48), look.parameter("Velocity", 0, 2, 1, short="velocity")
    )
    sheet.note("notes that sound end before the transposition changes, and with the bridge", (400, 10))
    fan = box("t i b", (240, 10))
    ends = box("flush", (20, 14))
    wires((device.connection, heard), (heard, parts), (parts, moved), (parts, loud, 1), (inside, pair))
    wires((whole, pair, 0, 1), (transpose, fan), (fan, moved, 0, 1), (fan, ends, 1), (force, loud, 0, 1))
    closed = box("sel 0", (90, 4))
    wires((listen, closed), (closed, ends), (device.appears, ends))
    again, form = box("pack 0 0", (20, 15)), box("midiformat", (20, 16))
    thru = sheet.chain((240, 15), "midiin", "midiout")[-1]
    wires((pair, ends), (ends, again), (ends, again, 1, 1), (again, form), (form, thru))
    sheet.label("notes of the microphone, into this track", (1000, 5), (8, 100, 284, 18))
    sheet.label("MIDI that comes in goes through", (1000, 6), (8, 118, 284, 18))
    return write(sheet.finish(description="What latent-bridge hears, as MIDI"), "midi_effect", "latent-bridge listener")


ALL = {"latent-bridge.amxd": instrument, "latent-bridge listener.amxd": listener}
