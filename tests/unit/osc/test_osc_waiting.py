"""Requests that are answered later: sync, load and listen."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from rt.bundle.bundle import Bundle
from rt.bundle.manifest import MANIFEST
from rt.errors import BundleError
from rt.osc import commands
from rt.parameters import LATENT
from tests.support.recording_bridge import RecordingBridge
from tests.unit.osc.wire import FLAT, Client


def test_sync_waits_for_the_engine(host: RecordingBridge, client: Client) -> None:
    host.is_stuck = True
    client.send("/lb/sync", 7)
    assert client.is_silent()
    host.is_stuck = False
    assert client.receive() == ["/lb/synced", 7]


def test_sync_gives_up(host: RecordingBridge, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "SYNC_S", 0.05)
    host.is_stuck = True
    assert client.ask("/lb/sync", 7)[:2] == ["/lb/fail", "/lb/sync"]
    for i in range(commands.MAX_SYNCS + 40):
        client.send("/lb/sync", i)
    assert "wait already" in " ".join(str(client.receive()[2]) for _ in range(commands.MAX_SYNCS + 40))


def test_sync_comes_after_the_latents_before_it(host: RecordingBridge, client: Client) -> None:
    client.send("/lb/latent", *FLAT)
    assert client.ask("/lb/sync", 1) == ["/lb/synced", 1]
    assert host.events == [LATENT.set(*FLAT)]


def make_bundle(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / MANIFEST).write_text("{}")
    return folder


def test_load_is_confirmed_when_it_plays_and_sync_waits_for_it(
    host: RecordingBridge, client: Client, tmp_path: Path
) -> None:
    folder = make_bundle(tmp_path / "mine" / "one")
    client.send("/lb/load", "one")
    client.send("/lb/sync", 3)
    assert client.is_silent()
    path, load = host.loads[0]
    assert path == folder.resolve()
    threading.Thread(target=load.set_result, args=(Bundle(path, host.manifest),)).start()
    assert [client.receive(), client.receive()] == [["/lb/done", "/lb/load", "one"], ["/lb/synced", 3]]


def test_load_tells_why_not(host: RecordingBridge, client: Client, tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "mine" / "one")
    client.send("/lb/load", str(folder / MANIFEST))
    assert client.is_silent()
    host.loads[0][1].set_exception(BundleError("no room"))
    assert client.receive() == ["/lb/fail", "/lb/load", "no room"]
    host.load_error = "damaged"
    assert client.ask("/lb/load", "one") == ["/lb/fail", "/lb/load", "damaged"]
    assert client.ask("/lb/sync", 1) == ["/lb/synced", 1]


def test_listening_is_confirmed_and_sync_waits_for_it(host: RecordingBridge, client: Client) -> None:
    client.send("/lb/listen", 1)
    client.send("/lb/sync", 4)
    assert client.ask("/lb/ping") == ["/lb/pong"], "the sync waits"
    on, work = host.wishes[0]
    assert on
    work.set_result(None)
    assert [client.receive(), client.receive()] == [["/lb/done", "/lb/listen", "on"], ["/lb/synced", 4]]
    client.send("/lb/listen", 0)
    assert client.ask("/lb/ping") == ["/lb/pong"]
    assert not host.wishes[1][0]
    host.wishes[1][1].set_exception(BundleError("no ears"))
    assert client.receive() == ["/lb/fail", "/lb/listen", "no ears"]


def test_load_stays_inside_the_bundle_folders(host: RecordingBridge, client: Client, tmp_path: Path) -> None:
    make_bundle(tmp_path / "mine" / "one")
    outside = make_bundle(tmp_path / "outside")
    (tmp_path / "mine" / "link").symlink_to(outside)
    (tmp_path / "mine" / "loop").symlink_to(tmp_path / "mine" / "loop")
    for name in (str(outside), "../outside", "one/../../outside", "link", "loop", "~", "", "x" * 5000, "/", "none"):
        answer = client.ask("/lb/load", name)
        assert answer[:2] == ["/lb/fail", "/lb/load"], name
        assert "there are one" in answer[2]
        assert "link" not in answer[2].split("there are")[1]
    assert host.loads == []
