"""Every OSC address, once: parser, `docs/osc.md`, `latent-bridge osc --json` and the patch tests read this table."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rt import config
from rt.control.message import Arg, Message, format_args
from rt.events import INTERPOLATIONS, TRAJECTORIES

LATENT_LIMIT = 100.0
"""Largest latent coordinate that is believed; training notes stay within about 4."""

SERVER, NOTES, FREE, EARS, REPLIES = "Server", "Notes", "Free voice", "Ears", "Replies"

_CHANNEL = Arg(name="channel", type="i", low=1, high=16, optional=True, default=1, description="MIDI channel.")
_ON = Arg(name="on", type="i", low=0, high=1)
_NOTE = Arg(name="note", type="i", low=0, high=127, description="MIDI note number, 60 is C4.")
_LATENTS = Arg(name="z", type="f", low=-LATENT_LIMIT, high=LATENT_LIMIT, per_latent=True, description="Coordinates.")
_LABELS = (
    Arg(name="instrument", type="s", description="Name of an instrument of the bundle."),
    Arg(name="octave", type="i", low=0, high=9, description="4 holds the middle C; up to the bundle's last octave."),
    Arg(name="pitch_class", type="i", low=0, high=11, description="0 is C, 11 is B."),
    Arg(name="dynamics", type="i", low=0, high=15, description="0 is the softest (pp), 4 ff in the default bundle."),
)

TABLE: tuple[Message, ...] = (
    Message(
        address="/lb/ping",
        category=SERVER,
        description="Asks for a sign of life.",
        replies=("/lb/pong",),
    ),
    Message(
        address="/lb/version",
        category=SERVER,
        description="Asks what runs here.",
        replies=("/lb/version.reply",),
    ),
    Message(
        address="/lb/status",
        category=SERVER,
        description="Asks how it runs.",
        replies=("/lb/status.reply",),
    ),
    Message(
        address="/lb/notify",
        category=SERVER,
        description="Adds a client that gets every reply and everything heard, or removes it; 16 at most.",
        args=(
            Arg(name="host", type="s", description="IPv4 address, or localhost."),
            Arg(
                name="port",
                type="i",
                low=1,
                high=65535,
                optional=True,
                description="The setting osc.reply_port when left out.",
            ),
            Arg(name="on", type="i", low=0, high=1, optional=True, default=1, description="0 removes it."),
        ),
        replies=("/lb/done",),
    ),
    Message(
        address="/lb/sync",
        category=SERVER,
        description="Asks to be told when everything sent earlier, bundles included, is in force.",
        args=(Arg(name="id", type="i", description="Comes back in the reply."),),
        replies=("/lb/synced",),
    ),
    Message(
        address="/lb/load",
        category=SERVER,
        description="Swaps the bundle without a click. It must be a shipped one, or lie beside the one given at start.",
        args=(Arg(name="bundle", type="s", description="Name or folder."),),
        replies=("/lb/done",),
    ),
    Message(
        address="/lb/note",
        category=NOTES,
        description="A key goes down; with velocity 0 it goes up.",
        args=(_NOTE, Arg(name="velocity", type="i", low=0, high=127), _CHANNEL),
    ),
    Message(
        address="/lb/panic",
        category=NOTES,
        description="Silence at once, the free voice included.",
    ),
    Message(
        address="/lb/instrument",
        category=NOTES,
        description="New notes are played by another instrument.",
        args=(
            Arg(name="name", type="s", description="Case and punctuation do not matter; a part of it will do."),
            Arg(name="channel", type="i", low=0, high=16, optional=True, default=0, description="0 is all of them."),
        ),
    ),
    Message(
        address="/lb/gain",
        category=NOTES,
        description="Output level of everything.",
        args=(Arg(name="level", type="f", unit="dB", low=-60, high=12),),
    ),
    Message(
        address="/lb/bend",
        category=NOTES,
        description="Pitch bend of all channels.",
        args=(Arg(name="bend", type="f", unit="semitones", low=-24, high=24),),
    ),
    Message(
        address="/lb/alive",
        category=NOTES,
        description="How far latents wander inside the posterior.",
        args=(Arg(name="amount", type="f", low=0, high=1),),
    ),
    Message(
        address="/lb/legato",
        category=NOTES,
        description="Overlapping notes of a channel glide into each other through the latent space.",
        args=(
            _ON,
            Arg(name="time", type="f", unit="s", low=0, high=10, optional=True, default=0.1),
            Arg(name="channel", type="i", low=0, high=16, optional=True, default=0, description="0 is all of them."),
        ),
    ),
    Message(
        address="/lb/latent/offset",
        category=NOTES,
        description="Added to the latents of every note.",
        args=(_LATENTS,),
        newest_wins=True,
    ),
    Message(
        address="/lb/latent",
        category=FREE,
        description="The free voice goes to a point of the latent space.",
        args=(_LATENTS,),
        newest_wins=True,
    ),
    Message(
        address="/lb/latent/xy",
        category=FREE,
        description="The free voice goes to a point on the two widest principal axes of the latent space.",
        args=(Arg(name="x", type="f", low=-1, high=1), Arg(name="y", type="f", low=-1, high=1)),
    ),
    Message(
        address="/lb/symbol",
        category=FREE,
        description="The free voice goes to where these labels lie. A note that the instrument lacks moves by octaves.",
        args=(
            *_LABELS,
            Arg(name="gate", type="i", low=0, high=1, optional=True, description="As /lb/gate; stays when left out."),
        ),
    ),
    Message(
        address="/lb/gate",
        category=FREE,
        description="The free voice sounds or rests.",
        args=(_ON,),
    ),
    Message(
        address="/lb/interp",
        category=FREE,
        description="How the free voice moves from point to point.",
        args=(
            Arg(name="order", type="s", choices=INTERPOLATIONS),
            Arg(name="time", type="f", unit="s", low=0, high=60, optional=True, default=0.1),
        ),
    ),
    Message(
        address="/lb/trajectory",
        category=FREE,
        description="The free voice moves about its point.",
        args=(
            Arg(name="shape", type="s", choices=TRAJECTORIES),
            Arg(name="frequency", type="f", unit="Hz", low=0, high=50, optional=True, default=0.2),
            Arg(name="radius", type="f", low=0, high=10, optional=True, default=1.0, description="In latent units."),
        ),
    ),
    Message(
        address="/lb/listen",
        category=EARS,
        description="Transcription of the microphone on or off. Sound pauses where no input was open until now.",
        args=(_ON,),
        replies=("/lb/done",),
    ),
    Message(
        address="/lb/heard/note",
        category=EARS,
        description="A note begins in the microphone; with velocity 0 it ends.",
        args=(_NOTE, Arg(name="velocity", type="i", low=0, high=127)),
        outgoing=True,
    ),
    Message(
        address="/lb/heard/symbols",
        category=EARS,
        description="The labels of what is heard, as /lb/symbol takes them.",
        args=_LABELS,
        outgoing=True,
    ),
    Message(
        address="/lb/heard/latent",
        category=EARS,
        description="The latents of what is heard, as /lb/latent takes them.",
        args=(_LATENTS,),
        outgoing=True,
    ),
    Message(
        address="/lb/pong",
        category=REPLIES,
        description="The bridge lives.",
        outgoing=True,
    ),
    Message(
        address="/lb/version.reply",
        category=REPLIES,
        description="What runs here.",
        args=(
            Arg(name="program", type="s"),
            Arg(name="version", type="s"),
            Arg(name="bundle", type="s"),
            Arg(name="bundle_format", type="i"),
        ),
        outgoing=True,
    ),
    Message(
        address="/lb/status.reply",
        category=REPLIES,
        description="How it runs; counts begin with the audio stream.",
        args=(
            Arg(name="voices", type="i", description="Voices that sound."),
            Arg(name="load", type="f", description="Render time of a block over its length, smoothed."),
            Arg(name="peak_load", type="f", description="The greatest such share."),
            Arg(name="xruns", type="i", description="Underflows that the driver reported."),
            Arg(name="ring_underruns", type="i", description="Blocks padded because rendering ahead was late."),
            Arg(name="blocks", type="i", description="Blocks rendered."),
            Arg(name="sample_rate", type="i", unit="Hz"),
            Arg(name="block", type="i", unit="samples"),
            Arg(name="latency", type="f", unit="ms", description="Output latency that the driver reports."),
            Arg(name="stolen", type="i", description="Notes cut short because all voices were taken."),
            Arg(name="instrument", type="s", description="What channel 1 plays."),
            Arg(name="bundle", type="s"),
            Arg(name="listening", type="i", description="1 while the microphone is heard."),
            Arg(name="input", type="f", unit="dB", description="Peak of the microphone; -120 is silence."),
            Arg(name="input_lost", type="i", description="Samples of the microphone that were lost."),
        ),
        outgoing=True,
    ),
    Message(
        address="/lb/synced",
        category=REPLIES,
        description="Everything sent before that /lb/sync is in force.",
        args=(Arg(name="id", type="i"),),
        outgoing=True,
    ),
    Message(
        address="/lb/done",
        category=REPLIES,
        description="A command that takes its time has been carried out.",
        args=(Arg(name="command", type="s"), Arg(name="detail", type="s")),
        outgoing=True,
    ),
    Message(
        address="/lb/fail",
        category=REPLIES,
        description="A message was not understood or could not be carried out.",
        args=(Arg(name="command", type="s"), Arg(name="reason", type="s")),
        outgoing=True,
    ),
)
INCOMING = {m.address: m for m in TABLE if not m.outgoing}
OUTGOING = {m.address: m for m in TABLE if m.outgoing}


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


_HEAD = """\
# OSC

Made from `rt/control/table.py`; change it there and run `python -m rt.control.table > docs/osc.md`.

The bridge listens on UDP port {port}. Replies go to the sender, and to the clients that `/lb/notify` added: a Max
patch, whose `udpreceive` has a port of its own, sends `/lb/notify 127.0.0.1 {reply_port}` once.

- **Types.** `i`, `f` and `s` as in OSC 1.0. An `f` takes integers, an `i` takes whole floats (60.0, but not 60.5),
  and an `i` of 0 to 1 takes `T` and `F`. `[...]` may be left out. `× N` stands for as many numbers as the bundle
  has latents; `/lb/fail` tells how many when the number is wrong.
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
