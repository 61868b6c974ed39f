"""What making a drill costs."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from bench.harness import Bar, Comparison, Metric, Runner, Work, register


def _seconds(seed: int, folder: Path, quick: bool) -> float:
    return 10.0 if quick else 60.0


def _drill(work: Work) -> Mapping[str, float]:
    command = [sys.executable, "-m", "kuager", "drill", work.scratch / "drill", "--seed", str(work.seed)]
    done = work.process([*command, "--seconds", str(work.input), "--json"], cores=2)
    return {"s": done.seconds, "peak MB of one process": done.peak_bytes / 1e6}


register(
    Comparison(
        name="drill.six",
        what="six recordings of 60 s with re-uploads, pages, lists and truth, on two cores",
        prepare=_seconds,
        ours=Runner("kuager drill", _drill),
        metrics=(Metric("s", better="lower"), Metric("peak MB of one process", better="lower")),
        bars=(Bar("s", at_most=30), Bar("peak MB of one process", at_most=1000)),
        rounds=3,
        warm_up=0,
    )
)
