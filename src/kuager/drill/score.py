"""Scores what a tool says against a drill's ``truth.json``: pairs, copies, shots, statements and counts.

Each function takes the parsed truth and the parsed ``--json`` of a verb and returns plain numbers;
nothing is scored by a threshold chosen afterwards: a verdict counts as it was given. Paths are
compared by how they end, so that the drill may lie anywhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

import numpy as np

Json = dict[str, Any]
MIN_OVERLAP_S = 3.0
SHOT_TOLERANCE_S = 0.05


@dataclass(frozen=True)
class Rate:
    """How many of ``wanted`` were found, and how many of ``given`` were right."""

    found: int
    wanted: int
    right: int
    given: int

    @property
    def recall(self) -> float | None:
        return self.found / self.wanted if self.wanted else None

    @property
    def precision(self) -> float | None:
        return self.right / self.given if self.given else None

    def as_json(self) -> Json:
        return asdict(self) | {"recall": self.recall, "precision": self.precision}


def score_sync(truth: Json, answer: Json) -> Json:
    """Scores ``kuager sync --json`` run on recordings of the event and unrelated ones.

    A pair should be *overlap* where both have sound and share at least 3 s; pairs that share less are
    left out. Errors: the offset against ``heard_s`` (what sound can measure) at the middle of the
    overlap, in seconds, and the drift in ppm. ``beyond_distance_s``: by how much an offset leaves
    ``heard_low_s … heard_high_s``, which sounds at different places allow; the same within groups.
    """
    files = [one["path"] for one in truth["recordings"]]
    known = {frozenset((pair["a"], pair["b"])): pair for pair in truth["pairs"]}
    found = wanted = right = given = 0
    errors, drifts, beyond = [], [], []
    for pair in answer["pairs"]:
        a, b = _named(pair["a"], files), _named(pair["b"], files)
        if a is None or b is None:
            continue
        true = known.get(frozenset((a, b)))
        short = true is not None and (not true["both_have_sound"] or true["overlap_s"] < MIN_OVERLAP_S)
        said = pair["verdict"] == "overlap"
        wanted += true is not None and not short
        if said and not short:
            given += 1
            right += true is not None
            found += true is not None
        if said and true is not None:
            off = _offset_error(true, pair, a)
            errors.append(abs(off))
            low, high = (true[key] - true["heard_s"] for key in ("heard_low_s", "heard_high_s"))
            beyond.append(max(0.0, low - off, off - high))
            if pair["drift_ppm"] is not None:
                drifts.append(abs(pair["drift_ppm"] - _drift(true, a)))
    return {
        "pairs": Rate(found, wanted, right, given).as_json(),
        "false_links": given - right,
        "offset_error_s": _spread(errors),
        "beyond_distance_s": _spread(beyond),
        "drift_error_ppm": _spread(drifts),
        "group_offset_error_s": _spread(_group_errors(truth, answer, files)),
    }


def score_match(truth: Json, answer: Json) -> Json:
    """Scores ``kuager match copies/* --in recordings/* unrelated/* --json``, picture and sound apart.

    A match is right where query and reference share a true segment and the times agree within a
    second; ``ends_s`` are the errors of segment starts and ends.
    """
    result: Json = {}
    for kind in ("picture", "sound"):
        segments = [
            (copy["path"], part)
            for copy in truth["copies"]
            if kind == "picture" or copy["sound"] == "same"
            for part in copy["segments"]
        ]
        matches = [one for one in answer["matches"] if one["kind"] == kind and one["verdict"] == "copy"]
        hit: set[int] = set()
        right, ends = 0, []
        for one in matches:
            number = next((n for n, (path, part) in enumerate(segments) if _same_segment(one, path, part)), None)
            if number is not None:
                right += 1
                part = segments[number][1]
                if number not in hit:
                    ends += [abs(one[key] - part[true]) for key, true in _ENDS]
                hit.add(number)
        result[kind] = Rate(len(hit), len(segments), right, len(matches)).as_json() | {"ends_s": _spread(ends)}
        missed = [n for n in range(len(segments)) if n not in hit]
        kinds = {copy["path"]: copy["kind"] for copy in truth["copies"]}
        result[kind]["missed"] = [kinds[segments[n][0]] for n in missed]
    return result


_ENDS = (
    ("query_start_s", "query_start_s"),
    ("query_end_s", "query_end_s"),
    ("reference_start_s", "source_start_s"),
    ("reference_end_s", "source_end_s"),
)


def _same_segment(match: Json, path: str, part: Json) -> bool:
    if _named(match["query"], [path]) is None or _named(match["reference"], [part["source"]]) is None:
        return False
    shared = min(match["query_end_s"], part["query_end_s"]) - max(match["query_start_s"], part["query_start_s"])
    middle = 0.5 * (match["query_start_s"] + match["query_end_s"])
    said = 0.5 * (match["reference_start_s"] + match["reference_end_s"])
    true = part["source_start_s"] + (middle - part["query_start_s"]) * part["speed"]
    return bool(shared > 0 and abs(said - true) < 1.0)


def score_listen(truth: Json, answers: dict[str, Json], least_score: float = 0.5) -> Json:
    """Scores ``kuager listen --json`` of several recordings, given by path.

    Impulses with ``score_gunshot`` of at least ``least_score`` are held against the muzzle blasts
    (a crack counts as neither right nor wrong); ``onset_error_s`` is over those within 50 ms.
    ``count_holds``: how often the stated interval holds the number of shots.
    """
    files = {one["path"]: one for one in truth["recordings"]}
    found = wanted = right = given = holds = asked = 0
    errors: list[float] = []
    for path, answer in answers.items():
        name = _named(path, list(files))
        if name is None or files[name]["sound_codec"] is None:
            continue
        heard = [shot for shot in files[name]["shots"] if shot["heard"]]
        muzzles = [shot["muzzle_s"] for shot in heard]
        cracks = [shot["crack_s"] for shot in heard if shot["crack_s"] is not None]
        taken: set[int] = set()
        wanted += len(muzzles)
        for impulse in answer["impulses"]:
            if (impulse["score_gunshot"] or 0.0) < least_score:
                continue
            away = [abs(impulse["time_s"] - at) for at in muzzles]
            nearest = int(np.argmin(away)) if away else -1
            if away and away[nearest] <= SHOT_TOLERANCE_S and nearest not in taken:
                taken.add(nearest)
                errors.append(away[nearest])
                right += 1
                given += 1
            elif not any(abs(impulse["time_s"] - at) <= SHOT_TOLERANCE_S for at in cracks):
                given += 1
        found += len(taken)
        asked += 1
        holds += answer["count"]["low"] <= len(muzzles) <= answer["count"]["high"]
    return {
        "shots": Rate(found, wanted, right, given).as_json(),
        "onset_error_s": _spread(errors),
        "count_holds": holds / asked if asked else None,
        "recordings": asked,
    }


def score_read(page: Json, answer: Json) -> Json:
    """Scores ``kuager read --json`` of one page's text file against that page's truth.

    A statement is found where a proposed one overlaps it by half (intersection over union of the
    spans) and the speaker's name or mention agrees; ``wrong_mouth``: attributed statements that lie
    in a true one, but with another speaker. Counts are right with status, bounds and place.
    """
    wanted = [one for one in page["statements"] if one["form"] in _ATTRIBUTED]
    proposed = [one for one in answer["statements"] if one["form"] in _ATTRIBUTED]
    names = {one["id"]: one for one in page["sources"]}
    said = {one["id"]: one for one in answer["sources"]}
    found, wrong, used = 0, 0, set()
    for true in wanted:
        for one in proposed:
            if one["id"] in used or _overlap(true["span"], one["span"]) < 0.5:
                continue
            used.add(one["id"])
            if _same_speaker(names.get(true["speaker"]), true["speaker_mention"], said.get(one["speaker"]), one):
                found += 1
            else:
                wrong += 1
            break
    counts = [one for one in page["claims"] if one["type"] == "casualty_count"]
    read = [one for one in answer["claims"] if one["type"] == "casualty_count"]
    exact, touched = 0, set()
    for count in counts:
        for one in read:
            if one["id"] not in touched and _touch(count["span"], one["span"]) and one["status"] == count["status"]:
                touched.add(one["id"])
                exact += (one["lower"], one["upper"]) == (count["lower"], count["upper"])
                break
    comments = {one["by"]["text"] for one in page["comments"]}
    given = {one["by"]["text"] for one in answer["page"]["comments"] if one["by"]}
    return {
        "statements": Rate(found, len(wanted), found, len(proposed)).as_json(),
        "wrong_mouth": wrong,
        "counts": Rate(exact, len(counts), len(touched), len(read)).as_json(),
        "comments": Rate(len(comments & given), len(comments), len(comments & given), len(given)).as_json(),
    }


_ATTRIBUTED = ("direct", "indirect", "mixed", "continued")


def _same_speaker(true: Json | None, mention: Json | None, said: Json | None, statement: Json) -> bool:
    if true is None:
        return statement["speaker"] is None
    if said is None:
        return False
    spans = [span for span in [*said.get("mentions", []), statement.get("speaker_mention")] if span]
    if mention is not None and any(_touch(mention, span) for span in spans):
        return True
    wanted, given = _folded(true["name"]), _folded(said["name"])
    return bool(wanted & given)


def _folded(name: str) -> set[str]:
    return {word for word in name.casefold().replace("'", " ").split() if len(word) > 2 and word not in ("the", "one")}


def _touch(a: Json, b: Json) -> bool:
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def _overlap(a: Json, b: Json) -> float:
    shared = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return float(max(shared, 0) / (max(a["end"], b["end"]) - min(a["start"], b["start"])))


def _named(path: str, files: Iterable[str]) -> str | None:
    """The drill's name of a path, however it was given."""
    shown = str(path).replace("\\", "/")
    return next((name for name in files if shown == name or shown.endswith("/" + name)), None)


def _offset_error(true: Json, pair: Json, a: str) -> float:
    """Signed, at the middle of the overlap with the drift that was stated: a slow clock is not held against it."""
    rate = 1 + (pair["drift_ppm"] or 0.0) * 1e-6
    later = true["heard_s"] - true["offset_s"]
    if a == true["a"]:
        return float(pair["offset_s"] + true["middle_b_s"] / rate - (true["middle_a_s"] + later))
    return float(true["middle_b_s"] - later - (pair["offset_s"] + true["middle_a_s"] / rate))


def _drift(true: Json, a: str) -> float:
    return float(true["drift_ppm"] if a == true["a"] else (1 / (1 + true["drift_ppm"] * 1e-6) - 1) * 1e6)


def _group_errors(truth: Json, answer: Json, files: list[str]) -> list[float]:
    """Differences of offsets within each group, against the true differences on the event's clock."""
    true = {one["path"]: one["offset_s"] for one in truth["group"]["recordings"]}
    bound = {
        frozenset((p["a"], p["b"])): (p["heard_low_s"] - p["offset_s"], p["heard_high_s"] - p["offset_s"])
        for p in truth["pairs"]
    }
    errors = []
    for group in answer["groups"]:
        placed = [(_named(one["path"], files), one["offset_s"]) for one in group["recordings"]]
        inside = [(name, offset) for name, offset in placed if name in true]
        for (a, at_a), (b, at_b) in itertools.combinations(inside, 2):
            assert a is not None
            assert b is not None
            off = abs((at_b - at_a) - (true[b] - true[a]))
            low, high = bound.get(frozenset((a, b)), (0.0, 0.0))
            # Distance alone may move sound by this much; only what exceeds it is an error.
            errors.append(max(0.0, off - max(abs(low), abs(high))))
    return errors


def _spread(values: list[float]) -> Json:
    """Number, median and 95th percentile; null where nothing was measured."""
    if not values:
        return {"n": 0, "median": None, "p95": None}
    return {"n": len(values), "median": median(values), "p95": float(np.percentile(values, 95))}
