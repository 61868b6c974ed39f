"""Objects made for release: what a page shows of an item, made once from its bytes and kept as objects of the case.

Decoding happens in the engine's worker processes, which hold no keys and have no network. An item of which nothing can
be made is left out and noted in the log; the page then says less, and nothing fails.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future
from contextlib import suppress
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
from kuager.release.basis import Bases
from kuager.release.hiding import Hiding, Plan, plan
from kuager.release.masking import Mask, Names, masked
from kuager.release.people import read_people
from kuager.release.permission import Permissions

MAKER = "kuager/3"
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
    """How many objects were made, and the items of which none could be, each with the reason.

    ``widened``: items with stretches (seconds) over which something to be covered was lost and painted wider.
    """

    made: int
    left_out: tuple[tuple[str, str], ...]
    widened: tuple[tuple[str, float, float], ...] = ()


def derive(
    case: Case, progress: Callable[[int, int], None] | None = None, only: Collection[str] | None = None
) -> Derivation:
    """Makes what is missing of every item that may leave, and commits it. Raises KuagerError if no worker starts.

    ``only``: of these items, whether or not they may leave yet, so that somebody can look before they sign.
    """
    permissions, bases = Permissions(case), Bases(case)
    wanted = (
        item
        for item in case.items()
        if (item.id in only and not permissions.is_closed(item) if only is not None else not permissions.held(item))
    )
    missing = [item for item in wanted if item.kind in MAKERS and not _is_done(item, bases)]
    if not missing:
        return Derivation(0, ())
    with case.log.lock():
        staging = Staging(case.folder / "staging")
    made = 0
    left_out: list[tuple[str, str]] = []
    widened: list[tuple[str, float, float]] = []
    with staging, Pool(_WORKERS, _LIMITS) as pool:
        waiting = [(item, _submit(pool, case, item, bases, staging)) for item in missing]
        for done, (item, future) in enumerate(waiting, 1):
            derived, reason = _outcome(future)
            if derived:
                _commit(case, item, derived, bases, staging)
                made += len(derived)
                lost = {tuple(each) for _, _, said in derived for each in said.get("widened", ())}
                widened += [(item.id, float(start), float(end)) for start, end in sorted(lost)]
            else:
                case.commit([_nothing(item, reason, bases)])
                left_out.append((item.id, reason))
            if progress:
                progress(done, len(missing))
    return Derivation(made, tuple(left_out), tuple(widened))


def _is_done(item: Item, bases: Bases) -> bool:
    basis = bases.of(item)
    made = any(body.get("maker") == MAKER and bases.stands(item, body) for body in item.bodies("made"))
    return made or any(
        b["examiner"] == NAME and b["version"] == MAKER and b["settings"] == _settings(basis)
        for b in item.bodies("examined")
    )


def _settings(basis: Mapping[str, Any]) -> str:
    return json.dumps(basis, sort_keys=True, separators=(",", ":"))


def _submit(pool: Pool, case: Case, item: Item, bases: Bases, staging: Staging) -> Future[list[Derived]]:
    folder = Path(staging.new_path())
    folder.mkdir()
    source = case.object_path(item.stored.sha256) if item.stored else folder
    wanted = {"hide": _plan(case, item, bases), "names": bases.plain(item.id) if item.kind == "page" else None}
    return pool.submit(make, item.kind or "", str(source), item.media_type or "", str(folder), wanted)


def _plan(case: Case, item: Item, bases: Bases) -> Plan | None:
    """What is to be hidden in an item; None where that is nothing. Raises KuagerError if other words are not there."""
    found = bases.redactions.get(item.id, ())

    def sound_of(id: str) -> str:
        stored = case.item(id).stored
        if stored is None or stored.handle is not None:
            raise KuagerError(f"The words to be heard in {item.id} cannot be read: {id} is restricted or gone.")
        return str(case.object_path(stored.sha256))

    return plan(found, sound_of) if found else None


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


def _commit(case: Case, item: Item, derived: Sequence[Derived], bases: Bases, staging: Staging) -> None:
    drafts, objects = [], []
    basis = bases.of(item)
    for path, role, said in derived:
        staged = _staged(Path(path))
        origin = f"#{item.stored.n}" if item.stored else None
        body = {"item": item.id, "role": role, "sha256": staged.sha256, "bytes": staged.bytes, "from": origin}
        drafts.append(Draft("made", {**body, "maker": MAKER, **basis, **said}, (item.id,)))
        objects.append(staged)
    staging.announce(objects)
    case.commit(drafts, objects)


def _nothing(item: Item, reason: str, bases: Bases) -> Draft:
    settings = _settings(bases.of(item))
    body = {"item": item.id, "examiner": NAME, "version": MAKER, "settings": settings, "outcome": "failed"}
    return Draft("examined", {**body, "result": {"facts": {"reason": reason}, "findings": []}}, (item.id,))


def make(kind: str, source: str, media_type: str, folder: str, wanted: Mapping[str, Any]) -> list[Derived]:
    """Makes everything that an item of this kind is shown by; runs in a worker. ``wanted``: plain data, what to hide.

    What one maker cannot read leaves the others' work standing. Of what is redacted everything or nothing is made.
    """
    if wanted["hide"]:
        hiding = Hiding(wanted["hide"])
        found = (_redacted if kind == "recording" else _redacted_still)(Path(source), media_type, Path(folder), hiding)
        return [(str(path), role, said) for path, role, said in found]
    made: list[Derived] = []
    for maker in MAKERS[kind]:
        try:
            found = maker(Path(source), media_type, Path(folder), wanted)
            made += [(str(path), role, said) for path, role, said in found]
        except KuagerError:
            continue
    return made


def _redacted(source: Path, media_type: str, folder: Path, hiding: Hiding) -> Files:
    """A recording of which something is hidden: stills and loudness are those of the covered, muted copy."""
    ((copy, role, said),) = _copied(source, folder, hiding)
    hiding.check(copy)
    said |= hiding.said()
    made: Files = [(copy, role, said)]
    for maker in (_stills, _waveform):
        with suppress(KuagerError):
            made += maker(copy, media_type, folder, {})
    return made


def _redacted_still(source: Path, media_type: str, folder: Path, hiding: Hiding) -> Files:
    path = folder / "still-0"
    data, width, height = hiding.still(source, STILL_WIDTH)
    path.write_bytes(data)
    said = {"at": "0.00", "width": width, "height": height, "media_type": "image/jpeg", **hiding.said()}
    return [(path, "still", said)]


def _stills(source: Path, media_type: str, folder: Path, wanted: Mapping[str, Any]) -> Files:
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


def _waveform(source: Path, media_type: str, folder: Path, wanted: Mapping[str, Any]) -> Files:
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


def _proxy(source: Path, media_type: str, folder: Path, wanted: Mapping[str, Any]) -> Files:
    return _copied(source, folder, None)


def _copied(source: Path, folder: Path, hiding: Hiding | None) -> Files:
    from kuager.release import proxy

    path = folder / "proxy"
    width, height = proxy.make(source, path, hiding)
    kind = "video/webm" if width else "audio/webm"
    return [(path, "proxy", {"media_type": kind, "width": width, "height": height})]


def _text(source: Path, media_type: str, folder: Path, wanted: Mapping[str, Any]) -> Files:
    from kuager.release import article

    path = folder / "text"
    data = source.read_bytes()
    names = wanted["names"]
    hidden = [*names["hidden"], *read_people(data, media_type)]
    mask = Mask(Names(hidden, names["cleared"], names["bodies"]), names["salt"])
    path.write_bytes(article.encode(masked(article.read(data, media_type), mask)))
    return [(path, "text", {"media_type": "application/json"})]


Maker = Callable[[Path, str, Path, Mapping[str, Any]], Files]
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
