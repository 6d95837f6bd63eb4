"""The prepared corpus on disk: labelled frames as memory-mapped arrays, with what they mean and their checksums.

A folder holds one `.npy` file per array, `corpus.json`, which is written last, and `problems.csv`.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from export.corpus import Corpus, CorpusInstrument, frame_of, plain_frame
from rt.arrays import AnyArray
from rt.atomic_write import atomic_write
from rt.bundle.manifest import Licence, ListenerSpec, SymbolSpec
from rt.errors import BridgeError
from rt.frames.live import LIVE
from rt.frames.noise import NOISE_40
from rt.frames.spec import NSGT_410

CORPUS_FORMAT = 1
CORPUS = "corpus.json"
ROWS_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class ArrayFile:
    """What an array's file must be."""

    dtype: str
    shape: tuple[int, ...]
    sha256: str


ARRAYS = {
    "name": "U",
    "source": "<i8",
    "voice": "|b1",
    "held_out": "|b1",
    "classes": "<i8",
    "note": "<i8",
    "frames": "<f2",
    "frame_take": "<i8",
    "frame_age_s": "<f4",
    "frame_place_s": "<f4",
    "frame_slot": "<i8",
    "live": "<f2",
    "live_take": "<i8",
    "live_age_s": "<f4",
}
"""Type of each array."""
NOISE = {"noise": "<f2"}
"""The same for the array of a corpus with noise."""
OLD_NAMES = {"held_out": "held"}
"""What arrays were called when older corpora were written, which are read as ever."""
MAPPED = ("frames", "live", "noise")
"""Arrays that stay on disk; the others are read."""


def save(corpus: Corpus, folder: Path) -> None:
    """Write a corpus that is in memory."""
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        remove(folder)
        files = {}
        for name in arrays_of(corpus):
            array = typed(name, getattr(corpus, name))
            parts = (array[row : row + ROWS_AT_ONCE] for row in range(0, len(array), ROWS_AT_ONCE))
            files[name] = write_array(folder / f"{name}.npy", array.dtype, array.shape, parts)
        seal(corpus, folder, files)


def arrays_of(corpus: Corpus) -> dict[str, str]:
    """Type of each array that a corpus has."""
    return ARRAYS | (NOISE if corpus.n_noise else {})


def typed(name: str, array: AnyArray) -> AnyArray:
    """An array as it is stored."""
    return np.asarray(array, str if name == "name" else (ARRAYS | NOISE)[name])


