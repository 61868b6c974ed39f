"""The reference of verbs, written from the verbs themselves: ``python -m kuager.faces.cli.reference``."""

from __future__ import annotations

import sys

import click

from kuager.faces.cli.main import cli
from kuager.faces.cli.verbs import VERBS

HEAD = """# Verbs

Written from the command line's own help by `python -m kuager.faces.cli.reference`; a test holds the two together.
`kuager [-C CASE] VERB …`; without `-C` the case is the nearest folder upward that holds a `case.toml`.
Exit codes: [exit-codes.md](exit-codes.md).
"""


def reference() -> str:
    """The page ``docs/reference/verbs.md``, whole."""
    parts = [HEAD]
    with click.Context(cli, info_name="kuager", **cli.context_settings) as root:
        for name in VERBS:
            command = cli.get_command(root, name)
            assert command is not None
            parts.append(_section(root, name, command))
    return "\n".join(parts)


def _section(root: click.Context, name: str, command: click.Command) -> str:
    with click.Context(command, info_name=name, parent=root) as ctx:
        lines = [f"## {name}", "```", " ".join([ctx.command_path, *command.collect_usage_pieces(ctx)]), "```"]
        lines.append((command.help or "").split("\f")[0].strip() + "\n")
        rows = [record for each in command.get_params(ctx) if (record := each.get_help_record(ctx))]
        if rows:
            lines += ["| option | is |", "| --- | --- |"]
            lines += [f"| `{_cell(option)}` | {_cell(text)} |" for option, text in rows]
        return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(reference())
