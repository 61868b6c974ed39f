"""Proposed links between claims: which agree, which cannot both be true and on what condition. People decide.

Counts are compared in ``tallies``; here are shots, outages, denials, disputes, near names and caveats.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from kuager.instruments.text.who.names import fold, near
from kuager.weigh.accounts import Account
from kuager.weigh.link import Link
from kuager.weigh.tallies import between, further

_AT_PEOPLE = re.compile(
    r"deliberate\w*|shot at|shooting at|fired? (?:at|on|into the crowd)|opened fire (?:on|at)"
    r"|aim\w* at|прицельн\w+|по (?:людям|толпе|протестующим|безоружным)|в (?:людей|толпу|протестующих)"
    r"|халыққа оқ|адамдарға оқ|наразыларға оқ|көздеп",
    re.I,
)
_IN_THE_AIR = re.compile(
    r"(?:only|just)? ?(?:shot|fired|shots?|shooting|firing) (?:only )?(?:in(?:to)?|in) the air"
    r"|warning shots?|ricochet\w*|did not (?:shoot|fire) at|в воздух|предупредительн\w+|рикошет\w*"
    r"|не стрелял\w*|аспанға|ауаға|ескерту оғы\w*",
    re.I,
)
_ORDERED = re.compile(
    r"\b(?:ordered|deliberately|cut by|shut down by|authorities (?:cut|shut|blocked))\b|по приказу"
    r"|власти отключили|билік өшір\w*|бұйрығымен",
    re.I,
)
_ACCIDENT = re.compile(
    r"disruption of electricity|power (?:failure|cut|outage)|technical|accident\w*|перебо\w+ (?:с )?электр\w+"
    r"|технич\w+|авари\w+|электр\w* (?:қуаты|жарығы)?|техникалық",
    re.I,
)
_DISPUTES = re.compile(
    r"\b(?:invalidates?|contradicts?|undercuts?|undermines?|refutes?|disproves?|belies?|casts? doubt on)\b.{"
    r"0,40}\b(?:claims?|version|account|statements?|denials?|explanations?)|\b(?:do|does|did) not believe t"
    r"he official (?:version|account)|"
    r"(?:опроверга\w+|противореч\w+|ставит под сомнение).{0,40}(?:верси\w+|заявлени\w+|утверждени\w+"
    r"|слов\w+)|(?:теріске шығар\w*|жоққа шығар\w*|қайшы кел\w*)",
    re.I,
)


#: What is one's word against another's when the one denies it.
_DENIABLE = frozenset(
    "use_of_force ill_treatment weapon communications_outage restriction access_denied threat_by_crowd cause".split()
)
_COMMON = re.compile(
    r"polic|offic|peopl|that|have|been|were|with|from|they|their|there|this|claim|полиц|люд|что|были|была|было", re.I
)


def propose(found: Sequence[Account]) -> tuple[Link, ...]:
    """The links that the claims of one or many pages suggest, in the order of the claims."""
    counts = [x for x in found if x.claim.type == "casualty_count"]
    more = further(counts)
    links = [link for a, b in combinations(counts, 2) if (link := between(a, b, more)) is not None]
    links.extend(_shooting(found))
    links.extend(_denials(found))
    links.extend(_outage(found))
    links.extend(_disputes(found))
    links.extend(_near_names(found))
    links.extend(_caveats(found))
    by_claim = {x.claim.id: x for x in found}
    links = [_doubted(link, by_claim) for link in links]
    return tuple(sorted(links, key=lambda k: (by_claim[k.a].order, by_claim[k.b].order, k.relation)))


def _doubted(link: Link, by_claim: Mapping[str, Account]) -> Link:
    """A link that rests on words of which it is in doubt whose they are says so in its condition."""
    named = {x.who: None for x in (by_claim[link.a], by_claim[link.b]) if x.doubtful}
    doubts = [f"if {who} said so, which the wording leaves in doubt" for who in named]
    return replace(link, condition="; ".join(filter(None, [link.condition, *doubts]))) if doubts else link


def _shooting(found: Sequence[Account]) -> list[Link]:
    """ "shot only into the air" against "shot at protesters", from different mouths."""
    at = [x for x in found if _speaks_of_shots_at_people(x) and not x.denied]
    air = [
        x for x in found if x.claim.type == "warning_given" and _IN_THE_AIR.search(x.claim.span.text) and not x.denied
    ]
    return [
        Link(
            x.claim.id,
            y.claim.id,
            "appears_inconsistent",
            f"{x.voice} speaks of shots at people, {y.voice} of shots into the air or warning shots",
            "if they speak of the same shooting",
        )
        for x in at
        for y in air
        if x.root != y.root and x.statement.form not in ("footage_description",)
    ]


def _speaks_of_shots_at_people(x: Account) -> bool:
    words = x.claim.span.text
    return x.claim.type == "use_of_force" and bool(_AT_PEOPLE.search(words)) and not _IN_THE_AIR.search(words)


def _denials(found: Sequence[Account]) -> list[Link]:
    """What one denies and another says: shots at people, or the same doing in at least two of the same words."""
    links = []
    for x in found:
        if not x.denied or x.claim.type not in _DENIABLE:
            continue
        for y in found:
            if y.denied or y.claim.type != x.claim.type or y.root == x.root or y.origin is None:
                continue
            shots = _speaks_of_shots_at_people(x) and _speaks_of_shots_at_people(y)
            if shots or len(_stems(x) & _stems(y)) >= 2:
                links.append(
                    Link(
                        x.claim.id,
                        y.claim.id,
                        "appears_inconsistent",
                        f"{x.voice} denies {'shots at people' if shots else 'it'}; {y.voice} speaks of "
                        f"{'them' if shots else 'it'}: “{y.claim.span.text[:120]}”",
                        "if they speak of the same event",
                    )
                )
    return links


def _stems(x: Account) -> frozenset[str]:
    """What is told, in folded beginnings of its longer words, without who is always in such accounts."""
    words = re.findall(r"[^\W\d_]{4,}", x.claim.span.text)
    return frozenset(w.casefold()[:5] for w in words if not _COMMON.match(w))


def _outage(found: Sequence[Account]) -> list[Link]:
    cut = [x for x in found if x.claim.type == "communications_outage"]
    return [
        Link(
            x.claim.id,
            y.claim.id,
            "appears_inconsistent",
            f"{x.voice} speaks of an order, {y.voice} of a failure",
            "if they speak of the same outage",
        )
        for x in cut
        if _ORDERED.search(x.claim.span.text)
        for y in cut
        if _ACCIDENT.search(y.claim.span.text) and x.root != y.root
    ]


def _near_names(found: Sequence[Account]) -> list[Link]:
    """Two names that one person could have in two spellings: proposed, never merged; once for each pair of names."""
    first: dict[str, Account] = {}
    for x in found:
        origin = x.origin
        if origin is not None and origin.kind == "person" and not origin.anonymous:
            first.setdefault(origin.name, x)
    return [
        Link(
            a.claim.id,
            b.claim.id,
            "caveat",
            f"{one} and {two} may be one person's name in two spellings",
            "if they are one person, the two are one account",
        )
        for (one, a), (two, b) in combinations(first.items(), 2)
        if a.root != b.root and _may_be_one(one, two)
    ]


def _may_be_one(one: str, two: str) -> bool:
    a, b = one.split(), two.split()
    if not near(a[-1], b[-1]):
        return False
    return len(a) == 1 or len(b) == 1 or fold(a[0])[:1] == fold(b[0])[:1]


def _caveats(found: Sequence[Account]) -> list[Link]:
    """ "The claims can not be verified": beside the counts of the statement that it was said of."""
    links = []
    for i, x in enumerate(found):
        if x.claim.type != "casualty_count" or not any(h.kind == "unverified" for h in x.statement.hedges):
            continue
        other = next(
            (
                y
                for y in found[:i]
                if y.page == x.page
                and y.claim.type == "casualty_count"
                and y.claim.status == x.claim.status
                and y.root != x.root
            ),
            None,
        )
        if other is not None:
            links.append(
                Link(
                    x.claim.id,
                    other.claim.id,
                    "caveat",
                    f"the page says that what {x.voice} says is not verified; weigh it so against {other.who}",
                )
            )
    return links


def _disputes(found: Sequence[Account]) -> list[Link]:
    """ "The video invalidates such claims": against the claims of the statement before it."""
    links = []
    for i, x in enumerate(found):
        if x.statement.form not in ("authored", "narration") or not _DISPUTES.search(x.claim.span.text):
            continue
        before = next(
            (
                y
                for y in reversed(found[:i])
                if y.page == x.page
                and y.statement.id != x.statement.id
                and y.origin is not None
                and y.origin.side == "authorities"
                and y.statement.chain[-1:] == x.statement.chain[-1:]
            ),
            None,
        )
        if before is not None:
            links.append(
                Link(
                    x.claim.id,
                    before.claim.id,
                    "disputes",
                    f"{x.voice} disputes what {before.who} claims: “{x.claim.span.text[:120]}”",
                )
            )
    return links
