import io

import pytest

from kuager.errors import KuagerError
from kuager.record import seal


def test_what_was_sealed_opens_for_every_recipient_and_nobody_else():
    (mine, my_recipient), (yours, your_recipient), (other, _) = (seal.new_pair() for _ in range(3))
    sealed = seal.seal(b"words", [my_recipient, your_recipient])
    assert b"words" not in sealed
    assert seal.open(sealed, [mine]) == seal.open(sealed, [other, yours]) == b"words"
    assert seal.recipient_of(mine) == my_recipient
    for identities in ([], [other]):
        with pytest.raises(KuagerError, match="could not be opened"):
            seal.open(sealed, identities)


def test_files_are_sealed_and_opened_as_streams():
    identity, recipient = seal.new_pair()
    data = bytes(range(256)) * 1000
    sealed, opened = io.BytesIO(), io.BytesIO()
    seal.seal_file(io.BytesIO(data), sealed, [recipient])
    seal.open_file(io.BytesIO(sealed.getvalue()), opened, [identity])
    assert opened.getvalue() == data
    assert seal.open(sealed.getvalue(), [identity]) == data


def test_every_changed_byte_is_noticed():
    identity, recipient = seal.new_pair()
    sealed = seal.seal(b"short", [recipient])
    for at in range(len(sealed)):
        for flip in (1, 0x20, 0x80):
            changed = sealed[:at] + bytes([sealed[at] ^ flip]) + sealed[at + 1 :]
            with pytest.raises(KuagerError):
                seal.open(changed, [identity])
    for cut in (0, 10, len(sealed) - 1):
        with pytest.raises(KuagerError):
            seal.open_file(io.BytesIO(sealed[:cut]), io.BytesIO(), [identity])


class _Full(io.RawIOBase):
    def write(self, _):
        raise OSError(28, "No space left on device")


def test_a_full_disk_stays_a_full_disk():
    identity, recipient = seal.new_pair()
    with pytest.raises(OSError, match="No space") as told:
        seal.seal_file(io.BytesIO(b"x" * 100_000), _Full(), [recipient])
    assert told.value.errno == 28
    with pytest.raises(OSError, match="No space"):
        seal.open_file(io.BytesIO(seal.seal(b"x" * 100_000, [recipient])), _Full(), [identity])


def test_malformed_keys_are_told_in_words():
    with pytest.raises(KuagerError, match="recipient"):
        seal.seal(b"", ["age1nothing"])
    with pytest.raises(KuagerError, match="no one"):
        seal.seal(b"", [])
    with pytest.raises(KuagerError, match="identity"):
        seal.open(b"", ["nothing"])
