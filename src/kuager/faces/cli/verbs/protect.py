"""``kuager protect``: marks what must never leave."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kuager.errors import UsageError
from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say
from kuager.faces.cli.private import read_lines

LARGEST = 1 << 20


@click.command("protect")
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Read strings from FILE, one a line (- for standard input).",
)
@json_option
@click.pass_context
def command(ctx: click.Context, file: Path | None, as_json: bool) -> int:
    """Marks names and other strings that must never leave. They are read from a prompt or a file, and encrypted."""
    from kuager.release.protection import protect

    case = open_case(ctx)
    handles = protect(case, _strings(file))
    if as_json:
        emit({"protected": handles})
        return 0
    for handle in handles:
        say(handle)
    say("Publishing and exporting now stop where one of these stands, and name the place and this handle.")
    return 0


def _strings(file: Path | None) -> list[str]:
    if file is None:
        if not sys.stdin.isatty():
            raise UsageError("Nobody can be asked here.", "Read the strings from a file: --from FILE")
        typed: str = click.prompt("What must never leave? (stays encrypted)", hide_input=True, err=True)
        found = [typed.strip()] if typed.strip() else []
    else:
        found = read_lines(file, LARGEST)
    if not found:
        raise UsageError("There is nothing to protect.", "Give one string a line.")
    return found
