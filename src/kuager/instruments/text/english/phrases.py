"""Who speaks in an English sentence: the noun phrase before, after or far in front of a reporting verb.

There is no parser here: phrases are bounded by closed word classes, punctuation and capitals. A phrase is a pair of
indices into the sentence's items, end exclusive.
"""

from __future__ import annotations

from collections.abc import Sequence

from kuager.instruments.text.english.items import VERB_SUFFIX, Item, is_adverb, is_capital, is_verb, is_word
from kuager.instruments.text.english.lexicon import (
    AUXILIARIES,
    BOUNDARIES,
    CUES,
    DETERMINERS,
    MONTHS,
    PREPOSITIONS,
    PRONOUNS,
)
from kuager.instruments.text.english.phrase_words import APPOSITION, PARTICIPLE, TIME
from kuager.instruments.text.who.roles import is_human

Phrase = tuple[int, int]


def left_of(sentence: Sequence[Item], j: int, floor: int = 0) -> Phrase | None:
    """The noun phrase that ends at item ``j``, apposition and relative clause included, or ``None``."""
    if j < floor:
        return None
    if sentence[j].low in (",", ")"):
        whole = _with_apposition(sentence, j, floor)
        if whole:
            return whole
        return None
    return _plain(sentence, j, floor)


def _plain(sentence: Sequence[Item], j: int, floor: int) -> Phrase | None:
    if sentence[j].low in PRONOUNS:
        return (j, j + 1)
    if sentence[j].low in ("who", "that", "which"):
        return None
    k = j
    while k >= floor:
        item = sentence[k]
        low = item.low
        if low == ")":
            opening = next((m for m in range(k - 1, max(floor - 1, k - 6), -1) if sentence[m].low == "("), None)
            if opening is None:
                break
            k = opening - 1
            continue
        if item.quote:
            if (
                item.words <= 3
                and not item.token.text.rstrip("\"”’'»").endswith(",")
                and k < j
                and k > floor
                and (sentence[k - 1].low in DETERMINERS or is_capital(sentence[k - 1]))
            ):
                k -= 1
                continue
            break
        if not is_word(item):
            if low in "-–'’." and k > floor and item.start == sentence[k - 1].end:
                k -= 1
                continue
            if low == "&" and floor < k < j and is_capital(sentence[k - 1]) and is_capital(sentence[k + 1]):
                k -= 1
                continue
            if low == "," and _name_list(sentence, k, j):
                k -= 1
                continue
            break
        comma = k - 1 > floor and sentence[k - 1].low == "," and is_capital(sentence[k - 2])
        if low in ("who", "whose") and k < j and k - 1 >= floor and (is_word(sentence[k - 1]) or comma):
            if comma:  # "The paper sided with Boyle, who during the debate argued": the name alone
                name = k - 2
                while name > floor and is_capital(sentence[name - 1]):
                    name -= 1
                return (name, j + 1)
            before = _plain(sentence, k - 1, floor)
            return (before[0], j + 1) if before else None
        if low in BOUNDARIES or (low in PRONOUNS and k < j):
            break
        if low in ("and", "or", "&"):
            if (
                k > floor
                and k < j
                and is_word(sentence[k - 1])
                and not is_verb(sentence, k - 1)
                and (is_capital(sentence[k - 1]) or not is_capital(sentence[k + 1]))
                and sentence[k - 1].low not in TIME
            ):
                k -= 1
                continue
            break
        if k < j and is_verb(sentence, k):
            if is_reduced(sentence, k) and k > floor:
                before = _plain(sentence, k - 1, floor)
                if before is not None:
                    return (before[0], j + 1)
            return _relative(sentence, k, j, floor) or _trimmed(sentence, k + 1, j)
        if k == j and (
            low in AUXILIARIES
            or low in PREPOSITIONS
            or low
            in DETERMINERS
            - ({"two", "three", "four", "five"} if k > floor and sentence[k - 1].low == "of" else set())
            - {"all", "others", "many", "some", "one", "both", "few", "several", "most", "two", "another", "those"}
        ):
            break
        k -= 1
    if (
        k >= floor
        and sentence[k].low in ("as", "once", "after", "when", "since", "until", "while", "before", "where")
        and k - 2 >= floor
    ):
        whole = _relative(sentence, k, j, floor)
        if whole is not None:
            return whole
        outer = main_subject(sentence, k) if k > floor + 1 else None
        if (
            outer is not None
            and is_word(sentence[outer[1]])
            and (
                any(is_verb(sentence, m) for m in range(k + 1, j + 1))
                or not any(is_verb(sentence, m) for m in range(outer[1], k))
            )
        ):
            return outer
    start = k + 1
    if start > j:
        return None
    resident = _of_a_place(sentence, start, j, floor)
    if resident is not None:
        return resident
    if (
        (sentence[start].low in ("a", "an", "the") or is_human(sentence[start].low))
        and start - 2 >= floor
        and sentence[start - 1].low == ","
        and is_capital(sentence[start - 2])
    ):
        named = _plain(sentence, start - 2, floor)
        if (
            named
            and all(is_capital(sentence[m]) for m in range(*named))
            and (
                named[0] == floor
                or sentence[named[0] - 1].quote is not None
                or sentence[named[0] - 1].low in (",", ".", ";")
            )
        ):
            return (named[0], j + 1)
    return _trim(sentence, start, j)


