"""Casualty counts: which numbers of a statement count people killed, wounded, shot, detained, missing or displaced.

Years, durations, ages, money, rounds fired and deaths elsewhere or at another time are no counts of the event.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from kuager.instruments.text import dates
from kuager.instruments.text.counting import numbers
from kuager.instruments.text.counting.count import Count
from kuager.instruments.text.counting.elsewhere import elsewhere, of_another
from kuager.instruments.text.counting.forms import comparison, enumerated, listed, nobody, status_name
from kuager.instruments.text.counting.kinds import Head, head, may_be_people, set_aside
from kuager.instruments.text.counting.lists import shared
from kuager.instruments.text.counting.numbers import Number
from kuager.instruments.text.counting.people import PERSON
from kuager.instruments.text.counting.states import STATUS
from kuager.instruments.text.counting.status import own
from kuager.instruments.text.counting.words import HIGHER, HINTS, SEEN, UNREAL

Range = tuple[int, int]

#: "nine of the dead", "two from Mali": some of those whom another number counts.
_OF_SOME = re.compile(
    r"\s+(?:of (?:the|those|them|whom)\b|из (?:них|которых|погибших|раненых|задержанных)|from\s+[A-Z])", re.I
)
_SUPERSEDED = re.compile(
    r"\bfrom\s+(?:(?:an?|the|earlier|previous|initial|some|about|around|nearly)\s+)*$|(?<!\w)(?:с|со)\s+$"
    r"|\b(?:earlier|previous|initial) (?:figure|toll|count|estimate"
    r"|tally) of\s+$",
    re.I,
)
#: "four of the eleven"
_SHARE = re.compile(r"\s+(?:out\s+)?of\s+(?:(?:the|its|their|his|her|some|all|these|those)\s+)*|\s+из\s+", re.I)
_KAZAKH = re.compile(r"[әғқңөұүһі]", re.I)
#: Words of a Kazakh sentence that has none of the letters that Russian lacks.
_KAZAKH_TOO = re.compile(r"(?<!\w)(?:адам|бала|тағы|болды|жоқ|\w{3,}(?:лар|лды|нды|рды|лған|нған|мады))(?!\w)", re.I)
_KAZAKH_WORD = re.compile(r"(?:он|бес|алты|елу|отыз|сексен|мың)(?:\s.*)?", re.I)
_UNKNOWN = re.compile(r"an? un|саны белгісіз|неизвестн", re.I)
_THOUSANDS = re.compile(r"[a-z ]*thousands?|тысяч|[а-я]+ тысяч|мыңдаған", re.I)
_MANY = re.compile(r"many|countless|numerous|множество|много|көптеген", re.I)
#: "Завтра напишете, что сгорело сто тысяч"
_FORETOLD = re.compile(
    r"(?<!\w)(?:завтра|послезавтра)\s+(?:\w+\s+){0,2}?(?:напиш|скаж|объяв|сообщ|окаж|стан|буд)\w*"
    r"|(?<!\w)(?:ертең|бүрсігүні)(?!\w)[^.;]*(?:болады|дейді|дейтін|өледі|жазады|айтады|мүмкін)",
    re.I,
)
#: "девять, а не трое", "жеті емес, он үш"
_BUT_NOT = re.compile(r",\s*а\s+не\s+$", re.I)
_NOT_SO_MANY = re.compile(r"\s+(?:адам\s+)?емес(?=[,.;!]|$)", re.I)
_NOT = re.compile(r"(?<!\w)(?:not|не)\s+$", re.I)
_YET_TO_COME = re.compile(
    r"\b(?:could|may|might|will|would|can|expected to|likely to|set to)\s+(?:\w+\s+){0,2}?(?:reach|rise|climb|exceed"
    r"|pass|top"
    r"|hit|grow|surpass|increase|go|bring|double)\b(?:\s+(?!(?:since|as|because|after|when|and|if"
    r"|while)\b)\w+){0,3}\s*$"
    r"|(?<!\w)(?:достигнет|превысит|вырастет|увеличится)(?:\s+\w+){0,2}\s*$|(?<!\w)(?:может|могло"
    r"|могут)\s+(?:\w+\s+){0,2}?(?:вырасти|достич|дости"
    r"|превыс|быть)\w*(?:\s+\w+){0,3}\s*$",
    re.I,
)
#: "up to 60 people could die", and not "may be dead", which is said of what has happened.
_AHEAD = re.compile(
    r"\b(?:will|would|could|might|may) (?:\w+ )?(?:die|drown|perish|starve|be (?:killed|displaced))\b", re.I
)
_NAMES_OF = re.compile(r"\bnames of\s+(?:the\s+)?$", re.I)
FIGURE = re.compile(
    r"\b(?:figure|total|tally|number|count)\s+(?!of\b)(?:\w+\s+){1,4}?(?:at|to)\s+$|\bput the (?:figure|number)\s+$"
    r"|\b(?:speak|spoke|talk|tell|told)\w* of\s+$|"
    r"(?:\bfigure|\btotal|\bnumber|\bcount)(?: of (?:dead|victims))?\s+(?:was|is|were|at|of|stands at|stood at"
    r"|(?:has )?(?:rose|risen|climbed|grew|grown|dropped|fell|fallen) to)\s+(?:\w+\s+)?$"
    r"|(?:цифр\w+|число|саны)\s+(?:составля\w+|составил\w*|—|равн\w+)\s+(?:\w+\s+)?$"
    r"|\b\w+ (?:had )?counted\s+(?:\w+\s+)?$|\bput (?:it|this|that) at\s+(?:\w+\s+)?$"
    r"|\b(?:the|these|those) \w+ include[sd]?\s+$|\b[Aa]mong (?:the|those|them)\b[^.;,]{0,30},?\s*(?:were|was"
    r"|are)\s+$|\b(?:total|tally)\s+(?:\w+\s+){0,2}?to\s+$|насчитал[аи]?\s+$|\b(?:took|put|brought|cut|revised"
    r"|lowered|raised) (?:it|that|this) (?:down |up )?(?:to|at)\s+$"
    r"|\b(?:rais|lower|brought|bring|cut|revis|increas)\w*[^.;]{0,20}\b(?:total|tally|figure|number"
    r"|count)\b(?! of\b)[^.;]{0,40}\bto\s+$|(?<!\w)саны\s+(?:\w+\s+)?$",
    re.I,
)
#: What people were, not what befell them: "five were Saudis", "fourteen were children".
_WHO_THEY_WERE = re.compile(
    r"\s+(?:of them\s+)?(?:were|was|are|is)\s+(?:(?:an?|all|aged|from|under|over|members|women|men|children|girls"
    r"|boys|babies"
    r"|teenagers|civilians|foreign\w*|police\w*|officers|soldiers|students|workers)\b|(?-i:[A-Z])[a-z]+(?:s|ese|is"
    r"|ish|ch)\b)",
    re.I,
)
#: How far back, in code points, a figure without a word for what befell people looks for one.
_NEAR_BY = 400
#: More numbers than any sentence that people write; a bound on hostile ones.
MAX_NUMBERS = 40


def find(
    view: str,
    start: int,
    end: int,
    sentence: Range,
    years: Collection[int],
    earlier: Sequence[Count],
    spoken: str,
    published: bool = False,
    known: Collection[Range] = (),
    inner: Sequence[Range] = (),
) -> list[Count]:
    """Counts in the statement ``view[start:end]`` of ``sentence``; a comparison may refer to ``earlier``.

    Numbers at ``known`` places, and those of the ``inner`` stretches, are another statement's and are not read again.
    """
    start = _with_number(view, sentence[0], start)
    said = view[start:end].lower()
    hinted = any(hint in said for hint in HINTS)
    first = next(iter(numbers.find(view, start, end, sentence[0])), None)
    if not hinted and (first is None or not _spoken_of_harm(view, first, sentence, earlier)):
        return []
    stated = _to_read(islice(numbers.find(view, start, end, sentence[0]), 4 * MAX_NUMBERS), known, inner)
    if view[slice(*sentence)].rstrip('"”»’ ').endswith("?"):
        return []
    found = [*enumerated(view, start, end), *nobody(view, start, end)]
    told = [(c.start, c.end) for c in found]
    found += [c for c in listed(view, start, end) if not any(c.start < e and s < c.end for s, e in told)]
    blocked = [(c.start, c.end) for c in found]
    for number, status, victims, how in _numbers(stated, view, start, end, sentence, blocked, earlier, known, inner):
        seen = number.relation == "exactly" and _seen(view, number, start, end)
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
                part or how in ("part", "listed") or bool(_OF_SOME.match(view, number.right)),
                bool(_SUPERSEDED.search(view, max(sentence[0], number.left - 40), number.left)),
            )
        )
    found.sort(key=lambda c: c.start)
    for m in HIGHER.finditer(view, start, end):
        compared = comparison(view, m, [*earlier, *[c for c in found if c.start < m.start()]])
        if compared:
            found.append(compared)
    if found and elsewhere(view, sentence, years, published):
        return []
    return sorted(found, key=lambda c: c.start)


def _with_number(view: str, floor: int, start: int) -> int:
    """Where a statement begins with the number that stands right before it: "said in May 40 | people were killed"."""
    for n in numbers.find(view, max(floor, start - 16), start):
        if (
            n.digits
            and n.left > floor
            and n.right < start
            and not view[n.right : start].strip()
            and PERSON.match(view, start)
        ):
            return n.left
    return start


def _spoken_of_harm(view: str, n: Number, sentence: Range, earlier: Sequence[Count]) -> bool:
    """Whether the sentence says what befell people, or a count stands shortly before it."""
    return bool(earlier and n.left - earlier[-1].end < _NEAR_BY) or STATUS.search(view, *sentence) is not None


def _to_read(stated: Iterable[Number], known: Collection[Range], inner: Sequence[Range]) -> list[Number]:
    """The numbers that are this statement's, each with its neighbours, which may be another's and bound it."""
    found = list(stated)
    mine = [(n.start, n.end) not in known and not any(a <= n.start and n.end <= b for a, b in inner) for n in found]
    return [n for i, n in enumerate(found) if any(mine[max(0, i - 2) : i + 3])]


def _seen(view: str, n: Number, start: int, end: int) -> bool:
    """Whether the one who counts saw them: said in the number's own clause."""
    before = re.split(r"[;.]|,? \band (?!counted)|, but\b|(?<!\w)(?:и|а|но) ", view[start : n.left])[-1]
    after = re.split(
        r"[;.,]|\band (?:had|has|have|was|were|he|she|they|we|I|who)\b|(?<!\w)(?:и|а) ", view[n.right : end]
    )[0]
    return bool(SEEN.search(before + view[n.left : n.right] + after))


