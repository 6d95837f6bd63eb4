"""Fixtures that all tests share."""

from __future__ import annotations

import dataclasses
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rt.bundle.bundle import Bundle
from rt.config import config
from rt.config.user_folder import FOLDER
from rt.engine import Engine
from rt.model import Model
from rt.stats import Stats
from tests.support.tiny import write_tiny_bundle

# Not what whoever runs the tests has learnt and saved; it is there only once a test saves something.
os.environ[FOLDER] = str(Path(tempfile.gettempdir()) / f"latent-bridge-user-{os.getpid()}")

MakeEngine = Callable[..., Engine]
SAMPLE_RATE_HZ = 48_000.0
DRY: dict[str, Any] = {"stereo": False, "room": 0.0}
"""Settings of [engine] for one channel that has only the voices in it."""


@pytest.fixture(scope="session")
def tiny_bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny")


@pytest.fixture(scope="session")
def tiny_bundle_path(tiny_bundle: Bundle) -> Path:
    return tiny_bundle.path


@pytest.fixture(scope="session")
def tiny_model(tiny_bundle: Bundle) -> Model:
    return Model.load(tiny_bundle, "cpu")


@pytest.fixture
def make_engine(tiny_model: Model) -> MakeEngine:
    """Build an engine on the hand-built bundle, DRY unless told otherwise; settings of [engine] as keywords."""

    def make(*, sample_rate_hz: float = SAMPLE_RATE_HZ, stats: Stats | None = None, **settings: Any) -> Engine:
        wanted = dataclasses.replace(config.load().engine, **(DRY | settings))
        return Engine(tiny_model, sample_rate_hz=sample_rate_hz, config=wanted, stats=stats or Stats())

    return make
