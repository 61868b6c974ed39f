"""What the verbs on a case share: finding the case, opening it, and saying where its log stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kuager.errors import UsageError

if TYPE_CHECKING:
    from kuager.record.case import Case


def case_folder(ctx: click.Context) -> Path:
    """The folder given with ``-C``, else the nearest one upward that holds a ``case.toml``."""
    from kuager.record.case import SETTINGS, find

    given: Path | None = ctx.find_root().obj
    if given is None:
        return find(Path.cwd())
    if not (given / SETTINGS).is_file():
        raise UsageError(f"There is no case in {given}.", f"Make one with: kuager new {given}")
    return given


def open_case(ctx: click.Context, *, to_write: bool = True) -> Case:
    """Opens the case, with the person's own key when it is to be written to; closes it when the verb ends.

    The checkpoint at which a writer leaves a case is kept as a receipt in the person's own folder.
    """
    from kuager.record.case import Case
    from kuager.record.home import Home

    folder, home = case_folder(ctx), Home()
    case = Case.open(folder, home.signer() if to_write else None, home.identities())
    ctx.call_on_close(case.close)
    if to_write:
        ctx.call_on_close(lambda: home.keep(case.origin, case.checkpoint))
    return case


def checkpoint_json(note: bytes) -> dict[str, Any]:
    """A checkpoint as the interface shows it."""
    from kuager.record import checkpoint

    read = checkpoint.parse(note).checkpoint
    return {"size": read.size, "root": read.root.hex(), "note": note.decode()}


def one_line(text: str) -> str:
    """Text of unknown origin made fit for a terminal: controls and direction marks are shown, not obeyed."""
    return "".join(mark if mark.isprintable() else f"\\u{ord(mark):04x}" for mark in text)
