"""Nothing acknowledged is lost and nothing half-made stays: killed writers, system calls in order, many processes."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kuager.errors import KuagerError
from kuager.record import checkpoint, intake, merkle
from kuager.record.case import Case, recover
from kuager.record.home import Home
from kuager.record.log import FileLog, Stream
from kuager.record.payload import Draft
from kuager.record.tip import BrokenLogError
from kuager.record.verification import verify

APPEND = """
import sys, threading
from kuager.record.case import Case
from kuager.record.home import Home
from kuager.record.payload import Draft
case = Case.open(sys.argv[1], Home(sys.argv[2]).signer())
def work(name):
    for k in range(100000):
        commit = case.commit([Draft("remark", {"by": name, "k": k, "half": half}) for half in (0, 1)])
        sys.stdout.write(f"{commit.first} {name} {k}\\n")
        sys.stdout.flush()
threads = [threading.Thread(target=work, args=(n,), daemon=True) for n in range(3)]
[t.start() for t in threads]
[t.join() for t in threads]
"""

INGEST = """
import sys
from kuager.record import intake
from kuager.record.case import Case
from kuager.record.home import Home
home = Home(sys.argv[2])
case = Case.open(sys.argv[1], home.signer(), home.identities())
intake._GROUP_FILES = 4
intake._WORTH_PROCESSES = -1 if int(sys.argv[4]) else 1 << 40
for k in range(1000):
    added = intake.add(case, [f"{sys.argv[3]}/{k}"], restricted=bool(k % 2))
    for item in added.items:
        sys.stdout.write(f"{item.entry} {item.id} {item.sha256}\\n")
    sys.stdout.flush()
"""


def killed(program: str, arguments: list[str], after: float) -> list[str]:
    """Runs a program, kills it, and gives the lines it had acknowledged."""
    with subprocess.Popen([sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        lines = [running.stdout.readline()]
        time.sleep(after)
        os.kill(running.pid, signal.SIGKILL)
        lines += running.stdout.readlines()
    return [line for line in lines if line.endswith("\n")]


def reopen(folder: Path, home: Home) -> Case:
    """As the next writers do: they recover and go on.

    A copier that was just being started holds what its driver held until it is another program, so the first of them
    may find the staging folder still in use and leave it to the next.
    """
    for _ in range(3):
        with Case.open(folder, home.signer(), home.identities()) as case:
            case.commit([Draft("remark", {"by": "next"})])
        if not list((folder / "staging").iterdir()):
            break
        time.sleep(0.5)
    outcome = verify(folder, home=home)
    assert outcome.ok, outcome.problems
    assert not outcome.notes, outcome.notes
    assert not list((folder / "staging").iterdir())
    return Case.open(folder)


@pytest.mark.parametrize("rounds", [pytest.param(250, marks=[pytest.mark.slow, pytest.mark.timeout(1800)]), 15])
def test_killed_while_appending(case: Case, home: Home, rounds: int) -> None:
    chance = random.Random(9)
    acknowledged: dict[int, tuple[str, str]] = {}
    for _ in range(rounds):
        for line in killed(APPEND, [str(case.folder), str(home.path)], chance.random() * 0.08):
            first, name, k = line.split()
            acknowledged[int(first)] = (name, k)
        with reopen(case.folder, home) as again:
            bodies = [entry.payload.body for entry in again.entries() if entry.payload]
    assert len(acknowledged) > rounds
    for first, (name, k) in acknowledged.items():
        found = [(str(body["by"]), str(body["k"]), body["half"]) for body in bodies[first : first + 2]]
        assert found == [(name, k, 0), (name, k, 1)]
    assert sum(body.get("half") == 0 for body in bodies) == sum(body.get("half") == 1 for body in bodies)


@pytest.mark.parametrize("rounds", [pytest.param(250, marks=[pytest.mark.slow, pytest.mark.timeout(1800)]), 15])
def test_killed_while_ingesting(case: Case, home: Home, tmp_path: Path, rounds: int) -> None:
    chance = random.Random(10)
    for folder in range(40):
        (tmp_path / "in" / str(folder)).mkdir(parents=True)
        for number in range(6):
            data = chance.randbytes(chance.choice([0, 10, 40_000, 1_500_000 if number == 0 else 5]))
            (tmp_path / "in" / str(folder) / str(number)).write_bytes(data)
    acknowledged: dict[str, str] = {}
    for number in range(rounds):
        arguments = [str(case.folder), str(home.path), str(tmp_path / "in"), str(number % 2)]
        for line in killed(INGEST, arguments, chance.random() * 0.15):
            _, item, sha256 = line.split()
            acknowledged[item] = sha256
        with reopen(case.folder, home) as again:
            assert set(acknowledged) <= {*again.item_ids()}
    assert acknowledged
    named = {path.name for path in case.folder.glob("objects/*/*")}
    with Case.open(case.folder) as again:
        assert named == {item.stored.sha256 for item in again.items() if item.stored}
        sealed = {path.stem for path in case.folder.glob("keys/*.age")}
        assert sealed == {handle for (handle,) in again.index.rows("SELECT handle FROM seals")}


@pytest.mark.parametrize("where", ["objects.FileObjects.adopt", "log.FileLog.append"])
def test_a_key_that_no_entry_knows_is_set_aside(case: Case, home: Home, tmp_path: Path, where: str) -> None:
    """Killed after the key came to its place and before its entry did, for new bytes and for known ones."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "known").write_bytes(b"known")
    intake.add(case, [tmp_path / "in"])
    (tmp_path / "in" / "new").write_bytes(b"new")
    program = f"""
import os, signal, sys
from kuager.record import intake, log, objects
from kuager.record.case import Case
from kuager.record.home import Home
home = Home(sys.argv[2])
case = Case.open(sys.argv[1], home.signer(), home.identities())
{where} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
intake.add(case, [sys.argv[3]], restricted=True)
"""
    done = subprocess.run([sys.executable, "-c", program, str(case.folder), str(home.path), str(tmp_path / "in")])
    assert done.returncode == -signal.SIGKILL
    assert len(list(case.folder.glob("keys/*.age"))) == 2
    with reopen(case.folder, home):
        assert not list(case.folder.glob("keys/*.age"))
    assert len(list(case.folder.glob("objects/*/*"))) == 1


