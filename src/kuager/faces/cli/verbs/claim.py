"""``kuager claim``: a person's correction of a claim that was read wrongly."""

from __future__ import annotations

from dataclasses import asdict

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say


@click.command("claim")
@click.argument("claim", metavar="ITEM/CLAIM")
@click.option("--type", "kind", metavar="TYPE", help="What it asserts.")
@click.option("--status", help="Of a count: killed, wounded, shot, detained, missing or displaced.")
@click.option("--relation", help="Of a count: exactly, at_least, about …")
@click.option("--lower", type=click.IntRange(min=0), help="The lower bound.")
@click.option("--upper", type=click.IntRange(min=0), help="The upper bound.")
@click.option("--no-upper", is_flag=True, help="There is no upper bound.")
@click.option(
    "--theirs/--in-doubt",
    "theirs",
    default=None,
    help="Of a count: it is of the one who is named, or it cannot be told whose it is.",
)
@click.option("--withdraw", is_flag=True, help="It is no claim at all.")
@click.option("--because", required=True, metavar="TEXT", help="Why.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    claim: str,
    kind: str | None,
    status: str | None,
    relation: str | None,
    lower: int | None,
    upper: int | None,
    no_upper: bool,
    theirs: bool | None,
    withdraw: bool,
    because: str,
    as_json: bool,
) -> int:
    """Corrects a claim as it was read; what it replaces is kept in the entry."""
    from kuager.weigh.claim import correct

    given = {"type": kind, "status": status, "relation": relation, "lower": lower, "upper": upper}
    changes: dict[str, object] = {key: value for key, value in given.items() if value is not None}
    if no_upper:
        changes["upper"] = None
    if theirs is not None:
        changes["attribution_doubtful"] = not theirs
    written = correct(open_case(ctx), claim, changes, because, withdrawn=withdraw)
    if as_json:
        emit(asdict(written))
    else:
        say(f"{written.id}: {written.claim} " + ("is withdrawn" if withdraw else "is corrected"))
    return 0
