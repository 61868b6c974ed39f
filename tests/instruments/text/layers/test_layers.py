"""What layers add to a reading, and what they cannot."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence

import pytest

from kuager.errors import MissingPartError
from kuager.instruments import text
from kuager.instruments.text.layers import Parse, Proposal, Proposals, Recorded
from kuager.instruments.text.layers.grammar import Word, proposals

PAGE = (
    "Miners block road in Karatal\n\n"
    "Word from Gulnara Seitova, who runs the canteen, was that nine men never came up.\n\n"
    'The mayor, Askar Dulatov, said the shaft had been closed. "We are searching," he said.\n'
)


class Told:
    """A layer that answers with given words."""

    name = "told"

    def __init__(self, *rows: tuple[str, str]) -> None:
        self.rows = rows

    def propose(self, text: str, paragraphs: Sequence[tuple[int, int]]) -> Proposals:
        found = []
        for words, who in self.rows:
            a, w = text.index(words), text.index(who)
            found.append(Proposal(a, a + len(words), (w, w + len(who))))
        return Proposals(tuple(found))


def test_a_layer_adds_what_the_rules_left_to_the_reporter() -> None:
    plain = text.read(PAGE.encode())
    assert not any(s.speaker for s in plain.statements if "nine men" in s.span.text)
    layered = text.read(PAGE.encode(), layers=[Told(("nine men never came up", "Gulnara Seitova"))])
    (added,) = (s for s in layered.statements if s.read_by)
    names = {s.id: s.name for s in layered.sources}
    assert (added.span.text, names[added.speaker or ""], added.read_by) == (
        "nine men never came up",
        "Gulnara Seitova",
        "told",
    )


def test_a_layer_changes_nothing_that_the_rules_found() -> None:
    plain = text.read(PAGE.encode())
    layered = text.read(
        PAGE.encode(),
        layers=[Told(("the shaft had been closed", "Gulnara Seitova"), ("We are searching", "Gulnara Seitova"))],
    )
    assert layered == plain


def test_a_statement_of_a_layer_ends_with_its_sentence() -> None:
    whole = "nine men never came up.\n\nThe mayor"
    layered = text.read(PAGE.encode(), layers=[Told((whole, "Gulnara Seitova"))])
    assert [s.span.text for s in layered.statements if s.read_by] == ["nine men never came up"]


def test_a_count_in_a_layers_words_has_its_speaker() -> None:
    page = "Word from Gulnara Seitova, who runs the canteen, was that nine men were killed.\n"
    layered = text.read(page.encode(), layers=[Told(("nine men were killed", "Gulnara Seitova"))])
    (count,) = (c for c in layered.claims if c.type == "casualty_count")
    (said,) = (s for s in layered.statements if s.id == count.statement)
    assert (count.lower, count.status, said.read_by) == (9, "killed", "told")


def test_what_was_recorded_is_kept_only_where_its_words_stand() -> None:
    at = PAGE.index("nine men")
    who = PAGE.index("Gulnara Seitova")
    good = Proposal(at, at + 22, (who, who + 15))
    layer = Recorded(
        "kept", ((good, "nine men never came up", "Gulnara Seitova"), (good, "ten men came up", "Gulnara"))
    )
    assert layer.propose(PAGE, []) == Proposals((good,), 1)


def _tree(sentence: str, rows: str) -> tuple[str, list[Word]]:
    """Words from "token/POS/relation/head" rows."""
    words, at = [], 0
    for row in rows.split():
        token, pos, relation, head = row.rsplit("/", 3)
        at = sentence.index(token, at)
        words.append(Word(at, at + len(token), pos, relation, int(head)))
        at += len(token)
    return sentence, words


@pytest.mark.parametrize(
    ("sentence", "rows", "expected"),
    [
        (
            "The clerk who keeps the books says that four boats were lost.",
            "The/DET/det/1 clerk/NOUN/nsubj/6 who/PRON/nsubj/3 keeps/VERB/relcl/1 the/DET/det/5 books/NOUN/dobj/3 "
            "says/VERB/root/6 that/SCONJ/mark/11 four/NUM/nummod/9 boats/NOUN/nsubjpass/11 were/AUX/auxpass/11 "
            "lost/VERB/ccomp/6 ./PUNCT/punct/6",
            ("four boats were lost", "The clerk"),
        ),
        (
            "The sea was calm, insists Amira Haddad.",
            "The/DET/det/1 sea/NOUN/nsubj/2 was/AUX/root/2 calm/ADJ/acomp/2 ,/PUNCT/punct/2 insists/VERB/parataxis/2 "
            "Amira/PROPN/compound/7 Haddad/PROPN/nsubj/5 ./PUNCT/punct/2",
            ("The sea was calm", "Amira Haddad"),
        ),
        (
            "Он сообщил, что дорога закрыта.",
            "Он/PRON/nsubj/1 сообщил/VERB/root/1 ,/PUNCT/punct/5 что/SCONJ/mark/5 дорога/NOUN/nsubj:pass/5 "
            "закрыта/VERB/ccomp/1 ./PUNCT/punct/1",
            ("дорога закрыта", "Он"),
        ),
        (
            "The clerk would say that four boats were lost.",
            "The/DET/det/1 clerk/NOUN/nsubj/3 would/AUX/aux/3 say/VERB/root/3 that/SCONJ/mark/8 four/NUM/nummod/6 "
            "boats/NOUN/nsubjpass/8 were/AUX/auxpass/8 lost/VERB/ccomp/3 ./PUNCT/punct/3",
            None,
        ),
        (
            "I know that four boats were lost.",
            "I/PRON/nsubj/1 know/VERB/root/1 that/SCONJ/mark/6 four/NUM/nummod/4 boats/NOUN/nsubjpass/6 "
            "were/AUX/auxpass/6 lost/VERB/ccomp/1 ./PUNCT/punct/1",
            None,
        ),
    ],
)
def test_a_tree_tells_who_reported_what(sentence: str, rows: str, expected: tuple[str, str] | None) -> None:
    found = [(sentence[p.start : p.end], sentence[slice(*p.who)]) for p in proposals(*_tree(sentence, rows))]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(("language", "package"), [("en", "spacy"), ("ru", "natasha")])
def test_a_parser_that_is_not_installed_is_named(language: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from kuager.instruments.text.layers import parse

    monkeypatch.setitem(sys.modules, package, None)
    parse._english.cache_clear()
    parse._russian.cache_clear()
    with pytest.raises(MissingPartError, match=package):
        Parse(language)


@pytest.mark.skipif(importlib.util.find_spec("spacy") is None, reason="the extra 'parse' is not installed")
def test_spacy_finds_a_speaker_behind_a_long_clause() -> None:
    page = "Miners block road\n\nPeople living beside the fence they had put up around the shaft believe nine died.\n"
    layered = text.read(page.encode(), layers=[Parse("en")])
    assert all(s.span.text in page for s in layered.statements)