def _numbers(
    stated: Sequence[Number],
    view: str,
    start: int,
    end: int,
    sentence: Range,
    blocked: list[Range],
    earlier: Sequence[Count],
    known: Collection[Range],
    inner: Sequence[Range],
) -> list[tuple[Number, str, str | None, str]]:
    if not stated:
        return []
    days = [(d.start, d.end) for d in dates.find(view, *sentence)]
    kept: list[Number] = []
    kazakh = bool(_KAZAKH.search(view, *sentence) or _KAZAKH_TOO.search(view, *sentence))
    for n in stated:
        if any(a < n.end and n.start < b for a, b in [*days, *blocked]) or set_aside(view, n, sentence, end):
            continue
        if not kazakh and _KAZAKH_WORD.fullmatch(view, n.start, n.end):
            continue  # Russian "он" is no ten
        if kept and _SHARE.fullmatch(view, kept[-1].right, n.left):
            continue  # "four of the eleven died": the eleven are told of by the four
        kept.append(n)
        if len(kept) > MAX_NUMBERS:
            break
    edges = [*[n.left for n in kept[1:]], max(end, sentence[1])][: len(kept)]
    heads = [head(view, n, edge) for n, edge in zip(kept, edges, strict=True)]
    owned = [
        own(view, n, heads[i], kept[i - 1].right if i else sentence[0], edges[i], start, max(end, sentence[1]))
        for i, n in enumerate(kept)
    ]
    result: list[tuple[Number, str, str | None, str]] = []
    for i, found in enumerate(shared(view, kept, heads, owned)):
        n, what = kept[i], heads[i]
        if (n.start, n.end) in known or any(a <= n.start and n.end <= b for a, b in inner):
            continue
        status, how = (found.status, found.how) if found else (None, "")
        if status is None and what.kind != "other":
            status = _spoken_of(view, n, what, start, sentence, result[-1][1] if result else None, earlier)
            how = "figure"
        if (
            status is None
            or of_another(view, n, sentence)
            or not may_be_people(view, n, what, start, how)
            or not _counted(view, n, what, start, end)
        ):
            continue
        result.append((n, status, what.word, how))
    return result


