"""Files for the benchmarks of the record: bytes that do not compress, in the sizes that cases are made of."""

from __future__ import annotations

import random
from pathlib import Path

SIZES = ((40_000, 0.1), (3_000_000, 0.4), (80_000_000, 0.5))
"""Bytes of one file, and the share of the whole that such files make up."""


def write(seed: int, folder: Path, total: int) -> int:
    """Writes files of all sizes, ``total`` bytes together as near as whole files allow; returns their bytes."""
    picks, written = random.Random(seed), 0
    block = picks.randbytes(4 << 20)
    for size, share in SIZES:
        inner = folder / f"{size}"
        inner.mkdir(parents=True)
        for number in range(max(1, round(total * share / size))):
            with open(inner / f"{number:06}.bin", "wb") as file:
                file.write(number.to_bytes(8, "big"))
                left = size - 8
                while left > 0:
                    start = picks.randrange(1 << 20)
                    left -= file.write(block[start : start + min(left, 3 << 20)])
            written += size
    return written
