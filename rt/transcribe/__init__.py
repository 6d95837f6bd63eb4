"""Samples in, notes out: single-threaded, without clocks or devices; driven by whoever has the samples.

::

    ears = Ears.load(bundle, "cpu")                         # rt.model
    transcriber = Transcriber(ears, sample_rate_hz=48_000)  # any rate 8000-192000
    for heard in transcriber.hear(samples):                 # (n,) or (n, n_channels), any n, NaN allowed
        heard.hop.at_s                                      # seconds of samples so far, at this hop
        heard.hop.latent, heard.hop.level_db                # where the sound lies; None below the gate
        for event in heard.events:                          # NoteStarted, NoteEnded, PitchMoved: at once, in order
            ...
    transcriber.stop()                                      # the events that end what still sounds; starts afresh

The result does not depend on how the samples are cut into blocks. `warm_up` compiles and runs everything once.
"""

from rt.transcribe.events import HeardEvent, NoteEnded, NoteStarted, PitchMoved
from rt.transcribe.listener import Hop, Listener
from rt.transcribe.settings import ListenerSettings, TrackerSettings
from rt.transcribe.tracker import Tracker
from rt.transcribe.transcriber import HeardHop, Transcriber, check_polyphonic

__all__ = [
    "HeardEvent",
    "HeardHop",
    "Hop",
    "Listener",
    "ListenerSettings",
    "NoteEnded",
    "NoteStarted",
    "PitchMoved",
    "Tracker",
    "TrackerSettings",
    "Transcriber",
    "check_polyphonic",
]
