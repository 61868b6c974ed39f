"""Pages marked by hand, and how a reading fares on them.

``⟦chain|words⟧`` marks a statement: origin first, ``>`` between mouths, ``/`` between names either of which will do,
``None`` where nobody is named, ``?`` before a chain where no proposal is needed and one does no harm. After
``@counts`` stand the counts: words (the n-th row of the same words means their n-th place), status, relation, bounds,
chain (``-`` where the page itself says so, ``None`` where anybody may). A row whose words begin with ``?`` need not be
found and does no harm, nor does an unmarked count in the headline; any other count proposed is *invented*.

``python tests/instruments/text/freshpages.py FILE…`` prints every difference and the figures.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path

from kuager.instruments import text

FOLDER = Path(__file__).parent / "fresh"
ATTRIBUTED = ("direct", "indirect", "mixed", "continued")


@dataclass(frozen=True)
class Mark:
    """A statement as marked: code points, the chain, and whether it need not be found."""

    start: int
    end: int
    chain: tuple[str, ...]
    optional: bool


@dataclass
class Score:
    """Counts over pages.

    A statement that was found (``judged``) and is not right is either *left open* (no speaker named, or not the whole
    chain where one is named) or ``wrong``: found under another chain. ``wrong_mouth`` are those of the wrong whose
    origin is somebody else: a named person or body, or an unnamed one whom the page's marks know by other words. What
    is left are descriptions that were not recognised, and missing links. ``paths`` has, for each way of resolving,
    how many were right, wrong, and in another mouth.
    """

    there: int = 0
    found: int = 0
    judged: int = 0
    wrong: int = 0
    wrong_mouth: int = 0
    left_open: int = 0
    proposed: int = 0
    unfounded: int = 0
    direct: int = 0
    direct_right: int = 0
    counts: int = 0
    exact: int = 0
    counts_proposed: int = 0
    counts_invented: int = 0
    counts_found: int = 0
    counts_said: int = 0
    differences: list[str] = field(default_factory=list)
    paths: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def add(self, other: Score) -> None:
        for f in fields(self):
            if f.name != "paths":
                setattr(self, f.name, getattr(self, f.name) + getattr(other, f.name))
        for path, (right, wrong, mouth) in other.paths.items():
            self.count(path, right, wrong, mouth)

    def count(self, path: str, right: int, wrong: int, mouth: int) -> None:
        had = self.paths.get(path, (0, 0, 0))
        self.paths[path] = (had[0] + right, had[1] + wrong, had[2] + mouth)

    @property
    def f1(self) -> float:
        """Statements with the right chain: recall over those marked, precision over those proposed."""
        precision = 1 - (self.unfounded + self.wrong + self.left_open) / max(1, self.proposed)
        recall = self.found / max(1, self.there)
        return 2 * precision * recall / max(1e-9, precision + recall)

    def told(self) -> str:
        return (
            f"found {self.found}/{self.there}, proposed {self.proposed} (unfounded {self.unfounded}), F1 {self.f1:.2f},"
            f" direct {self.direct_right}/{self.direct}, chain not as marked {self.wrong}/{self.judged}"
            f" (another mouth {self.wrong_mouth}, left open {self.left_open}), bounds {self.exact}/{self.counts}"
            f" (proposed {self.counts_proposed}, invented {self.counts_invented}),"
            f" said by {self.counts_said}/{self.counts_found}"
        )


def marked(path: Path) -> tuple[str, list[Mark], list[list[str]]]:
    """A page's text, its statements, and its counts as written."""
    raw, _, counts = path.read_text(encoding="utf-8").partition("@counts\n")
    out, at, statements = "", 0, []
    for m in re.finditer(r"⟦([^|]*)\|([^⟧]*)⟧", raw):
        out += raw[at : m.start()]
        chain = tuple(m[1].lstrip("?").split(">"))
        statements.append(Mark(len(out), len(out) + len(m[2]), chain, m[1].startswith("?")))
        out += m[2]
        at = m.end()
    return out + raw[at:], statements, [[x.strip() for x in row.split("|")] for row in counts.splitlines() if row]


def together(a: int, b: int, c: int, d: int) -> bool:
    inside = max(0, min(b, d) - max(a, c))
    return inside >= 0.5 * (max(b, d) - min(a, c)) or inside >= 0.8 * min(b - a, d - c) > 0


def _fits(want: tuple[str, ...], got: Iterable[str]) -> bool:
    names = list(got)
    return len(names) == len(want) and all(any(x in n for x in w.split("/")) for w, n in zip(want, names, strict=True))


def _other(origin: str, m: Mark, names: dict[str, str], marks: list[Mark], anonymous: set[str]) -> bool:
    """Whether the proposed origin is somebody else, and not the right one under other words."""
    if _fits(m.chain[:1], [names[origin]]) or m.chain == ("None",):
        return False
    return origin not in anonymous or any(_fits((who,), [names[origin]]) for x in marks for who in x.chain)


