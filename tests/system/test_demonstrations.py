"""The published demonstrations on every instrument of the default bundle.

Each command on each instrument: the right pitches, no click, the exact length, the same for the same seed.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rt import parameters
from rt.arrays import F32, F64, I64
from rt.bundle import bundle
from rt.cli import main
from rt.commands.render import read_events
from rt.config import config
from rt.midi import midi_file
from rt.midi.midi_file import TimedMessage
from rt.model import ListenerModel, Model, SignalEncoder
from rt.offline import labels, latent_path, recording
from rt.offline.offline_renderer import OfflineRenderer
from rt.offline.options import PHASES
from rt.units import hz_of_note, name_of_note
from tests.support.listening import biggest_step, cents, frequency_hz, level_db

RATE_HZ = 24_000
MANIFEST = bundle.load(bundle.DEFAULT).manifest
INSTRUMENTS = [spec.name for spec in MANIFEST.instruments]
LOW, HIGH = 72, 77
"""Notes that all of them reach."""
ARPEGGIO = (65, 69, 72, 77, 72, 69, 65)
STEP_S = 0.01

pytestmark = [pytest.mark.system, pytest.mark.timeless]


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.load(bundle.load(bundle.DEFAULT), "cpu")


def sound(path: Path, *arguments: str) -> F32:
    own = [str(path) if argument == "OUT" else argument for argument in arguments]
    places = [] if own[0] == "reconstruct" else ["--mono"]  # a recording brings its own
    assert main([*own, *places, "--provider", "cpu"]) == 0
    samples: F32 = soundfile.read(path, dtype="float32")[0]
    return samples


def off_cents(samples: F32, note: int, begin_s: float, end_s: float) -> float:
    part = samples[round(begin_s * RATE_HZ) : round(end_s * RATE_HZ)]
    return cents(frequency_hz(part, hz_of_note(note), RATE_HZ), hz_of_note(note))


def word(instrument: str, *notes: int) -> str:
    return " ".join(f"{instrument.replace(' ', '')}:{name_of_note(note)}:mf" for note in notes)


def arpeggio(path: Path, note_s: float) -> Path:
    """F major, legato, one after the other; the file asks for the first instrument of the bundle."""
    found = [TimedMessage(0.0, (0xC0, 0))]
    found += [TimedMessage(k * note_s, (0x90, note, 90)) for k, note in enumerate(ARPEGGIO)]
    found += [TimedMessage((k + 1) * note_s, (0x80, note, 0)) for k, note in enumerate(ARPEGGIO)]
    midi_file.save(path, sorted(found))
    return path


def instruments_in(wav: Path, model: Model) -> tuple[F64, I64]:
    """Times (n,) and the likeliest instruments (n,) there, by the encoder of recordings."""
    curve = recording.latent_path_of(recording.read(wav), SignalEncoder.load(model.bundle, "cpu"), model)
    return curve.times_s, ListenerModel.load(model.bundle, "cpu").symbols(curve.latents)["instrument"].argmax(axis=1)


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_symbols_to_signal_and_back_through_the_latent_space(instrument: str, tmp_path: Path) -> None:
    rate = ["--sample-rate", str(RATE_HZ)]
    played = sound(tmp_path / "played.wav", "sequence", word(instrument, LOW, HIGH), "OUT", "--seconds", "0.6", *rate)
    again = sound(tmp_path / "again.wav", "reconstruct", str(tmp_path / "played.wav"), "OUT")
    assert len(again) == len(played)
    for samples in (played, again):
        assert abs(off_cents(samples, LOW, 0.15, 0.55)) < 20.0 and abs(off_cents(samples, HIGH, 0.75, 1.15)) < 20.0
    for begin in (0.1, 0.7):
        part = slice(round(begin * RATE_HZ), round((begin + 0.4) * RATE_HZ))
        assert level_db(again[part]) == pytest.approx(level_db(played[part]), abs=3.0)
    assert biggest_step(again) <= 1.5 * biggest_step(played)
    np.testing.assert_array_equal(sound(tmp_path / "b.wav", "reconstruct", str(tmp_path / "played.wav"), "OUT"), again)


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_a_recording_is_carried_to_another_instrument(instrument: str, model: Model, tmp_path: Path) -> None:
    other = INSTRUMENTS[(INSTRUMENTS.index(instrument) + 2) % len(INSTRUMENTS)]
    rate, wav = ["--sample-rate", str(RATE_HZ)], tmp_path / "played.wav"
    played = sound(wav, "sequence", word(instrument, LOW, HIGH), "OUT", "--seconds", "0.6", "--tail", "0", *rate)
    out = sound(tmp_path / "out.wav", "reconstruct", str(wav), "OUT", "--instrument", other)
    assert len(out) == len(played)
    assert abs(off_cents(out, LOW, 0.15, 0.55)) < 20.0 and abs(off_cents(out, HIGH, 0.75, 1.15)) < 20.0
    assert biggest_step(out) <= 2.5 * max(biggest_step(out[2_400:13_000]), biggest_step(out[17_000:27_000]))
    times_s, heard = instruments_in(tmp_path / "out.wav", model)
    steady = (times_s % 0.6 > 0.1) & (times_s % 0.6 < 0.5)
    assert np.mean(heard[steady] == INSTRUMENTS.index(other)) > 0.8


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_an_arpeggio_from_a_file_is_played_and_heard_again(instrument: str, model: Model, tmp_path: Path) -> None:
    song, note_s, shift = str(arpeggio(tmp_path / "in.mid", 0.4)), 0.4, 0 if instrument == "Flute" else 2
    options = ["--instrument", instrument, "--transpose", str(shift), "--dynamics", "f", "--sample-rate", str(RATE_HZ)]
    out = sound(tmp_path / "out.wav", "render", song, "OUT", *options, "--seed", "3")
    wanted = [note + shift for note in ARPEGGIO]
    for k, note in enumerate(wanted):
        assert abs(off_cents(out, note, k * note_s + 0.1, (k + 1) * note_s - 0.02)) < 20.0
    held = max(
        biggest_step(out[round((k + 0.25) * note_s * RATE_HZ) : round((k + 0.95) * note_s * RATE_HZ)]) for k in range(7)
    )
    assert biggest_step(out) <= 2.0 * held
    exact = sound(tmp_path / "exact.wav", "render", song, "OUT", *options, "--seed", "3", "--tail", "0")
    assert len(exact) == round(len(wanted) * note_s * RATE_HZ)
    n = len(exact) - RATE_HZ // 50
    np.testing.assert_array_equal(exact[:n], out[:n])
    assert not np.array_equal(
        sound(tmp_path / "other.wav", "render", song, "OUT", *options, "--seed", "4")[:n], out[:n]
    )

    heard = [
        "transcribe",
        str(tmp_path / "out.wav"),
        str(tmp_path / "heard.mid"),
        "--json",
        str(tmp_path / "heard.json"),
    ]
    assert main(heard) == 0
    notes = json.loads((tmp_path / "heard.json").read_text(encoding="utf-8"))["notes"]
    assert [note["note"] for note in notes] == wanted
    onsets_s = [note["onset_s"] for note in notes]
    np.testing.assert_allclose(onsets_s, note_s * np.arange(len(wanted)), atol=0.05)
    again = read_events(tmp_path / "heard.mid", model.manifest, config.load().engine, RATE_HZ)
    players = {event.values[0] for _, event in again if parameters.INSTRUMENT.is_set_by(event)}
    assert players == {model.manifest.find_instrument(instrument)}, "whatever it was is played by the same again"


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_every_phase_on_every_instrument(instrument: str, phase: str, tmp_path: Path) -> None:
    options = ["--seconds", "0.5", "--tail", "0", "--phase", phase, "--sample-rate", str(RATE_HZ), "--alive", "0.1"]
    if phase == "nsgt":
        options += ["--iterations", "8"]
    out = sound(tmp_path / "out.wav", "sequence", word(instrument, LOW, HIGH), "OUT", *options)
    assert len(out) == RATE_HZ
    assert abs(off_cents(out, LOW, 0.12, 0.48)) < 20.0 and abs(off_cents(out, HIGH, 0.62, 0.97)) < 20.0
    within = max(biggest_step(out[480:11_500]), biggest_step(out[12_480:23_000]))  # from 20 ms on: a piano is struck
    assert biggest_step(out) <= 1.5 * within
    again = sound(tmp_path / "again.wav", "sequence", word(instrument, LOW, HIGH), "OUT", *options)
    np.testing.assert_array_equal(again, out)


@pytest.mark.parametrize("interp", ["none", "linear", "cubic"])
@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_morphs_to_the_next_instrument(instrument: str, interp: str, tmp_path: Path) -> None:
    other = INSTRUMENTS[(INSTRUMENTS.index(instrument) + 1) % len(INSTRUMENTS)]
    curve = ["--interp", interp, "--seconds", "1.6", "--hold", "0.5", "--sample-rate", str(RATE_HZ)]
    asked = f"{word(instrument, LOW)} {word(other, HIGH)}"
    out = sound(tmp_path / "out.wav", "morph", asked, "OUT", *curve, "--latents", str(tmp_path / "way.npz"))
    assert len(out) == round(1.6 * RATE_HZ)
    assert abs(off_cents(out, LOW, 0.1, 0.5)) < 20.0 and abs(off_cents(out, HIGH, 1.15, 1.55)) < 20.0
    assert abs(level_db(out[2_400:12_000]) - level_db(out[27_600:37_200])) < 8.0
    held = max(biggest_step(out[2_400:12_000]), biggest_step(out[27_600:37_200]))
    assert biggest_step(out) <= 1.8 * held
    again = sound(tmp_path / "again.wav", "morph", asked, "OUT", *curve)
    np.testing.assert_array_equal(again, out)


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_only_without_interpolation_latents_jump_and_only_cubic_ones_bend_smoothly(
    instrument: str, tmp_path: Path
) -> None:
    notes, hold_s, move_s = (69, 74, 77, 72), 0.25, 1.0
    seconds = len(notes) * hold_s + (len(notes) - 1) * move_s
    steps, turns = {}, {}
    for interp in ("none", "linear", "cubic"):
        saved = tmp_path / f"{interp}.npz"
        options = ["--seconds", str(seconds), "--hold", str(hold_s), "--sample-rate", "8000", "--latents", str(saved)]
        sound(tmp_path / "out.wav", "morph", word(instrument, *notes), "OUT", "--interp", interp, *options)
        points = latent_path.load(saved, MANIFEST).points(np.arange(0.0, seconds, STEP_S))
        moves = np.diff(points, axis=0)
        steps[interp] = float(np.linalg.norm(moves, axis=1).max())
        turns[interp] = float(np.linalg.norm(np.diff(moves, axis=0), axis=1).max())
    farthest = steps["none"]  # from one label to the next at once
    assert steps["linear"] == pytest.approx(farthest * STEP_S / move_s, rel=0.01)
    assert steps["cubic"] < 2.0 * steps["linear"]
    assert turns["linear"] == pytest.approx(steps["linear"], rel=0.01)  # from standing still to full speed
    # A cubic from rest to rest speeds up by 6 D / T^2 at most, D the way and T the time it takes.
    assert turns["cubic"] < 1.1 * 6.0 * farthest * (STEP_S / move_s) ** 2


@pytest.mark.parametrize("kind", ["line", "circle", "helix"])
@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_trajectories_about_a_note(instrument: str, kind: str, tmp_path: Path) -> None:
    curve = ["--kind", kind, "--radius", "0.2", "--seconds", "1", "--around", word(instrument, LOW)]
    curve += ["--sample-rate", str(RATE_HZ), "--turns", "3", "--seed", "5"]
    out = sound(tmp_path / "out.wav", "trajectory", "OUT", *curve)
    assert len(out) == RATE_HZ and level_db(out) > -50.0
    assert abs(off_cents(out, LOW, 0.1, 0.9)) < 35.0
    assert biggest_step(out) <= 1.5 * biggest_step(out[2_400:21_600])
    np.testing.assert_array_equal(sound(tmp_path / "again.wav", "trajectory", "OUT", *curve), out)


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_block_size_does_not_change_notes_and_paths(instrument: str, model: Model) -> None:
    found = labels.parse(word(instrument, LOW, HIGH), MANIFEST)
    events = labels.events_of(MANIFEST, found, seconds=0.15, rate_hz=RATE_HZ)
    points, levels_db = labels.points(model, found), labels.levels_db(model, found)
    curve = latent_path.morph(points, levels_db, order=2, seconds=0.3, hold_s=0.05)

    def play(block_samples: int) -> tuple[F32, F32]:
        renderers = [OfflineRenderer(model, config.load().engine, RATE_HZ) for _ in range(2)]
        blocks = renderers[0].blocks(events, 7_200, block_samples=block_samples)
        return np.concatenate(list(blocks)), np.concatenate(
            list(renderers[1].path_blocks(curve, 7_200, block_samples=block_samples))
        )

    expected = play(512)
    assert all(len(one) == 7_200 and level_db(one) > -50.0 for one in expected)
    for block_samples in (37, 1000):
        for one, other in zip(play(block_samples), expected, strict=True):
            np.testing.assert_array_equal(one, other)
