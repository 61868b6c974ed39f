"""The clock written for the tools editors and annotators use: CSV, ELAN, OpenTimelineIO and FCPXML.

Text in, text out: nothing here opens a recording. Offsets are the sound's; no order of pictures inside the bound
follows.
ELAN's format: EAF 3.0 schema (Max Planck Institute for Psycholinguistics). OTIO: Academy Software Foundation.
"""

from __future__ import annotations

import csv
import io
import mimetypes
import os
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from kuager.errors import UsageError, missing_part
from kuager.instruments.clock.result import ClockGroup, Placed, Synchronisation

FRAMES_PER_SECOND = 25.0
"""Rate of exported timelines; places between frames are kept as fractions where the format allows it."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(clock: Synchronisation) -> str:
    """One row for each recording: group, path, offset, its sd, drift, duration, picture bound."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["group", "recording", "offset_s", "offset_sd_s", "drift_ppm", "duration_s", "picture_bound_s"])
    for number, group in enumerate(clock.groups, 1):
        for one in group.recordings:
            writer.writerow([
                number, _plain(one.name), f"{one.offset_s:.6f}", f"{one.offset_sd_s:.6f}",
                "" if one.drift_ppm is None else f"{one.drift_ppm:.1f}", f"{one.duration_s:.3f}",
                "" if group.picture_bound_s is None else f"{group.picture_bound_s:.3f}",
            ])  # fmt: skip
    return out.getvalue()


def elan_text(group: ClockGroup, title: str = "kuager sync") -> str:
    """An ELAN document whose media play together; a tier marks each recording's span.

    ELAN starts every medium inside itself, so the document's zero is the latest start in the group: what lies before it
    is not reachable in ELAN, and the tier says on which second of the group's clock the zero lies.
    """
    zero = max(one.offset_s for one in group.recordings)
    root = ElementTree.Element(
        "ANNOTATION_DOCUMENT",
        {
            "AUTHOR": title, "DATE": "1970-01-01T00:00:00+00:00", "FORMAT": "3.0", "VERSION": "3.0",
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:noNamespaceSchemaLocation": "http://www.mpi.nl/tools/elan/EAFv3.0.xsd",
        },
    )  # fmt: skip
    header = ElementTree.SubElement(root, "HEADER", {"MEDIA_FILE": "", "TIME_UNITS": "milliseconds"})
    for one in group.recordings:
        url = _url(one.name)
        kind = mimetypes.guess_type(one.name)[0] or "video/mp4"
        origin = str(round((zero - one.offset_s) * 1000))
        ElementTree.SubElement(header, "MEDIA_DESCRIPTOR", {"MEDIA_URL": url, "MIME_TYPE": kind, "TIME_ORIGIN": origin})
    ElementTree.SubElement(header, "PROPERTY", {"NAME": "kuager:zero_on_group_clock_s"}).text = f"{zero:.6f}"
    spans = [(one, max(0, round((one.offset_s - zero) * 1000)), _ends_ms(one, zero)) for one in group.recordings]
    spans = [span for span in spans if span[2] > span[1]]
    order = ElementTree.SubElement(root, "TIME_ORDER")
    for place, (_, start, end) in enumerate(spans):
        for slot, value in ((2 * place + 1, start), (2 * place + 2, end)):
            ElementTree.SubElement(order, "TIME_SLOT", {"TIME_SLOT_ID": f"ts{slot}", "TIME_VALUE": str(value)})
    for place, (one, _, _) in enumerate(spans):
        tier = ElementTree.SubElement(root, "TIER", {"TIER_ID": _tier(place, one), "LINGUISTIC_TYPE_REF": "recording"})
        ids = {
            "ANNOTATION_ID": f"a{place + 1}",
            "TIME_SLOT_REF1": f"ts{2 * place + 1}", "TIME_SLOT_REF2": f"ts{2 * place + 2}",
        }  # fmt: skip
        annotation = ElementTree.SubElement(ElementTree.SubElement(tier, "ANNOTATION"), "ALIGNABLE_ANNOTATION", ids)
        words = f"zero at {one.offset_s:.3f} s ± {one.offset_sd_s:.3f} s on the group's clock"
        ElementTree.SubElement(annotation, "ANNOTATION_VALUE").text = words
    ElementTree.SubElement(
        root, "LINGUISTIC_TYPE",
        {"LINGUISTIC_TYPE_ID": "recording", "TIME_ALIGNABLE": "true", "GRAPHIC_REFERENCES": "false"},
    )  # fmt: skip
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def write_timeline(clock: Synchronisation, out: Path, suffix: str) -> None:
    """Writes OpenTimelineIO (suffix ``.otio``) or FCPXML (``.fcpxml``): a track a recording, a timeline a group.

    With one group of several recordings the file is its timeline, else a collection. Raises MissingPartError without
    the packages, UsageError where nothing is on a common clock.
    """
    try:
        import opentimelineio as otio
    except ImportError:
        raise missing_part("opentimelineio", "editors") from None
    together = [group for group in clock.groups if len(group.recordings) > 1]
    if not together:
        raise UsageError(
            "No two recordings are on one clock: there is no timeline to write.", "Set a pin, or use --csv."
        )
    timelines = [_timeline(otio, group, f"clock {number}") for number, group in enumerate(together, 1)]
    content = timelines[0] if len(timelines) == 1 else otio.schema.SerializableCollection("clocks", timelines)
    if suffix == ".fcpxml":
        _round(otio, timelines)
        if "fcpx_xml" not in otio.adapters.available_adapter_names():
            raise missing_part("otio-fcpx-xml-adapter", "editors")
        out.write_text(otio.adapters.write_to_string(content, "fcpx_xml"), encoding="utf-8")
        return
    out.write_text(otio.adapters.write_to_string(content, "otio_json"), encoding="utf-8")


