"""The reference in the docs is the command line's own help, and every exit code is documented."""

from pathlib import Path

import pytest

from kuager import errors
from kuager.faces.cli.reference import reference
from kuager.faces.cli.verbs import VERBS

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_reference_of_verbs_is_current() -> None:
    assert (DOCS / "reference" / "verbs.md").read_text(encoding="utf-8") == reference(), (
        "run: .venv/bin/python -m kuager.faces.cli.reference > docs/reference/verbs.md"
    )


@pytest.mark.parametrize("error", [e for e in vars(errors).values() if isinstance(e, type)])
def test_every_exit_code_is_documented(error: type[errors.KuagerError]) -> None:
    assert f"| {error.code} |" in (DOCS / "reference" / "exit-codes.md").read_text(encoding="utf-8")


def test_every_verb_has_its_module_and_help() -> None:
    folder = Path(errors.__file__).parent / "faces" / "cli" / "verbs"
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert modules == {module for module, _ in VERBS.values()}
