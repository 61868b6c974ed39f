"""``kuager conclude``: what people hold to be shown."""

from __future__ import annotations

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say


@click.command("conclude")
@click.argument("text")
@click.option("--standard", required=True, help='In the words used, such as "reasonable grounds to believe".')
@click.option("--for", "supporting", multiple=True, metavar="REF", help="Evidence for it. May be repeated.")
@click.option("--against", "opposing", multiple=True, metavar="REF", help="Evidence against it. May be repeated.")
@click.option("--alternative", "alternatives", multiple=True, help="Another explanation considered. May be repeated.")
@click.option("--author", required=True, help="Who concludes, as it is to be printed.")
@click.option("--reviewer", help="Who reviewed it, as it is to be printed.")
@click.option("--replaces", metavar="CONCLUSION", help="The conclusion that this is a new version of.")
@click.option("--withdrawn", metavar="TEXT", help="Why the conclusion no longer stands.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    text: str,
    standard: str,
    supporting: tuple[str, ...],
    opposing: tuple[str, ...],
    alternatives: tuple[str, ...],
    author: str,
    reviewer: str | None,
    replaces: str | None,
    withdrawn: str | None,
    as_json: bool,
) -> int:
    """Writes a conclusion with its standard, the evidence on both sides, and the alternatives considered."""
    from kuager.weigh.conclusion import conclude

    written = conclude(
        open_case(ctx),
        text,
        standard,
        supporting,
        opposing,
        alternatives,
        author,
        reviewer,
        replaces,
        withdrawn,
    )
    if as_json:
        emit(
            {
                "id": written.id,
                "text": written.text,
                "standard": written.standard,
                "for": [str(each) for each in written.supporting],
                "against": [str(each) for each in written.opposing],
                "alternatives": list(written.alternatives),
                "author": written.author,
                "reviewer": written.reviewer,
                "withdrawn": written.withdrawn,
            }
        )
    else:
        say(written.id)
        if not written.opposing:
            say("No evidence against it is recorded; the page will say so.")
    return 0
