"""``kuager link``: how evidence bears on a claim."""

from __future__ import annotations

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say

BEARINGS = ("supports", "contradicts", "compatible", "inconclusive")


@click.command("link")
@click.argument("claim")
@click.argument("evidence")
@click.option(
    "--as", "bearing", required=True, type=click.Choice(BEARINGS), help="How the evidence bears on the claim."
)
@click.option("--because", required=True, metavar="TEXT", help="Why; earlier reasons stay readable in the log.")
@json_option
@click.pass_context
def command(ctx: click.Context, claim: str, evidence: str, bearing: str, because: str, as_json: bool) -> int:
    """Links EVIDENCE (such as i:k7f3@12.4-15) to CLAIM (such as c:2m9x/cl-6f08), always with a reason."""
    from kuager.weigh.evidence import link

    written = link(open_case(ctx), claim, evidence, bearing, because)
    if as_json:
        emit(
            {
                "id": written.id,
                "claim": str(written.claim),
                "evidence": str(written.evidence),
                "as": written.bearing,
                "because": written.because,
            }
        )
    else:
        say(f"{written.id}: {written.evidence} {written.bearing} {written.claim}")
    return 0
