"""One setting: default, range and text stand on its field, and checks, help and `default.toml` are made from them."""

from __future__ import annotations

import dataclasses
import numbers
import typing
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from rt.errors import ConfigError, shown

T = TypeVar("T")
Texts = tuple[str, ...]
_KEY = "setting"
_KINDS: dict[Any, str] = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    str: 'a "text" in quotes',
    Texts: 'a list of texts, as ["192.168.1.20"]',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a field says besides its name, type and default."""

    text: str
    low: float | None = None
    high: float | None = None
    takes_zero: bool = False
    """Whether 0 is allowed below the range too."""
    choices: tuple[str, ...] = ()

    @property
    def help(self) -> str:
        """The text, and what is allowed."""
        allowed = self.allowed
        return f"{self.text} ({allowed})" if allowed and self.text else self.text or allowed

    @property
    def allowed(self) -> str:
        """What it may be, in words; empty where that is free."""
        if self.choices:
            return f"{', '.join(self.choices[:-1])} or {self.choices[-1]}"
        if self.low is None or self.high is None:
            return ""
        low, high = (str(end) if isinstance(end, int) else f"{end:g}" for end in (self.low, self.high))
        return f"{'0, or ' if self.takes_zero else ''}{low} to {high}"

    def check(self, name: str, value: Any) -> None:
        """Raise ConfigError where a value is none of the choices, or out of the range."""
        if self.choices and value not in self.choices:
            raise ConfigError(f"{name} is {value!r}; allowed are {', '.join(self.choices)}")
        if self.low is None or self.high is None or (self.takes_zero and not value):
            return
        if not self.low <= value <= self.high:
            raise ConfigError(f"{name} is {shown(value)}; allowed are {self.low} to {self.high}")


def setting(
    default: T,
    text: str = "",
    *,
    low: float | None = None,
    high: float | None = None,
    takes_zero: bool = False,
    choices: tuple[str, ...] = (),
) -> T:
    """Make a field of a dataclass that is a setting."""
    said = Setting(text=text, low=low, high=high, takes_zero=takes_zero, choices=choices)
    return dataclasses.field(default=default, metadata={_KEY: said})


def settings_of(cls: Any) -> dict[str, Setting]:
    """What the fields of a dataclass, or of one of them, say, by name."""
    return {field.name: field.metadata[_KEY] for field in dataclasses.fields(cls)}


class ConfigPart:
    """Base of a part of the settings: whoever makes one, from a file or in Python, makes one that is allowed."""

    __slots__ = ()
    part: ClassVar[str]
    """Its name in `Config` and in the file."""

    def __post_init__(self) -> None:
        hints = typing.get_type_hints(type(self))
        for name, said in settings_of(self).items():
            value, full_name = getattr(self, name), f"{self.part}.{name}"
            if not _is_a(value, hints[name]):
                raise ConfigError(f"{full_name} is {shown(value)}; allowed is {_KINDS[hints[name]]}")
            said.check(full_name, value)
        self.check_together()

    def check_together(self) -> None:
        """Raise ConfigError where settings of the part, allowed one by one, are not allowed together."""


def _is_a(value: Any, kind: Any) -> bool:
    if kind in (int, float):
        wanted = numbers.Integral if kind is int else numbers.Real
        return isinstance(value, wanted) and not isinstance(value, bool)
    if kind == Texts:
        return isinstance(value, tuple) and all(isinstance(each, str) for each in value)
    return isinstance(value, kind)
