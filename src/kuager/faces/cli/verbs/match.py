"""``kuager match``: finds copies, excerpts and re-uploads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kuager.errors import MissingPartError, UsageError
from kuager.faces.cli.output import emit, json_option, note, say
from kuager.faces.cli.progress import count_bar

if TYPE_CHECKING:
    from kuager.instruments.copies import Fingerprint, Match


class _ManyReferences(click.Command):
    """Takes every word after ``--in`` up to the next option as a reference."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        words: list[str] = []
        inside = False
        for word in args:
            if word == "--in":
                inside = True
            elif word.startswith("-") and word != "-":
                inside = False
                words.append(word)
            else:
                words += ["--in", word] if inside else [word]
        return super().parse_args(ctx, words)


@click.command("match", cls=_ManyReferences)
@click.argument("queries", nargs=-1, required=True, metavar="QUERY…", type=click.Path())
@click.option("--in", "references", multiple=True, required=True, metavar="PATH…", type=click.Path(),
              help="Files and folders to look in; every word up to the next option.")  # fmt: skip
@json_option
def command(queries: tuple[str, ...], references: tuple[str, ...], as_json: bool) -> int:
    """Finds copies, excerpts and re-uploads of each QUERY, by picture and by sound, each for itself."""
    # One thread a product: the matrices are small, and waking threads for them costs more than they save.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    asked, archive = _files(queries), _files(references)
    if not archive:
        raise UsageError("There is no file to look in.", "Name files or folders after --in.")
    prints, failed = _fingerprints([*asked, *archive])
    found = _matches(asked, archive, prints)
    if as_json:
        emit({"matches": [_match_json(*row) for row in found], "failed": failed})
    else:
        _tell(found, failed, len(asked), len(archive))
    return 3 if failed else (0 if found else 1)


def _files(paths: tuple[str, ...]) -> list[str]:
    """The files named, and those in the folders named, each once, as they were given."""
    found: dict[str, None] = {}
    for path in paths:
        if os.path.isdir(path):
            inside = (
                p
                for p in Path(path).rglob("*")
                if p.is_file() and not any(_hidden(q) for q in p.relative_to(path).parts)
            )
            found |= dict.fromkeys(os.path.join(path, p.relative_to(path)) for p in sorted(inside))
        else:
            found[path] = None
    return list(found)


def _hidden(name: str) -> bool:
    return name.startswith(".")


def _fingerprints(paths: list[str]) -> tuple[dict[str, Fingerprint], list[dict[str, str]]]:
    """The fingerprint of each path that can be read, by its real path, and the paths that cannot, with the reason."""
    from kuager.instruments.copies.gather import fingerprints

    real = {os.path.realpath(path): None for path in paths}
    prints: dict[str, Fingerprint] = {}
    reasons: dict[str, str] = {}
    with count_bar("Fingerprinting") as report:
        for done, (path, outcome) in enumerate(fingerprints(list(real)), 1):
            if isinstance(outcome, MissingPartError):
                raise outcome
            if isinstance(outcome, Exception):
                reasons[path] = outcome.message
            else:
                prints[path] = outcome
            report(done, len(real))
    given = dict.fromkeys(paths)
    failed = [{"path": path, "reason": reasons[r]} for path in given if (r := os.path.realpath(path)) in reasons]
    return prints, failed


def _matches(asked: list[str], archive: list[str], prints: dict[str, Fingerprint]) -> list[tuple[str, str, Match]]:
    """(query, reference, match), queries in the order given, for each the surest first."""
    from kuager.instruments.copies import Archive, match

    kept = Archive()
    numbers: dict[str, int] = {}
    names: list[str] = []
    for path in archive:
        real = os.path.realpath(path)
        if real in prints and real not in numbers:
            numbers[real] = kept.add(prints[real])
            names.append(path)
    found: list[tuple[str, str, Match]] = []
    with count_bar("Matching") as report:
        for done, path in enumerate(asked, 1):
            real = os.path.realpath(path)
            if real in prints:
                found += [(path, names[m.reference], m) for m in match(kept, prints[real], numbers.get(real))]
            report(done, len(asked))
    return found


def _match_json(query: str, reference: str, match: Match) -> dict[str, Any]:
    return {
        "query": query,
        "reference": reference,
        "kind": match.kind,
        "verdict": match.verdict,
        "probability": match.probability,
        "query_start_s": round(match.query_start_s, 2),
        "query_end_s": round(match.query_end_s, 2),
        "reference_start_s": round(match.reference_start_s, 2),
        "reference_end_s": round(match.reference_end_s, 2),
        "speed": round(match.speed, 4),
        "view": match.view,
    }


def _tell(found: list[tuple[str, str, Match]], failed: list[dict[str, str]], asked: int, looked_in: int) -> None:
    last = None
    for query, reference, m in found:
        if query != last:
            say(f"{query}")
            last = query
        said = "copy of" if m.verdict == "copy" else "perhaps a copy of"
        how = f", {m.view}" if m.kind == "picture" else ""
        speed = f", at speed {m.speed:.3g}" if m.speed != 1 else ""
        say(
            f"  {m.kind:<7} {m.query_start_s:7.1f}–{m.query_end_s:.1f} s  {said} {reference} "
            f"{m.reference_start_s:.1f}–{m.reference_end_s:.1f} s  (probability {m.probability:.2f}{how}{speed})"
        )
    for failure in failed:
        note(f"could not be read: {failure['path']}: {failure['reason']}")
    say(f"{len(found)} matches of {asked} in {looked_in} recordings. No match does not show that there is no copy.")
