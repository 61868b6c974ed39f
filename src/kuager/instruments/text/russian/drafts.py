"""Attribution in Russian by rules: "заявил, что", "по словам", «…», — сказал, "как сообщили в"."""

from __future__ import annotations

import re

from kuager.instruments.text.english.bounds import Draft
from kuager.instruments.text.russian import people as russian_people
from kuager.instruments.text.russian import relays as russian_relays
from kuager.instruments.text.russian.cases import from_locative, nominative
from kuager.instruments.text.russian.mentions import mention_after, opening, strip
from kuager.instruments.text.russian.verbs import clause_end, quoted, verb_drafts
from kuager.instruments.text.russian.words import (
    ACCORDING,
    ADDING,
    CUE,
    CUT,
    HIS_WORDS,
    NAME,
    OFFICIAL,
    WHO_END,
)
from kuager.instruments.text.sentences import Quote
from kuager.instruments.text.who.titles import TITLE

Range = tuple[int, int]

#: More than any sentence that people write; a bound on hostile ones.
MAX_DRAFTS = 10


def sentence_drafts(view: str, a: int, b: int, marks: list[Quote]) -> list[Draft]:
    """The attributed statements of the Russian sentence ``view[a:b]``."""
    if russian_relays.pointer(view, a, b, marks) is not None:
        return []
    drafts: list[Draft] = []
    for m in ACCORDING.finditer(view, a, b):
        if not quoted(m.start(), marks):
            _according(view, a, b, m, marks, drafts)
    for m in OFFICIAL.finditer(view, a, b):
        if not quoted(m.start(), marks):
            start, end = strip(view, m.end(), clause_end(view, m.end(), b, marks))
            if end - start > 3:
                cue = m.span("cue")
                drafts.append(Draft(start, end, cue, cue, "according", "say", base="официальные данные"))
    for m in HIS_WORDS.finditer(view, a, b):
        if not quoted(m.start(), marks):
            _his_words(view, a, b, m, marks, drafts)
    drafts.extend(russian_relays.drafts(view, a, b, marks))
    told = [(d.start, d.end) for d in drafts if d.lemma == "according"]
    for m in CUE.finditer(view, a, b):
        if any(s <= m.start() < e for s, e in told) and not re.match(r"[^.,:]{0,40}(?:,\s+что\s|:)", view[m.end() : b]):
            continue  # "По её словам, муж жаловался на запах"
        inside = next((q for q in marks if q.inside(m.start())), None)
        if inside is None:
            verb_drafts(view, a, b, m, marks, drafts)
        elif inside.end - inside.start > 30:
            _inserted(view, a, b, m, inside, drafts)
    _any_verb(view, a, b, marks, drafts)
    _adding(view, a, b, marks, drafts)
    _label(view, a, b, marks, drafts)
    _gapped(view, a, b, marks, drafts)
    _colon(view, a, b, marks, drafts)
    for d in drafts:
        if d.mention and view[slice(*d.mention)].casefold() in ("там", "там же"):
            d.base = "оно"
        if d.base is None and d.mention:
            d.base = russian_relays.base_of(view, a, d.mention)
            _relayed(view, b, d)
    kept: list[Draft] = []
    for d in sorted((d for d in drafts if d.end - d.start > 1), key=lambda d: (d.start, d.start - d.end)):
        outer = next((k for k in kept if k.start <= d.start and d.end <= k.end), None)
        if outer is not None:
            if (
                outer.cue
                and d.cue
                and outer.start <= d.cue[0] < outer.end
                and d.end - d.start < outer.end - outer.start
            ):
                d.inside = outer
                kept.append(d)
            continue
        if not any(k.start < d.end and d.start < k.end for k in kept):
            kept.append(d)
    return kept[:MAX_DRAFTS]


