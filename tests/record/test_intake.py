"""Intake: whatever a person gives, there is an item, a recorded reason or a clear error, and never half an item."""

from __future__ import annotations

import base64
import errno
import hashlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kuager.errors import KuagerError, UsageError
from kuager.record import copying, intake
from kuager.record.case import Case
from kuager.record.home import Home
from kuager.record.intake import Acquisition
from kuager.record.verification import verify
from kuager.record.walk import measure


def reasons(added: intake.Added) -> dict[str, str]:
    return {os.path.basename(one.path): one.reason for one in added.failed}


def well(case: Case, home: Home) -> bool:
    outcome = verify(case.folder, home=home)
    assert outcome.ok, outcome.problems
    assert not outcome.notes
    assert not list((case.folder / "staging").iterdir())
    return True


def test_a_folder_with_its_acquisition(case: Case, home: Home, files: Callable[..., Path]) -> None:
    page = files("page.html", b"<!doctype html><p>x")
    files("list.csv", b"a,b\n1,2\n")
    files("empty.bin", b"")
    how = Acquisition(None, "messenger", "forwarded", "2011-12-16T12:00:00Z", "https://example.org/1", public=True)
    seen: list[tuple[int, int]] = []
    added = intake.add(case, [page.parent], how, progress=lambda done, count: seen.append((done, count)))
    assert [item.name for item in added.items] == ["empty.bin", "list.csv", "page.html"]
    assert [item.media_type for item in added.items] == ["application/x-empty", "text/csv", "text/html"]
    assert all(item.new and item.acquisition == 1 for item in added.items)
    assert added.failed == ()
    assert seen[-1] == (27, 3)
    item = case.item(added.items[2].id)
    assert item.sha256 == hashlib.sha256(page.read_bytes()).hexdigest()
    assert item.public
    assert item.acquisitions[0]["channel"] == "messenger"
    assert item.acquisitions[0]["url"] == "https://example.org/1"
    assert case.entry(added.items[2].entry).payload.type == "acquired"  # type: ignore[union-attr]
    assert case.object_path(item.stored.sha256).stat().st_mode & 0o777 == 0o444  # type: ignore[union-attr]
    assert well(case, home)


def test_same_bytes_again_are_another_acquisition(case: Case, home: Home, files: Callable[..., Path]) -> None:
    one, two = files("one", b"same"), files("two", b"same")
    first = intake.add(case, [one, two])
    assert [(item.new, item.acquisition) for item in first.items] == [(True, 1), (False, 2)]
    with Case.open(case.folder, home.signer()) as again:
        third = intake.add(again, [one])
    assert [(item.new, item.acquisition, item.id) for item in third.items] == [(False, 3, first.items[0].id)]
    assert len(list(case.folder.glob("objects/*/*"))) == 1
    case.refresh()
    assert [a["name"] for a in case.item(first.items[0].id).acquisitions] == ["one", "two", "one"]
    assert well(case, home)


def test_restricted_items_are_compared_with_the_key(case: Case, home: Home, files: Callable[..., Path]) -> None:
    path = files("secret.txt", b"CANARY")
    first = intake.add(case, [path], restricted=True)
    assert (first.items[0].new, first.items[0].sha256) == (True, hashlib.sha256(b"CANARY").hexdigest())
    assert intake.add(case, [path], restricted=True).items[0].id == first.items[0].id
    assert intake.add(case, [path]).items[0].acquisition == 3
    blind = Case.open(case.folder, home.signer())
    assert intake.add(blind, [path], restricted=True).items[0].new is None
    for left in case.folder.rglob("*"):
        assert not left.is_file() or (b"CANARY" not in left.read_bytes() and b"secret.txt" not in left.read_bytes())
    assert len(list((case.folder / "keys").iterdir())) == 2
    assert well(case, home)


def test_restricted_again_of_what_is_clear(case: Case, home: Home, files: Callable[..., Path]) -> None:
    clear = intake.add(case, [files("a", b"x")]).items[0]
    again = intake.add(case, [files("CANARY", b"x")], restricted=True).items[0]
    assert (again.id, again.new, again.acquisition) == (clear.id, False, 2)
    assert b"CANARY" not in (case.folder / "payloads.jsonl").read_bytes()
    assert well(case, home)