def test_torn_ends_are_set_aside_and_never_signed(case: Case, home: Home) -> None:
    for stream in Stream:
        with open(case.folder / stream.value, "ab") as file:
            file.write(b'{"c":"torn')
    with reopen(case.folder, home) as again:
        kept = sorted(path.name for path in case.folder.glob("lost+found/*/*"))
        assert kept == ["checkpoints.log", "log.jsonl", "payloads.jsonl"]
        assert [entry.payload.type for entry in again.entries() if entry.payload][-2:] == ["recovered", "remark"]


def test_a_complete_checkpoint_that_does_not_verify_stops_writing(case: Case, home: Home, other: Home) -> None:
    case.commit([Draft("remark", {"k": 1})])
    last = checkpoint.parse(case.checkpoint).checkpoint
    forged = checkpoint.Checkpoint(last.origin, last.size + 1, last.root).sign(other.signer())
    with open(case.folder / "checkpoints.log", "ab") as file:
        file.write(forged)
    for _ in range(2):
        with pytest.raises(BrokenLogError):
            case.commit([Draft("remark", {"k": 2})])
    again = Case.open(case.folder, home.signer())
    assert again.trouble
    recover(again, "a stranger's checkpoint")
    assert verify(case.folder, home=home).ok
    assert b"stranger" in (case.folder / "payloads.jsonl").read_bytes()
    with pytest.raises(KuagerError, match="nothing to recover"):
        recover(again, "again")


def test_lost_lines_stop_writing(case: Case, home: Home) -> None:
    case.commit([Draft("remark", {"k": 1})])
    data = (case.folder / "log.jsonl").read_bytes()
    (case.folder / "log.jsonl").write_bytes(data[:-1])
    with pytest.raises(BrokenLogError):
        Case.open(case.folder, home.signer()).commit([Draft("remark", {})])


