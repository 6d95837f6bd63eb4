"""Sources -> a corpus on disk: the same for any number of processes and after any interruption."""

from __future__ import annotations

import csv
import json
import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("soxr")

from export import store
from export.corpus import Corpus, CorpusInstrument
from export.prepare import shards
from export.prepare.pipeline import PROBLEMS, Prepared, prepare
from export.prepare.plan import Settings, plan
from export.prepare.summary import table
from rt.errors import BridgeError
from tests.support.tones import Tones

FAULTS = {
    "Flute 57 mf": "300",
    "Flute 62 mf": "silent",
    "Piano 57 pp": "unreadable",
    "Piano 62 ff": "short",
    "Piano 67 mf": "cancel",
}
SOURCE = Tones(seconds=0.7, faults=FAULTS)
ROOT = Path(__file__).parents[3]


class NoProgress:
    """Stands for tqdm."""

    def reset(self, total: int) -> None:
        self.total, self.n = total, 0

    def update(self, n: int) -> None:
        self.n += n

    def set_description(self, text: str) -> None:
        self.description = text


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "SHARD_ITEMS", 5)


def prepared(out: Path, *sources: Tones, **settings: Any) -> Prepared:
    return prepare(sources or (SOURCE,), out, Settings(**{"jobs": 1, **settings}), progress=NoProgress())


def checksums(folder: Path) -> dict[str, str]:
    arrays = json.loads((folder / store.CORPUS).read_text(encoding="utf-8"))["arrays"]
    return {name: file["sha256"] for name, file in arrays.items()}


def test_a_corpus_is_the_same_for_any_number_of_processes(tmp_path: Path) -> None:
    one, two = prepared(tmp_path / "one", jobs=1), prepared(tmp_path / "two", jobs=2)
    assert checksums(tmp_path / "one") == checksums(tmp_path / "two")
    assert one.summary == two.summary
    corpus = store.load(tmp_path / "two")
    n_takes = 24 - 4
    assert corpus.classes.shape == (n_takes, 1, 4) and corpus.note.shape == (n_takes, 1)
    assert len(corpus.frames) == len(corpus.frame_take) == len(corpus.frame_age_s) == len(corpus.frame_slot)
    assert corpus.live.shape == (20 * n_takes, 410)
    assert [symbol.name for symbol in corpus.symbols] == ["octave", "pitch_class", "dynamics", "instrument"]
    assert corpus.symbols[2].classes == ("pp", "mf", "ff", "silent")
    assert [(i.name, i.program, i.decays, i.low_note, i.high_note) for i in corpus.instruments] == [
        ("Flute", 73, False, 57, 72),
        ("Piano", 0, True, 57, 72),
    ]
    assert corpus.voice.all() and not corpus.held_out.any()
    assert corpus.facts["n_problems"] == 4
    assert isinstance(corpus.frames, np.memmap) and corpus.frames.dtype == np.float16
    with (tmp_path / "two" / PROBLEMS).open(encoding="utf-8") as stream:
        listed = {row["name"]: row["reason"] for row in csv.DictReader(stream)}
    assert set(listed) == set(FAULTS) - {"Piano 67 mf"}
    assert listed["Flute 57 mf"].startswith("mislabelled: sounds like C4")
    assert "tones: 4 left out" in table(two.summary, two.problems)
    assert sorted(path.name for path in (tmp_path / "two").iterdir()) == sorted(
        [store.CORPUS, PROBLEMS, *(f"{name}.npy" for name in store.ARRAYS)]
    )


