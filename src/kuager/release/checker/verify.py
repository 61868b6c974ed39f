#!/usr/bin/env python3
"""Checks a case folder, an export (a BagIt bag) or a published page of Kuager. Needs Python 3.8 and nothing else.

    python3 verify.py [PATH] [--known FILE|SIZE:ROOT]... [--json]

PATH is the folder to check, by default the one this file lies in. --known takes what you hold from elsewhere: a file
with a checkpoint (a receipt) or a verifier key, or the size and root (hex) of a checkpoint you wrote down.
Prints every problem found. Exits with 0 if there is none, 1 if there are some, 2 if it was called wrongly.

Use a copy of this file that you trust: one that comes with an export can only show that the export fits itself.
The format is specified in docs/reference/case-format.md of Kuager. Licence: Apache-2.0.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256, sha512
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    Point = tuple[int, int, int, int]

LOG_LINE = re.compile(rb'\{"c":"([0-9a-f]{64})","n":(0|[1-9][0-9]{0,15}),"p":"([0-9a-f]{64})"\}')
RESTRICTED = re.compile(rb'\{"age":"([A-Za-z0-9+/]+={0,2})","key":"[0-9a-z]{10}","state":"restricted"\}')
MANIFEST_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
HEX64 = re.compile(r"[0-9a-f]{64}")
LARGEST_INTEGER = 2**53 - 1
READ = ("key_admitted", "key_revoked", "preserved", "made", "stamped", "settings", "erased")
OWN_FILES = ("manifest-sha256.txt", "proof.json")


class Malformed(Exception):
    """Something is not written as the format says."""


# ---------------------------------------------------------------- Ed25519 (RFC 8032 §5.1), checking only

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ZERO = (0, 1, 1, 0)
_tables: dict[bytes, list[list[Point]]] = {}


def _add(a: Point, b: Point) -> Point:
    """Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, x·y = T/Z."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    m, n, o, q = f - e, h - g, h + g, f + e
    return (m * n % P, o * q % P, n * o % P, m * q % P)


