"""Trained models on disk: weights, what they were trained on, their scores. Loading executes nothing."""

from __future__ import annotations

import io
import os
import pickle
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from export.corpus import Corpus, CorpusInstrument, frame_of, plain_frame
from export.model_config import ModelConfig
from export.models import BridgeModel
from export.store import disk_errors
from rt.atomic_write import atomic_write
from rt.bundle.manifest import Licence, ListenerSpec, SymbolSpec
from rt.errors import BridgeError

MODEL_KIND, STATE_KIND = "latent-bridge model", "latent-bridge training state"
CHECKPOINT_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A model with all that a bundle must tell about it."""

    model: BridgeModel
    """In evaluation mode, on the CPU."""
    symbols: tuple[SymbolSpec, ...]
    """Of all sources, in the order of the inputs of the symbol encoder."""
    corpus: dict[str, Any]
    """What it was trained on, see `corpus_facts`."""
    training: dict[str, Any]
    """Preset, settings, split and costs of the training."""
    scores: dict[str, Any]
    """Scores on the validation split."""
    examples: dict[str, Tensor]
    """`frame` and `live`: (64, n_bins) real validation frames each, for the comparison of graphs."""


def corpus_facts(corpus: Corpus) -> dict[str, Any]:
    """What a model remembers of its corpus.

    Returns the fields of Corpus that are not arrays, but for the symbols, by name.
    """
    names = ("frame", "listener", "instruments", "sources", "licences", "max_age_s", "n_sources", "facts")
    return {name: getattr(corpus, name) for name in names}


def save(trained: Trained, path: Path) -> None:
    """Write a checkpoint at once: either the old or the new content is there."""
    corpus = dict(trained.corpus)
    for name in ("instruments", "licences"):
        corpus[name] = [asdict(one) for one in corpus[name]]
    corpus["frame"], corpus["listener"] = plain_frame(corpus["frame"]), asdict(corpus["listener"])
    write(
        {
            "kind": MODEL_KIND,
            "format": CHECKPOINT_FORMAT,
            "config": asdict(trained.model.config),
            "state": trained.model.state_dict(),
            "symbols": [asdict(symbol) for symbol in trained.symbols],
            "corpus": {**corpus, "sources": list(corpus["sources"])},
            "training": trained.training,
            "scores": trained.scores,
            "examples": trained.examples,
        },
        path,
    )


def load(path: Path) -> Trained:
    """Read a checkpoint; BridgeError in one line for anything that is none."""
    stored = read(path, MODEL_KIND)
    try:
        config, corpus = stored["config"], dict(stored["corpus"])
        model = BridgeModel(ModelConfig(**{**config, "symbol_sizes": tuple(config["symbol_sizes"])}))
        model.load_state_dict(stored["state"])
        corpus["frame"] = frame_of(corpus["frame"])
        corpus["listener"] = ListenerSpec(**corpus["listener"])
        corpus["instruments"] = tuple(CorpusInstrument(**one) for one in corpus["instruments"])
        corpus["licences"] = tuple(Licence(**one) for one in corpus["licences"])
        corpus["sources"] = tuple(corpus["sources"])
        return Trained(
            model=model.eval(),
            symbols=tuple(SymbolSpec(name=s["name"], classes=tuple(s["classes"])) for s in stored["symbols"]),
            corpus=corpus,
            training=stored["training"],
            scores=stored["scores"],
            examples=stored["examples"],
        )
    except (RuntimeError, KeyError, TypeError, AttributeError) as error:
        raise unusable(path, error) from error


def write(content: dict[str, Any], path: Path) -> None:
    """Write plain values and tensors into a file that appears whole or not at all."""
    buffer = io.BytesIO()
    torch.save(content, buffer)
    with disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(path) as place:
            place.write_bytes(buffer.getbuffer())


def read(path: Path, kind: str) -> dict[str, Any]:
    """Read what `write` wrote, onto the CPU; BridgeError when it is not of this kind."""
    try:
        stored = torch.load(path, weights_only=True, map_location="cpu")
    except OSError as error:
        if path.is_file() and os.access(path, os.R_OK):  # torch calls a file that was cut off an invalid argument
            raise unusable(path, TypeError("cut off")) from error
        raise BridgeError(f"{path}: {error.strerror or error}; run `python -m export train` first") from error
    except pickle.UnpicklingError as error:  # its own text is a page about torch
        raise unusable(path, TypeError("not written by this program")) from error
    except (RuntimeError, EOFError, KeyError, ValueError) as error:
        raise unusable(path, error) from error
    found = stored.get("kind") if isinstance(stored, dict) else None
    if found != kind:
        raise BridgeError(f"{path}: holds {found or 'something else'}, wanted a {kind}; run `python -m export train`")
    if stored.get("format") != CHECKPOINT_FORMAT:
        wanted = f"checkpoint format {stored.get('format')}, this program reads {CHECKPOINT_FORMAT}"
        raise BridgeError(f"{path}: {wanted}; run `python -m export train` again")
    return dict(stored)


def unusable(path: Path, error: Exception) -> BridgeError:
    """One line about a file that is no checkpoint."""
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:120]
    return BridgeError(f"{path}: no usable checkpoint ({reason}); run `python -m export train` again")
