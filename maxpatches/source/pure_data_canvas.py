"""A Pure Data patch being written, element by element."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field

from maxpatches.source.names import n_latents
from rt.osc.message import Arg
from rt.osc.table import INCOMING

ROW = 28
WHITE, INK, TEAL = "#fcfcfc", "#202428", "#40b8ae"


@dataclass
class Canvas:
    """One patch, written line by line."""

    width: int
    height: int
    lines: list[str] = field(default_factory=list)
    wires: list[str] = field(default_factory=list)
    n_objects: int = 0

    def add(self, text: str) -> int:
        """One element; the number by which wires know it."""
        self.lines.append(f"{text};")
        self.n_objects += 1
        return self.n_objects - 1

    def obj(self, x: int, row: float, text: str) -> int:
        """An object."""
        return self.add(f"#X obj {x} {y_of(row)} {_escaped(text)}")

    def msg(self, x: int, row: float, text: str) -> int:
        """A message box."""
        return self.add(f"#X msg {x} {y_of(row)} {_escaped(text)}")

    def text(self, x: int, row: float, text: str) -> int:
        """A comment."""
        return self.add(f"#X text {x} {y_of(row)} {_escaped(text)}")

    def title(self, text: str, about: str) -> None:
        """The bar at the top."""
        self.add(f"#X obj 0 0 cnv 15 {self.width} 40 empty empty {text} 12 20 0 18 {INK} {WHITE} 0")
        self.text(14, 1.4, about)

    def slider(self, x: int, row: float, name: str, low: float, high: float, label: str) -> int:
        """A horizontal slider that hears `name`."""
        look = f"{label} 0 -8 0 10 {WHITE} {INK} {INK}"
        return self.add(f"#X obj {x} {y_of(row)} hsl 200 18 {low:g} {high:g} 0 0 empty {name} {look} 10000 1")

    def number(self, x: int, row: float, name: str, low: float, high: float, label: str) -> int:
        """A number box that hears `name`."""
        look = f"{label} 0 -8 0 10 {WHITE} {INK} {INK}"
        return self.add(f"#X obj {x} {y_of(row)} nbx 6 18 {low:g} {high:g} 0 0 empty {name} {look} 0 256")

    def toggle(self, x: int, row: float, name: str, label: str, *, on: bool = False) -> int:
        """A switch that hears `name`; one that is on says so when the patch is opened."""
        look = f"{label} 24 9 0 10 {WHITE} {TEAL} {INK} {int(on)} 1"
        return self.add(f"#X obj {x} {y_of(row)} tgl 18 {int(on)} empty {name} {look}")

    def radio(self, x: int, row: float, name: str, n: int, label: str, *, size: int = 20) -> int:
        """A row of n buttons that hears `name`."""
        look = f"{label} 0 -8 0 10 {WHITE} {TEAL} {INK}"
        return self.add(f"#X obj {x} {y_of(row)} hradio {size} 1 0 {n} empty {name} {look} 0")

    def start(self, x: int, row: float, shown: Mapping[str, float]) -> None:
        """Controls, by name, show these numbers when the patch is opened; they send nothing."""
        told = "".join(f"\\; {name} set {value:g} " for name, value in shown.items())
        width = max(map(len, shown)) + 10
        self.wire(self.obj(x, row, "loadbang"), self.add(f"#X msg {x} {y_of(row + 1)} {told.strip()}, f {width}"))

    def graph(self, x: int, row: float, name: str, size: int, reach: float) -> int:
        """An array to draw in."""
        zeros = " ".join(["0"] * size)
        self.lines += [
            "#N canvas 0 50 450 250 (subpatch) 0;",
            f"#X array {name} {size} float 3;",
            f"#A 0 {zeros};",
            f"#X coords 0 {reach:g} {size} -{reach:g} 460 140 1 0 0;",
        ]
        return self.add(f"#X restore {x} {y_of(row)} graph")

    def osc(self, x: int, row: float, address: str, *, optional: bool = False) -> int:
        """`oscformat` for an address of the table; its left-out arguments stay out unless `optional`."""
        args = [arg for arg in INCOMING[address].args if optional or not arg.optional]
        types = "".join(types_of(arg) for arg in args)
        path = address.strip("/").replace("/", " ")
        return self.obj(x, row, f"oscformat -f {types} {path}" if types else f"oscformat {path}")

    def wire(self, *ends: int, outlet: int = 0, inlet: int = 0) -> None:
        """Connect objects one after the other; `outlet` is of the first, `inlet` of the last."""
        last = len(ends) - 2
        for k, (a, b) in enumerate(itertools.pairwise(ends)):
            self.wires.append(f"#X connect {a} {outlet if k == 0 else 0} {b} {inlet if k == last else 0};")

    def finish(self) -> str:
        """The file."""
        return "\n".join([f"#N canvas 60 60 {self.width} {self.height} 12;", *self.lines, *self.wires]) + "\n"


def y_of(row: float) -> int:
    """Pixels from the top."""
    return int(20 + ROW * row)


def _escaped(text: str) -> str:
    return text.replace(";", " \\;").replace(",", " \\,").replace("$", "\\$")


def types_of(arg: Arg) -> str:
    """OSC types of an argument, one for each latent."""
    return arg.type * (n_latents() if arg.per_latent else 1)