def write_array(path: Path, dtype: Any, shape: tuple[int, ...], parts: Iterable[AnyArray]) -> ArrayFile:
    """Write an array piece by piece, none of which stays in memory.

    shape : of the whole. parts : arrays that follow each other along the first axis.
    """
    dtype, digest, n_rows = np.dtype(dtype), hashlib.sha256(), 0
    header = io.BytesIO()
    described = {"descr": np.lib.format.dtype_to_descr(dtype), "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(header, described)
    digest.update(header.getvalue())
    with atomic_write(path) as place, place.open("wb") as stream:
        stream.write(header.getvalue())
        for part in parts:
            data = np.ascontiguousarray(part, dtype).tobytes()
            stream.write(data)
            digest.update(data)
            n_rows += len(part)
        assert n_rows == shape[0], (n_rows, shape)
    return ArrayFile(dtype.str, shape, digest.hexdigest())


def seal(corpus: Corpus, folder: Path, files: dict[str, ArrayFile]) -> None:
    """Write `corpus.json`, by which a folder becomes a corpus."""
    plain = [f.name for f in dataclasses.fields(Corpus) if f.name not in ARRAYS | NOISE]
    stored = {name: _plain(getattr(corpus, name)) for name in plain} | {"frame": plain_frame(corpus.frame)}
    described = {name: dataclasses.asdict(file) for name, file in files.items()}
    write_json(folder / CORPUS, {"format": CORPUS_FORMAT, "numpy": np.__version__, **stored, "arrays": described})


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a file at once: either the old or the new content is there."""
    with atomic_write(path) as place:
        place.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def remove(folder: Path) -> None:
    """Take away a corpus, its manifest first; other files stay."""
    for name in (CORPUS, *(f"{array}.npy" for array in (*ARRAYS, *NOISE, *OLD_NAMES.values()))):
        (folder / name).unlink(missing_ok=True)


def load(folder: Path, *, check: bool = True) -> Corpus:
    """Open a corpus; frames stay on disk until they are read.

    check : compare the checksums of all files, which reads them once.
    """
    stored = _read_json(folder)
    try:
        arrays = ARRAYS | ({} if stored["frame"].get("noise") is None else NOISE)
        corpus = Corpus(
            frame=frame_of(stored["frame"]),
            listener=ListenerSpec(**stored["listener"]),
            symbols=tuple(SymbolSpec(name=s["name"], classes=tuple(s["classes"])) for s in stored["symbols"]),
            instruments=tuple(CorpusInstrument(**i) for i in stored["instruments"]),
            sources=tuple(stored["sources"]),
            licences=tuple(Licence(**licence) for licence in stored["licences"]),
            max_age_s=float(stored["max_age_s"]),
            n_sources=int(stored["n_sources"]),
            facts=stored["facts"],
            **{name: _open_array(folder, name, stored["arrays"], check) for name in arrays},
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BridgeError(f"{folder / CORPUS}: damaged ({error}); run `python -m export prepare` again") from error
    known = corpus.frame in (NSGT_410, dataclasses.replace(NSGT_410, noise=NOISE_40))
    if not known or corpus.listener != LIVE:
        raise BridgeError(f"{folder}: made for another analyser; run `python -m export prepare` again")
    return corpus


def _read_json(folder: Path) -> dict[str, Any]:
    path = folder / CORPUS
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        unfinished = (folder / "shards").exists()
        reason = "not finished" if unfinished else f"no prepared corpus there ({error.strerror})"
        raise BridgeError(f"{folder}: {reason}; run `python -m export prepare SOURCE... --out {folder}`") from error
    except ValueError as error:
        raise BridgeError(f"{path}: not JSON ({error}); run `python -m export prepare` again") from error
    found = stored.get("format") if isinstance(stored, dict) else None
    if found != CORPUS_FORMAT:
        wanted = f"corpus format {found}, this program reads {CORPUS_FORMAT}"
        raise BridgeError(f"{path}: {wanted}; run `python -m export prepare` again")
    return dict(stored)


def _open_array(folder: Path, name: str, described: dict[str, Any], check: bool) -> AnyArray:
    """One array, mapped if it is large; BridgeError when it is not the one that was written."""
    stored_name = name if name in described else OLD_NAMES.get(name, name)
    path, wanted = folder / f"{stored_name}.npy", described[stored_name]
    try:
        array: AnyArray = np.load(
            path, mmap_mode="r" if name in MAPPED and wanted["shape"][0] else None, allow_pickle=False
        )
    except (OSError, ValueError, EOFError) as error:
        raise BridgeError(f"{path}: unreadable ({error}); run `python -m export prepare` again") from error
    same = array.dtype.str == wanted["dtype"] and array.shape == tuple(wanted["shape"])
    if not same or (check and _sha256(path) != wanted["sha256"]):
        raise BridgeError(f"{path}: changed since it was prepared; run `python -m export prepare` again")
    return array


def _sha256(path: Path) -> str:
    """Checksum of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _plain(value: Any) -> Any:
    """Dataclasses and tuples as JSON has them."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) and not isinstance(value, type) else value


@contextlib.contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Turn a full disk and its like into one line."""
    try:
        yield
    except OSError as error:
        told = "what is done is kept: mend that and run the same command again"
        raise BridgeError(f"{folder}: {error.strerror or error}; {told}") from error
