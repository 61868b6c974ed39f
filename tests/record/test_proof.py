import dataclasses
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuager.errors import KuagerError
from kuager.record import canonical, checkpoint, merkle, proof
from kuager.record.checkpoint import Checkpoint
from kuager.record.key import FileSigner

SIGNER = FileSigner(bytes(range(32)), "")


def _log(size):
    payloads = [canonical.encode({"body": {"at_size": n, "words": f"№ {n}"}, "v": 1}) for n in range(size)]
    lines, before = [], "0" * 64
    for n, payload in enumerate(payloads):
        lines.append(canonical.encode({"c": sha256(payload).hexdigest(), "n": n, "p": before}))
        before = sha256(lines[-1]).hexdigest()
    root = merkle.root([merkle.leaf_hash(line) for line in lines])
    return payloads, lines, Checkpoint(checkpoint.origin(lines[0]), size, root).sign(SIGNER)


PAYLOADS, LINES, NOTE = _log(11)
ROOT = merkle.root([merkle.leaf_hash(line) for line in LINES[:6]])
PROOF = proof.prove(PAYLOADS[6], LINES, 6, NOTE)


@pytest.mark.parametrize("n", range(11))
def test_proofs_are_made_and_checked(n):
    made = proof.prove(PAYLOADS[n], LINES, n, NOTE)
    read = proof.decode(made.encode())
    assert read == made
    assert read.n == n
    assert read.check().verify(SIGNER.public_key)
    roots = [merkle.root([merkle.leaf_hash(line) for line in LINES[:size]]) for size in range(12)]
    assert [read.extends(root) for root in roots] == [0 < size == n for size in range(12)]


@given(st.integers(0, len(PROOF.encode()) - 1), st.integers(1, 255))
def test_no_changed_byte_passes(at, flip):
    data = PROOF.encode()
    with pytest.raises(KuagerError):
        _check_whole(data[:at] + bytes([data[at] ^ flip]) + data[at + 1 :])


def _check_whole(data):
    read = proof.decode(data)
    if not read.check().verify(SIGNER.public_key) or not read.extends(ROOT):
        raise KuagerError("bad signature, or another beginning")


def test_parts_of_another_entry_do_not_fit():
    for other in [
        dataclasses.replace(PROOF, payload=PAYLOADS[5]),
        dataclasses.replace(PROOF, payload=PAYLOADS[5], line=LINES[5]),
        dataclasses.replace(PROOF, inclusion=PROOF.inclusion[1:]),
        dataclasses.replace(PROOF, checkpoint=_log(12)[2]),
    ]:
        with pytest.raises(KuagerError):
            other.check()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}\n",
        b"[]\n",
        b'{"checkpoint":1,"consistency":[],"inclusion":[],"line":"","payload":""}\n',
        PROOF.encode()[:-1],
    ],
)
def test_what_is_no_proof_is_refused(data):
    with pytest.raises(KuagerError):
        proof.decode(data)
