"""Where a speaker's words begin and end in an English sentence: the guard against the wrong mouth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kuager.instruments.text.english import phrases
from kuager.instruments.text.english.items import Item, is_adverb, is_capital, is_verb, is_word
from kuager.instruments.text.english.lexicon import (
    AUXILIARIES,
    BOUNDARIES,
    CUES,
    DETERMINERS,
    ENDS,
    INANIMATE,
    NOUN_LIKE,
    PREPOSITIONS,
    PRONOUNS,
)
from kuager.instruments.text.english.phrases import Phrase
from kuager.instruments.text.who import names
from kuager.instruments.text.who.roles import is_human

Range = tuple[int, int]

_OWN_VOICE = frozenset(
    "but although though while whereas however yet despite even citing contradicting without "
    "referring according notwithstanding nor prompting "
    "drawing leading echoing apparently an as because making sparking setting seeking hoping trying "
    "attempting aiming joining".split()
)

_SECOND_LOOK = re.compile(
    r"(?:a|an|the|both) (?:[\w-]+ )?(?:claim|charge|accusation|assertion|figure|number|view"
    r"|position|statement|allegation|reference|remark|comment|move|line|sentiment|point|claims"
    r"|charges|comments|remarks)s?\b"
)


_PEOPLE = re.compile(
    r"\b(?:police|officials?|authorit(?:y|ies)|government|minist(?:er|ry)|protesters?|demonstrators?"
    r"|strikers?|workers?|residents?|witness(?:es)?|eyewitness(?:es)?|"
    r"people|another|man|woman|men|women|critics?|supporters?|lawyers?|activists?|groups?|leaders?|president"
    r"|spokes\w+|candidates?|campaign|senators?|republicans?|democrats?|"
    r"experts?|analysts?|company|court|judge|prosecutors?|doctors?|nurses?|families|family|parents?"
    r"|sources?|insiders?|students?|voters?|reporters?|journalists?|others|some|many|who|one|opponents?|advocates?"
    r"|"
    r"aides?|adviser?s?|advisors?|lawmakers?|party|administration|committee|ministry|union|organi[sz]ation"
    r"|report|(?:inspector|attorney|surgeon|prosecutor)[ -]general|relatives?"
    r"|neighbou?rs?|friends?|mother|father|son|daughter|brother|sister|wife"
    r"|husband)\b"
)


#: What ends the part of a noun phrase that its head closes.
_AFTER_HEAD = PREPOSITIONS | BOUNDARIES | {",", "(", "-", "—", "–"}


#: What speaks as one.
_GROUPS = frozenset(
    "jury team side camp country nation staff crew couple panel pair duo trio guard groups parties companies firms"
    " agencies unions banks ministries campaigns network".split()
)


@dataclass(slots=True)
class Draft:
    """A statement as found in a sentence, before its source is resolved; ranges are of the text."""

    start: int
    end: int
    mention: Range | None
    cue: Range | None
    lemma: str
    kind: str
    deny: bool = False
    continued: bool = False
    inside: Draft | None = None
    base: str | None = None
    form_direct: bool = False
    via: Range | None = None
    read_by: str | None = None


class Bounds:
    """One English sentence: where what was said begins and ends, and where the reporter speaks again."""

    def __init__(self, sentence: Sequence[Item], text: str, headline: bool) -> None:
        self.items = sentence
        self.text = text
        self.headline = headline
        self.drafts: list[Draft] = []
        self.subject: Phrase | None = None
        self.taken: list[Range] = []
        self.floor = 0

    def _has_verb(self, p: int) -> bool:
        for m in range(p, min(len(self.items), p + 30)):
            if self.items[m].quote is not None:
                return True
            if self.items[m].low in ENDS:
                return False
            if (is_verb(self.items, m) and (m > p or self.items[m].low in AUXILIARIES)) or self.items[m].low == "to":
                return True
            if m > p and self.headline:
                return True
            if m > p and self.items[m].low.endswith("s") and self.items[m - 1].low in PRONOUNS | {"police"}:
                return True
        first = self.items[p].low
        return first in PRONOUNS or first in ("there",)

    def _starts_clause(self, p: int) -> bool:
        item = self.items[p]
        if not is_word(item) or item.low in PREPOSITIONS or item.low in ("and", "or"):
            return False
        if item.low in PRONOUNS - {"it", "you"}:
            return True
        limit = min(len(self.items), p + 9)
        for m in range(p + 1, limit):
            if self.items[m].low in ENDS | {","} or self.items[m].quote is not None:
                return False
            if self.items[m].low in AUXILIARIES or (
                is_verb(self.items, m) and m - p >= 1 and not self.items[m].low.endswith("ed")
            ):
                return True
            if self.items[m].low in PREPOSITIONS | {"that", "who"}:
                return False
        return False

    def _clause_start(self, head: int) -> int:
        """Where what was said begins, when it stands before the verb and ends before item ``head``."""
        items = self.items
        floor = start = 0
        if items[head - 1].quote is not None:
            q = head - 1
            if q > floor and items[q - 1].low in (":", ","):
                lead = items[floor : q - 1]
                if items[q - 1].low == ":" or (not any(x.quote is not None for x in lead) and items[q].words > 4):
                    return q
        while start < head and items[start].low in (",", ";", "and", "but", "—", "–", "-", ".", "so", "yet"):
            start += 1
        return start

    def _content_end(self, p: int, cue_at: int | None = None) -> int:
        """The item after the last one that still belongs to the speaker."""
        items, n = self.items, len(self.items)
        m = p
        subordinate = (
            cue_at is not None
            and items[0].low in ("while", "although", "though", "whereas", "when", "after")
            and not any(x.low == "," for x in items[:cue_at])
        )
        while m < n:
            item = items[m]
            low = item.low
            if (
                subordinate
                and m > p
                and (low == "," or (item.quote is not None and item.token.text.rstrip('"”').endswith(",")))
            ):
                self.floor = m + 1
                return m if low == "," else m + 1
            if (
                item.quote is not None
                and m + 1 < n
                and items[m + 1].low in _OWN_VOICE
                and item.token.text.rstrip("\"”’'»").endswith(",")
            ):
                return m + 1
            if (
                item.quote is not None
                and m + 2 < n
                and items[m + 1].low == "and"
                and item.token.text.rstrip("\"”’'»").endswith(",")
                and self._new_speaker(m + 2)
            ):
                return m + 1  # "must “do its job,” and Susan Coll said"
            if low == ";":
                rest = items[m + 1].low if m + 1 < n else ""
                if rest != "that":
                    return m
            if low in ENDS and item.quote is None and m >= n - 1:
                return m
            if (
                item.quote is not None
                and m == p
                and item.words >= 4
                and item.token.text.rstrip("\"”’'»").endswith((",", ".", "?", "!"))
                and m + 1 < n
                and (items[m + 1].low not in ("and", "that", "or") or (m + 2 < n and items[m + 2].low.endswith("ed")))
            ):
                return m + 1
            if m > p and self._own_voice(m):
                return m
            m += 1
        return n

    def _pauses(self, k: int) -> bool:
        """Whether a comma stands at ``k``, or at the end of the quotation there."""
        item = self.items[k]
        return item.low == "," or (item.quote is not None and item.token.text.rstrip("\"”’'»").endswith(","))

    def _main_verb(self, content: int, end: int) -> int:
        """Where the main clause's verb follows: "X's claim that the vote was rigged | has alarmed Y"."""
        items = self.items
        seen = False
        for m in range(content, end):
            if is_verb(items, m):
                chained = m > content and (
                    items[m - 1].low in AUXILIARIES
                    or is_adverb(items[m - 1])
                    or items[m - 1].low in ("and", "or", "to", "not", "who", "which", "that", "be")
                    or items[m - 1].low in PRONOUNS
                )
                if seen and not chained:
                    return m
                if (
                    seen
                    and m > content + 1
                    and items[m].low in ("has", "have", "had", "is", "was", "were", "are")
                    and items[m - 1].low not in BOUNDARIES | PRONOUNS | {"and", "or", "who"}
                    and not is_adverb(items[m - 1])
                ):
                    return m
                seen = True
        return end

    def _own_voice(self, m: int) -> bool:
        """Whether the reporter speaks again from item ``m`` on."""
        items, n = self.items, len(self.items)
        low = items[m].low
        follow = items[m + 1].low if m + 1 < n else ""
        if low in (",", "—", "–") or (low == "-" and m + 1 < n and follow == "-"):
            if follow in _OWN_VOICE:
                if follow == "but" and m + 2 < n and items[m + 2].low == "that":
                    return False
                if follow == "because":
                    return False
                if follow in ("an", "as"):
                    rest = self.text[items[m + 1].start : items[-1].end].lower()
                    return bool(_SECOND_LOOK.match(rest)) or (
                        follow == "as" and m + 3 < n and any(items[k].low in CUES for k in range(m + 2, min(n, m + 7)))
                    )
                return True
            rest = self.text[items[m + 1].start : items[-1].end].lower() if m + 1 < n else ""
            if follow in ("a", "the", "both") and _SECOND_LOOK.match(rest):
                return True
            if (
                follow in CUES
                and CUES[follow][0].form == "ing"
                and CUES[follow][0].kind in ("say", "weak", "tell", "judge", "demand")
                and follow not in ("suggesting", "reading", "holding", "finding", "seeing", "showing")
            ):
                return True
            if follow == "with" and any(
                x.low in CUES
                and CUES[x.low][0].form == "ing"
                and CUES[x.low][0].kind in ("say", "weak", "tell", "judge")
                for x in items[m + 3 : m + 12]
            ):
                return True
            if follow == "and":
                return self._new_speaker(m + 2)
            return self._new_speaker(m + 1, strict=True)
        if (
            low in ("and", "but")
            and follow in CUES
            and follow not in NOUN_LIKE
            and CUES[follow][0].form in ("past", "s", "ing")
            and CUES[follow][0].kind != "intend"
            and not is_verb_object(items, m)
        ):
            return not any(items[k].low in ("who", "which") for k in range(max(0, m - 6), m))
        if low == "and" and follow in ("others", "some", "many", "critics") and m + 2 < n and items[m + 2].low in CUES:
            return CUES[items[m + 2].low][0].form == "ing"
        if (
            low in ("and", "but")
            and m + 2 < n
            and is_adverb(items[m + 1])
            and items[m + 2].low in CUES
            and CUES[items[m + 2].low][0].form == "past"
            and items[m + 2].low not in NOUN_LIKE
        ):
            return True
        if low in ("although", "though", "whereas"):
            return True
        return bool(low == "according" and follow == "to")

    def _new_speaker(self, p: int, strict: bool = False) -> bool:
        """Whether a clause with its own reporting verb starts at ``p``: ", and Smith said …"."""
        items, n = self.items, len(self.items)
        for m in range(p, min(n, p + 9)):
            low = items[m].low
            if (
                low == ","
                and m > p
                and m + 1 < n
                and items[m + 1].low in ("who", "a", "an", "the", "whose", "his", "her")
            ):
                closing = next((c for c in range(m + 2, min(n, m + 22)) if items[c].low == ","), None)
                if (
                    closing is not None
                    and closing + 1 < n
                    and items[closing + 1].low in CUES
                    and CUES[items[closing + 1].low][0].form in ("past", "s")
                ):
                    return True
            if items[m].quote is not None or low in ENDS or low == ",":
                return False
            if (
                low in CUES
                and m > p - (not strict)
                and CUES[low][0].form in ("past", "s")
                and CUES[low][0].kind in ("say", "tell", "weak")
                and low not in NOUN_LIKE
            ):
                return phrases.left_of(items, m - 1, p) is not None or m == p
            if m > p and is_verb(items, m) and low not in ("has", "have", "had") and not phrases.is_reduced(items, m):
                return False
        return False

    def _human(self, who: Phrase) -> bool:
        """Whether somebody or a body is meant, by the phrase's head: "the Vienna talks" are neither."""
        items = self.items
        if items[who[1] - 1].low in INANIMATE:
            return False
        if items[who[0]].low in PRONOUNS - {"it", "i", "you"}:
            return True
        end = next((k for k in range(who[0] + 1, who[1]) if items[k].low in _AFTER_HEAD), who[1])
        while end > who[0] + 1 and not is_word(items[end - 1]):
            end -= 1
        head = items[end - 1].low
        if is_capital(items[end - 1]) and (end - 1 > who[0] or not head.endswith("ing")):
            return True
        if any(items[k].low == "," and is_capital(items[k + 1]) for k in range(end, who[1] - 1)):
            return True  # "the envoy, Marguerite Dell"
        phrase = " ".join(items[k].low for k in range(who[0], end))
        return (
            head in _GROUPS
            or bool(_PEOPLE.search(phrase))
            or is_human(phrase)
            or (head.endswith("s") and is_human(head[:-1]))
            or names.kind(head, False) in ("organisation", "media")
            or names.side(head) != "other"
        )


def is_verb_object(items: Sequence[Item], m: int) -> bool:
    """Whether "and" at ``m`` joins two things rather than two verbs: "reports and claims"."""
    return m > 0 and items[m - 1].low in DETERMINERS
