"""What tests of the real program wait for, and the tools that they need."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from typing import Any

import pytest


def needs(tool: str) -> str:
    """The path of a tool; without it the test is skipped, and fails on CI."""
    path = shutil.which(tool)
    if path is None:
        message = f"{tool} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return path


def until(what: Callable[[], Any], timeout_s: float, message: str, nap_s: float = 0.02) -> Any:
    """The first true answer; fails with `message` when there is none in time."""
    end = time.monotonic() + timeout_s
    while not (answer := what()):
        if time.monotonic() > end:
            pytest.fail(f"{message} (waited {timeout_s} s)")
        time.sleep(nap_s)
    return answer
