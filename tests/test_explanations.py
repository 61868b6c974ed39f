"""Every instrument has its page in docs/explanation, and every examiner and comparer uses instruments that have one."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "explanation"
PACKAGE = ROOT / "src" / "kuager"
INSTRUMENTS = sorted(path.parent.name for path in (PACKAGE / "instruments").glob("*/__init__.py"))
WORK = sorted(
    path
    for folder in ("examiners", "comparers")
    for path in (PACKAGE / "examine" / folder).glob("*.py")
    if path.stem != "__init__"
)


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_every_instrument_has_its_page(instrument: str) -> None:
    page = (PAGES / f"{instrument}.md").read_text(encoding="utf-8").lower()
    for said in ("cannot", "measured"):
        assert said in page, f"{instrument}.md does not say: {said}"


@pytest.mark.parametrize("path", WORK, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_every_examiner_and_comparer_rests_on_an_instrument_with_a_page(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    used = set(re.findall(r"kuager\.instruments\.(\w+)", source))
    for names in re.findall(r"from kuager\.instruments import ([\w, ]+)", source):
        used |= {name.strip() for name in names.split(",")}
    assert used, f"{path.name} uses no instrument"
    for instrument in used:
        assert (PAGES / f"{instrument}.md").is_file(), f"{path.name} uses {instrument}, which has no page"
