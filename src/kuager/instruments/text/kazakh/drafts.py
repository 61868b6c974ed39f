"""Attribution in Kazakh by rules: "…, – деді X", "X … деп мәлімдеді", "X-тың айтуынша", "…-ғанын айтты"."""

from __future__ import annotations

import re

from kuager.instruments.text.english.bounds import Draft
from kuager.instruments.text.kazakh import mentions
from kuager.instruments.text.kazakh.mentions import after_time, nominative, strip, subject
from kuager.instruments.text.kazakh.words import (
    ABOUT,
    ACCORDING,
    CUT,
    DEMANDED,
    DEP,
    DEP_SPEECH,
    DOCUMENT,
    NOMINALISED,
    RELAYS,
    THIS,
    TOLD,
)
from kuager.instruments.text.said import Pointer
from kuager.instruments.text.sentences import Quote

Range = tuple[int, int]


def sentence_drafts(view: str, a: int, b: int, marks: list[Quote]) -> list[Draft]:
    """The attributed statements of the Kazakh sentence ``view[a:b]``."""
    if pointer(view, a, b, marks) is not None:
        return []
    drafts: list[Draft] = []
    _according(view, a, b, marks, drafts)
    for m in DEP.finditer(view, a, b):
        inside = next((q for q in marks if q.inside(m.start("cue"))), None)
        if inside is None:
            _dep(view, a, b, m, marks, drafts)
        else:
            _inserted(view, a, b, m, inside, drafts)
    _nominalised(view, a, b, marks, drafts)
    _colon(view, a, b, marks, drafts)
    kept: list[Draft] = []
    for d in drafts:
        if d.end - d.start > 1 and not any(k.start < d.end and d.start < k.end for k in kept):
            kept.append(d)
    return kept


def pointer(view: str, a: int, b: int, marks: list[Quote]) -> Pointer | None:
    """The speaker of the sentence before, where ``view[a:b]`` only tells who said it."""
    this = THIS.match(view, a, b)
    told = TOLD.search(view, this.end() - 1, b) if this else None
    if this is None or told is None:
        return None
    who = mentions.after(view, this.end(), told.start("cue"))
    return Pointer(who, None, told.span("cue"), None) if who else None


def _according(view: str, a: int, b: int, marks: list[Quote], drafts: list[Draft]) -> None:
    for m in ACCORDING.finditer(view, a, b):
        if _quoted(m.start("cue"), marks):
            continue
        who = strip(view, after_time(view, *strip(view, *m.span("who"))), m.end("who"))
        if not 0 < len(view[slice(*who)].split()) <= 14:
            continue
        before = len(re.findall(r"\w+", view[a : who[0]]))
        behind = before < 3 or len(re.findall(r"\w+", view[m.end() : b])) >= 3
        s, e = strip(view, *((m.end(), _end(view, m.end(), b, marks)) if behind else (a, who[0])))
        if e - s > 3:
            base = nominative(view[slice(*who)])
            drafts.append(Draft(s, e, who, m.span("cue"), "according", "say", base=base))
            return


def _dep(view: str, a: int, b: int, m: re.Match[str], marks: list[Quote], drafts: list[Draft]) -> None:
    c0, c1 = m.span("cue")
    low = re.sub(r"\s+", " ", m["cue"].lower())
    quote = next((q for q in reversed(marks) if a < q.end <= c0 and not re.search(r"\w", view[q.end : c0])), None)
    dashed = re.search(r"[–—-]\s*$", view[a:c0]) is not None
    if quote is None and not dashed and not DEP_SPEECH.match(low):
        return
    stated = re.match(r"дел|деп \w+[ыі]л", low) is not None
    if re.search(r"(?:тынын|тінін|ғанын|генін|қанын|кенін)$", low) or (not stated and _attributive(view, c1, low)):
        return
    if quote is not None and re.match(r"деп ата(?!п өт)", low):
        return  # "«Жетісу» деп аталатын"
    document = DOCUMENT.match(view, c1, b) if stated else None
    if document is not None:
        owner = re.search(r"(?P<who>[^,.;:«»]{3,80}?[тдн][ыі]ң)\s*(?:ресми\s+|жазбаша\s+)?$", document["before"])
        base = nominative(owner["who"].strip()) if owner else "оно"
        found: Range | None = strip(view, c1, document.end())
    else:
        found, base = mentions.after(view, c1, b), ""
    if quote is not None:
        s, e = max(a, quote.start), quote.end
        lead = strip(view, a, s)
        if found is None and lead[1] - lead[0] > 1:
            found = subject(view, *lead)
        if found is None and not re.search(r"\w", view[a:s]) and re.match(r"\W*$", view[c1:b]):
            found, base = (c0, c1), "ол"  # "«…», – деді.": who was spoken of just before
    else:
        named = found if dashed or (found is not None and re.match(r"\W*$", view[found[1] : b])) else None
        if named is not None:
            s, e = a, m.start()
            found = named
        else:
            first = subject(view, a, c0)
            if first is None or first[1] >= c0:
                found = None if not dashed else found
                s, e = a, m.start()
            else:
                s, e, found = first[1], m.start(), first
                apposed = re.match(r",[^,]{3,80},\s", view[s:e])
                s += apposed.end() if apposed else 0
        s, e = strip(view, s, e)
    if found is None or e - s <= 3:
        return
    d = Draft(s, e, found, (c0, c1), low, "say", "жоққа шығар" in low, base=base or None)
    d.form_direct = quote is None and dashed
    inner = _inner(view, s, e, marks) if quote is None and RELAYS.search(low) else None
    if inner is not None:
        inner.via = d.mention
        d = inner
    drafts.append(d)


