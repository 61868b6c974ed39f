"""A page's text on its way to a model: what leaves a case is held against what is protected, here too."""

from __future__ import annotations

from kuager.errors import RefusedError
from kuager.examine.consultation import Consultation, consult, page_of
from kuager.instruments.text.layers import Endpoint
from kuager.instruments.text.layers.endpoint import PROMPT_SHA256
from kuager.record.case import Case
from kuager.record.item import Item
from kuager.release.protection import protected
from kuager.release.search import found_in


def ask_model(case: Case, item: Item, endpoint: Endpoint) -> Consultation:
    """Sends a page's text to an endpoint and keeps what it answers. Contacts the network.

    Raises RefusedError where the page is restricted, or names whom nobody may learn of, or nobody here can tell whether
    it does; UsageError for what is no page; NetworkError.
    """
    document = page_of(case, item)
    wanted, closed = protected(case, frozenset({item.id}))
    if closed:
        raise RefusedError(
            f"{closed} restricted entries open with no key at hand: nobody can tell whether {item.id} names whom they "
            "protect. Nothing was sent.",
            "Ask with the keys that open them.",
        )
    hits = found_in(document.text, wanted)
    if hits:
        raise RefusedError(
            f"Protected strings stand in {item.id}: {', '.join(hits[:10])}. Nothing was sent.",
            "The rules read it here: kuager examine",
        )
    said = {"host": endpoint.host, "model": endpoint.model, "prompt_sha256": PROMPT_SHA256, "sent": len(document.text)}
    return consult(case, item, endpoint, said)
