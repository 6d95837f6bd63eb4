"""Events and samples arrive whole, in order, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from rt.audio import event_record
from rt.audio.rings import MAX_TRIES, N_SLOTS, RESERVED_SLOTS, SampleRing, Shared
from rt.events import Event, NoteOff, NoteOn
from rt.parameters import LATENT


def segments() -> set[str]:
    folder = Path("/dev/shm")
    return {path.name for path in folder.glob(f"lb-{os.getpid()}-*")} if folder.is_dir() else set()


def test_events_come_out_as_they_went_in() -> None:
    sent: list[Event] = [
        NoteOn(3, 60, 100),
        LATENT.set(*tuple(float(i) for i in range(64))),
        NoteOff(3, 60),
    ]
    with Shared() as shared:
        assert all(shared.events.put(event) for event in sent)
        assert shared.events.n_written == len(sent)
        assert shared.events.take(3) == sent[:3]
        assert shared.events.n_read == 3
        assert shared.events.take(64) == sent[3:]
        assert shared.events.take(64) == []


def test_other_side_sees_the_same_memory() -> None:
    with Shared() as host, Shared(host.name) as engine:
        assert host.events.put(NoteOn(0, 69, 1))
        assert engine.events.take(64) == [NoteOn(0, 69, 1)]
        assert host.events.n_read == 1
        engine.stats.add("blocks", 5)
        assert host.stats.snapshot().blocks == 5


def test_ring_wraps_and_refuses_when_full() -> None:
    with Shared() as shared:
        ring = shared.events
        for turn in range(3):
            assert all(ring.put(NoteOn(0, i % 128, 1 + turn)) for i in range(N_SLOTS))
            assert not ring.put(NoteOn(0, 0, 127))
            taken = ring.take(2 * N_SLOTS)
            assert [event.note for event in taken if isinstance(event, NoteOn)] == [i % 128 for i in range(N_SLOTS)]


def test_flood_of_latents_leaves_room_for_notes() -> None:
    with Shared() as shared:
        while shared.events.put(LATENT.set(0.0)):
            pass
        assert shared.events.n_written == N_SLOTS - RESERVED_SLOTS
        assert shared.events.put(NoteOff(0, 60))


def test_many_producers_lose_and_mix_nothing() -> None:
    n_threads, n_each = 6, 100
    got: list[Event] = []
    with Shared() as shared:

        def produce(channel: int) -> None:
            for i in range(n_each):
                while not shared.events.put(NoteOn(channel, i % 128, 1 + i // 128)):
                    pass

        threads = [threading.Thread(target=produce, args=(channel,)) for channel in range(n_threads)]
        for thread in threads:
            thread.start()
        while len(got) < n_threads * n_each:
            got += shared.events.take(64)
        for thread in threads:
            thread.join()
        assert shared.events.take(64) == []
        assert shared.events.n_torn == 0
    for channel in range(n_threads):
        own = [event for event in got if isinstance(event, NoteOn) and event.channel == channel]
        assert own == [NoteOn(channel, i % 128, 1 + i // 128) for i in range(n_each)]


def test_half_written_record_waits_until_it_is_whole() -> None:
    with Shared() as shared:
        ring = shared.events
        assert ring.put(NoteOn(0, 60, 100))
        assert ring.put(NoteOn(0, 61, 100))
        right = ring._slots[0].copy()
        ring._slots["record"]["numbers"][0, 0] = 99.0
        assert ring.take(64) == []
        ring._slots[0] = right
        assert ring.take(64) == [NoteOn(0, 60, 100), NoteOn(0, 61, 100)]
        assert ring.n_torn == 0


def test_record_that_stays_torn_is_given_up() -> None:
    with Shared() as shared:
        ring = shared.events
        assert ring.put(NoteOn(0, 60, 100))
        assert ring.put(NoteOn(0, 61, 100))
        ring._slots["crc"][0] ^= 1
        for _ in range(MAX_TRIES - 1):
            assert ring.take(64) == []
        assert ring.take(64) == [NoteOn(0, 61, 100)]
        assert ring.n_torn == 1


def test_event_of_an_unknown_kind_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    with Shared() as shared:
        assert shared.events.put(NoteOn(0, 60, 100))
        assert shared.events.put(NoteOff(0, 60))
        monkeypatch.delitem(event_record._MAKERS, NoteOn.kind)
        assert shared.events.take(64) == [NoteOff(0, 60)]


def test_closed_block_keeps_its_last_counts() -> None:
    shared = Shared()
    shared.stats.set("blocks", 7)
    shared.events.put(NoteOn(0, 60, 100))
    shared.close()
    shared.close()
    assert shared.stats.snapshot().blocks == 7
    assert shared.events.n_written == 1
    assert not shared.events.put(NoteOn(0, 60, 100))


def test_name_goes_as_soon_as_both_sides_have_it() -> None:
    before = segments()
    with Shared() as host, Shared(host.name):
        assert segments() == before
    assert segments() == before


@pytest.mark.parametrize("ending", ["shared.close()", "os._exit(1)", "os.kill(os.getpid(), 9)"])
def test_other_process_leaves_nothing_behind_however_it_ends(ending: str) -> None:
    before = segments()
    with Shared() as host:
        assert host.events.put(NoteOn(0, 60, 100))
        code = (
            "import os, sys; from rt.audio.rings import Shared; shared = Shared(sys.argv[1]); "
            "event, = shared.events.take(9); shared.stats.set('blocks', event.note); " + ending
        )
        done = subprocess.run([sys.executable, "-c", code, host.name], capture_output=True, text=True, check=False)
        assert done.stderr == ""
        assert host.stats.snapshot().blocks == 60
        assert host.events.put(NoteOn(0, 61, 100))
    assert segments() == before


def test_samples_wrap_and_pad() -> None:
    ring = SampleRing(np.zeros(10, np.float32))
    out = np.full(4, 9.0, np.float32)
    assert ring.read(out) == 0
    np.testing.assert_array_equal(out, 0.0)
    sent = np.arange(1, 101, dtype=np.float32)
    heard = []
    for start in range(0, 100, 4):
        assert ring.write(sent[start : start + 4]) == 4
        assert ring.n_readable == 4
        assert ring.read(out) == 4
        heard.append(out.copy())
    np.testing.assert_array_equal(np.concatenate(heard), sent)
    assert ring.write(sent[:20]) == 10
    assert ring.n_writable == 0
    wide = np.full(12, 9.0, np.float32)
    assert ring.read(wide) == 10
    np.testing.assert_array_equal(wide, [*range(1, 11), 0, 0])


def test_samples_cross_threads_in_order() -> None:
    ring = SampleRing(np.zeros(64, np.float32))
    sent = np.arange(1, 2_001, dtype=np.float32)

    def produce() -> None:
        start = 0
        while start < len(sent):
            start += ring.write(sent[start : start + 17])

    thread = threading.Thread(target=produce)
    thread.start()
    heard: list[float] = []
    out = np.zeros(13, np.float32)
    while len(heard) < len(sent):
        heard += out[: ring.read(out)].tolist()
    thread.join()
    np.testing.assert_array_equal(heard, sent)
