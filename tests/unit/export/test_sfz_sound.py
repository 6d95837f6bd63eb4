"""What is read of an SFZ instrument's samples: levels, parts of files, and loops."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from export.sources.sfz.source import looped
from tests.support.sfz import notes, sfz, smpl
from tests.support.sounds import RATE_HZ, note_samples, write_note


def test_layers_brought_to_one_level_are_told_apart_by_velocity(tmp_path: Path) -> None:
    notes(tmp_path, "p.wav", "f.wav", "even.wav", "curve.wav", "turned.wav", "wheel.wav")
    source = sfz(
        tmp_path,
        "<control> set_hdcc73=1 set_cc74=127\n<group> key=70 amp_veltrack=0 amp_veltrack_oncc73=100\n"
        "<region> sample=p.wav hivel=63 group_volume=6 <region> sample=f.wav lovel=64 amplitude=50\n"
        "<group> key=71\n<region> sample=even.wav amp_veltrack=0 volume_oncc74=-9\n"
        "<region> sample=curve.wav hivel=25 amp_velcurve_25=1 amp_veltrack=100\n"
        "<region> sample=turned.wav amp_veltrack=-100 <region> sample=wheel.wav amplitude_oncc7=50\n",
    )
    plain = np.abs(note_samples(60)).max()
    gains_db = {take.name: 20.0 * np.log10(np.abs(source.read(take)[0]).max() / plain) for take in source.takes()}
    assert gains_db == {
        "p.wav": pytest.approx(40.0 * np.log10(31.5 / 127.0) + 6.0, abs=0.1),
        "f.wav": pytest.approx(40.0 * np.log10(95.5 / 127.0) - 6.02, abs=0.1),
        "even.wav": pytest.approx(-9.0, abs=0.1),
        "curve.wav": pytest.approx(-6.02, abs=0.1),
        "turned.wav": pytest.approx(20.0 * np.log10(0.75), abs=0.1),
        "wheel.wav": pytest.approx(40.0 * np.log10(0.5), abs=0.1),
    }


def test_parts_of_one_file_are_notes(tmp_path: Path) -> None:
    low, high = note_samples(60), note_samples(67)
    soundfile.write(tmp_path / "all.wav", np.concatenate((low, high)), RATE_HZ)
    source = sfz(
        tmp_path,
        f"<global> amp_veltrack=0\n<region> sample=all.wav key=60 end={len(low) - 1}\n"
        f"<region> sample=all.wav key=67 offset={len(low)}\n"
        f"<region> sample=all.wav key=68 pitch_keycenter=67 offset={len(low)}\n",
    )
    takes = source.takes()
    assert [(take.name, take.note) for take in takes] == [(f"all.wav 0-{len(low)}", 60), (f"all.wav {len(low)}-", 67)]
    for take, expected in zip(takes, (low, high), strict=True):
        np.testing.assert_allclose(source.read(take)[0], expected, atol=1e-4)


def test_loops_of_the_file_and_of_the_header_are_played(tmp_path: Path) -> None:
    for name in ("opcode", "header", "off", "once", "beyond"):
        write_note(tmp_path / f"{name}.wav", 69, seconds=0.5)
    period = RATE_HZ // 10  # 44 periods of A4 to a thousandth
    smpl(tmp_path / "header.wav", 69, (4410, 4410 + period - 1))
    smpl(tmp_path / "off.wav", 69, (4410, 4410 + period - 1))
    source = sfz(
        tmp_path,
        f"<global> key=69\n<region> sample=opcode.wav loop_mode=loop_sustain loopstart=4410 loopend={4409 + period}\n"
        "<region> sample=header.wav\n<region> sample=off.wav loop_mode=no_loop\n<region> sample=once.wav\n"
        "<region> sample=beyond.wav loop_mode=loop_continuous loop_start=100 loop_end=99999999\n",
    )
    lengths = {take.name: len(source.read(take)[0]) for take in source.takes()}
    once = int(0.5 * RATE_HZ)
    assert lengths == {
        "opcode.wav": 3 * RATE_HZ,
        "header.wav": 3 * RATE_HZ,
        "off.wav": once,
        "once.wav": once,
        "beyond.wav": once,
    }
    piano = sfz(tmp_path, "<region> sample=header.wav key=69\n", "Piano.sfz")
    assert len(piano.read(piano.takes()[0])[0]) == once  # it fades by itself; a loop would not


def test_a_loop_goes_on_without_a_step() -> None:
    time = np.arange(8000) / 8000.0
    samples = np.sin(2.0 * np.pi * 100.0 * time)[:, None].astype(np.float32)
    heard = looped(samples, 1600, 2400, 16000, 0)
    expected = np.sin(2.0 * np.pi * 100.0 * np.arange(16000) / 8000.0)[:, None]
    np.testing.assert_allclose(heard, expected, atol=1e-3)
    uneven = looped(samples, 1600, 2437, 16000, 0)
    faded = looped(samples, 1600, 2437, 16000, 400)
    assert np.abs(np.diff(uneven[:, 0])).max() > 0.2 > np.abs(np.diff(faded[:, 0])).max()
