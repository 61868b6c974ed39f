"""Recordings that were left alone, compared with a whole group: what every member hears faintly adds up.

The heights of the correlations of all pairs are added at the lag that each pair would have, were the groups a given
time apart; lags at which that stands out are then looked at like any that others imply.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kuager.instruments.clock.group import Group, Pair, Span, moment
from kuager.instruments.clock.recording import Float
from kuager.instruments.clock.scan import APART_FRAMES, Transforms, correlation, pooled, transform_length
from kuager.instruments.clock.spectra import FRAME_S, Block

LEFT_ALONE = 2
"""Groups of so few are compared with larger ones."""
LOUDEST = 8.0
"""No one pair counts for more than this, in standard deviations."""
STANDS_OUT, TRIED = 4.5, 2


@dataclass(frozen=True)
class Faint:
    """A group of several and a small one, how far to move the second's time for the two to meet, and the pairs that
    say so, the loudest first."""

    left: Group
    right: Group
    shift_s: float
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class _Curve:
    """A pair's pooled heights over the right group's shift, from frame ``begin`` on."""

    pair: Pair
    begin: int
    heights: Float


def together(
    spans: Sequence[Span], spectra: Sequence[tuple[Block, ...]], found: Sequence[Group], transforms: Transforms
) -> Iterator[Faint]:
    """What was left alone and a group that seem to meet."""
    for right in found:
        if len(right.members) > LEFT_ALONE:
            continue
        for left in found:
            small = len(left.members) <= LEFT_ALONE
            if left is right or len(left.members) < 2 or (small and left.members > right.members):
                continue
            curves = list(_curves(spans, spectra, left, right, transforms))
            for frame in _standing_out(curves):
                heights = {one.pair: _height(one, frame) for one in curves}
                pairs = sorted(heights, key=lambda pair: (-heights[pair], pair))
                yield Faint(left, right, frame * FRAME_S, tuple(pairs))


def _standing_out(curves: Sequence[_Curve]) -> list[int]:
    """The frames at which the curves, added, are highest."""
    if len(curves) < 2:
        return []
    first = min(one.begin for one in curves)
    total = np.zeros(max(one.begin + len(one.heights) for one in curves) - first, np.float32)
    count = np.zeros(len(total), np.float32)
    for one in curves:
        here = slice(one.begin - first, one.begin - first + len(one.heights))
        total[here] += np.clip(one.heights, -LOUDEST, LOUDEST)
        count[here] += 1
    total = np.where(count > 1, total / np.sqrt(np.maximum(count, 1)), -np.inf)
    out: list[int] = []
    while len(out) < TRIED:
        at = int(total.argmax())
        if total[at] < STANDS_OUT:
            break
        out.append(first + at)
        total[max(at - APART_FRAMES, 0) : at + APART_FRAMES + 1] = -np.inf
    return out


def _height(one: _Curve, frame: int) -> float:
    near = one.heights[max(frame - one.begin - APART_FRAMES, 0) : max(frame - one.begin + APART_FRAMES + 1, 0)]
    return float(near.max()) if len(near) else -LOUDEST


def _curves(
    spans: Sequence[Span], spectra: Sequence[tuple[Block, ...]], left: Group, right: Group, transforms: Transforms
) -> Iterator[_Curve]:
    for x, y in itertools.product(left.members, right.members):
        apart = moment(left.solution, x, spans[x].start_s) - moment(right.solution, y, spans[y].start_s)
        for one, other in itertools.product(spectra[x], spectra[y]):
            length = transform_length(one.frames + other.frames)
            heights, _, lags = correlation(
                transforms.of(x, one, length), one.frames, transforms.of(y, other, length), other.frames
            )
            begin = round(apart / FRAME_S) + one.first - other.first + int(lags[0])
            yield _Curve((min(x, y), max(x, y)), begin, pooled(heights))
