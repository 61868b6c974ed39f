"""People's words on the page: from what the gate lets out of them to the model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kuager.faces.page import model as m
from kuager.faces.page.saying import judged, marks, with_said
from kuager.release.citation import Cited
from kuager.release.gate import ReleasedItem
from kuager.release.spoken import Spoken
from kuager.release.written import Between, Decision, Opening, Sided, Told, Written

_SENTENCE_END = re.compile(r"[.!?…][»”’\"')\]]*\s+")
_MOST_NOT_SHOWN = 4


def tell(page: m.Page, written: Written, items: Sequence[ReleasedItem]) -> m.Page:
    """``page`` with everything that people wrote in its place. Its recordings, texts and statements are there already.

    ``items`` are those that leave: their sign-offs stand on the page.
    """
    page = judged(_heard(_opened(page, written.opening), written.spoken), written.judged)
    standing = [each for each in written.conclusions if not each.said.withdrawn]
    linked = tuple(dict.fromkeys(each.claim for each in written.links))
    anchors = _Anchors(page, {_row(claim) for claim in linked})
    return replace(
        page,
        byline=", ".join(dict.fromkeys(each.said.author for each in standing)),
        not_shown=_not_shown(written),
        conclusions=tuple(_conclusion(each, anchors) for each in standing),
        answers=tuple(
            m.Answer(a.who, when(a.asked), a.about, a.answer, when(a.answered) if a.answered else None)
            for a in written.answers
        ),
        account=tuple(_paragraph(runs, anchors) for runs in written.account),
        recordings=tuple(_observed(recording, written) for recording in page.recordings),
        copies=tuple(decided for it in page.copies if (decided := _decided(it, written.decisions))),
        places=tuple(m.Place(p.id, p.name, p.latitude, p.longitude, p.radius_m, p.about) for p in written.places),
        claims=tuple(m.Claim(_row(it), it.text, anchors.speaker(it), it.denies) for it in linked),
        evidence=tuple(dict.fromkeys(_column(each.evidence, anchors) for each in written.links)),
        links=tuple(
            m.Link(_row(e.claim), _column(e.evidence, anchors).id, e.link.bearing, e.link.because)
            for e in written.links
        ),
        between=tuple(_between(each, anchors) for each in sorted(written.between, key=_telling_first)),
        events=tuple(
            m.Event(
                event.id,
                event.title,
                when(event.start, event.end),
                event.kind,
                tuple(dict.fromkeys(_named(source, anchors) for source in sources)),
            )
            for event, sources in written.events
        ),
        promises=tuple(m.Promise(p.who, p.text, when(p.made), p.outcome) for p in written.promises),
        unknowns=tuple(note.text for note in written.unknowns),
        corrections=_corrections(written),
        method=tuple(note.text for note in written.method),
        reviewers=tuple(dict.fromkeys(e.said.reviewer for e in standing if e.said.reviewer)),
        signed=_signed(items),
    )


def when(start: str, end: str | None = None) -> m.When:
    """A time as people wrote it, no more precise than its coarser end."""
    longest = min(len(start), len(end) if end else len(start))
    precision: m.Precision = (
        "year"
        if longest <= 4
        else "month"
        if longest <= 7
        else "day"
        if longest <= 10
        else "minute"
        if longest <= 17
        else "second"
    )
    return m.When(start, precision, end)


def _opened(page: m.Page, opening: Opening) -> m.Page:
    """Headline and standfirst in people's words, and the still nearest the second that they chose."""
    if opening.headline:
        page = replace(page, title=opening.headline, kicker=page.title)
    page = replace(page, standfirst=opening.standfirst)
    chosen = next((it for it in page.recordings if it.id == opening.item and it.stills), None)
    if chosen is None:
        return page
    still = min(chosen.stills, key=lambda it: abs((it.time_s or 0.0) - opening.time_s))
    return replace(
        page, lead=still, lead_caption=opening.caption, credit=opening.credit, lead_graphic=chosen.graphic is not False
    )


def _heard(page: m.Page, spoken: Sequence[Spoken]) -> m.Page:
    """What is said in recordings, beside each of them, and among what others say and count."""
    for each in spoken:
        lines = tuple(m.Speech(w.start_s, w.end_s, w.text, w.translation) for w in each.words)
        speech = m.Transcript(each.language, lines, each.transcriber, each.translator, marks(each.item, each.said))

        def second(line: int, each: Spoken = each) -> m.Reference:
            return m.Reference(f"r-{each.item}", each.words[line].start_s)

        recordings = (
            replace(it, speeches=(*it.speeches, speech)) if it.id == each.item else it for it in page.recordings
        )
        page = with_said(replace(page, recordings=tuple(recordings)), each.item, each.said, each.language, second)
    return page


_TELLING = ("cannot_both_be_true", "appears_inconsistent", "disputes", "revises", "caveat")


def _telling_first(each: Between) -> tuple[bool, int, str]:
    """What people accepted before what a program proposes; what does not fit together before what does."""
    rank = _TELLING.index(each.relation) if each.relation in _TELLING else len(_TELLING)
    return each.because is None, rank, each.reason


def _between(each: Between, anchors: _Anchors) -> m.Between:
    sides = [f"{it.item}-{it.reference.part}" for it in (each.a, each.b)]
    return m.Between(
        each.relation,
        _fragment(each.a, anchors),
        _fragment(each.b, anchors),
        each.reason,
        each.condition,
        each.because,
        "proposed" if each.because is None else "judged",
        tuple(sides) if all(anchors.is_count(side) for side in sides) else (),
    )


