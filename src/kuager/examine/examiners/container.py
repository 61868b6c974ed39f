"""What a file's container says about its making: structure, metadata, writer, content credentials."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kuager.errors import MissingPartError, UnreadableError
from kuager.examine.result import Result
from kuager.examine.task import Limits, Settings
from kuager.finding import Finding
from kuager.instruments import media


class ContainerExaminer:
    """Settings: ``trust_list`` (path of a PEM file); what the source says: ``claimed_time``, ``claimed_place`` ([lat,
    lon]) and ``claimed_device`` (words).

    ``facts``: ``container``, ``c2pa``, ``streams`` as ``kuager inspect`` gives them, and every metadata ``claims``.
    """

    name = "container"
    version = "2"
    limits = Limits(wall_s=300.0, memory_bytes=4 << 30)

    def takes(self, media_type: str) -> bool:
        return media_type.startswith(("audio/", "video/", "image/")) and media_type != "image/svg+xml"

    def examine(self, path: str, settings: Settings) -> Result:
        from kuager.instruments import container

        read = container.inspect_container(path)
        manifest, findings = _credentials(path, settings)
        streams, unreadable = _streams(path)
        if unreadable is not None and read.format == "unknown":
            raise unreadable
        findings = [*container.container_findings(read, manifest), *findings]
        place = settings.get("claimed_place")
        claimed = container.Claimed(
            settings.get("claimed_time"), (place[0], place[1]) if place else None, settings.get("claimed_device")
        )
        findings += container.against_claimed(read.metadata, claimed)
        if unreadable is not None:
            findings.append(_unreadable(unreadable))
        facts: dict[str, Any] = {
            "container": read.as_json(),
            "c2pa": (manifest or container.Manifest("none", codes=("kuager.not_examined",))).as_json(),
            "streams": streams,
            "claims": [{"field": one.field, "value": one.value, "place": one.place} for one in read.metadata.claims],
        }
        return Result(facts, tuple(findings))


def _credentials(path: str, settings: Settings) -> tuple[Any, list[Finding]]:
    from kuager.instruments.container import read_manifest

    trust = settings.get("trust_list")
    try:
        return read_manifest(path, Path(trust) if trust else None), []
    except MissingPartError as error:
        finding = Finding(
            "content_credentials", None, "inconclusive", "Content credentials were not examined.", limits=error.hint
        )
        return None, [finding]


def _streams(path: str) -> tuple[list[dict[str, Any]], UnreadableError | None]:
    try:
        probe = media.probe(path)
        counted = media.frame_count(path) if probe.has_picture and not probe.still else None
    except UnreadableError as error:
        return [], error
    return [
        {
            "kind": stream.kind,
            "codec": stream.codec,
            "duration_s": stream.duration_s,
            "frames": stream.frames or (counted if stream.kind == "picture" and not stream.cover else None),
            "rate": stream.rate,
            "time_base": None if stream.time_base is None else str(stream.time_base),
        }
        for stream in probe.streams
    ], None


def _unreadable(error: UnreadableError) -> Finding:
    return Finding(
        "streams",
        None,
        "inconclusive",
        f"No stream could be opened, so sound and pictures were not examined. {error.message}",
        harmless=("a kind of file that is not decoded here", "a file that broke off"),
    )
