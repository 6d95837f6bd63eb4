"""What is heard goes out in order and at once, and everything that sounds ends when nothing is heard any more."""

from __future__ import annotations

import dataclasses
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rt import config
from rt.arrays import F32
from rt.audio.link import Heard as Taken
from rt.bundle import Bundle
from rt.config import ListenConfig
from rt.control.midi_output import MidiOutput, bend_message
from rt.errors import BundleError, ConfigError
from rt.events import Bend, ChannelGain, Event, FreeGain, Gate, Interp, Latent, NoteOff, NoteOn, UseInstrument
from rt.listening import hearing as module
from rt.listening.hearing import Hearing
from rt.listening.meter import CLIPPING, FLOOR_DB, NOT_FINITE, OFFSETS, ZERO, Meter
from rt.listening.outlets import MidiNotes, OscMessages
from rt.listening.patience import CALM_HOPS, Patience
from rt.listening.through import Echo, Transfer, check_echo
from rt.transcribe import Heard, HeardEvent, Hop, NoteEnded, NoteStarted, PitchMoved
from rt.transcribe.settings import ListenerSettings, TrackerSettings
from tests.recording_bridge import N_LATENTS, RecordingBridge

RATE_HZ = 48_000


def hop(
    at_s: float, *, level_db: float = -20.0, latent: float | None = 0.5, instrument: int = 1, dynamics: int = 3
) -> Hop:
    """A moment; `latent` is every coordinate, None means below the gate."""
    symbols = None
    if latent is not None:
        symbols = {"instrument": one_hot(instrument, 6), "dynamics": one_hot(dynamics, 6)}
    return Hop(
        at_s=at_s,
        peak_db=level_db,
        level_db=level_db,
        rise_db=0.0,
        notes=np.zeros(129, np.float32),
        values=np.zeros(410, np.float32),
        latent=None if latent is None else np.full(N_LATENTS, latent, np.float32),
        symbols=symbols,
    )


def one_hot(index: int, n: int) -> F32:
    return np.asarray(np.arange(n) == index, np.float32)


def started(note: int, at_s: float = 0.0, velocity: int = 90) -> NoteStarted:
    return NoteStarted(at_s=at_s, note=note, velocity=velocity, confidence=0.9, onset_s=at_s, instrument=1)


