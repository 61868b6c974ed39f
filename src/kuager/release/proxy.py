"""Proxies: small copies of recordings that play in any browser, made once for release. Originals never play.

VP9 video and Opus sound in WebM: both formats may be used without a licence fee, and every current browser plays them.
Pictures lie at k/rate seconds and sound on the same presentation time, so that a position in the proxy is the same
position in the recording. Nothing of the original's metadata is carried over.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kuager.instruments import media
from kuager.release.hiding import Hiding

LONGEST = 640
"""Pixels of the longer side; nothing is made larger than it was."""

_MOST_RATE = 30
_SOUND_RATE = 48_000
_SOUND_FRAME = 960  # 20 ms, Opus's own


def make(source: Path, target: Path, hiding: Hiding | None = None) -> tuple[int, int]:
    """Writes the proxy of a recording and returns its width and height in pixels, 0 where it has no picture.

    ``hiding`` covers pictures and mutes sound before they are encoded. Raises UnreadableError where neither picture nor
    sound can be read.
    """
    import av

    heard = _sound(source)
    if heard is not None and hiding is not None:
        heard = hiding.hush(heard, _SOUND_RATE)
    frames = _pictures(source)
    first = next(frames, None)
    if first is None and heard is None:
        raise media.NoPicture("There is neither picture nor sound to show.")
    rate = _rate(source)
    with av.open(str(target), "w", format="webm", options={"fflags": "+bitexact"}) as out:
        picture = _picture_stream(out, first, rate) if first is not None else None
        sound = out.add_stream("libopus", rate=_SOUND_RATE, layout="mono") if heard is not None else None
        if sound is not None:
            sound.bit_rate = 48_000
        sent = 0
        count = 0
        if picture is not None and first is not None:
            for image in _chain(first, frames):
                image = hiding.paint(image, count / rate) if hiding is not None else image
                frame = av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format="yuv420p")
                frame.pts = count
                out.mux(picture.encode(frame))
                count += 1
                if heard is not None and sound is not None:
                    sent = _feed(out, sound, heard, sent, count / rate)
            out.mux(picture.encode(None))
        if heard is not None and sound is not None:
            _feed(out, sound, heard, sent, len(heard) / _SOUND_RATE + 1)
            out.mux(sound.encode(None))
    return (first.shape[1], first.shape[0]) if first is not None else (0, 0)


def _picture_stream(out: Any, first: NDArray[np.uint8], rate: int) -> Any:
    options = {"deadline": "realtime", "cpu-used": "8", "row-mt": "1", "crf": "36", "b": "900k", "flags": "+bitexact"}
    stream = out.add_stream("libvpx-vp9", rate=rate, options=options)
    stream.width, stream.height, stream.pix_fmt = first.shape[1], first.shape[0], "yuv420p"
    stream.gop_size = rate  # a key picture each second: seeking and stepping stay quick
    stream.thread_count = 2
    return stream


def _feed(out: Any, stream: Any, heard: NDArray[np.int16], sent: int, until_s: float) -> int:
    """Encodes sound up to a time, in whole frames, so that the two tracks lie close together in the file."""
    import av

    while sent < min(len(heard), int(until_s * _SOUND_RATE)):
        block = heard[sent : sent + _SOUND_FRAME]
        if len(block) < _SOUND_FRAME:
            block = np.pad(block, (0, _SOUND_FRAME - len(block)))
        frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = _SOUND_RATE
        frame.pts = sent
        out.mux(stream.encode(frame))
        sent += _SOUND_FRAME
    return sent


def _sound(source: Path) -> NDArray[np.int16] | None:
    """Sound from presentation second 0 on: what comes earlier is cut, and silence stands where it begins later."""
    try:
        sound = media.sound(source, rate=_SOUND_RATE)
    except media.NoSound:
        return None
    samples = sound.samples
    shift = round(sound.start_s * _SOUND_RATE)
    samples = np.pad(samples, (shift, 0)) if shift >= 0 else samples[-shift:]
    clipped: NDArray[np.int16] = (np.clip(samples, -1, 1) * 32767).astype(np.int16)
    return clipped


def _pictures(source: Path) -> Iterator[NDArray[np.uint8]]:
    """Pictures at the proxy's rate, no side longer than LONGEST, both even as 4:2:0 wants."""
    try:
        tall, wide = next(media.pictures(source)).image.shape[:2]
        shrink = min(1.0, LONGEST / max(tall, wide))
        for shown in media.pictures(source, rate=_rate(source), width=max(2, round(wide * shrink))):
            tall, wide = shown.image.shape[:2]
            yield shown.image[: tall - tall % 2, : wide - wide % 2]
    except (media.NoPicture, StopIteration):
        return


def _rate(source: Path) -> int:
    """Pictures a second: the recording's own, rounded, at most 30; 25 where it does not say."""
    rates = [s.rate for s in media.probe(source).streams if s.kind == "picture" and not s.cover and s.rate]
    return max(1, min(_MOST_RATE, round(rates[0]))) if rates else 25


def _chain(first: NDArray[np.uint8], rest: Iterator[NDArray[np.uint8]]) -> Iterator[NDArray[np.uint8]]:
    yield first
    yield from rest
