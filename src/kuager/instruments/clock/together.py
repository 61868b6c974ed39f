"""Groups made from all pairs at once: what each pair proposes, then what is heard where others imply a lag."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from kuager.instruments.clock import faint
from kuager.instruments.clock.evidence import Candidate, candidate_at
from kuager.instruments.clock.group import Group, Pair, Proposal, Span, groups
from kuager.instruments.clock.implied import Place, meetings, unheard
from kuager.instruments.clock.pins import Pin
from kuager.instruments.clock.positions import farther
from kuager.instruments.clock.recording import Recording
from kuager.instruments.clock.scan import Transforms, heights_near
from kuager.instruments.clock.solve import Link
from kuager.instruments.clock.spectra import Block

SURE = 20.0
ROUNDS = 2
"""How often groups are made anew from what is heard where they imply it."""
FIRST = 2
"""How many pairs are listened to first where a group seems to meet what was left alone."""
SELECTED = math.log(9)
"""What it takes off the log odds of a lag that it was chosen among all; for lags that agree it counts once."""


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
        self.kept, self.heard, self.decided = kept, heard, decided
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
        found = groups(self.spans, self.proposals)
        for _ in range(ROUNDS):
            found = self._looked(found)
        if self._look_for_faint(found):
            found = self._looked(groups(self.spans, self.proposals))
        return found

    def _looked(self, found: list[Group]) -> list[Group]:
        """The groups made anew, if anything is heard where these imply it."""
        fresh = self._look(unheard(self.spans, found, self.proposals))
        for pair, one in fresh:
            self._add(pair, one, one.log_odds, implied=True)
        return groups(self.spans, self.proposals) if fresh else found

    def _look_for_faint(self, found: list[Group]) -> bool:
        """Proposes lags at which a recording left alone and a group meet, taken over all their pairs."""
        added = False
        for one in faint.together(self.spans, self.spectra, found, self.transforms):
            places = dict(meetings(self.spans, one.left, one.right, one.shift_s))
            order = [(pair, places[pair]) for pair in one.pairs if pair in places]
            # Most such places are chance: only where the loudest pairs agree are the others listened to.
            fresh = self._look(order[:FIRST])
            best = max((candidate.log_odds for _, candidate in fresh), default=0.0)
            if best <= 0:
                continue
            fresh += self._look(order[FIRST:])
            best = max(candidate.log_odds for _, candidate in fresh)
            added = True
            for pair, candidate in fresh:
                chosen = candidate.log_odds == best
                odds = best - SELECTED if chosen else candidate.log_odds
                self._add(pair, candidate, odds, implied=not chosen)
        return added

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
            supports = max(one.log_odds + SELECTED, one.implied_log_odds)
            proposal = Proposal(self._link(pair, one), odds, accepted, supports, False, one.trace.spread_s)
            self.proposals.setdefault(pair, []).append(proposal)

    def _add(self, pair: Pair, one: Candidate, odds: float, implied: bool) -> None:
        self.implied.setdefault(pair, []).append(one)
        proposal = Proposal(self._link(pair, one), odds, False, one.implied_log_odds, implied, one.trace.spread_s)
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
