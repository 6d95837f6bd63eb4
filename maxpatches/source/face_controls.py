"""SVG of single Max controls, close to what Max shows."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from maxpatches.source import look

Box = dict[str, Any]


def _css(colour: Any, default: look.Colour = look.LINE) -> str:
    r, g, b, a = (*(colour or default), 1.0)[:4]
    return f"rgba({255 * r:.0f},{255 * g:.0f},{255 * b:.0f},{a:g})"


def _rect(w: float, h: float, fill: str, *, x: float = 0, y: float = 0, rounded: float = 0, line: str = "none") -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{rounded:g}" fill="{fill}" '
        f'stroke="{line}"/>'
    )


def _text(text: str, x: float, y: float, *, size: float, fill: str, bold: bool = False, anchor: str = "start") -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="Arial, Liberation Sans, Helvetica, sans-serif" '
        f'font-size="{size:g}"{weight} fill="{fill}" text-anchor="{anchor}">{escape(text)}</text>'
    )


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Lines of a text in a box of this width."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}".strip()
            if line and len(longer) * size * 0.5 > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def _comment(box: Box, w: float, h: float) -> str:
    size = box.get("fontsize", 12.0)
    fill = _css(box.get("textcolor"), (0.1, 0.1, 0.1, 1.0))
    lines = wrapped(box.get("text", ""), w - 6, size)
    return "".join(
        _text(line, 3, 4 + size * (0.95 + 1.2 * k), size=size, fill=fill, bold=bool(box.get("fontface")))
        for k, line in enumerate(lines)
    )


def _panel(box: Box, w: float, h: float) -> str:
    return _rect(w, h, _css(box.get("bgcolor")), rounded=box.get("rounded", 0))


def _button(box: Box, w: float, h: float) -> str:
    state = "on" if box.get("shown") == [1.0] else ""
    default = (look.FIELD, look.ACCENT) if state else (look.TEXT, look.LINE)
    text = _text(
        box.get("text", ""), w / 2, h / 2 + 4, size=box.get("fontsize", 11),
        fill=_css(box.get(f"text{state}color"), default[0]), anchor="middle",
    )  # fmt: skip
    return _rect(w, h, _css(box.get(f"bg{state}color"), default[1]), rounded=box.get("rounded", 4)) + text


def _tab(box: Box, w: float, h: float) -> str:
    names = box.get("tabs") or box["saved_attribute_attributes"]["valueof"]["parameter_enum"]
    each = w / len(names)
    parts = []
    for k, name in enumerate(names):
        on = k == box.get("shown", [0])[0]
        fill = _css(box.get("htabcolor") if on else box.get("tabcolor"), look.ACCENT if on else look.LINE)
        ink = _css(box.get("htextcolor") if on else box.get("textcolor"), look.FIELD if on else look.TEXT)
        parts.append(_rect(each - 2, h, fill, x=k * each + 1, rounded=min(6, h / 3)))
        parts.append(_text(name, (k + 0.5) * each, h / 2 + 4, size=box.get("fontsize", 11), fill=ink, anchor="middle"))
    return "".join(parts)


def _menu(box: Box, w: float, h: float) -> str:
    valueof = box.get("saved_attribute_attributes", {}).get("valueof", {})
    names = [item for item in box.get("items", []) if item != ","] or valueof.get("parameter_enum", [""])
    return (
        _rect(w, h, _css(look.FIELD), rounded=5, line=_css(look.LINE))
        + _text(names[0], 8, h / 2 + 4, size=box.get("fontsize", 11), fill=_css(look.TEXT))
        + f'<path d="M{w - 16:g} {h / 2 - 2:g} h8 l-4 5 z" fill="{_css(look.ACCENT)}"/>'
    )


def _number(box: Box, w: float, h: float) -> str:
    number = box.get("shown", [box.get("minimum", 0)])[0]
    value = f"{number:g}{'' if number % 1 else '.'}" if box["maxclass"] == "flonum" else f"{number:.0f}"
    return (
        _rect(w, h, _css(box.get("bgcolor")), rounded=3, line=_css(look.LINE))
        + f'<path d="M4 {h / 2 - 4:g} l5 4 l-5 4 z" fill="{_css(look.ACCENT)}"/>'
        + _text(value, 14, h / 2 + 4, size=box.get("fontsize", 11), fill=_css(box.get("textcolor"), look.TEXT))
    )


def _field(box: Box, w: float, h: float) -> str:
    return _rect(w, h, _css(look.FIELD), rounded=3, line=_css(look.LINE))


def _dial(box: Box, w: float, h: float) -> str:
    valueof = box["saved_attribute_attributes"]["valueof"]
    low, high = valueof.get("parameter_mmin", 0.0), valueof.get("parameter_mmax", 1.0)
    value = valueof["parameter_initial"][0]
    share = ((value - low) / ((high - low) or 1.0)) ** (1.0 / valueof.get("parameter_exponent", 1.0))
    r = 11.0
    track = f'fill="none" stroke-width="3.5" stroke-dasharray="{1.5 * 3.14159 * r:.1f} 100"'
    turn = f'transform="rotate(135 {w / 2:g} 27)"'
    arc = f'fill="none" stroke-width="3.5" stroke-dasharray="{1.5 * 3.14159 * r * share:.1f} 100"'
    grey, teal = _css(look.LINE), _css(look.ACCENT)
    ink = _css(box.get("textcolor"), look.TEXT)
    return (
        _text(valueof["parameter_shortname"], w / 2, 10, size=10, fill=ink, anchor="middle")
        + f'<circle cx="{w / 2:g}" cy="27" r="{r}" stroke="{grey}" {track} {turn}/>'
        + (f'<circle cx="{w / 2:g}" cy="27" r="{r}" stroke="{teal}" {arc} {turn}/>' if share else "")
        + _text(_with_unit(valueof, value), w / 2, 46, size=10, fill=ink, anchor="middle")
    )


def _with_unit(valueof: Box, value: float) -> str:
    units = valueof.get("parameter_units", "")
    if "%" in units:
        return str(units % value)
    unit = {2: " ms", 3: " Hz", 4: " dB", 5: " %", 7: " st"}.get(valueof.get("parameter_unitstyle", 1), units)
    return f"{value:g}{unit}"


def _numbox(box: Box, w: float, h: float) -> str:
    valueof = box["saved_attribute_attributes"]["valueof"]
    text = _with_unit(valueof, valueof["parameter_initial"][0])
    return _rect(w, h, _css(look.FIELD), rounded=2, line=_css(look.LINE)) + _text(
        text, w / 2, h / 2 + 4, size=box.get("fontsize", 10), fill=_css(look.TEXT), anchor="middle"
    )


def _keys(box: Box, w: float, h: float) -> str:
    low, n = box.get("offset", 36), box.get("range", 61)
    notes = [note for note in range(low, low + n) if note % 12 not in (1, 3, 6, 8, 10)]
    each = w / len(notes)
    parts = [_rect(each, h, "white", x=k * each, line="#999") for k in range(len(notes))]
    for k, note in enumerate(notes[:-1]):
        if (note + 1) % 12 in (1, 3, 6, 8, 10):
            parts.append(_rect(each * 0.6, h * 0.6, "#222", x=(k + 0.7) * each))
    return "".join(parts)


def _sliders(box: Box, w: float, h: float) -> str:
    n = int(box.get("size", 1))
    field = _rect(w, h, _css(box.get("bgcolor")), line=_css(box.get("bordercolor")))
    if box.get("setstyle") == 3:
        return field + f'<path d="M0 {h / 2:g} H{w:g}" stroke="{_css(look.ACCENT)}" stroke-width="1.5"/>'
    each = w / n
    low, high = box.get("setminmax", [0.0, 1.0])
    shares = [(value - low) / (high - low) for value in box.get("shown", [max(low, 0.0)] * n)]
    base = 0.5 if box.get("signed") else 0.0
    bars = [
        _rect(
            each - 2, max(2.0, abs(share - base) * (h - 2)) if box.get("setstyle") == 1 else 2.0,
            _css(box.get("slidercolor")), x=k * each + 1, y=min(1 + (h - 2) * (1 - max(share, base)), h - 3),
        )
        for k, share in enumerate(shares)
    ]  # fmt: skip
    return field + "".join(bars)


def _slider(box: Box, w: float, h: float) -> str:
    return _rect(w, h, _css(box.get("bgcolor")), rounded=4) + _rect(6, h, _css(box.get("knobcolor")), rounded=2)


def _pad(box: Box, w: float, h: float) -> str:
    colour = _css(look.ACCENT)
    trail = f'<path d="M{0.2 * w:g} {0.7 * h:g} Q{0.3 * w:g} {0.2 * h:g} {0.62 * w:g} {0.4 * h:g}" fill="none" '
    return (
        _rect(w, h, _css((26 / 255, 29 / 255, 34 / 255, 1.0)))
        + trail
        + f'stroke="{colour}" stroke-opacity="0.5"/><circle cx="{0.62 * w:g}" cy="{0.4 * h:g}" r="5" fill="{colour}"/>'
    )


def _lamp(box: Box, w: float, h: float) -> str:
    colours = f'fill="{_css(box.get("offcolor"))}" stroke="{_css(look.LINE)}"'
    return f'<circle cx="{w / 2:g}" cy="{h / 2:g}" r="{w / 2 - 2:g}" {colours}/>'


def _points(box: Box, w: float, h: float) -> str:
    step = box.get("bubblesize", 12) + 3
    dots = [
        f'<circle cx="{x + step / 2:g}" cy="{y + step / 2:g}" r="{step / 2 - 2:g}" fill="{_css(look.LINE)}"/>'
        for y in range(0, int(h - step) + 1, step)
        for x in range(0, int(w - step) + 1, step)
    ]
    return _rect(w, h, _css(box.get("bgcolor"))) + "".join(dots)


def _message(box: Box, w: float, h: float) -> str:
    return _rect(w, h, "#d0d3d6", rounded=5, line="#aaa") + _text(box["text"], 5, h / 2 + 4, size=11, fill="#222")


def draw_object(box: Box, w: float, h: float) -> str:
    """Any object as a box with its text."""
    return _rect(w, h, "#333a42", rounded=3) + _text(
        box.get("text") or box["maxclass"], 5, h / 2 + 4, size=12, fill="white"
    )


DRAW: dict[str, Callable[[Box, float, float], str]] = {
    "comment": _comment,
    "live.comment": _comment,
    "panel": _panel,
    "textbutton": _button,
    "live.text": _button,
    "tab": _tab,
    "live.tab": _tab,
    "umenu": _menu,
    "live.menu": _menu,
    "textedit": _field,
    "number": _number,
    "flonum": _number,
    "live.dial": _dial,
    "live.numbox": _numbox,
    "kslider": _keys,
    "multislider": _sliders,
    "slider": _slider,
    "lcd": _pad,
    "led": _lamp,
    "preset": _points,
    "message": _message,
}