def test_names_are_data(case: Case, home: Home, tmp_path: Path) -> None:
    names = [b"new\nline", b"x" * 255, b"\xff\xfe\x80", b"-rf", b"a\\..\\b"]
    names += [name.encode() for name in ("\u202etxt.exe", "ұлы дала")]
    folder = tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate(names):
        Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_bytes(b"%d" % number)
    added = intake.add(case, [folder])
    kept = {
        base64.b64decode(item.name["base64"]) if isinstance(item.name, dict) else item.name.encode()
        for item in added.items
    }
    assert kept == set(names)
    assert {len(path.name) for path in case.folder.glob("objects/*/*")} == {64}
    assert well(case, home)


def test_what_is_no_file(case: Case, home: Home, tmp_path: Path, files: Callable[..., Path]) -> None:
    folder = files("real").parent
    os.mkfifo(folder / "fifo")
    (folder / "link").symlink_to("/etc/hostname")
    (folder / "loop").symlink_to(".")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(folder / "s"))
    added = intake.add(case, [folder, tmp_path / "absent", "/dev/null", folder / "link", case.folder])
    listening.close()
    assert len(added.items) == 1
    assert reasons(added) == {
        "fifo": "it is a pipe, not a file",
        "link": "it is a symbolic link; give the file it points to",
        "loop": "it is a symbolic link; give the file it points to",
        "s": "it is a socket, not a file",
        "absent": "it cannot be read (No such file or directory)",
        "null": "it is a device, not a file",
        "case": "it is the folder of the case itself",
    }
    noted = [entry.payload.body["reason"] for entry in case.of_type("unreadable") if entry.payload]
    assert len(noted) == 7 - 1 + 1
    assert b"fifo" not in (case.folder / "payloads.jsonl").read_bytes()
    assert measure([folder]) == (1, 5)
    assert well(case, home)


@pytest.mark.parametrize("restricted", [False, True])
def test_a_file_that_changes_while_it_is_read(
    case: Case, home: Home, files: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, restricted: bool
) -> None:
    path = files("moving", b"a" * 3_000_000)
    took = copying._Reader._took

    def meanwhile(reader: copying._Reader, piece: memoryview) -> None:
        took(reader, piece)
        with open(path, "ab") as file:
            file.write(b"more")

    monkeypatch.setattr(copying._Reader, "_took", meanwhile)
    for _ in range(2):
        added = intake.add(case, [path], restricted=restricted)
        assert reasons(added) == {"moving": "it changed while it was read"}
        path.write_bytes(b"a" * 3_000_000)
    assert not list(case.folder.glob("objects/*/*"))
    assert not list(case.folder.glob("keys/*"))
    assert well(case, home)


@pytest.mark.parametrize("in_the_kernel", [True, False])
def test_a_source_that_fails_midway(
    case: Case, home: Home, files: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, in_the_kernel: bool
) -> None:
    good, bad = files("good", b"g" * 10), files("bad", b"b" * 10)
    readv, copy_file_range = os.readv, os.copy_file_range

    def taking(source: int, target: int, count: int) -> int:
        if not in_the_kernel:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        if os.readlink(f"/proc/self/fd/{source}") == str(bad):
            raise OSError(5, "Input/output error")
        return copy_file_range(source, target, count)

    monkeypatch.setattr(os, "copy_file_range", taking)

    def failing(file: int, buffers: list[memoryview]) -> int:
        if os.readlink(f"/proc/self/fd/{file}") == str(bad):
            raise OSError(5, "Input/output error")
        return readv(file, buffers)

    monkeypatch.setattr(os, "readv", failing)
    added = intake.add(case, [good.parent])
    assert reasons(added) == {"bad": "reading it failed (Input/output error)"}
    assert [item.name for item in added.items] == [good.name]
    monkeypatch.undo()
    assert well(case, home)


def test_unknown_relation_is_refused(case: Case) -> None:
    with pytest.raises(UsageError):
        intake.add(case, [], Acquisition(relation="hearsay"))


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def until_it_fails(case: Case, path: Path) -> None:
    while True:
        intake.add(case, [path])


