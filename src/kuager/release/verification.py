"""Verifying whatever is held: a case in full, or what left one, by the checker that lies beside it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from kuager.errors import UnreadableError, UsageError
from kuager.record.home import Home
from kuager.record.verified import Anchor, Problem, Remark, Verification


def verify(
    path: str | os.PathLike[str],
    known: Sequence[str] = (),
    home: Home | None = None,
    *,
    authorities: Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> Verification:
    """Checks a case, an export or a published page, and reports every problem and its place. Changes nothing.

    ``known`` holds files with a checkpoint or a verifier key, or SIZE:ROOT. For a case ``home`` adds the person's own
    key, receipts and identities. Raises UsageError where there is nothing of ours, UnreadableError for a bad ``known``.
    """
    folder = Path(path)
    if any((folder / name).exists() for name in ("bagit.txt", "proof.json", "manifest-sha256.txt")):
        return _leaving(folder, known)
    if not (folder / "log.jsonl").exists() and not (folder / "case.toml").exists():
        raise UsageError(f"{folder} is no case, export or published page.", "Give the folder that holds log.jsonl.")
    from kuager.record.verification import verify as verify_case

    return verify_case(folder, known, home, authorities=authorities, progress=progress)


def _leaving(folder: Path, known: Sequence[str]) -> Verification:
    """By the very file that every export carries, so that there is one judgement of what left a case."""
    checker: Any = import_module("kuager.release.checker.verify")
    try:
        report: Any = checker.check(str(folder), [checker.Known(one) for one in known])
    except checker.Malformed as error:
        raise UnreadableError(f"{error}.", "Give a saved checkpoint, a verifier key, or SIZE:ROOT.") from None
    return Verification(
        ok=not report.problems,
        size=report.size,
        root=report.root or "",
        anchored=tuple(Anchor(each["by"], each["size"]) for each in report.anchored),
        unopened=report.unopened,
        problems=tuple(Problem(each["kind"], each["where"], each["detail"]) for each in report.problems),
        notes=tuple(Remark(each["kind"], each["where"], each["detail"]) for each in report.notes),
    )