def _gapped(view: str, a: int, b: int, marks: list[Quote], drafts: list[Draft]) -> None:
    """ "…, а в полиции — что двое ранены", "прокурор Лев Носов, заявивший, что …": a speaker without a finite verb."""
    for m in _GAP.finditer(view, a, b):
        if drafts and not quoted(m.start(), marks) and any(d.cue and d.cue[1] <= m.start() for d in drafts):
            s, e = strip(view, m.end(), clause_end(view, m.end(), b, marks))
            located = re.match(r"во?\s+", m["who"])
            who = (m.start("who") + (located.end() if located else 0), m.end("who"))
            base = from_locative(view[slice(*who)]) if located else None
            if e - s > 3:
                drafts.append(Draft(s, e, who, (m.end("who"), m.end()), "сообщил", "say", base=base))
    for m in _HAVING_SAID.finditer(view, a, b):
        if not quoted(m.start(), marks) and not any(d.start < m.end() + 3 < d.end for d in drafts):
            s, e = strip(view, m.end(), clause_end(view, m.end(), b, marks))
            if e - s > 3:
                drafts.append(Draft(s, e, m.span("who"), m.span("cue"), m["cue"].lower(), "say"))


_GAP = re.compile(r",\s+а\s+(?P<who>(?:во?\s+)?[^\s,.;:—–][^,.;:—–]{1,48}?)\s[—–]\s(?=что\s|об?\s)(?:что\s)?")
_HAVING_SAID = re.compile(
    r"(?P<who>[А-ЯЁ][\w\-]+ [А-ЯЁ][\w\-]+),\s+(?P<cue>(?:заяв|сообщ|отмет|подчеркну|добав|рассказа|уточн|поясн|напомн)"
    r"и?вш(?:ий|ая|ие)),\s+что\s+"
)


def _colon(view: str, a: int, b: int, marks: list[Quote], drafts: list[Draft]) -> None:
    """ "Минин назвал это слухами: «…»": a quotation behind a colon is its sentence's speaker's."""
    for q in marks:
        if not a < q.start < b or not re.search(r":\s*$", view[a : q.start]):
            continue
        if any(d.start < q.end and q.start < d.end for d in drafts):
            continue
        before = next((d for d in reversed(drafts) if d.cue is not None and d.cue[1] <= q.start), None)
        who = before.mention if before is not None else opening(view, a, q.start)
        if who is not None:
            base = before.base if before is not None else None
            drafts.append(Draft(q.start, min(q.end, b), who, (q.start - 2, q.start - 1), "label", "say", base=base))


def _relayed(view: str, b: int, d: Draft) -> None:
    """ "Сообщает «Меридиан» со ссылкой на полицию": the police said it, the paper passes it on."""
    if d.mention is None or d.cue is None:
        return
    first, last = sorted((d.cue, d.mention))
    after = view[last[1] : min(b, last[1] + 160)]
    near = re.match(r"\W*(?:[а-яё]+\s+){0,3}?(?:со ссылкой|ссылаясь)\s+на\s", after, re.I)
    between = re.search(r"(?:со ссылкой|ссылаясь)\s+на\s", view[first[1] : last[0]], re.I)
    source = russian_relays.cited(view, first[1] if between else last[1], b) if near or between else None
    if source is None:
        return
    d.via, (d.mention, d.base) = d.mention, source
    if d.start < source[0][1] and source[0][0] < d.end:
        d.start, d.end = strip(view, max(d.start, source[0][1]), d.end)


def _any_verb(view: str, a: int, b: int, marks: list[Quote], drafts: list[Draft]) -> None:
    """ "«…», — плачет женщина": behind a quotation and a dash any verb tells who spoke, if somebody stands there."""
    for q in marks:
        if not a < q.end <= b or any(d.start < q.end and q.start < d.end for d in drafts):
            continue
        m = _VERB_BEHIND.match(view, q.end, b)
        who = mention_after(view, m.end("verb"), b, marks, m["verb"].lower()) if m is not None else None
        if m is None or who is None:
            continue
        phrase = view[slice(*who)]
        if phrase.casefold() in ("он", "она", "они") or NAME.search(phrase) or russian_people.kind(phrase) in _SPEAKING:
            drafts.append(Draft(max(a, q.start), q.end, who, m.span("verb"), m["verb"].lower(), "say"))


