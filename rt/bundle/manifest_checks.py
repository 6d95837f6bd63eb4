"""What the values of a manifest must be, beyond their types and ranges: names, and what belongs together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rt.bundle.bundle_files import MAX_BUNDLE_BYTES, MAX_FILES, is_portable
from rt.bundle.manifest import FORMAT, MANIFEST, Manifest
from rt.errors import BundleError

NEEDED_GRAPHS = ("symbol_encoder", "signal_decoder")
N_NOTES = 128
LABELS = ("octave", "pitch_class", "dynamics", "instrument")
"""Symbols that every source must have."""

Need = Callable[[bool, str], None]
"""Raises with the text unless the condition holds."""


def check_manifest(manifest: Manifest, path: Path) -> None:
    """BundleError, naming the file and the field, unless everything in the manifest is allowed and fits together."""

    def need(ok: bool, text: str) -> None:
        if not ok:
            raise BundleError(f"{path}: {text}; export the model again")

    _check_listener(manifest, need)
    _check_sources(manifest, need)
    _check_frame(manifest, need)
    _check_latent(manifest, need)
    _check_symbols(manifest, need)
    _check_instruments(manifest, need)
    _check_graphs(manifest, need)
    _check_files(manifest, need)


def _check_listener(m: Manifest, need: Need) -> None:
    """The analyser and the frames that it makes belong together."""
    for name in ("listener_encoder", "listener_notes"):
        need(m.listener is not None or name not in m.graphs, f"{name} needs the field listener")
    if m.listener is None:
        return
    heard, f = m.listener, m.frame
    need(heard.kind == "vqt-early", f"listener kind {heard.kind!r}, this program knows 'vqt-early'")
    need(
        1.0 / f.f_min_hz <= heard.window_s <= 2.0,
        f"listener.window_s is {heard.window_s:g}, allowed from a period of {f.f_min_hz:g} Hz to 2 s",
    )
    need(heard.window_s * f.sample_rate_hz >= 16.0, "listener.window_s is below 16 samples at frame.sample_rate_hz")


def _check_sources(m: Manifest, need: Need) -> None:
    """Every source has the same symbols."""
    classes = {s.name: s.classes for s in m.symbols}
    for source in range(2, m.n_sources + 1):
        for name in LABELS:
            need(
                classes.get(f"{name}_{source}") == classes.get(name),
                f"symbol '{name}_{source}' is missing or unlike {name!r}, with n_sources {m.n_sources}",
            )


def _check_frame(m: Manifest, need: Need) -> None:
    f = m.frame
    need(f.kind == "nsgt", f"frame kind {f.kind!r}, this program knows 'nsgt'")
    need(0 < f.f_min_hz < f.f_max_hz <= f.sample_rate_hz / 2, "frame frequencies must rise and lie below half the rate")
    need(f.noise is None or m.format == FORMAT, f"frame.noise is unknown to format {m.format}, it needs {FORMAT}")


def _check_latent(m: Manifest, need: Need) -> None:
    z = m.latent
    for name in ("mean", "low", "high"):
        need(len(getattr(z, name)) == z.size, f"latent.{name} must have {z.size} numbers")
    need(all(low <= high for low, high in zip(z.low, z.high, strict=True)), "latent.low lies above latent.high")
    need(
        min(2, z.size) <= len(z.axes) <= z.size and all(len(a) == z.size for a in z.axes),
        "latent.axes must be vectors of latents",
    )
    need(len(z.axis_deviation) == len(z.axes), "latent.axis_deviation must have a number per axis")


def _check_symbols(m: Manifest, need: Need) -> None:
    names = [s.name for s in m.symbols]
    need(len(set(names)) == len(names), "two symbols have one name")
    for name in LABELS:
        need(name in names, f"symbol {name!r} is missing")
    for s in m.symbols:
        need(s.classes[-1] == "silent", f"symbol {s.name!r} must end with the class 'silent'")
        need(len(set(s.classes)) == len(s.classes), f"symbol {s.name!r} has two classes of one name")
    need(len(m.symbol("pitch_class").classes) == 13, "pitch_class must have 12 classes and 'silent'")


def _check_instruments(m: Manifest, need: Need) -> None:
    """Instruments are the classes of their symbol; their lists run over all their notes."""
    listed = m.symbol("instrument").classes[:-1]
    need(tuple(i.name for i in m.instruments) == listed, "instruments must be the classes of the symbol 'instrument'")
    n_dynamics = len(m.symbol("dynamics").classes) - 1
    for i in m.instruments:
        n = i.high_note - i.low_note + 1
        need(i.low_note <= i.high_note, f"instrument {i.name!r}: low_note lies above high_note")
        need(
            len(i.loudness_db) == n and all(len(row) == n_dynamics for row in i.loudness_db),
            f"instrument {i.name!r}: loudness_db must be {n} x {n_dynamics}",
        )
        for name in ("tuning_cents", "decay_db_per_s"):
            need(len(getattr(i, name)) == n, f"instrument {i.name!r}: {name} must have {n} numbers")
        tuning = i.tuning_by_velocity_cents
        need(
            len(tuning) in (0, n) and len({len(row) for row in tuning}) <= 1 and all(len(row) >= 2 for row in tuning),
            f"instrument {i.name!r}: tuning_by_velocity_cents must be empty or {n} rows of 2 numbers or more",
        )


def tensors(m: Manifest) -> dict[str, tuple[dict[str, int], dict[str, int]]]:
    """Widths of the inputs and outputs of every graph that a bundle may have."""
    n_bins, n_latents = m.frame.n_bins, m.latent.size
    n_symbols = sum(len(s.classes) for s in m.symbols)
    posterior = {"mean": n_latents, "log_variance": n_latents}
    noise = {"noise": m.frame.noise.n_bands} if m.frame.noise else {}
    return {
        "symbol_encoder": ({"symbols": n_symbols, "age_s": 1}, posterior),
        "signal_decoder": ({"latent": n_latents}, {"frame": n_bins} | noise),
        "signal_encoder": ({"frame": n_bins}, posterior),
        "listener_encoder": ({"frame": n_bins}, posterior),
        "listener_notes": ({"frame": n_bins}, {"notes": N_NOTES}),
        "symbol_decoder": ({"latent": n_latents}, {s.name: len(s.classes) for s in m.symbols}),
    }


def _check_graphs(m: Manifest, need: Need) -> None:
    """Graphs have known names, the tensors that the rest of the manifest asks for, and a file in the bundle."""
    shapes = tensors(m)
    for name in NEEDED_GRAPHS:
        need(name in m.graphs, f"graph {name!r} is missing")
    for name, graph in m.graphs.items():
        need(name in shapes, f"graph {name!r} is unknown, allowed are {', '.join(shapes)}")
        for found, wanted in zip((graph.inputs, graph.outputs), shapes[name], strict=True):
            need(found == {k: (-1, v) for k, v in wanted.items()}, f"graph {name!r} must have the tensors {wanted}")
        is_plain = graph.file.endswith(".onnx") and is_portable(graph.file)
        need(is_plain, f"graph {name!r}: file must be a plain NAME.onnx")
        need(graph.file in m.files, f"{graph.file} has no SHA-256")


def _check_files(m: Manifest, need: Need) -> None:
    """Names that are files of the folder on every system, and sizes that can be read."""
    need(m.card is None or m.card in m.files, f"card {str(m.card)[:40]!r} has no SHA-256")
    need(len(m.files) <= MAX_FILES, f"{len(m.files)} files, allowed are {MAX_FILES}")
    folded = {name.casefold() for name in m.files} | {MANIFEST}
    need(len(folded) == len(m.files) + 1, "two files differ in upper and lower case alone, or one is the manifest")
    for name, file in m.files.items():
        need(
            is_portable(name),
            f"file name {name[:40]!r} leaves the folder or is none on some system; use letters, digits, '_' and '.'",
        )
        is_hash = len(file.sha256) == 64 and set(file.sha256) <= set("0123456789abcdef")
        need(is_hash, f"{name}: sha256 must be 64 hexadecimal digits")
    total = sum(file.n_bytes for file in m.files.values())
    need(total <= MAX_BUNDLE_BYTES, f"the files have {total} bytes, allowed are {MAX_BUNDLE_BYTES >> 20} MiB")
