"""Whatever an SFZ file holds, it is read or refused with one line."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from export.sources import SourceOptions
from export.sources.sfz.regions import regions_of
from export.sources.sfz.sampler_chunk import sampler_chunk
from export.sources.sfz.source import SfzSource, looped
from export.sources.sfz.text import read_headers
from rt.errors import BridgeError
from tests.support.sounds import note_samples, write_note

WORDS = """
sample key lokey hikey pitch_keycenter lovel hivel transpose tune pitch_keytrack volume amplitude offset end
loop_mode loop_start loop_end loop_crossfade trigger sw_last sw_lolast sw_hilast sw_default sw_down locc1 hicc64
on_locc2 amp_velcurve_30 amp_veltrack volume_oncc7 group_volume xfin_locc1 xfout_hicc99 xfin_lovel xfout_hivel
seq_position lorand default_path note_offset octave_offset set_cc1 $X
"""
NAMES = WORDS.split()
PLAIN = """
a.wav A.WAV ..\\a.wav *silence * " sample c4 C#-1 b9 -1 0 60 127 128 1e3 1e308 -1e308 nan inf 0x3c \u0663
release no_loop loop_continuous $X
"""
VALUES = st.one_of(
    st.sampled_from([*PLAIN.split(), "9" * 400, ""]),
    st.floats(width=32).map(str),
    st.integers(-200, 200).map(str),
    st.text(max_size=8),
)
PIECES = st.one_of(
    st.sampled_from(
        ["<region>", "<group>", "<master>", "<global>", "<control>", "<curve>", "\n", "//", "/*", "*/", "<", "\0"]
    ),
    st.sampled_from(
        ["#define $X 60 ", "#define $X $X$X ", "#define", '#include "a.sfz"', '#include "', "\r", "\ufeff"]
    ),
    st.tuples(st.sampled_from(NAMES), VALUES).map("=".join),
)
TEXTS = st.lists(PIECES, max_size=25).map(" ".join)


def read(content: bytes) -> None:
    """Read content as an SFZ file beside one sample."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.sfz"
        path.write_bytes(content)
        write_note(Path(folder) / "a.wav", seconds=0.02)
        source = SfzSource(path, SourceOptions())
        try:
            takes = source.takes()
            for take in takes:
                assert (
                    0 <= take.note <= 127 and take.instrument == "a" and take.dynamics in ("pp", "p", "mf", "f", "ff")
                )
                samples, _ = source.read(take)
                assert samples.ndim == 2 and len(samples)
            assert len({take.name for take in takes}) == len(takes) > 0
        except BridgeError as error:
            told = str(error)
        else:
            told = ""
        assert "\n" not in told
        assert all("\n" not in problem.reason for problem in source.problems)


@settings(deadline=None, max_examples=300)
@given(TEXTS)
@example("<region> sample=a.wav key=60")
def test_any_opcodes_are_read_or_refused(text: str) -> None:
    read(text.encode("utf-8", "surrogatepass"))


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    read(content)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 127),
            st.integers(-12, 12),
            st.integers(0, 127),
            st.sampled_from([" ", "\n", "\r\n", " // x\n"]),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_plain_regions_say_what_was_written(rows: list[tuple[int, int, int, str]]) -> None:
    text = "".join(
        f"<region> sample=s {i}.wav{gap}pitch_keycenter={key}{gap}transpose={moved}{gap}lovel={low}{gap}"
        for i, (key, moved, low, gap) in enumerate(rows)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.sfz"
        path.write_text(text, newline="")
        regions, left_out, mistakes = regions_of(read_headers(path))
    assert not left_out and not mistakes
    assert [(r.sample, r.center, r.moved, r.low_velocity) for r in regions] == [
        (f"s {i}.wav", key, moved, low) for i, (key, moved, low, _) in enumerate(rows)
    ]


@settings(deadline=None)
@given(st.integers(-5, 60), st.integers(-5, 60), st.integers(0, 200), st.integers(0, 100))
def test_any_loop_is_played_or_left(start: int, stop: int, n_wanted: int, n_fade: int) -> None:
    samples = note_samples(100, seconds=0.01)[:50]
    heard = looped(samples, start, stop, n_wanted, n_fade)
    there = 0 <= start < stop <= len(samples)
    assert len(heard) == (max(stop, n_wanted) if there else len(samples))
    assert heard.shape[1] == 1 and heard.dtype == samples.dtype


@settings(deadline=None)
@given(st.binary(max_size=80), st.integers(0, 60))
def test_any_header_of_a_sample_is_read(chunk: bytes, cut: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.wav"
        path.write_bytes((b"RIFF\0\0\0\0WAVEsmpl" + len(chunk).to_bytes(4, "little") + chunk)[: 120 - cut])
        found = sampler_chunk(path)
    assert found is None or 0 <= found.note <= 127
