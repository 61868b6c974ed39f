"""For hundreds of recordings and more: which pairs are worth correlating in full.

Spectra pooled to an eighth of their cells (four bands, two frames) are correlated over all lags at a tenth of the
cost; a pair goes on where that stands out at all, or is among a recording's best. Nothing is hashed: landmark
fingerprints are fast but lose what is faint, and their use is claimed by patents.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kuager.instruments.clock.scan import Transforms, correlation, transform_length
from kuager.instruments.clock.spectra import Block

BANDS, FRAMES = 4, 2
STANDS_OUT = 4.8
"""Pooled heights that some one in ten unrelated pairs reach."""
BEST = 12
"""Pairs that each recording keeps whatever their height."""


def likely_pairs(numbers: Sequence[int], spectra: Sequence[tuple[Block, ...]]) -> list[tuple[int, int]]:
    """Pairs of ``numbers`` (ascending) whose pooled spectra, given in the same order, meet somewhere."""
    pooled = [tuple(_pooled(block) for block in one) for one in spectra]
    transforms = Transforms()
    heights = np.zeros((len(numbers), len(numbers)), np.float32)
    for i, left in enumerate(pooled):
        for j in range(i + 1, len(pooled)):
            heights[i, j] = heights[j, i] = max(
                _height(transforms, i, one, j, other) for one in left for other in pooled[j]
            )
    best = np.argsort(-heights, axis=1, kind="stable")[:, :BEST]
    keep = heights >= STANDS_OUT
    for i, row in enumerate(best):
        keep[i, row] = keep[row, i] = True
    return [(numbers[i], numbers[j]) for i in range(len(numbers)) for j in range(i + 1, len(numbers)) if keep[i, j]]


def _pooled(block: Block) -> Block:
    bands, frames = block.cells.shape[0] // BANDS * BANDS, block.frames // FRAMES * FRAMES
    cells = block.cells[:bands, :frames].astype(np.float32)
    cells = cells.reshape(bands // BANDS, BANDS, frames // FRAMES, FRAMES).mean(axis=(1, 3))
    return Block(block.first // FRAMES, np.rint(np.clip(cells * FRAMES, -127, 127)).astype(np.int8))


def _height(transforms: Transforms, i: int, left: Block, j: int, right: Block) -> float:
    length = transform_length(left.frames + right.frames)
    heights, _, _ = correlation(
        transforms.of(i, left, length), left.frames, transforms.of(j, right, length), right.frames
    )
    return float(heights.max())
