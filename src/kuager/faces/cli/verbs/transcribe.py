"""``kuager transcribe``: what is said in a recording, as somebody wrote it down."""

from __future__ import annotations

import click

from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say


@click.command("transcribe")
@click.argument("recording")
@click.option("--from", "path", required=True, metavar="FILE", help="WebVTT, SRT, ELAN EAF or CSV (start,end,text).")
@click.option("--language", required=True, metavar="CODE", help="The language spoken, such as kk.")
@click.option("--transcriber", required=True, metavar="NAME", help="Who wrote it down.")
@click.option("--translation", metavar="FILE", help="A translation in one of the same forms.")
@click.option("--translator", metavar="NAME", help="Who translated it.")
@click.option("--replaces", metavar="TRANSCRIPT", help="The transcript that this one corrects; it stays readable.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    recording: str,
    path: str,
    language: str,
    transcriber: str,
    translation: str | None,
    translator: str | None,
    replaces: str | None,
    as_json: bool,
) -> int:
    """Writes the words of RECORDING from FILE, and reads them as a page is read: each statement keeps its second."""
    from kuager.instruments.text.model import to_json
    from kuager.weigh.transcript import transcribe

    written = transcribe(
        open_case(ctx),
        recording,
        path,
        language=language,
        transcriber=transcriber,
        translation=translation,
        translator=translator,
        replaces=replaces,
    )
    statements = written.statements()
    if as_json:
        emit(
            {
                "id": written.id,
                "item": written.item,
                "language": written.language,
                "lines": len(written.lines),
                "text": written.timed.text,
                "statements": [{"start_s": second, **to_json(each)} for second, each in statements],
            }
        )
    else:
        say(f"{written.id}: {len(written.lines)} lines, {len(statements)} statements")
    return 0
