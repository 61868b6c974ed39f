"""``kuager restrict``: encrypts what was clear."""

from __future__ import annotations

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say


@click.command("restrict")
@click.argument("thing", metavar="ITEM|ENTRY")
@click.option("--because", required=True, metavar="TEXT", help="Why; it is logged in clear.")
@json_option
@click.pass_context
def command(ctx: click.Context, thing: str, because: str, as_json: bool) -> int:
    """Encrypts an item, a source or one entry (#N), with everything that cites it. The log stays as it was."""
    from kuager.record.restriction import restrict

    done = restrict(open_case(ctx), thing, because)
    if as_json:
        emit({"entry": done.entry, "lines": list(done.lines), "objects": done.objects})
        return 0
    say(f"Restricted {done.thing} (#{done.entry}): {len(done.lines)} payloads and {done.objects} objects encrypted.")
    say("Copies that left earlier, backups and file-system snapshots keep what they hold in clear.")
    return 0
