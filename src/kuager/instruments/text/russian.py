"""Attribution in Russian by rules: "заявил, что", "по словам", «…», — сказал, "как сообщили в"."""

from __future__ import annotations

import re

from kuager.instruments.text import russian_relays
from kuager.instruments.text.english_bounds import Draft
from kuager.instruments.text.russian_cases import nominative
from kuager.instruments.text.russian_mentions import (
    clean_mention,
    mention_after,
    mention_before,
    strip,
)
from kuager.instruments.text.russian_words import (
    ACCORDING,
    ADDING,
    CUE,
    CUT,
    HIS_WORDS,
    OBJECT,
    OF_SO_MANY,
    OFFICIAL,
    WHO_END,
)
from kuager.instruments.text.sentences import Quote

Range = tuple[int, int]

#: More than any sentence that people write; a bound on hostile ones.
MAX_DRAFTS = 10


def sentence_drafts(view: str, a: int, b: int, marks: list[Quote]) -> list[Draft]:
    """The attributed statements of the Russian sentence ``view[a:b]``."""
    if russian_relays.pointer(view, a, b, marks) is not None:
        return []
    drafts: list[Draft] = []
    for m in ACCORDING.finditer(view, a, b):
        if not _quoted(m.start(), marks):
            _according(view, a, b, m, marks, drafts)
    for m in OFFICIAL.finditer(view, a, b):
        if not _quoted(m.start(), marks):
            start, end = strip(view, m.end(), _end(view, m.end(), b, marks))
            if end - start > 3:
                cue = m.span("cue")
                drafts.append(Draft(start, end, cue, cue, "according", "say", base="официальные данные"))
    for m in HIS_WORDS.finditer(view, a, b):
        if not _quoted(m.start(), marks):
            _his_words(view, a, b, m, marks, drafts)
    drafts.extend(russian_relays.drafts(view, a, b, marks))
    for m in CUE.finditer(view, a, b):
        inside = next((q for q in marks if q.inside(m.start())), None)
        if inside is None:
            _verb(view, a, b, m, marks, drafts)
        elif inside.end - inside.start > 30:
            _inserted(view, a, b, m, inside, drafts)
    _adding(view, a, b, marks, drafts)
    _label(view, a, b, marks, drafts)
    for d in drafts:
        if d.base is None and d.mention:
            d.base = russian_relays.base_of(view, a, d.mention)
            _relayed(view, b, d)
    kept: list[Draft] = []
    for d in sorted(drafts, key=lambda d: (d.start, d.start - d.end)):
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


def _adding(view: str, a: int, b: int, marks: list[Quote], drafts: list[Draft]) -> None:
    for m in ADDING.finditer(view, a, b):
        said = next((d for d in reversed(drafts) if d.cue and d.cue[0] < m.start() and d.mention), None)
        if said is None or _quoted(m.start(), marks):
            continue
        start, end = strip(view, m.end(), _end(view, m.end(), b, marks))
        if end - start > 3:
            drafts.append(Draft(start, end, said.mention, m.span("cue"), m["cue"].lower(), "say", base=said.base))


def _his_words(view: str, a: int, b: int, m: re.Match[str], marks: list[Quote], drafts: list[Draft]) -> None:
    """ "По его словам, …", "…, по её данным, …" and "…, по их словам."."""
    who = (m.start("who"), m.end("who"))
    start = a if re.search(r"\w", view[a : m.start()]) and view[: m.start()].rstrip().endswith(",") else m.end()
    end = _end(view, m.end(), b, marks)
    start, end = strip(view, start, end)
    if start < m.start() and not re.search(r"\w{2,}", view[m.end() : end]):
        start, end = strip(view, a, m.start())
    if end - start > 3:
        base = {"его": "он", "их": "они"}.get(m["who"].lower(), "она")
        drafts.append(Draft(start, end, who, m.span("cue"), "according", "say", base=base))


def _inserted(view: str, a: int, b: int, m: re.Match[str], quote: Quote, drafts: list[Draft]) -> None:
    """The writer's words inside one pair of marks: «Я видел солдат, — вспоминает он. — Они стреляли»."""
    lead = re.search(r"[,.!?…]\s*[—–-]\s*(?:\w+\s+)?$", view[a : m.start()])
    tail = re.match(r"[^.!?«»]{0,90}?[,.]\s*(?:[—–-]\s|$)", view[m.end() : min(quote.end, m.end() + 110)])
    if lead is None or tail is None:
        return
    who = mention_after(view, m.end("verb"), m.end() + tail.end(), [], m["verb"].lower())
    if who is None:
        return
    start = max(a, quote.start)
    end = min(b, quote.end) if b > m.end() + tail.end() + 3 else a + lead.start()
    drafts.append(Draft(start, end, who, m.span("verb"), m["verb"].lower(), "say", form_direct=True))


def _quoted(position: int, marks: list[Quote]) -> bool:
    return any(q.inside(position) for q in marks)


