"""Tells what MIDI does: `docs/midi.md`."""

from __future__ import annotations

from rt.midi.actions import ACTIONS

_HEAD = """\
# MIDI

Made from `rt/midi/actions.py`; change it there and run `python -m rt.midi.midi_document > docs/midi.md`.

All 16 channels play, each with its own instrument. Several inputs may play at once; each has its own pedals and wheels.

| message | does |
| --- | --- |
| Note on | A key goes down; with velocity 0 it goes up. |
| Note off | A key goes up; its velocity does not matter. |
| Pitch bend | Up to the range of RPN 0; until that is sent, the setting engine.bend_range_semitones. |
| Program change | Another instrument for new notes, see below; in bank 1 a preset ([presets.md](presets.md)). |
| Control change | See the table. |
| Pressure, system messages, clock | Nothing. |

A note that an instrument cannot reach sounds in the nearest octave that it can, and is told once.

## Ports

MIDI ports belong to a process of their own, so that a driver that crashes or hangs ends no sound. It is started again
when it is lost, and when the JACK server was restarted. Keyboards are then opened again by themselves; connections that
you made to the port `latent-bridge` must be made again, by you or your session manager.

Whatever a port holds ends when the port goes. Under JACK and ALSA it also ends when one of its senders is disconnected
or dies; that of its other senders ends too, since a port cannot tell them apart. What comes faster than it can be
played is lost in part; all that its port holds then ends, and one line says so.

## Programs

Counted from 0, as they are sent; many hosts show one more. The first programs are the bundle's instruments in their
order (`latent-bridge info` lists them). A number beyond those is looked up as a General MIDI program: 40 violin, 56
trumpet, 65 alto sax, 73 flute. The order goes first, so that program 0, which hosts send by themselves and which
General MIDI gives to the piano, is the bundle's first instrument. An unknown program changes nothing and is told once.

## Controllers that you choose

Send `/lb/learn gain` by OSC and move a controller: from then on it drives the output level, in this run and in later
ones. Any number of any parameter of [osc.md](osc.md) can be driven: `alive`, `legato.time`, `latent_xy.x`,
`latent_offset.3`, `trajectory.radius`, `instrument`. A control change, a 14-bit one (0-31 with 32-63), an NRPN, channel
pressure, and a key can do it. What was learnt comes before the table below.

    /lb/learn trajectory.frequency 0.1 10 exponential

takes a range and a curve: `linear`, `exponential` (equal ratios) or `toggle` (each press changes between both ends). A
last argument of 1 has the controller wait until it passes the value that is set, so that nothing jumps. `/lb/learnt`
lists them, `/lb/unlearn gain` forgets one, `/lb/unlearn all` all of them. They are in `controllers.toml` in your
settings folder ([presets.md](presets.md#files)):

```toml
format = 1

[[learnt]]
parameter = "gain"
controller = "cc"     # or cc14, nrpn, pressure, note
number = 21
channel = 1
low = -40.0           # left out: the whole range
high = 0.0
curve = "linear"
pick_up = false
```

## Files

`latent-bridge render` reads files as DAWs and notation programs write them:

1. A track whose name, or instrument name, has one instrument of the bundle at the start of a word is played by it,
   whatever its programs: `Violin II`, `1-Grand Piano`, `Alto Saxophone`. A track that plays on several channels is not
   asked: its name is the song's.
2. Elsewhere programs are General MIDI's: 0 is the piano. A number that the bundle lacks is played by its instrument of
   the same family of eight (0-7 pianos, 40-47 strings, 56-63 brass, 64-71 reeds, 72-79 pipes); only where there is none
   it counts in the bundle's order.
3. Without either it is the setting engine.instrument, or the bundle's first. `--instrument` is above all of them.

Tracks that share a channel and ask for different instruments are kept apart. Channel 10, the drums of General MIDI, is
left out and told, unless its track is named after an instrument or nothing else plays. A note that is never ended ends
with its file. Up to 128 notes sound at once, unless `--voices` or a file of settings says otherwise.

What FluidSynth plays, plays at the same times. Odd files play too: RMID, SMPTE time code, foreign chunks, wrong counts
and sizes. Of a file that ends too early what is there plays, and one line says so. The same channel of two ports is two
channels. All songs of a type 2 file begin at once. A file without ticks a beat has ticks of 4 ms. Names are UTF-8 where
they are, else Latin-1. Nothing longer than 4 hours, 32 MiB or a million events is played. The reader is our own: mido
loses the time of events that it does not know; symusic keeps it, but refuses time code, cut files, controllers above
127, foreign chunks and names that end in .rmi or .kar.

## Controllers

| controller | name | does |
| --- | --- | --- |
"""


def format_markdown() -> str:
    """`docs/midi.md`."""
    rows = (f"| {number} | {action.name} | {action.description} |\n" for number, action in sorted(ACTIONS.items()))
    return _HEAD + "".join(rows)


if __name__ == "__main__":
    print(format_markdown(), end="")
