"""Who speaks in an English sentence, where the noun phrase stands behind the verb: "said X, a spokesperson for Y"."""

from __future__ import annotations

from collections.abc import Sequence

from kuager.instruments.text.english.items import Item, is_adverb, is_capital, is_verb, is_word
from kuager.instruments.text.english.lexicon import (
    BOUNDARIES,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
)
from kuager.instruments.text.english.phrase_words import TIME
from kuager.instruments.text.english.phrases import Phrase


def _names_a_paper(sentence: Sequence[Item], k: int) -> bool:
    """Whether a day or a time of day is part of a name: "the Evening Chronicle", "the Sunday Globe"."""
    return (
        0 < k < len(sentence) - 1
        and is_capital(sentence[k])
        and is_capital(sentence[k + 1])
        and (sentence[k - 1].low in DETERMINERS or is_capital(sentence[k - 1]))
    )


def right_of(sentence: Sequence[Item], i: int) -> Phrase | None:
    """The noun phrase that starts at item ``i``: "said X, a spokesperson for Y" or "according to X"."""
    n = len(sentence)
    if i >= n or not (is_word(sentence[i]) or (sentence[i].quote and sentence[i].words <= 3)):
        return None
    if sentence[i].low in PRONOUNS | {"him", "her", "them", "us", "me"} and not (
        sentence[i].low == "her"
        and i + 1 < n
        and is_word(sentence[i + 1])
        and sentence[i + 1].low not in PREPOSITIONS | {"as"}
    ):
        return (i, i + 1)
    if sentence[i].low in BOUNDARIES or sentence[i].low in PREPOSITIONS - {"about", "around", "among"}:
        return None
    if sentence[i].low in ("one", "another", "some", "many", "others", "several", "both") and (
        i + 1 >= n or sentence[i + 1].low in (",", ".", "who")
    ):
        return (i, i + 1)
    k = i
    while k < n:
        item = sentence[k]
        low = item.low
        if low == "(":
            closing = next((m for m in range(k + 1, min(n, k + 8)) if sentence[m].low == ")"), None)
            if closing is None:
                break
            k = closing + 1
            continue
        if item.quote:
            if item.words > 4:
                break
            k += 1
            continue
        if not is_word(item):
            if low in "-–'’." and k + 1 < n and item.start == sentence[k - 1].end and sentence[k + 1].start == item.end:
                k += 1
                continue
            break
        if low in BOUNDARIES or (low in PRONOUNS and k > i):
            break
        if low == "and" and not (
            k + 1 < n
            and k > i
            and (is_capital(sentence[k + 1]) == is_capital(sentence[k - 1]) or sentence[k + 1].low in DETERMINERS)
            and not is_verb(sentence, k + 1)
        ):
            break
        if k > i and low[:1].isdigit() and is_word(sentence[k - 1]) and not is_capital(sentence[k - 1]):
            break
        if k > i and (
            is_verb(sentence, k)
            or is_adverb(item)
            or (
                low in TIME
                and low not in ("may", "march", "august", "week", "year")
                and not _names_a_paper(sentence, k)
            )
        ):
            break
        if k > i and low in PREPOSITIONS and low not in ("of", "for", "from", "with", "at", "in", "on", "to"):
            break
        if (
            k > i
            and low in ("in", "on", "at", "to", "with", "from", "for")
            and (
                (is_capital(sentence[k - 1]) and is_capital(sentence[i]))
                or (
                    k + 1 < n
                    and sentence[k + 1].low
                    in TIME | {"a", "an", "reporters", "his", "her", "their", "monday", "response"}
                )
            )
            and not (low == "for" and not is_capital(sentence[i]))
        ):
            break
        k += 1
    while k > i and sentence[k - 1].low in PREPOSITIONS | DETERMINERS | {"and"}:
        k -= 1
    if k <= i:
        return None
    end = k
    if (
        end + 1 < n
        and sentence[end].low == "who"
        and sentence[end + 1].low in ("gave", "identified", "asked", "wanted")
    ):
        name = next((m for m in range(end + 2, min(n - 1, end + 14)) if sentence[m].low == "as"), None)
        if name is not None and is_capital(sentence[name + 1]):
            end = name + 2
            while end < n and is_capital(sentence[end]):
                end += 1
            return (i, end)
    if end < n and sentence[end].low == "," and end + 1 < n:
        first = sentence[end + 1]
        stop = next(
            (
                m
                for m in range(end + 1, n)
                if sentence[m].low in (",", ".", ";", ":", "—", "?", "!") or sentence[m].quote
            ),
            n,
        )
        plain_role = not any(is_verb(sentence, m) for m in range(end + 1, stop))
        if (sentence[i].low in DETERMINERS or not is_capital(sentence[end - 1])) and is_capital(first):
            closing = end + 1
            while closing < n and is_capital(sentence[closing]):
                closing += 1
            if closing >= n or not is_word(sentence[closing]) or sentence[closing].low in ("who", "of"):
                return (i, closing)
        if first.low in (
            "a",
            "an",
            "the",
            "who",
            "whose",
            "one",
            "former",
            "director",
            "president",
            "head",
            "chairman",
            "spokesman",
            "spokeswoman",
            "spokesperson",
            "professor",
            "senior",
            "executive",
            "chief",
            "founder",
            "author",
            "editor",
            "his",
            "her",
        ) and (
            plain_role or first.low in ("who", "whose") or any(x.low in ("who", "whose") for x in sentence[end:stop])
        ):
            end = stop
    return (i, end)
