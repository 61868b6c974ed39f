"""``kuager event``: something that happened, as precisely as it is known."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from kuager.errors import UsageError
from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say, say_taken_in
from kuager.faces.cli.when import utc_text

KINDS = ("event", "outage", "curfew", "statement")


@click.command("event")
@click.argument("title", required=False)
@click.option(
    "--from", "file", type=click.Path(path_type=Path), metavar="FILE", help="A CSV table of them: title,start,…"
)
@click.option("--at", "start", metavar="TIME", help="2011, 2011-12-16 or 2011-12-16T06:30Z.")
@click.option("--until", "end", metavar="TIME", help="When it ended.")
@click.option("--kind", type=click.Choice(KINDS), default="event", help="Outages and curfews are drawn as spans.")
@click.option("--source", "sources", multiple=True, metavar="REF|TEXT", help="Who says so. May be repeated.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    title: str | None,
    file: Path | None,
    start: str | None,
    end: str | None,
    kind: str,
    sources: tuple[str, ...],
    as_json: bool,
) -> int:
    """Writes an event with its time and who says so; or, with --from, those of a table."""
    from kuager.weigh.event import record_event
    from kuager.weigh.gazetteer import take_in_events

    if file is not None and title is None:
        return say_taken_in(take_in_events(open_case(ctx), file), "events", as_json)
    if file is not None or title is None or start is None:
        raise UsageError("Give TITLE and --at TIME, or --from FILE alone.", "See: kuager event --help")
    written = record_event(open_case(ctx), title, utc_text(start), utc_text(end) if end else None, kind, sources)
    if as_json:
        emit(asdict(written))
    else:
        say(written.id)
    return 0
