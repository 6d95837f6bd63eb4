"""Bends as bytes: what is written is what mido reads, and what the bridge itself hears."""

from __future__ import annotations

import mido
import pytest

from rt.midi.messages import bend_message, bend_share


@pytest.mark.parametrize(
    ("semitones", "pitch"),
    [(0.0, 0), (2.0, 8191), (-2.0, -8192), (9.0, 8191), (-9.0, -8192), (1.0, 4096), (-1.0, -4096)],
)
def test_a_bend_is_what_mido_reads(semitones: float, pitch: int) -> None:
    message = mido.Message.from_bytes(bend_message(3, semitones, 2.0))
    assert (message.type, message.channel, message.pitch) == ("pitchwheel", 3, pitch)


@pytest.mark.parametrize("pitch", [-8192, -8191, -4096, -1, 0, 1, 4095, 8190, 8191])
def test_a_bend_that_is_heard_is_written_as_it_was(pitch: int) -> None:
    sent = tuple(mido.Message("pitchwheel", channel=3, pitch=pitch).bytes())
    share = bend_share(*sent[1:])
    assert -1.0 <= share <= 1.0 and (share > 0.0) == (pitch > 0)
    assert bend_message(3, 2.0 * share, 2.0) == sent
