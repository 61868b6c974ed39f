"""``kuager stand``: where a recording was made from."""

from __future__ import annotations

from dataclasses import asdict

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say


@click.command("stand")
@click.argument("recording")
@click.option("--lat", required=True, help="Latitude in degrees, north positive.")
@click.option("--lon", required=True, help="Longitude in degrees, east positive.")
@click.option("--radius", required=True, type=click.IntRange(min=1), metavar="METRES", help="Within which it lies.")
@click.option("--because", required=True, metavar="TEXT", help="How it is known.")
@json_option
@click.pass_context
def command(ctx: click.Context, recording: str, lat: str, lon: str, radius: int, because: str, as_json: bool) -> int:
    """Writes where RECORDING was made from. It never leaves the case; the clock counts what distance does to sound."""
    from kuager.weigh.standpoint import stand

    written = stand(open_case(ctx), recording, lat, lon, radius, because)
    if as_json:
        emit(asdict(written))
    else:
        say(written.id)
    return 0
