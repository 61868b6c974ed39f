"""Casualty counts: which numbers of a statement count people killed, wounded, shot, detained, missing or displaced.

Years, durations, ages, money, rounds fired and deaths elsewhere or at another time are no counts of the event.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kuager.instruments.text import dates, numbers
from kuager.instruments.text.count import Count
from kuager.instruments.text.count_forms import comparison, enumerated, nobody, status_name
from kuager.instruments.text.count_words import (
    ELSEWHERE,
    HIGHER,
    HINTS,
    NOT_PEOPLE,
    PERSON,
    SEEN,
    STATUS,
    THEN,
    UNREAL,
)
from kuager.instruments.text.numbers import Number

Range = tuple[int, int]

_AGE = re.compile(r"^(?:[\s-]*years?[\s-]old|-year-old|-летн\w+|[\s-]*лет(?!\w)|\s*жас\w*|-жас\w*)|^,\s", re.I)
#: "214 people, 40 of them wounded": what is said of the forty is not said of all.
_PART_OF = re.compile(r"\s+(?:(?:of|from among) (?:them|whom|these|those)|из (?:них|которых)|оның ішінде)\b", re.I)
#: More numbers than any sentence that people write; a bound on hostile ones.
MAX_NUMBERS = 40


def find(
    view: str,
    start: int,
    end: int,
    sentence: Range,
    year: int | None,
    earlier: Sequence[Count],
    spoken: str,
    published: bool = False,
    known: Collection[Range] = (),
    inner: Sequence[Range] = (),
) -> list[Count]:
    """Counts in the statement ``view[start:end]`` of ``sentence``; a comparison may refer to ``earlier``.

    Numbers at ``known`` places, and those of the ``inner`` stretches, are another statement's and are not read again.
    """
    text = view[sentence[0] : sentence[1]]
    said = view[start:end].lower()
    if not any(hint in said for hint in HINTS):
        return []
    if _elsewhere(view, start, end, sentence, year, published) or text.rstrip('"”»’ ').endswith("?"):
        return []
    found = [*enumerated(view, start, end), *nobody(view, start, end)]
    blocked = [(c.start, c.end) for c in found]
    witnessed: bool | None = None
    for number, status, victims in _numbers(view, start, end, sentence, blocked, earlier, known, inner):
        if witnessed is None:
            witnessed = bool(SEEN.search(view, start, end))
        seen = number.relation == "exactly" and witnessed
        relation = "at_least_personally_seen" if seen else number.relation
        lower, upper = (number.lower, None) if seen else (number.lower, number.upper)
        part = bool(
            re.search(
                r"\b(?:including|among them|of (?:them|whom)|в том числе|среди них|из них|из которых|оның ішінде"
                r"|ішінде|арасында)\b[^.;]{0,25}$",
                view[max(start, number.left - 60) : number.left],
                re.I,
            )
        )
        found.append(
            Count(
                number.left,
                number.right,
                (number.start, number.end),
                status,
                relation,
                lower,
                upper,
                victims,
                None,
                seen,
                part,
            )
        )
    found.sort(key=lambda c: c.start)
    for m in HIGHER.finditer(view, start, end):
        compared = comparison(view, m, [*earlier, *[c for c in found if c.start < m.start()]])
        if compared:
            found.append(compared)
    return sorted(found, key=lambda c: c.start)


def _elsewhere(view: str, start: int, end: int, sentence: Range, year: int | None, published: bool) -> bool:
    """Whether the statement speaks of another time or place: another year, an anniversary, a comparison."""
    if ELSEWHERE.search(view, *sentence):
        return True
    years = {
        int(y)
        for y in re.findall(
            r"(?<![\w:.,-])(?:18|19|20)\d\d(?![\w-]*\s*(?:people|человек|адам))(?!\w)", view[slice(*sentence)]
        )
    }
    if THEN.match(view, *sentence):
        return year is None or not published or year not in years
    return bool(year and years and year not in years and all(abs(y - year) >= 1 for y in years))


def _numbers(
    view: str,
    start: int,
    end: int,
    sentence: Range,
    blocked: list[Range],
    earlier: Sequence[Count],
    known: Collection[Range],
    inner: Sequence[Range],
) -> list[tuple[Number, str, str | None]]:
    days = [(d.start, d.end) for d in dates.find(view, *sentence)]
    kept = []
    for n in numbers.find(view, start, end):
        if any(a < n.end and n.start < b for a, b in [*days, *blocked]):
            continue
        after = view[n.right : min(end, n.right + 60)]
        noun = after.strip()
        people = PERSON.match(noun) or PERSON.match(noun.partition(" ")[2])  # "two floor managers"
        if (NOT_PEOPLE.match(after) and not people) or (_AGE.match(after) and not after.startswith(",")):
            continue
        if n.digits and n.value and 1900 <= n.value <= 2100 and not PERSON.match(after.strip()):
            continue
        if n.value == 1 and not re.match(
            r"\s*(?:\w+\s+){0,2}?(?:person|man|woman|protester|people|policeman|officer|child|человек"
            r"|адам|кісі|полицейск|dead|killed|death)",
            after,
            re.I,
        ):
            continue
        if re.search(
            r"\b(?:No\.|article|chapter|section|unit|group|channel|page|room|square|aged|age|статья"
            r"|статьи|ст\.|№|квартал|микрорайон)\s*$",
            view[max(sentence[0], n.left - 14) : n.left],
            re.I,
        ):
            continue
        kept.append(n)
    # "Four of the eleven died": the eleven are told of by the four.
    kept = [
        n for k, n in enumerate(kept) if not (k and re.fullmatch(r"\s+of the\s+", view[kept[k - 1].right : n.left]))
    ]
    kept = kept[:MAX_NUMBERS]
    result: list[tuple[Number, str, str | None]] = []
    for i, n in enumerate(kept):
        if (n.start, n.end) in known or any(a <= n.start and n.end <= b for a, b in inner):
            continue
        left_edge = kept[i - 1].right if i else start
        right_edge = kept[i + 1].left if i + 1 < len(kept) else end
        status = _status(view, n, left_edge, right_edge, start, end, kept, i)
        given = _given(view, n, start)
        if given == "before" and result:
            status = result[-1][1]
        elif given == "toll":
            status = "killed"
        elif given == "figure" and not _direct_status(view, n, right_edge):
            status = earlier[-1].status if earlier else None
        if status == "detained" and re.match(r"[\w ]{0,40}\bhostage", view[n.right : end]):
            continue
        if status is None or UNREAL.search(view, max(start, n.left - 60), min(end, n.right + 60)):
            continue
        person = PERSON.search(view, n.right, min(right_edge, n.right + 45))
        bare = bool(given) or _bare(view, n, left_edge, right_edge)
        if n.relation in ("unquantified", "several") and not person and not bare:
            continue
        if not person and not bare:
            continue
        if n.relation == "unquantified" and not re.match(
            r"(?:many|countless|numerous|an? un|множество|много|неизвестн|көптеген|саны)", view[n.start : n.end], re.I
        ):
            continue
        result.append((n, status, person.group() if person else None))
    return result


def _direct_status(view: str, n: Number, right: int) -> bool:
    """Whether a status word follows the number in its own clause."""
    return bool(STATUS.search(re.split(r",|;|\band\b|\bи\b", view[n.right : min(right, n.right + 80)])[0]))


def _given(view: str, n: Number, start: int) -> str | None:
    """How a number without a status of its own gets one: from the number before it, or from the figure spoken of."""
    before = view[max(start, n.left - 130) : n.left]
    if re.search(
        r"(?:up|down|rising|revised|increased|dropped|,) from\s+(?:\w+\s+)?$|revis\w+ (?:an |its |the )?(?:earlier"
        r"|previous|initial) (?:figure|toll|count|estimate) of\s+$|(?:compared (?:with|to)"
        r"|instead of|rather than|and not|против|вместо|а не)\s+$",
        before,
        re.I,
    ):
        return "before"
    if re.search(
        r"\b(?:(?:death )?toll|number of (?:\w+ )?(?:killed|dead|deaths|fatalities|victims))\b[^.;:,]{0,80}"
        r"\b(?:to|at|reached|hit|passed|topped)\s+(?:\w+\s+)?$",
        before,
        re.I,
    ):
        return "toll"
    if re.search(
        r"(?:\bfigure|\btotal|\bnumber|\bcount|цифр\w+|число|саны)(?: of (?:dead|victims))?\s+(?:was"
        r"|is|were|at|of|stands at|stood at|составля\w+|составил\w*|—|равн\w+)\s+(?:\w+\s+)?$|\b(?:I"
        r"|he|she|they|we) (?:had )?counted\s+(?:\w+\s+)?$|насчитал[аи]?\s+$",
        before,
        re.I,
    ):
        after = view[n.right : n.right + 25]
        return (
            "figure"
            if not re.match(
                r"\s+(?:\w+\s+)?(?:shots?|bullets?|trucks?|cars?|vehicles?|hours?|days?|выстрел\w*)", after, re.I
            )
            else None
        )
    return None


def _bare(view: str, n: Number, left: int, right: int) -> bool:
    """Whether a number without a noun still counts people: "more than 80 wounded", "a toll of 14", "killing 14"."""
    after = view[n.right : min(right, n.right + 40)]
    before = view[max(left, n.left - 60) : n.left]
    adjacent = list(STATUS.finditer(view, max(left, n.left - 40), n.left))
    if adjacent and not view[adjacent[-1].end() : n.left].strip() and adjacent[-1].group().casefold() != "held":
        return True
    if re.match(
        r"\s*(?:[\w-]+\s+){0,2}?[“\"]?[a-z-]{3,}(?:s|men|women|people|staff|crew)[”\"]?\s+(?:\w+\s+){0,3}?"
        r"(?:were"
        r"|was|had|have|has|are|is|died|dead|killed|wounded|injured|missing|arrested|detained|disappeared"
        r"|shot)\b",
        after,
        re.I,
    ):
        return True
    if re.match(
        r"\s*(?:[а-яё]+\s+){1,3}?(?:погиб|получил|ранен|задержан|арестован|умер|скончал|пропал|пострадал|убит)",
        after,
        re.I,
    ):
        return True
    if STATUS.match(after.lstrip(" ,")) or re.match(
        r"\s*(?:of (?:them|whom|the)|из (?:них|которых)|оның|were|was|had|have|are|remain(?:ed)?"
        r"|получил[аои]?|more (?:were|was)|more|others?|seriously|critically|still|were later|был[иао]?|получили"
        r"|тяжело|ауыр|жан\b)",
        after,
        re.I,
    ):
        return True
    if re.search(
        r"(?:tolls?|number|count|total|figure|dead|deaths|killed|killing|kill|wound|wounding|injuring"
        r"|injured|wounded|arrested|arresting|detained|detaining|число|количество|составил[оаи]?"
        r"|достигл[оаи]|возросло|погиб\w*|ранен\w*|убит\w*|саны|сан\w*|задержан\w*|доходит|toll (?:is"
        r"|was|at|of))\W+(?:\w+\W+){0,5}$",
        before,
        re.I,
    ):
        return True
    return bool(re.match(r"\s*(?:-?ке|-?ге|-?қа|-?ға)?\s*(?:жетті|жеткен|құрады|болды|артты)", after, re.I))


def _status(
    view: str, n: Number, left: int, right: int, start: int, end: int, kept: list[Number], i: int
) -> str | None:
    adjacent = list(STATUS.finditer(view, max(left, n.left - 70), n.left))
    if adjacent:
        last = adjacent[-1]
        gap = view[last.end() : n.left]
        transitive = re.fullmatch(
            r"\s*(?:(?:of|at|to|by|были|было|как минимум|еще|ещё|(?:rose|stood|stands|climbed|grew|reached"
            r"|risen|jumped) (?:to|at)|is|was|as|составил[оаи]?|достигл[оаи]|возросло до|—|–|-|:|уже"
            r"|,? including|in (?:\w+ ){1,3}|получили|оказались|подверглись|саны|из-за|в результате(?: \w+){1,3})\s*"
            r")*",
            gap,
            re.I,
        )
        if transitive and not re.match(r"(?:were |was |been )", last.group(), re.I):
            return status_name(view, last)
    match = _following(view, n, right, end)
    if match and re.search(r"[;]|\bbut\b|, (?:who|which)\b.{25}", view[n.right : match.start()]) is None:
        return status_name(view, match)
    follow = i
    limit = right
    while (
        follow + 1 < len(kept)
        and not _PART_OF.match(view, kept[follow + 1].right)
        and re.search(
            r"(?:including|among them|of (?:them|whom)|with|в том числе|среди них|из них|оның ішінде"
            r"|ішінде|,|\bor\b|\band|to)\s*(?:\w+\s){0,2}$",
            view[kept[follow].right : kept[follow + 1].left],
            re.I,
        )
    ):
        if len(re.findall(r"\w+", view[kept[follow].right : kept[follow + 1].left])) > 5:
            break
        follow += 1
        limit = kept[follow + 1].left if follow + 1 < len(kept) else end
        match = STATUS.search(view, kept[follow].right, min(limit, n.right + 140))
        if match:
            return status_name(view, match)
    before = list(STATUS.finditer(view, max(start, n.left - 110), n.left))
    if before and not re.search(r"[;]|\bbut\b", view[before[-1].end() : n.left]):
        gap = view[before[-1].end() : n.left]
        if before[-1].end() > left or re.search(
            r"(?:including|among them|of whom|of them|в том числе|среди них|из них|оның ішінде|and|и"
            r"|, )\W*(?:\w+\W+){0,3}$",
            gap,
            re.I,
        ):
            return status_name(view, before[-1])
    return None


def _following(view: str, n: Number, right: int, end: int) -> re.Match[str] | None:
    """The status word after a number; not one that takes the next number, nor the one in "of the wounded"."""
    for match in STATUS.finditer(view, n.right, min(right, n.right + 110)):
        if re.search(r"\bof (?:the|those|them)\s+$", view[n.right : match.start()]) and STATUS.search(
            view, match.end(), right
        ):
            continue
        if (
            right < end
            and re.search(r"\band\s+$", view[n.right : match.start()])
            and re.fullmatch(r"\s*(?:\w+\s+)?", view[match.end() : right])
            and re.match(r"(?:kill|wound|injur|arrest|detain)(?:ed|ing)", match.group(), re.I)
        ):
            return None
        return match
    return None
