"""``kuager clear``: lets an item, a name or a private place out through the gate, and takes it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kuager.errors import UsageError
from kuager.faces.cli.case import one_line, open_case
from kuager.faces.cli.output import emit, json_option, say
from kuager.faces.cli.private import read_lines
from kuager.faces.cli.waiting import say_waiting

if TYPE_CHECKING:
    from kuager.record.case import Case

LARGEST = 1 << 16


@click.command("clear")
@click.argument("things", metavar="[ITEM|PERSON|PLACE]…", nargs=-1)
@click.option(
    "--name-from",
    "file",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Names to clear, one a line, from FILE (- for standard input): of people no page names.",
)
@click.option("--because", metavar="TEXT", help="Why it may leave; stays in the case.")
@click.option("--take-back", is_flag=True, help="Decide that it stays after all.")
@click.option("--list", "listed", is_flag=True, help="List the people whom pages name, and who is proposed.")
@click.option(
    "--graphic/--not-graphic",
    default=None,
    help="Whether an item is hard to look at. Until somebody says it is not, the page covers it.",
)
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    things: tuple[str, ...],
    file: Path | None,
    because: str | None,
    take_back: bool,
    listed: bool,
    graphic: bool | None,
    as_json: bool,
) -> int:
    """Decides that something may leave, with a reason: an item, a person's name (pn-…), a private place (p:…).

    An item that a source gave still waits for their consent to publication, and a recording for a sign-off. Nobody is
    named in what leaves until their name is cleared; people in office are proposed, and are masked all the same.
    """
    case = open_case(ctx, to_write=not listed)
    if listed:
        _list(case, as_json)
        return 0
    if because is None:
        raise UsageError("Clearing needs a reason.", "Give it with --because TEXT")
    if file is not None:
        if things:
            raise UsageError("Give either something to clear or --name-from FILE.")
        names = read_lines(file, LARGEST)
        if not names:
            raise UsageError("There is no name to clear.", "Give one name a line.")
        return _names(case, names, because, take_back, as_json)
    if things and all(each.startswith("pn-") for each in things):
        return _names(case, [_name_of(case, each) for each in things], because, take_back, as_json)
    if len(things) != 1:
        raise UsageError("Give one ITEM, one place, or any number of people.", "See: kuager clear --list")
    (what,) = things
    if what.startswith("p:"):
        from kuager.release.clearing import clear_place

        entry = clear_place(case, what.removeprefix("p:"), because, take_back)
        _say(entry, what, take_back, as_json)
        return 0
    return _item(case, what, because, take_back, graphic, as_json)


def _item(case: Case, item: str, because: str, back: bool, graphic: bool | None, as_json: bool) -> int:
    from kuager.release.clearing import clear, take_back
    from kuager.release.permission import Permissions

    entry = take_back(case, item, because) if back else clear(case, item, because, graphic)
    cleared = case.item(item)
    if as_json:
        held = Permissions(case).held(cleared)
        emit({"entry": entry, "waits_for": held.waits_for if held else None})
        return 0
    say(f"Entry {entry}: you {'took back' if back else 'cleared'} {cleared.id}.")
    say_waiting(case, cleared)
    return 0


def _names(case: Case, names: list[str], because: str, back: bool, as_json: bool) -> int:
    from kuager.release.clearing import clear_name, take_back_name

    entries = [take_back_name(case, name, because) if back else clear_name(case, name, because) for name in names]
    if as_json:
        emit({"entry": entries[-1], "entries": entries})
        return 0
    for entry in entries:
        _say(entry, "the name", back, False)
    return 0


def _say(entry: int, what: str, back: bool, as_json: bool) -> None:
    if as_json:
        emit({"entry": entry})
    else:
        say(f"Entry {entry}: you {'took back' if back else 'cleared'} {what}.")


def _name_of(case: Case, id: str) -> str:
    from kuager.release.clearing import known_people

    names = {known.person.id: known.person.name for known in known_people(case)}
    found = [name for each, name in names.items() if each.startswith(id)]
    if len(found) != 1:
        raise UsageError(f"'{id}' is nobody, or several people.", "See: kuager clear --list")
    return found[0]


def _list(case: Case, as_json: bool) -> None:
    from kuager.release.clearing import cleared_names, known_people

    people = known_people(case)
    if as_json:
        emit(
            {
                "people": [
                    {
                        "id": known.person.id,
                        "item": known.item,
                        "name": known.person.name,
                        "role": known.person.role,
                        "standing": known.person.standing,
                        "proposed": known.person.office and known.state == "masked",
                        "state": known.state,
                    }
                    for known in people
                ],
                "cleared": list(cleared_names(case)),
            }
        )
        return
    for known in sorted(people, key=lambda each: (not each.person.office, each.person.name)):
        person = known.person
        state = "cleared" if known.state == "cleared" else "proposed" if person.office else "masked"
        role = f", {person.role}" if person.role else ""
        say(one_line(f"{person.id}  {state:<9} {person.standing:<9} {known.item}  {person.name}{role}"))
    say(
        f"{len(people)} people are named on pages. Proposed are those in office or who sign: nobody is cleared by that."
    )
