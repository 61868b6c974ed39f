"""``kuager admit``: another person's key counts in this case, or counts no more."""

from __future__ import annotations

import base64
import binascii

import click

from kuager.errors import UsageError
from kuager.faces.cli.case import open_case
from kuager.faces.cli.output import emit, json_option, say


@click.command("admit")
@click.argument("key", metavar="KEY", required=False)
@click.option("--role", default="editor", show_default=True, help="What they do here, in a word.")
@click.option("--revoke", metavar="KEY-ID", help="End a key: it counts no more from the next entry on.")
@click.option("--because", metavar="TEXT", help="Why a key ends.")
@click.option("--mine", is_flag=True, help="Print your own KEY, to send to somebody who admits you.")
@json_option
@click.pass_context
def command(
    ctx: click.Context, key: str | None, role: str, revoke: str | None, because: str | None, mine: bool, as_json: bool
) -> int:
    """Admits somebody's KEY to the case: they can open what is restricted here, write, and sign off what you cleared.

    They print KEY with: kuager admit --mine
    """
    from kuager.record import membership
    from kuager.record.home import Home

    if sum((key is not None, revoke is not None, mine)) != 1:
        raise UsageError("Give one of KEY, --revoke KEY-ID and --mine.", "See: kuager admit --help")
    if mine:
        signer = Home().signer()
        text = f"{base64.b64encode(signer.public_key).decode()},{signer.recipient}"
        if as_json:
            emit({"key": text, "id": signer.key_id})
        else:
            say(text)
        return 0
    case = open_case(ctx)
    if revoke is not None:
        if not (because or "").strip():
            raise UsageError("Ending a key needs a reason.", "Give it with --because TEXT")
        commit = membership.revoke(case, revoke, because or "")
        who = revoke
    else:
        public_key, recipient = _read(key or "")
        commit = membership.admit(case, public_key, recipient, role)
        from kuager.record.key import key_id

        who = key_id(public_key)
    if as_json:
        emit({"entry": commit.first, "id": who})
    else:
        say(f"Entry {commit.first}: {who} {'is ended' if revoke else 'is admitted'}.")
    return 0


def _read(text: str) -> tuple[bytes, str]:
    encoded, _, recipient = text.strip().partition(",")
    try:
        public_key = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        public_key = b""
    if len(public_key) != 32 or not recipient.startswith("age1") or not recipient.isalnum():
        raise UsageError("This is no KEY.", "Whoever is to be admitted prints theirs with: kuager admit --mine")
    return public_key, recipient
