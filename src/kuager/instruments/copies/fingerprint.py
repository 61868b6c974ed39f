"""What is kept of a recording to find its copies by: frame hashes, small pictures, local features, sound."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kuager.errors import UnreadableError, missing_part
from kuager.instruments import media
from kuager.instruments.copies import pdq
from kuager.instruments.copies.features import Features, detect
from kuager.instruments.copies.sound import SoundPrint, sound_print
from kuager.instruments.copies.trim import Box, trim

VERSION = 2
RATE = 4.0  # small pictures a second
HASH_EVERY = 2  # of them, so two hashes a second
SIDE = 160  # longer side of the pictures worked on, pixels
THUMB = 64  # longer side of the small pictures
_BATCH = 16  # pictures hashed at once
KEY_S, STILL_S, CUT_S = 4.0, 8.0, 1.0
STILL_BITS, CUT_BITS = 20, 108  # hashes nearer than the one show the same still, beyond the other another shot
CROPS = (0.85, 0.7)  # centre crops hashed on the reference side
VIEWS = ("whole", "trimmed", "crop85", "crop70")
MIRRORED_VIEWS = 2  # whole and trimmed, seen in a mirror, hashed for the query side
FLAT_QUALITY = 20  # below this PDQ quality a frame (black, plain title) shows too little to go by

Size = tuple[int, int]


@dataclass(frozen=True)
class Key:
    """Local features of the frame at index ``frame`` of the small pictures."""

    frame: int
    features: Features


@dataclass(frozen=True)
class PicturePrint:
    """``times`` (n,) seconds and ``thumbs`` (n, h, w) uint8 at ``RATE``; ``hashed`` (m,) indices into them with
    ``hashes`` (m, 4 views, 32), ``mirrors`` (m, 2 views, 32), ``quality`` (m,) 0…100; ``box`` top, bottom, left, right
    of what lies inside borders and ``size`` width, height, as fractions of the longer side; ``keys`` in order of time.
    """

    times: NDArray[np.float64]
    thumbs: NDArray[np.uint8]
    hashed: NDArray[np.int64]
    hashes: NDArray[np.uint8]
    mirrors: NDArray[np.uint8]
    quality: NDArray[np.uint8]
    box: tuple[float, float, float, float]
    size: tuple[float, float]
    keys: tuple[Key, ...]

    def part(self, first: int, stop: int) -> PicturePrint:
        """The small pictures from index ``first`` (even) up to ``stop``, with what was found in them."""
        inside = (self.hashed >= first) & (self.hashed < stop)
        keys = tuple(Key(key.frame - first, key.features) for key in self.keys if first <= key.frame < stop)
        return PicturePrint(
            self.times[first:stop], self.thumbs[first:stop], self.hashed[inside] - first, self.hashes[inside],
            self.mirrors[inside], self.quality[inside], self.box, self.size, keys,
        )  # fmt: skip


@dataclass(frozen=True)
class Fingerprint:
    """Of one recording: what its pictures and its sound give, either of which may be missing."""

    name: str
    picture: PicturePrint | None
    sound: SoundPrint | None

    def to_bytes(self) -> bytes:
        """As an ``.npz`` archive, to be kept beside the recording."""
        parts: dict[str, object] = {"version": VERSION, "name": self.name}
        if self.picture is not None:
            p = self.picture
            parts |= {"times": p.times, "thumbs": p.thumbs, "hashed": p.hashed, "hashes": p.hashes}
            parts |= {"mirrors": p.mirrors, "quality": p.quality, "box": p.box, "size": p.size}
            parts |= {"key_frames": [k.frame for k in p.keys], "key_counts": [len(k.features) for k in p.keys]}
            empty = Features(np.zeros((0, 4), np.float32), np.zeros((0, 32), np.uint8))
            every = [empty, *(k.features for k in p.keys)]
            parts["points"] = np.concatenate([f.points for f in every])
            parts["descriptors"] = np.concatenate([f.descriptors for f in every])
        if self.sound is not None:
            parts |= {"flux": self.sound.flux, "wave": self.sound.wave, "sound_start_s": self.sound.start_s}
        out = io.BytesIO()
        np.savez_compressed(out, **parts)  # type: ignore[arg-type]
        return out.getvalue()

    @staticmethod
    def from_bytes(data: bytes) -> Fingerprint:
        """Reads what ``to_bytes`` wrote; raises UnreadableError where it is damaged or of another version."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as kept:
                if int(kept["version"]) != VERSION:
                    raise ValueError(f"version {kept['version']}")
                return Fingerprint(str(kept["name"]), _picture_from(kept), _sound_from(kept))
        except (ValueError, KeyError, OSError, EOFError) as error:
            raise UnreadableError(
                f"A kept fingerprint cannot be read: {error}.", "Delete it; it is made anew."
            ) from error


