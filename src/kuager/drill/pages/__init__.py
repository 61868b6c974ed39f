"""News pages of the fictional town, with the truth about every statement in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from kuager.drill.pages.facts import facts_of
from kuager.drill.pages.markup import templates
from kuager.drill.pages.tables import write_lists, write_outage
from kuager.drill.pages.writer import as_html, write_page

__all__ = ["write_pages"]


def write_pages(folder: Path, seed: int) -> dict[str, Any]:
    """Writes ``pages/NAME.txt`` and ``.html``, ``lists/*.csv`` and ``outage.csv``; returns their truth."""
    facts = facts_of(seed)
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    (folder / "lists").mkdir(exist_ok=True)
    found = []
    for number, template in enumerate(templates()):
        page = write_page(template, facts, np.random.default_rng((seed, 72, number)))
        text, markup = f"pages/{template.name}.txt", f"pages/{template.name}.html"
        (folder / text).write_text(page.text, encoding="utf-8", newline="\n")
        (folder / markup).write_text(as_html(page), encoding="utf-8", newline="\n")
        found.append({"path": text, "html_path": markup, **page.truth})
    rng = np.random.default_rng((seed, 73))
    return {"pages": found, "lists": write_lists(folder, facts, rng), "outage": write_outage(folder, facts, rng)}
