"""``kuager observe``: what a person saw or heard in a recording."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kuager.errors import UsageError
from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say

if TYPE_CHECKING:
    from kuager.record.case import Case


@click.command("observe")
@click.argument("recording")
@click.argument("span", metavar="[SECONDS]", required=False)
@click.argument("text", metavar="[TEXT]", required=False)
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Observations from CSV (start_s,end_s,text,…), ELAN's EAF or WebVTT.",
)
@click.option("--tag", "tags", multiple=True, help="A word to find it by. May be repeated.")
@click.option("--subject", "subjects", multiple=True, help='Someone or something seen again, such as "man A".')
@click.option("--not-found", is_flag=True, help="It was looked for there, and not seen or heard.")
@click.option("--obscured", metavar="TEXT", help="What hid the view or covered the sound.")
@click.option("--replaces", metavar="OBSERVATION", help="The observation that this one corrects; it stays readable.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    recording: str,
    span: str | None,
    text: str | None,
    file: Path | None,
    tags: tuple[str, ...],
    subjects: tuple[str, ...],
    not_found: bool,
    obscured: str | None,
    replaces: str | None,
    as_json: bool,
) -> int:
    """Writes what is seen or heard in RECORDING at SECONDS (12.4 or 12.4-15.0), in your words.

    With --from it writes all that a file of another program says; what the case has already is not written twice.
    """
    from kuager.weigh.observation import observe

    if file is not None:
        if span is not None or tags or subjects or not_found or obscured or replaces:
            raise UsageError("What a file says stands in the file.", "Give --from FILE alone.")
        return _from_file(open_case(ctx), recording, file, as_json)
    if span is None or text is None:
        raise UsageError("SECONDS and TEXT are needed.", 'For example: kuager observe k7f3 12.4-15 "a man falls"')
    written = observe(
        open_case(ctx),
        recording,
        span,
        text,
        found=not not_found,
        obscured=obscured,
        tags=tags,
        subjects=subjects,
        replaces=replaces,
    )
    if as_json:
        emit(asdict(written))
    else:
        say(written.id)
    return 0


def _from_file(case: Case, recording: str, file: Path, as_json: bool) -> int:
    from kuager.weigh.annotation import read_file
    from kuager.weigh.observation import observe_all

    item = case.item(recording)
    if item.kind != "recording":
        raise UsageError(f"The item {item.id} is no recording.", "Observations are of recordings.")
    written, same = observe_all(case, item.id, read_file(file))
    if as_json:
        emit({"item": item.id, "written": len(written), "same": same, "observations": [asdict(o) for o in written]})
    else:
        say(f"{len(written)} observations written" + (f", {same} stood there already." if same else "."))
    return 0
