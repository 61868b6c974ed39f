"""``kuager mask``: what of a recording or picture is covered, muted or spoken anew before it is shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kuager.errors import UsageError
from kuager.faces.cli.case import one_line, open_case
from kuager.faces.cli.output import emit, json_option, note, say

if TYPE_CHECKING:
    from kuager.record.case import Case
    from kuager.record.item import Item
    from kuager.release.drawn import Drawn
    from kuager.release.redaction import Redaction


@click.command("mask")
@click.argument("item", metavar="ITEM")
@click.option(
    "--area",
    "areas",
    multiple=True,
    metavar='"SECONDS:X,Y,WIDTH,HEIGHT …"',
    help="An area, by its key pictures. Without SECONDS it is covered throughout. May be repeated.",
)
@click.option("--mute", multiple=True, metavar="SECONDS", help="A stretch to be silent, such as 3.2-5. Repeatable.")
@click.option(
    "--respeak", multiple=True, metavar="SECONDS=FILE", help="A stretch in which FILE is heard instead. Repeatable."
)
@click.option("--from", "file", type=click.Path(path_type=Path), help="Areas and stretches from a JSON or CSV file.")
@click.option("--no-track", is_flag=True, help="Do not follow what the areas of --area cover between key pictures.")
@click.option("--replaces", metavar="MASK", help="The mask that this one takes the place of.")
@click.option("--take-back", metavar="MASK", help="Show again what MASK hid.")
@click.option("--because", metavar="TEXT", help="Why; stays in the case.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    item: str,
    areas: tuple[str, ...],
    mute: tuple[str, ...],
    respeak: tuple[str, ...],
    file: Path | None,
    no_track: bool,
    replaces: str | None,
    take_back: str | None,
    because: str | None,
    as_json: bool,
) -> int:
    """Covers areas of ITEM with solid black, and mutes or replaces speech, in everything that is made for release.

    Pixels are those of the upright picture, seconds those that a player shows. An area moves in straight lines between
    its key pictures, and what it covers is followed; both are painted. Nothing of the recording itself is changed.
    With no option it lists the masks of ITEM. Whoever signs ITEM off watches the covered copy: kuager sign ITEM
    """
    from kuager.release.redaction import redactions, withdraw

    case = open_case(ctx)
    found = case.item(item)
    for mask in filter(None, (take_back, replaces)):
        if not any(each.id.startswith(mask) for each in redactions(case).get(found.id, ())):
            raise UsageError(f"{found.id} has no mask '{mask}'.", f"See: kuager mask {found.id}")
    if take_back:
        gone = withdraw(case, take_back, because or "")
        _say_one(gone, as_json, f"{gone.id} is taken back. What it hid needs a new sign-off: kuager sign {found.id}")
        return 0
    if not (areas or mute or respeak or file):
        _say_all(redactions(case).get(found.id, ()), as_json)
        return 0
    made = _write(case, found, _drawn(areas, mute, respeak, file, not no_track), because or "", replaces)
    _say_one(made, as_json, f"{made.id}: {_told(made)}. Make the covered copy and watch it: kuager sign {found.id}")
    if not as_json:
        _say_beside(case, found, bool(made.quiets))
    return 0


def _drawn(
    areas: tuple[str, ...], mute: tuple[str, ...], respeak: tuple[str, ...], file: Path | None, track: bool
) -> Drawn:
    from kuager.release.drawn import Drawn, read_area, read_file, read_stretch

    first = read_file(file) if file else Drawn()
    spoken = []
    for each in respeak:
        seconds, _, heard = each.partition("=")
        if not heard:
            raise UsageError(f"{each!r} names no sound file.", "Give for example 7-9=spoken.wav")
        spoken.append((*read_stretch(seconds), heard))
    return Drawn(
        (*first.areas, *(read_area(each, track) for each in areas)),
        (*first.mute, *(read_stretch(each) for each in mute)),
        (*first.respeak, *spoken),
    )


def _write(case: Case, item: Item, drawn: Drawn, because: str, replaces: str | None) -> Redaction:
    from kuager.record.acquiring import Acquisition
    from kuager.record.intake import add
    from kuager.release.hiding import look_at
    from kuager.release.redaction import Quiet, redact

    if not because.strip():
        raise UsageError("A mask needs a reason.", "Give it with --because TEXT")
    size = look_at(case, item, [(end - start, path) for start, end, path in drawn.respeak])
    quiets = [Quiet(start, end) for start, end in drawn.mute]
    for start, end, path in drawn.respeak:
        added = add(case, [path], Acquisition(channel=f"spoken anew for {item.id}"))
        if not added.items:
            raise UsageError(f"{path} could not be taken in: {added.failed[0].reason}")
        quiets.append(Quiet(start, end, added.items[0].id))
    return redact(case, item.id, drawn.areas, quiets, because, size, replaces)


def _say_one(mask: Redaction, as_json: bool, words: str) -> None:
    if as_json:
        emit(_json(mask))
    else:
        say(words)


def _say_all(masks: tuple[Redaction, ...], as_json: bool) -> None:
    if as_json:
        emit({"masks": [_json(each) for each in masks]})
        return
    for each in masks:
        say(one_line(f"{each.id}: {_told(each)}; {each.because}"))
    if not masks:
        say("Nothing of it is masked.")


def _say_beside(case: Case, item: Item, muted: bool) -> None:
    """Names the recordings in which the same may be seen or heard: copies, and those that ran at the same time."""
    from kuager.examine.ledger import results
    from kuager.weigh.family import family_of

    family = family_of(case, item.id)
    copies = sorted(set(family.members) - {item.id}) if family else []
    if copies:
        note(f"Copies of it show the same and are not masked by this: {', '.join(copies)}")
    beside = {
        one["item"]
        for _, result in results(case, "clock")
        for group in result["facts"].get("groups", ())
        if any(member["item"] == item.id for member in group["recordings"])
        for one in group["recordings"]
    }
    others = ", ".join(sorted(beside - {item.id, *copies}))
    if others and muted:
        note(f"These ran at the same time and may hold the same words: {others}")


def _told(mask: Redaction) -> str:
    spoken = sum(1 for each in mask.quiets if each.spoken)
    parts = (
        (len(mask.areas), "area covered", "areas covered"),
        (len(mask.quiets) - spoken, "stretch muted", "stretches muted"),
        (spoken, "stretch spoken anew", "stretches spoken anew"),
    )
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in parts if count)


def _json(mask: Redaction) -> dict[str, Any]:
    from kuager.release.redaction import area_body

    return {
        "id": mask.id,
        "item": mask.item,
        "entry": mask.entry,
        "areas": [area_body(each) for each in mask.areas],
        "quiets": [{"start_s": q.start_s, "end_s": q.end_s, "spoken": q.spoken} for q in mask.quiets],
        "because": mask.because,
        "by": mask.by,
    }
