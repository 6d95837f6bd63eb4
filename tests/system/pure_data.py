"""Runs patches of ours in Pure Data without a window, with a driver beside them that moves their controls."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.support.pd_patches import FOLDER
from tests.system.osc_client import free_udp_port
from tests.system.waiting import needs

DRIVER = r"""#N canvas 0 0 600 400 12;
#X obj 20 20 netreceive {port};
#X obj 20 50 list;
#X obj 20 80 t l l;
#X obj 20 110 list split 1;
#X obj 200 110 list split 1;
#X obj 20 140 send;
#X obj 300 20 r lb.heard.played;
#X obj 300 50 list prepend send played;
#X obj 300 80 list trim;
#X obj 300 110 netsend;
#X obj 400 20 loadbang;
#X msg 400 50 connect 127.0.0.1 {back};
#X connect 0 0 1 0;
#X connect 1 0 2 0;
#X connect 2 1 4 0;
#X connect 2 0 3 0;
#X connect 4 0 5 1;
#X connect 3 1 5 0;
#X connect 6 0 7 0;
#X connect 7 0 8 0;
#X connect 8 0 9 0;
#X connect 10 0 11 0;
#X connect 11 0 9 0;
"""
"""Moves the controls of a patch by their names, and tells what `heard` heard."""


class Pd:
    """A patch at work."""

    def __init__(self, control: socket.socket, told: socket.socket) -> None:
        self._control = control
        self._told = told

    def move(self, name: str, *values: float | str) -> None:
        """Send values to a control."""
        self._control.sendall(f"{name} {' '.join(f'{v}' for v in values)};\n".encode())

    def heard(self, timeout_s: float = 10.0) -> list[float]:
        """The next note that `heard` shows."""
        self._told.settimeout(timeout_s)
        text = b""
        while not text.endswith(b";\n"):
            text += self._told.recv(1)
        return [float(word) for word in text.decode().rstrip(";\n").split()[1:]]


@contextlib.contextmanager
def running(name: str, port: int, folder: Path, *others: str) -> Iterator[Pd]:
    """Patches of ours in Pd, connected to a bridge, with a driver beside them."""
    tool, control_port, reply_port = needs("pd"), free_udp_port(), free_udp_port()
    with socket.create_server(("127.0.0.1", 0)) as back:
        driver = folder / "driver.pd"
        driver.write_text(DRIVER.format(port=control_port, back=back.getsockname()[1]))
        command = [tool, "-nogui", "-noaudio", "-nomidi", "-noprefs", "-stderr"]
        command += ["-send", f"lb.connect 127.0.0.1 {port}", "-send", f"lb.reply {reply_port}"]
        # The driver comes last: when it calls, the patch is there.
        command += [*(str(FOLDER / patch) for patch in (name, *others)), str(driver)]
        with (
            (folder / "log").open("w") as log,
            subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=os.environ | {"HOME": str(folder)}
            ) as process,
        ):
            try:
                back.settimeout(30)
                told, _ = back.accept()
                with told, socket.create_connection(("127.0.0.1", control_port), 10) as control:
                    yield Pd(control, told)
            finally:
                process.terminate()
        assert "couldn't create" not in (folder / "log").read_text(errors="replace")
