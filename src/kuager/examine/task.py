"""Tasks: one examiner over one item, or one comparer over a set, and the key under which the result is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal, Protocol, runtime_checkable

import msgspec

from kuager.examine.result import Result

Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Limits:
    """What one task may use: wall seconds, and bytes of address space of its worker."""

    wall_s: float = 600.0
    memory_bytes: int = 4 << 30


@runtime_checkable
class Examiner(Protocol):
    """Work over one item. One small class per file; instances carry no state and can be pickled."""

    name: str
    version: str
    limits: Limits

    def takes(self, media_type: str) -> bool:
        """Whether items of this media type are its business."""

    def examine(self, path: str, settings: Settings) -> Result:
        """Measure. Raises ``UnreadableError`` for a damaged item."""


@runtime_checkable
class Comparer(Protocol):
    """Work over items taken together: ``of`` says whether over each pair or over the whole set.

    ``reads`` names what an examiner made of each item, as (examiner, name), when that is enough: a new item then costs
    what that item costs. With None the comparer is given the items themselves.
    """

    name: str
    version: str
    limits: Limits
    of: Literal["pair", "set"]
    reads: tuple[str, str] | None

    def takes(self, media_type: str) -> bool:
        """Whether items of this media type are its business."""

    def compare(self, paths: Sequence[str], settings: Settings) -> Result:
        """Measure. ``paths`` come in the order of the items' digests; ``facts`` name an item as ``{"input": k}``."""


@dataclass(frozen=True)
class Subject:
    """An item as the engine sees it: ``digest`` names its bytes in keys, ``path`` is where a worker reads them."""

    digest: str
    path: str
    media_type: str


@dataclass(frozen=True)
class Key:
    """What a result is kept by. ``settings`` is JSON with sorted names; ``inputs`` are digests, sorted for a set."""

    name: str
    version: str
    settings: str
    inputs: tuple[str, ...]

    def digest(self) -> str:
        """SHA-256 (hex) over the key's JSON: short and stable."""
        return hashlib.sha256(msgspec.json.encode([self.name, self.version, self.settings, self.inputs])).hexdigest()


@dataclass(frozen=True)
class Task:
    """One piece of work, sent whole to a worker."""

    key: Key
    by: Examiner | Comparer
    paths: tuple[str, ...]
    settings: Settings
    limits: Limits


def examinations(
    subjects: Iterable[Subject], examiners: Sequence[Examiner], settings: Mapping[str, Settings] | None = None
) -> Iterator[Task]:
    """A task for each subject and examiner that takes it. ``settings`` by examiner's name."""
    for subject in subjects:
        for examiner in examiners:
            if examiner.takes(subject.media_type):
                yield _task(examiner, [subject], (settings or {}).get(examiner.name, {}))


def comparisons(
    subjects: Iterable[Subject], comparers: Sequence[Comparer], settings: Mapping[str, Settings] | None = None
) -> Iterator[Task]:
    """Tasks for comparers: each pair of different digests, or the sorted set. Fewer than two subjects give none."""
    given = list(subjects)
    for comparer in comparers:
        inputs = taken(given, comparer)
        chosen = (settings or {}).get(comparer.name, {})
        if comparer.of == "pair":
            for pair in combinations(inputs, 2):
                yield _task(comparer, pair, chosen)
        elif len(inputs) > 1:
            yield _task(comparer, inputs, chosen)


def taken(subjects: Iterable[Subject], comparer: Comparer) -> list[Subject]:
    """The subjects that a comparer takes, each digest once, in the order in which it is given them."""
    distinct = {subject.digest: subject for subject in subjects if comparer.takes(subject.media_type)}
    return sorted(distinct.values(), key=lambda one: one.digest)


def _task(by: Examiner | Comparer, subjects: Sequence[Subject], settings: Settings) -> Task:
    key = Key(
        by.name,
        by.version,
        msgspec.json.encode(dict(settings), order="deterministic").decode(),
        tuple(subject.digest for subject in subjects),
    )
    return Task(key, by, tuple(subject.path for subject in subjects), dict(settings), by.limits)
