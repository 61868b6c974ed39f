"""What people know that the clock is told: pins, decisions on pairs, and where recordings were made from."""

from __future__ import annotations

from typing import Any

from kuager.record.case import Case
from kuager.weigh.pin import pins
from kuager.weigh.proposal import decisions
from kuager.weigh.standpoint import on_a_plane, standpoints


def told(case: Case) -> dict[str, dict[str, Any]]:
    """Settings by comparer, items named as ``{"item": id}``; empty where nobody has said anything."""
    said: dict[str, list[dict[str, Any]]] = {
        "pins": [
            {"a": {"item": one.a}, "a_s": one.a_s, "b": {"item": one.b}, "b_s": one.b_s, "sd_s": one.sd_s}
            for one in pins(case)
        ],
        "decisions": [
            {"a": {"item": a}, "b": {"item": b}, "accepted": accepted}
            for (a, b), accepted in sorted(decisions(case, "same_sound").items())
        ],
        "positions": [
            {"of": {"item": item}, "east_m": round(east, 1), "north_m": round(north, 1), "sd_m": sd}
            for item, (east, north, sd) in sorted(on_a_plane(standpoints(case)).items())
        ],
    }
    known = {name: each for name, each in said.items() if each}
    return {"clock": known} if known else {}
