"""The bundle that offline commands are run on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.offline import OfflineRun


@pytest.fixture
def run(tiny_bundle_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> OfflineRun:
    return OfflineRun(tiny_bundle_path, tmp_path, capsys)
