"""The index: an SQLite projection of log and payloads. Delete it and nothing is lost.

Of restricted entries it holds the number, the place in the file and the handle, and nothing else.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from kuager.record import payload as payloads
from kuager.record.canonical import CanonicalError
from kuager.record.log import LogStore, Stream, lines_of
from kuager.record.tip import Tip

FORMAT = "1"
JOURNALS = ("", "-journal", "-wal", "-shm")

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE entries (n INTEGER PRIMARY KEY, offset INTEGER, state TEXT, type TEXT, handle TEXT);
CREATE TABLE cites (thing TEXT, n INTEGER, PRIMARY KEY (thing, n)) WITHOUT ROWID;
CREATE TABLE seals (handle TEXT PRIMARY KEY, thing TEXT, recipient TEXT, n INTEGER);
CREATE TABLE items (item TEXT PRIMARY KEY, n INTEGER);
CREATE TABLE objects (sha256 TEXT, item TEXT, handle TEXT, bytes INTEGER, n INTEGER);
CREATE INDEX objects_by_name ON objects (sha256);
CREATE INDEX objects_by_item ON objects (item);
CREATE INDEX entries_by_handle ON entries (handle) WHERE handle IS NOT NULL;
CREATE INDEX entries_by_type ON entries (type);
"""


class Index:
    """The index of one case; kept in ``index.db``, or in memory where the folder cannot be written."""

    def __init__(self, folder: Path, log: LogStore) -> None:
        self._path = folder / "index.db"
        self._log = log
        self._inode = -1
        self._mutex = threading.RLock()
        self._database = self._open()

    def close(self) -> None:
        """Lets the file go."""
        self._database.close()

    def cached_tip(self) -> Tip | None:
        """The tip that was remembered, if it still stands."""
        found = self._meta("tip")
        return Tip.from_cache(self._log, json.loads(found)) if found else None

    def remember(self, tip: Tip) -> None:
        """Keeps a tip for the next opening; where that cannot be, opening only takes longer."""
        with self._mutex, suppress(sqlite3.Error):
            self._set("tip", json.dumps(tip.to_cache()))

    def catch_up(self, tip: Tip, generation: object) -> None:
        """Takes in the entries up to the tip that it does not hold yet. Starts over where payloads were replaced."""
        source = repr((tip.origin, generation))
        with self._mutex:
            self._reopen_if_replaced()
            try:
                self._catch_up(tip, source)
            except sqlite3.OperationalError:
                self._database.close()
                self._database = self._connect(":memory:")
                self._catch_up(tip, source)
            except sqlite3.DatabaseError:
                self.delete()
                self._database = self._open()
                self._catch_up(tip, source)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows a query gives. Call ``catch_up`` first."""
        with self._mutex:
            return self._database.execute(query, values).fetchall()

    def delete(self) -> None:
        """Removes the file and its journals; nothing of it is left."""
        self._database.close()
        for suffix in JOURNALS:
            Path(str(self._path) + suffix).unlink(missing_ok=True)
        self._inode = -1

    def _catch_up(self, tip: Tip, source: str) -> None:
        if self._meta("size") == str(tip.size) and self._meta("source") == source:
            return
        self._database.execute("BEGIN IMMEDIATE")
        if self._meta("source") != source:
            for table in ("entries", "cites", "seals", "items", "objects"):
                self._database.execute(f"DELETE FROM {table}")
            start = at = 0
        else:
            start, at = int(self._meta("size") or 0), int(self._meta("payload_bytes") or 0)
        for n, line in zip(
            range(start, tip.size), lines_of(self._log, Stream.PAYLOADS, at, tip.payload_bytes), strict=False
        ):
            self._take(n, at, line)
            at += len(line) + 1
        self._set("size", str(max(tip.size, start)))
        self._set("payload_bytes", str(at))
        self._set("source", source)
        self._database.commit()

    def _take(self, n: int, at: int, line: bytes) -> None:
        run = self._database.execute
        try:
            state = payloads.state_of(line)
            handle = payloads.handle_of(line) if state == "restricted" else None
            payload = payloads.read(line) if state == "clear" else None
        except CanonicalError:
            run("INSERT INTO entries VALUES (?, ?, 'unreadable', NULL, NULL)", (n, at))
            return
        run("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", (n, at, state, payload.type if payload else None, handle))
        if payload is None:
            return
        for thing in set(payload.about):
            run("INSERT INTO cites VALUES (?, ?)", (thing, n))
        body = payload.body
        if payload.type == "sealed":
            values = (body.get("handle"), body.get("thing"), body.get("recipient"), n)
            if all(isinstance(value, str) for value in values[:3]):
                run("INSERT OR IGNORE INTO seals VALUES (?, ?, ?, ?)", values)
        elif payload.type == "acquired" and isinstance(body.get("item"), str):
            run("INSERT OR IGNORE INTO items VALUES (?, ?)", (body["item"], n))
        elif payload.type in ("preserved", "made"):
            named = (body.get("sha256"), body.get("item"), body.get("handle"), body.get("bytes"), n)
            if isinstance(named[0], str) and isinstance(named[3], int):
                run("INSERT INTO objects VALUES (?, ?, ?, ?, ?)", named)

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connect(str(self._path))
        except sqlite3.DatabaseError:
            with suppress(OSError):
                for suffix in JOURNALS:
                    Path(str(self._path) + suffix).unlink(missing_ok=True)
            try:
                return self._connect(str(self._path))
            except sqlite3.Error:
                return self._connect(":memory:")

    def _connect(self, where: str) -> sqlite3.Connection:
        if where != ":memory:" and not os.access(self._path.parent, os.W_OK):
            where = ":memory:"
        database = sqlite3.connect(where, timeout=60, check_same_thread=False, isolation_level=None)
        try:
            database.execute("PRAGMA synchronous=OFF")
            database.execute("PRAGMA secure_delete=ON")
            database.execute("BEGIN IMMEDIATE")
            if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
                for statement in _SCHEMA.split(";"):
                    database.execute(statement)
                database.execute("INSERT INTO meta VALUES ('format', ?)", (FORMAT,))
            elif database.execute("SELECT value FROM meta WHERE key = 'format'").fetchone() != (FORMAT,):
                raise sqlite3.DatabaseError("another format")
            database.execute("COMMIT")
        except sqlite3.Error:
            database.close()
            raise
        self._inode = self._present()
        return database

    def _reopen_if_replaced(self) -> None:
        if self._inode != self._present():
            self._database.close()
            self._database = self._open()

    def _present(self) -> int:
        try:
            return os.stat(self._path).st_ino if os.access(self._path.parent, os.W_OK) else -1
        except OSError:
            return -1

    def _meta(self, key: str) -> str | None:
        found = self._database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return found[0] if found else None

    def _set(self, key: str, value: str) -> None:
        self._database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
