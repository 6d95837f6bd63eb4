"""The MIDI process: the program that the host starts to have MIDI ports, `python -m rt.midi.process`.

It alone loads MIDI drivers while the bridge plays, so that one that crashes or hangs takes no more than itself along.
It reads one line of JSON, the `MidiJob`, from standard input, then a line for each thing to do, and answers with lines
of JSON on standard output. It ends what sounds and itself when its host ends (standard input closes) or when it is
asked to by a signal, as service managers ask all processes of a service; and at once when its JACK server is lost:
rtmidi's clients do not outlive a server, and closing them has crashed. The host then starts a new one, which waits for
the server.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from rt.audio.device import DEBUG
from rt.audio.host_pipe import take_over_output
from rt.errors import DeviceError
from rt.midi import driver
from rt.midi.graph import Graph, watch
from rt.midi.inputs import MidiInputs
from rt.midi.job import EXIT_LOST, MidiJob
from rt.midi.outbox import Outbox
from rt.midi.output import MidiOutput
from rt.signals import ENDING, handled

CABLES_S = 0.05
"""Between two looks at the connections of our ports."""
PORTS_S = 1.0
"""Between two looks at the ports of others."""
RETRY_S = 0.25
"""Between two looks for a MIDI system that has gone away."""
CLOSE_S = 1.5
"""How long the end may take; drivers hang when their server has died."""
EXIT_STUCK = 4


class MidiProcess:
    """One life: open, read and send, close."""

    def __init__(self, job: MidiJob, outbox: Outbox) -> None:
        self._job = job
        self._outbox = outbox
        self._graph: Graph | None = None
        self._inputs = MidiInputs(job, outbox, lambda: self._graph)
        self._output = MidiOutput(job, lambda text: outbox.say("tell", text=text), lambda: self._graph)
        self._is_waiting = job.is_again
        """Whether the MIDI system of the life before is not there yet."""
        self._orders: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        """What the host wants, None once it is gone."""

    def end(self) -> None:
        """Have `run` end soon; a signal's handler may call it."""
        self._orders.put(None)

    def run(self) -> int:
        """Serve until the host goes or `end` is called; the exit code of the process."""
        threading.Thread(target=self._read_orders, name="host", daemon=True).start()
        self._inputs.start()
        if not self._job.is_again:
            self._begin()
        next_cables_s = next_ports_s = 0.0
        while self._obey(RETRY_S if self._is_waiting else CABLES_S):
            now_s = time.monotonic()
            if self._graph is not None and self._graph.is_lost:
                leave(EXIT_LOST)  # closing could crash or hang
            if self._inputs.failure is not None:
                raise self._inputs.failure
            if self._is_waiting:
                if now_s >= next_ports_s:
                    next_ports_s = now_s + RETRY_S
                    self._try_again()
                continue
            if now_s >= next_cables_s:
                next_cables_s = now_s + CABLES_S
                self._inputs.check_cables()
                self._output.check_cables()
            if now_s >= next_ports_s:
                next_ports_s = now_s + PORTS_S
                if self._inputs.poll() | self._output.poll():
                    self._say_ports()
        threading.Timer(CLOSE_S, leave, (EXIT_STUCK,)).start()
        self._output.close()
        self._inputs.close()
        return 0

    def _begin(self) -> None:
        """The first life: what cannot be opened is said."""
        reason = ""
        if not driver.is_there():
            reason = driver.MISSING
        elif self._job.input != "none":
            try:
                self._watch()
                self._inputs.open()
                reason = self._inputs.describe_missing()
            except DeviceError as error:
                reason = str(error)
        self._answer("inputs", reason)
        if self._job.is_output_open:
            self._open_output()

    def _try_again(self) -> None:
        """A later life: a MIDI system that is away comes back some day."""
        try:
            self._watch()
            if self._job.input != "none":
                self._inputs.open()
            if self._job.is_output_open:
                self._output.open()
        except DeviceError as error:
            if self._output.port or self._inputs.ports or "port has" not in str(error):
                self._inputs.close()
                return
        self._is_waiting = False
        self._say_ports()

    def _open_output(self) -> None:
        reason = "" if driver.is_there() else driver.MISSING
        if not reason:
            try:
                self._watch()
                self._output.open()
            except DeviceError as error:
                reason = str(error)
        self._answer("output", reason)

    def _watch(self) -> None:
        if self._graph is None:
            self._graph = watch(driver.choose_api(self._job.api, jack=self._job.jack), self._job.port_name)

    def _answer(self, part: str, reason: str) -> None:
        self._say_ports()
        self._outbox.say("opened", part=part, reason=reason)

    def _say_ports(self) -> None:
        self._outbox.say(
            "ports", inputs=self._inputs.ports, output=self._output.port, is_watched=self._graph is not None
        )

    def _obey(self, timeout_s: float) -> bool:
        """Do what the host wants within a while; False when it is gone, or wants the end."""
        try:
            order = self._orders.get(timeout=timeout_s)
        except queue.Empty:
            return True
        if order is None:
            return False
        if order["kind"] == "send":
            self._output.send(*order["message"])
        elif order["kind"] == "output" and not self._is_waiting:
            self._open_output()
        elif order["kind"] == "ping":
            self._outbox.say("pong")
        return True

    def _read_orders(self) -> None:
        for line in sys.stdin.buffer:
            self._orders.put(json.loads(line))
        self.end()


def main() -> None:
    """Live one life and leave the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the host decides what Ctrl-C means
    outbox = Outbox(take_over_output())
    if not os.environ.get(DEBUG):
        logging.getLogger().addHandler(logging.NullHandler())
    os.environ.setdefault("JACK_NO_START_SERVER", "1")
    line = sys.stdin.buffer.readline()
    if not line:
        leave(0)
    code = 1
    try:
        process = MidiProcess(MidiJob.from_json(line), outbox)
        with handled(*ENDING, by=lambda *_: process.end()):
            code = process.run()
    except Exception as error:  # the host tells, and starts another
        outbox.say("error", text=f"{type(error).__name__}: {error}")
    outbox.flush()
    leave(code)


leave: Callable[[int], None] = os._exit
"""No exit handler may hang or crash in a MIDI library."""

if __name__ == "__main__":
    main()
