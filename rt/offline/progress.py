"""A bar for what takes its time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")
BAR_AFTER_S = 1.0


def with_bar(items: Iterable[T], total: int, *, unit: str = "sample") -> Iterator[T]:
    """Pass items on, and show a bar once it takes long; those that have a length, blocks, count as much as that."""
    # disable=None: no bar where there is no terminal
    with tqdm(total=total, delay=BAR_AFTER_S, unit=unit, unit_scale=unit == "sample", leave=False, disable=None) as bar:
        for item in items:
            yield item
            n = len(item) if unit == "sample" and isinstance(item, Sized) else 1
            bar.update(min(n, total - bar.n))
