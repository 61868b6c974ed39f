"""Counts against counts: by their bounds, never summed or averaged. Accounts that go back to one mouth count once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kuager.weigh.accounts import Account
from kuager.weigh.intervals import Interval
from kuager.weigh.link import Link

_PARTICULAR = re.compile(
    r"police|officer|soldier|troops|security|journalist|child|boy|girl|teenager|woman|women"
    r"|\bman\b|\bmen\b|male|student|passers|bystander|youth|civilian|foreign|полицей|силовик"
    r"|военн|журналист|дет|ребен|женщин|мужчин|студент|полиция|сарбаз|журналист|бала|әйел|ер адам",
    re.I,
)
_MORE_BEFORE = re.compile(
    r"(?:\banother|\b(?:an )?additional|\ba further|\bfurther|\bещ[её]|\bтакже|\bдополнительно|\bтағы)\s+(?:\w+\s+)?$",
    re.I,
)
_MORE_WITHIN = re.compile(r"\b(?:another|additional|further|more|ещ[её]|тағы)\b", re.I)
_MORE_AFTER = re.compile(r"\s+(?:more|additional|further)\b(?!\s+than)", re.I)


def further(counts: Sequence[Account]) -> frozenset[str]:
    """The claims that count people besides those counted before: "another three", after a count by the same mouth."""
    found = set()
    for n, x in enumerate(counts):
        number = x.claim.number
        if number is None:
            continue
        said, at = x.statement.span.text, number.start - x.statement.span.start
        beside = _MORE_BEFORE.search(said[: max(0, at)]) or _MORE_WITHIN.search(number.text)
        if (beside or _MORE_AFTER.match(said[at + len(number.text) :])) and any(
            y.page == x.page and y.root == x.root and y.claim.status == x.claim.status for y in counts[:n]
        ):
            found.add(x.claim.id)
    return frozenset(found)


def between(a: Account, b: Account, more: frozenset[str]) -> Link | None:
    one, two = a.claim, b.claim
    if two.part_of == one.id or one.part_of == two.id:
        part, whole = (b, a) if two.part_of == one.id else (a, b)
        return Link(
            part.claim.id,
            whole.claim.id,
            "part_of",
            f"“{part.claim.span.text}” is said of the “{whole.claim.span.text}”",
        )
    if one.status != two.status or one.part_of or two.part_of or _elsewhere(a, b):
        return None
    x, y = _interval(a), _interval(b)
    if x is None or y is None:
        return None
    if one.superseded or two.superseded:
        return _superseded(a, b, x, y)
    if one.id in more or two.id in more:
        return _beside(a, b, x, y) if two.id in more else _beside(b, a, y, x)
    small, large = _particular(a), _particular(b)
    if small != large:
        return _group(a, b, x, y) if small and not large else _group(b, a, y, x) if large and not small else None
    if a.root == b.root:
        return _same_mouth(a, b, x, y)
    if x.disjoint(y):
        return _apart(a, b, x, y)
    if x == y and not (a.left_open or b.left_open):
        return Link(one.id, two.id, "agrees", f"{a.voice} and {b.voice} both say {x}")
    return Link(one.id, two.id, "compatible", f"{a.voice}: {x}; {b.voice}: {y}; both hold for {x.meet(y)}")


def _superseded(a: Account, b: Account, x: Interval, y: Interval) -> Link | None:
    """ "Lowered from 91 to 47": the one figure takes the other's place, and the other stands against nobody's."""
    if a.statement.id != b.statement.id or a.claim.superseded == b.claim.superseded:
        return None
    late, early, new, old = (a, b, x, y) if b.claim.superseded else (b, a, y, x)
    return Link(late.claim.id, early.claim.id, "revises", f"{a.voice}: {new} in the place of {old}")


def _beside(a: Account, more: Account, x: Interval, y: Interval) -> Link | None:
    """A count of further people: it adds to the same mouth's, and only more than anybody's all contradicts that."""
    if a.root == more.root:
        reason = f"{more.voice} counts {y} besides {x}"
        return Link(a.claim.id, more.claim.id, "compatible", reason) if a.page == more.page else None
    return _group(more, a, y, x)


def _same_mouth(a: Account, b: Account, x: Interval, y: Interval) -> Link | None:
    one, two = a.claim, b.claim
    if x == y:
        return Link(one.id, two.id, "same_claim", f"both go back to {a.voice}: one account, counted once")
    if a.origin is None or b.origin is None:
        return None
    if x.disjoint(y) and (a.said != b.said or a.page != b.page or one.as_of != two.as_of):
        late, early = (a, b) if (a.told or "") > (b.told or "") else (b, a)
        return Link(
            late.claim.id,
            early.claim.id,
            "revises",
            f"{a.voice} gives {_interval(early)} and then {_interval(late)}",
            "if both count the same people",
        )
    if x.disjoint(y):
        return Link(
            one.id, two.id, "appears_inconsistent", f"{a.voice} gives {x} and {y}", "if both count the same people"
        )
    return Link(one.id, two.id, "compatible", f"{a.voice}: {x} and {y}")


def _apart(a: Account, b: Account, x: Interval, y: Interval) -> Link:
    one, two = a.claim, b.claim
    reason = f"{a.voice}: {x}; {b.voice}: {y}; no number is both"
    if one.reference == two.id or two.reference == one.id:
        return Link(one.id, two.id, "cannot_both_be_true", reason + "; the one is said against the other")
    early, late = (a, b) if (a.told or "") < (b.told or "") else (b, a)
    grown = early.told and early.told != late.told and (x if early is a else y).below(y if early is a else x)
    if grown:
        return Link(
            one.id,
            two.id,
            "appears_inconsistent",
            f"{reason}; told on {early.told} and {late.told}",
            f"if the count of {early.told} was meant as the last, and both count the same people",
        )
    if a.day and a.day == b.day and a.told == b.told and not (one.first_hand or two.first_hand):
        return Link(one.id, two.id, "cannot_both_be_true", reason + f"; both speak of {a.day}")
    word = one.status or "counted"
    high = b if x.below(y) else a
    return Link(
        one.id,
        two.id,
        "appears_inconsistent",
        reason,
        f"if the {_interval(high)} {word} of whom {high.voice} speaks were {word} in the same event",
    )


def _group(part: Account, whole: Account, x: Interval, y: Interval) -> Link | None:
    """A particular group (policemen, children) against all: only more than all of them is a contradiction."""
    if y.upper is not None and x.lower > y.upper:
        return Link(
            part.claim.id,
            whole.claim.id,
            "appears_inconsistent",
            f"{part.voice}: {x} of one group alone; {whole.voice}: {y} in all",
            "if both speak of the same event",
        )
    return None


def _particular(a: Account) -> str:
    if a.claim.share:
        return f"some of them, {a.claim.id}"
    m = _PARTICULAR.search(a.claim.victims or "") if a.claim.relation != "at_least_enumerated" else None
    return m.group().casefold() if m else ""


def is_group(a: Account) -> bool:
    """Whether a count is of one group alone: policemen, children."""
    return bool(_particular(a))


def _interval(a: Account) -> Interval | None:
    lower, upper = a.claim.lower, a.claim.upper
    return None if lower is None else Interval(lower, upper)


def _elsewhere(a: Account, b: Account) -> bool:
    """Whether two counts name different days or different places."""
    if a.day and b.day and a.day != b.day:
        return True
    one, two = a.claim.place, b.claim.place
    return bool(one and two and one.text.casefold()[:5] != two.text.casefold()[:5])
