"""Attribution in English by rules: reporting verbs with their subjects, "according to", claims as nouns, quotations.

The span of a statement is the longest run of one speaker's words or thought under one cue inside one sentence; a
clause in which the reporter speaks again ("…, but the number appears to be higher") is cut off, since the worst
error is the wrong mouth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kuager.instruments.text.english.bounds import Draft
from kuager.instruments.text.english.forms import Forms
from kuager.instruments.text.english.items import Item
from kuager.instruments.text.english.lexicon import (
    CUES,
    INANIMATE,
    PREPOSITIONS,
    PRONOUNS,
)
from kuager.instruments.text.english.order import RETORTS
from kuager.instruments.text.english.participles import CONTENT
from kuager.instruments.text.who.behind import right_of

Range = tuple[int, int]

#: More than any sentence that people write; a bound on hostile ones.
MAX_DRAFTS = 10
#: Statements inside statements of one sentence.
MAX_INNER = 4


#: What "it" does when a ministry or a company stands behind it.
_BODIES_DO = frozenset(
    "say add note warn announce claim insist argue deny confirm report promise vow pledge urge acknowledge allege"
    " call-for accuse stress emphasize reiterate admit concede blame".split()
)


_DOCUMENT = re.compile(
    r"\b(?:polls?|surveys?|study|studies|reports?|documents?|records|emails|e-mails|data|figures"
    r"|texts|messages|letters?|review|investigation|inquiry|audit|analysis|memo|tapes?|transcripts?|filings?)\b",
    re.I,
)


def sentence_drafts(sentence: Sequence[Item], text: str, headline: bool = False) -> list[Draft]:
    """The attributed statements of one sentence, in the order of their cues; nested ones know what they stand in."""
    reader = _Sentence(sentence, text, headline)
    return reader.read()


#: Nouns whose content follows a copula: "the government's position is that …".
_HELD = frozenset("position line message stance case response answer defence defense point".split())
#: "put the toll at 21", "raised the death toll to 38".
_GIVES = frozenset("put puts putting raised lowered revised updated increased cut sets raises revises".split())


def _outer_first(drafts: list[Draft], text: str) -> list[Draft]:
    """ "A nurse told him that …, he said": his words hold hers, although her cue comes first."""
    ordered: list[Draft] = []
    for d in drafts:
        at = len(ordered)
        behind = d.cue is not None and d.mention is not None and "," in text[d.end : d.mention[0]]
        over = [o for o in ordered if behind and o.cue and d.start <= o.cue[1] <= o.start < d.end < o.end]
        if over and d.cue is not None and all(d.cue[1] <= o.end for o in over):  # "X endorsed Y, the Ledger reports"
            at = ordered.index(over[0])
            for o in over:
                o.end = d.end
        elif d.mention and text[slice(*d.mention)].casefold() in PRONOUNS:
            held = (
                k for k, o in enumerate(ordered) if o.mention and o.cue and d.start <= o.mention[0] and o.end <= d.end
            )
            at = next(held, at)
        ordered.insert(at, d)
    return ordered


#: Only people do so; of anything else they are said in another sense.
_OF_PEOPLE = frozenset("imply suggest indicate hint signal hope fear doubt suspect worry".split())
#: What shows something and says nothing.
_MUTE = frozenset("mood tone silence smile gesture weather price prices market markets".split())
_MAKES = frozenset("made makes make making".split())
_RETORTING = frozenset(v for v, _ in RETORTS)
_TOLD = frozenset("told assured informed warned".split())


_IS = frozenset("is was remains remained".split())
#: Words at which a statement may be found; of any other there is nothing to ask but whether "that" follows.
_KEYS = (
    _RETORTING
    | _MAKES
    | _TOLD
    | CONTENT
    | _HELD
    | _GIVES
    | CUES.keys()
    | {"according", "per", "attributing", "quoting"}
)


def items_by(items: Sequence[Item], i: int) -> bool:
    """Whether the form at ``i`` is a passive with its doer: "been told by"."""
    return items[i - 1].low in ("been", "was", "were", "being") and i + 1 < len(items) and items[i + 1].low == "by"


class _Sentence(Forms):
    """One sentence being read."""

    def read(self) -> list[Draft]:
        n = len(self.items)
        if n < 3:
            return []
        self._label()
        self._introduced()
        lows = [item.low for item in self.items]
        for i, low in enumerate(lows):
            if len(self.drafts) >= MAX_DRAFTS:
                break
            holds = low not in _KEYS and 0 < i < n - 2 and lows[i + 1] == "that"
            if not (holds or low in _KEYS) or any(a <= i < b for a, b in self.taken):
                continue
            if holds:
                self._held_that(i)
            elif low == "according" and lows[i + 1 : i + 2] == ["to"]:
                self._according(i)
            elif low == "per" and i and lows[i - 1] == "as":
                self._according(i - 1)
            elif (low in _RETORTING and self._retort(i)) or (low in _MAKES and self._made_clear(i)):
                pass
            elif low in ("attributing", "quoting") and i and lows[i - 1] == ",":
                self._sourced(i)
            elif low in _TOLD and i and items_by(self.items, i):
                self._told_by(i)
            elif low in _TOLD and i and self._was_told(i):
                pass
            elif low in CUES and not (low in CONTENT and self._not_a_verb(i)):
                self._verb(i)
            elif low in CONTENT or (low in _HELD and lows[i + 1 : i + 2] and lows[i + 1] in _IS and i + 2 < n):
                self._nominal(i)
            if low in _GIVES and i + 1 < n:
                self._put(i)
        for q, item in enumerate(self.items):
            if item.quote is None or item.words < 2 or len(self.drafts) >= MAX_DRAFTS:
                continue
            if not any(d.start < item.end and item.start < d.end for d in self.drafts):
                self._manner(q)
        return self._nested(self.drafts)

    def _verb(self, i: int) -> None:
        items = self.items
        if items[i].low in ("saying", "writing", "telling") and self._quoted_as(i):
            return
        if items[i].low in ("read", "reads") and self._read_out(i):
            return
        if self._not_a_verb(i):
            return
        cues = CUES[items[i].low]
        form = cues[0].form
        inverted = self._inverted(i, cues)
        if inverted:
            return
        who, finite = self._subject(i, form)
        if who is None:
            return
        head = items[who[1] - 1].low
        lemma = cues[0].lemma
        if who[0] and items[who[0] - 1].low == "what" and self._what_called(i, who, cues):
            return
        if re.search(
            r"\b(?:version|edition) of (?:this|the|our) (?:report|article|story|post)\b",
            self.text[items[who[0]].start : items[who[1] - 1].end],
        ):
            return
        found = head == "it" and lemma == "find" and i + 1 < len(items) and items[i + 1].quote is not None
        if not found and (
            lemma in ("show", "find", "discover", "learn", "determine")
            and not _DOCUMENT.search(self.text[items[who[0]].start : items[who[1] - 1].end])
            and not (lemma != "show" and self._human(who))
        ):
            return
        if lemma in ("request", "demand", "ask") and re.match(
            r"\s*(?:anonymity|not to be|to remain anonymous|that (?:his|her|their|its) (?:\w+ )?(?:names?|identit))",
            self.text[items[i].end : items[i].end + 60],
        ):
            return
        if lemma == "point" and i + 4 < len(items) and [x.low for x in items[i + 1 : i + 4]] == ["to", "the", "fact"]:
            fact = i + 4 + (items[i + 4].low == "that")
            self._add(who, (i, i + 1), fact, self._content_end(fact), cues[0])
            return
        if lemma == "point" and not (i + 1 < len(items) and items[i + 1].low == "out" and form != "ing"):
            return
        if items[next((k for k in range(*who) if items[k].low in PREPOSITIONS), who[1]) - 1].low in _MUTE:
            return  # "the mood of his speech said"
        speaking = not (head in INANIMATE and len(range(*who)) <= 6) or (head == "it" and lemma in _BODIES_DO) or found
        if not speaking and lemma not in ("say",):
            return
        if lemma in _OF_PEOPLE and not self._human(who):
            return
        if finite and self._postposed(i, who, cues):
            self.subject = who
            return
        asked = who[0] > 0 and items[who[0] - 1].low in ("if", "whether")
        for cue in cues:
            if asked and cue.kind == "judge":
                continue  # "asked if he backed the plan"
            start = self._complement(i, cue, who)
            if start is None:
                continue
            end = self._content_end(start, i)
            opening = next((k for k in range(i - 1, 0, -1) if items[k].low == ","), 0)
            if opening and items[opening + 1].low in ("who", "whose") and i - opening < 14:
                end = next((k + (items[k].low != ",") for k in range(start, end) if self._pauses(k)), end)
            one_word = cue.kind == "judge" or (cue.lemma == "deny" and not self.headline)
            if end - start < 1 or (end - start < 2 and items[start].quote is None and not one_word):
                continue
            self.subject = who
            drafted = len(self.drafts)
            self._add(
                who,
                (i, i + 1),
                start,
                end,
                cue,
                deny=cue.lemma in ("deny", "reject", "dispute", "refute", "rebut", "disavow"),
            )
            if i + 1 < len(items) and items[i + 1].low == "through" and len(self.drafts) > drafted:
                via = right_of(items, i + 2)
                if via is not None and self._human(via):
                    self.drafts[-1].via = (items[via[0]].start, items[via[1] - 1].end)
            return
        passive = cues[0].kind == "judge" and i + 1 < len(items) and items[i + 1].low in PREPOSITIONS
        if finite and not passive:  # "an inquiry into a man accused of theft"
            self.subject = who

    def _nested(self, drafts: list[Draft]) -> list[Draft]:
        """Statements inside statements: kept where somebody else is plainly quoted in them, else dropped."""
        kept: list[Draft] = []
        for d in _outer_first(drafts, self.text):
            assert d.cue is not None
            if any(o.mention and d is not o and o.mention[0] <= d.cue[0] < o.mention[1] for o in drafts):
                continue  # "a guard, who asked not to be named because he feared reprisals, said"
            outer = next((o for o in kept if o.start <= d.cue[0] and d.cue[1] <= o.end), None)
            if outer is not None:
                if (
                    d.kind not in ("say", "tell")
                    or d.lemma in ("hope", "fear", "doubt", "believe", "think", "assume")
                    or d.mention == outer.mention
                    or sum(k.inside is not None for k in kept) >= MAX_INNER
                ):
                    continue
                d.inside = outer
            elif any(o.start <= d.start < o.end and o.end - d.start > 3 for o in kept):
                continue
            kept.append(d)
        return kept
