"""Running a comparison: rounds interleaved between Kuager and its peers, failures kept as results."""

from __future__ import annotations

import math
import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import environments
from bench.harness import Bar, Comparison, Measured, Metric, Runner, Unavailable, Work
from bench.interval import bootstrap
from bench.kept import kept

Tell = Callable[[str], None]
Key = tuple[int, int]
"""A round: seed and number."""


@dataclass
class _Side:
    """What one runner gave: by round, and its failures in words."""

    runner: Runner
    rounds: dict[Key, Measured] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def run(comparison: Comparison, folder: Path, *, quick: bool, tuning: bool, tell: Tell) -> dict[str, Any]:
    """Runs a comparison in ``folder`` and returns its result as JSON has it.

    ``quick``: one seed, two rounds, no warm-up, small work: shows that it runs, measures nothing. ``tuning``: on the
    tuning seeds instead of the reporting ones.
    """
    seeds = comparison.tuning_seeds if tuning else comparison.seeds
    rounds, warm_up = comparison.rounds, comparison.warm_up
    if quick:
        seeds, rounds, warm_up = seeds[:1], 2, 0
    sides = [_Side(runner) for runner in (comparison.ours, *comparison.peers)]
    for seed in seeds:
        tell(f"{comparison.name}: seed {seed}")
        place = folder / comparison.name / str(seed)
        shutil.rmtree(place, ignore_errors=True)
        (place / "work").mkdir(parents=True)
        if comparison.keep:
            made = kept(comparison.prepare, seed, quick, folder.parent / "kept")
        else:
            made = comparison.prepare(seed, place / "work", quick)
        order = random.Random(seed)
        for number in range(-warm_up, rounds):
            for side in order.sample(sides, len(sides)):
                _one(side, comparison.metrics, (seed, number), made, place / "scratch", quick, tell)
        shutil.rmtree(place, ignore_errors=True)
    return _result(comparison, sides, quick=quick, tuning=tuning)


def _one(
    side: _Side, metrics: Sequence[Metric], key: Key, made: object, scratch: Path, quick: bool, tell: Tell
) -> None:
    seed, number = key
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        python = environments.interpreter(side.runner.environment)
        measured = dict(side.runner.run(Work(made, scratch, seed, quick, python)))
        lacking = [metric.name for metric in metrics if metric.pool is None and metric.name not in measured]
        if lacking:
            raise Unavailable(f"it gave no {', '.join(lacking)}")
    except Exception as error:  # a peer may fail in any way, and every way is a result
        why = str(error) if isinstance(error, Unavailable) else f"{type(error).__name__}: {error}"
        tell(f"  {side.runner.name}: failed: {why}")
        if number >= 0:
            side.failures.append(why)
        return
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if number >= 0:
        side.rounds[key] = measured
        tell(f"  {side.runner.name}: " + ", ".join(f"{name} {value:.4g}" for name, value in measured.items()))


def _result(comparison: Comparison, sides: list[_Side], *, quick: bool, tuning: bool) -> dict[str, Any]:
    ours = sides[0]
    return {
        "name": comparison.name,
        "what": comparison.what,
        "notes": comparison.notes,
        "quick": quick,
        "seeds": "tuning" if tuning else "reporting",
        "runners": [
            {
                "name": side.runner.name,
                "version": environments.version(side.runner),
                "n": len(side.rounds),
                "failures": sorted(set(side.failures)),
                "failed": len(side.failures),
                "metrics": {metric.name: _figures(metric, side, ours) for metric in comparison.metrics},
            }
            for side in sides
        ],
        "bars": [_bar(bar, comparison, sides) for bar in comparison.bars],
    }


def _figures(metric: Metric, side: _Side, ours: _Side) -> dict[str, Any] | None:
    """Figure, spread, interval and (for peers) the ratio, above 1 where Kuager does better."""
    if not side.rounds:
        return None
    rounds = list(side.rounds.values())
    values = [metric.figure([one]) for one in rounds]
    found: dict[str, Any] = {
        "better": metric.better,
        "figure": _number(metric.figure(rounds)),
        "interval": [_number(end) for end in bootstrap(rounds, metric.figure)],
        "spread": [_number(min(values)), _number(max(values))],
        "values": [_number(value) for value in values],
    }
    if side is not ours:
        found["ratio"], found["ratio_interval"] = _ratio(metric, ours, side)
    return found


def _ratio(metric: Metric, ours: _Side, peer: _Side) -> tuple[float | None, list[float | None] | None]:
    shared = [(ours.rounds[key], peer.rounds[key]) for key in ours.rounds if key in peer.rounds]
    if not shared:
        return None, None

    def ratio(pairs: Sequence[tuple[Measured, Measured]]) -> float:
        mine, its = (metric.figure([pair[at] for pair in pairs]) for at in (0, 1))
        return mine / its if metric.better == "higher" else its / mine

    try:
        return _number(ratio(shared)), [_number(end) for end in bootstrap(shared, ratio)]
    except ZeroDivisionError:
        return None, None


def _bar(bar: Bar, comparison: Comparison, sides: Sequence[_Side]) -> dict[str, Any]:
    metric = next(metric for metric in comparison.metrics if metric.name == bar.metric)
    by_name: Mapping[str, _Side] = {side.runner.name: side for side in sides}
    ours = sides[0]
    value: float | None = None
    ends: list[float | None] | None = None
    if bar.against is None and ours.rounds:
        rounds = list(ours.rounds.values())
        value, ends = _number(metric.figure(rounds)), [_number(end) for end in bootstrap(rounds, metric.figure)]
    elif bar.against is not None:
        value, ends = _ratio(metric, ours, by_name[bar.against])
    return {
        "bar": bar.words(),
        "value": value,
        "interval": ends,
        "met": None if value is None else bar.met(value),
        "surely": value is not None and ends is not None and all(end is not None and bar.met(end) for end in ends),
    }


def _number(value: float) -> float | None:
    return float(f"{value:.6g}") if math.isfinite(value) else None
