"""Attribution in English by other words than a verb with its subject: labels, "according to", claims as nouns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kuager.instruments.text.english import phrases
from kuager.instruments.text.english.items import VERB_SUFFIX, is_adverb, is_capital, is_verb, is_word
from kuager.instruments.text.english.lexicon import (
    AUXILIARIES,
    BOUNDARIES,
    CUES,
    DAYS,
    DETERMINERS,
    NOUN_LIKE,
    OWN_VOICE,
    PREPOSITIONS,
    PRONOUNS,
    Cue,
)
from kuager.instruments.text.english.order import Order
from kuager.instruments.text.english.phrases import Phrase
from kuager.instruments.text.who.behind import right_of

_LABEL = re.compile(r"^[A-Z][\w.'’\-]*(?: [A-Z][\w.'’\-]*){0,4}$")


#: What follows a noun in "people briefed on the talks": still the source.
_KNOWING = frozenset(
    "briefed familiar close involved with who present authorized knowledgeable released obtained published by from"
    " conducted commissioned".split()
)


#: What passes on what others said.
_RELAYS = re.compile(
    r"\b(?:station|network|broadcaster|channel|newspaper|paper|magazine|website|outlet|agency|Times|Post|News|Journal|TV"
    r"|Radio|Reuters|AFP|AP|Press|CNN|BBC|NPR)\b"
)
#: What makes something so, or tells of it by what is: no reporting.
_BRINGS_ABOUT = frozenset(
    "ensured caused required arranged proved needed allowed happened appeared seemed turned ended decreed mattered"
    " helped provided meant followed emerged transpired received used showed".split()
)
#: What opens a clause of its own before "according to".
_JOINS = frozenset("and but while whereas though although yet because so however".split())
_QUOTES_HIM = frozenset("quoted quotes quote quoting cited cites".split())
_PROMISES = frozenset("promise pledge vow threat".split())


class Forms(Order):
    """One English sentence: labels, "according to", nouns that hold what was said, "was quoted as saying"."""

    def _told_by(self, i: int) -> None:
        """ "he had been told by a nurse that …": the nurse, inside his words."""
        who = right_of(self.items, i + 2)
        if who is None or who[1] + 1 >= len(self.items) or self.items[who[1]].low != "that":
            return
        self._add(who, (i, i + 2), who[1] + 1, self._content_end(who[1] + 1), Cue("tell", "tell", "past"))

    def _held_that(self, i: int) -> bool:
        """ "The bar regretted that …": a verb not known for reporting, with a person before it and a clause behind."""
        items = self.items
        low = items[i].low
        if low in CUES or low in _BRINGS_ABOUT or not VERB_SUFFIX.match(low) or not is_verb(items, i):
            return False
        if items[i - 1].low in AUXILIARIES - {"has", "have", "had"} or not self._opens_clause(i + 2):
            return False
        who, finite = self._subject(i, "past")
        if who is None or not finite or not self._human(who) or self.subject == who:
            return False
        self._add(who, (i, i + 1), i + 2, self._content_end(i + 2), Cue("hold", "weak", "past"))
        return True

    def _was_told(self, i: int) -> bool:
        """ "The jury were told | the man was lonely": words of somebody who is not named."""
        items, n = self.items, len(self.items)
        back = i - 1
        while back > 0 and is_adverb(items[back]):
            back -= 1
        if items[i].low != "told" or items[back].low not in ("was", "were", "been", "being") or i + 3 >= n:
            return False
        start = i + 1 + (items[i + 1].low == "that")
        if items[i + 1].low != "that" and not self._opens_clause(start):
            return False
        end = self._content_end(start)
        if end - start < 3 or items[start].low in ("by", "to", "not"):
            return False
        self._add((i, i + 1), (i, i + 1), start, end, Cue("tell", "tell", "past"))
        self.drafts[-1].mention = None
        return True

    def _label(self) -> None:
        """'NAME: "…"' and "Police: fourteen killed" (the second in headlines only)."""
        if self._captioned():
            return
        colon = next((k for k in range(1, min(8, len(self.items))) if self.items[k].low == ":"), None)
        if self.headline and colon == 1 and self.items[0].quote is not None:
            # 'They Knew': Mother of Slain Deputy Sues County
            verb = next(
                (k for k in range(3, len(self.items)) if self.items[k].low in CUES or is_verb(self.items, k)), None
            )
            who = phrases.left_of(self.items, verb - 1, 2) if verb is not None else None
            if who is not None and self._human(who):
                self._add(who, (1, 2), 0, 1, Cue("label", "say", "base"))
            return
        if colon is None or colon + 1 >= len(self.items):
            return
        name = self.text[self.items[0].start : self.items[colon - 1].end]
        quote = self.items[colon + 1].quote is not None
        owner = re.match(r"(?P<who>.{2,40}?)['’]s (?:text|letter|email|message|memo|note|warning|plea|post)\b", name)
        if self.headline and quote and owner:
            last = next(k for k in range(colon) if self.items[k].end >= self.items[0].start + owner.end("who"))
            self._add((0, last + 1), (colon, colon + 1), colon + 1, colon + 2, Cue("label", "say", "base"))
            return
        if (
            not _LABEL.match(name)
            or not (quote or self.headline or name.isupper())
            or any(is_verb(self.items, k) for k in range(colon) if not is_capital(self.items[k]))
        ):
            return
        if any(w.lower() in CUES and w.lower() not in NOUN_LIKE for w in name.split()) or name.isdigit():
            return
        self._add((0, colon), (colon, colon + 1), colon + 1, self._content_end(colon + 1), Cue("label", "say", "base"))

    def _captioned(self) -> bool:
        """ "Lakers captain Petr Havel on coming back from a ban: “…”": who, on what, and what they said of it."""
        items, n = self.items, len(self.items)
        first = next((k for k in range(n) if is_word(items[k])), n)
        on = next((k for k in range(first + 1, min(n, first + 9)) if items[k].low in ("on", "about")), None)
        colon = next((k for k in range(first, n - 1) if items[k].low == ":"), None)
        if on is None or colon is None or colon < on or items[colon + 1].quote is None:
            return False
        who = (first, on)
        if any(is_verb(items, k) or not is_word(items[k]) for k in range(first, on)) or not is_capital(items[on - 1]):
            return False
        if sum(is_capital(items[k]) for k in range(first, on)) < 2 or not self._human(who):
            return False
        between = [c for k in range(on, colon) for c in CUES.get(items[k].low, ())]
        if any(items[k].low in AUXILIARIES for k in range(on, colon)) or any(
            c.kind in ("say", "tell") for c in between
        ):
            return False
        self._add(who, (colon, colon + 1), colon + 1, self._content_end(colon + 1), Cue("label", "say", "base"))
        return True

    def _introduced(self) -> None:
        """ "A shadow minister was blunter: “…”": a person, a colon, and a quotation that ends the sentence."""
        items, n = self.items, len(self.items)
        colon = next((k for k in range(2, n - 1) if items[k].low == ":" and items[k + 1].quote is not None), None)
        if colon is None or self.drafts or any(x.quote is None and is_word(x) for x in items[colon + 2 :]):
            return
        if any(items[k].low in CUES or items[k].quote is not None for k in range(colon)):
            return
        who = phrases.main_subject(items, colon)
        if who is None and not any(is_verb(items, k) for k in range(colon)) and is_capital(items[colon - 1]):
            named = phrases.left_of(items, colon - 1)  # "One more from a witness, Marcus Hill: “…”"
            who = named if named is not None and named[1] - named[0] > 1 else None
        if who is not None and items[who[0]].low not in ("i", "we", "you", "it") and self._human(who):
            self._add(who, (colon, colon + 1), colon + 1, n, Cue("label", "say", "base"))

    def _according(self, i: int) -> None:
        who = right_of(self.items, i + 2)
        if who is None:
            return
        items, n = self.items, len(self.items)
        if who[1] < n and items[who[1]].low in _KNOWING:
            ends = (m for m in range(who[1], n) if items[m].low in (",", ".", ";", "and") or items[m].quote is not None)
            stop = next(ends, n)
            who = (who[0], stop) if stop - who[1] < 14 else who
        if any(d.cue and d.cue[0] < items[i].start and d.start == items[i].start for d in self.drafts):
            return  # "said that according to its own book 83 were missing"
        after = who[1]
        if after < n and self.items[after].low == ",":
            after += 1
            if after < n and items[after].low in ("speaking", "who", "whose"):  # "a diplomat, speaking on condition …,"
                after = next((k + 1 for k in range(after, n - 1) if items[k].low == ","), after)
        head = i - 1 if i > 0 and self.items[i - 1].low == "," else i
        spoken = next((d for d in self.drafts if d.cue and d.start < d.cue[0] < items[i].start), None)
        if spoken is not None and spoken.via is None and items[self._clause_start(i)].quote is not None:
            if _RELAYS.search(self.text[items[who[0]].start : items[who[1] - 1].end]):
                spoken.via = (items[who[0]].start, items[who[1] - 1].end)  # "“…,” Lane said, according to the station"
            return
        told = self.drafts[-1] if self.drafts else None
        if told is not None and told.mention and told.via is None and told.start < items[i].start <= told.end + 2:
            relays = told.lemma == "report" or _RELAYS.search(self.text, *told.mention) is not None
            if relays:  # "Reuters reports that …, according to police"
                told.via, told.mention = told.mention, (items[who[0]].start, items[who[1] - 1].end)
                return
        has_before = sum(x.words if x.quote else is_word(x) for x in self.items[:head]) >= 2
        has_after = sum(x.words if x.quote else is_word(x) for x in self.items[after:]) >= 3
        if head > 0 and items[head - 1].low in _JOINS:  # "…, but according to police, six were killed"
            start, end = after, self._content_end(after)
        elif has_before:
            start, end = self._clause_start(head), head
            tail_is_adjunct = (
                has_after
                and self.items[after].low in OWN_VOICE | BOUNDARIES | {"and", "in", "on", "at", "with"}
                and self.items[after].quote is None
            )
            if has_after and who[1] < n and self.items[who[1]].low == "," and not tail_is_adjunct:
                end = self._content_end(after)
        elif has_after:
            start, end = after, self._content_end(after)
        else:
            return
        self._add(who, (i, i + 2), start, end, Cue("according", "say", "base"))

    def _made_clear(self, i: int) -> bool:
        """ "She made it plain that …"."""
        items, n = self.items, len(self.items)
        that = next((k for k in range(i + 2, min(n - 1, i + 6)) if items[k].low == "that"), None)
        if that is None or not any(items[k].low in ("clear", "plain", "known") for k in range(i + 1, that)):
            return False
        who, _ = self._subject(i, "past")
        if who is None or not self._human(who):
            return False
        self._add(who, (i, that), that + 1, self._content_end(that + 1), Cue("say", "say", "past"))
        return True

    def _sourced(self, i: int) -> None:
        """ "Reuters said 46 had died, attributing the figure to Lopes", "…, quoting a source": whose words they are."""
        items = self.items
        start = i + 1
        if items[i].low == "attributing":
            start = next((k + 1 for k in range(i + 1, min(len(items), i + 7)) if items[k].low == "to"), len(items))
        who = right_of(items, start)
        if who is not None and items[i].low == "quoting" and items[who[1] - 1].low.endswith("s"):
            return  # officials, sources: several, of whom the paper's words are a summary
        said = self.drafts[-1] if self.drafts else None
        if who is None or said is None or said.mention is None or said.via is not None or not self._human(who):
            return
        said.via, said.mention = said.mention, (items[who[0]].start, items[who[1] - 1].end)
        said.end = min(said.end, items[i - 2].end)

    def _put(self, i: int) -> None:
        """ "…, as X put it" and "X put the death toll at 21"."""
        if self.items[i + 1].low != "it":
            rest = self.text[self.items[i + 1].start : self.items[-1].end]
            if re.match(
                r"(?:the|their|its|his|her) (?:[\w-]+ ){0,3}?(?:toll|number|figure|count|total|estimate|damage|cost)\b",
                rest,
            ):
                giver, _ = self._subject(i, "past")
                if giver is not None and self._human(giver):
                    end = self._content_end(i + 1)
                    end = next((k for k in range(i + 1, end) if self.items[k].low in ("while", "although", "but")), end)
                    self._add(giver, (i, i + 1), i + 1, end, Cue("put", "say", "past"))
            return
        who = phrases.left_of(self.items, i - 1)
        if who is None:
            return
        quote = next((k for k in range(i + 2, min(len(self.items), i + 9)) if self.items[k].quote is not None), None)
        if quote is not None and self.items[quote].words >= 1:
            self._add(who, (i, i + 2), quote, self._content_end(quote), Cue("put", "say", "past"))
            return
        start = 0
        head = who[0]
        while head > 0 and self.items[head - 1].low in ("as", ",", "or", "and"):
            head -= 1
        if head >= 2:
            self._add(who, (i, i + 2), start, head, Cue("put", "say", "past"))

    def _quoted_as(self, i: int) -> bool:
        """ "X was quoted as saying …" and "Y quoted him as saying …", at "saying"."""
        items = self.items
        if i < 3 or items[i - 1].low != "as":
            return False
        at = next((k for k in range(i - 2, max(-1, i - 9), -1) if items[k].low in _QUOTES_HIM), None)
        if at is None:
            return False
        via: Phrase | None = None
        if at == i - 2:
            k = at - 1
            while k > 0 and (items[k].low in AUXILIARIES or is_adverb(items[k])):
                k -= 1
            who = phrases.left_of(items, self._skip_time(k))
        else:
            who = right_of(items, at + 1)
            via = (
                phrases.left_of(items, self._skip_time(at - 1))
                if at and items[at].low in ("quoted", "quotes")
                else None
            )
        if who is None:
            return False
        drafted = len(self.drafts)
        start = i + 1
        if start < len(items) and items[start].low == "that":
            start += 1
        later = next((k for k in range(start, min(len(items), start + 8)) if items[k].quote is not None), None)
        if start < len(items) and items[start].low in PREPOSITIONS - {"by"}:  # "as saying of the letter, “…”"
            start = later if later is not None else len(items)
        if start < len(items) and items[start].low == "by":  # "“…,” she was quoted as saying by the paper"
            via = right_of(items, start + 1) or via
            start = len(items)
        if sum(x.words if x.quote else is_word(x) for x in items[start:]) >= 2 and items[start].low not in DAYS:
            self._add(who, (i, i + 1), start, self._content_end(start), Cue("say", "say", "ing"))
        elif items[0].quote is not None or any(x.quote is not None for x in items[:at]):
            last = max(k for k in range(at) if items[k].quote is not None)
            self._add(who, (i, i + 1), self._clause_start(last + 1), last + 1, Cue("say", "say", "ing"))
        else:
            return False
        if via is not None and len(self.drafts) > drafted:
            self.drafts[-1].via = (items[via[0]].start, items[via[1] - 1].end)
        return True

    def _nominal(self, i: int) -> None:
        """ "Nazarbayev's claim that …", "claims by protesters that …", "the protesters' fear that …"."""
        items, n = self.items, len(self.items)
        that = i + 1
        who: Phrase | None = None
        if that < n and items[that].low in ("by", "from", "of"):
            who = right_of(items, that + 1)
            if who is None or not self._human(who):
                return
            that = who[1]
        copula = that < n and items[that].low in ("is", "was", "remains", "remained")
        that += copula
        promised = that < n and items[that].low == "to" and items[i].low in _PROMISES and not copula
        if that >= n or (items[that].low != "that" and not promised):
            return
        if who is None:
            k = i - 1
            while (
                k >= 0
                and is_word(items[k])
                and items[k].low not in DETERMINERS
                and not items[k].low.endswith(("'s", "s'"))
                and items[k].low not in PREPOSITIONS
                and i - k < 4
                and not is_verb(items, k)
            ):
                k -= 1
            if k < 0 or not is_word(items[k]):
                return
            if items[k].low in ("his", "her", "their"):
                who = (k, k + 1)
            elif items[k].low.endswith(("'s", "s'")):
                who = phrases.left_of(items, k)
            else:
                if k > 0 and (is_verb(items, k - 1) or items[k - 1].low in CUES) and not promised:
                    who = phrases.main_subject(items, i)
        if who is None:
            return
        content = that + 1 - promised
        if content < n:
            end = self._content_end(content)
            if i < 6 and not any(items[k].low in CUES for k in range(i)):
                end = self._main_verb(content, end)
            self._add(who, (i, i + 1), content, end, Cue(items[i].low, "say", "base"))

    def _what_called(self, i: int, who: Phrase, cues: Sequence[Cue]) -> bool:
        """ "has documented what it calls “a pattern of demolition”": the speaker is whom "it" stands for."""
        items, n = self.items, len(self.items)
        if not {c.lemma for c in cues} & {"call", "describe", "characterize", "term", "say"}:
            return False
        quote = next((k for k in range(i + 1, min(n, i + 4)) if items[k].quote is not None), None)
        if quote is None:
            return False
        if items[who[0]].low in PRONOUNS:
            who = phrases.main_subject(items, who[0] - 1) or who
        self._add(who, (i, i + 1), quote, quote + 1, cues[0])
        return True
