"""``kuager verify``: checks a case, an export or a published page, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kuager.faces.cli.case import case_folder, one_line
from kuager.faces.cli.output import emit, json_option, say
from kuager.faces.cli.progress import Report, bytes_bar

if TYPE_CHECKING:
    from kuager.record.verified import Verification

WHAT_AN_ANCHOR_SHOWS = (
    "An anchor at size N shows that the first N lines are unchanged since it was made; "
    "what lies beyond rests on the holder's word, and nothing shows what happened before intake."
)


@click.command("verify")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--known",
    multiple=True,
    metavar="FILE|SIZE:ROOT",
    help="Something held from elsewhere: a saved checkpoint, a verifier key, or SIZE:ROOT. May be repeated.",
)
@click.option(
    "--ca",
    "authorities",
    type=click.Path(path_type=Path, exists=True),
    help="Certificates of time-stamp authorities (PEM).",
)
@json_option
@click.pass_context
def command(
    ctx: click.Context, path: Path | None, known: tuple[str, ...], authorities: Path | None, as_json: bool
) -> int:
    """Checks every object, payload, line and signature, and names every problem and its place."""
    from kuager.record.home import Home
    from kuager.release.verification import verify

    folder = path if path is not None else case_folder(ctx)
    with bytes_bar("Verifying") as report:
        result = verify(folder, known, Home(), authorities=authorities, progress=_summed(report))
    if as_json:
        emit(_as_json(result))
        return 0 if result.ok else 1
    for problem in result.problems:
        say(one_line(f"{problem.kind}: {problem.where}: {problem.detail}"))
    for each in result.notes:
        say(one_line(f"note: {each.kind}: {each.where}: {each.detail}"))
    count = len(result.problems)
    held = "holds together" if result.ok else f"has {count} problem{'' if count == 1 else 's'}"
    say(f"The log of {result.size} entries {held}. Root {result.root}")
    if result.unopened:
        say(f"{result.unopened} restricted payloads were not opened: their digests could not be compared.")
    if result.anchored:
        say("Anchored by " + ", ".join(f"{anchor.by} at size {anchor.size}" for anchor in result.anchored) + ".")
    else:
        say("Nothing outside anchors it: it is self-consistent only.")
    say(WHAT_AN_ANCHOR_SHOWS)
    return 0 if result.ok else 1


def _summed(report: Report) -> Callable[[int], None]:
    """Progress told in steps, as a bar that wants the sum."""
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        report(done, None)

    return step


def _as_json(result: Verification) -> dict[str, Any]:
    return {
        "ok": result.ok,
        "size": result.size,
        "root": result.root,
        "anchored": [{"by": anchor.by, "size": anchor.size} for anchor in result.anchored],
        "unopened": result.unopened,
        "problems": [_told(each.kind, each.where, each.detail) for each in result.problems],
        "notes": [_told(each.kind, each.where, each.detail) for each in result.notes],
    }


def _told(kind: str, where: str, detail: str) -> dict[str, str]:
    return {"kind": kind, "where": where, "detail": detail}
