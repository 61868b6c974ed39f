"""The tutorials and the how-to guides do what they say: their shell is run as it stands."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def shell_of(page: Path) -> str:
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return "set -euo pipefail\n" + "\n".join(blocks)


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "KUAGER_HOME": str(folder / "home")}
    work = folder / "work"
    work.mkdir()
    return subprocess.run(["bash", "-c", script], cwd=work, env=environment, capture_output=True, text=True)


@pytest.mark.timeout(120)
def test_the_first_case(tmp_path: Path) -> None:
    done = run(shell_of(ROOT / "docs" / "tutorial" / "first-case.md"), tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    page = tmp_path / "work" / "page"
    shown = (page / "index.html").read_text(encoding="utf-8")
    for said in ("14 people", "Two sources count differently", "A crowd gathers", "No answer by the time"):
        assert said in shown
    written = b"".join(path.read_bytes() for path in page.rglob("*") if path.is_file())
    for secret in (b"A neighbour", b"A. Example", b"list.csv", b"page.txt", b"memory card"):
        assert secret not in written


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.name)
def test_no_link_in_the_docs_is_dangling(page: Path) -> None:
    shown = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", shown):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
