"""Mentions in Russian: the words before or after a verb that name who speaks, without hearers, times and places."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kuager.instruments.text.russian.people import is_body, is_person, is_person_declined, is_several
from kuager.instruments.text.russian.words import ADVERBIAL, CUE, JUNK, NAME, PLACE_TAIL, TIME
from kuager.instruments.text.sentences import Quote
from kuager.instruments.text.who.cast import surname
from kuager.instruments.text.who.titles import TITLE

Range = tuple[int, int]

#: "Перед этим он заявил".
_BEFOREHAND = re.compile(
    r"(?:перед этим|до этого|после этого|при этом|кроме того|в свою очередь|между тем|сам|сама|сами)\s+", re.I
)
_TOKEN = re.compile(rf"{TITLE.pattern}|[^\W_][\w.’'\-/]*[^\W_]|[^\W_]")
_PREPOSITION = re.compile(
    r"(?:в|во|на|по|после|перед|при|с|со|из|у|к|ко|за|до|от|для|без|о|об|обо|во время|в ходе|через|под|над|между"
    r"|среди|около|накануне|спустя|помимо|кроме|вместо)$",
    re.I,
)
#: To whom something is told: a dative that stands between the verb and its subject.
_HEARER = re.compile(
    r"(?:[а-яё\-]{3,}(?:ам|ям)|агентству|изданию|газете|порталу|сайту|каналу|телеканалу|телекомпании|радио|радиостанции"
    r"|журналу|редакции|корреспонденту|журналисту|ведущему|следователю|следствию|суду|нам|мне|ему|ей|им|вам|всем)$",
    re.I,
)
#: What may not follow a name that ends its noun phrase.
_AFTER_NAME = re.compile(
    r"\s+(?:в|во|на|по|после|перед|при|с|со|из|у|к|за|до|от|для|также|тоже|вновь|снова|позже|ранее)\s"
)
_MARKED = re.compile(r"[,;:!?…()]|\.(?=\s|$|[»\"”—–])|\s[—–-]\s|\s(?:что|будто|о том|со ссылкой на|ссылаясь на)\s")
#: "сказал Багдаулет | и привёз меня".
_AND_VERB = re.compile(
    r"\s(?:и\s(?=[а-яё]{3,}(?:л|ла|ли|ло|лся|лась|лись|ет|ит|ют|ят)(?:\s|$))|(?:к|ко|перед|через)\s(?=[а-яё]))"
)
#: "…, учительница Амина Сарина": the name behind a description.
_APPOSED = re.compile(r",\s(?:[а-яё\-]+\s){0,4}[А-ЯЁӘҒҚҢӨҰҮҺІ][\w\-]+\s[А-ЯЁӘҒҚҢӨҰҮҺІ][\w\-]+(?=[,.;]|$)")
#: "…, представившаяся Анной".
_INTRODUCED = re.compile(
    r",\s(?:представивш|назвавш|попросивш)[а-яё]+\s(?:как\s|себя\s|называть\s(?:его|е[её]|себя)\s)?"
    r"(?P<name>[А-ЯЁӘҒҚҢӨҰҮҺІ][\w\-]+(?:\s[А-ЯЁӘҒҚҢӨҰҮҺІ][\w\-]+)?)"
)
_ADJECTIVE = re.compile(r"(?:[а-яё\-]+(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)|и\.о\.|и|экс|его|её|ее|их|врио)$", re.I)
_PLURAL = re.compile(r"(?:ли|ют|ят|ут|ат)(?:сь|ся)?$")


def strip(view: str, s: int, e: int) -> Range:
    """A stretch without the marks and spaces around it."""
    while s < e and view[s] in " ,;:—–-.\t\n":
        s += 1
    while e > s and view[e - 1] in " ,;:—–-.\t\n":
        e -= 1
    return s, e


def phrase_end(view: str, s: int, b: int) -> int:
    """Where the noun phrase that starts at ``s`` must end: a mark, a dash, "что", a quotation; names in marks go in."""
    at = s
    while at < b:
        m = re.compile(rf"{_MARKED.pattern}|[«\"“]").search(view, at, b)
        if m is None:
            return b
        if view[m.start()] in '«"“':
            title = TITLE.match(view, m.start(), b)
            if title is None:
                return m.start()
            at = title.end()
        elif m.group() == "." and re.search(
            r"(?:^|[\s.])(?:[А-ЯЁA-Z]|[ИиВв]\.о|[Вв]рио|г|ул|им|проф|акад|ген)$",
            view[max(s, m.start() - 5) : m.start()],
        ):
            at = m.end()  # an initial
        else:
            return m.start()
    return b


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.casefold()

    @property
    def title(self) -> bool:
        return self.text[0] in '«"“'

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def subject(view: str, s: int, e: int, verb: str) -> Range | None:
    """Who is the subject in a stretch beside ``verb``: not the hearer, not where or when it was said.

    "Журналистам в пресс-службе" gives the press service where the verb is plural; "на брифинге министр Иван Карпов" the
    minister.
    """
    words = [_Word(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(view, s, e)]
    if not words:
        return None
    plural = _PLURAL.search(verb) is not None
    k = _lead(words, plural)
    if k == 0 and words[0].text.islower() and is_person_declined(words[0].low):
        stands = is_person(words[0].low) or is_several(words[0].low) or (plural and words[0].low[-1] in "ыи")
        if not stands:
            return None  # "предупреждал диспетчера о воде"
    if k is None:
        body = _located(words, plural)
        return None if body is None else clean_mention(view, words[body].start, e)
    found = clean_mention(view, words[k].start, e)
    if found is None:
        return None
    joined = _AND_VERB.search(view, found[0] + 1, found[1])
    found = (found[0], joined.start()) if joined else found
    return found[0], _name_end(view, found)


def _name_end(view: str, found: Range) -> int:
    """Where a name that closes the phrase ends, if words of place or manner follow."""
    last = list(NAME.finditer(view, *found))[-1:]
    if not last:
        return found[1]
    named = last[0]
    after = _AFTER_NAME.match(view, named.end(), found[1])
    return named.end() if after else found[1]


def _lead(words: list[_Word], plural: bool) -> int | None:
    """Where the subject begins; ``None`` where there is none in the nominative."""
    first = words[0]
    if first.low == "радио" and not plural and len(words) > 1 and (words[1].title or words[1].capital):
        return 0
    if not (_PREPOSITION.match(first.text) or _HEARER.match(first.text) or _heard_in(words)):
        return 0
    for k in range(1, len(words)):
        word = words[k]
        before = words[k - 1]
        if word.title:
            continue
        if word.low in ("он", "она", "они") or (
            word.text.islower()
            and (is_person(word.low) or (plural and is_several(word.low)) or _body(word.low, plural))
            and not _PREPOSITION.match(before.text)
        ):
            while k > 1 and _ADJECTIVE.match(words[k - 1].text) and not _PREPOSITION.match(words[k - 2].text):
                k -= 1
            return k
        if word.capital and not plural and not _PREPOSITION.match(before.text):
            run = k
            while run < len(words) and words[run].capital and not words[run].title:
                run += 1
            last = words[run - 1]
            if run - k >= 2 and re.search(r"(?:[ое]в|[иы]н|ск|цк)(?:ого|ому|ым|ой|ую|им)$", last.text):
                continue
            if run - k == 2 or (run - k == 3 and re.search(r"(?:вич|вна|ична|улы|ұлы|кызы|қызы)$", words[k + 1].text)):
                return k
            if run - k >= 3:
                return run - 2
            if (surname(word.text) and not re.search(r"(?:ого|ому|ым|ой|ую)$", word.text)) or run == len(words):
                return k
    return None


def _body(low: str, plural: bool) -> bool:
    """A body in the nominative singular: "пресс-служба", "министерство"."""
    return (
        not plural
        and is_body(low)
        and re.search(r"(?:ство|ние|ция|сия|ния|ба|ра|тет|мент|суд|фонд|нтр|аб|ия)$", low) is not None
    )


def _heard_in(words: list[_Word]) -> bool:
    """«Азаттыку» Иван Карпов, Region.kz в полиции: a paper that was told, and then who told it."""
    foreign = words[0].title or re.fullmatch(r"[A-Za-z][\w.\-]*", words[0].text) is not None
    if not foreign or len(words) < 2:
        return False
    rest = words[1]
    return (
        is_person(rest.low)
        or (rest.capital and len(words) > 2 and words[2].capital and not rest.title)
        or (rest.low in ("в", "во") and len(words) > 2 and is_body(words[2].text))
        or (_ADJECTIVE.match(rest.text) is not None and len(words) > 2 and is_person(words[2].low))
    )


def _located(words: list[_Word], plural: bool) -> int | None:
    """The body behind "в" where a plural verb has no other subject: "сообщили в областной прокуратуре"."""
    if not plural:
        return None
    for k, word in enumerate(words[:-1]):
        if word.low not in ("в", "во", "на"):
            continue
        head = k + 1
        while (
            head < len(words) - 1
            and re.fullmatch(r"[а-яё\-]+(?:ом|ем|ой|ей|их|ых)", words[head].low)
            and not is_body(words[head].text)
        ):
            head += 1
        noun = words[head].text
        if is_body(noun) or (len(noun) > 1 and noun.isupper()) or words[head].title or noun[:1].isupper() or k == 0:
            return k + 1
    return None


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
            r"\s(?:также|позже|ранее|уже|вчера|сегодня|затем|потом|позднее|официально|неоднократно|в свою очередь"
            r"|накануне|тогда|теперь|снова|вновь|впоследствии|недавно|тоже|лишь|только|сейчас|прямо|открыто|публично|вскоре)$",
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


def mention_before(view: str, a: int, v: int, marks: list[Quote], verb: str = "") -> Range | None:
    """The subject before the verb: from the clause's start, an apposition between commas kept."""
    left = view[a:v].rstrip()
    start = a
    for m in re.finditer(r"[,;:—–]\s|\bчто\s|\s(?:но|а|и)\s(?=[а-яё]+\s*$)", left):
        start = a + m.end()
    for q in marks:
        if a <= q.start and q.end <= v and q.end > start and not TITLE.fullmatch(view, q.start, q.end):
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
            alone = re.fullmatch(r",\s[А-ЯЁӘҒҚҢӨҰҮҺІ][\w\-]+", left[opening:-1])
            if alone and is_person(re.split(r"\W", left.lstrip())[0].casefold()):
                return clean_mention(view, a, a + len(left) - 1)  # "Брат Оналбаева, Бахыт,"
            return clean_mention(view, a, a + opening)
        return None
    if re.fullmatch(r"\W*(?:и|а также|но|а)\W*", view[start : a + len(left)]):
        opened = _opening(view, a, start)
        if opened is not None:
            return opened
    if found is None:
        cut = left.rfind(",")
        return mention_before(view, a, a + cut + 1, marks, verb) if cut > 0 and start > a else None
    if ADVERBIAL.fullmatch(view[slice(*found)]):
        return (
            mention_before(view, a, found[0], marks, verb)
            if found[0] > a and view[: found[0]].rstrip().endswith(",")
            else None
        )
    citing = re.search(r",?\s(?:со ссылкой|ссылаясь)\s+на\s", view[slice(*found)], re.I)
    found = (found[0], found[0] + citing.start()) if citing else found
    other = CUE.search(view, *found)
    if other is not None:  # "сказал он и попросил", "мэр назвал это слухами и пообещал"
        verb = other["verb"].lower()
        behind = mention_after(view, other.end(), found[1], marks, verb)
        return behind or mention_before(view, a, other.start(), marks, verb)
    if re.fullmatch(r"[а-яё]+о", view[slice(*found)]) and not is_body(view[slice(*found)]):
        join = re.search(r"\sи\s+$", view[a : found[0]])  # "не понял и терпеливо объяснял"
        if join is None:
            return None
        return _opening(view, a, a + join.start()) or mention_before(view, a, a + join.start(), marks, verb)
    if re.match(r"(?:котор\w+|где|когда|если|чтобы|ко)\b", view[found[0] : found[1]], re.I):
        return None
    return subject(view, *found, verb)


