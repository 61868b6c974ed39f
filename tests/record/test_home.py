import os
import stat
import subprocess
import sys

import pytest

from kuager.errors import KuagerError
from kuager.record import checkpoint
from kuager.record.checkpoint import Checkpoint
from kuager.record.home import Home, default_path

_MAKE = """
import sys
from kuager.record.home import Home
print("ready", flush=True)
sys.stdin.read()
signer = Home(sys.argv[1]).signer()
print(signer.key_id, signer.recipient)
"""


def test_processes_that_make_the_key_at_once_get_the_same(tmp_path):
    command = [sys.executable, "-c", _MAKE, str(tmp_path / "home")]
    processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.close()
    found = {process.stdout.read() for process in processes}
    assert [process.wait(timeout=60) for process in processes] == [0] * 4
    assert len(found) == 1
    assert [entry.name for entry in (tmp_path / "home/keys").iterdir()] == ["default"]


def test_threads_that_make_the_key_at_once_get_the_same(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(16) as pool:
        assert len({signer.key_id for signer in pool.map(lambda _: Home(tmp_path).signer(), range(64))}) == 1


def test_key_files_are_secret_and_readable_by_openssl(tmp_path):
    signer = Home(tmp_path).signer()
    for name in ["signing.pem", "identity.txt"]:
        assert stat.S_IMODE(os.stat(tmp_path / "keys/default" / name).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(tmp_path / "keys/default").st_mode) == 0o700
    shown = subprocess.run(
        ["openssl", "pkey", "-in", tmp_path / "keys/default/signing.pem", "-pubout", "-outform", "DER"],
        capture_output=True,
        check=True,
    ).stdout
    assert shown.endswith(signer.public_key)
    assert "AGE-SECRET" not in repr(signer)


def test_the_same_key_every_time_and_all_identities(tmp_path):
    home = Home(tmp_path)
    assert home.identities() == []
    assert not home.has_signer()
    first = home.signer()
    assert home.has_signer()
    assert Home(tmp_path).signer().public_key == first.public_key
    os.rename(tmp_path / "keys/default", tmp_path / "keys/2025")
    second = home.signer()
    assert second.key_id != first.key_id
    assert len(home.identities()) == 2
    assert Home(tmp_path).identities()[1].startswith("AGE-SECRET-KEY-1")


def test_a_broken_or_unwritable_home_is_told_in_words(tmp_path):
    Home(tmp_path).signer()
    (tmp_path / "keys/default/signing.pem").write_text("nothing")
    with pytest.raises(KuagerError, match="cannot be read"):
        Home(tmp_path).signer()
    (tmp_path / "keys/default/identity.txt").write_text("nothing")
    with pytest.raises(KuagerError, match="no age identity"):
        Home(tmp_path).identities()
    (tmp_path / "file").touch()
    with pytest.raises(KuagerError, match="could not be made"):
        Home(tmp_path / "file").signer()


def test_receipts_keep_the_newest(tmp_path):
    home = Home(tmp_path)
    signer = home.signer()
    origin = checkpoint.origin(b"line")
    notes = {size: Checkpoint(origin, size, bytes(32)).sign(signer) for size in (1, 5, 9)}
    assert home.newest(origin) is None
    assert home.keep(origin, notes[5])
    assert not home.keep(origin, notes[1])
    assert home.newest(origin) == notes[5]
    assert home.keep(origin, notes[9])
    assert Home(tmp_path).newest(origin) == notes[9]
    (tmp_path / "receipts" / (origin.removeprefix("kuager/") + ".note")).write_bytes(notes[9][:50])
    assert home.newest(origin) is None
    (tmp_path / "file").touch()
    assert not Home(tmp_path / "file").keep(origin, notes[5])
    with pytest.raises(ValueError, match="not the origin"):
        home.newest("kuager/../../x")


def test_authorities_are_added_once(tmp_path):
    home = Home(tmp_path / "home")
    for certificates in (b"one\n", b"two\n", b"one\n"):
        home.trust_authority(certificates)
    assert home.authorities.read_bytes() == b"one\ntwo\n"


def test_where_home_is(monkeypatch, tmp_path):
    monkeypatch.setenv("KUAGER_HOME", str(tmp_path))
    assert default_path() == tmp_path
    monkeypatch.delenv("KUAGER_HOME")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    if sys.platform != "darwin":
        assert default_path() == tmp_path / "config" / "kuager"
