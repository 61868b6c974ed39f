"""How much an impulse is like a muzzle blast: a few physical quantities with round weights, and a slot for a model.

The weights follow acoustics and are fitted to no recording: a muzzle blast raises every band at once, is loud, has no
pitch, has weight below 400 Hz and dies fast (Maher 2007; Beck, Nakasone and Marr 2011). Classifiers trained at one site
fall from .96 to .29–.69 at another; weights fitted on synthetic scenes fared no better on real clips.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from kuager.instruments.impulses.bands import Floats, Samples
from kuager.instruments.impulses.shape import Shape

MIDDLE, WIDTH = 12.0, 4.0
"""Sum of the weighted decibels that gives 0.5, and how many more give 0.73."""

PULLED_DB = 3.0
"""For a front cut flat that is pushed and then pulled as a blast is: what rises in the bands is less by so much there,
because the ceiling takes it."""


class Scorer(Protocol):
    """A slot for an outside model (an ONNX session, say). No weights come with Kuager.

    It is called with mono sound (n,) at 16 kHz, onsets (k,) in seconds from its first sample and their shapes, and
    gives a score in 0…1 for each. The finding names ``name`` and ``measured_on``.
    """

    name: str
    measured_on: str

    def score(self, samples: Samples, times_s: Floats, shapes: Sequence[Shape]) -> Floats:
        """Scores (k,) in 0…1: how much each impulse is like a muzzle blast."""


class BlastScorer:
    """The scorer that comes with Kuager."""

    name = "physical quantities with round weights"
    measured_on = (
        "synthetic scenes of the drill; a public collection of online clips of four weapons against sounds of one city"
    )

    def score(self, samples: Samples, times_s: Floats, shapes: Sequence[Shape]) -> Floats:
        sums = np.array([evidence_db(one) for one in shapes], dtype=np.float64)
        scores: Floats = 1 / (1 + np.exp(-(sums - MIDDLE) / WIDTH))
        return scores


def evidence_db(shape: Shape) -> float:
    """The weighted sum behind the score, in decibels."""
    return float(
        np.clip(shape.least_rise_db, -3, 12)
        + np.clip(shape.middle_rise_db, 0, 15)
        + 0.5 * np.clip(shape.under_loudest_db, -30, 0)
        + 0.3 * np.clip(shape.peak_dbfs, -30, 0)
        + 0.3 * np.clip(shape.low_db, -10, 10)
        + 0.5 * np.clip(shape.fall_db, 0, 10)
        - 10 * np.clip(shape.tonality, 0, 1)
        + _held_db(shape.held_ms)
        + PULLED_DB * shape.pulled
    )


def _held_db(held_ms: float) -> float:
    """What being cut flat without a break speaks for: a blast pushes one way for a millisecond or two.

    Where a recording is driven into clipping little can rise, and this is what is left of the wave. Voices and engines
    swing back within half a millisecond; wind and a knocked microphone push for longer.
    """
    return float(np.clip((held_ms - 0.5) * 8, 0, 10) * np.clip(6 - held_ms, 0, 1))