_SPEAKING = ("person", "collective")
_VERB_BEHIND = re.compile(
    r",?\s*[—–-]\s*(?:[а-яё]+о\s+)?(?P<verb>[а-яё]{3,}(?:л|ла|ли|лся|лась|лись|ет|ют|ит|ят|ут|ат|ется|ются|ится|ятся))(?=\s)"
)


def _adding(view: str, a: int, b: int, marks: list[Quote], drafts: list[Draft]) -> None:
    for m in ADDING.finditer(view, a, b):
        said = next((d for d in reversed(drafts) if d.cue and d.cue[0] < m.start() and d.mention), None)
        if said is None or quoted(m.start(), marks):
            continue
        start, end = strip(view, m.end(), clause_end(view, m.end(), b, marks))
        if end - start > 3:
            drafts.append(Draft(start, end, said.mention, m.span("cue"), m["cue"].lower(), "say", base=said.base))


def _his_words(view: str, a: int, b: int, m: re.Match[str], marks: list[Quote], drafts: list[Draft]) -> None:
    """ "По его словам, …", "…, по её данным, …" and "…, по их словам."."""
    who = (m.start("who"), m.end("who"))
    start = a if re.search(r"\w", view[a : m.start()]) and view[: m.start()].rstrip().endswith(",") else m.end()
    end = clause_end(view, m.end(), b, marks)
    start, end = strip(view, start, end)
    if start < m.start() and not re.search(r"\w{2,}", view[m.end() : end]):
        start, end = strip(view, a, m.start())
    if end - start > 3:
        base = {"его": "он", "их": "они"}.get(m["who"].lower(), "она")
        beside = _beside(view, a, m.start(), base)
        if beside is not None:
            mention, base = beside
            drafts.append(Draft(start, end, mention, m.span("cue"), "according", "say", base=base or None))
            return
        drafts.append(Draft(start, end, who, m.span("cue"), "according", "say", base=base))


def _beside(view: str, a: int, limit: int, pronoun: str) -> tuple[Range | None, str] | None:
    """Whom "по её словам" means where its own sentence names somebody: a subject, or nobody who can be told."""
    if pronoun == "они":
        return None
    wanted = "m" if pronoun == "он" else "f"
    people = [
        w for w in re.finditer(r"[а-яё\-]{3,}", view[a:limit].lower()) if russian_people.is_person_declined(w.group())
    ]
    people = [w for w in people if russian_people.gender(w.group()) in ("", wanted) and not _plural(w.group())]
    if not people:
        return None
    first = people[0]
    where = (a + first.start(), a + first.end())
    if len(people) == 1 and russian_people.is_person(first.group()):
        name = re.match(r"\s[А-ЯЁ][\w\-]+(?:\s[А-ЯЁ][\w\-]+)?", view[where[1] : limit])
        where = (where[0], where[1] + name.end()) if name else where
        return where, view[slice(*where)]
    return None, ""


def _plural(word: str) -> bool:
    return russian_people.is_several(word)


def _inserted(view: str, a: int, b: int, m: re.Match[str], quote: Quote, drafts: list[Draft]) -> None:
    """The writer's words inside one pair of marks: «Я видел солдат, — вспоминает он. — Они стреляли»."""
    lead = re.search(r"[,.!?…]\s*[—–-]\s*(?:\w+\s+)?$", view[a : m.start()])
    behind = view[m.end() : min(quote.end, m.end() + 160)]
    tail = re.match(r"(?:[^.!?«»]|«[^»]{1,40}»){0,120}?[,.]\s*(?:[—–-]\s|$)", behind)
    if lead is None or tail is None:
        return
    who = mention_after(view, m.end("verb"), m.end() + tail.end(), [], m["verb"].lower())
    if who is None:
        return
    start = max(a, quote.start)
    end = min(b, quote.end) if b > m.end() + tail.end() + 3 else a + lead.start()
    drafts.append(Draft(start, end, who, m.span("verb"), m["verb"].lower(), "say", form_direct=True))


