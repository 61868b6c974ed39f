"""Reporting verbs that stand after what was said: "…," said X, "…, X said on Monday.", "…," X fired back."""

from __future__ import annotations

from collections.abc import Sequence

from kuager.instruments.text.english import phrases
from kuager.instruments.text.english.items import VERB_SUFFIX, is_adverb, is_capital, is_verb, is_word
from kuager.instruments.text.english.lexicon import (
    ADJUNCT,
    ADVERBS,
    AUXILIARIES,
    BOUNDARIES,
    CUES,
    DAYS,
    DETERMINERS,
    ENDS,
    MEDIA,
    OWN_VOICE,
    PREPOSITIONS,
    PRONOUNS,
    SPELLS,
    Cue,
)
from kuager.instruments.text.english.phrases import Phrase
from kuager.instruments.text.english.subjects import Subjects
from kuager.instruments.text.who.behind import right_of

_INVERTIBLE = frozenset(
    "say add ask write explain note conclude reply argue claim recall tweet continue warn "
    "insist joke quip respond state declare announce "
    "report observe read complain predict exclaim shout post begin remark according recount "
    "suggest acknowledge believe think agree lament recall remember reason sigh laugh joke gripe grumble "
    "counter".split()
)


#: What can be read out.
_TEXTS = MEDIA | {"sign", "banner", "placard", "poster", "caption"}
RETORTS = frozenset(
    (v, p)
    for p, verbs in {
        "back": "fired shot hit fires shoots hits clapped snapped",
        "in": "chimed cut broke chimes cuts breaks",
        "on": "went goes",
        "up": "piped pipes spoke",
    }.items()
    for v in verbs.split()
)