def score(path: Path) -> Score:
    """Reads a marked page and holds the reading to its marks."""
    page, marks, expected = marked(path)
    reading = text.read(page.encode(), "text/plain")
    names = {s.id: f"{s.name} {s.role or ''}".casefold() for s in reading.sources}
    anonymous = {s.id for s in reading.sources if s.anonymous}
    proposed = [s for s in reading.statements if s.form in ATTRIBUTED]
    out = Score(proposed=len(proposed))
    for s in proposed:
        if not any(together(s.span.start, s.span.end, m.start, m.end) for m in marks):
            out.unfounded += 1
            out.differences.append(f"  + {s.span.text[:90]!r} {[names[c] for c in s.chain]}")
    for m in (m for m in marks if not m.optional):
        near = [s for s in proposed if together(s.span.start, s.span.end, m.start, m.end)]
        right = any(m.chain == ("None",) or _fits(m.chain, (names[c] for c in s.chain)) for s in near)
        named = [s for s in near if s.speaker]
        out.there += 1
        out.found += right
        out.judged += bool(near)
        if near and not right:
            out.wrong += bool(named)
            out.left_open += not named
        mouth = bool(named) and not right and all(_other(s.chain[0], m, names, marks, anonymous) for s in named)
        out.wrong_mouth += mouth
        if named:
            out.count(named[0].resolved_by or "", right, not right, mouth)
        if page[m.start] in '"«“':
            out.direct += 1
            out.direct_right += right
        if not right:
            got = "; ".join(f"{s.resolved_by} {[names[c] for c in s.chain]} {s.span.text[:50]!r}" for s in near)
            sign = "!" if mouth else "-"
            out.differences.append(f"  {sign} {page[m.start : m.end][:90]!r} {m.chain}: {got or 'missed'}")
    _score_counts(out, page, expected, reading, names)
    return out


def _score_counts(
    out: Score, page: str, expected: list[list[str]], reading: text.Reading, names: dict[str, str]
) -> None:
    """Adds how the counts fare: bounds, who says them (of those found), and those that no mark knows."""
    claims = [c for c in reading.claims if c.type == "casualty_count"]
    statements = {s.id: s for s in reading.statements}
    out.counts_proposed = len(claims)
    known: set[str] = set()
    at: dict[str, int] = {}
    for words, status, relation, lower, upper, chain in expected:
        optional, words = words.startswith("?"), words.lstrip("?").strip()
        a = at[words] = page.find(words, at.get(words, -1) + 1)
        if a < 0:
            out.differences.append(f"  # {words!r} stands nowhere on the page")
            continue
        near = [c for c in claims if (c.number or c.span).start < a + len(words) and a < (c.number or c.span).end]
        known.update(c.id for c in near)
        if optional:
            continue
        want = (status, relation, lower, upper)
        hits = [c for c in near if (c.status, c.relation, str(c.lower), str(c.upper)) == want]
        out.counts += 1
        out.exact += bool(hits)
        if not hits:
            got = [(c.status, c.relation, c.lower, c.upper) for c in near]
            out.differences.append(f"  # {words!r} {want}: {got}")
            continue
        mouths = [statements[c.statement] for c in hits]
        said = any(
            chain == "None"
            or (_fits(tuple(chain.split(">")), (names[c] for c in s.chain)) if chain != "-" else not _attributed(s))
            for s in mouths
        )
        out.counts_found += 1
        out.counts_said += said
        if not said:
            got_chains = "; ".join(f"{s.form} {[names[c] for c in s.chain]}" for s in mouths)
            out.differences.append(f"  @ {words!r} {chain!r}: {got_chains}")
    headline = reading.page.headline
    for c in claims:
        in_headline = headline is not None and headline.start <= c.span.start < headline.end
        if c.id not in known and not in_headline:
            out.counts_invented += 1
            seen = (c.status, c.relation, c.lower, c.upper)
            a = max(0, c.span.start - 40)
            out.differences.append(f"  ~ {page[a : c.span.end + 40]!r} {seen} at {c.span.text!r}")


def _attributed(s: text.Statement) -> bool:
    return s.form in ATTRIBUTED


def main(paths: list[Path]) -> None:
    total = Score()
    for path in paths:
        one = score(path)
        total.add(one)
        print(f"{path.name}: {one.told()}", *one.differences, sep="\n")
    print(f"all {len(paths)}: {total.told()}")
    for way, (right, wrong, mouth) in sorted(total.paths.items(), key=lambda x: -sum(x[1][:2])):
        print(f"  {way}: {right} right, {wrong} not as marked, {mouth} of them in another mouth")


if __name__ == "__main__":
    main([Path(p) for p in sys.argv[1:]] or sorted(FOLDER.glob("*.md")))
