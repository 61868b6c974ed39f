"""Observations go out to CSV, EAF and WebVTT and come back as they were; hostile files are refused in words."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuager.errors import KuagerError, UnreadableError
from kuager.weigh.annotation import FORMS, MOST, Annotation, annotation, decode, encode

# What no XML can hold is replaced there; everything else has to come back.
WORDS = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc"), include_characters="\n\t;,|\\<>&\"'=-+@", exclude_characters="\ufffe\uffff"
    ),
    min_size=1,
    max_size=40,
).filter(lambda text: bool(text.strip()))
TAGS = st.lists(WORDS, max_size=3)


@st.composite
def annotations(draw: st.DrawFn) -> Annotation:
    start = draw(st.integers(0, 900_000))
    length = draw(st.one_of(st.just(0), st.integers(2, 90_000)))
    return annotation(
        start / 1000,
        (start + length) / 1000,
        draw(WORDS),
        draw(st.booleans()),
        draw(st.one_of(st.none(), WORDS)),
        draw(TAGS),
        draw(TAGS),
    )


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=150)
@given(st.lists(annotations(), min_size=1, max_size=8))
def test_what_goes_out_comes_back(form: str, given_: list[Annotation]) -> None:
    def order(each: Annotation) -> tuple[object, ...]:
        return (each.start_s, each.end_s, each.text, each.found, each.obscured or "", each.tags, each.subjects)

    assert sorted(decode(encode(given_, form), "a"), key=order) == sorted(given_, key=order)


@pytest.mark.parametrize("form", ["csv", "vtt"])
def test_ids_come_back_where_the_form_has_a_place(form: str) -> None:
    one = annotation(1, 2, "a man falls", id="k7f3k7f3k7")
    assert decode(encode([one], form), "a") == (one,)


def test_no_two_annotations_of_a_tier_overlap_and_nothing_names_anybody() -> None:
    data = encode([annotation(k, k + 3, f"w{k}", tags=["t"]) for k in range(6)], "eaf")
    root = ElementTree.fromstring(data)
    slots = {slot.get("TIME_SLOT_ID"): int(slot.get("TIME_VALUE") or 0) for slot in root.iter("TIME_SLOT")}
    for tier in root.iter("TIER"):
        spans = sorted(
            (slots[one.get("TIME_SLOT_REF1")], slots[one.get("TIME_SLOT_REF2")])
            for one in tier.iter("ALIGNABLE_ANNOTATION")
        )
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        assert all(first < last for first, last in spans)
    assert (root.get("AUTHOR"), root.find("HEADER").get("MEDIA_FILE")) == ("", "")


def test_a_caption_never_shows_as_seen_what_was_not_found() -> None:
    text = encode([annotation(1, 2, "a weapon", found=False)], "vtt").decode()
    assert "(not found) a weapon" in text


def test_no_cell_is_a_formula() -> None:
    text = encode([annotation(1, 2, '=HYPERLINK("http://x")', obscured="+1", tags=["-2", "@a"])], "csv").decode()
    assert all(not re.match(r"[=+@]|-\D", cell.strip('"')) for cell in text.splitlines()[1].split(","))


ELAN = """<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="x" DATE="2024-01-01T00:00:00+00:00" FORMAT="3.0" VERSION="3.0">
<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"><MEDIA_DESCRIPTOR MEDIA_URL="file:///home/x/film.mp4"/></HEADER>
<TIME_ORDER><TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="1500"/><TIME_SLOT TIME_SLOT_ID="ts2" TIME_VALUE="2750"/>
</TIME_ORDER><TIER LINGUISTIC_TYPE_REF="default-lt" PARTICIPANT="man A" TIER_ID="gesture">
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2">
<ANNOTATION_VALUE>raises an arm</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<TIER LINGUISTIC_TYPE_REF="dep" PARENT_REF="gesture" TIER_ID="remark"><ANNOTATION>
<REF_ANNOTATION ANNOTATION_ID="a2" ANNOTATION_REF="a1"><ANNOTATION_VALUE>left</ANNOTATION_VALUE></REF_ANNOTATION>
</ANNOTATION></TIER></ANNOTATION_DOCUMENT>"""


def test_files_of_other_programs_are_read() -> None:
    (arm, remark) = sorted(decode(ELAN.encode(), "a.eaf"), key=lambda each: each.text == "left")
    assert arm == Annotation(1.5, 2.75, "raises an arm", tags=("gesture",), subjects=("man A",))
    assert (remark.start_s, remark.end_s, remark.text, remark.tags) == (1.5, 2.75, "left", ("remark",))
    vtt = b"WEBVTT\n\nSTYLE\n::cue{}\n\n00:01.500 --> 00:02.000 line:0\n<v man A>Shots &amp; <i>shouts</i>\n"
    assert decode(vtt, "a.vtt") == (Annotation(1.5, 2.0, "Shots & shouts", subjects=("man A",)),)
    table = b"start;end;text\n0:01,5;0:02;ein Schuss\n"
    assert decode(table, "a.csv") == (Annotation(1.5, 2.0, "ein Schuss"),)


BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<ANNOTATION_DOCUMENT>&b;</ANNOTATION_DOCUMENT>"""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00\x01",
        b"WEBVTT\n\n00:02.000 --> 00:01.000\nbackwards\n",
        b"WEBVTT\n\nsoon --> later\nwords\n",
        b"WEBVTT\n\n" + b"1 --> 2\n" * 30_000,
        b"WEBVTT\n\n" + b"\n\n".join(b"0:01 --> 0:02\nx" for _ in range(MOST + 1)),
        b"start_s,end_s,text\n1,2\n",
        b"start_s,end_s,text\nnan,inf,x\n",
        b"start_s,end_s,text\n1e9,2e9,x\n",
        b"start_s,end_s,words\n1,2,x\n",
        b'start_s,end_s,text\n1,2,"' + b"x" * 300_000 + b'"\n',
        b"start_s,end_s,text\n1,2,\n",
        BOMB.encode(),
        ELAN.replace('TIME_VALUE="2750"', "").encode(),
        ELAN.replace('ANNOTATION_REF="a1"', 'ANNOTATION_REF="a2"').encode(),
        ELAN[:-40].encode(),
        b"<html><body>no annotations</body></html>",
        b"<" * 100_000,
        b"\0" * 10_000,
        b"NOTE kuager " + b"[" * 100_000,
    ],
)
def test_hostile_files_are_refused_in_words(data: bytes) -> None:
    began = time.perf_counter()
    with pytest.raises(UnreadableError) as refused:
        decode(data, "hostile")
    assert refused.value.message
    assert refused.value.hint
    assert time.perf_counter() - began < 5


