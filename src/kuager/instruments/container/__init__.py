"""What a file's container says about its making: boxes, metadata, the software that wrote it."""

from kuager.instruments.container.inspect import Container, file_digest, inspect_container
from kuager.instruments.container.metadata import Claim, Metadata
from kuager.instruments.container.writer import REWRITTEN, Writer

__all__ = ["REWRITTEN", "Claim", "Container", "Metadata", "Writer", "file_digest", "inspect_container"]
