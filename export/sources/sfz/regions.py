"""What an SFZ file says of its samples: which note each is, how loud it was played, and how it is looped.

Only what sounds when a key is struck at the positions that keyswitches and controllers have from the start is a
region here; the others are counted by why they are left out. Filters, envelopes and effects are not read: the corpus
holds the samples as they were recorded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from export.sources.sfz.loudness import DYNAMICS_CONTROLLERS, gain_db_of, loudness_of
from export.sources.sfz.opcodes import N_CONTROLLERS, Opcodes, inherited
from export.sources.sfz.text import Header
from rt.errors import BridgeError

LOOPED = ("loop_continuous", "loop_sustain")
WHOLE_SEMITONE_CENTS = 100.0
"""From here on `tune` says another note, below how far the player was out of tune."""
_OTHER_POSITION = "at other positions of a controller"
_LEVELS = ("global", "master", "group", "region")
_NOISES = re.compile(r"(?<![a-z])(noise|breath|click|thump)s?(?![a-z])", re.IGNORECASE)
_LABELS = ("global_label", "master_label", "group_label", "region_label")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One sample as it sounds on a key."""

    sample: str
    """Path as the file writes it, after its default path."""
    center: int | None
    """MIDI note at which the sample is not transposed; None: the sample's own header says it."""
    moved: int
    """Semitones that the region moves the sample up by at its centre."""
    low_key: int
    high_key: int
    low_velocity: float
    high_velocity: float
    """How hard it is struck, 0-127, or where a controller of dynamics stands."""
    gain_db: float
    offset: int
    """First sample to be played."""
    end: int | None
    """One past the last sample; None: to the end of the file."""
    loop_mode: str
    """As in SFZ; empty: looped if the sample's header says so."""
    loop_start: int | None
    loop_end: int | None
    """First and last sample of the loop; None: as the sample's header says."""
    crossfade_s: float
    """How long the end of the loop fades into what is before its start."""


class LeftOutError(Exception):
    """Why a region is left out on purpose."""


def regions_of(headers: Iterable[Header]) -> tuple[list[Region], Counter[str], list[tuple[str, str]]]:
    """The regions that sound, how many were left out by reason, and the sample and reason of those with mistakes."""
    found: list[Region] = []
    left_out: Counter[str] = Counter()
    mistakes: list[tuple[str, str]] = []
    raw = list(_raw_regions(headers))
    keyswitch = _first_keyswitch(raw)
    for values, control in raw:
        try:
            found.append(_region(values, control, keyswitch))
        except LeftOutError as reason:
            left_out[str(reason)] += 1
        except BridgeError as error:
            mistakes.append((values.get("sample", "region without a sample"), str(error)))
    return found, left_out, mistakes


def _raw_regions(headers: Iterable[Header]) -> Iterable[tuple[dict[str, str], dict[str, str]]]:
    """The opcodes of every region with those above it, and what `<control>` says by then."""
    above: dict[str, Mapping[str, str]] = {}
    control: dict[str, str] = {}
    for header in headers:
        if header.name == "control":
            control = control | header.opcodes
        elif header.name == "region":
            yield inherited([above.get(name, {}) for name in _LEVELS[:-1]] + [header.opcodes]), control
        elif header.name in _LEVELS:
            above[header.name] = header.opcodes
            for lower in _LEVELS[_LEVELS.index(header.name) + 1 :]:
                above.pop(lower, None)


def _first_keyswitch(raw: list[tuple[dict[str, str], dict[str, str]]]) -> int | None:
    """The keyswitch that holds before one is touched: `sw_default`, else the first that a region asks for."""
    for name in ("sw_default", "sw_last", "sw_lolast"):
        for values, control in raw:
            try:
                key = Opcodes(values, control).key(name)
            except BridgeError:
                continue
            if key is not None:
                return key
    return None


