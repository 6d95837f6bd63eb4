"""What the bridge answers by OSC: the last rows of the table of addresses."""

from __future__ import annotations

from rt.osc.message import Arg, Message

REPLIES = "Replies"

SENT: tuple[Message, ...] = (
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
        address="/lb/preset.reply",
        category=REPLIES,
        description="One of the presets; they come in their order, before /lb/done.",
        args=(Arg(name="number", type="i"), Arg(name="count", type="i"), Arg(name="name", type="s")),
        outgoing=True,
    ),
    Message(
        address="/lb/learnt.reply",
        category=REPLIES,
        description="A learnt controller; by parameters, before /lb/done.",
        args=(
            Arg(name="parameter", type="s"),
            Arg(name="controller", type="s", description="cc, cc14, nrpn, pressure or note."),
            Arg(name="number", type="i"),
            Arg(name="channel", type="i"),
            Arg(name="low", type="f"),
            Arg(name="high", type="f"),
            Arg(name="curve", type="s"),
            Arg(name="pick_up", type="i"),
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