def _according(view: str, a: int, b: int, m: re.Match[str], marks: list[Quote], drafts: list[Draft]) -> None:
    s = m.end()
    stop = WHO_END.search(view, s, b)
    titled = TITLE.match(view, s, b)
    stop = WHO_END.search(view, titled.end(), b) if titled else stop
    while stop and stop.group().strip() == "«":
        q = next((q for q in marks if q.inside(stop.start() + 1) or q.inside(stop.end() - 1)), None)
        if q is None or q.end - q.start > 60:
            break
        stop = WHO_END.search(view, q.end, b)
    e = stop.start() if stop else b
    bare = view[s:e].strip()
    short = re.match(
        r"(?:его|её|ее|их|него|нее|неё|них|властей|очевидцев|свидетелей|полиции|жителей|врачей|медиков"
        r"|правозащитников|прокуратуры|Генпрокуратуры|МВД|Минздрава|протестующих)\b(?=\s+(?!Казахстана"
        r"|города|и\s|из\s|в\s|на\s|района|области|Жан|РК|страны|Алм|Акт|Рос)[а-яё\d])",
        bare,
    )
    if short:
        e = s + short.end()
        bare = bare[: short.end()]
    if not bare or len(bare) > 140:
        return
    before = view[a : m.start()].strip(" ,—–-")
    if len(re.findall(r"\w+", before)) >= 2 and not re.match(
        r"^(?:но|однако|при этом|также|а|и|между тем|позже|сейчас)\b\s*\S*$", before, re.I
    ):
        start, end = a, m.start()
        rest = view[e:b]
        if rest.startswith(",") and len(re.findall(r"\w+", rest)) >= 3 and not CUT.match(rest):
            end = clause_end(view, e + 1, b, marks)
    else:
        clause = re.match(
            r",\s+(?:котор\w+|\w+(?:вш|ющ|ящ|нн)(?:ий|ая|ее|ие|его|ей|их|ему|им|ую|ой|ого|ых|ым)\b)[^,]*,", view[e:b]
        )
        if clause:
            e += clause.end()
        start, end = e, clause_end(view, e + 1, b, marks)
    start, end = strip(view, start, end)
    if re.search(r"\w,\s*$", view[a : m.start()]) and len(re.findall(r"\w+", view[start:end])) < 3:
        start = strip(view, a, start)[0]  # "Пострадавших, по словам мэра, нет"
    if end - start > 3:
        drafts.append(
            Draft(
                start,
                end,
                (s, s + len(bare)),
                (m.start("cue"), m.end("cue")),
                "according",
                "say",
                base=nominative(bare),
            )
        )


def _label(view: str, a: int, b: int, marks: list[Quote], drafts: list[Draft]) -> None:
    """'NAME: «…»', and "Мэр: спасены двое": a name or an office and a colon."""
    m = re.match(r"(?P<who>[А-ЯЁ][\w.\-]+(?:\s+[\w.\-]+){0,4}):\s+(?=[«\"“—\w])", view[a:b])
    if m is None or drafts:
        return
    named = re.fullmatch(r"[А-ЯЁ][\w.\-]+(?:\s+[А-ЯЁ][\w.\-]+){0,3}", m["who"]) is not None
    said = view[a + m.end()] in '«"“—'
    office = m["who"].split()[0].casefold()
    if not (named and said) and not (
        russian_people.is_person(office)
        or russian_people.is_several(office)
        or russian_people.is_body(m["who"].split()[0])
    ):
        return
    s, e = strip(view, a + m.end(), b)
    drafts.append(
        Draft(s, e if e > s else b, (a, a + m.end("who")), (a + m.end("who"), a + m.end("who") + 1), "label", "say")
    )
