"""``kuager publish``: writes the case page, a static site."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kuager.faces.cli.case import checkpoint_json, one_line, open_case
from kuager.faces.cli.output import emit, json_option, note, say
from kuager.faces.cli.progress import count_bar
from kuager.faces.cli.waiting import say_held

if TYPE_CHECKING:
    from kuager.release.permission import Held


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
    from kuager.release.clearing import known_people

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
                "items": done.items,
                "held": held,
            }
        )
        return 0
    say(f"Published {out / 'index.html'}.")
    if done.items == 0:
        say("Nothing of it may leave yet, and the page says so.")
    else:
        say(f"{done.items} {'item is' if done.items == 1 else 'items are'} shown.{_staying(done.held)}")
    if any(each.waits_for == "not_cleared" for each in done.held):
        say("Let an item out with: kuager clear ITEM --because TEXT")
    masked = {known.person.id for known in known_people(case) if known.state == "masked"}
    if masked:
        who = "1 person whom pages name is" if len(masked) == 1 else f"{len(masked)} people whom pages name are"
        say(f"{who} masked. See who: kuager clear --list")
    say_held(done.held)
    return 0


_WAITING = {
    "not_cleared": "nobody has cleared",
    "no_consent": "without consent",
    "voice": "with a voice that must be muted",
    "not_signed": "not signed off",
    "restricted": "restricted",
}


def _staying(held: Sequence[Held]) -> str:
    """How many items stay, and what they wait for."""
    if not held:
        return ""
    parts = [
        f"{count} {words}" for kind, words in _WAITING.items() if (count := sum(it.waits_for == kind for it in held))
    ]
    return f" {len(held)} {'stays' if len(held) == 1 else 'stay'} in the case: {', '.join(parts)}."
