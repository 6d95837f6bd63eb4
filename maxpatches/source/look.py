"""How every patch looks: one palette, one font, one set of controls with labels."""

from __future__ import annotations

from typing import Any

Colour = tuple[float, float, float, float]

GROUND: Colour = (0.16, 0.18, 0.21, 1.0)
FIELD: Colour = (0.10, 0.115, 0.135, 1.0)
LINE: Colour = (0.30, 0.33, 0.37, 1.0)
TEXT: Colour = (0.90, 0.92, 0.93, 1.0)
FAINT: Colour = (0.58, 0.63, 0.67, 1.0)
ACCENT: Colour = (0.25, 0.72, 0.68, 1.0)
WARM: Colour = (0.93, 0.55, 0.28, 1.0)
CLEAR: Colour = (0.0, 0.0, 0.0, 0.0)
FONT = "Arial"

PANEL: dict[str, Any] = {
    "bgcolor": list(GROUND),
    "bgfillcolor": {"type": "color", "color": list(GROUND)},
    "border": 0,
    "rounded": 8,
    "background": 1,
    "ignoreclick": 1,
}
TITLE: dict[str, Any] = {"fontsize": 14.0, "fontface": 1, "textcolor": list(TEXT)}
LABEL: dict[str, Any] = {"fontsize": 10.0, "textcolor": list(FAINT)}
VALUE: dict[str, Any] = {"fontsize": 11.0, "textcolor": list(TEXT)}
WARNING: dict[str, Any] = {"fontsize": 10.0, "textcolor": list(WARM)}

BUTTON: dict[str, Any] = {
    "fontsize": 11.0,
    "rounded": 6.0,
    "border": 0,
    "bgcolor": list(LINE),
    "bgoncolor": list(ACCENT),
    "bgovercolor": list(LINE),
    "textcolor": list(TEXT),
    "textoncolor": list(FIELD),
    "textovercolor": list(TEXT),
}
TABS: dict[str, Any] = {
    "fontsize": 11.0,
    "rounded": 6.0,
    "spacing_x": 2.0,
    "spacing_y": 2.0,
    "bgcolor": list(CLEAR),
    "tabcolor": list(LINE),
    "htabcolor": list(ACCENT),
    "textcolor": list(TEXT),
    "htextcolor": list(FIELD),
}
MENU: dict[str, Any] = {
    "fontsize": 11.0,
    "rounded": 6.0,
    "bgfillcolor_type": "color",
    "bgfillcolor_color": list(FIELD),
    "color": list(ACCENT),
    "textcolor": list(TEXT),
    "elementcolor": list(LINE),
}
NUMBER: dict[str, Any] = {
    "fontsize": 11.0,
    "bgcolor": list(FIELD),
    "textcolor": list(TEXT),
    "htricolor": list(ACCENT),
}
SLIDERS: dict[str, Any] = {
    "bgcolor": list(FIELD),
    "slidercolor": list(ACCENT),
    "bordercolor": list(LINE),
}
KEYS: dict[str, Any] = {"hkeycolor": list(ACCENT), "bordercolor": list(LINE)}
LAMP: dict[str, Any] = {"oncolor": list(ACCENT), "offcolor": list(FIELD), "bgcolor": list(GROUND)}
DIAL: dict[str, Any] = {
    "activedialcolor": list(ACCENT),
    "activeneedlecolor": list(TEXT),
    "textcolor": list(TEXT),
    "fontsize": 10.0,
}
POINTS: dict[str, Any] = {
    "bgcolor": list(FIELD),
    "active1": list(ACCENT),
    "stored1": list(FAINT),
    "emptycolor": list(LINE),
    "bubblesize": 14,
}


def parameter(
    name: str,
    low: float,
    high: float,
    initial: float,
    *,
    short: str = "",
    unit: str = "",
    whole: bool = False,
    exponent: float = 1.0,
    steps: tuple[str, ...] = (),
) -> dict[str, Any]:
    """What makes a live.* control a parameter that a host can automate.

    name : long name, unique in its patch; `short` is what is shown.
    unit : Hz, ms, dB, %, st, or any other text; %d or %.1f in it stands for the number.
    whole : only whole numbers.
    exponent : above 1 gives small values more of the way.
    steps : names of the choices, for menus and tabs; `low` and `high` do not matter then.
    """
    styles = {"": 1, "ms": 2, "Hz": 3, "dB": 4, "%": 5, "st": 7}
    valueof: dict[str, Any] = {
        "parameter_longname": name,
        "parameter_shortname": short or name,
        "parameter_type": 2 if steps else 1 if whole else 0,
        "parameter_initial_enable": 1,
        "parameter_initial": [initial],
    }
    if steps:
        valueof["parameter_enum"] = list(steps)
        valueof["parameter_mmax"] = len(steps) - 1
    else:
        valueof["parameter_mmin"] = float(low)
        valueof["parameter_mmax"] = float(high)
        valueof["parameter_unitstyle"] = 0 if whole and not unit else styles.get(unit, 9)
        if unit and unit not in styles:
            valueof["parameter_units"] = unit
    if exponent != 1.0:
        valueof["parameter_exponent"] = exponent
    return {"parameter_enable": 1, "saved_attribute_attributes": {"valueof": valueof}, "varname": name}
