"""The contract between export and rt: a folder with `manifest.json` and ONNX graphs.

Loading checks the manifest and the SHA-256 of every file before anything is allocated; it executes nothing.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rt.bundle.manifest import MANIFEST, FileSpec, Manifest
from rt.bundle.manifest_reader import read_manifest
from rt.errors import BundleError

DEFAULT = Path(__file__).parents[1] / "bundles" / "default"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A checked bundle on disk."""

    path: Path
    manifest: Manifest

    def graph_path(self, name: str) -> Path:
        """File of one graph; BundleError when the bundle lacks it."""
        graph = self.manifest.graphs.get(name)
        if graph is None:
            have = ", ".join(self.manifest.graphs)
            raise BundleError(f"bundle {self.manifest.name!r} has no graph {name!r}, only {have}")
        return self.path / graph.file


def find(name_or_path: str) -> Path:
    """Folder of a bundle: a path, or the name of one that is shipped with the program."""
    path = Path(name_or_path).expanduser()
    if path.name == MANIFEST:
        path = path.parent
    shipped = DEFAULT.parent / name_or_path
    if not path.exists() and PurePosixPath(name_or_path).name == name_or_path and shipped.is_dir():
        return shipped
    return path


def load(name_or_path: str | Path) -> Bundle:
    """Read and check a bundle; BundleError says in one line what is wrong."""
    path = find(str(name_or_path))
    if not path.is_dir():
        raise BundleError(f"{path}: no bundle folder there; give the folder that holds {MANIFEST}, or 'default'")
    manifest = read_manifest(path / MANIFEST)
    for name, spec in manifest.files.items():
        check_file(path / name, spec)
    return Bundle(path, manifest)


def check_file(path: Path, spec: FileSpec) -> None:
    """Raise BundleError unless the file has the size and hash that the manifest names."""
    try:
        n_bytes = path.stat().st_size
        if n_bytes != spec.n_bytes:
            raise BundleError(f"{path}: {n_bytes} bytes, the manifest says {spec.n_bytes}; copy the bundle again")
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise BundleError(f"{path}: {error.strerror}; the manifest lists it, copy the bundle again") from error
    if found != spec.sha256:
        told = f"SHA-256 {found[:12]}... is not the manifest's {spec.sha256[:12]}..."
        raise BundleError(f"{path}: {told}; the file was changed, copy the bundle again")


def save(folder: Path, manifest: Manifest) -> Bundle:
    """Write `manifest.json` beside the graphs and the card that lie in `folder` already; fills in sizes and hashes.

    The result is read back and checked; BundleError when it would not load.
    """
    names = sorted({graph.file for graph in manifest.graphs.values()} | ({manifest.card} if manifest.card else set()))
    files = {}
    for name in names:
        data = (folder / name).read_bytes()
        files[name] = FileSpec(sha256=hashlib.sha256(data).hexdigest(), n_bytes=len(data))
    text = json.dumps(dataclasses.asdict(dataclasses.replace(manifest, files=files)), indent=1, allow_nan=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return load(folder)
