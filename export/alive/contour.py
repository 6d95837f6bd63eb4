"""How the pitch of held notes moves: vibrato with its rate, depth, delay and irregularity, and jitter beside it."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
import scipy.signal

from export.alive.counter_noise import normals, uniforms
from export.alive.processes import Processes, ProcessPlayer, fitted
from rt.arrays import F64, AnyArray
from rt.errors import BridgeError

SLOWEST_HZ, FASTEST_HZ, PEAK_HZ, BAND_HZ = 3.5, 9.0, 1.0, 3.0
"""Where a vibrato is looked for, how wide its peak is, and how far its sidebands reach, either way."""
LEAST_CENTS, LEAST_SHARE = 3.0, 0.4
"""A note has a vibrato where it is so deep and holds so much of the movement between 1 and 12 Hz."""
SETTLED_S, EDGE_S = 0.15, 0.25
"""What is left out at the start of a note, and at the ends of filtered paths."""
LEAST_S = 0.9
"""Shorter notes say nothing about vibrato."""
WANDER_S = 0.5
"""Rate and depth wander with this time constant."""
JITTER_ORDER = 6
DRAWS, RATE, DEPTH, JITTER = 3, 4, 5, 6
"""Streams of random numbers."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contour:
    """The pitch of an instrument's notes around their mean, in cents."""

    step_s: float
    vibrato_share: float
    """How many notes have a vibrato, 0 to 1."""
    rate_hz: float
    rate_spread_hz: float
    """Deviation between notes."""
    rate_wander: float
    """Deviation within a note, as a share."""
    depth_cents: float
    """Amplitude, from the mean to a turning point."""
    depth_spread: float
    """Deviation between notes, as a share."""
    depth_wander: float
    delay_s: float
    """From the onset until the vibrato is half as deep as it becomes."""
    rise_s: float
    """How long it grows."""
    jitter: Processes
    """One process, in cents: all else that the pitch does."""

    def __post_init__(self) -> None:
        for name, low, high in _LIMITS:
            value = getattr(self, name)
            if not (math.isfinite(value) and low <= value <= high):
                raise BridgeError(f"contour: {name} of {value}, allowed are {low} to {high}: fit it again")
        if len(self.jitter.std) != 1:
            raise BridgeError(f"contour: {len(self.jitter.std)} processes of jitter, expected 1: fit it again")

    def to_json(self) -> str:
        """One JSON object."""
        plain = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "jitter"}
        jitter = {key: np.round(value, 6).tolist() for key, value in asdict(self.jitter).items()}
        return json.dumps({**plain, "jitter": jitter})

    @classmethod
    def from_json(cls, text: str, *, name: str = "contour") -> Contour:
        """Read what `to_json` wrote; BridgeError with one line where it is something else."""
        try:
            plain: dict[str, Any] = json.loads(text)
            jitter = plain["jitter"]
            processes = Processes(np.array(jitter["reflection"], np.float64), np.array(jitter["std"], np.float64))
            return cls(**{key: float(plain[key]) for key, _, _ in _LIMITS}, jitter=processes)
        except BridgeError as error:
            raise BridgeError(f"{name}: {error}") from None
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            reason = f"{type(error).__name__} {error}".splitlines()[0]
            raise BridgeError(f"{name}: no description of a contour ({reason}); fit it again") from None


