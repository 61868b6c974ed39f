"""Spans are exact in every normalisation form and line ending, and no input raises anything but a clear error."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuager.errors import UnreadableError
from kuager.instruments import text
from kuager.instruments.text.model import Span

PAGE = (
    "Күні бойы жаңалық 🙂\n\n«Войны́ нет», — сказал Сергей Йовович. Ёлки стояли.\n\n"
    "Café owner Zoë Noël said 14 people were killed 😀 and “eighty” wounded.\n"
)


def spans(value: object) -> list[Span]:
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple):
        return [s for v in value for s in spans(v)]
    if hasattr(value, "__dataclass_fields__"):
        return [s for name in value.__dataclass_fields__ for s in spans(getattr(value, name))]
    return []


def check(reading: text.Reading) -> None:
    found = spans((reading.page, reading.sources, reading.statements, reading.claims))
    for s in found:
        assert reading.text[s.start : s.end] == s.text


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_forms(form: str, ending: str, mark: str) -> None:
    page = unicodedata.normalize(form, PAGE).replace("\n", ending)
    reading = text.read((mark + page).encode(), "text/plain")
    assert reading.text == page
    check(reading)
    killed = [c for c in reading.claims if c.status == "killed"]
    assert [(c.lower, c.upper) for c in killed] == [(14, 14)]
    names = {unicodedata.normalize("NFC", s.name) for s in reading.sources}
    assert "Сергей Йовович" in names


WORDS = st.sampled_from(
    (
        '“ ” " \' « » „ — , . : ; ( said told according to Smith police that 14 killed people he she "No" who and '
        "but с по словам что заявил погибли деп мәлімдеді адам \n \n\n by: from: 🙂 é e\u0301 December 16 2011 U.S. Mr."
    ).split(" ")
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=60))
def test_never_an_exception(words: list[str]) -> None:
    page = " ".join(words)
    if page.strip():
        check(text.read(page.encode(), "text/plain"))
        if any(c.isalnum() for c in page):
            check(text.read(f"<article><p>{page}</p></article>".encode(), "text/html"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n ",
        b"\x00\x01\x02" * 100,
        b"%PDF-1.4 x",
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        b"a" * 9_000_000,
        b"\xff\xfe\x00\xd8",
    ],
    ids=["empty", "blank", "binary", "pdf", "png", "huge", "half a surrogate"],
)
def test_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError) as error:
        text.read(data)
    assert error.value.hint


@pytest.mark.parametrize(
    ("encoding", "page"),
    [
        ("cp1251", "Власти заявили, что погибли 14 человек."),
        ("koi8-r", "Власти заявили, что погибли 14 человек."),
        ("utf-16", "Police said 14 people died."),
        ("cp1252", "Zoë Noël said 14 people died."),
    ],
)
def test_other_encodings(encoding: str, page: str) -> None:
    reading = text.read(page.encode(encoding))
    assert reading.text == page
    assert reading.encoding.replace("-le", "") == encoding
    assert [c.lower for c in reading.claims if c.status == "killed"] == [14]
