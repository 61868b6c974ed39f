"""Who passes on in Russian what another said: "со ссылкой на", "об этом сообщил", "говорится в заявлении"."""

from __future__ import annotations

import re

from kuager.instruments.text.english.bounds import Draft
from kuager.instruments.text.russian.cases import from_accusative, from_locative, nominative
from kuager.instruments.text.russian.mentions import mention_after, mention_before, phrase_end, strip
from kuager.instruments.text.russian.words import CUE
from kuager.instruments.text.said import Pointer
from kuager.instruments.text.sentences import Quote

Range = tuple[int, int]

_CITING = re.compile(r"(?<!\w)(?:со\s+ссылкой|ссылаясь)\s+на\s+", re.I)
_THIS = re.compile(
    r"(?<!\w)(?:об этом|о ч[её]м|(?:такие|эти)\s+(?:цифры|данные|сведения)|эту\s+(?:информацию|цифру)"
    r"|с таким заявлением|такое заявление|такую цифру)(?!\w)",
    re.I,
)
#: What is done with figures or a statement.
_GAVE = re.compile(
    r"(?<!\w)(?P<verb>(?:озвучи|прив[её]|сообщи|обнародова|опубликова|сдела|выступи|назва)л[аи]?)(?!\w)", re.I
)
_PASSIVE = (
    r"(?:говорится|говорилось|сообщается|сообщалось|отмечается|отмечалось|указывается|указано|сказано|подч[её]ркивается"
    r"|уточняется|утверждается|утверждалось|поясняется|добавляется|заявляется|напоминается|написано|значится|сообщено)"
)
_DOCUMENT = (
    r"(?:сообщени[ие]|заявлени[ие]|пресс-релиз|релиз|отч[её]т|письм|доклад|обращени[ие]|публикаци|сайт|ответ|комментари"
    r"|материал|исследовани[ие]|заключени[ие]|постановлени[ие]|решени[ие]|канал|телеграм-канал|телеграм|аккаунт|страниц"
    r"|документ|справк|сводк|текст|петици|указ|распоряжени[ие]|иск|жалоб|приговор|меморандум|коммюнике|рапорт"
    r"|статье|стать|пост|запис|ролик|сообществ|интервью|телеобращени)[а-яё]{0,3}"
)
_IN = (
    r"(?:в|во|на)\s+(?P<whose>(?:(?:е[её]|его|их)\s+)?)(?:[а-яё\-]+(?:ом|ем|ой|ей|их|ых)\s+)?"
    rf"(?P<doc>{_DOCUMENT})(?!\w)"
)
_STATED = re.compile(rf"(?<!\w)(?P<cue>{_PASSIVE})\s+{_IN}", re.I)
_STATES = re.compile(
    rf"(?<!\w){_IN}(?P<who>[^,.;:!?\n]{{0,80}}?)\s+(?:также\s+|при этом\s+)?(?P<cue>{_PASSIVE})"
    r"(?:,\s+что|\s+(?:именно\s+)?об?)\s+",
    re.I,
)
_QUOTES = re.compile(
    r"(?<!\w)(?:цитиру(?:ет|ют)|(?:про)?цитировал[аи]?|прив[её]л[аи]?\s+слова|привод(?:ит|ят)\s+(?:(?P<whose>е[гё]о|е[её])\s+)?слова"
    r"|переда(?:[её]т|ют)\s+слова)(?!\w)",
    re.I,
)


def base_of(view: str, a: int, mention: Range) -> str | None:
    """The nominative of a mention behind "в": a body in the prepositional."""
    before = re.search(r"(?<!\w)(?:во?|на)\s+$", view[max(a, mention[0] - 4) : mention[0]], re.I)
    return from_locative(view[slice(*mention)]) if before else None


def cited(view: str, s: int, b: int) -> tuple[Range, str] | None:
    """Whom "со ссылкой на" names in ``view[s:b]``, with the nominative."""
    m = _CITING.search(view, s, b)
    if m is None:
        return None
    e = phrase_end(view, m.end(), b)
    # "Region.kz со ссылкой на официальный список уточняет": up to a verb.
    verb = CUE.search(view, m.end(), e)
    s, e = strip(view, m.end(), verb.start() if verb else e)
    if e - s < 3 or e - s > 140:
        return None
    return (s, e), from_accusative(view[s:e])


def pointer(view: str, a: int, b: int, marks: list[Quote]) -> Pointer | None:
    """The speaker of the sentence before, where ``view[a:b]`` only tells who said it."""
    this = _THIS.search(view, a, b)
    if this is None or any(q.inside(this.start()) for q in marks):
        return None
    if re.search(r"\w", view[a : this.start()]) and not re.fullmatch(
        r"\W*(?:позже|ранее|также|и)\W*", view[a : this.start()], re.I
    ):
        return None
    return _told(view, this.end(), b, marks)


def _told(view: str, s: int, b: int, marks: list[Quote]) -> Pointer | None:
    stated = _STATED.search(view, s, b)
    if stated is not None:
        who = _owner(view, stated.end(), b)
        return None if who is None else Pointer(who, nominative(view[slice(*who)]), stated.span("cue"), None)
    m = CUE.search(view, s, b) or _GAVE.search(view, s, b)
    if m is None or m.group().casefold().startswith("не ") or re.match(r"\s*,?\s*(?:что|будто)\s", view[m.end() : b]):
        return None
    verb = m["verb"].lower()
    who = mention_after(view, m.end("verb"), b, marks, verb) or mention_before(view, s, m.start(), marks, verb)
    source = cited(view, s, b)
    if who is None:
        return None
    cue = m.span("verb")
    if source is not None:
        return Pointer(source[0], source[1], cue, who)
    return Pointer(who, base_of(view, s, who), cue, None)


