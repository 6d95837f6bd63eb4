"""The latency that is told is the sum of what is named."""

from __future__ import annotations

import re

import pytest

from rt.audio.engine_messages import StreamInfo
from rt.host.banner import describe_latency


@pytest.mark.parametrize(("lead_blocks", "total_ms"), [(0, 2.0 + 4.0 + 8.0 + 3.0), (3, 2.0 + 4.0 + 12.0 + 8.0 + 3.0)])
def test_latency_is_a_sum_with_names(lead_blocks: int, total_ms: float) -> None:
    stream_info = StreamInfo(
        output="system",
        input="",
        host_api="JACK",
        is_jack=True,
        sample_rate_hz=48_000,
        block_samples=192,
        n_channels=2,
        device_latency_s=0.008,
        provider="cpu",
    )
    line = describe_latency(stream_info, lead_blocks)
    parts, total = line.removesuffix(" ms").split(" = ")
    assert float(total) == pytest.approx(total_ms)
    named = [re.fullmatch(r"([a-z ]+) ([\d.]+)( \(0-4\.0\))?", part) for part in parts.split(" + ")]
    assert [match[1] for match in named if match] == ["event wait", "block", "lead", "device", "attack"]
    assert sum(float(match[2]) for match in named if match) == pytest.approx(total_ms)
