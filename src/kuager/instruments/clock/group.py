"""Which recordings belong on one clock: lags of pairs are put together only where they agree with one another.

Two recordings are joined by their best lag, then groups by the lag that all pairs between them support: a pair that
meets where the lag implies speaks for it, one that meets elsewhere or hears nothing where it should speaks against
it. So three weak lags that close a triangle hold, and a strong false one that contradicts the rest does not.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from kuager.instruments.clock.solve import Link, Solution, solve

Pair = tuple[int, int]
LINKED = math.log(0.9 / 0.1)
"""Log odds above which groups are joined."""
TOLERANCE_S = 0.3
"""How far a pair's lag may lie from the implied one: sound from several places, and drift not yet known."""
TOLERANCE_RATE = 1.5e-4
LARGEST_TOLERANCE_S = 0.4
SHORTEST_S = 3.0
DAMPING = 0.42
"""Support of k pairs counts as their sum over k to this power: they are not independent."""
MOST = 6.0
"""No one pair says more than this, for or against."""
SELECTED = math.log(9)
"""What it takes off a pair's log odds that its lag was chosen among all, where others agree with it."""
EXPECTED_S = 20.0
SHARE_OF_SPREAD = 1.0
"""How much of its group's spread every lag is taken to have at least."""
HOPELESS, HYPOTHESES = -2.0, 4
"""How many lags between two groups are tried as what joins them, and the log odds below which none is."""


@dataclass(frozen=True)
class Proposal:
    """A link with the log odds that it holds, alone and as one of several that agree (``supports``, by default the
    same). ``certain`` for one that a person set; ``implied`` for one that was looked at because others imply it.
    ``spread_s`` is how far from it what sounds elsewhere lies (one sd)."""

    link: Link
    log_odds: float
    certain: bool = False
    supports: float | None = None
    implied: bool = False
    spread_s: float = 0.0

    @property
    def support(self) -> float:
        return self.log_odds if self.supports is None else self.supports


@dataclass(frozen=True)
class Span:
    """Where a recording has sound, on its own time."""

    start_s: float
    end_s: float


@dataclass(frozen=True)
class Group:
    """Recordings on one clock. ``used`` are the proposals that agree with it; ``joins`` the links (a, b, log odds) that
    hold it together, one fewer than members."""

    solution: Solution
    used: tuple[Proposal, ...]
    joins: tuple[tuple[int, int, float], ...]

    @property
    def members(self) -> tuple[int, ...]:
        return self.solution.members

    @property
    def spread_s(self) -> float:
        """How far a lag of two members lies from that of another sound, one sd: nought where all sound comes from one
        place. A pair that hears but one place well cannot tell; the others can."""
        return spread(self.used)

    def certainty(self, a: int, b: int) -> float:
        """Log odds that a and b stand right on the clock to one another: the weakest join between them."""
        near: dict[int, list[tuple[int, float]]] = {}
        for left, right, odds in self.joins:
            near.setdefault(left, []).append((right, odds))
            near.setdefault(right, []).append((left, odds))
        stack, seen = [(a, math.inf)], {a}
        while stack:
            here, weakest = stack.pop()
            if here == b:
                return weakest
            for there, odds in near.get(here, []):
                if there not in seen:
                    seen.add(there)
                    stack.append((there, min(weakest, odds)))
        return -math.inf


def spread(used: Sequence[Proposal]) -> float:
    """The median spread of lags that sound has given."""
    return median([one.spread_s for one in used if not one.certain] or [0.0])


def groups(spans: Sequence[Span], proposals: Mapping[Pair, Sequence[Proposal]]) -> list[Group]:
    """Puts recordings 0…n−1 together; every recording is in exactly one group, alone where nothing links it."""
    return _Assembly(spans, proposals).run()


