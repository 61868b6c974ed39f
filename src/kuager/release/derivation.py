"""Objects made for release: what a page shows of an item, made once from its bytes and kept as objects of the case.

Decoding happens in worker processes, bounded in memory and time, that hold no keys. What cannot be made is left out:
the page then says less, and nothing fails.
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kuager.errors import KuagerError
from kuager.record.case import Case
from kuager.record.item import Item
from kuager.record.objects import StagedObject
from kuager.record.payload import Draft
from kuager.record.staging import Staging
from kuager.release.gate import may_leave

MAKER = "kuager/1"
"""Names what is made and how. Another name makes everything anew; what the old one made stays in the case."""

STILLS = 4
STILL_WIDTH = 640
PEAKS = 240
_WORKERS = 2
_MEMORY = 3 << 30
_CPU_S = 1800


@dataclass(frozen=True)
class Derived:
    """A file that was made: where it lies, and what its entry says beside item, digest and size."""

    path: Path
    role: str
    said: dict[str, Any]


def derive(case: Case, progress: Callable[[int, int], None] | None = None) -> int:
    """Makes what is missing of every item that may leave, and commits it. Returns how many objects were made."""
    missing = [item for item in case.items() if may_leave(case, item) and not _is_made(item) and item.kind in MAKERS]
    if not missing:
        return 0
    with case.log.lock():
        staging = Staging(case.folder / "staging")
    count = 0
    with staging:
        for done, (item, derived) in enumerate(_each(case, missing, staging), 1):
            drafts, objects = [], []
            for one in derived:
                staged = _staged(one.path)
                origin = f"#{item.stored.n}" if item.stored else None
                body = {"item": item.id, "role": one.role, "sha256": staged.sha256, "bytes": staged.bytes}
                drafts.append(Draft("made", {**body, "from": origin, "maker": MAKER, **one.said}, (item.id,)))
                objects.append(staged)
            if drafts:
                staging.announce(objects)
                case.commit(drafts, objects)
            count += len(drafts)
            if progress:
                progress(done, len(missing))
    return count


def _is_made(item: Item) -> bool:
    return any(body.get("maker") == MAKER for body in item.bodies("made"))


def _each(case: Case, items: Sequence[Item], staging: Staging) -> Iterator[tuple[Item, list[Derived]]]:
    """Every item with what was made of it; a worker that dies takes nothing but its own item with it."""
    jobs = []
    for item in items:
        stored = item.stored
        if stored is not None and case.objects.has(stored.sha256):
            folder = staging.new_path()
            folder.mkdir()
            jobs.append((item, (item.kind or "", case.object_path(stored.sha256), item.media_type or "", folder)))
    for (item, arguments), result in zip(jobs, _run([arguments for _, arguments in jobs]), strict=True):
        del arguments
        yield item, result


def _run(jobs: Sequence[tuple[str, Path, str, Path]]) -> Iterable[list[Derived]]:
    broken = []
    with _pool(_WORKERS) as pool:
        waiting = [pool.submit(_make, *job) for job in jobs]
        for job, future in zip(jobs, waiting, strict=True):
            result = _result(future)
            if result is None:
                broken.append(job)
            yield result if result is not None else _alone(job)


def _alone(job: tuple[str, Path, str, Path]) -> list[Derived]:
    """One item in a pool of its own, after a pool broke: then the one that breaks pools is known by itself."""
    with _pool(1) as pool:
        return _result(pool.submit(_make, *job)) or []


def _result(future: Future[list[Derived]]) -> list[Derived] | None:
    try:
        return future.result()
    except BrokenProcessPool:
        return None


def _pool(workers: int) -> ProcessPoolExecutor:
    from kuager.instruments import media

    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=media.confine, initargs=(_MEMORY, _CPU_S))


def _make(kind: str, source: Path, media_type: str, folder: Path) -> list[Derived]:
    """Runs in a worker. What one maker cannot read leaves the others' work standing."""
    made: list[Derived] = []
    for maker in MAKERS[kind]:
        try:
            made += maker(source, media_type, folder)
        except (KuagerError, MemoryError):
            continue
    return made


def _stills(source: Path, media_type: str, folder: Path) -> list[Derived]:
    from kuager.instruments import media

    probe = media.probe(source)
    if not probe.has_picture:
        return []
    length = 0.0 if probe.still else probe.duration_s or 0.0
    times = [0.0] if length <= 0 else [round(length * (n + 0.5) / STILLS, 2) for n in range(STILLS)]
    made = []
    for n, time_s in enumerate(times):
        path = folder / f"still-{n}"
        path.write_bytes(media.thumbnail(source, time_s, STILL_WIDTH))
        width, height = _size(path)
        said = {"at": f"{time_s:.2f}", "width": width, "height": height, "media_type": "image/jpeg"}
        made.append(Derived(path, "still", said))
    return made


def _waveform(source: Path, media_type: str, folder: Path) -> list[Derived]:
    from kuager.instruments import media

    probe = media.probe(source)
    said = {"duration": f"{probe.duration_s or 0.0:.2f}", "media_type": "application/json"}
    peaks: list[int] = []
    if probe.has_sound:
        shape = media.waveform(source, PEAKS)
        peaks = [round(100 * min(1.0, float(max(-low, high)))) for low, high in zip(shape.low, shape.high, strict=True)]
    path = folder / "waveform"
    path.write_text(json.dumps({"peaks": peaks, **said}, separators=(",", ":"), sort_keys=True) + "\n")
    return [Derived(path, "waveform", said)]


def _proxy(source: Path, media_type: str, folder: Path) -> list[Derived]:
    from kuager.release import proxy

    path = folder / "proxy"
    width, height = proxy.make(source, path)
    kind = "video/webm" if width else "audio/webm"
    return [Derived(path, "proxy", {"media_type": kind, "width": width, "height": height})]


def _text(source: Path, media_type: str, folder: Path) -> list[Derived]:
    from kuager.release import article

    path = folder / "text"
    text = article.read(source.read_bytes(), media_type)
    path.write_bytes(article.encode(text))
    return [Derived(path, "text", {"media_type": "application/json"})]


Maker = Callable[[Path, str, Path], list[Derived]]
MAKERS: dict[str, tuple[Maker, ...]] = {
    "recording": (_stills, _waveform, _proxy),
    "image": (_stills,),
    "page": (_text,),
}


def _size(path: Path) -> tuple[int, int]:
    from PIL import Image

    with Image.open(path) as image:
        return image.size


def _staged(path: Path) -> StagedObject:
    import os

    digest = sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
        os.fsync(file.fileno())
        length = file.tell()
    path.chmod(0o444)
    return StagedObject(path, digest.hexdigest(), length)
