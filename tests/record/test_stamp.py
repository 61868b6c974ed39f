"""Stamps by a time-stamp authority made here with openssl and served on loopback."""

import http.server
import random
import shutil
import subprocess
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuager.errors import NetworkError, UsageError
from kuager.record import checkpoint, der, stamp
from kuager.record.checkpoint import Checkpoint
from kuager.record.key import FileSigner

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not on the PATH")

NOTE = Checkpoint(checkpoint.origin(b"line"), 7, bytes(32)).sign(FileSigner(bytes(range(32)), ""))

_CONFIGURATION = """
[req]
distinguished_name=dn
[dn]
[ca]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
[leaf]
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
[tsa]
serial=serial
signer_cert=tsa.pem
signer_key=tsa.key
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256
tsa_name=yes
ess_cert_id_chain=no
ess_cert_id_alg=sha256
"""


class Authority:
    """A root and a time-stamp authority under it."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        folder.mkdir()
        (folder / "cnf").write_text(_CONFIGURATION)
        (folder / "serial").write_text("01")
        new = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config cnf"
        self._run(f"req -x509 {new} -keyout ca.key -out ca.pem -days 30 -extensions ca", "-subj", f"/CN={name} root")
        self._run(f"req {new} -keyout tsa.key -out tsa.csr", "-subj", f"/CN={name}")
        self._run(
            "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -set_serial 2 -days 30"
            " -extfile cnf -extensions leaf -out tsa.pem"
        )
        self.root = folder / "ca.pem"

    def _run(self, words: str, *more: str) -> None:
        subprocess.run(["openssl", *words.split(), *more], cwd=self.folder, check=True, capture_output=True)

    def reply(self, request: bytes, chain: bool = False) -> bytes:
        (self.folder / "request").write_bytes(request)
        more = ["-chain", "ca.pem"] if chain else []
        self._run("ts -reply -queryfile request -config cnf -section tsa -out reply", *more)
        return (self.folder / "reply").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa") / "a", "Square TSA")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa") / "b", "Stranger")


@pytest.fixture(scope="module")
def server(authority):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            moves = {
                "/moved": "/tsa",
                "/elsewhere": "http://127.0.0.2:1/tsa",
                "/file": "file:///etc/passwd",
                "/again": "/again",
            }
            if self.path in moves:
                self.send_response(307)
                self.send_header("Location", moves[self.path])
                self.end_headers()
                return
            answer = {"/big": b"x" * 2_000_000, "/tsa": b""}.get(self.path)
            if answer is None:
                self.send_error(404)
                return
            assert self.headers["Content-Type"] == "application/timestamp-query"
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer or authority.reply(body))

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}"
        served.shutdown()


def test_the_request_is_what_openssl_makes(tmp_path):
    (tmp_path / "note").write_bytes(NOTE)
    made = subprocess.run(
        ["openssl", "ts", "-query", "-data", tmp_path / "note", "-sha256", "-cert", "-no_nonce"],
        capture_output=True,
        check=True,
    ).stdout
    assert stamp.request(NOTE) == made


def test_a_stamp_is_fetched_and_checked(server, authority):
    reply = stamp.fetch(f"{server}/tsa", NOTE)
    checked = stamp.check(reply, NOTE, authority.root)
    assert checked == stamp.StampCheck(True, True, checked.time, "CN=Square TSA", ("rfc3161-client", "openssl"), ())
    assert abs(datetime.now(UTC) - checked.time) < timedelta(minutes=5)
    assert stamp.check(stamp.fetch(f"{server}/moved", NOTE), NOTE, authority.root).trusted


def test_a_reply_with_two_certificates_is_checked_by_both(authority):
    """rfc3161-client refuses certificates that are not in DER's order, in which openssl writes them."""
    reply = authority.reply(stamp.request(NOTE), chain=True)
    assert stamp.certificates(reply).count(b"BEGIN CERTIFICATE") == 2
    checked = stamp.check(reply, NOTE, authority.root)
    assert checked.trusted
    assert checked.checked_by == ("rfc3161-client", "openssl")


def test_without_the_authoritys_root_the_stamp_is_good_but_not_trusted(authority, stranger, tmp_path):
    reply = authority.reply(stamp.request(NOTE))
    for cafile in (None, stranger.root, tmp_path / "missing"):
        checked = stamp.check(reply, NOTE, cafile)
        assert (checked.ok, checked.trusted, checked.tsa) == (True, False, "CN=Square TSA")
    (tmp_path / "pinned.pem").write_bytes(stamp.certificates(reply))
    assert stamp.check(reply, NOTE, tmp_path / "pinned.pem").trusted


def test_a_stamp_over_another_checkpoint_is_refused(authority):
    reply = authority.reply(stamp.request(NOTE + b"x"))
    checked = stamp.check(reply, NOTE, authority.root)
    assert not checked.ok
    assert "something else" in checked.problems[0]


def test_changed_bytes(authority):
    """Changes that pass lie where no signature covers them; what was stamped and when is never changed by them."""
    reply = authority.reply(stamp.request(NOTE))
    whole = stamp.check(reply, NOTE, authority.root)
    picks = random.Random(1)
    for at in sorted(picks.sample(range(len(reply)), 40)):
        changed = reply[:at] + bytes([reply[at] ^ 1 << picks.randrange(8)]) + reply[at + 1 :]
        checked = stamp.check(changed, NOTE, authority.root)
        assert not checked.ok or checked.time == whole.time


@pytest.mark.parametrize("reply", [b"", b"0", b"\x30\x80", b"\x30\x05\x30\x03\x02\x01\x02", b"<html>", b"\x30" * 9999])
def test_what_is_no_stamp_is_refused_in_words(reply):
    checked = stamp.check(reply, NOTE)
    assert not checked.ok
    assert checked.problems
    assert stamp.certificates(reply) == b""


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(reply):
    assert not stamp.check(reply, NOTE).ok


@given(st.recursive(st.binary(max_size=200), lambda inner: st.lists(inner, max_size=4), max_leaves=10))
def test_der_reads_what_it_wrote(value):
    def write(value):
        if isinstance(value, bytes):
            return der.write(der.OCTET_STRING, value)
        return der.write(der.SEQUENCE, *map(write, value))

    def read(element):
        return element.value if element.tag == der.OCTET_STRING else [read(child) for child in element.children()]

    assert read(der.read(write(value))) == value


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.com/", "tsa", "http://", "http://[", "data:,x"])
def test_only_the_web_is_asked(url):
    with pytest.raises(UsageError):
        stamp.fetch(url, NOTE)


@pytest.mark.parametrize("path", ["/elsewhere", "/file", "/again", "/big", "/nothing"])
def test_bad_answers_are_network_errors(server, path):
    with pytest.raises(NetworkError):
        stamp.fetch(server + path, NOTE)


def test_an_unreachable_authority_is_a_network_error():
    with pytest.raises(NetworkError, match="could not be reached"):
        stamp.fetch("http://127.0.0.1:1/tsa", NOTE)


def test_without_openssl_the_library_alone_checks(authority, monkeypatch):
    reply = authority.reply(stamp.request(NOTE), chain=True)
    monkeypatch.setenv("PATH", "")
    assert stamp.check(reply, NOTE, authority.root).checked_by == ("rfc3161-client",)
