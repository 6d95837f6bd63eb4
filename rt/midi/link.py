"""The MIDI process as the rest of the host sees it, whichever of its lives it is in.

`start`, `stop`, `poll` and `renew` are for the main thread, `open_output` and `send` for the listening thread, or the
main thread before that starts. What the process hears is turned into events on the thread that reads its messages.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from rt.bridge import Bridge
from rt.child import STOP_S, Child, ending
from rt.config.config import MidiConfig
from rt.errors import DeviceError
from rt.midi.channels import MidiChannels
from rt.midi.controllers import Controllers
from rt.midi.job import EXIT_LOST, MidiJob
from rt.midi.messages import Sounding
from rt.worker import Startable

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-P", "-m", "rt.midi.process")
OPEN_S = 10.0
"""How long the ports may take to open at the start."""
PING_S = 1.0
MAX_PINGS = 5
"""So many questions without an answer in a row, and the process hangs."""
CALM_S = 10.0
"""A life of this length makes up for those that failed before it."""
LONGEST_REST_S = 5.0
"""Between two lives, when one after the other fails."""
FIRST_RESTS = 2
"""So many lost lives are replaced at once."""


class MidiLink(Startable):
    """Keeps a MIDI process alive; a context manager."""

    def __init__(
        self,
        config: MidiConfig,
        bridge: Bridge,
        *,
        jack: bool,
        bend_range_semitones: float,
        output: str = "none",
        controllers: Controllers | None = None,
        command: Sequence[str] = COMMAND,
    ) -> None:
        """Begin without ports.

        output : `virtual`, `none`, or part of the name of the port that heard notes go to. controllers : those that
        were learnt.
        """
        self.ports: list[str] = []
        """Names of the inputs that are open, our own virtual one first."""
        self.output = ""
        """Name of the open output."""
        self.n_lost = 0
        """Processes lost so far."""
        self._job = MidiJob(
            input=config.input, output=output, api=config.api, port_name=config.port_name, jack=jack, is_again=False
        )
        self._bridge = bridge
        self._bend_range_semitones = bend_range_semitones
        self._command = command
        self._controllers = controllers
        self._child: Child | None = None
        self._channels: dict[str, MidiChannels] = {}
        """What each input holds; belongs to the thread that reads, and to the main thread between two lives."""
        self._sounding = Sounding()
        self._lock = threading.Lock()
        """Of what is sent, and of the child that it goes to."""
        self._answered = threading.Condition()
        self._answers: dict[str, str] = {}
        self._is_output_wanted = False
        self._is_watched: bool | None = None
        """Whether the process sees the end of its server; None until it has told."""
        self._n_pings = 0
        self._next_ping_s = 0.0
        self._next_start_s = 0.0
        self._started_s = 0.0
        self._n_failed = 0
        self._last_words = ""

    @property
    def pid(self) -> int | None:
        """Process number, None without a process."""
        return None if self._child is None else self._child.pid

    def start(self) -> None:
        """Open the inputs that the settings ask for.

        Raises DeviceError when a port asked for by name is not there. With `auto` a missing MIDI system is only told.
        """
        if self._job.input == "none":
            return
        reason = self._ask("inputs", lambda: None)
        if not reason:
            return
        if self._job.input != "auto" and "not installed" not in reason:
            self.stop()
            raise DeviceError(reason)
        self._bridge.report(reason if reason.startswith("no MIDI") else f"no MIDI: {reason}")
        self._job = dataclasses.replace(self._job, input="none")
        self._end()

    def stop(self) -> None:
        """End what sounds and is held, and close everything; safe to call twice."""
        self._end(STOP_S)

    def open_output(self) -> None:
        """Open the output, once; a port of our own that cannot be is told.

        Raises DeviceError when a port asked for by name is not there; it is opened when it comes.
        """
        if self._job.output == "none" or self._is_output_wanted:
            return
        self._is_output_wanted = True
        reason = self._ask("output", lambda: self._write({"kind": "output"}))
        if not reason:
            return
        if self._job.output != "virtual" and "not installed" not in reason:
            raise DeviceError(reason)
        self._bridge.report(f"no MIDI output: {reason}" if not reason.startswith("no MIDI") else reason)

    def send(self, *message: int) -> None:
        """Send one channel message to the output at once; without a port it is nobody's."""
        with self._lock:
            self._sounding.see(message)
            if self._child is not None and self._is_output_wanted:
                self._write({"kind": "send", "message": message})

    def release(self) -> None:
        """End every note that sounds at the output."""
        for message in self._sounding.endings():
            self.send(*message)

    def renew(self) -> None:
        """The sound's JACK server may be another one: where the process cannot see that by itself, it is replaced.

        One that has not told of ports yet waits for that server and may be joining it: ended then, it may hold it up.
        """
        if self._child is not None and self._job.jack and self._is_watched is False:
            self._lose("its server is another one")

    def poll(self) -> None:
        """Look after the process; call every 50 ms or so. It is started again for as long as the host lives."""
        now_s = time.monotonic()
        if self._child is None:
            if self._is_wanted and now_s >= self._next_start_s:
                self._spawn(is_again=True)
            return
        code = self._child.exit_code
        if code is not None:
            self._lose(self._last_words or ending(code), is_server=code == EXIT_LOST and bool(self._is_watched))
        elif now_s >= self._next_ping_s:
            self._next_ping_s = now_s + PING_S
            self._n_pings += 1
            if self._n_pings > MAX_PINGS:
                self._child.kill()
                self._lose("it did not answer")
            else:
                self._write({"kind": "ping"})

    @property
    def _is_wanted(self) -> bool:
        return self._job.input != "none" or self._is_output_wanted

    def _ask(self, part: str, ask: Callable[[], object]) -> str:
        """Have inputs or output opened; "" or what went wrong."""
        self._answers.pop(part, None)
        if self._child is None:
            if self.n_lost:  # the next life opens it
                return ""
            self._spawn(is_again=False)
        else:
            ask()
        end_s = time.monotonic() + OPEN_S
        with self._answered:
            while part not in self._answers:
                child, left_s = self._child, end_s - time.monotonic()
                if child is None or child.exit_code is not None or left_s <= 0.0:
                    code = child.exit_code if child is not None else None
                    return f"the MIDI process {'does not answer' if code is None else ending(code)}"
                self._answered.wait(min(left_s, 0.1))
            return self._answers[part]

    def _spawn(self, *, is_again: bool) -> None:
        with self._lock:
            job = dataclasses.replace(
                self._job,
                is_again=is_again,
                is_output_open=self._is_output_wanted,
                hanging=tuple(sorted(self._sounding.notes)) if is_again else (),
            )
            self._sounding = Sounding()
            self._n_pings, self._last_words, self._is_watched = 0, "", None
            self._started_s = time.monotonic()
            self._next_ping_s = self._started_s + PING_S
            try:
                self._child = Child(self._command, job.to_json(), self._take)
            except OSError as error:
                log.debug("starting the MIDI process: %s", error)
                self._rest()

    def _lose(self, reason: str, *, is_server: bool = False) -> None:
        """The process is lost; `poll` starts another. is_server : its server ended, which is no failure."""
        log.debug("the MIDI process was lost: %s", reason)
        self.n_lost += 1
        self._end()
        if is_server:
            self._n_failed, self._next_start_s = 0, 0.0
        else:
            self._rest()

    def _rest(self) -> None:
        now_s = time.monotonic()
        self._n_failed = 0 if now_s - self._started_s > CALM_S else self._n_failed + 1
        rest_s = 0.25 * 2.0 ** (self._n_failed - FIRST_RESTS) if self._n_failed > FIRST_RESTS else 0.0
        self._next_start_s = now_s + min(rest_s, LONGEST_REST_S)
        if self._n_failed == FIRST_RESTS + 4:
            self._bridge.report("MIDI fails again and again and is tried on; LATENT_BRIDGE_DEBUG=1 shows more")

    def _end(self, patience_s: float = 0.0) -> None:
        """End the process and what came through it."""
        with self._lock:
            child, self._child = self._child, None
        if child is None:
            return
        child.end(patience_s)
        self.ports, self.output = [], ""
        for name in list(self._channels):
            self._let_go(name)
        self._channels.clear()

    def _write(self, order: dict[str, Any]) -> None:
        child = self._child
        if child is not None and not child.send(json.dumps(order).encode()):
            log.debug("the MIDI process does not take %s", order)

    def _take(self, message: dict[str, Any]) -> None:
        """Act on what the process says; on the thread that reads it."""
        kind = message["kind"]
        if kind == "heard":
            hear = self._input(message["port"]).hear
            for data in message["messages"]:
                try:
                    for event in hear(bytes.fromhex(data)):
                        self._bridge.send(event)
                except Exception:  # a defect of ours must not silence the other messages
                    log.exception("MIDI message %s from %s", data, message["port"])
        elif kind == "release":
            self._let_go(message["port"])
            if message["text"]:
                self._bridge.report(message["text"])
        elif kind == "tell":
            self._bridge.report(message["text"])
        elif kind == "ports":
            self.ports, self.output, self._is_watched = message["inputs"], message["output"], message["is_watched"]
        elif kind == "opened":
            with self._answered:
                self._answers[message["part"]] = message["reason"]
                self._answered.notify_all()
        elif kind == "pong":
            self._n_pings = 0
        else:
            self._last_words = message["text"]

    def _input(self, name: str) -> MidiChannels:
        if name not in self._channels:
            self._channels[name] = MidiChannels(
                self._bridge, bend_range_semitones=self._bend_range_semitones, controllers=self._controllers
            )
        return self._channels[name]

    def _let_go(self, name: str) -> None:
        for event in self._input(name).release():
            self._bridge.send(event)
