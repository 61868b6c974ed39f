"""One source while a page is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

Range = tuple[int, int]


#: How many sources back "they" or "the group" may reach; a bound on hostile pages.
MAX_RECENT = 60


@dataclass(slots=True, eq=False)
class Entry:
    """One source while the page is read."""

    name: str
    role: str | None
    side: str
    kind: str
    anonymous: bool
    at_risk: bool
    key: str
    family: str = ""
    given: str = ""
    gender: str = ""
    plural: bool = False
    section: int = -1
    mentions: list[Range] = field(default_factory=list)
    #: Where they last spoke, or stood as a sentence's subject.
    at: int = -1
    #: Where they last spoke.
    spoke: int = -1

    @property
    def id(self) -> str:
        """Stable across readings of a page: made from name, kind and (for unnamed people) section."""
        return "src-" + hashlib.sha256(self.key.encode()).hexdigest()[:10]
