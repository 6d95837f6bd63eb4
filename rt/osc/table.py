"""Every OSC address, once: parser, `docs/osc.md`, `latent-bridge osc --json` and the patch tests read this table.

What the bridge answers is in `replies.py`.
"""

from __future__ import annotations

from rt.osc import learning
from rt.osc.message import Arg, Message
from rt.osc.replies import SENT
from rt.osc.setters import FREE, LABELS, NOTES, arg, messages
from rt.parameters import LATENT_OFFSET
from rt.units import N_CHANNELS

SERVER, EARS = "Server", "Ears"

_CHANNEL = Arg(name="channel", type="i", low=1, high=N_CHANNELS, optional=True, default=1, description="MIDI channel.")
_ON = Arg(name="on", type="i", low=0, high=1)
_NOTE = Arg(name="note", type="i", low=0, high=127, description="MIDI note number, 60 is C4.")
_LATENTS = arg(LATENT_OFFSET.numbers[0])

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
        description="Adds a client for everything heard and for answers to this sender, or removes it; 16 at most.",
        args=(
            Arg(
                name="host",
                type="s",
                description="Its IP address, or localhost: this machine, the sender's own, or one of osc.clients.",
            ),
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
        address="/lb/preset",
        category=SERVER,
        description="Saves everything that is set now under a name, or brings it back without a click; "
        "lists and deletes presets, or goes to the next or previous one.",
        args=(
            Arg(name="action", type="s", choices=("save", "load", "delete", "list", "next", "previous")),
            Arg(name="name", type="s", optional=True, description="To save, load and delete; #3 loads the third."),
        ),
        replies=("/lb/done", "/lb/preset.reply"),
    ),
    *learning.messages(SERVER),
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
    *messages(NOTES),
    *messages(FREE),
    Message(
        address="/lb/listen",
        category=EARS,
        description="Transcription of the microphone on or off, answered once it is. "
        "Sound pauses where no input was open until now.",
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
        args=LABELS,
        outgoing=True,
    ),
    Message(
        address="/lb/heard/latent",
        category=EARS,
        description="The latents of what is heard, as /lb/latent takes them.",
        args=(_LATENTS,),
        outgoing=True,
    ),
    *SENT,
)
INCOMING = {m.address: m for m in TABLE if not m.outgoing}
OUTGOING = {m.address: m for m in TABLE if m.outgoing}
