"""Mentions in Russian: the words before or after a verb that name who speaks, and their nominative."""

from __future__ import annotations

import re

from kuager.instruments.text.russian_words import (
    ADVERBIAL,
    JUNK,
    LOCATIVE,
    NAME,
    NOMINATIVE,
    PLACE_TAIL,
    TIME,
)
from kuager.instruments.text.sentences import Quote

Range = tuple[int, int]


#: Who ends "На вопрос о трубе глава региона ответил".
_OFFICE = (
    r"(?:он|она|глава \w+|министр|губернатор|аким|мэр|депутат|чиновник|прокурор|следователь|пресс-секретарь"
    r"|(?-i:[А-ЯЁ][а-яё]+(?: [А-ЯЁ][а-яё]+)?))"
)
#: "Перед этим он заявил".
_BEFOREHAND = re.compile(r"(?:перед этим|до этого|после этого|при этом|кроме того|в свою очередь|между тем)\s+", re.I)
#: What any of the patterns begins with: a quick first look.
_DECLINED = re.compile("|".join(f"(?:{pattern})" for pattern, _ in NOMINATIVE), re.I)


def nominative(phrase: str) -> str:
    """A genitive or dative mention in the nominative: "свидетелей" → "свидетели", "Ивана Петрова" → "Иван Петров"."""
    if _DECLINED.search(phrase):
        for pattern, base in NOMINATIVE:
            phrase = re.sub(pattern, base, phrase, flags=re.I)
    for pattern, base in LOCATIVE:
        phrase = re.sub(pattern, base, phrase)

    def name(m: re.Match[str]) -> str:
        first, last = m.group(1), m.group(2)
        if first[-1] == "а" and re.search(r"(?:ов|ев|ёв|ин|ын)а$", last):
            return f"{first[:-1]} {last[:-1]}"
        if first[-1] == "я" and re.search(r"(?:ов|ев|ёв|ин|ын)а$", last):
            return f"{first[:-1]}й {last[:-1]}" if first[-2] in "еиа" else f"{first[:-1]}ь {last[:-1]}"
        if first[-1] in "ыи" and re.search(r"(?:ов|ев|ёв|ин|ын)ой$", last):
            return f"{first[:-1]}{'а' if first[-1] == 'ы' else 'я'} {last[:-2]}а"
        if first[-1] == "а" and re.search(r"ского$", last):
            return f"{first[:-1]} {last[:-3]}ий"
        return m.group(0)

    phrase = NAME.sub(name, phrase)
    return (
        re.sub(r"(?<=\s)([А-ЯЁ][а-яё]+(?:ов|ев|ёв|ин|ын))а$", r"\1", phrase)
        if " " in phrase and not NAME.search(phrase)
        else phrase
    )


def strip(view: str, s: int, e: int) -> Range:
    """A stretch without the marks and spaces around it."""
    while s < e and view[s] in " ,;:—–-.\t\n":
        s += 1
    while e > s and view[e - 1] in " ,;:—–-.\t\n":
        e -= 1
    return s, e


def clean_mention(view: str, s: int, e: int) -> Range | None:
    """A mention without time and place words around it."""
    s, e = strip(view, s, e)
    while True:
        m = TIME.match(view, s, e)
        if not m or m.end() == s:
            break
        s = m.end()
    lead = _BEFOREHAND.match(view, s, e)
    s = lead.end() if lead else s
    tail = PLACE_TAIL.search(view[s:e])
    if tail and not NAME.search(tail.group()):
        e = s + tail.start()
    s, e = strip(view, s, e)
    while True:
        m2 = re.search(
            r"\s(?:также|позже|ранее|уже|вчера|сегодня|затем|потом|позднее|официально|неоднократно|в свою очередь)$",
            view[s:e],
            re.I,
        )
        if not m2:
            break
        e = s + m2.start()
    m3 = re.search(
        r"\s+(?:в (?:пятницу|субботу|воскресенье|понедельник|среду|четверг)|во вторник|\d{1,2}\s+(?:января"
        r"|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря))$",
        view[s:e],
        re.I,
    )
    if m3:
        e = s + m3.start()
    pronoun = re.match(r"(?:он|она|они)(?=\s)", view[s:e], re.I)
    if pronoun:
        e = s + pronoun.end()
    text = view[s:e]
    if not re.search(r"\w", text) or len(text) > 160 or len(text.split()) > 16 or text.lower() in JUNK:
        return None
    return s, e


