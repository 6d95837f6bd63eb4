"""All voices of a block in one compiled call that never needs the interpreter.

The bank knows frames, phases, overlap-add, level ramps and places between left and right, but no notes. Time runs in
quanta of QUANTUM samples: levels move linearly inside one, hops start at one, so the sound cannot depend on how a
caller cuts its blocks. The owner writes rows of `state` and frames between calls, and reads stages back.
"""

from __future__ import annotations

import math

import numpy as np

from rt.arrays import F32, F64
from rt.dsp.classic import ClassicMap
from rt.dsp.jit import jit
from rt.dsp.noise import NoiseMap
from rt.dsp.renderer import N_PHASES, N_SINES, PAD
from rt.dsp.synthesis import preroll_classic, preroll_locked, render_hops
from rt.dsp.voice_table import (
    ATTACK,
    BRIEF,
    FADE,
    FADING,
    FRAME_POSITION,
    FREE,
    GAIN,
    GAIN_SPEED,
    GAIN_TARGET,
    HOLDING,
    INAUDIBLE,
    LEVEL,
    N_STATE,
    NON_FINITE,
    NOWHERE,
    POSITION,
    QUANTUM,
    RELEASE,
    RELEASING,
    RISING,
    SIDE,
    SIDE_TARGET,
    STAGE,
    Tables,
)
from rt.dsp.windows import Windows


@jit
def _move_level(row: F64) -> float:
    """Advance envelope and gain of one voice by a quantum; the level at its end."""
    stage = row[STAGE]
    if stage == RISING:
        row[LEVEL] = min(1.0, row[LEVEL] + row[ATTACK])
        if row[LEVEL] >= 1.0:
            row[STAGE] = RELEASING if row[BRIEF] > 0.0 else HOLDING
    elif stage == RELEASING:
        row[LEVEL] *= row[RELEASE]
        if row[LEVEL] < INAUDIBLE:
            row[LEVEL] = 0.0
    elif stage == FADING:
        row[LEVEL] = max(0.0, row[LEVEL] - row[FADE])
    row[GAIN] += (row[GAIN_TARGET] - row[GAIN]) * row[GAIN_SPEED]
    return float(row[LEVEL] * row[GAIN])


@jit
def _add(out: F32, before: float, after: float, hop: F32, position: int) -> None:
    """Add a quantum of a hop to `out` (QUANTUM,), its gain moving on a line."""
    level = np.float32(before)
    slope = np.float32((after - before) / QUANTUM)
    for i in range(QUANTUM):
        out[i] += (level + slope * np.float32(i)) * hop[position + i]


@jit
def _mix_quantum(left: F32, right: F32, row: F64, hop: F32) -> None:
    """Add one voice's next quantum to `left` and `right` (QUANTUM,), or all of it to `left` where `right` is empty.

    The powers of the two sides always add up to those of a voice that is played on both: it is as loud everywhere, and
    in the middle it is the same samples.
    """
    before = row[LEVEL] * row[GAIN]
    after = _move_level(row)
    position = int(row[POSITION])
    if len(right) == 0:
        _add(left, before, after, hop, position)
    else:
        side = row[SIDE]
        row[SIDE] += (row[SIDE_TARGET] - side) * row[GAIN_SPEED]
        to = row[SIDE]
        _add(left, before * math.sqrt(1.0 - side), after * math.sqrt(1.0 - to), hop, position)
        _add(right, before * math.sqrt(1.0 + side), after * math.sqrt(1.0 + to), hop, position)
    row[POSITION] += QUANTUM
    row[FRAME_POSITION] += QUANTUM
    if row[STAGE] >= RELEASING and row[LEVEL] <= 0.0:
        row[STAGE] = FREE


@jit
def _render_quanta(left: F32, right: F32, iterations: int, t: Tables) -> int:
    """Add all voices to a whole number of quanta; how many hops were silenced because they were no sound."""
    hop = t.hops.shape[1]
    n_slots, n_non_finite = len(t.state), 0
    for start in range(0, len(left), QUANTUM):
        due = 0
        for s in range(n_slots):
            if t.state[s, STAGE] != FREE and t.state[s, POSITION] >= hop:
                t.slots[due] = s
                due += 1
        if due > 0:
            render_hops(due, iterations, t)
        for s in range(n_slots):
            if t.state[s, STAGE] != FREE:
                if t.state[s, NON_FINITE] > 0.0:
                    t.state[s, NON_FINITE] = 0.0
                    n_non_finite += 1
                _mix_quantum(left[start : start + QUANTUM], right[start : start + QUANTUM], t.state[s], t.hops[s])
    return n_non_finite


