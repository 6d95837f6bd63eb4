"""The Max package is what its code and the OSC table say, and clean by py2max's lint."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from py2max import Patcher
from py2max.lint import W_OFFCANVAS, lint
from py2max.m4l import unpack_amxd

from maxpatches.source import devices, generate
from maxpatches.source.names import n_latents
from maxpatches.source.parts import ALL, bridge
from rt.config import config
from rt.osc.message import Message
from rt.osc.table import INCOMING, OUTGOING
from tests.support import max_patches
from tests.support.max_patches import MANY, ROOT, PatchReader, Types, levels, words

PATCHES = max_patches.paths()
ABSENT: dict[str, str] = {}
"""Addresses that no patch has, and why."""


def test_there_is_everything() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in PATCHES}
    assert {f"patchers/{part.REFERENCE.name}.maxpat" for part in ALL} <= names
    assert {f"help/{part.REFERENCE.name}.maxhelp" for part in ALL} <= names
    assert len([name for name in names if name.startswith("examples/")]) == 5
    assert len([name for name in names if name.endswith(".amxd")]) == 2


def test_committed_files_are_generated() -> None:
    made = generate.files()
    hint = "run python -m maxpatches.source.generate"
    for name, data in made.items():
        assert (ROOT / name).is_file(), f"{name} is missing; {hint}"
        assert (ROOT / name).read_bytes() == data, f"{name} is not what the code makes; {hint}"
    folders = {(ROOT / name).parent for name in made} - {ROOT}
    there = {path.resolve() for folder in folders for path in folder.iterdir() if path.is_file()}
    assert there == {(ROOT / name).resolve() for name in made if (ROOT / name).parent != ROOT}


@pytest.mark.parametrize("path", PATCHES, ids=lambda path: path.name)
def test_lint_finds_nothing(path: Path) -> None:
    patch = Patcher.from_dict(max_patches.load(path))
    # Windows are as large as the face, and the patching view behind it is larger.
    found = [str(finding) for finding in lint(patch) if finding.code != W_OFFCANVAS]
    assert patch._boxes
    assert found == []


@pytest.mark.parametrize("path", PATCHES, ids=lambda path: path.name)
def test_ids_are_unique_and_nothing_points_out_of_the_package(path: Path) -> None:
    patchers = {file.name for file in (ROOT / "patchers").iterdir()}
    for level in levels(max_patches.load(path)):
        ids = [entry["box"]["id"] for entry in level["boxes"]]
        assert len(ids) == len(set(ids))
        for entry in level["boxes"]:
            box = entry["box"]
            if box["maxclass"] == "bpatcher":
                assert box["name"] in patchers
    text = unpack_amxd(path.read_bytes())[0].decode() if path.suffix == ".amxd" else path.read_text("utf-8")
    assert not re.search(r"/(Users|home|Volumes|work|tmp|opt|root)/|[A-Za-z]:[\\/]|~/", text)


def test_ports_are_the_defaults() -> None:
    osc = config.load().osc
    seen = set()
    for path in PATCHES:
        for level in levels(max_patches.load(path)):
            for text in (words(entry["box"]) for entry in level["boxes"]):
                if text[:1] == ["udpsend"]:
                    assert text[1:] == ["127.0.0.1", str(osc.port)]
                elif text[:1] == ["udpreceive"]:
                    assert text[1:] == [str(osc.reply_port)]
                elif text[:2] == ["patcherargs", "127.0.0.1"]:
                    assert text[2:4] == [str(osc.port), str(osc.reply_port)]
                else:
                    continue
                seen.add(text[0])
    assert seen == {"udpsend", "udpreceive", "patcherargs"}


def test_only_the_connection_opens_sockets() -> None:
    for path in PATCHES:
        names = [words(entry["box"])[:1] for level in levels(max_patches.load(path)) for entry in level["boxes"]]
        n_sockets = names.count(["udpsend"]) + names.count(["udpreceive"])
        expected = 2 if path.suffix == ".amxd" or path.name == f"{bridge.REFERENCE.name}.maxpat" else 0
        assert n_sockets == expected, path.name


def fits(message: Message, types: Types) -> bool:
    """Whether a message with arguments of these types is one of the table; an f takes an i, nothing else mixes."""
    args = list(message.args)
    if types == (MANY,):
        return [arg.per_latent for arg in args] == [True]
    wanted = [arg for arg in args for _ in range(n_latents() if arg.per_latent else 1)]
    n_needed = sum(not arg.optional for arg in wanted)
    if not n_needed <= len(types) <= len(wanted):
        return False
    return all(given == arg.type or (given, arg.type) == ("i", "f") for given, arg in zip(types, wanted, strict=False))


@pytest.mark.parametrize("path", PATCHES, ids=lambda path: path.name)
def test_every_message_of_a_patch_is_in_the_table(path: Path) -> None:
    for level in levels(max_patches.load(path)):
        reader = PatchReader(level)
        for address, types, text in reader.sent():
            assert address in INCOMING, text
            assert fits(INCOMING[address], types), f"{text} sends {types}, the table wants {INCOMING[address].args}"
        for address, expected in reader.taken():
            assert address in OUTGOING, address
            told = tuple(arg.type for arg in OUTGOING[address].args)
            for types in expected:
                assert types == told, f"unpack after route {address} expects {types}, the table tells {told}"


def test_every_address_of_the_table_is_in_a_patch() -> None:
    sent, taken = set(), set()
    for path in PATCHES:
        for level in levels(max_patches.load(path)):
            reader = PatchReader(level)
            sent |= {address for address, _, _ in reader.sent()}
            taken |= {address for address, _ in reader.taken()}
    assert not ABSENT.keys() & (sent | taken)
    assert sent | (ABSENT.keys() & INCOMING.keys()) == INCOMING.keys()
    assert taken | (ABSENT.keys() & OUTGOING.keys()) == OUTGOING.keys()


@pytest.mark.parametrize("part", ALL, ids=lambda part: part.REFERENCE.name)
def test_a_reference_lists_what_its_patch_sends_and_takes(part: ModuleType) -> None:
    about = part.REFERENCE
    level = max_patches.load(ROOT / f"patchers/{about.name}.maxpat")
    reader = PatchReader(level)
    used = {address for address, _, _ in reader.sent()} | {address for address, _ in reader.taken()}
    assert used == set(about.addresses)
    kinds = [entry["box"]["maxclass"] for entry in level["boxes"]]
    assert (kinds.count("inlet"), kinds.count("outlet")) == (len(about.inlets), len(about.outlets))
    page = ElementTree.parse(ROOT / f"docs/{about.name}.maxref.xml").getroot()
    assert page.get("name") == about.name
    assert len(page.findall("inletlist/inlet")) == len(about.inlets)
    assert len(page.findall("objarglist/objarg")) == len(about.arguments)


def test_package_info_tells_the_version() -> None:
    info = json.loads((ROOT / "package-info.json").read_text("utf-8"))
    assert info == generate.package_info()
    assert re.fullmatch(r"[a-z-]+", info["name"])
    assert (ROOT / "extras" / info["homepatcher"]).is_file()


@pytest.mark.parametrize("name", devices.ALL)
def test_a_device_reopened_and_rewritten_has_the_same_bytes(name: str) -> None:
    data = (ROOT / "devices" / name).read_bytes()
    assert data[:4] == b"ampf"
    assert data[8:12] == {"latent-bridge.amxd": b"iiii"}.get(name, b"mmmm")
    assert int.from_bytes(data[16:20], "little") == len(data) - 20
    assert devices.rewrite(data, Path(name).stem) == data
    patcher = max_patches.load(ROOT / "devices" / name)
    assert patcher["project"]["amxdtype"] == int.from_bytes(data[8:12], "big")
    assert patcher["openinpresentation"] == 1


@pytest.mark.parametrize("name", devices.ALL)
def test_the_controls_of_a_device_automate(name: str) -> None:
    boxes = [entry["box"] for entry in max_patches.load(ROOT / "devices" / name)["boxes"]]
    controls = [box for box in boxes if box["maxclass"].startswith("live.")]
    names = [box["saved_attribute_attributes"]["valueof"]["parameter_longname"] for box in controls]
    assert len(controls) >= 3
    assert all(box["parameter_enable"] == 1 for box in controls)
    assert len(set(names)) == len(names)
    shown = [box for box in boxes if box.get("presentation")]
    for x, y, w, h in (box["presentation_rect"] for box in shown):
        assert x >= 0 and y >= 0 and y + h <= 170
        assert x + w <= max_patches.load(ROOT / "devices" / name)["devicewidth"]
