"""Redaction: what of a recording or a picture is covered, muted or spoken anew before anything made of it is shown.

Areas are drawn by hand at key pictures and followed between them (see ``covering``); speech is muted over stretches,
or replaced by a sound file in which somebody else speaks the words. Never a blur, which can be undone (Hill et al., "On
the (In)effectiveness of Mosaicing and Blurring as Tools for Document Redaction", PoPETs 2016), and never a shift of
pitch, which can be shifted back. Each redaction is an entry of the log; a later one with its id replaces it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from kuager.errors import UsageError
from kuager.record.case import Case
from kuager.record.item import Item
from kuager.weigh.acts import Act, act, acts, needed, write

KIND = "masked"
MOST_KEYS = 10_000
"""Key pictures in one redaction: a bound on hostile files."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Key:
    """The outline of an area at one second: at least three points in pixels of the upright picture, from its upper
    left corner. ``at_s``: presentation time of the recording."""

    at_s: float
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Area:
    """Something to cover from ``start_s`` to ``end_s`` (None: to the end). Between key pictures its outline moves in
    straight lines; with ``track`` what it covers is followed too, and both are painted. ``what`` says what it is."""

    keys: tuple[Key, ...]
    start_s: float
    end_s: float | None
    track: bool
    what: str


@dataclass(frozen=True)
class Quiet:
    """A stretch without its own sound: silence, or the sound of the item ``spoken`` in its place."""

    start_s: float
    end_s: float
    spoken: str | None = None


@dataclass(frozen=True)
class Redaction:
    """What one person hid in ``item`` at once, and why. ``width`` and ``height``: the picture's, in pixels, to which
    the points refer; 0 where it has none. ``entry`` is the line of the log that holds it."""

    id: str
    item: str
    width: int
    height: int
    areas: tuple[Area, ...]
    quiets: tuple[Quiet, ...]
    because: str
    by: str
    entry: int


def redact(
    case: Case,
    item: str,
    areas: Sequence[Area],
    quiets: Sequence[Quiet],
    because: str,
    size: tuple[int, int],
    replaces: str | None = None,
) -> Redaction:
    """Writes what is to be hidden in ``item``, whose upright picture has ``size`` pixels. Raises UsageError."""
    found = case.item(item)
    _check(found, areas, quiets, size)
    body = {
        "item": found.id,
        "of": f"#{found.stored.n}" if found.stored else None,
        "width": size[0],
        "height": size[1],
        "areas": [area_body(each) for each in areas],
        "quiets": [
            {"start_s": seconds(each.start_s), "end_s": seconds(each.end_s), "spoken": each.spoken} for each in quiets
        ],
        "because": needed(because, "A reason"),
        "withdrawn": None,
    }
    spoken = sorted({each.spoken for each in quiets if each.spoken})
    earlier = act(case, KIND, replaces).id if replaces else None
    return _redaction(write(case, KIND, body, (found.id, *spoken), earlier))


def withdraw(case: Case, redaction: str, because: str) -> Redaction:
    """Takes a redaction back: what it hid is shown again, once somebody has signed that off. Raises UsageError."""
    earlier = act(case, KIND, redaction)
    body = {key: value for key, value in earlier.body.items() if key != "id"}
    body["withdrawn"] = needed(because, "A reason")
    return _redaction(write(case, KIND, body, (str(body["item"]),), earlier.id))


def redactions(case: Case) -> dict[str, tuple[Redaction, ...]]:
    """The redactions in force, by item, in the order in which they were first written."""
    found: dict[str, tuple[Redaction, ...]] = {}
    for each in acts(case, KIND):
        if not each.body["withdrawn"]:
            one = _redaction(each)
            found[one.item] = (*found.get(one.item, ()), one)
    return found


def refs(redactions: Sequence[Redaction]) -> list[str]:
    """The entries that hold them, as other entries cite them."""
    return [f"#{each.entry}" for each in redactions]


def seconds(value: float) -> str:
    """Seconds as payloads hold them: a decimal to the millisecond."""
    return format(Decimal(str(round(value, 3))).normalize(), "f")


def _check(item: Item, areas: Sequence[Area], quiets: Sequence[Quiet], size: tuple[int, int]) -> None:
    if item.kind not in ("recording", "image"):
        raise UsageError(f"The item {item.id} is no recording or picture.", "Only these have something to cover.")
    if not areas and not quiets:
        raise UsageError("Nothing was said to be hidden.", "Give --area, --mute, --respeak or --from FILE")
    if sum(len(area.keys) for area in areas) > MOST_KEYS:
        raise UsageError(f"There are more than {MOST_KEYS} key pictures.", "Split them over several redactions.")
    if areas and not all(size):
        raise UsageError(f"The item {item.id} has no picture to cover.", "Leave areas out, and mute its sound.")
    if quiets and item.kind == "image":
        raise UsageError(f"The item {item.id} is a picture and has no sound.", "Leave --mute and --respeak out.")
    for number, area in enumerate(areas, 1):
        _check_area(area, number, size)
    for quiet in quiets:
        if not 0 <= quiet.start_s < quiet.end_s:
            raise UsageError("A stretch to be muted ends before it begins.", "Give the earlier second first: 3.2-5.0")


def _check_area(area: Area, number: int, size: tuple[int, int]) -> None:
    if not area.keys or (area.end_s is not None and area.end_s < area.start_s):
        raise UsageError(f"Area {number} has no key picture, or ends before it begins.", "See: kuager mask --help")
    if any(later.at_s <= earlier.at_s for earlier, later in pairwise(area.keys)):
        raise UsageError(f"Area {number} has two key pictures at one second.", "Give each second once.")
    if len({len(key.points) for key in area.keys}) != 1 or len(area.keys[0].points) < 3:
        raise UsageError(f"Area {number} changes its number of corners.", "Give each outline the same corners.")
    for key in area.keys:
        xs, ys = [x for x, _ in key.points], [y for _, y in key.points]
        if max(xs) <= 0 or min(xs) >= size[0] or max(ys) <= 0 or min(ys) >= size[1]:
            raise UsageError(
                f"Area {number} lies outside the picture at {seconds(key.at_s)} s.",
                f"The picture, upright, is {size[0]} × {size[1]} pixels; 0,0 is its upper left corner.",
            )
        if max(xs) - min(xs) < 1 or max(ys) - min(ys) < 1:
            raise UsageError(f"Area {number} covers nothing at {seconds(key.at_s)} s.", "Give it a width and a height.")


def area_body(area: Area) -> dict[str, Any]:
    """An area as entries and plans hold it."""
    return {
        "keys": [
            {"at_s": seconds(key.at_s), "points": [[seconds(x), seconds(y)] for x, y in key.points]}
            for key in area.keys
        ],
        "start_s": seconds(area.start_s),
        "end_s": None if area.end_s is None else seconds(area.end_s),
        "track": area.track,
        "what": area.what,
    }


def _redaction(each: Act) -> Redaction:
    body = each.body
    return Redaction(
        each.id,
        body["item"],
        body["width"],
        body["height"],
        tuple(area_of(one) for one in body["areas"]),
        tuple(Quiet(float(q["start_s"]), float(q["end_s"]), q["spoken"]) for q in body["quiets"]),
        body["because"],
        each.actor,
        each.entry,
    )


def area_of(body: Mapping[str, Any]) -> Area:
    """An area as an entry holds it."""
    keys = tuple(Key(float(k["at_s"]), tuple((float(x), float(y)) for x, y in k["points"])) for k in body["keys"])
    end = body["end_s"]
    return Area(keys, float(body["start_s"]), None if end is None else float(end), body["track"], body["what"])
