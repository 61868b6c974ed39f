"""``kuager stamp``: anchors the newest checkpoint with a time-stamp authority."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kuager.errors import NetworkError
from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, note, say

if TYPE_CHECKING:
    from kuager.record.stamping import Stamped


@click.command("stamp")
@click.option("--tsa", "urls", multiple=True, required=True, metavar="URL", help="RFC 3161 authority. May be repeated.")
@click.option("--ca", type=click.Path(path_type=Path, exists=True), help="Certificates it chains to (PEM).")
@json_option
@click.pass_context
def command(ctx: click.Context, urls: tuple[str, ...], ca: Path | None, as_json: bool) -> int:
    """Sends the digest of the newest checkpoint to an authority and keeps its signed time."""
    from kuager.record.home import Home
    from kuager.record.stamp import certificates
    from kuager.record.stamping import stamp_case

    case = open_case(ctx)
    stamps: list[dict[str, Any]] = []
    failed: list[dict[str, str]] = []
    for url in urls:
        note(f"This contacts {url}: it learns your address and one digest, nothing else.")
        try:
            stamped = stamp_case(case, url, ca)
            stamps.append(_as_json(url, stamped))
            # Who is asked by name is trusted: `verify` with this home counts the authority's stamps as anchors.
            Home().trust_authority(certificates((case.folder / stamped.file).read_bytes()))
        except NetworkError as error:
            failed.append({"tsa": url, "reason": error.message})
    if as_json:
        emit({"stamps": stamps, "failed": failed})
    for each in stamps if not as_json else ():
        checked = ", ".join(each["checked_by"]) or "nothing here"
        trust = "its authority is trusted" if each["trusted"] else "its authority is not among those trusted (--ca)"
        say(f"Stamped size {each['size']} at {each['time']} by {each['tsa']}: checked by {checked}; {trust}.")
    for failure in failed:
        note(f"not stamped: {failure['reason']}")
    return 6 if failed else 0


def _as_json(url: str, stamped: Stamped) -> dict[str, Any]:
    check = stamped.check
    return {
        "tsa": check.tsa or url,
        "url": url,
        "size": stamped.size,
        "time": check.time.isoformat() if check.time else None,
        "sha256": stamped.sha256,
        "file": stamped.file,
        "entry": stamped.entry,
        "trusted": check.trusted,
        "checked_by": list(check.checked_by),
    }
