"""Things: what can be restricted or erased, as a person names it."""

from __future__ import annotations

from kuager.errors import UsageError
from kuager.record import ids
from kuager.record.reading import Reading


def thing_named(case: Reading, given: str) -> str:
    """The thing meant by an id or its beginning, or by the number of an entry (``#12`` or ``12``). UsageError."""
    number = given.strip().removeprefix("#")
    if number.isascii() and number.isdigit() and (given.startswith("#") or len(number) < ids.SHORTEST_PREFIX):
        if int(number) >= case.size:
            raise UsageError(f"There is no entry {number}; the case has {case.size}.", "See: kuager log")
        return f"#{int(number)}"
    try:
        return ids.resolve(given, case.thing_ids())
    except UsageError:
        if number.isascii() and number.isdigit() and int(number) < case.size:
            return f"#{int(number)}"
        raise