_LIMITS = (
    ("step_s", 1e-4, 0.05),
    ("vibrato_share", 0.0, 1.0),
    ("rate_hz", 1.0, 12.0),
    ("rate_spread_hz", 0.0, 3.0),
    ("rate_wander", 0.0, 0.5),
    ("depth_cents", 0.0, 200.0),
    ("depth_spread", 0.0, 1.0),
    ("depth_wander", 0.0, 1.0),
    ("delay_s", 0.0, 5.0),
    ("rise_s", 0.0, 5.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vibrato:
    """What one note's vibrato is like; see Contour."""

    rate_hz: float
    depth_cents: float
    rate_wander: float
    depth_wander: float
    delay_s: float
    rise_s: float
    wave: F64
    """(n_steps,) the vibrato itself."""


def vibrato_of(cents: AnyArray, step_s: float) -> Vibrato | None:
    """The vibrato of a held note's pitch (n_steps,) in cents, or None."""
    if len(cents) * step_s < LEAST_S:
        return None
    still = cents - np.polyval(np.polyfit(np.arange(len(cents)), cents, 1), np.arange(len(cents)))
    late = still[round(SETTLED_S / step_s) :]
    n = 8 * len(late)
    hz = np.fft.rfftfreq(n, step_s)
    power = np.abs(np.fft.rfft(late * np.hanning(len(late)), n)) ** 2
    looked = (hz >= SLOWEST_HZ) & (hz <= FASTEST_HZ)
    rate = float(hz[looked][np.argmax(power[looked])])
    moving = (hz >= 1.0) & (hz <= 12.0)
    share = power[np.abs(hz - rate) < PEAK_HZ].sum() / max(power[moving].sum(), 1e-30)
    turning = _turning(late, step_s, rate)
    edge = round(EDGE_S / step_s)
    depth, angle = np.abs(turning), np.unwrap(np.angle(turning))
    middle = slice(edge, len(depth) - edge)
    mean_depth = float(np.mean(depth[middle]))
    if share < LEAST_SHARE or mean_depth < LEAST_CENTS or rate in (hz[looked][0], hz[looked][-1]):
        return None
    full = np.median(depth[middle])
    rising = np.maximum.accumulate(depth)
    quarter, half, most = (int(np.argmax(rising >= share * full)) * step_s for share in (0.25, 0.5, 0.75))
    grown = slice(max(edge, int(np.argmax(rising >= 0.9 * full))), len(depth) - edge)
    grown = grown if grown.stop - grown.start >= 1.0 / rate / step_s else middle
    turns = np.diff(angle[grown]) / (2.0 * np.pi * step_s)
    mean_hz = float(np.mean(turns))
    period: F64 = np.hanning(max(3, round(1.0 / rate / step_s)) + 2)[1:-1]
    speeds = np.convolve(turns, period / period.sum(), "valid" if len(turns) > len(period) else "same")
    return Vibrato(
        rate_hz=mean_hz,
        depth_cents=float(np.mean(depth[grown])),
        rate_wander=float(np.std(speeds) / max(1e-9, mean_hz)),
        depth_wander=float(np.std(depth[grown]) / np.mean(depth[grown])),
        delay_s=SETTLED_S + half if half > EDGE_S else 0.0,
        rise_s=2.0 * (most - quarter) if half > EDGE_S else 0.0,
        wave=np.concatenate([np.zeros(len(cents) - len(late)), turning.real]),
    )


def _turning(cents: AnyArray, step_s: float, rate_hz: float) -> AnyArray:
    """The movement within BAND_HZ of a rate as a turning pointer (n_steps,): its length is the depth."""
    n = len(cents)
    mirrored = np.concatenate([cents[::-1], cents, cents[::-1]])
    spectrum = np.fft.fft(mirrored)
    off = np.abs(np.fft.fftfreq(3 * n, step_s) - rate_hz)
    shape = np.clip(2.0 * (1.0 - off / (1.5 * BAND_HZ)), 0.0, 1.0)
    return np.asarray(2.0 * np.fft.ifft(spectrum * shape)[n : 2 * n])


def fit(tracks: Sequence[AnyArray], step_s: float) -> Contour:
    """A contour like the pitches (n_steps,) of several held notes, in cents from any reference, from the onset on."""
    usable = [
        np.asarray(track, np.float64) for track in tracks if len(track) * step_s > SETTLED_S + 4 * JITTER_ORDER * step_s
    ]
    if not usable or not all(np.isfinite(track).all() for track in usable):
        raise BridgeError(
            f"contour: {len(usable)} of {len(tracks)} notes can be used; longer notes with a pitch are needed"
        )
    found = [vibrato_of(track, step_s) for track in usable]
    settled = round(SETTLED_S / step_s)
    rests = []
    for track, vibrato in zip(usable, found, strict=True):
        rest = scipy.signal.detrend(track - (vibrato.wave if vibrato else 0.0))[settled:]
        rests.append((rest - rest.mean())[:, None])
    jitter = fitted(rests, JITTER_ORDER, step_s)
    heard = [vibrato for vibrato in found if vibrato]
    told = [track for track in usable if len(track) * step_s >= LEAST_S]

    def middle(name: str, fallback: float) -> float:
        return float(np.median([getattr(vibrato, name) for vibrato in heard])) if heard else fallback

    rates, depths = np.array([[v.rate_hz, v.depth_cents] for v in heard] or [[5.5, 0.0]]).T
    return Contour(
        step_s=step_s,
        vibrato_share=len(heard) / max(1, len(told)),
        rate_hz=float(np.median(rates)),
        rate_spread_hz=min(float(np.std(rates)), 3.0),
        rate_wander=min(middle("rate_wander", 0.05), 0.5),
        depth_cents=min(float(np.mean(depths)), 200.0),
        depth_spread=min(float(np.std(depths) / max(np.mean(depths), 1e-9)), 1.0),
        depth_wander=min(middle("depth_wander", 0.2), 1.0),
        delay_s=min(middle("delay_s", 0.3), 5.0),
        rise_s=min(middle("rise_s", 0.3), 5.0),
        jitter=jitter,
    )


class ContourPlayer:
    """Plays the pitch of one note from its onset on; a function of the seed and the step, not of the block."""

    def __init__(self, contour: Contour, *, seed: int) -> None:
        self._contour, self._step, self._cycles = contour, 0, 0.0
        vibrates, cycles = uniforms(seed, DRAWS, 0, (1, 2))[0]
        rate, depth = normals(seed, DRAWS, 1, (1, 2))[0]
        self._first = float(cycles)
        self._vibrates = bool(vibrates <= contour.vibrato_share)
        self._rate_hz = max(1.0, contour.rate_hz + contour.rate_spread_hz * float(rate))
        self._depth = max(0.0, 1.0 + contour.depth_spread * float(depth))
        fading = np.array([[math.exp(-contour.step_s / WANDER_S)]])
        self._rate = ProcessPlayer(Processes(fading, np.array([contour.rate_wander])), seed=seed, stream=RATE)
        self._wander = ProcessPlayer(Processes(fading, np.array([contour.depth_wander])), seed=seed, stream=DEPTH)
        self._jitter = ProcessPlayer(contour.jitter, seed=seed, stream=JITTER)

    def next(self, n_steps: int, *, more_cents: float = 0.0) -> F64:
        """The next deviations from the note's mean pitch in cents, (n_steps,).

        more_cents : depth that a modulation wheel adds, at once and to notes without a vibrato too.
        """
        contour = self._contour
        rates = self._rate_hz * np.clip(1.0 + self._rate.next(n_steps)[:, 0], 0.5, 2.0)
        turns = np.cumsum(np.concatenate([[self._cycles], rates * contour.step_s]))
        cycles, self._cycles = turns[:-1] + self._first, float(turns[-1])
        at_s = (self._step + np.arange(n_steps)) * contour.step_s
        self._step += n_steps
        begun = np.clip((at_s - contour.delay_s) / max(contour.rise_s, 1e-3) + 0.5, 0.0, 1.0)
        own = contour.depth_cents * self._depth * begun * self._vibrates
        wander = np.clip(1.0 + self._wander.next(n_steps)[:, 0], 0.0, 2.0)
        wave = (own + more_cents) * wander * np.sin(2.0 * np.pi * cycles)
        return np.asarray(wave + self._jitter.next(n_steps)[:, 0], np.float64)
