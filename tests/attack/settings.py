"""Damaged and odd files of settings, read as every command reads them."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

from rt.config import config
from rt.errors import BridgeError
from tests.attack import children
from tests.attack.damage import damage
from tests.attack.material import folder_of_its_own
from tests.attack.report import Report

ODD_VALUES = (
    "true",
    "-1",
    "0",
    "1e400",
    "nan",
    "inf",
    "-inf",
    "9" * 20,
    "1" + "0" * 5000,
    '""',
    '"x"',
    '"' + "x" * 5000 + '"',
    "[]",
    "{}",
    "1979-05-27",
    '"\\u0000"',
    '"../../x"',
    '"\\ud800"',
    "0x10",
    "1_000",
    "1e-320",
    '"file:"',
    '"file:/none/x.wav"',
    '"::1"',
    '"256.1.1.1"',
    '"example.invalid"',
    '"0.0.0.0"',
    "-0.0",
    "2.5",
    '"\u00e9\\n\\t"',
)
ODD_WHOLES = (
    b"x=1",
    b"[audio]\nblock=5",
    b"[nope]\na=1",
    b"audio=3",
    b"[[audio]]\nx=1",
    b"\xff\xfe",
    b"",
    b"[audio.x]\ny=1",
    b"a.b.c=1",
    b"[" * 3000,
    b"x=" + b"[" * 5000,
    b"[audio]\nblock_samples=128\nblock_samples=64",
    b"[osc]\nport=9130.0",
    b"\xef\xbb\xbf[osc]\nport=9131",
    "[osc]\nport=9131".encode("utf-16"),
)


def settings(n_cases: int) -> Report:
    """Damaged and odd TOML, read as every command reads it."""
    report, chance = Report("settings"), random.Random(22)
    whole = Path(config.__file__).with_name("default.toml").read_text(encoding="utf-8")
    keys = [(part, key) for part, values in tomllib.loads(whole).items() for key in values]
    with folder_of_its_own() as folder:
        path = folder / "settings.toml"

        def read() -> int:
            try:
                config.load(path)
            except BridgeError as error:
                print("latent-bridge:", error)
                return 2
            return 0

        for k in range(n_cases):
            path.write_bytes(_odd_toml(chance, k, whole, keys))
            children.judge(report, f"settings {k}", children.run(read))
    return report


def _odd_toml(chance: random.Random, k: int, whole: str, keys: list[tuple[str, str]]) -> bytes:
    part, key = chance.choice(keys)
    if k % 4 == 0:
        return damage(chance, whole.encode(), head=len(whole))
    if k % 4 == 1:
        return chance.choice(ODD_WHOLES)
    return f"[{part}]\n{key} = {chance.choice(ODD_VALUES)}\n".encode()
