"""The test vectors of docs/reference/case-format.md §12, read from the page and recomputed."""

import base64
import re
from hashlib import sha256
from pathlib import Path

import pytest

from kuager.record import canonical, checkpoint, merkle, proof, seal
from kuager.record.checkpoint import Checkpoint
from kuager.record.key import FileSigner, VerifierKey

PAGE = Path(__file__).parents[2] / "docs/reference/case-format.md"
BLOCKS = re.findall(r"```\n(.*?)\n```", PAGE.read_text("utf-8").split("## 12. Test vectors")[1], re.DOTALL)
KEYS, AGE, PAYLOADS, LINES, LEAVES, NOTES, ROOTS, INCLUSION, CONSISTENCY, RESTRICTED = (b.split("\n") for b in BLOCKS)
LEAF_HASHES = [bytes.fromhex(leaf) for leaf in LEAVES]
ROOT_HASHES = [bytes.fromhex(root) for root in ROOTS]


def test_keys():
    signer = FileSigner(bytes.fromhex(KEYS[0]), AGE[0])
    origin = checkpoint.origin(LINES[0].encode())
    assert [signer.public_key.hex(), signer.key_id, str(VerifierKey(origin, signer.public_key))] == KEYS[1:]
    assert signer.recipient == AGE[1]


def test_log_commits_to_payloads_and_chains():
    before = "0" * 64
    for n, (payload, line) in enumerate(zip(PAYLOADS, LINES, strict=True)):
        assert canonical.decode(payload.encode())["actor"] == KEYS[2]
        assert line == f'{{"c":"{sha256(payload.encode()).hexdigest()}","n":{n},"p":"{before}"}}'
        assert merkle.leaf_hash(line.encode()).hex() == LEAVES[n]
        before = sha256(line.encode()).hexdigest()
    admitted = canonical.decode(PAYLOADS[0].encode())["body"]
    assert base64.b64decode(admitted["public_key"]).hex() == KEYS[1]
    assert admitted["recipient"] == AGE[1]


def test_roots_and_checkpoints():
    assert [merkle.root(LEAF_HASHES[:size]).hex() for size in (1, 2, 3)] == ROOTS
    notes = list(checkpoint.split("".join(line + "\n" for line in NOTES).encode()))
    signer = FileSigner(bytes.fromhex(KEYS[0]), AGE[0])
    origin = checkpoint.origin(LINES[0].encode())
    assert notes == [Checkpoint(origin, size, ROOT_HASHES[size - 1]).sign(signer) for size in (2, 3)]
    assert all(checkpoint.parse(note).verify(bytes.fromhex(KEYS[1])) for note in notes)


def test_proofs():
    assert [step.hex() for step in merkle.inclusion_proof(LEAF_HASHES, 1, 3)] == INCLUSION
    assert [step.hex() for step in merkle.consistency_proof(LEAF_HASHES, 2, 3)] == CONSISTENCY
    inclusion, consistency = ([bytes.fromhex(step) for step in steps] for steps in (INCLUSION, CONSISTENCY))
    assert merkle.verify_inclusion(LEAF_HASHES[1], 1, 3, inclusion, ROOT_HASHES[2])
    assert merkle.verify_consistency(2, ROOT_HASHES[1], 3, ROOT_HASHES[2], consistency)
    note = "".join(line + "\n" for line in NOTES[5:]).encode()
    assert proof.prove(PAYLOADS[1].encode(), [line.encode() for line in LINES], 1, note).inclusion == tuple(inclusion)


def test_the_restricted_line_opens_to_the_clear_one():
    line = canonical.decode(RESTRICTED[0].encode())
    assert (line["state"], line["key"]) == ("restricted", "0123456789")
    assert seal.open(base64.b64decode(line["age"]), [AGE[0]]).decode() == PAYLOADS[2]
    with pytest.raises(seal.SealError):
        seal.open(base64.b64decode(line["age"]), [seal.new_pair()[0]])
