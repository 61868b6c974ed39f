"""Observations: what a person saw or heard in a recording, or looked for and did not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from kuager.errors import UsageError
from kuager.record.case import Case
from kuager.weigh.acts import Act, acts, decimal, needed, write, write_all
from kuager.weigh.annotation import Annotation

KIND = "observed"
_SPAN = re.compile(r"\s*([0-9.]+)\s*(?:[-–]\s*([0-9.]+)\s*)?")


@dataclass(frozen=True)
class Observation:
    """Seconds are presentation time of the recording ``item``. ``found`` False: looked for and not seen or heard
    there, with ``obscured`` saying what hid the view. ``subjects`` are people or things recognised again ("man A")."""

    id: str
    item: str
    start_s: float
    end_s: float
    text: str
    found: bool
    obscured: str | None
    tags: tuple[str, ...]
    subjects: tuple[str, ...]
    by: str


def observe(
    case: Case,
    item: str,
    span: str,
    text: str,
    *,
    found: bool = True,
    obscured: str | None = None,
    tags: Sequence[str] = (),
    subjects: Sequence[str] = (),
    replaces: str | None = None,
) -> Observation:
    """Writes an observation of ``span`` (``12.4`` or ``12.4-15.0``). Raises UsageError."""
    thing = case.item(item).id
    start, end = read_span(span)
    body = {
        "item": thing,
        "start_s": start,
        "end_s": end,
        "text": needed(text, "What was observed"),
        "found": found,
        "obscured": obscured,
        "tags": sorted(set(tags)),
        "subjects": sorted(set(subjects)),
    }
    earlier = next((each.id for each in observations(case) if replaces and each.id.startswith(replaces)), None)
    if replaces and earlier is None:
        raise UsageError(f"There is no observation '{replaces}'.", "See: kuager show ITEM")
    return _observation(write(case, KIND, body, (thing,), earlier))


def observe_all(case: Case, item: str, annotations: Sequence[Annotation]) -> tuple[list[Observation], int]:
    """Writes what a file of annotations says of a recording, in one act; gives what was written, and how many were not.

    What the case has already in the same words is not written again; what carries the id of an observation of this
    recording and says something else replaces it.
    """
    thing = case.item(item).id
    before = {each.id: _annotation(each) for each in observations(case) if each.item == thing}
    known = {replace(each, id=None) for each in before.values()}
    new = []
    for each in annotations:
        plain = replace(each, id=None)
        if plain not in known:
            known.add(plain)
            new.append((each.id if each.id in before else None, each))
    written = write_all(case, KIND, [(id, _body(thing, each)) for id, each in new], (thing,)) if new else []
    return [_observation(act) for act in written], len(annotations) - len(new)


def annotations_of(observations: Sequence[Observation]) -> list[Annotation]:
    """Observations of one recording as annotations."""
    return [_annotation(each) for each in observations]


def _annotation(each: Observation) -> Annotation:
    start, end = round(each.start_s, 3), round(each.end_s, 3)
    return Annotation(start, end, each.text, each.found, each.obscured, each.tags, each.subjects, each.id)


def _body(item: str, each: Annotation) -> dict[str, Any]:
    return {
        "item": item,
        "start_s": decimal(f"{each.start_s:.3f}", "second"),
        "end_s": decimal(f"{each.end_s:.3f}", "second"),
        "text": each.text,
        "found": each.found,
        "obscured": each.obscured,
        "tags": list(each.tags),
        "subjects": list(each.subjects),
    }


def observations(case: Case) -> list[Observation]:
    """Every observation that can be read, by recording and second."""
    found = [_observation(act) for act in acts(case, KIND)]
    return sorted(found, key=lambda each: (each.item, each.start_s, each.end_s))


def read_span(text: str) -> tuple[str, str]:
    """``12.4-15.0`` or ``12.4`` as two decimal strings. Raises UsageError."""
    match = _SPAN.fullmatch(text)
    if not match:
        raise UsageError(f"{text!r} is no stretch of a recording.", "Give seconds, for example 12.4-15.0")
    start = decimal(match[1], "second")
    end = decimal(match[2], "second") if match[2] else start
    if float(end) < float(start):
        raise UsageError(f"{text!r} ends before it begins.", "Give the earlier second first.")
    return start, end


def _observation(act: Act) -> Observation:
    body = act.body
    return Observation(
        act.id,
        body["item"],
        float(body["start_s"]),
        float(body["end_s"]),
        body["text"],
        body["found"],
        body["obscured"],
        tuple(body["tags"]),
        tuple(body["subjects"]),
        act.actor,
    )
