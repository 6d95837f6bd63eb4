"""Every class has a name of its own: who looks one up finds it, and no other."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_class_name_is_there_twice() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for folder in ("rt", "export"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef):
                    found[node.name].append(str(path.relative_to(ROOT)))
    assert len(found) > 100
    assert {name: places for name, places in found.items() if len(places) > 1} == {}
