"""Figures of a report, as PNG files: confusion, notes along the keyboard, onsets, frames, latents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from export.evaluate.examples import Examples
from export.evaluate.graphs import Graphs
from export.evaluate.scores import AGES_MS, voice_target
from rt.arrays import F32, AnyArray
from rt.atomic_write import atomic_write
from rt.frames.spec import centre_hz
from rt.units import name_of_note

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from export.evaluate.report import DataSet

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#888888")
"""Okabe and Ito's, which also those tell apart who see fewer colours."""
MARKERS = "osv^DPX*"
MOST_LINES = 8
MOST_CLASSES_WITH_NUMBERS = 16
N_TAKES_SHOWN = 5
N_POINTS = 4000
DPI = 110


def draw_all(graphs: Graphs, sets: list[tuple[DataSet, Examples]], report: dict[str, Any], out: Path) -> list[Path]:
    """All figures of all data sets; returns their paths."""
    from matplotlib.figure import Figure

    paths = []
    for (data, examples), scores in zip(sets, report["sets"], strict=True):
        drawn: dict[str, Figure] = {"keyboard": draw_keyboard(scores)}
        for kind, title in (("nsgt", "full-resolution frames"), ("live", "live frames")):
            if kind in scores:
                confusions = scores[kind]["signal_to_symbol"]["frame"]["confusion"]
                drawn[f"confusion_{kind}"] = draw_confusions(confusions, f"{data.name}: {title}")
        if "live" in scores:
            drawn["onset"] = draw_onset(scores)
        frames = draw_frames(graphs, examples)
        if frames is not None:
            drawn["frames"] = frames
        drawn["latents"] = draw_latents(graphs, examples)
        for name, figure in drawn.items():
            path = out / f"{data.name}_{name}.png"
            with atomic_write(path) as place:
                figure.savefig(place, dpi=DPI, format="png", metadata={"Software": None})
            paths.append(path)
    return paths


def draw_confusions(confusions: dict[str, dict[str, Any]], title: str) -> Any:
    """Matrices of all symbols: each row says what the frames of one true class were heard as."""
    shown = {name: kept for name, found in confusions.items() if (kept := _used(found))}
    figure = _figure(5.2 * max(len(shown), 1), 5.6)
    for i, (name, (rows, columns, counts)) in enumerate(shown.items()):
        axes = figure.add_subplot(1, len(shown), i + 1)
        share = 100.0 * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        image = axes.imshow(share, cmap="cividis", vmin=0.0, vmax=100.0)
        axes.set_xticks(range(len(columns)), columns, rotation=90 if max(map(len, columns)) > 2 else 0)
        axes.set_yticks(range(len(rows)), rows)
        axes.set(title=_words(name), xlabel="heard", ylabel="true")
        if len(columns) <= MOST_CLASSES_WITH_NUMBERS:
            for (row, column), value in np.ndenumerate(share):
                if value >= 0.5:
                    colour = "black" if value > 55.0 else "white"
                    axes.text(column, row, f"{value:.0f}", ha="center", va="center", color=colour, fontsize=8)
        if i == len(shown) - 1:
            figure.colorbar(image, ax=axes, shrink=0.6, label="% of the true class's frames")
    figure.suptitle(title)
    return figure


def draw_keyboard(scores: dict[str, Any]) -> Any:
    """Share of frames with the right note, along the keyboard."""
    figure = _figure(9.0, 4.2)
    axes = figure.add_subplot()
    for (kind, label), colour, marker in zip(_kinds(scores), COLOURS, MARKERS, strict=False):
        found = scores[kind]["signal_to_symbol"]["frame"]["by_note"]
        notes = [int(note) for note in found]
        shares = [one["note_percent"] for one in found.values()]
        axes.plot(notes, shares, marker, color=colour, ms=6, mfc="none", lw=0, label=label)
    low, high = axes.get_xlim()
    octaves = np.arange(12 * int(np.ceil(low / 12)), high, 12)
    axes.set_xticks(octaves, [name_of_note(int(note)) for note in octaves])
    axes.set(title=f"{scores['data']}: right notes along the keyboard", ylabel="frames right (%)", ylim=(-3, 103))
    _finish(axes)
    return figure


def draw_onset(scores: dict[str, Any]) -> Any:
    """Share of live frames with the right note, by the age of the note, over all and by instrument."""
    found = scores["live"]["signal_to_symbol"]["by_age_ms"]
    ages = [age for age in AGES_MS if found[str(age)]["n"]]
    names = sorted({name for age in ages for name in found[str(age)]["by_instrument"]})
    figure = _figure(7.5, 4.4)
    axes = figure.add_subplot()
    axes.plot(ages, [found[str(age)]["note_percent"] for age in ages], color="black", lw=3, label="all")
    for name, colour, marker in zip(names[: MOST_LINES - 1], COLOURS, MARKERS, strict=False):
        own = [(age, found[str(age)]["by_instrument"].get(name, {}).get("note_percent")) for age in ages]
        known = [(age, share) for age, share in own if share is not None]
        axes.plot(*zip(*known, strict=True), color=colour, marker=marker, ms=5, lw=1.2, label=name) if known else None
    axes.set(title=f"{scores['data']}: live frames after the onset", ylim=(-3, 103), xticks=AGES_MS)
    axes.set(xlabel="end of the live frame after the onset (ms)", ylabel="notes right (%)")
    _finish(axes)
    return figure


