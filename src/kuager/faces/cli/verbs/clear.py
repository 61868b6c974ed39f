"""``kuager clear``: lets an item out through the gate."""

from __future__ import annotations

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say
from kuager.faces.cli.waiting import say_waiting


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
    """Decides that ITEM may leave, with a reason, and says what it still waits for.

    What a source gave waits for their consent to publication, and a recording for a sign-off.
    """
    from kuager.release import clear
    from kuager.release.permission import Permissions

    case = open_case(ctx)
    entry = clear(case, item, because, graphic)
    cleared = case.item(item)
    if as_json:
        held = Permissions(case).held(cleared)
        emit({"entry": entry, "waits_for": held.waits_for if held else None})
        return 0
    say(f"Entry {entry}: you cleared {cleared.id}.")
    say_waiting(case, cleared)
    return 0
