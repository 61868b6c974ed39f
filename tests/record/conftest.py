"""Keys, and small cases to hold and to harm."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kuager.record import intake
from kuager.record.case import Case
from kuager.record.home import Home
from kuager.record.payload import Draft
from kuager.record.source import make_source


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A person with a key."""
    home = Home(tmp_path_factory.mktemp("home"))
    home.signer()
    return home


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Another person with a key."""
    home = Home(tmp_path_factory.mktemp("other"))
    home.signer()
    return home


@pytest.fixture
def case(tmp_path: Path, home: Home) -> Case:
    """An empty case."""
    return Case.create(tmp_path / "case", home.signer(), title="Алаң", identities=home.identities())


@pytest.fixture(scope="session")
def _small(tmp_path_factory: pytest.TempPathFactory, home: Home) -> Path:
    folder = tmp_path_factory.mktemp("small")
    inputs = folder / "inputs"
    inputs.mkdir()
    (inputs / "a.txt").write_bytes(b"first page")
    (inputs / "b.csv").write_bytes(b"name,age\n")
    (folder / "secret.txt").write_bytes(b"restricted page")
    with Case.create(folder / "case", home.signer(), identities=home.identities()) as case:
        source = make_source(case, "CANARY-IDENTITY", at_risk=True)
        intake.add(case, [inputs], intake.Acquisition(source=source, public=True))
        intake.add(case, [folder / "secret.txt"], restricted=True)
        case.commit([Draft("examined", {"outcome": "done"}, (case.item_ids()[0],))])
    return folder / "case"


@pytest.fixture
def small(_small: Path, tmp_path: Path) -> Path:
    """A copy of a small case with clear and restricted items, a source and several commits."""
    return Path(shutil.copytree(_small, tmp_path / "case"))


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., Path]:
    """Makes a file with these bytes."""

    def make(name: str, data: bytes = b"bytes") -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        return path

    return make