def _of_a_place(sentence: Sequence[Item], start: int, j: int, floor: int) -> Phrase | None:
    """ "The woman from Medford, Oregon": the phrase whose town stands before the comma, or ``None``."""
    if start - 4 < floor or sentence[start - 1].low != "," or not is_capital(sentence[start - 2]) or j - start > 1:
        return None
    if not all(is_capital(sentence[m]) for m in range(start, j + 1)):
        return None
    town = start - 2
    while town > floor and is_capital(sentence[town - 1]):
        town -= 1
    if sentence[town - 1].low not in ("from", "in", "of", "near", "at") or not is_word(sentence[town - 2]):
        return None
    before = _plain(sentence, start - 2, floor)
    return (before[0], j + 1) if before is not None and before[0] == floor else None


def is_reduced(sentence: Sequence[Item], k: int) -> bool:
    """Whether the form at ``k`` is a participle after its noun: "a poll | released last week by a university"."""
    if not 0 < k < len(sentence) - 1:
        return False
    item, after = sentence[k], sentence[k + 1]
    return (
        (bool(VERB_SUFFIX.match(item.low)) or item.low in ("made", "led", "held", "run", "seen", "written", "built"))
        and item.low not in AUXILIARIES
        and (item.low not in CUES or after.low == "by" or (item.low == "briefed" and after.low == "on"))
        and (after.low in ("by", "last", "in", "on", "at", "near", "for", "this", "from", "with") or after.low in TIME)
        and is_word(sentence[k - 1])
        and not is_verb(sentence, k - 1)
        and sentence[k - 1].low not in PRONOUNS | BOUNDARIES | {"and", "or"}
    )


def _trimmed(sentence: Sequence[Item], start: int, j: int) -> Phrase | None:
    return _trim(sentence, start, j) if start <= j else None


def _relative(sentence: Sequence[Item], k: int, j: int, floor: int) -> Phrase | None:
    """The phrase before "who" with its clause, where ``k`` is inside it: "a woman who lives above a shop"."""
    for m in range(k - 1, max(floor, k - 9), -1):
        if sentence[m].low in ("who", "whose", "whom") or (sentence[m].low == "that" and m + 1 == k and m > floor + 1):
            before = _plain(sentence, m - 1, floor) if is_word(sentence[m - 1]) else None
            return (before[0], j + 1) if before else None
        if not is_word(sentence[m]) and sentence[m].low not in ("-", "’", "'"):
            return None
    return None


def _name_list(sentence: Sequence[Item], k: int, j: int) -> bool:
    """Whether the comma at ``k`` stands in "Smith, Jones and Brown"."""
    return (
        any(sentence[m].low == "and" for m in range(k + 1, min(j, k + 6)))
        and k > 0
        and is_capital(sentence[k - 1])
        and is_capital(sentence[k + 1])
        and (k < 2 or not is_word(sentence[k - 2]) or is_capital(sentence[k - 2]) or sentence[k - 2].low in DETERMINERS)
    )


