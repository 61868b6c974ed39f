"""``kuager source``: makes a source, known by a pseudonym."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kuager.errors import UsageError
from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say
from kuager.faces.cli.private import read_text

LONGEST_IDENTITY = 100_000


@click.command("source")
@click.option(
    "--name-from",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Read the identity from FILE (- for standard input); never from the command line.",
)
@click.option("--at-risk", is_flag=True, help="Say that this person is at risk.")
@json_option
@click.pass_context
def command(ctx: click.Context, name_from: Path | None, at_risk: bool, as_json: bool) -> int:
    """Makes a source and prints its pseudonym. The identity is encrypted before it is stored."""
    from kuager.record.source import make_source

    source = make_source(open_case(ctx), _identity(name_from), at_risk)
    if as_json:
        emit({"source": source})
    else:
        say(source)
    return 0


def _identity(name_from: Path | None) -> str | None:
    """What the person typed or what the file holds; None where they said nothing."""
    if name_from is None:
        if not sys.stdin.isatty():
            raise UsageError("Nobody can be asked for the identity here.", "Read it from a file: --name-from FILE")
        typed: str = click.prompt(
            "Who is it? (stays encrypted; Enter for unknown)", default="", show_default=False, err=True
        )
        return typed.strip() or None
    return read_text(name_from, LONGEST_IDENTITY).strip() or None
