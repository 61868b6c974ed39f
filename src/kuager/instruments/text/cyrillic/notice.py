"""Who stands as a subject in a Russian or Kazakh sentence that nobody speaks in: whom "they" and "it" mean next."""

from __future__ import annotations

import re

from kuager.instruments.text.kazakh import mentions as kazakh_mentions
from kuager.instruments.text.russian import people as russian_people
from kuager.instruments.text.russian.mentions import phrase_end

Range = tuple[int, int]

_WORD = re.compile(r"[^\W_][\w\-]*")
_PREPOSITION = frozenset(
    "в во на по после перед при с со из у к ко за до от для без о об обо под над между среди через".split()
)
_FINITE = re.compile(r"[а-яё]{2,}(?:л|ла|ло|ли|лся|лась|лось|лись|ет|ют|ит|ят|ут|ат|ется|ются|ится|ятся)$")
_ADJECTIVE = re.compile(r"[а-яё\-]+(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)$")
_NAME = r"[А-ЯЁӘҒҚҢӨҰҮҺІ][\w\-]+(?:\s[А-ЯЁӘҒҚҢӨҰҮҺІ][\w\-]+){0,2}"
_APPOSED = re.compile(rf",\s(?P<name>{_NAME})(?=,)")
#: A case that no Kazakh subject stands in.
_KAZAKH_OBLIQUE = re.compile(
    r"(?<=\w{3})(?:[тдн][ыі]ң|[ғқ]а|[гк]е|[дтн][ыі]|[дт]ан|[дт]ен|нан|нен|[дт]а|[дт]е|[мбп]ен)$"
)


def subject(view: str, a: int, b: int, spoken: str) -> Range | None:
    """The phrase of ``view[a:b]`` that is its subject: several people, a body, or somebody not named."""
    if spoken == "kk":
        return kazakh_mentions.subject(view, a, b)
    words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(view, a, min(b, a + 160))][:12]
    for k, (word, _, end) in enumerate(words):
        low = word.casefold()
        if k and word[0].isupper() and not word.isupper():
            continue
        called = russian_people.is_person(low) or russian_people.is_several(low) or _is_subject_body(word)
        if not called or (k and words[k - 1][0].casefold() in _PREPOSITION):
            continue
        first = k
        while first and _ADJECTIVE.match(words[first - 1][0].casefold()):
            first -= 1
        if first and words[first - 1][0].casefold() in _PREPOSITION:
            continue
        stop = phrase_end(view, end, b)
        verb = next((w for w in words[k + 1 :] if w[1] < stop and w[0].islower() and _FINITE.match(w[0])), None)
        stop = min(stop, verb[1] if verb else stop)
        while stop > end and view[stop - 1] in " ,":
            stop -= 1
        apposed = _APPOSED.match(view, stop, b)
        return words[first][1], apposed.end() if apposed else stop
    return None


def _is_subject_body(word: str) -> bool:
    return russian_people.is_body(word) and (
        word.isupper()
        or re.search(r"(?:ство|ние|тие|ция|сия|пия|ба|ра|ия|тет|мент|суд|фонд|нтр|ат|аб|юз|за)$", word.lower())
        is not None
    )


def stands_as_subject(view: str, at: int, name: str, spoken: str) -> bool:
    """Whether the name at ``at`` is in the case of a subject: not "Сейдахметтің адвокаты", not "у Павла Громова"."""
    words = re.match(_NAME, view[at : at + 80])
    if words is None:
        return True
    here, known = words.group().split(), name.split()
    if spoken == "kk":
        return not _KAZAKH_OBLIQUE.search(here[-1]) or (here[-1] == known[-1] and not here[-1].endswith(("ың", "ің")))
    before = re.search(r"(\w+)\s$", view[max(0, at - 12) : at])
    if before is not None and before[1].casefold() in _PREPOSITION:
        return False
    return here[0] == known[0] or len(here) < 2
