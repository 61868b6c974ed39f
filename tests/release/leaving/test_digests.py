"""Which digests stand on a page: of what was made for it, and of items that were public already. No others."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kuager.faces.page import publish


def written(digest: str) -> tuple[bytes, ...]:
    """A digest in the ways in which it could stand in a file."""
    raw = bytes.fromhex(digest)
    plain = (digest, digest.upper(), base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode())
    return (raw, *(text.rstrip("=").encode() for text in plain))


def test_no_digest_of_a_private_original_and_those_of_public_ones_only_where_they_belong(
    make_sample: Any, tmp_path: Path, everything_in: Callable[[Path], bytes]
) -> None:
    sample = make_sample("Digests")
    sample.let_out("film", "because", graphic=False)
    publish(sample.case, tmp_path / "page")
    everything = everything_in(tmp_path / "page")
    stored = {key: sample.case.item(id).stored.sha256 for key, id in sample.items.items()}
    for key in ("film", "kept", "secret"):
        assert [form for form in written(stored[key]) if form in everything] == [], key
    for path in (tmp_path / "page").rglob("*"):
        holds = path.is_file() and stored["page"].encode() in path.read_bytes()
        assert holds == (path.name in ("payloads.jsonl", "record.js")), path.name
    made = {one.name.partition(".")[0] for one in (tmp_path / "page/media").iterdir()}
    assert made.isdisjoint(stored.values())