def _opening(view: str, a: int, limit: int) -> Range | None:
    """The phrase that opens a sentence, up to its verb, if somebody's name or office stands in it."""
    end = phrase_end(view, a, limit)
    verb = re.search(
        r"\s(?:этого|тоже|уже|не|[а-яё]{2,}(?:л|ла|ли|ло|лся|лась|лись|ет|ит|ют|ят)(?:ся)?)(?:\s|$)", view[a:end]
    )
    s, e = strip(view, a, a + verb.start() if verb else end)
    found = subject(view, s, e, "")
    if found is None:
        return None
    first = re.split(r"[\s,]", view[found[0] : found[1]])[0]
    known = NAME.search(view[slice(*found)]) or is_person(first.casefold()) or surname(first) or first in ("Он", "Она")
    return found if known else None


def opening(view: str, a: int, limit: int) -> Range | None:
    """Who opens a sentence that ends in a colon before a quotation: by name or office."""
    found = _opening(view, a, limit)
    if found is None:
        return None
    apposed = re.match(r",\s[А-ЯЁ][\w\-]+(?:\s[А-ЯЁ][\w\-]+)?(?=,)", view[found[1] : limit])
    return (found[0], found[1] + apposed.end()) if apposed else found


def mention_after(view: str, v: int, b: int, marks: list[Quote], verb: str = "") -> Range | None:
    """The subject after the verb: "сказал X", "сообщили в министерстве", "рассказал «Азаттыку» X"."""
    e = phrase_end(view, v, b)
    s, e = strip(view, v, e)
    while (m := TIME.match(view, s, e)) is not None and m.end() > s:
        s = m.end()
    if re.match(r"там(?:\s+же)?\W*$", view[s:e], re.I):
        return s, e
    found = subject(view, s, e, verb) if e > s else None
    if found is None:
        return None
    introduced = _INTRODUCED.match(view, found[1], b)
    if introduced is not None:
        return introduced.span("name")
    apposed = _APPOSED.match(view, found[1], b) if found[1] == e else None
    return (found[0], apposed.end()) if apposed and not NAME.search(view[slice(*found)]) else found
