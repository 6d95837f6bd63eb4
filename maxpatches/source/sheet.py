"""A patch being drawn: py2max boxes placed by hand on rows, wired by name, with a face in presentation mode."""

from __future__ import annotations

import itertools
from typing import Any

from py2max import Patcher
from py2max.core import Box
from py2max.core.common import Rect
from py2max.core.factory import unknown_attrs

from maxpatches.source import look
from maxpatches.source.reference import Reference
from rt.osc.table import INCOMING, OUTGOING

ROW = 32.0
EDGE = 20.0
VERSION = {"major": 8, "minor": 6, "revision": 0, "architecture": "x64", "modernui": 1}

Place = tuple[float, float]
"""Pixels from the left, row from the top."""
Face = tuple[float, float, float, float]
"""Left, top, width and height in presentation mode."""


def osc(address: str) -> str:
    """An address of the bridge; KeyError when the table does not have it."""
    return (INCOMING.get(address) or OUTGOING[address]).address


class Sheet:
    """One patcher; sub-patchers are sheets as well."""

    def __init__(self, *, face: tuple[float, float] | None = None, parent: Sheet | None = None) -> None:
        """`face` is the size of the presentation, which the patch then opens in."""
        self.patcher: Patcher = Patcher(
            parent=parent.patcher if parent else None, openinpresentation=int(face is not None), on_invalid="raise"
        )
        self.patcher.appversion = dict(VERSION)
        self.face = face
        self._n_inlets = 0
        self._n_outlets = 0

    def box(
        self, what: str, at: Place, /, *, face: Face | None = None, extent: Place | None = None, **rest: Any
    ) -> Box:
        """Place an object; `what` as one types it into a box, or the name of a control."""
        box: Box = self.patcher.add_textbox(what)
        unknown = unknown_attrs(what.split()[0], rest)
        assert not unknown, f"{what}: Max knows no {unknown}"
        box._kwds.update(rest)
        x, y = at[0], EDGE + ROW * at[1]
        width, height = extent or (box.patching_rect.w, box.patching_rect.h)
        if face is not None:
            if extent is None and box.maxclass not in ("newobj", "message"):
                width, height = face[2], face[3]
            box._kwds["presentation"] = 1
            box._kwds["presentation_rect"] = [float(v) for v in face]
        box.patching_rect = Rect(float(x), float(y), float(width), float(height))
        return box

    def message(self, text: str, at: Place, **rest: Any) -> Box:
        """A message box."""
        return self.box(f"message {text}", at, **rest)

    def note(self, text: str, at: Place, *, width: float = 0.0, **rest: Any) -> Box:
        """A comment in the patching view."""
        return self.box("comment", at, extent=(width or 6.3 * len(text) + 12.0, 20.0), text=text, **rest)

    def label(self, text: str, at: Place, face: Face, **look_of: Any) -> Box:
        """A comment on the face."""
        return self.box("comment", at, face=face, extent=(face[2], 20.0), text=text, **(look_of or look.LABEL))

    def chain(self, at: Place, *texts: str) -> list[Box]:
        """Objects under each other, each wired to the next by their left ports."""
        boxes = [self.box(text, (at[0], at[1] + k)) for k, text in enumerate(texts)]
        for upper, lower in itertools.pairwise(boxes):
            self.wire(upper, lower)
        return boxes

    def wire(self, source: Box, target: Box, outlet: int = 0, inlet: int = 0) -> None:
        """Connect two objects; InvalidConnectionError when they have no such ports."""
        self.patcher.add_line(source, target, inlet=inlet, outlet=outlet)

    def wires(self, *pairs: tuple[Box, Box] | tuple[Box, Box, int] | tuple[Box, Box, int, int]) -> None:
        """Several wires: (source, target[, outlet[, inlet]])."""
        for pair in pairs:
            self.wire(*pair)

    def inlet(self, at: Place, text: str) -> Box:
        """The next inlet; Max numbers them from the left."""
        self._n_inlets += 1
        return self._port("inlet", at, text, self._n_inlets)

    def outlet(self, at: Place, text: str) -> Box:
        """The next outlet."""
        self._n_outlets += 1
        return self._port("outlet", at, text, self._n_outlets)

    def _port(self, kind: str, at: Place, text: str, number: int) -> Box:
        box = self.box(kind, at)
        box._kwds.update(comment=text, index=number)  # add_textbox would take `comment` for a note beside it
        return box

    def head(self, title: str, subtitle: str, at: Place) -> None:
        """The panel that the face lies on, with its title; takes four rows at `at`."""
        assert self.face is not None
        width, height = self.face
        self.box("panel", at, face=(0, 0, width, height), extent=(60, 22), **look.PANEL)
        self.label(title, (at[0], at[1] + 1), (10, 7, 9.0 * len(title) + 10, 22), **look.TITLE)
        if subtitle:
            left = 8.0 * len(title) + 24
            self.label(subtitle, (at[0], at[1] + 2), (left, 10, width - left - 8, 18), **look.LABEL)

    def sub(self, name: str, at: Place) -> tuple[Box, Sheet]:
        """A sub-patcher; fill the sheet before wiring the box."""
        inner = Sheet(parent=self)
        box: Box = self.patcher.add_subpatcher(f"p {name}", patcher=inner.patcher)
        box.patching_rect = Rect(at[0], EDGE + ROW * at[1], 7.0 * len(name) + 40.0, 22.0)
        return box, inner

    def tab(self, name: str, at: Place) -> Sheet:
        """A sub-patcher that shows as a tab, as in help patches."""
        _, inner = self.sub(f'"{name}"' if " " in name else name, at)
        inner.patcher.__dict__["showontab"] = 1
        return inner

    def view(self, part: Reference, at: Place, *, face: Place | None = None, arguments: tuple[Any, ...] = ()) -> Box:
        """A bpatcher that shows one of our abstractions, in the patching view and at `face` on the face."""
        width, height = part.size
        box: Box = self.patcher.add_bpatcher(
            f"{part.name}.maxpat",
            numinlets=len(part.inlets),
            numoutlets=len(part.outlets),
            outlettype=[""] * len(part.outlets),
            patching_rect=Rect(at[0], EDGE + ROW * at[1], width, height),
        )
        if arguments:
            box._kwds["args"] = list(arguments)
        if face is not None:
            box._kwds.update(presentation=1, presentation_rect=[*map(float, (*face, width, height))])
        return box

    def start(self, target: Box, message: str, at: Place) -> None:
        """Send a message to an object when the patch is opened."""
        self.wire(self.box(f"loadmess {message}", at), target)

    @property
    def ports(self) -> tuple[int, int]:
        """How many inlets and outlets there are."""
        return self._n_inlets, self._n_outlets

    def finish(self, *, description: str = "", digest: str = "", tags: str = "") -> dict[str, Any]:
        """The patch as Max stores it, its window as large as its face, or as what is in it."""
        self._fit()
        self.patcher.description, self.patcher.digest, self.patcher.tags = description, digest, tags
        patch: dict[str, Any] = self.patcher.to_dict()
        return patch

    def _fit(self) -> None:
        rects = [box.patching_rect for box in self.patcher._boxes]
        width = max(r[0] + r[2] for r in rects) + EDGE
        height = max(r[1] + r[3] for r in rects) + EDGE
        if self.face is not None:
            width, height = self.face
        self.patcher.rect = Rect(80.0, 100.0, float(width), float(height))
        for box in self.patcher._boxes:
            inner = getattr(box, "_patcher", None)
            if inner is not None:
                reach = [b.patching_rect for b in inner._boxes]
                inner.rect = Rect(
                    100.0,
                    120.0,
                    float(max(r[0] + r[2] for r in reach) + EDGE),
                    float(max(r[1] + r[3] for r in reach) + EDGE),
                )
