"""``kuager ask``: the answer of those accused."""

from __future__ import annotations

from dataclasses import asdict

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say
from kuager.faces.cli.when import utc_text


@click.command("ask")
@click.argument("who")
@click.argument("about")
@click.option("--on", "asked", required=True, metavar="TIME", help="When they were asked.")
@click.option("--answer", help="What they answered; leave it out while nothing came.")
@click.option("--answered", metavar="TIME", help="When they answered.")
@click.option("--replaces", metavar="QUESTION", help="The question that this adds an answer to.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    who: str,
    about: str,
    asked: str,
    answer: str | None,
    answered: str | None,
    replaces: str | None,
    as_json: bool,
) -> int:
    """Writes that WHO was asked ABOUT something, when, and what came back."""
    from kuager.weigh.remark import ask

    when = utc_text(answered) if answered else None
    written = ask(open_case(ctx), who, about, utc_text(asked), answer, when, replaces)
    if as_json:
        emit(asdict(written))
    else:
        say(written.id)
    return 0
