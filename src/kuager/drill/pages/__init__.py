"""News pages of the fictional town, with the truth about every statement in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def write_pages(folder: Path, seed: int) -> dict[str, Any]:
    return {"pages": [], "lists": [], "outage": None}
