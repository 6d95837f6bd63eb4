"""How the ears decide; see `rt.config.ear_settings`, which `rt.config` reads without loading the ears."""

from rt.config.ear_settings import ListenerSettings, TrackerSettings

__all__ = ["ListenerSettings", "TrackerSettings"]
