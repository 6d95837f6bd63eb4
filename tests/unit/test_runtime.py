"""Without onnxruntime every part says the same, and what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from rt.config import config
from rt.errors import INSTALL, DeviceError
from rt.host.server import Server
from rt.model import check_runtime, import_runtime


@pytest.mark.parametrize("start", [check_runtime, import_runtime, lambda: Server(config.load())])
def test_a_missing_runtime_is_told_in_one_way(start: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)  # as Python sees a package that is not there
    with pytest.raises(DeviceError) as caught:
        start()
    assert str(caught.value) == f"onnxruntime is missing; {INSTALL}"
