"""Where sounds come from: soundfonts, folders of recordings and public data sets."""

from export.sources.opening import KINDS, open_source
from export.sources.source import Problem, Source, SourceOptions, Take

__all__ = ["KINDS", "Problem", "Source", "SourceOptions", "Take", "open_source"]
