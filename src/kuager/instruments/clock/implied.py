"""Looks where others imply: if A and B stand on one clock and B and C seem to, A and C meet at a lag that follows.

The scan goes through every lag of a pair and has to be strict; a lag that others imply is one, so a fainter agreement
counts there. Within a group it is looked at for pairs that the scan did not propose; between groups wherever a lag of
one pair would join them, and then what the other pairs hear speaks for it or against it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from kuager.instruments.clock.group import (
    SHORTEST_S,
    Group,
    Pair,
    Proposal,
    Span,
    hypotheses,
    meeting,
    moved,
    near,
)

CLEAR = 2.0
"""Log odds of a lag that the scan proposed above which it is not looked at again where others imply it."""
LIKELY, TRIED = -1.0, 2
"""How many lags between two groups are listened to in other pairs, and the log odds that they need."""
MOST_PAIRS = 4
"""Pairs looked at for one lag between two groups: those that would share most."""

Place = tuple[float, float]
"""A moment on a's time and the lag of a against b there, in seconds."""


def unheard(
    spans: Sequence[Span], found: Sequence[Group], proposals: Mapping[Pair, Sequence[Proposal]]
) -> list[tuple[Pair, Place]]:
    """Pairs and lags that are implied and were not looked at, in a fixed order."""
    out: dict[tuple[Pair, int], Place] = {}
    for pair, place in itertools.chain(_within(spans, found), _between(spans, found, proposals)):
        if not any(_looked_at(one, *place) for one in proposals.get(pair, ())):
            out.setdefault((pair, round(place[1] * 10)), place)
    return [(pair, place) for (pair, _), place in sorted(out.items())]


def _looked_at(one: Proposal, at_s: float, lag_s: float) -> bool:
    """Whether it is known what is heard there: clearly agreed nearby, or looked at."""
    if one.implied or one.certain or one.support > CLEAR:
        return near(one.link, at_s, lag_s)
    return False


def _within(spans: Sequence[Span], found: Sequence[Group]) -> Iterator[tuple[Pair, Place]]:
    for group in found:
        for a, b in itertools.combinations(group.members, 2):
            at, lag, shared = meeting(spans, group, group, 0.0, a, b)
            if shared >= SHORTEST_S:
                yield (a, b), (at, lag)


def _between(
    spans: Sequence[Span], found: Sequence[Group], proposals: Mapping[Pair, Sequence[Proposal]]
) -> Iterator[tuple[Pair, Place]]:
    home = {member: number for number, group in enumerate(found) for member in group.members}
    bridges: dict[Pair, list[Sequence[Proposal]]] = {}
    for (a, b), ones in proposals.items():
        if home[a] != home[b]:
            bridges.setdefault((min(home[a], home[b]), max(home[a], home[b])), []).append(ones)
    for (left, right), between in sorted(bridges.items()):
        for one in [one for one in hypotheses(between) if one.log_odds > LIKELY][:TRIED]:
            yield from meetings(spans, found[left], found[right], moved(found[left], found[right], one.link))


def meetings(spans: Sequence[Span], left: Group, right: Group, shift: float) -> list[tuple[Pair, Place]]:
    """The pairs that would share most, were the right group's time moved by ``shift``, and where."""
    out = []
    for x, y in itertools.product(left.members, right.members):
        a, b = min(x, y), max(x, y)
        at, lag, shared = meeting(spans, left, right, shift, a, b)
        if shared >= SHORTEST_S:
            out.append((-shared, (a, b), (at, lag)))
    return [(pair, place) for _, pair, place in sorted(out)[:MOST_PAIRS]]
