"""From a dependency tree to who said what: a reporting verb, its subject, and the clause that depends on it.

The relations are those of Universal Dependencies (de Marneffe et al. 2021) and of ClearNLP, which spaCy's English
models give: ``nsubj`` the subject, ``ccomp`` the clause reported, ``parataxis`` a verb of saying put into or after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kuager.instruments.text.english.lexicon import CUES
from kuager.instruments.text.layers.layer import Proposal
from kuager.instruments.text.russian.words import CUE as RUSSIAN_CUE

Range = tuple[int, int]

#: What cannot be a speaker: the writer, the reader, and words that only point.
_NOBODY = frozenset("i we you it this that which who what there я мы вы ты кто который которая которые что это".split())
#: A verb so accompanied was not said: "would say", "if he says", "did not say".
_UNSAID = frozenset("would could should might may can if unless whether not n't never бы если не".split())
_DENIALS = frozenset(("deny", "reject", "refute", "rebut", "disavow"))
#: What follows a subject without naming it: relative and participial clauses.
_TAILS = ("relcl", "acl", "acl:relcl", "advcl")
_SHORTEST = 2
_LONGEST_NAME = 14


@dataclass(frozen=True, slots=True)
class Word:
    """A token of a sentence: where it stands, its part of speech, and its head's index (its own for the root)."""

    start: int
    end: int
    pos: str
    relation: str
    head: int


def proposals(text: str, words: Sequence[Word]) -> Iterator[Proposal]:
    """What is reported in one parsed sentence; offsets are those of the words."""
    tree = _Tree(text, words)
    for verb in range(len(words)):
        if tree.reports(verb):
            found = tree.reported(verb)
            if found is not None:
                yield found


class _Tree:
    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self.text = text
        self.words = words
        self.children: list[list[int]] = [[] for _ in words]
        for n, word in enumerate(words):
            if word.head != n:
                self.children[word.head].append(n)

    def low(self, n: int) -> str:
        return self.text[self.words[n].start : self.words[n].end].casefold().replace("’", "'")

    def reports(self, n: int) -> bool:
        """Whether a word is a verb of saying that says something here."""
        if self.words[n].pos not in ("VERB", "AUX"):
            return False
        low = self.low(n)
        said = any(cue.kind in ("say", "weak", "tell") for cue in CUES.get(low, ())) or RUSSIAN_CUE.fullmatch(low)
        return bool(said) and not any(self.low(child) in _UNSAID for child in self.children[n])

    def reported(self, verb: int) -> Proposal | None:
        """The subject of a verb of saying with what it reports."""
        subject = next((c for c in self.children[verb] if self.words[c].relation == "nsubj"), None)
        if subject is None or self.low(subject) in _NOBODY:
            return None
        who = self._name(subject)
        span = self._clause(verb, who)
        if who is None or span is None:
            return None
        lemmas = {cue.lemma for cue in CUES.get(self.low(verb), ())}
        cue = (self.words[verb].start, self.words[verb].end)
        return Proposal(*span, who, cue, bool(lemmas & _DENIALS))

    def _name(self, subject: int) -> Range | None:
        """The subject with what belongs to it, up to a clause on it."""
        inside = self._under(subject, _TAILS)
        first, last = min(inside), max(inside)
        if last - first >= _LONGEST_NAME or len(inside) != last - first + 1:
            inside = {subject, *(c for c in self.children[subject] if self.words[c].relation in _BESIDE)}
            first, last = min(inside), max(inside)
        while last > subject and not self.low(last)[-1:].isalnum():
            last -= 1
        return (self.words[first].start, self.words[last].end)

    def _clause(self, verb: int, who: Range | None) -> Range | None:
        """The clause reported: what depends on the verb, or what the verb was put into."""
        for child in self.children[verb]:
            if self.words[child].relation == "ccomp" and self._has_subject(child):
                return self._cut(self._under(child, ()), who, verb)
        if self.words[verb].relation == "parataxis" and self.words[verb].head != verb:
            rest = self._under(self.words[verb].head, ()) - self._under(verb, ())
            return self._cut(rest, who, verb)
        return None

    def _has_subject(self, n: int) -> bool:
        return any(self.words[c].relation in _SUBJECTS for c in self.children[n])

    def _cut(self, inside: set[int], who: Range | None, verb: int) -> Range | None:
        """A clause as one stretch without the conjunction that opens it; nothing where verb or speaker stand in it."""
        first, last = _longest_run(inside)
        while first < last and not self._opens(first):
            first += 1
        while last > first and not self._wordy(last) and self.low(last)[:1] not in "»”\"'":
            last -= 1
        start, end = self.words[first].start, self.words[last].end
        within = start < self.words[verb].end and self.words[verb].start < end
        if within or (who is not None and start < who[1] and who[0] < end) or last - first + 1 < _SHORTEST:
            return None
        return (start, end)

    def _opens(self, n: int) -> bool:
        """Whether what is said can begin with this word: a word or a quotation mark, and no conjunction."""
        return self.low(n)[:1] in "«“\"'" or (self._wordy(n) and self.low(n) not in _CONJUNCTIONS)

    def _wordy(self, n: int) -> bool:
        return any(c.isalnum() for c in self.low(n))

    def _under(self, n: int, but: Sequence[str]) -> set[int]:
        """A word with all that depends on it, but for branches by these relations."""
        found, left = set(), [n]
        while left:
            at = left.pop()
            if at in found:
                continue
            found.add(at)
            left += [c for c in self.children[at] if self.words[c].relation not in but]
        return found


def _longest_run(inside: set[int]) -> Range:
    """The first and last of the most words in a row."""
    best = run = (min(inside), min(inside))
    for n in sorted(inside):
        run = (run[0], n) if n <= run[1] + 1 else (n, n)
        best = max(best, run, key=lambda r: r[1] - r[0])
    return best


_CONJUNCTIONS = frozenset(("that", "что", "как", "будто"))
_SUBJECTS = ("nsubj", "nsubjpass", "nsubj:pass", "expl", "csubj")
_BESIDE = ("det", "amod", "compound", "flat:name", "flat", "nummod", "poss", "appos", "nmod")
