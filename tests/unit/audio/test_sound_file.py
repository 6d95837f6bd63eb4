"""Sound files that lie about themselves, for `prepare` and for the commands that hear files."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from export.sources.files import read_audio
from rt.arrays import F32
from rt.audio.offline import SoundReader
from rt.errors import BridgeError
from rt.offline import recording
from tests.support.sounds import RATE_HZ, note_samples


def heard_by_prepare(path: Path) -> F32:
    return read_audio(path, "a")[0]


def heard_by_commands(path: Path) -> F32:
    return recording.read(path).samples


def heard(path: Path) -> F32:
    return np.concatenate(list(SoundReader(path).blocks(1000)))


@pytest.mark.parametrize("told", [0, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])
@pytest.mark.parametrize("riff", [0, 37, 0xFFFFFFFF])
@pytest.mark.parametrize("loudest", [0.5, 5.0])
def test_files_without_a_length_are_read_to_their_end_and_not_clipped(
    tmp_path: Path, told: int, riff: int, loudest: float
) -> None:
    path = tmp_path / "a.wav"
    wanted = (loudest / np.abs(note_samples(69)).max() * note_samples(69)).astype(np.float32)
    wanted = wanted.reshape(len(wanted), -1)
    soundfile.write(path, wanted, RATE_HZ, subtype="FLOAT")
    data = bytearray(path.read_bytes())
    at = data.find(b"data")
    data[4:8], data[at + 4 : at + 8] = riff.to_bytes(4, "little"), told.to_bytes(4, "little")
    path.write_bytes(data)
    for found in (read_audio(path, "a")[0], read_audio(bytes(data), "a")[0], heard(path), recording.read(path).samples):
        np.testing.assert_array_equal(found, wanted)


def test_a_file_that_is_truly_empty_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, np.zeros(0, np.float32), RATE_HZ)
    path.write_bytes(path.read_bytes() + b"LIST" + struct.pack("<I", 4) + b"INFO")
    assert SoundReader(path).n_samples == 0
    with pytest.raises(BridgeError, match="holds no samples"):
        read_audio(path, "a")


@pytest.mark.parametrize("rate_hz", [1, 800_000, 4_000_000_000])
def test_absurd_rates_are_refused(tmp_path: Path, rate_hz: int) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, note_samples(69), RATE_HZ)
    data = bytearray(path.read_bytes())
    data[24:28] = rate_hz.to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(BridgeError, match=r"Hz, allowed are 4000 to 384000|cannot be read"):
        read_audio(path, "a")
    with pytest.raises(BridgeError):
        recording.read(path)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30])
def test_samples_that_are_no_numbers_are_refused(tmp_path: Path, value: float) -> None:
    path = tmp_path / "a.wav"
    samples = note_samples(69).astype(np.float32)
    samples[100] = value
    soundfile.write(path, samples, RATE_HZ, subtype="FLOAT")
    with pytest.raises(BridgeError, match="no numbers"):
        read_audio(path, "a")
    with pytest.raises(BridgeError, match="no numbers"):
        recording.read(path)


def test_too_many_channels_and_too_few_samples_are_refused(tmp_path: Path) -> None:
    wide, short = tmp_path / "wide.wav", tmp_path / "short.wav"
    soundfile.write(wide, np.full((5000, 100), 0.1), RATE_HZ)
    soundfile.write(short, np.full(1, 0.1), RATE_HZ)
    with pytest.raises(BridgeError, match="100 channels, allowed are 1 to 64"):
        read_audio(wide, "wide")
    with pytest.raises(BridgeError, match="100 channels, allowed are 1 to 64"):
        recording.read(wide)
    with pytest.raises(BridgeError, match=r"allowed are 0\.05 to 600 seconds"):
        recording.read(short)


@pytest.mark.parametrize("form", ["FLAC", "OGG", "MP3"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_truncated_files_give_sound_or_one_line(tmp_path: Path, form: str, share: float) -> None:
    path = tmp_path / f"a.{form.lower()}"
    soundfile.write(path, np.tile(note_samples(69).ravel(), 3), RATE_HZ, format=form)
    data = path.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    for read in (heard_by_prepare, heard_by_commands):
        line, samples = "", np.ones(1, np.float32)
        try:
            samples = read(path)
        except BridgeError as error:
            line = str(error)
        assert "\n" not in line
        assert len(samples) and np.isfinite(samples).all()
