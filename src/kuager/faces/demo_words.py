"""What invented editors write about the drill: observations, links, conclusions, events and the account.

Seconds come from the drill's own truth, so that each observation says what can be seen or heard at its place.
"""

from __future__ import annotations

import csv
import datetime
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kuager.record.case import Case
from kuager.weigh import conclusion, event, evidence, observation, proposal, remark, story
from kuager.weigh.reading import readings

AUTHOR, REVIEWER = "A. Editor (drill)", "B. Reviewer (drill)"
REASONABLE = "reasonable grounds to believe"
_EDGE_S = 0.3


@dataclass(frozen=True)
class Material:
    """The drill's folder and truth, and the items that were made from it: recordings in the truth's order."""

    folder: Path
    truth: Mapping[str, Any]
    recordings: Sequence[str]
    withdrawn: str
    copies: Sequence[str]


def write_about(case: Case, material: Material) -> None:
    """Writes everything that people say about the drill into the case."""
    seen = _observe(case, material)
    outage = _events(case, material)
    claims = _claims(case)
    _link(case, seen, claims, outage)
    _conclude(case, seen, claims, material)
    _remarks(case, material)
    _decide(case, material)
    _account(case, seen, claims, material)


def _observe(case: Case, material: Material) -> dict[str, str]:
    """Writes observations; returns references to those that others point at."""
    turns = material.truth["scene"]["turns"]
    seen: dict[str, str] = {}
    for number, item in enumerate(material.recordings, 1):
        truth = material.truth["recordings"][number - 1]
        volley = _volley(truth, material.truth)
        for key, start, end, text in (
            (
                "line",
                turns["advance_s"],
                turns["advance_s"] + 4,
                "A line of people with shields walks into the square.",
            ),
            ("run", turns["volley_s"] + 1.2, turns["volley_s"] + 4, "People turn away and run to the near side."),
            ("fall", turns["fall_s"] - 0.3, turns["fall_s"] + 2, "One person falls and does not get up."),
        ):
            span = _span(truth, start, end)
            if number <= 3 and span:
                seen.setdefault(key, "o:" + observation.observe(case, item, span, text).id)
        if volley and number in (1, 2, 4):
            text = f"{len(volley)} reports follow one another in less than a second."
            span = f"{volley[0]:.2f}-{volley[-1]:.2f}"
            seen.setdefault("volley", "o:" + observation.observe(case, item, span, text).id)
        if volley and number <= 2:
            text = "Anybody throwing something at the line before the first report"
            hidden = None if number == 1 else "the left third of the square lies outside the picture"
            span = f"0.00-{volley[0]:.2f}"
            found = observation.observe(case, item, span, text, found=False, obscured=hidden)
            seen.setdefault("no-attack" if number == 1 else "no-attack-2", f"o:{found.id}")
    observation.observe(case, material.withdrawn, "1.0-2.0", "People walk past; nothing of the event is seen.")
    seen["withdrawn"] = f"i:{material.withdrawn}@1.0"
    return seen


def _span(truth: Mapping[str, Any], start: float, end: float) -> str | None:
    """A stretch of scene time as seconds of a recording; None where it lies outside."""
    first, last = (at - truth["clock"]["start_s"] for at in (start, end))
    if first < _EDGE_S or last > truth["duration_s"] - _EDGE_S:
        return None
    return f"{first:.1f}-{last:.1f}"


def _volley(truth: Mapping[str, Any], whole: Mapping[str, Any]) -> list[float]:
    """When each report of the first burst reaches this recording's sound, in its seconds."""
    first = {shot["id"] for shot in whole["scene"]["shots"] if shot["burst"] == 1}
    return [shot["muzzle_s"] for shot in truth["shots"] if shot["shot"] in first and shot["heard"]]


def _events(case: Case, material: Material) -> str:
    start, end = outage_in(material.folder / material.truth["outage"]["path"])
    day = datetime.date.fromisoformat(start[:10])
    event.record_event(case, "Shots on the square", day.isoformat(), sources=["Six recordings, on one clock"])
    until = (day + datetime.timedelta(20)).isoformat()
    event.record_event(case, "Night curfew", day.isoformat(), until, "curfew", ["Officials, in Steppe Wire"])
    said = (day + datetime.timedelta(1)).isoformat()
    event.record_event(
        case, "The Interior Ministry gives its first count", said, None, "statement", ["Interior Ministry"]
    )
    measured = ["Measurements of how many networks answer (outage.csv)"]
    happened = event.record_event(case, "Telephones and the internet do not work", start, end, "outage", measured)
    about = "An invented town. The circle is as wide as what the pages tell about where it lies."
    event.record_place(case, "Altynsor (invented)", "43.5", "53.2", 30_000, about)
    event.record_place(case, "Where recording 1 was filmed from", "43.5", "53.2", 20, "A window.", private=True)
    return f"e:{happened.id}"


