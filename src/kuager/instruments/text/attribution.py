"""From paragraphs to statements: attributions, quotations that go on without a cue, and what is left."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kuager.instruments.text.continuing import MAX_QUOTES
from kuager.instruments.text.english import drafts as english
from kuager.instruments.text.english.bounds import Draft
from kuager.instruments.text.english.items import Item, items
from kuager.instruments.text.kazakh import drafts as kazakh
from kuager.instruments.text.language import language
from kuager.instruments.text.layers.proposed import Proposed
from kuager.instruments.text.russian import drafts as russian
from kuager.instruments.text.said import Said, direct_spans, form_of
from kuager.instruments.text.sentences import Quote, quotes, sentences, tokens
from kuager.instruments.text.who import names
from kuager.instruments.text.who.entry import Entry
from kuager.instruments.text.who.pointing import Pointing
from kuager.instruments.text.who.speakers import OWN

Range = tuple[int, int]


_KICKER = re.compile(
    r"(?:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ\-]{5,}(?: [A-ZА-ЯЁӘҒҚҢӨҰҮҺІ\-]{2,}){0,3}(?: \([A-Z]{3,}\))?|(?:Video"
    r"|LIVE|Watch|Update|Exclusive|Analysis|Opinion|Live|Breaking|Photos?|Interview|Profile|Obituary|Explainer|Comment|Letters|Transcript|Timeline|Видео|Фото|Срочно)):\s+(?=\S)"
)


_HAPPENING = re.compile(
    r"(?:наразылық|ереуіл\w{0,3}|митинг\w*|протест\w*|забастовк\w*|қақтығыс|акци\w+|выбор\w+|сайлау|суд над.*"
    r"|protests?|strike|rally|trial)$",
    re.I,
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


#: What stands for words and is none.
_POINTER = re.compile(r"(?:it|this|that|him|her|them|so|as much)", re.I)
#: The hour that an entry of a live blog opens with.
_CLOCK = re.compile(
    r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: (?:GMT|BST|UTC|ET|EST|EDT|CET))?:?(?: [-–—])?\s+"
    r"(?=[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ\"“«])",
    re.I,
)


#: "PORT LISSAU: The mayor said …", "Lissau: The mayor said …": a place and a colon before a sentence.
_PLACE = re.compile(r"(?P<place>[A-Z][\w.'’\-]+(?:[ /][A-Z][\w.'’\-]+){0,2}(?:, [A-Z][\w.]+)?):\s+(?=[A-Z])")


def _after_dateline(view: str, start: int, end: int, first: bool = False) -> int:
    """Where the news begins after "PORT LISSAU, March 9 (NWA) - "; ``first`` for the article's first paragraph."""
    place = _PLACE.match(view, start, min(end, start + 50))
    if place and (first or place["place"].isupper()) and names.side(place["place"]) == "other":
        return place.end()
    clock = _CLOCK.match(view, start, min(end, start + 20))
    if clock and clock.end() < end:
        return clock.end()
    m = _DATELINE.match(view, start, min(end, start + 120))
    return m.end() if m and m.end() < end else start