class _Anchors:
    """Where on the page a reference leads."""

    def __init__(self, page: m.Page, rows: set[str]) -> None:
        self._recordings = {it.id for it in page.recordings}
        self._texts = {it.id for it in page.texts}
        self._statements = {it.id for it in page.statements}
        self._sources = {it.id for it in page.sources}
        self._rows = rows
        self._counts = {it.id for it in page.counts}

    def is_count(self, id: str) -> bool:
        """Whether it is the id of a count on the page."""
        return id in self._counts

    def reference(self, cited: Cited) -> m.Reference:
        """The place, with its seconds where it is one in a recording."""
        to = cited.reference
        if to.letter in "ep":
            return m.Reference(f"{to.letter}-{to.id}")
        if cited.item in self._recordings:
            return m.Reference(
                f"r-{cited.item}",
                float(to.start_s) if to.start_s else cited.second,
                float(to.end_s) if to.end_s else None,
            )
        said = f"{cited.item}-{cited.statement}"
        if said in self._statements:
            return m.Reference(f"s-{said}")
        if to.letter == "c" and _row(cited) in self._rows:
            return m.Reference(f"k-{_row(cited)}")
        return m.Reference(f"t-{cited.item}" if cited.item in self._texts else f"d-{cited.item}")

    def speaker(self, cited: Cited) -> str | None:
        """The id of who said it, where the page has them."""
        id = f"{cited.item}-{cited.speaker}" if cited.speaker else None
        return id if id in self._sources else None


def _row(claim: Cited) -> str:
    return f"{claim.item}-{claim.reference.part or claim.reference.id}"


def _column(cited: Cited, anchors: _Anchors) -> m.Evidence:
    """A recording is one column, whichever of its seconds is meant; words are a column each."""
    to = anchors.reference(cited)
    if cited.reference.letter in "io":
        return m.Evidence(str(cited.item), "", to.anchor)
    id = str(cited.reference).replace(":", "-").replace("/", "-")
    return m.Evidence(id, cited.text, to.anchor, anchors.speaker(cited), cited.denies)


def _fragment(cited: Cited, anchors: _Anchors) -> m.Fragment:
    return m.Fragment(cited.text, anchors.reference(cited), anchors.speaker(cited), cited.found, cited.denies)


def _conclusion(each: Sided, anchors: _Anchors) -> m.Conclusion:
    said = each.said
    return m.Conclusion(
        said.id,
        said.text,
        said.standard,
        tuple(_fragment(cited, anchors) for cited in each.supporting),
        tuple(_fragment(cited, anchors) for cited in each.opposing),
        said.alternatives,
        said.author,
        said.reviewer,
        m.When(said.at[:10], "day"),
        each.held_for,
        each.held_against,
        tuple(dict.fromkeys(who for cited in each.opposing if (who := anchors.speaker(cited)))),
    )


def _paragraph(runs: Sequence[Told], anchors: _Anchors) -> tuple[m.Fragment, ...]:
    """Each reference is carried by the sentence before it; a further one by its own name."""
    found: list[m.Fragment] = []
    for run in runs:
        if run.to is None:
            found.append(m.Fragment(run.text))
            continue
        words = run.text.rstrip()
        start = max((match.end() for match in _SENTENCE_END.finditer(words)), default=0)
        start += len(words[start:]) - len(words[start:].lstrip(" ,;.:"))
        if words[:start]:
            found.append(m.Fragment(words[:start]))
        if words[start:]:
            found.append(m.Fragment(words[start:], anchors.reference(run.to)))
        else:
            found += [m.Fragment(" "), m.Fragment("", anchors.reference(run.to))]
    return tuple(found)


def _observed(recording: m.Recording, written: Written) -> m.Recording:
    seen = tuple(
        m.Observation(o.start_s, o.end_s, o.text, o.found, o.obscured)
        for o in written.observations
        if o.item == recording.id
    )
    return replace(recording, observations=seen)


def _not_shown(written: Written) -> tuple[str, ...]:
    """What was looked for and not found, with what hid the view anywhere."""
    hidden: dict[str, list[str]] = {}
    for each in written.observations:
        if not each.found:
            hidden.setdefault(each.text, []).extend([each.obscured] if each.obscured else [])
    lines = (f"{text} ({'; '.join(dict.fromkeys(why))})" if why else text for text, why in hidden.items())
    return tuple(lines)[:_MOST_NOT_SHOWN]


def _decided(copy: m.Copy, decisions: Sequence[Decision]) -> m.Copy | None:
    """A proposed copy with what people decided of it; None where they rejected it."""
    relation = "same_picture" if copy.kind == "picture" else "same_copy_of_sound"
    for each in decisions:
        same = (each.relation, each.a, each.b) == (relation, copy.a, copy.b)
        if same and (each.a_start_s, each.b_start_s) == (copy.a_start_s, copy.b_start_s):
            return replace(copy, standing="judged") if each.accepted else None
    return copy


def _named(source: Cited | str, anchors: _Anchors) -> str:
    """The id of who says so where the page has one, else words."""
    if isinstance(source, str):
        return source
    return anchors.speaker(source) or source.text or str(source.item)


def _corrections(written: Written) -> tuple[m.Correction, ...]:
    found = [m.Correction(m.When(note.at[:10], "day"), note.text) for note in written.corrections]
    for each in written.conclusions:
        if each.said.withdrawn:
            text = f"{each.said.text} — {each.said.withdrawn}"
            found.append(m.Correction(m.When(each.said.at[:10], "day"), text, withdrawn=True))
    return tuple(found)


def _signed(items: Sequence[ReleasedItem]) -> tuple[m.Signed, ...]:
    """Who signed off how many recordings, in the order of their first."""
    by: dict[tuple[str, ...], int] = {}
    for item in items:
        who = tuple(dict.fromkeys(sign.by for sign in item.signed))
        if who:
            by[who] = by.get(who, 0) + 1
    return tuple(m.Signed(who, count) for who, count in by.items())
