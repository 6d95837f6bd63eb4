"""The table of parameters: what is kept for the next engine and the next bundle, and what one more row takes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rt import parameters as par
from rt.audio.event_record import RECORD, pack, unpack
from rt.bundle.manifest import Manifest
from rt.dsp.room import TARGET
from rt.engine import Engine
from rt.errors import ControlError
from rt.events import ResetControllers, SetParameter
from rt.midi.actions import controlled
from rt.midi.channels import MidiChannels
from rt.model import Model
from rt.osc import setters
from rt.osc.message import check
from rt.parameters import ALL, PARAMETERS, Number, Parameter, ParameterValues, Scope
from rt.units import N_CHANNELS
from tests.conftest import MakeEngine
from tests.support.recording_bridge import RecordingBridge
from tests.support.small_bundle import make_bundle
from tests.support.tiny import INSTRUMENTS, write_tiny_bundle

OTHER = {
    "instrument": (1.0,), "gain": (-12.0,), "bend": (1.5,), "alive": (0.4,), "legato": (1.0, 0.3),
    "latent offset": (0.5, 0.0, 0.0, 0.1), "channel gain": (0.5,), "modulation": (0.2,), "sustain": (1.0,),
    "latent": (57.0, 2.0, 0.3, 0.0), "latent xy": (0.3, -0.4), "symbol": (1.0, 67.0, 3.0), "gate": (1.0,),
    "room": (0.7,), "pan": (-0.5,), "interpolation": (2.0, 3.0), "trajectory": (2.0, 0.5, 1.0), "free gain": (0.25,),
}  # fmt: skip
"""A value of every row that is not its default, for a bundle with four latents."""


def channels(row: Parameter) -> range:
    return range(N_CHANNELS) if row.scope is Scope.CHANNEL else range(1)


def state(engine: Engine) -> dict[str, object]:
    """What the sounding parts of an engine are set to, past its book of values."""
    voices, controllers = engine._voices, engine._channels
    latents, path = voices._latents, voices._latents.path
    return {
        "instrument": controllers.instrument.tolist(),
        "gain": engine._fader._target,
        "bend": list(controllers.bend_semitones),
        "alive": latents.alive,
        "legato": list(controllers.glide_s),
        "latent offset": latents._offset.tolist(),
        "room": float(engine._room._state[TARGET]),
        "pan": controllers.side.tolist(),
        "channel gain": controllers.gain.tolist(),
        "modulation": list(controllers.vibrato),
        "sustain": controllers.sustain.tolist(),
        "point": path._to.tolist(),
        "gate": any(voice.key is None and not voice.leaving for voice in voices._states.voices),
        "interpolation": (path._order, path._seconds),
        "trajectory": (path._shape, path._frequency_hz, path._radius),
        "free gain": voices._motion.free_gain,
    }


def key(row: Parameter) -> str:
    return "point" if row.is_point else row.name


def test_every_row_has_a_test_value() -> None:
    assert set(OTHER) == {row.name for row in PARAMETERS}
    assert len({row.id for row in PARAMETERS}) == len(PARAMETERS)


@pytest.mark.parametrize("row", PARAMETERS, ids=lambda row: row.name)
def test_another_bundle_and_another_engine_keep_it(make_engine: MakeEngine, tmp_path: Path, row: Parameter) -> None:
    engine, host, rest = make_engine(), ParameterValues(), state(make_engine())[key(row)]
    event = row.set(*OTHER[row.name])
    engine.apply(event)
    host.set(event)
    wanted = state(engine)[key(row)]
    assert wanted != rest, "it does something"
    engine.use(engine.prepare(Model.load(write_tiny_bundle(tmp_path / "other", "other"), "cpu")))
    assert state(engine)[key(row)] == wanted
    assert all(engine.value(row, channel) == event.values for channel in channels(row))
    again = make_engine()
    for told in host.replay(with_held=False):
        again.apply(told)
    assert state(again)[key(row)] == (rest if row.is_held else wanted)


@pytest.mark.parametrize("row", PARAMETERS, ids=lambda row: row.name)
def test_it_crosses_the_ring_as_it_is(row: Parameter) -> None:
    event = row.on(3, *(value + 1e-9 for value in OTHER[row.name]))
    records = np.zeros(1, RECORD)
    pack(event, records[0], 0.0)
    assert unpack(records[0].tobytes()) == event


@pytest.mark.parametrize("row", [row for row in PARAMETERS if row.is_reset], ids=lambda row: row.name)
def test_reset_brings_its_channel_back(make_engine: MakeEngine, row: Parameter) -> None:
    engine, values = make_engine(), ParameterValues([row.set(*OTHER[row.name])])
    engine.apply(row.set(*OTHER[row.name]))
    engine.apply(ResetControllers(2))
    values.reset(2)
    assert engine.value(row, 2) == row.default == values.get(row, 2)
    assert engine.value(row, 3) == OTHER[row.name] == values.get(row, 3)


def test_the_last_way_to_a_point_counts() -> None:
    values = ParameterValues([par.LATENT.set(1, 2), par.LATENT_XY.set(0, 0), par.SYMBOL.set(0, 60, 2)])
    assert list(values.replay(with_held=True)) == [par.SYMBOL.set(0, 60, 2)]


def manifests(tmp_path: Path) -> tuple[Manifest, Manifest]:
    """Flute, piano and violin with two latents; violin and flute with two."""
    old = make_bundle(tmp_path / "old", "old", ("flute", "piano", "violin")).manifest
    return old, make_bundle(tmp_path / "new", "new", ("violin", "flute")).manifest


def test_instruments_move_by_name_and_what_is_missing_is_said(tmp_path: Path) -> None:
    values = ParameterValues([par.INSTRUMENT.set(0), par.INSTRUMENT.on(1, 1), par.INSTRUMENT.on(2, 2)])
    values.set(par.SYMBOL.set(1, 60, 2))
    dropped = values.change_bundle(*manifests(tmp_path))
    assert [values.get(par.INSTRUMENT, channel) for channel in range(3)] == [(1.0,), (0.0,), (0.0,)]
    assert values.get(par.SYMBOL) is None
    assert dropped == ["instrument piano (not in the bundle)", "symbol piano (not in the bundle)"]


@pytest.mark.parametrize("row", [row for row in PARAMETERS if row.numbers[0].per_latent], ids=lambda row: row.name)
def test_latents_of_another_length_are_dropped_and_said(tmp_path: Path, row: Parameter) -> None:
    old, new = manifests(tmp_path)
    values = ParameterValues([row.set(0.1, 0.2)])
    assert values.change_bundle(old, new) == [] and values.get(row) == (0.1, 0.2)
    values.set(row.set(0.1, 0.2, 0.3))
    assert values.change_bundle(old, new) == [f"{row.name} (3 latents, the bundle has 2)"]
    assert values.get(row) is None


def test_a_bundle_keeps_nothing_that_it_does_not_know(make_engine: MakeEngine) -> None:
    engine = make_engine()
    for event in (par.LATENT_OFFSET.set(1.0), par.INSTRUMENT.set(len(INSTRUMENTS)), SetParameter(999, 0, (1.0,))):
        engine.apply(event)
    assert engine.value(par.LATENT_OFFSET) is None and engine.value(par.INSTRUMENT) == (0.0,)


def test_one_more_parameter_takes_one_row_and_one_line(
    make_engine: MakeEngine, monkeypatch: pytest.MonkeyPatch, tiny_model: Model
) -> None:
    row = Parameter(
        id=99, name="brightness", scope=Scope.CHANNEL, controller=74, address="/lb/brightness", takes_channel=True,
        text="A test.", numbers=(Number(name="tilt", unit="dB", low=-6, high=6, default=0.0),),
    )  # fmt: skip
    rows = (*PARAMETERS, row)
    monkeypatch.setattr(par, "PARAMETERS", rows)  # the row
    monkeypatch.setitem(par.BY_ID, row.id, row)
    engine, heard = make_engine(), [0.0] * N_CHANNELS
    engine._setters[row.id] = lambda channel, values: heard.__setitem__(channel, values[0])  # the line

    message = setters.messages(setters.NOTES, rows)[-1]
    assert (message.address, message.description) == ("/lb/brightness", "A test.")
    with pytest.raises(ControlError, match="tilt must be -6 to 6 dB, got 7"):
        check(message, [7], n_latents=4)
    event = setters.event(row, check(message, [3.0, 2], n_latents=4), tiny_model.manifest.find_instrument)
    assert setters.args_of(event, tiny_model.manifest) == (3.0, 2)
    assert controlled(row).act(MidiChannels(RecordingBridge())._channels[0], 1, 127) == [row.on(1, 6.0)]
    engine.apply(event)
    assert heard == [0.0, 3.0] + [0.0] * 14
    heard[:] = [0.0] * N_CHANNELS
    engine.use(engine.prepare(tiny_model))
    assert heard[1] == 3.0, "another bundle keeps it"
    assert list(ParameterValues([event]).replay(with_held=False)) == [event], "another engine is told"
    assert row.set(1.0).channel == ALL