class Port:
    """Stands in for an rtmidi client."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, ...]] = []

    def send_message(self, message: tuple[int, ...]) -> None:
        self.sent.append(tuple(message))

    def close_port(self) -> None:
        self.sent.append(())

    def delete(self) -> None:
        """Nothing to delete."""


def output(port: Port) -> MidiOutput:
    made = MidiOutput("virtual", api="auto", client_name="latent-bridge", jack=False, tell=print)
    made._rt, made.port, made._is_started = port, "port", True
    return made


def test_midi_notes_leave_in_order_and_end_at_last() -> None:
    port = Port()
    with output(port) as opened:
        notes = MidiNotes(opened, channel=2, bends=False, tell=print)
        notes.begin(RecordingBridge().manifest)
        notes.take(started(60), hop(0.0))
        notes.take(PitchMoved(0.0, 60, 20.0), hop(0.0))
        notes.take(NoteEnded(0.1, 60), hop(0.1))
        notes.take(started(64, 0.1, 1), hop(0.1))
        notes.rest()
        notes.take(started(65), hop(0.2))
    assert port.sent == [
        (0xB2, 123, 0), (0x92, 60, 90), (0x82, 60, 0), (0x92, 64, 1), (0x82, 64, 0), (0x92, 65, 90), (0x82, 65, 0), (),
    ]  # fmt: skip


def test_bends_are_straightened_before_the_next_note() -> None:
    port = Port()
    with output(port) as opened:
        notes = MidiNotes(opened, channel=0, bends=True, tell=print)
        notes.begin(RecordingBridge().manifest)
        assert port.sent[1:5] == [(0xB0, 101, 0), (0xB0, 100, 0), (0xB0, 6, 2), (0xB0, 38, 0)]
        port.sent.clear()
        notes.take(started(60), hop(0.0))
        notes.take(PitchMoved(0.0, 60, 100.0), hop(0.0))
        notes.take(NoteEnded(0.1, 60), hop(0.1))
        notes.take(started(61), hop(0.1))
    assert port.sent[:5] == [(0x90, 60, 90), (0xE0, 0, 96), (0x80, 60, 0), (0xE0, 0, 64), (0x90, 61, 90)]


@pytest.mark.parametrize(("semitones", "value"), [(0.0, 8192), (2.0, 16383), (-2.0, 0), (9.0, 16383), (1.0, 12288)])
def test_bends_reach_from_end_to_end(semitones: float, value: int) -> None:
    status, low, high = bend_message(3, semitones, 2.0)
    assert status == 0xE3
    assert abs((high << 7) + low - value) <= 1


def test_osc_tells_notes_labels_and_latents() -> None:
    sent: list[tuple[Any, ...]] = []
    osc = OscMessages(lambda address, args: sent.append((address, *args)))
    osc.begin(RecordingBridge().manifest)
    osc.take(started(61), hop(0.1))
    for i in range(1, 13):
        osc.follow(hop(0.1 + 0.01 * i, dynamics=3 if i < 8 else 4))
    osc.take(NoteEnded(0.3, 61), hop(0.3))
    osc.follow(hop(0.3, latent=None))
    assert [message for message in sent if message[0] != "/lb/heard/latent"] == [
        ("/lb/heard/note", 61, 90),
        ("/lb/heard/symbols", "Flute", 4, 1, 3),
        ("/lb/heard/symbols", "Flute", 4, 1, 4),
        ("/lb/heard/note", 61, 0),
    ]
    latents = [message[1:] for message in sent if message[0] == "/lb/heard/latent"]
    assert 5 <= len(latents) <= 7
    assert set(latents) == {(0.5,) * N_LATENTS}


def test_labels_are_those_of_the_newest_of_several_notes() -> None:
    sent: list[tuple[Any, ...]] = []
    osc = OscMessages(lambda address, args: sent.append((address, *args)))
    osc.begin(RecordingBridge().manifest)
    osc.take(started(61), hop(0.1))
    osc.take(started(64, 0.2), hop(0.2))
    osc.take(NoteEnded(0.3, 61), hop(0.3))
    osc.follow(hop(0.4, dynamics=4))
    osc.take(NoteEnded(0.5, 64), hop(0.5))
    osc.follow(hop(0.6, dynamics=2))
    assert [message[3:] for message in sent if message[0] == "/lb/heard/symbols"] == [(1, 3), (4, 3), (4, 4)]


def note_hop(
    at_s: float, note: int | None, *, level_db: float = -20.0, rise_db: float = 0.0, sure: float = 0.99
) -> Hop:
    """A moment that sounds like a note, or like silence."""
    notes = np.zeros(129, np.float32)
    notes[128 if note is None else note] = sure
    return dataclasses.replace(hop(at_s, level_db=level_db), notes=notes, rise_db=rise_db)


def test_it_waits_for_several_hops_only_while_nothing_changes() -> None:
    patience = Patience()
    assert patience.n_hops == 1

    def after(moment: Hop, *events: HeardEvent) -> int:
        patience.take(moment, events)
        return patience.n_hops

    assert after(note_hop(0.0, None)) == CALM_HOPS
    assert after(note_hop(0.1, 60, level_db=-40.0, rise_db=9.0)) == 1, "a note may begin"
    assert after(note_hop(0.2, 60), started(60)) == 1
    for k in range(CALM_HOPS):
        moved = after(note_hop(0.3 + 0.01 * k, 60))
    assert moved == CALM_HOPS
    assert after(note_hop(0.4, 60, sure=0.5)) == 1, "it may become another note"
    assert after(note_hop(0.5, 60, rise_db=3.0)) == 1, "it may begin again"
    assert after(note_hop(0.6, 60, level_db=-23.0)) == 1, "it may end"
    assert after(note_hop(0.7, None), NoteEnded(0.7, 60)) == 1
    assert after(note_hop(0.8, None)) == CALM_HOPS
    impatient = Patience(is_patient=False)
    impatient.take(note_hop(0.0, None), ())
    assert impatient.n_hops == 1


def test_echo_plays_in_tune_and_as_loud() -> None:
    bridge = RecordingBridge()
    echo = Echo(bridge, "violin", channel=15)
    echo.begin(bridge.manifest)
    bridge.events.clear()
    echo.take(started(60), hop(0.0, level_db=-20.0))
    echo.take(PitchMoved(0.0, 60, 20.0), hop(0.0))
    echo.follow(hop(0.001))
    echo.follow(hop(0.02, level_db=-14.0))
    echo.take(NoteEnded(0.1, 60), None)
    echo.rest()
    gains = [round(event.gain, 3) for event in bridge.events if isinstance(event, ChannelGain)]
    assert gains == [1.0, 1.995, 1.0]
    assert [event for event in bridge.events if not isinstance(event, ChannelGain)] == [
        Bend(15, 0.0), NoteOn(15, 60, 90), Bend(15, 0.2), NoteOff(15, 60), Bend(15, 0.0),
    ]  # fmt: skip


def test_echo_takes_its_instrument_by_name_in_every_bundle() -> None:
    bridge = RecordingBridge()
    Echo(bridge, "violin", channel=15).begin(bridge.manifest)
    assert bridge.events[0] == UseInstrument(15, 4)
    with pytest.raises(
        ConfigError, match=r"listen\.echo: no instrument 'kazoo' in bundle 'memory'; there are Alto-Sax"
    ):
        check_echo(bridge.manifest, "kazoo")


def test_transfer_follows_latents_and_level_and_rests_in_silence() -> None:
    events: list[Event] = []
    transfer = Transfer(events.append, reference_db=-12.0)
    transfer.begin(RecordingBridge().manifest)
    assert events == [FreeGain(1.0), Interp(1, 0.02)]
    events.clear()
    for i in range(4):
        transfer.follow(hop(0.006 * i, level_db=-32.0))
    point = Latent((0.5,) * N_LATENTS)
    assert [event for event in events if not isinstance(event, FreeGain)] == [point, Gate(True), point]
    assert [event.gain for event in events if isinstance(event, FreeGain)] == pytest.approx([0.1, 0.1])
    events.clear()
    for i in range(4, 20):
        transfer.follow(hop(0.006 * i, latent=None))
    assert events == [Gate(False)]
    transfer.follow(hop(0.2))
    assert events[-1] == Gate(True)
    transfer.rest()
    assert events[-2:] == [Gate(False), FreeGain(1.0)]


def meter(sound: F32, seconds: int = 6) -> tuple[list[str], float]:
    watch = Meter(RATE_HZ)
    told: list[str] = []
    for _ in range(seconds * 100):
        told += watch.take(sound.copy())
    return told, watch.peak_db


def sine(level: float, offset: float = 0.0) -> F32:
    return (offset + level * np.sin(2 * np.pi * 440 * np.arange(RATE_HZ // 100) / RATE_HZ)).astype(np.float32)


def test_the_meter_tells_what_only_the_user_can_mend() -> None:
    assert meter(np.zeros(480, np.float32)) == ([ZERO], FLOOR_DB)
    told, peak_db = meter(sine(0.5))
    assert told == []
    assert peak_db == pytest.approx(-6.0, abs=0.1)
    assert set(meter(np.clip(sine(2.0), -1.0, 1.0))[0]) == {CLIPPING}
    assert set(meter(sine(0.01, 0.3))[0]) == {OFFSETS}
    bad = sine(0.1)
    bad[::7] = np.nan
    bad[3] = np.inf
    told, peak_db = meter(bad)
    assert set(told) == {NOT_FINITE}
    assert peak_db == pytest.approx(-20.0, abs=0.5)


class FakeSource:
    """A microphone that gives what the test wants."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.life = 1
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
        return Taken(n, self.life, self.rate_hz, 128, time.monotonic())

    def deafen(self) -> None:
        self.n_deaf += 1

    def want_input(self, done: Callable[[str], None]) -> None:
        done(self.reason)