@pytest.mark.slow
def test_a_killed_run_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    prepared(tmp_path / "whole")
    script = (
        "import sys; from pathlib import Path; from dataclasses import replace\n"
        "from export.prepare import shards; shards.SHARD_ITEMS = 5\n"
        "from tests.unit.export.test_prepare_corpus import SOURCE, prepared\n"
        "if __name__ == '__main__': prepared(Path(sys.argv[1]), replace(SOURCE, delay_s=0.2), jobs=1)\n"
    )
    out = tmp_path / "killed"
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, str(tmp_path / "script.py"), str(out)], env=env, cwd=ROOT)
    try:
        deadline = time.monotonic() + 60.0
        while not list((out / shards.SHARDS).glob("*.npz")):
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = len(list((out / shards.SHARDS).glob("*.npz")))
    assert 1 <= done < 5
    with pytest.raises(BridgeError, match="not finished"):
        store.load(out)
    progress = NoProgress()
    prepare([SOURCE], out, Settings(jobs=1), progress=progress)
    assert progress.total <= 24 - 5 * done
    assert checksums(out) == checksums(tmp_path / "whole")


def test_other_settings_do_not_take_over_what_was_done(tmp_path: Path) -> None:
    items = plan([SOURCE], Settings()).items
    changes = (Settings(), Settings(seed=2), Settings(vibrato="keep"), Settings(level="keep", brighten=True, jobs=7))
    names = [shards.shards_of(items, [SOURCE], settings, tmp_path)[0].path.name for settings in changes]
    assert len(set(names)) == 3
    assert names[0] == names[3]  # these matter only when the shards are merged


def test_a_full_disk_is_one_line_and_keeps_the_shards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    small = replace(SOURCE, faults={}, instruments=("Flute",))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64_000, hard))
    try:
        with pytest.raises(BridgeError, match=rf"^{tmp_path}/out: .*run the same command again$"):
            prepared(tmp_path / "out", small)
        resource.setrlimit(resource.RLIMIT_FSIZE, (160_000, hard))  # enough for a shard of 3 but not for all frames
        monkeypatch.setattr(shards, "SHARD_ITEMS", 2)
        with pytest.raises(BridgeError, match=rf"^{tmp_path}/out: .*run the same command again$"):
            prepared(tmp_path / "out", small)
        assert len(list((tmp_path / "out" / shards.SHARDS).glob("*.npz"))) == 6
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert len(prepared(tmp_path / "out", small).corpus.name) == 12


def test_strict_stops_at_the_first_file_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(BridgeError, match=r"(Flute|Piano) \d+ .*(mislabelled|silent|short|decoded).*--skip"):
        prepared(tmp_path, strict=True)


def test_an_instrument_without_files_is_refused_by_name(tmp_path: Path) -> None:
    lost = {f"Piano {note} {d}": "silent" for note in SOURCE.notes for d in SOURCE.dynamics}
    with pytest.raises(BridgeError, match=r"no file of 'Piano' can be used.*silent"):
        prepared(tmp_path, replace(SOURCE, faults=lost))
    with pytest.raises(BridgeError, match="no file can be used"):
        prepared(tmp_path, replace(SOURCE, instruments=("Flute",), notes=(5,)))


def spoken_by(corpus: Corpus) -> set[tuple[str, str]]:
    """Source and instrument of the takes of the voice."""
    places = np.flatnonzero(corpus.voice)
    return {(corpus.sources[corpus.source[i]], str(corpus.name[i]).split()[0]) for i in places}


def test_the_first_source_of_an_instrument_is_its_voice(tmp_path: Path) -> None:
    first = Tones(name="first", notes=(60,), seconds=0.3)
    second = Tones(name="second", notes=(60, 62), seconds=0.3, instruments=("Flute", "Oboe"))
    corpus = prepared(tmp_path, first, second, brighten=True).corpus
    assert spoken_by(corpus) == {("first", "Flute"), ("first", "Piano"), ("second", "Oboe")}
    named = prepared(tmp_path, first, second, voice=("second",)).corpus
    assert spoken_by(named) == {("second", "Flute"), ("first", "Piano"), ("second", "Oboe")}
    with pytest.raises(BridgeError, match=r"--voice 'third'.*'first', 'second'"):
        prepared(tmp_path, first, second, voice=("third",))


