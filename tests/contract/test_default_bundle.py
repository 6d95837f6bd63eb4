"""The bundle that is shipped: it loads, its graphs run, and it plays in tune."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

from export.prepare.partials import centroid_hz, loudness_db, partials
from export.prepare.tuning import period_offset_cents
from rt.arrays import F32
from rt.bundle import bundle
from rt.bundle.bundle import Bundle
from rt.engine.latents import Latents
from rt.engine.voice_states import VoiceStates
from rt.frames.live import LIVE, LiveAnalyser
from rt.frames.scaling import magnitudes_of_values, values_of_magnitudes
from rt.frames.spec import centre_hz
from rt.frames.symbols import SymbolLayout
from rt.model import ListenerModel, Model, SignalEncoder
from rt.units import hz_of_note

NOTES = {
    "Alto Sax": (52, 64, 76),
    "Flute": (62, 74, 88),
    "Piano": (36, 60, 84),
    "Trumpet": (55, 67, 79),
    "Violin": (57, 69, 88),
}
MAX_BUNDLE_BYTES = 5_000_000


@pytest.fixture(scope="module")
def shipped() -> Bundle:
    return bundle.load("default")


@pytest.fixture(scope="module")
def sessions(shipped: Bundle) -> dict[str, Any]:
    return {name: onnxruntime.InferenceSession(shipped.graph_path(name)) for name in shipped.manifest.graphs}


def play(shipped: Bundle, sessions: dict[str, Any], note: int, dynamics: float, instrument: int, age_s: float) -> F32:
    """Decoded magnitudes, (n_bins,)."""
    symbols = SymbolLayout(shipped.manifest.symbols).encode(note, dynamics, instrument)[None]
    age = np.full((1, 1), age_s, np.float32)
    latent = sessions["symbol_encoder"].run(["mean"], {"symbols": symbols, "age_s": age})[0]
    frame = sessions["signal_decoder"].run(["frame"], {"latent": latent})[0]
    return magnitudes_of_values(shipped.manifest.frame, frame[0])


def test_it_is_found_loads_and_is_small(shipped: Bundle) -> None:
    manifest = shipped.manifest
    assert manifest.name == "default"
    assert [spec.name for spec in manifest.instruments] == list(NOTES)
    assert set(manifest.graphs) == {
        *("symbol_encoder", "signal_decoder", "signal_encoder", "symbol_decoder"),
        *("listener_encoder", "listener_notes"),
    }
    assert manifest.licences
    assert manifest.scores
    assert sum(path.stat().st_size for path in Path(shipped.path).iterdir()) < MAX_BUNDLE_BYTES


@pytest.mark.parametrize("rows", [1, 8])
def test_graphs_run_with_the_declared_tensors(shipped: Bundle, sessions: dict[str, Any], rows: int) -> None:
    for name, spec in shipped.manifest.graphs.items():
        feed = {tensor: np.zeros((rows, shape[1]), np.float32) for tensor, shape in spec.inputs.items()}
        outputs = sessions[name].run(list(spec.outputs), feed)
        for found, shape in zip(outputs, spec.outputs.values(), strict=True):
            assert found.shape == (rows, shape[1])
            assert found.dtype == np.float32
            assert np.isfinite(found).all()


def test_symbols_come_out_as_probabilities(shipped: Bundle, sessions: dict[str, Any]) -> None:
    latent = np.random.default_rng(0).standard_normal((16, shipped.manifest.latent.size)).astype(np.float32)
    outputs = sessions["symbol_decoder"].run(None, {"latent": latent})
    assert len(outputs) == len(shipped.manifest.symbols)
    for found in outputs:
        np.testing.assert_allclose(found.sum(axis=1), 1.0, atol=1e-5)


@pytest.mark.parametrize("name", list(NOTES))
def test_decoded_notes_are_in_tune(shipped: Bundle, sessions: dict[str, Any], name: str) -> None:
    index = shipped.manifest.instrument_index(name)
    assert index is not None
    spec = shipped.manifest.instruments[index]
    for note in NOTES[name]:
        frequencies, amplitudes = partials(shipped.manifest.frame, play(shipped, sessions, note, 2.0, index, 0.3))
        sharp_by, correlation = period_offset_cents(frequencies, amplitudes**2, note)
        assert abs(sharp_by - spec.tuning_cents[note - spec.low_note]) < 10.0, f"{name} {note}"
        assert correlation > 0.8, f"{name} {note}"


@pytest.mark.parametrize("name", list(NOTES))
def test_dynamics_make_notes_louder_and_brighter(shipped: Bundle, sessions: dict[str, Any], name: str) -> None:
    index = shipped.manifest.instrument_index(name)
    assert index is not None
    frame = shipped.manifest.frame
    for note in NOTES[name]:
        played = [play(shipped, sessions, note, step / 2.0, index, 0.2) for step in range(9)]
        assert (np.diff([loudness_db(frame, x) for x in played]) > 0.0).all(), f"{name} {note}"
        assert centroid_hz(frame, played[-1]) > centroid_hz(frame, played[0]), f"{name} {note}"


def test_a_piano_fades_and_a_flute_stays(shipped: Bundle, sessions: dict[str, Any]) -> None:
    frame = shipped.manifest.frame

    def fall_db(name: str, note: int) -> float:
        index = shipped.manifest.instrument_index(name)
        assert index is not None
        early, late = (loudness_db(frame, play(shipped, sessions, note, 2.0, index, age)) for age in (0.5, 5.0))
        return early - late

    assert fall_db("Piano", 60) > 8.0
    assert abs(fall_db("Flute", 72)) < 3.0


@pytest.mark.parametrize("name", list(NOTES))
def test_loudness_and_tuning_tables_are_sound(shipped: Bundle, name: str) -> None:
    spec = next(i for i in shipped.manifest.instruments if i.name == name)
    loudness = np.array(spec.loudness_db)
    assert loudness.shape == (spec.high_note - spec.low_note + 1, 5)
    assert (np.diff(loudness, axis=1) > -0.5).all()  # the engine makes up for what is missing
    assert np.abs(np.diff(loudness[:, 2])).max() < 8.0  # the engine evens them out
    assert np.abs(spec.tuning_cents).max() <= 40.0
    decay = np.array(spec.decay_db_per_s)
    assert (decay >= 3.0).all() if name == "Piano" else not decay.any()


@pytest.mark.parametrize("name", list(NOTES))
def test_the_encoders_hear_what_the_decoder_plays(shipped: Bundle, sessions: dict[str, Any], name: str) -> None:
    layout = SymbolLayout(shipped.manifest.symbols)
    index = shipped.manifest.instrument_index(name)
    assert index is not None
    for note, age_s in itertools.product(NOTES[name], (0.1, 0.3)):
        symbols = layout.encode(note, 2.0, index)[None]
        age = np.full((1, 1), age_s, np.float32)
        latent = sessions["symbol_encoder"].run(["mean"], {"symbols": symbols, "age_s": age})[0]
        frame = sessions["signal_decoder"].run(["frame"], {"latent": latent})[0]
        heard = sessions["signal_encoder"].run(["mean"], {"frame": frame})[0]
        classes = sessions["symbol_decoder"].run(list(layout.groups), {"latent": heard})
        label = layout.decode(np.concatenate([c[0] for c in classes]))
        assert label.note == note, f"{name} {note} ({hz_of_note(note):.0f} Hz)"
        assert label.instrument == index, f"{name} {note} after {age_s} s"


def test_the_whole_square_of_an_xy_pad_sounds(shipped: Bundle, sessions: dict[str, Any]) -> None:
    manifest = shipped.manifest
    pad = Latents(Model.load(shipped, "cpu"), VoiceStates(1, manifest), sample_rate_hz=48_000.0, seed=0)
    sides = np.linspace(-1.0, 1.0, 21)
    latent = np.stack([pad.point_of_xy(x, y) for x, y in itertools.product(sides, sides)]).astype(np.float32)
    frames = magnitudes_of_values(manifest.frame, sessions["signal_decoder"].run(["frame"], {"latent": latent})[0])
    levels = np.array([loudness_db(manifest.frame, frame) for frame in frames])
    usual_db = np.median(np.concatenate([np.ravel(spec.loudness_db) for spec in manifest.instruments]))
    assert levels.shape == (441,)
    assert (levels > usual_db - 30.0).mean() >= 0.9
    instruments = sessions["symbol_decoder"].run(["instrument"], {"latent": latent})[0].argmax(axis=1)
    assert len(set(instruments)) >= 3


@pytest.mark.parametrize("name", list(NOTES))
def test_every_note_is_heard_as_itself_and_mostly_as_its_instrument(shipped: Bundle, name: str) -> None:
    model, layout = Model.load(shipped, "cpu"), SymbolLayout(shipped.manifest.symbols)
    index = next(i for i, spec in enumerate(shipped.manifest.instruments) if spec.name == name)
    spec = shipped.manifest.instruments[index]
    notes = np.repeat(np.arange(spec.low_note, spec.high_note + 1), 5)
    symbols = np.stack([layout.encode(int(note), step % 5, index) for step, note in enumerate(notes)])
    reader, ears = SignalEncoder.load(shipped, "cpu"), ListenerModel.load(shipped)
    for age_s in (0.05, 0.1, 0.2, 0.3, 0.5):
        played = model.decode(model.encode(symbols, np.full(len(notes), age_s, np.float32))[0])
        values = values_of_magnitudes(shipped.manifest.frame, played)
        said = ears.symbols(reader.encode(values)[0])
        found = 12 * (said["octave"].argmax(axis=1) + 1) + said["pitch_class"].argmax(axis=1)
        loud = values.max(axis=1) > 0.75
        assert loud.mean() > 0.8 and (found == notes)[loud].mean() > 0.99, f"{name} after {age_s} s"
        right = (said["instrument"].argmax(axis=1) == index)[loud].mean()
        assert right > (0.9 if age_s < 0.1 else 0.95), f"{name} after {age_s} s: {100.0 * right:.1f} %"


@pytest.mark.parametrize("name", list(NOTES))
def test_no_note_gets_duller_with_velocity(shipped: Bundle, name: str) -> None:
    """The centroid of the first 0.4 s over seven steps of dynamics; soft high notes are nearly sines."""
    model, layout = Model.load(shipped, "cpu"), SymbolLayout(shipped.manifest.symbols)
    index = next(i for i, spec in enumerate(shipped.manifest.instruments) if spec.name == name)
    spec, hz = shipped.manifest.instruments[index], centre_hz(shipped.manifest.frame)
    ages = np.linspace(0.02, 0.4, 9, dtype=np.float32)
    for note in range(spec.low_note, spec.high_note + 1):
        symbols = np.stack([layout.encode(note, float(d), index) for d in np.linspace(0.0, 4.0, 7)])
        latents, _ = model.encode(np.repeat(symbols, len(ages), axis=0), np.tile(ages, 7))
        power = (model.decode(latents).astype(np.float64) ** 2).reshape(7, len(ages), -1).mean(axis=1)
        centroids = (power * hz).sum(axis=1) / power.sum(axis=1)
        assert (np.diff(centroids) > -0.005 * centroids[0]).all(), f"{name} {note}: {np.round(centroids, 1)} Hz"
        assert (np.diff(power.sum(axis=1)) > 0.0).all(), f"{name} {note}"


def heard_windows(shipped: Bundle, windows: F32, rate_hz: int = 44_100) -> F32:
    """Live frame values of sounds (n, n_samples)."""
    analyser = LiveAnalyser(shipped.manifest.frame, LIVE, rate_hz)
    return values_of_magnitudes(shipped.manifest.frame, analyser.magnitudes(windows[:, : analyser.n_window]))


def test_it_hears_two_notes_at_once(shipped: Bundle) -> None:
    time_s = np.arange(16_384) / 44_100
    chords = [(60, 67), (50, 65), (57, 73), (64, 68), (72, 84), (45, 76)]

    def tone(note: int) -> F32:
        partials_of = np.arange(1, 9)[:, None]
        waves = np.sin(2.0 * np.pi * (hz_of_note(note) * partials_of * time_s + 0.37 * partials_of**2 + 0.01 * note))
        return np.asarray((waves * 0.7 ** (partials_of - 1)).sum(axis=0), np.float32)

    notes = ListenerModel.load(shipped).notes(
        heard_windows(shipped, np.stack([0.1 * (tone(a) + tone(b)) for a, b in chords]))
    )
    assert notes is not None
    found = [tuple(np.flatnonzero(row > 0.5).tolist()) for row in notes]
    assert sum(a == b for a, b in zip(found, chords, strict=True)) >= 5, found


@pytest.mark.parametrize("partials_most", [5, 12, 25])
def test_mains_hum_is_no_note(shipped: Bundle, partials_most: int) -> None:
    rng, time_s = np.random.default_rng(1), np.arange(16_384) / 44_100
    number = np.arange(1, partials_most + 1)
    hums = np.empty((100, len(time_s)), np.float32)
    for row in hums:
        turns = rng.choice([50.0, 60.0]) * number[:, None] * time_s + rng.random((partials_most, 1))
        row[:] = 0.03 * (rng.random(partials_most) / number) @ np.sin(2.0 * np.pi * turns)
    values, ears = heard_windows(shipped, hums), ListenerModel.load(shipped)
    said, notes = ears.symbols(ears.hear(values)[0]), ears.notes(values)
    silent = (said["octave"].argmax(axis=1) == 9) | (said["pitch_class"].argmax(axis=1) == 12)
    assert silent.mean() >= 0.95 and notes is not None and (notes.max(axis=1) > 0.5).mean() <= 0.1
