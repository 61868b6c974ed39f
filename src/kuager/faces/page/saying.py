"""Statements and counts of a text or a recording: from what the gate lets out of them to the model."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from kuager.faces.page import model as m
from kuager.release.said import Number, Quote, Said, Speaker
from kuager.release.written import Judged

# Sides whose counts are those of a body that keeps them.
_BODIES = frozenset({"ngo", "medical", "international"})
_KEEPING = frozenset({"authorities"})

_WHOSE: dict[str, m.Whose] = {
    "speaker": "speaker",
    "report": "itself",
    "not_told": "not_told",
    "doubtful": "doubtful",
}

Where = Callable[[int], m.Reference]
"""Which second of a recording the line of this number is said at."""


def with_said(page: m.Page, item: str, said: Said, language: str, heard: Where | None = None) -> m.Page:
    """Adds what a program read in a text (or, with ``heard``, in what a recording says), all of it proposed."""

    def own(id: str) -> str:
        return f"{item}-{id}"

    def chain(ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(own(id) for id in ids)

    first = {key: mark.paragraph for mark in reversed(said.marks) for key in (mark.quote, mark.number) if key}

    def second(id: str) -> m.Reference | None:
        return heard(first[id]) if heard and id in first else None

    bodies = {own(one.id) for one in said.speakers if _counts_for_a_body(one)}
    read_in = None if heard else item
    return replace(
        page,
        sources=page.sources
        + tuple(
            m.Source(own(one.id), one.name, one.role if one.role != one.name else "", one.side, own(one.id) in bodies)
            for one in said.speakers
        ),
        statements=page.statements
        + tuple(
            m.Statement(
                own(one.id),
                chain(one.chain),
                one.text,
                language,
                said=_said(one),
                read_in=read_in,
                heard=second(one.id),
                standing="proposed",
                in_doubt=one.in_doubt,
                denies=one.denies,
            )
            for one in said.quotes
        ),
        counts=page.counts
        + tuple(
            m.Count(
                own(one.id),
                one.what,
                one.relation,
                one.lower,
                one.upper,
                chain(one.chain),
                said=_said(one),
                hand=hand(one.first_hand, chain(one.chain), bodies, heard is not None and one.whose == "speaker"),
                text=one.text,
                standing="proposed",
                whose=_WHOSE[one.whose],
                part=one.part,
                read_in=read_in,
                heard=second(one.id),
            )
            for one in said.numbers
        ),
    )  # fmt: skip


def marks(item: str, said: Said) -> tuple[m.Marked, ...]:
    """Where in an item's paragraphs or lines its statements and counts stand."""
    return tuple(
        m.Marked(
            it.paragraph,
            it.start,
            it.end,
            f"{item}-{it.quote}" if it.quote else None,
            f"{item}-{it.number}" if it.number else None,
        )
        for it in said.marks
    )


def judged(page: m.Page, decisions: Sequence[Judged]) -> m.Page:
    """Counts as people corrected or confirmed them, without those they withdrew; what they stand in is judged too."""
    decided = {f"{each.item}-{each.claim}": each for each in decisions}
    bodies = {source.id for source in page.sources if source.counts}
    counts = [
        _corrected(count, decided[count.id], bodies) if count.id in decided else count
        for count in page.counts
        if count.id not in decided or not _is_no_count(decided[count.id])
    ]
    doubts = {f"{each.item}-{each.statement}": each.changes.get("attribution_doubtful") for each in decisions}
    said = (
        replace(it, standing="judged", in_doubt=it.in_doubt if doubts[it.id] is None else bool(doubts[it.id]))
        if it.id in doubts
        else it
        for it in page.statements
    )
    return replace(page, counts=tuple(counts), statements=tuple(said))


def hand(first_hand: bool, chain: Sequence[str], bodies: Collection[str], retold: bool) -> m.Hand:
    """How it is known: by who counted, told by a body that counts, heard through others, or not said.

    ``retold``: another voice says what they said, and who that is is not told.
    """
    if first_hand:
        return "first"
    if len(chain) > 1 or retold:
        return "third"
    return "reported" if chain and chain[0] in bodies else "unknown"


def _counts_for_a_body(one: Speaker) -> bool:
    """Whether it speaks for a body that counts: a ministry or who speaks for it, a hospital, no doctor of their own."""
    return one.side in _KEEPING or (one.body and one.side in _BODIES)


def _is_no_count(each: Judged) -> bool:
    return each.withdrawn or each.changes.get("type", "casualty_count") != "casualty_count"


def _corrected(count: m.Count, each: Judged, bodies: Collection[str]) -> m.Count:
    changes = {key: value for key, value in each.changes.items() if key in ("relation", "lower", "upper")}
    found = replace(count, **changes, what=each.changes.get("status") or count.what, standing="judged")
    doubt = each.changes.get("attribution_doubtful")
    if doubt:
        return replace(found, chain=(), whose="doubtful", hand="unknown")
    chain = tuple(f"{each.item}-{id}" for id in each.chain)
    if chain:
        found = replace(found, chain=chain, whose="speaker", hand=hand(False, chain, bodies, count.heard is not None))
    return replace(found, hand="first") if each.changes.get("first_hand") and found.is_somebodys else found


def _said(one: Quote | Number) -> m.When | None:
    return m.When(one.said, _precision(one.precision)) if one.said else None


def _precision(text: str) -> m.Precision:
    known: tuple[m.Precision, ...] = ("year", "month", "day", "minute", "second")
    return next((one for one in known if one == text), "day")