class _Assembly:
    def __init__(self, spans: Sequence[Span], proposals: Mapping[Pair, Sequence[Proposal]]) -> None:
        self.spans = spans
        self.proposals = proposals
        self.home = {k: k for k in range(len(spans))}
        self.groups = {k: Group(_alone(k), (), ()) for k in range(len(spans))}
        self.clarity = [0.0] * len(spans)
        self.told = {member for pair, ones in proposals.items() if any(one.certain for one in ones) for member in pair}
        for (a, b), ones in proposals.items():
            heard = (one.log_odds for one in ones if not one.implied and not one.certain)
            best = min(max(heard, default=0.0) / 4, 1.0)
            self.clarity[a], self.clarity[b] = max(self.clarity[a], best), max(self.clarity[b], best)

    def _says_nothing(self, pair: Pair) -> bool:
        """Whether one of a pair is placed by people and heard nothing that another heard: sound put in its place, a
        dead microphone. What is missing there speaks against nothing."""
        return any(one in self.told and self.clarity[one] <= 0 for one in pair)

    def run(self) -> list[Group]:
        best: dict[Pair, tuple[float, Proposal]] = {}
        stale = {self._homes(pair) for pair in self.proposals}
        while True:
            for pair in sorted(stale):
                scored = self._best(pair)
                if scored is not None:
                    best[pair] = scored
            if not best:
                break
            pair = max(best, key=lambda one: (best[one][0], -one[0], -one[1]))
            score, proposal = best[pair]
            if score < LINKED:
                break
            self._join(pair, score, proposal)
            kept, gone = pair
            best = {one: value for one, value in best.items() if kept not in one and gone not in one}
            stale = {homes for one in self.proposals if kept in (homes := self._homes(one)) and homes[0] != homes[1]}
        return [self.groups[key] for key in sorted(self.groups)]

    def _homes(self, pair: Pair) -> Pair:
        a, b = self.home[pair[0]], self.home[pair[1]]
        return (a, b) if a < b else (b, a)

    def _between(self, left: Group, right: Group) -> dict[Pair, Sequence[Proposal]]:
        keys = [(min(x, y), max(x, y)) for x in left.members for y in right.members]
        return {key: self.proposals[key] for key in keys if key in self.proposals}

    def _best(self, pair: Pair) -> tuple[float, Proposal] | None:
        between = self._between(self.groups[pair[0]], self.groups[pair[1]])
        scored = [
            (self._support(pair, one, between), -k, one) for k, one in enumerate(hypotheses(between.values()))
        ]  # fmt: skip
        if not scored:
            return None
        score, _, proposal = max(scored, key=lambda one: one[:2])
        return score, proposal

    def _support(self, homes: Pair, proposal: Proposal, between: Mapping[Pair, Sequence[Proposal]]) -> float:
        if proposal.certain:
            return 20.0
        left, right = self.groups[homes[0]], self.groups[homes[1]]
        shift = moved(left, right, proposal.link)
        agreeing: list[tuple[Pair, Proposal]] = []
        against: list[float] = []
        for x in left.members:
            for y in right.members:
                a, b = min(x, y), max(x, y)
                at, lag, shared = meeting(self.spans, left, right, shift, a, b)
                if shared < SHORTEST_S and (a, b) != (proposal.link.a, proposal.link.b):
                    continue
                ones = between.get((a, b), ())
                here = [one for one in ones if one is proposal or near(one.link, at, lag)]
                if here:
                    agreeing.append(((a, b), max(here, key=lambda one: one.support)))
                elif not self._says_nothing((a, b)):
                    against.append(self._elsewhere((a, b), ones, shared))
        # Of those that say one lag the likeliest pays for having been chosen among all lags; the others follow from it.
        _, chosen = max(agreeing, key=lambda one: -math.inf if one[1].implied else one[1].log_odds)
        alone = sum(one.support > 0 for _, one in agreeing) < 2
        paid = chosen.log_odds if alone else max(chosen.log_odds, chosen.support - SELECTED)
        odds = [(pair, paid if one is chosen else one.support) for pair, one in agreeing]
        against += [value for pair, value in odds if value <= 0 and not self._says_nothing(pair)]
        return _damped([value for _, value in odds if value > 0]) + _damped(against)

    def _elsewhere(self, pair: Pair, ones: Sequence[Proposal], shared: float) -> float:
        """What a pair that hears nothing at the implied lag says against it, most if it clearly meets elsewhere."""
        strongest = max((one.log_odds for one in ones if not one.implied), default=0.0)
        if strongest > 0:
            return -strongest
        return -min(shared / EXPECTED_S, 1.0) * min(self.clarity[pair[0]], self.clarity[pair[1]])

    def _join(self, pair: Pair, score: float, proposal: Proposal) -> None:
        left, right = self.groups[pair[0]], self.groups.pop(pair[1])
        shift = moved(left, right, proposal.link)
        used = [*left.used, *right.used]
        for ones in self._between(left, right).values():
            used += [one for one in ones if one is proposal or _agrees(left, right, shift, one)]
        for member in right.members:
            self.home[member] = pair[0]
        members = tuple(sorted((*left.members, *right.members)))
        joins = (*left.joins, *right.joins, (proposal.link.a, proposal.link.b, score))
        least = SHARE_OF_SPREAD * spread(used)
        solution = solve(members, [replace(one.link, lag_sd_s=max(one.link.lag_sd_s, least)) for one in used])
        self.groups[pair[0]] = Group(solution, tuple(used), joins)


