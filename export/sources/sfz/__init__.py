"""SFZ instruments: the text, what its regions say of their samples, and the source of takes."""

from export.sources.sfz.source import SfzSource

__all__ = ["SfzSource"]