def _timeline(otio: Any, group: ClockGroup, name: str) -> Any:
    timeline = otio.schema.Timeline(name)
    bound = "unknown" if group.picture_bound_s is None else f"{group.picture_bound_s:.3f}"
    timeline.metadata["kuager"] = {
        "picture_bound_s": bound,
        "aligned": "by sound; no order of pictures inside the bound",
    }
    for one in group.recordings:
        track = otio.schema.Track(Path(one.name).name, kind=otio.schema.TrackKind.Video)
        if one.offset_s > 0:
            track.append(otio.schema.Gap(source_range=_range(otio, 0.0, one.offset_s)))
        whole = _range(otio, 0.0, one.duration_s)
        medium = otio.schema.ExternalReference(_url(one.name), whole)
        clip = otio.schema.Clip(Path(one.name).name, medium, whole)
        clip.metadata["kuager"] = {
            "offset_s": f"{one.offset_s:.6f}", "offset_sd_s": f"{one.offset_sd_s:.6f}",
            "drift_ppm": "unknown" if one.drift_ppm is None else f"{one.drift_ppm:.1f}",
        }  # fmt: skip
        track.append(clip)
        if not timeline.tracks:
            # FCPXML hangs every clip on the first track: it must last as long as the longest.
            rest = max(other.offset_s + other.duration_s for other in group.recordings) - one.duration_s
            if rest > 0:
                track.append(otio.schema.Gap(source_range=_range(otio, 0.0, rest)))
        timeline.tracks.append(track)
    return timeline


def _range(otio: Any, start_s: float, length_s: float) -> Any:
    rate = FRAMES_PER_SECOND
    return otio.opentime.TimeRange(
        otio.opentime.RationalTime(start_s * rate, rate), otio.opentime.RationalTime(length_s * rate, rate)
    )


def _round(otio: Any, timelines: list[Any]) -> None:
    for timeline in timelines:
        for track in timeline.tracks:
            for item in track:
                item.source_range = _whole(otio, item.source_range)
                if hasattr(item, "media_reference") and item.media_reference.available_range is not None:
                    item.media_reference.available_range = _whole(otio, item.media_reference.available_range)


def _whole(otio: Any, span: Any) -> Any:
    rate = span.duration.rate
    return otio.opentime.TimeRange(
        otio.opentime.RationalTime(round(span.start_time.value), rate),
        otio.opentime.RationalTime(max(round(span.duration.value), 1), rate),
    )


def _url(name: str) -> str:
    return Path(os.path.abspath(name)).as_uri()


def _ends_ms(one: Placed, zero: float) -> int:
    return round((one.offset_s + one.duration_s - zero) * 1000)


def _tier(place: int, one: Placed) -> str:
    return f"{place + 1} {Path(one.name).name}"


def _plain(word: str) -> str:
    """A name that a spreadsheet would take for a formula gets an apostrophe before it."""
    return "'" + word if word.startswith(_FORMULA) else word
