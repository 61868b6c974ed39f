"""Which examiners there are: those that come with Kuager, and those of other packages."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import entry_points

from kuager.examine.comparers.clock import ClockComparer
from kuager.examine.comparers.copies import CopiesComparer
from kuager.examine.examiners.container import ContainerExaminer
from kuager.examine.examiners.edits import EditsExaminer
from kuager.examine.examiners.fingerprint import FingerprintExaminer
from kuager.examine.examiners.impulses import ImpulsesExaminer
from kuager.examine.examiners.media import MediaExaminer
from kuager.examine.examiners.page import PageExaminer
from kuager.examine.examiners.sound import SoundExaminer
from kuager.examine.task import Comparer, Examiner

GROUP = "kuager.examiners"


@dataclass(frozen=True)
class Unloadable:
    """An examiner of another package that could not be loaded, and why."""

    name: str
    reason: str


def examiners() -> tuple[tuple[Examiner, ...], tuple[Unloadable, ...]]:
    """All examiners by name, and those that could not be loaded.

    Another package offers a class without arguments through an entry point in the group ``kuager.examiners``. One that
    takes the name of an earlier one is told of as unloadable: results are kept by name.
    """
    found: dict[str, Examiner] = {}
    unloadable: list[Unloadable] = []
    for built_in in (
        MediaExaminer(),
        PageExaminer(),
        SoundExaminer(),
        FingerprintExaminer(),
        ContainerExaminer(),
        EditsExaminer(),
        ImpulsesExaminer(),
    ):
        found[built_in.name] = built_in
    for point in sorted(entry_points(group=GROUP), key=lambda one: one.name):
        try:
            made = point.load()()
        except Exception as error:  # another package's fault must not stop the run
            unloadable.append(Unloadable(point.name, f"{type(error).__name__}: {error}"))
            continue
        if not isinstance(made, Examiner):
            unloadable.append(Unloadable(point.name, "it is no examiner: name, version, limits, takes, examine"))
        elif made.name in found:
            unloadable.append(Unloadable(point.name, f"the name {made.name} is taken"))
        else:
            found[made.name] = made
    return tuple(found.values()), tuple(unloadable)


def comparers() -> tuple[Comparer, ...]:
    """The comparers that come with Kuager."""
    return (ClockComparer(), CopiesComparer())
