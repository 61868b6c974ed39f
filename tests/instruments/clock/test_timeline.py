"""What editors and annotators open: every clip in its place."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kuager.errors import UsageError
from kuager.instruments.clock import ClockGroup, Placed, Synchronisation
from kuager.instruments.clock.timeline import csv_text, elan_text, write_timeline

GROUP = ClockGroup(
    (
        Placed("a.mp4", 0.0, 0.0, 0.0, 60.0),
        Placed("b & c.mp4", 12.3456, 0.002, -31.2, 30.0),
        Placed("d.mp4", 70.0, 0.1, None, 5.0),
    ),
    0.25,
)
ALONE = ClockGroup((Placed("=evil.mp4", 0.0, 0.0, 0.0, 9.0),), None)
CLOCK = Synchronisation((GROUP, ALONE), (), ())


def test_table() -> None:
    rows = list(csv.DictReader(io.StringIO(csv_text(CLOCK))))
    assert [(row["group"], row["recording"], float(row["offset_s"])) for row in rows] == [
        ("1", "a.mp4", 0.0), ("1", "b & c.mp4", 12.3456), ("1", "d.mp4", 70.0), ("2", "'=evil.mp4", 0.0)
    ]  # fmt: skip
    assert rows[2]["drift_ppm"] == ""
    assert rows[3]["picture_bound_s"] == ""


def test_elan() -> None:
    root = ElementTree.fromstring(elan_text(GROUP).encode())
    media = root.findall("HEADER/MEDIA_DESCRIPTOR")
    # ELAN's zero is the latest start: each medium begins that far inside itself.
    assert [int(one.attrib["TIME_ORIGIN"]) for one in media] == [70000, 57654, 0]
    assert media[1].attrib["MEDIA_URL"].endswith("/b%20%26%20c.mp4")
    assert all(one.attrib["MEDIA_URL"].startswith("file:///") for one in media)
    slots = {one.attrib["TIME_SLOT_ID"]: int(one.attrib["TIME_VALUE"]) for one in root.iter("TIME_SLOT")}
    spans = [
        (slots[one.attrib["TIME_SLOT_REF1"]], slots[one.attrib["TIME_SLOT_REF2"]])
        for one in root.iter("ALIGNABLE_ANNOTATION")
    ]
    assert spans == [(0, 5000)]
    assert root.find("HEADER/PROPERTY").text == "70.000000"  # type: ignore[union-attr]


def test_opentimelineio(tmp_path: Path) -> None:
    otio = pytest.importorskip("opentimelineio")
    write_timeline(CLOCK, tmp_path / "out.otio", ".otio")
    timeline = otio.adapters.read_from_file(str(tmp_path / "out.otio"))
    places = {}
    for track in timeline.tracks:
        for clip in track.find_clips():
            span = track.range_of_child(clip)
            places[clip.name] = [span.start_time.to_seconds(), span.duration.to_seconds()]
            assert clip.media_reference.target_url.startswith("file:///")
    assert places["a.mp4"] == pytest.approx([0.0, 60.0])
    assert places["b & c.mp4"] == pytest.approx([12.3456, 30.0])
    assert places["d.mp4"] == pytest.approx([70.0, 5.0])


def test_fcpxml(tmp_path: Path) -> None:
    pytest.importorskip("otio_fcpx_xml_adapter")
    write_timeline(CLOCK, tmp_path / "out.fcpxml", ".fcpxml")
    root = ElementTree.parse(tmp_path / "out.fcpxml").getroot()
    assert root.tag == "fcpxml"
    assert {"a.mp4", "b & c.mp4", "d.mp4"} <= {one.attrib.get("name") for one in root.iter()}


def test_nothing_together_is_no_timeline(tmp_path: Path) -> None:
    pytest.importorskip("opentimelineio")
    with pytest.raises(UsageError, match="No two recordings"):
        write_timeline(Synchronisation((ALONE,), (), ()), tmp_path / "out.otio", ".otio")
