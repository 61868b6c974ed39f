"""Protected strings are found on every decoded surface, and ordinary pages are let through."""

import io
import zipfile
from pathlib import Path

import pytest
from bench.gate_work import CYRILLIC, PLANTS, clean_page, names, page

from kuager.errors import RefusedError
from kuager.release import surfaces
from kuager.release.protection import Protected
from kuager.release.search import Hit, refuse_hits, search


@pytest.mark.parametrize("surface", PLANTS)
def test_each_planted_string_is_found(surface: str, tmp_path: Path) -> None:
    for number, name in enumerate(names(25, 1001)):
        folder = tmp_path / str(number)
        folder.mkdir()
        page(folder, "<p>Nothing here.</p>", "other.html")
        PLANTS[surface](folder, name)
        hits = search(folder, [Protected("h1", name)])
        assert [hit.handle for hit in hits][:1] == ["h1"], name
        assert not any(word in hit.file for hit in hits for word in name.split())


@pytest.mark.parametrize(("latin", "cyrillic"), CYRILLIC.items())
def test_a_name_in_another_script_is_found(latin: str, cyrillic: str, tmp_path: Path) -> None:
    page(tmp_path, f"<p>рассказала {cyrillic}</p>")
    assert search(tmp_path, [Protected("h", latin)])
    page(tmp_path, f"<p>said {latin}</p>")
    assert search(tmp_path, [Protected("h", cyrillic)])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Нурлан Есимов", "с Нурланом Есимовым"),
        ("Нурлан Есимов", "Нұрлан Есімовтің үйі"),
        ("Sholpan Bekova", "Шолпан Бековаға айтты"),
        ("Ерлан", "Ерланның әкесі"),
        ("Ерлан", "Ерланнан сұрады"),
        ("Ерлан", "сказал Ерлану"),
    ],
)
def test_a_name_in_a_case_of_its_language_is_found(name: str, text: str, tmp_path: Path) -> None:
    page(tmp_path, f"<p>{text}</p>")
    assert search(tmp_path, [Protected("h", name)])
    page(tmp_path, "<p>Нурия Есим Ерлик сказала.</p>")
    assert search(tmp_path, [Protected("h", name)]) == []


def test_part_of_a_longer_word_is_no_hit(tmp_path: Path) -> None:
    page(tmp_path, "<p>Madinaly and Bolatov spoke; the bolatbek square.</p>")
    assert search(tmp_path, [Protected("a", "Madina"), Protected("b", "Bolat")]) == []


def test_clean_cases_pass(tmp_path: Path) -> None:
    stops = 0
    for number, name in enumerate(names(100, 1002)):
        folder = tmp_path / str(number)
        folder.mkdir()
        page(folder, f"<p>{clean_page(number)}</p>")
        stops += bool(search(folder, [Protected("h", name)]))
    assert stops <= 1


def test_what_unpacks_without_end_is_read_up_to_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import gzip
    import time
    import zipfile

    monkeypatch.setattr(surfaces, "LARGEST_UNPACKED", 1 << 20)
    zeros = bytes(40 << 20)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(2):
            archive.writestr(f"{n}", zeros)
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(zeros))
    (tmp_path / "bomb.pdf").write_bytes(b"%PDF-1.4\0" + b"stream\n(" * 300_000)
    began = time.process_time()
    assert search(tmp_path, [Protected("h", "Zhibek Iskakova")]) == []
    assert time.process_time() - began < 5


def test_digests_and_file_names_are_looked_for_as_they_are(tmp_path: Path) -> None:
    digest = "ab" * 32
    page(tmp_path, f"<p>{digest}</p>")
    (tmp_path / "b.txt").write_text("IMG_20111216_1130.MP4")
    found = search(tmp_path, [Protected("d", digest, exact=True), Protected("n", "img_20111216_1130.mp4", exact=True)])
    assert found == [Hit("b.txt", "n"), Hit("planted.html", "d")]


def test_a_refusal_names_the_place_and_never_the_string() -> None:
    with pytest.raises(RefusedError) as refused:
        refuse_hits([Hit("index.html", "k7f3")])
    assert refused.value.code == 4
    assert "index.html" in refused.value.message
    refuse_hits([])


def test_a_locked_or_damaged_member_hides_none_after_it(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("first", "nothing " * 50)
        archive.writestr("second", "seen by Aigerim Canarova there " * 5)
    data = bytearray(packed.getvalue())
    locked = bytearray(data)
    locked[6] |= 1  # the first member's own header, and its line in the directory, say that it is encrypted
    locked[data.index(b"PK\x01\x02") + 8] |= 1
    damaged = bytearray(data)
    damaged[40] ^= 0xFF
    for number, each in enumerate((locked, damaged)):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "papers.zip").write_bytes(each)
        assert search(folder, [Protected("h", "Aigerim Canarova")])
