"""The OSC table as an OSCQuery tree: pure data, made anew for every question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rt.bundle.manifest import Manifest
from rt.osc.message import Arg, Message
from rt.osc.table import TABLE
from rt.oscquery.values import Values

READ, WRITE = 1, 2
CRITICAL = ("/lb/load", "/lb/panic")
"""Must not get lost; OSCQuery would have them sent by TCP, and /lb/sync tells that they arrived."""
ATTRIBUTES = (
    "FULL_PATH", "CONTENTS", "TYPE", "ACCESS", "VALUE", "RANGE", "DESCRIPTION", "TAGS", "UNIT", "CLIPMODE", "CRITICAL",
)  # fmt: skip
EXTENSIONS = {name: True for name in ATTRIBUTES[3:]} | {
    "LISTEN": True, "PATH_CHANGED": True, "EXTENDED_TYPE": False, "OVERLOADS": False, "OSC_STREAMING": False,
    "IGNORE": True, "PATH_ADDED": False, "PATH_REMOVED": False, "PATH_RENAMED": False,
}  # fmt: skip

Node = dict[str, Any]
ValueOf = Callable[[str], Values | None]
"""The value of an address, None when it has none."""


def tree(manifest: Manifest, value_of: ValueOf) -> Node:
    """The root; every address of the table is below it."""
    root: Node = {"FULL_PATH": "/", "ACCESS": 0, "DESCRIPTION": "latent-bridge", "CONTENTS": {}}
    for message in sorted(TABLE, key=lambda message: message.address):
        node = root
        parts = message.address.strip("/").split("/")
        for k, part in enumerate(parts):
            path = "/" + "/".join(parts[: k + 1])
            node = node.setdefault("CONTENTS", {}).setdefault(part, {"FULL_PATH": path, "ACCESS": 0})
        node.update(leaf(message, manifest, value_of(message.address)))
    return root


def leaf(message: Message, manifest: Manifest, values: Values | None) -> Node:
    """What one address is; a value that is known can be read."""
    args = [arg for arg in message.args for _ in range(manifest.latent.size if arg.per_latent else 1)]
    access = READ if message.outgoing else WRITE
    node: Node = {
        "FULL_PATH": message.address,
        "TYPE": "".join(arg.type for arg in args) or "N",
        "ACCESS": access if values is None else access | READ,
        "DESCRIPTION": message.description,
        "TAGS": [message.category],
    }
    if args:
        node["RANGE"] = [_range(arg, manifest) for arg in args]
        node["CLIPMODE"] = ["none"] * len(args)
    if any(arg.unit for arg in args):
        node["UNIT"] = [arg.unit or None for arg in args]
    if message.address in CRITICAL:
        node["CRITICAL"] = True
    if values is not None:
        node["VALUE"] = list(values)
    return node


def _range(arg: Arg, manifest: Manifest) -> Node | None:
    if arg.choices:
        return {"VALS": list(arg.choices)}
    if arg.type == "s" and arg.name in ("instrument", "name"):
        return {"VALS": [spec.name for spec in manifest.instruments]}
    high = manifest.symbol(arg.name).highest if arg.name in ("octave", "dynamics") else arg.high
    found = {key: value for key, value in (("MIN", arg.low), ("MAX", high)) if value is not None}
    return found or None


def find(root: Node, path: str) -> Node | None:
    """The node at a path, None when there is none."""
    node = root
    for part in path.strip("/").split("/") if path.strip("/") else []:
        inner = node.get("CONTENTS", {}).get(part)
        if inner is None:
            return None
        node = inner
    return node
