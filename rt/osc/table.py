"""Every OSC address, once: parser, `docs/osc.md`, `latent-bridge osc --json` and the patch tests read this table.

What the bridge answers is in `replies.py`.
"""

from __future__ import annotations

from rt.events import INTERPOLATIONS, TRAJECTORIES
from rt.osc.message import Arg, Message
from rt.osc.replies import SENT

LATENT_LIMIT = 100.0
"""Largest latent coordinate that is believed; training notes stay within about 4."""

SERVER, NOTES, FREE, EARS = "Server", "Notes", "Free voice", "Ears"

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
    *SENT,
)
INCOMING = {m.address: m for m in TABLE if not m.outgoing}
OUTGOING = {m.address: m for m in TABLE if m.outgoing}
