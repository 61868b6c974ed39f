"""An account: one claim as it meets others, with who made it, through whom, where and about when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kuager.instruments.text import Claim, Reading, Source, Statement
from kuager.instruments.text.who.names import fold


@dataclass(frozen=True, slots=True)
class Account:
    """A claim with its statement, its sources origin first, and the page it stands on (a number or an item's id).

    ``second`` says where a recording says it, in seconds of presentation time; ``None`` on a page. ``published`` is the
    day on which the page was.
    """

    claim: Claim
    statement: Statement
    chain: tuple[Source, ...]
    page: str
    order: int
    second: float | None = None
    published: str | None = None

    @property
    def origin(self) -> Source | None:
        """Who first said it; ``None`` where the reporter speaks on their own account, or the page leaves it open."""
        return self.chain[0] if self.chain and not self.left_open else None

    @property
    def left_open(self) -> bool:
        """Whether it is somebody's words and the reading does not say whose."""
        return self.statement.speaker is None and self.statement.form in ("direct", "indirect", "mixed", "continued")

    @property
    def root(self) -> str:
        """The same for accounts that go back to one mouth: names folded across spellings and scripts.

        Unnamed people are one mouth only within one page: "a witness" here and there may be two.
        """
        origin = self.origin
        if self.left_open:
            return f"open|{self.page}|{self.statement.id}"
        if origin is None:
            return f"reporter|{self.page}"
        name = "".join(fold(w) for w in re.findall(r"\w+", origin.name))
        if origin.kind == "commenter":
            return f"commenter|{self.page}|{origin.id}"
        if origin.side == "authorities" and origin.kind == "collective":
            return "authorities"
        if origin.anonymous:
            return f"unnamed|{self.page}|{origin.id}"
        return f"named|{name}"

    @property
    def who(self) -> str:
        """The origin in words."""
        if self.left_open:
            return "somebody whom the page does not make out"
        if self.origin is None:
            return "the report itself" if self.second is None else "a voice in the recording"
        return self.origin.name

    @property
    def doubtful(self) -> bool:
        """Whether the claim may be the reporter's words about the one who is named, not theirs."""
        return self.claim.attribution_doubtful and self.origin is not None

    @property
    def voice(self) -> str:
        """Who says it, as a reason may put it: nothing is put in a mouth where it is in doubt whose words it is."""
        return f"the report on {self.who}" if self.doubtful else self.who

    @property
    def day(self) -> str | None:
        """The day the claim is about, where it says so."""
        return self.claim.event_date.date if self.claim.event_date else None

    @property
    def said(self) -> str | None:
        """The day on which it was said, where the page says so."""
        return self.statement.said_on.date if self.statement.said_on else None

    @property
    def told(self) -> str | None:
        """As of when it holds: the day the count names, on which it was said, or at the latest the page's own day."""
        return self.claim.as_of.date if self.claim.as_of else self.said or self.published

    @property
    def denied(self) -> bool:
        """Whether it is what somebody says did *not* happen."""
        return self.statement.polarity == "deny"


def accounts(
    readings: Iterable[tuple[str, Reading]], seconds: Mapping[tuple[str, str], float] | None = None
) -> tuple[Account, ...]:
    """The claims of pages as accounts, in order; ``readings`` gives each page's name or item id with its reading.

    ``seconds`` gives the second of a recording's statement, by item and statement id.
    """
    heard = seconds or {}
    found: list[Account] = []
    for page, reading in readings:
        sources = {s.id: s for s in reading.sources}
        statements = {s.id: s for s in reading.statements}
        day = reading.page.published
        published = day.date if day is not None and day.precision == "day" else None
        for claim in reading.claims:
            statement = statements[claim.statement]
            chain = tuple(sources[i] for i in statement.chain)
            second = heard.get((page, claim.statement))
            found.append(Account(claim, statement, chain, page, len(found), second, published))
    return tuple(found)
