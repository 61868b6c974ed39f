"""What leaves a case and what does not."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kuager.errors import RefusedError, UsageError
from kuager.examine import Pool
from kuager.examine.casework import examine_case
from kuager.faces.page import publish
from kuager.record import payload as payloads
from kuager.record.acquiring import Acquisition
from kuager.record.erasure import erase
from kuager.record.intake import add
from kuager.record.payload import WITHHELD, Draft
from kuager.record.restriction import restrict
from kuager.release import clear, export_bag, release

CANARIES = (b"canary-name", b"canary-secret", b"canary-kept", b"canary-channel", b"canary-because", b"Canarysova")


def _digest(sample: Any, name: str) -> bytes:
    return sha256((sample.inputs / f"canary-name-{name}").read_bytes()).hexdigest().encode()


def test_only_what_was_public_leaves_at_first(make_sample: Any) -> None:
    sample = make_sample("Gate")
    released = release(sample.case, "page")
    assert [item.id for item in released.items] == [sample.items["page"]]
    assert len(released.held) == 3
    assert released.title == "Gate"


def test_types_that_name_people_or_originals_never_leave(make_sample: Any) -> None:
    sample = make_sample("Types")
    sample.let_out("film", "canary-because", graphic=False)
    for form in ("page", "bag"):
        left = {payload.type for _, payload in release(sample.case, form).disclosed}
        assert left <= {"key_admitted", "case_made", "case_titled", "acquired", "preserved", "address", "made"}


def test_every_line_is_clear_and_whole_or_withheld(make_sample: Any) -> None:
    sample = make_sample("Lines")
    released = release(sample.case, "bag")
    assert len(released.payload_lines) == len(released.log_lines) == released.size
    for n, line in enumerate(released.payload_lines):
        commitment = released.log_lines[n][6:70].decode()
        assert line == WITHHELD or payloads.commitment(line) == commitment


def test_no_canary_in_page_or_bag(make_sample: Any, tmp_path: Path, everything_in: Callable[[Path], bytes]) -> None:
    sample = make_sample("Canaries")
    sample.let_out("film", "canary-because")
    publish(sample.case, tmp_path / "page")
    private = [_digest(sample, name) for name in ("secret.txt", "kept.csv")]
    on_page = everything_in(tmp_path / "page")
    for canary in (*CANARIES, b"canary-metadata", b"+43.3412", _digest(sample, "window.mp4"), *private):
        assert canary not in on_page, canary
    export_bag(sample.case, tmp_path / "bag")
    # The cleared recording and the public page themselves are in the bag, with what their bytes hold.
    files = [path for path in (tmp_path / "bag").rglob("*") if path.is_file() and "objects" not in path.parts]
    listed = b"\n".join(path.read_bytes() for path in files)
    for canary in (*CANARIES, *private):
        assert canary not in listed, canary


def test_a_second_private_acquisition_of_public_bytes_stays(make_sample: Any) -> None:
    sample = make_sample("Twice")
    add(
        sample.case,
        [sample.inputs / "canary-name-page.txt"],
        Acquisition(channel="canary-channel", received="2026-05-04"),
    )
    left = [payload for _, payload in release(sample.case, "page").disclosed if payload.type == "acquired"]
    assert [payload.body["public"] for payload in left] == [True]
    assert release(sample.case, "page").items[0].received is None


def test_clearing_needs_a_reason_and_refuses_what_is_restricted(make_sample: Any) -> None:
    sample = make_sample("Reasons")
    with pytest.raises(UsageError):
        clear(sample.case, sample.items["film"], "  ")
    with pytest.raises(RefusedError):
        clear(sample.case, sample.items["secret"], "because")
    with pytest.raises(RefusedError):
        clear(sample.case, sample.items["secret"], "because")
    assert sample.items["secret"] not in [item.id for item in release(sample.case, "page").items]


def test_what_the_gate_does_not_know_stays(make_sample: Any) -> None:
    sample = make_sample("Unknown")
    sample.case.commit([Draft("invented", {"item": sample.items["page"], "text": "canary"}, (sample.items["page"],))])
    sample.case.commit([Draft("invented", {"text": "canary"})])
    assert b"canary" not in b"".join(release(sample.case, "bag").payload_lines)


def test_a_finding_with_peoples_words_stays(make_sample: Any) -> None:
    sample = make_sample("Findings")
    page = sample.items["page"]
    for examiner, outcome in (("page", "done"), ("media", "failed"), ("media", "done")):
        body = {"item": page, "examiner": examiner, "outcome": outcome, "version": "1", "settings": {}, "result": {}}
        sample.case.commit([Draft("examined", body, (page,))])
    left = [payload.body for _, payload in release(sample.case, "page").disclosed if payload.type == "examined"]
    assert [(body["examiner"], body["outcome"]) for body in left] == [("media", "done")]


def test_bytes_leave_only_in_a_bag_and_only_of_items_that_may(make_sample: Any, tmp_path: Path) -> None:
    sample = make_sample("Bytes")
    sample.let_out("film", "because")
    with Pool(1) as pool:
        examine_case(sample.case, pool, only=["container"])
    export_bag(sample.case, tmp_path / "bag")
    inside = {path.name for path in (tmp_path / "bag/data/objects").rglob("*") if path.is_file()}
    made = {body["sha256"] for item in sample.case.items() for body in item.bodies("made")}
    assert inside - made == {_digest(sample, name).decode() for name in ("page.txt", "window.mp4")}


def test_what_is_restricted_or_erased_later_is_gone_from_the_next_page(make_sample: Any, tmp_path: Path) -> None:
    sample = make_sample("Later")
    sample.let_out("film", "because", graphic=False)
    publish(sample.case, tmp_path / "page")
    shown = {path.name for path in (tmp_path / "page/media").iterdir()}
    restrict(sample.case, sample.items["film"], "The witness asked.")
    erase(sample.case, sample.items["page"], "The paper asked.")
    publish(sample.case, tmp_path / "page")
    assert len(shown) == 4  # still, waveform, proxy, text (the stills of a grey recording are one)
    assert list((tmp_path / "page/media").iterdir()) == []
    assert release(sample.case, "bag").items == ()
    text = (tmp_path / "page/index.html").read_text()
    assert "Nothing in this case has been cleared" in text
    for item in ("film", "page"):
        assert sample.items[item] not in (tmp_path / "page/payloads.jsonl").read_text()
