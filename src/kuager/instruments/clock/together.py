"""Groups made from all pairs at once: what each pair proposes, then what is heard where others imply a lag."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from kuager.instruments.clock.evidence import ELSEWHERE_S, Candidate, candidate_at, faint_candidates, promising
from kuager.instruments.clock.group import Group, Pair, Proposal, Span, groups, near
from kuager.instruments.clock.implied import Place, unheard
from kuager.instruments.clock.phase import PhaseScan, Whitened, phase_scan, whitened
from kuager.instruments.clock.pins import Pin
from kuager.instruments.clock.positions import farther
from kuager.instruments.clock.recording import Recording
from kuager.instruments.clock.scan import Transforms, heights_near
from kuager.instruments.clock.solve import Link
from kuager.instruments.clock.spectra import Block

SURE = 20.0
ROUNDS = 2
"""How often groups are made anew from what is heard where they imply it."""
LEFT_ALONE = 1
"""Recordings in groups of so few are scanned by phase with all others; in pairs too would cost a fifth more."""


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
        self.scans: dict[Pair, PhaseScan] = {}
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
        """Scans by phase what little or nothing has placed; whether there was such."""
        pairs = self._left_alone(found)
        members = sorted({member for pair in pairs for member in pair})
        with ThreadPoolExecutor(self.threads) as pool:
            ready = dict(zip(members, pool.map(lambda one: whitened(self.kept[one]), members), strict=True))
            deeper = list(pool.map(lambda pair: self._deeper(pair, ready), pairs))
        for pair, ones in zip(pairs, deeper, strict=True):
            if pair not in self.scans:
                continue
            # What was heard there without that scan is listened to again, with what it tells.
            self.implied.pop(pair, None)
            kept = [
                one
                for one in self.heard[pair]
                if all(abs(one.trace.lag_s - new.trace.lag_s) > ELSEWHERE_S for new in ones)
            ]
            self.heard[pair] = sorted([*ones, *kept], key=lambda one: -one.log_odds)
            self.proposals[pair] = [one for one in self.proposals.get(pair, ()) if one.certain]
            self._propose(pair, self.heard[pair])
        return bool(self.scans)

    def _left_alone(self, found: Sequence[Group]) -> list[Pair]:
        """Pairs of which one is alone and in which nothing likely was heard."""
        home = {member: group for group in found for member in group.members}
        return [
            (a, b) for (a, b), ones in self.heard.items()
            if home[a] is not home[b] and min(len(home[a].members), len(home[b].members)) <= LEFT_ALONE
            and self._open((a, b)) and not any(one.log_odds > 0 for one in ones)
        ]  # fmt: skip

    def _deeper(self, pair: Pair, ready: Mapping[int, Whitened | None]) -> list[Candidate]:
        a, b = pair
        left, right = ready[a], ready[b]
        if left is None or right is None:
            return []
        scan = self.scans[pair] = phase_scan(left, right)
        found = promising(scan.peaks)
        offsets = [one.offset_s for one in found]
        beside = heights_near(a, self.spectra[a], b, self.spectra[b], offsets, self.transforms)
        return faint_candidates(self.kept[a], self.kept[b], found, beside)

    def _look(self, places: Sequence[tuple[Pair, Place]]) -> list[tuple[Pair, Candidate]]:
        open_ = [(pair, place) for pair, place in places if self._open(pair) and not self._scanned(pair, place)]
        with ThreadPoolExecutor(self.threads) as pool:
            found = pool.map(lambda one: self._candidate_at(*one), open_)
            return [(pair, one) for (pair, _), one in zip(open_, found, strict=True) if one is not None]

    def _scanned(self, pair: Pair, place: Place) -> bool:
        """Whether the scan by phase proposed that very lag: its log odds say already what is heard there."""
        return pair in self.scans and any(near(one.link, *place) for one in self.proposals.get(pair, ()))

    def _open(self, pair: Pair) -> bool:
        a, b = (self.kept[k] for k in pair)
        return a.samples is not None and b.samples is not None and self.decided.get((a.name, b.name)) is not False

    def _candidate_at(self, pair: Pair, place: Place) -> Candidate | None:
        a, b = (self.kept[k] for k in pair)
        at_s, lag_s = place
        later, _ = farther(a, b, self.sound_from_m)
        offset_s = lag_s + later - a.start_s + b.start_s
        i, j = pair
        beside = heights_near(i, self.spectra[i], j, self.spectra[j], [offset_s], self.transforms)[0]
        return candidate_at(a, b, offset_s, at_s - a.start_s, beside, self.scans.get(pair))

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
