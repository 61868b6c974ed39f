"""The ledger that is a case: results are entries of its log, small things made for showing lie in ``derived/``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from kuager.examine.result import Made, Result
from kuager.examine.task import Key
from kuager.record import seal
from kuager.record.case import Case
from kuager.record.payload import Draft, Payload

EXAMINED, COMPARED = "examined", "compared"

_Known = tuple[str, str, str, tuple[str, ...]]


class CaseLedger:
    """Keeps results by (name, version, settings, items). ``items`` maps the digests of the run's subjects to ids.

    Entries name items by id: a digest in them, even hashed again, would let whoever holds a copy of a private
    original test whether it is in the case. ``needed`` says which file others read of what an examiner makes.
    """

    def __init__(self, case: Case, items: Mapping[str, str], needed: Mapping[str, str] | None = None) -> None:
        self._case = case
        self._items = items
        self._needed = needed or {}
        self._done = {_known(payload) for payload in _finished(case)}

    def has(self, key: Key) -> bool:
        """Whether the case holds this result, and what others read of it is still there (it may be deleted)."""
        items = self._of(key)
        if (key.name, key.version, key.settings, items) not in self._done:
            return False
        needed = self._needed.get(key.name)
        return needed is None or self.made(items, key.name, needed) is not None

    def made(self, items: tuple[str, ...], name: str, file: str) -> Path | None:
        """Where something made for these items lies, encrypted if its name ends in ``.age``; None if it does not."""
        path = self._folder(items, name) / file
        return next((each for each in (path, path.with_name(f"{file}.age")) if each.is_file()), None)

    def put(self, results: Sequence[tuple[Key, Result]]) -> None:
        """Writes results in one commit; what they made comes first, since it can always be made again."""
        drafts = []
        for key, result in results:
            items = self._of(key)
            handle = self._handle(items)
            for made in result.made:
                self._derive(items, key.name, made, handle)
            drafts.append(draft_of(key, items, result, handle))
        self._case.commit(drafts)
        self._done.update((key.name, key.version, key.settings, self._of(key)) for key, _ in results)

    def _of(self, key: Key) -> tuple[str, ...]:
        return tuple(self._items[digest] for digest in key.inputs)

    def _folder(self, items: tuple[str, ...], name: str) -> Path:
        return self._case.folder / "derived" / ("+".join(items) if len(items) < 3 else "sets") / name

    def _handle(self, items: Iterable[str]) -> str | None:
        """What a result is restricted under: what any of its items is."""
        handles = [handle for item in items for handle in self._case.handles_of(item)[-1:]]
        return handles[0] if handles else None

    def _derive(self, items: tuple[str, ...], name: str, made: Made, handle: str | None) -> None:
        folder = self._folder(items, name)
        folder.mkdir(parents=True, exist_ok=True)
        whole = self._case.tip.case_seal
        recipient = self._case.seal_of(handle).recipient if handle else whole.recipient if whole else None
        if recipient is None:
            _replace(folder / made.name, made.content)
        else:
            _replace(folder / f"{made.name}.age", seal.seal(made.content, [recipient]))


def result_of(body: Mapping[str, Any]) -> Result:
    """The result that an ``examined`` or ``compared`` entry holds, without what was made for showing."""
    return Result.from_plain({**plain_numbers(body["result"]), "made": []})


def results(case: Case, name: str) -> list[tuple[tuple[str, ...], dict[str, Any]]]:
    """What an examiner or comparer found, the newest for each set of items: (items, the result in plain data)."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for payload in _finished(case):
        if payload.body.get("examiner") == name:
            found[_items(payload.body)] = plain_numbers(payload.body["result"])
    return list(found.items())


# The entries of finished work of an open case, for the size of log they were read at: publishing asks nine times.
_read: WeakKeyDictionary[Case, tuple[int, list[Payload]]] = WeakKeyDictionary()


def _finished(case: Case) -> list[Payload]:
    """The entries of finished work that these identities can read; restricted ones are only compared, not shown."""
    size, known = _read.get(case, (-1, []))
    if size != case.size:
        known = _read_finished(case)
        _read[case] = (case.size, known)
    return known


def _read_finished(case: Case) -> list[Payload]:
    found = [entry.payload for kind in (EXAMINED, COMPARED) for entry in case.of_type(kind)]
    for (n,) in case.index.rows("SELECT n FROM entries WHERE handle IS NOT NULL ORDER BY n"):
        found.append(case.peek(case.payload_line(n)))
    return [payload for payload in found if payload and payload.type in (EXAMINED, COMPARED)]


def _known(payload: Payload) -> _Known:
    body = payload.body
    return str(body["examiner"]), str(body["version"]), str(body["settings"]), _items(body)


def _items(body: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(body["items"]) if "items" in body else (str(body["item"]),)


def draft_of(key: Key, items: tuple[str, ...], result: Result, handle: str | None) -> Draft:
    """The entry that holds a result, restricted under ``handle`` where one is given."""
    which: dict[str, Any] = {"item": items[0]} if len(items) == 1 else {"items": list(items)}
    plain = result.as_plain()
    body = {
        **which,
        "examiner": key.name,
        "version": key.version,
        "settings": key.settings,
        "outcome": "done",
        "result": payload_numbers({"facts": _named(plain["facts"], items), "findings": plain["findings"]}),
    }
    return Draft(EXAMINED if len(items) == 1 else COMPARED, body, items, handle)


def _named(value: Any, items: tuple[str, ...]) -> Any:
    """Facts of a comparer with ``{"input": k}`` made ``{"item": id}``; what names no item of the run stays as it is,
    since it comes from a worker that a hostile file may have taken over."""
    if isinstance(value, Mapping):
        number = value.get("input")
        if isinstance(number, int) and 0 <= number < len(items):
            return {"item": items[number], **{str(k): _named(v, items) for k, v in value.items() if k != "input"}}
        return {str(key): _named(each, items) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_named(each, items) for each in value]
    return value


def payload_numbers(value: Any) -> Any:
    """Plain data as payloads have it: a fraction is ``{"decimal": "…"}``, since payloads hold no floats."""
    if isinstance(value, float):
        return {"decimal": repr(value)}
    if isinstance(value, Mapping):
        return {str(key): payload_numbers(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [payload_numbers(each) for each in value]
    return value


def plain_numbers(value: Any) -> Any:
    """Data of a payload as it was measured: ``{"decimal": "…"}`` becomes a float again."""
    if isinstance(value, Mapping):
        if set(value) == {"decimal"}:
            return float(value["decimal"])
        return {key: plain_numbers(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain_numbers(each) for each in value]
    return value


def _replace(path: Path, content: bytes) -> None:
    aside = path.with_name(f".{path.name}.new")
    aside.write_bytes(content)
    os.replace(aside, path)
