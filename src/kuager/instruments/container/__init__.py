"""What a file's container says about its making: boxes, metadata, the software that wrote it."""

from kuager.instruments.container.claimed import Claimed, against_claimed
from kuager.instruments.container.findings import container_findings
from kuager.instruments.container.inspect import Container, file_digest, inspect_container
from kuager.instruments.container.manifest import Manifest, read_manifest
from kuager.instruments.container.metadata import Claim, Metadata
from kuager.instruments.container.writer import REWRITTEN, Writer

__all__ = [
    "REWRITTEN",
    "Claim",
    "Claimed",
    "Container",
    "Manifest",
    "Metadata",
    "Writer",
    "against_claimed",
    "container_findings",
    "file_digest",
    "inspect_container",
    "read_manifest",
]
