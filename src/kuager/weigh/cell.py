"""Cells of the CSV tables that leave and come back: no formulas, and several words in one cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def joined(words: Sequence[str]) -> str:
    """Words in one cell: a row of its own, apart by semicolons."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow(words)
    return out.getvalue().removesuffix("\r\n") if words else ""


def parted(cell: str, strict: bool = True) -> list[str]:
    """The words that ``joined`` put into a cell; raises ``csv.Error`` for a cell that is none, if ``strict``."""
    return next(csv.reader(io.StringIO(cell, newline=""), delimiter=";", strict=strict), [])


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, "CSV injection")."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def plain_cell(cell: str | None) -> str:
    """What ``safe_cell`` wrote, as it was."""
    text = cell or ""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
