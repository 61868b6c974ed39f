"""What each statement asserts, in forms that can be compared. Questions, predictions, rhetoric assert nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kuager.instruments.text import dates
from kuager.instruments.text.claim_types import RULES
from kuager.instruments.text.counting import counts
from kuager.instruments.text.counting.count import Count
from kuager.instruments.text.folding import Folded
from kuager.instruments.text.model import Claim, Date, Span, Statement
from kuager.instruments.text.page.layout import Layout
from kuager.instruments.text.said import Said

_OPINION = re.compile(
    r"\b(?:chilling|shocking|terrible|disgrace\w*|shame\w*|carnage|tragedy|outrag\w+|regime"
    r"|believe|sure that|i am sure|undermin\w+|contradict\w*|legitimacy|cover-up|unforgiv\w+"
    r"|forgiven|dangerous|should|horrif\w+|sick)\b|позор\w*|ужас\w*|чудовищ\w+|уверен\w*|трагеди\w+"
    r"|масқара|сұмдық|қайғылы|сенемін|сенбейміз",
    re.I,
)
_CUE_TYPES = {
    "promise": "promise",
    "vow": "promise",
    "pledge": "promise",
    "call-on": "demand",
    "call-for": "demand",
    "urge": "demand",
    "demand": "demand",
    "defend": "justification",
}
_UNREAL = re.compile(r"^(?:unless|if|what will|will)\b|\?[\"”’»]*$|^(?:если|егер)\b", re.I)
_PLACE = re.compile(
    r"\b(?:in|near|at) (?:the (?:western |eastern |southern |northern |central )?(?:\w+ )?(?:town"
    r"|city|village|district|region|square) of )?(?P<p>[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+)?)|(?<!\w)в(?:о)? (?"
    r":городе |г\. |посёлке |поселке )?(?P<r>[А-ЯЁ][а-яё\-]+)|(?<!\w)(?P<k>[А-ЯӘҒҚҢӨҰҮҺІ][\w\-]+)(?:да"
    r"|де|та|те)(?!\w)"
)
_AS_OF = re.compile(r"\bas of\b|по состоянию на|жағдай бойынша", re.I)
_YEAR = re.compile(r"(?<![\w:.,-])(?:19|20)\d\d(?!\w)")
_OPENING = 900
_BASIS = re.compile(
    r"the number of [^.,;]{5,90}?(?= (?:implies|suggests|indicates|shows))|(?:hospital|morgue"
    r"|burial|official) (?:records|lists|data|figures)|closed the eyes|списк\w+ [^.,;]{3,40}"
    r"|данны\w+ (?:морга|больниц\w+)",
    re.I,
)


def claims(
    said: Sequence[Said],
    statements: Sequence[Statement],
    folded: Folded,
    year: int | None,
    published: dt.date | None,
    comment_days: Sequence[dt.date | None],
    parts: Layout,
) -> tuple[Claim, ...]:
    """The claims of all statements, counts first within each, in the page's order."""
    maker = _Maker(folded, year, published)
    starts = [s.start for s in said]
    for s, statement in zip(said, statements, strict=True):
        maker.counts(s, statement, said[bisect_left(starts, s.start) : bisect_left(starts, s.end)])
    for s, statement in zip(said, statements, strict=True):
        maker.others(s, statement)
    return tuple(sorted(maker.made, key=lambda c: (c.span.start, c.span.end, c.type)))


@dataclass(frozen=True, slots=True)
class _Around:
    """Day, place, standing and ground of the counts of one statement."""

    date: Date | None
    place: Span | None
    as_of: Date | None
    basis: str | None


