"""``kuager sun``: where the sun stood."""

from __future__ import annotations

import click

from kuager.faces.cli.output import emit, json_option, say


@click.command("sun")
@click.option("--lat", required=True, type=float, help="Latitude in degrees, north positive.")
@click.option("--lon", required=True, type=float, help="Longitude in degrees, east positive.")
@click.option("--when", required=True, help="ISO 8601; UTC if no zone is given.")
@json_option
def command(lat: float, lon: float, when: str, as_json: bool) -> int:
    """Where the sun stood over a place: elevation and azimuth, without refraction."""
    from kuager.instruments.sun import sun_position

    sun = sun_position(lat, lon, when)
    elevation, azimuth = float(sun.elevation_deg), float(sun.azimuth_deg)
    if as_json:
        emit({"elevation_deg": round(elevation, 4), "azimuth_deg": round(azimuth, 4)})
    else:
        where = "above" if elevation >= 0 else "below"
        say(f"The sun stood {abs(elevation):.2f}° {where} the horizon, at {azimuth:.2f}° clockwise from north.")
    return 0
