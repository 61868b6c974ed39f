"""``kuager sign``: a person's word that a recording was watched and may be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kuager.errors import UnreadableError
from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say
from kuager.faces.cli.waiting import say_waiting

if TYPE_CHECKING:
    from kuager.record.case import Case


@click.command("sign")
@click.argument("item", metavar="ITEM")
@click.option(
    "--checked",
    metavar="NAME,…",
    help="What you looked for: window, reflections, voices, faces, documents, details. All of them are needed.",
)
@click.option("--by", metavar="NAME", help="Who signs off, as it is to be printed. Default: as your key is named.")
@json_option
@click.pass_context
def command(ctx: click.Context, item: str, checked: str | None, by: str | None, as_json: bool) -> int:
    """Signs off the recording ITEM, after watching it to the end: pictures and sound may be shown as they are.

    Without --checked it makes the copy that would be shown, with everything covered and muted, and says where it lies.

    Looked for are views from a window or door that tell whose it is, reflections of the person who films, voices,
    faces, documents and screens, and small details that only one person could know. Where a case has several people,
    somebody other than the one who cleared the recording signs it off.
    """
    from kuager.release.editors import editors
    from kuager.release.signing import sign_off

    case = open_case(ctx)
    if checked is None:
        _show(case, item, as_json)
        return 0
    name = by or editors(case).get(case.signer.key_id if case.signer else "", "")
    entry = sign_off(case, item, [each.strip() for each in checked.split(",") if each.strip()], name)
    if as_json:
        emit({"entry": entry})
        return 0
    say(f"Entry {entry}: {name.strip()} signed off {case.item(item).id}.")
    say_waiting(case, case.item(item))
    return 0


def _show(case: Case, item: str, as_json: bool) -> None:
    """Makes what would be shown of an item, and says where it lies, so that somebody can watch it before they sign."""
    from kuager.release import derive
    from kuager.release.basis import Bases

    found = case.item(item)
    done = derive(case, only=[found.id])
    bases = Bases(case)
    copies = [b for b in case.item(item).bodies("made") if b["role"] == "proxy" and bases.stands(found, b)]
    if not copies:
        reasons = dict(done.left_out)
        raise UnreadableError(
            f"Nothing of {found.id} can be shown: {reasons.get(found.id, 'it is no recording, or restricted')}."
        )
    path = case.object_path(copies[-1]["sha256"])
    if as_json:
        emit({"watch": str(path), "hidden": copies[-1].get("hidden", []), "widened": copies[-1].get("widened", [])})
        return
    say(f"This is what would be shown. Watch it to the end: {path}")
    for start, end in copies[-1].get("widened", []):
        say(f"  From {start} to {end} s what is to be covered was lost, and more was covered: look there.")
    say(f"Then: kuager sign {found.id} --checked window,reflections,voices,faces,documents,details --by NAME")