class Order(Subjects):
    """One English sentence: inverted and postposed cues."""

    def _retort(self, i: int) -> bool:
        """ "…," Kray fired back."""
        items = self.items
        if i + 1 >= len(items) or (items[i].low, items[i + 1].low) not in RETORTS:
            return False
        who = phrases.left_of(items, i - 1) if i else None
        return who is not None and self._postposed(i, who, (Cue("retort", "say", "past"),))

    def _opening(self, i: int) -> bool:
        """ "Says the Record, “…”": the verb first, and the quotation at the end."""
        items, n = self.items, len(self.items)
        who = right_of(items, i + 1) if i == 0 and items[0].low in ("says", "said", "writes", "wrote") else None
        if who is None or who[1] + 1 >= n or items[who[1]].low not in (",", ":") or items[who[1] + 1].quote is None:
            return False
        self._add(who, (0, 1), who[1] + 1, self._content_end(who[1] + 1), CUES[items[0].low][0])
        return True

    def _inverted(self, i: int, cues: Sequence[Cue]) -> bool:
        """ "…," said X."""
        items = self.items
        if self._opening(i):
            return True
        quoted = i > 0 and self.items[i - 1].quote is not None and cues[0].kind in ("say", "weak")
        if i == 0 or (cues[0].lemma not in _INVERTIBLE and not quoted) or cues[0].form not in ("past", "s", "base"):
            return False
        if i + 1 < len(items) and items[i + 1].low in DAYS | {"last", "this", "late", "early", "next", "about", "by"}:
            return False  # "…,” Adams, who heads the office, said Monday."
        k = i - 1
        while k > 0 and is_adverb(items[k]) and items[k].low in ("also", "then"):
            k -= 1
        before = items[k]
        if not (before.quote is not None or before.low in (",", "?", "!", "—", "–", "-") or before.low in ("as", "so")):
            return False
        if i + 1 >= len(items):
            return False
        follow = items[i + 1]
        if follow.quote is not None or (
            follow.low in ("that", "to", "it", "in", "on", "at", "he", "they", "she", "i", "we")
            and before.low in (",",)
            and not (before.quote)
        ):
            return False
        who = right_of(items, i + 1)
        if who is None or is_adverb(follow):
            return False
        if k == 1 and before.low == "," and items[0].quote is None:  # "But, said Mr Lane, the jury must …"
            pause = who[1] < len(items) and items[who[1]].low == "," and self._after_pause(who[1] - 1, who, cues[0])
            return bool(pause)
        if before.low in (",", "—", "–", "-"):
            follow_after = items[who[1]].low if who[1] < len(items) else "."
            simple = (
                who[1] >= len(items)
                or follow_after in (",", ".", ";", "—", "–", ":")
                or items[who[1]].quote is not None
                or follow_after in ADJUNCT
                or follow_after in DAYS | {"who"}
            )
            if not simple or is_verb(items, who[0]):
                return False
            if not any(is_verb(items, m) or items[m].quote is not None for m in range(k)):
                return False  # "Its chair, Anne Waiguru, said officers who fired …"
            prior = items[k - 1]
            apposed = phrases.left_of(items, k)
            if (
                apposed is not None
                and is_capital(items[apposed[0]])
                and apposed[0] <= 1
                and prior.quote is None
                and (follow.low in DETERMINERS or any(items[m].low in ("who", "whose") for m in range(*apposed)))
            ):
                return False
        head = k if before.low in (",", "as", "so", "—", "–", "-") else k + 1
        while head > 0 and items[head - 1].low in (",", "as"):
            head -= 1
        if head <= 0:
            return False
        start = self._clause_start(head)
        end = head
        after = who[1]
        if after < len(items) and items[after].low == ",":
            after += 1
        rest_quote = after < len(items) and items[after].quote is not None and items[after].words >= 2
        if rest_quote and items[head - 1].quote is not None:
            end = self._content_end(after)
        self._add(who, (i, i + 1), start, end, cues[0])
        self.subject = who
        clause = who[1] + 1 if who[1] < len(items) and items[who[1]].low == "," else who[1]
        if clause < len(items) and items[clause].low in ("who", "whose"):
            # What the speaker's relative clause tells is the reporter's: "said one strategist who is advising …".
            stop = next((m for m in range(clause, len(items)) if items[m].quote is not None), len(items))
            if not any(c.lemma in ("say", "tell") for m in range(clause, stop) for c in CUES.get(items[m].low, ())):
                self.taken.append((clause, stop))
        return True

    def _read_out(self, i: int) -> bool:
        """ "“…,” the statement read.": what a document says in so many words."""
        who = phrases.left_of(self.items, i - 1) if i else None
        if who is None or not {self.items[k].low for k in range(*who)} & _TEXTS:
            return False
        cue = Cue("read", "say", "past")
        start = next((k for k in (i + 1, i + 2) if k < len(self.items) and self.items[k].quote is not None), None)
        if start is not None:  # "The statement read: “…”"
            self._add(who, (i, i + 1), start, self._content_end(start), cue)
            return True
        return self._postposed(i, who, (cue,))

    def _postposed(self, i: int, who: Phrase, cues: Sequence[Cue]) -> bool:
        """ "…, X said." and "…, X said, …"."""
        items, n = self.items, len(self.items)
        a = who[0]
        kinds = {c.kind for c in cues}
        if a == 0 or not kinds & {"say", "weak", "tell"}:
            return False
        if cues[0].lemma == "accept" or ("intend" in kinds and i + 1 < n and items[i + 1].low == "to"):
            return False
        before = items[a - 1]
        as_clause = before.low in ("as", "so")
        k = a - 2 if as_clause else a - 1
        if as_clause and (k < 0 or items[k].low != ","):
            return False
        if not (items[k].quote is not None or items[k].low in (",", "?", "!", "—", "–", "-")):
            return False
        head = k + 1 if items[k].quote is not None else k
        short = items[head - 1].quote is None and sum(x.words if x.quote else is_word(x) for x in items[:head]) < 2
        if short:  # "This, the barrister said, suggested …"
            return self._after_pause(i, who, cues[0])
        if self._introduces(i + 1):
            return False
        if head < 4 and all(is_capital(x) for x in items[:head]):
            return False  # "Jarret Brandt, consultant to the bank, said"
        p = i + 1
        if cues[0].lemma == "retort" and p < n and (items[i].low, items[p].low) in RETORTS:
            p += 1
        if "tell" in kinds:
            hearer = right_of(items, p)
            if hearer is None:
                return False
            p = hearer[1]
        while p < n and (
            is_adverb(items[p])
            or items[p].low in DAYS
            or (items[p].low == "on" and p + 1 < n and items[p + 1].low in DAYS)
            or (items[p].low in ("last", "this", "late", "early") and p + 1 < n and items[p + 1].low in SPELLS)
            or (p > i + 1 and items[p].low in SPELLS)
        ):
            p += 1
        p = self._past_medium(p)
        if items[head - 1].quote is not None and self._retold(p):
            self._add(who, (i, i + 1), self._clause_start(head), head, cues[0])
            return True
        follow = items[p] if p < n else None
        opening = items[self._clause_start(head)]
        if items[head - 1].quote is None and opening.low in PREPOSITIONS | BOUNDARIES:
            medial = follow is not None and follow.low == "," and any(is_verb(items, m) for m in range(p + 1, n))
            if not medial and not any(is_verb(items, m) or items[m].quote for m in range(head)):
                return False
        quoted_before = items[head - 1].quote is not None
        if follow is None or follow.low in ENDS or follow.low in (",", "—", "–", ")"):
            pass
        elif follow.low in ("that", "who") and "tell" in kinds and self._pauses(head - 1):
            pass  # "“…,” Mack told a crowd that held a senator"
        elif follow.quote is not None:
            if not quoted_before:
                return False
        elif (
            (follow.low in ADJUNCT | PREPOSITIONS and quoted_before)
            or (
                follow.low in ADJUNCT
                and not any(x.low == "that" for x in items[p : p + 12])
                and not any(is_verb(items, m) and not (m + 1 < n and phrases.is_reduced(items, m)) for m in range(p, n))
            )
            or (quoted_before and items[head - 1].words > 3 and follow.low in ("and",))
        ):
            pass
        else:
            return False
        if (
            follow is not None
            and follow.low == ","
            and not quoted_before
            and p + 1 < n
            and items[p + 1].quote is not None
            and (items[p + 1].words > 3 or items[0].low in ("when", "asked", "pressed"))
        ):
            lead = items[0].low
            if lead in PREPOSITIONS | BOUNDARIES | ADVERBS:
                return False
        start = self._clause_start(head)
        end = head
        q = p
        if follow is not None and follow.low in (",", ":", "—"):
            q = p + 1
        if (q < n and items[q].quote is not None and items[q].words >= 2 and (quoted_before or q > p)) or (
            follow is not None
            and follow.low == ","
            and q < n
            and not quoted_before
            and items[q].low not in OWN_VOICE | (ADJUNCT - {"to"}) | {"who", "which", "after"}
            and not (items[q].low == "and" and not self._clause_after(q + 1))
            and not items[q].low.endswith("ing")
            and sum(is_word(x) for x in items[q:]) >= 3
        ):
            end = self._content_end(q)
        if end == head and quoted_before and follow is not None:
            resumed = next((m for m in range(p + 1, min(n, p + 12)) if items[m].quote is not None), None)
            if (
                resumed is not None
                and items[resumed - 1].low == ","
                and not any(
                    items[m].low in CUES and CUES[items[m].low][0].form == "past" for m in range(p + 1, resumed)
                )
            ):
                end = self._content_end(resumed)
        self._add(who, (i, i + 1), start, end, cues[0])
        return True

    def _manner(self, q: int) -> bool:
        """ "“…,” the board sniped.": after a quotation that ends in a comma, whoever does something says it."""
        items, n = self.items, len(self.items)
        if not items[q].token.text.rstrip("\"”’'»").endswith((",", "?", "!", ",—")) or q + 2 >= n:
            return False
        if not is_word(items[q + 1]) or items[q + 1].low in BOUNDARIES | PREPOSITIONS | {"and", "or", "i", "we", "you"}:
            return False
        behind = right_of(items, q + 2) if VERB_SUFFIX.match(items[q + 1].low) else None
        if (
            behind is not None
            and (behind[1] >= n or not is_word(items[behind[1]]))
            and (self._human(behind) or items[behind[0]].low in ("one", "another"))
        ):  # "“…,” raged one"
            self._add(behind, (q + 1, q + 2), self._clause_start(q + 1), q + 1, Cue("manner", "say", "past"))
            return True
        verb = next((m for m in range(q + 2, min(n, q + 9)) if is_verb(items, m)), None)
        who = phrases.left_of(items, verb - 1, q + 1) if verb is not None else None
        if who is None or verb is None or who[0] != q + 1 or items[verb].low in AUXILIARIES or not self._human(who):
            return False
        after = items[verb + 1] if verb + 1 < n else None
        ends = after is None or after.quote is not None or after.low in ENDS | PREPOSITIONS | ADJUNCT | {","}
        if not (ends or (after is not None and is_adverb(after))):
            return False
        self._add(who, (verb, verb + 1), self._clause_start(q + 1), q + 1, Cue("manner", "say", "past"))
        return True

    def _after_pause(self, i: int, who: Phrase, cue: Cue) -> bool:
        """ "But, Lane said, | the jury must ask …": what follows a cue that stands between commas."""
        items, n = self.items, len(self.items)
        start = i + 2
        if items[who[0]].low in PRONOUNS and items[0].low not in BOUNDARIES | ADVERBS | DETERMINERS | {"and", "but"}:
            return False  # "Voronin, he says, can wait"
        if start >= n or items[i + 1].low != "," or not any(is_verb(items, m) for m in range(start, n)):
            return False
        self._add(who, (i, i + 1), start, self._content_end(start), cue)
        return True

    def _retold(self, p: int) -> bool:
        """Whether the verb goes on with when it was said: "“Go home,” Lane said | he told the men before they left"."""
        items = self.items
        return (
            p + 2 < len(items)
            and items[p].low in ("he", "she", "they")
            and any(
                c.form == "past" and c.kind in ("say", "tell", "weak", "demand") for c in CUES.get(items[p + 1].low, ())
            )
        )

    def _introduces(self, p: int) -> bool:
        """Whether a colon and a quotation follow the verb: "…, the aide wrote to a colleague: “…”"."""
        items = self.items
        for m in range(p, min(len(items) - 1, p + 12)):
            if items[m].low == ":":
                return items[m + 1].quote is not None
            if items[m].quote is not None or items[m].low in ENDS | {","}:
                return False
        return False

    def _past_medium(self, p: int) -> int:
        """Past "in a statement", "by telephone", "on its website" after "…, it said"."""
        items, n = self.items, len(self.items)
        if p < n and items[p].low in ("in", "on", "by", "at", "during", "via", "through"):
            for m in range(p + 1, min(n, p + 6)):
                if items[m].low in MEDIA:
                    ends = m + 1 >= n or items[m + 1].low in ENDS | {","} or items[m + 1].quote is not None
                    return m + 1 if ends else p
                if not is_word(items[m]):
                    break
        return p

    def _clause_after(self, p: int) -> bool:
        """Whether a clause with a subject of its own stands at ``p``, and nobody else speaks in it."""
        items, n = self.items, len(self.items)
        if p >= n or not is_word(items[p]) or is_verb(items, p) or is_adverb(items[p]) or items[p].low in CUES:
            return False
        return any(is_verb(items, m) for m in range(p + 1, min(n, p + 12))) and not self._new_speaker(p)
