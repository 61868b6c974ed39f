"""``kuager note``: a correction, something not known, a word on method."""

from __future__ import annotations

from dataclasses import asdict

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say

KINDS = {"correction": "corrected", "unknown": "unknown", "method": "method"}


@click.command("note")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("text")
@json_option
@click.pass_context
def command(ctx: click.Context, kind: str, text: str, as_json: bool) -> int:
    """Writes a dated sentence of the editors: a correction, what is not known, or how the work was done."""
    from kuager.weigh.remark import note

    written = note(open_case(ctx), KINDS[kind], text)
    if as_json:
        emit(asdict(written))
    else:
        say(written.id)
    return 0
