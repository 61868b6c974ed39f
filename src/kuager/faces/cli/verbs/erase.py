"""``kuager erase``: destroys key and salt; the place in the log stays."""

from __future__ import annotations

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say


@click.command("erase")
@click.argument("thing", metavar="ITEM|ENTRY")
@click.option("--because", required=True, metavar="TEXT", help="Why; it is logged in clear, so name nobody.")
@json_option
@click.pass_context
def command(ctx: click.Context, thing: str, because: str, as_json: bool) -> int:
    """Destroys an item, a source or one entry (#N), and everything that cites it, for good."""
    from kuager.record.erasure import erase

    done = erase(open_case(ctx), thing, because)
    if as_json:
        emit({"entry": done.entry, "lines": list(done.lines), "exports": list(done.exports), "unopened": done.unopened})
        return 0
    say(f"Erased {done.thing}: {len(done.lines)} payloads and {done.objects} objects are gone (#{done.entry}).")
    if done.exports:
        say("These exports and pages may hold a copy: entries " + ", ".join(f"#{n}" for n in done.exports) + ".")
    if done.unopened:
        say(f"{done.unopened} restricted payloads open with no key at hand: nobody can say whether they cite it.")
    say("Backups and file-system snapshots keep theirs: destroy those yourself.")
    return 0
