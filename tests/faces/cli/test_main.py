"""What every verb owes: JSON errors on stdout, words on stderr, no traceback, a quick start."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kuager.faces.cli import main


def test_an_unknown_verb_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frobnicate", "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == 2
    assert set(error) == {"message", "hint", "code"}


def test_words_go_to_stderr_without_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sun", "--lat", "200", "--lon", "0", "--when", "2011-12-16"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Latitude" in printed.err


def test_no_case_here_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["log"]) == 2
    assert "kuager new" in capsys.readouterr().err


def test_help_is_instant() -> None:
    command = [sys.executable, "-m", "kuager", "--help"]
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=os.environ)
        times.append(time.perf_counter() - start)
    # The bar is 0.4 s on a quiet machine (`make bench` measures it there); here the best of five must keep near it.
    assert min(times) < 0.8


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from kuager.faces.cli import main; main(['--help']); "
        "print([m for m in ('numpy','av','scipy','cryptography','rich','jinja2','trafilatura') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip().endswith("[]")
