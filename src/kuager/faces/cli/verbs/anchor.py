"""``kuager anchor``: the time of day of a moment in a recording."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from kuager.errors import UsageError
from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, note, say

if TYPE_CHECKING:
    from kuager.weigh.anchor import Anchor, TimeOfDay


@click.command("anchor")
@click.argument("tie", required=False, metavar="RECORDING@12.4=2011-12-16T11:42:07+06:00±30")
@click.option("--because", metavar="TEXT", help="What tells the time: a clock face in view, a broadcast, a known call.")
@click.option("--take-back", metavar="ANCHOR", help="Take this anchor back, with --because.")
@json_option
@click.pass_context
def command(ctx: click.Context, tie: str | None, because: str | None, take_back: str | None, as_json: bool) -> int:
    """Ties a second of a recording to the time of day, and with it all recordings on the same clock.

    Without a tie it lists when each recording begins.
    """
    from kuager.weigh import anchor

    if tie is not None and take_back is not None:
        raise UsageError("One thing at a time: an anchor to write, or one to take back.")
    writes = tie is not None or take_back is not None
    case = open_case(ctx, to_write=writes)
    written = None
    if tie is not None:
        written = anchor.anchor(case, tie, because or "")
    elif take_back is not None:
        written = anchor.take_back(case, take_back, because or "")
    times = anchor.times_of_day(case)
    if as_json:
        emit(
            {
                "anchor": _anchor_json(written) if written else None,
                "times": [_time_json(one) for one in _in_order(times)],
            }
        )
        return 0
    if written is not None:
        say(written.id)
    for one in _in_order(times):
        say(f"{one.item}  begins {shown(one)}")
    if any(not one.agree for one in times.values()):
        note("Anchors on one clock contradict one another beyond their errors. See them with: kuager log")
    return 0


def shown(one: TimeOfDay) -> str:
    """A time of day with no more digits than its error carries."""
    text = one.start.strftime("%Y-%m-%d %H:%M:%S") if one.sd_s < 30 else one.start.strftime("%Y-%m-%d %H:%M")
    error = f"{math.ceil(one.sd_s)} s" if one.sd_s < 120 else f"{math.ceil(one.sd_s / 60)} min"
    return f"{text} UTC ± {error}" + ("" if one.agree else " (anchors disagree)")


def _in_order(times: dict[str, TimeOfDay]) -> list[TimeOfDay]:
    return sorted(times.values(), key=lambda one: (one.start, one.item))


def _time_json(one: TimeOfDay) -> dict[str, Any]:
    return asdict(one) | {"start": one.start.isoformat().replace("+00:00", "Z"), "sd_s": round(one.sd_s, 3)}


def _anchor_json(one: Anchor) -> dict[str, Any]:
    return asdict(one) | {"utc": one.utc.isoformat().replace("+00:00", "Z")}
