"""``kuager consult``: a parser or a model asked about a page, over what the rules read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kuager.errors import UsageError
from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, note, say

if TYPE_CHECKING:
    from kuager.examine.consultation import Consultation
    from kuager.record.case import Case

#: Bytes of a file with a key.
_MOST = 10_000


@click.command("consult")
@click.argument("page")
@click.option("--parse", is_flag=True, help="A parser on this machine: spaCy for English, natasha for Russian.")
@click.option("--endpoint", metavar="URL", help="A model behind an OpenAI-compatible endpoint; the page is sent to it.")
@click.option("--model", metavar="NAME", help="The model, as the endpoint names it.")
@click.option("--key-file", type=click.Path(path_type=Path), help="A file with the endpoint's key (-: standard input).")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    page: str,
    parse: bool,
    endpoint: str | None,
    model: str | None,
    key_file: Path | None,
    as_json: bool,
) -> int:
    """Asks a parser or a model who says what in PAGE, and adds what the rules missed, as proposals.

    Only words that stand in the page are kept. A restricted page, or one that names somebody protected, goes nowhere.
    """
    from kuager.instruments.text.model import to_json

    if parse == (endpoint is not None):
        raise UsageError("Say whom to ask.", "Give --parse, or --endpoint with --model.")
    case = open_case(ctx)
    if endpoint is None:
        if model or key_file:
            raise UsageError("A parser takes no model and no key.", "Leave them out.")
        asked = _ask_parser(case, page)
    else:
        asked = _ask_model(case, page, endpoint, model, key_file)
    if as_json:
        emit(to_json(asked))
    else:
        for each in asked.added:
            say(f"  {each.form}: {each.span.text}")
        dropped = f"; {asked.dropped} of its answers do not stand in the page" if asked.dropped else ""
        say(f"{asked.layer}: {len(asked.added)} statements added{dropped}.")
    return 0


def _ask_parser(case: Case, page: str) -> Consultation:
    from kuager.examine.consultation import consult, page_of
    from kuager.instruments import text
    from kuager.instruments.text.layers import Parse

    item = case.item(page)
    language = text.read(page_of(case, item)).page.language or ""
    if language not in ("en", "ru"):
        raise UsageError(f"No parser of the language of {item.id} can be had.", "The rules read it: kuager examine")
    return consult(case, item, Parse(language))


def _ask_model(case: Case, page: str, url: str, model: str | None, key_file: Path | None) -> Consultation:
    from kuager.faces.cli.private import read_text
    from kuager.instruments.text.layers import Endpoint
    from kuager.release.consulting import ask_model

    if model is None:
        raise UsageError("The model is needed.", "Give --model NAME, as the endpoint names it.")
    endpoint = Endpoint(url, model, read_text(key_file, _MOST).strip() if key_file else "")
    item = case.item(page)
    note(f"This sends the text of {item.id} to {endpoint.host}: it learns your address and all that the page says.")
    return ask_model(case, item, endpoint)
