"""A sentence as items: words, marks and whole quotations, and what an English word is likely to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kuager.instruments.text.english.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CUES,
    DETERMINERS,
    NOUN_LIKE,
    PREPOSITIONS,
    PRONOUNS,
    VERBS,
)
from kuager.instruments.text.sentences import Quote, Token

VERB_SUFFIX = re.compile(r"[a-z]{3,}ed$")


@dataclass(frozen=True, slots=True)
class Item:
    """A word, a mark, or a whole quotation (``quote`` set, clipped to the sentence)."""

    token: Token
    quote: Quote | None = None
    words: int = 1

    @property
    def low(self) -> str:
        return "<q>" if self.quote else self.token.low

    @property
    def start(self) -> int:
        return self.token.start

    @property
    def end(self) -> int:
        return self.token.end


def items(tokens: Sequence[Token], marks: Sequence[Quote], text: str) -> list[Item]:
    """The sentence's words and marks, each quotation as one item."""
    found: list[Item] = []
    i = 0
    while i < len(tokens):
        t = tokens[i]
        if not t.quoted:
            found.append(Item(t))
            i += 1
            continue
        quote = next(q for q in marks if q.inside(t.start))
        j = i
        words = 0
        while j < len(tokens) and quote.inside(tokens[j].start):
            words += tokens[j].word
            j += 1
        s, e = t.start, tokens[j - 1].end
        found.append(Item(Token(text[s:e], "<q>", s, e, True), quote, words))
        i = j
    return found


def is_word(item: Item) -> bool:
    """Whether it is a word outside any quotation."""
    return item.quote is None and item.token.word


def is_capital(item: Item) -> bool:
    return item.quote is None and item.token.capital


def is_adverb(item: Item) -> bool:
    low = item.low
    return low in ADVERBS or (
        low.endswith("ly")
        and len(low) > 4
        and low
        not in (
            "family",
            "assembly",
            "rally",
            "ally",
            "italy",
            "july",
            "reply",
            "supply",
            "kelly",
            "emily",
            "only",
            "police",
        )
        and not is_capital(item)
    )


def is_verb(sentence: Sequence[Item], i: int) -> bool:
    """Whether a word is probably a finite verb: an auxiliary, a known form, or one in -ed that is no adjective here."""
    item = sentence[i]
    low = item.low
    if not is_word(item):
        return False
    if is_capital(item) and i > 0 and sentence[i - 1].low in DETERMINERS:
        return False  # "the Met Office"
    if low in AUXILIARIES or low in VERBS or low.endswith("n't"):
        return True
    if is_capital(item) and i > 0:
        return False
    if VERB_SUFFIX.match(low) and low not in (
        "united",
        "hundred",
        "indeed",
        "need",
        "speed",
        "armed",
        "so-called",
        "seed",
        "breed",
    ):
        before = sentence[i - 1] if i else None
        relative = (
            i > 1
            and before is not None
            and before.low == "that"
            and is_word(sentence[i - 2])
            and sentence[i - 2].low not in CUES
        )
        return relative or not (
            before is None
            or before.low in DETERMINERS
            or before.low in PREPOSITIONS
            or before.low == "and"
            or before.low.endswith("'s")
        )
    if i == 0 or sentence[i - 1].low in DETERMINERS or not any(c.form in ("past", "s") for c in CUES.get(low, ())):
        return False
    if low in NOUN_LIKE and low.endswith("s") and i + 1 < len(sentence):
        # "text messages released": a noun after a noun.
        before, after = sentence[i - 1], sentence[i + 1]
        return (
            before.low in PRONOUNS | {"who", "which", "that"}
            or is_capital(before)
            or after.low in PRONOUNS | {"that"}
            or bool(after.quote)
        )
    return True