def test_full_disk(tiny_disk: Path, home: Home, files: Callable[..., Path]) -> None:
    folder = files("a", b"a" * 100).parent
    files("b", b"b" * 1_200_000)
    files("c", b"c" * 1_200_000)
    with Case.create(tiny_disk / "case", home.signer()) as case:
        added = intake.add(case, [folder / "b", folder / "c", folder / "a"])
        assert [item.name for item in added.items] == ["b"]
        assert "full" in reasons(added)["c"]
        size = case.size
        (tiny_disk / "ballast").write_bytes(b"x" * (os.statvfs(tiny_disk).f_bavail * 4096))
        with pytest.raises(KuagerError, match="full"):
            until_it_fails(case, folder / "a")
        assert case.size >= size
        size = case.size
        assert verify(case.folder).size == size
        (tiny_disk / "ballast").unlink()
        assert intake.add(case, [folder / "a"]).items
    assert well(case, home)


def test_read_only_disk(tiny_disk: Path, home: Home, files: Callable[..., Path]) -> None:
    path = files("a", b"a" * 100)
    Case.create(tiny_disk / "case", home.signer()).close()
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    with pytest.raises(KuagerError, match="cannot be written"):
        intake.add(Case.open(tiny_disk / "case", home.signer()), [path])
    with Case.open(tiny_disk / "case") as reading:
        assert reading.size == 3
        assert len(list(reading.entries())) == 3
        assert reading.entry(1).payload.type == "case_made"  # type: ignore[union-attr]
    assert verify(tiny_disk / "case", home=home).ok
    with pytest.raises(KuagerError, match="cannot be written"):
        Case.create(tiny_disk / "other", home.signer())


def test_a_staging_folder_that_is_being_removed_stops_nobody(
    case: Case, home: Home, files: Callable[..., Path]
) -> None:
    going = case.folder / "staging" / "going"
    going.mkdir()
    (going / "000001").write_bytes(b"left")
    with Case.open(case.folder, home.signer()) as again:
        assert len(intake.add(again, [files("a", b"x")]).items) == 1
        assert not list(again.of_type("recovered"))
    assert well(case, home)


def test_two_adders_at_once_make_one_item(case: Case, home: Home, files: Callable[..., Path]) -> None:
    path = files("same", b"s" * 200_000)
    both = [threading.Thread(target=intake.add, args=(Case.open(case.folder, home.signer()), [path])) for _ in range(4)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    case.refresh()
    assert len(case.item_ids()) == 1
    assert [a["acquisition"] for a in case.item(case.item_ids()[0]).acquisitions] == [1, 2, 3, 4]
    assert well(case, home)


def test_memory_stays_small_and_the_source_is_read_once(tmp_path: Path, home: Home) -> None:
    big = tmp_path / "big"
    with open(big, "wb") as file:
        for _ in range(24):
            file.write(os.urandom(1 << 20) * 10)
    program = f"""
from kuager.record import intake
from kuager.record.case import Case
from kuager.record.home import Home
from kuager.record.verification import verify
signer = Home({str(home.path)!r}).signer()
with Case.create({str(tmp_path / "case")!r}, signer) as case:
    intake.add(case, [{str(big)!r}])
    intake.add(case, [{str(big)!r}], restricted=True)
assert verify({str(tmp_path / "case")!r}).ok
# The peak of this very program: what getrusage tells survives exec, and is that of the tests.
(peak,) = (line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak) // 1024)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 150, done.stdout


@pytest.mark.parametrize("size", [1 << 20, (1 << 20) + 1, (4 << 20) - 1, 4 << 20, (4 << 20) + 4095, (8 << 20) + 4097])
@pytest.mark.parametrize("direct", [True, False])
def test_large_files_arrive_byte_for_byte(
    case: Case, home: Home, files: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, size: int, direct: bool
) -> None:
    if not direct:
        monkeypatch.delattr(os, "O_DIRECT", raising=False)
    data = os.urandom(1 << 16) * (size // (1 << 16) + 1)
    path = files("large", data[:size])
    (item,) = intake.add(case, [path]).items
    assert case.object_path(item.sha256).read_bytes() == data[:size]
    assert item.bytes == size
    assert well(case, home)
