"""The door: a whole drill in a folder, the same from the same seed."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

import numpy as np

from kuager.drill import reuploads, truth
from kuager.drill.acoustics import hear
from kuager.drill.cast import Filming, cast, span_of, strangers
from kuager.drill.formats import frame_times, write_recording
from kuager.drill.pages import write_pages
from kuager.drill.pictures import Flash, Painter, flashes
from kuager.drill.recorders import record
from kuager.drill.reuploads import Reupload
from kuager.drill.story import Story, tell, tell_elsewhere
from kuager.errors import KuagerError, UsageError

PROCESSES = 2
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Drill:
    """What was made: the folder and its truth (the content of ``truth.json``)."""

    folder: Path
    truth: dict[str, Any]


def generate(
    folder: Path,
    seed: int = 1,
    recordings: int = 6,
    seconds: float = 60.0,
    *,
    copies: int | None = None,
    unrelated: int | None = None,
    pages: bool = True,
    processes: int = PROCESSES,
    progress: Progress | None = None,
) -> Drill:
    """Writes a drill into an empty or new ``folder`` and returns its truth.

    ``recordings`` of the event, each ``seconds`` long; ``copies`` re-uploads (default: one of each
    kind, more with many recordings) of about an eighth of that; ``unrelated`` recordings of other places (default:
    one for every six, at least one); news ``pages``, lists and an outage series unless switched off.

    Raises `UsageError` for a folder that has something in it, or numbers that make no drill.
    """
    if recordings < 1 or seconds < 5 or not np.isfinite(seconds):
        raise UsageError("A drill has at least one recording of at least 5 seconds.", "Give larger numbers.")
    if seed < 0:
        raise UsageError("A seed is a whole number from 0 up.", "Choose another --seed.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not an empty folder.", "Name a new folder for the drill.")
    strange = max(1, recordings // 6) if unrelated is None else unrelated
    wanted = max(len(reuploads.KINDS), recordings // 3) if copies is None else copies
    filmed = cast(seed, recordings, seconds) + strangers(seed, strange, round(max(seconds / 3, 5.0), 2))
    copied = _plan_copies(seed, wanted, filmed, seconds)
    span_s = span_of(recordings, seconds)
    try:
        for name in ("recordings", "unrelated", "copies"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        seen = _make_all(folder, seed, span_s, filmed, copied, processes, progress)
        document = _document(seed, seconds, tell(seed, span_s), filmed, copied, seen)
        document.update(write_pages(folder, seed) if pages else {"pages": [], "lists": [], "outage": None})
        text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        (folder / "truth.json").write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise KuagerError(
            f"The drill could not be written to {folder}: {error}", "Is there room, may you write?"
        ) from None
    return Drill(folder, document)


def _document(
    seed: int, seconds: float, story: Story, filmed: list[Filming], copied: list[Reupload], seen: dict[str, list[Flash]]
) -> dict[str, Any]:
    return {
        "format": truth.FORMAT,
        "version": truth.VERSION,
        "notice": "DRILL: everything here is invented. No such town, people or event exist.",
        "seed": seed,
        "seconds": seconds,
        "scene": truth.scene_truth(story),
        "recordings": [truth.recording_truth(one, story, seen[one.path]) for one in filmed],
        "pairs": truth.pairs_truth(filmed, story),
        "group": truth.group_truth(filmed),
        "copies": [truth.copy_truth(one) for one in copied],
    }


def _plan_copies(seed: int, count: int, filmed: list[Filming], seconds: float) -> list[Reupload]:
    rng = np.random.default_rng((seed, 52))
    sources = [(one.path, one.duration_s, one.form.sound is not None) for one in filmed if one.story == 0]
    length = max(seconds / 8, 4.0)
    return [
        reuploads.plan(rng, reuploads.KINDS[n % len(reuploads.KINDS)], f"copies/{n + 1:03d}.mp4", sources, length)
        for n in range(count)
    ]


def _make_all(
    folder: Path,
    seed: int,
    span_s: float,
    filmed: list[Filming],
    copied: list[Reupload],
    processes: int,
    progress: Progress | None,
) -> dict[str, list[Flash]]:
    """Makes all files; a re-upload is begun once its sources are there."""
    seen: dict[str, list[Flash]] = {}
    waiting = list(enumerate(copied))
    done, total = 0, len(filmed) + len(copied)
    with _pool(min(processes, total)) as submit:
        running: dict[Future[Any], str] = {submit(_film, folder, seed, span_s, one): one.path for one in filmed}
        while running:
            finished = next(as_completed(running))
            path = running.pop(finished)
            result = finished.result()
            if result is not None:
                seen[path] = result
            done += 1
            if progress is not None:
                progress(done, total)
            ready = [(n, one) for n, one in waiting if all(part.source in seen for part in one.segments)]
            for number, one in ready:
                waiting.remove((number, one))
                running[submit(reuploads.make, folder, one, seed * 1000 + number)] = one.path
    return seen


@contextmanager
def _pool(processes: int) -> Iterator[Callable[..., Future[Any]]]:
    """A way to submit work: to processes of their own, or here and now with one."""
    if processes <= 1:
        yield _here
        return
    # Numerical libraries would each start threads of their own and get in one another's way.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    with ProcessPoolExecutor(processes, mp_context=_context()) as pool:
        yield pool.submit


def _context() -> BaseContext:
    """Clean processes; where a fork server is to be had, it imports the libraries once for all of them."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["kuager.drill.making"])
    return context


def _here(work: Callable[..., Any], *arguments: Any) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_result(work(*arguments))
    return future


@lru_cache(maxsize=4)
def _story(seed: int, span_s: float, number: int) -> Story:
    return tell(seed, span_s) if number == 0 else tell_elsewhere(seed * 100 + number, span_s)


def _film(folder: Path, seed: int, span_s: float, one: Filming) -> list[Flash]:
    """Makes one recording's file; returns the pictures that show a flash."""
    story = _story(seed, span_s if one.story == 0 else one.duration_s + 6, one.story)
    painter = Painter(story, one.camera)
    times = frame_times(np.random.default_rng((one.seed, 63)), one.form, one.duration_s)
    scene_times = one.clock.scene_time(times)
    samples = None
    if one.form.sound is not None:
        heard = hear(story.scene, one.camera.position, one.clock, one.duration_s, one.form.rate)
        samples = record(heard, one.recorder)
    write_recording(
        folder / one.path, one.form, samples, times, lambda k: painter.frame(float(scene_times[k])), f"DRILL {one.path}"
    )
    return flashes(painter, scene_times, times)
