"""Controls that several patches have, with the objects that make OSC of them."""

from __future__ import annotations

from typing import Any

from py2max.core import Box

from maxpatches.source import look
from maxpatches.source.sheet import Face, Place, Sheet, osc
from rt.osc.table import INCOMING

SOUND = "lb.sound"
"""Max name by which the buttons of the free voice keep each other in step: `set 0` or `set 1`."""
QUIET = "lb.quiet"
"""Max name of the bang that tells all patches that nothing sounds any more."""
AGAIN = "lb.again"
"""Max name of the bang that asks for what controls show: a bridge has come after them, or has come back."""


def toggle(text: str) -> dict[str, Any]:
    """What makes a textbutton stay down."""
    return {"mode": 1, "text": text, "texton": text, **look.BUTTON}


def items(names: tuple[str, ...]) -> list[str]:
    """The items of a umenu."""
    listed: list[str] = []
    for name in names:
        listed += [name, ","]
    return listed[:-1]


def gate(sheet: Sheet, at: Place, face: Face, out: Box) -> Box:
    """The button that lets the free voice sound; takes five rows at `at`.

    There is one free voice: all these buttons are down together, and go up when lb.bridge falls silent.
    """
    x, row = at
    shared = sheet.box(f"receive {SOUND}", at)
    button = sheet.box("textbutton", (x, row + 1), face=face, **toggle("sound"))
    sent = sheet.box(f"prepend {osc('/lb/gate')}", (x, row + 2))
    shown = sheet.box("prepend set", (x, row + 3))
    told = sheet.box(f"send {SOUND}", (x, row + 4))
    sheet.wires((shared, button), (button, shown), (button, sent), (shown, told), (sent, out))
    return button


def hush(sheet: Sheet, at: Place, *targets: Box) -> Box:
    """Bangs `targets` when lb.bridge falls silent: after panic, or when the bridge is gone."""
    return _told(sheet, QUIET, at, targets)


def repeat(sheet: Sheet, at: Place, *targets: Box) -> Box:
    """Bangs `targets` when a bridge appears that knows nothing of them."""
    return _told(sheet, AGAIN, at, targets)


def _told(sheet: Sheet, name: str, at: Place, targets: tuple[Box, ...]) -> Box:
    box = sheet.box(f"receive {name}", at)
    sheet.wires(*((box, target) for target in targets))
    return box


def dial(
    sheet: Sheet,
    at: Place,
    face: Face,
    name: str,
    low: float,
    high: float,
    initial: float,
    *,
    unit: str = "",
    whole: bool = False,
    exponent: float = 1.0,
) -> Box:
    """A live.dial that tells its name, range and unit; an exponent above 1 gives small values more room."""
    facts = look.parameter(name, low, high, initial, unit=unit, whole=whole, exponent=exponent)
    return sheet.box("live.dial", at, face=face, extent=(60, 48), **look.DIAL, **facts)


def dial_of(sheet: Sheet, at: Place, face: Face, address: str, arg_name: str, initial: float) -> Box:
    """A live.dial with the range and unit that the table gives an argument."""
    arg = next(arg for arg in INCOMING[address].args if arg.name == arg_name)
    assert arg.low is not None
    assert arg.high is not None
    unit = {"semitones": "st"}.get(arg.unit, arg.unit)
    name = address.rpartition("/")[2] if len(INCOMING[address].args) == 1 else arg.name
    return dial(sheet, at, face, name, arg.low, arg.high, initial, unit=unit)


def interpolation(sheet: Sheet, at: Place, face: tuple[float, float], out: Box) -> None:
    """How the free voice moves from point to point: a tab and a time, 250 by 46 pixels at `face`."""
    order, time = INCOMING["/lb/interp"].args
    x, row = at
    left, top = face
    sheet.label("interpolation", (x, row), (left, top, 90, 18))
    tab = sheet.box(
        "tab", (x, row + 1), face=(left, top + 20, 180, 22), extent=(150, 22), tabs=list(order.choices), **look.TABS
    )
    sheet.label("seconds", (x + 160, row), (left + 186, top, 64, 18))
    assert time.low is not None
    assert time.high is not None
    seconds = sheet.box(
        "flonum", (x + 160, row + 1), face=(left + 188, top + 20, 56, 22),
        minimum=time.low, maximum=time.high, **look.NUMBER,
    )  # fmt: skip
    sheet.start(seconds, f"set {time.default}", (x + 160, row + 2))
    both = sheet.box(f"pak {order.choices[0]} {float(time.default or 0.0)}", (x, row + 2))
    sent = sheet.box(f"prepend {osc('/lb/interp')}", (x, row + 3))
    sheet.wires((tab, both, 1), (seconds, both, 0, 1), (both, sent), (sent, out))
    repeat(sheet, (x + 160, row + 3), both)
