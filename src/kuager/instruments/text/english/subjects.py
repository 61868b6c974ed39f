"""Who stands behind a reporting verb in an English sentence, and whether the form is a verb there at all."""

from __future__ import annotations

import re

from kuager.instruments.text.english import phrases
from kuager.instruments.text.english.bounds import Draft
from kuager.instruments.text.english.items import is_adverb, is_capital, is_verb, is_word
from kuager.instruments.text.english.lexicon import (
    AUXILIARIES,
    CUES,
    DAYS,
    DETERMINERS,
    ENDS,
    MEDIA,
    MONTHS,
    NEGATIONS,
    NOUN_LIKE,
    PREPOSITIONS,
    PRONOUNS,
    Cue,
)
from kuager.instruments.text.english.participles import Participles
from kuager.instruments.text.english.phrases import Phrase
from kuager.instruments.text.who.behind import right_of

#: "The letter, dated 3 September and signed by two bishops, warns that …".
_DATED = (
    r"(?:The|A|An|His|Her|Their|Its) (?:[\w-]+ ){0,2}(?:letter|memo|report|statement|document|email|e-mail|note"
    r"|review|inquiry|audit|book|article|petition|complaint|lawsuit|affidavit|filing|study|survey|message|post"
    r"|tweet)(?: (?:to|from|by|of|on) [^,]{3,40})?,"
    r" (?:dated|commissioned|conducted|led|based|signed|written|published|released|obtained|seen|posted"
    r"|sent|filed|which)\b"
)


#: Verbs that take a participle: "kept insisting".
_ASPECT = frozenset("kept keep keeps began begin begins started starts resumed".split())
#: What is cited and said nothing: it was read.
_PAPERS = MEDIA | frozenset("records record documents document figures data reports letters filings files".split())
_TITLED = frozenset("titled entitled called headlined".split())
#: Determiners that can be a subject: "Another called it", "Some said".
_ALONE = frozenset("that another some many most both several few two three one all".split())


class Subjects(Participles):
    """One English sentence: the subjects of its reporting verbs."""

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
            if form == "s" and before is not None and before.low in CUES and is_verb(items, i - 1):
                return True  # "denied reports that"
            if form == "s" and i > 1 and is_verb(items, i - 2) and not is_capital(items[i - 1]):
                return True
            if (
                before is None
                or before.low in DETERMINERS
                or before.low in PREPOSITIONS - ({"to", "by"} if form == "ing" else {"to"})
                or before.low.endswith(("'s", "s'"))
            ):
                return True
            if after is not None and after.low in (
                "of",
                "from",
                "and",
                "was",
                "were",
                "is",
                "are",
                "have",
                "has",
                "could",
            ):
                return True
            if self.headline and after is not None and after.low in ("after", "about", "over", "as", "by"):
                return True
            if form == "s" and (before.low in ("down", "up", "out", "off", "over") or before.low in AUXILIARIES):
                return True  # "hold down hopes", "had doubts"
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
            and items[i + 2].low in ENDS | {"on", "and", "to"}
        ):
            return True
        return low == "like" or (low == "says" and before is not None and before.low == "it" and i > 1)

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
            elif items[back].low in _ASPECT and back > 0:
                j = back - 1  # "kept insisting"
            else:
                return self._of_participle(i, back), False
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
            if low == "," and self.subject is not None:  # "…, but the commander, Col. Reyes, later told"
                after = range(j - 2, self.subject[1], -1)
                joint = next(
                    (k for k in after if items[k].low in ("but", "and", "while") and items[k - 1].low == ","), None
                )
                other = phrases.left_of(items, j, joint + 1) if joint is not None else None
                if other is not None and joint is not None and other[0] <= joint + 2:
                    return other, True
            apposed = phrases.left_of(items, j) if low == "," and self.subject is None else None
            if apposed is not None and apposed[0] <= 1:
                return apposed, True
            return self._inherited(i), False
        if low == ",":
            if re.match(_DATED, self.text[items[0].start : items[j].end]):
                return (0, next(k for k in range(j) if items[k].low == ",")), True
            who = phrases.left_of(items, j, self.floor if self.floor <= j else 0)
            but = next((k for k in range(j - 1, who[0], -1) if items[k].low == "but"), None) if who else None
            if but is not None and items[but - 1].low == ",":  # "…, but the chairwoman, Judge Nora Pell, said"
                who = phrases.left_of(items, j, but + 1)
            if who is None:
                return None, False
            return who, True
        if low == "—" or low == "–":
            opening = next((k for k in range(j - 1, 0, -1) if items[k].low in ("—", "–")), None)
            if opening:
                return phrases.left_of(items, opening - 1), True
            return None, False
        if items[j].quote is not None and j > 2 and items[j - 1].low in _TITLED and items[j - 2].low == ",":
            return phrases.left_of(items, j - 3), True  # "The report, titled “…,” accused"
        found = phrases.left_of(items, j)
        if found is not None and found[1] - found[0] == 1 and is_verb(items, found[0]) and found[0] > 1:
            found = phrases.main_subject(items, found[0])  # "the pilot on the night it sank testified"
        if found is None and low not in ("that", "which", "to") and is_word(items[j]) and j >= 3:
            found = phrases.main_subject(items, i)
        return found, True

    def _skip_time(self, j: int) -> int:
        """Past "on Tuesday", "Wednesday night" or "in a statement" between subject and verb."""
        items = self.items
        k = j
        if k > 0 and items[k].low in ("night", "morning", "afternoon", "evening") and items[k - 1].low in DAYS:
            k -= 1
        if k > 0 and items[k].low in DAYS:
            k -= 1
            if k > 0 and items[k].low == "on":
                k -= 1
            return k
        if k > 1 and items[k].low.isdigit() and items[k - 1].low in MONTHS:
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
        group = cue[0]
        while group > 0 and (items[group - 1].low in AUXILIARIES | NEGATIONS or is_adverb(items[group - 1])):
            group -= 1
        negated = who[1] <= cue[0] and any(
            items[k].low in NEGATIONS or items[k].low.endswith("n't") for k in range(group, cue[0])
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
        via = None
        cited = next((k for k in range(who[0] + 2, who[1] - 1) if items[k].low in ("citing", "quoting")), None)
        if cited is not None and items[cited - 1].low == ",":  # "Reuters, citing a source, said"
            origin = right_of(items, cited + 1)
            if origin is not None and self._human(origin) and items[origin[1] - 1].low not in _PAPERS:
                via = (items[who[0]].start, items[cited - 2].end)
                mention = (items[origin[0]].start, items[origin[1] - 1].end)
        said_at = (items[cue[0]].start, items[cue[1] - 1].end)
        self.drafts.append(Draft(a, b, mention, said_at, kind.lemma, kind.kind, deny or negated, via=via))
