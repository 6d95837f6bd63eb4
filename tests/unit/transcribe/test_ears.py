"""The ears of a bundle: which graphs they open, and what they say."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pytest

from rt.bundle import bundle
from rt.bundle.bundle import Bundle
from rt.errors import BundleError, DeviceError
from rt.frames.live import LIVE, LiveAnalyser
from rt.frames.scaling import values_of_magnitudes
from rt.frames.spec import NSGT_410
from rt.model import ListenerModel
from rt.units import hz_of_note
from tests.support.tiny import write_tiny_bundle

NOTES = list(range(36, 97))


def test_they_hear_the_loudest_band(tiny_bundle: Bundle) -> None:
    ears, analyser = ListenerModel.load(tiny_bundle), LiveAnalyser(NSGT_410, LIVE, 48_000)
    time_s = np.arange(analyser.n_window) / 48_000
    windows = np.stack([np.sin(2 * np.pi * hz_of_note(note) * time_s) for note in NOTES] + [np.zeros(len(time_s))])
    mean, deviation = ears.hear(values_of_magnitudes(NSGT_410, analyser.magnitudes(windows)))
    assert mean.shape == deviation.shape == (len(windows), 4) and deviation.min() > 0.0
    symbols = ears.symbols(mean)
    assert list(symbols) == ["octave", "pitch_class", "dynamics", "instrument"]
    octave, pitch_class = symbols["octave"].argmax(axis=1), symbols["pitch_class"].argmax(axis=1)
    assert (12 * (octave + 1) + pitch_class)[:-1].tolist() == NOTES
    assert (octave[-1], pitch_class[-1]) == (9, 12)
    for probabilities in symbols.values():
        np.testing.assert_allclose(probabilities.sum(axis=1), 1.0, rtol=1e-5)


def test_they_hear_several_notes_where_the_bundle_can(tiny_bundle: Bundle, tmp_path: Path) -> None:
    ears, analyser = (
        ListenerModel.load(write_tiny_bundle(tmp_path / "several", polyphonic=True)),
        LiveAnalyser(NSGT_410, LIVE, 48_000),
    )
    time_s = np.arange(analyser.n_window) / 48_000
    chords = [(48,), (60, 67), (50, 64, 81)]
    windows = np.stack([sum(np.sin(2 * np.pi * hz_of_note(n) * time_s) for n in chord) for chord in chords]) / 3.0
    for gain in (1.0, 0.03):
        notes = ears.notes(values_of_magnitudes(NSGT_410, analyser.magnitudes(gain * windows)))
        assert notes is not None and notes.shape == (3, 128) and notes.dtype == np.float32
        assert [tuple(np.flatnonzero(row > 0.5)) for row in notes] == chords
    assert ListenerModel.load(tiny_bundle).notes(np.zeros((3, 410), np.float32)) is None


def change(tiny: Bundle, folder: Path, graphs: tuple[str, ...]) -> Bundle:
    """A copy that has only some of the graphs, and a signal encoder if asked for one."""
    shutil.copytree(tiny.path, folder)
    have = tiny.manifest.graphs | {"signal_encoder": tiny.manifest.graphs["listener_encoder"]}
    manifest = dataclasses.replace(
        tiny.manifest,
        graphs={name: have[name] for name in ("symbol_encoder", "signal_decoder", *graphs)},
        listener=LIVE if "listener_encoder" in graphs else None,
    )
    return bundle.save(folder, manifest)


def test_without_a_listener_they_use_the_signal_encoder(tiny_bundle: Bundle, tmp_path: Path) -> None:
    ears = ListenerModel.load(change(tiny_bundle, tmp_path / "old", ("signal_encoder", "symbol_decoder")))
    assert ears.hear(np.zeros((3, 410), np.float32))[0].shape == (3, 4)
    assert ListenerModel.load(bundle.load("default")).hear(np.zeros((3, 410), np.float32))[0].shape == (3, 32)


@pytest.mark.parametrize("graphs", [(), ("signal_encoder",), ("symbol_decoder",)])
def test_a_bundle_without_ears_says_so(tiny_bundle: Bundle, tmp_path: Path, graphs: tuple[str, ...]) -> None:
    deaf = change(tiny_bundle, tmp_path / "deaf", graphs)
    with pytest.raises(BundleError, match="cannot listen: it has only symbol_encoder"):
        ListenerModel.load(deaf)


def test_an_unknown_provider_is_refused(tiny_bundle: Bundle) -> None:
    with pytest.raises(DeviceError, match="provider 'tpu' is not available"):
        ListenerModel.load(tiny_bundle, "tpu")
