"""The diffs in CONTRIBUTING.md fit the code as it is, and its example of a command runs."""

from __future__ import annotations

import argparse
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DIFFS = [textwrap.dedent(text) for text in re.findall(r"^ *```diff\n(.*?)^ *```", PAGE, re.MULTILINE | re.DOTALL)]
FILES = [
    (name, lines)
    for diff in DIFFS
    for name, lines in re.findall(r"^--- a/.*\n\+\+\+ b/(.*)\n((?:.*\n)*?)(?=^--- a/|\Z)", diff, re.MULTILINE)
]


def test_there_are_diffs() -> None:
    assert len(DIFFS) == 3
    assert len(FILES) == sum(diff.count("\n+++ ") for diff in DIFFS) == 8


@pytest.mark.parametrize(("name", "lines"), FILES, ids=[name for name, _ in FILES])
def test_a_diff_fits(name: str, lines: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for hunk in re.split(r"^@@.*\n", lines, flags=re.MULTILINE):
        before = "".join(f"{line[1:]}\n" for line in hunk.splitlines() if not line.startswith("+"))
        assert before in text


def test_the_command_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (source,) = (text for text in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL) if "def run" in text)
    command: dict[str, Any] = {}
    exec(compile(source, "CONTRIBUTING.md", "exec"), command)
    parser = argparse.ArgumentParser()
    command["add_arguments"](parser)
    assert command["run"](parser.parse_args([])) == 0
    assert "Violin               G3 to E7" in capsys.readouterr().out


def test_the_setting_is_there() -> None:
    (line,) = re.findall(r"^attack_s: .*$", PAGE, re.MULTILINE)
    assert f"    {line}\n" in (ROOT / "rt" / "config" / "config.py").read_text(encoding="utf-8")


def test_what_is_named_is_there() -> None:
    paths = re.findall(r"`((?:rt|export|tests|docs|maxpatches)/[\w/.]*)`", PAGE)
    assert len(paths) > 15
    assert [path for path in paths if not (ROOT / path).exists()] == []
