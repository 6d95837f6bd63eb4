"""The thread that listens: begins, follows devices and bundles, and ends what sounds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from rt.arrays import F32
from rt.bundle.bundle import Bundle
from rt.errors import BundleError, DeviceError
from rt.host.engine_client import MicrophoneBlock as Taken
from rt.listening import hearing as module
from rt.listening.hearing import Hearing
from rt.listening.meter import FLOOR_DB
from rt.transcribe import HeardEvent, HeardHop, Hop, NoteEnded
from rt.transcribe.settings import ListenerSettings, TrackerSettings
from tests.unit.listening.hops import RATE_HZ, hop, started


class FakeSource:
    """A microphone that gives what the test wants."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.engine_handle = 1
        self.rate_hz = float(RATE_HZ)
        self.is_there = True
        self.n_waiting = 0
        self.n_deaf = 0
        self.reason = ""

    def hear(self, out: F32) -> Taken | None:
        if not self.is_there:
            return None
        n, self.n_waiting = min(self.n_waiting, len(out)), 0
        out[:n] = 0.1
        return Taken(n, self.engine_handle, self.rate_hz, 128, time.monotonic())

    def deafen(self) -> None:
        self.n_deaf += 1

    def want_input(self) -> Future[None]:
        opened: Future[None] = Future()
        if self.reason:
            opened.set_exception(DeviceError(self.reason))
        else:
            opened.set_result(None)
        return opened


class FakeTranscriber:
    """Hears a note start in the first samples."""

    made: list[FakeTranscriber]

    def __init__(self, ears: Any, *, sample_rate_hz: float, listener: Any, tracker: Any) -> None:
        self.rate_hz = sample_rate_hz
        self.sounding = False
        self.made.append(self)

    def warm_up(self) -> None:
        """Nothing to warm up."""

    def hear(self, samples: F32) -> Iterator[HeardHop]:
        events: list[HeardEvent] = [] if self.sounding else [started(60)]
        self.sounding = True
        yield HeardHop(hop(0.0), events)

    def stop(self) -> list[HeardEvent]:
        ended: list[HeardEvent] = [NoteEnded(0.0, 60)] if self.sounding else []
        self.sounding = False
        return ended


class Deaf:
    """What stands for the ears of a bundle that has none."""

    @staticmethod
    def load(bundle: Bundle, provider: str) -> Any:
        raise BundleError("no ears")


