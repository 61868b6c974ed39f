"""Ids of items, sources and handles: ten random characters of lower-case Crockford base32 (50 bits)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from kuager.errors import UsageError

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 10
SHORTEST_PREFIX = 4

_ID = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
# Each letter stands for eight of the 256 bytes, so all are as likely as one another.
_LETTERS = ALPHABET.encode("ascii") * 8
_MISREAD = str.maketrans("oil", "011")


def new_id() -> str:
    """A new id. Made from no digest, so that it tells nothing of what it names."""
    return os.urandom(LENGTH).translate(_LETTERS).decode("ascii")


def is_id(text: str) -> bool:
    """Whether ``text`` is an id as it is written."""
    return _ID.fullmatch(text) is not None


def resolve(prefix: str, ids: Iterable[str]) -> str:
    """The one of ``ids`` that begins with ``prefix``, as a person typed it (capitals and o, i, l are understood).

    Raises UsageError if the prefix is shorter than four characters, fits none or fits several.
    """
    meant = prefix.strip().lower().translate(_MISREAD)
    if len(meant) < SHORTEST_PREFIX:
        raise UsageError(f"'{prefix}' is too short for an id.", f"Give at least {SHORTEST_PREFIX} characters.")
    found = sorted({id_ for id_ in ids if id_.startswith(meant)})
    if not found:
        raise UsageError(f"Nothing in this case has an id that begins with '{prefix}'.", "See: kuager show")
    if len(found) > 1:
        raise UsageError(f"'{prefix}' fits {len(found)} ids: {', '.join(found[:5])}.", "Give more characters.")
    return found[0]
