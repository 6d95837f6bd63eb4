"""A session for Open Stage Control: a page for phones, tablets and browsers."""

from __future__ import annotations

from typing import Any

from maxpatches.source.names import classes, instruments
from rt.osc.message import Arg
from rt.osc.table import INCOMING

WIDTH, HEIGHT = 1000, 640
WHITE_AND_BLACK = "CcDdEFfGgAaBC"
"""One octave, black keys in small letters."""

Widget = dict[str, Any]


def session() -> dict[str, Any]:
    """The whole session."""
    widgets = [*_faders(), *_pad(), *_labels(), *_keys()]
    root = {"type": "root", "id": "root", "width": WIDTH, "height": HEIGHT, "widgets": widgets, "tabs": []}
    return {"version": "1.25.0", "createdWith": "Open Stage Control", "type": "session", "content": root}


def _widget(kind: str, name: str, place: tuple[int, int, int, int], address: str, **rest: Any) -> Widget:
    left, top, width, height = place
    args = [arg for arg in INCOMING[address].args if not arg.optional]
    return {
        "type": kind, "id": name, "left": left, "top": top, "width": width, "height": height,
        "address": INCOMING[address].address, "typeTags": "".join(arg.type for arg in args), **rest,
    }  # fmt: skip


def _label(text: str, place: tuple[int, int, int, int]) -> Widget:
    """A word on the page; faders and switches have none of their own."""
    left, top, width, height = place
    return {
        "type": "text", "id": f"{text} label", "left": left, "top": top, "width": width, "height": height,
        "default": text, "bypass": True,
    }  # fmt: skip


def _range(arg: Arg) -> dict[str, float]:
    assert arg.low is not None
    assert arg.high is not None
    return {"min": arg.low, "max": arg.high}


def _faders() -> list[Widget]:
    found = []
    for k, (name, address, at_rest) in enumerate(
        (("gain", "/lb/gain", 0.0), ("bend", "/lb/bend", 0.0), ("alive", "/lb/alive", 0.0))
    ):
        place = (10 + 90 * k, 40, 80, 270)
        arg = INCOMING[address].args[0]
        found.append(_label(name, (10 + 90 * k, 10, 80, 26)))
        found.append(
            _widget("fader", name, place, address, range=_range(arg), default=at_rest, decimals=3, design="compact",
                    spring=name == "bend")
        )  # fmt: skip
    quiet = "set('sound', 0, {send: false})"
    panic = _widget(
        "button", "panic", (10, 320, 260, 60), "/lb/panic", label="panic", mode="tap", on=None, onValue=quiet
    )
    choice = {name: name for name in instruments()}
    menu = _widget(
        "dropdown", "instrument", (10, 390, 260, 50), "/lb/instrument", label="instrument: %key", values=choice
    )
    return [*found, panic, menu]


def _pad() -> list[Widget]:
    x, y = INCOMING["/lb/latent/xy"].args
    shapes = {name: name for name in INCOMING["/lb/trajectory"].args[0].choices}
    orders = {name: name for name in INCOMING["/lb/interp"].args[0].choices}
    return [
        _widget(
            "xy", "xy", (290, 10, 370, 370), "/lb/latent/xy", rangeX=_range(x), rangeY=_range(y), decimals=4, snap=True
        ),
        _widget("button", "sound", (290, 390, 120, 50), "/lb/gate", label="sound", mode="toggle", on=1, off=0),
        _widget("switch", "trajectory", (420, 390, 240, 50), "/lb/trajectory", values=shapes, layout="horizontal"),
        _widget("switch", "interpolation", (680, 390, 310, 50), "/lb/interp", values=orders, layout="horizontal"),
    ]


def _labels() -> list[Widget]:
    """Each button goes to one sound: /lb/symbol takes all labels at once."""
    found = []
    for row, name in enumerate(instruments()):
        for column, loud in enumerate(classes("dynamics")):
            place = (680 + 62 * column, 10 + 74 * row, 58, 68)
            fixed = [name, 4, 9, column]
            found.append(
                _widget(
                    "button",
                    f"{name} {loud}",
                    place,
                    "/lb/symbol",
                    label=f"{name} {loud}",
                    mode="tap",
                    on=None,
                    preArgs=fixed,
                    wrap="soft",
                )
            )
    return found


def _keys() -> list[Widget]:
    found = []
    for k, letter in enumerate(WHITE_AND_BLACK):
        place = (10 + 76 * k, 460, 70, 170)
        colour = "#333333" if letter.islower() else "#dddddd"
        found.append(
            _widget("button", f"key {60 + k}", place, "/lb/note", mode="push", on=100, off=0, preArgs=[60 + k],
                    label=f"{letter.upper()}{'#' if letter.islower() else ''}", colorWidget=colour)
        )  # fmt: skip
    return found
