"""Recorded pianos in velocity layers: archives read in place and plain folders, made here."""

from __future__ import annotations

import io
import pickle
import tarfile
from pathlib import Path

import numpy as np
import pytest
import soundfile

from export.sources import SourceOptions, open_source
from export.sources.salamander import LAYERS
from rt.errors import BridgeError
from tests.support.sounds import RATE_HZ, note_samples, write_note

KEYS = {"A0": 21, "D#4": 63, "F#4": 66, "A7": 105, "C8": 109}


def ogg(note: int) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, note_samples(note, n_channels=2), RATE_HZ, format="OGG")
    return file.getvalue()


def salamander_archive(folder: Path, layer: int, keys: dict[str, int]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"audio-samples-piano-velocity{layer}-1.0.5.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for name, note in keys.items():
            content = ogg(note)
            member = tarfile.TarInfo(f"package/audio/{name}v{layer}.ogg")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        archive.addfile(tarfile.TarInfo("package/package.json"))
    return path


def test_salamander_archives_are_read_in_place(tmp_path: Path) -> None:
    for layer in LAYERS:
        salamander_archive(tmp_path, layer, KEYS)
    source = open_source(str(tmp_path), SourceOptions())
    takes = source.takes()
    assert len(takes) == 5 * 88 and len({take.name for take in takes}) == len(takes)
    assert {take.dynamics for take in takes} == {"pp", "p", "mf", "f", "ff"}
    by_label = {(take.note, take.dynamics): take for take in takes}
    assert by_label[64, "mf"].transpose_cents == 100.0 and "D#4v10" in by_label[64, "mf"].name
    assert by_label[65, "mf"].transpose_cents == -100.0 and "F#4v10" in by_label[65, "mf"].name
    assert by_label[108, "ff"].transpose_cents == 300.0 and "A7v16" in by_label[108, "ff"].name  # C8 is sharp
    again = pickle.loads(pickle.dumps(source))
    samples, rate_hz = again.read(by_label[64, "mf"])
    assert rate_hz == RATE_HZ and samples.shape[1] == 2
    assert np.argmax(np.abs(np.fft.rfft(samples[:, 0]))) * rate_hz / len(samples) == pytest.approx(311.1, rel=0.01)
    samples[:] = 0.0  # what the caller does with it stays with the caller
    assert np.abs(again.read(by_label[63, "mf"])[0]).max() > 0.1
    assert source.licence.credit == "Samples by Alexander Holm"


def test_all_layers_of_a_plain_folder_can_be_taken(tmp_path: Path) -> None:
    for layer in range(1, 17):
        for name in ("C4", "Ds4"):
            write_note(tmp_path / "48khz24bit" / f"{name}v{layer}.wav", seconds=0.05)
    source = open_source(str(tmp_path), SourceOptions(layers=tuple(range(1, 17)), every=87, columns=("hall=dry",)))
    takes = source.takes()
    assert len(takes) == 2 * 16 and takes[0].labels == (("hall", "dry"),)
    assert [take.dynamics for take in takes[::2]][:4] == ["14", "30", "36", "40"]
    assert source.read(takes[0])[1] == RATE_HZ


def test_salamander_says_what_is_missing(tmp_path: Path) -> None:
    path = salamander_archive(tmp_path, 4, KEYS)
    with pytest.raises(BridgeError, match=r"no recordings of layer 7, there are \[4\]; run `npm pack"):
        open_source(str(tmp_path), SourceOptions()).takes()
    with pytest.raises(BridgeError, match="layer 17 is unknown, allowed are 1-16"):
        open_source(str(tmp_path), SourceOptions(layers=(4, 17))).takes()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    broken = salamander_archive(tmp_path / "broken", 4, KEYS)
    broken.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BridgeError, match="cannot be unpacked"):
        open_source(str(broken.parent), SourceOptions(layers=(4,))).takes()
