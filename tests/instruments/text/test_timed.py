"""Timed text in its four forms, its seconds, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuager.errors import KuagerError
from kuager.instruments.text.timed import Line, parse, timed

VTT = """WEBVTT

1
00:00:01.000 --> 00:00:03.500 line:0
<v Asel>They were shooting,

00:01:02.250 --> 00:01:04.000
<v Asel>I saw <b>three</b> bodies.
"""
SRT = (
    "1\r\n00:00:01,000 --> 00:00:03,500\r\nThey were shooting,\r\n\r\n"
    "2\r\n00:01:02,250 --> 00:01:04,000\r\nI saw it.\r\n"
)
CSV = 'start,end,speaker,text\n1.0,3.5,Asel,"They were shooting, there"\n62.25,64,Asel,I saw it.\n'
EAF = """<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="1000"/>
<TIME_SLOT TIME_SLOT_ID="ts2" TIME_VALUE="3500"/></TIME_ORDER><TIER TIER_ID="t" PARTICIPANT="Asel"><ANNOTATION>
<ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2">
<ANNOTATION_VALUE>They were shooting</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
</ANNOTATION_DOCUMENT>"""


@pytest.mark.parametrize(("text", "name"), [(VTT, "a.vtt"), (SRT, "a.srt"), (CSV, "a.csv"), (EAF, "a.eaf")])
def test_forms(text: str, name: str) -> None:
    lines = parse(text.encode(), name)
    assert (lines[0].start_s, lines[0].end_s) == (1.0, 3.5)
    assert lines[0].text.startswith("They were shooting")
    assert lines[0].speaker == (None if name == "a.srt" else "Asel")


def test_statements_keep_their_second() -> None:
    whole = timed(
        [
            Line(1.0, 3.0, "The square was full."),
            Line(8.0, 9.0, "A nurse said that 23 people"),
            Line(9.5, 11.0, "were killed that day."),
        ]
    )
    reading = whole.read()
    (said,) = [s for s in reading.statements if s.speaker]
    assert whole.second(said.span.start) == 8.0
    (count,) = [c for c in reading.claims if c.type == "casualty_count"]
    assert (count.lower, count.upper) == (23, 23)


def test_entities_are_refused() -> None:
    bomb = EAF.replace("<ANNOTATION_DOCUMENT>", '<!DOCTYPE x [<!ENTITY a "aaaa">]><ANNOTATION_DOCUMENT>')
    with pytest.raises(KuagerError, match="entities"):
        parse(bomb.encode(), "a.eaf")


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"words", b"WEBVTT\n\nnothing", b"start,end\n1,2\n"])
def test_refusals(data: bytes) -> None:
    with pytest.raises(KuagerError):
        parse(data, "a.csv")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([VTT, SRT, CSV, EAF]), st.integers(0, 400), st.integers(0, 60), st.text(max_size=12))
def test_damage_is_refused_or_read(text: str, at: int, cut: int, put: str) -> None:
    damaged = text[:at] + put + text[at + cut :]
    try:
        lines = parse(damaged.encode("utf-8", "surrogatepass"), "a.csv")
    except KuagerError:
        return
    assert all(0 <= line.start_s <= line.end_s for line in lines)
