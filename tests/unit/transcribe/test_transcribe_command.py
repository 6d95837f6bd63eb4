"""`latent-bridge transcribe` on files made here, with the hand-built bundle."""

from __future__ import annotations

import json
from pathlib import Path

import mido
import numpy as np
import pytest
import soundfile

from rt.arrays import AnyArray
from rt.cli import main
from rt.commands.transcribe import messages
from rt.midi import midi_file
from rt.transcribe import NoteEnded, NoteStarted, PitchMoved
from rt.transcribe.score import write
from rt.units import hz_of_note

RATE_HZ = 22_050
MELODY = (60, 67, 64)


def melody(rate_hz: int = RATE_HZ, level: float = 0.3) -> AnyArray:
    time_s = np.arange(round(0.3 * rate_hz)) / rate_hz
    ramp = np.clip(np.minimum(time_s, 0.3 - time_s) / 0.01, 0.0, 1.0)
    rest = np.zeros(round(0.1 * rate_hz))
    tones = [level * ramp * np.sin(2 * np.pi * hz_of_note(note) * time_s) for note in MELODY]
    return np.concatenate([part for tone in tones for part in (rest, tone, rest)])


def transcribe(tiny: Path, sound: Path, *options: str) -> int:
    return main(["transcribe", str(sound), str(sound.with_suffix(".mid")), "--bundle", str(tiny), *options])


def notes_of(path: Path) -> list[tuple[int, float]]:
    return [
        (m.message[1], m.at_s) for m in midi_file.merged(midi_file.load(path)) if m.message[0] == 0x90 and m.message[2]
    ]


@pytest.mark.parametrize(
    ("rate_hz", "n_channels", "subtype"), [(22_050, 1, "PCM_16"), (8_000, 2, "PCM_24"), (192_000, 1, "FLOAT")]
)
def test_any_file_becomes_midi_and_json(
    tiny_bundle_path: Path, tmp_path: Path, rate_hz: int, n_channels: int, subtype: str
) -> None:
    sound = tmp_path / "in.wav"
    soundfile.write(sound, np.stack([melody(rate_hz)] * n_channels, 1), rate_hz, subtype=subtype)
    assert transcribe(tiny_bundle_path, sound, "--json", str(tmp_path / "out.json")) == 0
    heard = notes_of(tmp_path / "in.mid")
    (track,) = mido.MidiFile(tmp_path / "in.mid").tracks
    assert track.name in ("Reed", "String"), "a program alone cannot name a bundle's instrument"
    assert [note for note, _ in heard] == list(MELODY)
    np.testing.assert_allclose([at_s for _, at_s in heard], [0.1, 0.6, 1.1], atol=0.02)
    facts = json.loads((tmp_path / "out.json").read_text())
    assert (facts["sample_rate_hz"], facts["sound"], facts["bundle"]) == (rate_hz, "in.wav", "tiny")
    assert [row["name"] for row in facts["notes"]] == ["C4", "G4", "E4"]
    for row in facts["notes"]:
        assert row["onset_s"] < row["told_s"] < row["end_s"] and 0.9 < row["confidence"] <= 1.0
        assert row["instrument"] in ("Reed", "String") and 1 <= row["velocity"] <= 127


