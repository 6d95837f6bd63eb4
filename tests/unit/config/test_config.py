"""Settings: what is refused, in which words, and what wins over what."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rt.command_line import make_parser
from rt.config import config, flags
from rt.config.default_toml import format_toml
from rt.config.ear_settings import TrackerSettings
from rt.config.setting import settings_of
from rt.errors import ConfigError
from rt.parameters import ALIVE, GAIN


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


SETTINGS = {
    f"{part.name}.{name}": said
    for part in dataclasses.fields(config.Config)
    for name, said in settings_of(getattr(config.load(), part.name)).items()
}
NUMBERS = [name for name in SETTINGS if config.find(name)[0] in (int, float)]


PARTS: dict[str, Any] = {name: type(getattr(config.load(), name)) for name in typing.get_type_hints(config.Config)}


@pytest.mark.parametrize("name", NUMBERS)
def test_every_number_has_limits_and_nan_is_none_of_them(name: str) -> None:
    """However the settings are made: from a file or flags, or the part alone in Python."""
    kind, said = config.find(name)
    part, _, own = name.partition(".")
    assert said.low is not None and said.high is not None
    wrong = [kind(said.low - 1), kind(said.high + 1), 10**400, -(10**5000), "8", True, None]
    wrong += [float("nan"), float("inf"), float("-inf")] if kind is float else [0.5 * (said.low + said.high)]
    for value in wrong:
        if value or not said.takes_zero:
            for make in (lambda v: config.load(flags={name: v}), lambda v: PARTS[part](**{own: v})):
                with pytest.raises(ConfigError, match=f"^{name} is .{{1,60}}; allowed (is|are) ") as caught:
                    make(value)
                assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", NUMBERS)
def test_the_limits_themselves_are_allowed(name: str) -> None:
    kind, said = config.find(name)
    part, _, own = name.partition(".")
    other_end = {"tracker.low_note": {"high_note": 127}, "tracker.high_note": {"low_note": 0}}.get(name, {})
    for value in (said.low, said.high, *([0] if said.takes_zero else [])):
        assert value is not None
        made = PARTS[part](**{own: kind(value)} | other_end)
        assert getattr(made, own) == value


def test_parts_are_called_as_the_whole_calls_them() -> None:
    assert {name: cls.part for name, cls in PARTS.items()} == {name: name for name in PARTS}


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: TrackerSettings(low_note=60, high_note=59), "tracker.low_note is 60; allowed is up to .*, 59"),
        (lambda: TrackerSettings(poly=2, bend=True), "tracker.bend bends all notes"),
        (lambda: config.AudioConfig(output="speaker"), "audio.output is 'speaker'; give portaudio"),
        (lambda: config.AudioConfig(output="file:a.mp3"), "what is written is WAV"),
        (lambda: config.OscConfig(clients=["192.168.1.20"]), r"osc.clients is \['192.168.1.20'\]; allowed is a list"),  # type: ignore[arg-type]
        (lambda: config.OscConfig(clients=("me",)), "osc.clients names 'me'"),
        (lambda: config.MidiConfig(port_name=" "), "midi.port_name is empty"),
        (lambda: config.ListenConfig(echo="Piano", transfer=True), "--echo and --transfer exclude"),
        (lambda: config.EngineConfig(phase="other"), "engine.phase is 'other'; allowed are locked, classic"),
    ],
)
def test_a_part_made_in_python_is_checked_too(make: Callable[[], object], told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        make()


def test_no_setting_is_without_a_text() -> None:
    assert len(SETTINGS) > 60
    assert [name for name, said in SETTINGS.items() if len(said.text) < 10] == []


@pytest.mark.parametrize("name", [name for name, said in SETTINGS.items() if said.choices])
def test_choices_are_the_only_ones(name: str) -> None:
    for choice in SETTINGS[name].choices:
        assert config.load(flags={name: choice})
    with pytest.raises(ConfigError, match=f"{name} is 'other'; allowed are {', '.join(SETTINGS[name].choices)}"):
        config.load(flags={name: "other"})


def test_the_file_of_defaults_is_made_from_the_fields() -> None:
    path = Path(config.__file__).parent / "default.toml"
    assert path.read_text(encoding="utf-8") == format_toml()
    assert config.load(path) == config.load()


def test_what_is_set_while_playing_too_has_one_range() -> None:
    for name, row in (("engine.gain_db", GAIN), ("engine.alive", ALIVE)):
        assert (SETTINGS[name].low, SETTINGS[name].high) == (row.numbers[0].low, row.numbers[0].high)


def settings_read(command: str, *words: str) -> config.Config:
    """What a command makes of its words."""
    arguments = make_parser().parse_args([command, *words])
    return flags.read(arguments)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("run", ()),
        ("doctor", ()),
        ("info", ()),
        ("send", ("way.npz",)),
        ("transcribe", ("in.wav", "out.mid")),
        ("render", ("in.mid", "out.wav")),
    ],
)
def test_commands_take_a_file_of_settings(tmp_path: Path, command: str, words: tuple[str, ...]) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[osc]\nport = 9999\n[tracker]\nconfidence = 0.6\n[model]\nbundle = "mine"\n')
    settings = settings_read(command, *words, "--config", str(path))
    assert (settings.osc.port, settings.tracker.confidence, settings.model.bundle) == (9999, 0.6, "mine")


def test_help_says_what_a_flag_may_be(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        make_parser().parse_args(["run", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    for name in ("engine.voices", "engine.gain_db", "audio.sample_rate_hz", "tracker.poly"):
        assert SETTINGS[name].help in told


def test_flags_win_over_the_file_and_the_file_over_what_a_command_prefers(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[engine]\nvoices = 4\ngain_db = -3\n")
    engine = config.load(path, {"engine.voices": 5}, preferred={"engine.gain_db": 1.0, "engine.alive": 0.5}).engine
    assert (engine.voices, engine.gain_db, engine.alive) == (5, -3.0, 0.5)


def test_mono_is_dry_unless_a_room_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[engine]\nroom = 0.5\n")
    for words, wanted in (
        ((), (True, 0.2)),
        (("--room", "0"), (True, 0.0)),
        (("--mono",), (False, 0.0)),
        (("--mono", "--room", "0.3"), (False, 0.3)),
        (("--config", str(path)), (True, 0.5)),
        (("--config", str(path), "--mono"), (False, 0.0)),
    ):
        engine = settings_read("run", *words).engine
        assert (engine.stereo, engine.room) == wanted
    with pytest.raises(ConfigError, match=r"engine.room is 1.5; allowed are 0 to 1"):
        settings_read("run", "--room", "1.5")
