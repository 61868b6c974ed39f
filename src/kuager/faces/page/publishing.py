"""Publishing a case: make what is missing for release, let the gate decide, write the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kuager.faces.page.reading import page_of
from kuager.faces.page.render import render
from kuager.record.case import Case
from kuager.release import Derivation, Publication, Released, derive
from kuager.release import publish as publish_folder
from kuager.release.publication import refuse_foreign


def publish(
    case: Case, target: Path, progress: Callable[[int, int], None] | None = None
) -> tuple[Publication, Derivation]:
    """Publishes the page of ``case`` at ``target``, and says what was made for it.

    ``progress`` is told items made ready and items to make ready. Raises UsageError where something else stands at
    ``target``, KuagerError where it cannot be written.
    """
    refuse_foreign(target)
    derived = derive(case, progress)

    def write(released: Released, folder: Path) -> None:
        render(page_of(released, lambda name: case.object_path(name).read_bytes()), folder)

    return publish_folder(case, target, write), derived
