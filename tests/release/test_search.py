"""Protected strings are found on every decoded surface, and ordinary pages are let through."""

import base64
import html
import json
import random
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from kuager.errors import RefusedError
from kuager.release.protection import Protected
from kuager.release.search import Hit, refuse_hits, search

FIRST = ["Aigerim", "Yerzhan", "Zhibek", "Nurlan", "Saltanat", "Dauren", "Gulnara", "Bolat", "Madina", "Kuanysh"]
LAST = ["Abdrakhmanova", "Suleimenov", "Zhaksybekova", "Tokayuly", "Iskakova", "Omarbekov", "Seitkali", "Baimuratova"]
CYRILLIC = {"Zhibek Iskakova": "Жибек Искакова", "Nurlan Suleimenov": "Нурлан Сулейменов"}

Plant = Callable[[Path, str], None]


def page(folder: Path, text: str, name: str = "index.html") -> None:
    (folder / name).write_text(f"<!doctype html><html><body>{text}</body></html>", encoding="utf-8")


def _png(folder: Path, text: str) -> None:
    info = PngInfo()
    info.add_text("Author", text)
    Image.new("RGB", (8, 8)).save(folder / "a.png", pnginfo=info)


def _jpeg(folder: Path, text: str) -> None:
    image = Image.new("RGB", (8, 8))
    exif = image.getexif()
    exif[0x013B] = text
    image.save(folder / "a.jpg", exif=exif)


PLANTS: dict[str, Plant] = {
    "text": lambda folder, name: page(folder, f"<p>said {name}, a resident</p>"),
    "split by markup": lambda folder, name: page(folder, f"<p>said <b>{name[:3]}</b>{name[3:]}.</p>"),
    "line break": lambda folder, name: page(folder, f"<p>{name.replace(' ', chr(10) + '   ')}</p>"),
    "no-break space": lambda folder, name: page(folder, f"<p>{name.replace(' ', chr(160))}</p>"),
    "soft hyphen": lambda folder, name: page(folder, f"<p>{name[:2]}\u00ad{name[2:]}</p>"),
    "capitals": lambda folder, name: page(folder, f"<h1>{name.upper()}</h1>"),
    "attribute": lambda folder, name: page(folder, f'<img alt="{name}">'),
    "data attribute": lambda folder, name: page(folder, f'<i data-x="{html.escape(name)}"></i>'),
    "comment": lambda folder, name: page(folder, f"<!-- {name} -->"),
    "entities": lambda folder, name: page(folder, "<p>" + "".join(f"&#{ord(c)};" for c in name) + "</p>"),
    "script": lambda folder, name: page(folder, f"<script>var x = {json.dumps(name)};</script>"),
    "json escapes": lambda folder, name: (
        (folder / "a.json").write_text('{"x":"' + "".join(f"\\u{ord(c):04x}" for c in name) + '"}') and None
    ),
    "csv": lambda folder, name: (folder / "a.csv").write_text(f"1;{name};2\n", encoding="utf-8") and None,
    "vtt": lambda folder, name: (folder / "a.vtt").write_text(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{name}\n") and None,
    "address": lambda folder, name: page(folder, f'<a href="x?q={urllib.parse.quote(name)}">x</a>'),
    "data address": lambda folder, name: page(
        folder, f'<img src="data:text/plain;base64,{base64.b64encode(f"by {name} in town".encode()).decode()}">'
    ),
    "file name": lambda folder, name: (folder / f"{name.replace(' ', '_')}.txt").touch(),
    "folder name": lambda folder, name: (folder / name).mkdir(),
    "png text": _png,
    "jpeg exif": _jpeg,
    "last name first": lambda folder, name: page(folder, " ".join(reversed(name.split()))),
    "utf-16": lambda folder, name: (folder / "a.bin").write_bytes(b"\0\1" + name.encode("utf-16-le")) and None,
}


def names(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return [f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(count)]


@pytest.mark.parametrize("surface", PLANTS)
def test_each_planted_string_is_found(surface: str, tmp_path: Path) -> None:
    for number, name in enumerate(names(50, 9001)):
        folder = tmp_path / str(number)
        folder.mkdir()
        page(folder, "<p>Nothing here.</p>", "other.html")
        PLANTS[surface](folder, name)
        assert [hit.handle for hit in search(folder, [Protected("h1", name)])][:1] == ["h1"], name


@pytest.mark.parametrize(("latin", "cyrillic"), CYRILLIC.items())
def test_a_name_in_another_script_is_found(latin: str, cyrillic: str, tmp_path: Path) -> None:
    page(tmp_path, f"<p>рассказала {cyrillic}</p>")
    assert search(tmp_path, [Protected("h", latin)])
    page(tmp_path, f"<p>said {latin}</p>")
    assert search(tmp_path, [Protected("h", cyrillic)])


def test_part_of_a_longer_word_is_no_hit(tmp_path: Path) -> None:
    page(tmp_path, "<p>Madinaly and Bolatov spoke; the bolatbek square.</p>")
    assert search(tmp_path, [Protected("a", "Madina"), Protected("b", "Bolat")]) == []


def test_clean_cases_pass(tmp_path: Path) -> None:
    words = Path(__file__).read_text(encoding="utf-8").split("import", 1)[0] + (
        "Officials said nine people were killed on the square when police opened fire. A doctor at the hospital said "
        "she had counted twenty-eight. Telephones stopped working at two. Чиновники сообщили о девяти погибших. "
    )
    stops = 0
    for number, name in enumerate(names(100, 9002)):
        folder = tmp_path / str(number)
        folder.mkdir()
        page(folder, f"<p>{words}</p><p>Karim Akhmetov, a spokesperson {number}</p>")
        stops += bool(search(folder, [Protected("h", name)]))
    assert stops <= 1


def test_digests_and_file_names_are_looked_for_as_they_are(tmp_path: Path) -> None:
    digest = "ab" * 32
    page(tmp_path, f"<p>{digest}</p>")
    (tmp_path / "b.txt").write_text("IMG_20111216_1130.MP4")
    found = search(tmp_path, [Protected("d", digest, exact=True), Protected("n", "img_20111216_1130.mp4", exact=True)])
    assert found == [Hit("b.txt", "n"), Hit("index.html", "d")]


def test_a_refusal_names_the_place_and_never_the_string() -> None:
    with pytest.raises(RefusedError) as refused:
        refuse_hits([Hit("index.html", "k7f3")])
    assert refused.value.code == 4
    assert "index.html" in refused.value.message
    refuse_hits([])
