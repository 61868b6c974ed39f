"""Asking an optional layer about a page of a case: a parser here, or a model behind an endpoint.

Each asking is an entry, written before anything is sent, and its answer is a reading of the page like any other: what
the layer added to the rules' statements names it (``read_by``). A restricted page is never asked about.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kuager.errors import RefusedError, UsageError
from kuager.examine.examiners.page import PageExaminer, result_of_reading
from kuager.examine.ledger import draft_of
from kuager.examine.task import Key
from kuager.instruments import text
from kuager.instruments.text.layers import Layer
from kuager.record.case import Case
from kuager.record.item import Item
from kuager.record.payload import Draft

KIND = "consulted"


@dataclass(frozen=True)
class Consultation:
    """What came of it: how many statements the layer added, how many of its answers do not stand in the page."""

    item: str
    layer: str
    entry: int
    added: tuple[text.Statement, ...]
    dropped: int


def consult(case: Case, item: Item, layer: Layer, said: Mapping[str, Any] | None = None) -> Consultation:
    """Reads a page with the rules and a layer, and keeps that as its reading. ``said`` goes into the entry.

    Raises RefusedError for a restricted page, UsageError for what is no page, and what the layer raises.
    """
    document = page_of(case, item)
    commit = case.commit([Draft(KIND, {"item": item.id, "layer": layer.name, **(said or {})}, (item.id,))])
    asked = _Asked(layer)
    reading = text.read(document, layers=[asked])
    settings = json.dumps({"layer": layer.name}, sort_keys=True, separators=(",", ":"))
    key = Key(PageExaminer.name, PageExaminer.version, settings, ())
    result = result_of_reading(reading, f"rules and {layer.name}")
    case.commit([draft_of(key, (item.id,), result, None)])
    added = tuple(each for each in reading.statements if each.read_by)
    return Consultation(item.id, layer.name, commit.first, added, asked.dropped)


def page_of(case: Case, item: Item) -> text.Document:
    """The page that an item holds. Raises RefusedError where it is restricted and UsageError where it is no page."""
    if case.handles_of(item.id) or (item.stored is not None and item.stored.handle is not None):
        raise RefusedError(
            f"{item.id} is restricted: its text is read by the rules alone.", "They read it in: kuager examine"
        )
    if item.stored is None or not PageExaminer().takes(item.media_type or ""):
        raise UsageError(f"{item.id} is no page.", "Give an item whose kind is text or HTML.")
    return text.load(Path(case.object_path(item.stored.sha256)).read_bytes(), None)


class _Asked:
    """A layer, and how many of its answers it dropped."""

    def __init__(self, layer: Layer) -> None:
        self._layer = layer
        self.name = layer.name
        self.dropped = 0

    def propose(self, text: str, paragraphs: Any) -> Any:
        answer = self._layer.propose(text, paragraphs)
        self.dropped += answer.dropped
        return answer
