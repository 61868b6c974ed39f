"""``kuager reindex``: rebuilds the index from log and payloads."""

from __future__ import annotations

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say


@click.command("reindex")
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> int:
    """Rebuilds index.db from log and payloads; nothing else is touched."""
    entries = open_case(ctx, to_write=False).reindex()
    if as_json:
        emit({"entries": entries})
    else:
        say(f"Indexed {entries} entries.")
    return 0
