"""What a verb prints: one JSON document on stdout with ``--json``, words otherwise; progress goes to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def json_option(function: F) -> F:
    """Adds ``--json`` to a verb, passed on as ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout.")(function)


def wants_json(words: Sequence[str]) -> bool:
    """Whether the command line asks for JSON, known before it is parsed so that usage errors obey it too."""
    return "--json" in (words[: words.index("--")] if "--" in words else words)


def emit(document: Any) -> None:
    """Prints one JSON document on stdout."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """Prints words for a person on stdout."""
    click.echo(text)


def note(text: str) -> None:
    """Prints words beside the result, on stderr."""
    click.echo(text, err=True)


def say_taken_in(counts: tuple[int, int], what: str, as_json: bool) -> int:
    """Says how many rows of a file were written and how many stood there already; returns the exit code."""
    written, same = counts
    if as_json:
        emit({"written": written, "same": same})
    else:
        say(f"{written} {what} written" + (f", {same} stood there already." if same else "."))
    return 0


def report_error(message: str, hint: str, code: int, as_json: bool) -> int:
    """Prints an error as the interface asks and returns its exit code."""
    if as_json:
        emit({"error": {"message": message, "hint": hint, "code": code}})
    else:
        note(f"kuager: {message}")
        if hint:
            note(f"  {hint}")
    return code
