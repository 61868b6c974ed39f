"""What people wrote that may leave: their observations, links, conclusions, events, places, answers and account.

What points at something that stays is left out, and counted where a conclusion rests on it; an account that points at
it is refused, because its sentence would stand without what it rests on. Private places never leave.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kuager.errors import RefusedError, UsageError
from kuager.record.case import Case
from kuager.release import spoken
from kuager.release.basis import Bases
from kuager.release.citation import Citations, Cited
from kuager.release.clearing import cleared_places
from kuager.release.permission import Permissions
from kuager.weigh import acts, claim, evidence, observation, proposal, remark
from kuager.weigh import conclusion as conclusions
from kuager.weigh import event as happenings
from kuager.weigh.reference import Reference, read_reference
from kuager.weigh.story import Story, read_story

_COPIES = ("same_picture", "same_copy_of_sound")


@dataclass(frozen=True)
class Sided:
    """A conclusion with what of its evidence leaves; ``held_for`` and ``held_against`` count what stays."""

    said: conclusions.Conclusion
    supporting: tuple[Cited, ...]
    opposing: tuple[Cited, ...]
    held_for: int
    held_against: int


@dataclass(frozen=True)
class Bearing:
    """A link by a person of which both ends leave."""

    link: evidence.EvidenceLink
    claim: Cited
    evidence: Cited


@dataclass(frozen=True)
class Told:
    """A run of words in the account, and what it rests on."""

    text: str
    to: Cited | None = None


@dataclass(frozen=True)
class Decision:
    """What a person decided about a proposed copy: its relation, both items, where it begins in each, in seconds."""

    relation: str
    a: str
    b: str
    a_start_s: float
    b_start_s: float
    accepted: bool


@dataclass(frozen=True)
class Between:
    """How two claims of which both leave stand to each other: proposed by a program, or accepted by a person.

    ``reason`` is the program's; ``condition`` what must be so for it to hold; ``because`` the person's reason.
    """

    relation: str
    a: Cited
    b: Cited
    reason: str
    condition: str | None
    because: str | None


@dataclass(frozen=True)
class Judged:
    """What a person decided of a claim as it was read: its changes (none confirm it), or that it is no claim.

    ``chain`` has those whose words they found it to be, where that had been in doubt.
    """

    item: str
    claim: str
    statement: str
    changes: Mapping[str, Any]
    withdrawn: bool
    chain: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opening:
    """What editors put first: headline, standfirst, and a second of a recording with its caption and credit."""

    headline: str = ""
    standfirst: str = ""
    item: str | None = None
    time_s: float = 0.0
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Written:
    """Everything people wrote that may leave. ``whole`` has the entries of which nothing was changed or left out."""

    observations: tuple[observation.Observation, ...] = ()
    links: tuple[Bearing, ...] = ()
    conclusions: tuple[Sided, ...] = ()
    events: tuple[tuple[happenings.Event, tuple[Cited | str, ...]], ...] = ()
    places: tuple[happenings.Place, ...] = ()
    answers: tuple[remark.Answer, ...] = ()
    promises: tuple[remark.Promise, ...] = ()
    corrections: tuple[remark.Note, ...] = ()
    unknowns: tuple[remark.Note, ...] = ()
    method: tuple[remark.Note, ...] = ()
    opening: Opening = Opening()
    account: tuple[tuple[Told, ...], ...] = ()
    spoken: tuple[spoken.Spoken, ...] = ()
    between: tuple[Between, ...] = ()
    judged: tuple[Judged, ...] = ()
    decisions: tuple[Decision, ...] = ()
    whole: frozenset[int] = field(default=frozenset(), repr=False)


def read(case: Case, leaving: Collection[str], with_story: bool) -> Written:
    """What may leave beside the items ``leaving``. Raises RefusedError, DanglingError."""
    return _Reader(case, leaving).read(with_story)


class _Reader:
    def __init__(self, case: Case, leaving: Collection[str]) -> None:
        self._case = case
        self._leaving = leaving
        self._proposals = proposal.proposals(case)
        self._bases = Bases(case)
        self._mask = self._bases.mask()
        self._open = cleared_places(case)
        self._observations = [o for o in observation.observations(case) if o.item in leaving]
        self._events = happenings.events(case)
        self._places = [place for place in happenings.places(case) if not place.private or place.id in self._open]
        self._spoken = spoken.read(case, leaving, self._bases)
        happened = (self._events, self._places)
        self._cite = Citations(case, leaving, self._bases, self._observations, happened, self._spoken).cite

    def read(self, with_story: bool) -> Written:
        case, mask = self._case, self._mask
        links = [self._bearing(link) for link in evidence.links(case)]
        story = read_story(case) if with_story else Story()
        self._refuse_held(story)
        return Written(
            observations=tuple(self._observation(o) for o in self._observations),
            links=tuple(link for link in links if link),
            conclusions=tuple(self._sided(each) for each in conclusions.conclusions(case)),
            events=tuple(self._event(each) for each in self._events),
            places=tuple(replace(each, name=mask(each.name), about=mask(each.about)) for each in self._places),
            answers=tuple(
                replace(
                    each,
                    who=mask(each.who),
                    about=mask(each.about),
                    answer=mask(each.answer) if each.answer else None,
                )
                for each in remark.answers(case)
            ),
            promises=tuple(
                replace(each, who=mask(each.who), text=mask(each.text), outcome=mask(each.outcome))
                for each in remark.promises(case)
            ),
            corrections=self._notes(remark.CORRECTION),
            unknowns=self._notes(remark.UNKNOWN),
            method=self._notes(remark.METHOD),
            opening=self._opening(story),
            account=tuple(
                tuple(
                    Told(mask(piece.text), self._cite(piece.reference) if piece.reference else None) for piece in part
                )
                for part in story.paragraphs
            ),
            spoken=self._spoken,
            between=self._between(),
            judged=self._judged(),
            decisions=self._decisions(),
            whole=self._whole(),
        )

    def _notes(self, kind: str) -> tuple[remark.Note, ...]:
        return tuple(replace(each, text=self._mask(each.text)) for each in remark.notes(self._case, kind))

    def _observation(self, each: observation.Observation) -> observation.Observation:
        hidden = self._mask(each.obscured) if each.obscured else None
        subjects, tags = (tuple(self._mask(word) for word in some) for some in (each.subjects, each.tags))
        return replace(each, text=self._mask(each.text), obscured=hidden, subjects=subjects, tags=tags)

    def _bearing(self, link: evidence.EvidenceLink) -> Bearing | None:
        claim, by_what = self._cite(link.claim), self._cite(link.evidence)
        if claim is None or by_what is None:
            return None
        return Bearing(replace(link, because=self._mask(link.because)), claim, by_what)

    def _sided(self, each: conclusions.Conclusion) -> Sided:
        sides = [[self._cite(reference) for reference in side] for side in (each.supporting, each.opposing)]
        rests, against = (tuple(cited for cited in side if cited) for side in sides)
        said = replace(
            each,
            text=self._mask(each.text),
            alternatives=tuple(self._mask(other) for other in each.alternatives),
            withdrawn=self._mask(each.withdrawn) if each.withdrawn else None,
        )
        return Sided(said, rests, against, len(sides[0]) - len(rests), len(sides[1]) - len(against))

    def _event(self, each: happenings.Event) -> tuple[happenings.Event, tuple[Cited | str, ...]]:
        sources: list[Cited | str] = []
        for source in each.sources:
            try:
                cited = self._cite(read_reference(self._case, source))
            except UsageError:
                sources.append(self._mask(source))  # words that name a source outside the case
                continue
            if cited:
                sources.append(cited)
        return replace(each, title=self._mask(each.title)), tuple(sources)

    def _refuse_held(self, story: Story) -> None:
        """Raises RefusedError where the account points at what stays, and says what each of them waits for."""
        pointed = [piece.reference for part in story.paragraphs for piece in part if piece.reference]
        pointed += [story.still.at] if story.still else []
        held = [reference for reference in pointed if self._cite(reference) is None]
        if held:
            names = ", ".join(dict.fromkeys(f"[[{reference}]]" for reference in held))
            steps = dict.fromkeys(self._step(self._item_of(reference)) for reference in held)
            raise RefusedError(
                f"The account points at what stays in the case: {names}. Nothing was written.",
                f"Take it out of story.md, or decide that it may leave: {'; '.join(steps)}",
            )

    def _step(self, item: str | None) -> str:
        """What would let an item out."""
        waits = Permissions(self._case).held(self._case.item(item)) if item else None
        if waits is None:
            return "it is private"
        if waits.waits_for == "no_consent":
            return " and ".join(f"kuager consent {source} --publish yes" for source in waits.sources)
        steps = {
            "not_cleared": f"kuager clear {item} --because TEXT",
            "voice": f"kuager mask {item} --help",
            "not_signed": f"kuager sign {item} --help",
        }
        return steps.get(waits.waits_for, f"{item} is restricted, and a copy that may be shown is an item of its own")

    def _item_of(self, reference: Reference) -> str | None:
        """The item that keeps a reference from leaving; None for a private place."""
        if reference.letter == "o":
            return next((o.item for o in observation.observations(self._case) if o.id == reference.id), None)
        return None if reference.letter in "ep" else reference.id

    def _opening(self, story: Story) -> Opening:
        words = (self._mask(story.headline), self._mask(story.standfirst))
        still = story.still
        if still is None:
            return Opening(*words)
        at = float(still.at.start_s or 0)
        return Opening(*words, still.at.id, at, self._mask(still.caption), self._mask(still.credit))

    def _program(self, text: str, *said: Cited) -> str:
        """A program's words about what is said: whom a transcript names as speaking is left out, and where a name may
        not be told there is what the page calls them by."""
        text = spoken.without_labels(self._case, {str(each.item) for each in said}, text)
        called = {name: shown for each in said for name, shown in each.called if shown and shown != name}
        for name in sorted(called, key=lambda it: (-len(it), it)):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", called[name].replace("\\", ""), text)
        return self._mask(text)

    def _judged(self) -> tuple[Judged, ...]:
        found = []
        for each in claim.corrections(self._case):
            item, _, part = each.claim.partition("/")
            cited = self._cite(Reference("c", item, part))
            if cited and cited.statement:
                chain = cited.chain if each.changes.get("attribution_doubtful") is False else ()
                found.append(Judged(item, part, cited.statement, each.changes, each.withdrawn, chain))
        return tuple(found)

    def _between(self) -> tuple[Between, ...]:
        found = []
        for each in self._proposals:
            if each.state == "rejected" or "/" not in each.a or "/" not in each.b:
                continue
            a, b = (self._cite(Reference("c", *side.split("/", 1))) for side in (each.a, each.b))
            if a and b:
                told = [str(each.detail.get(key) or "") for key in ("reason", "condition")]
                reason, condition = (self._program(words, a, b) for words in told)
                because = self._mask(each.because) if each.because else None
                found.append(Between(each.relation, a, b, reason, condition or None, because))
        return tuple(found)

    def _decisions(self) -> tuple[Decision, ...]:
        decided = [one for one in self._proposals if one.state != "proposed" and one.relation in _COPIES]
        return tuple(
            Decision(
                one.relation, one.a, one.b, float(one.detail["a_start_s"]), float(one.detail["b_start_s"]),
                one.state == "accepted",
            )
            for one in decided if {one.a, one.b} <= set(self._leaving)
        )  # fmt: skip

    def _whole(self) -> frozenset[int]:
        """Entries that the page shows in all their words, so that a reader can check them against the log."""
        shown: list[acts.Act] = []
        for kind in (observation.KIND, conclusions.KIND, evidence.KIND, happenings.EVENT, happenings.PLACE):
            shown += [act for act in acts.acts(self._case, kind) if self._leaves(act)]
        for kind in (remark.ANSWER, remark.PROMISE, remark.CORRECTION, remark.UNKNOWN, remark.METHOD):
            shown += acts.acts(self._case, kind)
        return frozenset(act.entry for act in shown if not self._is_masked(act.body))

    def _leaves(self, act: acts.Act) -> bool:
        body = act.body
        if (body.get("private") and act.id not in self._open) or body.get("subjects") or body.get("tags"):
            return False
        if "item" in body and body["item"] not in self._leaving:
            return False
        cited = [body[key] for key in ("claim", "evidence") if key in body]
        for key in ("for", "against", "sources"):
            cited += body.get(key) or []
        return all(self._may_be_named(text) for text in cited)

    def _may_be_named(self, text: str) -> bool:
        try:
            return self._cite(read_reference(self._case, text)) is not None
        except UsageError:
            return True

    def _is_masked(self, body: Mapping[str, Any]) -> bool:
        said = [text for value in body.values() for text in (value if isinstance(value, list) else [value])]
        return any(isinstance(text, str) and self._mask(text) != text for text in said)
