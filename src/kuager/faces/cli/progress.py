"""Progress on a terminal, and silence in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Report = Callable[[int, int | None], None]
"""Takes how much is done and how much there is in all (None while unknown)."""


def _silent(done: int, total: int | None) -> None:
    """Nobody watches a pipe."""


@contextmanager
def bytes_bar(label: str) -> Iterator[Report]:
    """A bar in bytes with speed and time left, on stderr."""
    with _bar(label, in_bytes=True) as report:
        yield report


@contextmanager
def count_bar(label: str) -> Iterator[Report]:
    """A bar in items with time left, on stderr."""
    with _bar(label, in_bytes=False) as report:
        yield report


@contextmanager
def _bar(label: str, *, in_bytes: bool) -> Iterator[Report]:
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    columns = (DownloadColumn(), TransferSpeedColumn()) if in_bytes else (MofNCompleteColumn(),)
    shown = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        *columns,
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with shown:
        task = shown.add_task(label, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