class _Maker:
    """Makes claims of one page."""

    def __init__(self, folded: Folded, year: int | None, published: dt.date | None) -> None:
        self.folded = folded
        self.year = year
        self.published = published
        # Without a date of its own a page is of the years that it opens with.
        self.years = {year} if year else {int(m.group()) for m in _YEAR.finditer(folded.view, 0, _OPENING)}
        self.made: list[Claim] = []
        self.found: list[tuple[int, Count]] = []
        self._near: tuple[Said, _Around] | None = None
        self._held: tuple[tuple[int, int], list[tuple[str, re.Pattern[str]]]] = ((-1, -1), [])
        self._ids: dict[int, str] = {}
        self._seen: set[str] = set()
        self._numbers: set[tuple[int, int]] = set()

    def counts(self, said: Said, statement: Statement, within: Sequence[Said]) -> None:
        """Adds the counts of a statement, except those that a statement inside it (one of ``within``) makes."""
        if statement.polarity == "deny" and said.deny:
            return
        view = self.folded.view
        inner = [
            (s.start, s.end)
            for s in within
            if s is not said and s.end <= said.end and (s.start, s.end) != (said.start, said.end)
        ]
        earlier = [c for section, c in self.found if section == said.section] or [
            c for section, c in self.found if section == -1
        ]
        for count in counts.find(
            view,
            said.start,
            said.end,
            said.sentence,
            self.years,
            earlier,
            said.language,
            self.published is not None,
            self._numbers,
            inner,
        ):
            where = count.number or (count.start, count.end)
            if where in self._numbers or any(a <= where[0] and where[1] <= b for a, b in inner):
                continue
            self._numbers.add(where)
            count.official = said.speaker is not None and said.speaker.side == "authorities"
            self.found.append((said.section, count))
            self._count(said, statement, count)

    def _count(self, said: Said, statement: Statement, count: Count) -> None:
        span = self.folded.span(count.start, count.end)
        key = self._id(span, "casualty_count", count.status)
        if key in self._seen:
            return
        self._seen.add(key)
        self._ids[id(count)] = key
        around = self._around(said)
        self.made.append(
            Claim(
                id=key,
                statement=statement.id,
                type="casualty_count",
                span=span,
                number=self.folded.span(*count.number) if count.number else None,
                status=count.status,
                lower=count.lower,
                upper=count.upper,
                relation=count.relation,
                reference=self._ids.get(id(count.reference)) if count.reference else None,
                victims=count.victims,
                attribution_doubtful=self._doubtful(said),
                event_date=around.date,
                place=around.place,
                as_of=around.as_of,
                first_hand=count.seen,
                part_of=self._whole(said, count),
                share=count.share,
                superseded=count.superseded,
                steps=max(0, len(said.chain) - 1),
                counted_by=around.basis,
            )
        )

    def _around(self, said: Said) -> _Around:
        """What a statement says of all its counts; found once, since a hostile statement has many."""
        if self._near is None or self._near[0] is not said:
            basis = _BASIS.search(self.folded.view, said.start, said.end)
            found = _Around(self._date(said), self._place(said), self._as_of(said), basis.group() if basis else None)
            self._near = (said, found)
        return self._near[1]

    def _whole(self, said: Said, count: Count) -> str | None:
        """The count just before in the same section that a part ("including two policemen") belongs to."""
        if not count.part:
            return None
        before = [
            c for section, c in self.found[:-1] if section == said.section and c.status == count.status and not c.part
        ]
        return self._ids.get(id(before[-1])) if before else None

    def others(self, said: Said, statement: Statement) -> None:
        """Adds the other claims of a statement, at most one of each type."""
        view = self.folded.view
        text = view[said.start : said.end]
        if (
            (said.headline and said.speaker is None)
            or _UNREAL.search(text)
            or view[said.sentence[1] - 1 : said.sentence[1]] == "?"
        ):
            return
        wanted: list[tuple[str, int, int]] = []
        for name, rule in self._rules(said):
            if rule.search(view, said.start, said.end):
                wanted.append((name, said.start, said.end))
        cue = _CUE_TYPES.get(said.lemma)
        if cue and not any(n.startswith(cue) for n, _, _ in wanted):
            wanted.append((cue, said.start, said.end))
        if said.form == "footage_description":
            wanted = [
                ("footage_content", said.start, said.end),
                *[w for w in wanted if w[0] in ("use_of_force", "threat_by_crowd", "weapon")],
            ]
        if said.form == "authored" and (not wanted or _OPINION.search(text)):
            wanted.append(("opinion", said.start, said.end))
        names = {n for n, _, _ in wanted}
        if "cause_of_death" in names or ("communications_outage" in names and "cause" in names):
            wanted = [w for w in wanted if w[0] != "cause" or "communications_outage" in names]
        if "promise_investigation" in names:
            wanted = [w for w in wanted if w[0] != "promise"]
        for name, a, b in wanted:
            span = self.folded.span(a, b)
            key = self._id(span, name, None)
            if key in self._seen:
                continue
            self._seen.add(key)
            self.made.append(
                Claim(
                    id=key,
                    statement=statement.id,
                    type=name,
                    span=span,
                    attribution_doubtful=self._doubtful(said),
                    event_date=self._date(said),
                    place=self._place(said),
                    steps=max(0, len(said.chain) - 1),
                )
            )

    def _rules(self, said: Said) -> list[tuple[str, re.Pattern[str]]]:
        """The rules that hold somewhere in the sentence: a hostile one is the sentence of many statements."""
        a, b = min(said.start, said.sentence[0]), max(said.end, said.sentence[1])
        if self._held[0] != (a, b):
            words = self.folded.view[a:b].lower()
            found = [
                (name, rule)
                for name, rule, begins in RULES["en" if said.language == "en" else "ru"]
                if (begins is None or any(letters in words for letters in begins))
                and rule.search(self.folded.view, a, b)
            ]
            self._held = ((a, b), found)
        return self._held[1]

    @staticmethod
    def _id(span: Span, kind: str, status: str | None) -> str:
        return "cl-" + hashlib.sha256(f"{span.start}:{span.end}:{kind}:{status or ''}".encode()).hexdigest()[:12]

    def _doubtful(self, said: Said) -> bool:
        """Whether nobody is named for an attributed statement, or it is a paraphrase around a quotation of one word."""
        if said.speaker is None and said.cue is not None:
            return True
        if said.form != "mixed":
            return False
        quoted = sum(len(re.findall(r"\w+", self.folded.view[a:b])) for a, b in said.direct)
        return quoted <= 1

    def _date(self, said: Said) -> Date | None:
        month = self.published.month if self.published else None
        for found in dates.find(self.folded.view, said.start, said.end, self.year, month):
            if not dates.since(self.folded.view, found):
                return found.as_date("in the statement")
        return dates.weekday(self.folded.view, said.start, said.end, self.published)

    def _place(self, said: Said) -> Span | None:
        for m in _PLACE.finditer(self.folded.view, said.start, said.end):
            group = "p" if m["p"] else "r" if m["r"] else "k"
            if m[group].split()[0] not in dates.MONTH_NAMES:
                return self.folded.span(m.start(group), m.end(group))
        return None

    def _as_of(self, said: Said) -> Date | None:
        m = _AS_OF.search(self.folded.view, *said.sentence)
        if not m:
            return None
        for found in dates.find(self.folded.view, m.end(), min(said.sentence[1], m.end() + 40), self.year):
            return found.as_date("as of")
        return None
