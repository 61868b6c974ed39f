"""``kuager editor``: your own name beside your key, where you want it told."""

from __future__ import annotations

import click

from kuager.errors import UsageError
from kuager.faces.cli.case import one_line, open_case
from kuager.faces.cli.output import emit, json_option, say


@click.command("editor")
@click.option("--name", metavar="NAME", help="Tie your key to this name, for everybody to see.")
@click.option("--take-back", is_flag=True, help="Do not name you any more, from the next publication on.")
@json_option
@click.pass_context
def command(ctx: click.Context, name: str | None, take_back: bool, as_json: bool) -> int:
    """Says whose key is whose, for those who want that told. Without an option it lists who is named."""
    from kuager.release.editors import editors, name_me

    case = open_case(ctx, to_write=bool(name) or take_back)
    if name and take_back:
        raise UsageError("A name cannot be given and taken back at once.")
    if name or take_back:
        name_me(case, name)
    named = editors(case)
    if as_json:
        emit({"editors": [{"key": key, "name": each} for key, each in named.items()]})
        return 0
    for key, each in named.items():
        say(one_line(f"{key}  {each}"))
    if not named:
        say("Nobody is named. To be named yourself: kuager editor --name NAME")
    return 0
