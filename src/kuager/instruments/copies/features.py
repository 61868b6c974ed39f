"""Local features: what still matches when a picture was turned, cropped off centre, shrunk into another or refilmed.

SIFT (D. Lowe, "Distinctive image features from scale-invariant keypoints", IJCV 2004; patent expired 2020) found by
OpenCV, each descriptor cut to 256 bits by comparing its 128 numbers with their own median and upper quartile (after
W. Zhou et al., "Scalar quantization for large scale image search", ACM MM 2012), so that one kind of index serves all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kuager.errors import missing_part

MOST = 300
# A descriptor is 4 rows by 4 columns by 8 directions, rows across the keypoint's own direction: a mirror swaps the
# rows and reverses the turning sense.
_MIRRORED = np.arange(128).reshape(4, 4, 8)[::-1][:, :, (-np.arange(8)) % 8].ravel()


@dataclass(frozen=True)
class Features:
    """Keypoints of one picture, strongest first: ``points`` (n, 4) float32 of x, y, size (fractions of the picture's
    longer side) and direction (radians); ``descriptors`` (n, 32) uint8."""

    points: NDArray[np.float32]
    descriptors: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.points)

    def mirrored(self, width: float) -> Features:
        """The features of the mirror image; ``width`` as a fraction of the longer side."""
        points = self.points.copy()
        points[:, 0] = width - points[:, 0]
        points[:, 3] = np.pi - points[:, 3]
        bits = np.unpackbits(self.descriptors, axis=1).reshape(-1, 2, 128)
        return Features(points, np.packbits(bits[:, :, _MIRRORED].reshape(-1, 256), axis=1))


def detect(image: NDArray[np.uint8]) -> Features:
    """The ``MOST`` features of a grey picture with most contrast, largest and strongest first.

    Raises MissingPartError where OpenCV is absent.
    """
    try:
        import cv2
    except ImportError as error:
        raise missing_part("opencv-python-headless", "copies") from error
    finder = cv2.SIFT.create(nfeatures=MOST, contrastThreshold=0.03)
    found, vectors = finder.detectAndCompute(image, None)
    if vectors is None or not len(found):
        return Features(np.zeros((0, 4), np.float32), np.zeros((0, 32), np.uint8))
    side = float(max(image.shape))
    points = np.array([(p.pt[0] / side, p.pt[1] / side, p.size / side, np.deg2rad(p.angle)) for p in found], np.float32)
    # Large features first: they are still there when the picture comes back shrunk into another.
    strength = np.array([p.response * p.size for p in found])
    order = np.lexsort((points[:, 1], points[:, 0], -strength))
    return Features(points[order], _pack(vectors[order].astype(np.float32)))


def _pack(vectors: NDArray[np.float32]) -> NDArray[np.uint8]:
    ranked = np.sort(vectors, axis=1)
    above_median = vectors > ranked[:, 63:64]
    above_quartile = vectors > ranked[:, 95:96]
    return np.packbits(np.concatenate([above_median, above_quartile], axis=1), axis=1)
