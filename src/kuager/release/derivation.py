"""Objects made for release: what a page shows of an item, made once from its bytes and kept as objects of the case.

Decoding happens in the engine's worker processes, which hold no keys and have no network. An item of which nothing can
be made is left out and noted in the log; the page then says less, and nothing fails.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Future
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kuager.errors import KuagerError
from kuager.examine import Pool
from kuager.examine.pool import CallFailed, Quarantined
from kuager.examine.task import Limits
from kuager.record.case import Case
from kuager.record.item import Item
from kuager.record.objects import StagedObject
from kuager.record.payload import Draft
from kuager.record.staging import Staging
from kuager.release.permission import Permissions

MAKER = "kuager/1"
"""Names what is made and how. Another name makes everything anew; what the old one made stays in the case."""

NAME = "release"
"""The examiner that the log names for an item of which nothing could be made."""

STILLS = 4
STILL_WIDTH = 640
PEAKS = 240
_LIMITS = Limits(wall_s=3600.0, memory_bytes=3 << 30)
_WORKERS = 2

Said = dict[str, Any]
Files = list[tuple[Path, str, Said]]
Derived = tuple[str, str, Said]
"""A file that was made: its path, its role, and what its entry says beside item, digest and size. Plain data."""


@dataclass(frozen=True)
class Derivation:
    """How many objects were made, and the items of which none could be, each with the reason."""

    made: int
    left_out: tuple[tuple[str, str], ...]


def derive(case: Case, progress: Callable[[int, int], None] | None = None) -> Derivation:
    """Makes what is missing of every item that may leave, and commits it. Raises KuagerError if no worker starts."""
    permissions = Permissions(case)
    missing = [
        item for item in case.items() if item.kind in MAKERS and not _is_done(item) and permissions.held(item) is None
    ]
    if not missing:
        return Derivation(0, ())
    with case.log.lock():
        staging = Staging(case.folder / "staging")
    made = 0
    left_out: list[tuple[str, str]] = []
    with staging, Pool(_WORKERS, _LIMITS) as pool:
        waiting = [(item, _submit(pool, case, item, staging)) for item in missing]
        for done, (item, future) in enumerate(waiting, 1):
            derived, reason = _outcome(future)
            if derived:
                _commit(case, item, derived, staging)
                made += len(derived)
            else:
                case.commit([_nothing(item, reason)])
                left_out.append((item.id, reason))
            if progress:
                progress(done, len(missing))
    return Derivation(made, tuple(left_out))


def _is_done(item: Item) -> bool:
    made = any(body.get("maker") == MAKER for body in item.bodies("made"))
    return made or any(b["examiner"] == NAME and b["version"] == MAKER for b in item.bodies("examined"))


def _submit(pool: Pool, case: Case, item: Item, staging: Staging) -> Future[list[Derived]]:
    folder = staging.new_path()
    folder.mkdir()
    source = case.object_path(item.stored.sha256) if item.stored else folder
    return pool.submit(make, item.kind or "", str(source), item.media_type or "", str(folder))


def _outcome(future: Future[list[Derived]]) -> tuple[list[Derived], str]:
    try:
        derived = future.result()
    except Quarantined as error:
        return [], f"it {error}"
    except CallFailed as error:
        return [], str(error)
    except BrokenExecutor as error:
        raise KuagerError(f"What the page shows cannot be made: {error}.", "Is the machine out of memory?") from None
    return derived, "nothing in it could be read"


def _commit(case: Case, item: Item, derived: Sequence[Derived], staging: Staging) -> None:
    drafts, objects = [], []
    for path, role, said in derived:
        staged = _staged(Path(path))
        origin = f"#{item.stored.n}" if item.stored else None
        body = {"item": item.id, "role": role, "sha256": staged.sha256, "bytes": staged.bytes, "from": origin}
        drafts.append(Draft("made", {**body, "maker": MAKER, **said}, (item.id,)))
        objects.append(staged)
    staging.announce(objects)
    case.commit(drafts, objects)


def _nothing(item: Item, reason: str) -> Draft:
    body = {"item": item.id, "examiner": NAME, "version": MAKER, "settings": "{}", "outcome": "failed"}
    return Draft("examined", {**body, "result": {"facts": {"reason": reason}, "findings": []}}, (item.id,))


def make(kind: str, source: str, media_type: str, folder: str) -> list[Derived]:
    """Makes everything that an item of this kind is shown by; runs in a worker.

    What one maker cannot read leaves the others' work standing.
    """
    made: list[Derived] = []
    for maker in MAKERS[kind]:
        try:
            made += [(str(path), role, said) for path, role, said in maker(Path(source), media_type, Path(folder))]
        except KuagerError:
            continue
    return made


def _stills(source: Path, media_type: str, folder: Path) -> Files:
    from kuager.instruments import media

    probe = media.probe(source)
    if not probe.has_picture:
        return []
    length = 0.0 if probe.still else probe.duration_s or 0.0
    times = [0.0] if length <= 0 else [round(length * (n + 0.5) / STILLS, 2) for n in range(STILLS)]
    made: Files = []
    for n, time_s in enumerate(times):
        path = folder / f"still-{n}"
        path.write_bytes(media.thumbnail(source, time_s, STILL_WIDTH))
        width, height = _size(path)
        said = {"at": f"{time_s:.2f}", "width": width, "height": height, "media_type": "image/jpeg"}
        made.append((path, "still", said))
    return made


def _waveform(source: Path, media_type: str, folder: Path) -> Files:
    from kuager.instruments import media

    probe = media.probe(source)
    said = {"duration": f"{probe.duration_s or 0.0:.2f}", "media_type": "application/json"}
    peaks: list[int] = []
    if probe.has_sound:
        shape = media.waveform(source, PEAKS)
        peaks = [round(100 * min(1.0, float(max(-low, high)))) for low, high in zip(shape.low, shape.high, strict=True)]
    path = folder / "waveform"
    path.write_text(json.dumps({"peaks": peaks, **said}, separators=(",", ":"), sort_keys=True) + "\n")
    return [(path, "waveform", said)]


def _proxy(source: Path, media_type: str, folder: Path) -> Files:
    from kuager.release import proxy

    path = folder / "proxy"
    width, height = proxy.make(source, path)
    kind = "video/webm" if width else "audio/webm"
    return [(path, "proxy", {"media_type": kind, "width": width, "height": height})]


def _text(source: Path, media_type: str, folder: Path) -> Files:
    from kuager.release import article

    path = folder / "text"
    text = article.read(source.read_bytes(), media_type)
    path.write_bytes(article.encode(text))
    return [(path, "text", {"media_type": "application/json"})]


Maker = Callable[[Path, str, Path], Files]
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
    digest = sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
        os.fsync(file.fileno())
        length = file.tell()
    path.chmod(0o444)
    return StagedObject(path, digest.hexdigest(), length)
