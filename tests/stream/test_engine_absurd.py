"""Whatever the engine is told, its sound is finite, and comes back once it is told what makes sense."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rt import events as ev
from rt import parameters as par
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
    engine.apply(par.GATE.set(True))
    engine.apply(ev.NoteOn(0, 60, 90))
    for odd in (
        *(par.BEND.set(number), par.GAIN.set(number), par.CHANNEL_GAIN.set(number), par.MODULATION.set(number)),
        *(par.FREE_GAIN.set(number), par.ALIVE.set(number), par.LATENT_XY.set(number, number)),
        par.TRAJECTORY.set(1, number, number),
        par.BEND.on(0, bend),
    ):
        engine.apply(odd)
    n = round(0.1 * rate_hz)
    for latent in latents:
        engine.apply(par.LATENT.set(*latent))
        engine.apply(par.LATENT_OFFSET.set(*latent))
        assert np.isfinite(play(engine, [], n, block)).all()
    for sane in (
        *(
            par.BEND.set(0.0),
            par.GAIN.set(0.0),
            par.CHANNEL_GAIN.set(1.0),
            par.MODULATION.set(0.0),
            par.FREE_GAIN.set(1.0),
        ),
        *(
            par.ALIVE.set(0.0),
            par.TRAJECTORY.set(0, 0.0, 0.0),
            par.LATENT.set(*GOOD),
            par.LATENT_OFFSET.set(*(0.0,) * 4),
        ),
    ):
        engine.apply(sane)
    out = play(engine, [], round(1.5 * rate_hz), block)
    assert np.isfinite(out).all()
    assert np.abs(out[-n:]).max() > 1e-3
