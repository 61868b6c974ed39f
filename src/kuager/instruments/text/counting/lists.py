"""Numbers beside one another: what is said of one is said of all of a list, or of the part of a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kuager.instruments.text.counting.kinds import Head
from kuager.instruments.text.counting.numbers import Number
from kuager.instruments.text.counting.people import PERSON
from kuager.instruments.text.counting.states import STATUS
from kuager.instruments.text.counting.status import CLAUSE, FREED, Found

#: What may stand between the numbers of one list.
_LISTED = re.compile(
    r"(?:[^.;:()!?]*?)(?:,|\band\b|\bor\b|\bplus\b|(?<!\w)(?:и|или|және|мен|пен)(?!\w))\s*(?:(?!\w+(?:ed"
    r"|ing)\b)\w+\s+){0,2}?",
    re.I,
)
_TO = re.compile(
    r"(?:\s*[\w’'-]+){0,5}?,\s+(?:up|down|rising|revised) from\s+(?:\w+\s+)?|"
    r"(?:[\w’'-]+\s+){0,3}?,?\s*(?:(?:up|down|revised|rising|raised|lowered|increased|dropped)\s+)?(?:from|to"
    r"|instead of|rather than"
    r"|compared (?:with|to)|and not)\s+(?:\w+\s+){0,3}?|,\s+(?:а\s+|но\s+)?по\s+[^,.;]{3,40}\s+[—–]\s+|,\s+а\s+"
    r"|,?\s*(?:well |far |just |even )?(?:above|below|over"
    r"|under|beyond|(?:higher|lower|more|fewer) than)\s+the\s+|[-\w]*\s+(?:против|вместо|до|ға|ге|с|ден|дан)?\s*",
    re.I,
)
_AMONG = re.compile(r"\s*(?:(?:were|was|are) )?(?:among|out of)\s+(?:the\s+)?", re.I)
#: "12 were held in the capital, in Tarsk 40"
_GAPPED = re.compile(
    r"[^.;()]*,\s+(?:and\s+|а\s+)?(?:in|at|в|во|на)\s+(?-i:[A-ZА-ЯЁ])\S+,?\s+(?:[—–-]\s*)?"
    r"|[^.;()]*,\s+(?:а\s+)?(?:[а-яё]+\s+){1,2}[—–-]\s+(?:об?\s+)?",
    re.I,
)
_PART = re.compile(
    r"(?:\b(?:includ(?:ing|e[sd]?)|among (?:them|whom)|of (?:them|whom|these|those)|many of them)|в (?:том|их) числе"
    r"|в числе (?:них|которых)"
    r"|включая|среди (?:них|которых)"
    r"|из (?:них|которых)|оның(?: ішінде)?|олардың|арасында)[^.;]{0,25}$",
    re.I,
)
#: "214 people, 40 of them wounded": what is said of the forty is not said of all.
_OF_THEM = re.compile(r"\s+(?:(?:of|from among) (?:them|whom|these|those)|из (?:них|которых)|оның ішінде)\b", re.I)
#: "thirty people, four of them children, were killed": the predicate comes after both.
_ASIDE = re.compile(
    r"\s*[,(—–-]+\s*(?:(?:including|among (?:them|whom)|of (?:them|whom)|в том числе|включая|из них|среди них"
    r"|оның ішінде)\s*)?",
    re.I,
)
#: "14 человек (трое — дети)"
_OPENED = re.compile(r"\s*[(,]\s*")
_WHO_THEY_ARE = re.compile(rf"\s+[—–-]\s+(?:\w+\s+)?{PERSON.pattern}", re.I)
_KAZAKH = re.compile(r"[әғқңөұүһі]", re.I)
_BY_PLACE = re.compile(r"[^.;()]{0,60}?(?:,|\band)\s+", re.I)
_IN_PLACE = re.compile(
    r"\s+(?:in|at|from)\s+(?:the\s+)?(?:[A-Z]|first|second|third|fourth|last|other|another)|\s+(?:on|by"
    r"|since)\s+[A-Z]|\s+(?:overnight|today|yesterday)\b"
)
_FOLLOWED = re.compile(r"(?:[^.;()]{0,60}\bfollowed by|\)?(?:,| and))\s+(?:[A-Z]\S*\s+){1,3}\(")
_JOINED = re.compile(r"\b(?:and|or|plus)\b|(?<!\w)(?:и|или|және|мен|пен)(?!\w)|-\s", re.I)
_OF = re.compile(r"\b(?:out )?of\s+(?:the\s+|its\s+)?$", re.I)
_VERB = re.compile(r"\b(?:were|was|had|has|said|is|are)\b", re.I)


def shared(
    view: str, numbers: Sequence[Number], heads: Sequence[Head], owned: Sequence[Found | None]
) -> list[Found | None]:
    """The statuses of all numbers: one without takes that of the list it stands in, or of the whole it is part of."""
    found = list(owned)
    parts = [
        bool(
            i
            and (
                (_WHO_THEY_ARE.match(view, n.right) and _OPENED.fullmatch(view, heads[i - 1].end, n.left))
                or _PART.search(view[heads[i - 1].end : n.left])
                or _OF_THEM.match(view, n.right)
            )
        )
        for i, n in enumerate(numbers)
    ]
    for i in range(len(numbers) - 2, -1, -1):
        following = found[i + 1]
        if found[i] is None and following is not None and not (parts[i] and any(owned[:i])):
            gap = view[heads[i].end : numbers[i + 1].left]
            if _same_predicate(
                view, numbers, heads, i, following, gap, following is not owned[i + 1]
            ) or _AMONG.fullmatch(gap):
                found[i] = following
    for i in range(1, len(numbers)):
        whole = next((f for f in reversed(found[:i]) if f), None) if parts[i] else found[i - 1]
        if found[i] is None and whole is not None:
            gap = view[heads[i - 1].end : numbers[i].left]
            if whole.status == "detained" and FREED.search(view, numbers[i].right, numbers[i].right + 40):
                continue
            if parts[i] or _goes_on(gap, heads[i], whole) or _by_place(view, numbers[i], gap):
                how = "part" if parts[i] else "changed" if _TO.fullmatch(gap) else "listed"
                found[i] = Found(whole.status, how)
    return found


def _same_predicate(
    view: str, numbers: Sequence[Number], heads: Sequence[Head], i: int, following: Found, gap: str, inherited: bool
) -> bool:
    """ "Two men, a boy and three women were killed": the next number's predicate is this one's too."""
    if (
        following.how != "after"
        or not _people(view, numbers[i], heads[i])
        or _OF.search(view, max(0, numbers[i].left - 12), numbers[i].left)
    ):
        return False
    if _PART.search(gap) or _OF_THEM.match(view, numbers[i + 1].right) or re.fullmatch(r"\s*[—–(]+\s*", gap):
        return bool(
            _ASIDE.fullmatch(gap) and ("ішінде" in gap or re.search(r"[,)—–]", view[heads[i + 1].end : following.at]))
        )
    return (
        bool(_LISTED.fullmatch(gap))
        and (inherited or bool(_JOINED.search(gap) or _JOINED.search(view, heads[i + 1].end, following.at)))
        and len(gap.split()) <= (2 if _KAZAKH.search(gap) else 6)
        and not CLAUSE.search(gap)
        and not STATUS.search(gap)
    )


def _people(view: str, n: Number, what: Head) -> bool:
    return what.kind == "people" or bool(re.match(r"\s+(?:more|others?)\b", view[n.right : n.right + 12]))


def _by_place(view: str, n: Number, gap: str) -> bool:
    """ "81 dead in Marsk, 49 in Tarn and two in Obek", "81 deaths in Marsk, followed by Tarn (49) and Obek (2)"."""
    if _BY_PLACE.fullmatch(gap) and _IN_PLACE.match(view, n.right):
        return True
    return bool(_FOLLOWED.fullmatch(gap)) and view[n.right : n.right + 1] == ")"


def _goes_on(gap: str, what: Head, whole: Found) -> bool:
    """Whether a number without a word of its own goes on with what was said of the one before."""
    listed = _LISTED.fullmatch(gap) and len(gap.split()) <= 6 and not _VERB.search(gap)
    if listed and whole.how in ("before", "listed", "part", "named", "changed") and not STATUS.search(gap):
        return True
    return bool(_TO.fullmatch(gap) or (what.kind != "other" and _GAPPED.fullmatch(gap)))