def _attributive(view: str, end: int, cue: str) -> bool:
    """Whether a cue in -ған stands before a noun: "«барам» деген жұрт"."""
    return (
        re.search(r"(?:ған|ген|қан|кен)$", cue) is not None
        and re.match(r"\s+[a-zа-яәғқңөұүһі]", view[end:]) is not None
    )


def _inner(view: str, s: int, e: int, marks: list[Quote]) -> Draft | None:
    """ "Министр … қаза тапқанын айтты, деп хабарлайды Dala.kz": the minister's words, which a paper passes on."""
    found: list[Draft] = []
    _nominalised(view, s, e, marks, found)
    return found[0] if found else None


def _nominalised(view: str, a: int, b: int, marks: list[Quote], drafts: list[Draft]) -> None:
    at = a
    cues = [*NOMINALISED.finditer(view, a, b), *DEMANDED.finditer(view, a, b)]
    for m in sorted(cues, key=lambda m: m.start()):
        if _quoted(m.start("cue"), marks) or any(d.start < m.end("cue") and m.start() < d.end for d in drafts):
            continue
        if _attributive(view, m.end("cue"), m["cue"]):
            continue
        who = subject(view, at, m.start("noun"))
        if who is None and drafts and drafts[-1].cue and drafts[-1].cue[1] > at - 1 and at > a:
            who = drafts[-1].mention  # "… айтып, … сұрады": the same speaker
        if who is None:
            continue
        apposed = re.match(r",[^,]{3,80},\s", view[who[1] : m.start("noun")]) if who[1] > at else None
        s, e = strip(view, max(at, who[1]) + (apposed.end() if apposed else 0), m.end("noun"))
        if e > s:
            low = m["cue"].lower()
            base = nominative(view[slice(*who)]) if view[slice(*who)].casefold().endswith(" өзі") else None
            drafts.append(Draft(s, e, who, m.span("cue"), low, "say", "жоққа" in low, base=base))
            at = m.end("cue")
    for m in ABOUT.finditer(view, a, b):
        if _quoted(m.start("cue"), marks) or any(d.start < m.end("noun") and m.start("noun") < d.end for d in drafts):
            continue
        who = mentions.after(view, m.start("who"), m.end("who"))
        s, e = strip(view, after_time(view, *strip(view, a, m.end("noun"))), m.end("noun"))
        if who is not None and e - s > 3:
            drafts.append(Draft(s, e, who, m.span("cue"), m["cue"].lower(), "say"))


def _colon(view: str, a: int, b: int, marks: list[Quote], drafts: list[Draft]) -> None:
    """ "… айтты: «…»" and "Сейітов: «…»": a quotation behind a colon is its sentence's speaker's."""
    for q in marks:
        if not a < q.start < b or not re.search(r":\s*$", view[a : q.start]):
            continue
        if any(d.start < q.end and q.start < d.end for d in drafts):
            continue
        before = next((d for d in reversed(drafts) if d.cue is not None and d.cue[1] <= q.start), None)
        who = before.mention if before is not None else subject(view, a, q.start)
        if who is None:
            continue
        base = before.base if before is not None else None
        drafts.append(Draft(q.start, min(q.end, b), who, (q.start - 1, q.start), "label", "say", base=base))


def _inserted(view: str, a: int, b: int, m: re.Match[str], quote: Quote, drafts: list[Draft]) -> None:
    """The writer's words inside one pair of marks: «Су кешке келді, – дейді ол. – Ешкім ескертпеді»."""
    lead = re.search(r"[,.!?…]\s*[—–-]\s*$", view[a : m.start("cue")])
    tail = re.match(r"[^.!?«»]{0,120}?[,.]\s*(?:[—–-]\s|$)", view[m.end("cue") : min(quote.end, m.end("cue") + 160)])
    if lead is None or tail is None:
        return
    who = mentions.after(view, m.end("cue"), m.end("cue") + tail.end())
    if who is None:
        return
    start = max(a, quote.start)
    end = min(b, quote.end) if b > m.end("cue") + tail.end() + 3 else a + lead.start()
    drafts.append(Draft(start, end, who, m.span("cue"), m["cue"].lower(), "say", form_direct=True))


def _end(view: str, s: int, b: int, marks: list[Quote]) -> int:
    for m in CUT.finditer(view, s, b):
        if not _quoted(m.start(), marks):
            return m.start()
    return b


def _quoted(position: int, marks: list[Quote]) -> bool:
    return any(q.inside(position) for q in marks)
