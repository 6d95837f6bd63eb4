"""Listener and tracker on sound: what goes in, what comes out, whatever the blocks, rates and faults."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from rt.arrays import F64, AnyArray
from rt.bundle.bundle import Bundle
from rt.errors import BridgeError
from rt.model import ListenerModel
from rt.transcribe import HeardEvent, Listener, ListenerSettings, NoteEnded, NoteStarted, TrackerSettings, Transcriber
from rt.units import hz_of_note

RATE_HZ = 48_000
MELODY = (60, 64, 67, 72, 71)


@pytest.fixture(scope="module")
def ears(tiny_bundle: Bundle) -> ListenerModel:
    return ListenerModel.load(tiny_bundle)


def tone(note: float, seconds: float, rate_hz: int = RATE_HZ, level: float = 0.2) -> F64:
    """A sine with 10 ms ramps."""
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    ramp = np.clip(np.minimum(time_s, seconds - time_s) / 0.01, 0.0, 1.0)
    return np.asarray(level * ramp * np.sin(2 * np.pi * 440 * 2 ** ((note - 69) / 12) * time_s))


def melody(rate_hz: int = RATE_HZ) -> F64:
    """Half a second of silence, then notes of 0.3 s with rests of 0.1 s."""
    rest = np.zeros(round(0.1 * rate_hz))
    parts = [part for note in MELODY for part in (tone(note, 0.3, rate_hz), rest)]
    return np.concatenate([np.zeros(rate_hz // 2), *parts, np.zeros(rate_hz // 2)])


def transcribe(
    ears: ListenerModel, samples: AnyArray, block: int = 1024, rate_hz: int = RATE_HZ, **settings: float
) -> list[HeardEvent]:
    n_channels = 1 if samples.ndim == 1 else samples.shape[1]
    transcriber = Transcriber(
        ears,
        sample_rate_hz=rate_hz,
        n_channels=n_channels,
        tracker=TrackerSettings(**settings),  # type: ignore[arg-type]
    )
    found = [
        e for k in range(0, len(samples), block) for h in transcriber.hear(samples[k : k + block]) for e in h.events
    ]
    return found + transcriber.stop()


def told(events: list[HeardEvent]) -> list[int]:
    starts = [event.note for event in events if isinstance(event, NoteStarted)]
    assert starts == [event.note for event in events if isinstance(event, NoteEnded)]
    return starts


@pytest.mark.parametrize("block", [1, 64, 279, 280, 10**6])
def test_block_size_does_not_change_what_is_heard(ears: ListenerModel, block: int) -> None:
    samples = melody()[:46_000]
    expected = transcribe(ears, samples, 256)
    assert len(expected) >= 2
    assert transcribe(ears, samples, block) == expected


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 44_100, 192_000])
def test_every_rate_hears_the_melody(ears: ListenerModel, rate_hz: int) -> None:
    events = transcribe(ears, melody(rate_hz), rate_hz=rate_hz)
    assert told(events) == list(MELODY)
    onsets = [event.onset_s for event in events if isinstance(event, NoteStarted)]
    np.testing.assert_allclose(onsets, 0.5 + 0.4 * np.arange(5), atol=0.02)


def test_two_channels_are_heard_together(ears: ListenerModel) -> None:
    samples = melody()
    silent, reversed_side = np.zeros_like(samples), -samples
    for stereo in (
        np.stack([samples, silent], 1),
        np.stack([samples, samples], 1),
        np.stack([samples, reversed_side], 1),
    ):
        assert told(transcribe(ears, stereo)) == list(MELODY)


@pytest.mark.parametrize("gain_db", [-30, 14, 40])
def test_the_level_does_not_matter(ears: ListenerModel, gain_db: float) -> None:
    samples = melody() * 10 ** (gain_db / 20)
    assert told(transcribe(ears, np.clip(samples, -1.0, 1.0) if gain_db < 20 else samples)) == list(MELODY)


def faulty(kind: str) -> AnyArray:
    rng = np.random.default_rng(0)
    n = RATE_HZ
    time_s = np.arange(n) / RATE_HZ
    return {
        "nothing": np.zeros(0),
        "one sample": np.ones(1),
        "silence": np.zeros(n),
        "constant": np.full(n, 0.7),
        "no numbers": np.full(n, np.nan),
        "infinite": np.where(rng.random(n) < 0.5, np.inf, -np.inf),
        "huge": np.full(n, 1e30),
        "faint sine": 1e-3 * np.sin(2 * np.pi * 440 * time_s),
        "faint noise": 10 ** (-50 / 20) * rng.standard_normal(n),
        "denormals": np.full(n, 1e-40),
    }[kind]


@pytest.mark.parametrize(
    "kind",
    [
        *("nothing", "one sample", "silence", "constant", "no numbers", "infinite", "huge"),
        *("faint sine", "faint noise", "denormals"),
    ],
)
def test_what_is_no_music_gives_no_note(ears: ListenerModel, kind: str) -> None:
    samples = faulty(kind)
    most = 1 if kind in ("constant", "huge", "one sample") else 0  # a step is a click
    assert len(told(transcribe(ears, samples))) <= most


def test_a_hole_of_bad_samples_is_survived(ears: ListenerModel) -> None:
    samples = melody()
    samples[RATE_HZ : RATE_HZ + 500] = np.nan
    assert told(transcribe(ears, samples))[-3:] == list(MELODY[-3:])


def test_the_reference_pitch_can_be_another(ears: ListenerModel) -> None:
    flat = np.concatenate([np.zeros(4800), tone(69 - 0.45, 0.4), np.zeros(4800)])
    transcriber = Transcriber(
        ears, sample_rate_hz=RATE_HZ, listener=ListenerSettings(a4_hz=hz_of_note(69) * 2 ** (-0.45 / 12))
    )
    starts = [e for h in transcriber.hear(flat) for e in h.events if isinstance(e, NoteStarted)]
    assert [event.note for event in starts] == [69]


def test_levels_are_those_of_the_sine(ears: ListenerModel) -> None:
    listener = Listener(ears, sample_rate_hz=RATE_HZ)
    for note in (40, 60, 80, 100):
        listener.start()
        hop = listener.hear(tone(note, 0.5, level=0.1)[: RATE_HZ // 2 - 1000])[-1]
        assert hop.level_db == pytest.approx(-20.0, abs=1.0)
        assert hop.peak_db == pytest.approx(-20.0, abs=0.5)


def test_below_the_gate_nothing_is_asked_of_the_model(ears: ListenerModel) -> None:
    for hop in Listener(ears, sample_rate_hz=RATE_HZ).hear(np.zeros(RATE_HZ)):
        assert hop.latent is None and hop.symbols is None and hop.notes[-1] == 1.0 and not hop.values.any()


def test_hops_come_at_their_times(ears: ListenerModel) -> None:
    listener = Listener(ears, sample_rate_hz=RATE_HZ)
    hops = [hop for _ in range(100) for hop in listener.hear(np.zeros(123))]
    assert len(hops) == 12_300 // listener.hop_samples
    np.testing.assert_allclose([h.at_s for h in hops], np.arange(1, len(hops) + 1) * listener.hop_samples / RATE_HZ)


@pytest.mark.parametrize("shape", [(100, 2), (10, 10, 1)])
def test_other_channels_than_announced_are_refused(ears: ListenerModel, shape: tuple[int, ...]) -> None:
    with pytest.raises(BridgeError, match="was made for 1 channels"):
        Listener(ears, sample_rate_hz=RATE_HZ).hear(np.zeros(shape))


def test_it_starts_afresh_after_stopping(ears: ListenerModel) -> None:
    transcriber = Transcriber(ears, sample_rate_hz=RATE_HZ)
    transcriber.warm_up()
    runs = []
    for _ in range(2):
        events = [event for heard in transcriber.hear(melody()) for event in heard.events]
        runs.append(events + transcriber.stop())
    assert runs[0] == runs[1] and told(runs[0]) == list(MELODY)


def test_memory_stays_flat(ears: ListenerModel) -> None:
    transcriber = Transcriber(ears, sample_rate_hz=RATE_HZ)
    noise = np.random.default_rng(0).uniform(-0.1, 0.1, 512)
    tracemalloc.start()
    for _ in range(100):
        transcriber.hear(noise)
    before, _ = tracemalloc.get_traced_memory()
    for _ in range(300):
        transcriber.hear(noise)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 20_000
