"""Time stamps (RFC 3161) over checkpoints: an authority states that it saw these bytes by a certain time.

The stamp is over the SHA-256 of the checkpoint's whole note. The reply is kept as it came, so that anyone can check it
with ``openssl ts -verify -data NOTE -in REPLY -CAfile ROOTS``, and is checked only after it was kept. No nonce is
sent: a checkpoint is never stamped before it exists, and an older stamp over the same checkpoint is as true.

Two programs check: rfc3161-client (where the extra ``stamps`` is installed) and ``openssl`` (where it is on the PATH).
Some single-bit changes of a reply pass both, in parts that no signature covers; the log holds the reply's digest.
"""

from __future__ import annotations

import subprocess
import tempfile
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kuager.errors import NetworkError, UsageError
from kuager.record import der

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

LARGEST_REPLY = 1_000_000
"""Bytes; replies are a few thousand."""

_SHA256 = bytes.fromhex("0609608648016503040201")
_GRANTED = (0, 1)
_OPENSSL_SECONDS = 20


@dataclass(frozen=True)
class StampCheck:
    """What checking a reply gave.

    ``ok``: it is a time stamp over this checkpoint, and its signature holds. ``trusted``: it also leads to one of the
    authorities given; without that anyone could have made it. ``time``: when the authority says it saw the checkpoint
    (UTC). ``tsa``: the name in the authority's certificate. ``checked_by``: the programs that found the signature good.
    """

    ok: bool
    trusted: bool
    time: datetime | None
    tsa: str | None
    checked_by: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class _Token:
    """What a reply holds. ``reply`` has its certificates in the order that DER asks for."""

    reply: bytes
    token: bytes
    imprint: bytes
    time: datetime


def request(checkpoint: bytes) -> bytes:
    """The DER of a request for a stamp over ``checkpoint``'s note, asking for the authority's certificate."""
    algorithm = der.write(der.SEQUENCE, _SHA256, b"\x05\x00")
    imprint = der.write(der.SEQUENCE, algorithm, der.write(der.OCTET_STRING, sha256(checkpoint).digest()))
    return der.write(der.SEQUENCE, der.write(der.INTEGER, b"\x01"), imprint, der.BOOLEAN_TRUE)


def fetch(url: str, checkpoint: bytes, timeout_s: float = 30.0) -> bytes:
    """Asks the authority at ``url`` for a stamp and returns its reply as it came, unchecked. Contacts the network.

    Only http and https; a redirect is followed only on the same host and never from https to http. Raises UsageError
    for other addresses and NetworkError for everything that goes wrong on the way.
    """
    import time
    import urllib.error
    import urllib.request

    _host(url)
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    deadline = time.monotonic() + timeout_s
    for _ in range(4):
        try:
            asked = urllib.request.Request(url, request(checkpoint), headers, method="POST")
            with opener.open(asked, timeout=timeout_s) as answer:
                reply = b""
                while piece := answer.read1(65536):
                    reply += piece
                    if len(reply) > LARGEST_REPLY or time.monotonic() > deadline:
                        raise NetworkError(f"{url} sent more, or more slowly, than a time stamp needs.")
                return reply
        except urllib.error.HTTPError as error:
            if error.code not in (301, 302, 307, 308) or "Location" not in error.headers:
                raise NetworkError(f"{url} answered with status {error.code}.") from None
            url = _redirected(url, error.headers["Location"])
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            raise NetworkError(f"{url} could not be reached: {reason}.", "Check the address and the network.") from None
    raise NetworkError(f"{url} redirects again and again.")


def check(reply: bytes, checkpoint: bytes, cafile: str | Path | None = None) -> StampCheck:
    """Checks a reply against the note it should be over. Contacts nobody, changes nothing and raises nothing.

    ``cafile``: PEM certificates of the authorities to trust (a root or the authority's own); the system's by default.
    """
    try:
        token = _read(reply)
    except ValueError as error:
        return StampCheck(False, False, None, None, (), (f"It is not a granted time stamp: {error}.",))
    certificates = _certificates(token)
    tsa = _authority(certificates)
    if token.imprint != sha256(checkpoint).digest():
        return StampCheck(False, False, token.time, tsa, (), ("It is over something else than this checkpoint.",))
    roots = _trusted(cafile)
    trusting = _signature_holds(token, reply, checkpoint, roots, certificates)
    if trusting:
        return StampCheck(True, True, token.time, tsa, trusting, ())
    alone = _signature_holds(token, reply, checkpoint, _pem(certificates), certificates)
    if alone:
        return StampCheck(True, False, token.time, tsa, alone, ())
    return StampCheck(
        False, False, token.time, tsa, (), ("Its signature does not hold, or nothing here can check it.",)
    )


def certificates(reply: bytes) -> bytes:
    """The certificates that a reply carries, as PEM; empty if there are none or it cannot be read."""
    try:
        return _pem(_certificates(_read(reply)))
    except ValueError:
        return b""


def _host(url: str) -> tuple[str, str]:
    import urllib.parse

    try:
        parts = urllib.parse.urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https"):
        raise UsageError(f"'{url}' is not the address of a time-stamp authority.", "Addresses begin with https://.")
    return parts.scheme, host


