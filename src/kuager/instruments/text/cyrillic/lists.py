"""People listed in Russian and Kazakh: "среди погибших — старуха, двое мальчиков и учительница"."""

from __future__ import annotations

import re

from kuager.instruments.text.counting.count import Count
from kuager.instruments.text.counting.people import PERSON
from kuager.instruments.text.cyrillic import numbers as cyrillic_numbers

_STATUSES = (
    (re.compile(r"ранен|пострад|жарал|зардап", re.I), "wounded"),
    (re.compile(r"задерж|арест|ұстал|қамал", re.I), "detained"),
    (re.compile(r"пропа|хабарсыз|жоғал", re.I), "missing"),
    (re.compile(r"погиб|уби|жертв|скончал|умер|застрел|қаза|өлген|оққа|құрбан|мерт|қайтыс", re.I), "killed"),
)
_LIST = r"(?P<list>[^.;:()?!]{5,160})"
_LISTED = re.compile(
    r"(?<!\w)(?:(?:среди|в числе) (?:погибших|убитых|жертв|раненых|задержанных|арестованных|пострадавших|застреленных"
    r"|пропавших)(?: (?:был[аи]?|есть|оказал\w+))?(?:\s*[—–:-])?"
    r"|(?:погиб|убит|скончал|умер|застрел|ранен|пострада|задерж|арестова|пропал)\w*[^.;:()?!]{0,40}:"
    r"|(?:қаза тапқан|қаза болған|өлген|оққа ұшқан|мерт болған|қайтыс болған|жараланған|зардап шеккен|ұсталған)\w*"
    rf" (?:арасында|ішінде)\s*[—–:-]?)\s+{_LIST}",
    re.I,
)
_NUMBERED = re.compile(rf"\d|(?<!\w)(?:{cyrillic_numbers.RUSSIAN})(?!\w)", re.I)
_BETWEEN = re.compile(r",\s*(?:(?:и|а также|және)\s+)?|\s+(?:и|а также|және|мен|пен|бен)\s+")
_ITEM = re.compile(
    rf"(?:ещ[её]\s+|тағы\s+)?(?:(?P<n>\d{{1,2}}|{cyrillic_numbers.RUSSIAN}|{cyrillic_numbers.KAZAKH})\s+)?"
    rf"(?:[\w-]+\s+){{0,2}}?{PERSON.pattern}(?P<rest>.*)",
    re.I,
)


def people_listed(view: str, start: int, end: int) -> list[Count]:
    """Lists of people of whom at least one stands without a number; as many as are named, at least."""
    found = []
    for m in _LISTED.finditer(view, start, end):
        if _NUMBERED.search(m.group()[: m.start("list") - m.start()]):
            continue  # "скончались двое: мужчина и женщина"
        status = next((name for words, name in _STATUSES if words.search(m.group()[: m.start("list") - m.start()])), "")
        total, parts, single, stop = 0, 0, False, m.start("list")
        for s, e in _parts(view, *m.span("list")):
            item = _ITEM.match(view, s, e)
            if item is None or not _ends(item["rest"]):
                break
            n = _number(item["n"])
            total, parts, single, stop = total + n, parts + 1, single or item["n"] is None, item.start("rest")
        if status and parts > 1 and single:
            span = (m.start("list"), stop)
            found.append(Count(*span, span, status, "at_least_enumerated", total, None, view[slice(*span)]))
    return found


def _parts(view: str, start: int, end: int) -> list[tuple[int, int]]:
    edges = [start, *[x for m in _BETWEEN.finditer(view, start, end) for x in m.span()], end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _ends(rest: str) -> bool:
    """Whether nothing that could be said of them stands behind one who is listed but where they were."""
    return len(rest.split()) <= 3 and not re.search(r"\d", rest)


def _number(words: str | None) -> int:
    if words is None:
        return 1
    return int(words) if words.isdigit() else cyrillic_numbers.value(words) or 1
