"""Text that must not stand on a command line, where a shell and a process list would keep it: from a file or a pipe."""

from __future__ import annotations

import sys
from pathlib import Path

from kuager.errors import UnreadableError


def read_text(file: Path, most: int) -> str:
    """All of a file (``-``: standard input) as UTF-8 text. Raises UnreadableError where it holds over ``most`` bytes:
    what lay beyond would be left out without a word."""
    try:
        if str(file) == "-":
            data = sys.stdin.buffer.read(most + 1) if hasattr(sys.stdin, "buffer") else sys.stdin.read().encode()
        else:
            with file.open("rb") as source:
                data = source.read(most + 1)
        if len(data) > most:
            raise UnreadableError(f"{file} is larger than {most} bytes.", "Split it.")
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        # The reason could hold part of what was read: it stays out of the message.
        raise UnreadableError(f"{file} cannot be read as UTF-8 text.", "Give a readable text file.") from None


def read_lines(file: Path, most: int) -> list[str]:
    """The same, line by line, without empty ones."""
    return [line.strip() for line in read_text(file, most).splitlines() if line.strip()]
