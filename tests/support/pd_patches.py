"""Reads Pure Data patches: what they send to the bridge and what they take from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "examples" / "pure-data"


@dataclass
class Patch:
    """The objects of one file in order, and its wires."""

    path: Path
    objects: list[list[str]] = field(default_factory=list)
    wires: list[tuple[int, int, int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        depth = 0
        for line in self.path.read_text("utf-8").split(";\n"):
            words = line.split()
            if words[:2] == ["#N", "canvas"]:
                depth += 1
            elif words[:2] == ["#X", "restore"]:
                depth -= 1
                self.objects.append(["graph"])
            elif words[:2] == ["#X", "connect"]:
                a, b, c, d = map(int, words[2:])
                self.wires.append((a, b, c, d))
            elif words[:1] == ["#X"] and words[1] not in ("coords", "array") and depth == 1:
                name = words[4:] if words[1] in ("obj", "msg") else [words[1]]
                self.objects.append([*(["msg"] if words[1] == "msg" else []), *name])

    def sent(self) -> Iterator[tuple[str, str]]:
        """(address, types) of every `oscformat`."""
        for words in self.objects:
            if words[0] == "oscformat":
                types, path = (words[2], words[3:]) if words[1] == "-f" else ("", words[1:])
                yield "/" + "/".join(path), types

    def taken(self) -> Iterator[tuple[str, str | None]]:
        """(address, types that `unpack` expects, if it does) of everything sorted out of `lb.in`."""
        for number, words in enumerate(self.objects):
            if words == ["lb.in"]:
                yield from self._sorted(number, 0, "")

    def _sorted(self, number: int, outlet: int, path: str) -> Iterator[tuple[str, str | None]]:
        for source, port, target, _ in self.wires:
            if (source, port) != (number, outlet):
                continue
            words = self.objects[target]
            if words[0] == "route":
                for k, part in enumerate(words[1:]):
                    yield from self._sorted(target, k, f"{path}/{part}")
            else:
                yield path, "".join(words[1:]) if words[0] == "unpack" else None
