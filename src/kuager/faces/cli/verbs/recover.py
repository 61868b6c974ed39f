"""``kuager recover``: a person's decision over a checkpoint that does not verify."""

from __future__ import annotations

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say


@click.command("recover")
@click.option("--because", required=True, metavar="TEXT", help="Why what follows is set aside; logged in clear.")
@json_option
@click.pass_context
def command(ctx: click.Context, because: str, as_json: bool) -> int:
    """Moves everything after the last checkpoint that verifies to lost+found, and logs the decision."""
    from kuager.record.case import recover

    case = open_case(ctx)
    commit = recover(case, because)
    payload = case.entry(commit.size - 1).payload
    moved = payload.body["moved"] if payload else None
    if as_json:
        emit({"entry": commit.size - 1, "size": commit.size, "moved": moved})
    else:
        say(f"The case goes on at size {commit.size}; what followed its last good checkpoint is kept in {moved}.")
    return 0
