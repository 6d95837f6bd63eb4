"""`render` on the hand-built bundle: notes, voices and ends of MIDI files."""

from __future__ import annotations

import numpy as np
import pytest

from rt.cli import main
from rt.midi import midi_file
from rt.midi.midi_file import TimedMessage
from tests.support.listening import level_db
from tests.support.offline import RATE_HZ, OfflineRun, sounds_at


@pytest.mark.parametrize("phase", ["nsgt", "refined"])
def test_voices_that_wait_for_their_tick_are_whole_too(run: OfflineRun, phase: str) -> None:
    song = run.folder / "in.mid"
    notes = [(0.0, 0, 60), (0.0013, 1, 64), (0.5013, 0, 67), (0.5, 2, 72), (1.0057, 1, 55)]
    found = [TimedMessage(at_s, (0x90 | channel, note, 90)) for at_s, channel, note in notes]
    found += [TimedMessage(at_s + 0.4, (0x80 | channel, note, 0)) for at_s, channel, note in notes]
    midi_file.save(song, sorted(found))
    out = run("render", str(song), "OUT", "--phase", phase, "--iterations", "2")
    assert np.isfinite(out).all() and sounds_at(out, 60, 0.05, 0.4) and sounds_at(out, 64, 0.05, 0.4)
    assert sounds_at(out, 67, 0.55, 0.9) and sounds_at(out, 72, 0.55, 0.9) and sounds_at(out, 55, 1.05, 1.4)


