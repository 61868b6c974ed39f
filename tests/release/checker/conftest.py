"""A small case with public, private and restricted items, its export and its page."""

import shutil
from pathlib import Path

import pytest

from kuager.record import intake
from kuager.record.acquiring import Acquisition
from kuager.record.case import Case
from kuager.record.home import Home
from kuager.release import export_bag, publish


class Square:
    """Where the case, the bag and the page lie, and who made them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.case, self.bag, self.page = (folder / name for name in ("case", "bag", "page"))
        self.home = Home(folder / "home")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Square:
    """Made once for a module; use ``square`` for a copy that may be changed."""
    square = Square(tmp_path_factory.mktemp("square") / "made")
    square.folder.mkdir()
    for n in range(4):
        (square.folder / f"file {n}").write_bytes(b"content %d\n" % n * 20)
    case = Case.create(square.case, square.home.signer(), "Square")
    intake.add(case, [square.folder / "file 0", square.folder / "file 1"], Acquisition(public=True))
    intake.add(case, [square.folder / "file 2"])
    intake.add(case, [square.folder / "file 3"], restricted=True)
    export_bag(case, square.bag)
    publish(case, square.page, lambda released, folder: (folder / "index.html").write_text("<p>page"))
    return square


@pytest.fixture
def square(made, tmp_path) -> Square:
    """A copy of what ``made`` made."""
    shutil.copytree(made.folder, tmp_path / "copy", symlinks=True)
    return Square(tmp_path / "copy")