def test_a_write_that_fails_is_taken_back(case: Case, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    case.commit([Draft("remark", {})])
    sizes = {stream: case.log.size(stream) for stream in Stream}
    sync, calls = os.fdatasync, []

    def failing(file: int) -> None:
        calls.append(file)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        sync(file)

    for before in (0, 1, 2):
        calls[:] = [-1] * before
        monkeypatch.setattr(os, "fdatasync", failing)
        with pytest.raises(KuagerError, match="full"):
            case.commit([Draft("remark", {})])
        monkeypatch.undo()
        assert sizes == {stream: case.log.size(stream) for stream in Stream}
    assert case.commit([Draft("remark", {})]).first == case.size - 1
    assert verify(case.folder, home=home).ok


def test_a_stale_or_broken_index_is_no_matter(case: Case, home: Home) -> None:
    stale = case.folder / "stale"
    case.index.remember(case.tip)
    shutil.copy(case.folder / "index.db", stale)
    for k in range(5):
        case.commit([Draft("remark", {"k": k})])
    size = case.size
    case.close()
    for data in (stale.read_bytes(), b"", b"garbage" * 1000, None):
        (case.folder / "index.db").unlink(missing_ok=True)
        if data is not None:
            (case.folder / "index.db").write_bytes(data)
        with Case.open(case.folder, home.signer()) as again:
            assert again.size == size
            assert again.entry(size - 1).payload.body == {"k": 4}  # type: ignore[union-attr]
            assert again.reindex() == size


def test_opening_reads_only_the_end(case: Case, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        case.commit([Draft("remark", {"k": k}) for k in range(2000)])
    case.close()
    read, total = FileLog.read, []

    def counting(log: FileLog, stream: Stream, start: int, end: int | None = None) -> bytes:
        data = read(log, stream, start, end)
        total.append(len(data))
        return data

    monkeypatch.setattr(FileLog, "read", counting)
    with Case.open(case.folder, home.signer()) as again:
        assert again.size == 6004
    assert sum(total) < 200_000 < (case.folder / "payloads.jsonl").stat().st_size


def test_eight_processes_make_one_gap_free_log(case: Case, home: Home) -> None:
    program = """
import sys
from kuager.record.case import Case
from kuager.record.home import Home
from kuager.record.payload import Draft
case = Case.open(sys.argv[1], Home(sys.argv[2]).signer())
for k in range(100):
    case.commit([Draft("remark", {"by": sys.argv[3], "k": 10 * k + i}) for i in range(10)])
"""
    arguments = [sys.executable, "-c", program, str(case.folder), str(home.path)]
    running = [subprocess.Popen([*arguments, str(name)]) for name in range(8)]
    assert [one.wait() for one in running] == [0] * 8
    assert verify(case.folder, home=home).ok
    case.refresh()
    seen: dict[str, list[int]] = {}
    for entry in case.entries(4):
        assert entry.payload is not None
        seen.setdefault(entry.payload.body["by"], []).append(entry.payload.body["k"])
    assert seen == {str(name): list(range(1000)) for name in range(8)}


def test_many_threads_share_a_sync_and_keep_their_commits(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    sync, calls = os.fdatasync, []
    monkeypatch.setattr(os, "fdatasync", lambda file: (calls.append(file), sync(file)))
    commits = []

    def work(name: int) -> None:
        for k in range(5):
            commits.append((name, k, case.commit([Draft("remark", {"by": name, "k": k}) for _ in range(3)])))

    threads = [threading.Thread(target=work, args=(name,)) for name in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(calls) < 3 * 160
    for name, k, commit in commits:
        for n in range(commit.first, commit.size):
            entry = case.entry(n)
            assert entry.payload is not None
            assert entry.payload.body == {"by": name, "k": k}
        assert checkpoint.parse(commit.checkpoint).checkpoint.size == commit.size
    notes = list(checkpoint.split((case.folder / "checkpoints.log").read_bytes()))
    assert len(notes) == 161


def test_inclusion_and_consistency_of_a_real_log(case: Case) -> None:
    commits = [case.commit([Draft("remark", {"k": k}) for k in range(3)]) for _ in range(6)]
    leaves = [merkle.leaf_hash(line) for line in case.log_lines()]
    last = commits[-1]
    for commit in commits:
        proof = merkle.consistency_proof(leaves, commit.size, last.size)
        assert merkle.verify_consistency(commit.size, commit.root, last.size, last.root, proof)
    for n, leaf in enumerate(leaves):
        proof = merkle.inclusion_proof(leaves, n, last.size)
        assert merkle.verify_inclusion(leaf, n, last.size, proof, last.root)


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_system_calls_come_in_order(case: Case, home: Home, tmp_path: Path) -> None:
    """Bytes are synced before they get their names, names and lines before the checkpoint, that before the answer."""
    (tmp_path / "f").write_bytes(b"x" * 100_000)
    program = """
import os, sys
from kuager.record import intake
from kuager.record.case import Case
from kuager.record.home import Home
case = Case.open(sys.argv[1], Home(sys.argv[2]).signer())
intake.add(case, [sys.argv[3]])
os.write(1, b"ACKNOWLEDGED")
"""
    trace = tmp_path / "trace"
    watched = "trace=write,copy_file_range,rename,fdatasync,fsync,syncfs"
    command = ["strace", "-f", "-y", "-o", str(trace), "-e", watched, sys.executable, "-c", program]
    done = subprocess.run([*command, str(case.folder), str(home.path), str(tmp_path / "f")], capture_output=True)
    if b"ptrace" in done.stderr or b"PTRACE" in done.stderr:
        pytest.skip("strace may not trace here")
    calls = trace.read_text()

    def at(pattern: str, start: int = 0) -> int:
        found = re.compile(pattern).search(calls, start)
        assert found, pattern
        return found.start()

    staged = at(r"(?:write\(|copy_file_range\(\d+<[^>]*>, NULL, )\d+<[^>]*/staging/[^>]*/000001>")
    listed = at(r"write\(\d+<[^>]*/LIST>")
    first_sync = at(r"syncfs\(", max(staged, listed))
    named = at(r"rename\(\"[^\"]*/staging/", first_sync)
    names_sync = at(r"(fsync|syncfs)\(\d+<[^>]*/objects", named)
    note = at(r"write\(\d+<[^>]*/checkpoints\.log>")
    for name in ("payloads.jsonl", "log.jsonl"):
        written = at(rf"write\(\d+<[^>]*/{name}>")
        assert written < at(rf"fdatasync\(\d+<[^>]*/{name}>", written) < note
    assert names_sync < note
    assert note < at(r"fdatasync\(\d+<[^>]*/checkpoints\.log>", note) < at("ACKNOWLEDGED")
