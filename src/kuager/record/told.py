"""What a log tells of the rest of its case, gathered while it is verified."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kuager.record.payload import Payload

PRESERVED = re.compile(
    rb'\{"about":\["([0-9a-z]{10})"\],"actor":"[0-9a-f]{32}","at":"[0-9TZ:-]{20}","body":\{"bytes":[0-9]{1,15},'
    rb'"handle":(?:null|"[0-9a-z]{10}"),"item":"[0-9a-z]{10}","sha256":"([0-9a-f]{64})"\},"salt":"[0-9a-f]{64}",'
    rb'"type":"preserved","v":1\}'
)
"""The commonest payload of all, read without taking it apart."""


@dataclass
class Told:
    """What the payloads say that must be held against the rest of the case."""

    entries: list[tuple[int, Payload]] = field(default_factory=list)
    erased: list[int] = field(default_factory=list)
    withheld: list[int] = field(default_factory=list)
    unopened: dict[int, str] = field(default_factory=dict)

    objects: list[tuple[int, str, str]] = field(default_factory=list)
    """Entry, item and SHA-256 of each object that a payload names."""

    def of(self, kind: str) -> Iterator[tuple[int, Payload]]:
        """The entries of one type, with their numbers."""
        return ((n, entry) for n, entry in self.entries if entry.type == kind)
