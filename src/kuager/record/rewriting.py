"""Rewriting what is stored: putting other payload lines in the place of some, and clearing what is derived."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from kuager.record.case import Case
from kuager.record.log import Stream, lines_of, sync_folder
from kuager.record.staging import abandoned


def replace_payloads(case: Case, instead: Mapping[int, bytes]) -> None:
    """Stores these lines in the place of those that stand there. Called under the case lock. Raises OSError.

    The index is deleted before and after: readers may make it again from the old lines meanwhile.
    """
    tip = case.tip
    marks = {n for n, _ in tip.landmarks}
    offsets: dict[int, int] = {}

    def lines() -> Iterator[bytes]:
        at = 0
        for n, line in enumerate(lines_of(case.log, Stream.PAYLOADS, 0, tip.payload_bytes)):
            stored = instead.get(n, line)
            if n in marks:
                offsets[n] = at
            at += len(stored) + 1
            yield stored

    case.forget_index()
    case.log.replace_payloads(lines())
    tip.landmarks = [(n, offsets[n]) for n, _ in tip.landmarks]
    tip.payload_bytes = case.log.size(Stream.PAYLOADS)
    case.forget_index()


def clear_derived(case: Case) -> None:
    """Empties ``derived/``: what was computed from a thing may name it in ways that nobody lists. It is rebuilt."""
    _empty(case.folder / "derived")


def clear_leftovers(case: Case) -> None:
    """Removes what recovery set aside and what adders left behind. Called under the case lock."""
    for left in list(abandoned(case.folder / "staging")):
        shutil.rmtree(left.folder)
    _empty(case.folder / "lost+found")
    (case.folder / (Stream.PAYLOADS.value + ".new")).unlink(missing_ok=True)
    sync_folder(case.folder)


def _empty(folder: Path) -> None:
    with suppress(FileNotFoundError):
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        sync_folder(folder)
