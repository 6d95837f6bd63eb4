"""How the ears decide; see `rt.ear_settings`, which `rt.config` reads without loading the ears."""

from rt.ear_settings import ListenerSettings, TrackerSettings

__all__ = ["ListenerSettings", "TrackerSettings"]
