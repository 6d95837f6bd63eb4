"""`latent-bridge info`: what a bundle holds, from its checked manifest."""

from __future__ import annotations

import argparse
import importlib.util
import json
from typing import Any

from rt.bundle import bundle
from rt.config import flags
from rt.trial import try_out
from rt.units import name_of_note

SUMMARY = "check a bundle and show what it holds"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the bundle."""
    parser.add_argument("bundle", nargs="?", help="folder, or the name of a shipped one; else that of the settings")
    flags.add_config(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the manifest as a person reads it; every file of the bundle has the hash that it names."""
    opened = bundle.load(arguments.bundle or flags.read(arguments).model.bundle, keeps=True)
    graphs = {name: opened.graph_bytes(name) for name in opened.manifest.graphs}
    if importlib.util.find_spec("onnxruntime") is not None:
        try_out(opened, graphs)
    m = opened.manifest
    print(f"{m.name}, bundle format {m.format}")
    print(f"  {opened.path}")
    f, z = m.frame, m.latent
    print(f"\nframes   {f.n_bins} bands, {f.f_min_hz:g}-{f.f_max_hz:g} Hz, {f.bins_per_octave} per octave ({f.kind})")
    if f.noise is not None:
        print(f"noise    {f.noise.n_bands} bands, up to {f.noise.highest_hz:g} Hz, from {f.noise.floor_db:g} dB per Hz")
    print(f"latents  {z.size}, principal axes {len(z.axes)}, time since onset up to {m.max_age_s:g} s")
    if m.listener is not None:
        heard = m.listener
        print(f"listener {heard.kind}, looks back {1e3 * heard.window_s:.0f} ms, gamma {heard.gamma_hz:g} Hz")
    print(f"sources  {m.n_sources}")
    print("symbols  " + ", ".join(f"{s.name} ({len(s.classes)})" for s in m.symbols))
    print("\ninstruments")
    for i in m.instruments:
        reach = f"{name_of_note(i.low_note)}-{name_of_note(i.high_note)}"
        kind = "fades" if max(i.decay_db_per_s) > 0 else "sustains"
        print(f"  {i.name:12} {reach:8} {i.low_note}-{i.high_note}, program {i.program}, {kind}")
    print("\ngraphs")
    for name, graph in m.graphs.items():
        ends = f"{', '.join(graph.inputs)} -> {', '.join(graph.outputs)}"
        print(f"  {name:16} {m.files[graph.file].n_bytes / 1e6:5.2f} MB  {ends}")
    print(f"  {sum(file.n_bytes for file in m.files.values()) / 1e6:.2f} MB, SHA-256 of every file is right")
    for title, facts in (("training", m.training), ("scores", m.scores)):
        if facts:
            print(f"\n{title}")
            _print_facts(facts)
    if m.card is not None:
        print(f"\ncard     {opened.path / m.card}")
    print("\nlicences")
    for licence in m.licences:
        print(f"  {licence.source}: " + "; ".join(part for part in (licence.licence, licence.credit) if part))
    return 0


def _print_facts(facts: dict[str, Any], indent: str = "  ") -> None:
    for name, value in facts.items():
        if isinstance(value, dict):
            print(f"{indent}{name}")
            _print_facts(value, indent + "  ")
        else:
            print(f"{indent}{name}: {value if isinstance(value, str) else json.dumps(value)}")
