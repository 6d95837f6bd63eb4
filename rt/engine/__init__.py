"""Events in, samples out; no threads, clocks or devices."""

from rt.engine.engine import Engine

__all__ = ["Engine"]
