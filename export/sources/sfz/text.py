"""The text of an SFZ file: headers and their opcodes, after comments, `#define` and `#include`.

The readers on PyPI do not fit: sfzlint is kept no longer and stops at what it does not know, sfzen is GPL, prints, and
reads a value as it stands before `$NAME` is replaced. The grammar is small; what the opcodes mean is in `regions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from export.sources.sfz.paths import Folder
from rt.errors import BridgeError

MOST_CHARACTERS = 32_000_000
"""Of a file with all its includes, once macros are replaced."""
LONGEST_LINE = 100_000
LONGEST_VALUE = 1_000
"""Of a macro."""
DEEPEST = 20
"""Includes in includes."""

_COMMENT = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_DEFINE = re.compile(r"(?<!\S)(?=#define\b)")
_DEFINED = re.compile(r"#define\s+\$(\w+)(?:[ \t]+(\S+))?")
_MARK = re.compile(r"<(?P<header>\w+)>|(?<![^\s>])(?P<opcode>[\w$]+)=|(?<![^\s>])#include\s*\"(?P<include>[^\"]*)\"")
_MACRO = re.compile(r"\$(\w+)")


@dataclass(slots=True)
class Header:
    """One header, such as `<region>`, and the opcodes that follow it."""

    name: str
    """In lower case, without the brackets."""
    opcodes: dict[str, str] = field(default_factory=dict)
    """Names in lower case; of equal ones the last counts."""


def read_headers(path: Path) -> list[Header]:
    """The headers of an SFZ file in their order; BridgeError when it cannot be read or is no SFZ file."""
    reader = _Reader(path)
    headers = list(reader.headers())
    if not any(header.name == "region" for header in headers):
        raise BridgeError(f"{path}: no <region> in it; give an SFZ file, which is text with a <region> per sample")
    return headers


class _Reader:
    """One SFZ file with what it includes; macros hold from where they are defined to the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._folder = Folder(path.parent)
        self._macros: dict[str, str] = {}
        self._longest_name = 0
        self._n_characters = 0

    def headers(self) -> Iterator[Header]:
        header: Header | None = None
        for kind, name, value in self._marks(self._path, DEEPEST):
            if kind == "header":
                header = Header(name)
                yield header
            elif header:
                header.opcodes[name] = value

    def _marks(self, path: Path, depth: int) -> Iterator[tuple[str, str, str]]:
        """Kind (header or opcode), name and value of what stands in a file and in what it includes."""
        for number, line in enumerate(self._text(path).split("\n"), 1):
            place = f"{path.name}:{number}"
            if len(line) > LONGEST_LINE:
                raise BridgeError(f"{place}: longer than {LONGEST_LINE} characters; give an SFZ file")
            for part in _DEFINE.split(line):
                text = self._replaced(self._after_define(part, place), place)
                found = list(_MARK.finditer(text))
                ends = [*(mark.start() for mark in found), len(text)][1:]
                for mark, end in zip(found, ends, strict=True):
                    if mark["include"] is not None:
                        yield from self._included(mark["include"], path, place, depth)
                    elif mark["header"]:
                        yield "header", mark["header"].lower(), ""
                    else:
                        yield "opcode", mark["opcode"].lower(), text[mark.end() : end].strip()

    def _text(self, path: Path) -> str:
        """A file's text without comments; lines keep their numbers."""
        try:
            if path.stat().st_size > MOST_CHARACTERS:
                raise BridgeError(f"{path}: over {MOST_CHARACTERS // 1_000_000} million bytes; give an SFZ file")
            content = path.read_bytes()
        except OSError as error:
            raise BridgeError(f"{path}: cannot be read ({error.strerror or error})") from error
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._count(len(text) + 100)
        return _COMMENT.sub(lambda found: "\n" * found[0].count("\n") or " ", text)

    def _count(self, n_characters: int) -> None:
        self._n_characters += n_characters
        if self._n_characters > MOST_CHARACTERS:
            most = f"{MOST_CHARACTERS // 1_000_000} million characters"
            raise BridgeError(f"{self._path}: over {most} with its includes and macros; give a smaller file")

    def _after_define(self, part: str, place: str) -> str:
        """A part of a line after the macro that it may begin with, which is now known."""
        if not part.startswith("#define"):
            return part
        found = _DEFINED.match(part)
        if not found:
            raise BridgeError(f"{place}: {part.strip()[:60]!r} is not understood; write #define $NAME VALUE")
        value = self._replaced(found[2] or "", place)
        if len(value) > LONGEST_VALUE:
            raise BridgeError(f"{place}: ${found[1][:60]} is longer than {LONGEST_VALUE} characters")
        self._macros[found[1]] = value
        self._longest_name = max(self._longest_name, len(found[1]))
        return part[found.end() :]

    def _replaced(self, text: str, place: str) -> str:
        """A text with the macros that are known by now; of `$KEY` and `$KEY2` the longer name counts."""

        def value(found: re.Match[str]) -> str:
            name = found[1]
            for size in range(min(len(name), self._longest_name), 0, -1):
                if name[:size] in self._macros:
                    return self._macros[name[:size]] + name[size:]
            return found[0]

        if "$" not in text:
            return text
        replaced = _MACRO.sub(value, text)
        self._count(len(replaced))
        return replaced

    def _included(self, text: str, path: Path, place: str, depth: int) -> Iterator[tuple[str, str, str]]:
        """What stands in an included file, which lies below the folder of the SFZ file."""
        file = self._folder.find(text) or Folder(path.parent).find(text)
        if not file or not file.is_file():
            raise BridgeError(f'{place}: #include "{text[:100]}": no such file below {self._folder.path}')
        if not file.resolve().is_relative_to(self._folder.path.resolve()):
            raise BridgeError(f'{place}: #include "{text[:100]}" lies outside {self._folder.path}; move it there')
        if depth == 0:
            raise BridgeError(f'{place}: #include "{text[:100]}": over {DEEPEST} deep; does a file include itself?')
        yield from self._marks(file, depth - 1)
