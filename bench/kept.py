"""Work that takes long to make is kept between runs: the same seed and the same drill make the same scene."""

from __future__ import annotations

import ast
import hashlib
import inspect
import pickle
import shutil
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MAKERS = ("bench.", "kuager.drill.")
"""Modules whose text decides what a seed makes."""
MADE = "made.pickle"

Prepare = Callable[[int, Path, bool], Any]


def kept(prepare: Prepare, seed: int, quick: bool, shelf: Path) -> Any:
    """What ``prepare`` makes from the seed, made once on ``shelf`` and found there by the next run.

    A change to ``prepare`` itself, or to any module of the bench or the drill that it comes to import, makes it anew.
    What is kept holds the paths of its files, so a shelf is not moved.
    """
    place = shelf / prepare.__name__ / f"{seed}{'-quick' if quick else ''}-{digest(prepare)}"
    if (place / MADE).is_file():
        return pickle.loads((place / MADE).read_bytes())
    shutil.rmtree(place, ignore_errors=True)
    (place / "work").mkdir(parents=True)
    made = prepare(seed, place / "work", quick)
    part = place / f"{MADE}.part"
    part.write_bytes(pickle.dumps(made))
    part.rename(place / MADE)
    return made


def digest(prepare: Prepare) -> str:
    """Twelve hex digits over the text of all that makes the work."""
    own = textwrap.dedent(inspect.getsource(prepare))
    texts, left = {"": own}, list(_imported(own))
    while left:
        name = left.pop()
        path = ROOT.joinpath("src" if name.startswith("kuager") else "", *name.split(".")).with_suffix(".py")
        if name in texts or not path.is_file():
            continue
        texts[name] = path.read_text("utf-8")
        left += _imported(texts[name])
    return hashlib.sha256("\0".join(texts[name] for name in sorted(texts)).encode()).hexdigest()[:12]


def _imported(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module and f"{node.module}.".startswith(MAKERS):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
