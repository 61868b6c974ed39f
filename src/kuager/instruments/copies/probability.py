"""How probable a copy is, given what speaks for it. Fitted on synthetic re-uploads (see docs/explanation/copies.md)."""

from __future__ import annotations

import math

from kuager.instruments.copies.coherence import SoundRun
from kuager.instruments.copies.evidence import Evidence

COPY = 0.9
SURE = 0.995  # nothing fitted on some hundred cases knows more
UNSURE = 0.2
DRIFT_PPM = 4.0
LONGEST_S = 10.0
BESIDE = 0.65  # what changes and does not agree, as a share of that a second beside
QUICK = 0.75  # agreement from picture to picture that copies reach
WITHIN = 0.75  # share of the smaller frame that lies in the other
STILL_MOTION = 1.5  # less change than this, against coding noise, is none


def picture_probability(evidence: Evidence, seconds: float, speed: float, within: float) -> float:
    """From the agreement of what changes, of the pictures themselves, the seconds that say something, the speed.

    Cameras side by side that film one event agree somewhat, and for long; so length counts no further than
    ``LONGEST_S``, what changes must agree better at this very moment than a second beside it, and one frame must lie
    in the other (``within``), as after any edit, not merely overlap it, as two views of a square do. What changes from
    one picture to the next must agree too: two cameras that pan alike over one place agree in all but that.
    """
    if evidence.motion < STILL_MOTION and evidence.moving < 0.5:
        # Nothing moves: the same wall an hour later would look the same.
        return 0.3 if evidence.still > 0.9 and seconds > 2 else 0.1
    # The more changes, the more of it must agree: little motion drowns in coding noise, much does not.
    enough = 0.50 + 0.10 * math.log10(min(max(evidence.motion, 1.0), 3000.0))
    length = math.log2(min(max(seconds, 0.1), LONGEST_S) / 2.8)
    z = 18 * (evidence.moving - enough) + 8 * (evidence.still - 0.88) + 2.5 * length
    beside = (1 - evidence.moving) / max(1e-6, 1 - evidence.others)
    # Coding noise damps the agreement of what changes from picture to picture by the share it has in it.
    quick = QUICK * evidence.quick_motion / (1 + evidence.quick_motion)
    z -= 12 * (max(0.0, beside - BESIDE) + max(0.0, WITHIN - within) + max(0.0, quick - evidence.quick))
    if abs(speed - 1) > 0.005:
        z -= 1.5
    return _logistic(z)


def sound_probability(run: SoundRun, seconds: float) -> float:
    """From the coherence of the quiet cells and the seconds; two clocks that drift apart are two recorders."""
    if abs(run.drift_ppm) > max(DRIFT_PPM, 5 * run.drift_sd_ppm):
        return 0.01
    return _logistic(22 * (run.quiet - 0.55) + 2.0 * math.log2(max(seconds, 0.1) / 3.0))


def _logistic(z: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
