"""Attribution in Kazakh by rules: "…, – деді X", "X … деп мәлімдеді", "X-тың айтуынша", "…-ғанын айтты"."""

from __future__ import annotations

import re

from kuager.instruments.text.english_bounds import Draft
from kuager.instruments.text.said import Pointer
from kuager.instruments.text.sentences import Quote

Range = tuple[int, int]

_ACCORDING = re.compile(
    r"(?P<who>(?:«[^»]{2,40}»\s+)?[^,.;:«»\"“”]{2,110}?)\s+(?P<cue>айтуынша|айтуы бойынша|айтуларынша|мәліметінше"
    r"|мәліметтерінше|мәліметі бойынша|мәліметтері бойынша|мәліметіне сәйкес|хабарлауынша|хабарлағанындай"
    r"|сөзінше|сөздерінше|сөзіне қарағанда|деректерінше|дерегінше|деректері бойынша|дерегі бойынша"
    r"|пікірінше|пайымдауынша|есебінше|есебі бойынша|жазуынша|түсіндіруінше|нұсқасы бойынша"
    r"|ақпараты бойынша|ақпаратынша|ақпаратына сәйкес)(?!\w)\s*,?",
    re.I,
)
_SPEECH = (
    r"(?:мәлімде|хабарла|айт|жаз|сана|есепте|сендір|түсіндір|қосты|ескерт|уәде бер|раста|жоққа шығар"
    r"|ойла|атап өт|көрсет|баянда|жауап бер|талап ет|талап қой|шақыр|айыпта|жеткіз|бөліс|күдіктен"
    r"|мойында|дәлелде|ескерт|қуатта|еске сал|алға тарт|шағымдан|баса айт|куәлік бер|уәде ет|шегеле|нақтыла|жарияла"
    r"|сен|атап көрсет|еске ал)"
)
_ENDING = (
    r"(?:ді|ды|ты|ті|йді|йды|еді|ады|ген|ған|қан|кен|іп отыр|ып отыр|п отыр|йтінін|ған еді|ген еді"
    r"|дық|дік|ап отыр|еп отыр)?"
)
_DEP = re.compile(
    rf"(?:\s|[»\"”],?\s*[–—-]?\s*|,\s*[–—-]?\s*)(?P<cue>(?:деп|дей)\s+(?:\w+\s+){{0,3}}?{_SPEECH}\w*"
    rf"|де(?:ді|йді|ген|п отыр|йтін|ген еді|сті|сіп отыр))(?!\w)",
    re.I,
)
_NOMINALISED = re.compile(
    rf"(?P<noun>\w+(?:ғанын|генін|қанын|кенін|атынын|етінін|йтынын|йтінін|екенін|жоғын|бар екенін"
    rf"|тынын|тінін))\s+(?P<cue>{_SPEECH}{_ENDING})(?!\w)",
    re.I,
)
_TIME = re.compile(
    r"(?:(?:кеше|бүгін|кейін|бұған дейін|сонымен қатар|алайда|бірақ|ал|сондай-ақ|ертеректе|осыған дейін)(?!"
    r"\w)|\d{1,2}[-\s]?(?:ші)?\s*(?:қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек"
    r"|қазан|қараша|желтоқсан)\w*(?:\s+күні)?)[\s,]*",
    re.I,
)
_HEAD = re.compile(
    r"(?:[\w«»\-]+\s+){0,6}?(?:басқармасы|басқарма|әкімшілігі|әкімшілік|ректоры|кәсіподағы|кәсіподақ|бірлестігі|компаниясы|партиясы|мекемесі|соты"
    r"|құтқарушылар|ғалымдар|мұғалімдер|басшысы|орынбасары|директоры|дереккөз|ата-аналар|ата-анасы|билігі|билік|үкімет|үкіметі|полиция|полициясы|министрлік|министрлігі"
    r"|прокуратура|прокуратурасы|тұрғындары|тұрғындар|тұрғыны|тұрғын|куәгерлер|куәгері|куәгер"
    r"|ұйымы|ұйым|дәрігерлер|дәрігері|дәрігер|"
    r"медбике|медбикесі|жұмысшылар|жұмысшылары|мұнайшылар|мұнайшылары|наразылар|шерушілер|наразылық білдіру"
    r"шілер|белсенділер|белсендісі|белсенді|туыстары|туысы|шенеуніктер|ресмилер|ресми өкілдер"
    r"|өкілі|өкілдері|қызметкері|қызметкерлері|журналистер|журналист|тілшісі|агенттігі|агенттік"
    r"|қызметі|департаменті|комиссиясы|комиссия|әкімдігі|әкімдік|құқық қорғаушылар|қорғаушылар"
    r"|құқық қорғаушы|адвокаты|адвокат|көзімен көргендер|көрген адам|жақындары|ол|олар|көршім"
    r"|көршіміз|досым|туысым|ағам|әкем|анам|апам|інім)(?!\w)",
    re.I,
)
_NAME = re.compile(
    r"(?:[\wӘәҒғҚқҢңӨөҰұҮүҺһІі\-]+\s+){0,5}?(?:[А-ЯӘҒҚҢӨҰҮҺІ][\w\-]+\s+){1,2}[А-ЯӘҒҚҢӨҰҮҺІ][\w\-]+(?!\w)"
)
_CALLED = re.compile(
    r"(?:\s+[А-ЯӘҒҚҢӨҰҮҺІ][а-яәғқңөұүһі\-]+(?<![тдн]ың)(?<![тдн]ің)(?!\w)){1,2}(?:\s+(?:әже|апа|ата|ағай|апай)(?!\w))?"
)
_GENITIVE = re.compile(r"(?:-)?(?:[тдн]ың|[тдн]ің)$")
_CUT = re.compile(r",?\s+(?:бірақ|алайда|дегенмен|десе де)\s+|;\s+", re.I)


