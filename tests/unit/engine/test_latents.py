"""How latents stay alive, and that one table says when a voice began."""

from __future__ import annotations

import numpy as np

from rt.arrays import F32
from rt.engine.channel_states import Key, Note
from rt.engine.latents import Latents, Wander
from rt.engine.note_values import NoteTable
from rt.engine.voice_states import VoiceStates
from rt.model import Model

RATE_HZ = 48_000.0


def test_wander_is_smooth_repeatable_and_of_unit_variance() -> None:
    def run() -> list[F32]:
        wander = Wander(2, 16, 7)
        return [wander.at(np.asarray([1]), np.asarray([t]))[0] for t in np.arange(0.0, 50.0, 0.02)]

    noise = np.asarray(run())
    np.testing.assert_array_equal(noise, np.asarray(run()))
    assert noise.shape == (2500, 16) and 0.8 < noise.std() < 1.2
    assert np.abs(np.diff(noise, axis=0)).max() < 1.0


def test_a_glide_leaves_from_where_it_is_and_keeps_its_age(tiny_model: Model) -> None:
    notes = NoteTable(tiny_model.manifest, tiny_model.frequency_hz, tilt_db=3.0)
    states = VoiceStates(2, tiny_model.manifest)
    latents = Latents(tiny_model, states, sample_rate_hz=RATE_HZ, seed=0)
    low, high = Note(Key(0, 60), 80, 0), Note(Key(0, 67), 120, 1)
    voice = states.begin(low, notes.of(low), 1_000)
    before, now = latents.of_note(voice.slot, 5_000), 5_000
    states.go_over(voice, high, notes.of(high), now, length=960, latent=before)
    np.testing.assert_allclose(latents.of_note(voice.slot, now), before, atol=1e-6)
    assert (voice.note, states.birth_sample[voice.slot]) == (high, 1_000)
    there = latents.of_note(voice.slot, now + 960)
    assert np.abs(there - before).max() > 0.1
    other = states.begin(high, notes.of(high), 1_000)  # the same note, as old, without a glide
    np.testing.assert_allclose(latents.of_note(other.slot, now + 960), there, atol=1e-6)
    gains = states.tuning_and_gain(now)[1], states.tuning_and_gain(now + 960)[1]
    assert gains[0][voice.slot] == notes.of(low).gain and gains[1][voice.slot] == notes.of(high).gain


def test_a_slot_forgets_the_glide_of_the_voice_before(tiny_model: Model) -> None:
    notes = NoteTable(tiny_model.manifest, tiny_model.frequency_hz, tilt_db=3.0)
    states = VoiceStates(1, tiny_model.manifest)
    low, high = Note(Key(0, 60), 80, 0), Note(Key(0, 67), 120, 1)
    first = states.begin(low, notes.of(low), 0)
    size = tiny_model.manifest.latent.size
    states.go_over(first, high, notes.of(high), 64, length=48_000, latent=np.zeros(size, np.float32))
    assert states.glides and states.tuning_and_gain(64)[1][first.slot] == notes.of(low).gain
    states.remove(first)
    second = states.begin(None, notes.free, 128)
    assert second.slot == first.slot and not states.glides and not states.is_note[second.slot]
    assert states.birth_sample[second.slot] == 128
    assert states.tuning_and_gain(128)[1][second.slot] == notes.free.gain
