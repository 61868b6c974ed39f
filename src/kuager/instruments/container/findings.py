"""The container's findings: what stands in the bytes, what that means, and what else could have put it there."""

from __future__ import annotations

from typing import Any

from kuager.finding import Finding
from kuager.instruments.container.claimed import read_time, times_within
from kuager.instruments.container.inspect import Container
from kuager.instruments.container.manifest import GENERATED, Manifest
from kuager.instruments.container.metadata import Metadata
from kuager.instruments.container.writer import REWRITTEN

_WORDS = "Anyone who can write the file can write this."
_STATES = {
    "trusted": "Valid signature, signer on the list {list}: the signer vouched for these bytes and statements.",
    "valid": "Valid signature of a signer that was looked up on no list or is on none: the bytes are those signed.",
    "invalid": "Content credentials are there and do not verify.",
    "none": "The file holds no content credentials that could be read, which shows nothing.",
    "remote": "The file names content credentials kept elsewhere; they were not fetched.",
}


def container_findings(container: Container, manifest: Manifest | None) -> list[Finding]:
    """Findings of one file. ``manifest`` None: content credentials were not examined."""
    metadata = container.metadata
    found = [_writer(container), *_claims(metadata)]
    if (times := times_within(metadata)) is not None:
        found.append(times)
    found += [_torn(problem) for problem in container.problems]
    if manifest is not None:
        found.append(_credentials(manifest))
    found.append(_generation(metadata, manifest))
    return found


def _writer(container: Container) -> Finding:
    writer = container.writer
    if writer is None:
        return Finding(
            "writer",
            None,
            "inconclusive",
            f"Unknown writer. {REWRITTEN}",
            harmless=("a camera or a phone", "a messenger or a platform that received it", "an editor"),
            limits="Only FFmpeg, MP4Box, exiftool, mkvmerge and what names itself are told; nothing is guessed.",
        )
    return Finding(
        "writer",
        writer.software,
        writer.grade,
        f"The file was last written by {writer.software}, as far as it {writer.basis}. {REWRITTEN}",
        harmless=("a platform or messenger that uses this software", "a conversion so that the file would play"),
        measured_on="remuxes made with the software itself" if writer.grade != "recorded" else None,
        limits="Software that edits in place may leave no mark of its own, and any mark can be forged.",
    )


def _claims(metadata: Metadata) -> list[Finding]:
    found: list[Finding] = []
    if created := metadata.first("created"):
        when = next((read_time(claim) for claim in metadata.claims if claim.field == "created"), None)
        zone = " It names no zone." if when is not None and when.tzinfo is None else ""
        found.append(
            Finding(
                "created",
                str(created),
                "recorded",
                f"The file says that it was made at {created}.{zone}",
                harmless=("a clock that was never set", "the time of a conversion or a download"),
                limits=_WORDS,
            )
        )
    device = {field: value for field in ("make", "model") if (value := metadata.first(field))}
    if device:
        found.append(Finding("device", device, "recorded", "The file names the device that made it.", limits=_WORDS))
    latitude, longitude = metadata.first("latitude"), metadata.first("longitude")
    if latitude is not None and longitude is not None:
        found.append(
            Finding(
                "position",
                {"latitude": latitude, "longitude": longitude},
                "recorded",
                "The file gives the position at which it was made.",
                harmless=("a position kept from an earlier fix", "a position set by hand"),
                limits=_WORDS,
            )
        )
    return found


def _torn(problem: str) -> Finding:
    return Finding(
        "structure",
        problem,
        "recorded",
        f"The structure could not be followed to its end: {problem}.",
        harmless=("a recording that was interrupted", "a download that broke off"),
        limits="A structure that was damaged on purpose looks the same.",
    )


def _credentials(manifest: Manifest) -> Finding:
    value: dict[str, Any] = {"state": manifest.state, "signer": manifest.signer, "trust_list": manifest.trust_list}
    return Finding(
        "content_credentials",
        value,
        "inconclusive" if manifest.state in ("none", "remote") else "recorded",
        _STATES[manifest.state].format(list=manifest.trust_list),
        harmless=("a conversion that changed bytes or dropped the manifest",)
        if manifest.state in ("invalid", "none")
        else (),
        limits="A signature shows who vouched for bytes and words, not that the words are so.",
    )


def _generation(metadata: Metadata, manifest: Manifest | None) -> Finding:
    types = [claim for claim in metadata.claims if claim.field == "digital_source_type"]
    by = [claim.place for claim in types if str(claim.value).rsplit("/", 1)[-1] in GENERATED]
    if manifest is not None and manifest.ai_generated:
        by.insert(0, "content credentials")
    if not by:
        return Finding(
            "declared_generation",
            None,
            "inconclusive",
            "Nothing in the file declares it to be made by a generator; that shows nothing.",
            harmless=("most files declare nothing",),
            limits="Generators need not declare themselves, and rewriting drops declarations.",
        )
    return Finding(
        "declared_generation",
        {"by": by},
        "recorded",
        f"The file declares itself made, or partly made, by a generator (in {', '.join(by)}).",
        harmless=("an editor that marks every file that its tools touched",),
        limits=_WORDS,
    )
