"""The Merkle tree over log lines (RFC 9162 §2.1), and its inclusion and consistency proofs.

Hashes are 32 raw bytes. *Leaves* are always leaf hashes, as ``leaf_hash`` makes them from log lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(line: bytes) -> bytes:
    """SHA-256(0x00 ‖ line), where line is a log line without its newline."""
    return sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: one hash for each complete subtree, largest first."""

    __slots__ = ("_peaks", "size")

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Adds one leaf hash."""
        peaks, size = self._peaks, self.size
        while size & 1:
            leaf = sha256(b"\x01" + peaks.pop() + leaf).digest()
            size >>= 1
        peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves added; SHA-256 of nothing for none."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root

    def copy(self) -> Frontier:
        """A frontier that grows apart from this one."""
        other = Frontier()
        other.size, other._peaks = self.size, list(self._peaks)
        return other

    def to_bytes(self) -> bytes:
        """Size as 8 bytes, big-endian, then the hashes. Trust it only if its root is one you trust."""
        return self.size.to_bytes(8, "big") + b"".join(self._peaks)

    @classmethod
    def from_bytes(cls, data: bytes) -> Frontier:
        """Reads what ``to_bytes`` wrote. Raises ValueError if the number of hashes does not fit the size."""
        size = int.from_bytes(data[:8], "big")
        if len(data) != 8 + 32 * size.bit_count():
            raise ValueError("not a Merkle frontier")
        frontier = cls()
        frontier.size = size
        frontier._peaks = [data[at : at + 32] for at in range(8, len(data), 32)]
        return frontier


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over ``leaves``."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def inclusion_proof(leaves: Sequence[bytes], n: int, size: int | None = None) -> list[bytes]:
    """The proof that leaf ``n`` is in the tree of the first ``size`` leaves (RFC 9162 §2.1.3.1), leaf side first.

    Raises ValueError if ``n`` does not lie below ``size``, or ``size`` beyond the leaves given.
    """
    size = len(leaves) if size is None else size
    if not 0 <= n < size <= len(leaves):
        raise ValueError("there is no such leaf in a tree of this size")
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if n < middle:
            path.append(root(leaves[middle:high]))
            high = middle
        else:
            path.append(root(leaves[low:middle]))
            low = middle
    return path[::-1]


def verify_inclusion(leaf: bytes, n: int, size: int, proof: Sequence[bytes], tree_root: bytes) -> bool:
    """Whether ``proof`` shows that ``leaf`` is number ``n`` of the ``size`` leaves under ``tree_root`` (§2.1.3.2)."""
    if not 0 <= n < size:
        return False
    first, last, node = n, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if first & 1 or first == last:
            node = node_hash(step, node)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            node = node_hash(node, step)
        first, last = first >> 1, last >> 1
    return last == 0 and node == tree_root


def consistency_proof(leaves: Sequence[bytes], first: int, second: int | None = None) -> list[bytes]:
    """The proof that the tree of ``first`` leaves is the beginning of that of ``second`` (RFC 9162 §2.1.4.1).

    Raises ValueError unless 0 < first ≤ second ≤ number of leaves.
    """
    second = len(leaves) if second is None else second
    if not 0 < first <= second <= len(leaves):
        raise ValueError("there is no such pair of trees")
    path: list[bytes] = []
    low, high, whole = 0, second, True
    while first != high:
        middle = low + _split(high - low)
        if first <= middle:
            path.append(root(leaves[middle:high]))
            high = middle
        else:
            path.append(root(leaves[low:middle]))
            low, whole = middle, False
    if not whole:
        path.append(root(leaves[low:high]))
    return path[::-1]


def verify_consistency(first: int, first_root: bytes, second: int, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether ``proof`` shows that the tree under ``second_root`` begins with that under ``first_root`` (§2.1.4.2)."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    steps = list(proof)
    if first & (first - 1) == 0:
        steps.insert(0, first_root)
    if not steps:
        return False
    old, new = first - 1, second - 1
    while old & 1:
        old, new = old >> 1, new >> 1
    old_node = new_node = steps[0]
    for step in steps[1:]:
        if new == 0:
            return False
        if old & 1 or old == new:
            old_node, new_node = node_hash(step, old_node), node_hash(step, new_node)
            while not old & 1 and old:
                old, new = old >> 1, new >> 1
        else:
            new_node = node_hash(new_node, step)
        old, new = old >> 1, new >> 1
    return new == 0 and old_node == first_root and new_node == second_root


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << ((size - 1).bit_length() - 1)
