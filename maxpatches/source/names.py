"""Names that the patches share with the default bundle."""

from __future__ import annotations

import functools

from rt.bundle import bundle
from rt.bundle.manifest import Manifest


@functools.cache
def _manifest() -> Manifest:
    return bundle.load("default").manifest


def n_latents() -> int:
    """How many coordinates the latent space of the default bundle has."""
    return _manifest().latent.size


def instruments() -> tuple[str, ...]:
    """Its instruments as one word each, as /lb/instrument takes them."""
    return tuple(spec.name.lower().replace(" ", "") for spec in _manifest().instruments)


def full_names() -> tuple[str, ...]:
    """Its instruments as the bridge calls them."""
    return tuple(spec.name for spec in _manifest().instruments)


def classes(symbol: str) -> tuple[str, ...]:
    """The classes of a symbol that can be asked for."""
    return tuple(name for name in _manifest().symbol(symbol).classes if name != "silent")
