"""``kuager export``: packs what may leave, with what checks it."""

from __future__ import annotations

from pathlib import Path

import click

from kuager.faces.cli.case import checkpoint_json, open_case
from kuager.faces.cli.output import emit, json_option, note, say
from kuager.faces.cli.waiting import say_held


@click.command("export")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--as", "form", type=click.Choice(["bag"]), required=True, help="A BagIt 1.0 bag (RFC 8493).")
@json_option
@click.pass_context
def command(ctx: click.Context, out: Path, form: str, as_json: bool) -> int:
    """Packs what may leave into OUT, with a program inside that checks it without Kuager."""
    from kuager.release import export_bag

    case = open_case(ctx)
    done = export_bag(case, out)
    if done.closed:
        note(f"{done.closed} restricted entries open with no key at hand: what they protect was not searched for.")
    if as_json:
        emit({"path": str(out), "checkpoint": checkpoint_json(case.checkpoint), "entry": done.entry})
        return 0
    say(f"Exported {done.items} items to {out}; {len(done.held)} stay in the case.")
    say_held(done.held)
    say(f"Anyone can check it: python3 {out / 'verify.py'} {out}")
    return 0
