"""Errors that a person is meant to read: what happened, why, and what to do."""

from __future__ import annotations


class KuagerError(Exception):
    """Something went wrong that the user can act on.

    ``message`` says what happened and why; ``hint`` says what to do. ``code`` is the exit code of
    the command line and one of those listed in ``docs/reference/exit-codes.md``.
    """

    code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(KuagerError):
    """The request itself cannot be understood (exit 2)."""

    code = 2


class UnreadableError(KuagerError):
    """An input could not be read (exit 3)."""

    code = 3


class RefusedError(KuagerError):
    """Refused to protect someone (exit 4). The message names the place and a handle, never the string."""

    code = 4


class MissingPartError(KuagerError):
    """An optional part is not installed (exit 5). The hint names the extra."""

    code = 5


class NetworkError(KuagerError):
    """A verb whose work is the network could not reach it (exit 6)."""

    code = 6


def missing_part(package: str, extra: str) -> MissingPartError:
    """The error for an optional package that is absent: names the extra that brings it."""
    return MissingPartError(
        f"This needs the optional package {package}, which is not installed.",
        f"Install it with: pip install 'kuager[{extra}]'",
    )
