"""Damaged MIDI files, sound files, settings and bundles, through the commands that read them."""

from __future__ import annotations

import contextlib
import copy
import hashlib
import io
import json
import os
import random
import shutil
import struct
import tempfile
import tomllib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import mido
import numpy as np
import soundfile

from rt import cli
from rt.bundle.bundle import DEFAULT
from rt.bundle.manifest import MANIFEST
from rt.errors import BridgeError
from rt.midi import midi_file
from tests.attack import children
from tests.attack.damage import damage
from tests.attack.report import Report

RATE_HZ = 44_100
LONGEST_S = 300.0
"""A MIDI file whose damage made it longer is read but not rendered."""
CHEAP = ("--iterations", "0", "--sample-rate", "8000")
"""The sound of long files takes most of the time, and here it is above all the reader that is attacked."""
WHOLE_EVERY = 10
"""One of so many is rendered as usual, with Griffin-Lim at 48 kHz."""
SOUNDS = (
    ("wav", "WAV", "PCM_16", 1), ("wav", "WAV", "FLOAT", 1), ("flac", "FLAC", "PCM_16", 2),
    ("ogg", "OGG", "VORBIS", 1), ("mp3", "MP3", "MPEG_LAYER_III", 1),
)  # fmt: skip


def midi_files(n_cases: int) -> Report:
    """`render` of damaged MIDI files."""
    report, chance = Report("MIDI files"), random.Random(20)
    whole = _midi_file()
    with _folder() as folder:
        path, out = folder / "in.mid", str(folder / "out.wav")
        arguments = ["render", str(path), out, "--tail", "0.2", "--voices", "8"]
        path.write_bytes(whole)
        _prove(arguments)
        _prove([*arguments, *CHEAP])
        for k in range(n_cases):
            path.write_bytes(damage(chance, whole))
            if _length_s(path) > LONGEST_S:
                report.count("hours long, only read")
            else:
                how = arguments if k % WHOLE_EVERY == 0 else [*arguments, *CHEAP]
                children.judge(report, f"MIDI file {k}", children.run(partial(cli.main, how), seconds=60))
    return report


def sound_files(n_cases: int) -> Report:
    """`transcribe` and `reconstruct` of damaged sound files, and of some that claim or hold absurd things."""
    report, chance = Report("sound files"), random.Random(21)
    with _folder() as folder:
        wholes = [(ending, _sound_file(form, kind, n)) for ending, form, kind, n in SOUNDS]
        for ending, whole in wholes:
            path = folder / f"in.{ending}"
            path.write_bytes(whole)
            _prove(_hearing(path, is_carried=False))
            _prove(_hearing(path, is_carried=True))
        for k in range(n_cases):
            ending, whole = wholes[k % len(wholes)]
            _hear(report, f"sound file {k}", folder / f"in.{ending}", damage(chance, whole), is_carried=k % 3 == 0)
        for name, data in _absurd_sounds().items():
            for is_carried in (False, True):
                _hear(report, name, folder / "in.wav", data, is_carried=is_carried)
    return report


def settings(n_cases: int) -> Report:
    """Damaged and odd TOML, read as every command reads it."""
    from rt.config import config

    report, chance = Report("settings"), random.Random(22)
    whole = Path(config.__file__).with_name("default.toml").read_text(encoding="utf-8")
    keys = [(part, key) for part, values in tomllib.loads(whole).items() for key in values]
    with _folder() as folder:
        path = folder / "settings.toml"

        def read() -> int:
            try:
                config.load(path)
            except BridgeError as error:
                print("latent-bridge:", error)
                return 2
            return 0

        for k in range(n_cases):
            path.write_bytes(_odd_toml(chance, k, whole, keys))
            children.judge(report, f"settings {k}", children.run(read))
    return report


def bundles(n_cases: int) -> Report:
    """`info` on damaged bundles; those that pass must `render` or be refused, too."""
    report, chance = Report("bundles"), random.Random(23)
    manifest = json.loads((DEFAULT / MANIFEST).read_text(encoding="utf-8"))
    with _folder() as folder:
        (folder / "in.mid").write_bytes(_midi_file(n_tracks=1, n_notes=2))
        play = ["render", str(folder / "in.mid"), str(folder / "out.wav"), "--bundle"]
        _prove(["info", str(DEFAULT)])
        _prove([*play, str(DEFAULT)])
        for k in range(n_cases):
            target = folder / "bundle"
            shutil.rmtree(target, ignore_errors=True)
            target.mkdir()
            for file in DEFAULT.iterdir():
                shutil.copyfile(file, target / file.name)
            _damage_bundle(chance, target, manifest)
            ended = children.run(partial(cli.main, ["info", str(target)]))
            if children.judge(report, f"bundle {k}", ended) and k % 2:
                ended = children.run(partial(cli.main, [*play, str(target)]), seconds=60)
                children.judge(report, f"bundle {k} played", ended)
    return report