def outage_in(path: Path) -> tuple[str, str]:
    """The longest stretch of a series in which fewer than half as many networks answer as in its good hours.

    Columns: ``time_utc`` (ISO 8601), ``reachable_share`` (0 to 1). Times come back to the minute.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["time_utc"], float(row["reachable_share"])) for row in csv.DictReader(file)]
    half = statistics.quantiles([share for _, share in rows], n=10)[-1] / 2  # of its good hours
    best: list[str] = []
    run: list[str] = []
    for time, share in rows:
        run = [*run, time] if share < half else []
        best = max(best, run, key=len)
    return (f"{best[0][:16]}Z", f"{best[-1][:16]}Z")


def _claims(case: Case) -> dict[str, str]:
    """A reference to one claim of each type that a named speaker makes, each in another statement, English pages first.

    Use of force is told by those who were there, everything else by whoever says it first.
    """
    found: dict[str, str] = {}
    used: set[str] = set()
    for item, reading in sorted(readings(case), key=lambda each: each[1].page.language != "en"):
        first_comment = min((c.body.start for c in reading.page.comments), default=len(reading.text))
        sides = {source.id: source.side for source in reading.sources}
        statements = {s.id: s for s in reading.statements if s.speaker and s.span.end <= first_comment}
        for claim in reading.claims:
            said = statements.get(claim.statement)
            if said is None or claim.type in found or f"{item}/{said.id}" in used:
                continue
            if claim.type == "use_of_force" and sides.get(said.speaker or "") not in ("witness", "protesters"):
                continue
            used.add(f"{item}/{said.id}")
            found[claim.type] = f"c:{item}/{claim.id.partition('/')[2]}"
    return found


def _link(case: Case, seen: Mapping[str, str], claims: Mapping[str, str], outage: str) -> None:
    for claim, by_what, bearing, because in (
        ("use_of_force", "run", "supports", "People run away while single reports are still to be heard."),
        ("use_of_force", "volley", "inconclusive", "The sound does not tell which way a shot was aimed."),
        ("threat_by_crowd", "no-attack", "contradicts", "The line is in view, and nobody throws anything at it."),
        ("threat_by_crowd", "no-attack-2", "inconclusive", "A third of the square lies outside the picture."),
        ("warning_given", "volley", "inconclusive", "A shot into the air and one that is not sound alike here."),
        ("justification", "run", "contradicts", "Reports go on after people have turned away."),
        ("communications_outage", "outage", "compatible", "The start fits; what caused it is not in the data."),
    ):
        what = outage if by_what == "outage" else seen.get(by_what)
        if claim in claims and what:
            evidence.link(case, claims[claim], what, bearing, because)


def _conclude(case: Case, seen: Mapping[str, str], claims: Mapping[str, str], material: Material) -> None:
    against = [claims[kind] for kind in ("threat_by_crowd", "warning_given") if kind in claims]
    conclusion.conclude(
        case,
        "Shots were still being fired when people were already running away.",
        REASONABLE,
        [seen[key] for key in ("volley", "run", "withdrawn") if key in seen],
        [claims[kind] for kind in ("justification",) if kind in claims],
        ["The later reports came from somewhere else, or were fireworks."],
        AUTHOR,
        REVIEWER,
    )
    if "no-attack" in seen:
        conclusion.conclude(
            case,
            "In the minute before the first shot, no attack on the line with shields can be seen.",
            REASONABLE,
            [seen["no-attack"]],
            against,
            ["An attack took place outside all pictures."],
            AUTHOR,
        )


def _remarks(case: Case, material: Material) -> None:
    day = datetime.date.fromisoformat(material.truth["outage"]["start"][:10])
    on = [(day + datetime.timedelta(number)).isoformat() for number in range(12)]
    remark.ask(
        case,
        "The Interior Ministry",
        "We sent what is concluded here and asked who gave the order to fire.",
        on[5],
        "“The officers acted within the law. The rest is a matter for the investigation.”",
        on[7],
    )
    remark.ask(case, "The mobile operator", "We asked who ordered its stations to be switched off.", on[5])
    remark.promise(
        case, "The President", "All circumstances will be thoroughly investigated.", on[1], "No result by this page."
    )
    count = sum(shot["burst"] == 1 for shot in material.truth["scene"]["shots"])
    remark.note(
        case,
        remark.CORRECTION,
        f"An earlier version said that the first burst had {count + 1} reports. It has {count}: the last was an echo.",
    )
    remark.note(case, remark.UNKNOWN, "Who gave the order to fire.")
    remark.note(case, remark.UNKNOWN, "What became of the person who fell.")
    remark.note(
        case,
        remark.METHOD,
        "The recordings were put on one clock by their sound. One editor watched each to the end and wrote down what "
        "is seen and heard; a second checked every line against the recording.",
    )


def _decide(case: Case, material: Material) -> None:
    """A person accepts what is proposed about the re-upload that is shown."""
    for copy in material.copies:
        for each in proposal.proposals(case):
            pair = {each.a, each.b}
            if each.relation == "same_picture" and copy in pair and pair <= {copy, *material.recordings}:
                proposal.judge(case, each.id, "accept", "Both were watched side by side.")
                return


def _account(case: Case, seen: Mapping[str, str], claims: Mapping[str, str], material: Material) -> None:
    def at(key: str, known: Mapping[str, str] = seen) -> str:
        return f" [[{known[key]}]]" if key in known else ""

    first = (
        f"A crowd stands on the square. A line of people with shields walks towards it{at('line')}. In the recordings "
        f"that show the line, nobody is seen to throw anything{at('no-attack')}."
    )
    second = (
        f"Then shots are heard, several in less than a second{at('volley')}. People turn and run{at('run')}. One falls "
        f"and does not get up{at('fall')}. The ministry speaks of an attack{at('threat_by_crowd', claims)}; how many "
        f"people were killed is disputed{at('casualty_count', claims)}."
    )
    head = (
        "# Shots went on while people were running away\n"
        "> The ministry says that officers were attacked and fired to defend themselves. In the recordings that show "
        "the line of officers, nobody attacks it, and shots go on after people have turned to run.\n"
        "![The square before the first shot. | Still from a recording made for the drill]"
        f"(i:{material.recordings[0]}@20)\n"
    )
    (case.folder / story.FILE).write_text(f"{head}\n{first}\n\n{second}\n", encoding="utf-8")
