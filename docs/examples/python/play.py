"""Plays latent-bridge from Python: a scale, a walk of the free voice, and what the microphone hears.

python play.py [--host 127.0.0.1] [--port 9130] [--listen SECONDS [--reply-port PORT]]
"""

from __future__ import annotations

import argparse
import math
import socket
import threading
import time

from pythonosc.dispatcher import Dispatcher
from pythonosc.osc_server import BlockingOSCUDPServer
from pythonosc.udp_client import SimpleUDPClient

SCALE = (60, 62, 64, 65, 67, 69, 71, 72)


def play_scale(bridge: SimpleUDPClient, instrument: str) -> None:
    """Eight notes; a note is /lb/note number velocity channel, and velocity 0 ends it."""
    bridge.send_message("/lb/instrument", [instrument, 1])
    for note in SCALE:
        bridge.send_message("/lb/note", [note, 90, 1])
        time.sleep(0.2)
        bridge.send_message("/lb/note", [note, 0, 1])


def walk(bridge: SimpleUDPClient, seconds: float) -> None:
    """The free voice goes round on the two principal axes; send as often as you like, only the newest counts."""
    bridge.send_message("/lb/latent/xy", [-0.9, 0.0])
    bridge.send_message("/lb/gate", 1)
    start_s = time.monotonic()
    while (now_s := time.monotonic() - start_s) < seconds:
        angle = 2 * math.pi * now_s / seconds
        bridge.send_message("/lb/latent/xy", [-0.7 + 0.2 * math.cos(angle), 0.5 * math.sin(angle)])
        time.sleep(0.02)
    bridge.send_message("/lb/gate", 0)


def listen(bridge: SimpleUDPClient, own_address: str, reply_port: int, seconds: float) -> None:
    """Prints the notes of the microphone; /lb/notify says where they are to be sent."""
    answered = threading.Event()

    def answer(address: str, command: str, text: str) -> None:
        print(address, command, text, flush=True)
        if command == "/lb/listen":
            answered.set()

    dispatcher = Dispatcher()
    dispatcher.map("/lb/heard/note", print)
    dispatcher.map("/lb/done", answer)
    dispatcher.map("/lb/fail", answer)
    with BlockingOSCUDPServer((own_address, reply_port), dispatcher) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        bridge.send_message("/lb/notify", [*server.server_address, 1])
        bridge.send_message("/lb/listen", 1)
        if answered.wait(30.0):  # a microphone that was closed takes seconds
            time.sleep(seconds)
        else:
            print("no answer: does the bridge run?")
        bridge.send_message("/lb/listen", 0)
        bridge.send_message("/lb/notify", [*server.server_address, 0])
        server.shutdown()


def address_towards(host: str) -> str:
    """The address of this computer as `host` sees it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((host, 9))
        return str(probe.getsockname()[0])


def main() -> None:
    """Play, then listen if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9130)
    parser.add_argument("--reply-port", type=int, default=0, help="where answers come in; any free port when left out")
    parser.add_argument("--listen", type=float, default=0.0, metavar="SECONDS")
    options = parser.parse_args()
    bridge = SimpleUDPClient(options.host, options.port)
    try:
        play_scale(bridge, "flute")
        walk(bridge, 2.0)
        if options.listen:
            listen(bridge, address_towards(options.host), options.reply_port, options.listen)
    except KeyboardInterrupt:
        print("stopped")
    finally:
        bridge.send_message("/lb/panic", [])  # no note is left behind


if __name__ == "__main__":
    main()
