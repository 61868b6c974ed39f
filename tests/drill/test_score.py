import copy
import itertools
import json
from pathlib import Path

import pytest

from kuager.drill.cast import cast, span_of, strangers
from kuager.drill.making import _document, _plan_copies
from kuager.drill.pages import write_pages
from kuager.drill.score import score_listen, score_match, score_read, score_sync
from kuager.drill.story import tell


@pytest.fixture(scope="module")
def truth() -> dict:
    filmed = cast(1606, 6, 60.0) + strangers(1606, 1, 20.0)
    copied = _plan_copies(1606, 11, filmed, 60.0)
    made = _document(1606, 60.0, tell(1606, span_of(6, 60.0)), filmed, copied, {one.path: [] for one in filmed})
    return json.loads(json.dumps(made))


def perfect_sync(truth: dict) -> dict:
    known = {frozenset((p["a"], p["b"])): p for p in truth["pairs"] if p["both_have_sound"]}
    pairs = []
    for a, b in itertools.combinations([one["path"] for one in truth["recordings"]], 2):
        pair = known.get(frozenset((a, b)))
        verdict = "overlap" if pair else "none"
        offset, drift = (pair["heard_s"], pair["drift_ppm"]) if pair else (None, None)
        pairs.append({"a": f"/x/{a}", "b": f"/x/{b}", "verdict": verdict, "offset_s": offset, "drift_ppm": drift})
    return {"pairs": pairs, "groups": [truth["group"]]}


def test_a_perfect_clock_scores_perfectly(truth: dict) -> None:
    score = score_sync(truth, perfect_sync(truth))
    assert score["pairs"]["recall"] == score["pairs"]["precision"] == 1.0
    assert score["pairs"]["wanted"] == 10
    assert score["offset_error_s"]["p95"] < 1e-3
    assert score["drift_error_ppm"]["p95"] < 1e-6
    assert score["group_offset_error_s"]["p95"] == 0.0


def test_false_links_misses_and_errors_are_counted(truth: dict) -> None:
    answer = perfect_sync(truth)
    stranger = next(pair for pair in answer["pairs"] if "unrelated" in pair["b"])
    stranger.update(verdict="overlap", offset_s=1.0, drift_ppm=None)
    right = [pair for pair in answer["pairs"] if pair["verdict"] == "overlap" and pair is not stranger]
    right[0]["verdict"] = "unsure"
    right[1]["offset_s"] += 0.5
    score = score_sync(truth, answer)
    assert score["false_links"] == 1
    assert score["pairs"]["found"] == 9
    assert score["offset_error_s"]["p95"] > 0.1
    assert 0.0 < score["beyond_distance_s"]["p95"] < score["offset_error_s"]["p95"]


def test_the_order_of_a_pair_does_not_matter(truth: dict) -> None:
    answer = perfect_sync(truth)
    for pair in answer["pairs"]:
        if pair["verdict"] == "overlap":
            pair["a"], pair["b"] = pair["b"], pair["a"]
            rate = 1 + pair["drift_ppm"] * 1e-6
            pair["offset_s"], pair["drift_ppm"] = -pair["offset_s"] * rate, (1 / rate - 1) * 1e6
    score = score_sync(truth, answer)
    assert score["pairs"]["recall"] == 1.0
    assert score["offset_error_s"]["p95"] < 1e-3


def test_copies_are_scored_by_segment(truth: dict) -> None:
    matches = [
        {
            "query": one["path"], "reference": part["source"], "kind": "picture", "verdict": "copy",
            "query_start_s": part["query_start_s"], "query_end_s": part["query_end_s"],
            "reference_start_s": part["source_start_s"], "reference_end_s": part["source_end_s"],
        }
        for one in truth["copies"] for part in one["segments"]
    ]  # fmt: skip
    score = score_match(truth, {"matches": matches})["picture"]
    assert score["recall"] == score["precision"] == 1.0
    assert score["ends_s"]["p95"] == 0.0
    wrong = copy.deepcopy(matches)
    wrong[0]["reference_start_s"] += 5
    wrong[0]["reference_end_s"] += 5
    score = score_match(truth, {"matches": wrong})["picture"]
    assert score["missed"] == ["re-encode"]
    assert score["right"] == len(matches) - 1
    assert score_match(truth, {"matches": []})["sound"]["found"] == 0


def test_shots_are_scored_and_a_crack_counts_neither_way(truth: dict) -> None:
    answers = {}
    for one in truth["recordings"]:
        heard = [shot for shot in one["shots"] if shot["heard"]]
        times = [shot["muzzle_s"] + 0.001 for shot in heard] + [s["crack_s"] for s in heard if s["crack_s"] is not None]
        impulses = [{"time_s": at, "score_gunshot": 0.9} for at in times]
        answers[one["path"]] = {"impulses": impulses, "count": {"low": len(heard), "high": len(heard)}}
    score = score_listen(truth, answers)
    assert score["recordings"] == 6
    assert score["shots"]["recall"] == 1.0
    assert score["shots"]["precision"] > 0.9
    assert score["onset_error_s"]["median"] == pytest.approx(0.001, abs=5e-4)
    assert score["count_holds"] == 1.0
    nothing = {path: {"impulses": [], "count": {"low": 50, "high": 60}} for path in answers}
    assert score_listen(truth, nothing)["count_holds"] < 0.5


def test_a_wrong_mouth_is_told_from_a_right_one(tmp_path: Path) -> None:
    page = write_pages(tmp_path, 4)["pages"][1]
    answer = {
        "statements": copy.deepcopy(page["statements"]),
        "claims": copy.deepcopy(page["claims"]),
        "sources": [one | {"mentions": []} for one in page["sources"]],
        "page": {"comments": page["comments"]},
    }
    score = score_read(page, answer)
    assert score["statements"]["recall"] == score["counts"]["recall"] == score["comments"]["recall"] == 1.0
    assert score["wrong_mouth"] == 0
    first = next(one for one in answer["statements"] if one["form"] in ("direct", "mixed"))
    first["speaker"], first["speaker_mention"] = "comment1", None
    count = next(one for one in answer["claims"] if one["type"] == "casualty_count")
    count["upper"] = 99
    score = score_read(page, answer)
    assert score["wrong_mouth"] == 1
    assert score["counts"]["found"] == score["counts"]["wanted"] - 1
