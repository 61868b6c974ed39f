"""``kuager recover``: a person's decision over a checkpoint that does not verify."""

from __future__ import annotations

import click

from kuager.faces.cli.case import case_folder
from kuager.faces.cli.output import emit, json_option, say


@click.command("recover")
@click.option(
    "--because", required=True, metavar="TEXT", help="Why what follows the last good checkpoint is set aside."
)
@json_option
@click.pass_context
def command(ctx: click.Context, because: str, as_json: bool) -> int:
    """Moves everything after the last checkpoint that verifies to lost+found, and logs the decision."""
    from kuager.record import Home, recover

    recovered = recover(case_folder(ctx), Home(), because)
    if as_json:
        emit(recovered.as_json())
    elif recovered.moved:
        say(f"Went back to size {recovered.size}; what followed is kept in {recovered.moved} (#{recovered.entry}).")
    else:
        say("Every checkpoint verifies; nothing was moved.")
    return 0
