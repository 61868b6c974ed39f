"""Publishing and exporting: what the gate lets out, written aside, committed to in the log, proved, and then renamed.

Nothing stands at the target until the whole folder is durable and the log has an entry with the digest of its manifest.
Publishing an unchanged case gives the same bytes and adds no entry. The entry names the program that searched these
very bytes for all that was protected as of that size of the log, so that the same program does not search them twice.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import file_digest, sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from kuager.errors import KuagerError, UsageError
from kuager.record import canonical, proof
from kuager.record import payload as payloads
from kuager.record.case import Case
from kuager.record.log import Stream, lines_of
from kuager.record.objects import sync_folders
from kuager.record.payload import Draft
from kuager.release import bag
from kuager.release.gate import Released, release
from kuager.release.permission import Held
from kuager.release.protection import protected
from kuager.release.search import refuse_hits, search, sources_of

MANIFEST = bag.MANIFEST
PROOF = "proof.json"
CHECKER = ("verify.py", "CHECK.md")
"""What lies beside everything that leaves, so that anyone can check it without Kuager."""

_ENTRY = {"page": "published", "bag": "exported"}
_EXTENSIONS = {
    "image/jpeg": "jpg",
    "video/webm": "webm",
    "audio/webm": "weba",
    "application/json": "json",
}


@dataclass(frozen=True)
class Publication:
    """What was written where, and the entry that says so; ``new`` False where the log had it already.

    ``items`` counts what left; ``held`` has what stayed, each with what it waits for; ``closed`` counts restricted
    entries that no key at hand opens, so that what they protect was not searched for.
    """

    path: Path
    entry: int
    new: bool
    items: int
    held: tuple[Held, ...]
    closed: int


def publish(case: Case, target: Path, write: Callable[[Released, Path], None]) -> Publication:
    """Publishes what may leave as a folder; ``write`` adds the page itself to what the gate lets out.

    Raises UsageError where something else stands at ``target``, RefusedError where a protected string stands in what
    would have left, KuagerError where it cannot be written.
    """
    target = Path(os.path.abspath(target))
    refuse_foreign(target)
    released = release(case, "page")
    with _aside(target) as folder:
        for path, content in record_files(released):
            (folder / path).write_bytes(content)
        (folder / "media").mkdir()
        for item in released.items:
            for made in item.made:
                shutil.copyfile(
                    case.object_path(made.sha256), folder / media_path(made.sha256, made.body["media_type"])
                )
        write(released, folder)
        listed = bag.manifest({path: _digest(folder / path) for path in _paths(folder)})
        (folder / MANIFEST).write_bytes(listed)
        said = {"manifest": sha256(listed).hexdigest(), "at_size": released.size, "as": "page"}
        closed, entry = 0, _entry_saying(case, {**said, "searched_by": _searcher()})
        new = entry is None
        if entry is None:
            closed = _refuse_protected(case, released, folder)
            entry, new = _committed(case, said if closed else {**said, "searched_by": _searcher()})
        (folder / PROOF).write_bytes(_proof(case, entry))
        if not _stands_at(target, folder):
            _settle(folder)
            _replace(folder, target)
    return Publication(target, entry, new, len(released.items), released.held, closed)


def refuse_foreign(target: Path) -> None:
    """Raises UsageError where something stands at ``target`` that is not a page published earlier."""
    if os.path.lexists(target) and not _is_ours(target):
        raise UsageError(f"{target} is there and is not a published page.", "Name a folder that does not exist yet.")


def export_bag(case: Case, target: Path) -> Publication:
    """Packs what may leave as a BagIt bag with its checker. Raises UsageError where ``target`` exists, KuagerError."""
    target = Path(os.path.abspath(target))
    if os.path.lexists(target):
        raise UsageError(f"{target} is there already.", "Name a folder that does not exist yet.")
    released = release(case, "bag")
    names = {made.sha256 for item in released.items for made in item.made}
    names |= {item.stored.sha256 for item in released.items if item.stored}
    record = record_files(released)
    content: list[tuple[str, bag.Content]] = [(path, data) for path, data in record if path not in CHECKER]
    content += [(f"objects/{name[:2]}/{name}", case.object_path(name)) for name in sorted(names)]
    stamps = [payload.body["file"] for _, payload in released.disclosed if payload.type == "stamped"]
    content += [(name, case.folder / name) for name in sorted(set(stamps))]
    info = {"Bag-Software-Agent": "Kuager", "External-Identifier": released.origin, "Log-Size": str(released.size)}
    with _aside(target) as folder:
        inner = folder / "bag"
        digest = bag.write(inner, content, info, [(path, data) for path, data in record if path in CHECKER])
        closed = _refuse_protected(case, released, inner)
        entry, new = _committed(case, {"manifest": digest, "at_size": released.size, "as": "bag"})
        (inner / PROOF).write_bytes(_proof(case, entry))
        _settle(inner)
        _replace(inner, target)
    return Publication(target, entry, new, len(released.items), released.held, closed)


def media_path(name: str, media_type: str) -> str:
    """Where a published object lies within a page."""
    return f"media/{name}.{_EXTENSIONS.get(media_type, 'bin')}"


def record_files(released: Released) -> list[tuple[str, bytes]]:
    """The record as it leaves, and what checks it, by name."""
    record = [
        (Stream.LOG.value, b"".join(line + b"\n" for line in released.log_lines)),
        (Stream.PAYLOADS.value, b"".join(line + b"\n" for line in released.payload_lines)),
        (Stream.CHECKPOINTS.value, released.checkpoints),
    ]
    checker = files("kuager.release").joinpath("checker")
    return record + [(name, checker.joinpath(name).read_bytes()) for name in CHECKER]


def _refuse_protected(case: Case, released: Released, folder: Path) -> int:
    """The search after the gate and on top of it. Raises RefusedError; returns how many entries stayed closed."""
    bytes_leave = frozenset(item.id for item in released.items if item.public or item.stored is not None)
    wanted, closed = protected(case, bytes_leave)
    hits = search(folder, wanted)
    refuse_hits(hits, sources_of(case, hits, wanted) if hits else ())
    return closed


def _committed(case: Case, body: dict[str, Any]) -> tuple[int, bool]:
    """The entry that commits to a manifest: the one the log has, or a new one."""
    known = _entry_saying(case, body)
    if known is not None:
        return known, False
    case.commit([Draft(_ENTRY[body["as"]], body)])
    written = _entry_saying(case, body)
    if written is None:
        raise KuagerError("The entry that was just written cannot be read again.", "See what is wrong: kuager verify")
    return written, True


def _entry_saying(case: Case, body: dict[str, Any]) -> int | None:
    """The first entry about something that left with this very body."""
    return next((e.n for e in case.of_type(_ENTRY[body["as"]]) if e.payload and e.payload.body == body), None)


@cache
def _searcher() -> str:
    """Names the program that searches, by its own bytes: another one searches again."""
    parts = (
        ("kuager.release", "search.py"),
        ("kuager.release", "surfaces.py"),
        ("kuager.release", "spelling.py"),
        ("kuager.release", "protection.py"),
        ("kuager.instruments.text.who", "names.py"),
    )
    return sha256(b"".join(files(package).joinpath(name).read_bytes() for package, name in parts)).hexdigest()[:16]


def _proof(case: Case, n: int) -> bytes:
    """The proof of entry ``n`` under the first checkpoint that covers it."""
    note = b""
    held: list[bytes] = []
    for line in lines_of(case.log, Stream.CHECKPOINTS, 0):
        held.append(line)
        if len(held) == 5:
            note = b"\n".join(held) + b"\n"
            if int(held[1]) > n:
                break
            held.clear()
    return proof.prove(case.payload_line(n), case.log_lines(), n, note).encode()


def _is_ours(target: Path) -> bool:
    """Whether a folder is a page published earlier, or empty, so that it may be replaced."""
    if not target.is_dir() or target.is_symlink():
        return False
    names = {path.name for path in target.iterdir()}
    if not names:
        return True
    try:
        return {MANIFEST, "index.html"} <= names and _says_published((target / PROOF).read_bytes())
    except OSError:
        return False


def _says_published(data: bytes) -> bool:
    try:
        return payloads.read(proof.decode(data).payload).type == "published"
    except (proof.ProofError, canonical.CanonicalError):
        return False


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """A folder beside the target that is gone afterwards, whatever happens. Raises KuagerError for a disk's errors."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        folder.chmod(0o755)
    except OSError as error:
        raise _unwritable(target, error) from None
    try:
        yield folder
    except OSError as error:
        raise _unwritable(target, error) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _stands_at(target: Path, folder: Path) -> bool:
    """Whether the very same files stand at the target already."""
    if not target.is_dir() or _paths(target) != _paths(folder):
        return False
    return all(_digest(target / path) == _digest(folder / path) for path in _paths(folder))


def _settle(folder: Path) -> None:
    """Makes every file and name in the folder durable."""
    for path in _paths(folder):
        (folder / path).chmod(0o644)
        handle = os.open(folder / path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    sync_folders(folder, {folder, *(path for path in folder.rglob("*") if path.is_dir())})


def _replace(folder: Path, target: Path) -> None:
    """Puts the finished folder in place; a page that was there is moved aside first and back if that fails."""
    if not os.path.lexists(target):
        os.rename(folder, target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent)) / "page"
    os.rename(target, old)
    try:
        os.rename(folder, target)
    except OSError:
        os.rename(old, target)
        raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)


def _paths(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _digest(path: Path) -> str:
    with open(path, "rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _unwritable(target: Path, error: OSError) -> KuagerError:
    return KuagerError(f"{target} cannot be written: {error.strerror}.", "Choose a folder on a disk with room.")
