"""Recordings that were left alone, compared with a whole group: what every member hears faintly adds up.

The heights of the correlations of all pairs are added at the lag that each pair would have, were the groups a given
time apart; lags at which that stands out are then looked at like any that others imply.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from kuager.instruments.clock.group import Group, Span, moment
from kuager.instruments.clock.recording import Float
from kuager.instruments.clock.scan import APART_FRAMES, Transforms, correlation, pooled, transform_length
from kuager.instruments.clock.spectra import FRAME_S, Block

LEFT_ALONE = 2
"""Groups of so few are compared with larger ones."""
LOUDEST = 8.0
"""No one pair counts for more than this, in standard deviations."""
STANDS_OUT, TRIED = 4.5, 2


def shifts(
    spans: Sequence[Span], spectra: Sequence[tuple[Block, ...]], found: Sequence[Group], transforms: Transforms
) -> Iterator[tuple[Group, Group, float]]:
    """Groups, one small and one of several, and how far to move the second's time for the two to meet."""
    for right in found:
        if len(right.members) > LEFT_ALONE:
            continue
        for left in found:
            if (
                left is right
                or len(left.members) < 2
                or (len(left.members) <= LEFT_ALONE and left.members > right.members)
            ):
                continue
            for shift in _standing_out(spans, spectra, left, right, transforms):
                yield left, right, shift


def _standing_out(
    spans: Sequence[Span], spectra: Sequence[tuple[Block, ...]], left: Group, right: Group, transforms: Transforms
) -> list[float]:
    curves = list(_curves(spans, spectra, left, right, transforms))
    if len(curves) < 2:
        return []
    first = min(start for start, _ in curves)
    total = np.zeros(max(start + len(curve) for start, curve in curves) - first, np.float32)
    count = np.zeros(len(total), np.float32)
    for start, curve in curves:
        here = slice(start - first, start - first + len(curve))
        total[here] += np.clip(curve, -LOUDEST, LOUDEST)
        count[here] += 1
    total = np.where(count > 1, total / np.sqrt(np.maximum(count, 1)), -np.inf)
    out: list[float] = []
    while len(out) < TRIED:
        at = int(total.argmax())
        if total[at] < STANDS_OUT:
            break
        out.append((first + at) * FRAME_S)
        total[max(at - APART_FRAMES, 0) : at + APART_FRAMES + 1] = -np.inf
    return out


def _curves(
    spans: Sequence[Span], spectra: Sequence[tuple[Block, ...]], left: Group, right: Group, transforms: Transforms
) -> Iterator[tuple[int, Float]]:
    """Pooled heights over the right group's shift, and the frame at which they begin."""
    for x in left.members:
        for y in right.members:
            apart = moment(left.solution, x, spans[x].start_s) - moment(right.solution, y, spans[y].start_s)
            for one in spectra[x]:
                for other in spectra[y]:
                    length = transform_length(one.frames + other.frames)
                    heights, _, lags = correlation(
                        transforms.of(x, one, length), one.frames, transforms.of(y, other, length), other.frames
                    )
                    yield round(apart / FRAME_S) + one.first - other.first + int(lags[0]), pooled(heights)
