"""The group of verbs: finds a verb, runs it, and turns every error into words and an exit code."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from kuager import __version__
from kuager.errors import KuagerError
from kuager.faces.cli.output import report_error, wants_json
from kuager.faces.cli.verbs import VERBS

INTERRUPTED = 130


class LazyGroup(click.Group):
    """Lists verbs from the table and imports a verb's module only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"kuager.faces.cli.verbs.{VERBS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl([(name, text) for name, (_, text) in VERBS.items()])


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kuager")
@click.option("-C", "case", type=click.Path(path_type=Path), metavar="CASE", help="The case folder.")
@click.pass_context
def cli(ctx: click.Context, case: Path | None) -> None:
    """Turns witness footage and conflicting accounts of an event into a record that stands up."""
    ctx.obj = case


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns the exit code; never shows a traceback for bad input."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    as_json = wants_json(words)
    try:
        outcome = cli.main(args=words, prog_name="kuager", standalone_mode=False)
        return outcome if isinstance(outcome, int) else 0
    except KuagerError as error:
        return report_error(error.message, error.hint, error.code, as_json)
    except click.UsageError as error:
        where = f"See: {error.ctx.command_path} --help" if error.ctx else "See: kuager --help"
        return report_error(error.format_message(), where, 2, as_json)
    except click.ClickException as error:
        return report_error(error.format_message(), "", error.exit_code, as_json)
    except (KeyboardInterrupt, click.Abort):
        return report_error("Interrupted.", "What was acknowledged is kept; run it again.", INTERRUPTED, as_json)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
