"""The shell recipe for checking without Kuager: what the how-to says is run here, with openssl and sha256sum."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kuager.record.case import Case
from kuager.release import checker

RECIPE = Path(checker.__path__[0]) / "CHECK.md"
PAGE = Path(__file__).parents[3] / "docs/how-to/check-an-export.md"
STEPS = re.findall(r"```bash\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ["bash", "openssl", "sha256sum", "base64"])),
    reason="bash, openssl or sha256sum is missing",
)


def test_the_how_to_is_what_travels_with_an_export():
    assert PAGE.read_text("utf-8") == RECIPE.read_text("utf-8")
    assert len(STEPS) == 8


def _follow(folder):
    done = subprocess.run(["bash", "-c", "\n".join(STEPS)], cwd=folder, capture_output=True, text=True, timeout=120)
    lines = done.stdout.splitlines()
    good = [line for line in lines if line.startswith("OK: ")]
    return good, [line for line in lines if line.startswith("PROBLEM: ")], done.stderr


@pytest.mark.parametrize(("what", "steps"), [("bag", 17), ("page", 16)])
def test_every_step_is_good_on_what_was_made(made, what, steps):
    (made.folder / "receipt.note").write_bytes((made.case / "checkpoints.log").read_bytes()[:250])
    first = (made.case / "checkpoints.log").read_text("utf-8").splitlines(keepends=True)[:5]
    (made.folder / "receipt.note").write_text("".join(first), "utf-8")
    good, bad, said = _follow(getattr(made, what))
    assert (len(good), bad, said) == (steps, [], "")


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("bag", "log.jsonl"),
        ("page", "payloads.jsonl"),
        ("bag", "checkpoints.log"),
        ("page", "proof.json"),
        ("bag", "verify.py"),
    ],
)
def test_a_changed_byte_is_found(square, what, name):
    path = next(getattr(square, what).rglob(name))
    data = bytearray(path.read_bytes())
    data[len(data) * 2 // 3] ^= 1
    path.write_bytes(data)
    _, bad, _ = _follow(getattr(square, what))
    assert bad


def test_a_change_with_a_recomputed_manifest_is_found(square):
    path = square.bag / "data/payloads.jsonl"
    text = path.read_text("utf-8")
    assert '"title":"Square"' in text
    path.write_text(text.replace('"title":"Square"', '"title":"Circle"'), "utf-8")
    again = "find data -type f | LC_ALL=C sort | xargs -d '\\n' sha256sum > manifest-sha256.txt"
    subprocess.run(["bash", "-c", again], cwd=square.bag, check=True)
    _, bad, _ = _follow(square.bag)
    assert any("payloads" in line for line in bad)
    assert any("names this manifest" in line for line in bad)


def test_a_receipt_of_another_history_is_found(square):
    other = Case.create(square.folder / "other", square.home.signer(), "Square")
    (square.folder / "receipt.note").write_bytes(other.checkpoint)
    _, bad, _ = _follow(square.bag)
    assert [line for line in bad if "receipt" in line] == [
        "PROBLEM: the receipt's origin",
        "PROBLEM: the receipt's root",
    ]
