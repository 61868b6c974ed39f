import base64

import pytest

from kuager.record import checkpoint, note
from kuager.record.checkpoint import Checkpoint
from kuager.record.key import FileSigner, VerifierKey, key_id
from kuager.record.note import Note, NoteError, Signature

SIGNER = FileSigner(bytes(range(32)), "")
OTHER = FileSigner(bytes(32), "")
ORIGIN = checkpoint.origin(b'{"c":"","n":0,"p":""}')
NOTE = Checkpoint(ORIGIN, 3, bytes(range(32))).sign(SIGNER)


def test_a_signed_checkpoint_reads_back_and_verifies():
    signed = checkpoint.parse(NOTE)
    assert signed.checkpoint == Checkpoint(ORIGIN, 3, bytes(range(32)))
    assert signed.note == NOTE
    assert NOTE.count(b"\n") == checkpoint.LINES
    assert signed.verify(SIGNER.public_key)
    assert not signed.verify(OTHER.public_key)
    assert not signed.verify(b"short")


def test_every_single_byte_change_of_a_checkpoint_is_refused_or_no_longer_verifies():
    """All 255 changes of each byte, all removals and insertions: malformed, or another content without a signature."""
    refused = other = 0
    changes = [
        NOTE[:at] + bytes([value]) + NOTE[at + 1 :]
        for at in range(len(NOTE))
        for value in range(256)
        if value != NOTE[at]
    ]
    changes += [NOTE[:at] + NOTE[at + 1 :] for at in range(len(NOTE))]
    changes += [NOTE[:at] + bytes([value]) + NOTE[at:] for at in range(len(NOTE) + 1) for value in b"\n\r 0+A=\x00"]
    whole = checkpoint.parse(NOTE)
    for changed in changes:
        if changed == NOTE:
            continue
        try:
            signed = checkpoint.parse(changed)
        except NoteError:
            refused += 1
            continue
        other += 1
        assert (signed.checkpoint, signed.key_hash, signed.signature) != (
            whole.checkpoint,
            whole.key_hash,
            whole.signature,
        )
        assert not signed.verify(SIGNER.public_key)
    assert refused > 1000
    assert other > 1000


def test_the_three_spellings_of_a_signature_that_decoders_accept_are_refused():
    line = NOTE.decode().splitlines()[-1]
    encoded = line.split(" ")[-1]
    twins = []
    for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/":
        twin = encoded[:-2] + last + "=" if encoded.endswith("=") else encoded[:-1] + last
        if twin != encoded and base64.b64decode(twin) == base64.b64decode(encoded):
            twins.append(twin)
    assert len(twins) == 3
    for twin in twins:
        with pytest.raises(NoteError):
            checkpoint.parse(NOTE.replace(encoded.encode(), twin.encode()))


@pytest.mark.parametrize(
    "body",
    [
        f"{ORIGIN}\n0\n{'A' * 43}=\n",
        f"{ORIGIN}\n03\n{'A' * 43}=\n",
        f"{ORIGIN}\n-3\n{'A' * 43}=\n",
        f"{ORIGIN}\n٣\n{'A' * 43}=\n",
        f"{ORIGIN}\n3\n{'A' * 42}==\n",
        f"{ORIGIN}\n3\n\n",
        f"{ORIGIN}\n3\n{'A' * 43}=\nextension\n",
        f"{ORIGIN}\n3\n",
        f"example.com/log\n3\n{'A' * 43}=\n",
        f"{ORIGIN.upper()}\n3\n{'A' * 43}=\n",
    ],
)
def test_other_bodies_are_not_checkpoints(body):
    name = body.split("\n")[0]
    signature = Signature(name, note.key_hash(name, SIGNER.public_key), SIGNER.sign(body.encode()))
    with pytest.raises(NoteError):
        checkpoint.parse(note.format(Note(body, (signature,))))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"a\n\n",
        b"a\n\nb\n",
        NOTE[:-1],
        NOTE + NOTE,
        NOTE + b"\n",
        NOTE.replace(b"\n", b"\r\n"),
        b"\xff" + NOTE,
        b"x" * 1_000_001,
    ],
)
def test_what_is_no_checkpoint_is_refused(data):
    with pytest.raises(NoteError):
        checkpoint.parse(data)


def test_a_note_may_have_several_signatures_and_empty_lines():
    signatures = (Signature("a", b"1234", b"x"), Signature("b/c", b"5678", b"y" * 64))
    written = note.format(Note("first\n\nlast\n", signatures))
    assert note.parse(written) == Note("first\n\nlast\n", signatures)


def test_split_gives_whole_notes_and_the_torn_end():
    assert list(checkpoint.split(NOTE + NOTE + NOTE[:90])) == [NOTE, NOTE, NOTE[:90]]
    assert list(checkpoint.split(b"")) == []


def test_verifier_key():
    key = VerifierKey(ORIGIN, SIGNER.public_key)
    assert VerifierKey.parse(f" {key}\n") == key
    name, hash_, encoded = str(key).split("+", 2)
    assert base64.b64decode(encoded) == b"\x01" + SIGNER.public_key
    assert len(bytes.fromhex(hash_)) == 4
    for broken in [
        "",
        name,
        f"{name}+{hash_}",
        f"{name}+{hash_}+",
        f"+{hash_}+{encoded}",
        f"{name}x+{hash_}+{encoded}",
        f"a b+{hash_}+{encoded}",
        f"{name}+00000000+{encoded}",
        f"{name}+{hash_}+{base64.b64encode(bytes([2]) + SIGNER.public_key).decode()}",
    ]:
        with pytest.raises(NoteError):
            VerifierKey.parse(broken)


def test_the_example_of_the_signed_note_specification():
    key = VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = (
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    read = note.parse(text.encode())
    assert read.signatures[0].key_hash == key.key_hash
    from kuager.record.key import verify_signature

    assert verify_signature(key.public_key, read.signatures[0].signature, read.text.encode())


def test_key_id():
    assert key_id(bytes(32)) == "66687aadf862bd776c8fc18b8e9f8e20"
    assert SIGNER.key_id == key_id(SIGNER.public_key)
