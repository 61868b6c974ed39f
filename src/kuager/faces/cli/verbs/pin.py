"""``kuager pin``: a moment seen or heard in two recordings."""

from __future__ import annotations

from dataclasses import asdict

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, note, say


@click.command("pin")
@click.argument("tie", metavar="A@12.40=B@3.10±0.05")
@click.argument("text")
@click.option("--take-back", is_flag=True, help="Take the pin with this id back; TEXT says why.")
@json_option
@click.pass_context
def command(ctx: click.Context, tie: str, text: str, take_back: bool, as_json: bool) -> int:
    """Ties two recordings at a moment that both show: a flash, a fall, a door. TEXT says what it is.

    The next `kuager examine` puts them on one clock with it, whether or not they have sound.
    """
    from kuager.weigh import pin

    case = open_case(ctx)
    written = pin.take_back(case, tie, text) if take_back else pin.pin(case, tie, text)
    if as_json:
        emit(asdict(written))
    else:
        say(written.id)
        note("It counts from the next: kuager examine --only clock")
    return 0
