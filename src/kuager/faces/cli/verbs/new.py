"""``kuager new``: makes a case."""

from __future__ import annotations

from pathlib import Path

import click

from kuager.faces.cli.case import checkpoint_json
from kuager.faces.cli.output import emit, json_option, say


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", help="What the case is called.")
@click.option("--restricted", is_flag=True, help="Encrypt every object and payload from the first byte.")
@json_option
def command(folder: Path, title: str | None, restricted: bool, as_json: bool) -> int:
    """Makes a case in DIR and signs its first checkpoint."""
    from kuager.record.case import Case
    from kuager.record.home import Home

    home = Home()
    with Case.create(folder, home.signer(), title, restricted, home.identities()) as case:
        home.keep(case.origin, case.checkpoint)
        origin, checkpoint = case.origin, checkpoint_json(case.checkpoint)
    if as_json:
        emit({"case": str(folder), "origin": origin, "checkpoint": checkpoint})
        return 0
    say(f"Made the case {folder}.")
    say(f"Your keys are in {home.path}: keep a copy elsewhere; without them restricted material stays closed.")
    say(f"Next: kuager -C {folder} add FILE…")
    return 0
