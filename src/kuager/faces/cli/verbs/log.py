"""``kuager log``: the log, with the payloads that can be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kuager.faces.cli.case import one_line, open_case
from kuager.faces.cli.output import emit, json_option, say

if TYPE_CHECKING:
    from kuager.record.entry import Entry


@click.command("log")
@click.option("--from", "start", type=click.IntRange(min=0), default=0, help="The first entry to show.")
@json_option
@click.pass_context
def command(ctx: click.Context, start: int, as_json: bool) -> int:
    """Shows the log, one entry per line; restricted and erased payloads are named as such."""
    case = open_case(ctx, to_write=False)
    if as_json:
        emit({"entries": [entry_json(entry) for entry in case.entries(start)]})
        return 0
    for entry in case.entries(start):
        if entry.payload is None:
            say(f"#{entry.n}  ({entry.state})")
            continue
        body = json.dumps(entry.payload.body, ensure_ascii=False, sort_keys=True)
        say(f"#{entry.n}  {entry.payload.at}  {entry.payload.type}  {one_line(body)}")
    return 0


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry as the interface shows it; salts stay in the case."""
    payload = entry.payload
    if payload is None:
        return {"n": entry.n, "state": entry.state, "handle": entry.handle}
    about, body = list(payload.about), payload.body
    return {
        "n": entry.n,
        "state": entry.state,
        "type": payload.type,
        "actor": payload.actor,
        "at": payload.at,
        "about": about,
        "body": body,
    }
