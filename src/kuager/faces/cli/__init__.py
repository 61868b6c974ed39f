"""The command line. One file per verb under ``verbs``; each is imported only when it is called."""

from kuager.faces.cli.main import main

__all__ = ["main"]
