"""Examining a case: its items to the examiners, through the engine, into its ledger."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kuager.examine.discovery import Unloadable, comparers, examiners
from kuager.examine.engine import Outcome, Progress, run
from kuager.examine.ledger import CaseLedger
from kuager.examine.task import Comparer, Examiner, Settings, Subject, comparisons, examinations, taken
from kuager.record import seal
from kuager.record.case import Case
from kuager.record.item import Item

_IN_MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class Examined:
    """The account of a run over a case. ``items`` maps the digests in its keys to the items' ids; ``unopened`` are
    restricted items that no key at hand opens."""

    outcome: Outcome
    items: dict[str, str]
    unopened: tuple[str, ...]
    unloadable: tuple[Unloadable, ...]


def examine_case(
    case: Case,
    executor: Executor,
    items: Sequence[str] = (),
    only: Sequence[str] = (),
    progress: Callable[[Progress], None] | None = None,
    told: Mapping[str, Settings] | None = None,
) -> Examined:
    """Runs what has not been run: every examiner over each item (or those given), every comparer over all.

    ``only`` names examiners and comparers. ``told`` is what people know, by comparer, with items as ``{"item": id}``.
    Restricted items are opened where a key at hand allows it, which is logged first; their bytes lie in memory while
    workers read them. Raises UsageError for an unknown item or name.
    """
    single, together, unloadable = chosen(only)
    needed = {comparer.reads[0]: comparer.reads[1] for comparer in together if comparer.reads}
    wanted = [case.item(prefix) for prefix in items] or list(case.items())
    with _bytes_of(case, wanted) as (subjects, ids, unopened, aside):
        ledger = CaseLedger(case, ids, needed)
        outcome = run(examinations(subjects, single), ledger, executor, progress)
        if not items:
            feeds = {comparer.name: _fed(case, ledger, comparer, subjects, ids, aside) for comparer in together}
            tasks = [
                task
                for comparer in together
                for task in comparisons(
                    feeds[comparer.name], [comparer], _said(comparer, feeds[comparer.name], ids, told or {})
                )
            ]
            outcome = _joined(outcome, run(tasks, ledger, executor, progress))
    return Examined(outcome, ids, tuple(unopened), unloadable)


def _fed(
    case: Case, ledger: CaseLedger, comparer: Comparer, subjects: Sequence[Subject], ids: dict[str, str], aside: Path
) -> list[Subject]:
    """What a comparer is given: the items, or what an examiner made of them; those it made nothing of are left out."""
    if comparer.reads is None:
        return list(subjects)
    examiner, file = comparer.reads
    fed = []
    for subject in subjects:
        made = ledger.made((ids[subject.digest],), examiner, file)
        if made is None:
            continue
        if made.suffix == ".age":
            item = case.item(ids[subject.digest])
            handle = item.handle or (case.tip.case_seal.handle if case.tip.case_seal else None)
            if handle is None:
                continue
            clear = aside / f"{item.id}-{file}"
            clear.write_bytes(seal.open(made.read_bytes(), [case.secret(handle)]))
            made = clear
        fed.append(replace(subject, path=str(made)))
    return fed


def _said(
    comparer: Comparer, fed: Sequence[Subject], ids: dict[str, str], told: Mapping[str, Settings]
) -> dict[str, Settings]:
    """What a comparer is told, with items named by their place among its inputs; what is about others is left out."""
    inputs = {ids[subject.digest]: k for k, subject in enumerate(taken(fed, comparer))}
    said = {
        what: [each for each in (_placed(one, inputs) for one in several) if each is not None]
        for what, several in told.get(comparer.name, {}).items()
    }
    known = {what: several for what, several in said.items() if several}
    return {comparer.name: known} if known else {}


def _placed(one: Mapping[str, Any], inputs: Mapping[str, int]) -> dict[str, Any] | None:
    placed: dict[str, Any] = {}
    for name, value in one.items():
        if isinstance(value, Mapping):
            if value["item"] not in inputs:
                return None
            placed[name] = {"input": inputs[value["item"]]}
        else:
            placed[name] = value
    return placed


def _joined(a: Outcome, b: Outcome) -> Outcome:
    return Outcome(a.done + b.done, a.skipped + b.skipped, a.quarantined + b.quarantined, a.failed + b.failed)


def chosen(only: Sequence[str]) -> tuple[Sequence[Examiner], Sequence[Comparer], tuple[Unloadable, ...]]:
    """The examiners and comparers of these names, or all. Raises UsageError for a name that is none."""
    from kuager.errors import UsageError

    single, unloadable = examiners()
    together = comparers()
    names = {examiner.name for examiner in single} | {comparer.name for comparer in together}
    unknown = [name for name in only if name not in names]
    if unknown:
        raise UsageError(f"There is no examiner '{unknown[0]}'.", f"One of: {', '.join(sorted(names))}")
    if only:
        return [e for e in single if e.name in only], [c for c in together if c.name in only], unloadable
    return single, together, unloadable


@contextmanager
def _bytes_of(case: Case, items: Sequence[Item]) -> Iterator[tuple[list[Subject], dict[str, str], list[str], Path]]:
    """Where workers read each item: the object itself, or a file in memory that is gone when the run ends. Gives the
    subjects, their items by digest, the items that stay closed, and the folder in memory."""
    subjects, ids, unopened = [], {}, []
    aside = Path(tempfile.mkdtemp(prefix="kuager-", dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None))
    try:
        for item in items:
            readable = _readable(case, item, aside)
            if readable is None:
                unopened.append(item.id)
                continue
            opened, path = readable
            digest, kind = opened.sha256, opened.media_type
            if digest and kind:
                subjects.append(Subject(digest, str(path), kind))
                ids[digest] = item.id
        yield subjects, ids, unopened, aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _readable(case: Case, item: Item, aside: Path) -> tuple[Item, Path] | None:
    stored = item.stored
    if item.handle is None and stored is not None and stored.handle is None:
        return item, case.object_path(stored.sha256)
    handle = item.handle or (stored.handle if stored else None)
    if handle is None or not case.can_open(handle):
        return None
    case.unlock(handle, "examination")
    item = case.item(item.id)
    stored = item.stored
    if stored is None:
        return None
    path = aside / item.id
    with (
        case.open_object(stored.sha256, stored.handle) as source,
        open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as target,
    ):
        shutil.copyfileobj(source, target, 1 << 20)
    return item, path
