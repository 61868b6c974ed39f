"""``kuager read``: a page as statements, claims, and the links between them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kuager.faces.cli.output import emit, json_option, say

if TYPE_CHECKING:
    from kuager.instruments.text import Reading
    from kuager.weigh import Account, Link

STATUSES = ("killed", "wounded", "shot", "detained", "missing", "displaced")


@click.command(short_help="Turn a page into statements and claims.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--parse", is_flag=True, help="Let a parser add what the rules miss (English, Russian).")
@json_option
def command(file: Path, parse: bool, as_json: bool) -> int:
    """Turns a page (text or HTML) into who said what, with every count and contradiction, all proposed."""
    from kuager import weigh
    from kuager.instruments import text
    from kuager.instruments.text.model import to_json

    reading = text.read(file)
    if parse and reading.page.language in ("en", "ru"):
        from kuager.instruments.text.layers import Parse

        reading = text.read(file, layers=[Parse(reading.page.language)])
    found = weigh.accounts([(file.name, reading)])
    links = weigh.propose(found)
    if as_json:
        emit({**reading.as_json(), "links": to_json(links)})
    else:
        _tell(reading, found, links)
    return 0


def _tell(reading: Reading, found: tuple[Account, ...], links: tuple[Link, ...]) -> None:
    """Prints the reading for a person: structure, statements, tolls, what stands against what."""
    from kuager import weigh

    page = reading.page
    if page.headline:
        say(page.headline.text)
    if page.published:
        say(f"Published {page.published.date} ({page.published.basis})")
    names = {s.id: s.name for s in reading.sources}
    say("\nWho said what")
    for s in reading.statements:
        if s.form in ("narration", "footage_description", "authored"):
            continue
        open_at = ["not named"] if s.speaker is None else []
        chain = " ← ".join([*open_at, *(names[i] for i in s.chain)])
        by = f"; {s.read_by}" if s.read_by else ""
        say(f"  {chain} [{s.form}{', denies' if s.polarity == 'deny' else ''}{by}]: {s.span.text}")
    for status in STATUSES:
        table = weigh.toll(found, status)
        if not table.rows:
            continue
        say(f"\nHow many {status}")
        for row in table.rows:
            bounds = (
                "no number"
                if row.lower is None
                else f"{row.lower} or more"
                if row.upper is None
                else f"{row.lower}"
                if row.lower == row.upper
                else f"{row.lower} to {row.upper}"
            )
            how = "first-hand" if row.first_hand else "own account" if row.steps == 0 else f"repeated by {row.steps}"
            further, group = "a further " if row.further else "", f" ({row.of})" if row.of else ""
            say(f"  {further}{bounds}{group}: {row.who} ({row.relation.replace('_', ' ')}; {how})")
        say("  No evidenced upper bound.")
    against = [k for k in links if k.relation in ("appears_inconsistent", "cannot_both_be_true", "revises", "disputes")]
    if against:
        say("\nWhat stands against what (proposed)")
        for link in against:
            say(f"  {link.relation.replace('_', ' ')}: {link.reason}{'; ' + link.condition if link.condition else ''}")