@settings(max_examples=200)
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"WEBVTT\n\n", b"<ANNOTATION_DOCUMENT>", b"start_s,end_s,text\n"])
)
def test_no_bytes_end_in_anything_but_an_answer(data: bytes, head: bytes) -> None:
    with suppress(UnreadableError):
        assert decode(head + data, "any")


@pytest.fixture
def kuager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    import json

    from kuager.faces.cli import main

    monkeypatch.setenv("KUAGER_HOME", str(tmp_path / "home"))

    def run(*words: str, code: int = 0) -> Any:
        assert main([*words, "--json"]) == code
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A second of sound."""
    import wave

    with wave.open(str(tmp_path / "IMG_20111216_1130.wav"), "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        out.writeframes(b"\0\1" * 8000)
    return tmp_path / "IMG_20111216_1130.wav"


def test_from_a_file_into_a_case_and_out_again(kuager: Any, tmp_path: Path, film: Path) -> None:
    case = str(tmp_path / "case")
    kuager("new", case)
    item = kuager("-C", case, "add", str(film))["items"][0]["id"]
    (tmp_path / "in.csv").write_text(
        "start_s,end_s,text,found,obscured,tags,subjects\n"
        "0.1,0.5,shouting,yes,,voice;crowd,man A\n0.2,0.9,a siren,no,wind,,\n"
    )
    assert kuager("-C", case, "observe", item, "--from", str(tmp_path / "in.csv"))["written"] == 2
    again = kuager("-C", case, "observe", item, "--from", str(tmp_path / "in.csv"))
    assert (again["written"], again["same"]) == (0, 2)
    # what is seen in a recording that stays, stays
    for form in FORMS:
        refused = kuager("-C", case, "export", str(tmp_path / f"out.{form}"), "--as", form, "--of", item, code=4)
        assert item in refused["error"]["message"]
        assert not (tmp_path / f"out.{form}").exists()
    kuager("-C", case, "clear", item, "--because", "x")
    checks = "window,reflections,voices,faces,documents,details"
    kuager("-C", case, "sign", item, "--checked", checks, "--by", "A.")
    for form in FORMS:
        done = kuager("-C", case, "export", str(tmp_path / f"out.{form}"), "--as", form, "--of", item)
        assert done["observations"] == 2
        data = (tmp_path / f"out.{form}").read_bytes()
        assert b"IMG_2011" not in data
        came = decode(data, form)
        assert [(each.text, each.found, each.obscured) for each in came] == [
            ("shouting", True, None),
            ("a siren", False, "wind"),
        ]
        assert (came[0].tags, came[0].subjects) == (("crowd", "voice"), ("man A",))
        back = kuager("-C", case, "observe", item, "--from", str(tmp_path / f"out.{form}"))
        assert (back["written"], back["same"]) == (0, 2)
    assert kuager("-C", case, "export", str(tmp_path / "out.csv"), "--as", "csv", "--of", item, code=2)


def test_a_changed_row_replaces_its_observation(kuager: Any, tmp_path: Path, film: Path) -> None:
    case = str(tmp_path / "case")
    kuager("new", case)
    item = kuager("-C", case, "add", str(film))["items"][0]["id"]
    first = kuager("-C", case, "observe", item, "0.1-0.5", "a shot")["id"]
    (tmp_path / "in.csv").write_text(f"id,start_s,end_s,text\n{first},0.1,0.5,a bang\nzzzzzzzzzz,0.6,0.7,another\n")
    done = kuager("-C", case, "observe", item, "--from", str(tmp_path / "in.csv"))
    assert [each["text"] for each in done["observations"]] == ["a bang", "another"]
    assert done["observations"][0]["id"] == first
    assert done["observations"][1]["id"] != "zzzzzzzzzz"


def test_a_protected_string_stops_a_list_too(kuager: Any, tmp_path: Path, film: Path) -> None:
    case = str(tmp_path / "case")
    kuager("new", case)
    item = kuager("-C", case, "add", str(film), "--public")["items"][0]["id"]
    (tmp_path / "names.txt").write_text("the baker's daughter\n")
    (handle,) = kuager("-C", case, "protect", "--from", str(tmp_path / "names.txt"))["protected"]
    kuager("-C", case, "observe", item, "0.1", "x", "--tag", "the baker's daughter")
    for form in FORMS:
        refused = kuager("-C", case, "export", str(tmp_path / f"out.{form}"), "--as", form, "--of", item, code=4)
        assert handle in refused["error"]["message"]
        assert "baker" not in refused["error"]["message"]
        assert not (tmp_path / f"out.{form}").exists()


def test_the_file_and_the_words_exclude_each_other(kuager: Any, tmp_path: Path, film: Path) -> None:
    case = str(tmp_path / "case")
    kuager("new", case)
    item = kuager("-C", case, "add", str(film))["items"][0]["id"]
    for words in ((), ("0.1",), ("0.1", "x", "--from", str(film)), ("--from", str(film), "--tag", "x")):
        assert kuager("-C", case, "observe", item, *words, code=2)
    with pytest.raises(KuagerError):
        decode(b"x", "x")
