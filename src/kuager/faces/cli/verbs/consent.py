"""``kuager consent``: what a source allows."""

from __future__ import annotations

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say
from kuager.faces.cli.when import utc_text

YES_NO = click.Choice(["yes", "no"])


@click.command("consent")
@click.argument("source")
@click.option("--publish", type=YES_NO, help="What they gave may be published.")
@click.option("--court", type=YES_NO, help="It may be given to a court.")
@click.option("--name", type=YES_NO, help="Their name may be used.")
@click.option("--voice", type=YES_NO, help="Their voice may be heard.")
@click.option("--recontact", type=YES_NO, help="They may be contacted again.")
@click.option("--on", metavar="TIME", help="When they said so, if not today.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    source: str,
    publish: str | None,
    court: str | None,
    name: str | None,
    voice: str | None,
    recontact: str | None,
    on: str | None,
    as_json: bool,
) -> int:
    """Logs what SOURCE allows, use by use; a later no withdraws an earlier yes."""
    from kuager.release.consent import give_consent

    said = {"publish": publish, "court": court, "name": name, "voice": voice, "recontact": recontact}
    uses = {use: answer == "yes" for use, answer in said.items() if answer is not None}
    consent = give_consent(open_case(ctx), source, uses, utc_text(on) if on else None)
    if as_json:
        emit({"source": consent.source, "uses": dict(consent.uses)})
        return 0
    words = {True: "yes", False: "no", None: "not asked"}
    say(", ".join(f"{use}: {words[answer]}" for use, answer in consent.uses.items()))
    if not consent.allows("publish"):
        say("What they gave stays in the case. Pages published earlier are not changed: publish again, and ask hosts.")
    return 0
