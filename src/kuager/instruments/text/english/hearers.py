"""What stands between a reporting verb and what was said: hearers, days, places, "in a statement"."""

from __future__ import annotations

from kuager.instruments.text.english.bounds import Bounds
from kuager.instruments.text.english.items import is_capital, is_verb, is_word
from kuager.instruments.text.english.lexicon import (
    ADJUNCT,
    AUXILIARIES,
    BOUNDARIES,
    CUES,
    DAYS,
    DETERMINERS,
    ENDS,
    MONTHS,
    PREPOSITIONS,
    PRONOUNS,
    Cue,
)
from kuager.instruments.text.who.behind import right_of

_HEARERS = frozenset(
    "him her them us me mps lawmakers parliament peers senators jurors "
    "reporters journalists lawmakers supporters investigators voters".split()
)
#: What hears and is no pronoun: "told the court soldiers had fired".
_ASSEMBLIES = frozenset(
    "court jury inquest inquiry hearing committee panel commission conference meeting rally crowd audience police"
    " officers deputies detectives newspaper paper broadcaster station channel agency magazine website network"
    " programme program congress council assembly house senate media officials relatives friends workers troops".split()
)
#: What may follow a hearer's name and is still the hearer: "the Dawn newspaper", "AFP news agency".
_TRADE_OF_NAMES = frozenset(
    "news agency newspaper paper television radio tv magazine website channel network programme program show station"
    " reporters correspondent podcast".split()
)
#: What opens a clause after a hearer.
_OPENS = PRONOUNS | {"there", "about", "around", "almost", "nearly", "more", "what", "how", "why", "whether"}