def _end(view: str, s: int, b: int, marks: list[Quote]) -> int:
    """Where the reporter speaks again, or the sentence's end."""
    for m in CUT.finditer(view, s, b):
        if not _quoted(m.start(), marks) and m.start() > s + 3:
            return m.start()
    return b


def _according(view: str, a: int, b: int, m: re.Match[str], marks: list[Quote], drafts: list[Draft]) -> None:
    s = m.end()
    stop = WHO_END.search(view, s, b)
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
            end = _end(view, e + 1, b, marks)
    else:
        clause = re.match(
            r",\s+(?:котор\w+|\w+(?:вш|ющ|ящ|нн)(?:ий|ая|ее|ие|его|ей|их|ему|им|ую|ой|ого|ых|ым)\b)[^,]*,", view[e:b]
        )
        if clause:
            e += clause.end()
        start, end = e, _end(view, e + 1, b, marks)
    start, end = strip(view, start, end)
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


def _verb(view: str, a: int, b: int, m: re.Match[str], marks: list[Quote], drafts: list[Draft]) -> None:
    v0, v1 = m.start("verb"), m.end("verb")
    lemma = m["verb"].lower()
    negated = m.group().lower().startswith("не ")
    deny = lemma.startswith(("опроверг", "отриц")) or (negated and lemma.startswith("призна"))
    before_quote = next((q for q in marks if q.end <= v0 and not re.search(r"\w", view[q.end : v0])), None)
    if before_quote is not None and re.fullmatch(
        r"[«\"“]\s*[А-ЯЁA-Z][\w\-]*(?: [\w\-]+){0,2}[»\"”]", view[before_quote.start : before_quote.end]
    ):
        # "компания «ФармИнвест», назвала": a name, nothing said.
        before_quote = None if re.search(r"[а-яё]\s$", view[a : before_quote.start]) else before_quote
    tail = re.match(r"\s*,?\s+(?:о том,\s*)?(?:что|будто|как|якобы)\s", view[v1:b])
    # «…», — сказал X   |   Как сообщил X, …   |   …, сообщил X.
    left = view[a:v0]
    if before_quote is not None or (re.search(r"[—–-]\s*$", left) and re.search(r"\w", left)):
        who = mention_after(view, v1, b, marks, lemma)
        head = before_quote.end if before_quote else v0
        start, end = (max(a, before_quote.start), before_quote.end) if before_quote else strip(view, a, head)
        if before_quote and re.search(r"\w", view[a:start]):
            start = strip(view, a, start)[0]
        if who:
            more = next((q for q in marks if q.start >= who[1] and not re.search(r"\w", view[who[1] : q.start])), None)
            if more and more.start < b:
                end = min(b, more.end)
            else:
                dash = re.match(r"[^—–]{0,60}?,?\.?\s+[—–]\s+(?=[а-яёА-ЯЁ])", view[who[1] : b])
                if dash and before_quote is None and view[a : a + 1] in "—–-":
                    end = b
            start, end = strip(view, start, end) if before_quote is None else (start, end)
            drafts.append(
                Draft(
                    start,
                    end,
                    who,
                    (v0, v1),
                    lemma,
                    "say",
                    deny,
                    form_direct=before_quote is None and view[a : a + 1] in "—–-",
                )
            )
            return
    how = re.search(r"(?:^|,\s*|[«\s])как\s+$", left, re.I) or re.search(
        r"(?:^|,\s*)как\s+(?:уже\s+)?(?:ранее\s+|позже\s+)?$", left, re.I
    )
    if how:
        who = mention_after(view, v1, b, marks, lemma)
        if who:
            prior = view[a : a + how.start()]
            start, end = (
                (a, a + how.start())
                if len(re.findall(r"\w+", prior)) >= 2
                else (who[1], _end(view, who[1] + 1, b, marks))
            )
            if start == a and len(re.findall(r"\w+", view[who[1] : b])) >= 2:
                end = _end(view, who[1] + 1, b, marks)
            start, end = strip(view, start, end)
            if end - start > 3:
                drafts.append(Draft(start, end, who, (v0, v1), lemma, "say", deny))
        return
    subject = mention_before(view, a, m.start(), marks, lemma)
    if subject and OBJECT.match(view[slice(*subject)]):
        return
    if re.match(r"назв|назыв|обвин|раскритик|осуд|похвал|отверг", lemma):
        named = next((q for q in marks if v1 < q.start < b and len(re.findall(r"\w+", view[v1 : q.start])) <= 8), None)
        listed = re.match(r"\s*[^,.:«]{0,60}:\s*", view[v1:b]) if lemma.startswith("наз") else None
        if subject and (named or listed or lemma.startswith(("обвин", "отверг"))):
            if listed and v1 + listed.end() < b:
                s0, e0 = strip(view, v1 + listed.end(), b)
            elif named:
                s0, e0 = named.start, min(b, named.end)
            else:
                s0, e0 = strip(view, v1, _end(view, v1 + 1, b, marks))
            if e0 - s0 > 2:
                drafts.append(Draft(s0, e0, subject, (v0, v1), lemma, "judge", lemma.startswith("отверг")))
        return
    medial = re.match(r"\s+(?P<who>он|она|они|[А-ЯЁ][а-яё-]+)(?=,)", view[v1:b])
    if medial and re.search(r"\w,\s*$", left) and not negated and not tail:
        start, end = strip(view, a, _end(view, v1 + medial.end(), b, marks))
        who = (v1 + medial.start("who"), v1 + medial.end("who"))
        if len(re.findall(r"\w+", view[who[1] : end])) >= 2:  # "Деньги, утверждает он, выделялись"
            drafts.append(Draft(start, end, who, (v0, v1), lemma, "say", deny))
            return
    behind = mention_after(view, v1, b, marks, lemma) if re.search(r",\s*$", left) and not tail else None
    if (
        behind
        and not negated
        and len(re.findall(r"\w+", view[behind[1] : b])) <= 3
        and len(re.findall(r"\w+", left)) >= 3
        and not _quoted(behind[0], marks)
    ):
        start, end = strip(view, a, v0)
        drafts.append(Draft(start, end, behind, (v0, v1), lemma, "say", deny))
        return
    if re.match(r"призва|призыва|потребова|требу|попроси|приказа|обеща|пообеща", lemma) and not tail:
        if subject and re.match(r"\s+[«а-яё]", view[v1:b]):
            s0, e0 = strip(view, v1, _end(view, v1 + 1, b, marks))
            drafts.append(Draft(s0, e0, subject, (v0, v1), lemma, "demand"))
        return
    if tail:
        content = v1 + tail.end()
        colon = re.search(r":\s+(?!«)", view[content:b])
        b = content + colon.start() if colon and not _quoted(content + colon.start(), marks) else b
        who = subject or None
        if who is None:
            return
    else:
        colon = re.match(r"[^,.:«]{0,70}?:\s*", view[v1:b])
        quote = next(
            (q for q in marks if q.start >= v1 and q.start < b and len(re.findall(r"\w+", view[v1 : q.start])) <= 5),
            None,
        )
        inner = re.search(r",?\s+(?:о том,\s*)?(?:что|будто)\s", view[v1 : min(b, v1 + 110)])
        of = OF_SO_MANY.match(view, v1, b) if subject and lemma.startswith(("говор", "сообщ", "заяв", "зна")) else None
        if subject and of:
            content, who = of.end("of"), subject
        elif subject and colon and v1 + colon.end() < b:
            content, who = v1 + colon.end(), subject
        elif inner and not re.search(r"[.:;«]", view[v1 : v1 + inner.start()]):
            between = strip(view, v1, v1 + inner.start())
            if subject:
                who = subject
            else:
                cleaned = clean_mention(view, *between)
                if cleaned is None:
                    return
                who = cleaned
            content = v1 + inner.end()
        elif subject and quote:
            content, who = quote.start, subject
        elif subject and lemma.startswith(
            (
                "признал",
                "опроверг",
                "подтвердил",
                "отрица",
                "пообещал",
                "обещал",
                "обещает",
                "сообщил",
                "сообща",
                "объявил",
                "заяв",
                "рассказ",
                "говор",
                "признав",
                "упомин",
                "докл",
                "настаив",
            )
        ):
            content, who = v1, subject
            about = re.match(r"\s*(?:на)\s" if lemma.startswith("настаив") else r"\s*(?:о|об|про)\s", view[v1:b])
            if about:
                content = v1 + about.end()
            elif lemma.startswith(("сообщ", "рассказ", "заяв", "говор", "объяв", "упомин", "пис", "докл", "настаив")):
                return
        else:
            trailing = re.search(r",\s*$", left)
            who2 = mention_after(view, v1, b, marks, lemma)
            if trailing and who2 and len(re.findall(r"\w+", left)) >= 2 and not negated:
                start, end = strip(view, a, v0)
                drafts.append(Draft(start, end, who2, (v0, v1), lemma, "say", deny))
            elif subject and _tail_end(view, v1, b) and view[: subject[0]].rstrip().endswith(","):
                start, end = strip(view, a, subject[0])
                if end - start > 3:
                    drafts.append(Draft(start, end, subject, (v0, v1), lemma, "say", deny))
            return
    if negated and not deny:
        return
    end = _end(view, content, b, marks)
    start, end = strip(view, content, end)
    if end - start > 3:
        drafts.append(Draft(start, end, who, (v0, v1), lemma, "say", deny))


def _tail_end(view: str, s: int, b: int) -> bool:
    return len(re.findall(r"\w+", view[s:b])) <= 4


def _label(view: str, a: int, b: int, marks: list[Quote], drafts: list[Draft]) -> None:
    """'NAME: «…»'."""
    m = re.match(r"([А-ЯЁ][\w.\-]+(?:\s+[А-ЯЁ][\w.\-]+){0,3}):\s+(?=[«\"“—])", view[a:b])
    if m and not drafts:
        s, e = strip(view, a + m.end(), b)
        drafts.append(Draft(s, e if e > s else b, (a, a + m.end(1)), (a + m.end(1), a + m.end(1) + 1), "label", "say"))
