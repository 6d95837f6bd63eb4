"""Tells the table of OSC addresses: `docs/osc.md`, and plain data for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rt.config import config
from rt.osc.message import Arg, Message, format_args
from rt.osc.replies import REPLIES
from rt.osc.table import TABLE

_HEAD = """\
# OSC

Made from `rt/osc/table.py`; change it there and run `.venv/bin/python -m rt.osc.osc_document > docs/osc.md`.

The bridge listens on UDP port {port}. Replies go to the sender, and to the clients that `/lb/notify` added: a Max
patch, whose `udpreceive` has a port of its own, sends `/lb/notify 127.0.0.1 {reply_port}` once.

- **Types.** `i`, `f` and `s` as in OSC 1.0. An `f` takes integers, an `i` takes whole floats (60.0, but not 60.5),
  and an `i` of 0 to 1 takes `T` and `F`. `[...]` may be left out. `× N` stands for as many numbers as the bundle
  has latents; `/lb/fail` tells how many when the number is wrong.
- **Buttons.** A message without arguments, such as `/lb/panic`, also takes what a button sends: `N`, `I`, `T` or a
  number. 0 and `F`, when it is let go, do nothing.
- **Errors.** What is not understood is answered with `/lb/fail address reason` and changes nothing. Settings and
  notes are not confirmed; ask with `/lb/sync`.
- **Order.** One thread executes messages in the order of arrival. Bundles may nest; their time tags are ignored and
  their messages executed at once. Address patterns (`/lb/*`) are not matched.
- **Bursts.** Of `/lb/latent` and `/lb/latent/offset` only the newest counts: send as fast as you like, nothing
  queues up.
- **Names.** Instruments are found whatever their case and punctuation; `/lb/fail` lists those of the bundle.
- **Files.** `/lb/load` takes a shipped bundle or one in the folder of the bundle given at start, nothing else.
- **Discovery.** OSCQuery tells all of this to programs, with the values of now: by HTTP on TCP port {query_port} (where
  that is taken, another; `_oscjson._tcp` announces it), changes by WebSocket. Settings osc.query and osc.query_port.
"""


def as_json_dict() -> dict[str, Any]:
    """The whole table as plain data, for `latent-bridge osc --json` and for tests of patches."""
    osc = config.load().osc
    messages = []
    for message in TABLE:
        entry = asdict(message)
        entry["args"] = [{**asdict(arg), "choices": list(arg.choices)} for arg in message.args]
        entry["replies"] = list(message.replies)
        messages.append(entry)
    return {"protocol": "OSC 1.0 over UDP", "port": osc.port, "reply_port": osc.reply_port, "messages": messages}


def format_markdown() -> str:
    """`docs/osc.md`."""
    osc = config.load().osc
    parts = [_HEAD.format(port=osc.port, reply_port=osc.reply_port, query_port=osc.query_port)]
    for category in dict.fromkeys(message.category for message in TABLE):
        chosen = [message for message in TABLE if message.category == category]
        parts.append(f"\n## {category}\n")
        parts.extend(_format_message(message) for message in chosen)
    return "".join(parts)


def _format_message(message: Message) -> str:
    args = format_args(message)
    lines = [f"\n### `{message.address}`{f' {args}' if args else ''}\n", f"\n{message.description}"]
    if message.outgoing and message.category != REPLIES:
        lines.append(" Sent by the bridge to the clients of `/lb/notify`.")
    if message.newest_wins:
        lines.append(" Only the newest counts.")
    if message.replies:
        lines.append(f" Answered with {', '.join(f'`{address}`' for address in message.replies)}.")
    lines.append("\n")
    told = [(arg, facts) for arg in message.args if (facts := _format_facts(arg))]
    if told:
        lines.append("\n")
    lines.extend(f"- `{arg.name}`: {facts}\n" for arg, facts in told)
    return "".join(lines)


def _format_facts(arg: Arg) -> str:
    facts = []
    if arg.choices:
        facts.append(", ".join(arg.choices))
    if arg.low is not None and arg.high is not None:
        facts.append(f"{arg.low:g} to {arg.high:g}")
    if arg.unit:
        facts[-1:] = [f"{facts[-1]} {arg.unit}" if facts else arg.unit]
    if arg.default is not None:
        facts.append(f"{arg.default} when left out")
    text = "; ".join(facts)
    return ". ".join(part for part in (text, arg.description.removesuffix(".")) if part) + (
        "." if text or arg.description else ""
    )


if __name__ == "__main__":
    print(format_markdown(), end="")