def hypotheses(between: Iterable[Sequence[Proposal]]) -> list[Proposal]:
    """The lags worth trying as what joins two groups, the likeliest first."""
    ones = sorted(
        (one for ones in between for one in ones if one.log_odds > HOPELESS and not one.implied),
        key=lambda one: (-one.certain, -one.log_odds, one.link.a, one.link.b, one.link.lag_s),
    )
    return ones[:HYPOTHESES]


def near(link: Link, at_s: float, lag_s: float) -> bool:
    """Whether a link says nearly this lag at this moment of a's."""
    return abs(link.lag_s - lag_s) < min(TOLERANCE_S + TOLERANCE_RATE * abs(link.at_s - at_s), LARGEST_TOLERANCE_S)


def moved(left: Group, right: Group, link: Link) -> float:
    """What to add to the right group's time to have the left's, if the link holds."""
    if link.a in left.members:
        return moment(left.solution, link.a, link.at_s) - moment(right.solution, link.b, link.at_s - link.lag_s)
    return moment(left.solution, link.b, link.at_s - link.lag_s) - moment(right.solution, link.a, link.at_s)


def meeting(
    spans: Sequence[Span], left: Group, right: Group, shift: float, a: int, b: int
) -> tuple[float, float, float]:
    """(time on a at the middle of the overlap, lag there, overlap in seconds) of two members, were the right group's
    time moved by ``shift``."""
    moments = []
    for one in (a, b):
        group, move = (left, 0.0) if one in left.members else (right, shift)
        moments.append([moment(group.solution, one, at) + move for at in (spans[one].start_s, spans[one].end_s)])
    start, end = max(moments[0][0], moments[1][0]), min(moments[0][1], moments[1][1])
    middle = (start + end) / 2
    at_a = spans[a].start_s + middle - moments[0][0]
    at_b = spans[b].start_s + middle - moments[1][0]
    return at_a, at_a - at_b, end - start


def _agrees(left: Group, right: Group, shift: float, one: Proposal) -> bool:
    return one.certain or (one.support > 0 and abs(moved(left, right, one.link) - shift) < LARGEST_TOLERANCE_S)


def _alone(member: int) -> Solution:
    import numpy as np

    return Solution((member,), np.zeros(1), np.zeros(1), np.zeros((2, 2)), np.zeros(0))


def moment(solution: Solution, member: int, at_s: float) -> float:
    """A member's own time on its group's."""
    k = solution.members.index(member)
    return float(solution.starts[k] + at_s * (1 - solution.rates[k]))


def _damped(values: list[float]) -> float:
    return sum(min(max(one, -MOST), MOST) for one in values) / len(values) ** DAMPING if values else 0.0
