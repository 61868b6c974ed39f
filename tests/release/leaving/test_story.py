"""The account's head, and what publishing says where it points at what stays or at nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kuager.errors import RefusedError, UsageError
from kuager.faces.page import publish
from kuager.record.source import make_source
from kuager.release import clear
from kuager.weigh.story import FILE, DanglingError, read_story


def test_headline_standfirst_and_picture_stand_above_the_account(make_sample: Any) -> None:
    sample = make_sample("Head")
    film = sample.items["film"]
    (sample.case.folder / FILE).write_text(
        f"# What two\n# lines say\n\n> Short. \n![The square. | A. Editor](i:{film[:6]}@1.2)\n\n"
        f"It began [[i:{film}@1]].\n"
    )
    told = read_story(sample.case)
    assert (told.headline, told.standfirst) == ("What two lines say", "Short.")
    assert told.still is not None
    assert (str(told.still.at), told.still.caption, told.still.credit) == (f"i:{film}@1.2", "The square.", "A. Editor")
    assert [[piece.text for piece in part] for part in told.paragraphs] == [["It began ", ". "]]


def test_the_head_stands_on_the_page_with_the_still_nearest_its_second(make_sample: Any, tmp_path: Path) -> None:
    sample = make_sample("A case’s own title")
    sample.let_out("film", "because", graphic=False)
    (sample.case.folder / FILE).write_text(
        f"# People run from the square\n> In short.\n![Caption. | Credit](i:{sample.items['film']}@1.9)\n"
    )
    publish(sample.case, tmp_path / "page")
    text = (tmp_path / "page/index.html").read_text()
    for shown in (">People run from the square</h1>", "In short.", "Caption.", "Credit", "A case’s own title</p>"):
        assert shown in text, shown
    assert "Still from" not in text.partition('class="lead"')[2].partition("</figure>")[0]


@pytest.mark.parametrize("picture", ["![x](o:abcd)", "![x] (i:abcd)", "![x](c:abcd/cl-1)"])
def test_a_picture_that_is_none_is_refused(make_sample: Any, picture: str) -> None:
    sample = make_sample("Picture")
    (sample.case.folder / FILE).write_text(f"{picture}\n\nWords.\n")
    with pytest.raises((UsageError, DanglingError)):
        read_story(sample.case)


def test_every_dangling_reference_is_named_with_its_reason(make_sample: Any, tmp_path: Path) -> None:
    sample = make_sample("Dangling")
    (sample.case.folder / FILE).write_text("![x](i:zzzz@1)\n\nOne [[i:yyyy@3]]. Two [[what]].\n")
    with pytest.raises(DanglingError) as refused:
        publish(sample.case, tmp_path / "page")
    for named in ("(i:zzzz@1)", "[[i:yyyy@3]] (Nothing in this case", "[[what]] ('what' is no reference)"):
        assert named in refused.value.message, named
    assert not (tmp_path / "page").exists()


def test_what_would_let_it_out_is_said(make_sample: Any, tmp_path: Path) -> None:
    sample = make_sample("Next")
    film = sample.items["film"]
    (sample.case.folder / FILE).write_text(f"It began [[i:{film}@1]].\n")
    with pytest.raises(RefusedError) as refused:
        publish(sample.case, tmp_path / "page")
    assert f"kuager clear {film}" in str(refused.value.hint)
    clear(sample.case, film, "Seen whole.")
    with pytest.raises(RefusedError) as refused:
        publish(sample.case, tmp_path / "page")
    assert f"kuager sign {film}" in str(refused.value.hint)


def test_whose_consent_is_missing_is_said(make_sample: Any, tmp_path: Path) -> None:
    from kuager.record.acquiring import Acquisition
    from kuager.record.intake import add

    sample = make_sample("Consent")
    source = make_source(sample.case, "Somebody at home")
    path = tmp_path / "seen.txt"
    path.write_text("Somebody saw it.")
    (item,) = add(sample.case, [path], Acquisition(source)).items
    clear(sample.case, item.id, "because")
    (sample.case.folder / FILE).write_text(f"It began [[i:{item.id}]].\n")
    with pytest.raises(RefusedError) as refused:
        publish(sample.case, tmp_path / "page")
    assert f"kuager consent {source} --publish yes" in str(refused.value.hint)
