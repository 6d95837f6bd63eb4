"""The README is true: its commands parse, its messages are in the table. All links in documents lead somewhere."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from export.__main__ import make_parser as make_export_parser
from rt.bundle.bundle import DEFAULT
from rt.bundle.bundle import load as load_bundle
from rt.command_line import make_parser
from rt.commands.run import read_config
from rt.config import config
from rt.osc.message import check
from rt.osc.table import INCOMING

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "maxpatches" / "README.md"])


def commands(program: str) -> Iterator[list[str]]:
    """Arguments of each line that calls a program, comments aside."""
    for line in re.findall(rf"^(?:    )?(?:\S*[/\\])?{re.escape(program)} (.*)$", TEXT, re.MULTILINE):
        yield shlex.split(line, comments=True)


def test_play_commands_parse() -> None:
    lines = [line for line in commands("make") if line[0] == "play" and len(line) > 1]
    flags = [shlex.split(argument.removeprefix("ARGS=")) for _, argument in lines]
    flags += [shlex.split(rest) for rest in re.findall(r"python run_server\.py (--.*)$", TEXT, re.MULTILINE)]
    assert len(flags) >= 3
    for own in flags:
        chosen = read_config(make_parser().parse_args(["run", *own]))
        assert chosen.run.demo or chosen.listen.on or own == ["--bundle", "build/bundle"]


def test_other_commands_parse() -> None:
    lines = list(commands("latent-bridge"))
    assert {line[0] for line in lines} >= {"devices", "doctor", "info", "osc", "render"}
    for line in lines:
        make_parser().parse_args(line)


def test_export_commands_parse() -> None:
    lines = list(commands("python -m export"))
    assert [line[0] for line in lines] == ["prepare", "train", "evaluate", "bundle"]
    for line in lines:
        make_export_parser().parse_args(line)


def test_flags_that_are_named_exist() -> None:
    choices = make_parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    known = {flag for own in choices.values() for flag in re.findall(r"--[a-z0-9-]+", own.format_help())}  # type: ignore[union-attr]
    foreign = {"--instrument", "--json"}
    text = re.sub(r"^.*python -m export .*$", "", TEXT, flags=re.MULTILINE)
    named = set(re.findall(r"(?<![\w-])(--[a-z][a-z-]+)", text))
    assert named - known - foreign == set()


def test_osc_messages_are_in_the_table() -> None:
    n_latents = load_bundle(DEFAULT).manifest.latent.size
    messages = list(commands("oscsend"))
    assert len(messages) >= 6
    for host, port, address, types, *arguments in messages:
        assert (host, port) == ("127.0.0.1", str(config.load().osc.port))
        convert = {"i": int, "f": float, "s": str}
        check(INCOMING[address], [convert[t](a) for t, a in zip(types, arguments, strict=True)], n_latents=n_latents)


def anchors(path: Path) -> set[str]:
    """Names of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if not target.startswith("https://"):
            name, _, anchor = target.partition("#")
            place = path.parent / name if name else path
            assert place.exists(), target
            assert not anchor or anchor in anchors(place), target


def test_make_targets_exist() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {line[0] for line in commands("make")} <= set(targets)
