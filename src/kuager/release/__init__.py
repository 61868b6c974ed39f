"""What may leave a case, and in what form."""

from kuager.release.clearing import clear
from kuager.release.derivation import Derivation, derive
from kuager.release.gate import Released, release
from kuager.release.publication import Publication, export_bag, publish

__all__ = ["Derivation", "Publication", "Released", "clear", "derive", "export_bag", "publish", "release"]
