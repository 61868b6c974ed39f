"""``kuager examine``: runs the instruments over the items of a case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from kuager.errors import UsageError
from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, note, say
from kuager.faces.cli.progress import count_bar

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from kuager.examine import Trouble


@click.command("examine")
@click.argument("items", nargs=-1, metavar="[ITEM…]")
@click.option("--only", metavar="NAME,…", help="Run these examiners and comparers alone.")
@click.option(
    "--engine", default="process", metavar="process:N|serial", help="How work is carried (process: one a core)."
)
@json_option
@click.pass_context
def command(ctx: click.Context, items: tuple[str, ...], only: str | None, engine: str, as_json: bool) -> int:
    """Runs what has not been run, in worker processes that hold no keys. Nothing finished is computed twice."""
    from kuager.examine.casework import examine_case
    from kuager.weigh.clocking import told as told_by_people

    case = open_case(ctx)
    names = [name for name in re.split(r"[,\s]+", only or "") if name]
    with _executor(engine) as executor, count_bar("Examining") as report:
        examined = examine_case(
            case, executor, items, names, lambda at: report(at.finished, at.total), told_by_people(case)
        )
    outcome = examined.outcome

    def told(trouble: Trouble) -> dict[str, Any]:
        about = [examined.items[digest] for digest in trouble.key.inputs]
        which: dict[str, Any] = {"item": about[0]} if len(about) == 1 else {"items": about}
        return {**which, "examiner": trouble.key.name, "reason": trouble.reason}

    failed = [told(each) for each in outcome.failed]
    failed += [
        {"item": item, "examiner": None, "reason": "restricted, and no key at hand opens it"}
        for item in examined.unopened
    ]
    quarantined = [told(each) for each in outcome.quarantined]
    if as_json:
        emit({"done": outcome.done, "skipped": outcome.skipped, "quarantined": quarantined, "failed": failed})
    else:
        for each in (*quarantined, *failed):
            which = each.get("item") or " ".join(each["items"])
            note(f"{which}: {each['examiner'] or 'not examined'}: {each['reason']}")
        say(f"{outcome.done} done, {outcome.skipped} done before, {len(quarantined)} set aside, {len(failed)} failed.")
    for absent in examined.unloadable:
        note(f"The examiner {absent.name} could not be loaded: {absent.reason}")
    return 3 if failed or quarantined else 0


def _executor(engine: str) -> Executor:
    from kuager.examine import Pool, Serial

    kind, _, count = engine.partition(":")
    if kind == "serial" and not count:
        return Serial()
    if kind == "process" and (not count or (count.isdigit() and 0 < int(count) <= 256)):
        return Pool(int(count) if count else None)
    raise UsageError(f"'{engine}' is no engine.", "Give process, process:N or serial.")
