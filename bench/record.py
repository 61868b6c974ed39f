"""The record against its peers: preserving files, verifying a case, appending to and verifying a long log, starting."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import _files
from bench.harness import Bar, Comparison, Environment, Finished, Metric, Runner, Work, register

_GB = 2_000_000_000
_BAGIT = Environment("bagit", ("bagit==1.9.0",))
_KUAGER = str(Path(sys.executable).with_name("kuager"))


@dataclass(frozen=True)
class _Place:
    """Where the work lies: the files, the case made of them, and the home of who made it."""

    files: Path
    case: Path
    home: Path
    bytes: int

    @property
    def env(self) -> dict[str, str]:
        return {"KUAGER_HOME": str(self.home)}


def _some_files(seed: int, folder: Path, quick: bool) -> _Place:
    size = _files.write(seed, folder / "files", _GB // 20 if quick else _GB)
    os.sync()
    return _Place(folder / "files", folder / "case", folder / "home", size)


def _a_case(seed: int, folder: Path, quick: bool) -> _Place:
    from kuager.record import intake
    from kuager.record.case import Case
    from kuager.record.home import Home

    place = _some_files(seed, folder, quick)
    intake.add(Case.create(place.case, Home(place.home).signer()), [place.files])
    return place


def _verify(cores: int) -> Callable[[Work], Mapping[str, float]]:
    def run(work: Work) -> Mapping[str, float]:
        done = work.process([_KUAGER, "verify", str(work.input.case), "--json"], cores=cores, env=work.input.env)
        assert json.loads(done.stdout)["ok"]
        return _speed(work, done)

    return run


def _openssl(work: Work) -> Mapping[str, float]:
    words = 'find "$0" -type f -print0 | xargs -0 openssl dgst -sha256'
    done = work.process(["sh", "-c", words, str(work.input.case / "objects")])
    return _speed(work, done)


def _add(work: Work) -> Mapping[str, float]:
    case = work.scratch / "case"
    work.process([_KUAGER, "new", case], env=work.input.env)
    done = work.process([_KUAGER, "-C", case, "add", work.input.files, "--json"], env=work.input.env)
    assert not json.loads(done.stdout)["failed"]
    return _ingested(work, done)


def _cp(work: Work) -> Mapping[str, float]:
    done = work.process(["sh", "-c", 'cp -r "$0" copy && sync -f copy', work.input.files])
    return _ingested(work, done)


def _bag_in_place(work: Work) -> Mapping[str, float]:
    """As people run it. The folder it is done in is copied before; it copies nothing and syncs nothing itself."""
    shutil.copytree(work.input.files, work.scratch / "bag")
    os.sync()
    return _ingested(work, work.process([str(work.python), "-m", "bagit", "--quiet", "bag"]))


def _bag_of_a_copy(work: Work) -> Mapping[str, float]:
    """What ``add`` does, with these tools: a durable copy with its SHA-256 digests."""
    words = 'cp -r "$0" bag && "$1" -m bagit --quiet --sha256 --processes 2 bag && sync -f bag'
    return _ingested(work, work.process(["sh", "-c", words, str(work.input.files), str(work.python)]))


def _ingested(work: Work, done: Finished) -> Mapping[str, float]:
    os.sync()
    return _speed(work, done)


def _speed(work: Work, done: Finished) -> Mapping[str, float]:
    megabytes = work.input.bytes / 1e6
    return {
        "MB/s": megabytes / done.seconds,
        "MB/processor s": megabytes / done.cpu_seconds,
        "peak MB": done.peak_bytes / 1e6,
    }


_APPEND = """
import sys, threading, time
from kuager.record.case import Case
from kuager.record.home import Home
from kuager.record.payload import Draft
threads, commits, each = map(int, sys.argv[2:])
case = Case.create(sys.argv[1], Home().signer())
def work(number):
    for _ in range(commits):
        case.commit([Draft("case_titled", {"title": f"Title {number}"})] * each)
all_ = [threading.Thread(target=work, args=(n,)) for n in range(threads)]
began = time.perf_counter()
[thread.start() for thread in all_]
[thread.join() for thread in all_]
print(threads * commits * each / (time.perf_counter() - began))
"""

_SQLITE = """
import sqlite3, sys, time
threads, commits, each = map(int, sys.argv[2:])
base = sqlite3.connect(sys.argv[1], isolation_level=None)
base.execute("PRAGMA journal_mode=WAL")
base.execute("PRAGMA synchronous=FULL")
base.execute("CREATE TABLE log (n INTEGER PRIMARY KEY, payload TEXT)")
began = time.perf_counter()
for _ in range(commits * each):
    base.execute("BEGIN")
    base.executemany("INSERT INTO log (payload) VALUES (?)", [("x" * 300,)] * threads)
    base.execute("COMMIT")
