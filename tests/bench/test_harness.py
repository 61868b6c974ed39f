import random
import sys
from pathlib import Path

import pytest
from bench.harness import (
    Bar,
    Comparison,
    DeclarationError,
    Environment,
    Metric,
    Runner,
    Unavailable,
    Work,
)
from bench.interval import bootstrap

from bench import environments, measure, report


def _comparison(ours, *peers, **more):
    declared = {
        "name": "test.speed",
        "what": "nothing much",
        "prepare": lambda seed, folder, quick: (seed, quick),
        "ours": Runner("kuager", ours),
        "peers": tuple(Runner(f"peer {n}", peer) for n, peer in enumerate(peers)),
        "metrics": (Metric("MB/s"), Metric("s", better="lower")),
    }
    return Comparison(**(declared | more))


def _gives(speed, seconds):
    return lambda work: {"MB/s": speed, "s": seconds}


def _run(comparison, tmp_path, **more):
    return measure.run(comparison, tmp_path, **({"quick": False, "tuning": False, "tell": lambda text: None} | more))


def test_ratios_are_above_one_where_kuager_does_better(tmp_path):
    bars = (
        Bar("MB/s", at_least=1.5, against="peer 0"),
        Bar("s", at_least=1.5, against="peer 0"),
        Bar("s", at_least=5, against="peer 0"),
        Bar("s", at_most=2.0),
        Bar("MB/s", at_least=301),
    )
    result = _run(_comparison(_gives(300.0, 2.0), _gives(100.0, 8.0), bars=bars), tmp_path)
    peer = result["runners"][1]["metrics"]
    assert (peer["MB/s"]["ratio"], peer["s"]["ratio"]) == (3.0, 4.0)
    assert [bar["met"] for bar in result["bars"]] == [True, True, False, True, False]
    assert result["runners"][0]["n"] == 5
    text = report.section(result)
    assert "MB/s ≥ 1.5 × peer 0: **met**, 3." in text
    assert "s ≥ 5 × peer 0: **not met**, 4." in text


def test_a_failing_peer_is_told_and_the_others_are_measured(tmp_path):
    def breaks(work):
        raise ValueError("no | such\nthing")

    rounds = iter(range(100))

    def sometimes(work):
        if next(rounds) % 2:
            raise Unavailable("bad day")
        return {"MB/s": 100.0, "s": 1.0}

    result = _run(
        _comparison(_gives(200.0, 1.0), breaks, sometimes, bars=(Bar("MB/s", at_least=1, against="peer 0"),)), tmp_path
    )
    ours, broken, wavering = result["runners"]
    assert (ours["n"], broken["n"], broken["failed"]) == (5, 0, 5)
    assert broken["failures"] == ["ValueError: no | such\nthing"]
    assert wavering["n"] + wavering["failed"] == 5
    assert wavering["metrics"]["MB/s"]["ratio"] == 2.0
    assert result["bars"][0]["met"] is None
    text = report.section(result)
    assert "| failed: ValueError: no \\| such thing |" in text
    assert f"{wavering['n']}, {wavering['failed']} failed" in text
    assert "**not measured**" in text


def test_a_runner_that_leaves_a_metric_out_has_failed(tmp_path):
    result = _run(_comparison(_gives(1.0, 1.0), lambda work: {"MB/s": 1.0}), tmp_path)
    assert result["runners"][1]["failures"] == ["it gave no s"]


def test_rounds_are_interleaved_in_changing_order_and_work_is_made_once_a_seed(tmp_path):
    seen = []

    def told(name):
        def runner(work):
            assert list(work.scratch.iterdir()) == []
            (work.scratch / "left").touch()
            seen.append((name, *work.input))
            return {"MB/s": 1.0, "s": 1.0}

        return runner

    made = []
    comparison = _comparison(told("a"), told("b"), seeds=(9000, 9001), rounds=6, warm_up=1)
    comparison = Comparison(
        **{**vars(comparison), "prepare": lambda seed, folder, quick: made.append(seed) or (seed, quick)}
    )
    _run(comparison, tmp_path)
    assert made == [9000, 9001]
    pairs = [{seen[at][0], seen[at + 1][0]} for at in range(0, len(seen), 2)]
    assert pairs == [{"a", "b"}] * 14
    assert len({seen[at][0] for at in range(0, len(seen), 2)}) == 2
    seen.clear()
    _run(comparison, tmp_path, quick=True, tuning=True)
    assert [(seed, quick) for _, seed, quick in seen] == [(1000, True)] * 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"seeds": (9000,), "tuning_seeds": (9000,)},
        {"seeds": (1500,)},
        {"seeds": (9000,), "tuning_seeds": (2000,)},
        {"seeds": ()},
        {"rounds": 0},
        {"metrics": ()},
        {"bars": (Bar("speed", at_least=1),)},
        {"bars": (Bar("s", at_least=1, against="nobody"),)},
        {"bars": (Bar("s"),)},
        {"peers": (Runner("kuager", _gives(1, 1)),)},
    ],
)
def test_declarations_that_contradict_themselves_are_refused(wrong):
    with pytest.raises(DeclarationError):
        _comparison(_gives(1, 1), **wrong)