def _owner(view: str, s: int, b: int) -> Range | None:
    """Whose the document is: "в сообщении | пресс-службы завода"."""
    start, end = strip(view, s, phrase_end(view, s, b))
    dated = re.search(r"\s(?:от|за)\s+\d", view[start:end])
    end = start + dated.start() if dated else end
    return (start, end) if end - start > 2 and not re.match(r"(?:от|по|о|об|за|в|на)\s", view[start:end]) else None


def drafts(view: str, a: int, b: int, marks: list[Quote]) -> list[Draft]:
    """Statements that a document makes, or that a paper quotes."""
    found: list[Draft] = []
    for m in _STATES.finditer(view, a, b):
        if not _quoted(m.start(), marks):
            d = _stated(view, m.end(), _sentence_end(view, m.end(), b, marks), m, m.span("who"))
            found.extend(d)
    for m in _STATED.finditer(view, a, b):
        if _quoted(m.start(), marks) or re.fullmatch(r"\W*(?:об этом|как)\W*", view[a : m.start()], re.I):
            continue
        who = _owner(view, m.end(), b)
        q = next((q for q in marks if q.end <= m.start() and not re.search(r"\w", view[q.end : m.start()])), None)
        s, e = (max(a, q.start), q.end) if q is not None else strip(view, a, m.start())
        if q is None and re.search(r"(?:^|\W)как$", view[s:e], re.I):
            s, e = strip(view, s, e - 3)
        found.extend(_stated(view, s, e, m, who or (0, 0)))
    inline = re.compile(r"[,—–-]\s+(?P<this>об этом|о ч[её]м)(?!\w)", re.I).search(view, a, b)
    if inline is not None and not _quoted(inline.start(), marks) and len(view[a : inline.start()].split()) > 1:
        told = _told(view, inline.end(), b, marks)
        if told is not None:
            s, e = strip(view, a, inline.start())
            found.append(Draft(s, e, told.mention, told.cue, "сообщил", "say", base=told.base))
    for m in _QUOTES.finditer(view, a, b):
        q = next(
            (
                q
                for q in marks
                if q.end <= m.start() and q.start < b and q.end > a and not re.search(r"\w", view[q.end : m.start()])
            ),
            None,
        )
        if q is not None:
            found.extend(_quotes(view, a, b, m, (max(a, q.start), q.end)))
        elif re.search(r",\s*[—–-]\s*$", view[a : m.start()]) and not _quoted(m.start(), marks):
            for line in _quotes(view, a, b, m, strip(view, a, m.start())):
                line.form_direct = True
                found.append(line)
    return found


def _stated(view: str, s: int, e: int, m: re.Match[str], who: Range) -> list[Draft]:
    s, e = strip(view, s, e)
    if e - s <= 3:
        return []
    who = strip(view, *who)
    if m["whose"]:
        mention, base = strip(view, *m.span("whose")), "оно"
    elif who[1] - who[0] > 2:
        mention, base = who, nominative(view[slice(*who)])
    else:
        mention, base = m.span("doc"), from_locative(m["doc"])
    return [Draft(s, e, mention, m.span("cue"), "говорится", "say", base=base)]


def _quotes(view: str, a: int, b: int, m: re.Match[str], said: Range) -> list[Draft]:
    """ "«…», — цитирует издание одного из них, Коныспая Утепбая": the person quoted, in the accusative or genitive."""
    end = phrase_end(view, m.end(), b)
    stretch = view[m.end() : end]
    apposed = re.match(r",\s*(?:[а-яё\-]+ ){0,3}(?P<who>[А-ЯЁ][\w\-]+ [А-ЯЁ][\w\-]+)(?=[,.]|$)", view[end:b])
    named = list(re.finditer(r"(?:[а-яё\-]+\s+){0,5}[А-ЯЁ][а-яё\-]+\s+[А-ЯЁ][а-яё\-]+(?:\s+[А-ЯЁ][а-яё\-]+)?", stretch))
    bare = re.search(r"(?:^|\s)(?P<who>(?:[а-яё\-]+\s+)?[А-ЯЁ][а-яё\-]+(?:а|у|ого|ую|ой))(?=\s|$)", stretch)
    if m["whose"]:
        base = "он" if m["whose"].casefold() == "его" else "она"
        return [Draft(*said, m.span("whose"), m.span(), "цитирует", "say", base=base)]
    if apposed is not None:
        who = (end + apposed.start("who"), end + apposed.end("who"))
    elif named:
        who = (m.end() + named[0].start(), m.end() + named[0].end())
    elif bare is not None:
        who = (m.end() + bare.start("who"), m.end() + bare.end("who"))
    else:
        return []
    words = view[slice(*who)].split()
    while len(words) > 1 and re.fullmatch(
        r"(?:издание|агентство|газета|портал|слова|телеканал|пресс-служба|ведомства)", words[0]
    ):
        who = (who[0] + len(words[0]) + 1, who[1])
        words.pop(0)
    return [Draft(*said, who, m.span(), "цитирует", "say", base=nominative(view[slice(*who)]))]


def _sentence_end(view: str, s: int, b: int, marks: list[Quote]) -> int:
    m = re.compile(r",\s+(?:но|однако|хотя|при этом|тогда как|в то время как)\s|;\s").search(view, s, b)
    return m.start() if m and not _quoted(m.start(), marks) else b


def _quoted(position: int, marks: list[Quote]) -> bool:
    return any(q.inside(position) for q in marks)
