"""Copies, excerpts and re-uploads of recordings: ``fingerprint`` each, ``add`` them to an ``Archive``, ``match``."""

from kuager.instruments.copies.fingerprint import Fingerprint, fingerprint
from kuager.instruments.copies.index import Archive
from kuager.instruments.copies.match import Match, match

__all__ = ["Archive", "Fingerprint", "Match", "fingerprint", "match"]