def test_mixtures_hold_several_notes_and_keep_some_for_the_test(tmp_path: Path) -> None:
    clean = replace(SOURCE, faults={}, notes=(57, 60, 62, 64, 67, 69, 72))
    corpus = prepared(tmp_path, clean, mixtures=60).corpus
    assert corpus.n_sources == 2
    assert corpus.classes.shape == (60, 2, 4) and corpus.note.shape == (60, 2)
    silent = np.array([len(symbol.classes) - 1 for symbol in corpus.symbols])
    sounds = corpus.note >= 0
    assert sounds[:, 0].all() and 0 < (~sounds[:, 1]).sum() < 30
    assert (corpus.classes[~sounds] == silent).all() and (corpus.classes[sounds] < silent).all()
    both = sounds.all(axis=1)
    assert (np.diff(corpus.classes[both][:, :, 3], axis=1) > 0).all()
    assert 0 < corpus.held_out.sum() < 20
    parts = (corpus.held_out, ~corpus.held_out)
    groups = [{tuple(row) for row in corpus.classes[chosen][sounds[chosen]]} for chosen in parts]
    assert groups[0] and not groups[0] & groups[1]
    assert set(np.bincount(corpus.live_take, minlength=60)) == {20}
    assert store.load(tmp_path).n_sources == 2


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("live.npy", lambda data: data[:-1] + bytes([data[-1] ^ 1]), "live.npy: changed since"),
        ("note.npy", lambda data: data[:-8], "note.npy: unreadable"),
        (store.CORPUS, lambda data: data.replace(b'"format": 1', b'"format": 9'), "corpus format 9"),
        (store.CORPUS, lambda data: data.replace(b'"gamma_hz": ', b'"gamma_hz": 1'), "another analyser"),
        (store.CORPUS, lambda data: data[:-10], "not JSON"),
        (store.CORPUS, lambda data: data.replace(b'"symbols"', b'"signs"'), "damaged"),
    ],
)
def test_a_changed_corpus_is_refused(tmp_path: Path, name: str, change: Any, told: str) -> None:
    corpus = small_corpus(tmp_path)
    store.save(corpus, tmp_path)
    assert store.load(tmp_path).facts == corpus.facts
    path = tmp_path / name
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(BridgeError, match=told) as caught:
        store.load(tmp_path)
    assert "export prepare" in str(caught.value) and "\n" not in str(caught.value)


def test_no_corpus_is_told(tmp_path: Path) -> None:
    with pytest.raises(BridgeError, match="no prepared corpus there"):
        store.load(tmp_path)


def small_corpus(folder: Path) -> Corpus:
    """A corpus of two takes, made by hand."""
    from rt.bundle.manifest import Licence
    from rt.frames.live import LIVE
    from rt.frames.spec import NSGT_410
    from rt.frames.symbols import standard_symbols

    return Corpus(
        frame=NSGT_410,
        listener=LIVE,
        symbols=standard_symbols(["Flute"]),
        instruments=(
            CorpusInstrument(name="Flute", low_note=60, high_note=61, program=73, decays=False, release_s=0.1),
        ),
        sources=("tones",),
        licences=(Licence(source="tones", licence="CC0", credit="nobody"),),
        max_age_s=1.0,
        n_sources=1,
        facts={"seed": 1},
        name=np.array(["a", "b"]),
        source=np.zeros(2),
        voice=np.ones(2, bool),
        held_out=np.zeros(2, bool),
        classes=np.zeros((2, 1, 4)),
        note=np.array([[60], [61]]),
        frames=np.ones((4, 410)),
        frame_take=np.array([0, 0, 1, 1]),
        frame_age_s=np.zeros(4),
        frame_place_s=np.zeros(4),
        frame_slot=np.zeros(4),
        live=np.ones((2, 410)),
        live_take=np.array([0, 1]),
        live_age_s=np.zeros(2),
    )
