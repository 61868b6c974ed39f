"""Sentences that only point at who said the one before ("Об этом сообщил аким"), and lines of speech behind a dash."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kuager.instruments.text.english.items import Item
from kuager.instruments.text.kazakh import drafts as kazakh
from kuager.instruments.text.own_voice import OwnVoice
from kuager.instruments.text.russian import relays as russian_relays
from kuager.instruments.text.russian import words as russian_words
from kuager.instruments.text.said import Said, direct_spans, form_of
from kuager.instruments.text.sentences import Quote, quotes, sentences
from kuager.instruments.text.who.entry import Entry

Range = tuple[int, int]
Rows = list[tuple[Range, list[Said], Sequence[Item]]]

#: Who speaks for himself: what a paragraph without marks must hold to be read as speech before ", — деді X".
_FIRST_PERSON = re.compile(
    r"(?<!\w)(?:я|мы|мне|меня|нам|нас|мной|нами|мой|моя|моё|мои|мою|моего|моей|наш|наша|наше|наши|нашу|нашего|нашей|наших"
    r"|мен|маған|мені|менің|біз|бізге|бізді|біздің|бізде)(?!\w)"
    r"|(?:м[ыі]з|п[ыі]з|б[ыі]з|д[ыі]қ|т[ыі]қ|дік|тік|[ае]м[ыі]н|[ыі]п[еа]м|ғанм[ыі]н|генм[ыі]н)(?=[\s,.!?…])",
    re.I,
)

_CUE_BEHIND_DASH = {
    "ru": re.compile(
        rf"(?<![»\"”])[,?!…]\s*[—–-]\s*(?:[а-яё]+о\s+)?(?:{russian_words.VERB}|переда[её]т слова|цитирует)(?!\w)", re.I
    ),
    "kk": re.compile(r"(?<![»\"”])[,?!…]\s*[—–-]\s*(?:деді|дейді|деп|деген|дейтін|дестік|деді)(?!\w)", re.I),
}

_UPPER = "А-ЯЁӘҒҚҢӨҰҮҺІ"
#: "Азамат, студент:", alone in a line.
_LABEL_LINE = re.compile(
    rf"\s*(?P<who>[{_UPPER}][\w\-]+(?:\s[{_UPPER}][\w\-]+){{0,2}}(?:,\s[а-яёәғқңөұүһі][^.:!?«»\"\n]{{2,60}})?):\s*"
)


class Pointing(OwnVoice):
    """Gives a sentence to whom the next one names, and the sentences of a spoken line to who speaks its last."""

    #: Who was announced by a line of their own, and where.
    _next: tuple[Entry, Range] | None = None

    def _point(self, rows: Rows, sentence: Range, marks: list[Quote], spoken: str) -> None:
        """ "Об этом сообщил X": the sentence before was X's."""
        if spoken == "ru":
            pointer = russian_relays.pointer(self.view, *sentence, marks)
        elif spoken == "kk":
            pointer = kazakh.pointer(self.view, *sentence, marks)
        else:
            return
        if pointer is None:
            return
        speaker = self.registry.resolve(pointer.mention, pointer.base)
        relay = self.registry.resolve(pointer.via) if pointer.via is not None else None
        if speaker is None:
            return
        self.registry.touch(speaker)
        speaker.spoke = sentence[0]
        before = rows[-2][1] if len(rows) > 1 else self._said_before(sentence)
        if before:
            last = before[-1]
            if last.form != "narration":
                if speaker.kind != "person" and last.speaker is not None and speaker not in last.chain:
                    last.chain.append(speaker)
                return
            said = last
        elif len(rows) > 1:
            a, b = rows[-2][0]
            while b > a and self.view[b - 1] in ".!…;":
                b -= 1
            said = Said(a, b, "", None, None, None, "", [], False, rows[-2][0], self._section, spoken)
            rows[-2][1].append(said)
        else:
            return
        here = quotes(self.view, said.start, said.end)
        said.direct = direct_spans(said.start, said.end, here)
        said.form = form_of(self.view, said.start, said.end, said.direct)
        said.speaker, said.mention, said.cue, said.by = speaker, pointer.mention, pointer.cue, "pointed at"
        said.chain = self._chain(said)
        if relay is not None and relay not in said.chain:
            said.chain.insert(1, relay)

    def _announced(self, start: int, end: int, spoken: str) -> bool:
        """ "Азамат, студент:" alone in a line, and the paragraph behind it: every sentence of that is Азамат's."""
        who, self._next = self._next, None
        if spoken == "en":
            return False
        label = _LABEL_LINE.fullmatch(self.view, start, end)
        if label is not None:
            speaker = self.registry.resolve(label.span("who"))
            named = speaker is not None and speaker.kind == "person" and not speaker.anonymous
            self._next = (speaker, label.span("who")) if speaker is not None and named else None
            return self._next is not None
        if who is None:
            return False
        for n, (a, b) in enumerate(sentences(self.view, start, end)):
            form = "continued" if n else "direct"
            said = Said(a, b, form, who[0], who[1], who[1], "label", [(a, b)], False, (a, b), self._section, spoken)
            said.by = "turn"
            said.chain = self._chain(said)
            self.said.append(said)
            self._last = said
        self._previous = (start, end)
        return True

    def _said_before(self, sentence: Range) -> list[Said]:
        """What ends right before a paragraph: the last sentence of the one before, where nobody else was read there."""
        if not self.said or self._previous is None:
            return []
        last = self.said[-1]
        near = last.section == self._section and self.view[last.end : sentence[0]].strip(' \n\t.!…»"”') == ""
        return [last] if near and not last.headline else []

    def _spoken(self, spans: Sequence[Range], spoken: str) -> range:
        """Which sentences of a paragraph are spoken, from a dash on, before the one that tells by whom."""
        cue = _CUE_BEHIND_DASH.get(spoken)
        first = next((n for n, (a, _) in enumerate(spans) if re.match(r"[—–-]\s", self.view[a : a + 2])), None)
        if cue is None or first is None:
            return range(0)
        if first and cue.search(self.view, *spans[first - 1]):
            return range(0)  # "…, — сказал он. — Потом ушёл"
        last = next((n for n in range(first, len(spans)) if cue.search(self.view, *spans[n])), first)
        return range(first, last)

    def _spoken_line(self, rows: Rows, paragraph: Range, spoken: str) -> None:
        """ "— Мы ждали. Никто не пришёл, — сказал X.": the whole line is X's, from the dash on."""
        if spoken == "en" or len(rows) < 2:
            return
        line = self._spoken([sentence for sentence, _, _ in rows], spoken)
        if line:
            rows = rows[line.start : line.stop + 1]
        dashed = bool(line)
        if not dashed and not _FIRST_PERSON.search(self.view, *paragraph):
            return
        if not dashed and any(c in '«"“„' for c in self.view[slice(*paragraph)]):
            return
        n = next((n for n, (_, found, _) in enumerate(rows) if found), None)
        if n is None or (not dashed and n != len(rows) - 1):
            return
        last = rows[n][1][0]
        if last.cue is None or last.cue[0] < last.end or not self._dash_before(last):
            return
        for (a, b), found, _ in rows[:n]:
            a = a + 1 if self.view[a] in "—–-" else a
            while a < b and self.view[a].isspace():
                a += 1
            if not re.search(r"\w", self.view[a:b]):
                continue
            said = Said(
                a,
                b,
                "direct",
                last.speaker,
                last.mention,
                last.cue,
                last.lemma,
                [(a, b)],
                False,
                (a, b),
                self._section,
                spoken,
            )
            said.chain = list(last.chain)
            said.by = "before its cue"
            found.append(said)
        if last.form == "indirect":
            last.form, last.direct = "direct", [(last.start, last.end)]

    def _dash_before(self, said: Said) -> bool:
        """Whether a dash stands between what is said and the verb: "…, — сказал"."""
        return said.cue is not None and re.search(r"[—–-]", self.view[said.end : said.cue[0]]) is not None