def test_render_transposes_sets_dynamics_and_draws(run: OfflineRun) -> None:
    pytest.importorskip("matplotlib")
    song = run.folder / "in.mid"
    midi_file.save(song, [TimedMessage(0.0, (0x90, 60, 30)), TimedMessage(0.5, (0x80, 60, 0))])
    plain = run("render", str(song), "OUT")
    louder = run(
        "render", str(song), "OUT", "--transpose", "7", "--dynamics", "ff", "--plot", str(run.folder / "a.png")
    )
    assert sounds_at(plain, 60, 0.05, 0.5) and sounds_at(louder, 67, 0.05, 0.5)
    assert level_db(louder[: RATE_HZ // 2]) > level_db(plain[: RATE_HZ // 2]) + 6.0
    assert (run.folder / "a.png").read_bytes().startswith(b"\x89PNG")


def test_a_named_instrument_plays_whatever_program_the_file_asks_for(run: OfflineRun) -> None:
    tone = [TimedMessage(0.0, (0x90, 60, 90)), TimedMessage(2.8, (0x80, 60, 0))]
    for name, program in (("plain", None), ("first", 0), ("second", 1)):
        start = [] if program is None else [TimedMessage(0.0, (0xC0, program))]
        midi_file.save(run.folder / f"{name}.mid", [*start, *tone])

    def fades(name: str, *options: str) -> bool:
        """Beyond two seconds a String falls by 40 dB a second, a Reed stays."""
        out = run("render", str(run.folder / f"{name}.mid"), "OUT", *options, rate_hz=8_000)
        return level_db(out[21_000:22_000]) < level_db(out[8_000:9_000]) - 12.0

    midi_file.save(run.folder / "named.mid", [TimedMessage(0.0, (0xC0, 65)), *tone], name="2-String solo")
    assert [fades(name) for name in ("plain", "first", "second", "named")] == [False, False, True, True]
    for name in ("plain", "first", "second", "named"):
        assert fades(name, "--instrument", "String") and not fades(name, "--instrument", "Reed")


def test_a_note_that_its_file_never_ends_ends_with_the_file(run: OfflineRun) -> None:
    midi_file.save(run.folder / "in.mid", [TimedMessage(0.0, (0x90, 60, 90)), TimedMessage(0.5, (0xB0, 1, 0))])
    out = run("render", str(run.folder / "in.mid"), "OUT")
    assert sounds_at(out, 60, 0.1, 0.5) and len(out) < 1.1 * RATE_HZ


@pytest.mark.parametrize(
    ("options", "n_whole"),
    [((), 20), (("--voices", "16"), 16), (("--config",), 17), (("--config", "--voices", "18"), 18)],
)
def test_a_file_has_as_many_voices_as_it_needs(run: OfflineRun, options: tuple[str, ...], n_whole: int) -> None:
    (run.folder / "own.toml").write_text("[engine]\nvoices = 17\n")
    own = [
        part
        for option in options
        for part in ([option, str(run.folder / "own.toml")] if option == "--config" else [option])
    ]
    chord = [TimedMessage(0.0, (0x90, note, 90)) for note in range(50, 70)]
    midi_file.save(run.folder / "in.mid", [*chord, *(TimedMessage(0.4, (0x80, note, 0)) for note in range(50, 70))])
    run("render", str(run.folder / "in.mid"), "OUT", *own, "--latents", str(run.folder / "a.npz"), rate_hz=8_000)
    played = np.load(run.folder / "a.npz")
    lengths_s = [np.ptp(played["times_s"][played["voice"] == voice]) for voice in np.unique(played["voice"])]
    assert np.sum(np.array(lengths_s) > 0.3) == n_whole


def test_what_comes_long_after_the_last_note_is_not_rendered(run: OfflineRun) -> None:
    tone = [TimedMessage(0.0, (0x90, 60, 90)), TimedMessage(0.4, (0x80, 60, 0))]
    midi_file.save(run.folder / "in.mid", [*tone, TimedMessage(3600.0, (0xB0, 7, 64))])
    out = run("render", str(run.folder / "in.mid"), "OUT", rate_hz=8_000)
    assert sounds_at(out, 60, 0.1, 0.4, 8_000) and len(out) < 11 * 8_000


def test_a_cut_file_plays_and_says_so_in_one_line(run: OfflineRun) -> None:
    tone = [TimedMessage(0.0, (0x90, 60, 90)), TimedMessage(0.4, (0x80, 60, 0)), TimedMessage(0.5, (0x90, 64, 90))]
    midi_file.save(run.folder / "in.mid", tone)
    content = (run.folder / "in.mid").read_bytes()
    (run.folder / "in.mid").write_bytes(content[:-6])  # within the last message; the end of the track is gone, too
    own = ["--bundle", str(run.tiny), "--provider", "cpu", "--sample-rate", str(RATE_HZ), "--mono"]
    assert main(["render", str(run.folder / "in.mid"), str(run.folder / "out.wav"), *own]) == 0
    assert [line for line in run.capsys.readouterr().out.splitlines() if line.startswith("in.mid: track 1 ends")]
    assert sounds_at(run.read("out.wav"), 60, 0.1, 0.4)


@pytest.mark.parametrize(
    "end",
    [
        [(1.0, (0x80, 60, 0)), (1.0, (0x90, 60, 90)), (1.5, (0x80, 60, 0))],
        [(0.5, (0x90, 60, 90)), (1.0, (0x80, 60, 0)), (1.5, (0x80, 60, 0))],
        [(1.5, (0x80, 60, 0)), (1.5, (0x90, 64, 90)), (1.5, (0x80, 64, 0))],
    ],
)
def test_notes_that_meet_overlap_or_have_no_length_end(
    run: OfflineRun, end: list[tuple[float, tuple[int, ...]]]
) -> None:
    played = [TimedMessage(0.0, (0x90, 60, 90)), *(TimedMessage(*timed) for timed in end)]
    midi_file.save(
        run.folder / "in.mid", [*played, TimedMessage(6.0, (0x90, 72, 90)), TimedMessage(6.3, (0x80, 72, 0))]
    )
    out = run("render", str(run.folder / "in.mid"), "OUT", rate_hz=8_000)
    assert sounds_at(out, 60, 0.1, 0.9, 8_000) and sounds_at(out, 72, 6.05, 6.3, 8_000)
    assert level_db(out[5 * 8_000 : 6 * 8_000 - 400]) < -80.0
