"""Runs a command in a network of its own, where every address is answered by this machine, and tells what was sent.

`unshare -rnm python -m tests.system.alone [--until ADDRESS] COMMAND...` prints one line of JSON after the command's own
output: its exit code, and each packet beyond the loopback or to a name server as [from, to, port, protocol]. The
machine is 10.77.0.2 there. With `--until`, the command is asked to end a second after something was sent there.
"""

from __future__ import annotations

import contextlib
import ipaddress
import json
import socket
import subprocess
import sys
import tempfile
import threading
import time

EVERY_PROTOCOL = 3
UDP, TCP = 17, 6
DNS = 53
ANNOUNCED = ("224.0.0.251", "ff02::fb")
"""Multicast of zeroconf: on the loopback where it comes from there."""


LONGEST_S = 150.0


def main(command: list[str]) -> None:
    """Run and tell."""
    until = command[1] if command[0] == "--until" else None
    if until is not None:
        command = command[2:]
    for line in (
        "link set lo up",
        "address add 10.77.0.2/24 dev lo",
        "route add local default dev lo",
        "-6 route add local default dev lo",
    ):
        subprocess.run(["ip", *line.split()], check="-6" not in line, stderr=subprocess.DEVNULL)
    with tempfile.NamedTemporaryFile("w") as resolver:
        resolver.write("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
        resolver.flush()
        subprocess.run(["mount", "--bind", resolver.name, "/etc/resolv.conf"], check=True)
        wire = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(EVERY_PROTOCOL))
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 23)
        wire.settimeout(0.5)
        seen: set[tuple[str, str, int, str]] = set()
        ended = threading.Event()
        watching = threading.Thread(target=watch, args=(wire, seen, ended))
        watching.start()
        with subprocess.Popen(command, stdin=subprocess.DEVNULL) as running:
            end_s = time.monotonic() + LONGEST_S
            while until is not None and running.poll() is None and time.monotonic() < end_s:
                time.sleep(0.2)
                if any(packet[1] == until for packet in tuple(seen)):
                    time.sleep(1.0)
                    running.terminate()
                    until = None
            code = running.wait(max(1.0, end_s - time.monotonic()))
        ended.set()
        watching.join()
    print("\n" + json.dumps({"code": code, "sent": sorted(seen)}), flush=True)


def watch(wire: socket.socket, seen: set[tuple[str, str, int, str]], ended: threading.Event) -> None:
    """Keep what is to be told, until nothing has come for a while after the end."""
    while True:
        try:
            packet = wire.recv(256)
        except TimeoutError:
            if ended.is_set():
                return
            continue
        with contextlib.suppress(IndexError, ValueError):
            one = look(packet)
            if one is not None:
                seen.add(one)


def look(packet: bytes) -> tuple[str, str, int, str] | None:
    """From, to, port and protocol of an IP packet that is to be told."""
    if packet[0] >> 4 == 4:
        start, protocol, source, target = (packet[0] & 15) * 4, packet[9], packet[12:16], packet[16:20]
    else:
        start, protocol, source, target = 40, packet[6], packet[8:24], packet[24:40]
    came, goes = ipaddress.ip_address(source), ipaddress.ip_address(target)
    port = int.from_bytes(packet[start + 2 : start + 4], "big")
    name = {UDP: "udp", TCP: "tcp"}.get(protocol)
    is_here = goes.is_loopback or (str(goes) in ANNOUNCED and came.is_loopback)
    if name is None or (is_here and port != DNS):
        return None
    return str(came), str(goes), port, name


if __name__ == "__main__":
    main(sys.argv[1:])
