"""``kuager add``: preserves files and folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kuager.errors import UsageError
from kuager.faces.cli.case import checkpoint_json, one_line, open_case
from kuager.faces.cli.output import emit, json_option, note, say
from kuager.faces.cli.progress import bytes_bar
from kuager.faces.cli.when import utc_text

if TYPE_CHECKING:
    from kuager.record.acquiring import AddedItem
    from kuager.record.intake import Added

RELATIONS = ("filmed", "present", "forwarded", "published", "unknown")


@click.command("add")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path))
@click.option("--source", metavar="S", help="The pseudonym of the source it came from.")
@click.option("--channel", metavar="C", help="How it came: by hand, a messenger, an e-mail, a download.")
@click.option("--relation", type=click.Choice(RELATIONS), default="unknown", help="How the source stands to it.")
@click.option("--received", metavar="TIME", help="When it was received: ISO 8601, UTC if no zone is given.")
@click.option("--address", metavar="URL", help="Where it was found.")
@click.option("--original-asked/--original-not-asked", default=None, help="Whether the original was asked for.")
@click.option("--public", is_flag=True, help="It was public already: its bytes and address may leave the case.")
@click.option("--because", metavar="TEXT", help="With --public: why what was found in public may be used.")
@click.option("--restricted", is_flag=True, help="Encrypt it from the first byte.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    source: str | None,
    channel: str | None,
    relation: str,
    received: str | None,
    address: str | None,
    original_asked: bool | None,
    public: bool,
    because: str | None,
    restricted: bool,
    as_json: bool,
) -> int:
    """Preserves files and folders: copies and hashes each in one read, and logs how it came."""
    from kuager.record.acquiring import Acquisition
    from kuager.record.intake import add
    from kuager.record.source import find_source

    if because and not public:
        raise UsageError("A reason to use what is public needs --public.", "Others leave by: kuager clear --because")
    when = utc_text(received) if received else None
    case = open_case(ctx)
    by = find_source(case, source) if source else None
    how = Acquisition(by, channel, relation, when, address, public, original_asked, because)
    with bytes_bar("Preserving") as report:
        added = add(case, paths, how, restricted=restricted, progress=lambda done, _: report(done, None))
    if as_json:
        emit(_added_json(added))
        return 3 if added.failed else 0
    for item in added.items:
        again = "  (again)" if item.new is False else ""
        say(f"{item.id}  {item.media_type:<24}  {shown_name(item.name)}{again}")
    for failure in added.failed:
        note(f"not taken in: {one_line(failure.path)}: {failure.reason}")
    say(f"{len(added.items)} preserved, {len(added.failed)} not.")
    return 3 if added.failed else 0


def shown_name(name: str | dict[str, str] | None) -> str:
    """An original name made fit for a terminal."""
    if isinstance(name, dict):
        return "(a name that is not text)"
    return one_line(name or "")


def _added_json(added: Added) -> dict[str, Any]:
    return {
        "items": [_item_json(item) for item in added.items],
        "failed": [{"path": failure.path, "reason": failure.reason} for failure in added.failed],
        "checkpoint": checkpoint_json(added.checkpoint),
    }


def _item_json(item: AddedItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "sha256": item.sha256,
        "bytes": item.bytes,
        "name": item.name,
        "media_type": item.media_type,
        "new": item.new,
        "acquisition": item.acquisition,
        "entry": item.entry,
    }