class Reader(Pointing):
    """Reads the sections of one page in order; keeps who was last spoken of. ``proposed`` is what layers add."""

    proposed = Proposed()

    def section(self, index: int, commenter: Entry | None) -> None:
        """Starts the article (−1) or a comment."""
        self._section, self._commenter = index, commenter
        self._last, self._footage, self._previous = None, False, None
        self.registry.enter(index)

    def paragraph(self, start: int, end: int, headline: bool = False) -> None:
        """Reads one paragraph."""
        if not self.default:
            self._unread(start, end, headline)
            return
        spoken = language(self.view[start:end], self.default)
        if headline:
            kicker = _KICKER.match(self.view[start:end])
            start += kicker.end() if kicker else 0
            if self._headline_source(start, end, spoken):
                return
        if not headline and not self._labelled(start, end):
            start = _after_dateline(self.view, start, end, start == self.registry.start)
        if not headline and self._announced(start, end, spoken):
            return
        marks = quotes(self.view, start, end)
        asked = _TURN.match(self.view, start, min(end, start + 60))
        if asked and asked["who"] in self._turns:
            if asked["who"].casefold() in _QUESTION:
                self._asked = self._asked or self.registry.focus
                start = asked.end()
            elif self._turn(asked, start, end, spoken):
                return
        spans = sentences(self.view, start, end)
        first = len(self.said)
        rows: list[tuple[Range, list[Said], Sequence[Item]]] = []
        silent = self._spoken(spans, spoken)
        for n, (a, b) in enumerate(spans):
            self.registry.reach(spans[n - 1][0] if n else self._previous[0] if self._previous else start, start, a)
            here = [q for q in marks if q.start < b and a < q.end][:MAX_QUOTES]
            row: Sequence[Item] = items(tokens(self.view, a, b, here), here, self.view)
            drafts = self._drafts(row, a, b, here, spoken, headline) if n not in silent else []
            drafts += self.proposed.drafts(a, b, drafts)
            rows.append(((a, b), self._resolve(drafts, (a, b), row, here, spoken, headline), row))
            self._continue(rows[-1][0], rows[-1][1], rows, here, (start, end), spoken)
            self._point(rows, (a, b), here, spoken)
        self._before(rows, marks, first)
        self._spoken_line(rows, (start, end), spoken)
        for sentence, found, row in rows:
            self.said.extend(found)
            self._own(sentence, found, row, marks, spoken, headline)
        if spoken == "en" and not headline:
            self._announce(rows, end)
        self._previous = (start, end)

    def _labelled(self, start: int, end: int) -> bool:
        """Whether a paragraph opens with the label of a turn, or with the name of somebody on the page."""
        m = _TURN.match(self.view, start, min(end, start + 60))
        return m is not None and (m["who"] in self._turns or bool(self.registry.cast.opens(start, m.end())))

    def _unread(self, start: int, end: int, headline: bool) -> None:
        """A paragraph of a page in none of the languages that are read: what layers propose, and the writer's rest."""
        marks = quotes(self.view, start, end)
        for a, b in sentences(self.view, start, end):
            found = self._resolve(self.proposed.drafts(a, b, []), (a, b), (), marks, "", headline)
            self.said.extend(found)
            self._own((a, b), found, (), marks, "", headline)

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
            said.by = "turn"
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
        known = m is not None and spoken != "en" and names.cyrillic_kind(m["who"]) != ""
        if m is None or (names.side(m["who"]) == "other" and not known) or _HAPPENING.search(m["who"]):
            return False
        mention = (start + m.start("who"), start + m.end("who"))
        speaker = self.registry.resolve(mention)
        if speaker is None:
            return False
        a, b = start + m.start("what"), start + m.end("what")
        direct = direct_spans(a, b, quotes(self.view, start, end))
        said = Said(
            a,
            b,
            form_of(self.view, a, b, direct),
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
        said.by = self.registry.by
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
        self._notice(sentence, row, spoken, drafts)
        self._lead(drafts, row, spoken)
        found: list[Said] = []
        by_draft: dict[int, Said] = {}
        for d in drafts:
            speaker = self._speaker(d, spoken)
            if speaker is OWN:
                continue
            if _POINTER.fullmatch(self.view, d.start, d.end):
                if speaker is not None:
                    speaker.spoke = sentence[0]
                continue  # "denied it"
            direct = direct_spans(d.start, d.end, marks)
            if d.form_direct and not direct:
                direct = [(d.start, d.end)]
            form = form_of(self.view, d.start, d.end, direct)
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
            said.by = self.registry.by if speaker is not None else ""
            said.read_by = d.read_by
            if speaker is not None:
                speaker.spoke = sentence[0]
            if d.inside is not None and id(d.inside) in by_draft:
                said.inside = by_draft[id(d.inside)]
            by_draft[id(d)] = said
            said.chain = self._chain(said)
            relay = self.registry.resolve(d.via) if d.via is not None else None
            if relay is not None and relay not in said.chain:
                said.chain.insert(1 if speaker is not None else 0, relay)
                self.registry.touch(speaker)
            found.append(said)
            if not said.inside:
                self._last = said
        main = next((said for said in reversed(found) if said.inside is None), None)
        if main is not None and main is not found[-1]:
            self.registry.touch(main.speaker)  # who tells what another said is who speaks next
        return found

    # --- quotations without a cue -------------------------------------------------------------------------------

    # --- the reporter's or commenter's own ----------------------------------------------------------------------
