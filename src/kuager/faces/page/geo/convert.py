"""Turns a TopoJSON of ``world-atlas`` into the compact outlines the map draws; run once by hand, see README.md."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any


def decode_arcs(topology: dict[str, Any]) -> list[list[tuple[int, int]]]:
    """The topology's arcs in hundredths of a degree (TopoJSON 1.0 §2.1.3, delta-encoded with a transform)."""
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round(100 * (x * scale_x + shift_x)), round(100 * (y * scale_y + shift_y))))
        arcs.append(points)
    return arcs


def ring(indices: list[int], arcs: list[list[tuple[int, int]]]) -> list[int]:
    """One ring, its arcs joined, points that repeat after rounding dropped, delta-encoded."""
    points: list[tuple[int, int]] = []
    for index in indices:
        points += arcs[index] if index >= 0 else arcs[~index][::-1]
    flat: list[int] = []
    last = (0, 0)
    for number, point in enumerate(points):
        if number == 0 or point != last:
            flat += [point[0] - last[0], point[1] - last[1]]
            last = point
    return flat


def convert(topology: dict[str, Any]) -> list[list[Any]]:
    """ISO 3166 numeric codes and names of countries with their rings, outer ones and holes alike."""
    arcs = decode_arcs(topology)
    countries = []
    for shape in topology["objects"]["countries"]["geometries"]:
        if shape["type"] is None:
            continue
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        rings = [ring(indices, arcs) for polygon in polygons for indices in polygon]
        countries.append([shape.get("id", ""), shape["properties"]["name"], [flat for flat in rings if len(flat) >= 8]])
    return countries


if __name__ == "__main__":
    text = json.dumps(convert(json.loads(Path(sys.argv[1]).read_text())), ensure_ascii=False, separators=(",", ":"))
    Path(sys.argv[2]).write_bytes(gzip.compress(text.encode(), mtime=0))
