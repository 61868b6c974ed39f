"""What may leave a case, and in what form."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kuager.release.clearing import clear
    from kuager.release.derivation import Derivation, derive
    from kuager.release.gate import Released, release
    from kuager.release.publication import Publication, export_bag, publish

__all__ = ["Derivation", "Publication", "Released", "clear", "derive", "export_bag", "publish", "release"]

_HOMES = {
    "clear": "clearing",
    "Derivation": "derivation",
    "derive": "derivation",
    "Released": "gate",
    "release": "gate",
    "Publication": "publication",
    "export_bag": "publication",
    "publish": "publication",
}


def __getattr__(name: str) -> Any:
    """Loads a name of the door when it is asked for: ``kuager verify`` needs none of them and starts at once."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
