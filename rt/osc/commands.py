"""What each OSC message does: checked arguments in, events and replies out; no sockets.

All methods run on the OSC thread, except that what takes its time is answered on the thread that has done it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rt
from rt.bridge import Bridge
from rt.bundle import bundle
from rt.errors import ControlError
from rt.events import AllSoundOff, Event, NoteOff, NoteOn
from rt.midi.controllers import Controllers
from rt.midi.note_range import NoteRange
from rt.osc import setters
from rt.osc.answers import Reply
from rt.osc.clients import Clients, Peer
from rt.osc.learning import LearnCommands
from rt.osc.message import Value, check
from rt.osc.table import INCOMING
from rt.parameters import GATE, PARAMETERS, SYMBOL

PROGRAM = "latent-bridge"
SETTERS = {row.address: row for row in PARAMETERS if row.address}
NAMELESS = ("list", "next", "previous")
"""What `/lb/preset` does without a name."""
MAX_SYNCS = 64
SYNC_S = 5.0
"""How long the engine may take to reach a mark."""
WORK_S = 60.0
"""How long a bundle, or a microphone, may take."""


@dataclass(slots=True)
class _Sync:
    id: int
    reply: Reply
    works: set[int]
    """Commands given earlier that take their time and are not finished yet."""
    mark: int | None
    deadline_s: float


class Commands:
    """Executes messages by the table."""

    def __init__(
        self,
        bridge: Bridge,
        clients: Clients,
        *,
        reply_port: int,
        bundle_roots: Sequence[Path] = (),
        controllers: Controllers | None = None,
    ) -> None:
        self._bridge = bridge
        self._clients = clients
        self._reply_port = reply_port
        self._roots = tuple(bundle_roots)
        self._note_range = NoteRange(bridge)
        self._works: set[int] = set()
        self._n_works = 0
        self._syncs: list[_Sync] = []
        self._actions: dict[str, Callable[..., tuple[Event, ...]]] = {
            "/lb/note": self._note,
            "/lb/panic": lambda: (AllSoundOff(-1),),
            "/lb/symbol": self._symbol,
        }
        self._requests: dict[str, Callable[..., None]] = {
            "/lb/ping": lambda reply: reply("/lb/pong"),
            "/lb/version": self._version,
            "/lb/status": self._status,
            "/lb/sync": self._sync,
            "/lb/load": self._load,
            "/lb/listen": self._listen,
            "/lb/preset": self._preset,
        }
        if controllers is not None:
            learning = LearnCommands(bridge, controllers)
            self._requests |= {
                "/lb/learn": learning.learn, "/lb/unlearn": learning.unlearn, "/lb/learnt": learning.tell,
            }  # fmt: skip

    def run(self, address: str, values: Sequence[object], reply: Reply, sender: Peer) -> tuple[Event, ...]:
        """Execute one message: the events it stands for, in order; ControlError when it cannot be understood."""
        message = INCOMING.get(address)
        if message is None:
            raise ControlError("unknown address; docs/osc.md and `latent-bridge osc` list them all")
        if not message.args and len(values) == 1 and not isinstance(values[0], str):  # a button sends its state
            if values[0] == 0:
                return ()
            values = ()
        args: list[Any] = check(message, values, n_latents=self._bridge.manifest.latent.size)
        if address in self._actions:
            return self._actions[address](*args)
        if address in SETTERS:
            return (setters.event(SETTERS[address], args, self._instrument_index),)
        if address == "/lb/notify":
            self._notify(reply, sender, *args)
        elif address not in self._requests:
            raise ControlError("nothing can be learnt here")
        else:
            self._requests[address](reply, *args)
        return ()

    @property
    def is_waiting(self) -> bool:
        """Whether `poll` has something to look after."""
        return bool(self._syncs)

    def poll(self) -> None:
        """Answer every `/lb/sync` whose time has come."""
        now_s = time.monotonic()
        self._syncs = [sync for sync in self._syncs if not self._is_answered(sync, now_s)]

    def _is_answered(self, sync: _Sync, now_s: float) -> bool:
        if sync.mark is None and not sync.works & self._works:
            sync.mark = self._bridge.mark()
            sync.deadline_s = now_s + SYNC_S
        if sync.mark is not None and self._bridge.is_reached(sync.mark):
            sync.reply("/lb/synced", sync.id)
        elif now_s > sync.deadline_s:
            waited_for = "a command did not end" if sync.mark is None else "the engine did not answer"
            sync.reply("/lb/fail", "/lb/sync", f"{waited_for} in time; see /lb/status")
        else:
            return False
        return True

    def _note(self, note: int, velocity: int, channel: int) -> tuple[Event, ...]:
        if velocity == 0:
            return (NoteOff(channel - 1, note),)
        self._note_range.check(self._bridge.instrument(channel - 1), note)
        return (NoteOn(channel - 1, note, velocity),)

    def _instrument_index(self, name: str) -> int:
        return self._bridge.manifest.find_instrument(name, error=ControlError)

    def _symbol(self, name: str, octave: int, pitch_class: int, dynamics: int, gate: int | None) -> tuple[Event, ...]:
        instrument = self._instrument_index(name)
        for label, choice in (("octave", octave), ("dynamics", dynamics)):
            highest = self._bridge.manifest.symbol(label).highest
            if choice > highest:
                raise ControlError(f"{label} must be 0 to {highest} in this bundle, got {choice}")
        note = 12 * (octave + 1) + pitch_class
        if note > 127:
            raise ControlError(f"octave {octave}, pitch class {pitch_class} lies above MIDI note 127")
        symbol = SYMBOL.set(instrument, self._note_range.check(instrument, note), dynamics)
        return (symbol,) if gate is None else (symbol, GATE.set(bool(gate)))

    def _version(self, reply: Reply) -> None:
        reply("/lb/version.reply", PROGRAM, rt.__version__, self._bridge.manifest.name, self._bridge.manifest.format)

    def _status(self, reply: Reply) -> None:
        reply("/lb/status.reply", *describe_status(self._bridge))

    def _notify(self, reply: Reply, sender: Peer, host: str, port: int | None, on: int) -> None:
        change = self._clients.add if on else self._clients.remove
        known_host, known_port = change(host, self._reply_port if port is None else port, sender)
        reply("/lb/done", "/lb/notify", f"{known_host}:{known_port}")

    def _sync(self, reply: Reply, number: int) -> None:
        if len(self._syncs) >= MAX_SYNCS:
            raise ControlError(f"{MAX_SYNCS} of them wait already")
        works = set(self._works)
        mark = None if works else self._bridge.mark()
        self._syncs.append(_Sync(number, reply, works, mark, time.monotonic() + (WORK_S if works else SYNC_S)))

    def _load(self, reply: Reply, name: str) -> None:
        load = self._bridge.load_bundle(bundle.find_allowed(name, self._roots))
        self._follow(load, "/lb/load", reply, lambda _: name)

    def _listen(self, reply: Reply, on: int) -> None:
        self._follow(self._bridge.listen(bool(on)), "/lb/listen", reply, lambda _: "on" if on else "off")

    def _preset(self, reply: Reply, action: str, name: str | None) -> None:
        if (name is None) != (action in NAMELESS):
            raise ControlError(f"{action} {'needs a' if name is None else 'takes no'} name")
        if action == "list":
            self._follow(self._bridge.presets(), "/lb/preset", reply, lambda names: _list_presets(reply, names))
        else:
            self._follow(self._bridge.preset(action, name or ""), "/lb/preset", reply, str)

    def _follow(self, work: Future[Any], command: str, reply: Reply, detail: Callable[[Any], str]) -> None:
        """Answer a command that takes its time when it is done; detail : says it of its result."""
        self._n_works += 1
        number = self._n_works

        def answer(work: Future[Any]) -> None:
            error = work.exception()
            if error is None:
                reply("/lb/done", command, detail(work.result()))
            else:
                reply("/lb/fail", command, str(error))
            self._works.discard(number)  # only now may /lb/synced follow

        self._works.add(number)
        work.add_done_callback(answer)


def _list_presets(reply: Reply, names: Sequence[str]) -> str:
    for i, name in enumerate(names):
        reply("/lb/preset.reply", i + 1, len(names), name)
    return f"list {len(names)}"


def describe_status(bridge: Bridge) -> tuple[Value, ...]:
    """The arguments of `/lb/status.reply`; any thread may ask."""
    now, manifest = bridge.snapshot(), bridge.manifest
    playing, ears = bridge.instrument(0), bridge.listening()
    return (
        _count(now.voices),
        now.load,
        now.peak_load,
        _count(now.xruns),
        _count(now.ring_underruns),
        _count(now.blocks),
        _count(now.sample_rate_hz),
        _count(now.block_samples),
        1e3 * now.device_latency_s,
        _count(now.stolen),
        manifest.instruments[playing].name if playing < len(manifest.instruments) else "",
        manifest.name,
        int(ears.is_on),
        ears.level_db,
        _count(now.input_lost),
    )


def _count(value: float) -> int:
    """A counter as an OSC integer, which ends at 2**31 - 1."""
    return int(min(max(value, 0.0), 2**31 - 1))