class Hearers(Bounds):
    """One English sentence: past hearer and adjunct to what was said."""

    def _find_to(self, p: int) -> int | None:
        """The "to" of "urged the government to restore": after the hearer, before any verb or clause."""
        items = self.items
        for m in range(p, min(len(items), p + 14)):
            if (
                items[m].low == "to"
                and m + 1 < len(items)
                and is_word(items[m + 1])
                and items[m + 1].low not in DETERMINERS
                and not is_capital(items[m + 1])
            ):
                return m
            if (
                items[m].low in BOUNDARIES | ENDS | {",", ":"}
                or items[m].quote is not None
                or items[m].low in AUXILIARIES
            ):
                return None
        return None

    def _after_hearer(self, p: int, cue: Cue) -> int | None:
        """Past "reporters in Washington on Monday" to what was told."""
        items, n = self.items, len(self.items)
        to = self._find_to(p) if cue.kind == "tell" else None
        if (
            to is not None
            and to > p
            and not any(is_verb(items, m) or items[m].low in PRONOUNS for m in range(p + 1, to))
        ):
            return to  # "told lawyers to keep quiet"
        for m in range(p, min(n, p + 22)):
            low = items[m].low
            if items[m].quote is not None and m > p and (items[m].words > 2 or items[m - 1].low in (",", ":")):
                return m
            if low == "that" and m > p and m + 1 < n and not is_verb(items, m + 1):
                return m + 1
            if low == ":" and m > p:
                return m + 1 if m + 1 < n else None
            if low in ENDS:
                return None
            if m > p and (is_verb(items, m) or (low == "," and m + 1 < n and items[m + 1].low in CUES)):
                break
        who = right_of(items, p)
        if who is None:
            return None
        q = who[1]
        if items[p].low in _HEARERS or items[p].low in ("her", "him"):
            q = p + 1
        if q + 1 < n and items[q].low in ("in", "at", "near", "outside") and is_capital(items[q + 1]):
            place = q + 1
            while place < n and is_capital(items[place]):
                place += 1
            if place < n and is_word(items[place]) and items[place].low in DETERMINERS | PRONOUNS:
                q = place
        if q < n and (items[q].low in ADJUNCT or items[q].low in DAYS):
            skipped = self._skip_adjunct(q)
            if skipped is not None:
                q = skipped
            else:
                while q < n and items[q].low in DAYS | {"on"}:
                    q += 1
        if cue.kind == "tell":
            to = self._find_to(p)
            if to is not None and q <= to <= q + 1:
                return to
        if (
            q < n
            and is_word(items[q])
            and (
                items[q].low in PRONOUNS
                or items[q].low in DETERMINERS
                or is_capital(items[q])
                or items[q].low in ("what", "how", "whether", "why", "there", "about")
            )
            and items[q].low not in ADJUNCT - {"about"}
        ):
            return q
        return self._after_bare_hearer(p)

    def _after_bare_hearer(self, p: int) -> int | None:
        """Where a clause begins without "that": "told AFP | soldiers had fired", "told the Herald | the man stood by".

        A determiner or pronoun opens it; else a change between capitals and small letters, or a noun for hearers.
        """
        items = self.items
        n = len(items)
        verb = next((m for m in range(p + 1, min(n, p + 24)) if is_verb(items, m)), None)
        stop = next((m for m in range(p, n) if not is_word(items[m])), n)
        if verb is None or verb > stop:
            # "told the jury, at the crown court, | the knife was clean", "told a rival, Lee Ward (D., Alton), | she …"
            last = stop < n and items[stop].low == "," and self._closing(stop)
            return last + 1 if last and self._opens_clause(last + 1) else None
        if verb == p + 1:
            return verb if items[verb].low.split("'")[0] in PRONOUNS else None
        for k in range(p + 1, verb + 1):
            low, before = items[k].low, items[k - 1].low
            if before in PREPOSITIONS | DETERMINERS or before.endswith("'s"):
                continue
            if low.split("'")[0] in _OPENS or (low in DETERMINERS and k < verb) or low[:1].isdigit():
                return k
        k = p + (items[p].low in DETERMINERS)
        capital = is_capital(items[k])
        while k < verb and is_capital(items[k]) == capital:
            if not capital and items[k].low in _HEARERS | _ASSEMBLIES:
                return k + 1 if k + 1 < verb else None
            k += 1
        while capital and k < verb and items[k].low in _TRADE_OF_NAMES:
            k += 1
        mixed = capital and any(is_capital(items[m]) for m in range(k, verb))
        return k if k < verb and not mixed and items[k].low not in PREPOSITIONS | BOUNDARIES else None

    def _closing(self, comma: int) -> int | None:
        """The comma that closes what the one at ``comma`` opens, what stands in brackets skipped."""
        items, k = self.items, comma + 1
        while k < min(len(items), comma + 16):
            if items[k].low == "(":
                k = next((m for m in range(k, len(items)) if items[m].low == ")"), len(items))
            elif items[k].low == ",":
                return k
            elif items[k].quote is not None or items[k].low in ENDS | {":"} or is_verb(items, k):
                return None
            k += 1
        return None

    def _opens_clause(self, p: int) -> bool:
        """Whether a noun phrase and its verb stand at ``p``."""
        items = self.items
        if p >= len(items) or not is_word(items[p]) or items[p].low in BOUNDARIES | PREPOSITIONS | {"and", "or"}:
            return False
        return items[p].low in PRONOUNS or (not is_verb(items, p) and self._has_verb(p))

    def _skip_adjunct(self, p: int) -> int | None:
        """Past "in a statement", "to reporters", "on Tuesday" where words said follow."""
        items, n = self.items, len(self.items)
        q = p
        moved = False
        while q < n:
            low = items[q].low
            if low in DAYS:
                q += 1
            elif (
                low in ("on", "late", "early", "last")
                and q + 1 < n
                and (items[q + 1].low in DAYS or items[q + 1].low in ("week", "month", "year", "night"))
            ):
                q += 2
            elif low in ("on", "in") and q + 2 < n and items[q + 1].low in MONTHS:
                q += 2
                while q < n and (
                    items[q].low.rstrip(",").isdigit()
                    or (items[q].low == "," and q + 1 < n and items[q + 1].low.isdigit())
                ):
                    q += 1
            elif low in ("night", "morning", "afternoon", "evening", "earlier", "later") and moved:
                q += 1
            else:
                break
            moved = True
        if q < n and items[q].low in ADJUNCT:
            for m in range(q + 1, min(n, q + 16)):
                low = items[m].low
                if low == "that" and items[m - 1].low not in ("at", "in", "for", "of", "with", "on"):
                    return m + 1 if m + 1 < n else None
                if items[m].quote is not None and (items[m].words > 3 or items[m - 1].low in (",", ":")):
                    return m
                if low == ":":
                    return m + 1 if m + 1 < n else None
                if low in ENDS or low in AUXILIARIES or is_verb(items, m) or low in BOUNDARIES:
                    break
            if (items[q].low in ("in", "at", "to", "during") and q + 2 < n and items[q].low != "to") or (
                q + 1 < n and items[q].low == "to" and items[q + 1].low in _HEARERS
            ):
                for m in range(q + 1, min(n, q + 6)):
                    if (
                        items[m].low
                        in (
                            "statement",
                            "interview",
                            "speech",
                            "tweet",
                            "conference",
                            "briefing",
                            "email",
                            "letter",
                            "post",
                            "reporters",
                            "journalists",
                            "debate",
                            "report",
                            "press",
                            "radio",
                            "television",
                            "facebook",
                            "twitter",
                        )
                        and m + 1 < n
                        and self._starts_clause(m + 1)
                    ):
                        return m + 1
        if moved and q < n:
            if items[q].low == "that":
                return q + 1 if q + 1 < n else None
            if items[q].quote is not None or is_word(items[q]):
                return q
            if items[q].low in (":", ",") and q + 1 < n and items[q + 1].quote is not None:
                return q + 1
        return None
