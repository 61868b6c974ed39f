"""Copiers: what they copy is what copying in one process gives, and none that fails costs a file."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from kuager.record import copier, intake
from kuager.record.case import Case
from kuager.record.copier import Copiers, Job
from kuager.record.home import Home
from kuager.record.verification import verify


def jobs(folder: Path, contents: dict[bytes, bytes]) -> list[Job]:
    (folder / "in").mkdir()
    (folder / "out").mkdir()
    made = []
    for number, (name, data) in enumerate(contents.items()):
        path = os.path.join(os.fsencode(folder / "in"), name)
        with open(path, "wb") as file:
            file.write(data)
        made.append(Job(os.fsdecode(path), f"{folder}/out/{number}", None))
    return made


CONTENTS = {
    b"empty": b"",
    b"page.html": b"<!doctype html><p>x",
    b"\xff\xfe": b"a name that is not text",
    "ұлы\n".encode(): b"x" * 300_000,
    b"large": os.urandom(5_000_001),
}


def nothing(count: int) -> None:
    pass


def test_processes_copy_as_threads_do(tmp_path: Path) -> None:
    asked, told = jobs(tmp_path, CONTENTS), [0, 0]

    def count(processes: bool, bytes_: int) -> None:
        told[processes] += bytes_

    outcomes = []
    for processes in (False, True):
        with Copiers(1, -1 if processes else 1 << 40) as copiers:
            outcomes.append(copiers.copy(asked, 0, lambda n, p=processes: count(p, n)))  # type: ignore[misc]
        for job, data in zip(asked, CONTENTS.values(), strict=True):
            assert Path(job.target).read_bytes() == data
            os.unlink(job.target)
    assert outcomes[0] == outcomes[1]
    assert told == [sum(map(len, CONTENTS.values()))] * 2
    copied, refused = outcomes[1]
    assert refused is None
    assert [one.sha256 for one in copied] == [hashlib.sha256(data).hexdigest() for data in CONTENTS.values()]


def test_relative_paths_are_of_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs(tmp_path, {b"a": b"first"})
    with Copiers(1, -1) as copiers:
        copiers.copy([], 1, nothing)
        monkeypatch.chdir(tmp_path / "in")
        copied, _ = copiers.copy([Job("a", f"{tmp_path}/out/a", None)], 1, nothing)
    assert copied[0].reason is None
    assert (tmp_path / "out" / "a").read_bytes() == b"first"


def test_a_copier_that_is_killed_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, started = jobs(tmp_path, CONTENTS), []
    begin = copier._Copier.__init__

    def remembering(self: Any) -> None:
        begin(self)
        started.append(self._process.pid)

    monkeypatch.setattr(copier._Copier, "__init__", remembering)
    with Copiers(1, -1) as copiers:
        copiers.copy(asked[:1], 1, nothing)
        os.kill(started[0], signal.SIGKILL)
        Path(asked[1].target).write_bytes(b"half")
        copied, refused = copiers.copy(asked[1:], 1, nothing)
    assert refused is None
    assert [one.reason for one in copied] == [None] * 4
    for job, data in zip(asked, CONTENTS.values(), strict=True):
        assert Path(job.target).read_bytes() == data


def test_where_no_process_starts_threads_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = jobs(tmp_path, CONTENTS)

    def refusing(*_: object, **__: object) -> None:
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", refusing)
    with Copiers(1, -1) as copiers:
        copied, _ = copiers.copy(asked, 1, nothing)
    assert [one.reason for one in copied] == [None] * 5


def test_what_came_before_a_full_disk_is_kept(tmp_path: Path) -> None:
    asked = jobs(tmp_path, {b"a": b"1", b"b": b"2", b"c": b"3"})
    asked[1] = Job(asked[1].path, f"{tmp_path}/absent/b", None)
    for worth in (-1, 1 << 40):
        with Copiers(1, worth) as copiers:
            copied, refused = copiers.copy(asked, 1, nothing)
        assert [one.path for one in copied] == [asked[0].path]
        assert refused is not None
        assert refused.errno == errno.ENOENT
        os.unlink(asked[0].target)


def test_copiers_end_with_their_driver() -> None:
    program = """
import sys
from kuager.record import copier
one = copier._Copier()
one.copy([], print)
print(one._process.pid, flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as driver:
        assert driver.stdout is not None
        assert driver.stdout.readline() == "0\n"
        pid = int(driver.stdout.readline())
        os.kill(pid, 0)
        driver.kill()
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    raise AssertionError("the copier outlived its driver")


@pytest.mark.parametrize("restricted", [False, True])
def test_an_intake_by_processes(
    case: Case, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, restricted: bool
) -> None:
    asked = jobs(tmp_path, {b"%03d" % k: b"%d" % k * (40_000 if k % 7 else 400_000) for k in range(100)})
    monkeypatch.setattr(intake, "_WORTH_PROCESSES", -1)
    monkeypatch.setattr(intake, "_GROUP_FILES", 30)
    added = intake.add(case, [tmp_path / "in"], restricted=restricted)
    assert [item.name for item in added.items] == [os.path.basename(job.path) for job in asked]
    assert not added.failed
    outcome = verify(case.folder, home=home)
    assert outcome.ok, outcome.problems
    assert not list((case.folder / "staging").iterdir())
    for item, job in zip(added.items, asked, strict=True):
        assert item.sha256 == hashlib.sha256(Path(job.path).read_bytes()).hexdigest()


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_copiers_open_no_socket_and_hold_no_lock(case: Case, home: Home, tmp_path: Path) -> None:
    """Of the case they see their staging folder and nothing else."""
    jobs(tmp_path, CONTENTS)
    trace = tmp_path / "trace"
    program = """
import sys
from kuager.record import intake
from kuager.record.case import Case
from kuager.record.home import Home
intake._WORTH_PROCESSES = -1
intake.add(Case.open(sys.argv[1], Home(sys.argv[2]).signer()), [sys.argv[3]])
"""
    watched = "trace=openat,socket,connect,flock,rename,execve"
    command = ["strace", "-ff", "-s", "4096", "-o", str(trace), "-e", watched, sys.executable, "-c", program]
    done = subprocess.run([*command, str(case.folder), str(home.path), str(tmp_path / "in")], capture_output=True)
    if b"ptrace" in done.stderr or b"PTRACE" in done.stderr:
        pytest.skip("strace may not trace here")
    assert done.returncode == 0
    copiers = [calls for path in tmp_path.glob("trace.*") if "copier import serve" in (calls := path.read_text())]
    assert copiers
    for calls in copiers:
        own = calls[calls.index("copier import serve") :]
        assert "AF_INET" not in own
        assert "flock(" not in own
        assert "rename(" not in own
        inside = [line for line in own.splitlines() if f'"{case.folder}' in line]
        assert all(f'"{case.folder}/staging/' in line for line in inside)
