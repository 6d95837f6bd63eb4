"""What a learnt controller may drive: one number of a row of the table of parameters, by its name.

`gain`, `legato.time`, `latent_xy.x` and `latent_offset.3` are such names.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from rt.bundle.manifest import Manifest
from rt.errors import ControlError
from rt.events import SetParameter
from rt.parameters import PARAMETERS, Number, Parameter


@dataclass(frozen=True, slots=True)
class ControllerTarget:
    """One number: of a row, and which of its numbers it is."""

    row: Parameter
    index: int

    @property
    def name(self) -> str:
        """As files and OSC write it."""
        if self.row.numbers[0].per_latent:
            return f"{self.row.key}.{self.index + 1}"
        return self.row.key if len(self.row.numbers) == 1 else f"{self.row.key}.{self.number.name}"

    @property
    def number(self) -> Number:
        """Its name, unit and range."""
        return self.row.numbers[0 if self.row.numbers[0].per_latent else self.index]

    def limits(self, manifest: Manifest) -> tuple[float, float]:
        """Its range; that of latents is the bundle's."""
        number = self.number
        if number.is_instrument:
            return 0.0, float(len(manifest.instruments) - 1)
        if number.per_latent and self.index < manifest.latent.size:
            return manifest.latent.low[self.index], manifest.latent.high[self.index]
        return number.low or 0.0, 1.0 if number.high is None else number.high

    def value(self, now: tuple[float, ...] | None, manifest: Manifest) -> float | None:
        """Its part of a row's value; None where the bundle has no such latent."""
        whole = self._whole(now, manifest)
        return whole[self.index] if self.index < len(whole) else None

    def event(self, value: float, now: tuple[float, ...] | None, channel: int, manifest: Manifest) -> SetParameter:
        """The event that sets it and leaves the row's other numbers as they are."""
        low, high = self.limits(manifest)
        value = min(max(value, min(low, high)), max(low, high))
        number = self.number
        whole = self._whole(now, manifest)
        whole[self.index] = float(round(value)) if _is_stepped(number) else value
        return self.row.on(channel, *whole)

    def _whole(self, now: tuple[float, ...] | None, manifest: Manifest) -> list[float]:
        if self.row.numbers[0].per_latent:
            size = manifest.latent.size
            return list(now) if now is not None and len(now) == size else [0.0] * size
        if now is not None:
            return list(now)
        return [0.0 if number.default is None else number.default for number in self.row.numbers]


def _is_stepped(number: Number) -> bool:
    return bool(number.choices) or number.is_switch or number.is_instrument


def find_target(name: str) -> ControllerTarget:
    """A target by its name; ControlError where there is none."""
    key, _, part = name.strip().lower().replace(" ", "_").partition(".")
    row = next((row for row in PARAMETERS if row.key == key), None)
    if row is None:
        keys = [row.key for row in PARAMETERS]
        near = difflib.get_close_matches(key, keys, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(keys)}"
        raise ControlError(f"{name[:60]!r} is no parameter; {hint}")
    if row.numbers[0].per_latent:
        if not part.isdecimal() or not 1 <= int(part[:4]) <= 999:
            raise ControlError(f"{key} needs the number of a latent, as {key}.1")
        return ControllerTarget(row, int(part) - 1)
    names = [number.name for number in row.numbers]
    if len(names) == 1 and part in ("", names[0]):
        return ControllerTarget(row, 0)
    if part not in names:
        raise ControlError(f"{key} has the parts {', '.join(f'{key}.{each}' for each in names)}")
    return ControllerTarget(row, names.index(part))