print(threads * commits * each / (time.perf_counter() - began))
"""


def _appended(code: str) -> Callable[[Work], Mapping[str, float]]:
    def run(work: Work) -> Mapping[str, float]:
        commits = "2" if work.quick else "20"
        command = [sys.executable, "-c", code, str(work.scratch / "log"), "64", commits, "10"]
        done = work.process(command, env={"KUAGER_HOME": str(work.input)})
        return {"entries/s": float(done.stdout)}

    return run


def _a_home(seed: int, folder: Path, quick: bool) -> Path:
    return folder / "home"


def _a_long_log(seed: int, folder: Path, quick: bool) -> _Place:
    """1,000,000 entries in commits of 100, and the index as a reader before left it."""
    from concurrent.futures import ThreadPoolExecutor

    from kuager.record.case import Case
    from kuager.record.home import Home
    from kuager.record.payload import Draft

    place = _Place(folder / "files", folder / "case", folder / "home", 0)
    case = Case.create(place.case, Home(place.home).signer())
    drafts = [Draft("case_titled", {"title": f"Title {seed}"})] * 100
    with ThreadPoolExecutor(64) as pool:
        list(pool.map(lambda _: case.commit(drafts), range(100 if quick else 10_000)))
    Case.open(place.case)
    return place


def _read_long_log(work: Work) -> Mapping[str, float]:
    verified = work.process([_KUAGER, "verify", str(work.input.case), "--json"], env=work.input.env)
    assert json.loads(verified.stdout)["ok"]
    code = "import sys, time\nbegan = time.perf_counter()\nfrom kuager.record.case import Case\nCase.open(sys.argv[1])"
    opened = work.process([sys.executable, "-c", code, work.input.case], env=work.input.env)
    return {"verify, s": verified.seconds, "verify, peak MB": verified.peak_bytes / 1e6, "open, s": opened.seconds}


def _help(work: Work) -> Mapping[str, float]:
    return {"s": work.process([_KUAGER, "--help"]).seconds}


def _python(work: Work) -> Mapping[str, float]:
    return {"s": work.process([sys.executable, "-c", "pass"]).seconds}


_SPEED = (Metric("MB/s"), Metric("MB/processor s"), Metric("peak MB", better="lower"))
_OPENSSL = Runner("openssl dgst -sha256", _openssl, version=("openssl", "version"))
_ONE_CORE = (
    "verifying 2 GB in files of 40 KB, 3 MB and 80 MB, start-up included, held to one core; openssl hashes the same"
)

register(
    Comparison(
        name="record.verify.one_core",
        what=_ONE_CORE,
        prepare=_a_case,
        ours=Runner("kuager verify", _verify(1)),
        peers=(_OPENSSL,),
        metrics=_SPEED,
        bars=(Bar("MB/s", at_least=0.8, against=_OPENSSL.name), Bar("peak MB", at_most=150)),
    )
)
register(
    Comparison(
        name="record.verify.two_cores",
        what=_ONE_CORE.replace("held to one core", "on two cores"),
        prepare=_a_case,
        ours=Runner("kuager verify", _verify(2)),
        peers=(_OPENSSL,),
        metrics=_SPEED,
        bars=(Bar("MB/s", at_least=1.2, against=_OPENSSL.name), Bar("peak MB", at_most=150)),
    )
)
register(
    Comparison(
        name="record.ingest",
        what="preserving 2 GB in files of 40 KB, 3 MB and 80 MB durably, start-up included",
        prepare=_some_files,
        ours=Runner("kuager add", _add),
        peers=(
            Runner("cp -r and sync -f", _cp, version=("cp", "--version")),
            Runner("bagit.py in place, defaults, no sync", _bag_in_place, environment=_BAGIT),
            Runner("cp -r, bagit.py --sha256 --processes 2, sync -f", _bag_of_a_copy, environment=_BAGIT),
        ),
        metrics=_SPEED,
        bars=(
            Bar("MB/s", at_least=1.0, against="cp -r and sync -f"),
            Bar("MB/s", at_least=1.0, against="bagit.py in place, defaults, no sync"),
            Bar("MB/s", at_least=1.0, against="cp -r, bagit.py --sha256 --processes 2, sync -f"),
            Bar("peak MB", at_most=150),
        ),
        notes="bagit.py in place copies nothing; its defaults are SHA-256 and SHA-512, in one process. Kuager copies, "
        "hashes, logs how each file came and signs a checkpoint.",
    )
)
register(
    Comparison(
        name="record.log.append",
        what="durable entries a second: 64 threads in commits of 10; SQLite (WAL, FULL): one thread, 64 rows a commit",
        prepare=_a_home,
        ours=Runner("kuager", _appended(_APPEND)),
        peers=(Runner("SQLite", _appended(_SQLITE), version=sqlite3.sqlite_version),),
        metrics=(Metric("entries/s"),),
        bars=(Bar("entries/s", at_least=10_000),),
        notes="SQLite stores bare rows: no hash chain, no Merkle root, no signature.",
    )
)
register(
    Comparison(
        name="record.log.long",
        what="a case of 1,000,000 entries in commits of 100: verifying it, and opening it in a new process",
        prepare=_a_long_log,
        ours=Runner("kuager", _read_long_log),
        metrics=tuple(Metric(name, better="lower") for name in ("verify, s", "verify, peak MB", "open, s")),
        bars=(Bar("verify, s", at_most=20), Bar("open, s", at_most=0.5)),
    )
)
register(
    Comparison(
        name="start.help",
        what="kuager --help from nothing to its last line",
        prepare=_a_home,
        ours=Runner("kuager --help", _help),
        peers=(Runner("python -c pass", _python, version=("python3", "--version")),),
        metrics=(Metric("s", better="lower"),),
        bars=(Bar("s", at_most=0.4),),
        rounds=11,
    )
)
