"""Settings: what is refused, in which words, and what wins over what."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from rt.config import config
from rt.config.limits import LIMITS, OR_ZERO
from rt.errors import ConfigError


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[engin]\nvoices = 4", "unknown setting 'engin'; did you mean 'engine'"),
        ("[engine]\nvoice = 4", "unknown setting 'voice'; did you mean 'voices'"),
        ("engine = 3", "[engine] must be a table"),
        ("[engine\nvoices", "); rt/config/default.toml shows the form"),
        ("[engine]\nvoices = '4'", "engine.voices is '4'; allowed is a whole number"),
        ("[engine]\nvoices = 4.5", "engine.voices is 4.5; allowed is a whole number"),
        ("[engine]\nvoices = true", "engine.voices is True; allowed is a whole number"),
        ("[engine]\ngain_db = 'loud'", "engine.gain_db is 'loud'; allowed is a number"),
        ("[listen]\non = 1", "listen.on is 1; allowed is true or false"),
        ("[audio]\ndevice = 1", 'audio.device is 1; allowed is a "text" in quotes'),
        ("[audio]\nblock_samples = 7", "audio.block_samples is 7; allowed are 8 to 8192"),
        ("[osc]\nhost = ''", "osc.host is empty"),  # which would be the whole network
        ("[midi]\nport_name = ' '", "midi.port_name is empty"),
        (f"[midi]\nport_name = '{51 * 'x'}'", "midi.port_name is longer than 50 bytes"),
        ("[listener]\nhop_s = 0", "listener.hop_s is 0.0; allowed are 0.001 to 0.1"),
        ("[tracker]\nconfidence = 7", "tracker.confidence is 7.0; allowed are 0.5 to 0.999"),
        (
            "[tracker]\nlow_note = 100\nhigh_note = 60",
            "tracker.low_note is 100; allowed is up to tracker.high_note, 60",
        ),
    ],
)
def test_wrong_settings_are_refused_in_one_line(tmp_path: Path, toml: str, message: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(toml)
    with pytest.raises(ConfigError) as caught:
        config.load(path)
    assert message in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("name", LIMITS | OR_ZERO)
def test_every_number_has_limits_and_nan_is_none_of_them(name: str) -> None:
    low, high = (LIMITS | OR_ZERO)[name]
    for wrong in (low - 1, high + 1, *([float("nan")] if isinstance(low, float) else [])):
        if wrong or name not in OR_ZERO:
            with pytest.raises(ConfigError, match=name):
                config.load(flags={name: wrong})


def test_no_number_is_without_limits() -> None:
    settings = config.load()
    numbers = {
        f"{part.name}.{field.name}"
        for part in dataclasses.fields(settings)
        for field in dataclasses.fields(getattr(settings, part.name))
        if type(getattr(getattr(settings, part.name), field.name)) in (int, float)
    }
    assert numbers == set(LIMITS | OR_ZERO)


def test_flags_win_over_the_file_and_the_file_over_what_a_command_prefers(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[engine]\nvoices = 4\ngain_db = -3\n")
    engine = config.load(path, {"engine.voices": 5}, preferred={"engine.gain_db": 1.0, "engine.alive": 0.5}).engine
    assert (engine.voices, engine.gain_db, engine.alive) == (5, -3.0, 0.5)
