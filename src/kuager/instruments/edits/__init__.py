"""Traces of edits in a recording's packets, pictures and sound."""

from kuager.instruments.edits.edit import Edit
from kuager.instruments.edits.find import find_edits

__all__ = ["Edit", "find_edits"]
