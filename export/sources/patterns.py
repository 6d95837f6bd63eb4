"""File names with named fields: `{instrument}/{note}_{dynamics}.wav`.

`{note}` is C#4, Db4 or a MIDI number; `{octave}` and `{pitch_class}` may stand for it; `{velocity}` is 1-127. Any
other field is a label of the user's own. `*` and `{}` stand for anything within one folder. A pattern without a `/` is
matched against the file's name in any folder, and one without a suffix against all kinds of sound files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from export.sources.files import SUFFIXES
from export.sources.instruments import known_instrument
from export.sources.labels import DYNAMICS, LONG_DYNAMICS, NOTE, PITCH_CLASS, column_name
from rt.errors import BridgeError

FIELDS = {
    "note": NOTE,
    "octave": r"-?\d{1,2}",
    "pitch_class": rf"{PITCH_CLASS}|\d{{1,2}}",
    "velocity": r"\d{1,3}",
    "dynamics": r"[^/_]+?",
    "instrument": r"[^/]+?",
}
USUAL = (
    "{instrument}_{note}_{dynamics}",
    "{instrument}_{dynamics}_{note}",
    "{instrument}-{note}-{dynamics}",
    "{instrument}-{dynamics}-{note}",
    "{instrument}.{dynamics}.{note}",
    "{instrument} {note} {dynamics}",
    "{instrument}-{note}-v{velocity}",
    "{instrument}_{note}_v{velocity}",
    "{instrument}-{note}-{velocity}",
    "{instrument}_{note}_{velocity}",
    "{instrument}/{dynamics}/{note}",
    "{instrument}/{note}_{dynamics}",
    "{instrument}/{note}-{dynamics}",
    "{instrument}/{note}_v{velocity}",
    "{instrument}/{note}v{velocity}",
    "{instrument}/{note}_{velocity}",
    "{instrument}/{note}",
    "{instrument}_{note}",
    "{instrument}-{note}",
    "{instrument} {note}",
    "{note}_{dynamics}",
    "{note}-{dynamics}",
    "{note}_v{velocity}",
    "{note}v{velocity}",
    "{note}_{velocity}",
    "{note}",
)
"""Tried in this order when no pattern is given; the one that most files fit is taken, the first of equals."""
KNOWN_DYNAMICS = {*DYNAMICS, *LONG_DYNAMICS, "mezzo-piano", "mezzo-forte"}


class Pattern:
    """A pattern of file names, ready to be matched."""

    def __init__(self, text: str) -> None:
        self.text = text
        parts = re.split(r"(\{[^{}]*\}|\*+)", text.removeprefix("./"))
        named = [part[1:-1].strip().lower() for part in parts if part.startswith("{") and part != "{}"]
        self.fields = tuple(dict.fromkeys(name if name in FIELDS else column_name(name) for name in named))
        if "note" not in self.fields and not {"octave", "pitch_class"} <= set(self.fields):
            raise BridgeError(f"pattern {text!r} names no note; it needs {{note}}, or {{octave}} and {{pitch_class}}")
        if not text.lower().endswith(SUFFIXES):
            parts.append("*" if text.endswith((".*", "*")) else "{.}")
        self._anywhere = "/" not in text
        plain = [_expression(parts, own) for own in (r"[^/_]+?", r"[^/]+?")]  # names without _ first
        self._expressions = [re.compile(one, re.IGNORECASE) for one in dict.fromkeys(plain)]

    def match(self, path: str) -> dict[str, str] | None:
        """The fields of a path relative to the folder; None when it does not fit."""
        path = path.rpartition("/")[2] if self._anywhere else path
        for expression in self._expressions:
            found = expression.fullmatch(path)
            if found:
                return found.groupdict()
        return None


def _expression(parts: list[str], own: str) -> str:
    """Regular expression of a pattern's parts; `own` is what a label of the user's own may hold."""
    done: set[str] = set()
    text = ""
    for part in parts:
        if part == "{.}":
            text += "(?:" + "|".join(re.escape(suffix) for suffix in SUFFIXES) + ")"
        elif part == "{}" or part.startswith("*"):
            text += "[^/]*"
        elif part.startswith("{"):
            name = part[1:-1].strip().lower()
            text += f"(?P={name})" if name in done else f"(?P<{name}>{FIELDS.get(name, own)})"
            done.add(name)
        else:
            text += re.escape(part)
    return text


_TAKE = re.compile(r"(?<=.)_[1-9](?=\.[^./]+$)")
"""Of several recordings of one note: `Cello_A4_mf_2`."""


class UsualPattern(Pattern):
    """A pattern that was guessed: stricter about what it takes for a note, an instrument or dynamics."""

    def match(self, path: str) -> dict[str, str] | None:
        """The fields, when they look like what they are taken for."""
        found = super().match(_TAKE.sub("", path)) or super().match(path)
        if not found:
            return None
        if len(found.get("velocity", "")) == 1 and _TAKE.search(path):
            return None  # a take's number
        note = found["note"]
        if note.isdigit() and len(note) < 3 and int(note) < 20:
            return None  # rather a take's number
        if found.get("dynamics", "mf").lower() not in KNOWN_DYNAMICS:
            return None
        instrument = found.get("instrument", "")
        words = re.split(r"[-_ ./]", instrument)
        swallowed = any(word.lower() in KNOWN_DYNAMICS or re.fullmatch(r"[A-G](#|b|s)?\d", word) for word in words)
        return None if swallowed and not known_instrument(instrument) else found


def usual_pattern(paths: Iterable[str]) -> tuple[Pattern, int] | None:
    """The usual pattern that most paths fit and how many do; None when no path fits any."""
    paths = list(paths)
    patterns = [UsualPattern(text) for text in USUAL]
    counts = [sum(pattern.match(path) is not None for path in paths) for pattern in patterns]
    best = max(range(len(patterns)), key=counts.__getitem__)
    return (patterns[best], counts[best]) if counts[best] else None
