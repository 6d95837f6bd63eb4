"""An example of every message that the bridge takes, made from the table."""

from __future__ import annotations

from maxpatches.source.names import instruments, n_latents
from maxpatches.source.parts.bridge import HOST, REPLY_PORT
from rt.osc.message import Arg, Message

_WORDS = {
    "host": HOST,
    "port": str(REPLY_PORT),
    "bundle": "default",
    "name": instruments()[1],
    "instrument": instruments()[1],
    "note": "69",
    "velocity": "100",
    "octave": "4",
    "pitch_class": "9",
    "dynamics": "3",
    "id": "1",
    "parameter": "gain",
    "low": "-40.",
    "high": "0.",
    "curve": "linear",
    "action": "load",
}


_ENDS = {"velocity": "0", "on": "0", "gate": "0", "shape": "off"}
"""What ends that which the examples begin."""


def text(message: Message) -> str:
    """A message as one types it into a message box, all optional arguments included."""
    words = [word for arg in message.args for word in [_word(arg)] * (n_latents() if arg.per_latent else 1)]
    return " ".join((message.address, *words))


def ending(message: Message) -> str:
    """The message that takes `text` back, empty where there is none."""
    if not message.args or not any(arg.name in _ENDS for arg in message.args):
        return ""
    return " ".join((message.address, *(_ENDS.get(arg.name) or _word(arg) for arg in message.args)))


def _word(arg: Arg) -> str:
    if arg.name in _WORDS:
        return _WORDS[arg.name]
    if arg.choices:
        return arg.choices[-1]
    value = arg.default
    if value is None:
        low, high = arg.low or 0.0, arg.high if arg.high is not None else 1.0
        value = 1 if (low, high) == (0, 1) and arg.type == "i" else max(low, min(high, 0.0))
    if arg.type == "s":
        return str(value)
    return f"{float(value):g}" + ("" if float(value) % 1 else ".") if arg.type == "f" else f"{int(value)}"
