"""Asks `copies` for the matches of recordings among others, in a process of its own; run by path.

``python copies_match_work.py ASKED.json KEPT``: ASKED holds the queries' and the references' paths; prints JSON
``{"matches": […], "s": seconds a query}``. References' fingerprints are kept in the folder KEPT, by the program text
that made them, so that runs with one archive make them once.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"


def made_by() -> str:
    """Which program text makes the fingerprints."""
    import kuager.instruments

    home = Path(kuager.instruments.__file__).parent
    digest = hashlib.sha256()
    for part in ("media", "copies"):
        for path in sorted((home / part).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def prints(paths: list[str], kept: Path | None) -> list[Any]:
    """The fingerprint of each path, in order; none may fail."""
    from kuager.instruments.copies import Fingerprint
    from kuager.instruments.copies.gather import fingerprints

    found: dict[str, Any] = {}
    for path in paths if kept else ():
        held = kept / f"{Path(path).stem}.npz"  # type: ignore[operator]
        if held.exists():
            found[path] = Fingerprint.from_bytes(held.read_bytes())
    for path, outcome in fingerprints([path for path in paths if path not in found]):
        if isinstance(outcome, Exception):
            raise outcome
        found[path] = outcome
        if kept:
            part = kept / f"{Path(path).stem}.part"
            part.write_bytes(outcome.to_bytes())
            part.rename(part.with_suffix(".npz"))
    return [found[path] for path in paths]


def main(asked_at: str, kept_at: str) -> None:
    from kuager.instruments.copies import Archive, match

    queries, references = json.loads(Path(asked_at).read_text())
    kept = Path(kept_at) / made_by()
    kept.mkdir(parents=True, exist_ok=True)
    archive = Archive()
    for each in prints(references, kept):
        archive.add(each)
    asked = prints(queries, None)
    rows = []
    began = time.perf_counter()
    for path, query in zip(queries, asked, strict=True):
        rows += [{**asdict(m), "query": path, "reference": references[m.reference]} for m in match(archive, query)]
    print(json.dumps({"matches": rows, "s": (time.perf_counter() - began) / len(queries)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
