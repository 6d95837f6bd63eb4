"""What `/lb/preset` and bank 1 of MIDI ask for: presets are saved, found and brought into force in a thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from rt.bridge import Bridge
from rt.errors import ControlError
from rt.parameters import ParameterValues
from rt.presets.library import PresetLibrary, check_name
from rt.presets.preset import changes, format_preset, parse_preset


class Presets:
    """Works one request after the other; a context manager."""

    def __init__(self, bridge: Bridge, library: PresetLibrary, values: Callable[[], ParameterValues]) -> None:
        """Bridge : what is told of the values of a preset. values : a copy of what is set now."""
        self._bridge = bridge
        self._library = library
        self._values = values
        self._now = ""
        """Name of the one that was saved or loaded last."""
        self._executor = ThreadPoolExecutor(1, "presets")
        self._actions: dict[str, Callable[[str], str]] = {
            "save": self._save,
            "load": self._load,
            "delete": self._delete,
            "next": lambda _: self._step(1),
            "previous": lambda _: self._step(-1),
        }

    def __enter__(self) -> Presets:
        return self

    def __exit__(self, *error: object) -> None:
        self._executor.shutdown(cancel_futures=True)

    def names(self) -> Future[list[str]]:
        """All names in their order, from which numbers count."""
        return self._executor.submit(self._library.names)

    def act(self, action: str, name: str) -> Future[str]:
        """Save, load or delete a preset, or load the next or the previous; what was done, or ControlError.

        name : of the preset; to load, `#3` is the third. Nothing for next and previous.
        """
        return self._executor.submit(self._actions[action], name)

    def _save(self, name: str) -> str:
        name = check_name(name)
        self._library.write(name, format_preset(self._values(), self._bridge.manifest))
        self._now = name
        return f"save {name}"

    def _load(self, name: str) -> str:
        if name.startswith("#"):
            names = self._library.names()
            number = int(name[1:]) if name[1:].isdecimal() and len(name) < 6 else 0
            if not 1 <= number <= len(names):
                raise ControlError(f"{name[:20]} is no preset; there are #1 to #{len(names)}")
            name = names[number - 1]
        name = check_name(name)
        manifest, tables = self._bridge.manifest, self._library.read(name)
        try:
            entries, lacking = parse_preset(tables, manifest)
        except ControlError as error:
            raise ControlError(f"preset {name}: {error}") from error
        for event in changes(entries, self._values(), manifest):
            self._bridge.send(event)
        self._now = name
        return f"load {name}" + (f"; left out: {', '.join(lacking)}" if lacking else "")

    def _delete(self, name: str) -> str:
        name = check_name(name)
        self._library.delete(name)
        return f"delete {name}"

    def _step(self, by: int) -> str:
        names = self._library.names()
        if not names:
            raise ControlError("there are no presets; /lb/preset save NAME makes one")
        known = [name.casefold() for name in names]
        now = self._now.casefold()
        first = 0 if by > 0 else len(names) - 1
        return self._load(names[(known.index(now) + by) % len(names) if now in known else first])
