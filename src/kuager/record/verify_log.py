"""Verifying the log: lines, payloads and checkpoints, in one pass over the three files.

A log line is checked by building it again from the payload's digest and the line before, and comparing bytes; it is
taken apart only where it differs. Then the line after it tells whether the line or its payload was changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from hashlib import sha256
from itertools import pairwise

from kuager.record import checkpoint, payload
from kuager.record.canonical import CanonicalError
from kuager.record.checkpoint import SignedCheckpoint
from kuager.record.entry import NOTHING_BEFORE, digest, log_line, log_offset
from kuager.record.keyring import KEY_TYPES, Keyring
from kuager.record.log import LogStore, Stream
from kuager.record.merkle import Frontier, leaf_hash
from kuager.record.payload_lines import PayloadLines
from kuager.record.told import PRESERVED, Told
from kuager.record.verified import Report
from kuager.record.verify_notes import NoteReader, Piece

_LINE = re.compile(rb'\{"c":"([0-9a-f]{64})","n":(0|[1-9][0-9]*),"p":"([0-9a-f]{64})"\}')
_TOLD = ("key_admitted", "key_revoked", "sealed", "settings", "preserved", "made", "restricted", "erased", "stamped")
_ENDS = tuple(f'"type":"{kind}","v":1}}'.encode() for kind in _TOLD)
_BLOCK = 2_000
_BLOCK_BYTES = 8 << 20
_AHEAD = 3

Open = Callable[[str, bytes], bytes | None]
"""Opens a restricted payload, given its handle and age file; None where no key at hand does."""


class LogCheck:
    """One pass over a log. After ``run``: ``told``, ``keyring``, ``signed`` (key id → largest size it signed)."""

    def __init__(self, store: LogStore, report: Report, open_payload: Open, wanted: Sequence[int]) -> None:
        self._store = store
        self._report = report
        self._open = open_payload
        self._stops = sorted(set(wanted))
        self._lines = PayloadLines(store)
        self._frontier = Frontier()
        self._previous = NOTHING_BEFORE
        self._shift = 0
        self._broken = False
        self._blind = -1
        self.told = Told()
        self.keyring = Keyring()
        self.signed: dict[str, int] = {}
        self.roots: dict[int, bytes] = {}
        self.origin = checkpoint.origin(store.read(Stream.LOG, 0, log_offset(1))[:-1])
        self.size = 0
        self.root = b""

    def want(self, size: int) -> None:
        """Asks for the root over the first ``size`` lines, found in ``roots`` after the run."""
        self._stops = sorted({*self._stops, size})

    def note_at(self, size: int) -> SignedCheckpoint | None:
        """The checkpoint of this size that stands in the log."""
        found = (piece.signed for piece in NoteReader(self._store).pieces() if piece.signed)
        return next((signed for signed in found if signed.checkpoint.size == size), None)

    def run(self) -> None:
        """Checks everything; problems and notes go to the report."""
        start, unsure = 0, 0
        for piece in NoteReader(self._store).pieces():
            signed = self._readable(piece)
            if signed is None:
                # A note that was not finished covers nothing yet; one that was and is broken may have covered lines.
                unsure = unsure if piece.torn else max(unsure, start + 1)
                continue
            size = signed.checkpoint.size
            if size <= start:
                self._out_of_order(signed, start)
                continue
            told_before = len(self.told.entries)
            key = self._signer(signed, start)
            if key is None:
                unsure = max(unsure, size)
                continue
            self._span(start, size, None if unsure else key)
            self._hold_root(signed, start)
            self._apply_keys(told_before)
            start, unsure = size, 0
            self.size, self.root = size, signed.checkpoint.root
        if unsure:
            self._beyond(start, unsure)
        self._tails()

    def _beyond(self, start: int, size: int) -> None:
        """Checks the lines that only a checkpoint covers which nobody vouches for."""
        end = start
        while end < size and self._store.size(Stream.LOG) >= log_offset(end + 1):
            end += 1
        self._span(start, end, None)
        self.size, self.root = end, self._frontier.root()

    def _readable(self, piece: Piece) -> SignedCheckpoint | None:
        if piece.torn:
            detail = f"{len(piece.data)} bytes of a checkpoint that was not finished"
            self._report.note("tail_uncovered", Stream.CHECKPOINTS.value, detail)
            return None
        if piece.signed is None:
            self._report.problem("bad_signature", piece.where, piece.detail)
        return piece.signed

    def _out_of_order(self, signed: SignedCheckpoint, start: int) -> None:
        size, where = signed.checkpoint.size, f"checkpoints.log, checkpoint of size {signed.checkpoint.size}"
        if size == start and signed.checkpoint.root != self.root:
            self._report.problem("forked", where, "another checkpoint of this size has another root")
        else:
            self._report.problem("entry_extra", where, f"it stands after one of size {start}")

    def _signer(self, signed: SignedCheckpoint, start: int) -> str | None:
        """The id of the key that signed, None if that cannot be said; reports why."""
        where = f"checkpoints.log, checkpoint of size {signed.checkpoint.size}"
        if start == 0:
            self._found()
        keys = self.keyring.by_hash(signed.checkpoint.origin, signed.key_hash)
        if not keys:
            self._report.problem("unknown_key", where, "no key that is admitted to the case at this point signed it")
            return None
        for key in keys:
            if signed.verify(key.public_key):
                self.signed[key.id] = signed.checkpoint.size
                return key.id
        self._report.problem("bad_signature", where, "the signature does not verify")
        return None

    def _found(self) -> None:
        """The founder's key stands in entry 0 and counts for the commit it is in."""
        line = self._lines.peek(0)
        try:
            first = payload.read(line or b"")
        except CanonicalError:
            return
        if first.type == "key_admitted":
            try:
                self.keyring.apply(first)
            except CanonicalError:
                return

    def _apply_keys(self, told_before: int) -> None:
        for n, entry in self.told.entries[told_before:]:
            if entry.type in KEY_TYPES and n != 0:
                try:
                    self.keyring.apply(entry)
                except CanonicalError as error:
                    self._report.problem("payload_changed", f"payload line {n}", error.message)

    def _hold_root(self, signed: SignedCheckpoint, start: int) -> None:
        stated = signed.checkpoint
        if stated.origin != self.origin and not self._broken:
            where = f"checkpoints.log, checkpoint of size {stated.size}"
            self._report.problem("bad_signature", where, "it names another log than the one it stands beside")
        elif not self._broken and self._frontier.root() != stated.root:
            last = stated.size - 1
            detail = f"lines {start} to {last} continue one another, but are not those that were signed"
            self._report.problem("entry_changed", f"log line {start if self._blind < start else self._blind}", detail)
            self._broken = True

    def _span(self, start: int, size: int, actor: str | None) -> None:
        """Checks the lines of one commit."""
        n = start
        while n < size:
            stop = next((one for one in self._stops if one > n), size)
            lines = self._lines.take(min(size, n + _BLOCK, stop) - n, _BLOCK_BYTES)
            end = n + max(1, len(lines))
            if not self._block(n, lines, actor):
                self._lines.give_back(lines)
                for at in range(n, end):
                    self._one(at, size, actor)
            n = end
            if n == stop:
                self.roots[n] = b"" if self._broken else self._frontier.root()

    def _block(self, start: int, lines: list[bytes], actor: str | None) -> bool:
        """The fast way: everything is clear and as it should be. False, and nothing done, if that is not so."""
        if not lines or self._shift:
            return False
        built, leaves, previous, n = [], [], self._previous, start
        for line in lines:
            text = f'{{"c":"{sha256(line).hexdigest()}","n":{n},"p":"{previous}"}}'.encode()
            leaves.append(sha256(b"\x00" + text).digest())
            previous = sha256(text).hexdigest()
            built.append(text)
            n += 1
        built.append(b"")
        if b"\n".join(built) != self._store.read(Stream.LOG, log_offset(start), log_offset(n)):
            return False
        if actor is not None and not _all_by(lines, actor):
            return False
        for leaf in leaves:
            self._frontier.append(leaf)
        self._previous = previous
        for n, line in enumerate(lines, start):
            if line.endswith(_ENDS):
                self._tell(n, line)
        return True

    def _one(self, n: int, size: int, actor: str | None) -> None:
        """The careful way for one entry."""
        actual = self._log_line(n, size)
        if actual is None:
            self._lines.take(1)
            return
        stated = _LINE.fullmatch(actual)
        line = self._payload_line(n, stated[1].decode() if stated else "")
        clear = None if line is None else self._clear(n, line)
        stated_commitment = stated[1].decode() if stated else ""
        commitment = stated_commitment if clear is None else payload.commitment(clear)
        expected = log_line(commitment, n, self._previous)
        taken = expected
        if actual != expected:
            taken = self._judge(n, actual, expected, clear is not None, size)
        elif clear is None:
            self._blind = max(self._blind, n) if self._blind >= n - 1 else n
        if clear is not None and taken == expected:
            self._hold_actor(n, clear, actor)
            if clear.endswith(_ENDS):
                self._tell(n, clear)
        self._frontier.append(leaf_hash(taken))
        self._previous = digest(taken)

    def _judge(self, n: int, actual: bytes, expected: bytes, readable: bool, size: int) -> bytes:
        """Line or payload ``n`` is not as it was. The line after it, or the checkpoint, tells which; gives the line."""
        after = self._named_by_next(n, size)
        stated = _LINE.fullmatch(actual)
        proper = stated is not None and int(stated[2]) == n and stated[3].decode() == self._previous
        if self._is_next(expected, after, n):
            self._report.problem("entry_changed", f"log line {n}", "the line is not the one that the next one follows")
            return expected
        if proper and readable:
            self._report.problem("payload_changed", f"payload line {n}", f"it is not what log line {n} commits to")
            return actual
        if stated is not None and int(stated[2]) == n and self._is_next(actual, after, n):
            if self._blind == n - 1 and n:
                detail = f"line {n} follows another line {n - 1} than the one that stands here"
                self._report.problem("entry_changed", f"log line {n - 1}", detail)
            else:
                self._report.problem("entry_changed", f"log line {n}", "the chain breaks here")
            self._broken = True
            return actual
        self._report.problem("entry_changed", f"log line {n}", "the chain breaks here")
        self._broken = self._broken or not self._is_next(expected, after, n)
        return actual if stated is not None else expected

    def _is_next(self, line: bytes, after: str | bytes | None, n: int) -> bool:
        if isinstance(after, str):
            return digest(line) == after
        if after is None or self._broken:
            return False
        grown = self._frontier.copy()
        grown.append(leaf_hash(line))
        return grown.root() == after

    def _named_by_next(self, n: int, size: int) -> str | bytes | None:
        """What shows line ``n`` as it was: the digest in the next line, or the root of a checkpoint there."""
        following = self._store.read(Stream.LOG, log_offset(n + 1) + self._shift, log_offset(n + 2) + self._shift)
        stated = _LINE.fullmatch(following[:-1])
        if stated is not None and int(stated[2]) == n + 1:
            return stated[3].decode()
        return NoteReader(self._store).root_at(n + 1)

    def _log_line(self, n: int, size: int) -> bytes | None:
        """Line ``n`` from where it must stand; finds its way again where lines were taken out or put in."""
        while True:
            start = log_offset(n) + self._shift
            data = self._store.read(Stream.LOG, start, log_offset(n + 1) + self._shift)
            if data.endswith(b"\n") and (found := _LINE.fullmatch(data[:-1])) and int(found[2]) == n:
                return data[:-1]
            if not data:
                self._report.problem("entry_missing", f"log line {n}", f"the log ends here, a checkpoint covers {size}")
                self._broken = True
                return None
            if self._stands(n + 1):
                return data.removesuffix(b"\n")
            window = self._store.read(Stream.LOG, start, start + 8 * 256)
            pieces = window.split(b"\n")[:-1]
            numbers = [int(match[2]) if (match := _LINE.fullmatch(piece)) else None for piece in pieces]
            if numbers and numbers[0] is not None and n < numbers[0] < size:
                self._report.problem("entry_missing", f"log line {n}", f"line {numbers[0]} stands in its place")
                self._shift -= log_offset(n + 1) - log_offset(n)
                self._broken = True
                return None
            if n in numbers[1:] and (numbers[0] is not None or len(data) != len(pieces[0]) + 1):
                self._report.problem("entry_extra", f"log line {n}", "a line stands here that is no part of the log")
                self._shift += len(pieces[0]) + 1
                continue
            return data.removesuffix(b"\n")

    def _stands(self, n: int) -> bool:
        """Whether line ``n`` is where it must be."""
        data = self._store.read(Stream.LOG, log_offset(n) + self._shift, log_offset(n + 1) + self._shift)
        found = _LINE.fullmatch(data[:-1])
        return found is not None and int(found[2]) == n

    def _payload_line(self, n: int, commitment: str) -> bytes | None:
        """Payload line ``n``; finds its way again where lines were taken out, put in, split or joined."""
        line = self._lines.peek(0)
        if line is None:
            self._report.problem("payload_missing", f"payload line {n}", "the payloads end here")
            return None
        if self._may_be(line, commitment):
            return self._lines.take(1)[0]
        following = [_LINE.fullmatch(piece) for piece in self._following(n)]
        later = [match[1].decode() if match else "" for match in following]
        if later and self._may_be(self._lines.peek(1), later[0]):
            return self._lines.take(1)[0]
        if self._may_be(line, later[0] if later else ""):
            self._report.problem("payload_missing", f"payload line {n}", "the next payload stands in its place")
            return None
        for put_in in (1, 2):
            if self._may_be(self._lines.peek(put_in), commitment):
                self._report.problem("payload_changed", f"payload line {n}", "a line stands here that is no payload")
                self._lines.take(put_in)
                return self._lines.take(1)[0]
        if later and self._may_be(self._lines.peek(2), later[0]):
            self._report.problem("payload_changed", f"payload line {n}", "the line is broken in two")
            self._lines.take(2)
            return None
        if len(later) > 1 and self._may_be(self._lines.peek(1), later[1]):
            self._report.problem("payload_changed", f"payload line {n}", "it runs into the next")
            return None
        return self._lines.take(1)[0]

    def _following(self, n: int) -> list[bytes]:
        ends = [log_offset(n + ahead) + self._shift for ahead in range(1, _AHEAD + 1)]
        return [self._store.read(Stream.LOG, a, b)[:-1] for a, b in pairwise(ends)]

    def _may_be(self, line: bytes | None, commitment: str) -> bool:
        """Whether a payload line can be the one with this commitment, as far as the keys at hand tell."""
        if line is None or not commitment:
            return False
        try:
            if payload.state_of(line) != "restricted":
                return payload.state_of(line) != "clear" or payload.commitment(line) == commitment
            handle, age = payload.restricted_parts(line)
        except CanonicalError:
            return False
        clear = self._open(handle, age)
        return clear is None or payload.commitment(clear) == commitment

    def _clear(self, n: int, line: bytes) -> bytes | None:
        """The clear line behind a stored one, where it can be had; notes what cannot."""
        try:
            state = payload.state_of(line)
            if state == "clear":
                return line
            if state == "erased":
                self.told.erased.append(n)
                return None
            if state == "withheld":
                self.told.withheld.append(n)
                return None
            handle, age = payload.restricted_parts(line)
        except CanonicalError:
            return line
        clear = self._open(handle, age)
        if clear is None:
            self.told.unopened[n] = handle
        return clear

    def _hold_actor(self, n: int, clear: bytes, actor: str | None) -> None:
        if actor is not None and payload.actor_of(clear) != actor:
            detail = "its actor is not the one whose key signed the checkpoint that covers it"
            self._report.problem("wrong_actor", f"payload line {n}", detail)

    def _tell(self, n: int, clear: bytes) -> None:
        preserved = PRESERVED.fullmatch(clear)
        if preserved:
            self.told.objects.append((n, preserved[1].decode(), preserved[2].decode()))
            return
        try:
            entry = payload.read(clear)
            self.told.entries.append((n, entry))
            if entry.type in ("preserved", "made"):
                self.told.objects.append((n, str(entry.body.get("item")), str(entry.body.get("sha256"))))
        except CanonicalError as error:
            self._report.problem("payload_changed", f"payload line {n}", error.message)

    def _tails(self) -> None:
        covered = log_offset(self.size) + self._shift
        if self._store.size(Stream.LOG) > covered:
            count = self._store.size(Stream.LOG) - covered
            self._report.note("tail_uncovered", Stream.LOG.value, f"{count} bytes that no checkpoint covers")
        left = self._lines.left()
        if left:
            self._report.note("tail_uncovered", Stream.PAYLOADS.value, f"{left} bytes that no checkpoint covers")


def _all_by(lines: list[bytes], actor: str) -> bool:
    """Whether all of these clear lines have this actor. Each has the field once; a second would be in a body."""
    joined = b"\n".join(lines)
    every = joined.count(b'],"actor":"')
    return every == len(lines) == joined.count(b'],"actor":"' + actor.encode() + b'"')
