"""``kuager links``: what the machine proposes, and what people decided of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kuager.faces.cli.case import one_line, open_case
from kuager.faces.cli.output import emit, json_option, say

if TYPE_CHECKING:
    from kuager.weigh.proposal import Proposal

STATES = ("proposed", "accepted", "rejected")


@click.command("links")
@click.option("--state", type=click.Choice(STATES), help="Only those that stand so.")
@click.option("--relation", help="Only those of this relation, such as same_sound or appears_inconsistent.")
@json_option
@click.pass_context
def command(ctx: click.Context, state: str | None, relation: str | None, as_json: bool) -> int:
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
    for each in found:
        reason = each.because or each.detail.get("reason") or ""
        say(one_line(f"{each.id}  {each.state:<8}  {each.relation:<20}  {each.a}  {each.b}  {reason}"))
    say("Decide one with: kuager judge LINK accept|reject --because TEXT")
    return 0


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
