"""``kuager publish``: writes the case page, a static site."""

from __future__ import annotations

from pathlib import Path

import click

from kuager.faces.cli.case import checkpoint_json, one_line, open_case
from kuager.faces.cli.output import emit, json_option, note, say
from kuager.faces.cli.progress import count_bar
from kuager.faces.cli.waiting import say_held


@click.command("publish")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@json_option
@click.pass_context
def command(ctx: click.Context, out: Path, as_json: bool) -> int:
    """Writes the page of the case into the folder OUT: what was added as public, or cleared and waits for nothing else.

    It stops where a protected string stands in what would have left.

    Publishing an unchanged case again gives the same bytes. Whoever opens OUT needs nothing but a browser.
    """
    from kuager.faces.page import publish

    case = open_case(ctx)
    with count_bar("Making ready") as progress:
        done, derived = publish(case, out, progress)
    for item, reason in derived.left_out:
        note(f"nothing of {item} can be shown: {one_line(reason)}")
    if done.closed:
        note(f"{done.closed} restricted entries open with no key at hand: what they protect was not searched for.")
    if as_json:
        held = [{"item": each.item, "waits_for": each.waits_for} for each in done.held]
        emit(
            {
                "path": str(out),
                "checkpoint": checkpoint_json(case.checkpoint),
                "entry": done.entry,
                "new": done.new,
                "held": held,
            }
        )
        return 0
    say(f"Published {out / 'index.html'}.")
    if done.items == 0:
        say(
            "Nothing has been cleared yet, and the page says so. Let an item out with: kuager clear ITEM --because TEXT"
        )
    elif done.held:
        say(f"{done.items} items are shown; {len(done.held)} stay in the case.")
    say_held(done.held)
    return 0