def _trim(sentence: Sequence[Item], start: int, j: int) -> Phrase | None:
    """Drops a leading adverb or prepositional phrase: "In Zhanaozen officials", "On December 17 the ministry"."""
    while start <= j and (
        is_adverb(sentence[start])
        or (start < j and sentence[start].low.endswith("ing") and sentence[start + 1].low in DETERMINERS)
        or sentence[start].low in ("and", "or", "-", "–", "—", ",")
        or not (is_word(sentence[start]) or sentence[start].quote)
    ):
        start += 1
    if start > j:
        return None
    if sentence[start].low in MONTHS and start < j and is_capital(sentence[start + 1]):
        return (start, j + 1)  # "June Harper", "Jan Sobel"
    if sentence[start].low in PREPOSITIONS or sentence[start].low in TIME:
        cut = start + 1
        last_time = start
        for m in range(start, j + 1):
            if sentence[m].low in TIME or sentence[m].low.isdigit():
                last_time = m
        cut = max(cut, last_time + 1)
        for m in range(cut, j + 1):
            if sentence[m].low in DETERMINERS and m > start + 1:
                return (m, j + 1)
        if last_time > start and cut <= j:
            return (cut, j + 1)
        if cut <= j and sentence[start].low in ("in", "at", "near") and is_capital(sentence[cut]):
            m = cut
            while m <= j and is_capital(sentence[m]):
                m += 1
            if m <= j:
                return (m, j + 1)
        if sentence[start].low in TIME:
            return None
        return (cut, j + 1) if cut <= j and j - cut < 3 and start == 0 and is_capital(sentence[j]) else None
    return (start, j + 1)


def _with_apposition(sentence: Sequence[Item], j: int, floor: int) -> Phrase | None:
    """ "X, a spokesperson for Y," or "X, who …,": the phrase from X to the closing comma at ``j``."""
    if sentence[j].low == ")":
        opening = next((m for m in range(j - 1, max(floor - 1, j - 8), -1) if sentence[m].low == "("), None)
        if opening is None or opening - 1 < floor:
            return None
        return _plain(sentence, opening - 1, floor)
    described = _described_name(sentence, j, floor)
    if described is not None:
        return described
    best: Phrase | None = None
    k = j - 1
    commas = 0
    while k > floor and commas < 4 and j - k < 45:
        if sentence[k].low == ",":
            commas += 1
            first = sentence[k + 1]
            fits = (
                first.low in APPOSITION
                or first.low.isdigit()
                or is_capital(first)
                or (first.low.endswith("ed") and is_word(first))
                or first.low.split("-")[0].isdigit()
                or first.low.endswith("'s")
                or first.low in PREPOSITIONS
                or commas > 1
                or (not is_verb(sentence, k + 1) and first.low not in PRONOUNS and k + 1 < j)
            )
            head = _plain(sentence, k - 1, floor)
            if head and fits and sentence[head[0]].low not in PRONOUNS and sentence[head[0]].low not in TIME:
                inner_verb = (
                    not first.low.endswith(("ing", "ed"))
                    and first.low not in ("who", "whose", "which", "whom", "where")
                    and not (first.low == "and" and sentence[k + 2].low in ("who", "whose"))
                    and any(is_verb(sentence, m) and sentence[m].low in AUXILIARIES for m in range(k + 1, j))
                    and commas == 1
                    and sentence[k + 1].low not in DETERMINERS
                )
                if not inner_verb:
                    best = (head[0], j)
                    if is_capital(sentence[head[1] - 1]) and not (head[0] > floor and sentence[head[0] - 1].low == ","):
                        return best
                    if (
                        all(is_capital(sentence[m]) for m in range(*head))
                        and head[1] - head[0] > 1
                        and first.low in ("a", "an", "the", "who", "whose")
                        and any(is_verb(sentence, m) for m in range(floor, head[0]))
                    ):
                        return best  # "…, as people fled, Musa Bello, a resident, told Reuters"
                    if _opens_with_adjunct(sentence, floor) and all(is_capital(sentence[m]) for m in range(*head)):
                        return best
        elif (sentence[k].quote and sentence[k].words > 6) or sentence[k].low in (";", ":", "—"):
            break
        k -= 1
    return best or _long_subject(sentence, j, floor)


