"""What FluidSynth plays of a MIDI file, the reader gives at the same times; of other files the notes there are."""

from __future__ import annotations

import ctypes
import ctypes.util
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from export.sources.synth import seed_dither
from rt.errors import ControlError
from rt.midi import midi_file
from tests.support.midi_bytes import CUT, ODD, WHOLE

RATE_HZ, BLOCK = 48_000, 64
LONGEST_S = 20.0
TOLERANCE_S = 0.004
"""FluidSynth looks once a block, and half a tick ahead."""
Heard = list[tuple[float, int, int, int]]


def fluidsynth_plays(content: bytes) -> Heard:
    """Seconds, status byte, key and velocity of every note on and off, from FluidSynth's player."""
    name = ctypes.util.find_library("fluidsynth")
    if not name:
        pytest.skip("the fluidsynth library is not installed")
    lib, pointer = ctypes.CDLL(name), ctypes.c_void_p
    for function in ("new_fluid_settings", "new_fluid_synth", "new_fluid_player"):
        getattr(lib, function).restype = pointer
    options = pointer(lib.new_fluid_settings())
    lib.fluid_settings_setstr(options, b"player.timing-source", b"sample")
    lib.fluid_settings_setnum(options, b"synth.sample-rate", ctypes.c_double(RATE_HZ))
    seed_dither()  # the tests of soundfonts may come later in this process
    synth = pointer(lib.new_fluid_synth(options))
    player = pointer(lib.new_fluid_player(synth))
    found: Heard = []
    n_blocks = 0

    def heard(_: object, event: int) -> int:
        kind, channel, key, velocity = (
            getattr(lib, f"fluid_midi_event_get_{part}")(pointer(event))
            for part in ("type", "channel", "key", "velocity")
        )
        if kind in (0x80, 0x90):
            found.append((n_blocks * BLOCK / RATE_HZ, kind | channel, key, velocity))
        return 0

    callback = ctypes.CFUNCTYPE(ctypes.c_int, pointer, pointer)(heard)
    lib.fluid_player_set_playback_callback(player, callback, None)
    lib.fluid_player_add_mem(player, content, ctypes.c_size_t(len(content)))
    lib.fluid_player_play(player)
    left, right = (ctypes.c_short * BLOCK)(), (ctypes.c_short * BLOCK)()
    while lib.fluid_player_get_status(player) == 1 and n_blocks * BLOCK < LONGEST_S * RATE_HZ:
        lib.fluid_synth_write_s16(synth, BLOCK, left, 0, 1, right, 0, 1)
        n_blocks += 1
    lib.delete_fluid_player(player)
    lib.delete_fluid_synth(synth)
    lib.delete_fluid_settings(options)
    return found


def read(path: Path, content: bytes) -> tuple[Heard, list[str]]:
    """The same from our reader, and what it tells."""
    path.write_bytes(content)
    told: list[str] = []
    messages = midi_file.merged(midi_file.load(path, told.append))
    return [(at_s, *m) for at_s, m in messages if m[0] & 0xE0 == 0x80], told  # type: ignore[misc]


@pytest.mark.parametrize("name", WHOLE)
def test_what_fluidsynth_plays_comes_at_the_same_times(tmp_path: Path, name: str) -> None:
    wanted = fluidsynth_plays(WHOLE[name])
    found, _ = read(tmp_path / "a.mid", WHOLE[name])
    assert wanted and [event[1:] for event in found] == [event[1:] for event in wanted]
    assert [event[0] for event in found] == pytest.approx([event[0] for event in wanted], abs=TOLERANCE_S)


@pytest.mark.parametrize("name", ODD)
def test_odd_files_play_whole(tmp_path: Path, name: str) -> None:
    content, notes = ODD[name]
    found, told = read(tmp_path / "a.mid", content)
    assert [(at_s, key) for at_s, status, key, velocity in found if status == 0x90 and velocity] == notes
    assert len(told) <= 1


@pytest.mark.parametrize("name", CUT)
def test_files_that_end_too_early_play_what_is_there_and_say_so(tmp_path: Path, name: str) -> None:
    content, notes = CUT[name]
    found, told = read(tmp_path / "a.mid", content)
    assert [(at_s, key) for at_s, status, key, velocity in found if status == 0x90 and velocity] == notes
    assert len(told) == 1 and told[0].startswith("a.mid: track 1 ") and "\n" not in told[0]


FILES = [*WHOLE.values(), *(content for content, _ in (*ODD.values(), *CUT.values()))]


@settings(max_examples=300, deadline=3000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.sampled_from(FILES),
    changes=st.lists(st.tuples(st.integers(0, 2000), st.binary(min_size=1, max_size=4)), max_size=6),
    cut=st.integers(0, 40),
)
def test_mutated_files_play_or_are_refused_in_one_line(
    tmp_path: Path, content: bytes, changes: list[tuple[int, bytes]], cut: int
) -> None:
    data = bytearray(content)
    for at, new in changes:
        data[at % len(data) : at % len(data) + len(new)] = new
    refusal = ""
    found: Heard = []
    try:
        found, _ = read(tmp_path / "mutated.mid", bytes(data[: len(data) - cut]))
    except ControlError as error:
        refusal = str(error)
    assert "\n" not in refusal
    assert all(0.0 <= at_s <= midi_file.MAX_SECONDS and key < 128 for at_s, _, key, _ in found)