def mention_before(view: str, a: int, v: int, marks: list[Quote]) -> Range | None:
    """The subject before the verb: from the clause's start, an apposition between commas kept."""
    left = view[a:v].rstrip()
    start = a
    for m in re.finditer(r"[,;:—–]\s|\bчто\s|\s(?:но|а|и)\s(?=[а-яё]+\s*$)", left):
        start = a + m.end()
    for q in marks:
        if a <= q.start and q.end <= v and q.end - q.start > 40 and q.end > start:
            start = q.end
    found = clean_mention(view, start, a + len(left))
    if left.endswith(","):
        opening = left[:-1].rfind(",")
        if opening > 0:
            apposed = NAME.search(left[opening:-1])
            plain = apposed is not None and not re.search(r"\w", left[opening : opening + apposed.start()])
            firm = re.match(r",\s*(?:[а-яё]+\s+){0,2}«[^»]{2,40}»$", left[opening:-1])
            if firm and re.match(r"(?:один|одна|одно)\s+из|[а-яё]+,", left, re.I):
                return clean_mention(view, a + opening + 1, a + len(left) - 1)
            if apposed and not NAME.search(left[:opening]) and (plain or re.match(r"(?:один|одна)\s+из", left, re.I)):
                return clean_mention(view, a, a + len(left) - 1)
            return clean_mention(view, a, a + opening)
        return None
    if found is None:
        cut = left.rfind(",")
        return mention_before(view, a, a + cut + 1, marks) if cut > 0 and start > a else None
    if ADVERBIAL.fullmatch(view[slice(*found)]):
        return (
            mention_before(view, a, found[0], marks)
            if found[0] > a and view[: found[0]].rstrip().endswith(",")
            else None
        )
    asked = re.match(r"(?:на вопрос|в ответ)\b.*\s(?=" + _OFFICE + r"$)", view[slice(*found)], re.I)
    found = (found[0] + asked.end(), found[1]) if asked else found
    found = without_preposition(view, found) or found
    if re.match(r"(?:котор\w+|где|когда|если|чтобы|ко)\b", view[found[0] : found[1]], re.I):
        return None
    return found


def mention_after(view: str, v: int, b: int, marks: list[Quote]) -> Range | None:
    """The subject after the verb: "сказал X", "сообщили в министерстве"."""
    stop = re.search(r"[,.;:!?]|\s[—–-]\s|[«\"“](?![^»\"”]{1,40}[»\"”])(?=.{50})|\s(?:что|о том)\s", view[v:b])
    e = v + stop.start() if stop else b
    text = view[v:e]
    inner = re.match(
        r"\s+(?:в (?:соцсетях|фейсбуке|твиттере|инстаграме|телеграме|(?:сво[её]м )?телеграм-канале)|на своей странице"
        r"|агентству|изданию|журналистам|корреспонденту|радио|телеканалу)\s+(?:«[^»]{1,40}»"
        r"|[A-ZА-Я][\w-]+(?:\s[A-ZА-Я][\w-]+)?)?\s*",
        text,
    )
    if inner:
        v += inner.end()
    found = clean_mention(view, v, e)
    return without_preposition(view, found)


def without_preposition(view: str, found: Range | None) -> Range | None:
    """ "в полиции" without its preposition."""
    m = re.match(r"во?\s+", view[slice(*found)], re.I) if found else None
    return (found[0] + m.end(), found[1]) if found and m else found
