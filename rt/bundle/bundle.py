"""The contract between export and rt: a folder with `manifest.json` and ONNX graphs.

A bundle may come from anyone. Loading checks the manifest and the SHA-256 of every file; it executes nothing. A graph
is handed out as bytes that were read, hashed and looked into: what onnxruntime gets is what was checked. Who opens its
graphs at once loads it with its bytes, and so reads and hashes every file once.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from rt.bundle.bundle_files import read_plain
from rt.bundle.graph_check import GraphFault, check_graph
from rt.bundle.manifest import MANIFEST, FileSpec, Manifest
from rt.bundle.manifest_reader import parse_manifest, plain, read_manifest
from rt.errors import BundleError, ControlError

DEFAULT = Path(__file__).parents[1] / "bundles" / "default"
MAX_PATH_BYTES = 256
"""Longest path, in UTF-8, of a bundle that is asked for while another plays."""
MAX_LISTED = 12
"""Names of bundles that one message tells at most."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A checked bundle on disk."""

    path: Path
    manifest: Manifest
    contents: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    """What its files held when they were checked, by name, where that was kept."""

    def without_contents(self) -> Bundle:
        """The same, whose files are read when they are asked for."""
        return Bundle(self.path, self.manifest) if self.contents else self

    def graph_path(self, name: str) -> Path:
        """File of one graph; BundleError when the bundle lacks it."""
        graph = self.manifest.graphs.get(name)
        if graph is None:
            have = ", ".join(self.manifest.graphs)
            raise BundleError(f"bundle {self.manifest.name!r} has no graph {name!r}, only {have}")
        return self.path / graph.file

    def graph_bytes(self, name: str) -> bytes:
        """One graph, read now unless it was kept; BundleError unless it is the manifest's and has allowed operators."""
        path = self.graph_path(name)
        data = self.contents.get(path.name) or read_checked(path, self.manifest.files[path.name])
        try:
            check_graph(data)
        except GraphFault as fault:
            raise BundleError(f"{path}: {fault}; export the model again") from fault
        return data


def find(name_or_path: str) -> Path:
    """Folder of a bundle: a path, or the name of one that is shipped with the program."""
    path = Path(name_or_path).expanduser()
    if path.name == MANIFEST:
        path = path.parent
    shipped = DEFAULT.parent / name_or_path
    if not path.exists() and PurePosixPath(name_or_path).name == name_or_path and shipped.is_dir():
        return shipped
    return path


def find_allowed(name_or_path: str, roots: Sequence[Path]) -> Path:
    """Folder of a bundle that the network may load: inside one of `roots`, or a shipped one; links are followed.

    Raises ControlError, which lists the bundles there are but tells nothing about the rest of the disk.
    """
    folders = [root.resolve() for root in (*roots, DEFAULT.parent)]
    folders = [folder for folder in folders if folder.parent != folder]  # the whole disk is no place for bundles
    for folder in folders:
        try:
            path = (folder / name_or_path).resolve()
            if path.name == MANIFEST:
                path = path.parent
            is_inside = any(path.is_relative_to(root) for root in folders)
            if is_inside and len(str(path).encode()) <= MAX_PATH_BYTES and (path / MANIFEST).is_file():
                return path
        except (OSError, RuntimeError, ValueError):  # too long, a loop of links, a zero byte, no UTF-8
            continue
    known = ", ".join(_names(folders)) or "none"
    raise ControlError(f"no bundle {name_or_path[:60]!r} may be loaded; there are {known}")


def _names(folders: Sequence[Path]) -> list[str]:
    """Names of the bundles right inside the folders, MAX_LISTED at most; links that lead out are not told."""
    paths = [path.parent for folder in folders for path in sorted(folder.glob(f"*/{MANIFEST}"))]
    inside = [path.name for path in paths if any(path.resolve().is_relative_to(folder) for folder in folders)]
    return list(dict.fromkeys(inside))[:MAX_LISTED]


def load(name_or_path: str | Path, *, keeps: bool = False) -> Bundle:
    """Read and check a bundle; BundleError says in one line what is wrong. keeps : the bytes of its files with it."""
    path = find(str(name_or_path))
    if not path.is_dir():
        raise BundleError(f"{path}: no bundle folder there; give the folder that holds {MANIFEST}, or 'default'")
    data = read_manifest(path / MANIFEST)
    manifest = parse_manifest(data, path / MANIFEST)
    contents = {MANIFEST: data} if keeps else {}
    for name, spec in manifest.files.items():
        checked = read_checked(path / name, spec)
        if keeps:
            contents[name] = checked
    return Bundle(path, manifest, contents)


def read_checked(path: Path, spec: FileSpec) -> bytes:
    """The bytes of a file; BundleError unless they have the size and hash that the manifest names."""
    data = read_plain(path, spec.n_bytes, f"the manifest says {spec.n_bytes} bytes, copy the bundle again")
    if len(data) != spec.n_bytes:
        raise BundleError(f"{path}: {len(data)} bytes, the manifest says {spec.n_bytes}; copy the bundle again")
    found = hashlib.sha256(data).hexdigest()
    if found != spec.sha256:
        told = f"SHA-256 {found[:12]}... is not the manifest's {spec.sha256[:12]}..."
        raise BundleError(f"{path}: {told}; the file was changed, copy the bundle again")
    return data


def save(folder: Path, manifest: Manifest) -> Bundle:
    """Write `manifest.json` beside the graphs and the card that lie in `folder` already; fills in sizes and hashes.

    The result is read back and checked; BundleError when it would not load.
    """
    names = sorted({graph.file for graph in manifest.graphs.values()} | ({manifest.card} if manifest.card else set()))
    files = {}
    for name in names:
        data = (folder / name).read_bytes()
        files[name] = FileSpec(sha256=hashlib.sha256(data).hexdigest(), n_bytes=len(data))
    raw = plain(dataclasses.asdict(dataclasses.replace(manifest, files=files)))
    if manifest.frame.noise is None:
        del raw["frame"]["noise"]  # programs that know nothing of noise play the bundle too
    text = json.dumps(raw, indent=1, allow_nan=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return load(folder)