class VoiceBank:
    """Voice slots and everything compiled code needs to play them.

    state : (n_slots, N_STATE) one row per voice. frame_a, frame_b : (n_slots, n_bands) magnitudes that the voice
    moves between; a sine of amplitude 1 is 1. noise_a, noise_b : (n_slots, n_noise) the same for its noise, as the root
    of the power per Hz.
    """

    def __init__(
        self,
        n_slots: int,
        frequency_hz: F64,
        *,
        sample_rate_hz: float,
        phase: str = "locked",
        iterations: int = 1,
        seed: int = 0,
        noise_hz: F64 | None = None,
    ) -> None:
        """Allocate `n_slots` voices for frames of `frequency_hz` (n_bands,) at a device rate.

        noise_hz : (n_noise,) centres of the bands of noise, rising; None for voices without.
        """
        scale = 2 ** max(0, math.ceil(math.log2(sample_rate_hz / 50_000.0)))
        window = (2048 if phase == "classic" else 1024) * scale
        self.windows = Windows.make(window, 256 * scale)
        self.hop_samples = 256 * scale
        self.window_samples = window
        self.n_slots = n_slots
        self.n_non_finite = 0
        """Hops that were silenced because they were no sound."""
        n_bands, n_bins = len(frequency_hz), window // 2 + 1
        self.state = np.zeros((n_slots, N_STATE))
        self.frame_a = np.zeros((n_slots, n_bands), np.float32)
        self.frame_b = np.zeros((n_slots, n_bands), np.float32)
        n_noise = 0 if noise_hz is None else len(noise_hz)
        self.noise_a = np.zeros((n_slots, n_noise), np.float32)
        self.noise_b = np.zeros((n_slots, n_noise), np.float32)
        noise = NoiseMap.none() if noise_hz is None else NoiseMap.make(noise_hz, window, 256 * scale, sample_rate_hz)
        self._random = np.random.default_rng(seed)
        self._iterations = iterations
        self._is_classic = phase == "classic"
        classic = ClassicMap.make(frequency_hz, window, sample_rate_hz) if self._is_classic else ClassicMap.none()
        self._tables = Tables(
            state=self.state,
            frame_a=self.frame_a,
            frame_b=self.frame_b,
            phase=np.zeros((n_slots, N_PHASES, n_bands)),
            tails=np.zeros((n_slots, window), np.float32),
            hops=np.zeros((n_slots, self.hop_samples), np.float32),
            slots=np.zeros(n_slots, np.int64),
            frequency_hz=np.ascontiguousarray(frequency_hz, np.float64),
            sample_rate_hz=float(sample_rate_hz),
            bands_per_octave=(n_bands - 1) / math.log2(frequency_hz[-1] / frequency_hz[0]),
            analysis=self.windows.analysis,
            synthesis=self.windows.synthesis,
            estimate=self.windows.estimate,
            lobes=self.windows.lobes,
            map_start=classic.start,
            map_weight=classic.weight,
            frame=np.zeros(n_bands, np.float32),
            scratch=np.zeros((3, N_SINES * n_bands)),
            mark=np.zeros(n_bands, np.int8),
            real=np.zeros(n_bins + 2 * PAD, np.float32),
            imag=np.zeros(n_bins + 2 * PAD, np.float32),
            cosine=np.zeros(N_SINES * n_bands, np.float32),
            sine=np.zeros(N_SINES * n_bands, np.float32),
            noise_a=self.noise_a,
            noise_b=self.noise_b,
            noise_key=np.zeros((n_slots, 2), np.uint64),
            noise_tails=np.zeros((n_slots, window if n_noise else 0), np.float32),
            noise_low=noise.low,
            noise_share=noise.share,
            noise_scale=noise.scale,
        )

    def start(self, slot: int, *, hop_offset_samples: int = 0) -> None:
        """Begin a voice at full overlap-add level: the frames of the past window are played unheard.

        Its frames, frame clock, ratio, gain and attack must be set. `hop_offset_samples` (a whole number of quanta
        below the hop) says how much of the first hop is skipped, so that voices take turns.
        """
        assert 0 <= hop_offset_samples < self.hop_samples and hop_offset_samples % QUANTUM == 0
        self._tables.tails[slot] = 0.0
        self._tables.phase[slot] = self._random.random(self._tables.phase.shape[1:])
        if len(self._tables.noise_low):
            self._tables.noise_tails[slot] = 0.0
            self._tables.noise_key[slot] = self._random.integers(1 << 63), 0
        row = self.state[slot]
        row[LEVEL] = 0.0
        row[NON_FINITE] = 0.0
        preroll = preroll_classic if self._is_classic else preroll_locked
        preroll(slot, self._iterations, self._tables)
        row[POSITION] = hop_offset_samples
        row[STAGE] = RISING

    def release(self, slot: int) -> None:
        """Let a voice die away at its own rate."""
        row = self.state[slot]
        row[BRIEF] = 1.0
        if row[STAGE] == HOLDING:
            row[STAGE] = RELEASING

    def fade(self, slot: int, fall: float) -> None:
        """Let a voice fall silent by so much of full level per quantum, without a click."""
        row = self.state[slot]
        if row[STAGE] != FREE:
            row[STAGE] = FADING
            row[FADE] = fall

    def render(self, left: F32, right: F32 = NOWHERE) -> None:
        """Add all voices to `left` and `right`, (n,) a whole number of quanta; without `right` to one channel."""
        assert len(left) % QUANTUM == 0 and len(right) in (0, len(left))
        self.n_non_finite += _render_quanta(left, right, self._iterations, self._tables)
