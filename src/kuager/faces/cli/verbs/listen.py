"""``kuager listen``: impulses in a recording's sound, and what they could be. It never writes to a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kuager.faces.cli.output import emit, json_option, say

if TYPE_CHECKING:
    from kuager.finding import Finding
    from kuager.instruments.impulses import Listening


@click.command("listen")
@click.argument("file", metavar="FILE", type=click.Path())
@json_option
def command(file: str, as_json: bool) -> int:
    """Finds impulses in the sound and says what they could be."""
    from kuager.instruments import impulses, media

    sound = media.sound(file, impulses.RATE)
    heard = impulses.listen(sound.samples, sound.start_s, sound.delay_sd_s)
    found = impulses.findings(heard)
    if as_json:
        emit({**heard.as_json(), "findings": [one.as_json() for one in found]})
    else:
        _tell(heard, found)
    return 0


def _tell(heard: Listening, found: tuple[Finding, ...]) -> None:
    shown = [one for one in heard.impulses if one.score_gunshot >= 0.5 or one.role == "crack"]
    for one in shown:
        burst = "" if one.burst is None else f"  burst {one.burst + 1}"
        clipped = "  clipped" if one.clipped else ""
        role = "crack before a blast" if one.role == "crack" else f"score {one.score_gunshot:.2f}"
        say(f"{one.time_s:10.3f} s  {one.level_db:6.1f} dB  {role}{burst}{clipped}")
    for finding in found:
        say(f"{finding.what} ({finding.grade}): {finding.meaning}")
        if finding.harmless:
            say(f"  It could also be: {'; '.join(finding.harmless)}.")
        if finding.limits:
            say(f"  {finding.limits}")
