"""What nobody is quoted with: the reporter's narration, a commenter's own words, descriptions of footage."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kuager.instruments.text.continuing import Continuing
from kuager.instruments.text.english.items import Item
from kuager.instruments.text.said import Said
from kuager.instruments.text.sentences import Quote, quotes

Range = tuple[int, int]

_FOOTAGE = re.compile(
    r"\b(?:video"
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


_CONNECTIVE = re.compile(
    r"^[\s,;:—–\-.)\]\"”»’]*(?:(?:but|and|although|though|while|whereas|however|yet|even though"
    r"|но|а|однако|хотя|при этом|и|бірақ|алайда|дегенмен)[\s,]+)*",
    re.I,
)


#: A clause of the writer's own and what joins the attributed one to it.
_BEFORE = re.compile(
    r"(?P<own>\W*\w+(?:[^\w;]+\w+){3,})"
    r"(?:, (?:but|and|though|although|while|yet|however|но|а|однако|хотя|бірақ|алайда)|;"
    r"(?: however,)?)\s+",
    re.I,
)


class OwnVoice(Continuing):
    """Gives what is left of a sentence to whoever writes."""

    def _own(
        self, sentence: Range, found: list[Said], row: Sequence[Item], marks: list[Quote], spoken: str, headline: bool
    ) -> None:
        a, b = sentence
        if not re.search(r"\w", self.view[a:b]):
            return
        if found:
            self._own_before(sentence, found, spoken, headline)
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

    def _own_before(self, sentence: Range, found: list[Said], spoken: str, headline: bool) -> None:
        """The writer's clause before an attributed one: "Nine people died, but the mayor said …"."""
        a = sentence[0]
        b = min(x for f in found for x in (f.start, *(y[0] for y in (f.cue, f.mention) if y)) if x >= a)
        m = _BEFORE.fullmatch(self.view, a, b) if b - a <= 600 else None
        if m is None or self._commenter is not None or any(q.start < b for q in quotes(self.view, a, b)):
            return
        end = m.end("own")
        said = Said(a, end, "narration", None, None, None, "", [], False, sentence, self._section, spoken, headline)
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
        said.by = "within the paragraph"
        self.said.append(said)
        return True
