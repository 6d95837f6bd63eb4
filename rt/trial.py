"""Tries the graphs of a bundle in a process of their own, so that none of them can hang, fill or end this one.

Operators that are harmless one by one can still ask for any amount of memory or time together; what they take is known
when they have run. `python -m rt.trial` is that process: it is given the graphs that were checked, byte by byte, and
says in one line of JSON what it found.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

from rt.bundle.bundle import DEFAULT, Bundle
from rt.bundle.manifest import GraphSpec
from rt.errors import BridgeError, BundleError

LIMIT_S = 15.0
SPARE_BYTES = 2 << 30
"""What the process may allocate, besides PER_BYTE for each byte of the bundle."""
PER_BYTE = 4

_passed: set[str] = set()
"""Hashes of the bundles that this process has seen to run."""


def is_tried(bundle: Bundle) -> bool:
    """Whether a bundle is taken as it is: one that is shipped with the program, or has passed already."""
    return _mark(bundle) in _passed or bundle.path.resolve().parent == DEFAULT.parent


def _mark(bundle: Bundle) -> str:
    return repr((bundle.manifest.graphs, sorted((name, f.sha256) for name, f in bundle.manifest.files.items())))


def try_out(bundle: Bundle, graphs: Mapping[str, bytes]) -> None:
    """Raise BundleError unless all graphs of a bundle open and run as its manifest says, for few rows and for many.

    graphs : the checked bytes of every graph, by name. A bundle that `is_tried` is not tried again.
    """
    if is_tried(bundle):
        return
    command = [sys.executable, "-P", "-m", "rt.trial"]
    specs = {name: dataclasses.asdict(spec) for name, spec in bundle.manifest.graphs.items()}
    header = {
        "folder": str(bundle.path.resolve()),
        "n_bytes": sum(file.n_bytes for file in bundle.manifest.files.values()),
        "graphs": [(len(graphs[name]), spec) for name, spec in specs.items()],
    }
    pieces = [json.dumps(header).encode() + b"\n", *(graphs[name] for name in specs)]
    root = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # each has a large stack
    receiver, sender = os.pipe()
    feeder = threading.Thread(target=_feed, args=(sender, pieces), name="graphs for a trial", daemon=True)
    feeder.start()
    try:
        ended = subprocess.run(
            command,
            stdin=receiver,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LIMIT_S,
            env=os.environ | threads | {"PYTHONPATH": path},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        told = f"its graphs take more than {LIMIT_S:g} s to open and run"
        raise BundleError(f"{bundle.path}: {told}; export a smaller model") from error
    except OSError as error:
        raise BundleError(f"{bundle.path}: cannot be tried ({error.strerror}); try again") from error
    finally:
        os.close(receiver)  # nobody reads any more, which ends the feeder
        feeder.join()
    reason = _last_line(ended.stdout)
    if reason is None:
        told = f"onnxruntime dies of its graphs (exit code {ended.returncode})"
        raise BundleError(f"{bundle.path}: {told}; copy the bundle again")
    if reason:
        raise BundleError(reason)
    _passed.add(_mark(bundle))


def _feed(sender: int, pieces: Iterable[bytes]) -> None:
    """Write it all, for as long as it is read; large pieces are written without the interpreter."""
    with contextlib.suppress(OSError), open(sender, "wb") as pipe:
        for piece in pieces:
            pipe.write(piece)


def _last_line(output: bytes) -> str | None:
    """What the process said: "" for nothing wrong, a reason, or None where it did not get so far."""
    with contextlib.suppress(ValueError, IndexError):
        said = json.loads(output.splitlines()[-1])
        if isinstance(said, str):
            return said
    return None


def main() -> None:
    """Open and run all graphs within bounds, and say how it went."""
    from rt.model import run_graph

    reason = ""
    given = sys.stdin.buffer
    header = json.loads(given.readline())
    folder = header["folder"]
    try:
        _bound(SPARE_BYTES + PER_BYTE * header["n_bytes"])
        for n_bytes, spec in header["graphs"]:
            run_graph(Path(folder) / spec["file"], GraphSpec(**spec), given.read(n_bytes))
    except BridgeError as error:
        reason = str(error)
    except MemoryError:
        reason = f"{folder}: its graphs ask for too much memory; export a smaller model"
    print("\n" + json.dumps(reason), flush=True)
    os._exit(0)


def _bound(n_bytes: int) -> None:
    """Let this process have no more memory than that, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (n_bytes, n_bytes))


if __name__ == "__main__":
    main()