def sentence_drafts(view: str, a: int, b: int, marks: list[Quote]) -> list[Draft]:
    """The attributed statements of the Kazakh sentence ``view[a:b]``."""
    drafts: list[Draft] = []
    m = _ACCORDING.search(view, a, b)
    if m and not _quoted(m.start("cue"), marks):
        who = _clean(view, m.start("who"), m.end("who"))
        if who:
            before = len(re.findall(r"\w+", view[a : who[0]]))
            s, e = (
                (m.end(), _end(view, m.end(), b, marks))
                if before < 3 or len(re.findall(r"\w+", view[m.end() : b])) >= 3
                else (a, who[0])
            )
            s, e = _strip(view, s, e)
            if e - s > 3:
                drafts.append(
                    Draft(
                        s,
                        e,
                        who,
                        (m.start("cue"), m.end("cue")),
                        "according",
                        "say",
                        base=nominative(view[slice(*who)]),
                    )
                )
    for m in _DEP.finditer(view, a, b):
        if not _quoted(m.start("cue"), marks):
            _dep(view, a, b, m, marks, drafts)
    if not drafts:
        for m in _NOMINALISED.finditer(view, a, b):
            if _quoted(m.start("cue"), marks):
                continue
            who = _subject(view, a, m.start("noun"))
            if who:
                s, e = _strip(view, who[1], m.end("noun"))
                if e > s:
                    deny = "жоққа" in m["cue"].lower()
                    drafts.append(Draft(s, e, who, (m.start("cue"), m.end("cue")), m["cue"].lower(), "say", deny))
                break
    kept: list[Draft] = []
    for d in drafts:
        if not any(k.start < d.end and d.start < k.end for k in kept):
            kept.append(d)
    return kept


_THIS = re.compile(r"\W*(?:бұл|осы|ол)\s+(?:туралы|жайында|жөнінде)(?:\s+бүгін|\s+кеше)?\s+", re.I)
_TOLD = re.compile(rf"\s(?P<cue>(?:{_SPEECH}|айтып бер|мәлім ет|жазып)\w*(?:\s+(?:бер|отыр|бол|е|ет)\w*)?)\W*$", re.I)


def pointer(view: str, a: int, b: int, marks: list[Quote]) -> Pointer | None:
    """The speaker of the sentence before, where ``view[a:b]`` only tells who said it."""
    this = _THIS.match(view, a, b)
    told = _TOLD.search(view, this.end() - 1, b) if this else None
    if this is None or told is None:
        return None
    s, e = _strip(view, this.end(), told.start())
    hearer = re.match(r"(?:[\w«»\-]+[ғқ]а|[\w«»\-]+[гк]е|[\w«»\-]+сіне|[\w«»\-]+сына)\s+(?=\w)", view[s:e])
    s += hearer.end() if hearer else 0
    return Pointer((s, e), None, told.span("cue"), None) if 2 < e - s < 120 else None


def nominative(phrase: str) -> str:
    """A genitive mention as one would look it up: "тұрғындардың" → "тұрғындар"."""
    words = phrase.split()
    if words:
        words[-1] = _GENITIVE.sub("", words[-1])
        if words[-1].casefold() in ("оның", "он", "о"):
            words[-1] = "ол"
        if words[-1].casefold() == "олар":
            words[-1] = "олар"
    return " ".join(words)


