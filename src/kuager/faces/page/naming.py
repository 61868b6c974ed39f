"""Who and what is called how: names on the page, and whose words something is, where that is told."""

from __future__ import annotations

from collections.abc import Sequence

from kuager.faces.page.model import Count, Marked, Page, Reference, Source, Statement
from kuager.faces.page.words import Words, clock

MASKED = "[…]"
SIDES = ("authorities", "protesters", "witness", "medical", "ngo", "media", "international", "commenter", "other")
UNTOLD = "untold"
"""Where statements stand of which the text does not tell whose they are: after everybody's."""


class Names:
    """Names in one language. ``titles`` are those of recordings, by id."""

    def __init__(self, page: Page, titles: dict[str, str], t: Words) -> None:
        self._page, self._titles, self._t = page, titles, t
        self._sources = {it.id: it for it in page.sources}
        self._texts = {it.id: it.title for it in page.texts}

    def name(self, id: str) -> str:
        """Who or what an id names; words that are no id stay."""
        source = self._sources.get(id)
        return source.name or MASKED if source else self._titles.get(id) or self._texts.get(id) or id

    def names(self, ids: Sequence[str]) -> str:
        """Several names, one after another."""
        return ", ".join(self.name(id) for id in ids)

    def place(self, to: Reference) -> str:
        """What a reference points to, by name: a recording and its seconds, or a text."""
        name = self.name(to.anchor.partition("-")[2])
        if to.start_s is None:
            return name
        start, end = clock(to.start_s), clock(to.start_s if to.end_s is None else to.end_s)
        return f"{name}, {start}" + (f"–{end}" if end != start else "")

    def with_roles(self, ids: Sequence[str]) -> str:
        """Several people, each with their office."""
        return "; ".join(", ".join(_who(self._sources.get(id))) for id in ids)

    def speaker(self, statement: Statement) -> str:
        """Who says it, with their office."""
        return self.with_roles(statement.chain[:1]) if statement.chain else self._t("not-told")

    def brief(self, statement: Statement) -> str:
        """Who says it, as told beside the words themselves: the name, and through whom."""
        if not statement.chain:
            return self._t("not-told")
        who = self.name(statement.chain[0])
        if len(statement.chain) > 1:
            who = f"{who}, {self._t('through', names=self.names(statement.chain[1:]))}"
        if statement.denies:
            return self._t("denied-by", who=who)
        return self._t("said-in-part", who=who) if statement.in_doubt else who

    def voice(self, count: Count) -> str:
        """Whose count it is, in words: never a name where that is not told."""
        if count.whose == "speaker":
            return self.name(count.chain[0]) if count.chain else "—"
        if count.whose != "itself":
            return self._t("not-told" if count.whose == "not_told" else "in-doubt")
        if count.heard:
            return self._heard(count.heard)
        title = self._texts.get(count.read_in or "")
        return self._t("voice-text", title=title) if title else self._t("voice-text-unnamed")

    def aside(self, count: Count) -> list[str]:
        """What is told beside whose count it is: that it counts a part, through whom it came, and when it was said."""
        t, told = self._t, []
        if not count.is_somebodys:
            told.append(t("in-doubt-more" if count.whose == "doubtful" else "not-told-count"))
        if count.part:
            told.append(t("count-part"))
        through = [self.name(id) for id in count.chain[1:]]
        if count.heard and count.whose == "speaker":
            through.append(self._heard(count.heard))
        if through:
            told.append(t("through", names=", ".join(through)))
        return [*told, self._t.when(count.said)] if count.said else told

    def _heard(self, to: Reference) -> str:
        return self._t("voice-recording", recording=self.name(to.anchor.partition("-")[2]))


def _who(source: Source | None) -> list[str]:
    """Name and office of a source; a mark where neither may be told."""
    return [part for part in (source.name, source.role) if part] or [MASKED] if source else ["—"]


def sides(page: Page) -> list[tuple[str, list[list[Statement]]]]:
    """Statements by side, those of one speaker through one chain on one day together; what people decided on first."""
    groups: dict[str, dict[object, list[Statement]]] = {}
    for statement in page.statements:
        source = page.source(statement.chain[0]) if statement.chain else None
        side = source.side if source and source.side in SIDES else "other" if statement.chain else UNTOLD
        together = (statement.chain, statement.said, statement.medium, statement.read_in, statement.standing)
        groups.setdefault(side, {}).setdefault(together, []).append(statement)
    return [
        (side, sorted(groups[side].values(), key=lambda group: group[0].standing == "proposed"))
        for side in sorted(groups, key=(*SIDES, UNTOLD).index)
    ]


def in_texts(page: Page) -> set[str]:
    """The statements and counts that stand marked in a text of the page."""
    return {id for it in page.texts for id in _ids(it.marks)}


def kinds(page: Page) -> list[str]:
    """Which kinds of marks stand in the page's texts and transcripts, for the legend."""
    here = in_texts(page) | {id for it in page.recordings for each in it.speeches for id in _ids(each.marks)}
    said = [it for it in page.statements if it.id in here]
    there = {
        "proposed": any(it.standing == "proposed" and it.chain for it in said),
        "judged": any(it.standing == "judged" and it.chain for it in said),
        "in-part": any(it.in_doubt and it.chain for it in said),
        "untold": any(not it.chain for it in said),
        "number": any(it.id in here for it in page.counts),
    }
    return [kind for kind, seen in there.items() if seen]


def _ids(marks: Sequence[Marked]) -> set[str]:
    return {id for mark in marks for id in (mark.statement, mark.count) if id}
