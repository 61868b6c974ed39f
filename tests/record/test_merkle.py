from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuager.record import merkle

LEAVES = [merkle.leaf_hash(b"line %d" % n) for n in range(64)]

# The eight entries and roots that implementations of RFC 6962 and RFC 9162 share as test vectors.
ENTRIES = [
    bytes.fromhex(x)
    for x in ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def _defined_root(leaves):
    """RFC 9162 §2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + _defined_root(leaves[:k]) + _defined_root(leaves[k:])).digest()


def test_known_roots():
    leaves = [merkle.leaf_hash(entry) for entry in ENTRIES]
    assert [merkle.root(leaves[: n + 1]).hex() for n in range(8)] == ROOTS


def test_known_proofs():
    leaves = [merkle.leaf_hash(entry) for entry in ENTRIES]
    assert [step.hex() for step in merkle.inclusion_proof(leaves, 5, 8)] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert [step.hex() for step in merkle.consistency_proof(leaves, 6, 8)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@pytest.mark.parametrize("size", range(65))
def test_frontier_gives_the_defined_root_and_survives_being_stored(size):
    frontier = merkle.Frontier()
    for leaf in LEAVES[:size]:
        frontier.append(leaf)
    stored = merkle.Frontier.from_bytes(frontier.to_bytes())
    apart = stored.copy()
    apart.append(LEAVES[0])
    assert frontier.root() == stored.root() == _defined_root(LEAVES[:size])
    assert frontier.size == stored.size == size
    assert apart.root() == _defined_root([*LEAVES[:size], LEAVES[0]])


@pytest.mark.parametrize("size", range(1, 65))
def test_inclusion_proofs_show_their_leaf_and_no_other(size):
    root = merkle.root(LEAVES[:size])
    for n in range(size):
        proof = merkle.inclusion_proof(LEAVES, n, size)
        assert merkle.verify_inclusion(LEAVES[n], n, size, proof, root)
        assert not merkle.verify_inclusion(LEAVES[n - 1] if size > 1 else b"", n, size, proof, root)
        assert not merkle.verify_inclusion(LEAVES[n], n, size, [*proof, root], root)
        assert not any(merkle.verify_inclusion(LEAVES[n], m, size, proof, root) for m in range(-1, size + 2) if m != n)
        if proof:
            assert not merkle.verify_inclusion(LEAVES[n], n, size, proof[:-1], root)


@pytest.mark.parametrize("second", range(1, 65))
def test_consistency_proofs_show_a_beginning_and_nothing_else(second):
    root = merkle.root(LEAVES[:second])
    for first in range(1, second + 1):
        old, proof = merkle.root(LEAVES[:first]), merkle.consistency_proof(LEAVES, first, second)
        assert merkle.verify_consistency(first, old, second, root, proof)
        assert not merkle.verify_consistency(first, sha256(old).digest(), second, root, proof)
        assert not merkle.verify_consistency(first, old, second, sha256(root).digest(), proof)
        assert not merkle.verify_consistency(first, old, second, root, [*proof, root])
        for at, step in enumerate(proof):
            assert not merkle.verify_consistency(
                first, old, second, root, [*proof[:at], sha256(step).digest(), *proof[at + 1 :]]
            )


@given(st.integers(1, 64), st.integers(1, 64), st.lists(st.binary(min_size=32, max_size=32), max_size=8))
def test_made_up_proofs_show_nothing(first, second, proof):
    assert not merkle.verify_consistency(first, b"\0" * 32, second, merkle.root(LEAVES[:second]), proof)
    assert not merkle.verify_inclusion(b"\0" * 32, first - 1, second, proof, merkle.root(LEAVES[:second]))


def test_what_does_not_exist_is_refused():
    for n, size in [(0, 0), (-1, 4), (4, 4), (0, 65)]:
        with pytest.raises(ValueError, match="no such leaf"):
            merkle.inclusion_proof(LEAVES, n, size)
    for first, second in [(0, 4), (5, 4), (1, 65)]:
        with pytest.raises(ValueError, match="no such pair"):
            merkle.consistency_proof(LEAVES, first, second)
    with pytest.raises(ValueError, match="not a Merkle frontier"):
        merkle.Frontier.from_bytes(b"\0" * 7 + b"\3" + b"x" * 32)
