"""A Russian reporting verb and its sentence: who is its subject, and where what was said begins and ends."""

from __future__ import annotations

import re

from kuager.instruments.text.english.bounds import Draft
from kuager.instruments.text.russian.mentions import (
    clean_mention,
    mention_after,
    mention_before,
    strip,
)
from kuager.instruments.text.russian.words import CUT, OBJECT, OF_SO_MANY
from kuager.instruments.text.sentences import Quote
from kuager.instruments.text.who.titles import TITLE

Range = tuple[int, int]

#: Verbs of a feeling, which say something only before "что" or beside a quotation.
_FEELS = re.compile(r"боятся|опаса|надеются|надеется|увер[её]н|убежд[её]н")
#: "назвали забастовку | незаконной": what somebody is said to be, in the instrumental.
_CALLED = re.compile(
    r"\s(?P<what>[а-яё\-]{3,}(?:ым|им|ой|ей|ыми|ими|ом|ем|ою)(?:\s(?:и|и\s\w+)\s[а-яё\-]{3,}(?:ым|им|ой|ей|ыми|ими|ом|ем))?)"
    r"(?=\W*$|,)"
)


def quoted(position: int, marks: list[Quote]) -> bool:
    return any(q.inside(position) for q in marks)


def clause_end(view: str, s: int, b: int, marks: list[Quote]) -> int:
    """Where the reporter speaks again, or the sentence's end."""
    for m in CUT.finditer(view, s, b):
        if not quoted(m.start(), marks) and m.start() > s + 3:
            return m.start()
    return b


def verb_drafts(view: str, a: int, b: int, m: re.Match[str], marks: list[Quote], drafts: list[Draft]) -> None:
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
    if before_quote is not None and not re.search(r"[,—–-]", view[before_quote.end - 2 : v0]):
        # «Правозащитная вахта» призвала: the subject's name.
        title = TITLE.fullmatch(view, before_quote.start, before_quote.end)
        before_quote = None if title is not None else before_quote
    tail = re.match(r"\s*,?\s+(?:о том,\s*)?(?:что|будто|как|якобы)\s", view[v1:b])
    if re.match(r"показа|озвучи|обрати|вырази|высказа", lemma) and not re.match(
        r"[^.,:;«\"]{0,40},\s+что\s", view[v1:b]
    ):
        return  # "показал паспорт"
    if _FEELS.match(lemma) and not tail and before_quote is None and view[v1 : v1 + 1] != ":":
        return  # "боятся идти"
    # «…», — сказал X   |   Как сообщил X, …   |   …, сообщил X.
    left = view[a:v0]
    if before_quote is not None or (re.search(r"[—–-]\s*(?:[а-яё]+о\s+)?$", left) and re.search(r"\w", left)):
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
                else (who[1], clause_end(view, who[1] + 1, b, marks))
            )
            if start == a and len(re.findall(r"\w+", view[who[1] : b])) >= 2:
                end = clause_end(view, who[1] + 1, b, marks)
            start, end = strip(view, start, end)
            if end - start > 3:
                drafts.append(Draft(start, end, who, (v0, v1), lemma, "say", deny))
        return
    subject = mention_before(view, a, m.start(), marks, lemma)
    if subject and OBJECT.match(view[slice(*subject)]):
        return
    if re.match(r"назв|назыв|счита|посчита|объяв|признал", lemma) and not tail and subject:
        number = re.match(r"\s+(?:цифру\s+в\s+)?(?=\d|не менее|более|около|свыше)", view[v1:b])
        if number is not None and lemma.startswith("наз"):
            s0, e0 = strip(view, v1 + number.end(), clause_end(view, v1 + 1, b, marks))
            comma = view.find(", ", s0, e0)
            drafts.append(Draft(s0, comma if comma > 0 else e0, subject, (v0, v1), lemma, "say"))
            return
        called = _CALLED.search(view, v1, clause_end(view, v1 + 1, b, marks))
        if called is not None and not re.search(r"[,:;«\"]", view[v1 : called.start()]):
            s0, e0 = strip(view, *called.span("what"))
            drafts.append(Draft(s0, e0, subject, (v0, v1), lemma, "judge"))
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
                s0, e0 = strip(view, v1, clause_end(view, v1 + 1, b, marks))
            if e0 - s0 > 2:
                drafts.append(Draft(s0, e0, subject, (v0, v1), lemma, "judge", lemma.startswith("отверг")))
        return
    medial = re.match(r"\s+[^,.;:!?«\"]{2,60}(?=,(?!\s(?:что|чтобы|будто|котор|где|как)))", view[v1:b])
    if medial and re.search(r"\w,\s*$", left) and not negated and not tail:
        start, end = strip(view, a, clause_end(view, v1 + medial.end() + 1, b, marks))
        who = mention_after(view, v1, v1 + medial.end(), marks, lemma)
        if who is not None and len(re.findall(r"\w+", view[who[1] : end])) >= (
            1 if view[who[1] : who[1] + 1] == "," else 2
        ):  # "Деньги, утверждает он, выделялись"
            drafts.append(Draft(start, end, who, (v0, v1), lemma, "say", deny))
            return
    behind = mention_after(view, v1, b, marks, lemma) if re.search(r",\s*$", left) and not tail else None
    if (
        behind
        and not negated
        and len(re.findall(r"\w+", re.sub(r"(?:со ссылкой|ссылаясь) на .*", "", view[behind[1] : b]))) <= 3
        and len(re.findall(r"\w+", left)) >= 3
        and not quoted(behind[0], marks)
    ):
        start, end = strip(view, a, v0)
        drafts.append(Draft(start, end, behind, (v0, v1), lemma, "say", deny))
        return
    if (
        re.match(r"призва|призыва|потребова|требу|требова|попроси|проси|запроси|приказа|обеща|пообеща", lemma)
        and not tail
    ):
        if subject and re.match(r"\s+[«\"“а-яё]", view[v1:b]):
            s0, e0 = strip(view, v1, clause_end(view, v1 + 1, b, marks))
            drafts.append(Draft(s0, e0, subject, (v0, v1), lemma, "demand"))
        return
    if tail:
        content = v1 + tail.end()
        colon = re.search(r":\s+(?!«)", view[content:b])
        b = content + colon.start() if colon and not quoted(content + colon.start(), marks) else b
        who = subject or None
        if who is None:
            return
    else:
        colon = re.match(r"[^,.:«]{0,70}?:\s*", view[v1:b])
        quote = next(
            (
                q
                for q in marks
                if v1 <= q.start < b
                and len(re.findall(r"\w+", view[v1 : q.start])) <= 5
                and not (TITLE.fullmatch(view, q.start, q.end) and not re.search(r"[:\w]\s*$", view[v1 : q.start]))
            ),
            None,
        )
        inner = re.search(r",?\s+(?:о том,\s*)?(?:что|будто)\s", view[v1 : min(b, v1 + 110)])
        of = OF_SO_MANY.match(view, v1, b) if subject and lemma.startswith(("говор", "сообщ", "заяв", "зна")) else None
        if subject and of:
            content, who = of.end("of"), subject
        elif subject and colon and v1 + colon.end() < b:
            content, who = v1 + colon.end(), subject
        elif inner and not re.search(r"[.:;«]", TITLE.sub("", view[v1 : v1 + inner.start()])):
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
                "призна",
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
    end = clause_end(view, content, b, marks)
    start, end = strip(view, content, end)
    if end - start > 3:
        drafts.append(Draft(start, end, who, (v0, v1), lemma, "say", deny))


def _tail_end(view: str, s: int, b: int) -> bool:
    return len(re.findall(r"\w+", view[s:b])) <= 4
