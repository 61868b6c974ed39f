"""``kuager judge``: a person's decision on a proposed link."""

from __future__ import annotations

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say
from kuager.faces.cli.verbs.links import link_json


@click.command("judge")
@click.argument("link", metavar="LINK")
@click.argument("verdict", type=click.Choice(["accept", "reject"]))
@click.option("--because", required=True, metavar="TEXT", help="Why.")
@json_option
@click.pass_context
def command(ctx: click.Context, link: str, verdict: str, because: str, as_json: bool) -> int:
    """Accepts or rejects a proposed link; the decision keeps what it was decided on."""
    from kuager.weigh.proposal import judge

    decided = judge(open_case(ctx), link, verdict, because)
    if as_json:
        emit(link_json(decided))
    else:
        say(f"{decided.id}: {decided.relation} between {decided.a} and {decided.b} is {decided.state}.")
    return 0
