"""``kuager place``: somewhere, with a radius."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from kuager.errors import UsageError
from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say, say_taken_in


@click.command("place")
@click.argument("name", required=False)
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A CSV table of them: name,latitude,longitude,radius_m,…",
)
@click.option("--lat", help="Latitude in degrees, north positive.")
@click.option("--lon", help="Longitude in degrees, east positive.")
@click.option("--radius", type=click.IntRange(min=1), metavar="METRES", help="Within which it lies.")
@click.option("--about", default="", help="A word on what it is, or how it was found.")
@click.option("--private", is_flag=True, help="It never leaves the case: a home, a window that was filmed from.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    name: str | None,
    file: Path | None,
    lat: str | None,
    lon: str | None,
    radius: int | None,
    about: str,
    private: bool,
    as_json: bool,
) -> int:
    """Writes a place, drawn as a radius and never as a pin; or, with --from, those of a table.

    In a table a place is private unless its column "private" says no.
    """
    from kuager.weigh.event import record_place
    from kuager.weigh.gazetteer import take_in_places

    if file is not None and name is None:
        return say_taken_in(take_in_places(open_case(ctx), file), "places", as_json)
    if file is not None or name is None or lat is None or lon is None or radius is None:
        raise UsageError("Give NAME with --lat, --lon and --radius, or --from FILE alone.", "See: kuager place --help")
    written = record_place(open_case(ctx), name, lat, lon, radius, about, private)
    if as_json:
        emit(asdict(written))
    else:
        say(written.id)
    return 0
