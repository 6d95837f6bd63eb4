"""The offline commands on the hand-built bundle: right pitches, exact lengths, no clicks, the same twice."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile

from rt.arrays import F32, F64
from rt.config import config
from rt.model import Model
from rt.offline import labels, latent_path
from rt.offline.offline_renderer import OfflineRenderer
from rt.units import hz_of_note
from tests.support.listening import biggest_step, level_db
from tests.support.offline import RATE_HZ, OfflineRun, sounds_at


def sine(note: float, seconds: float, rate_hz: int) -> F64:
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    partials = [np.sin(2 * np.pi * k * hz_of_note(note) * time_s) / k for k in range(1, 6)]
    ramp = np.clip(np.minimum(time_s, seconds - time_s) / 0.02, 0.0, 1.0)
    return np.asarray(0.2 * ramp * np.sum(partials, axis=0))


@pytest.mark.parametrize("interp", ["none", "linear", "cubic"])
def test_a_morph_has_its_pitches_its_length_and_no_clicks(run: OfflineRun, interp: str) -> None:
    out = run("morph", "Reed:C4:mf String:G4:ff", "OUT", "--seconds", "1.5", "--hold", "0.5", "--interp", interp)
    assert len(out) == round(1.5 * RATE_HZ)
    assert sounds_at(out, 60, 0.05, 0.5) and sounds_at(out, 67, 1.05, 1.45)
    held = max(biggest_step(out[1_200:11_000]), biggest_step(out[25_500:34_000]))
    assert biggest_step(out) <= 1.5 * held and out[-1] == 0.0


def test_a_morph_is_the_same_twice_and_from_its_saved_latents(run: OfflineRun) -> None:
    options = ["--seconds", "0.5", "--alive", "0.5", "--seed", "3"]
    latents = str(run.folder / "way.npz")
    first = run("morph", "C4 Reed:E4", "OUT", *options, "--latents", latents)
    assert not np.array_equal(first, run("morph", "C4 Reed:E4", "OUT", *options[:-1], "4"))
    np.testing.assert_array_equal(run("morph", "C4 Reed:E4", "OUT", *options), first)
    np.testing.assert_array_equal(run("sequence", latents, "OUT", "--seed", "3"), first)
    np.testing.assert_array_equal(run("trajectory", "OUT", "--from", latents, "--seed", "3"), first)


@pytest.mark.parametrize("block_samples", [1, 37, 1000])
def test_block_size_does_not_change_a_path(tiny_model: Model, block_samples: int) -> None:
    points = labels.points(tiny_model, labels.parse("C4 G4:ff", tiny_model.manifest))
    curve = latent_path.morph(points, [0.0, -3.0], order=1, seconds=0.2, hold_s=0.05)

    def sound(n: int) -> F32:
        renderer = OfflineRenderer(tiny_model, config.load().engine, RATE_HZ)
        return np.concatenate(list(renderer.path_blocks(curve, 4_800, block_samples=n)))

    np.testing.assert_array_equal(sound(block_samples), sound(512))


@pytest.mark.parametrize("phase", ["locked", "refined"])
def test_it_is_stereo_in_a_room_unless_told_otherwise(run: OfflineRun, phase: str) -> None:
    own = ["Reed:C4@0.3 String:C3@0.3", "OUT", "--phase", phase, "--iterations", "1", "--tail", "1"]
    mono, dry, wet, narrow = (
        run("sequence", *own, *places)
        for places in ([], ["--room", "0"], ["--room", "0.5"], ["--mono", "--room", "0.5"])
    )
    assert (mono.ndim, dry.shape, narrow.ndim) == (1, (len(mono), 2), 1) and len(wet) > len(dry)
    half = round(0.25 * RATE_HZ)
    np.testing.assert_allclose(dry[:half], np.stack([mono, mono], axis=1)[:half], atol=1e-6)
    low = dry[round(0.35 * RATE_HZ) : round(0.55 * RATE_HZ)]
    assert level_db(low[:, 0]) > level_db(low[:, 1]) + 3.0, "low keys of what dies away lie on the left"
    assert level_db(wet[len(mono) - half : len(mono)]) > level_db(dry[-half:]) + 3.0
    assert level_db(narrow[: len(mono)] - mono) > -60.0, "one channel has the room that is asked for"


@pytest.mark.parametrize("kind", ["line", "circle", "helix"])
def test_trajectories_keep_their_pitch_and_length(run: OfflineRun, kind: str) -> None:
    out = run("trajectory", "OUT", "--kind", kind, "--seconds", "0.7", "--radius", "0.01", "--around", "Reed:A4:f")
    assert len(out) == round(0.7 * RATE_HZ) and sounds_at(out, 69, 0.05, 0.65)


def test_a_sequence_plays_its_labels(run: OfflineRun) -> None:
    out = run("sequence", "Reed:C4:mf@0.4 E4@0.3 rest@0.2 String:G4:ff@0.4", "OUT", "--tail", "0")
    assert len(out) == round(1.3 * RATE_HZ)
    assert sounds_at(out, 60, 0.05, 0.4) and sounds_at(out, 64, 0.5, 0.7) and sounds_at(out, 67, 0.95, 1.28)
    assert level_db(out[round(0.85 * RATE_HZ) : round(0.89 * RATE_HZ)]) < -40.0


def test_a_legato_sequence_is_one_voice(run: OfflineRun) -> None:
    latents = run.folder / "seq.npz"
    out = run("sequence", "C4 E4 G4", "OUT", "--seconds", "0.3", "--legato", "0.05", "--latents", str(latents))
    assert sounds_at(out, 60, 0.05, 0.3) and sounds_at(out, 64, 0.4, 0.6) and sounds_at(out, 67, 0.7, 0.9)
    assert np.unique(np.load(latents)["voice"]).tolist() == [0]


@pytest.mark.parametrize("phase", ["nsgt", "refined"])
def test_phases_of_whole_voices_find_the_same_pitches(run: OfflineRun, phase: str) -> None:
    options = ["--seconds", "1", "--interp", "none", "--phase", phase, "--iterations", "5"]
    out = run("morph", "C4 G4", "OUT", *options)
    assert len(out) == RATE_HZ and sounds_at(out, 60, 0.05, 0.45) and sounds_at(out, 67, 0.6, 0.95)
    np.testing.assert_array_equal(run("morph", "C4 G4", "OUT", *options), out)


def test_long_voices_are_joined_without_a_seam(run: OfflineRun) -> None:
    sounds, levels = {}, {}
    for phase in ("locked", "nsgt", "refined"):
        options = ["--seconds", "22", "--tail", "0", "--phase", phase, "--iterations", "4"]
        sounds[phase] = run("sequence", "Reed:C4", "OUT", *options, rate_hz=8_000)[4_000 : 21 * 8_000]
        parts = sounds[phase].reshape(-1, 800)
        levels[phase] = 10.0 * np.log10(np.mean(np.square(parts, dtype=np.float64), axis=1))
    for phase, most_db in (("nsgt", 4.0), ("refined", 1.0)):
        steps_db = np.diff(levels[phase] - levels["locked"])
        assert np.abs(steps_db).max() < most_db
        assert biggest_step(sounds[phase]) < 1.5 * biggest_step(sounds[phase][:8_000])


@pytest.mark.parametrize(("rate_hz", "n_channels", "level"), [(44_100, 1, 1.0), (22_050, 2, 0.1)])
def test_a_reconstruction_keeps_rate_channels_length_level_and_pitch(
    run: OfflineRun, rate_hz: int, n_channels: int, level: float
) -> None:
    sound = np.concatenate([np.zeros(rate_hz // 4), sine(64, 1.0, rate_hz), np.zeros(rate_hz // 4)])
    channels = np.stack([sound, 0.5 * sound][:n_channels], axis=1) * level
    soundfile.write(run.folder / "in.wav", channels, rate_hz, subtype="FLOAT")
    assert run.code("reconstruct", str(run.folder / "in.wav"), "OUT") == (0, "")
    info = soundfile.info(run.folder / "out.wav")
    assert (info.samplerate, info.channels, info.frames) == (rate_hz, n_channels, len(sound))
    out = run.read("out.wav").reshape(len(sound), n_channels)
    assert sounds_at(out[:, 0], 64, 0.4, 1.1, rate_hz)
    for channel in range(n_channels):
        found = level_db(out[rate_hz // 2 : rate_hz, channel])
        assert found == pytest.approx(level_db(channels[rate_hz // 2 : rate_hz, channel]), abs=2.5)
    assert np.abs(out[: rate_hz // 5]).max() < 1e-3 * level


def test_nothing_sounds_before_an_onset(run: OfflineRun) -> None:
    struck = np.concatenate([np.zeros(RATE_HZ // 4), sine(64, 0.5, RATE_HZ)[480:]])  # from full level, 20 ms into it
    soundfile.write(run.folder / "in.wav", struck, RATE_HZ, subtype="FLOAT")
    assert run.code("reconstruct", str(run.folder / "in.wav"), "OUT") == (0, "")
    out, onset = run.read("out.wav"), RATE_HZ // 4
    begun = slice(onset + 240, onset + 720)
    assert level_db(out[begun]) == pytest.approx(level_db(struck[begun]), abs=3.0)
    assert level_db(out[onset - 720 : onset - 240]) < level_db(out[begun]) - 60.0


def test_silence_is_reconstructed_as_silence(run: OfflineRun) -> None:
    soundfile.write(run.folder / "in.wav", np.zeros(RATE_HZ // 2), RATE_HZ)
    assert run.code("reconstruct", str(run.folder / "in.wav"), "OUT") == (0, "")
    assert not run.read("out.wav").any()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("morph", "C4", "OUT"), "two labels or more"),
        (("morph", "C4 rest", "OUT"), "without rests"),
        (("morph", "C4 G4", "OUT", "--seconds", "0"), "--seconds is 0; allowed are 0.1 to 600"),
        (("morph", "C4 G4", "OUT", "--hold", "9"), "--hold is 9; allowed are 0 to 2"),
        (("morph", "C1 G4", "OUT"), "Reed reaches C2 to C7, not C1"),
        (("trajectory", "OUT", "--radius", "11"), "--radius is 11"),
        (("trajectory", "OUT", "--around", "C4 E4"), "give one label"),
        (("trajectory", "OUT", "--from", "none.npz"), "none.npz: No such file"),
        (("sequence", "rest", "OUT"), "no label to play"),
        (("sequence", "a.npz", "OUT", "--legato", "1"), "--legato is for labels"),
        (("sequence", "C4", "OUT", "--phase", "nsgt", "--iterations", "0"), "allowed are 1 to 1000"),
        (("sequence", "C4", "OUT", "--plot", "a.jpg"), "ends in .png"),
        (("reconstruct", "none.wav", "OUT"), "no such file"),
        (
            ("sequence", "C4", "OUT", "--instrument", "kazoo"),
            "no instrument 'kazoo' in bundle 'tiny'; there are Reed",
        ),
    ],
)
def test_bad_input_is_refused_in_one_line(run: OfflineRun, arguments: tuple[str, ...], reason: str) -> None:
    assert reason in run.refused(*arguments)
