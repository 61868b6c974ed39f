"""Observations of one recording, events and places as files for other programs, through the gate like all else."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from kuager.errors import KuagerError, RefusedError, UsageError
from kuager.record.case import Case
from kuager.record.payload import Draft
from kuager.release.gate import Released, release
from kuager.release.protection import protected
from kuager.release.search import refuse_hits, search, sources_of
from kuager.weigh.annotation import encode
from kuager.weigh.gazetteer import events_table, places_table
from kuager.weigh.observation import annotations_of


@dataclass(frozen=True)
class Listed:
    """What was written where, how many rows, and the entry that says so. ``closed``: see ``Publication``."""

    path: Path
    count: int
    entry: int
    closed: int


def export_observations(case: Case, target: Path, form: str, item: str) -> Listed:
    """Writes the observations of a recording that may leave, in one of ``annotation.FORMS``, names masked.

    Raises UsageError where ``target`` exists, RefusedError where the recording stays or a protected string stands in
    what would have left, KuagerError where it cannot be written.
    """
    released = release(case, "observations")
    thing = case.item(item).id
    held = next((each for each in released.held if each.item == thing), None)
    if held:
        raise RefusedError(
            f"The recording {thing} stays in the case, and what is seen in it with it.", f"See: kuager clear {thing}"
        )
    seen = [each for each in released.written.observations if each.item == thing]
    # No ids of observations of the case: a file that comes back is joined by what it says.
    data = encode([replace(each, id=None) for each in annotations_of(seen)], form)
    return _leave(case, released, target, form, data, len(seen))


def export_table(case: Case, target: Path, what: Literal["events", "places"]) -> Listed:
    """Writes the events or the places that may leave as a CSV table, as ``export_observations``.

    Sources of events that are things of the case are left out: only words that name one outside it stand there.
    """
    released = release(case, "observations")
    if what == "places":
        places = released.written.places
        return _leave(case, released, target, "places", places_table(places), len(places))
    told = [
        replace(event, sources=tuple(each for each in sources if isinstance(each, str)))
        for event, sources in released.written.events
    ]
    return _leave(case, released, target, "events", events_table(told), len(told))


def _leave(case: Case, released: Released, target: Path, form: str, data: bytes, count: int) -> Listed:
    """Searches what would leave, writes the entry that says so, and puts the file in place."""
    target = Path(os.path.abspath(target))
    if os.path.lexists(target):
        raise UsageError(f"{target} is there already.", "Name a file that does not exist yet.")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as aside:
            folder = Path(aside) / "out"
            folder.mkdir()
            (folder / target.name).write_bytes(data)
            wanted, closed = protected(case, frozenset(each.id for each in released.items if each.public))
            hits = search(folder, wanted)
            refuse_hits(hits, sources_of(case, hits, wanted) if hits else ())
            body = {"manifest": sha256(data).hexdigest(), "at_size": released.size, "as": form}
            entry = case.commit([Draft("exported", body)]).first
            os.replace(folder / target.name, target)
    except OSError as error:
        raise KuagerError(f"{target} cannot be written: {error.strerror}.", "Choose another folder.") from None
    return Listed(target, count, entry, closed)
