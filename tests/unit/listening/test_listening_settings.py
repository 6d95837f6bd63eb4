"""The settings of the ears."""

from __future__ import annotations

from typing import Any

import pytest

from rt.config import config
from rt.config.config import ListenConfig
from rt.errors import ConfigError


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        ({"audio.output": "none"}, "plays nothing"),
        ({"audio.output": "none", "listen.on": True, "listen.echo": "violin"}, "leave --audio none out"),
        ({"audio.output": "file:x.wav", "listen.on": True}, "transcribe"),
        ({"listen.on": True, "listen.echo": "violin", "listen.transfer": True}, "exclude each other"),
        ({"listen.channel": 0}, "listen.channel is 0"),
        ({"listen.midi_channel": 17}, "listen.midi_channel is 17"),
    ],
)
def test_contradictions_are_refused(flags: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        config.load(flags=flags)


def test_ears_need_no_sound() -> None:
    settings = config.load(flags={"audio.output": "none", "listen.on": True})
    assert isinstance(settings.listen, ListenConfig)
    assert not settings.audio.plays
