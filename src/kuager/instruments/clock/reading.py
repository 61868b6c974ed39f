"""From files to recordings: decoding in worker processes that are bounded in memory and processor time.

A file that kills its worker loses only itself: it is tried once more alone, and then named. Samples go through a folder
of 16-bit arrays that are mapped, not loaded, so that a hundred recordings or two hours fit in little memory.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from kuager.errors import KuagerError
from kuager.instruments.clock.recording import RATE, Recording
from kuager.instruments.clock.result import Failure

MEMORY_BYTES = 4_000_000_000
CPU_S = 900.0
_MATROSKA_TICK_S = 0.0004
"""Matroska and WebM keep whole milliseconds for pictures and for sound: what that leaves open, one sd."""


@dataclass(frozen=True)
class _Read:
    start_s: float
    duration_s: float | None
    delay_sd_s: float
    has_sound: bool


def read_recordings(
    paths: Sequence[str], folder: Path, workers: int = 2, progress: Callable[[int, int], None] | None = None
) -> tuple[list[Recording], list[Failure]]:
    """Decodes the sound of ``paths`` into ``folder``. Returns recordings named by their path, and what failed and why.

    A file with pictures and no sound is a recording without samples; the clock can place it by pins.
    """
    results: dict[int, _Read | str] = {}
    waiting = list(range(len(paths)))
    for alone in (False, True):
        batches = [[k] for k in waiting] if alone else [waiting]
        for batch in batches:
            _read_batch(paths, batch, folder, workers, results, progress)
        waiting = [k for k in waiting if k not in results]
        if not waiting:
            break
    recordings, failed = [], []
    for k, path in enumerate(paths):
        found = results.get(k, "its decoder was stopped: the file is damaged, hostile or too large")
        if isinstance(found, str):
            failed.append(Failure(path, found))
            continue
        samples = np.load(folder / f"{k}.npy", mmap_mode="r") if found.has_sound else None
        recordings.append(Recording(path, samples, found.start_s, RATE, found.duration_s, found.delay_sd_s))
    return recordings, failed


def _read_batch(
    paths: Sequence[str],
    batch: Sequence[int],
    folder: Path,
    workers: int,
    results: dict[int, _Read | str],
    progress: Callable[[int, int], None] | None,
) -> None:
    if not batch:
        return
    try:
        with ProcessPoolExecutor(
            min(workers, len(batch)), get_context("spawn"), initializer=_confine, max_tasks_per_child=50
        ) as pool:
            waiting = {pool.submit(_read, paths[k], str(folder / f"{k}.npy")): k for k in batch}
            for done in as_completed(waiting):
                results[waiting[done]] = done.result()
                if progress is not None:
                    progress(len(results), len(paths))
    except BrokenProcessPool:
        return


def _confine() -> None:
    from kuager.instruments import media

    media.confine(MEMORY_BYTES, CPU_S)


def _read(path: str, into: str) -> _Read | str:
    """Decodes one file in a worker; a reason where it cannot be read."""
    from kuager.instruments import media

    try:
        known = media.probe(path)
        if known.still:
            return "it is a still image"
        if not known.has_sound:
            return _Read(0.0, known.duration_s, 0.0, False)
        sound = media.sound(path, RATE)
    except KuagerError as error:
        return error.message
    except MemoryError:
        return "decoding it takes too much memory"
    delay_sd_s = math.hypot(sound.delay_sd_s, _MATROSKA_TICK_S if "matroska" in known.format else 0.0)
    samples = np.rint(np.clip(sound.samples, -1, 1) * 32767).astype(np.int16)
    np.save(into, samples)
    return _Read(sound.start_s, max(known.duration_s or 0.0, sound.end_s), delay_sd_s, True)
