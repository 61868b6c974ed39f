"""``kuager verify``: checks a case, an export or a published page, and changes nothing."""

from __future__ import annotations

from pathlib import Path

import click

from kuager.faces.cli.case import case_folder
from kuager.faces.cli.output import emit, json_option, say

WHAT_AN_ANCHOR_SHOWS = (
    "An anchor at size N shows that the first N lines are unchanged since it was made; "
    "what lies beyond rests on the holder's word, and nothing shows what happened before intake."
)


@click.command("verify")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--known",
    multiple=True,
    metavar="FILE|SIZE:ROOT",
    help="Something held from elsewhere: a saved checkpoint, a verifier key, or SIZE:ROOT. May be repeated.",
)
@json_option
@click.pass_context
def command(ctx: click.Context, path: Path | None, known: tuple[str, ...], as_json: bool) -> int:
    """Checks every object, payload, line and signature, and names every problem and its place."""
    from kuager.record import Home
    from kuager.release import verify

    result = verify(path if path is not None else case_folder(ctx), known=known, home=Home())
    if as_json:
        emit(result.as_json())
        return 0 if result.ok else 1
    for problem in result.problems:
        say(f"{problem.kind}: {problem.where}: {problem.detail}")
    for each in result.notes:
        say(f"note: {each.kind}: {each.where}: {each.detail}")
    held = "holds together" if result.ok else f"has {len(result.problems)} problems"
    say(f"The log of {result.size} entries {held}. Root {result.root}")
    if result.unopened:
        say(f"{result.unopened} restricted payloads were not opened: their digests could not be compared.")
    if result.anchored:
        say("Anchored by " + ", ".join(f"{anchor.by} at size {anchor.size}" for anchor in result.anchored) + ".")
    else:
        say("Nothing outside anchors it: it is self-consistent only.")
    say(WHAT_AN_ANCHOR_SHOWS)
    return 0 if result.ok else 1
