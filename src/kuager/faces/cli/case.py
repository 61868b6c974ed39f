"""What the verbs on a case share: finding the case, opening it, and saying where its log stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kuager.errors import UsageError

if TYPE_CHECKING:
    from kuager.record import Case


def case_folder(ctx: click.Context) -> Path:
    """The folder given with ``-C``, else the nearest one upward that holds a ``case.toml``."""
    given: Path | None = ctx.find_root().obj
    if given is not None:
        if not (given / "case.toml").is_file():
            raise UsageError(f"There is no case in {given}.", f"Make one with: kuager new {given}")
        return given
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "case.toml").is_file():
            return folder
    raise UsageError("There is no case here.", "Give it with -C CASE, or make one with: kuager new DIR")


def open_case(ctx: click.Context, *, to_write: bool = True) -> Case:
    """Opens the case; with the person's own key when it is to be written to."""
    from kuager.record import Case, Home

    folder = case_folder(ctx)
    home = Home()
    return Case.open(folder, home.signer() if to_write else None, home=home)


def checkpoint_json(case: Case) -> dict[str, Any]:
    """The newest checkpoint as the interface shows it."""
    checkpoint = case.checkpoint
    return {
        "size": checkpoint.checkpoint.size,
        "root": checkpoint.checkpoint.root.hex(),
        "note": checkpoint.note_bytes.decode(),
    }


def one_line(text: str) -> str:
    """Text of unknown origin made fit for a terminal: controls and direction marks are shown, not obeyed."""
    return "".join(mark if mark.isprintable() else f"\\u{ord(mark):04x}" for mark in text)
