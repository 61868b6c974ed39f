"""Attribution in English by rules: reporting verbs with their subjects, "according to", claims as nouns, quotations.

The span of a statement is the longest run of one speaker's words or thought under one cue inside one sentence; a
clause in which the reporter speaks again ("…, but the number appears to be higher") is cut off, since the worst
error is the wrong mouth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kuager.instruments.text import phrases
from kuager.instruments.text.english_bounds import Draft
from kuager.instruments.text.english_complements import Complements
from kuager.instruments.text.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BOUNDARIES,
    CONTENT_NOUNS,
    CUES,
    DETERMINERS,
    INANIMATE,
    NEGATIONS,
    NOUN_LIKE,
    PREPOSITIONS,
    PRONOUNS,
    Cue,
)
from kuager.instruments.text.phrases import Item, Phrase, is_adverb, is_capital, is_verb, is_word

Range = tuple[int, int]

#: More than any sentence that people write; a bound on hostile ones.
MAX_DRAFTS = 10
#: Statements inside statements of one sentence.
MAX_INNER = 4

_INVERTIBLE = frozenset(
    "say add ask write explain note conclude reply argue claim recall tweet continue warn "
    "insist joke quip respond state declare announce "
    "report observe read complain predict exclaim shout post begin remark according recount "
    "suggest acknowledge believe think agree lament recall remember reason sigh laugh joke gripe grumble "
    "counter".split()
)

_OWN_VOICE = frozenset(
    "but although though while whereas however yet despite even citing contradicting without "
    "referring according notwithstanding nor prompting "
    "drawing leading echoing apparently an as because making sparking setting".split()
)

_ADJUNCT = frozenset(
    "in on at to during after before from with when while as via through following ahead by "
    "late early amid of about until".split()
)

_MEDIA = frozenset(
    "statement interview speech tweet conference briefing email letter post telephone phone website twitter facebook "
    "television radio remarks note message telegram memo filing court testimony debate rally report".split()
)

#: What "it" does when a ministry or a company stands behind it.
_BODIES_DO = frozenset(
    "say add note warn announce claim insist argue deny confirm report promise vow pledge urge acknowledge allege"
    " call-for accuse stress emphasize reiterate admit concede blame".split()
)

_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today tonight".split())

_SPELLS = _DAYS | frozenset("week month year summer winter spring fall autumn night morning afternoon evening".split())

_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec".split()
)

_ENDS = frozenset({".", "!", "?", "…", ";"})

_NOMINAL = re.compile(rf"\b(?:{CONTENT_NOUNS})\b", re.I)

_LABEL = re.compile(r"^[A-Z][\w.'’\-]*(?: [A-Z][\w.'’\-]*){0,4}$")

_DOCUMENT = re.compile(
    r"\b(?:polls?|surveys?|study|studies|reports?|documents?|records|emails|e-mails|data|figures"
    r"|texts|messages|letters?|review|investigation|inquiry|audit|analysis|memo|tapes?|transcripts?|filings?)\b",
    re.I,
)


def sentence_drafts(sentence: Sequence[Item], text: str, headline: bool = False) -> list[Draft]:
    """The attributed statements of one sentence, in the order of their cues; nested ones know what they stand in."""
    reader = _Sentence(sentence, text, headline)
    return reader.read()


#: What follows a noun in "people briefed on the talks": still the source.
_KNOWING = frozenset(
    "briefed familiar close involved with who present authorized knowledgeable released obtained published".split()
)
#: Nouns whose content follows a copula: "the government's position is that …".
_HELD = frozenset("position line message stance case response answer defence defense point".split())
#: "The letter, dated 3 September and signed by two bishops, warns that …".
_DATED = (
    r"(?:The|A|An|His|Her|Their|Its) (?:[\w-]+ ){0,2}(?:letter|memo|report|statement|document|email|e-mail|note"
    r"|petition|complaint|lawsuit|affidavit|filing|study|survey|message|post|tweet), (?:dated"
    r"|signed|written|published|released|obtained|seen|posted|sent|filed|which)\b"
)
#: Determiners that can be a subject: "Another called it", "Some said".
_ALONE = frozenset("that another some many most both several few two three one all".split())
_PROMISES = frozenset("promise pledge vow threat".split())
#: "put the toll at 21", "raised the death toll to 38".
_GIVES = frozenset("put puts putting raised lowered revised updated increased cut sets raises revises".split())


def _outer_first(drafts: list[Draft], text: str) -> list[Draft]:
    """ "A nurse told him that …, he said": his words hold hers, although her cue comes first."""
    ordered: list[Draft] = []
    for d in drafts:
        at = len(ordered)
        if d.mention and text[slice(*d.mention)].casefold() in PRONOUNS:
            held = (
                k for k, o in enumerate(ordered) if o.mention and o.cue and d.start <= o.mention[0] and o.end <= d.end
            )
            at = next(held, at)
        ordered.insert(at, d)
    return ordered


_RETORTS = frozenset(
    (v, p)
    for p, verbs in {
        "back": "fired shot hit fires shoots hits clapped snapped",
        "in": "chimed cut broke chimes cuts breaks",
        "on": "went goes",
        "up": "piped pipes spoke",
    }.items()
    for v in verbs.split()
)
_RETORTING = frozenset(v for v, _ in _RETORTS)
_TOLD = frozenset("told assured informed warned".split())


def items_by(items: Sequence[Item], i: int) -> bool:
    """Whether the form at ``i`` is a passive with its doer: "been told by"."""
    return items[i - 1].low in ("been", "was", "were", "being") and i + 1 < len(items) and items[i + 1].low == "by"


class _Sentence(Complements):
    """One sentence being read."""

    def read(self) -> list[Draft]:
        n = len(self.items)
        if n < 3:
            return []
        self._label()
        self._introduced()
        i = 0
        while i < n and len(self.drafts) < MAX_DRAFTS:
            item = self.items[i]
            if item.quote is None and not any(a <= i < b for a, b in self.taken):
                if item.low == "according" and i + 1 < n and self.items[i + 1].low == "to":
                    self._according(i)
                elif item.low in _RETORTING and self._retort(i):
                    pass
                elif item.low in _TOLD and i and items_by(self.items, i):
                    self._told_by(i)
                elif item.low in CUES and not (_NOMINAL.fullmatch(item.low) and self._not_a_verb(i)):
                    self._verb(i)
                elif _NOMINAL.fullmatch(item.low) or (
                    item.low in _HELD and i + 2 < n and self.items[i + 1].low in ("is", "was", "remains", "remained")
                ):
                    self._nominal(i)
                if item.low in _GIVES and i + 1 < n:
                    self._put(i)
            i += 1
        return self._nested(self.drafts)

    def _told_by(self, i: int) -> None:
        """ "he had been told by a nurse that …": the nurse, inside his words."""
        who = phrases.right_of(self.items, i + 2)
        if who is None or who[1] + 1 >= len(self.items) or self.items[who[1]].low != "that":
            return
        self._add(who, (i, i + 2), who[1] + 1, self._content_end(who[1] + 1), Cue("tell", "tell", "past"))

    def _label(self) -> None:
        """'NAME: "…"' and "Police: fourteen killed" (the second in headlines only)."""
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

    def _introduced(self) -> None:
        """ "A shadow minister was blunter: “…”": a person, a colon, and a quotation that ends the sentence."""
        items, n = self.items, len(self.items)
        colon = next((k for k in range(2, n - 1) if items[k].low == ":" and items[k + 1].quote is not None), None)
        if colon is None or self.drafts or any(x.quote is None and is_word(x) for x in items[colon + 2 :]):
            return
        if any(items[k].low in CUES or items[k].quote is not None for k in range(colon)):
            return
        who = phrases.main_subject(items, colon)
        if who is not None and items[who[0]].low not in ("i", "we", "you", "it") and self._human(who):
            self._add(who, (colon, colon + 1), colon + 1, n, Cue("label", "say", "base"))

    def _according(self, i: int) -> None:
        who = phrases.right_of(self.items, i + 2)
        if who is None:
            return
        items, n = self.items, len(self.items)
        if who[1] < n and items[who[1]].low in _KNOWING:
            ends = (m for m in range(who[1], n) if items[m].low in (",", ".", ";", "and") or items[m].quote is not None)
            stop = next(ends, n)
            who = (who[0], stop) if stop - who[1] < 14 else who
        after = who[1]
        if after < n and self.items[after].low == ",":
            after += 1
        head = i - 1 if i > 0 and self.items[i - 1].low == "," else i
        has_before = sum(is_word(x) or x.quote is not None for x in self.items[:head]) >= 2
        has_after = sum(x.words if x.quote else is_word(x) for x in self.items[after:]) >= 3
        if has_before:
            start, end = self._clause_start(head), head
            tail_is_adjunct = (
                has_after
                and self.items[after].low in _OWN_VOICE | BOUNDARIES | {"and", "in", "on", "at"}
                and self.items[after].quote is None
            )
            if has_after and who[1] < n and self.items[who[1]].low == "," and not tail_is_adjunct:
                end = self._content_end(after)
        elif has_after:
            start, end = after, self._content_end(after)
        else:
            return
        self._add(who, (i, i + 2), start, end, Cue("according", "say", "base"))

    def _put(self, i: int) -> None:
        """ "…, as X put it" and "X put the death toll at 21"."""
        if self.items[i + 1].low != "it":
            rest = self.text[self.items[i + 1].start : self.items[-1].end]
            if re.match(
                r"(?:the|their|its|his|her) (?:[\w-]+ ){0,3}?(?:toll|number|figure|count|total|estimate|damage|cost)\b",
                rest,
            ):
                giver, _ = self._subject(i, "past")
                if giver is not None:
                    self._add(giver, (i, i + 1), i + 1, self._content_end(i + 1), Cue("put", "say", "past"))
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
        at = next((k for k in range(i - 2, max(-1, i - 9), -1) if items[k].low in ("quoted", "quoting", "cited")), None)
        if at is None:
            return False
        via: Phrase | None = None
        if at == i - 2:
            k = at - 1
            while k > 0 and (items[k].low in AUXILIARIES or is_adverb(items[k])):
                k -= 1
            who = phrases.left_of(items, self._skip_time(k))
        else:
            who = phrases.right_of(items, at + 1)
            via = phrases.left_of(items, self._skip_time(at - 1)) if at and items[at].low == "quoted" else None
        if who is None:
            return False
        drafted = len(self.drafts)
        start = i + 1
        if start < len(items) and items[start].low == "that":
            start += 1
        if sum(x.words if x.quote else is_word(x) for x in items[start:]) >= 2 and items[start].low not in _DAYS:
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
            who = phrases.right_of(items, that + 1)
            if who is None:
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

    def _verb(self, i: int) -> None:
        items = self.items
        if items[i].low in ("saying", "writing", "telling") and self._quoted_as(i):
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
        if (
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
        if lemma == "point" and not (i + 1 < len(items) and items[i + 1].low == "out" and form != "ing"):
            return
        speaking = not (head in INANIMATE and len(range(*who)) <= 6) or (head == "it" and lemma in _BODIES_DO)
        if not speaking and lemma not in ("say",):
            return
        if lemma in ("imply", "suggest", "indicate", "hint", "signal") and not self._human(who):
            return
        if finite and self._postposed(i, who, cues):
            self.subject = who
            return
        for cue in cues:
            start = self._complement(i, cue, who)
            if start is None:
                continue
            end = self._content_end(start, i)
            relative = i - 1 - sum(is_adverb(items[k]) for k in range(max(0, i - 2), i))
            if relative > 0 and items[relative].low == "who" and items[relative - 1].low == ",":
                # "Sen. Shelton, who rarely criticizes bankers, appeared frustrated."
                end = next((k for k in range(start, end) if items[k].low == ","), end)
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
                via = phrases.right_of(items, i + 2)
                if via is not None and self._human(via):
                    self.drafts[-1].via = (items[via[0]].start, items[via[1] - 1].end)
            return
        if finite:
            self.subject = who

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

    def _retort(self, i: int) -> bool:
        """ "…," Kray fired back."""
        items = self.items
        if i + 1 >= len(items) or (items[i].low, items[i + 1].low) not in _RETORTS:
            return False
        who = phrases.left_of(items, i - 1) if i else None
        return who is not None and self._postposed(i, who, (Cue("retort", "say", "past"),))

    def _not_a_verb(self, i: int) -> bool:
        """Whether the form at ``i`` is a noun, an adjective, a passive or an infinitive here."""
        items = self.items
        item = items[i]
        low = item.low
        before = items[i - 1] if i else None
        after = items[i + 1] if i + 1 < len(items) else None
        form = CUES[low][0].form
        if is_capital(item) and i > 0 and not self.headline:
            return True
        if i == 0 and form in ("base", "past"):
            return True
        if low in NOUN_LIKE:
            if form == "s" and i > 1 and is_verb(items, i - 2) and not is_capital(items[i - 1]):
                return True
            if (
                before is None
                or before.low in DETERMINERS
                or before.low in PREPOSITIONS - {"to"}
                or before.low.endswith(("'s", "s'"))
            ):
                return True
            if after is not None and after.low in ("of", "from", "and", "was", "were", "is", "are", "have", "has"):
                return True
            if self.headline and after is not None and after.low in ("after", "about", "over", "as", "by"):
                return True
            if (
                form == "base"
                and before.low not in PRONOUNS
                and not before.low.endswith("s")
                and before.low not in AUXILIARIES
                and before.low not in ("people", "police", "who")
                and not is_adverb(before)
            ):
                return True
        if form == "base" and before is not None:
            back = i - 1
            while back > 0 and is_adverb(items[back]):
                back -= 1
            word = items[back].low
            if word == "to":
                lead = items[back - 1].low if back else ""
                return lead not in ("on", "continued", "continues", "continue", "ought", "used")
            if (
                word in AUXILIARIES
                and word
                not in (
                    "would",
                    "will",
                    "may",
                    "might",
                    "did",
                    "does",
                    "do",
                    "could",
                    "can",
                    "'d",
                    "'ll",
                    "must",
                    "should",
                )
                and not word.endswith("n't")
            ):
                return True
        if form == "past":
            back = i - 1
            while back > 0 and is_adverb(items[back]):
                back -= 1
            if items[back].low in (
                "was",
                "were",
                "is",
                "are",
                "be",
                "been",
                "being",
                "'s",
                "'re",
                "am",
                "get",
                "got",
                "having",
            ):
                return True
            if (
                before is not None
                and (before.low in DETERMINERS - _ALONE or before.low in PREPOSITIONS or before.low.endswith("'s"))
                and low not in ("said", "told")
            ):
                return True
            if (
                after is not None
                and after.low == "by"
                and low not in ("responded", "replied", "began", "continued", "concluded", "said", "answered")
            ):
                return True
        if (
            low in ("called", "calls", "call", "calling")
            and after is not None
            and after.low in ("it", "him", "her", "them")
            and i + 2 < len(items)
            and items[i + 2].low in _ENDS | {"on", "and", "to"}
        ):
            return True
        return low == "like" or (low == "says" and before is not None and before.low == "it")

    def _subject(self, i: int, form: str) -> tuple[Phrase | None, bool]:
        """The subject of the verb at ``i`` and whether the verb is finite."""
        items = self.items
        j = i - 1
        if form == "ing":
            back = j
            while back > 0 and is_adverb(items[back]):
                back -= 1
            if items[back].low in ("is", "are", "was", "were", "been", "be", "'s", "'re", "am", "'m") or items[
                back
            ].low.endswith(("'s", "'re", "'m")):
                j = back
            else:
                lead = items[back].low
                if (
                    lead in PREPOSITIONS - {"by", "in", "after", "before", "without", "from", "of"}
                    or lead in DETERMINERS | {"to", "than"}
                    or lead.endswith("'s")
                ):
                    return None, False
                if (
                    items[i].low
                    in (
                        "suggesting",
                        "indicating",
                        "signaling",
                        "implying",
                        "reading",
                        "holding",
                        "seeing",
                        "finding",
                        "understanding",
                        "meaning",
                        "feeling",
                        "showing",
                        "calling",
                    )
                    and items[i].low != "calling"
                ):
                    return None, False
                absolute = self._absolute(back)
                if absolute is not None:
                    return absolute, False
                if (
                    lead not in (",", "and", "as", "by", "in", "after", "before", "—", "-")
                    and lead not in ("overheard", "heard", "quoted", "recorded", "filmed", "caught", "point", "times")
                    and not items[back].quote
                    and not (
                        (is_word(items[back]) and _NOMINAL.fullmatch(lead))
                        or lead
                        in (
                            "speech",
                            "letter",
                            "interview",
                            "post",
                            "email",
                            "message",
                            "tweets",
                            "video",
                            "ad",
                            "note",
                        )
                    )
                ):
                    return None, False
                return self._inherited(i), False
        while j >= 0 and (
            items[j].low in AUXILIARIES
            or is_adverb(items[j])
            or (
                items[j].low in ("to", "on")
                and j > 0
                and items[j - 1].low in ("on", "went", "goes", "continued", "continues", "going")
            )
            or items[j].low in ("went", "goes", "continued", "continues", "ought")
            or (items[j].low == "since" and j > 0 and items[j - 1].low in AUXILIARIES)
        ):
            if items[j].low in ("'s",) or (items[j].low in PRONOUNS):
                break
            j -= 1
        if j >= 0 and items[j].low.split("'")[0] in PRONOUNS and "'" in items[j].low:
            return (j, j + 1), True
        j = self._skip_time(j)
        if j < 0:
            return None, False
        low = items[j].low
        if low in ("who", "that", "which") and j > 0:
            who = phrases.before_relative(items, j)
            return who, False
        if low in ("and", "but", "then", "or") or (low == "," and j + 1 < i):
            if low == "and" and j > 0 and items[j - 1].low == ",":
                j -= 1
            apposed = phrases.left_of(items, j) if low == "," and self.subject is None else None
            if apposed is not None and apposed[0] <= 1:
                return apposed, True
            return self._inherited(i), False
        if low == ",":
            if re.match(_DATED, self.text[items[0].start : items[j].end]):
                return (0, next(k for k in range(j) if items[k].low == ",")), True
            who = phrases.left_of(items, j, self.floor if self.floor <= j else 0)
            if who is None:
                return None, False
            return who, True
        if low == "—" or low == "–":
            opening = next((k for k in range(j - 1, 0, -1) if items[k].low in ("—", "–")), None)
            if opening:
                return phrases.left_of(items, opening - 1), True
            return None, False
        found = phrases.left_of(items, j)
        if found is None and low not in ("that", "which", "to") and is_word(items[j]) and j >= 3:
            found = phrases.main_subject(items, i)
        return found, True

    def _absolute(self, j: int) -> Phrase | None:
        """ "…, with some members | warning that … and others | arguing that …"."""
        items = self.items
        start = next(
            (k for k in range(j, max(0, j - 12), -1) if items[k].low in ("with", "and") or is_verb(items, k)), None
        )
        if start is None or start >= j or items[start].low not in ("with", "and"):
            return None
        if any(items[k].quote is not None or items[k].low in (";", ":", ".") for k in range(start + 1, j)):
            return None
        if items[start].low == "and" and not (
            items[start + 1].low in ("others", "some", "many", "critics")
            and any(x.low == "with" for x in items[max(0, start - 25) : start])
        ):
            return None
        return (start + 1, j if items[j].low == "," else j + 1)

    def _skip_time(self, j: int) -> int:
        """Past "on Tuesday", "Wednesday night" or "in a statement" between subject and verb."""
        items = self.items
        k = j
        if k > 0 and items[k].low in ("night", "morning", "afternoon", "evening") and items[k - 1].low in _DAYS:
            k -= 1
        if k > 0 and items[k].low in _DAYS:
            k -= 1
            if k > 0 and items[k].low == "on":
                k -= 1
            return k
        if k > 1 and items[k].low.isdigit() and items[k - 1].low in _MONTHS:
            k -= 2
            return k - 1 if k > 0 and items[k].low == "on" else k
        for back in range(2, 6):
            a = k - back
            if (
                a > 0
                and items[a].low in ("in", "at", "during")
                and items[k].low
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
                    "remarks",
                )
                and items[a - 1].low != ","
            ):
                return a - 1
        return j

    def _inherited(self, i: int) -> Phrase | None:
        """The subject of the verb before, or of the main clause."""
        if self.subject is not None and self.subject[0] < i:
            return self.subject
        return phrases.main_subject(self.items, i)

    def _inverted(self, i: int, cues: Sequence[Cue]) -> bool:
        """ "…," said X."""
        items = self.items
        if i == 0 or cues[0].lemma not in _INVERTIBLE or cues[0].form not in ("past", "s", "base"):
            return False
        if i + 1 < len(items) and items[i + 1].low in ("last", "this", "late", "early", "next", "about", "by"):
            return False
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
        who = phrases.right_of(items, i + 1)
        if who is None or is_adverb(follow):
            return False
        if before.low == ",":
            follow_after = items[who[1]].low if who[1] < len(items) else "."
            simple = (
                who[1] >= len(items)
                or follow_after in (",", ".", ";", "—", "–", ":")
                or items[who[1]].quote is not None
                or follow_after in _ADJUNCT
                or follow_after in _DAYS | {"who"}
            )
            if not simple or is_verb(items, who[0]):
                return False
            prior = items[k - 1]
            apposed = phrases.left_of(items, k)
            if (
                apposed is not None
                and is_capital(items[apposed[0]])
                and apposed[0] <= 1
                and prior.quote is None
                and follow.low in DETERMINERS
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
            self.taken.append((clause, stop))
        return True

    def _postposed(self, i: int, who: Phrase, cues: Sequence[Cue]) -> bool:
        """ "…, X said." and "…, X said, …"."""
        items, n = self.items, len(self.items)
        a = who[0]
        kinds = {c.kind for c in cues}
        if a == 0 or not kinds & {"say", "weak", "tell"}:
            return False
        if "intend" in kinds and i + 1 < n and items[i + 1].low == "to":
            return False
        before = items[a - 1]
        as_clause = before.low in ("as", "so")
        k = a - 2 if as_clause else a - 1
        if as_clause and (k < 0 or items[k].low != ","):
            return False
        if not (items[k].quote is not None or items[k].low in (",", "?", "!", "—", "–", "-")):
            return False
        head = k + 1 if items[k].quote is not None else k
        if items[head - 1].quote is None and sum(x.words if x.quote else is_word(x) for x in items[:head]) < 2:
            return False
        if self._introduces(i + 1):
            return False
        p = i + 1
        if cues[0].lemma == "retort" and p < n and (items[i].low, items[p].low) in _RETORTS:
            p += 1
        if "tell" in kinds:
            hearer = phrases.right_of(items, p)
            if hearer is None:
                return False
            p = hearer[1]
        while p < n and (
            is_adverb(items[p])
            or items[p].low in _DAYS
            or (items[p].low == "on" and p + 1 < n and items[p + 1].low in _DAYS)
            or (items[p].low in ("last", "this", "late", "early") and p + 1 < n and items[p + 1].low in _SPELLS)
            or (p > i + 1 and items[p].low in _SPELLS)
        ):
            p += 1
        p = self._past_medium(p)
        follow = items[p] if p < n else None
        opening = items[self._clause_start(head)]
        if items[head - 1].quote is None and opening.low in PREPOSITIONS | BOUNDARIES:
            medial = follow is not None and follow.low == "," and any(is_verb(items, m) for m in range(p + 1, n))
            if not medial and not any(is_verb(items, m) or items[m].quote for m in range(head)):
                return False
        quoted_before = items[head - 1].quote is not None
        if follow is None or follow.low in _ENDS or follow.low in (",", "—", "–", ")"):
            pass
        elif follow.quote is not None:
            if not quoted_before:
                return False
        elif (
            (follow.low in _ADJUNCT | PREPOSITIONS and quoted_before)
            or (
                follow.low in _ADJUNCT
                and not any(x.low == "that" for x in items[p : p + 12])
                and not any(is_verb(items, m) for m in range(p, n))
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
            and items[q].low not in _OWN_VOICE | (_ADJUNCT - {"to"}) | {"who", "which", "after"}
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

    def _introduces(self, p: int) -> bool:
        """Whether a colon and a quotation follow the verb: "…, the aide wrote to a colleague: “…”"."""
        items = self.items
        for m in range(p, min(len(items) - 1, p + 12)):
            if items[m].low == ":":
                return items[m + 1].quote is not None
            if items[m].quote is not None or items[m].low in _ENDS:
                return False
        return False

    def _past_medium(self, p: int) -> int:
        """Past "in a statement", "by telephone", "on its website" after "…, it said"."""
        items, n = self.items, len(self.items)
        if p < n and items[p].low in ("in", "on", "by", "at", "during", "via", "through"):
            for m in range(p + 1, min(n, p + 6)):
                if items[m].low in _MEDIA:
                    ends = m + 1 >= n or items[m + 1].low in _ENDS | {","} or items[m + 1].quote is not None
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

    def _add(self, who: Phrase, cue: Phrase, start: int, end: int, kind: Cue, deny: bool = False) -> None:
        items = self.items
        while end > start and (
            items[end - 1].quote is None and not items[end - 1].token.word and items[end - 1].low not in (")", "]", "%")
        ):
            end -= 1
        while (
            start < end
            and items[start].quote is None
            and not items[start].token.word
            and items[start].low not in ("(", "[", "$")
        ):
            start += 1
        if start >= end:
            return
        negated = (
            any(items[k].low in NEGATIONS or items[k].low.endswith("n't") for k in range(max(who[1], 0), cue[0]))
            if who[1] <= cue[0]
            else False
        )
        if negated and kind.lemma in (
            "say",
            "tell",
            "add",
            "explain",
            "announce",
            "reply",
            "respond",
            "reveal",
            "state",
            "comment",
            "disclose",
            "confirm",
            "mention",
            "know",
            "want",
            "plan",
            "report",
            "answer",
            "elaborate",
            "object",
        ):
            return
        if who[1] - who[0] > 3:
            self.taken.append(who)
        a, b = items[start].start, items[end - 1].end
        mention = (items[who[0]].start, items[who[1] - 1].end)
        self.drafts.append(
            Draft(a, b, mention, (items[cue[0]].start, items[cue[1] - 1].end), kind.lemma, kind.kind, deny or negated)
        )

    def _nested(self, drafts: list[Draft]) -> list[Draft]:
        """Statements inside statements: kept where somebody else is plainly quoted in them, else dropped."""
        kept: list[Draft] = []
        for d in _outer_first(drafts, self.text):
            assert d.cue is not None
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
