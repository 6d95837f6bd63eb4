"""What the host does before anything runs: the bundle is read and hashed once, for its manifest and its ears."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from rt.bundle import bundle
from rt.bundle.manifest import FileSpec
from rt.config import config
from rt.errors import BundleError
from rt.host.server import Server
from rt.listening.build import make_hearing
from tests.support.small_bundle import make_bundle


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file was read and hashed."""
    counted: Counter[str] = Counter()
    read_checked = bundle.read_checked

    def count(path: Path, spec: FileSpec) -> bytes:
        counted[path.name] += 1
        return read_checked(path, spec)

    monkeypatch.setattr(bundle, "read_checked", count)
    return counted


@pytest.mark.parametrize("listens", [False, True])
def test_every_file_is_hashed_once(tiny_bundle_path: Path, read: Counter[str], listens: bool) -> None:
    settings = config.load(flags={"model.bundle": str(tiny_bundle_path), "listen.on": listens})
    server: Any = Server(settings)
    client = server._supervisor.engine_client
    assert not client.bundle.contents  # they are large, and of no more use
    if listens:
        hearing = make_hearing(settings, client, server._host, output=server._midi, notify=lambda *_: None)
        hearing.load_ears(server._ears)
        hearing.load_ears()  # as when listening is asked for
    assert read == Counter(client.bundle.manifest.files.keys())


def test_a_bundle_without_ears_is_said_before_anything_starts(tmp_path: Path) -> None:
    made = make_bundle(tmp_path / "deaf")
    with pytest.raises(BundleError, match="cannot listen"):
        Server(config.load(flags={"model.bundle": str(made.path), "listen.on": True}))
