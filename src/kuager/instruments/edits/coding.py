"""Double encoding from packet sizes alone: where an earlier encoding had its keyframes, predicted pictures cost more.

After the periodicity of prediction errors of Wang and Farid, *Exposing Digital Forgeries in Video by Detecting Double
MPEG Compression*, ACM MM&Sec 2006, and Vázquez-Padín et al., *Detection of video double encoding with GOP size
estimation*, WIFS 2012; here on sizes, so that nothing need be decoded. Screening.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.edits.edit import Edit
from kuager.instruments.media import Packets

_BEATS = (6, 130)
_LEAST_REPEATS = 8
_LEAST_FRAMES = 120
_SIGMA = 4.3
_UNRELATED = 0.8
_LEFT = 0.5
"""An encoder's own rhythm (layers, alternate references) rises at many beats, a former keyframe at one alone."""
_HALF = 4


def double_encoding(picture: Packets) -> list[Edit]:
    """At most one edit over the whole recording."""
    order = np.argsort(picture.time_s, kind="stable")
    time_s, size, key = picture.time_s[order], picture.size[order].astype(np.float64), picture.keyframe[order]
    if len(size) < _LEAST_FRAMES or not np.isfinite(time_s).all():
        return []
    forward = _forward(picture)[order] & ~key
    rise = _rise(size, forward)
    own = np.diff(np.flatnonzero(key))
    # The present encoding's own beat, and whatever divides it, is no trace of an earlier one.
    beats = [
        beat
        for beat in range(_BEATS[0], min(_BEATS[1], len(size) // _LEAST_REPEATS))
        if not len(own) or (np.mean(own % beat == 0) <= 0.5 and np.mean(beat % own == 0) <= 0.5)
    ]
    score = {beat: _strongest(rise, beat) for beat in beats}
    highest = max(beats, key=lambda beat: score[beat][0], default=0)
    if not highest or score[highest][0] < _SIGMA:
        return []
    # A multiple of the former beat can come out a little higher.
    best = min(beat for beat in beats if highest % beat == 0 and score[beat][0] > _UNRELATED * score[highest][0])
    rise[score[best][1] :: best] = np.nan
    others = [beat for beat in beats if beat % best and best % beat]
    if any(_strongest(rise, beat)[0] > _LEFT * score[highest][0] for beat in others):
        return []
    detail = f"predicted pictures cost more at every {best}th, which is not a beat of the present encoding"
    return [Edit("double_encoded", float(time_s[0]), float(time_s[-1]), "screening", detail)]


def _strongest(rise: NDArray[np.float64], beat: int) -> tuple[float, int]:
    """The strongest rise over the phases of a beat, in standard deviations of its median, and that phase."""
    found = (0.0, 0)
    for phase in range(beat):
        at = rise[phase::beat]
        at = at[np.isfinite(at)]
        if len(at) >= _LEAST_REPEATS:
            found = max(found, (float(np.median(at) * np.sqrt(len(at))), phase))
    return found


def _forward(picture: Packets) -> NDArray[np.bool_]:
    """Pictures that later ones lean on, as far as the order of decoding tells: shown after all that came before."""
    latest = np.maximum.accumulate(np.concatenate([[-np.inf], picture.time_s[:-1]]))
    ahead: NDArray[np.bool_] = picture.time_s > latest
    return ahead


def _rise(size: NDArray[np.float64], forward: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Log size of forward-predicted pictures against their neighbours, in robust standard deviations; else NaN."""
    rise = np.full(len(size), np.nan)
    which = np.flatnonzero(forward)
    if len(which) < 2 * _HALF + 2:
        return rise
    logs = np.log(size[which])
    padded = np.pad(logs, _HALF, mode="reflect")
    usual = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * _HALF + 1), axis=1)
    left = logs - usual
    spread = 1.4826 * float(np.median(np.abs(left))) + 1e-3
    rise[which] = np.clip(left / spread, -6, 6)
    return rise
