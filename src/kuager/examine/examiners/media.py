"""What a recording holds: streams, duration, frames; stills, covered by default, and a waveform for showing."""

from __future__ import annotations

from typing import Any

import msgspec

from kuager.examine.result import Made, Result
from kuager.examine.task import Limits, Settings
from kuager.finding import Finding, Span
from kuager.instruments import media

_NOT_RECORDINGS = ("image/svg+xml",)


class MediaExaminer:
    """Settings: ``thumbnails`` (how many, 6), ``thumbnail_width`` (pixels, 320), ``buckets`` of the waveform (1000)."""

    name = "media"
    version = "1"
    limits = Limits(wall_s=900.0, memory_bytes=4 << 30)

    def takes(self, media_type: str) -> bool:
        return media_type.startswith(("audio/", "video/", "image/")) and media_type not in _NOT_RECORDINGS

    def examine(self, path: str, settings: Settings) -> Result:
        probe = media.probe(path)
        facts: dict[str, Any] = {
            "format": probe.format,
            "duration_s": probe.duration_s,
            "zero_s": probe.zero_s,
            "still": probe.still,
            "has_picture": probe.has_picture,
            "has_sound": probe.has_sound,
            "streams": [_stream(stream) for stream in probe.streams],
            "frames": media.frame_count(path) if probe.has_picture else None,
        }
        findings = [_streams_finding(probe)]
        made: list[Made] = []
        if probe.has_picture:
            made += _stills(path, probe, settings)
        if probe.has_sound:
            wave = media.waveform(path, int(settings.get("buckets", 1000)))
            made.append(Made("waveform.json", "application/json", _waveform(wave)))
            facts["sound_delay_sd_s"] = wave.delay_sd_s
            findings += [_gap(start_s, end_s) for start_s, end_s in wave.gaps]
        return Result(facts, tuple(findings), tuple(made))


def _stream(stream: media.Stream) -> dict[str, Any]:
    return {
        "kind": stream.kind,
        "codec": stream.codec,
        "duration_s": stream.duration_s,
        "frames": stream.frames,
        "rate": stream.rate,
        "time_base": None if stream.time_base is None else str(stream.time_base),
        "start_s": stream.start_s,
        "width": stream.width,
        "height": stream.height,
        "channels": stream.channels,
        "cover": stream.cover,
    }


def _streams_finding(probe: media.Probe) -> Finding:
    kinds = [stream.kind for stream in probe.streams if not stream.cover]
    return Finding(
        what="streams",
        value={kind: kinds.count(kind) for kind in sorted(set(kinds))},
        grade="recorded",
        meaning="The streams that the file declares, counted by kind.",
        limits="A container can declare a stream that holds nothing.",
    )


def _gap(start_s: float, end_s: float) -> Finding:
    return Finding(
        what="sound_gap",
        value=round(end_s - start_s, 3),
        where=Span(round(start_s, 3), round(end_s, 3)),
        grade="recorded",
        meaning="For these seconds the timestamps leave no sound between one packet and the next.",
        harmless=("a recorder that lost packets", "a pause in recording", "a cut made without re-encoding"),
        limits="Gaps shorter than 15 ms are not told.",
    )


def _stills(path: str, probe: media.Probe, settings: Settings) -> list[Made]:
    width = int(settings.get("thumbnail_width", 320))
    wanted = int(settings.get("thumbnails", 6))
    length_s = 0.0 if probe.still else (probe.duration_s or 0.0)
    times_s = [0.0] if not length_s else [length_s * k / wanted for k in range(wanted)]
    made: list[Made] = []
    for time_s in times_s:
        try:
            content = media.thumbnail(path, time_s, width)
        except media.NothingShown:
            continue  # sound may outlast the picture
        made.append(Made(f"still-{time_s:09.3f}.jpg", "image/jpeg", content, covered=True))
    return made


def _waveform(wave: media.Waveform) -> bytes:
    """JSON: start_s, bucket_s, low and high in 127ths of full scale."""
    return msgspec.json.encode(
        {
            "start_s": wave.start_s,
            "bucket_s": wave.bucket_s,
            "low": [max(-127, round(float(one) * 127)) for one in wave.low],
            "high": [min(127, round(float(one) * 127)) for one in wave.high],
        }
    )
