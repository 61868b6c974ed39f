"""``kuager sign``: a person's word that a recording was watched and may be shown."""

from __future__ import annotations

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say
from kuager.faces.cli.waiting import say_waiting


@click.command("sign")
@click.argument("item", metavar="ITEM")
@click.option(
    "--checked",
    required=True,
    metavar="NAME,…",
    help="What you looked for: window, reflections, voices, faces, documents, details. All of them are needed.",
)
@click.option("--by", required=True, metavar="NAME", help="Who signs off, as it is to be printed on the page.")
@json_option
@click.pass_context
def command(ctx: click.Context, item: str, checked: str, by: str, as_json: bool) -> int:
    """Signs off the recording ITEM, after watching it to the end: pictures and sound may be shown as they are.

    Looked for are views from a window or door that tell whose it is, reflections of the person who films, voices,
    faces, documents and screens, and small details that only one person could know. Where a case has several people,
    somebody other than the one who cleared the recording signs it off.
    """
    from kuager.release.signing import sign_off

    case = open_case(ctx)
    entry = sign_off(case, item, [each.strip() for each in checked.split(",") if each.strip()], by)
    if as_json:
        emit({"entry": entry})
        return 0
    say(f"Entry {entry}: {by.strip()} signed off {case.item(item).id}.")
    say_waiting(case, case.item(item))
    return 0
