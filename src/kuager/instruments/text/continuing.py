"""Quotations that stand without a cue of their own: they go on from one before, or wait for one behind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kuager.instruments.text.english import phrases
from kuager.instruments.text.english.items import Item
from kuager.instruments.text.english.lexicon import CUES
from kuager.instruments.text.said import Said, cue_after
from kuager.instruments.text.sentences import Quote, quotes
from kuager.instruments.text.who.roles import SOMEONE
from kuager.instruments.text.who.speakers import Speakers

Range = tuple[int, int]

_INTRODUCES = re.compile(r":\s*$")


#: Cues of a dialogue: who speaks next without a cue is somebody else.
_RETORTS = frozenset("retort reply respond answer counter ask interject interrupt wonder".split())


#: More quotations than any sentence that people write; a bound on hostile ones.
MAX_QUOTES = 40


#: "He paused.": the quotation after it goes on.
_PAUSE = re.compile(r"(?:He|She|They) (?:\w+ ){0,2}\w+(?:ed|ung|ook)(?: [\w' ]{1,40})?\.")


def _outer(found: list[Said]) -> Said:
    """The last statement of a sentence that stands in no other: who goes on speaking."""
    return next((said for said in reversed(found) if said.inside is None), found[-1])


#: Sentences after which somebody is quoted: "Pollock went further.", "Mehr took to Twitter to …".
_SPEAKS_UP = re.compile(
    r"\b(?:went further|took to (?:Twitter|Facebook|social media|the airwaves)|was (?:more|less|equally|not|un)\w* ?\w+"
    r"|was \w+er|(?:dis)?agreed|elaborated|hit back|fired back|pushed back|weighed in|concurred|demurred|took issue"
    r"|struck a [\w-]+ (?:tone|note)|sounded a [\w-]+ note|had (?:a|this|some) \w+|did not mince (?:his |her )?words)\b"
    r"[^.;:“\"]{0,80}\.?$"
)


class Continuing(Speakers):
    """Gives quotations without a cue to whom they belong, or to nobody."""

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
            said.by = "within the paragraph"
            found.append(said)
        for q in marks:
            s, e = max(a, q.start), min(b, q.end)
            if s >= e or any(f.start < e and s < f.end for f in found):
                continue
            if not re.search(r"\w", self.view[s:e]):
                continue
            words = len(re.findall(r"\w+", self.view[q.start : q.end]))
            source: Said | None = None
            by = "within the quotation"
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
                and not (spoken != "en" and self._awaits(q, b, paragraph))
                and (words >= 2 or self.view[q.end - 2 : q.end - 1] in ".!?")
                and not re.search(r"\w{3,}.*\w{3,}", self.view[e:b])
            ):
                by = "within the paragraph"
                if len(rows) > 1 and rows[-2][1]:
                    source = _outer(rows[-2][1])
                elif (
                    len(rows) > 2
                    and rows[-3][1]
                    and (_PAUSE.fullmatch(self.view, *rows[-2][0]) or self._one_voice(rows))
                ):
                    source = _outer(rows[-3][1])
                elif (
                    len(rows) == 1
                    and self._last is not None
                    and self._follows(paragraph, spoken)
                    and not self._heads(paragraph)
                ):
                    open_ended = any(not q.closed for q in quotes(self.view, *(self._previous or (0, 0)))[-1:])
                    source = self._last if open_ended or self._last.lemma not in _RETORTS else None
                    by = "from the paragraph before"
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
            said.by = by
            found.append(said)
            if by == "from the paragraph before":
                self._last = said  # a third paragraph goes on from the second

    def _awaits(self, quote: Quote, end: int, paragraph: Range) -> bool:
        """Whether a quotation of several sentences has a cue of its own behind it: "…," said, «…», — сказал."""
        if quote.end <= end or not quote.closed:
            return False
        behind = re.match(r"\s*,?\s*[—–-]+\s*\w", self.view[quote.end : paragraph[1]])
        return behind is not None or self.view[quote.end - 2] == ","

    def _announce(self, rows: list[tuple[Range, list[Said], Sequence[Item]]], end: int) -> None:
        """Notes whose the quotation of the next paragraph is: "Asked about it, Lane said:", "Lane went further."."""
        (a, b), found, row = rows[-1] if rows else ((end, end), [], ())
        colon = self.view[a:end].rstrip().endswith(":")
        speaks_up = _SPEAKS_UP.search(self.view, a, b)
        if found or not row or not (colon or speaks_up):
            return
        cue = next((k for k in range(len(row) - 1, 0, -1) if row[k].low in CUES), None)
        who = phrases.left_of(row, cue - 1) if colon and cue is not None and cue >= len(row) - 3 else None
        if who is None and speaks_up is not None:
            verb = next((k for k in range(1, len(row)) if row[k].start >= speaks_up.start()), None)
            who = phrases.left_of(row, verb - 1) if verb is not None else None
        who = who or phrases.main_subject(row, len(row))
        if who is None:
            return
        mention = (row[who[0]].start, row[who[1] - 1].end)
        speaker = self.registry.resolve(mention)
        if speaker is None or speaker.kind != "person" or not speaker.family:
            return
        at = (row[who[1] - 1].end, b)
        self._last = Said(a, b, "direct", speaker, mention, at, "say", [], False, (a, b), self._section, "en")
        self._last.chain = self._chain(self._last)

    def _heads(self, paragraph: Range) -> bool:
        """Whether a quotation that is a whole paragraph is a heading: short, and without a full stop."""
        words = self.view[slice(*paragraph)].strip()
        return len(words.split()) <= 8 and not re.search(r"[.,!?…]\W*$", words)

    def _one_voice(self, rows: list[tuple[Range, list[Said], Sequence[Item]]]) -> bool:
        """Whether one person alone is quoted in a paragraph, and the sentence between is short and names nobody."""
        (a, b), found, _ = rows[-2]
        speakers = {id(s.speaker) for _, said, _ in rows[:-1] for s in said}
        last = rows[-3][1][-1]
        return (
            not found
            and len(speakers) == 1
            and last.speaker is not None
            and last.form in ("direct", "continued", "mixed")
            and len(re.findall(r"\w+", self.view[a:b])) <= 10
            and not self.registry.cast.mentioned(a - 1, b)
            and not self.registry.cast.strangers(a - 1, b)
            and not SOMEONE.search(self.view, a, b)
        )

    def _goes_on_after(self, paragraph: Range) -> bool:
        """Whether a paragraph is nothing but quotations and the one before ended with somebody's own words."""
        last = self._last
        if last is None or self._previous is None or last.speaker is None or last.speaker.kind not in ("person", ""):
            return False
        marks = quotes(self.view, *paragraph)
        edges = [paragraph[0], *(x for q in marks for x in (q.start, q.end)), paragraph[1]]
        outside = "".join(self.view[x:y] for x, y in zip(edges[::2], edges[1::2], strict=True))
        return not re.search(r"\w{2}", outside) and last.sentence[1] >= self._previous[1] - 2

    def _follows(self, paragraph: Range, spoken: str) -> bool:
        """Whether a paragraph that is a quotation goes on from the one before: it ended in a quotation or a colon."""
        if self._previous is None or self._last is None:
            return False
        before = self.view[slice(*self._previous)].rstrip()
        if spoken != "en" and not self._goes_on_after(paragraph):
            return False
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
                    and cue_after(rows[n + 1][1][0])
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
                said.by = "before its cue"
                found.append(said)
