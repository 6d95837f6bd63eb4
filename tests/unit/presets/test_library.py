"""Presets on disk: names, the user's before the shipped, and folders that are not as they should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from rt.bundle import bundle
from rt.config.user_folder import FOLDER, user_folder
from rt.errors import ControlError
from rt.presets import library
from rt.presets.library import SHIPPED, PresetLibrary, check_name
from rt.presets.preset import parse_preset


@pytest.fixture
def presets(tmp_path: Path) -> PresetLibrary:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "Flute.toml").write_text("format = 1\n")
    return PresetLibrary(tmp_path / "config" / "mine", shipped)


def test_the_users_come_before_the_shipped_whatever_the_case(presets: PresetLibrary) -> None:
    assert presets.names() == ["Flute"]
    presets.write("flute", "format = 1\nbundle = 'mine'\n")
    presets.write("an Ätna", "format = 1\n")
    assert presets.names() == ["an Ätna", "flute"]
    assert presets.read("FLUTE") == {"format": 1, "bundle": "mine"}
    presets.write("FLUTE", "format = 1\nbundle = 'again'\n")
    assert presets.names() == ["an Ätna", "flute"] and presets.read("flute")["bundle"] == "again"
    presets.delete("Flute")
    assert presets.names() == ["an Ätna", "Flute"] and presets.read("Flute") == {"format": 1}
    with pytest.raises(ControlError, match="is a shipped one and stays"):
        presets.delete("flute")
    with pytest.raises(ControlError, match="'oboe' is none"):
        presets.delete("oboe")
    with pytest.raises(ControlError, match="there is no preset 'oboe'; /lb/preset list tells the names"):
        presets.read("oboe")


@pytest.mark.parametrize(
    "name",
    ["", " ", ".", "..", "../x", "a/b", "a\\b", "/etc/passwd", "C:x", "a\0b", "a\nb", "x" * 61, ".hidden", "dot.",
     "NUL", "com1.x", "*", "#3", "a\u202eb", "~"],
)  # fmt: skip
def test_no_name_leaves_the_folder_or_is_none_elsewhere(name: str) -> None:
    with pytest.raises(ControlError, match="is no name for a preset; allowed are 1 to 60 letters"):
        check_name(name)


def test_names_are_told_apart_by_what_they_look_like(presets: PresetLibrary) -> None:
    assert check_name(" Cafe\u0301 (2) ") == "Caf\u00e9 (2)"


def test_damaged_files_and_folders_are_told(presets: PresetLibrary, tmp_path: Path) -> None:
    presets.write("good", "format = 1\n")
    mine = tmp_path / "config" / "mine"
    (mine / "bad.toml").write_bytes(b"\xff\xfe\x00")
    (mine / "folder.toml").mkdir()
    (mine / "notes.txt").write_text("mine")
    assert presets.names() == ["bad", "Flute", "folder", "good"]
    for name in ("bad", "folder"):
        with pytest.raises(ControlError, match=rf"{name}\.toml: "):
            presets.read(name)
    with pytest.raises(ControlError, match="cannot be deleted"):
        presets.delete("folder")
    blocked = PresetLibrary(tmp_path / "file" / "mine")
    (tmp_path / "file").write_text("")
    with pytest.raises(ControlError, match="cannot be written"):
        blocked.write("x", "")


def test_they_are_not_without_number(presets: PresetLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "MOST_PRESETS", 3)
    presets.write("a", "format = 1\n")
    presets.write("b", "format = 1\n")
    with pytest.raises(ControlError, match="there are 3 presets already; delete one"):
        presets.write("c", "format = 1\n")
    presets.write("b", "format = 1\n# again\n")


def test_ten_are_shipped_and_the_default_bundle_has_all_that_they_name() -> None:
    shipped, manifest = PresetLibrary(Path("/nowhere")), bundle.load(str(bundle.DEFAULT)).manifest
    names = shipped.names()
    assert len(names) == 10 and {path.stem for path in SHIPPED.iterdir()} == {check_name(name) for name in names}
    for name in names:
        entries, lacking = parse_preset(shipped.read(name), manifest)
        assert entries and lacking == [], name


def test_another_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    assert user_folder() == tmp_path
    monkeypatch.delenv(FOLDER)
    assert user_folder().name == "latent-bridge"
