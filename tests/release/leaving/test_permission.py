"""Consent of those who gave, and the word of those who watched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kuager.errors import RefusedError, UsageError
from kuager.record.acquiring import Acquisition
from kuager.record.home import Home
from kuager.record.intake import add
from kuager.record.membership import admit
from kuager.record.source import make_source
from kuager.release import clear, release
from kuager.release.consent import give_consent
from kuager.release.permission import Permissions
from kuager.release.signing import CHECKS, sign_off


def waits(sample: Any, item: str) -> str | None:
    held = Permissions(sample.case).held(sample.case.item(item))
    return held.waits_for if held else None


@pytest.fixture
def given(make_sample: Any, tmp_path: Path) -> tuple[Any, str, str]:
    """A sample case, a source, and a notice that it gave."""
    sample = make_sample("Consent")
    source = make_source(sample.case, "A neighbour")
    (tmp_path / "notice.txt").write_text("A Notice\n\nThe mayor said that two people were hurt.\n")
    item = add(sample.case, [tmp_path / "notice.txt"], Acquisition(source=source)).items[0].id
    return sample, source, item


def test_what_a_source_gave_waits_for_their_newest_word(given: tuple[Any, str, str]) -> None:
    sample, source, item = given
    assert waits(sample, item) == "not_cleared"
    clear(sample.case, item, "The editor read it.")
    assert waits(sample, item) == "no_consent"
    for uses, expected in (
        ({"court": True}, "no_consent"),
        ({"publish": True}, None),
        ({"name": False}, None),
        ({"publish": False}, "no_consent"),
        ({"publish": True}, None),
    ):
        give_consent(sample.case, source, uses)
        assert waits(sample, item) == expected
        assert (item in [each.id for each in release(sample.case, "page").items]) == (expected is None)


def test_two_who_gave_the_same_bytes_must_both_consent(given: tuple[Any, str, str], tmp_path: Path) -> None:
    sample, source, item = given
    other = make_source(sample.case, "Another neighbour")
    add(sample.case, [tmp_path / "notice.txt"], Acquisition(source=other))
    clear(sample.case, item, "The editor read it.")
    give_consent(sample.case, source, {"publish": True})
    held = Permissions(sample.case).held(sample.case.item(item))
    assert held is not None
    assert (held.waits_for, held.sources) == ("no_consent", (other,))
    give_consent(sample.case, other, {"publish": True})
    assert waits(sample, item) is None


def test_what_was_added_as_public_asks_nobody(make_sample: Any, tmp_path: Path) -> None:
    sample = make_sample("Public")
    source = make_source(sample.case)
    (tmp_path / "post.txt").write_text("A public post.\n")
    item = add(sample.case, [tmp_path / "post.txt"], Acquisition(source=source, public=True)).items[0].id
    assert waits(sample, item) is None


def test_a_recording_waits_for_a_whole_sign_off(make_sample: Any) -> None:
    sample = make_sample("Signed")
    film = sample.items["film"]
    clear(sample.case, film, "The editor watched it.")
    assert waits(sample, film) == "not_signed"
    with pytest.raises(UsageError, match="faces"):
        sign_off(sample.case, film, [each for each in CHECKS if each != "faces"], "A. Editor")
    with pytest.raises(UsageError, match="Not on the list: everything"):
        sign_off(sample.case, film, ["everything"], "A. Editor")
    with pytest.raises(UsageError):
        sign_off(sample.case, film, CHECKS, " ")
    with pytest.raises(UsageError, match="no recording"):
        sign_off(sample.case, sample.items["page"], CHECKS, "A. Editor")
    sign_off(sample.case, film, CHECKS, "A. Editor")
    assert waits(sample, film) is None
    (signed,) = next(each for each in release(sample.case, "page").items if each.id == film).signed
    assert signed.by == "A. Editor"


def test_where_there_are_two_people_the_other_one_signs(make_sample: Any, tmp_path: Path) -> None:
    from kuager.record.case import Case

    sample = make_sample("Two")
    film = sample.items["film"]
    clear(sample.case, film, "The editor watched it.")
    sign_off(sample.case, film, CHECKS, "A. Editor")
    second = Home(tmp_path / "second")
    signer = second.signer()
    admit(sample.case, signer.public_key, signer.recipient, "reviewer")
    assert waits(sample, film) == "not_signed"  # the first one's own word counts no more
    with pytest.raises(RefusedError):
        sign_off(sample.case, film, CHECKS, "A. Editor")
    theirs = Case.open(sample.case.folder, signer, second.identities())
    sign_off(theirs, film, CHECKS, "B. Reviewer")
    sample.case.refresh()
    assert waits(sample, film) is None
    (signed,) = next(each for each in release(sample.case, "page").items if each.id == film).signed
    assert signed.by == "B. Reviewer"
