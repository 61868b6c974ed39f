"""Groups made from all pairs at once: what each pair proposes, then what is heard where others imply a lag."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from kuager.instruments.clock.evidence import Candidate, candidate_at, candidates
from kuager.instruments.clock.group import Group, Pair, Proposal, Span, groups
from kuager.instruments.clock.implied import Place, unheard
from kuager.instruments.clock.pins import Pin
from kuager.instruments.clock.positions import farther
from kuager.instruments.clock.recording import Recording
from kuager.instruments.clock.scan import FAINT, Transforms, heights_near, peaks
from kuager.instruments.clock.solve import Link
from kuager.instruments.clock.spectra import Block

SURE = 20.0
ROUNDS = 2
"""How often groups are made anew from what is heard where they imply it."""
LEFT_ALONE = 2
"""Recordings in groups of so few are scanned deeper with all of other groups."""


class Together:
    """What sound and people say of all pairs of ``kept``, numbered in their order.

    ``heard`` holds each pair's candidates, ``implied`` what was found where others imply a lag. Lags are on
    presentation time and freed of what distance adds where it is known.
    """

    def __init__(
        self,
        kept: Sequence[Recording],
        spectra: Sequence[tuple[Block, ...]],
        transforms: Transforms,
        heard: Mapping[Pair, Sequence[Candidate]],
        pins: Sequence[Pin],
        decided: Mapping[tuple[str, str], bool],
        sound_from_m: tuple[float, float] | None,
        threads: int,
    ) -> None:
        self.spectra, self.transforms = spectra, transforms
        self.kept, self.heard, self.decided = kept, dict(heard), decided
        self.sound_from_m, self.threads = sound_from_m, threads
        self.spans = [Span(*_span(one)) for one in kept]
        self.implied: dict[Pair, list[Candidate]] = {}
        self.proposals: dict[Pair, list[Proposal]] = {}
        for pair, found in heard.items():
            self._propose(pair, found)
        for pin in pins:
            self._pin(pin)

    def groups(self) -> list[Group]:
        """Every recording in exactly one group, alone where nothing links it."""
        found = self._settled()
        return self._settled() if self._scan_deeper(found) else found

    def _settled(self) -> list[Group]:
        """The groups that all proposals make, and those again that are heard where these imply them."""
        found = groups(self.spans, self.proposals)
        for _ in range(ROUNDS):
            found = self._looked(found)
        return found

    def _looked(self, found: list[Group]) -> list[Group]:
        """The groups made anew, if anything is heard where these imply it."""
        fresh = self._look(unheard(self.spans, found, self.proposals))
        for pair, one in fresh:
            self._add(pair, one)
        return groups(self.spans, self.proposals) if fresh else found

    def _scan_deeper(self, found: Sequence[Group]) -> bool:
        """Goes through the lower peaks of what little or nothing has placed; whether anything was found there."""
        pairs = self._left_alone(found)
        with ThreadPoolExecutor(self.threads) as pool:
            deeper = list(pool.map(self._deeper, pairs))
        for pair, ones in zip(pairs, deeper, strict=True):
            if ones:
                self.heard[pair] = ones
                self.proposals[pair] = [one for one in self.proposals.get(pair, ()) if one.certain or one.implied]
                self._propose(pair, ones)
        return any(deeper)

    def _left_alone(self, found: Sequence[Group]) -> list[Pair]:
        """Pairs of different groups, one of them small, in which nothing likely was heard."""
        home = {member: group for group in found for member in group.members}
        return [
            (a, b) for (a, b), ones in self.heard.items()
            if home[a] is not home[b] and min(len(home[a].members), len(home[b].members)) <= LEFT_ALONE
            and self._open((a, b)) and not any(one.log_odds > 0 for one in ones)
        ]  # fmt: skip

    def _deeper(self, pair: Pair) -> list[Candidate]:
        a, b = pair
        found = peaks(a, self.spectra[a], b, self.spectra[b], self.transforms, FAINT)
        return candidates(self.kept[a], self.kept[b], found)

    def _look(self, places: Sequence[tuple[Pair, Place]]) -> list[tuple[Pair, Candidate]]:
        open_ = [(pair, place) for pair, place in places if self._open(pair)]
        with ThreadPoolExecutor(self.threads) as pool:
            found = pool.map(lambda one: self._candidate_at(*one), open_)
            return [(pair, one) for (pair, _), one in zip(open_, found, strict=True) if one is not None]

    def _open(self, pair: Pair) -> bool:
        a, b = (self.kept[k] for k in pair)
        return a.samples is not None and b.samples is not None and self.decided.get((a.name, b.name)) is not False

    def _candidate_at(self, pair: Pair, place: Place) -> Candidate | None:
        a, b = (self.kept[k] for k in pair)
        at_s, lag_s = place
        later, _ = farther(a, b, self.sound_from_m)
        offset_s = lag_s + later - a.start_s + b.start_s
        i, j = pair
        near = heights_near(i, self.spectra[i], j, self.spectra[j], offset_s, self.transforms)
        return candidate_at(a, b, offset_s, at_s - a.start_s, near)

    def _propose(self, pair: Pair, found: Sequence[Candidate]) -> None:
        answer = self.decided.get((self.kept[pair[0]].name, self.kept[pair[1]].name))
        if answer is False:
            return
        for rank, one in enumerate(found):
            accepted = answer is True and rank == 0
            odds = SURE if accepted else one.log_odds
            proposal = Proposal(self._link(pair, one), odds, accepted, one.implied_log_odds, False, one.trace.spread_s)
            self.proposals.setdefault(pair, []).append(proposal)

    def _add(self, pair: Pair, one: Candidate) -> None:
        self.implied.setdefault(pair, []).append(one)
        proposal = Proposal(
            self._link(pair, one), one.log_odds, False, one.implied_log_odds, True, one.trace.spread_s
        )  # fmt: skip
        self.proposals.setdefault(pair, []).append(proposal)

    def _pin(self, pin: Pin) -> None:
        place = {one.name: k for k, one in enumerate(self.kept)}
        i, j = place[pin.a], place[pin.b]
        at, other = (pin.a_s, pin.b_s) if i < j else (pin.b_s, pin.a_s)
        link = Link(min(i, j), max(i, j), at, at - other, pin.sd_s)
        self.proposals.setdefault((link.a, link.b), []).append(Proposal(link, SURE, True))

    def _link(self, pair: Pair, one: Candidate) -> Link:
        a, b = (self.kept[k] for k in pair)
        later, later_sd = farther(a, b, self.sound_from_m)
        trace = one.trace
        return Link(
            *pair, trace.at_s + a.start_s, trace.lag_s + a.start_s - b.start_s - later,
            math.hypot(trace.lag_sd_s, trace.spread_s, later_sd), trace.slope, trace.slope_sd,
        )  # fmt: skip


def _span(one: Recording) -> tuple[float, float]:
    if one.samples is None:
        return 0.0, one.end_s
    return one.start_s, one.start_s + len(one.samples) / one.rate
