"""Writing recordings as phones and sites write them: codecs, containers, constant and variable frame rates.

x264 runs on one thread and every muxer in bit-exact mode, so that the same pictures and samples give
the same bytes. Sound and picture share one zero: presentation time 0 is the first picture and the
first sample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kuager.drill.pictures import Frame
from kuager.drill.waves import Samples

TICKS = 90_000


@dataclass(frozen=True)
class Format:
    """How a recording is stored: container suffix, codecs (None: no such track), frame rate and bit rate."""

    suffix: str
    picture: str | None
    sound: str | None
    rate: int
    fps: float
    variable: bool = False
    sound_kbps: int = 96
    quality: int = 27


FORMATS = (
    Format("mp4", "h264", "aac", 44_100, 20.0),
    Format("mkv", "h264", "opus", 48_000, 22.0, variable=True),
    Format("webm", "vp9", "opus", 48_000, 18.0),
    Format("mov", "h264", "pcm", 48_000, 24_000 / 1001),
    Format("ts", "h264", "mp3", 44_100, 25.0),
    Format("mp4", "h264", None, 44_100, 15.0),
)
MORE = (
    Format("mp4", "h264", "mp3", 48_000, 30.0),
    Format("ts", "h264", "aac", 48_000, 25.0),
    Format("mkv", "h264", "aac", 44_100, 15.0, sound_kbps=64),
    Format("mp4", "h264", "aac", 48_000, 24.0, variable=True, sound_kbps=64),
    Format("webm", "vp9", "opus", 48_000, 20.0, sound_kbps=48),
    Format("mkv", "h264", "pcm", 44_100, 25.0),
)
_SOUND = {"aac": "aac", "opus": "libopus", "mp3": "libmp3lame", "pcm": "pcm_s16le"}


def format_of(number: int) -> Format:
    """The format of the n-th recording: the first six differ in kind, later ones go round all."""
    return FORMATS[number] if number < len(FORMATS) else (MORE + FORMATS)[(number - len(FORMATS)) % 12]


def frame_times(rng: np.random.Generator, form: Format, duration_s: float) -> npt.NDArray[np.float64]:
    """Presentation seconds of the pictures, in whole ticks; the first is 0. A variable rate wanders and skips."""
    if not form.variable:
        times = np.arange(int(duration_s * form.fps)) / form.fps
    else:
        gaps = rng.normal(1.0, 0.12, int(duration_s * form.fps * 1.3)).clip(0.5, 1.6) / form.fps
        gaps[rng.random(len(gaps)) < 0.03] *= 3
        times = np.concatenate(([0.0], np.cumsum(gaps)))
        times = times[times < duration_s - 0.02]
    # Matroska and WebM keep whole milliseconds.
    step = 1000 if form.suffix in ("mkv", "webm") else TICKS
    return np.asarray(np.round(times * step) / step)


def write_recording(
    path: Path,
    form: Format,
    samples: Samples | None,
    times: npt.NDArray[np.float64],
    draw: Callable[[int], Frame] | None,
    title: str,
) -> None:
    """Writes one file. ``draw(k)`` gives the k-th picture (height, width, 3); ``samples`` are at ``form.rate``."""
    import av
    import av.video.reformatter

    muxer = {"mkv": "matroska", "ts": "mpegts"}.get(form.suffix, form.suffix)
    with av.open(str(path), "w", format=muxer, options={"fflags": "+bitexact"}) as container:
        container.metadata["title"] = title
        picture = _picture_track(container, form, draw(0)) if draw is not None and form.picture else None
        sound = _sound_track(container, form) if samples is not None and form.sound else None
        pieces = _sound_pieces(sound, samples, form.rate) if sound is not None and samples is not None else iter(())
        pending = next(pieces, None)
        colours = av.video.reformatter.VideoReformatter()
        if picture is not None and draw is not None:
            for number, at_s in enumerate(times):
                # Sound is interleaved so that a player need not read ahead.
                while sound is not None and pending is not None and pending.pts / form.rate <= at_s:
                    container.mux(sound.encode(pending))
                    pending = next(pieces, None)
                frame = av.VideoFrame.from_ndarray(draw(number), format="rgb24")
                frame = colours.reformat(frame, format="yuv420p", threads=1)
                frame.pts = round(at_s * TICKS)
                frame.time_base = Fraction(1, TICKS)
                container.mux(picture.encode(frame))
        while sound is not None and pending is not None:
            container.mux(sound.encode(pending))
            pending = next(pieces, None)
        for stream in (picture, sound):
            if stream is not None:
                container.mux(stream.encode(None))


def _picture_track(container: Any, form: Format, first: Frame) -> Any:
    height, width = first.shape[:2]
    if form.picture == "vp9":
        options = {"deadline": "realtime", "cpu-used": "8", "threads": "1", "crf": str(form.quality + 10), "b": "0"}
        stream = container.add_stream("libvpx-vp9", rate=Fraction(form.fps).limit_denominator(1001), options=options)
    else:
        options = {"preset": "ultrafast", "crf": str(form.quality), "threads": "1", "bf": "0"}
        stream = container.add_stream("libx264", rate=Fraction(form.fps).limit_denominator(1001), options=options)
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    stream.codec_context.time_base = Fraction(1, TICKS)
    stream.codec_context.gop_size = round(form.fps * 2)
    stream.codec_context.thread_count = 1
    stream.codec_context.flags |= _bitexact()
    return stream


def _sound_track(container: Any, form: Format) -> Any:
    options = {"aac_coder": "fast"} if form.sound == "aac" else {}
    stream = container.add_stream(_SOUND[form.sound or "pcm"], rate=form.rate, layout="mono", options=options)
    if form.sound != "pcm":
        stream.codec_context.bit_rate = form.sound_kbps * 1000
    stream.codec_context.flags |= _bitexact()
    return stream


def _sound_pieces(stream: Any, samples: Samples, rate: int) -> Iterator[Any]:
    """Frames of the size the encoder wants, in its sample format."""
    import av

    context = stream.codec_context
    context.open(strict=False)
    size = context.frame_size or 1024
    whole = np.round(np.clip(samples, -1, 1) * 32767).astype(np.int16)
    resampler = av.AudioResampler(format=context.format, layout="mono", rate=rate)
    for start in range(0, len(whole), size):
        frame = av.AudioFrame.from_ndarray(whole[None, start : start + size], format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        yield from resampler.resample(frame)


def _bitexact() -> Any:
    from av.codec.context import Flags

    return Flags.bitexact


def without_sound(form: Format) -> Format:
    """The same format with no sound track."""
    return replace(form, sound=None)
