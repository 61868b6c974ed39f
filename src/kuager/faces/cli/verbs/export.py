"""``kuager export``: packs what may leave, with what checks it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kuager.errors import UsageError
from kuager.faces.cli.case import checkpoint_json, open_case
from kuager.faces.cli.output import emit, json_option, note, say
from kuager.faces.cli.waiting import say_held

if TYPE_CHECKING:
    from kuager.record.case import Case


@click.command("export")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "form",
    type=click.Choice(["bag", "csv", "eaf", "vtt", "events", "places"]),
    required=True,
    help="A BagIt 1.0 bag (RFC 8493) of everything; the observations of one recording as CSV, ELAN's EAF or WebVTT; "
    "events or places as CSV.",
)
@click.option("--of", "item", metavar="RECORDING", help="Whose observations.")
@json_option
@click.pass_context
def command(ctx: click.Context, out: Path, form: str, item: str | None, as_json: bool) -> int:
    """Packs what may leave into the folder OUT, with a program inside that checks it without Kuager.

    Or writes what people observed in one recording to the file OUT, for other programs: names are masked, and nothing
    is written of a recording that stays. Read such a file with: kuager observe RECORDING --from FILE
    """
    from kuager.release import derive, export_bag

    if (form in ("csv", "eaf", "vtt")) != (item is not None):
        raise UsageError("--of RECORDING goes with csv, eaf and vtt, and they with it.", "See: kuager export --help")
    case = open_case(ctx)
    if form != "bag":
        return _listing(case, out, form, item, as_json)
    derive(case)
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


def _listing(case: Case, out: Path, form: str, item: str | None, as_json: bool) -> int:
    from kuager.release.listing import export_observations, export_table

    what: Literal["events", "places"] = "events" if form == "events" else "places"
    listed = export_observations(case, out, form, item) if item is not None else export_table(case, out, what)
    kind = what if item is None else "observations"
    if listed.closed:
        note(f"{listed.closed} restricted entries open with no key at hand: what they protect was not searched for.")
    if as_json:
        checkpoint = checkpoint_json(case.checkpoint)
        emit({"path": str(out), "checkpoint": checkpoint, "entry": listed.entry, kind: listed.count})
    else:
        say(f"Wrote {listed.count} {kind} to {out}.")
    return 0
