"""Whose a participle is in an English sentence: "X left, saying …", "…, with others arguing …"."""

from __future__ import annotations

from kuager.instruments.text.english import phrases
from kuager.instruments.text.english.complements import Complements
from kuager.instruments.text.english.items import is_verb, is_word
from kuager.instruments.text.english.lexicon import CONTENT_NOUNS, DETERMINERS, MEDIA, PREPOSITIONS, PRONOUNS
from kuager.instruments.text.english.phrases import Phrase

#: Nouns that hold what somebody said or thought.
CONTENT = frozenset(CONTENT_NOUNS.split("|"))
#: What shows somebody doing something.
_SHOWS = frozenset("shows showed show depicts depicted captures captured catches caught finds found sees saw".split())
#: What opens a clause beside the main one.
_MEANWHILE = frozenset("while as when after before because since until".split())
#: What follows a verb without an object: "sits next to".
_BESIDE = PREPOSITIONS - {"of"} | {"next", "down", "up", "away", "out"}
#: Verbs whose "with" has its own object: "met with the envoy".
_MEETS = frozenset(
    "met meet meets meeting spoke speak speaks speaking talked talk talks talking sided agreed disagreed argued pleaded"
    " clashed dealt worked sat stood traveled travelled".split()
)


#: What a participle after somebody is told of: "a letter from the board warning him not to come".
_SENT = frozenset("letter letters statement email message note memo call calls warning tweet post report order".split())


#: Participles that tell what something means, not what somebody says.
_NO_SPEECH = frozenset(
    "suggesting indicating signaling implying reading holding seeing finding understanding meaning feeling"
    " showing".split()
)
#: What somebody says something in: "a speech warning that …".
_SPOKEN = frozenset("speech letter interview post email message tweets video ad note".split())


class Participles(Complements):
    """One English sentence: who says what a participle introduces."""

    def _of_participle(self, i: int, back: int) -> Phrase | None:
        """Whose the participle at ``i`` is, ``back`` the last word before it that is no adverb."""
        items = self.items
        lead = items[back].low
        if (
            lead in PREPOSITIONS - {"by", "in", "after", "before", "without", "from", "of"}
            or lead in DETERMINERS | {"to", "than"}
            or lead.endswith("'s")
            or items[i].low in _NO_SPEECH
        ):
            return None
        absolute = self._absolute(back)
        if absolute is not None:
            return absolute
        sent = next((k for k in range(back - 1, max(0, back - 7), -1) if items[k].low in ("from", "by")), None)
        if sent is not None and items[sent - 1].low in _SENT and self._human((sent + 1, back + 1)):
            return (sent + 1, back + 1)
        if (
            lead not in (",", "and", "as", "by", "in", "after", "before", "while", "—", "-")
            and lead not in ("overheard", "heard", "quoted", "recorded", "filmed", "caught", "point", "times")
            and not items[back].quote
            and not ((is_word(items[back]) and lead in CONTENT) or lead in _SPOKEN)
        ):
            return None
        return self._doer(i)

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
        if items[start].low == "with" and items[j].low == ",":
            # "…, with her arms out, begging …" and "He met with the envoy, telling him …" are no such clause.
            apposed = any(items[k].low == "," for k in range(start + 1, j))
            if items[start - 1].low in _MEETS or not (apposed or items[start - 1].low == ","):
                return None
        if not self._human((start + 1, j if items[j].low == "," else j + 1)):
            return None
        if items[start].low == "and" and not (
            items[start + 1].low in ("others", "some", "many", "critics")
            and any(x.low == "with" for x in items[max(0, start - 25) : start])
        ):
            return None
        return (start + 1, j if items[j].low == "," else j + 1)

    def _doer(self, i: int) -> Phrase | None:
        """Whose the participle at ``i`` is: "X left, saying …"; ``None`` where it may be somebody nearer.

        "A film shows X standing on a table, begging …" is X; "X wept as Y read, saying …" may be either.
        """
        items = self.items
        who = self._inherited(i)
        if who is None:
            return None
        verb = who[1]
        if verb < i and items[verb].low in _SHOWS and not (self._human(who)):
            doing = next((k for k in range(verb + 2, i) if items[k].low.endswith("ing")), None)
            return (verb + 1, doing) if doing is not None and self._human((verb + 1, doing)) else None
        if not self._human(who) and items[who[1] - 1].low not in MEDIA | PRONOUNS:
            return None
        for k in range(who[1], i - 2):
            if items[k].low in _MEANWHILE:
                does = next((m for m in range(k + 2, i) if self._predicate(m)), None)
                nearer = phrases.left_of(items, does - 1, k + 1) if does is not None else None
                if nearer is not None and items[nearer[0]].low not in PRONOUNS and self._human(nearer):
                    return None
        return who

    def _predicate(self, m: int) -> bool:
        """Whether somebody does something at ``m``: a finite verb that is no passive, "sits next to"."""
        items = self.items
        if is_verb(items, m):
            return not (items[m].low in ("was", "were", "is", "are") and items[m + 1].low.endswith("ed"))
        low = items[m].low
        return low.endswith("s") and not low.endswith(("ss", "'s")) and items[m + 1].low in _BESIDE

    def _inherited(self, i: int) -> Phrase | None:
        """The subject of the verb before, or of the main clause."""
        if self.subject is not None and self.subject[0] < i:
            return self.subject
        return phrases.main_subject(self.items, i)
