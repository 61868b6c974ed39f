"""``kuager links``: what the machine proposes, and what people decided of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from kuager.faces.cli.case import one_line, open_case
from kuager.faces.cli.output import emit, json_option, say

if TYPE_CHECKING:
    from kuager.weigh.proposal import Proposal

STATES = ("proposed", "accepted", "rejected")
#: In the order in which they matter to who decides; other relations come after them.
ORDER = (
    "cannot_both_be_true",
    "appears_inconsistent",
    "disputes",
    "revises",
    "caveat",
    "same_claim",
    "part_of",
    "same_sound",
    "same_copy_of_sound",
    "same_picture",
)
#: What asks for no decision, and is counted only, unless asked for.
QUIET = ("agrees", "compatible")


@click.command("links")
@click.option("--state", type=click.Choice(STATES), help="Only those that stand so.")
@click.option("--relation", help="Only those of this relation, such as same_sound or appears_inconsistent.")
@click.option("--all", "everything", is_flag=True, help="Also claims that agree or are compatible.")
@json_option
@click.pass_context
def command(ctx: click.Context, state: str | None, relation: str | None, everything: bool, as_json: bool) -> int:
    """Lists links that are proposed or decided: same sound, same picture, claims against claims."""
    from kuager.weigh.proposal import proposals

    found = [
        each
        for each in proposals(open_case(ctx, to_write=False))
        if (not state or each.state == state) and (not relation or each.relation == relation)
    ]
    if as_json:
        emit({"links": [link_json(each) for each in found]})
        return 0
    quiet = [] if everything or relation or state else [each for each in found if each.relation in QUIET]
    _tell([each for each in found if each not in quiet])
    if quiet:
        say(f"{len(quiet)} more agree or are compatible: kuager links --all")
    say("Decide one with: kuager judge LINK accept|reject --because TEXT")
    return 0


def _tell(found: Sequence[Proposal]) -> None:
    """Prints links by relation, those that ask for a decision first; those with one reason and condition together."""
    others = sorted({each.relation for each in found} - set(ORDER))
    for relation in (*ORDER, *others):
        these = [each for each in found if each.relation == relation]
        if these:
            say(f"{relation.replace('_', ' ')} ({len(these)})")
        for told, alike in _by_reason(these).items():
            if told:
                say(one_line(f"  {told}"))
            for each in alike:
                decided = "" if each.state == "proposed" else f"  {each.state}: {each.because}"
                say(one_line(f"    {each.id}  {each.a}  {each.b}{decided}"))


def _by_reason(found: Sequence[Proposal]) -> dict[str, list[Proposal]]:
    alike: dict[str, list[Proposal]] = {}
    for each in found:
        told = "; ".join(str(each.detail[key]) for key in ("reason", "condition") if each.detail.get(key))
        alike.setdefault(told, []).append(each)
    return alike


def link_json(link: Proposal) -> dict[str, Any]:
    """A link as the interface shows it."""
    return {
        "id": link.id,
        "relation": link.relation,
        "a": link.a,
        "b": link.b,
        "state": link.state,
        "because": link.because,
        **({"reason": link.detail["reason"]} if "reason" in link.detail else {}),
        "detail": dict(link.detail),
    }