class SinkLog:
    """An outlet that writes down what it is told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def begin(self, manifest: Any) -> None:
        self.lines.append("begin")

    def take(self, event: HeardEvent, hop: Hop | None) -> None:
        self.lines.append(type(event).__name__)

    def follow(self, hop: Hop) -> None:
        if self.lines[-1] != "hop":
            self.lines.append("hop")

    def rest(self) -> None:
        self.lines.append("rest")


class HearingRig:
    def __init__(self, bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
        FakeTranscriber.made = []
        monkeypatch.setattr(module, "Transcriber", FakeTranscriber)
        self.source, self.log = FakeSource(bundle), SinkLog()
        self.told: list[str] = []
        self.answers: list[str] = []
        self.hearing = Hearing(
            self.source, [self.log], listener=ListenerSettings(), tracker=TrackerSettings(), report=self.told.append
        )

    def note_answer(self, asked: Future[None]) -> None:
        self.answers.append(str(asked.exception() or ""))

    def switch(self, on: bool) -> None:
        self.hearing.request(on).add_done_callback(self.note_answer)
        self.hearing.step()

    def hear(self, n_steps: int = 5) -> float:
        nap_s = 0.0
        for _ in range(n_steps):
            self.source.n_waiting = 128
            nap_s = self.hearing.step()
        return nap_s


@pytest.fixture
def rig(tiny_bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> HearingRig:
    return HearingRig(tiny_bundle, monkeypatch)


def test_it_hears_from_the_wish_on_and_ends_its_notes(rig: HearingRig) -> None:
    rig.switch(True)
    assert rig.answers == []
    nap_s = rig.hear()
    assert rig.answers == [""]
    assert rig.hearing.state.is_on
    assert 0.0005 <= nap_s < 0.0085, "at most three blocks of 128 complete a hop"
    rig.switch(False)
    assert rig.log.lines == ["begin", "NoteStarted", "hop", "NoteEnded", "rest"]
    assert rig.answers == ["", ""]
    assert rig.hearing.state == (False, FLOOR_DB)
    assert rig.source.n_deaf == 2


def test_it_says_that_it_listens_only_once_it_does(rig: HearingRig, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[bool, list[str]]] = []

    def slow(_: FakeTranscriber) -> None:
        seen.append((rig.hearing.state.is_on, list(rig.answers)))

    monkeypatch.setattr(FakeTranscriber, "warm_up", slow)
    rig.switch(True)
    rig.hear()
    assert seen == [(False, [])]
    assert (rig.hearing.state.is_on, rig.answers) == (True, [""])
    rig.switch(True)
    rig.hearing.step()
    assert (rig.hearing.state.is_on, rig.answers) == (True, ["", ""]), "on already"


def test_who_ends_it_before_it_began_leaves_nobody_waiting(rig: HearingRig) -> None:
    rig.switch(True)
    rig.source.is_there = False
    rig.hear()
    assert (rig.hearing.state.is_on, rig.answers) == (False, [])
    rig.switch(False)
    assert rig.answers == ["it was told to end before it began", ""]
    assert not rig.hearing.state.is_on


@pytest.mark.parametrize("reason", ["", "no such device"])
def test_who_ends_it_while_the_input_opens_is_not_told_that_it_listens(
    rig: HearingRig, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    opening: Future[None] = Future()
    monkeypatch.setattr(rig.source, "want_input", lambda: opening)
    rig.switch(True)
    rig.switch(False)
    assert rig.answers == [""]
    if reason:
        opening.set_exception(DeviceError(reason))
    else:
        opening.set_result(None)
    rig.hearing.step()
    assert rig.answers == ["", reason or "it was told to end before it began"]
    assert not rig.hearing.state.is_on


def test_all_who_wait_are_told_when_the_input_cannot_be_opened(rig: HearingRig) -> None:
    rig.source.is_there = False
    rig.switch(True)
    rig.hear()
    rig.source.reason = "no such device"
    rig.switch(True)
    rig.hear()
    assert rig.answers == ["no such device", "no such device"]
    assert not rig.hearing.state.is_on


def test_a_device_that_goes_ends_the_notes_and_may_come_back_at_another_rate(rig: HearingRig) -> None:
    rig.switch(True)
    rig.hear()
    rig.source.is_there = False
    assert rig.hear() >= 0.01
    assert rig.log.lines[-2:] == ["NoteEnded", "rest"]
    rig.source.is_there, rig.source.engine_handle, rig.source.rate_hz = True, 2, 44_100.0
    rig.hear()
    assert rig.log.lines[-3:] == ["begin", "NoteStarted", "hop"]
    assert [made.rate_hz for made in FakeTranscriber.made] == [48_000.0, 44_100.0]
    rig.source.engine_handle = 3
    rig.hear()
    assert rig.log.lines[-4:] == ["NoteEnded", "rest", "NoteStarted", "hop"], "the same rate needs no new ears"


def test_another_bundle_brings_its_own_ears(rig: HearingRig, tiny_bundle: Bundle) -> None:
    rig.switch(True)
    rig.hear()
    rig.source.bundle = Bundle(tiny_bundle.path, tiny_bundle.manifest)
    rig.hear()
    assert rig.log.lines[-5:] == ["NoteEnded", "rest", "begin", "NoteStarted", "hop"]
    assert len(FakeTranscriber.made) == 2


def test_what_hinders_is_answered(rig: HearingRig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.source.reason = "no microphone"
    rig.switch(True)
    rig.hearing.step()
    assert rig.answers == ["no microphone"]
    assert not rig.hearing.state.is_on

    monkeypatch.setattr(module, "ListenerModel", Deaf)
    rig.source.bundle = Bundle(rig.source.bundle.path, rig.source.bundle.manifest)
    rig.switch(True)
    assert rig.answers[1:] == ["no ears"]


def test_a_deaf_bundle_swapped_in_ends_the_listening(rig: HearingRig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.switch(True)
    rig.hear()

    monkeypatch.setattr(module, "ListenerModel", Deaf)
    rig.source.bundle = Bundle(rig.source.bundle.path, rig.source.bundle.manifest)
    rig.hear(1)
    assert rig.answers == [""]
    assert rig.told == ["listening ends: no ears"]
    assert not rig.hearing.state.is_on
    assert rig.log.lines[-2:] == ["NoteEnded", "rest"]


def test_the_thread_ends_what_sounds(rig: HearingRig) -> None:
    with rig.hearing:
        rig.hearing.request(True).add_done_callback(rig.note_answer)
        end_s = time.monotonic() + 5
        while "hop" not in rig.log.lines and time.monotonic() < end_s:
            rig.source.n_waiting = 128
            time.sleep(0.005)
        begin_s = time.monotonic()
    assert time.monotonic() - begin_s < 0.5
    assert rig.log.lines[-2:] == ["NoteEnded", "rest"]
    assert rig.hearing.failure is None
