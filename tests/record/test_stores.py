"""What every log store and every object store must do, held against files and against plain memory."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import pytest

from kuager.errors import UnreadableError
from kuager.record.commit import Act, Prepared, Writer
from kuager.record.home import Home
from kuager.record.log import FileLog, LogStore, Stream, lines_of
from kuager.record.objects import FileObjects, ObjectStore, StagedObject
from kuager.record.payload import Draft, clear_line, commitment
from kuager.record.tip import Tip
from kuager.record.verified import Report
from kuager.record.verify_log import LogCheck


class MemoryLog:
    """The smallest log store: nothing of it outlives the process."""

    def __init__(self) -> None:
        self._streams = dict.fromkeys(Stream, b"")
        self._lock = threading.Lock()
        self._generation = 0

    def lock(self) -> AbstractContextManager[None]:
        return self._lock  # type: ignore[return-value]

    def generation(self) -> object:
        return self._generation

    def size(self, stream: Stream) -> int:
        return len(self._streams[stream])

    def read(self, stream: Stream, start: int, end: int | None = None) -> bytes:
        return self._streams[stream][start:end]

    def append(self, payloads: bytes, log: bytes, checkpoints: bytes) -> None:
        self._streams[Stream.PAYLOADS] += payloads
        self._streams[Stream.LOG] += log
        self._streams[Stream.CHECKPOINTS] += checkpoints

    def cut(self, sizes: dict[Stream, int]) -> None:
        for stream, size in sizes.items():
            self._streams[stream] = self._streams[stream][:size]

    def replace_payloads(self, lines: Iterable[bytes]) -> None:
        self._streams[Stream.PAYLOADS] = b"".join(line + b"\n" for line in lines)
        self._generation += 1


class MemoryObjects:
    """The smallest object store."""

    def __init__(self) -> None:
        self._objects: dict[str, bytes] = {}

    def adopt(self, staged: Iterable[StagedObject]) -> list[str]:
        new = [one for one in staged if one.sha256 not in self._objects]
        self._objects.update({one.sha256: one.path.read_bytes() for one in new})
        return [one.sha256 for one in new]

    def has(self, name: str) -> bool:
        return name in self._objects

    def open(self, name: str) -> BinaryIO:
        if name not in self._objects:
            raise UnreadableError("There is no such object.")
        return io.BytesIO(self._objects[name])

    def names(self) -> Iterator[str]:
        return iter(sorted(self._objects))

    def remove(self, name: str) -> None:
        self._objects.pop(name, None)


@pytest.fixture(params=["files", "memory"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> LogStore:
    if request.param == "memory":
        return MemoryLog()
    for stream in Stream:
        (tmp_path / stream.value).touch()
    return FileLog(tmp_path, writable=True)


@pytest.fixture(params=["files", "memory"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    return MemoryObjects() if request.param == "memory" else FileObjects(tmp_path / "objects")


def test_a_log_gives_back_what_was_appended(log: LogStore) -> None:
    log.append(b"p0\np1\n", b"l0\n", b"c0\n")
    log.append(b"p2\n", b"l1\n", b"c1\n")
    assert list(lines_of(log, Stream.PAYLOADS, 0)) == [b"p0", b"p1", b"p2"]
    assert log.read(Stream.LOG, 3) == b"l1\n"
    assert log.read(Stream.CHECKPOINTS, 1, 4) == b"0\nc"
    assert log.read(Stream.LOG, 100) == b""
    assert {stream: log.size(stream) for stream in Stream} == {
        Stream.LOG: 6, Stream.PAYLOADS: 9, Stream.CHECKPOINTS: 6,
    }  # fmt: skip


def test_a_log_is_cut_back(log: LogStore) -> None:
    log.append(b"p0\n", b"l0\n", b"c0\n")
    log.append(b"p1\n", b"l1\n", b"c1\n")
    log.cut({Stream.PAYLOADS: 3, Stream.LOG: 3, Stream.CHECKPOINTS: 3})
    log.append(b"p2\n", b"l2\n", b"c2\n")
    assert log.read(Stream.PAYLOADS, 0) == b"p0\np2\n"
    log.cut({Stream.LOG: 1000})
    assert log.size(Stream.LOG) == 6


def test_replaced_payloads_are_a_new_generation(log: LogStore) -> None:
    log.append(b"p0\np1\n", b"l0\nl1\n", b"c0\n")
    before = log.generation()
    assert log.generation() == before
    log.replace_payloads(line + b"!" for line in lines_of(log, Stream.PAYLOADS, 0))
    assert log.generation() != before
    assert log.read(Stream.PAYLOADS, 0) == b"p0!\np1!\n"
    log.append(b"p2\n", b"l2\n", b"c1\n")
    assert log.read(Stream.PAYLOADS, 8) == b"p2\n"


def test_a_replacement_that_fails_changes_nothing(log: LogStore) -> None:
    log.append(b"p0\n", b"l0\n", b"c0\n")

    def failing() -> Iterator[bytes]:
        yield b"p"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="space"):
        log.replace_payloads(failing())
    assert log.read(Stream.PAYLOADS, 0) == b"p0\n"


def test_the_lock_lets_one_in_at_a_time(log: LogStore) -> None:
    inside, most = 0, 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(50):
            with log.lock():
                inside += 1
                most = max(most, inside)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside, most) == (0, 1)


def test_a_writer_needs_no_more_than_the_protocols(log: LogStore, objects: ObjectStore, home: Home) -> None:
    signer, tip = home.signer(), Tip()
    writer = Writer(log, objects, signer, tip, lambda tip: [])

    def act(draft: Draft) -> Act:
        line = clear_line(draft, signer.key_id, "2026-01-01T00:00:00Z", bytes(range(32)))
        return Act([Prepared(line, commitment(line))])

    import base64

    key = {"public_key": base64.b64encode(signer.public_key).decode(), "recipient": signer.recipient, "role": "founder"}
    first = act(Draft("key_admitted", key))
    assert writer.commit(lambda: first).size == 1
    for k in range(3):
        later = act(Draft("remark", {"k": k}))
        writer.commit(lambda later=later: later)  # type: ignore[misc]
    report = Report()
    check = LogCheck(log, report, lambda handle, age: None, [])
    check.run()
    assert (report.problems, report.notes, check.size) == ([], [], 4)
    again = Tip()
    again.advance(log)
    assert (again.size, again.note) == (4, tip.note)
    assert Tip.from_cache(log, tip.to_cache()) is not None
    assert Tip.from_cache(log, tip.to_cache() | {"frontier": Tip().frontier.to_bytes().hex()}) is None


def staged(folder: Path, data: bytes) -> StagedObject:
    path = folder / sha256(data).hexdigest()[:8]
    path.write_bytes(data)
    return StagedObject(path, sha256(data).hexdigest(), len(data))


def test_objects_come_back_as_they_went_in(objects: ObjectStore, tmp_path: Path) -> None:
    one, two = staged(tmp_path, b"one"), staged(tmp_path, b"two")
    assert set(objects.adopt([one, two])) == {one.sha256, two.sha256}
    assert objects.adopt([staged(tmp_path, b"one")]) == []
    assert sorted(objects.names()) == sorted([one.sha256, two.sha256])
    with objects.open(one.sha256) as file:
        assert file.read() == b"one"
    objects.remove(one.sha256)
    objects.remove(one.sha256)
    assert not objects.has(one.sha256)
    assert objects.has(two.sha256)
    with pytest.raises(UnreadableError):
        objects.open(one.sha256)


def test_file_objects_take_no_paths(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        FileObjects(tmp_path).path("../../etc/passwd")