def _described_name(sentence: Sequence[Item], j: int, floor: int) -> Phrase | None:
    """ "…, a watchdog for detentions, Spring-Info,": a description and a name behind a whole clause."""
    second = next((k for k in range(j - 1, max(floor, j - 6), -1) if not is_capital(sentence[k])), None)
    if second is None or second == j - 1 or sentence[second].low != ",":
        return None
    first = next((k for k in range(second - 1, max(floor, second - 12), -1) if not is_word(sentence[k])), None)
    if first is None or sentence[first].low != "," or sentence[first + 1].low not in ("a", "an", "the", "its", "one"):
        return None
    clause = any(is_verb(sentence, m) for m in range(floor, first))
    return (first + 1, j) if clause and not any(is_verb(sentence, m) for m in range(first + 1, second)) else None


def _long_subject(sentence: Sequence[Item], j: int, floor: int) -> Phrase | None:
    """ "Further, medical sources at the field hospital in Jabal, said": a subject cut off by a comma."""
    first = floor + 2 if is_adverb(sentence[floor]) and sentence[floor + 1].low == "," else floor
    if j - first < 4 or any(not is_word(sentence[m]) for m in range(first, j)):
        return None
    whole = _plain(sentence, j - 1, first)
    return whole if whole is not None and whole[0] <= first + 1 and whole[1] == j else None


def _opens_with_adjunct(sentence: Sequence[Item], floor: int) -> bool:
    """Whether the sentence opens with "Giving evidence …," or "At a rally …," and its subject follows a comma."""
    first = sentence[floor]
    return (
        first.low in PREPOSITIONS | BOUNDARIES
        or (first.low.endswith("ing") and len(first.low) > 5)
        or bool(is_word(first) and PARTICIPLE.match(first.token.text))
    )


def before_relative(sentence: Sequence[Item], who: int, floor: int = 0) -> Phrase | None:
    """The phrase that "who" at ``who`` refers back to."""
    j = who - 1
    if j >= floor and sentence[j].low == ",":
        j -= 1
    return left_of(sentence, j, floor) if j >= floor else None


def main_subject(sentence: Sequence[Item], before: int) -> Phrase | None:
    """The subject of the sentence's main clause, for participles: "…, claiming that"."""
    start = 0
    while start < before and (
        not is_word(sentence[start]) or sentence[start].low in ("and", "but", "so", "yet") or is_adverb(sentence[start])
    ):
        start += 1
    if start < before and (
        sentence[start].low in PREPOSITIONS | BOUNDARIES
        or (is_word(sentence[start]) and PARTICIPLE.match(sentence[start].token.text))
    ):
        comma = next((m for m in range(start, before) if sentence[m].low == ","), None)
        pronoun = next((m for m in range(start, before) if sentence[m].low in PRONOUNS and m + 1 < before), None)
        if comma is not None and (pronoun is None or comma < pronoun):
            start = comma + 1
            if start < before and sentence[start].low in ("where", "who", "which", "whose"):
                closing = next((m for m in range(start, before) if sentence[m].low == ","), None)
                if closing is None:
                    return None
                start = closing + 1
        elif pronoun is not None:
            return (pronoun, pronoun + 1)
        else:
            return None
    if start < before and sentence[start].low in PRONOUNS:
        return (start, start + 1)
    # "A bartender at the Anchor, where the nephew had been drinking, offered": the clause's verb is not the sentence's.
    opening = next(
        (
            m
            for m in range(start + 1, before - 1)
            if sentence[m].low == "," and sentence[m + 1].low in ("who", "whose", "which", "where", "whom")
        ),
        None,
    )
    for m in range(start, before):
        if is_verb(sentence, m) and m > start:
            if opening is not None and m > opening:
                closing = next((k for k in range(m, before) if sentence[k].low == ","), None)
                return left_of(sentence, closing, start) if closing is not None else None
            end = m - 1
            while end > start and is_adverb(sentence[end]):
                end -= 1
            if end > start + 1 and sentence[end].low in TIME and sentence[end - 1].low == "on":
                end -= 2
            if sentence[end].low in ("who", "that", "which"):
                continue
            return left_of(sentence, end, start)
    return None
