"""Controllers that are learnt: what they drive, how, and that it is kept."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rt.errors import ControlError
from rt.events import Event, NoteOn, SetParameter
from rt.midi.channels import MidiChannels
from rt.midi.controllers import Controllers
from rt.midi.learnt import KINDS, NUMBERS, ControllerSource, Learnt, format_learnt, parse_learnt
from rt.midi.targets import ControllerTarget, find_target
from rt.parameters import (
    ALIVE,
    GAIN,
    INSTRUMENT,
    INTERPOLATION,
    LATENT_OFFSET,
    LATENT_XY,
    LEGATO,
    MODULATION,
    PARAMETERS,
    TRAJECTORY,
)
from tests.support.recording_bridge import N_LATENTS, RecordingBridge

CC, NOTE, PRESSURE = 0xB0, 0x90, 0xD0


@pytest.fixture
def bridge() -> RecordingBridge:
    return RecordingBridge()


@pytest.fixture
def controllers(bridge: RecordingBridge, tmp_path: Path) -> Controllers:
    return Controllers(bridge, bridge.value, tmp_path / "user" / "controllers.toml")


@pytest.fixture
def play(bridge: RecordingBridge, controllers: Controllers) -> Callable[..., list[Event]]:
    """Send messages as a port would; what comes of them is in force at once."""
    channels = MidiChannels(bridge, controllers=controllers)

    def hear(*messages: tuple[int, ...]) -> list[Event]:
        events = [event for message in messages for event in channels.hear(message)]
        for event in events:
            bridge.send(event)
        return events

    return hear


def learn(controllers: Controllers, name: str, **how: Any) -> str:
    """Ask for a controller; the name of what the next message will drive."""
    target = find_target(name)
    done = controllers.learn(lambda source: Learnt(source=source, target=target, **how))
    assert not done.done()
    return target.name


def test_the_next_controller_that_moves_is_learnt(controllers: Controllers, play: Callable[..., list[Event]]) -> None:
    learn(controllers, "gain")
    assert play((CC, 21, 60)) == [], "it does nothing yet"
    assert play((CC, 21, 127)) == [GAIN.set(12.0)] and play((CC, 21, 0)) == [GAIN.set(-60.0)]
    assert play((CC | 1, 21, 127)) == [], "another channel is another controller"
    assert play((CC, 1, 127)) == [MODULATION.on(0, 1.0)], "the others are as ever"
    learn(controllers, "gain")
    play((CC, 1, 3))
    assert play((CC, 1, 127)) == [GAIN.set(12.0)], "what was learnt comes first"


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("alive", ALIVE.set(1.0)),
        ("latent xy.x", LATENT_XY.set(1.0, 0.0)),
        ("Trajectory.Radius", TRAJECTORY.set(0.0, 0.2, 10.0)),
        ("trajectory.shape", TRAJECTORY.set(3.0, 0.2, 1.0)),
        ("latent_offset.2", LATENT_OFFSET.set(0.0, 1.0, *[0.0] * (N_LATENTS - 2))),
        ("legato.on", LEGATO.on(4, 1.0, 0.1)),
        ("instrument", INSTRUMENT.on(4, 4.0)),
    ],
)
def test_any_number_of_the_table_can_be_driven(
    controllers: Controllers, play: Callable[..., list[Event]], name: str, event: Event
) -> None:
    learn(controllers, name)
    play((CC | 4, 30, 0))
    assert play((CC | 4, 30, 127)) == [event]


def test_a_row_keeps_its_other_numbers(controllers: Controllers, play: Callable[..., list[Event]]) -> None:
    learn(controllers, "interpolation.time")
    play((CC, 22, 1))
    play((CC, 22, 127))
    learn(controllers, "interpolation.order")
    play((CC, 23, 1))
    assert play((CC, 23, 127)) == [INTERPOLATION.set(2.0, 60.0)]


def test_every_row_has_targets_that_find_themselves(bridge: RecordingBridge) -> None:
    for row in PARAMETERS:
        for i in range(len(row.numbers)):
            target = ControllerTarget(row, i)
            assert find_target(target.name) == target
            low, high = target.limits(bridge.manifest)
            event = target.event(1e9, None, 0, bridge.manifest)
            assert event.values[i] == pytest.approx(max(low, high)) and row.fits(event.values, bridge.manifest)


@pytest.mark.parametrize(
    ("messages", "source", "share"),
    [
        ([(CC, 3, 64)], "cc", 64 / 127),
        ([(CC, 3, 64), (CC, 35, 1)], "cc14", (64 << 7 | 1) / 16383),
        ([(CC, 99, 2), (CC, 98, 5), (CC, 6, 64), (CC, 38, 1)], "nrpn", (64 << 7 | 1) / 16383),
        ([(PRESSURE, 64)], "pressure", 64 / 127),
    ],
)
def test_sources_are_told_apart(
    controllers: Controllers,
    play: Callable[..., list[Event]],
    messages: list[tuple[int, ...]],
    source: str,
    share: float,
) -> None:
    learn(controllers, "gain")
    play(*messages)
    (learnt,) = controllers.listed()
    assert learnt.source.kind == source
    last = play(*messages)[-1]
    assert isinstance(last, SetParameter) and last.values[0] == pytest.approx(-60.0 + 72.0 * share)


def test_a_note_switches_and_no_longer_sounds(controllers: Controllers, play: Callable[..., list[Event]]) -> None:
    learn(controllers, "gain", low=-60.0, high=0.0)
    play((NOTE, 36, 100))
    assert play((NOTE, 36, 20)) == [GAIN.set(0.0)] and play((NOTE, 36, 0)) == [GAIN.set(-60.0)]
    assert play((NOTE, 37, 20)) == [NoteOn(0, 37, 20)]
    learn(controllers, "legato.on", curve="toggle")
    play((CC, 80, 0))
    pressed = [play((CC, 80, value)) for value in (127, 0, 127, 0)]
    assert pressed == [[LEGATO.on(0, 1.0, 0.1)], [], [LEGATO.on(0, 0.0, 0.1)], []]


def test_pick_up_waits_for_the_value_that_is_set(
    bridge: RecordingBridge, controllers: Controllers, play: Callable[..., list[Event]]
) -> None:
    bridge.send(GAIN.set(0.0))
    learn(controllers, "gain", low=-60.0, high=0.0, pick_up=True)
    play((CC, 7, 0))
    assert play((CC, 7, 10), (CC, 7, 100)) == [], "it would jump"
    assert play((CC, 7, 126)) != [] and play((CC, 7, 60)) != [], "and follows once it is there"
    bridge.send(GAIN.set(-50.0))
    assert play((CC, 7, 61)) == [], "a preset, say, took it elsewhere"
    assert play((CC, 7, 5)) != [], "passed on the way"
    bridge.send(GAIN.set(12.0))
    assert play((CC, 7, 120)) == [] and play((CC, 7, 127)) != [], "beyond its range the nearest place will do"


def test_curves_and_ranges(controllers: Controllers, play: Callable[..., list[Event]]) -> None:
    learn(controllers, "trajectory.frequency", low=0.1, high=10.0, curve="exponential")
    play((CC, 40, 1))
    for place, wanted in ((0, 0.1), (127, 10.0), (64, 0.1 * 100 ** (64 / 127))):
        (event,) = play((CC, 40, place))
        assert isinstance(event, SetParameter) and event.values[1] == pytest.approx(wanted)
    learn(controllers, "gain", low=0.0, high=-60.0)
    play((CC, 41, 1))
    assert play((CC, 41, 127)) == [GAIN.set(-60.0)], "upside down"


def test_what_is_part_of_other_messages_is_never_learnt(
    controllers: Controllers, play: Callable[..., list[Event]]
) -> None:
    learn(controllers, "gain")
    play((CC, 0, 0), (CC, 101, 0), (CC, 100, 0), (CC, 6, 12), (CC, 38, 0), (CC, 123, 0), (0xC0, 3), (0xE0, 0, 64))
    play((0x80, 60, 0), (0xF8,), (CC, 21), (CC, 200, 3))
    assert controllers.listed() == []
    play((CC, 74, 1))
    assert [str(each.source) for each in controllers.listed()] == ["CC 74 of channel 1"]


def test_it_is_kept(bridge: RecordingBridge, controllers: Controllers, tmp_path: Path, play: Any) -> None:
    learn(controllers, "latent_offset.3", low=-1.0, high=1.0, curve="linear", pick_up=True)
    play((CC | 2, 17, 5))
    again = Controllers(bridge, bridge.value, tmp_path / "user" / "controllers.toml")
    assert again.listed() == controllers.listed() != []
    assert again.forget("latent_offset.3") == controllers.listed()
    assert Controllers(bridge, bridge.value, tmp_path / "user" / "controllers.toml").listed() == []


def test_a_newer_wish_ends_the_one_before(controllers: Controllers, play: Callable[..., list[Event]]) -> None:
    first = controllers.learn(lambda source: Learnt(source=source, target=find_target("gain")))
    second = controllers.learn(lambda source: Learnt(source=source, target=find_target("alive")))
    assert "something else" in str(first.exception(0))
    play((CC, 21, 1))
    assert second.result(0) == "alive by CC 21 of channel 1"


def a_row(draw: st.DrawFn) -> Learnt:
    kind = draw(st.sampled_from(KINDS))
    source = ControllerSource(kind, draw(st.integers(0, NUMBERS[kind])), draw(st.integers(0, 15)))
    end = st.none() | st.floats(-60, 60)
    row = draw(st.sampled_from(PARAMETERS))
    target = ControllerTarget(row, draw(st.integers(0, len(row.numbers) - 1)))
    return Learnt(source=source, target=target, low=draw(end), high=draw(end), pick_up=draw(st.booleans()))


@given(st.lists(st.composite(a_row)(), max_size=5))
def test_a_file_says_it_all(found: list[Learnt]) -> None:
    assert parse_learnt(tomllib.loads(format_learnt(found))) == found


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("controller = 'wheel'", "controller must be one of cc, cc14, nrpn, pressure, note, got 'wheel'"),
        ("controller = 'cc'\nnumber = 120\nchannel = 1", "number must be a whole number from 0 to 119, got 120"),
        ("controller = 'cc'\nnumber = 1\nchannel = 17", "channel must be a whole number from 1 to 16, got 17"),
        ("controller = 'cc'\nnumber = 1\nchannel = 1\nparameter = 'gian'", "did you mean 'gain'?"),
        ("controller = 'cc'\nnumber = 1\nchannel = 1\nparameter = 'legato'", "legato has the parts legato.on"),
        ("controller = 'cc'\nnumber = 1\nchannel = 1\nparameter = 'latent'", "needs the number of a latent"),
        ("controller = 'cc'\nnumber = 1\nchannel = 1\nparameter = 'gain'\nlow = nan", "low must be a finite number"),
        ("controller = 'cc'\nnumber = 1\nchannel = 1\nparameter = 'gain'\ncurve = 's'", "curve must be one of linear"),
        ("controler = 'cc'", "did you mean 'controller'?"),
    ],
)
def test_a_wrong_file_is_told_and_kept(bridge: RecordingBridge, tmp_path: Path, row: str, told: str) -> None:
    path = tmp_path / "controllers.toml"
    path.write_text(f"format = 1\n[[learnt]]\n{row}\n")
    controllers = Controllers(bridge, bridge.value, path)
    assert len(bridge.told) == 1 and told in bridge.told[0] and str(path) in bridge.told[0]
    controllers.forget("all")
    assert path.with_suffix(".damaged").read_text() == f"format = 1\n[[learnt]]\n{row}\n"


def test_latents_that_another_bundle_lacks_are_left_alone(
    bridge: RecordingBridge, controllers: Controllers, play: Callable[..., list[Event]]
) -> None:
    learn(controllers, "latent_offset.9")
    play((CC, 21, 1))
    assert play((CC, 21, 100)) == [] and bridge.events == []


@pytest.mark.parametrize("name", ["", ".", "gain.x", "latent.0", "latent.x", "xy", "legato.", "latent.9999999999"])
def test_wrong_names_are_told(name: str) -> None:
    with pytest.raises(ControlError):
        find_target(name)