class FakeTranscriber:
    """Hears a note start in the first samples."""

    made: list[FakeTranscriber]

    def __init__(self, ears: Any, *, sample_rate_hz: float, listener: Any, tracker: Any) -> None:
        self.rate_hz = sample_rate_hz
        self.sounding = False
        self.made.append(self)

    def warm_up(self) -> None:
        """Nothing to warm up."""

    def hear(self, samples: F32) -> Iterator[Heard]:
        events: list[HeardEvent] = [] if self.sounding else [started(60)]
        self.sounding = True
        yield Heard(hop(0.0), events)

    def stop(self) -> list[HeardEvent]:
        ended: list[HeardEvent] = [NoteEnded(0.0, 60)] if self.sounding else []
        self.sounding = False
        return ended


class Log:
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


class Rig:
    def __init__(self, bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
        FakeTranscriber.made = []
        monkeypatch.setattr(module, "Transcriber", FakeTranscriber)
        self.source, self.log = FakeSource(bundle), Log()
        self.told: list[str] = []
        self.answers: list[str] = []
        self.hearing = Hearing(
            self.source, [self.log], listener=ListenerSettings(), tracker=TrackerSettings(), tell=self.told.append
        )

    def switch(self, on: bool) -> None:
        self.hearing.wish(on, self.answers.append)
        self.hearing.step()

    def hear(self, n_steps: int = 5) -> float:
        nap_s = 0.0
        for _ in range(n_steps):
            self.source.n_waiting = 128
            nap_s = self.hearing.step()
        return nap_s


@pytest.fixture
def rig(tiny_bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> Rig:
    return Rig(tiny_bundle, monkeypatch)


def test_it_hears_from_the_wish_on_and_ends_its_notes(rig: Rig) -> None:
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


def test_a_device_that_goes_ends_the_notes_and_may_come_back_at_another_rate(rig: Rig) -> None:
    rig.switch(True)
    rig.hear()
    rig.source.is_there = False
    assert rig.hear() >= 0.01
    assert rig.log.lines[-2:] == ["NoteEnded", "rest"]
    rig.source.is_there, rig.source.life, rig.source.rate_hz = True, 2, 44_100.0
    rig.hear()
    assert rig.log.lines[-3:] == ["begin", "NoteStarted", "hop"]
    assert [made.rate_hz for made in FakeTranscriber.made] == [48_000.0, 44_100.0]
    rig.source.life = 3
    rig.hear()
    assert rig.log.lines[-4:] == ["NoteEnded", "rest", "NoteStarted", "hop"], "the same rate needs no new ears"


def test_another_bundle_brings_its_own_ears(rig: Rig, tiny_bundle: Bundle) -> None:
    rig.switch(True)
    rig.hear()
    rig.source.bundle = Bundle(tiny_bundle.path, tiny_bundle.manifest)
    rig.hear()
    assert rig.log.lines[-5:] == ["NoteEnded", "rest", "begin", "NoteStarted", "hop"]
    assert len(FakeTranscriber.made) == 2


def test_what_hinders_is_answered(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.source.reason = "no microphone"
    rig.switch(True)
    rig.hearing.step()
    assert rig.answers == ["no microphone"]
    assert not rig.hearing.state.is_on

    class Deaf:
        @staticmethod
        def load(bundle: Bundle, provider: str) -> Any:
            raise BundleError("no ears")

    monkeypatch.setattr(module, "Ears", Deaf)
    rig.source.bundle = Bundle(rig.source.bundle.path, rig.source.bundle.manifest)
    rig.switch(True)
    assert rig.answers[1:] == ["no ears"]


def test_a_deaf_bundle_swapped_in_ends_the_listening(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.switch(True)
    rig.hear()

    class Deaf:
        @staticmethod
        def load(bundle: Bundle, provider: str) -> Any:
            raise BundleError("no ears")

    monkeypatch.setattr(module, "Ears", Deaf)
    rig.source.bundle = Bundle(rig.source.bundle.path, rig.source.bundle.manifest)
    rig.hear(1)
    assert rig.told == ["listening ends: no ears"]
    assert not rig.hearing.state.is_on
    assert rig.log.lines[-2:] == ["NoteEnded", "rest"]


def test_the_thread_ends_what_sounds(rig: Rig) -> None:
    with rig.hearing:
        rig.hearing.wish(True, rig.answers.append)
        end_s = time.monotonic() + 5
        while "hop" not in rig.log.lines and time.monotonic() < end_s:
            rig.source.n_waiting = 128
            time.sleep(0.005)
        begin_s = time.monotonic()
    assert time.monotonic() - begin_s < 0.5
    assert rig.log.lines[-2:] == ["NoteEnded", "rest"]
    assert rig.hearing.failure is None


def test_defaults_of_the_file_are_those_of_the_code() -> None:
    listed = tomllib.loads((Path(config.__file__).parent / "default.toml").read_text(encoding="utf-8"))
    for part, defaults in (("listener", ListenerSettings()), ("tracker", TrackerSettings())):
        assert listed[part] == pytest.approx(dataclasses.asdict(defaults), rel=1e-4)


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        ({"audio.output": "none"}, "plays nothing"),
        ({"audio.output": "none", "listen.on": True, "listen.echo": "violin"}, "leave --audio none out"),
        ({"audio.output": "file:x.wav", "listen.on": True}, "transcribe"),
        ({"listen.on": True, "listen.echo": "violin", "listen.transfer": True}, "exclude each other"),
        ({"listen.channel": 0}, "listen.channel is 0"),
        ({"listen.midi_channel": 17}, "listen.midi_channel is 17"),
    ],
)
def test_contradictions_are_refused(flags: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        config.load(flags=flags)


def test_ears_need_no_sound() -> None:
    settings = config.load(flags={"audio.output": "none", "listen.on": True})
    assert isinstance(settings.listen, ListenConfig)
    assert not settings.audio.plays