def _length_s(path: Path) -> float:
    """How long a MIDI file plays; 0 when it is refused."""
    try:
        return max(track.end_s for track in midi_file.load(path))
    except BridgeError:
        return 0.0


def _prove(arguments: list[str]) -> None:
    """The undamaged file must pass, or nothing is shown; the children share what is imported and compiled here."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = cli.main(arguments)
    assert code == 0, said.getvalue()


def _hear(report: Report, name: str, path: Path, data: bytes, *, is_carried: bool) -> None:
    path.write_bytes(data)
    arguments = _hearing(path, is_carried=is_carried)
    ended = children.run(partial(cli.main, arguments), seconds=60)
    children.judge(report, f"{name} {path.suffix} {arguments[0]}", ended)


def _hearing(path: Path, *, is_carried: bool) -> list[str]:
    command, out = ("reconstruct", "out.wav") if is_carried else ("transcribe", "out.mid")
    return [command, str(path), str(path.with_name(out))]


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A folder for the time of an attack."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _midi_file(n_tracks: int = 3, n_notes: int = 10) -> bytes:
    file = mido.MidiFile()
    for channel in range(n_tracks):
        track = mido.MidiTrack()
        file.tracks.append(track)
        track.append(mido.MetaMessage("track_name", name=("Violin", "x", "Piano")[channel]))
        track.append(mido.MetaMessage("set_tempo", tempo=500_000))
        track.append(mido.Message("program_change", program=40, channel=channel))
        for k in range(n_notes):
            track.append(mido.Message("note_on", note=60 + k, velocity=80, time=30, channel=channel))
            track.append(mido.Message("control_change", control=64, value=0, channel=channel))
            track.append(mido.Message("pitchwheel", pitch=100, channel=channel))
            track.append(mido.Message("note_off", note=60 + k, time=60, channel=channel))
    made = io.BytesIO()
    file.save(file=made)
    return made.getvalue()


def _sound_file(form: str, kind: str, n_channels: int) -> bytes:
    at_s = np.arange(int(1.5 * RATE_HZ)) / RATE_HZ
    tone = 0.1 * sum(np.sin(2 * np.pi * 440.0 * k * at_s) / k for k in range(1, 7))
    made = io.BytesIO()
    soundfile.write(made, np.stack([tone] * n_channels, 1), RATE_HZ, format=form, subtype=kind)
    return made.getvalue()


def _absurd_sounds() -> dict[str, bytes]:
    found = {}
    for name, rate_hz, n_channels in (
        ("a rate of 1 Hz", 1, 1),
        ("a rate of 4 GHz", 4_000_000_000, 1),
        ("65535 channels", RATE_HZ, 65_535),
        ("no channel", RATE_HZ, 0),
    ):
        form = struct.pack("<HHIIHH", 1, n_channels, rate_hz, rate_hz * 2 % 2**32, n_channels * 2 % 65_536, 16)
        data = b"\1\0" * 1000
        chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(data)) + data
        found[name] = b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks
    for name, value in (("not a number", np.nan), ("infinity", np.inf), ("1e30", 1e30)):
        sound = np.zeros(RATE_HZ, np.float32)
        sound[100:200] = value
        made = io.BytesIO()
        soundfile.write(made, sound, RATE_HZ, format="WAV", subtype="FLOAT")
        found[f"samples of {name}"] = made.getvalue()
    for n_samples in (0, 1):
        made = io.BytesIO()
        soundfile.write(made, np.zeros(n_samples, np.float32), RATE_HZ, format="WAV")
        found[f"{n_samples} samples"] = made.getvalue()
    return found


ODD_VALUES = (
    "true",
    "-1",
    "0",
    "1e400",
    "nan",
    "inf",
    "-inf",
    "9" * 20,
    "1" + "0" * 5000,
    '""',
    '"x"',
    '"' + "x" * 5000 + '"',
    "[]",
    "{}",
    "1979-05-27",
    '"\\u0000"',
    '"../../x"',
    '"\\ud800"',
    "0x10",
    "1_000",
    "1e-320",
    '"file:"',
    '"file:/none/x.wav"',
    '"::1"',
    '"256.1.1.1"',
    '"example.invalid"',
    '"0.0.0.0"',
    "-0.0",
    "2.5",
    '"\u00e9\\n\\t"',
)
ODD_WHOLES = (
    b"x=1",
    b"[audio]\nblock=5",
    b"[nope]\na=1",
    b"audio=3",
    b"[[audio]]\nx=1",
    b"\xff\xfe",
    b"",
    b"[audio.x]\ny=1",
    b"a.b.c=1",
    b"[" * 3000,
    b"x=" + b"[" * 5000,
    b"[audio]\nblock_samples=128\nblock_samples=64",
    b"[osc]\nport=9130.0",
    b"\xef\xbb\xbf[osc]\nport=9131",
    "[osc]\nport=9131".encode("utf-16"),
)


def _odd_toml(chance: random.Random, k: int, whole: str, keys: list[tuple[str, str]]) -> bytes:
    part, key = chance.choice(keys)
    if k % 4 == 0:
        return damage(chance, whole.encode(), head=len(whole))
    if k % 4 == 1:
        return chance.choice(ODD_WHOLES)
    return f"[{part}]\n{key} = {chance.choice(ODD_VALUES)}\n".encode()


NAN, INFINITY = "NaN#", "Infinity#"
ODD_FIELDS: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31,
    2**63,
    10**400,
    -(10**400),
    1e308,
    -1e308,
    1e-320,
    0.5,
    "",
    "x",
    "x" * 10_000,
    "../../etc/passwd",
    "/etc/passwd",
    "\u0000",
    [],
    {},
    [[]],
    [1, 2],
    {"a": 1},
    NAN,
    INFINITY,
    [0] * 100_000,
    127,
    128,
    64,
    65,
    4096,
    4097,
    "\ud800",
    "\x1b[2J",
    "\u202e",
)


def _places(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where every field of a manifest lies, of long lists the first three."""
    found = [above] if above else []
    steps = value if isinstance(value, dict) else range(min(3, len(value))) if isinstance(value, list) else ()
    for step in steps:
        found += _places(value[step], (*above, step))
    return found


