"""``kuager inspect``: what a file itself tells about its making and its edits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kuager.errors import UnreadableError, UsageError
from kuager.faces.cli.output import emit, json_option, say

if TYPE_CHECKING:
    from kuager.examine import Examiner


@click.command("inspect", short_help="Tell what a file says about its making and its edits.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--trust-list", type=click.Path(path_type=Path), help="PEM file of C2PA trust anchors; none is built in.")
@click.option("--claimed-time", metavar="TIME", help="When it is said to be made (ISO 8601), held against the file.")
@click.option("--claimed-place", metavar="LAT,LON", help="Where it is said to be made.")
@click.option("--claimed-device", metavar="WORDS", help="What it is said to be made with.")
@json_option
def command(
    file: Path,
    trust_list: Path | None,
    claimed_time: str | None,
    claimed_place: str | None,
    claimed_device: str | None,
    as_json: bool,
) -> int:
    """Tells what the file itself says about its making and its edits, each with its grade and harmless explanations."""
    document = inspection(
        file,
        {
            "trust_list": str(trust_list.resolve()) if trust_list else None,
            "claimed_time": claimed_time,
            "claimed_place": _place(claimed_place),
            "claimed_device": claimed_device,
        },
    )
    if as_json:
        emit(document)
    else:
        _tell(document)
    return 0


def inspection(file: Path, settings: dict[str, Any]) -> dict[str, Any]:
    """The document of the interface. Each examiner runs in a bounded worker without network. Raises UnreadableError."""
    from kuager.examine.examiners.container import ContainerExaminer
    from kuager.examine.examiners.edits import EditsExaminer
    from kuager.instruments.container import file_digest
    from kuager.record.media_type import HEAD, sniff

    sha256, size = file_digest(file)
    with file.open("rb") as opened:
        media_type = sniff(opened.read(HEAD), file.name)
    work: list[tuple[Examiner, dict[str, Any]]] = [(ContainerExaminer(), settings)]
    if EditsExaminer().takes(media_type):
        work.append((EditsExaminer(), {}))
    found = _in_workers(work, str(file.resolve()))
    return {
        "file": {"sha256": sha256, "bytes": size, "media_type": media_type},
        "edits": [],
        **{name: value for facts, _ in found for name, value in facts.items()},
        "findings": [finding for _, findings in found for finding in findings],
    }


def _in_workers(
    work: Sequence[tuple[Examiner, dict[str, Any]]], path: str
) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Facts and findings of each examiner, run one after another in a worker."""
    from kuager.examine import Limits, Pool, Result
    from kuager.examine.pool import CallFailed, Quarantined

    found: list[tuple[dict[str, Any], list[dict[str, Any]]]] = []
    most = Limits(max(one.limits.wall_s for one, _ in work), max(one.limits.memory_bytes for one, _ in work))
    with Pool(1, most) as pool:
        for examiner, settings in work:
            try:
                answer = pool.submit(run_examiner, examiner, path, settings).result()
            except (Quarantined, CallFailed) as error:
                raise UnreadableError(
                    f"{Path(path).name} could not be examined: {error}.", "It may be damaged, hostile or too large."
                ) from None
            if "error" in answer:
                raise (UsageError if answer["usage"] else UnreadableError)(*answer["error"])
            result = Result.from_plain(answer)
            found.append((result.facts, [finding.as_json() for finding in result.findings]))
    return found


def run_examiner(examiner: Examiner, path: str, settings: dict[str, Any]) -> dict[str, Any]:
    """In the worker: the examiner's result, or what a person is to read of its error, as plain data."""
    from kuager.errors import KuagerError

    try:
        return examiner.examine(path, settings).as_plain()
    except KuagerError as error:
        return {"error": [error.message, error.hint], "usage": isinstance(error, UsageError)}


def _place(text: str | None) -> list[float] | None:
    if text is None:
        return None
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        raise UsageError(f"{text!r} is no place.", "Give LAT,LON in degrees, for example 43.34,52.86.") from None
    return [latitude, longitude]


def _tell(document: dict[str, Any]) -> None:
    file, container = document["file"], document["container"]
    say(f"{file['media_type']}, {file['bytes']} bytes, SHA-256 {file['sha256']}")
    brands = f" ({', '.join(container['brands'])})" if container["brands"] else ""
    say(f"Container: {container['format']}{brands}, tree {container['tree_sha256'][:16]}…")
    for stream in document["streams"]:
        parts = [stream["codec"] or "unknown codec"]
        parts += [f"{stream['duration_s']:.3f} s"] if stream["duration_s"] is not None else []
        parts += [f"{stream['frames']} frames"] if stream["frames"] else []
        say(f"  {stream['kind']}: {', '.join(parts)}")
    for finding in document["findings"]:
        say(f"\n{finding['what']} [{finding['grade']}]: {finding['meaning']}")
        if finding["harmless"]:
            say(f"  Harmless explanations: {'; '.join(finding['harmless'])}.")
        if finding["limits"]:
            say(f"  Limits: {finding['limits']}")