def test_what_was_heard_is_drawn(tiny_bundle_path: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    sound, picture = tmp_path / "in.wav", tmp_path / "out.png"
    soundfile.write(sound, np.concatenate([melody(), np.zeros(RATE_HZ)]), RATE_HZ)
    assert transcribe(tiny_bundle_path, sound, "--plot", str(picture)) == 0
    assert picture.read_bytes().startswith(b"\x89PNG") and picture.stat().st_size > 20_000
    soundfile.write(sound, np.zeros(RATE_HZ // 4), RATE_HZ)
    assert transcribe(tiny_bundle_path, sound, "--plot", str(picture), "--bend") == 0  # nothing is heard


def test_a_picture_that_cannot_be_written_is_refused(
    tiny_bundle_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    soundfile.write(tmp_path / "in.wav", melody(), RATE_HZ)
    assert transcribe(tiny_bundle_path, tmp_path / "in.wav", "--plot", str(tmp_path / "out.jpg")) == 2
    assert "ends in .png" in capsys.readouterr().err


def test_bends_are_written_with_the_pitch(tiny_bundle_path: Path, tmp_path: Path) -> None:
    time_s = np.arange(RATE_HZ) / RATE_HZ
    sharp = 0.3 * np.sin(2 * np.pi * hz_of_note(69) * 2 ** (30 / 1200) * time_s)
    soundfile.write(tmp_path / "in.wav", sharp, RATE_HZ)
    assert transcribe(tiny_bundle_path, tmp_path / "in.wav", "--bend") == 0
    wheel = [m.message for m in midi_file.merged(midi_file.load(tmp_path / "in.mid")) if m.message[0] == 0xE0]
    value = wheel[-1][1] + 128 * wheel[-1][2] - 8192
    assert value / 8191 * 200 == pytest.approx(30.0, abs=4.0)


def test_a_note_in_tune_is_not_bent_by_the_one_before() -> None:
    bent, straight = (
        NoteStarted(at_s=at_s, note=note, velocity=90, confidence=1.0, onset_s=at_s, instrument=None)
        for at_s, note in ((0.0, 60), (1.0, 62))
    )
    bends = PitchMoved(0.2, 60, 50.0), PitchMoved(1.1, 60, 20.0)
    notes = write([bent, *bends, NoteEnded(1.1, 60), straight, NoteEnded(2.0, 62)])
    assert [note.bends for note in notes] == [[(0.2, 50.0)], []], "what is heard after the end is no bend"
    sent = [timed.message for timed in messages(notes, None)]
    wheel = [message[1] + 128 * message[2] - 8192 for message in sent if message[0] == 0xE0]
    assert wheel[0] == 0 and wheel[1] == pytest.approx(2048, abs=1) and wheel[2:] == [0]
    assert sent.index((0x90, 62, 90)) == len(sent) - 2


@pytest.mark.parametrize(
    ("samples", "remark"),
    [
        (np.zeros(RATE_HZ), "no note heard; the loudest band is at -200 dB, the gate at -54 dB"),
        (np.full(RATE_HZ, 0.5), "constant offset of 0.50"),
        (np.clip(melody(level=20.0), -1.0, 1.0), "clips ("),
        (np.where(np.arange(RATE_HZ) % 100, 0.0, np.nan), "221 samples are no numbers"),
    ],
)
def test_faults_are_named(
    tiny_bundle_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], samples: AnyArray, remark: str
) -> None:
    soundfile.write(tmp_path / "in.wav", samples, RATE_HZ, subtype="FLOAT")
    assert transcribe(tiny_bundle_path, tmp_path / "in.wav") == 0
    assert remark in capsys.readouterr().out
    assert (tmp_path / "in.mid").exists()


def test_what_cannot_be_read_is_refused_in_one_line(
    tiny_bundle_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty, text, slow = tmp_path / "empty.wav", tmp_path / "text.wav", tmp_path / "slow.wav"
    soundfile.write(empty, np.zeros(0), RATE_HZ)
    text.write_text("no sound at all")
    soundfile.write(slow, np.zeros(4000), 4_000)
    for path, reason in (
        (tmp_path / "none.wav", "no such file"),
        (tmp_path, "no such file"),
        (empty, "holds no samples"),
        (text, "is no sound file"),
        (slow, "4000 Hz, allowed are 8000 to 192000"),
    ):
        assert transcribe(tiny_bundle_path, path) == 2
        said = capsys.readouterr().err
        assert reason in said and said.count("\n") == 1


@pytest.mark.parametrize("option", ["--confidence", "--gate", "--a4"])
def test_numbers_out_of_range_are_refused(
    tiny_bundle_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    assert transcribe(tiny_bundle_path, tmp_path / "in.wav", option, "7") == 2
    assert f"{option} is 7; allowed are" in capsys.readouterr().err


def test_what_cannot_be_written_is_told_before_the_work(
    tiny_bundle_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sound, out = tmp_path / "in.wav", tmp_path / "out.mid"
    soundfile.write(sound, melody(), RATE_HZ)
    before = sound.read_bytes()
    monkeypatch.setattr("rt.transcribe.Transcriber.hear", lambda *_: pytest.fail("it was heard first"))
    for command, reason in (
        ((sound, tmp_path / "none" / "out.mid"), "cannot be written (no folder"),
        ((sound, tmp_path), "cannot be written (it is a folder)"),
        ((sound, out, "--json", tmp_path / "none" / "out.json"), "cannot be written (no folder"),
        ((sound, sound), "is asked for twice"),
        ((sound, out, "--json", out), "is asked for twice"),
    ):
        assert main(["transcribe", *map(str, command), "--bundle", str(tiny_bundle_path)]) == 2
        said = capsys.readouterr().err
        assert reason in said and said.count("\n") == 1
    assert sound.read_bytes() == before and not out.exists()
