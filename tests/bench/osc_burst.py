"""From the last of 10,000 latents in a burst until it is in force: `python -m tests.bench.osc_burst [--bursts 20]`."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np

from rt.bundle import bundle
from tests.bench.record import save
from tests.system.osc_client import Osc, encode
from tests.system.program import BridgeProgram

N_MESSAGES = 10_000


def main() -> None:
    """Print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bursts", type=int, default=20)
    arguments = parser.parse_args()
    z = bundle.load("default").manifest.latent
    random = np.random.default_rng(0)
    packets = [encode("/lb/latent", *(float(v) for v in random.uniform(z.low, z.high))) for _ in range(100)]
    with tempfile.TemporaryDirectory() as folder:
        output = f"file:{Path(folder) / 'out.wav'}"
        with BridgeProgram("--audio", output, "--midi-in", "none", "--block", "128") as bridge:
            bridge.wait_ready()
            with Osc(bridge.osc_port) as osc:
                osc.send("/lb/gate", 1)
                took_ms, sent_ms = [], []
                for _ in range(arguments.bursts):
                    start_s = time.perf_counter()
                    for k in range(N_MESSAGES):
                        osc.socket.sendto(packets[k % len(packets)], osc.target)
                    sent_s = time.perf_counter()
                    osc.sync()
                    took_ms.append(1e3 * (time.perf_counter() - sent_s))
                    sent_ms.append(1e3 * (sent_s - start_s))
                    time.sleep(0.2)
    p50, worst = np.median(took_ms), max(took_ms)
    print(f"{arguments.bursts} bursts of {N_MESSAGES} in {np.median(sent_ms):.0f} ms each")
    print(f"the last one is in force after {p50:.1f} ms (median), {worst:.1f} ms (max)")
    save("osc_burst", bursts=arguments.bursts, p50_ms=float(p50), max_ms=worst)


if __name__ == "__main__":
    main()
