"""The controllers that have been learnt: they are heard before the usual ones, and kept in a file of the user's."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

from rt.atomic_write import atomic_write
from rt.bridge import Bridge
from rt.config.toml_file import read_toml
from rt.errors import ConfigError, ControlError
from rt.events import Event
from rt.midi.learnt import MOST_MAPPINGS, ControllerSource, Learnt, format_learnt, parse_learnt
from rt.midi.messages import CHANNEL_PRESSURE, CONTROL, NOTE_OFF, NOTE_ON
from rt.parameters import Parameter, Scope
from rt.units import N_CHANNELS

LEARNT_FILE = "controllers.toml"
"""In the user's folder."""
NEAR = 1.5 / 127
"""A controller this close to a value has picked it up."""
UNLEARNABLE = {0, 6, 32, 38, *range(96, 102), *range(120, 128)}
"""Controllers that are parts of other messages, or that end notes."""
_NO_NRPN = (127, 127)


@dataclass(slots=True)
class _Hand:
    """Where a learnt controller stands."""

    share: float | None = None
    sent: float | None = None
    """The value that it set last."""
    is_down: bool = False


@dataclass(slots=True)
class _Wish:
    """Who waits for a controller to move."""

    form: Callable[[ControllerSource], Learnt]
    done: Future[str]


