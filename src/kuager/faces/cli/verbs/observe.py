"""``kuager observe``: what a person saw or heard in a recording."""

from __future__ import annotations

from dataclasses import asdict

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say


@click.command("observe")
@click.argument("recording")
@click.argument("span", metavar="SECONDS")
@click.argument("text")
@click.option("--tag", "tags", multiple=True, help="A word to find it by. May be repeated.")
@click.option("--subject", "subjects", multiple=True, help='Someone or something seen again, such as "man A".')
@click.option("--not-found", is_flag=True, help="It was looked for there, and not seen or heard.")
@click.option("--obscured", metavar="TEXT", help="What hid the view or covered the sound.")
@click.option("--replaces", metavar="OBSERVATION", help="The observation that this one corrects; it stays readable.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    recording: str,
    span: str,
    text: str,
    tags: tuple[str, ...],
    subjects: tuple[str, ...],
    not_found: bool,
    obscured: str | None,
    replaces: str | None,
    as_json: bool,
) -> int:
    """Writes what is seen or heard in RECORDING at SECONDS (12.4 or 12.4-15.0), in your words."""
    from kuager.weigh.observation import observe

    written = observe(
        open_case(ctx),
        recording,
        span,
        text,
        found=not not_found,
        obscured=obscured,
        tags=tags,
        subjects=subjects,
        replaces=replaces,
    )
    if as_json:
        emit(asdict(written))
    else:
        say(written.id)
    return 0
