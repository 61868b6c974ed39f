"""Clearing: a person's decision that an item, somebody's name or a private place may leave, and taking it back.

It is an allow-list. Names of people are masked in everything that leaves until somebody clears them; those who speak in
a public office, or sign a page, are proposed for it and are no less masked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kuager.errors import RefusedError, UsageError
from kuager.record.case import Case
from kuager.record.payload import Draft
from kuager.release import spelling
from kuager.release.consent import allowing
from kuager.release.masking import Names, names_for
from kuager.release.people import Person, bodies_of, people_heard, people_of
from kuager.weigh.acts import acts, needed, write
from kuager.weigh.event import places
from kuager.weigh.reading import pages_read
from kuager.weigh.transcript import transcripts

NAME, PLACE = "name_cleared", "place_cleared"
LONGEST = 200

State = Literal["masked", "cleared"]


@dataclass(frozen=True)
class Known:
    """Somebody whom a page of the case names, and whether the name leaves."""

    item: str
    person: Person
    state: State


def clear(case: Case, item: str, because: str, graphic: bool | None = None) -> int:
    """Decides that an item may leave and returns the entry. ``graphic``: whether it is hard to look at, if said.

    What else it waits for (its source's consent, a sign-off) is told by ``Permissions.held``. Raises UsageError without
    a reason or for an item that is not there, RefusedError for one that is restricted.
    """
    _reason(because)
    found = case.item(item)
    stored = found.stored
    if stored is None or stored.handle is not None or case.handles_of(found.id):
        raise RefusedError(
            f"The item {found.id} is restricted, and nothing restricted leaves a case.",
            "Add a copy that may be shown as an item of its own, and clear that one.",
        )
    body = {"item": found.id, "because": because, **({} if graphic is None else {"graphic": graphic})}
    return case.commit([Draft("cleared", body, (found.id,))]).first


def take_back(case: Case, item: str, because: str) -> int:
    """Decides that an item stays after all, and returns the entry. Raises UsageError where nobody had cleared it."""
    _reason(because)
    found = case.item(item)
    if not is_cleared(found.bodies("cleared")):
        hint = f"To keep what was added as public: kuager restrict {found.id} --because TEXT"
        raise UsageError(f"Nobody has cleared {found.id}.", hint)
    body = {"item": found.id, "because": because, "taken_back": True}
    return case.commit([Draft("cleared", body, (found.id,))]).first


def is_cleared(bodies: Sequence[dict[str, object]]) -> bool:
    """Whether an item is cleared, by its ``cleared`` entries: the newest one counts."""
    return bool(bodies) and not bodies[-1].get("taken_back")


def clear_name(case: Case, name: str, because: str) -> int:
    """Decides that a person's name may leave, in every spelling that folding joins, and returns the entry.

    Raises UsageError without a name or a reason, and RefusedError for the identity of a source who has not consented to
    the use of their name.
    """
    given = " ".join(needed(name, "The name").split())
    if not spelling.name(given) or len(given) > LONGEST:
        raise UsageError("This is no name.", "Give the name as it is written.")
    _refuse_identity(case, given)
    earlier = next((each.id for each in acts(case, NAME) if _same(each.body["name"], given)), None)
    body = {"name": given, "because": needed(because, "A reason"), "taken_back": False}
    return write(case, NAME, body, (), earlier).entry


def take_back_name(case: Case, name: str, because: str) -> int:
    """Decides that a name is masked again, and returns the entry. Raises UsageError where nobody had cleared it."""
    for each in acts(case, NAME):
        if _same(each.body["name"], name) and not each.body["taken_back"]:
            body = {"name": each.body["name"], "because": needed(because, "A reason"), "taken_back": True}
            return write(case, NAME, body, (), each.id).entry
    raise UsageError("Nobody has cleared this name.", "See: kuager clear --list")


def clear_place(case: Case, place: str, because: str, back: bool = False) -> int:
    """Decides that a private place may leave, or (``back``) that it stays after all; returns the entry."""
    found = next((each for each in places(case) if each.id.startswith(place.casefold())), None)
    if found is None or not found.private:
        raise UsageError(f"There is no private place '{place}'.", "Other places leave as they are.")
    earlier = next((each.id for each in acts(case, PLACE) if each.body["place"] == found.id), None)
    if back and found.id not in cleared_places(case):
        raise UsageError(f"Nobody has cleared the place {found.id}.")
    body = {"place": found.id, "because": needed(because, "A reason"), "taken_back": back}
    return write(case, PLACE, body, (found.id,), earlier).entry


def cleared_places(case: Case) -> frozenset[str]:
    """The private places that may leave now."""
    return frozenset(str(each.body["place"]) for each in acts(case, PLACE) if not each.body["taken_back"])


def cleared_names(case: Case) -> tuple[str, ...]:
    """The names that may leave now."""
    return tuple(str(each.body["name"]) for each in acts(case, NAME) if not each.body["taken_back"])


def known_people(case: Case) -> list[Known]:
    """Everybody whom the pages and transcripts of a case name, one by one, with what was decided of their names."""
    cleared = [frozenset(spelling.name(name)) for name in cleared_names(case)]
    found = []
    named = [(item, people_of(reading)) for item, reading in pages_read(case)]
    for item, people in [*named, *((each.item, people_heard(each)) for each in transcripts(case))]:
        for person in people:
            out = any(set(spelling.name(person.name)) <= one for one in cleared)
            found.append(Known(item, person, "cleared" if out else "masked"))
    return found


def names_of(case: Case) -> Names:
    """What masking rests on now: names on pages and in transcripts, names that were cleared, of bodies, and of places
    that are public."""
    read = pages_read(case)
    hidden = [person.name for _, reading in read for person in people_of(reading)]
    bodies = [name for _, reading in read for name in bodies_of(reading)]
    for each in transcripts(case):
        people = people_heard(each)
        hidden += [person.name for person in people]
        # Who speaks is known by a name alone: each word of it is theirs, and none of it a body's.
        labels = {word for one in people if one.standing == "speaks" for word in spelling.words(one.name)}
        hidden += [word for word in labels if len(word) > 2]
        speaking = {spelling.folded(word) for word in labels}
        bodies += [name for name in bodies_of(each.reading()) if not speaking & set(spelling.name(name))]
    # A town may stand beside a title in a headline. Longer names of places may hold somebody's: "Mary Smith's house".
    towns = (place.name.partition("(")[0].strip() for place in places(case) if not place.private)
    bodies += [town for town in towns if len(town.split()) == 1]
    return names_for(hidden, cleared_names(case), bodies)


def _refuse_identity(case: Case, name: str) -> None:
    """Raises RefusedError where ``name`` is a source's who has not said that it may be used."""
    from kuager.release.protection import identities

    agreed = allowing(case, "name")
    for source, line in identities(case):
        if source not in agreed and set(spelling.name(name)) <= set(spelling.name(line)):
            raise RefusedError(
                f"This is the name of the source {source}, who has not consented to its use.",
                f"When they do: kuager consent {source} --name yes",
            )


def _same(one: str, other: str) -> bool:
    return spelling.name(one) == spelling.name(other)


def _reason(because: str) -> None:
    if not because.strip():
        raise UsageError("Clearing needs a reason.", "Give it with --because TEXT")