def draw_frames(graphs: Graphs, examples: Examples) -> Any:
    """A few takes of the voice: as recorded, through the signal encoder, and from their symbols."""
    known = np.all(examples.labels >= 0, axis=(1, 2)) & examples.voice
    takes = _spread(np.flatnonzero(known & (np.bincount(examples.nsgt.take, minlength=examples.n_takes) > 2)), examples)
    if not len(takes):
        return None
    figure = _figure(3.2 * len(takes) + 1.0, 8.0)
    centres = centre_hz(graphs.frame)
    edges = np.append(centres, centres[-1] ** 2 / centres[-2])
    for column, take in enumerate(takes):
        chosen = examples.nsgt.only(examples.nsgt.take == take)
        order = np.argsort(chosen.age_s)
        values, age_s = chosen.read(0, len(order))[order], chosen.age_s[order]
        for row, (title, frames) in enumerate(_three_ways(graphs, examples, take, values, age_s)):
            axes = figure.add_subplot(3, len(takes), row * len(takes) + column + 1)
            level_db = graphs.frame.floor_db + graphs.frame.step_db * np.maximum(frames, 0.0).T
            image = axes.pcolormesh(np.arange(len(age_s) + 1), edges, level_db, vmin=-80.0, vmax=0.0)
            axes.set_yscale("log")
            ticks = np.linspace(0, len(age_s) - 1, min(5, len(age_s))).round().astype(int)
            axes.set_xticks(ticks + 0.5, [f"{max(age_s[i], 0.0):.2g}" if age_s[i] >= 1e-3 else "0" for i in ticks])
            axes.set_title(title if row else f"{_told(examples, take)}\n{title}", fontsize=10)
            axes.set_xlabel("time since onset (s), not to scale" if row == 2 else "")
            axes.set_ylabel("Hz" if column == 0 else "")
    figure.colorbar(image, ax=figure.axes, shrink=0.4, label="dB")
    return figure


def draw_latents(graphs: Graphs, examples: Examples) -> Any:
    """Frames of single notes on the two widest principal axes of the latents, by instrument and by pitch."""
    single = np.sum(examples.note >= 0, axis=1) == 1
    rows = np.flatnonzero(single[examples.nsgt.take])
    rows = rows if len(rows) else np.arange(len(examples.nsgt.rows))
    rows = np.sort(np.random.default_rng(0).permutation(rows)[:N_POINTS])
    chosen = examples.nsgt.only(rows)
    z = np.concatenate([graphs.encode_signal(part)[0] for _, part in chosen.parts()]).astype(np.float64)
    z -= z.mean(axis=0)
    _, _, axes_of = np.linalg.svd(z, full_matrices=False)
    place = z @ axes_of[:2].T
    figure = _figure(12.0, 5.2)
    left, right = figure.add_subplot(1, 2, 1), figure.add_subplot(1, 2, 2)
    names = examples.instrument[chosen.take, 0]
    for i, name in enumerate(np.unique(names)):
        own = names == name
        style = {"color": COLOURS[i % len(COLOURS)], "marker": MARKERS[i % len(MARKERS)]}
        left.scatter(*place[own].T, s=9, alpha=0.6, linewidths=0, label=str(name), **style)
    left.set_title("latents of frames, by instrument")
    left.legend(markerscale=3, fontsize=8)
    image = right.scatter(*place.T, c=examples.note[chosen.take].max(axis=1), s=8, cmap="viridis", linewidths=0)
    right.set_title("by pitch")
    figure.colorbar(image, ax=right, label="MIDI note")
    for axes in (left, right):
        axes.set(xlabel="first principal axis", ylabel="second principal axis")
    return figure


def _three_ways(
    graphs: Graphs, examples: Examples, take: int, values: F32, age_s: AnyArray
) -> list[tuple[str, AnyArray]]:
    symbols = examples.one_hot(np.full(len(age_s), take))
    return [
        ("recorded", voice_target(graphs, values, age_s)),
        ("signal -> signal", graphs.decode_signal(graphs.encode_signal(values)[0])),
        ("symbols -> signal", graphs.decode_signal(graphs.encode_symbols(symbols, age_s)[0])),
    ]


def _spread(takes: AnyArray, examples: Examples) -> AnyArray:
    """A few takes of different instruments, from the middle of what there is of each."""
    if not len(takes):
        return takes
    names = examples.instrument[takes, 0]
    middles = [takes[names == name][np.sum(names == name) // 2] for name in np.unique(names)]
    polyphonic = [take for take in takes if np.sum(examples.note[take] >= 0) > 1]
    return np.array((polyphonic[:: max(1, len(polyphonic) // N_TAKES_SHOWN)] or middles)[:N_TAKES_SHOWN])


def _told(examples: Examples, take: int) -> str:
    """What sounds in a take."""
    sounding = np.flatnonzero(examples.note[take] >= 0)
    return " + ".join(f"{examples.instrument[take, s]} {name_of_note(int(examples.note[take, s]))}" for s in sounding)


def _used(confusion: dict[str, Any]) -> tuple[list[str], list[str], AnyArray] | None:
    """Classes that are true anywhere, those that are true or heard, and the counts of the ones as the others."""
    classes, counts = confusion["classes"], np.array(confusion["counts"])
    true, used = np.flatnonzero(counts.sum(axis=1)), np.flatnonzero(counts.sum(axis=0) + counts.sum(axis=1))
    if not len(true):
        return None
    return [classes[i] for i in true], [classes[i] for i in used], counts[np.ix_(true, used)]


def _kinds(scores: dict[str, Any]) -> list[tuple[str, str]]:
    named = (("nsgt", "full-resolution frames"), ("live", "live frames"))
    return [(kind, label) for kind, label in named if kind in scores]


def _figure(width: float, height: float) -> Any:
    """An empty figure, drawn without a window."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def _finish(axes: Axes) -> None:
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8, loc="lower right")


def _words(name: str) -> str:
    return name.replace("_", " ")
