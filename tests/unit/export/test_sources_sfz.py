"""SFZ instruments: files made here, with samples whose notes are known."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from export.sources import SourceOptions, open_source
from export.sources.sfz.loudness import dynamics_of
from rt.errors import BridgeError
from tests.support.sfz import labels, notes, sfz, smpl
from tests.support.sounds import write_note


def test_every_sample_is_a_take_on_its_own_key(tmp_path: Path) -> None:
    notes(tmp_path, "S/a.wav", "S/b 2.wav", "S/c#3.wav")
    source = sfz(
        tmp_path,
        "<control> default_path=S\\\n<group> lovel=1\n"
        "<region> sample=A.WAV key=60 // a comment\n"
        "<region> sample=a.wav key=61 pitch_keycenter=60\n"  # played higher on the next key
        "<region>sample=b 2.wav lokey=d4 hikey=E4 pitch_keycenter=Eb4 /* more */ volume=-6\n"
        "<region> sample=c#3.wav key=c#0 transpose=-60 \n",
    )
    assert labels(source.takes()) == [("S/a.wav", 60, "mf"), ("S/b 2.wav", 63, "mf"), ("S/c#3.wav", 73, "mf")]
    assert source.name == f"{tmp_path.name}/Oboe" and not source.problems
    assert {take.instrument for take in source.takes()} == {"Oboe"}
    again = pickle.loads(pickle.dumps(source))
    takes = again.takes()
    loud, soft = (np.abs(again.read(take)[0]).max() for take in takes[:2])
    assert 20.0 * np.log10(soft / loud) == pytest.approx(-6.0, abs=0.1)
    fresh = open_source(f"{tmp_path}/Oboe.sfz", SourceOptions())  # in another process: reads without being asked first
    np.testing.assert_array_equal(fresh.read(takes[0])[0], source.read(takes[0])[0])


def test_what_stands_nearer_counts_and_headers_end_what_was_above(tmp_path: Path) -> None:
    notes(tmp_path, *(f"{name}.wav" for name in "abcdef"))
    source = sfz(
        tmp_path,
        "<global> pitch_keycenter=70 volume=-3\n<master> transpose=2\n<group> key=64\n"
        "<region> sample=a.wav\n<region> sample=b.wav key=65\n<region> pitch_keycenter=66 key=65 sample=c.wav\n"
        "<master>\n<region> sample=d.wav\n<group> pitch_keycenter=72\n<region> sample=e.wav\n"
        "<global>\n<region> sample=f.wav\n",
    )
    assert [(take.name, take.note) for take in source.takes()] == [
        ("a.wav", 62),
        ("b.wav", 63),
        ("c.wav", 64),
        ("d.wav", 70),
        ("e.wav", 72),
        ("f.wav", 60),  # SFZ's own default
    ]


def test_macros_and_includes(tmp_path: Path) -> None:
    notes(tmp_path, "a.wav", "b.wav", "c.wav")
    (tmp_path / "Data").mkdir()
    (tmp_path / "Data" / "map.txt").write_text("<region> sample=$FILE.$EXT key=$KEY\n", encoding="utf-8")
    source = sfz(
        tmp_path,
        "//******** no block comment\n#define $EXT wav\n#define $KEY 60\n#define $KEY2 64\n#define $FILE a\n"
        '<group> #include "data\\MAP.txt"\n#define $FILE b #define $KEY $KEY2 #include "Data/map.txt"\n'
        "<region> sample=c.$EXT key=$KEY2\n",
    )
    assert [(take.name, take.note) for take in source.takes()] == [("a.wav", 60), ("b.wav", 64), ("c.wav", 64)]


def test_velocity_layers_are_dynamics_and_round_robins_are_takes(tmp_path: Path) -> None:
    names = [f"{layer}{take}.wav" for layer in "pmf" for take in (1, 2)]
    notes(tmp_path, *names, "alone.wav", "quiet.wav")
    regions = "".join(
        f"<region> sample={layer}{take}.wav key=72 lovel={low} hivel={high} seq_length=2 seq_position={take}\n"
        for layer, low, high in (("p", 0, 49), ("m", 50, 99), ("f", 100, 127))
        for take in (1, 2)
    )
    more = "<region> sample=alone.wav key=74\n<region> sample=quiet.wav key=76 lovel=1 hivel=40\n"
    source = sfz(tmp_path, regions + more, dynamics="ff")
    assert {take.name: take.dynamics for take in source.takes()} == {
        "p1.wav": "p",
        "p2.wav": "p",
        "m1.wav": "mf",
        "m2.wav": "mf",
        "f1.wav": "f",
        "f2.wav": "f",
        "alone.wav": "ff",
        "quiet.wav": "pp",
    }


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ([(0, 127)], "mf"),
        ([(1, 100), (101, 127)], "p f"),
        ([(0, 31), (32, 63), (64, 95), (96, 127)], "pp p f ff"),
        ([(0, 25), (26, 51), (52, 76), (77, 102), (103, 127)], "pp p mf f ff"),
        ([(0, 63), (0, 64), (64, 127), (65, 127)], "p p f f"),
        ([(0, 127), (1, 127)], "mf mf"),
        ([(110, 127)], "ff"),
        ([(40, 60), (61, 80)], "p mf"),
    ],
)
def test_dynamics_of_layers(layers: list[tuple[float, float]], expected: str) -> None:
    assert dynamics_of(layers, "mf") == expected.split()


def test_many_layers_share_five_classes() -> None:
    found = dynamics_of([(8 * i, 8 * i + 7) for i in range(16)], "mf")
    assert found == sorted(found, key=("pp", "p", "mf", "f", "ff").index) and set(found) == {"pp", "p", "mf", "f", "ff"}
    assert min(found.count(name) for name in found) == 3


def test_what_does_not_sound_by_a_key_is_counted(tmp_path: Path) -> None:
    notes(tmp_path, "note.wav", "other.wav", *(f"x{i}.wav" for i in range(20)))
    source = sfz(
        tmp_path,
        "<control> set_cc20=64 set_hdcc21=0.5\n<global> sw_lokey=24 sw_hikey=26 sw_default=25\n"
        "<region> sample=note.wav key=70 sw_last=25 locc20=64 hicc20=64 locc21=1 hicc21=63 xfout_locc22=0\n"
        "<region> sample=other.wav key=71 group_label=breathy trigger=first sw_lolast=25 sw_hilast=26\n"
        "<region> sample=x0.wav key=70 trigger=release\n<region> sample=x1.wav key=70 trigger=release_key\n"
        "<region> sample=x2.wav key=70 trigger=legato\n<region> sample=x3.wav key=70 sw_last=24\n"
        "<region> sample=x4.wav key=70 sw_down=26\n<region> sample=x5.wav key=70 on_locc64=64\n"
        "<region> sample=*silence key=70\n<region> sample=*sine key=70\n<region> sample=x6.wav lokey=60 hikey=72 "
        "pitch_keytrack=0\n<region> sample=x7.wav key=70 locc1=1\n<region> sample=x8.wav key=70 xfin_hicc22=127\n"
        "<region> sample=x15.wav key=70 loprog=1 hiprog=1\n<region> sample=x9.wav key=-1\n"
        "<region> sample=x10.wav key=70 end=-1\n<region> key=70\n"
        "<region> sample=x11.wav key=70 amplitude=0\n<region> sample=x12.wav key=30\n"
        "<region> sample=x13.wav key=70 group_label=key_noise 1\n<region> sample=x14.wav key=70 sw_previous=60\n",
    )
    assert [take.name for take in source.takes()] == ["note.wav", "other.wav"]
    assert not source.problems
    assert source.remarks[0] == (
        "19 regions left out: 2 at other positions of a controller, 2 legato transitions, 1 made by a generator, "
        "1 noises, 2 of other keyswitches, 1 of other programs, 1 on no key, "
        "1 outside of the range of Oboe, 2 release sounds, 2 silent, "
        "1 started by a controller, 1 switched off, 1 without a pitch, 1 without a sample"
    )


def test_without_a_default_the_first_keyswitch_counts(tmp_path: Path) -> None:
    notes(tmp_path, "a.wav", "b.wav")
    source = sfz(tmp_path, "<region> sample=a.wav key=70 sw_last=c1\n<region> sample=b.wav key=70 sw_last=d1\n")
    assert [take.name for take in source.takes()] == ["a.wav"]


def test_wheel_fades_are_dynamics(tmp_path: Path) -> None:
    notes(tmp_path, "p.wav", "f.wav")
    source = sfz(
        tmp_path,
        "<region> sample=p.wav key=70 xfout_locc1=40 xfout_hicc1=80\n"
        "<region> sample=f.wav key=70 xfin_locc1=40 xfin_hicc1=80\n",
    )
    assert labels(source.takes()) == [("f.wav", 70, "f"), ("p.wav", 70, "p")]


def test_the_header_of_the_sample_names_the_note(tmp_path: Path) -> None:
    notes(tmp_path, "a.wav", "b.wav")
    smpl(tmp_path / "a.wav", 67, None)
    source = sfz(
        tmp_path,
        "<group> lokey=60 hikey=72 pitch_keycenter=sample\n<region> sample=a.wav\n<region> sample=b.wav\n",
    )
    assert labels(source.takes()) == [("a.wav", 67, "mf")]
    assert [problem.name for problem in source.problems] == ["b.wav"]
    assert "the file's header names no note" in source.problems[0].reason


def test_players_out_of_tune_keep_their_note(tmp_path: Path) -> None:
    notes(tmp_path, "flat.wav", "named.wav")
    source = sfz(
        tmp_path, "<region> sample=flat.wav key=70 tune=60\n<region> sample=named.wav key=70 tune=-100 transpose=3\n"
    )
    assert labels(source.takes()) == [("flat.wav", 70, "mf"), ("named.wav", 68, "mf")]


def test_mistakes_become_problems(tmp_path: Path) -> None:
    notes(tmp_path, "good.wav", "a.wav")
    (tmp_path / "text.txt").write_text("x")
    source = sfz(
        tmp_path,
        "<region> sample=good.wav key=70\n<region> sample=gone.wav key=71\n<region> sample=gone.wav key=72\n"
        "<region> sample=a.wav key=H4\n<region> sample=a.wav key=70 offset=much\n<region> sample=a.wav lokey=9 hikey=8"
        "\n<region> sample=/etc/passwd key=70\n<region> sample=C:\\a.wav key=70\n<region> sample=text.txt key=70\n"
        "<region> sample=a.wav key=127 transpose=-9\n<region> sample=a.wav key=70 lovel=nan\n",
    )
    assert [take.name for take in source.takes()] == ["good.wav"]
    reasons = [(problem.name, problem.reason) for problem in source.problems]
    for name, reason in (
        ("gone.wav", "there is no such file in"),
        ("a.wav", "lokey: note 'h4' is not understood"),
        ("a.wav", "offset=much is no number"),
        ("a.wav", "lokey 9 lies above hikey 8"),
        ("/etc/passwd", "a path on one machine"),
        ("C:\\a.wav", "a path on one machine"),
        ("text.txt", "is no sound file"),
        ("a.wav", "its note is MIDI 136, allowed are 0-127"),
        ("a.wav", "lovel=nan is no number"),
    ):
        assert any(found == name and reason in told for found, told in reasons), (name, reason, reasons)
    assert len(reasons) == 9


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no <region> in it"),
        ("hello <world>", "no <region> in it"),
        ('<region> #include "gone.txt"', r'Oboe.sfz:1: #include "gone.txt": no such file below'),
        ('\n#include "../outside.sfz" <region>', r"Oboe.sfz:2: #include .* lies outside .*; move it there"),
        ('<region> #include "Oboe.sfz"', "does a file include itself"),
        ("#define KEY 60\n<region> sample=a.wav", "Oboe.sfz:1: '#define KEY 60' is not understood"),
        ("<region> sample=gone.wav", "no usable recordings; the first, gone.wav: there is no such file"),
        ("<region> sample=*sine <region> sample=gone.wav", "the first, gone.wav: there is no such file"),
        ("<region> sample=*sine", "no usable samples; 1 regions left out: 1 made by a generator"),
        ("<region> sample=x" + "x" * 200_000, "longer than 100000 characters"),
        ("#define $A 0123456789\n" + "".join(f"#define ${'A' * n} ${'A' * (n - 1)}$A\n" for n in range(2, 300)), "AAA"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "outside.sfz").write_text("<region>")
    with pytest.raises(BridgeError, match=told) as caught:
        sfz(tmp_path / "instrument", text).takes()
    assert "\n" not in str(caught.value)


def test_macros_cannot_grow_without_bound(tmp_path: Path) -> None:
    text = f"#define $A {'x' * 900}\n" + "<region> sample=" + "$A " * 30_000 + "\n"
    with pytest.raises(BridgeError, match="over 32 million characters with its includes and macros"):
        sfz(tmp_path, text * 3).takes()


def test_several_instruments_have_their_own_labels(tmp_path: Path) -> None:
    notes(tmp_path, "a.wav")
    (tmp_path / "Sustain.sfz").write_text("<region> sample=a.wav key=70\n")
    text = f"sfz:{tmp_path / 'Sustain.sfz'},instrument=alto_sax,dynamics=forte,licence=CC BY 4.0,credit=A, B and C"
    source = open_source(text, SourceOptions(instrument="Flute"))
    (take,) = source.takes()
    assert (take.instrument, take.dynamics) == ("Alto Sax", "f")
    assert (source.licence.licence, source.licence.credit) == ("CC BY 4.0", "A, B and C")
    assert source.remarks == []
    write_note(tmp_path / "plain, all" / "note-72.wav")
    folder = open_source(f"folder:{tmp_path}/plain, all,pattern=note-{{note}},instrument=Oboe", SourceOptions())
    assert [(take.instrument, take.note) for take in folder.takes()] == [("Oboe", 72)]
    with pytest.raises(BridgeError, match="instrument is empty"):
        open_source(f"{tmp_path / 'Sustain.sfz'},instrument=", SourceOptions())
    with pytest.raises(BridgeError, match=r"gone.sfz: no such file; give the .sfz file"):
        open_source("sfz:gone.sfz", SourceOptions())
