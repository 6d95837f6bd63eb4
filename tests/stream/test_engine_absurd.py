"""Whatever the engine is told, its sound is finite, and comes back once it is told what makes sense."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rt import events as ev
from tests.conftest import MakeEngine
from tests.support.listening import play

ABSURD = (np.nan, np.inf, -np.inf, 1e300, 1e30, -1e30, 1e5)
GOOD = (60.0, 2.0, 0.3, 0.0)


@pytest.mark.parametrize("phase", ["locked", "classic"])
@settings(derandomize=True, deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    latents=st.lists(st.tuples(*[st.sampled_from((*ABSURD, *GOOD))] * 4), min_size=1, max_size=4),
    number=st.sampled_from(ABSURD),
    block=st.integers(1, 600),
    iterations=st.integers(0, 4),
    rate_hz=st.sampled_from([8_000.0, 22_050.0, 48_000.0, 384_000.0]),
    bend=st.floats(-48.0, 48.0),
)
def test_sound_comes_back(
    make_engine: MakeEngine,
    phase: str,
    latents: list[tuple[float, ...]],
    number: float,
    block: int,
    iterations: int,
    rate_hz: float,
    bend: float,
) -> None:
    engine = make_engine(sample_rate_hz=rate_hz, voices=4, phase=phase, iterations=iterations)
    engine.apply(ev.Gate(True))
    engine.apply(ev.NoteOn(0, 60, 90))
    for odd in (
        *(ev.Bend(-1, number), ev.Gain(number), ev.ChannelGain(-1, number), ev.Vibrato(-1, number)),
        *(ev.FreeGain(number), ev.Alive(number), ev.LatentXY(number, number), ev.Trajectory(1, number, number)),
        ev.Bend(0, bend),
    ):
        engine.apply(odd)
    n = round(0.1 * rate_hz)
    for latent in latents:
        engine.apply(ev.Latent(latent))
        engine.apply(ev.LatentOffset(latent))
        assert np.isfinite(play(engine, [], n, block)).all()
    for sane in (
        *(ev.Bend(-1, 0.0), ev.Gain(1.0), ev.ChannelGain(-1, 1.0), ev.Vibrato(-1, 0.0), ev.FreeGain(1.0)),
        *(ev.Alive(0.0), ev.Trajectory(0, 0.0, 0.0), ev.Latent(GOOD), ev.LatentOffset((0.0,) * 4)),
    ):
        engine.apply(sane)
    out = play(engine, [], round(1.5 * rate_hz), block)
    assert np.isfinite(out).all()
    assert np.abs(out[-n:]).max() > 1e-3