def _counted(view: str, n: Number, what: Head, start: int, end: int) -> bool:
    """Whether the number says how many there were: not "many of the missing", "up to 20 may yet die", "not two"."""
    if (
        n.relation == "unquantified"
        and not _UNKNOWN.match(view, n.start, n.end)
        and not _THOUSANDS.match(view, n.start, n.end)
        and (
            what.kind != "people"
            or not _MANY.match(view, n.start, n.end)
            or re.search(r"\b(?:how|as|so)\s+$", view[max(start, n.left - 6) : n.left], re.I)
            or re.match(r"\s+of\b", view[n.right : n.right + 4])
        )
    ):
        return False
    near = (
        re.split(r"[,;.]", view[max(start, n.left - 70) : n.left])[-1]
        + re.split(r"[,;.]", view[n.left : min(end, n.right + 60)])[0]
    )
    if n.relation != "at_most" and (UNREAL.search(near) or _YET_TO_COME.search(view, max(start, n.left - 60), n.left)):
        return False
    if n.relation == "at_most" and _AHEAD.search(near):
        return False
    if any(m.start() < n.left for m in _FORETOLD.finditer(view, start, min(len(view), end + 40))):
        return False
    if _BUT_NOT.search(view, max(start, n.left - 12), n.left) or _NOT_SO_MANY.match(view, n.right, end):
        return False
    if _NOT.search(view, max(start, n.left - 6), n.left) and re.match(
        r"[^.;]{0,20},\s*(?:а|but)\b", view[n.right : end]
    ):
        return False
    return not re.match(r"[\w ]{0,40}\bhostage\b", view[n.right : end])


def _spoken_of(
    view: str,
    n: Number,
    what: Head,
    start: int,
    sentence: Range,
    last: str | None,
    earlier: Sequence[Count],
) -> str | None:
    """The status of a number that speaks of people counted before: "five were Saudis", "the figure was 12"."""
    before = earlier[-1].status if earlier and n.left - earlier[-1].end < _NEAR_BY else None
    if FIGURE.search(view, max(sentence[0], n.left - 130), n.left):
        return last or before
    if re.match(r"names|фамили|им[её]н|есім", what.word or "", re.I) or _NAMES_OF.search(
        view, max(start, n.left - 12), n.left
    ):
        said = next((m for m in STATUS.finditer(view, *sentence) if not m["detained"]), None)
        return (status_name(view, said) if said else None) or last or before
    if re.match(r"\s+(?:were|was|are|is) (?:also )?among (?:them|those)\b", view[what.end :][:30], re.I):
        return last or before
    if (
        what.kind == "bare"
        and _WHO_THEY_WERE.match(view, n.right)
        and re.fullmatch(r"[\s\"“]*|.*(?:[,;—–]|\band|\bи)\s*", view[start : n.left])
    ):
        return last or before
    return None