def _odd_manifest(chance: random.Random, manifest: dict[str, Any]) -> bytes:
    changed, places = copy.deepcopy(manifest), _places(manifest)
    for _ in range(chance.choice((1, 1, 1, 2))):
        *way, last = chance.choice([place for place in places if chance.random() < 0.3 or len(place) <= 3] or places)
        holder: Any = changed
        with contextlib.suppress(KeyError, IndexError, TypeError):
            for step in way:
                holder = holder[step]
            kind = chance.randrange(4)
            if kind == 0:
                del holder[last]
            elif kind == 1 and isinstance(holder[last], (int, float)):
                holder[last] *= chance.choice((-1, 0, 1000, 1e6, 1e-6))
            else:
                holder[last] = chance.choice(ODD_FIELDS)
    raw = json.dumps(changed, ensure_ascii=True)
    return raw.replace(f'"{NAN}"', "NaN").replace(f'"{INFINITY}"', "Infinity").encode()


def _damage_bundle(chance: random.Random, folder: Path, manifest: dict[str, Any]) -> None:
    """Damage the manifest, a graph (hashed again, so that it is read), or what kind of file one is."""
    path = folder / MANIFEST
    graph = folder / chance.choice([name for name in manifest["files"] if name.endswith(".onnx")])
    way = chance.randrange(10)
    if way < 2:
        path.write_bytes(damage(chance, path.read_bytes()))
    elif way < 7:
        path.write_bytes(_odd_manifest(chance, manifest))
    elif way < 9:
        data = damage(chance, graph.read_bytes())
        graph.write_bytes(data)
        changed = copy.deepcopy(manifest)
        changed["files"][graph.name] |= {"sha256": hashlib.sha256(data).hexdigest(), "n_bytes": len(data)}
        path.write_text(json.dumps(changed), encoding="utf-8")
    else:
        graph.unlink()
        odd = chance.randrange(4)
        if odd == 0:
            os.mkfifo(graph)
        elif odd == 1:
            graph.mkdir()
        elif odd == 2:
            graph.symlink_to("/dev/zero")
        else:
            graph.symlink_to(DEFAULT / graph.name)
