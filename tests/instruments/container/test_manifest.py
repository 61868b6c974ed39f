"""C2PA manifests: the reference reader's states, no socket, hostile files."""

import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuager.errors import UnreadableError
from kuager.instruments.container.manifest import _declares_generation, read_manifest

pytest.importorskip("c2pa")


@pytest.mark.inputs
@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("A.jpg", "none"),
        ("CA.jpg", "valid"),
        ("E-sig-CA.jpg", "invalid"),
        ("XCA.jpg", "invalid"),
        ("cloud.jpg", "remote"),
        ("video1.mp4", "valid"),
        ("karma.mp4", "none"),
        ("C-recorded-as-mov.mov", "none"),
        ("MOV00006.3gp", "none"),
    ],
)
def test_states_of_real_files(inputs: Path, name: str, state: str) -> None:
    assert read_manifest(inputs / "containers" / name).state == state


@pytest.mark.inputs
def test_a_remote_manifest_is_named_and_not_fetched(inputs: Path) -> None:
    manifest = read_manifest(inputs / "containers" / "cloud.jpg")
    assert manifest.remote_url is not None
    assert manifest.remote_url.startswith("https://")


@pytest.mark.inputs
def test_no_socket_is_opened(inputs: Path, tmp_path: Path) -> None:
    """The library is native: what it opens is seen by the kernel, so the reading happens where sockets are traced."""
    import shutil
    import subprocess
    import sys

    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    code = (
        "import sys; from kuager.instruments.container.manifest import read_manifest\n"
        "for path in sys.argv[1:]: read_manifest(path)"
    )
    trace = tmp_path / "trace"
    files = sorted(str(path) for path in (inputs / "containers").iterdir())
    done = subprocess.run(
        ["strace", "-f", "-e", "trace=socket,connect", "-o", str(trace), sys.executable, "-c", code, *files],
        capture_output=True,
        text=True,
    )
    if "ptrace" in done.stderr:
        pytest.skip("strace may not trace here")
    assert done.returncode == 0, done.stderr
    calls = [line for line in trace.read_text().splitlines() if "AF_INET" in line]
    assert calls == []


@pytest.mark.inputs
def test_python_sockets_are_not_used_either(inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert read_manifest(inputs / "containers" / "cloud.jpg").state == "remote"


@pytest.mark.inputs
@given(at=st.integers(0, 200_000), noise=st.binary(min_size=1, max_size=40))
def test_broken_files_never_crash(
    inputs: Path, tmp_path_factory: pytest.TempPathFactory, at: int, noise: bytes
) -> None:
    data = bytearray((inputs / "containers" / "CA.jpg").read_bytes())
    at %= len(data)
    data[at : at + len(noise)] = noise
    path = tmp_path_factory.mktemp("c2pa") / "broken.jpg"
    path.write_bytes(bytes(data))
    assert read_manifest(path).state in ("valid", "invalid", "none", "remote")


def test_what_is_no_media_has_none(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("hello")
    assert read_manifest(path).state == "none"


def test_a_trust_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        read_manifest(tmp_path / "a.jpg", tmp_path / "list.pem")


def test_declared_generation_is_found_at_any_depth() -> None:
    kind = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    assert _declares_generation([{"data": {"actions": [{"digitalSourceType": kind}]}}])
    assert not _declares_generation([{"data": {"actions": [{"digitalSourceType": kind.replace("trained", "un")}]}}])
