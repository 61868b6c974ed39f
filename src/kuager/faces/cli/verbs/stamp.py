"""``kuager stamp``: anchors the newest checkpoint with a time-stamp authority."""

from __future__ import annotations

from pathlib import Path

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, note, say


@click.command("stamp")
@click.option(
    "--tsa", "authorities", multiple=True, required=True, metavar="URL", help="RFC 3161 authority. May be repeated."
)
@click.option(
    "--ca", type=click.Path(path_type=Path, exists=True), help="Certificates that the authority chains to (PEM)."
)
@json_option
@click.pass_context
def command(ctx: click.Context, authorities: tuple[str, ...], ca: Path | None, as_json: bool) -> int:
    """Sends the digest of the newest checkpoint to an authority and keeps its signed time."""
    from kuager.record import stamp

    case = open_case(ctx)
    stamps, failed = [], []
    for url in authorities:
        note(f"This contacts {url}: it learns your address and one digest, nothing else.")
        try:
            stamps.append(stamp(case, url, ca))
        except OSError as error:
            failed.append({"tsa": url, "reason": str(error)})
    if as_json:
        emit({"stamps": [each.as_json() for each in stamps], "failed": failed})
    else:
        for each in stamps:
            say(f"Stamped size {each.size} at {each.time} by {each.tsa} (checked by {', '.join(each.checked_by)}).")
    return 6 if failed else 0
