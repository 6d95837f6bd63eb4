"""Tries the graphs of a bundle in a process of their own, so that none of them can hang, fill or end this one.

Operators that are harmless one by one can still ask for any amount of memory or time together; what they take is known
when they have run. `python -m rt.trial FOLDER` is that process: it says in one line of JSON what it found.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

from rt.bundle.bundle import DEFAULT, Bundle, load
from rt.errors import BridgeError, BundleError

LIMIT_S = 15.0
SPARE_BYTES = 2 << 30
"""What the process may allocate, besides PER_BYTE for each byte of the bundle."""
PER_BYTE = 4

_passed: set[str] = set()
"""Hashes of the bundles that this process has seen to run."""


def try_out(bundle: Bundle) -> None:
    """Raise BundleError unless all graphs of a bundle open and run as its manifest says, for few rows and for many.

    The bundles that are shipped with the program, and those that have passed already, are taken as they are.
    """
    mark = repr((bundle.manifest.graphs, sorted((name, f.sha256) for name, f in bundle.manifest.files.items())))
    if mark in _passed or bundle.path.resolve().parent == DEFAULT.parent:
        return
    command = [sys.executable, "-P", "-m", "rt.trial", str(bundle.path.resolve())]
    root = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # each has a large stack
    try:
        ended = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
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
    reason = _last_line(ended.stdout)
    if reason is None:
        told = f"onnxruntime dies of its graphs (exit code {ended.returncode})"
        raise BundleError(f"{bundle.path}: {told}; copy the bundle again")
    if reason:
        raise BundleError(reason)
    _passed.add(mark)


def _last_line(output: bytes) -> str | None:
    """What the process said: "" for nothing wrong, a reason, or None where it did not get so far."""
    with contextlib.suppress(ValueError, IndexError):
        said = json.loads(output.splitlines()[-1])
        if isinstance(said, str):
            return said
    return None


def main(folder: str) -> None:
    """Open and run all graphs within bounds, and say how it went."""
    from rt.model import run_all

    reason = ""
    try:
        bundle = load(Path(folder))
        _bound(SPARE_BYTES + PER_BYTE * sum(file.n_bytes for file in bundle.manifest.files.values()))
        run_all(bundle)
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
    main(sys.argv[1])
