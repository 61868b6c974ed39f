"""``kuager show``: what is known of the case, or of an item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kuager.faces.cli.case import checkpoint_json, one_line, open_case
from kuager.faces.cli.output import emit, json_option, say
from kuager.faces.cli.verbs.add import shown_name

if TYPE_CHECKING:
    from kuager.record.case import Case
    from kuager.record.item import Item

OBSERVED, STATED = "observed", "stated"


@click.command("show")
@click.argument("item", required=False)
@click.option("--open", "because", metavar="REASON", help="Open what is restricted; who opened it and why is logged.")
@json_option
@click.pass_context
def command(ctx: click.Context, item: str | None, because: str | None, as_json: bool) -> int:
    """Shows what is known of the case, or of one item: acquisitions, findings, observations, statements."""
    case = open_case(ctx, to_write=because is not None)
    if item is None:
        document = case_json(case)
        if as_json:
            emit(document)
        else:
            _say_case(document)
        return 0
    found = case.item(item)
    if because is not None and found.handle:
        case.unlock(found.handle, because)
        found = case.item(item)
    document = item_json(found) | {
        "copies": _copies_json(case, found),
        "transcripts": _transcripts_json(case, found),
        "corrections": _corrections_json(case, found),
    }
    if as_json:
        emit(document)
    else:
        _say_item(document)
    return 0


def case_json(case: Case) -> dict[str, Any]:
    """The case: title, checkpoint, items and sources."""
    titles = [entry.payload.body["title"] for entry in case.of_type("case_titled") if entry.payload]
    sources = [entry.payload.body for entry in case.of_type("source_made") if entry.payload]
    return {
        "case": str(case.folder),
        "title": titles[-1] if titles else None,
        "origin": case.origin,
        "restricted": case.restricted,
        "checkpoint": checkpoint_json(case.checkpoint),
        "items": [_summary(item) for item in case.items()],
        "sources": sources,
    }


def item_json(item: Item) -> dict[str, Any]:
    """An item: its acquisitions, and everything that was found, seen or said in it."""
    from kuager.examine.ledger import plain_numbers

    examined = [plain_numbers(body) for body in item.bodies("examined")]
    return {
        **_summary(item),
        "acquisitions": item.acquisitions,
        "examinations": [{key: body[key] for key in body if key != "result"} for body in examined],
        "findings": [
            {"examiner": body["examiner"], **finding}
            for body in examined
            for finding in (body.get("result") or {}).get("findings", [])
        ],
        "results": {body["examiner"]: body.get("result") for body in examined},
        "observations": item.bodies(OBSERVED),
        "statements": item.bodies(STATED),
        "cleared": item.bodies("cleared"),
    }


def _copies_json(case: Case, item: Item) -> dict[str, Any] | None:
    """The copy family that the item belongs to, with the earliest acquisition; None where no link joins it to any."""
    if item.kind != "recording":
        return None
    from kuager.weigh.family import family_json, family_of

    family = family_of(case, item.id)
    return family_json(family) if family else None


def _transcripts_json(case: Case, item: Item) -> list[dict[str, Any]]:
    """What people wrote down of a recording's words: who, in which language, and its statements with their seconds."""
    from kuager.weigh.transcript import transcripts

    found = []
    for each in transcripts(case):
        if each.item != item.id:
            continue
        names = {source.id: source.name for source in each.reading().sources}
        found.append(
            {
                "id": each.id,
                "language": each.language,
                "transcriber": each.transcriber,
                "translator": each.translator,
                "lines": len(each.lines),
                "statements": [
                    {"id": said.id, "start_s": second, "who": [names[id] for id in said.chain], "text": said.span.text}
                    for second, said in each.statements()
                ],
            }
        )
    return found


def _corrections_json(case: Case, item: Item) -> list[dict[str, Any]]:
    """What people corrected of the item's claims, with what each correction replaces."""
    from dataclasses import asdict

    from kuager.weigh.claim import corrections

    return [asdict(each) for each in corrections(case) if each.claim.partition("/")[0] == item.id]


def _summary(item: Item) -> dict[str, Any]:
    stored = item.stored
    return {
        "id": item.id,
        "kind": item.kind,
        "media_type": item.media_type,
        "name": item.name,
        "bytes": stored.bytes if stored else None,
        "restricted": item.handle is not None,
        "public": item.public,
    }


def _say_case(document: dict[str, Any]) -> None:
    say(one_line(document["title"] or "(no title)"))
    for item in document["items"]:
        state = "restricted" if item["restricted"] else "may leave" if item["public"] else ""
        size = f"{item['bytes'] or 0:>13,}"
        say(f"  {item['id']}  {item['kind'] or '?':<10} {size}  {state:<10}  {shown_name(item['name'])}")
    say(
        f"{len(document['items'])} items, {len(document['sources'])} sources, {document['checkpoint']['size']} entries."
    )


def _say_item(document: dict[str, Any]) -> None:
    say(f"{document['id']}  {document['kind'] or '?'}  {document['media_type'] or ''}")
    if document["restricted"]:
        say('  Parts are restricted. Open them, logged, with: kuager show ITEM --open "why"')
    for came in document["acquisitions"]:
        say(f"  acquisition {came['acquisition']}: " + _told(came, "received", "channel", "relation", "source", "url"))
    if document["copies"]:
        _say_copies(document["copies"])
    for each in document["transcripts"]:
        _say_transcript(each)
    for each in document["corrections"]:
        changed = ", ".join(f"{key} {each['replaced'].get(key)} → {value}" for key, value in each["changes"].items())
        say(one_line(f"  {each['claim']}: {'withdrawn' if each['withdrawn'] else changed} ({each['because']})"))
    for done in document["examinations"]:
        say(f"  {done['examiner']} {done['version']}: {done['outcome']}")
    for finding in document["findings"]:
        say(f"  [{finding['grade']}] {finding['what']}: {one_line(str(finding['value']))}")
        say(f"      {one_line(finding['meaning'])}")


def _say_transcript(each: dict[str, Any]) -> None:
    translated = f", translated by {each['translator']}" if each["translator"] else ""
    told = f"in {each['language']} by {each['transcriber']}{translated}, {each['lines']} lines"
    say(one_line(f"  transcript {each['id']}: {told}"))
    for said in each["statements"]:
        who = " ← ".join(said["who"]) or "a voice"
        say(one_line(f"      {said['start_s']:.1f} s  {who}: {said['text']}"))


def _say_copies(family: dict[str, Any]) -> None:
    say(f"  copies of one another: {', '.join(family['members'])}" + (" (proposed)" if family["proposed"] else ""))
    if family["earliest"]:
        channel = f" by {family['channel']}" if family["channel"] else ""
        say(one_line(f"      first received: {family['earliest']}, {family['received']}{channel}"))
        say("      First to arrive need not be the first made.")


def _told(body: dict[str, Any], *keys: str) -> str:
    return one_line(", ".join(f"{key} {body[key]}" for key in keys if body.get(key)))