def test_requirements_must_be_pinned():
    with pytest.raises(DeclarationError, match="not pinned"):
        Environment("x", ("bagit==1.9.0", "numpy"))


def test_pooled_metrics_use_all_rounds(tmp_path):
    def recall(rounds):
        return sum(one["found"] for one in rounds) / sum(one["there"] for one in rounds)

    counts = {9000: (1, 1), 9001: (0, 9)}
    ours = lambda work: dict(zip(("found", "there"), counts[work.seed], strict=True))  # noqa: E731
    result = _run(_comparison(ours, metrics=(Metric("recall", pool=recall),), seeds=(9000, 9001), rounds=1), tmp_path)
    assert result["runners"][0]["metrics"]["recall"]["figure"] == 0.1
    assert result["runners"][0]["metrics"]["recall"]["spread"] == [0, 1]


def test_bootstrap_intervals_cover_the_truth_about_as_often_as_they_say():
    """Means of 20 exponential draws: the 95 % percentile interval is known to cover a little below 95 %."""
    draws = random.Random(7)
    covered = 0
    for trial in range(200):
        sample = [draws.expovariate(1.0) for _ in range(20)]
        low, high = bootstrap(sample, lambda rounds: sum(rounds) / len(rounds), seed=trial)
        assert low < high
        covered += low <= 1.0 <= high
    assert 170 <= covered <= 198


def test_bootstrap_of_one_round_has_no_width():
    assert bootstrap([2.0], lambda rounds: rounds[0]) == (2.0, 2.0)
    with pytest.raises(ValueError, match="no rounds"):
        bootstrap([], len)


def _work(tmp_path):
    return Work(None, tmp_path, 9000, False, Path(sys.executable))


def test_processes_are_timed_held_to_cores_and_their_failures_told(tmp_path):
    work = _work(tmp_path)
    ballast = bytearray(200_000_000)
    code = "import os, time; time.sleep(0.2); b = bytearray(50_000_000); print(len(os.sched_getaffinity(0)))"
    done = work.process([sys.executable, "-c", code], cores=1)
    assert done.stdout == b"1\n"
    assert 0.2 < done.seconds < 5
    assert 0 < done.cpu_seconds < done.seconds
    assert 50e6 < done.peak_bytes < 150e6 < len(ballast)
    with pytest.raises(Unavailable, match="exited with 3: last"):
        work.process([sys.executable, "-c", "import sys; print('first\\nlast', file=sys.stderr); sys.exit(3)"])
    with pytest.raises(Unavailable, match="No such file"):
        work.process(["/no/such/tool"])
    with pytest.raises(Unavailable, match="did not end"):
        work.process(["sleep", "30"], timeout_s=0.2)
    assert work.process(["false"], may_exit=(0, 1)).stdout == b""


def test_a_peer_whose_environment_cannot_be_made_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(
        environments, "_commands", lambda home, requirements: [[sys.executable, "-c", "exit('no wheel')"]]
    )
    monkeypatch.setattr(environments, "ENVIRONMENTS", tmp_path / "envs")
    peer = Runner("peer", _gives(1, 1), Environment("none", ("nothing==0.0",)))
    result = _run(_comparison(_gives(1, 1), peers=(peer,)), tmp_path / "work")
    assert result["runners"][1]["failures"] == ["it could not be installed: no wheel"]
    assert result["runners"][1]["version"] == "nothing==0.0"


def test_an_environment_is_made_once_and_runs(tmp_path):
    environment = Environment("empty", ())
    python = environments.interpreter(environment, tmp_path)
    assert python.exists()
    made = python.parent.parent.stat().st_ctime_ns
    assert environments.interpreter(environment, tmp_path) == python
    assert python.parent.parent.stat().st_ctime_ns == made
    assert environments.interpreter(None) == Path(sys.executable)


def test_results_replace_those_of_their_name_and_the_page_tells_all(tmp_path):
    result = _run(_comparison(_gives(300.0, 2.0), _gives(100.0, 8.0), bars=(Bar("s", at_most=1),)), tmp_path / "work")
    path = tmp_path / "results.json"
    report.merge(path, [result, {**result, "name": "test.other"}])
    held = report.merge(path, [{**result, "bars": []}])
    assert [one["name"] for one in held] == ["test.other", "test.speed"]
    assert [len(one["bars"]) for one in held] == [1, 0]
    page = report.page(held)
    assert "0 of 1 bars met." in page
    assert "## test.speed" in page
    assert f"{held[0]['machine']['cores']} cores of" in page


def test_every_module_of_the_bench_is_imported_and_declares_what_can_run():
    from bench.__main__ import load
    from bench.harness import REGISTERED

    assert load() == []
    assert all(name == comparison.name for name, comparison in REGISTERED.items())
