"""Counts without a number beside them: people listed, nobody, and "much higher than that"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kuager.instruments.text.counting.count import Count
from kuager.instruments.text.counting.people import PERSON
from kuager.instruments.text.counting.states import NAMES, STATUS
from kuager.instruments.text.counting.words import (
    ENUMERATED,
    ITEM,
    NOBODY,
    STATUS_IN,
)
from kuager.instruments.text.cyrillic.lists import people_listed

Range = tuple[int, int]


def status_name(view: str, m: re.Match[str]) -> str | None:
    """The status that a word stands for."""
    name = next((k for k in NAMES if m[k]), None)
    word = m.group().lower()
    if (
        name == "killed"
        and word.startswith(("victim", "жертв"))
        and re.search(r"wounded|injured|ранен", view[max(0, m.start() - 30) : m.end() + 30], re.I)
    ):
        return "wounded"
    if (
        name == "killed"
        and word.startswith("toll")
        and re.search(r"(?:injury|wounded|injured) $", view[max(0, m.start() - 12) : m.start()], re.I)
    ):
        return "wounded"
    return name


def enumerated(view: str, start: int, end: int) -> list[Count]:
    """Lists of people: "an old woman, a toddler and a pregnant woman"; as many as are named, at least."""
    found = []
    for m in ENUMERATED.finditer(view, start, end):
        group = next(g for g in ("list", "list2", "list3") if m[g])
        word = (m["status"] or m["status2"] or m["status3"] or "").lower()
        status = {
            "shut": "shot",
            "shot dead": "killed",
            "dead": "killed",
            "victims": "killed",
            "injured": "wounded",
            "arrested": "detained",
        }.get(word, word)
        if not status:
            near = STATUS.search(view, max(start, m.start() - 60), end)
            status = (status_name(view, near) if near else None) or ""
        n = max(len(re.findall(ITEM, m[group], re.I)), len(_SOMEBODY.findall(m[group])))
        if status and n >= 2:
            s, e = m.start(group), m.end(group)
            found.append(Count(s, e, (s, e), status, "at_least_enumerated", n, None, m[group]))
    return [*found, *people_listed(view, start, end)]


def listed(view: str, start: int, end: int) -> list[Count]:
    """People named one by one with what befell them all: "a nurse, two patients and a driver were killed"."""
    found = []
    for m in _LISTED.finditer(view, start, end):
        items = [each[1].lower() for each in _SOMEBODY.finditer(m.group())]
        if len(items) < 2 or not set(items) & set(_ARTICLES) or items[0] in _MANY or items[0].isdigit():
            continue  # "two officers and a driver": the number that is written is the count
        after = _BEFELL.match(view, m.end(), end)
        befell = STATUS.match(view, after.end() if after else m.end(), end)
        if befell is None:
            verb = _DID.search(view, max(start, m.start() - 24), m.start())
            befell = STATUS.match(view, verb.start(1), m.start()) if verb else None
        status = status_name(view, befell) if befell else None
        if status:
            n = sum(_MANY.get(each) or (int(each) if each.isdigit() else 1) for each in items)
            s, e = m.span()
            found.append(Count(s, e, (s, e), status, "at_least_enumerated", n, None, m.group()))
    return found


_ARTICLES = ("a", "an", "his", "her", "their")
_MANY = {word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
#: "an elderly woman", "her two sons".
_ONE = (
    r"(?:(?:his|her|their|the) (?=(?:two|three|four|five|six|\d) ))?"
    r"(an?|the|his|her|their|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+"
    rf"(?:(?!(?:and|or|who|of|in|at|on|were|was|had|said)\b)[\w’'-]+\s+){{0,3}}?{PERSON.pattern}"
)
_SOMEBODY = re.compile(_ONE, re.I)
_PLAIN = re.sub(r"\((an\?)", r"(?:\1", _ONE, count=1)
_LISTED = re.compile(rf"(?<![\w-]){_PLAIN}(?:,\s+{_PLAIN})*,?\s+and\s+{_PLAIN}", re.I)
_BEFELL = re.compile(
    r",?\s+(?:who\s+)?(?:(?:have|has|had|all|both|also|were|was|are|is|been|be|being|reportedly|fatally)\s+){0,4}", re.I
)
_DID = re.compile(r"\b(\w+(?: dead| and killed)?)\s+$")


def nobody(view: str, start: int, end: int) -> list[Count]:
    """ "Nobody was killed": a count of none."""
    found = []
    for m in NOBODY.finditer(view, start, end):
        group = next((g for g in ("n", "n2", "n3") if m[g]), None)
        word = (m["s"] or m["s2"] or m["s3"] or (m["n3"] or "")).lower()
        status = STATUS_IN.search(word)
        name = (
            "killed"
            if word in ("died", "casualties", "fatalities", "deaths") or "погиб" in word or "жертв" in word
            else status.lastgroup
            if status
            else None
        )
        if group and name and re.search(r"\w", word):
            found.append(Count(m.start(), m.end(), (m.start(group), m.end(group)), name, "exactly", 0, 0))
    return found


def comparison(view: str, m: re.Match[str], earlier: Sequence[Count]) -> Count | None:
    """ "The number is much higher": against the count spoken of before."""
    what = m.group()
    if re.search(r"(?<!\w)(?:станет|будет)(?!\w)", what, re.I):
        return None
    status = STATUS_IN.search(what)
    name = status.lastgroup if status else None
    pool = [
        c
        for c in earlier
        if c.lower is not None and c.relation not in ("higher_than", "much_higher_than", "at_least_enumerated")
    ]
    if name:
        pool = [c for c in pool if c.status == name] or (
            [] if name != "killed" else [c for c in pool if c.status == "killed"]
        )
    pool = [c for c in pool if c.upper != 0] or pool
    official = [c for c in pool if c.official and c.status == (name or "killed")]
    reference = (
        official[-1]
        if official
        else next((c for c in reversed(pool) if c.status == (name or "killed")), pool[-1] if pool else None)
    )
    if reference is None and name is None and not re.search(r"toll|death|casualt|killed", what, re.I):
        return None
    much = m["much"] or m["en2much"] or m["en3much"] or m["rumuch"] or m["rpmuch"] or m["kkmuch"]
    relation = "much_higher_than" if much else "higher_than"
    lower = None
    if reference is not None:
        base = reference.upper if reference.relation in ("exactly", "at_most", "about", "between") else reference.lower
        lower = (base if base is not None else 0) + 1
    return Count(
        m.start(),
        m.end(),
        None,
        name or (reference.status if reference else "killed"),
        relation,
        lower,
        None,
        None,
        reference,
    )
