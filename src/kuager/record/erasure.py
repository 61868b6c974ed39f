"""Erasing: a thing's key, its bytes, and everything that cites it are destroyed; their places in the log stay."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from kuager.errors import UsageError
from kuager.record import payload
from kuager.record.canonical import CanonicalError
from kuager.record.case import Case
from kuager.record.commit import Act, cannot_write
from kuager.record.keyring import KEY_TYPES
from kuager.record.log import Stream, lines_of, sync_folder
from kuager.record.payload import Draft
from kuager.record.rewriting import clear_derived, clear_leftovers, replace_payloads
from kuager.record.things import thing_named

SURVIVES = frozenset(KEY_TYPES) | {"erased", "restricted", "recovered", "case_made", "settings"}
_EXPORTS = ("exported", "published")


@dataclass(frozen=True)
class Erased:
    """What was erased: the thing, the entry that says so, the payloads, how many objects.

    ``exports``: entries of exports and pages made while it was there; they may hold a copy. ``unopened``: restricted
    payloads that no key at hand opens, so that nobody can say whether they cite it.
    """

    thing: str
    entry: int
    lines: tuple[int, ...]
    objects: int
    exports: tuple[int, ...]
    unopened: int
    checkpoint: bytes


def erase(case: Case, given: str, because: str) -> Erased:
    """Destroys a thing and all that cites it, in this folder. Raises KuagerError. If it is interrupted, run it again.

    Backups, snapshots, exports and what a disk keeps of deleted files are beyond its reach.
    """
    case.refresh()
    thing = thing_named(case, given)
    with case.exclusively() as held:
        found = _Citing(case, thing)
        lines = found.lines()
        if not lines:
            raise UsageError(f"{given} has nothing left that could be erased.")
        objects, handles, exports = found.objects(lines), found.handles(lines), found.exports(lines)
        body = {
            "thing": thing, "because": because, "lines": sorted(lines), "objects": len(objects), "exports": exports,
        }  # fmt: skip
        try:
            commit = held.commit(Act(case.prepare([Draft("erased", body)])))
            replace_payloads(case, dict.fromkeys(lines, payload.ERASED))
            _destroy_keys(case, handles)
            for name in objects:
                case.objects.remove(name)
            clear_derived(case)
            clear_leftovers(case)
        except OSError as error:
            raise cannot_write(error) from None
    case.originals = None
    return Erased(
        thing, commit.size - 1, tuple(sorted(lines)), len(objects), tuple(exports), found.unopened, commit.checkpoint
    )


@dataclass
class _Facts:
    """What following citations needs of a payload."""

    type: str
    about: tuple[str, ...]
    object: str | None = None
    sealed: tuple[str, str] | None = None
    at_size: int = 0


@dataclass
class _Citing:
    """Everything that cites a thing, and what cites that."""

    case: Case
    thing: str
    unopened: int = 0
    _facts: dict[int, _Facts] = field(default_factory=dict)
    _under: dict[str, list[int]] = field(default_factory=dict)
    _citing: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for n, line in enumerate(lines_of(self.case.log, Stream.PAYLOADS, 0, self.case.tip.payload_bytes)):
            with suppress(CanonicalError):
                state = payload.state_of(line)
                if state == "restricted":
                    self._under.setdefault(payload.handle_of(line), []).append(n)
                if state in ("clear", "restricted"):
                    self._read(n, line)

    def _read(self, n: int, line: bytes) -> None:
        entry = self.case.peek(line)
        if entry is None:
            self.unopened += 1
            self._facts[n] = _Facts("", ())
            return
        body = entry.body
        facts = _Facts(entry.type, entry.about)
        if entry.type in ("preserved", "made"):
            facts.object = str(body.get("sha256"))
        elif entry.type == "sealed":
            facts.sealed = (str(body.get("handle")), str(body.get("thing")))
        elif entry.type in _EXPORTS and isinstance(body.get("at_size"), int):
            facts.at_size = body["at_size"]
        self._facts[n] = facts
        for thing in entry.about:
            self._citing.setdefault(thing, []).append(n)

    def lines(self) -> set[int]:
        """The payloads to erase."""
        found: set[int] = set()
        follow = [self.thing]
        if self.thing.startswith("#"):
            n = int(self.thing[1:])
            facts = self._facts.get(n)
            if facts is not None and facts.type in SURVIVES | {"sealed", "preserved", "acquired"}:
                raise UsageError(f"Entry {n} ({facts.type}) cannot be erased by itself.", "Erase its item or source.")
            if facts is not None:
                found.add(n)
        while follow:
            thing = follow.pop()
            citing = list(self._citing.get(thing, ()))
            for n in list(citing):
                sealed = self._facts[n].sealed
                if sealed is not None and sealed[1] == thing:
                    citing += self._under.get(sealed[0], ())
            for n in citing:
                if n not in found and self._facts[n].type not in SURVIVES:
                    found.add(n)
                    follow.append(f"#{n}")
        return found

    def objects(self, lines: Iterable[int]) -> list[str]:
        """The objects that only these payloads name."""
        erased = set(lines)
        kept = {facts.object for n, facts in self._facts.items() if n not in erased}
        return sorted({name for n in erased if (name := self._facts[n].object) is not None} - kept)

    def handles(self, lines: Iterable[int]) -> list[str]:
        """The seals that are erased with these payloads."""
        return [sealed[0] for n in lines if (sealed := self._facts[n].sealed) is not None]

    def exports(self, lines: Iterable[int]) -> list[int]:
        """The entries of exports that were made when the first of these payloads was there."""
        first = min(lines)
        return [n for n, facts in self._facts.items() if facts.type in _EXPORTS and facts.at_size > first]


def _destroy_keys(case: Case, handles: Iterable[str]) -> None:
    folder = case.folder / "keys"
    for handle in handles:
        (folder / f"{handle}.age").unlink(missing_ok=True)
        case.forget_secret(handle)
    sync_folder(folder)
