"""Hiding: the redactions of one item, ready for a worker to apply, and what applying them brought to light.

A plan is plain data, since workers hold no keys and read no case. Nothing is shown of a recording unless every decoded
pixel inside what was drawn came out solid: that is looked at after encoding, picture by picture.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kuager.errors import RefusedError, UnreadableError, UsageError
from kuager.examine import Pool
from kuager.examine.pool import CallFailed, Quarantined
from kuager.instruments import media
from kuager.record.case import Case
from kuager.record.item import Item
from kuager.release.covering import SOLID_WITHIN, Cover, hush, stencil
from kuager.release.redaction import Area, Redaction, area_body, area_of, seconds

_ROOM_S = 0.1

Plan = Mapping[str, Any]
"""``size``, ``areas`` as entries hold them, and ``quiets`` as (start, end, path of other words or None)."""


def plan(redactions: Sequence[Redaction], sound_of: Callable[[str], str]) -> Plan:
    """The plan of an item's redactions; ``sound_of`` says where the bytes of an item lie."""
    sizes = {(each.width, each.height) for each in redactions if each.areas}
    return {
        "size": list(sizes.pop()) if sizes else [1, 1],
        "areas": [area_body(area) for each in redactions for area in each.areas],
        "quiets": [
            [quiet.start_s, quiet.end_s, sound_of(quiet.spoken) if quiet.spoken else None]
            for each in redactions
            for quiet in each.quiets
        ],
    }


@dataclass
class Hiding:
    """Applies a plan: ``paint`` to pictures in order of time, ``hush`` to the sound."""

    plan: Plan
    _cover: Cover = field(init=False)

    def __post_init__(self) -> None:
        areas: list[Area] = [area_of(each) for each in self.plan["areas"]]
        width, height = self.plan["size"]
        self._cover = Cover(areas, (width, height))

    def paint(self, picture: NDArray[np.uint8], time_s: float) -> NDArray[np.uint8]:
        """The picture with what is to be covered at that second painted over."""
        return self._cover.paint(picture, time_s)

    def hush(self, sound: NDArray[np.int16], rate: int) -> NDArray[np.int16]:
        """The sound from presentation second 0 on, at ``rate`` a second, without what is not to be heard."""
        spoken = [(start, end, _spoken(path, rate) if path else None) for start, end, path in self.plan["quiets"]]
        return hush(sound, rate, spoken)

    def check(self, made: Path) -> int:
        """The most by which a pixel inside an outline of the encoded copy differs from black, in levels of 255.

        Raises UnreadableError where that is more than SOLID_WITHIN, or pictures are missing.
        """
        worst, count = 0, 0
        if self._cover.outlines:
            for shown, outlines in zip(media.pictures(made), self._cover.outlines, strict=False):
                count += 1
                if outlines:
                    inside = shown.image[stencil(outlines, shown.image.shape[:2])]
                    worst = max(worst, int(inside.max(initial=0)))
        if count != len(self._cover.outlines) or worst > SOLID_WITHIN:
            raise UnreadableError("What was to be covered did not come out solid.", "Draw the areas larger.")
        return worst

    def said(self) -> dict[str, Any]:
        """What the entry says: what was hidden when, and when a followed area was lost and painted wider."""
        hidden = [
            {
                "kind": "picture",
                "start_s": seconds(area.start_s),
                "end_s": None if area.end_s is None else seconds(area.end_s),
            }
            for area in self._cover.areas
        ]
        hidden += [
            {"kind": "spoken" if path else "muted", "start_s": seconds(start), "end_s": seconds(end)}
            for start, end, path in self.plan["quiets"]
        ]
        widened = [[seconds(start), seconds(end)] for _, start, end in self._cover.lost]
        return {"hidden": hidden, "widened": widened}

    def still(self, source: Path, width: int) -> tuple[bytes, int, int]:
        """A picture (not a recording) as JPEG bytes without metadata, covered, with its width and height."""
        from PIL import Image

        image = next(iter(media.pictures(source, width=width))).image
        buffer = io.BytesIO()
        Image.fromarray(self.paint(image, 0.0)).save(buffer, "JPEG", quality=80)
        return buffer.getvalue(), image.shape[1], image.shape[0]


def look_at(case: Case, item: Item, spoken: Sequence[tuple[float, str]]) -> tuple[int, int]:
    """Width and height of an item's upright picture, 0 where it has none, looked at in a worker.

    ``spoken`` has files to be heard with the seconds there are for each. Raises UsageError for one that is longer,
    UnreadableError for what cannot be read.
    """
    stored = item.stored
    if stored is None or stored.handle is not None:
        raise RefusedError(f"The item {item.id} is restricted: nothing is made of it for release.")
    with Pool(1) as pool:
        size = _asked(pool, _size, str(case.object_path(stored.sha256)))
        for room_s, path in spoken:
            length = _asked(pool, _length, str(Path(path).resolve()))
            if length > room_s + _ROOM_S:
                raise UsageError(
                    f"{Path(path).name} lasts {length:.1f} s and has {room_s:.1f} s.", "Give a longer stretch."
                )
    return int(size[0]), int(size[1])


def _asked(pool: Pool, question: Callable[[str], Any], path: str) -> Any:
    try:
        return pool.submit(question, path).result()
    except (CallFailed, Quarantined, BrokenExecutor) as error:
        raise UnreadableError(f"It cannot be looked at: {error}.", "It may be damaged.") from None


def _size(path: str) -> tuple[int, int]:
    try:
        tall, wide = next(iter(media.pictures(path))).image.shape[:2]
    except media.NoPicture:
        return 0, 0
    return wide, tall


def _length(path: str) -> float:
    heard = media.sound(path)
    return heard.start_s + len(heard.samples) / heard.rate


def _spoken(path: str, rate: int) -> NDArray[np.int16]:
    samples = media.sound(path, rate=rate).samples
    words: NDArray[np.int16] = (np.clip(samples, -1, 1) * 32767).astype(np.int16)
    return words
