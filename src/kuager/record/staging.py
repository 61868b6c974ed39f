"""Staging: where objects lie on their way in, beside a list of their names that the adder holds locked."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from kuager.record.ids import new_id
from kuager.record.log import write_all
from kuager.record.objects import StagedObject

LIST = "LIST"


class Staging:
    """A folder of staged objects. Make it under the case lock: recovery then never meets it half-made."""

    def __init__(self, parent: Path) -> None:
        self.folder = parent / new_id()
        self.folder.mkdir(parents=True)
        self._name = os.fspath(self.folder)
        self._list = os.open(self.folder / LIST, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._list, fcntl.LOCK_EX)
        self._count = 0

    def new_path(self) -> str:
        """Where the next object may be written."""
        self._count += 1
        return f"{self._name}/{self._count:06d}"

    def announce(self, staged: Iterable[StagedObject]) -> None:
        """Lists objects that are about to be renamed into their places: digest, and handle where restricted."""
        lines = "".join(f"{one.sha256} {one.handle}\n" if one.handle else f"{one.sha256}\n" for one in staged)
        write_all(self._list, lines.encode())

    def close(self) -> None:
        """Removes the folder with what is left in it and lets the list go."""
        if self._list >= 0:
            shutil.rmtree(self.folder, ignore_errors=True)
            os.close(self._list)
            self._list = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True)
class Abandoned:
    """A staging folder that nobody holds: the objects it announced, with the handle of each where restricted."""

    folder: Path
    announced: dict[str, str | None]


def abandoned(parent: Path) -> Iterator[Abandoned]:
    """The staging folders whose adder is gone. Called under the case lock."""
    for name in sorted(os.listdir(parent)) if parent.is_dir() else []:
        folder = parent / name
        try:
            file = os.open(folder / LIST, os.O_RDONLY)
        except FileNotFoundError:
            # The list is there from the first moment under the lock: who had this folder was removing it, and may be
            # at it still. What lies in it is nobody's.
            shutil.rmtree(folder, ignore_errors=True)
            continue
        except OSError:
            continue
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        else:
            with open(file, closefd=False, errors="replace") as lines:
                words = [line.split() for line in lines if line.endswith("\n")]
            yield Abandoned(folder, {word[0]: (word[1] if len(word) > 1 else None) for word in words if word})
        finally:
            os.close(file)