def _region(values: dict[str, str], control: dict[str, str], keyswitch: int | None) -> Region:
    """One region; LeftOutError when it does not sound by itself, BridgeError when it cannot be understood."""
    opcodes = Opcodes(values, control)
    sample = values.get("sample", "").strip('" ')
    if not sample:
        raise LeftOutError("without a sample")
    if sample.startswith("*"):
        raise LeftOutError("silent" if sample.lower() == "*silence" else "made by a generator")
    _check_sounds(opcodes, keyswitch)
    low_key, high_key = opcodes.key("lokey"), opcodes.key("hikey")
    from_file = opcodes.text("pitch_keycenter") == "sample"
    center = None if from_file else 60 if (named := opcodes.key("pitch_keycenter")) is None else named
    if opcodes.text("hikey").startswith("-"):
        raise LeftOutError("on no key")
    low_key, high_key = low_key or 0, 127 if high_key is None else high_key
    if low_key > high_key:
        raise BridgeError(f"lokey {low_key} lies above hikey {high_key}")
    if opcodes.number("pitch_keytrack", 100.0) == 0.0:
        if low_key != high_key:
            raise LeftOutError("without a pitch")
        center = low_key
    low_velocity, high_velocity = loudness_of(opcodes)
    gain_db = gain_db_of(opcodes)
    if gain_db is None:
        raise LeftOutError("silent")
    tune_cents = opcodes.number("tune", 0.0)
    whole = round(tune_cents / 100.0) if abs(tune_cents) >= WHOLE_SEMITONE_CENTS else 0
    end = opcodes.whole("end")
    if end == -1:
        raise LeftOutError("switched off")
    return Region(
        sample=values.get("default_path", control.get("default_path", "")).strip('"') + sample,
        center=center,
        moved=round(opcodes.number("transpose", 0.0)) + whole,
        low_key=low_key,
        high_key=high_key,
        low_velocity=low_velocity,
        high_velocity=high_velocity,
        gain_db=gain_db,
        offset=max(opcodes.whole("offset") or 0, 0),
        end=end + 1 if end and end > 0 else None,
        loop_mode=opcodes.text("loop_mode"),
        loop_start=opcodes.whole("loop_start"),
        loop_end=opcodes.whole("loop_end"),
        crossfade_s=max(opcodes.number("loop_crossfade", 0.0), 0.0),
    )


def _check_sounds(opcodes: Opcodes, keyswitch: int | None) -> None:
    """LeftOutError unless a struck key alone makes it sound."""
    trigger = opcodes.text("trigger")
    if trigger.startswith("release"):
        raise LeftOutError("release sounds")
    if trigger == "legato" or opcodes.text("sw_previous"):
        raise LeftOutError("legato transitions")
    if any(opcodes.numbered(f"{start}_{limit}cc") for start in ("on", "start") for limit in ("lo", "hi")):
        raise LeftOutError("started by a controller")
    if opcodes.number("loprog", 0.0) > 0.0:
        raise LeftOutError("of other programs")
    last = opcodes.key("sw_last")
    low, high = opcodes.key("sw_lolast"), opcodes.key("sw_hilast")
    if last is not None:
        low = high = last
    if low is not None or high is not None:
        low, high = low or 0, 127 if high is None else high
    else:
        low = high = keyswitch or 0
    if opcodes.text("sw_down") or not low <= (keyswitch or 0) <= high:
        raise LeftOutError("of other keyswitches")
    if any(_NOISES.search(opcodes.text(name)) for name in _LABELS):
        raise LeftOutError("noises")
    for name, number in opcodes.numbered("locc"):
        if number < N_CONTROLLERS and opcodes.controller(number) < opcodes.number(name, 0.0):
            raise LeftOutError(_OTHER_POSITION)
    for name, number in opcodes.numbered("hicc"):
        if number < N_CONTROLLERS and opcodes.controller(number) >= opcodes.number(name, 127.0) + 1.0:
            raise LeftOutError(_OTHER_POSITION)
    for number, low_level, high_level in _crossfades(opcodes):
        if number not in DYNAMICS_CONTROLLERS and not low_level < opcodes.controller(number) < high_level:
            raise LeftOutError(_OTHER_POSITION)


def _crossfades(opcodes: Opcodes) -> list[tuple[int, float, float]]:
    """Controllers that fade a region in and out, and the positions at which it is silent below and above."""
    limits: dict[int, list[float]] = {}
    for side, place in (("xfin", 0), ("xfout", 1)):
        numbers = {number for limit in ("lo", "hi") for _, number in opcodes.numbered(f"{side}_{limit}cc")}
        for number in numbers:
            ends = [opcodes.number(f"{side}_{limit}cc{number}", 127.0 * place) for limit in ("lo", "hi")]
            silent = ends[place] if ends[1] > ends[0] else (-1.0, 128.0)[place]
            limits.setdefault(number, [-1.0, 128.0])[place] = silent
    return [(number, low, high) for number, (low, high) in sorted(limits.items()) if number < N_CONTROLLERS]
