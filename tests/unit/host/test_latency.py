"""The latency that is told is the sum of what is named."""

from __future__ import annotations

import re

import pytest

from rt.audio.engine_messages import StreamInfo
from rt.host.banner import describe_latency


@pytest.mark.parametrize("attack_ms", [3.0, 0.5, 250.0])
@pytest.mark.parametrize("lead_blocks", [0, 3])
def test_latency_is_a_sum_with_names(lead_blocks: int, attack_ms: float) -> None:
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
    total_ms = 2.0 + 4.0 + lead_blocks * 4.0 + 8.0 + attack_ms
    line = describe_latency(stream_info, lead_blocks, attack_ms / 1e3)
    parts, total = line.removesuffix(" ms").split(" = ")
    assert float(total) == pytest.approx(total_ms)
    named = [re.fullmatch(r"([a-z ]+) ([\d.]+)( \(0-4\.0\))?", part) for part in parts.split(" + ")]
    assert [match[1] for match in named if match] == ["event wait", "block", "lead", "device", "attack"]
    assert sum(float(match[2]) for match in named if match) == pytest.approx(total_ms)
