"""From paragraphs to statements: attributions, quotations that go on without a cue, and what is left."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kuager.instruments.text import english, given, kazakh, names, phrases, russian
from kuager.instruments.text.cast import is_human
from kuager.instruments.text.english_bounds import Draft
from kuager.instruments.text.items import Item, is_capital, is_verb, items
from kuager.instruments.text.language import language
from kuager.instruments.text.mention import parse
from kuager.instruments.text.sentences import Quote, quotes, sentences, tokens
from kuager.instruments.text.sources import Entry, Registry

Range = tuple[int, int]


@dataclass(slots=True)
class Said:
    """A statement with its source; ``speaker`` is ``None`` where the reporter speaks or nobody is named."""

    start: int
    end: int
    form: str
    speaker: Entry | None
    mention: Range | None
    cue: Range | None
    lemma: str
    direct: list[Range]
    deny: bool
    sentence: Range
    section: int
    language: str
    headline: bool = False
    inside: Said | None = None
    chain: list[Entry] = field(default_factory=list)


_FOOTAGE = re.compile(
    r"\b(?:the|this|that|another|a second|one|amateur|mobile[- ]phone|cell[- ]?phone|shaky|new)?\s*(?:video"
    r"|footage|clip|recording|tape|film|images?|pictures?|photos?|photographs?) (?:\w+ ){0,4}?(?:shows?"
    r"|showed|appears? to show|depicts?|captures?|captured|seems to show|purports to show)\b"
    r"|"
    r"\bcan (?:\w+ )?be (?:seen|heard)\b|\b(?:in|on) (?:the|this|that) (?:video|footage|clip|recording)\b|"
    r"на (?:видео|записи|кадрах|видеозаписи)|(?:видео|видеозапись|запись|кадры) показыва\w+"
    r"|(?:видно|слышно|слышны|видны)\b|бейнежазба\w*|видеода\b|видеодан\b|көрінеді|естіледі",
    re.I,
)
_FOOTAGE_GOES_ON = re.compile(
    r"^(?:the sound of|some|one|a|an|another|two|three|several|after the|then|riot police|police"
    r"|protesters|people|men|the (?:police|crowd|protesters|man|men|camera)|затем|потом|полицейские"
    r"|один|другой|содан)\b",
    re.I,
)
_PRESENT = re.compile(
    r"\b(?:is|are|lies|limps|moves?|runs?|falls?|flees?|shoots?|fires?|advances?|beats?|can"
    r"|tries|try|throws?|walks?|stands?|begins?|turns?)\b|(?:ет|ит|ют|ят|ется|ится)\b"
)
_PAST = re.compile(r"\b(?:was|were|had|said|did)\b")
_MADE_REMARKS = re.compile(
    r"^(?P<who>.{3,60}?) (?:made|gave|delivered|issued) (?:the|his|her|those|these) (?:comments?"
    r"|remarks?|statements?|announcement|speech)\b"
)
_FULL_NAME = re.compile(
    r"(?:[A-Z][a-z]+\.? )?\b(?:" + "|".join(sorted(n.capitalize() for n in given.GIVEN)) + r") [A-Z][\w'’\-]+"
)
_KICKER = re.compile(
    r"(?:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ\-]{5,}(?: [A-ZА-ЯЁӘҒҚҢӨҰҮҺІ\-]{2,}){0,3}(?: \([A-Z]{3,}\))?|(?:Video"
    r"|Watch|Update|Exclusive|Analysis|Opinion|Live|Breaking|Photos?|Видео|Фото|Срочно)):\s+(?=\S)"
)
_KIN = re.compile(
    r"\b(?:wife|husband|brother|sister|cousin|friend|aunt|uncle|mother|father|son|daughter|neighbou?r"
    r"|colleague|grandmother|grandfather|nephew|niece|nurse|doctor|driver|soldier|officer|worker"
    r"|man|woman|teacher|student|witness|resident|lawyer)$",
    re.I,
)
_CONNECTIVE = re.compile(
    r"^[\s,;:—–\-.)\]\"”»’]*(?:(?:but|and|although|though|while|whereas|however|yet|even though"
    r"|но|а|однако|хотя|при этом|и|бірақ|алайда|дегенмен)[\s,]+)*",
    re.I,
)
_INTRODUCES = re.compile(r":\s*$")


#: What may stand before the name that opens a sentence, and a name that only owns what does.
_LEADS = re.compile(r"(?:(?:But|And|Yet|So|Then|Still|Meanwhile|Later|Instead|However),? |For )?")
_AS_FOR = re.compile(r"As for ")
_POSSESSED = re.compile(r"(?:[A-Z][\w.\-]*[ ]?)+['’]")

#: Cues of a dialogue: who speaks next without a cue is somebody else.
_RETORTS = frozenset("retort reply respond answer counter ask interject interrupt wonder".split())

#: More quotations than any sentence that people write; a bound on hostile ones.
MAX_QUOTES = 40


_HAPPENING = re.compile(
    r"(?:наразылық|ереуіл\w{0,3}|митинг\w*|протест\w*|забастовк\w*|қақтығыс|акци\w+|выбор\w+|сайлау|суд над.*"
    r"|protests?|strike|rally|trial)$",
    re.I,
)
#: "Её слова подтвердил сотрудник колонии": whom "он" then refers to.
_BACKED = re.compile(
    r"(?:слова|информацию|сообщени[ея]|сведения|данные)\s+(?:также\s+)?(?:подтвердил"
    r"|опроверг)\w*\s+(?P<who>[^,.;:«»]{4,60})"
)
#: A sentence about "сорокалетний водитель Марат" or "Светлана Юн": whom "он" and "она" then refer to.
_CYRILLIC_PERSON = re.compile(
    r"(?:[А-ЯЁӘҒҚҢӨҰҮҺІа-яёәғқңөұүһі\-]+ ){0,3}?(?P<who>[А-ЯЁӘҒҚҢӨҰҮҺІа-яёәғқңөұүһі\-]{4,}(?:тель|тельница|щик"
    r"|ник|ница|ист|истка|ент|ентка|ач"
    r"|кат|ер|ор|ель|вец|тұрғыны?|дәрігері?"
    r"|мұғалімі?) [А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]+(?: [А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]+)?)(?!\w)"
)
#: "Q:", "A.", "Orlov:", the label that opens a turn.
_TURN = re.compile(r"(?P<who>[QAВОСЖ]|[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w.'’\-]+(?: [A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w.'’\-]+){0,3}): ?\s*(?=\S)")
_QUESTION = frozenset(("q", "question", "в", "вопрос", "с", "сұрақ"))
_ANSWER = frozenset(("a", "answer", "о", "ответ", "ж", "жауап"))
_DATELINE = re.compile(
    r"(?:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][A-ZА-ЯЁӘҒҚҢӨҰҮҺІ.'’\-]+(?:[ /][A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][A-ZА-ЯЁӘҒҚҢӨҰҮҺІ.'’\-]*){0,3}"
    r"(?:, [A-ZА-ЯЁ][\w.]+(?: [A-ZА-ЯЁ][\w.]+)?)?(?:, (?:[A-Z][a-z]{2,8}\.? \d{1,2}"
    r"|\d{1,2} [а-яёәғқңөұүһі]+)(?:, \d{4})?)?"
    r"(?: \([^)]{2,40}\))?\s*(?:--|[—–-])\s+|[A-ZА-ЯЁ]{3,}, (?:\d{1,2} [а-яё]+|[A-Z][a-z]+ \d{1,2})\. )"
)


def _after_dateline(view: str, start: int, end: int) -> int:
    """Where the news begins after "PORT LISSAU, March 9 (NWA) - "."""
    m = _DATELINE.match(view, start, min(end, start + 120))
    return m.end() if m and m.end() < end else start


class Reader:
    """Reads the sections of one page in order; keeps who was last spoken of."""

    def __init__(self, view: str, registry: Registry, default_language: str) -> None:
        self.view = view
        self.registry = registry
        self.default = default_language
        self.said: list[Said] = []
        self._section = -1
        self._commenter: Entry | None = None
        self._last: Said | None = None
        self._footage = False
        self._previous: Range | None = None
        self._turns: set[str] = set()
        self._asked: Entry | None = None

    def section(self, index: int, commenter: Entry | None) -> None:
        """Starts the article (−1) or a comment."""
        self._section, self._commenter = index, commenter
        self._last, self._footage, self._previous = None, False, None
        self.registry.enter(index)

    def paragraph(self, start: int, end: int, headline: bool = False) -> None:
        """Reads one paragraph."""
        spoken = language(self.view[start:end], self.default)
        if headline:
            kicker = _KICKER.match(self.view[start:end])
            start += kicker.end() if kicker else 0
            if self._headline_source(start, end, spoken):
                return
        start = _after_dateline(self.view, start, end)
        marks = quotes(self.view, start, end)
        asked = _TURN.match(self.view, start, min(end, start + 60))
        if asked and asked["who"] in self._turns:
            if asked["who"].casefold() in _QUESTION:
                self._asked = self.registry.focus or self._asked
                start = asked.end()
            elif self._turn(asked, start, end, spoken):
                return
        spans = sentences(self.view, start, end)
        first = len(self.said)
        rows: list[tuple[Range, list[Said], Sequence[Item]]] = []
        for n, (a, b) in enumerate(spans):
            self.registry.reach(spans[n - 1][0] if n else self._previous[0] if self._previous else start)
            here = [q for q in marks if q.start < b and a < q.end][:MAX_QUOTES]
            row: Sequence[Item] = items(tokens(self.view, a, b, here), here, self.view)
            drafts = self._drafts(row, a, b, here, spoken, headline)
            rows.append(((a, b), self._resolve(drafts, (a, b), row, here, spoken, headline), row))
            self._continue(rows[-1][0], rows[-1][1], rows, here, (start, end), spoken)
        self._before(rows, marks, first)
        for sentence, found, row in rows:
            self.said.extend(found)
            self._own(sentence, found, row, marks, spoken, headline)
        self._previous = (start, end)

    def transcript(self, paragraphs: Sequence[Range]) -> None:
        """Notes which labels ("Q:", "Orlov:") open turns of an interview: those that open more than one paragraph."""
        opened = [m for a, b in paragraphs if (m := _TURN.match(self.view, a, min(b, a + 60)))]
        labels = [m["who"] for m in opened]
        named = {label for label in labels if labels.count(label) > 1}
        self._turns = named if len(named) > 1 else set()

    def _turn(self, m: re.Match[str], start: int, end: int, spoken: str) -> bool:
        """One turn of an interview or of a transcript: every sentence of it is its speaker's."""
        label = (m.start("who"), m.end("who"))
        answers = m["who"].casefold() in _ANSWER
        speaker = (self._asked or self.registry.focus) if answers else self.registry.resolve(label)
        if speaker is None:
            return False
        for n, (a, b) in enumerate(sentences(self.view, m.end(), end)):
            said = Said(
                a,
                b,
                "continued" if n else "direct",
                speaker,
                label,
                label,
                "label",
                [(a, b)],
                False,
                (a, b),
                self._section,
                spoken,
            )
            said.chain = self._chain(said)
            self.said.append(said)
            self._last = said
        self._previous = (start, end)
        return True

    def _headline_source(self, start: int, end: int, spoken: str) -> bool:
        """ "… — Interior Ministry" and "Ministry: …", the short forms of headlines."""
        line = self.view[start:end]
        m = re.match(r"(?P<what>.{8,}?)\s+[—–-]\s+(?P<who>[^—–:]{2,40})$", line) or (
            re.match(r"(?P<who>[^:«\"“]{2,40}):\s+(?P<what>.{6,})$", line) if spoken != "en" else None
        )
        if m is None or names.side(m["who"]) == "other" or _HAPPENING.search(m["who"]):
            return False
        mention = (start + m.start("who"), start + m.end("who"))
        speaker = self.registry.resolve(mention)
        if speaker is None:
            return False
        a, b = start + m.start("what"), start + m.end("what")
        direct = _direct(a, b, quotes(self.view, start, end))
        said = Said(
            a,
            b,
            _form(self.view, a, b, direct),
            speaker,
            mention,
            None,
            "",
            direct,
            False,
            (start, end),
            self._section,
            spoken,
            True,
        )
        said.chain = self._chain(said)
        self.said.append(said)
        return True

    # --- attributed ---------------------------------------------------------------------------------------------

    def _drafts(
        self, row: Sequence[Item], a: int, b: int, marks: list[Quote], spoken: str, headline: bool
    ) -> list[Draft]:
        if spoken == "ru":
            return russian.sentence_drafts(self.view, a, b, marks)
        if spoken == "kk":
            return kazakh.sentence_drafts(self.view, a, b, marks)
        return english.sentence_drafts(row, self.view, headline)

    def _resolve(
        self, drafts: list[Draft], sentence: Range, row: Sequence[Item], marks: list[Quote], spoken: str, headline: bool
    ) -> list[Said]:
        self._notice(sentence, row, spoken, bool(drafts))
        self._lead(drafts, row, spoken)
        found: list[Said] = []
        by_draft: dict[int, Said] = {}
        for d in drafts:
            speaker = self._speaker(d, spoken)
            if speaker is _OWN:
                continue
            direct = _direct(d.start, d.end, marks)
            if d.form_direct and not direct:
                direct = [(d.start, d.end)]
            form = _form(self.view, d.start, d.end, direct)
            said = Said(
                d.start,
                d.end,
                form,
                speaker,
                d.mention,
                d.cue,
                d.lemma,
                direct,
                d.deny,
                sentence,
                self._section,
                spoken,
                headline,
            )
            if d.inside is not None and id(d.inside) in by_draft:
                said.inside = by_draft[id(d.inside)]
            by_draft[id(d)] = said
            said.chain = self._chain(said)
            relay = self.registry.resolve(d.via) if d.via is not None else None
            if relay is not None and relay not in said.chain:
                said.chain.insert(1 if speaker is not None else 0, relay)
            found.append(said)
            if not said.inside:
                self._last = said
        return found

    def _lead(self, drafts: list[Draft], row: Sequence[Item], spoken: str) -> None:
        """The sentence's own subject before "he says": "My brother's wife works there and she says …"."""
        mention = drafts[0].mention if drafts else None
        if spoken != "en" or mention is None or not row or mention[0] < row[0].start or drafts[0].start < mention[0]:
            return
        if self.view[slice(*mention)].casefold() not in ("he", "she", "they"):
            return
        at = next((k for k, item in enumerate(row) if item.start >= mention[0]), len(row))
        who = phrases.main_subject(row, at)
        if who is None or row[who[0]].start >= mention[0]:
            return
        where = (row[who[0]].start, row[who[1] - 1].end)
        phrase = self.view[slice(*where)]
        parsed = parse(phrase)
        if parsed.named and (parsed.given or self.registry.known(parsed.family)):
            self.registry.touch(self.registry.person(parsed))
        elif _KIN.search(phrase) or (self.registry.focus is None and is_human(names.head(phrase))):
            self.registry.resolve(where)

    def _chain(self, said: Said) -> list[Entry]:
        chain: list[Entry] = []
        step: Said | None = said
        while step is not None:
            if step.speaker is not None and step.speaker not in chain:
                chain.append(step.speaker)
            step = step.inside
        if self._commenter is not None and self._commenter not in chain:
            chain.append(self._commenter)
        return chain

    def _speaker(self, d: Draft, spoken: str) -> Entry | None:
        if d.mention is None:
            return None
        phrase = self.view[slice(*d.mention)]
        low = phrase.casefold().split("'")[0].split("’")[0]
        if low in ("i", "we", "я", "мы", "мен", "біз", "you", "вы"):
            return _OWN
        base = d.base
        return self.registry.resolve(d.mention, base)

    def _notice(self, sentence: Range, row: Sequence[Item], spoken: str, speaks: bool) -> None:
        """Keeps track of persons named outside quotations, so that "he" finds them."""
        a, b = sentence
        if spoken != "en":
            backed = _BACKED.search(self.view, a, b)
            if backed is not None and not speaks:
                self.registry.resolve(backed.span("who"))
                return
            if speaks:
                return
            named = self.registry.cast.opens(a, min(b, a + 70))
            if named is not None:
                self.registry.touch(self.registry.enlist(named))
                return
            m = _CYRILLIC_PERSON.match(self.view, a, min(b, a + 120))
            if m is not None and names.kind(m["who"], False) == "person":
                parsed = parse(m["who"])
                if parsed.named:
                    self.registry.touch(self.registry.person(parsed))
            return
        if spoken == "en":
            made = _MADE_REMARKS.match(self.view[a:b])
            if made and self._last is not None and self._last.speaker is not None and not self._last.speaker.family:
                self.registry.alias((a, a + made.end("who")), self._last.speaker)
                return
            about = _AS_FOR.match(self.view, a, b)
            spoken_of = self.registry.cast.opens(about.end(), about.end() + 1) if about else None
            if spoken_of is not None:
                self.registry.touch(self.registry.enlist(spoken_of))
                return
            if not row or speaks:
                return
            lead = _LEADS.match(self.view, a, b)
            opens = self.registry.cast.opens(lead.end(), lead.end() + 1) if lead else None
            if opens is not None and not _POSSESSED.match(self.view, lead.end() if lead else a, b):
                self.registry.touch(self.registry.enlist(opens))
                return
            who = phrases.main_subject(row, len(row))
            if who is None:
                verb = next((k for k in range(2, len(row)) if is_verb(row, k)), None)
                who = phrases.left_of(row, verb - 1) if verb is not None else None
                if who is None and verb is not None and is_capital(row[verb - 1]):
                    first = verb - 1
                    while first > 1 and is_capital(row[first - 1]):
                        first -= 1
                    who = (first, verb)
            if who is not None and row[who[0]].low in ("it", "there", "this", "that"):
                whole = list(_FULL_NAME.finditer(self.view, a, b))
                if whole:
                    self.registry.touch(self.registry.person(parse(whole[-1].group())))
                return
            if who is not None:
                phrase = self.view[row[who[0]].start : row[who[1] - 1].end]
                parsed = parse(phrase)
                told = parsed.role is not None and is_human(names.head(parsed.role.split(",")[0]))
                if parsed.named and (parsed.given or told or self.registry.known(parsed.family)):
                    self.registry.touch(self.registry.person(parsed))
                elif not parsed.named:
                    self.registry.notice((row[who[0]].start, row[who[1] - 1].end))

    # --- quotations without a cue -------------------------------------------------------------------------------

    def _continue(
        self,
        sentence: Range,
        found: list[Said],
        rows: list[tuple[Range, list[Said], Sequence[Item]]],
        marks: list[Quote],
        paragraph: Range,
        spoken: str,
    ) -> None:
        """Adds what a quotation in this sentence says on after an earlier sentence's cue."""
        a, b = sentence
        spoken_on = rows[-2][1][-1] if len(rows) > 1 and rows[-2][1] else None
        if (
            spoken_on is not None
            and not found
            and self.view[a] in "—–-"
            and self.view[paragraph[0]] in "—–-"
            and spoken_on.cue is not None
            and spoken_on.form in ("direct", "mixed", "continued")
        ):
            said = Said(
                a,
                b,
                "continued",
                spoken_on.speaker,
                spoken_on.mention,
                spoken_on.cue,
                spoken_on.lemma,
                [(a, b)],
                False,
                sentence,
                self._section,
                spoken,
            )
            said.chain = list(spoken_on.chain)
            found.append(said)
        for q in marks:
            s, e = max(a, q.start), min(b, q.end)
            if s >= e or any(f.start < e and s < f.end for f in found):
                continue
            if not re.search(r"\w", self.view[s:e]):
                continue
            words = len(re.findall(r"\w+", self.view[q.start : q.end]))
            source: Said | None = None
            whole = not re.search(r"\w", self.view[a:s])
            if q.start < a:
                source = next(
                    (
                        f
                        for _, fs, _ in reversed(rows[:-1])
                        for f in reversed(fs)
                        if f.start < q.end and q.start < f.end
                    ),
                    None,
                )
            elif (
                whole
                and (words >= 2 or self.view[q.end - 2 : q.end - 1] in ".!?")
                and not re.search(r"\w{3,}.*\w{3,}", self.view[e:b])
            ):
                if len(rows) > 1 and rows[-2][1]:
                    source = rows[-2][1][-1]
                elif len(rows) == 1 and self._last is not None and self._follows(paragraph):
                    source = self._last if self._last.lemma not in _RETORTS else None
            if source is None or source.cue is None or (source.cue[0] >= a):
                continue
            said = Said(
                s,
                e,
                "continued",
                source.speaker,
                source.mention,
                source.cue,
                source.lemma,
                [(s, e)],
                False,
                sentence,
                self._section,
                spoken,
            )
            said.chain = list(source.chain)
            found.append(said)

    def _follows(self, paragraph: Range) -> bool:
        """Whether a paragraph that is a quotation goes on from the one before: it ended in a quotation or a colon."""
        if self._previous is None or self._last is None:
            return False
        before = self.view[slice(*self._previous)].rstrip()
        return self._last.sentence[0] >= self._previous[0] and (
            bool(_INTRODUCES.search(before))
            or before[-1:] in '"”»'
            or self._last.form in ("direct", "mixed", "indirect", "continued")
        )

    def _before(self, rows: list[tuple[Range, list[Said], Sequence[Item]]], marks: list[Quote], first: int) -> None:
        """Gives the sentences of a quotation that stand before its cue to the same speaker."""
        for n, (sentence, found, _) in enumerate(rows):
            a, b = sentence
            for q in [q for q in marks if q.start < b and a < q.end][:MAX_QUOTES]:
                s, e = max(a, q.start), min(b, q.end)
                if s >= e or any(f.start < e and s < f.end for f in found):
                    continue
                later = next((f for _, fs, _ in rows[n + 1 :] for f in fs if f.start < q.end and q.start < f.end), None)
                if (
                    later is None
                    and not re.search(r"\w", self.view[a:s])
                    and len(re.findall(r"\w+", self.view[s:e])) >= 3
                    and n + 1 < len(rows)
                    and rows[n + 1][1]
                    and _cue_after(rows[n + 1][1][0])
                ):
                    later = rows[n + 1][1][0]
                if later is None:
                    continue
                said = Said(
                    s,
                    e,
                    "direct",
                    later.speaker,
                    later.mention,
                    later.cue,
                    later.lemma,
                    [(s, e)],
                    False,
                    sentence,
                    self._section,
                    later.language,
                )
                said.chain = list(later.chain)
                found.append(said)

    # --- the reporter's or commenter's own ----------------------------------------------------------------------

    def _own(
        self, sentence: Range, found: list[Said], row: Sequence[Item], marks: list[Quote], spoken: str, headline: bool
    ) -> None:
        a, b = sentence
        if not re.search(r"\w", self.view[a:b]):
            return
        if found:
            a = max(
                max(
                    f.end,
                    f.cue[1] if f.cue and f.cue[1] <= b else 0,
                    f.mention[1] if f.mention and f.mention[1] <= b else 0,
                )
                for f in found
            )
            m = _CONNECTIVE.match(self.view[a:b])
            if m is None or not re.search(r"\w", m.group()):
                return
            a += m.end()
            if len(re.findall(r"\w+", self.view[a:b])) < 3:
                return
        while b > a and self.view[b - 1] in ".!…;":
            b -= 1
        footage = self._is_footage(self.view[a:b], spoken) and self._commenter is None
        self._footage = footage
        if self._goes_on(sentence, found, spoken):
            return
        form = "footage_description" if footage else "authored" if self._commenter is not None else "narration"
        said = Said(a, b, form, self._commenter, None, None, "", [], False, sentence, self._section, spoken, headline)
        said.chain = [self._commenter] if self._commenter is not None else []
        self.said.append(said)

    def _is_footage(self, text: str, spoken: str) -> bool:
        if _FOOTAGE.search(text):
            return True
        return (
            self._footage
            and bool(_FOOTAGE_GOES_ON.match(text))
            and bool(_PRESENT.search(text))
            and not _PAST.search(text)
        )

    def _goes_on(self, sentence: Range, found: list[Said], spoken: str) -> bool:
        """In a comment, a bare sentence on the same doing after "Eyewitnesses say …" goes on with their account."""
        if found or self._commenter is None or not self.said:
            return False
        last = self.said[-1]
        if (
            last.speaker is None
            or last.speaker.kind == "commenter"
            or last.form not in ("indirect", "continued")
            or last.section != self._section
        ):
            return False
        if (
            last.sentence[1] > sentence[0]
            or "\n" in self.view[last.sentence[1] : sentence[0]]
            or last.speaker.side not in ("witness", "medical", "protesters")
        ):
            return False
        before = re.match(r"(?:the |some )?(\w+)", self.view[last.start : last.end], re.I)
        now = re.match(r"(?:the |they\b)?\s?(\w+)", self.view[sentence[0] : sentence[1]], re.I)
        if not before or not now or before.group(1).casefold() != now.group(1).casefold():
            return False
        end = sentence[1]
        while end > sentence[0] and self.view[end - 1] in ".!…":
            end -= 1
        said = Said(
            sentence[0],
            end,
            "continued",
            last.speaker,
            last.mention,
            last.cue,
            last.lemma,
            [],
            False,
            sentence,
            self._section,
            spoken,
        )
        said.chain = list(last.chain)
        self.said.append(said)
        return True


#: Marks a first-person reporting verb: the writer's own voice, no statement of another.
_OWN = Entry("", None, "other", "person", True, False, "own voice")


def _cue_after(said: Said) -> bool:
    """Whether a quotation comes before its cue: "…," he said."""
    return said.form == "direct" and said.cue is not None and said.start < said.cue[0]


def _direct(start: int, end: int, marks: list[Quote]) -> list[Range]:
    return [(max(start, q.start), min(end, q.end)) for q in marks if q.start < end and start < q.end]


def _form(view: str, start: int, end: int, direct: list[Range]) -> str:
    if not direct:
        return "indirect"
    rest = (
        view[start : direct[0][0]]
        + "".join(view[x[1] : y[0]] for x, y in itertools.pairwise(direct))
        + view[direct[-1][1] : end]
    )
    outside = len(re.findall(r"\w+", rest))
    if outside == 0:
        return "direct"
    inside = sum(len(re.findall(r"\w+", view[s:e])) for s, e in direct)
    return (
        "direct"
        if len(direct) > 1 and outside <= 6 and inside >= outside and start == direct[0][0] and end == direct[-1][1]
        else "mixed"
    )