class Controllers:
    """Messages in, events out; any thread may call."""

    def __init__(self, bridge: Bridge, value: Callable[[Parameter, int], tuple[float, ...] | None], path: Path) -> None:
        """Read what was learnt; a file that is wrong is told and kept. value : what a row is set to on a channel."""
        self._bridge = bridge
        self._value = value
        self._path = path
        self._lock = threading.Lock()
        self._learnt: dict[ControllerSource, Learnt] = {}
        self._hands: dict[ControllerSource, _Hand] = {}
        self._coarse: dict[tuple[int, int], int] = {}
        """The upper seven bits of controllers, by channel and number."""
        self._nrpn = [_NO_NRPN] * N_CHANNELS
        self._wish: _Wish | None = None
        self._newest: ControllerSource | None = None
        self._is_damaged = False
        self._read()

    def learn(self, form: Callable[[ControllerSource], Learnt]) -> Future[str]:
        """Have the next controller that moves be what `form` makes of it; done with what was learnt."""
        wish = _Wish(form, Future())
        with self._lock:
            before, self._wish = self._wish, wish
        if before is not None:
            before.done.set_exception(ControlError("something else is to be learnt now"))
        return wish.done

    def forget(self, name: str) -> list[Learnt]:
        """Unlearn what drives a parameter, by the name of its target, or `all`; what that was."""
        with self._lock:
            gone = [each for each in self._learnt.values() if name in ("all", each.target.name)]
            for each in gone:
                del self._learnt[each.source]
            self._write()
        return gone

    def listed(self) -> list[Learnt]:
        """All that were learnt, by their parameters."""
        with self._lock:
            return sorted(self._learnt.values(), key=lambda each: (each.target.name, str(each.source)))

    def hear(self, message: Sequence[int]) -> list[Event] | None:
        """The events of one whole message; None where it is no learnt controller's."""
        with self._lock:
            moved = self._moved(message)
            if not moved:
                return None
            if self._wish is not None:
                return self._take(moved[0][0], message)
            self._refine(moved)
            for source, share in moved:
                learnt = self._learnt.get(source)
                if learnt is not None:
                    return self._move(learnt, share)
        return None

    def _moved(self, message: Sequence[int]) -> list[tuple[ControllerSource, float]]:
        """What a message says that was moved, and how far (0-1): the usual reading first, then finer ones."""
        if len(message) < 2 or any(not 0 <= byte < 128 for byte in message[1:]):
            return []
        kind, channel, first = message[0] & 0xF0, message[0] & 0x0F, message[1]
        if kind == CHANNEL_PRESSURE:
            return [(ControllerSource("pressure", 0, channel), first / 127)]
        if len(message) < 3:
            return []
        second = message[2]
        if kind in (NOTE_ON, NOTE_OFF):
            return [(ControllerSource("note", first, channel), second / 127 if kind == NOTE_ON else 0.0)]
        if kind != CONTROL:
            return []
        if first in (98, 99):
            high, low = self._nrpn[channel]
            self._nrpn[channel] = (second, low) if first == 99 else (high, second)
            return []
        if first in (100, 101):
            self._nrpn[channel] = _NO_NRPN
            return []
        self._coarse[channel, first] = second
        if first in (6, 38) and self._nrpn[channel] != _NO_NRPN:
            high, low = self._nrpn[channel]
            coarse = self._coarse.get((channel, 6), 0)
            share = second / 127 if first == 6 else (coarse << 7 | second) / 16383
            return [(ControllerSource("nrpn", high << 7 | low, channel), share)]
        if first in UNLEARNABLE:
            return []
        found = [(ControllerSource("cc", first, channel), second / 127)]
        if first < 32:
            found.append((ControllerSource("cc14", first, channel), second / 127))
        elif first < 64:
            coarse = self._coarse.get((channel, first - 32), 0)
            found.append((ControllerSource("cc14", first - 32, channel), (coarse << 7 | second) / 16383))
        return found

    def _take(self, source: ControllerSource, message: Sequence[int]) -> list[Event]:
        """Learn a controller that moved; it does nothing yet."""
        wish = self._wish
        assert wish is not None
        if source.kind == "note" and message[0] & 0xF0 == NOTE_OFF:
            return []
        self._wish = None
        if source not in self._learnt and len(self._learnt) >= MOST_MAPPINGS:
            wish.done.set_exception(ControlError(f"{MOST_MAPPINGS} controllers are learnt already; /lb/unlearn one"))
            return []
        learnt = wish.form(source)
        self._keep(learnt)
        self._newest = source
        wish.done.set_result(f"{learnt.target.name} by {source}")
        return []

    def _refine(self, moved: list[tuple[ControllerSource, float]]) -> None:
        """A controller that was learnt just now, and whose fine part follows at once, has 14 bits."""
        newest, self._newest = self._newest, None
        if newest is None or newest.kind != "cc":
            return
        fine = ControllerSource("cc14", newest.number, newest.channel)
        if moved[0][0] == ControllerSource("cc", newest.number + 32, newest.channel) and newest.number < 32:
            learnt = self._learnt.pop(newest)
            self._keep(replace(learnt, source=fine))

    def _keep(self, learnt: Learnt) -> None:
        self._learnt[learnt.source] = learnt
        self._hands[learnt.source] = _Hand()
        self._write()

    def _move(self, learnt: Learnt, share: float) -> list[Event]:
        manifest = self._bridge.manifest
        target, hand = learnt.target, self._hands.setdefault(learnt.source, _Hand())
        channel = learnt.source.channel if target.row.scope is Scope.CHANNEL else 0
        now = self._value(target.row, channel)
        value = target.value(now, manifest)
        if value is None:  # another bundle, with fewer latents
            return []
        own = target.limits(manifest)
        low = own[0] if learnt.low is None else learnt.low
        high = own[1] if learnt.high is None else learnt.high
        was_down, hand.is_down = hand.is_down, share >= 0.5
        before, hand.share = hand.share, share
        if learnt.curve == "toggle":
            if was_down or not hand.is_down:
                return []
            wanted = low if abs(value - high) < abs(value - low) else high
        else:
            if learnt.source.kind == "note":
                share = float(share > 0.0)
            if learnt.pick_up and now is not None and value != hand.sent:
                set_at = min(max(learnt.share(value, low, high), 0.0), 1.0)
                has_passed = before is not None and (before - set_at) * (share - set_at) <= 0.0
                if not has_passed and abs(share - set_at) > NEAR:
                    return []
            wanted = learnt.at(share, low, high)
        event = target.event(wanted, now, channel, manifest)
        hand.sent = event.values[target.index]
        return [event]

    def _read(self) -> None:
        if not self._path.exists():
            return
        try:
            for each in parse_learnt(read_toml(self._path)):
                self._learnt[each.source] = each
        except (ControlError, ConfigError) as error:
            text = str(error) if str(self._path) in str(error) else f"{self._path}: {error}"
            self._is_damaged = True
            self._bridge.report(f"learnt controllers are left out: {text}")

    def _write(self) -> None:
        """Keep all of it; what could not be read is kept beside it."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._is_damaged:
                self._path.replace(self._path.with_suffix(".damaged"))
                self._is_damaged = False
            with atomic_write(self._path) as place:
                place.write_text(format_learnt(list(self._learnt.values())), encoding="utf-8")
        except OSError as error:
            self._bridge.report(f"{self._path} cannot be written ({error.strerror}); what is learnt ends with this run")
