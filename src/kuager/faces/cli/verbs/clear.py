"""``kuager clear``: lets an item out through the gate."""

from __future__ import annotations

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say


@click.command("clear")
@click.argument("item", metavar="ITEM")
@click.option("--because", required=True, metavar="TEXT", help="Why it may leave; stays in the case.")
@click.option(
    "--graphic/--not-graphic",
    default=None,
    help="Whether it is hard to look at. Until somebody says it is not, the page covers it.",
)
@json_option
@click.pass_context
def command(ctx: click.Context, item: str, because: str, graphic: bool | None, as_json: bool) -> int:
    """Lets ITEM out through the gate, as a decision with a reason, by you."""
    from kuager.release import clear

    case = open_case(ctx)
    entry = clear(case, item, because, graphic)
    if as_json:
        emit({"entry": entry})
        return 0
    say(f"Entry {entry}: {case.item(item).id} may leave. Undo it with: kuager restrict {item} --because TEXT")
    return 0
