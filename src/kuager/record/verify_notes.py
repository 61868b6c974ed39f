"""Taking ``checkpoints.log`` apart, so that one damaged note does not hide the others."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kuager.record import checkpoint
from kuager.record.checkpoint import SignedCheckpoint
from kuager.record.log import CHUNK, LogStore, Stream
from kuager.record.note import NoteError

_ORIGIN = rb"kuager/[0-9a-f]{64}"
_SIGNATURE = rb"\xe2\x80\x94 " + _ORIGIN + rb" [A-Za-z0-9+/]{91}="
_NOTE = re.compile(_ORIGIN + rb"\n([1-9][0-9]*)\n([A-Za-z0-9+/]{43}=)\n\n" + _SIGNATURE + rb"\n")
_START = re.compile(rb"(?:^|\n)(?=" + _ORIGIN + rb"\n)")
_LONGEST = 400


@dataclass(frozen=True)
class Piece:
    """A note, or bytes in the place of one. ``torn``: the beginning of a note, at the very end."""

    data: bytes
    where: str
    signed: SignedCheckpoint | None = None
    torn: bool = False
    detail: str = ""


class NoteReader:
    """Reads the notes of a log in order."""

    def __init__(self, store: LogStore) -> None:
        self._store = store
        self._end = store.size(Stream.CHECKPOINTS)

    def pieces(self) -> Iterator[Piece]:
        """Every byte of the file, as notes, or as what stands between them."""
        at, number, held = 0, 0, b""
        while True:
            if len(held) < 8 * _LONGEST and at + len(held) < self._end:
                start = at + len(held)
                held += self._store.read(Stream.CHECKPOINTS, start, min(self._end, start + CHUNK))
            if not held:
                return
            length, piece = self._first(held, number)
            yield piece
            at, held, number = at + length, held[length:], number + 1

    def root_at(self, size: int) -> bytes | None:
        """The root that some note states for this size, None if none does."""
        wanted = str(size).encode()
        for piece in self.pieces():
            found = _NOTE.fullmatch(piece.data)
            if found and found[1] == wanted:
                return base64.b64decode(found[2])
        return None

    def _first(self, held: bytes, number: int) -> tuple[int, Piece]:
        where = f"checkpoints.log, checkpoint {number}"
        found = _NOTE.match(held)
        if found is None:
            return self._stray(held, where)
        data = found[0]
        try:
            signed = checkpoint.parse(data)
        except NoteError as error:
            where = f"checkpoints.log, checkpoint of size {found[1].decode()[:16]}"
            return len(data), Piece(data, where, detail=error.message)
        return len(data), Piece(data, where, signed)

    def _stray(self, held: bytes, where: str) -> tuple[int, Piece]:
        following = _START.search(held, 1)
        data = held[: following.end()] if following else held
        if following is None and len(held) < _LONGEST and _is_beginning(data):
            return len(data), Piece(data, where, torn=True)
        return len(data), Piece(data, where, detail="the checkpoint is malformed")


def _is_beginning(data: bytes) -> bool:
    """Whether a complete note could begin with these bytes."""
    lines = data.split(b"\n")
    shapes = (_ORIGIN, rb"[1-9][0-9]*", rb"[A-Za-z0-9+/]{43}=", rb"", _SIGNATURE)
    if len(lines) > len(shapes):
        return False
    if not all(re.fullmatch(shape, line) for shape, line in zip(shapes, lines[:-1], strict=False)):
        return False
    origin = b"kuager/" + b"0" * 64
    complete = (origin, b"1", b"A" * 43 + b"=", b"", b"\xe2\x80\x94 " + origin + b" " + b"A" * 91 + b"=")
    last, model, shape = lines[-1], complete[len(lines) - 1], shapes[len(lines) - 1]
    if len(lines) == 2:
        return re.fullmatch(rb"(?:[1-9][0-9]*)?", last) is not None
    return len(last) <= len(model) and re.fullmatch(shape, last + model[len(last) :]) is not None