def _redirected(url: str, location: str) -> str:
    import urllib.parse

    target = urllib.parse.urljoin(url, location)
    try:
        (old_scheme, old_host), (new_scheme, new_host) = _host(url), _host(target)
    except UsageError:
        raise NetworkError(f"{url} redirects to something that is not on the web.") from None
    if new_host != old_host or (old_scheme, new_scheme) == ("https", "http"):
        raise NetworkError(f"{url} redirects elsewhere, to {target}.", "If you trust that address, name it yourself.")
    return target


def _read(reply: bytes) -> _Token:
    """Takes a TimeStampResp apart (RFC 3161 §2.4.2, RFC 5652 §5.1). Raises ValueError."""
    if len(reply) > LARGEST_REPLY:
        raise ValueError("it is too long")
    response = der.read(reply).expect(der.SEQUENCE)
    status = response[0].expect(der.INTEGER)[0].value
    if int.from_bytes(status, "big") not in _GRANTED:
        raise ValueError(f"the authority refused (status {int.from_bytes(status, 'big')})")
    if len(response) < 2:
        raise ValueError("it holds no token")
    signed = response[1].expect(der.OBJECT, 0xA0)[1].expect(der.SEQUENCE)[0]
    parts = signed.expect(der.INTEGER, der.SET, der.SEQUENCE)
    content = parts[2].expect(der.OBJECT, 0xA0)[1].expect(der.OCTET_STRING)[0].value
    info = der.read(content).expect(der.INTEGER, der.OBJECT, der.SEQUENCE, der.INTEGER, der.TIME)
    algorithm, digest = info[2].expect(der.SEQUENCE, der.OCTET_STRING)[:2]
    if algorithm.expect(der.OBJECT)[0].whole != _SHA256:
        raise ValueError("it is not over a SHA-256")
    ordered, token = reply, response[1]
    if len(parts) > 3 and parts[3].tag == 0xA0:
        held = b"".join(sorted(child.whole for child in parts[3].children()))
        ordered = reply[: parts[3].value_start] + held + reply[parts[3].end :]
    return _Token(ordered, ordered[token.start : token.end], digest.value, _time(info[4].value))


def _time(value: bytes) -> datetime:
    """GeneralizedTime as RFC 3161 has it: ``20261122185300Z`` with an optional fraction."""
    text = value.decode("ascii")
    if not text.endswith("Z"):
        raise ValueError("its time is not UTC")
    whole, _, fraction = text[:-1].partition(".")
    micros = int((fraction + "000000")[:6]) if fraction else 0
    return datetime.strptime(whole, "%Y%m%d%H%M%S").replace(microsecond=micros, tzinfo=UTC)


def _certificates(token: _Token) -> list[Certificate]:
    from cryptography.hazmat.primitives.serialization.pkcs7 import load_der_pkcs7_certificates

    try:
        with warnings.catch_warnings(action="ignore"):
            return list(load_der_pkcs7_certificates(token.token))
    except Exception:  # the library names no closed set of errors for hostile bytes
        return []


def _authority(held: Iterable[Certificate]) -> str | None:
    """The subject of the certificate that is for time-stamping."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    for certificate in held:
        try:
            usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
            if ExtendedKeyUsageOID.TIME_STAMPING in usage:
                return certificate.subject.rfc4514_string()
        except (x509.ExtensionNotFound, ValueError):
            continue
    return None


def _pem(held: Iterable[Certificate]) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in held)


def _trusted(cafile: str | Path | None) -> bytes:
    if cafile is None:
        import ssl

        cafile = ssl.get_default_verify_paths().cafile
    try:
        return Path(cafile).read_bytes() if cafile else b""
    except OSError:
        return b""


def _signature_holds(
    token: _Token, reply: bytes, checkpoint: bytes, roots: bytes, held: list[Certificate]
) -> tuple[str, ...]:
    """The programs that find the signature good and leading to one of ``roots`` (PEM)."""
    if not roots:
        return ()
    found = []
    if _by_library(token, checkpoint, roots, held):
        found.append("rfc3161-client")
    if _by_openssl(token, reply, checkpoint, roots):
        found.append("openssl")
    return tuple(found)


def _by_library(token: _Token, checkpoint: bytes, roots: bytes, held: list[Certificate]) -> bool:
    try:
        import rfc3161_client
        from cryptography import x509
    except ImportError:
        return False
    try:
        with warnings.catch_warnings(action="ignore"):
            trusted = x509.load_pem_x509_certificates(roots)
        builder = rfc3161_client.VerifierBuilder(roots=trusted, intermediates=list(held))
        return bool(builder.build().verify_message(rfc3161_client.decode_timestamp_response(token.reply), checkpoint))
    except (rfc3161_client.VerificationError, ValueError, TypeError):
        return False


def _by_openssl(token: _Token, reply: bytes, checkpoint: bytes, roots: bytes) -> bool:
    """``openssl ts -verify`` at the time of the stamp, which certificates need only to have been valid at."""
    with tempfile.TemporaryDirectory(prefix="kuager-stamp-") as folder:
        files = {"reply": reply, "note": checkpoint, "roots": roots}
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        command = ["openssl", "ts", "-verify", "-in", "reply", "-data", "note", "-CAfile", "roots", "-partial_chain"]
        command += ["-attime", str(int(token.time.timestamp()))]
        try:
            done = subprocess.run(
                command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=_OPENSSL_SECONDS
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
    return done.returncode == 0 and b"Verification: OK" in done.stdout
