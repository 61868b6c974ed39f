"""``kuager promise``: a promise and what came of it."""

from __future__ import annotations

from dataclasses import asdict

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say
from kuager.faces.cli.when import utc_text


@click.command("promise")
@click.argument("who")
@click.argument("text")
@click.option("--on", "made", required=True, metavar="TIME", help="When it was made.")
@click.option("--outcome", required=True, help="What came of it so far.")
@click.option("--replaces", metavar="PROMISE", help="The promise that this gives a later outcome of.")
@json_option
@click.pass_context
def command(
    ctx: click.Context, who: str, text: str, made: str, outcome: str, replaces: str | None, as_json: bool
) -> int:
    """Writes a promise that WHO made ("will be thoroughly investigated") with its outcome."""
    from kuager.weigh.remark import promise

    written = promise(open_case(ctx), who, text, utc_text(made), outcome, replaces)
    if as_json:
        emit(asdict(written))
    else:
        say(written.id)
    return 0
