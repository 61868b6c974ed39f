"""``kuager place``: somewhere, with a radius."""

from __future__ import annotations

from dataclasses import asdict

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say


@click.command("place")
@click.argument("name")
@click.option("--lat", required=True, help="Latitude in degrees, north positive.")
@click.option("--lon", required=True, help="Longitude in degrees, east positive.")
@click.option("--radius", required=True, type=click.IntRange(min=1), metavar="METRES", help="Within which it lies.")
@click.option("--about", default="", help="A word on what it is, or how it was found.")
@click.option("--private", is_flag=True, help="It never leaves the case: a home, a window that was filmed from.")
@json_option
@click.pass_context
def command(
    ctx: click.Context, name: str, lat: str, lon: str, radius: int, about: str, private: bool, as_json: bool
) -> int:
    """Writes a place, drawn as a radius and never as a pin."""
    from kuager.weigh.event import record_place

    written = record_place(open_case(ctx), name, lat, lon, radius, about, private)
    if as_json:
        emit(asdict(written))
    else:
        say(written.id)
    return 0
