"""What the opcodes of one region say: numbers, keys and controllers, each checked when it is asked for."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping

from export.sources.labels import parse_note
from rt.errors import BridgeError

ALIASES = {
    "loopmode": "loop_mode",
    "loopstart": "loop_start",
    "loopend": "loop_end",
    "pitch": "tune",
}
CONTROLLER_DEFAULTS = {7: 100.0, 10: 64.0, 11: 127.0}
"""Where controllers stand that the file does not set; the others at 0."""
N_CONTROLLERS = 128
"""Above are a note's own velocity, key and chance, which are no controllers."""
LARGEST = 1e12
"""Of any number: the samples of a month."""
_NUMBERED = re.compile(r"(\w*(?:cc|amp_velcurve_))(\d{1,4})", re.ASCII)


class Opcodes:
    """The opcodes that hold for one region."""

    def __init__(self, values: Mapping[str, str], control: Mapping[str, str]) -> None:
        self._values = values
        self._control = control
        self._numbered: dict[str, list[tuple[str, int]]] | None = None
        self.key_offset = self._whole(control, "note_offset") + 12 * self._whole(control, "octave_offset")
        """Semitones that every key of the file is moved by."""

    def text(self, name: str) -> str:
        """The value in lower case, empty where there is none."""
        return self._values.get(name, "").lower()

    def number(self, name: str, default: float) -> float:
        """A finite number."""
        return _number(self._values, name, default)

    def from_start(self, name: str, default: float) -> float:
        """A number with what controllers add to it before anybody moves them."""
        added = (
            self.number(opcode, 0.0) * self.controller(number) / 127.0
            for start in (f"{name}_oncc", f"{name}_cc")
            for opcode, number in self.numbered(start)
            if number < N_CONTROLLERS
        )
        return self.number(name, default) + sum(added)

    def whole(self, name: str) -> int | None:
        """A whole number; None where there is none."""
        return self._whole(self._values, name) if name in self._values else None

    def key(self, name: str) -> int | None:
        """A MIDI note, moved as the file says; None where there is none, or -1 for no key."""
        text = self.text(name)
        if not text or re.fullmatch(r"-\d+(\.0*)?", text):
            return None
        try:
            note = parse_note(re.sub(r"(?<=\d)\.0*$", "", text)) + self.key_offset
        except BridgeError as error:
            raise BridgeError(f"{name}: {error}") from error
        if not 0 <= note <= 127:
            raise BridgeError(f"{name}: note {text!r} is moved to MIDI {note}, allowed are 0-127")
        return note

    def numbered(self, start: str) -> list[tuple[str, int]]:
        """Opcodes that end in the number of a controller or velocity, such as `locc64` for `locc`, and the numbers."""
        if self._numbered is None:
            self._numbered = defaultdict(list)
            for name in self._values:
                found = _NUMBERED.fullmatch(name)
                if found:
                    self._numbered[found[1]].append((name, int(found[2])))
        return self._numbered.get(start, [])

    def controller(self, number: int) -> float:
        """Where a controller stands before anybody moves it, 0-127."""
        if f"set_hdcc{number}" in self._control:
            return 127.0 * _number(self._control, f"set_hdcc{number}", 0.0)
        return _number(self._control, f"set_cc{number}", CONTROLLER_DEFAULTS.get(number, 0.0))

    def _whole(self, values: Mapping[str, str], name: str) -> int:
        return round(_number(values, name, 0.0))


def _number(values: Mapping[str, str], name: str, default: float) -> float:
    text = values.get(name, "").strip()
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if math.isnan(value):
        raise BridgeError(f"{name}={text[:60]} is no number")
    if abs(value) > LARGEST:
        raise BridgeError(f"{name}={text[:60]} is absurd, allowed are numbers up to {LARGEST:g}")
    return value


def inherited(levels: list[Mapping[str, str]]) -> dict[str, str]:
    """The opcodes of a region with those of the headers above it; what stands nearer counts.

    `key` is the range and the centre at once, and within its header whatever names one of them alone counts more.
    """
    found: dict[str, str] = {}
    for level in levels:
        own = {ALIASES.get(name, name): value for name, value in level.items()}
        if "key" in own:
            found |= {"lokey": own["key"], "hikey": own["key"], "pitch_keycenter": own["key"]}
        found |= own
    return found
