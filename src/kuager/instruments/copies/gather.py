"""Fingerprints of many files in worker processes, none of which can take the others down with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from kuager.errors import KuagerError, UnreadableError
from kuager.instruments import media
from kuager.instruments.copies.fingerprint import Fingerprint, fingerprint

_MEMORY_BYTES = 6 << 30
_CPU_S = 24 * 3600.0
Outcome = Fingerprint | KuagerError


def fingerprints(paths: Sequence[str], workers: int | None = None) -> Iterator[tuple[str, Outcome]]:
    """Yields (path, its fingerprint or what went wrong) in no particular order.

    A file that kills its worker is tried once more, alone, and then told as unreadable. Raises MissingPartError where
    an optional package is absent.
    """
    left = list(paths)
    alone = False
    while left:
        many = 1 if alone else min(workers or os.cpu_count() or 1, len(left))
        chosen = left[:1] if alone else left
        done: set[str] = set()
        for path, outcome in _pooled(chosen, many):
            done.add(path)
            yield path, outcome
        if alone and not done:
            yield (
                chosen[0],
                UnreadableError("Reading it ended the process that read it.", "It may be damaged or hostile."),
            )
            done.add(chosen[0])
        left = [path for path in left if path not in done]
        alone = bool(left)


def _pooled(paths: Sequence[str], workers: int) -> Iterator[tuple[str, Outcome]]:
    """What a pool gets done until it breaks."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin) as pool:
        waiting = {pool.submit(_one, path): path for path in paths}
        for future in as_completed(waiting):
            try:
                yield waiting[future], future.result()
            except BrokenProcessPool:
                continue


def _begin(confine: Callable[[int, float], None] = media.confine) -> None:
    """Bounds a worker and keeps it to one thread: the workers share the processors already."""
    confine(_MEMORY_BYTES, _CPU_S)
    try:
        import cv2

        cv2.setNumThreads(1)
    except ImportError:  # told by the first file that needs it
        pass


def _one(path: str) -> Outcome:
    try:
        return fingerprint(path)
    except KuagerError as error:
        return type(error)(error.message, error.hint)
    except MemoryError:
        return UnreadableError("Reading it takes more memory than is allowed.", "It may be damaged or hostile.")
