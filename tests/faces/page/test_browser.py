"""The page as a reader has it: opened from ``file://`` in Debian's Chromium."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kuager.faces.page import model as m

pytestmark = pytest.mark.browser
FILES = ("index.html", "index.ru.html", "index.kk.html")

Open = Callable[..., Any]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barriers(open_page: Open, axe: Any, full_page: tuple[Path, m.Page], name: str, scheme: str) -> None:
    page = open_page(full_page[0] / name, scheme=scheme, width=1280 if scheme == "light" else 320)
    assert axe(page) == []


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nothing_is_wider_than_the_screen(open_page: Open, full_page: tuple[Path, m.Page], width: int) -> None:
    page = open_page(full_page[0] / "index.ru.html", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_screen_says_what_is_concluded_who_answers_and_what_is_not_known(
    open_page: Open, full_page: tuple[Path, m.Page]
) -> None:
    page = open_page(full_page[0] / "index.html", width=1440)
    for part in ("h1", ".conclusion", "#answers h2", "#not-shown h2", "#open h2"):
        box = page.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= 900, part
    narrow = open_page(full_page[0] / "index.html", width=320)
    order = [
        narrow.locator(part).first.bounding_box()["y"] for part in ("h1", ".lead", ".byline", "#concluded", "#answers")
    ]
    assert order == sorted(order)


def test_on_a_phone_the_matrix_is_a_list_of_what_was_looked_at(open_page: Open, full_page: tuple[Path, m.Page]) -> None:
    page = open_page(full_page[0] / "index.html", width=320)
    assert page.locator(".matrix thead").is_hidden()
    assert page.locator(".matrix td.unlooked").first.is_hidden()
    cell = page.locator(".matrix td:not(.unlooked)").first
    assert cell.inner_text().splitlines()[0] == "From the third floor"
    assert page.evaluate("document.querySelector('.scroll').scrollWidth <= 320")


def test_it_is_light(full_page: tuple[Path, m.Page]) -> None:
    folder = full_page[0]
    shared = [path for part in ("assets", "data") for path in (folder / part).iterdir()]
    loaded = [path for path in shared if path.suffix in (".css", ".js")]
    scripts = b"".join(path.read_bytes() for path in loaded if path.suffix == ".js")
    assert len(gzip.compress(scripts)) <= 60_000
    for name in FILES:
        assert (folder / name).stat().st_size + sum(path.stat().st_size for path in loaded) <= 250_000


def test_it_reads_without_scripts(open_page: Open, full_page: tuple[Path, m.Page]) -> None:
    page = open_page(full_page[0] / "index.html", scripts=False)
    for heading in ("What is concluded", "The recordings", "How many", "What we do not know", "Where this comes from"):
        assert page.get_by_role("heading", name=heading).first.is_visible()
    assert page.locator("#deck").is_hidden()
    assert page.locator(".needs-script").is_hidden()
    second = page.get_by_role("link", name="seven reports follow one another")
    assert second.get_attribute("href") == "media/0.webm#t=6.1,6.9"


def test_what_is_covered_is_grey_muted_and_opens_by_keyboard(open_page: Open, full_page: tuple[Path, m.Page]) -> None:
    page = open_page(full_page[0] / "index.html")
    video = page.locator("#r-rec0aaaaaa video")
    assert "grayscale(1)" in video.evaluate("it => getComputedStyle(it).filter")
    assert video.evaluate("it => it.muted")
    still = page.locator("#r-rec0aaaaaa .stills img").first
    assert "blur" in still.evaluate("it => getComputedStyle(it).filter")
    page.locator("#u-rec0aaaaaa").focus()
    page.keyboard.press("Space")
    assert video.evaluate("it => getComputedStyle(it).filter") == "none"
    assert still.evaluate("it => getComputedStyle(it).filter") == "none"
    page.locator("#listen").select_option("rec4aaaaaa")
    assert page.locator("#u-rec4aaaaaa").is_checked()
    audible = "Array.from(document.querySelectorAll('video')).filter(it => !it.muted).length"
    assert page.evaluate(audible) == 1


def test_the_choice_of_language_keeps_the_readers_place(open_page: Open, full_page: tuple[Path, m.Page]) -> None:
    page = open_page(full_page[0] / "index.html", at="#count")
    page.get_by_role("link", name="Қазақша").click()
    assert page.url.endswith("index.kk.html#count")
    assert page.evaluate("document.documentElement.lang") == "kk"


def test_a_sentence_opens_its_second(open_page: Open, full_page: tuple[Path, m.Page], until: Open) -> None:
    page = open_page(full_page[0] / "index.html")
    page.get_by_role("link", name="seven reports follow one another").click()
    until(page, "Math.abs(document.querySelector('#r-rec0aaaaaa video').currentTime - 6.1) < 0.02")
    other = page.evaluate("document.querySelector('#r-rec3aaaaaa video').currentTime")
    assert other == pytest.approx(6.1 - 0.62, abs=0.02)
    assert "Seven loud reports" in page.locator("#now").inner_text()


def test_the_reader_can_check_a_file_and_the_record(
    open_page: Open, published: Path, until: Open, tmp_path: Path
) -> None:
    page = open_page(published / "index.html")
    answer = page.locator("#file-answer")
    media = next(path for path in sorted((published / "media").iterdir()) if path.suffix == ".jpg")
    page.locator("#file").set_input_files(media)
    until(page, "document.getElementById('file-answer').textContent.includes('unchanged')")
    assert media.name in answer.inner_text()
    changed = tmp_path / "changed.jpg"
    changed.write_bytes(media.read_bytes()[:-1] + b"\x00")
    page.locator("#file").set_input_files(changed)
    until(page, "document.getElementById('file-answer').textContent.includes('is not one of those')")
    page.locator("#check").click()
    said = page.locator("#check-answer").inner_text()
    assert "match this page’s checkpoint" in said
    assert "elsewhere" in said
    for wrong in (
        "record.disclosed[1][1] += ' '",
        "record.disclosed[2][3][0] = '0'.repeat(64)",
        "record.disclosed[0][0] += 1",
    ):
        page.evaluate(f"(() => {{ const record = KUAGER_RECORD; {wrong}; }})()")
    page.locator("#check").click()
    assert "3 of the disclosed entries do not match" in page.locator("#check-answer").inner_text()


def test_the_pages_own_sha256(open_page: Open, full_page: tuple[Path, m.Page]) -> None:
    from hashlib import sha256

    page = open_page(full_page[0] / "index.html")
    sizes = [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 100_003]
    found = page.evaluate(
        """sizes => sizes.map(size => {
          const data = Uint8Array.from({length: size}, (_, n) => n * 7 % 251);
          const hash = new KuagerSha256.Hash();
          for (let at = 0, step = 1; at < size; at += step, step = step * 3 % 197 + 1) {
            hash.update(data.subarray(at, Math.min(at + step, size)));
          }
          return KuagerSha256.hex(hash.digest());
        })""",
        sizes,
    )
    assert found == [sha256(bytes(n * 7 % 251 for n in range(size))).hexdigest() for size in sizes]


def test_a_published_case_opens_clean(open_page: Open, published: Path) -> None:
    for name in FILES:
        page = open_page(published / name)
        assert page.locator("h1").inner_text() == "A case for the browser"
        assert page.locator("#custody").is_visible()


def test_statements_are_marked_in_place_and_lead_to_who_says_them(
    open_page: Open, full_page: tuple[Path, m.Page]
) -> None:
    page = open_page(full_page[0] / "index.html", scripts=False)
    words = page.locator("#m-st6")
    assert words.inner_text() == "she had counted "
    label = page.locator('.excerpt a.whose[href="#s-st6"]')
    assert label.inner_text() == "A nurse at the town hospital"
    label.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#s-st6")
    assert page.locator('#s-st6 ~ figcaption a[href="#m-st6"]').count() == 1
    part = page.locator('.excerpt a.whose[href="#s-st5"]')
    assert part.inner_text() == "The Interior Ministry, in part"


def test_somebodys_words_stand_in_a_style_of_their_own_beside_no_name(
    open_page: Open, full_page: tuple[Path, m.Page]
) -> None:
    page = open_page(full_page[0] / "index.html")
    looks = {}
    for name, which in (("untold", "#m-st4"), ("proposed", "#m-st5"), ("judged", "#m-st6")):
        page.evaluate(f"document.querySelector('{which}').closest('details')?.setAttribute('open', '')")
        looks[name] = page.locator(which).evaluate(
            "it => { const s = getComputedStyle(it); return [s.fontStyle, s.backgroundColor, s.borderBottomStyle]; }"
        )
    assert looks["untold"][0] == "italic"
    assert looks["proposed"][2] == looks["untold"][2] == "dotted"
    assert looks["judged"][2] == "solid"
    assert looks["judged"][1] != looks["untold"][1]
    assert page.locator(".legend li").count() == 5
    group = page.locator("#who h3", has_text="Speaker not told")
    assert group.count() == 1
    figure = page.locator("figure:has(#s-st4) figcaption").inner_text()
    assert figure == "Speaker not told; Beside the kiosk, 0:04"


def test_counts_of_nobody_stand_apart_and_move_nobodys_bounds(open_page: Open, full_page: tuple[Path, m.Page]) -> None:
    page = open_page(full_page[0] / "index.html")
    names = [source.name for source in full_page[1].sources]
    for row, says in (("#n-n6", "Speaker not told"), ("#n-n7", "Cannot tell whose")):
        text = page.locator(row).inner_text()
        assert says in text
        assert not [name for name in names if name in text]
    implied = page.locator(".implied").first.inner_text()
    assert implied.splitlines() == [
        "Highest single account: at least 6 (The Rights Monitor; heard from others)",
        "Highest account of somebody who counted: at least 5 (A nurse at the town hospital)",
        "Lowest limit that anybody gives: 2 (The Interior Ministry). Nothing here is evidence that there were no more.",
    ]
    assert "A voice in “Beside the kiosk”" in page.locator("#n-n5").inner_text()


def test_a_count_in_a_recording_opens_its_second(open_page: Open, full_page: tuple[Path, m.Page], until: Open) -> None:
    page = open_page(full_page[0] / "index.html")
    page.locator("#n-n6 a.second").click()
    until(page, "Math.abs(document.querySelector('#r-rec1aaaaaa video').currentTime - 4.0) < 0.05")
    quiet = open_page(full_page[0] / "index.html", scripts=False)
    assert quiet.locator("#n-n6 a.second").get_attribute("href") == "media/1.webm#t=4"
