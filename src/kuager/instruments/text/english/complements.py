"""What stands after a reporting verb: clauses, quotations, hearers, things judged, intended or demanded."""

from __future__ import annotations

from kuager.instruments.text.english.complement_words import BARE_OBJECT, CORE_JUDGE, GERUND, INTEND
from kuager.instruments.text.english.hearers import Hearers
from kuager.instruments.text.english.items import is_adverb, is_capital, is_verb, is_word
from kuager.instruments.text.english.lexicon import (
    ADJUNCT,
    CUES,
    DAYS,
    DETERMINERS,
    ENDS,
    PREPOSITIONS,
    PRONOUNS,
    SPELLS,
    Cue,
)
from kuager.instruments.text.english.phrase_words import TIME
from kuager.instruments.text.english.phrases import Phrase


class Complements(Hearers):
    """One English sentence: what a reporting verb takes, by its kind."""

    def _complement(self, i: int, cue: Cue, who: Phrase) -> int | None:
        """Where what was said begins after the verb at ``i``, or ``None`` where the verb has no such complement."""
        items, n = self.items, len(self.items)
        p = i + 1
        if cue.lemma in ("call-on", "call-for"):
            preposition = cue.lemma.split("-")[1]
            if p >= n or items[p].low not in (preposition, "upon"):
                return None
            p += 1
            if preposition == "for":
                return p if p < n else None
        while p < n and (is_adverb(items[p]) or (cue.lemma == "point" and items[p].low == "out")):
            p += 1
        if p >= n:
            return None
        item = items[p]
        if cue.kind == "judge":
            return self._judged(p, cue, who)
        if cue.kind == "intend":
            return self._intended(p, cue, who)
        if cue.kind == "demand":
            return self._demanded(p, cue)
        if item.low == "to" and cue.lemma in INTEND:
            return self._intended(p, cue, who)
        if cue.kind == "tell" or (
            cue.lemma in ("ask", "warn", "promise", "assure", "show", "advise", "caution", "write", "text")
            and item.quote is None
        ):
            if cue.lemma in ("promise", "ask", "warn", "advise", "caution"):
                to = self._find_to(p)
                if to is not None and to > p:
                    return to
            told = self._after_hearer(p, cue)
            if told is not None or cue.kind == "tell":
                return told
        return self._clause(p, cue)

    def _clause(self, p: int, cue: Cue) -> int | None:
        items, n = self.items, len(self.items)
        item = items[p]
        if item.quote is not None:
            return p
        if item.low == "that":
            spell = p + 2 < n and items[p + 1].low in SPELLS - DAYS and not is_verb(items, p + 2)
            if p + 2 < n and items[p + 1].low == "," and items[p + 2].low in CUES:
                return None  # "disputed that, saying …"
            return p + 1 if p + 1 < n and not spell else None  # "said that morning"
        if item.low in (":", "—") and p + 1 < n:
            return p + 1
        if item.low == ",":
            colon = next((m for m in range(p + 1, min(n - 1, p + 7)) if items[m].low == ":"), None)
            if colon is not None and items[colon + 1].quote and not any(is_verb(items, m) for m in range(p, colon)):
                return colon + 1  # "He added, not unkindly: “…”"
            if p + 1 < n and items[p + 1].quote is not None and (items[p + 1].words >= 3 or p + 2 >= n):
                return p + 1
            that = next(
                (m for m in range(p + 1, min(n, p + 25)) if items[m].low == "that" and items[m - 1].low == ","), None
            )
            return that + 1 if that is not None and that + 1 < n else None
        if item.low in ENDS or not is_word(item):
            return None
        if item.low in ("over", "with") or (cue.lemma == "add" and item.low == "up"):
            return None  # "argued over whether", "added up to"
        if item.low.endswith("ing") and p + 1 < n and cue.lemma in GERUND and item.low not in ("nothing", "something"):
            return p
        skipped = self._skip_adjunct(p)
        if skipped is None and item.low in ("in", "on", "at", "during", "to", "by", "via"):
            skipped = self._quoted_at_last(p)
        if skipped is not None:
            return skipped
        if item.low in ("of", "about", "against") and cue.lemma in (
            "warn",
            "complain",
            "boast",
            "joke",
            "caution",
            "lament",
            "worry",
            "brag",
            "speculate",
        ):
            return p + 1 if p + 1 < n else None
        if item.low == "to" and p + 1 < n and items[p + 1].low in ("have", "be") and cue.lemma in ("claim", "profess"):
            return p
        if item.low == "by" and p + 1 < n and items[p + 1].low.endswith("ing"):
            comma = next((m for m in range(p + 2, min(n, p + 20)) if items[m].low == ","), None)
            return p if comma is not None and self._opens_clause(comma + 1) else None  # "said by waiting, they lost"
        if item.low == "to" or item.low in PREPOSITIONS - {
            "about",
            "around",
            "among",
            "in",
            "on",
            "at",
            "during",
            "since",
            "after",
            "with",
            "for",
            "under",
            "over",
            "amid",
            "without",
            "within",
            "between",
        }:
            return None
        if (
            item.low in ("nothing", "little", "anything", "more", "much")
            and p + 1 < n
            and (
                items[p + 1].low in ("about", "on", "of")
                or (item.low == "nothing" and items[p + 1].low in PREPOSITIONS)
            )
        ):
            return None
        if item.low == "about" and p + 1 < n and items[p + 1].low[:1].isdigit():
            return p if self._has_verb(p) else None
        if item.low in (
            "so",
            "nothing",
            "anything",
            "something",
            "yes",
            "no",
            "little",
            "and",
            "or",
            "but",
            "goodbye",
            "hello",
            "what",
            "how",
            "much",
            "more",
            "it",
        ) and item.low not in ("nothing", "what", "how", "so", "it", "no", "more", "much", "little"):
            return None
        if self.headline and item.low in ("as", "after", "amid"):
            return None
        if cue.kind == "say":
            if cue.lemma in (
                "add",
                "fear",
                "doubt",
                "claim",
                "admit",
                "deny",
                "estimate",
                "stress",
                "maintain",
                "assume",
                "contend",
                "conclude",
                "acknowledge",
                "announce",
                "predict",
                "shout",
                "chant",
                "explain",
                "hope",
                "suspect",
                "reiterate",
            ):
                return (
                    p
                    if self._has_verb(p) or cue.lemma in BARE_OBJECT or (cue.lemma == "add" and item.low in PRONOUNS)
                    else None
                )
            if item.low in ADJUNCT - {
                "in",
                "on",
                "at",
                "after",
                "when",
                "while",
                "as",
                "by",
                "before",
                "during",
                "from",
                "with",
            }:
                return None
            long = cue.lemma == "say" and cue.form != "ing" and sum(is_word(x) for x in items[p : p + 8]) > 5
            return p if self._has_verb(p) or item.low in PRONOUNS or is_verb(items, p) or long else None
        if item.low in ("whether", "if", "how", "why", "what", "who", "where", "when") and cue.lemma in (
            "ask",
            "wonder",
            "question",
            "explain",
            "know",
            "describe",
            "decide",
            "recount",
            "recall",
            "understand",
            "reveal",
            "say",
            "see",
        ):
            return p
        quantity = (
            item.low in ("at", "about", "around", "over")
            and p + 1 < n
            and (items[p + 1].low in ("least", "most") or items[p + 1].low[:1].isdigit())
        )
        if cue.lemma in BARE_OBJECT and quantity:
            return p
        if cue.lemma in BARE_OBJECT and cue.form != "ing" and item.low not in PREPOSITIONS | {"before", "after"}:
            return p
        if cue.lemma in (
            "know",
            "feel",
            "find",
            "see",
            "show",
            "suggest",
            "indicate",
            "agree",
            "expect",
            "note",
            "observe",
            "recall",
            "state",
            "report",
            "guess",
            "realize",
            "recognize",
            "remember",
            "imagine",
            "say",
            "figure",
            "confirm",
            "discover",
            "learn",
            "rule",
        ):
            told = cue.lemma in ("note", "observe", "state", "report", "recall", "confirm")
            return p if self._starts_clause(p) or (told and self._past_clause(p)) else None
        if cue.lemma == "accept":
            return p if item.low.endswith("ing") or (item.low in PRONOUNS and self._starts_clause(p)) else None

        return None

    def _past_clause(self, p: int) -> bool:
        """ "noted | the colours appeared to fade": a noun phrase and a past that is no participle behind it."""
        items = self.items
        if items[p].low not in DETERMINERS:
            return False
        verb = next(
            (m for m in range(p + 2, min(len(items), p + 7)) if not is_word(items[m]) or is_verb(items, m)), None
        )
        return (
            verb is not None
            and is_word(items[verb])
            and not any(items[m].low in PREPOSITIONS | {"and", "or"} for m in range(p, verb))
            and verb + 1 < len(items)
            and items[verb + 1].low in DETERMINERS | {"to", "that", "not"}
        )

    def _quoted_at_last(self, p: int) -> int | None:
        """ "said in an interview to the paper, “…”": the quotation that ends the sentence, with no verb before it."""
        items, n = self.items, len(self.items)
        q = next((k for k in range(p, min(n, p + 18)) if items[k].quote is not None), None)
        if q is None or items[q].words < 3 or items[q - 1].low not in (",", ":"):
            return None
        if any(is_verb(items, k) for k in range(p, q)) or any(is_word(x) for x in items[q + 1 :]):
            return None
        return q

    def _judged(self, p: int, cue: Cue, who: Phrase) -> int | None:
        items, _n = self.items, len(self.items)
        if not self._human(who) or (cue.form == "base" and items[p].low not in DETERMINERS and not self.headline):
            return None
        item = items[p]
        if (
            item.low in PREPOSITIONS
            or item.low in ENDS
            or (item.low == "that" and not any(items[m].quote is not None for m in range(p + 1, min(_n, p + 4))))
            or item.low in (",", "to", "and", "up", "out", "off", "down", "back")
            or item.low in DAYS
        ):
            return None
        if cue.lemma == "dismiss" and item.low.replace(",", "").isdigit():
            return None
        end = self._content_end(p)
        quoted = any(items[m].quote is not None for m in range(p, end))
        as_ = any(items[m].low == "as" for m in range(p, min(end, p + 14)))
        if cue.lemma in CORE_JUDGE or quoted:
            return p
        if cue.lemma == "describe" and any(items[m].low.endswith("ing") for m in range(p + 1, min(end, p + 5))):
            return p
        if cue.lemma == "call":
            return (
                p
                if self._called_so(p, end)
                or (
                    any(items[m].low in ("a", "an", "the") for m in range(p + 1, min(end, p + 6)))
                    and items[p].low not in ("a", "an", "the", "for", "on")
                )
                else None
            )
        if (
            cue.lemma
            in (
                "describe",
                "characterize",
                "characterise",
                "portray",
                "depict",
                "cast",
                "regard",
                "view",
                "deem",
                "cite",
            )
            and as_
        ):
            return p
        return None

    def _called_so(self, p: int, end: int) -> bool:
        """ "called the complaint politically driven": an object and an adjective that belongs to it."""
        items = self.items
        if items[p].low not in ("the", "his", "her", "their", "its", "it", "this", "that") or end - p < 2:
            return False
        adjective = p + 1 if items[p].low == "it" else p + 2
        if adjective >= end or not is_word(items[adjective]) or is_capital(items[adjective]):
            return False
        low = items[adjective].low
        ends = low.endswith(
            ("ed", "ful", "less", "ous", "ive", "able", "ible", "ic", "ical", "al", "ish", "fair", "ly")
        )
        return ends and low not in TIME

    def _intended(self, p: int, cue: Cue, who: Phrase) -> int | None:
        items, n = self.items, len(self.items)
        if cue.lemma not in INTEND or not self._human(who):
            return None
        if (
            items[p].low == "to"
            and p + 1 < n
            and items[p + 1].low not in ("the", "a", "his", "her", "their", "this", "that")
        ):
            return p
        if cue.lemma == "want" and is_word(items[p]) and items[p].low not in PREPOSITIONS:
            return p
        if cue.lemma in ("expect",):
            to = self._find_to(p)
            return p if to is not None else None
        return None

    def _demanded(self, p: int, cue: Cue) -> int | None:
        items, n = self.items, len(self.items)
        if items[p].quote is not None:
            return p
        if items[p].low == "that":
            return p + 1 if p + 1 < n else None
        to = self._find_to(p)
        if to is not None:
            return to
        if (
            cue.lemma in ("urge", "demand", "encourage", "advise")
            and is_word(items[p])
            and items[p].low not in PREPOSITIONS
        ):
            return p
        if cue.lemma == "call-on":
            return p
        return None
