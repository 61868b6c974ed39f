"""``kuager add``: preserves files and folders."""

from __future__ import annotations

from pathlib import Path

import click

from kuager.faces.cli.case import one_line, open_case
from kuager.faces.cli.output import emit, json_option, note, say
from kuager.faces.cli.progress import bytes_bar

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
    restricted: bool,
    as_json: bool,
) -> int:
    """Preserves files and folders: copies and hashes each in one read, and logs how it came."""
    from kuager.record import Circumstances, add

    case = open_case(ctx)
    circumstances = Circumstances.given(
        case,
        source=source,
        channel=channel,
        relation=relation,
        received=received,
        address=address,
        original_asked=original_asked,
        public=public,
        restricted=restricted,
    )
    with bytes_bar("Preserving") as progress:
        added = add(case, paths, circumstances, progress=progress)
    if as_json:
        emit(added.as_json())
    else:
        for item in added.items:
            say(
                f"{item.id}  {item.media_type:<24}  {one_line(item.shown_name)}{'' if item.new is not False else '  (again)'}"
            )
        for failure in added.failed:
            note(f"not taken in: {one_line(str(failure['path']))}: {failure['reason']}")
        say(f"{len(added.items)} preserved, {len(added.failed)} not.")
    return 3 if added.failed else 0
