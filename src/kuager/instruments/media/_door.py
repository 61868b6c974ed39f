"""``media.open``: the one door through which a file is opened as sound or picture.

FFmpeg is handed a byte reader and never a path, so a playlist, a list of neighbours or an external track has nothing to
resolve against; formats and codecs are held to a list, nested opens are refused, and every wait is bounded.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kuager.errors import UnreadableError
from kuager.instruments.media._formats import CODECS, CONTAINERS

if TYPE_CHECKING:
    from av.container import InputContainer

OPEN_TIMEOUT_S = 30.0
READ_TIMEOUT_S = 30.0
MAX_BYTES = 1 << 40
MAX_DURATION_S = 48 * 3600.0
MAX_PIXELS = 1 << 27
MAX_STREAMS = 64
# As large as FFmpeg's own for files: a larger one is read anew at every jump between far streams.
_READ_AHEAD = 1 << 15

# No protocol is ever needed: the bytes come from our own reader.
_OPTIONS = {
    "format_whitelist": ",".join(sorted(CONTAINERS)),
    "codec_whitelist": ",".join(sorted(CODECS)),
    "protocol_whitelist": "none",
    "max_streams": str(MAX_STREAMS),
    "max_pixels": str(MAX_PIXELS),
    "probesize": "10000000",
    "enable_drefs": "0",
}


@contextmanager
def open(path: str | os.PathLike[str]) -> Iterator[InputContainer]:
    """Open a recording or a still image for demuxing and decoding; nothing else is read and no one is contacted.

    Yields a PyAV input container. Failures of FFmpeg inside the ``with`` block come out as ``UnreadableError`` too.

    Raises ``UnreadableError``: not a regular file, too large, a format or codec outside the lists, damaged beyond
    reading, longer than ``MAX_DURATION_S``, no answer within ``OPEN_TIMEOUT_S``.
    """
    import av

    name = Path(path).name
    with _bytes_of(path) as raw:
        reader = _Reader(raw, OPEN_TIMEOUT_S)
        try:
            container = av.open(
                reader,
                mode="r",
                options=_OPTIONS,
                timeout=(OPEN_TIMEOUT_S, READ_TIMEOUT_S),
                buffer_size=_READ_AHEAD,
                io_open=_refuse,
                metadata_errors="replace",
            )
        except (av.error.FFmpegError, *_REFUSALS) as error:
            raise _unreadable(name, error) from None
        reader.opened()
        try:
            _hold_to_bounds(container, name)
            yield container
        except (av.error.FFmpegError, MemoryError, OverflowError) as error:
            raise _unreadable(name, error) from None
        finally:
            container.close()


class _Reader:
    """Bytes of one file for FFmpeg, without a name; while opening it gives up after ``open_timeout_s``."""

    def __init__(self, raw: BinaryIO, open_timeout_s: float) -> None:
        self._raw = raw
        self._deadline: float | None = time.monotonic() + open_timeout_s
        self.seek: Callable[..., int] = raw.seek
        self.tell: Callable[[], int] = raw.tell

    def read(self, size: int) -> bytes:
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise TimeoutError("opening took too long")
        return self._raw.read(size)

    def opened(self) -> None:
        self._deadline = None


@contextmanager
def _bytes_of(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    name = Path(path).name
    try:
        # O_NONBLOCK: opening a FIFO must not wait for a writer.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableError(f"{name} cannot be opened: {reason}.", "Check the path and its permissions.") from None
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):
        os.close(handle)
        raise UnreadableError(f"{name} is not a regular file.", "Give a file, not a folder, device or pipe.")
    with os.fdopen(handle, "rb", buffering=0) as raw:
        if about.st_size > MAX_BYTES:
            raise UnreadableError(f"{name} is larger than {MAX_BYTES >> 40} TiB.", "Split it first.")
        if about.st_size == 0:
            raise UnreadableError(f"{name} is empty.", "Ask the source for the original.")
        yield raw


def _refuse(url: str, flags: int, options: dict[str, Any]) -> BinaryIO:
    raise PermissionError("a media file may not open another file or address")


def _hold_to_bounds(container: InputContainer, name: str) -> None:
    if container.duration is not None and container.duration > MAX_DURATION_S * 1_000_000:
        raise UnreadableError(
            f"{name} claims to last more than {MAX_DURATION_S / 3600:.0f} hours.", "Its header may be damaged; cut it."
        )
    for stream in container.streams:
        context = stream.codec_context
        if context is None or stream.type not in ("audio", "video"):
            continue
        if stream.type == "video":
            context.options = {"max_pixels": str(MAX_PIXELS)}


def decodable(stream: Any) -> bool:
    """Whether a stream's decoder is on the list; other streams are told of and never decoded."""
    return stream.codec_context is not None and stream.codec_context.codec.name in CODECS


def _unreadable(name: str, error: BaseException) -> UnreadableError:
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return UnreadableError(
        f"{name} cannot be read as sound or picture: {said}.",
        "It may be damaged, of a kind not accepted, or a list that points at other files.",
    )


# PyAV passes on what our reader and our refusal raise, and its own errors are also OSError or ValueError.
_REFUSALS = (OSError, ValueError, RuntimeError, MemoryError, LookupError, UnicodeError)