def _point(data: bytes) -> Point | None:
    """The point that 32 bytes stand for, or None."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - xx) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def _times(name: bytes, point: Point, number: int) -> Point:
    """number · point, by a table of 64 × 16 multiples kept under ``name``."""
    if name not in _tables:
        rows = []
        for _ in range(64):
            row = [ZERO]
            for _ in range(15):
                row.append(_add(row[-1], point))
            rows.append(row)
            point = _add(row[-1], point)
        _tables[name] = rows
    result = ZERO
    for row in _tables[name]:
        if number & 15:
            result = _add(result, row[number & 15])
        number >>= 4
    return result


BASE = _point(bytes([0x58]) + bytes([0x66] * 31)) or ZERO


def signature_holds(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether 64 bytes are the holder's Ed25519 signature over ``message``."""
    point = _point(public_key) if len(public_key) == 32 else None
    if point is None or len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    h = int.from_bytes(sha512(signature[:32] + public_key + message).digest(), "little") % L
    minus = (P - point[0], point[1], 1, P - point[3])
    found = _add(_times(b"base", BASE, s), _times(public_key, minus, h))
    inverse = pow(found[2], P - 2, P)
    x, y = found[0] * inverse % P, found[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# ---------------------------------------------------------------- Merkle tree (RFC 9162 §2.1)


def leaf_hash(line: bytes) -> bytes:
    return sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        size = self.size
        while size & 1:
            leaf, size = node_hash(self.peaks.pop(), leaf), size >> 1
        self.peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        if not self.peaks:
            return sha256(b"").digest()
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def is_included(leaf: bytes, n: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    if not 0 <= n < size:
        return False
    first, last, node = n, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if first & 1 or first == last:
            node = node_hash(step, node)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            node = node_hash(node, step)
        first, last = first >> 1, last >> 1
    return last == 0 and node == root


def is_beginning(first: int, first_root: bytes, second: int, second_root: bytes, proof: Sequence[bytes]) -> bool:
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    steps = list(proof) if first & (first - 1) else [first_root, *list(proof)]
    if not steps:
        return False
    old, new = first - 1, second - 1
    while old & 1:
        old, new = old >> 1, new >> 1
    a = b = steps[0]
    for step in steps[1:]:
        if new == 0:
            return False
        if old & 1 or old == new:
            a, b = node_hash(step, a), node_hash(step, b)
            while not old & 1 and old:
                old, new = old >> 1, new >> 1
        else:
            b = node_hash(b, step)
        old, new = old >> 1, new >> 1
    return new == 0 and a == first_root and b == second_root


# ---------------------------------------------------------------- what is written


def canonical(line: bytes) -> dict[str, Any]:
    """Reads an RFC 8785 line without floats; it must be spelled in the only accepted way."""
    try:
        value = json.loads(line.decode("utf-8"), parse_float=_refuse, parse_constant=_refuse)
        again = json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    except (ValueError, RecursionError):
        raise Malformed("not canonical JSON") from None
    if again != line or not isinstance(value, dict):
        raise Malformed("not a JSON object in canonical form")
    return value


def _refuse(text: str) -> Any:
    raise ValueError(text)


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    if isinstance(value, list):
        return [_sorted(inner) for inner in value]
    if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        raise ValueError("too large")
    return value


def exact_base64(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Malformed("broken base64") from None
    if base64.b64encode(data).decode("ascii") != text:
        raise Malformed("base64 not spelled in its only accepted way")
    return data


def exact_hashes(steps: Any) -> list[bytes]:
    """The hashes of a list of lower-case hex."""
    if not isinstance(steps, list) or not all(isinstance(step, str) and HEX64.fullmatch(step) for step in steps):
        raise Malformed("not a list of hashes")
    return [bytes.fromhex(step) for step in steps]


class Checkpoint:
    """One signed note of five lines."""

    def __init__(self, data: bytes) -> None:
        self.where = ""
        try:
            lines = data.decode("utf-8").split("\n")
        except UnicodeDecodeError:
            raise Malformed("a checkpoint is not text") from None
        if len(lines) != 6 or lines[3] or lines[5]:
            raise Malformed("a checkpoint is not five whole lines")
        self.origin, size, root = lines[:3]
        start = "— " + self.origin + " "
        well = re.fullmatch("kuager/[0-9a-f]{64}", self.origin) and re.fullmatch("[1-9][0-9]{0,15}", size)
        if not well or not lines[4].startswith(start):
            raise Malformed("a checkpoint does not name its log, its size and its signer")
        signed = exact_base64(lines[4][len(start) :])
        self.size, self.root = int(size), exact_base64(root)
        self.key_hash, self.signature = signed[:4], signed[4:]
        self.body = "\n".join(lines[:3]).encode("utf-8") + b"\n"
        if len(self.root) != 32 or len(self.signature) != 64:
            raise Malformed("a checkpoint's root or signature has the wrong length")

    def signer(self, keys: Mapping[str, bytes]) -> str | None:
        """The id of the key of ``keys`` (id -> public key) that signed, "" if one only has its hash, else None."""
        found = None
        for key_id, public_key in keys.items():
            if key_hash(self.origin, public_key) == self.key_hash:
                if signature_holds(public_key, self.signature, self.body):
                    return key_id
                found = ""
        return found


def key_hash(name: str, public_key: bytes) -> bytes:
    return sha256(name.encode("utf-8") + b"\n\x01" + public_key).digest()[:4]


def notes_of(data: bytes) -> list[bytes]:
    """The notes of checkpoints.log, five lines each; the last may be torn."""
    lines = data.split(b"\n")
    lines = [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    return [b"".join(lines[at : at + 5]) for at in range(0, len(lines), 5)]


# ---------------------------------------------------------------- what is found


class Report:
    """Problems, notes and anchors."""

    def __init__(self) -> None:
        self.problems: list[dict[str, str]] = []
        self.notes: list[dict[str, str]] = []
        self.anchored: list[dict[str, Any]] = []
        self.size, self.root, self.unopened = 0, "", 0

    def problem(self, kind: str, where: str, detail: str) -> None:
        self.problems.append({"kind": kind, "where": where, "detail": detail})

    def note(self, kind: str, where: str, detail: str) -> None:
        self.notes.append({"kind": kind, "where": where, "detail": detail})


class Files:
    """The files of a folder: read without following links, each hashed once."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._digests: dict[str, str | None] = {}

    def path(self, name: str) -> str:
        return os.path.join(self.folder, *name.split("/"))

    def names(self, under: str = "") -> list[str]:
        """Names of everything that is not a folder, relative to the folder."""
        found = []
        top = self.path(under) if under else self.folder
        for place, folders, files in os.walk(top):
            links = [name for name in folders if os.path.islink(os.path.join(place, name))]
            for name in files + links:
                found.append(os.path.relpath(os.path.join(place, name), self.folder).replace(os.sep, "/"))
        return sorted(found)

    def is_file(self, name: str) -> bool:
        """Whether there is a plain file of this name, reached through no link."""
        parts = name.split("/")
        for count in range(1, len(parts)):
            if os.path.islink(self.path("/".join(parts[:count]))):
                return False
        try:
            return stat.S_ISREG(os.lstat(self.path(name)).st_mode)
        except (OSError, ValueError):
            return False

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, or None."""
        try:
            if self.is_file(name):
                with open(self.path(name), "rb") as file:
                    return file.read()
        except OSError:
            pass
        return None

    def lines(self, name: str) -> BinaryIO | None:
        """The lines of a file one after another, the last without its newline if it is torn; None if unreadable."""
        try:
            if self.is_file(name):
                return open(self.path(name), "rb")
        except OSError:
            pass
        return None

    def digest(self, name: str) -> str | None:
        """The SHA-256 of a file in hex, or None if it is not there."""
        if name not in self._digests:
            self._digests[name] = self._hash(name)
        return self._digests[name]

    def _hash(self, name: str) -> str | None:
        digest = sha256()
        try:
            if not self.is_file(name):
                return None
            with open(self.path(name), "rb") as file:
                for piece in iter(lambda: file.read(1 << 20), b""):
                    digest.update(piece)
        except OSError:
            return None
        return digest.hexdigest()


class Log:
    """Log, payloads and checkpoints, checked against each other. ``exported``: payloads may be withheld."""

    def __init__(self, files: Files, prefix: str, report: Report, exported: bool, sizes_wanted: Sequence[int]) -> None:
        self.files, self.prefix, self.report, self.exported = files, prefix, report, exported
        self.lines: list[bytes] = []
        self.roots: dict[int, bytes] = {}
        self.checkpoints: list[Checkpoint] = []
        self.actors: list[str | None] = []
        self.payloads: dict[int, dict[str, Any]] = {}
        self.key_entries: list[int] = []
        self.keys: dict[str, bytes] = {}
        self.everyone: dict[str, bytes] = {}
        self.signers: dict[str, int] = {}
        self.withheld = 0
        self.origin, self.has_tail = "", False
        self._read_checkpoints()
        self._read_lines({note.size for note in self.checkpoints} | set(sizes_wanted))
        self._read_payloads()
        self._check_checkpoints()

    def where(self, name: str) -> str:
        return self.prefix + name

    def _read(self, name: str) -> bytes:
        data = self.files.read(self.where(name))
        if data is None:
            self.report.problem("entry_missing", self.where(name), "The file is missing or cannot be read.")
        return data or b""

    def _lines(self, name: str) -> Iterator[tuple[int, bytes]]:
        """Number and line without newline, for every whole line; a torn one is told and left out."""
        file = self.files.lines(self.where(name))
        if file is None:
            self.report.problem("entry_missing", self.where(name), "The file is missing or cannot be read.")
            return
        with file:
            for n, line in enumerate(file):
                if not line.endswith(b"\n"):
                    self._uncovered(f"{self.where(name)} line {n}", "The last line is torn.")
                    return
                yield n, line[:-1]

    def _read_checkpoints(self) -> None:
        for at, data in enumerate(notes_of(self._read("checkpoints.log"))):
            where = "{} line {}".format(self.where("checkpoints.log"), 5 * at + 1)
            if data.count(b"\n") < 5 and not self.exported:
                self._uncovered(where, "The last checkpoint is torn, as after a power cut.")
                continue
            try:
                note = Checkpoint(data)
            except Malformed as error:
                self.report.problem("bad_signature", where, f"Not a checkpoint: {error}.")
                continue
            note.where = where
            if self.checkpoints and note.size <= self.checkpoints[-1].size:
                self.report.problem("rolled_back", where, "Its size is not above that of the checkpoint before.")
                continue
            self.checkpoints.append(note)
        if not self.checkpoints:
            where = self.where("checkpoints.log")
            self.report.problem(
                "entry_missing", where, "There is no whole checkpoint, so nothing says what the log is."
            )

    def _read_lines(self, wanted: set[int]) -> None:
        frontier, before, broken = Frontier(), b"0" * 64, False
        for n, line in self._lines("log.jsonl"):
            match = LOG_LINE.fullmatch(line)
            sound = match is not None and int(match.group(2)) == n and match.group(3) == before
            if not sound and not broken:
                self.report.problem(
                    "entry_changed",
                    "{} line {}".format(self.where("log.jsonl"), n),
                    "From here on the chain is broken.",
                )
                broken = True
            before = sha256(line).hexdigest().encode("ascii")
            self.lines.append(bytes.fromhex(match.group(1).decode("ascii")) if match else b"")
            if n == 0:
                self.origin = "kuager/" + before.decode("ascii")
            frontier.append(leaf_hash(line))
            if frontier.size in wanted:
                self.roots[frontier.size] = frontier.root()
        last = self.checkpoints[-1].size if self.checkpoints else 0
        self.report.size = min(last, frontier.size)
        self.report.root = self.roots.get(last, frontier.root()).hex()

    def _uncovered(self, where: str, detail: str) -> None:
        self.has_tail = True
        if self.exported:
            self.report.problem("entry_extra", where, detail + " No checkpoint covers it.")
        else:
            self.report.note("tail_uncovered", where, detail + " No checkpoint covers it; it was never acknowledged.")

    def _read_payloads(self) -> None:
        name, marks = (
            self.where("payloads.jsonl"),
            {b'{"state":"erased"}': "erased", b'{"state":"withheld"}': "withheld"},
        )
        told: set[int] = set()
        erased, count = [], 0
        for n, line in self._lines("payloads.jsonl"):
            count = n + 1
            if count > len(self.lines):
                self._uncovered(f"{name} line {n}", "There are payloads without a log line.")
                break
            self.actors.append(None)
            where = f"{name} line {n}"
            state = marks.get(line)
            if state == "erased":
                erased.append(n)
            elif state == "withheld":
                self.withheld += 1
                if not self.exported:
                    self.report.problem("payload_missing", where, "A payload is withheld, which only an export may do.")
            elif line.startswith(b'{"age":'):
                self._restricted(line, where)
            elif sha256(line).digest() != self.lines[n]:
                self.report.problem("payload_changed", where, "It is not the payload that its log line commits to.")
            else:
                self._clear(n, line, where, told)
        if count < self.report.size:
            self.report.problem("payload_missing", f"{name} line {count}", "From here on payloads are missing.")
        for n in erased:
            if n not in told and not (self.exported and self.withheld):
                self.report.problem(
                    "payload_missing", f"{name} line {n}", "It is gone, and no entry says who erased it."
                )

    def _restricted(self, line: bytes, where: str) -> None:
        self.report.unopened += 1
        match = RESTRICTED.fullmatch(line)
        try:
            exact_base64(match.group(1).decode("ascii") if match else "?")
        except Malformed:
            self.report.problem("payload_changed", where, "It is not a restricted payload as the format has it.")

    def _clear(self, n: int, line: bytes, where: str, told: set[int]) -> None:
        try:
            payload = canonical(line)
            if not isinstance(payload.get("body"), dict) or not isinstance(payload.get("actor"), str):
                raise Malformed("lacks a field")
        except Malformed as error:
            self.report.problem("payload_changed", where, f"It is {error}.")
            return
        self.actors[n] = sys.intern(payload["actor"])
        if payload.get("type") in READ:
            self.payloads[n] = payload
        if payload.get("type") == "erased" and isinstance(payload["body"].get("lines"), list):
            told.update(number for number in payload["body"]["lines"] if isinstance(number, int))

    def _check_checkpoints(self) -> None:
        """Signatures by keys admitted at that point, roots, and that each payload's actor signed its checkpoint."""
        report, before = self.report, 0
        everyone, kinds = self.everyone, ("key_admitted", "key_revoked")
        self.key_entries = sorted(n for n, payload in self.payloads.items() if payload["type"] in kinds)
        self._apply_keys(0, 1, everyone)
        for note in self.checkpoints:
            if note.origin != self.origin:
                report.problem("forked", note.where, "The checkpoint is of another log.")
            elif note.size > len(self.lines):
                report.problem(
                    "entry_missing", note.where, f"It covers {note.size} lines; the log has {len(self.lines)}."
                )
            elif self.roots[note.size] != note.root:
                report.problem("entry_changed", note.where, f"The first {note.size} lines do not have its root.")
            signer = note.signer(self.keys)
            if signer:
                self.signers[signer] = note.size
            elif signer == "":
                report.problem("bad_signature", note.where, "The signature does not hold.")
            else:
                revoked = note.signer(everyone)
                why = (
                    "It is signed by a key that was not admitted at that point."
                    if revoked
                    else "No admitted key signed it."
                )
                report.problem("unknown_key", note.where, why)
            for n in range(before, min(note.size, len(self.actors))):
                if signer and self.actors[n] not in (None, signer):
                    where = "{} line {}".format(self.where("payloads.jsonl"), n)
                    report.problem("wrong_actor", where, "Its actor is not who signed the checkpoint that covers it.")
            self._apply_keys(max(before, 1), note.size, everyone)
            before = max(before, note.size)
        if len(self.lines) > before:
            self._uncovered(
                "{} line {}".format(self.where("log.jsonl"), before), "There are lines past the last checkpoint."
            )

    def _apply_keys(self, start: int, end: int, everyone: dict[str, bytes]) -> None:
        for n in [n for n in self.key_entries if start <= n < end]:
            payload, body = self.payloads[n], self.payloads[n]["body"]
            if payload.get("type") == "key_admitted":
                try:
                    public_key = exact_base64(str(body.get("public_key")))
                except Malformed:
                    continue
                if len(public_key) == 32:
                    key_id = sha256(public_key).hexdigest()[:32]
                    self.keys[key_id] = everyone[key_id] = public_key
            elif payload.get("type") == "key_revoked":
                self.keys.pop(str(body.get("key")), None)
        if start == 0 and not self.keys and self.lines:
            where = "{} line 0".format(self.where("payloads.jsonl"))
            self.report.problem(
                "unknown_key", where, "The case's first key cannot be read, so no signature can be checked."
            )

    def bodies(self, *types: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """(n, body) of the covered clear payloads of these types."""
        for n in sorted(self.payloads):
            if n < self.report.size and self.payloads[n].get("type") in types:
                yield n, self.payloads[n]["body"]


# ---------------------------------------------------------------- the three kinds of folder


def check_objects(log: Log, report: Report) -> None:
    """Objects by their digest; that those named are there; that those there are named."""
    named: dict[str, str] = {}
    for _, body in log.bodies("preserved", "made"):
        if isinstance(body.get("sha256"), str) and HEX64.fullmatch(body["sha256"]):
            named.setdefault(body["sha256"], str(body.get("item", "")))
    folder = log.where("objects")
    present: set[str] = set()
    for name in log.files.names(folder):
        parts = name[len(folder) + 1 :].split("/")
        digest = parts[-1]
        if len(parts) != 2 or not HEX64.fullmatch(digest) or parts[0] != digest[:2]:
            report.problem("object_extra", name, "It is not named as objects are.")
            continue
        present.add(digest)
        if log.files.digest(name) != digest:
            where = (named.get(digest, "") + " " + name).strip()
            report.problem("object_changed", where, "Its bytes are not those it is named by, or cannot be read.")
        elif digest not in named and (log.exported or not (report.unopened or log.has_tail)):
            report.problem("object_extra", name, "No payload names it.")
    missing = sorted(digest for digest in named if digest not in present)
    if log.exported and missing:
        report.note("unopened", folder, f"{len(missing)} objects are not in this export.")
    elif not log.exported:
        for digest in missing:
            where = f"{named[digest]} objects/{digest[:2]}/{digest}"
            report.problem("object_missing", where, "The entry names it, and it is not there.")


def check_stamps(log: Log, report: Report) -> None:
    for n, body in log.bodies("stamped"):
        name = str(body.get("file", ""))
        if log.exported and not os.path.lexists(log.files.path(log.where(name))):
            continue
        size, root = body.get("size"), body.get("root")
        if not re.fullmatch(r"stamps/[A-Za-z0-9_-][A-Za-z0-9._-]*", name):
            report.problem("stamp_mismatch", log.where("stamps"), f"Entry {n} names no file that a stamp could have.")
        elif log.files.digest(log.where(name)) != body.get("sha256"):
            report.problem("stamp_mismatch", log.where(name), f"It is not the stamp that entry {n} names.")
        elif not any(note.size == size and note.root.hex() == root for note in log.checkpoints):
            report.problem("stamp_mismatch", log.where(name), f"Entry {n} names a checkpoint that is not here.")
        else:
            how = f"Check it with openssl ts -verify over the checkpoint of size {size} (see CHECK.md)."
            report.note("stamp", log.where(name), how)


def check_case(files: Files, report: Report, sizes: Sequence[int]) -> Log:
    log = Log(files, "", report, False, sizes)
    check_objects(log, report)
    check_stamps(log, report)
    settings = [body.get("sha256") for _, body in log.bodies("settings")]
    if settings and files.digest("case.toml") != settings[-1]:
        report.note("settings_changed", "case.toml", "It was edited since the log last named it.")
    return log


def read_manifest(files: Files, name: str, report: Report, kind: str) -> dict[str, str]:
    """path -> digest, from a BagIt manifest."""
    listed: dict[str, str] = {}
    data = files.read(name)
    if data is None:
        report.problem(kind, name, "The manifest is missing or cannot be read.")
        return listed
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n")[:-1]):
        match = MANIFEST_LINE.fullmatch(line)
        path = re.sub("%(0[DA]|25)", lambda hit: chr(int(hit.group(1), 16)), match.group(2)) if match else ""
        if not match or path in listed or path.startswith("/") or ".." in path.split("/"):
            report.problem(kind, f"{name} line {number + 1}", "The line cannot be understood.")
            continue
        listed[path] = match.group(1)
    return listed


def check_listed(files: Files, listed: Mapping[str, str], report: Report, kind: str) -> None:
    for path, digest in sorted(listed.items()):
        found = files.digest(path)
        if found is None:
            report.problem(
                "object_missing" if kind == "object_changed" else kind, path, "It is missing, or not a plain file."
            )
        elif found != digest:
            report.problem(kind, path, "Its bytes are not those of the manifest.")


def check_bag(files: Files, report: Report, sizes: Sequence[int]) -> Log:
    declaration = files.read("bagit.txt")
    if declaration != b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
        report.problem("page_changed", "bagit.txt", "It does not declare a BagIt 1.0 bag.")
    if os.path.lexists(files.path("fetch.txt")):
        report.problem("page_changed", "fetch.txt", "The bag wants files from elsewhere, which exports never do.")
    payload = read_manifest(files, "manifest-sha256.txt", report, "object_changed")
    tags = read_manifest(files, "tagmanifest-sha256.txt", report, "page_changed")
    check_listed(files, payload, report, "object_changed")
    check_listed(files, tags, report, "page_changed")
    for path in files.names("data"):
        if path not in payload:
            report.problem("object_extra", path, "It is not in the bag's manifest.")
    for path in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt"):
        if path not in tags:
            report.problem("page_changed", path, "The tag manifest does not name it.")
    log = Log(files, "data/", report, True, sizes)
    check_objects(log, report)
    check_stamps(log, report)
    return log


def check_page(files: Files, report: Report, sizes: Sequence[int]) -> Log:
    listed = read_manifest(files, "manifest-sha256.txt", report, "page_changed")
    check_listed(files, listed, report, "page_changed")
    for path in files.names():
        if path not in listed and path not in OWN_FILES:
            report.problem("page_changed", path, "It is not in the page's manifest.")
    return Log(files, "", report, True, sizes)


def check_proof(log: Log, report: Report, required: bool) -> Checkpoint | None:
    """That an entry of the log, past what is here, names this folder's manifest. Returns its checkpoint or None."""
    files, where, kind = log.files, "proof.json", "page_changed"
    data = files.read(where)
    if data is None:
        if required:
            report.problem(kind, where, "It is missing, so nothing shows that the case published this.")
        return None
    try:
        value = canonical(data[:-1])
        payload, line = value["payload"].encode("utf-8"), value["line"].encode("utf-8")
        inclusion, consistency = exact_hashes(value["inclusion"]), exact_hashes(value["consistency"])
        note, said, match = (
            Checkpoint(value["checkpoint"].encode("utf-8")),
            canonical(payload),
            LOG_LINE.fullmatch(line),
        )
        body = said["body"]
        size, manifest = body["at_size"], body["manifest"]
        if not match or said["type"] not in ("published", "exported") or not data.endswith(b"}\n"):
            raise Malformed("not about a page or an export")
        if sorted(value) != ["checkpoint", "consistency", "inclusion", "line", "payload"]:
            raise Malformed("more or less than a proof")
        if type(size) is not int:
            raise Malformed("without a size")
    except (Malformed, KeyError, TypeError, ValueError, AttributeError) as error:
        report.problem(kind, where, f"It is not a proof: {error}.")
        return None
    checks = [
        (
            match.group(1).decode("ascii") == sha256(payload).hexdigest(),
            "Its payload is not the one its line commits to.",
        ),
        (
            is_included(leaf_hash(line), int(match.group(2)), note.size, inclusion, note.root),
            "Its line is not in the log under its checkpoint.",
        ),
        (manifest == files.digest("manifest-sha256.txt"), "The manifest is not the one that was published."),
        (note.origin == log.origin, "It is of another case."),
        (size == len(log.lines), "The entry is about another size of the log."),
        (
            is_beginning(len(log.lines), bytes.fromhex(report.root), note.size, note.root, consistency),
            "The log under its checkpoint does not begin with the lines here.",
        ),
    ]
    for holds, why in checks:
        if not holds:
            report.problem(kind, where, why)
    signer = note.signer(log.keys)
    if not signer:
        report.problem(
            "bad_signature" if signer == "" else "unknown_key", where, "No admitted key signed its checkpoint."
        )
    elif said.get("actor") != signer:
        report.problem("wrong_actor", where, "The entry's actor is not who signed its checkpoint.")
    return note


# ---------------------------------------------------------------- anchors


class Known:
    """What the caller holds from elsewhere: a size and root, perhaps with an origin, or a verifier key."""

    def __init__(self, text: str) -> None:
        self.text, self.size, self.root = text, 0, b""
        self.origin: str | None = None
        self.key: bytes | None = None
        self.note: Checkpoint | None = None
        match = re.fullmatch(r"([1-9][0-9]{0,15}):([0-9a-fA-F]{64})", text)
        if match:
            self.size, self.root = int(match.group(1)), bytes.fromhex(match.group(2))
            return
        try:
            with open(text, "rb") as file:
                data = file.read(1000001)
        except OSError as error:
            raise Malformed(f"{text} cannot be read: {error.strerror}") from None
        parts = data.decode("utf-8", "replace").strip().split("+", 2)
        if len(parts) == 3 and "\n" not in parts[0]:
            key = exact_base64(parts[2])
            if len(key) != 33 or key[0] != 1 or key_hash(parts[0], key[1:]).hex() != parts[1]:
                raise Malformed(f"{text} is not a verifier key")
            self.origin, self.key = parts[0], key[1:]
        else:
            self.note = Checkpoint(data)
            self.origin, self.size, self.root = self.note.origin, self.note.size, self.note.root


def check_known(known: Known, log: Log, report: Report, beyond: Checkpoint | None) -> None:
    """Holds what is known against the log; ``beyond`` is the checkpoint of proof.json, or None."""
    where = known.text
    if known.origin is not None and known.origin != log.origin:
        report.problem("forked", where, "It is of another case, or this case's beginning was replaced.")
    elif known.key is not None:
        size = log.signers.get(sha256(known.key).hexdigest()[:32], 0)
        if not size:
            report.problem("unknown_key", where, "This key signed no checkpoint here.")
        else:
            report.anchored.append({"by": "key", "size": size})
    elif known.note is not None and not known.note.signer(log.everyone):
        report.problem("unknown_key", where, "No key that was ever admitted to the case signed it.")
    elif known.size > len(log.lines):
        if beyond is not None and beyond.size == known.size:
            if beyond.root != known.root:
                report.problem("forked", where, "The checkpoint of proof.json has another root at this size.")
            else:
                report.anchored.append({"by": "known", "size": known.size})
        elif log.exported:
            report.note("tail_uncovered", where, "It is newer than what lies here, and cannot be held against it.")
        else:
            report.problem("rolled_back", where, f"The log once had {known.size} lines.")
    elif log.roots[known.size] != known.root:
        report.problem("forked", where, f"The first {known.size} lines do not have the root you know.")
    else:
        report.anchored.append({"by": "known", "size": known.size})


def check(folder: str, known: Sequence[Known] = ()) -> Report:
    """Checks a folder of any kind and returns the Report. Raises Malformed if it is none of them."""
    files, report = Files(folder), Report()
    sizes = [one.size for one in known if one.size]
    beyond = None
    if os.path.lexists(files.path("bagit.txt")):
        log = check_bag(files, report, sizes)
        beyond = check_proof(log, report, False)
    elif os.path.lexists(files.path("manifest-sha256.txt")) or os.path.lexists(files.path("proof.json")):
        log = check_page(files, report, sizes)
        beyond = check_proof(log, report, True)
    elif any(os.path.lexists(files.path(name)) for name in ("case.toml", "log.jsonl", "checkpoints.log")):
        log = check_case(files, report, sizes)
    else:
        raise Malformed(f"{folder} is not a case, an export or a page of Kuager")
    for one in known:
        check_known(one, log, report, beyond)
    if report.unopened:
        report.note("unopened", log.where("payloads.jsonl"), f"{report.unopened} restricted entries were not opened.")
    if log.withheld:
        report.note("withheld", log.where("payloads.jsonl"), f"{log.withheld} entries are withheld from this copy.")
    return report


def plain(text: str) -> str:
    """Text on one line without what moves a terminal's cursor: names are chosen by others."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def words(report: Report) -> str:
    """The report for a person."""
    lines = ["{}: {}: {}".format(one["kind"], plain(one["where"]), plain(one["detail"])) for one in report.problems]
    lines += ["note: {}: {}".format(plain(one["where"]), plain(one["detail"])) for one in report.notes]
    lines.append(f"The checkpoint covers {report.size} entries; its root is {report.root}")
    if report.anchored:
        by = {"known": "a checkpoint you hold", "key": "a key you hold"}
        for one in report.anchored:
            lines.append("Anchored by {}: the first {} entries.".format(by[one["by"]], one["size"]))
        newest = max(one["size"] for one in report.anchored)
        if newest < report.size:
            lines.append(f"What lies beyond entry {newest - 1} rests on the holder's word.")
        if any(one["by"] == "key" for one in report.anchored):
            lines.append("A key shows who signed, not that no second history exists.")
    else:
        lines.append("Anchored by nothing you hold: this shows only that it is consistent with itself. Give --known.")
    count = len(report.problems)
    lines.append("NOT OK: {} problem{}.".format(count, "" if count == 1 else "s") if count else "OK: no problem found.")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Checks a case, an export or a published page of Kuager.")
    parser.add_argument("path", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--known", action="append", default=[], metavar="FILE|SIZE:ROOT")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    asked = parser.parse_args(arguments)
    try:
        report = check(asked.path, [Known(text) for text in asked.known])
    except Malformed as error:
        print(f"verify.py: {error}", file=sys.stderr)
        return 2
    if asked.json:
        shown = {"ok": not report.problems}
        shown.update(
            (key, getattr(report, key)) for key in ("size", "root", "anchored", "unopened", "problems", "notes")
        )
        print(json.dumps(shown))
    else:
        text = words(report)
        print(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace").decode(sys.stdout.encoding or "utf-8"))
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
