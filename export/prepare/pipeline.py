"""Sources -> corpus: takes are analysed in parallel into shards, then merged. An interrupted run goes on."""

from __future__ import annotations

import csv
import dataclasses
import os
import shutil
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from export.corpus import Corpus
from export.prepare.merge import Merge
from export.prepare.mixtures import mixtures_of
from export.prepare.plan import Item, Settings, plan, refuse_missing
from export.prepare.shards import SHARDS, Shard, analyse_shard, read_shards, shards_of
from export.prepare.summary import Row, summary_of
from export.sources.source import Problem, Source
from export.store import disk_errors
from rt.atomic_write import atomic_write
from rt.errors import BridgeError

PROBLEMS = "problems.csv"
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


@dataclasses.dataclass(frozen=True, slots=True)
class Prepared:
    """What `prepare` has done."""

    corpus: Corpus
    problems: tuple[Problem, ...]
    summary: tuple[Row, ...]


def prepare(sources: Sequence[Source], out: Path, settings: Settings, *, progress: Any) -> Prepared:
    """Analyse the takes of all sources and write the corpus into `out`.

    sources : the first one that has an instrument is its voice. progress : a tqdm, or what has its methods.
    """
    _check(sources, settings)
    todo = plan(sources, settings)
    if settings.strict and todo.problems:
        first = todo.problems[0]
        raise BridgeError(f"{first.name}: {first.reason}; mend it, or leave it out with --skip")
    items = mixtures_of(todo.items, settings) if settings.mixtures else todo.items
    with disk_errors(out):
        (out / SHARDS).mkdir(parents=True, exist_ok=True)
    shards = shards_of(items, sources, settings, out)
    _analyse(shards, sources, settings, progress)
    progress.set_description("merging")
    kept: list[Item] = []
    found: dict[tuple[str, str], Problem] = {}
    cents, seconds, sizes = [], [], {"frames": 0, "live": 0}
    for _, read in read_shards(shards):
        kept += read.items
        found.update({(problem.source, problem.name): problem for problem in read.problems})
        cents.append(read.cents)
        seconds.append(read.seconds)
        sizes["frames"] += sum(len(one.frames) for one in read.found)
        sizes["live"] += sum(len(one.live) for one in read.found)
    problems = (*todo.problems, *found.values())
    with disk_errors(out):
        write_problems(out / PROBLEMS, problems)
    refuse_missing(_instruments(items), _instruments(kept), problems)
    facts = {
        "settings": {name: value for name, value in dataclasses.asdict(settings).items() if name != "jobs"},
        "n_takes": len(kept),
        "n_frames": sizes["frames"],
        "n_live": sizes["live"],
        "n_problems": len(problems),
        "sounding_s": round(float(np.concatenate(seconds).sum()), 1),
        "retuned_cents_rms": round(float(np.sqrt(np.mean(np.concatenate(cents) ** 2))), 2),
    }
    merge = Merge(shards, kept, sources, settings)
    with disk_errors(out):
        corpus = merge.write(out, facts, sizes)
        shutil.rmtree(out / SHARDS)
    rows = summary_of(corpus, kept, np.concatenate(cents), np.concatenate(seconds))
    return Prepared(corpus, problems, rows)


def _instruments(items: Sequence[Item]) -> list[str]:
    return [part.take.instrument for item in items for part in item.parts]


def _check(sources: Sequence[Source], settings: Settings) -> None:
    """Refuse what cannot work."""
    names = [source.name for source in sources]
    if not sources:
        raise BridgeError("no source given; name a soundfont or a folder of recordings")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BridgeError(f"source {twice[0]!r} is given twice; give it once")
    for name, allowed in (("level", ("even", "keep")), ("vibrato", ("stop", "keep"))):
        if getattr(settings, name) not in allowed:
            raise BridgeError(f"--{name} {getattr(settings, name)!r}; allowed are {', '.join(allowed)}")
    if settings.jobs is not None and settings.jobs < 1:
        raise BridgeError(f"--jobs {settings.jobs}; at least 1 is needed")
    if settings.noise and settings.mixtures:
        raise BridgeError("--noise tells of single notes, --mixtures mixes them; leave out one of the two")
    if settings.mixtures < 0:
        raise BridgeError(f"--mixtures {settings.mixtures}; at least 0 is needed")


def _analyse(shards: Sequence[Shard], sources: Sequence[Source], settings: Settings, progress: Any) -> None:
    """Write the shards that are not there yet."""
    missing = [shard for shard in shards if not shard.path.exists()]
    done = sum(len(shard.items) for shard in shards) - sum(len(shard.items) for shard in missing)
    progress.set_description(f"analysing ({done} done before)" if done else "analysing")
    progress.reset(total=sum(len(shard.items) for shard in missing))
    jobs = min(settings.jobs or n_cores(), max(len(missing), 1))
    if jobs == 1:
        with threadpool_limits(1):  # as the workers have it: more threads add in another order
            for shard in missing:
                progress.update(analyse_shard(shard, sources, settings))
        return
    with _quiet_workers():
        pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start_worker, (tuple(sources), settings))
        futures: list[Future[int]] = [pool.submit(_work, shard) for shard in missing]
    try:
        for future in as_completed(futures):
            progress.update(future.result())
    except KeyboardInterrupt:
        progress.set_description("stopping when the takes in hand are done")
        raise
    except BrokenProcessPool as error:
        reason = "a worker process was ended, perhaps for want of memory"
        raise BridgeError(f"{reason}; run the same command again with fewer --jobs") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def n_cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _quiet_workers() -> Iterator[None]:
    """Let processes that are started here use one thread each, and leave Ctrl-C to their parent."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    in_main = threading.current_thread() is threading.main_thread()
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN) if in_main else None
    try:
        yield
    finally:
        if in_main:
            signal.signal(signal.SIGINT, handler)
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


_worker: dict[str, Any] = {}
"""What a worker process was started with."""


def _start_worker(sources: tuple[Source, ...], settings: Settings) -> None:
    """Prepare a worker process, which ends with its parent, however that ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker.update(sources=sources, settings=settings)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _work(shard: Shard) -> int:
    return analyse_shard(shard, _worker["sources"], _worker["settings"])


def write_problems(path: Path, problems: Sequence[Problem]) -> None:
    """List the files that were left out."""
    with atomic_write(path) as place, place.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("source", "name", "reason"))
        writer.writerows(dataclasses.astuple(problem) for problem in problems)