def fingerprint(path: str | os.PathLike[str]) -> Fingerprint:
    """Fingerprints the pictures and the sound of a recording in one pass over each; pictures are streamed.

    Raises UnreadableError where the file holds neither, MissingPartError where OpenCV is absent.
    """
    picture = sound = None
    nothing: UnreadableError | None = None
    try:
        picture = _picture_print(path)
    except media.NoPicture as error:
        nothing = error
    try:
        sound = sound_print(path)
    except media.NoSound:
        if picture is None and nothing is not None:
            raise nothing from None
    except UnreadableError:
        if picture is None:
            raise
    return Fingerprint(os.fspath(path), picture, sound)


def _picture_print(path: str | os.PathLike[str]) -> PicturePrint:
    return from_frames((p.time_s, p.image) for p in media.pictures(path, rate=RATE, grey=True))


def from_frames(frames: Iterator[tuple[float, NDArray[np.uint8]]]) -> PicturePrint:
    """The print of grey frames (second, image) given at ``RATE``; of the size of the first, whatever comes later."""
    maker = _Maker()
    for time_s, image in frames:
        maker.add(time_s, image)
    return maker.done()


class _Maker:
    """Takes frames one by one, makes what the print needs of ``_BATCH`` at once, and keeps no more than that."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.thumbs: list[NDArray[np.uint8]] = []
        self.waiting: list[NDArray[np.uint8]] = []  # to be hashed
        self.hashes: list[NDArray[np.uint8]] = []
        self.mirrors: list[NDArray[np.uint8]] = []
        self.quality: list[NDArray[np.uint8]] = []
        self.boxes: list[Box] = []
        self.keys: list[Key] = []
        self.before: NDArray[np.uint8] | None = None
        self.key_hash: NDArray[np.uint8] | None = None
        self.sizes: tuple[Size, Size] | None = None

    def add(self, time_s: float, image: NDArray[np.uint8]) -> None:
        if self.sizes is None:
            worked_on = _size(image.shape, SIDE)
            self.sizes = worked_on, _size(worked_on, THUMB)
        image = _scaled(image, self.sizes[0])
        self.thumbs.append(_scaled(image, self.sizes[1]))
        if len(self.times) % HASH_EVERY == 0:
            self.waiting.append(image)
        self.times.append(time_s)
        if len(self.waiting) == _BATCH:
            self._hash()

    def _hash(self) -> None:
        images = np.stack(self.waiting)
        grey = images.astype(np.float32)
        boxes = trim(grey)
        whole = pdq.coefficients(grey)
        inner = whole.copy()
        parts = [np.empty_like(whole) for _ in CROPS]
        for box in set(boxes):
            which = [at for at, other in enumerate(boxes) if other == box]
            some = grey if len(which) == len(grey) else grey[which]
            if box != (0, grey.shape[1], 0, grey.shape[2]):
                inner[which] = pdq.coefficients(some, box)
            for part, keep in zip(parts, CROPS, strict=True):
                part[which] = pdq.coefficients(some, _centre(box, keep))
        hashes = np.stack([pdq.quantise(view) for view in (whole, inner, *parts)], axis=1)
        quality = pdq.quality(grey)
        for at, image in enumerate(images):
            if quality[at] >= FLAT_QUALITY:
                self._key(len(self.boxes) + at, hashes[at, 0], image)
            self.before = hashes[at, 0]
        self.hashes.append(hashes)
        self.mirrors.append(np.stack([pdq.quantise(pdq.mirror(view)) for view in (whole, inner)], axis=1))
        self.quality.append(quality)
        self.boxes += boxes
        self.waiting = []

    def _key(self, at: int, whole: NDArray[np.uint8], image: NDArray[np.uint8]) -> None:
        """Features of each shot, then every four seconds, every eight where the picture stands still."""
        index = at * HASH_EVERY
        if self.keys and self.key_hash is not None:
            since_s = (index - self.keys[-1].frame) / RATE
            if since_s < CUT_S:
                return
            cut = self.before is not None and int(pdq.distance(whole, self.before)) > CUT_BITS
            still = int(pdq.distance(whole, self.key_hash)) <= STILL_BITS
            if since_s < (CUT_S if cut else STILL_S if still else KEY_S):
                return
        self.keys.append(Key(index, detect(image)))
        self.key_hash = whole

    def done(self) -> PicturePrint:
        if self.sizes is None:
            raise UnreadableError("No picture of it can be decoded.", "It may be damaged.")
        if self.waiting:
            self._hash()
        height, width = self.sizes[0]
        side = float(max(height, width))
        quality = np.concatenate(self.quality)
        flat = quality < FLAT_QUALITY
        boxes = np.array(self.boxes)
        box = np.median(boxes if flat.all() else boxes[~flat], axis=0) / side
        return PicturePrint(
            np.array(self.times), np.stack(self.thumbs), np.arange(0, len(self.times), HASH_EVERY),
            np.concatenate(self.hashes), np.concatenate(self.mirrors), quality,
            (float(box[0]), float(box[1]), float(box[2]), float(box[3])),
            (width / side, height / side), tuple(self.keys),
        )  # fmt: skip


def _centre(box: Box, keep: float) -> Box:
    top, bottom, left, right = box
    down, across = round((bottom - top) * (1 - keep) / 2), round((right - left) * (1 - keep) / 2)
    return top + down, bottom - down, left + across, right - across


def _size(shape: tuple[int, ...], longer: int) -> Size:
    """Height and width of a picture whose longer side is made so many pixels."""
    height, width = shape
    scale = longer / max(height, width)
    return max(8, round(height * scale)), max(8, round(width * scale))


def _scaled(image: NDArray[np.uint8], size: Size) -> NDArray[np.uint8]:
    """By averaging over areas where it gets smaller. Raises MissingPartError where OpenCV is absent."""
    if image.shape == size:
        return image
    try:
        import cv2
    except ImportError as error:
        raise missing_part("opencv-python-headless", "copies") from error
    how = cv2.INTER_AREA if size[0] * size[1] < image.size else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image, size[::-1], interpolation=how), np.uint8)


def _picture_from(kept: np.lib.npyio.NpzFile) -> PicturePrint | None:
    if "times" not in kept:
        return None
    ends = np.cumsum(kept["key_counts"]).astype(int)
    points, descriptors = np.split(kept["points"], ends), np.split(kept["descriptors"], ends)
    keys = tuple(
        Key(int(frame), Features(p, d)) for frame, p, d in zip(kept["key_frames"], points, descriptors, strict=False)
    )
    top, bottom, left, right = (float(v) for v in kept["box"])
    return PicturePrint(
        kept["times"], kept["thumbs"], kept["hashed"], kept["hashes"], kept["mirrors"], kept["quality"],
        (top, bottom, left, right), (float(kept["size"][0]), float(kept["size"][1])), keys,
    )  # fmt: skip


def _sound_from(kept: np.lib.npyio.NpzFile) -> SoundPrint | None:
    if "flux" not in kept:
        return None
    return SoundPrint(kept["flux"], kept["wave"], float(kept["sound_start_s"]))
