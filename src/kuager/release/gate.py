"""The gate: the one function through which everything that leaves a case goes, and what it lets through.

It is an allow-list. An item leaves if it was added as public, or was cleared and has what else it needs (see
``permission``), and is not restricted. A payload leaves whole or not at all: only types named here, of those only
entries about items that leave, and what people wrote where the page shows all of it. Identities, sources and channels,
original names and digests, reasons, and whatever this module does not know stay behind, as *withheld*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from kuager.examine.ledger import result_of
from kuager.finding import Finding, Span
from kuager.record import payload as payloads
from kuager.record.case import Case
from kuager.record.item import Item, StoredObject
from kuager.record.log import Stream, lines_of
from kuager.record.payload import WITHHELD, Payload
from kuager.release.basis import Bases
from kuager.release.clock import Clock
from kuager.release.clock import read as read_clock
from kuager.release.editors import editors
from kuager.release.matches import Match
from kuager.release.matches import read as read_matches
from kuager.release.permission import Held, Permissions
from kuager.release.signing import SignOff
from kuager.release.written import Written
from kuager.release.written import read as read_written

Form = Literal["page", "bag", "observations"]

LEAVINGS = frozenset({"published", "exported"})
"""Entries that say that something left: a page built before one is the page built after it."""

_ALWAYS = frozenset({"key_admitted", "key_revoked", "case_made", "case_titled", "stamped"}) | LEAVINGS
_NAMED = "editor_named"
_OF_PUBLIC_BYTES = frozenset({"preserved", "address"})

_KNOWN = tuple(
    b'"type":"%b","v":1}' % kind.encode()
    for kind in sorted(_ALWAYS | _OF_PUBLIC_BYTES | {"acquired", "made", "examined", "compared", _NAMED})
)

# Instruments that report measurements and never a person's words or name.
_WORDLESS = frozenset({"media", "clock", "copies", "impulses"})

# Of those, whose results may leave as they were logged: when the same sound was heard where, to a fraction of a
# millisecond, tells where cameras stood.
_DISCLOSED = _WORDLESS - {"clock"}

_LINES_OF_A_NOTE = 5


@dataclass(frozen=True)
class Made:
    """An object made for release from an item. ``body`` is what its entry says."""

    role: str
    sha256: str
    bytes: int
    body: dict[str, Any]


@dataclass(frozen=True)
class ReleasedItem:
    """An item that may leave. ``received`` and ``address`` are of acquisitions that may; ``graphic`` None where nobody
    has said; ``findings`` those that name a stretch of a recording, from instruments that report no one's words;
    ``signed`` the sign-offs that let it out; ``stored`` only where the bytes themselves leave: in a bag, and with
    nothing hidden in them."""

    id: str
    kind: str
    media_type: str
    public: bool
    received: str | None
    address: str | None
    graphic: bool | None
    made: tuple[Made, ...]
    findings: tuple[Finding, ...]
    signed: tuple[SignOff, ...]
    stored: StoredObject | None


@dataclass(frozen=True)
class Released:
    """What may leave a case, as of the newest checkpoint that only leavings follow.

    ``payload_lines`` has one line for each of ``log_lines`` (bytes without newlines): the clear payload, or WITHHELD.
    ``checkpoints`` holds all notes up to the one of ``size``, which is ``note``. ``held`` has the items that stay, each
    with what it waits for; ``written`` what people wrote that may leave; ``editors`` the names that editors gave to
    their own keys, by key id.
    """

    form: Form
    origin: str
    size: int
    note: bytes
    checkpoints: bytes
    log_lines: tuple[bytes, ...]
    payload_lines: tuple[bytes, ...]
    items: tuple[ReleasedItem, ...]
    clock: Clock
    matches: tuple[Match, ...]
    written: Written
    held: tuple[Held, ...]
    editors: Mapping[str, str]

    @property
    def disclosed(self) -> Iterator[tuple[int, Payload]]:
        """The entries that leave, with their numbers."""
        for n, line in enumerate(self.payload_lines):
            if line != WITHHELD:
                yield n, payloads.read(line)

    @cached_property
    def title(self) -> str:
        """What the case is called; empty where it has no name that may leave."""
        titles = [payload.body["title"] for _, payload in self.disclosed if payload.type == "case_titled"]
        return str(titles[-1]) if titles else ""


def release(case: Case, form: Form) -> Released:
    """Decides what may leave ``case`` as a page, a bag, or a list of observations. Changes nothing.

    Raises RefusedError where the account points at something that stays, DanglingError where at nothing.
    """
    lines = list(lines_of(case.log, Stream.PAYLOADS, 0, case.tip.payload_bytes))[: case.size]
    notes = _notes(case)
    size, note = _last_before_leavings(lines, notes)
    permissions, bases = Permissions(case), Bases(case)
    judged = [(item, permissions.held(item)) for item in case.items()]
    leaving = [_released(case, item, form, size, permissions, bases) for item, held in judged if held is None]
    items = {item.id: item for item in leaving}
    written = read_written(case, items, with_story=form == "page")
    named = editors(case)
    shown = tuple(
        line if _leaves(line, n, items, written.whole, named) else WITHHELD for n, line in enumerate(lines[:size])
    )
    upto = b"".join(each for covered, each in notes if covered <= size)
    log = tuple(case.log_lines()[:size])
    return Released(
        form=form,
        origin=case.origin,
        size=size,
        note=note,
        checkpoints=upto,
        log_lines=log,
        payload_lines=shown,
        items=tuple(leaving),
        clock=read_clock(case, items),
        matches=read_matches(case, items),
        written=written,
        held=tuple(held for _, held in judged if held is not None),
        editors=named,
    )


def _released(case: Case, item: Item, form: Form, size: int, permissions: Permissions, bases: Bases) -> ReleasedItem:
    acquired = item.bodies("acquired")
    public = [body["acquisition"] for body in acquired if body["public"]]
    cleared = item.bodies("cleared")
    shown = [body for body in acquired if body["public"]] or acquired
    addresses = [body["url"] for body in item.bodies("address") if body["acquisition"] in public]
    graphic = [body["graphic"] for body in cleared if body.get("graphic") is not None]
    return ReleasedItem(
        id=item.id,
        kind=item.kind or "other",
        media_type=item.media_type or "",
        public=bool(public),
        received=next((body["received"] for body in shown if body["received"]), None),
        address=addresses[0] if addresses else None,
        graphic=bool(graphic[-1]) if graphic else None,
        made=_made(case, item, size, bases),
        findings=_findings(item),
        signed=() if public else permissions.counting(item),
        stored=item.stored if form == "bag" and _bytes_leave(item, bool(public), bases) else None,
    )


def _bytes_leave(item: Item, public: bool, bases: Bases) -> bool:
    """Whether a bag holds the bytes as they came: nothing is to be hidden in them, and, of what was not public already,
    they were examined and tell neither a position nor a device."""
    if item.id in bases.redactions:
        return False
    if public or item.kind not in ("recording", "image"):
        return True
    told = [body for body in item.bodies("examined") if body["examiner"] == "container" and body["outcome"] == "done"]
    if not told:
        return False
    try:
        metadata = told[-1]["result"]["facts"]["container"]["metadata"]
        return not any(metadata[key] for key in ("latitude", "longitude", "make", "model"))
    except (KeyError, TypeError):
        return False  # kept in a shape that this version does not know


def _findings(item: Item) -> tuple[Finding, ...]:
    newest: dict[str, tuple[Finding, ...]] = {}
    for body in item.bodies("examined"):
        if body["outcome"] == "done" and body["examiner"] in _WORDLESS:
            newest[body["examiner"]] = _findings_in(body)
    return tuple(one for findings in newest.values() for one in findings if isinstance(one.where, Span))


def _findings_in(body: dict[str, Any]) -> tuple[Finding, ...]:
    try:
        return result_of(body).findings
    except (KeyError, TypeError, ValueError):
        return ()  # written by something that keeps its results otherwise: nothing of it is shown


def _made(case: Case, item: Item, size: int, bases: Bases) -> tuple[Made, ...]:
    """The newest set of objects made for release: those of one commit stand together under one version of the maker.

    What was made before something else was to be hidden, or a name was taken back, does not count.
    """
    entries = [e for e in item.entries if e.n < size and e.payload and e.payload.type == "made"]
    bodies = [e.payload.body for e in entries if e.payload and bases.stands(item, e.payload.body)]
    if not bodies:
        return ()
    maker = bodies[-1].get("maker")
    newest = [b for b in bodies if b.get("maker") == maker and case.objects.has(b["sha256"])]
    return tuple(Made(b["role"], b["sha256"], b["bytes"], b) for b in newest)


def _leaves(
    line: bytes, n: int, items: dict[str, ReleasedItem], whole: Collection[int], named: Mapping[str, str]
) -> bool:
    if n in whole:
        return payloads.state_of(line) == "clear"
    if not line.endswith(_KNOWN):
        return False  # told from the end of the line, so that a long log is not read whole
    payload = payloads.read(line)
    if payload.type in _ALWAYS:
        return True
    if payload.type == _NAMED:
        return named.get(payload.actor, "") == str(payload.body["name"])
    about = [items.get(thing) for thing in payload.about if not thing.startswith("#")]
    subjects = [item for item in about if item is not None]
    if not subjects or len(subjects) != len(about):
        return False
    public = all(item.public for item in subjects)
    if payload.type == "acquired":
        return bool(payload.body["public"]) or not public
    if payload.type == "made":
        return any(payload.body["sha256"] == made.sha256 for item in subjects for made in item.made)
    if payload.type in _OF_PUBLIC_BYTES:
        return public or (payload.type == "preserved" and all(item.stored is not None for item in subjects))
    if payload.type in ("examined", "compared"):
        return public and payload.body.get("examiner") in _DISCLOSED and payload.body.get("outcome") == "done"
    return False


def _notes(case: Case) -> list[tuple[int, bytes]]:
    """Every complete checkpoint the case has acknowledged, with its size."""
    lines = list(lines_of(case.log, Stream.CHECKPOINTS, 0))
    whole = len(lines) - len(lines) % _LINES_OF_A_NOTE
    groups = (lines[at : at + _LINES_OF_A_NOTE] for at in range(0, whole, _LINES_OF_A_NOTE))
    notes = [(int(group[1]), b"\n".join(group) + b"\n") for group in groups]
    return [(size, note) for size, note in notes if size <= case.size]


def _last_before_leavings(lines: Sequence[bytes], notes: Sequence[tuple[int, bytes]]) -> tuple[int, bytes]:
    """The newest checkpoint that only leavings follow."""
    last = len(lines)
    while last and any(payloads.has_type(lines[last - 1], kind.encode()) for kind in LEAVINGS):
        last -= 1
    return next((size, note) for size, note in notes if size >= last)
