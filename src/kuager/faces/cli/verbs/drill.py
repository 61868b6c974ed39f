"""``kuager drill``: makes a synthetic case with known truth."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kuager.faces.cli.output import emit, json_option, note, say


@click.command("drill")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same drill.")
@click.option("--recordings", default=6, show_default=True, help="Recordings of the event.")
@click.option("--seconds", default=60.0, show_default=True, help="Length of each recording.")
@click.option("--copies", type=int, help="Re-uploads; by default one of each kind, more with many recordings.")
@click.option("--unrelated", type=int, help="Recordings of other places; by default one for every six.")
@json_option
def command(
    folder: Path, seed: int, recordings: int, seconds: float, copies: int | None, unrelated: int | None, as_json: bool
) -> int:
    """Makes a drill in DIR: recordings, re-uploads, pages and lists of an invented event, with truth.json."""
    from kuager.drill import generate

    def progress(done: int, total: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{done} of {total} files", nl=done == total, err=True)

    made = generate(folder, seed, recordings, seconds, copies=copies, unrelated=unrelated, progress=progress).truth
    own = [one for one in made["recordings"] if one["event"]]
    if as_json:
        emit(
            {
                "folder": str(folder),
                "truth": str(folder / "truth.json"),
                "seed": seed,
                "recordings": [one["path"] for one in own],
                "unrelated": [one["path"] for one in made["recordings"] if not one["event"]],
                "copies": [one["path"] for one in made["copies"]],
                "pages": [one["path"] for one in made["pages"]],
                "lists": [one["path"] for one in made["lists"]],
                "failed": [],
            }
        )
        return 0
    copied, written = len(made["copies"]), len(made["pages"])
    say(f"Made a drill in {folder}: {len(own)} recordings, {copied} re-uploads, {written} pages.")
    say("Everything in it is invented and marked DRILL. What really happened stands in truth.json.")
    note(f"Next: kuager sync {folder}/recordings/*")
    return 0