def _dep(view: str, a: int, b: int, m: re.Match[str], marks: list[Quote], drafts: list[Draft]) -> None:
    c0, c1 = m.start("cue"), m.end("cue")
    quote = next(
        (q for q in reversed(marks) if q.end <= c0 and q.start >= a and not re.search(r"\w", view[q.end : c0])), None
    )
    earlier = next(
        (q for q in reversed(marks) if q.start < a < q.end <= c0 and not re.search(r"\w", view[q.end : c0])), None
    )
    quote = quote or earlier
    after = _clean_after(view, c1, b)
    if quote is not None:
        s, e = max(a, quote.start), quote.end
        lead = _strip(view, a, s)
        who = _subject_of(view, *lead) if lead[1] > lead[0] else None
        who = who or after
    else:
        who = (
            after
            if after and (m.group().lstrip().startswith(",") or _HEAD.match(view, *after) or _NAME.match(view, *after))
            else None
        )
        if who is not None:
            s, e = a, m.start()
        else:
            who = _subject(view, a, c0)
            s, e = (who[1], m.start()) if who else (a, m.start())
        if who is None:
            who = after
        s, e = _strip(view, s, e)
    if who is None or e - s <= 3:
        return
    drafts.append(
        Draft(s, e, who, (c0, c1), re.sub(r"\s+", " ", m["cue"].lower()), "say", "жоққа шығар" in m["cue"].lower())
    )


def _subject(view: str, a: int, limit: int) -> Range | None:
    """The sentence's first phrase that can speak, where words remain between it and ``limit``."""
    s = a
    m = _TIME.match(view, s, limit)
    while m and m.end() > s:
        s = m.end()
        m = _TIME.match(view, s, limit)
    found = [x for x in (_HEAD.match(view, s, limit), _NAME.match(view, s, limit)) if x]
    comma = re.match(r"([^,«\"“]{3,90}),\s", view[s:limit])
    if found:
        e = (
            max(x.end() for x in found if "," not in x.group())
            if any("," not in x.group() for x in found)
            else found[0].end()
        )
        called = _CALLED.match(view, e, limit)  # "Шымкент тұрғыны Патима әже"
        e = called.end() if called else e
        return (s, e) if len(re.findall(r"\w+", view[e:limit])) >= 1 else None
    if comma and len(comma.group(1).split()) <= 6:
        return s, s + comma.end(1)
    return None


def _subject_of(view: str, s: int, e: int) -> Range | None:
    """The speaker in the words before a quotation: "Министр Х журналистерге"."""
    m = _TIME.match(view, s, e)
    while m and m.end() > s:
        s = m.end()
        m = _TIME.match(view, s, e)
    found = [x.end() for pattern in (_HEAD, _NAME) if (x := pattern.match(view, s, e))]
    if found:
        return s, max(found)
    return (s, e) if 0 < len(view[s:e].split()) <= 6 else None


def _clean(view: str, s: int, e: int) -> Range | None:
    s, e = _strip(view, s, e)
    m = _TIME.match(view, s, e)
    while m and m.end() > s:
        s = m.end()
        m = _TIME.match(view, s, e)
    return (s, e) if 0 < len(view[s:e].split()) <= 12 else None


def _clean_after(view: str, s: int, b: int) -> Range | None:
    pronoun = re.match(r"\s*(?:ол|олар)(?=\s)", view[s:b], re.I)
    if pronoun:
        return _strip(view, s, s + pronoun.end())
    stop = re.search(r"[,.;:!?\"“]|«(?![^»]{1,40}»)|\s[–—-]\s", view[s:b])
    return (
        _clean(view, s, s + stop.start() if stop else b)
        if re.search(r"\w", view[s : s + stop.start() if stop else b])
        else None
    )


def _end(view: str, s: int, b: int, marks: list[Quote]) -> int:
    for m in _CUT.finditer(view, s, b):
        if not _quoted(m.start(), marks):
            return m.start()
    return b


def _quoted(position: int, marks: list[Quote]) -> bool:
    return any(q.inside(position) for q in marks)


def _strip(view: str, s: int, e: int) -> Range:
    while s < e and view[s] in " ,;:—–-.\t\n":
        s += 1
    while e > s and view[e - 1] in " ,;:—–-.\t\n":
        e -= 1
    return s, e
