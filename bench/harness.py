"""How a comparison is declared.

A comparison is work made from a seed, what Kuager does with it, what each peer does with it, the metrics and the bars::

    register(
        Comparison(
            name="record.verify.one_core",
            what="checking 2 GB of items on one core, start-up included",
            prepare=make_case,                        # (seed, folder, quick) -> anything; not timed, once a seed
            ours=Runner("kuager verify", verify_once),
            peers=(Runner("openssl dgst -sha256", digest_once, version=("openssl", "version")),),
            metrics=(Metric("MB/s"), Metric("peak MB", better="lower")),
            bars=(Bar("MB/s", at_least=0.8, against="openssl dgst -sha256"), Bar("peak MB", at_most=150)),
        )
    )

A runner is a plain function ``(Work) -> {metric name: number}``. It raises to say that it failed, and the failure
stands in the table. A peer that needs packages names an ``Environment`` of pinned requirements and finds it as
``work.python``.

Thresholds may be fitted on tuning seeds alone; reporting seeds are run when numbers are reported. Declaring one seed
as both is an error.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Literal

TUNING_SEEDS = range(1000, 2000)
REPORTING_SEEDS = range(9000, 10000)

Measured = Mapping[str, float]


class DeclarationError(ValueError):
    """A comparison that contradicts itself."""


class Unavailable(Exception):
    """A runner cannot run here; the message says why and stands in the table."""


@dataclass(frozen=True)
class Finished:
    """A process that ended: wall seconds, processor seconds of it and its children, peak resident bytes of the largest
    of them, and what it printed. Processor seconds bear a busy machine better than wall seconds do."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    stdout: bytes
    stderr: bytes


@dataclass(frozen=True)
class Environment:
    """A virtual environment for a peer: its name and pinned requirements (``"bagit==1.9.0"``)."""

    name: str
    requirements: tuple[str, ...]

    def __post_init__(self) -> None:
        loose = [requirement for requirement in self.requirements if "==" not in requirement]
        if loose:
            raise DeclarationError(f"environment {self.name}: not pinned: {', '.join(loose)}")


@dataclass(frozen=True)
class Work:
    """What a runner is given in one round.

    ``input``: what ``prepare`` returned (not to be changed). ``scratch``: an empty folder of this round's own.
    ``python``: the interpreter of the runner's environment; Kuager's own where it names none.
    """

    input: Any
    scratch: Path
    seed: int
    quick: bool
    python: Path

    def process(
        self,
        command: Sequence[str | Path],
        *,
        cores: int | None = None,
        env: Mapping[str, str] | None = None,
        may_exit: Sequence[int] = (0,),
        timeout_s: float = 1800,
    ) -> Finished:
        """Runs a command to its end in ``scratch``, held to ``cores`` cores if given.

        Raises Unavailable if it is not there, exits with a code not in ``may_exit`` or runs past ``timeout_s``.
        """
        words = [str(word) for word in command]
        name = Path(words[0]).name
        allowed = sorted(os.sched_getaffinity(0))[:cores]
        launcher = [sys.executable, "-I", "-S", "-c", _LAUNCHER, json.dumps(allowed), str(timeout_s), *words]
        done = subprocess.run(
            launcher, cwd=self.scratch, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, capture_output=True
        )
        if done.returncode:
            raise Unavailable(f"{name} could not be run: {_last_line(done.stderr)}")
        report, stdout, stderr = ((self.scratch / f".{part}").read_bytes() for part in ("report", "stdout", "stderr"))
        seconds, cpu_seconds, peak, code = json.loads(report)
        if code is None:
            raise Unavailable(f"{name} did not end within {timeout_s:.0f} s")
        if code not in may_exit:
            raise Unavailable(f"{name} exited with {code}: {_last_line(stderr)}")
        return Finished(seconds, cpu_seconds, peak, stdout, stderr)


_LAUNCHER = """
import json, os, resource, subprocess, sys, time
allowed, limit, words = json.loads(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]
os.sched_setaffinity(0, allowed)
with open(".stdout", "wb") as out, open(".stderr", "wb") as err:
    began = time.perf_counter()
    try:
        code = subprocess.Popen(words, stdout=out, stderr=err).wait(limit)
    except subprocess.TimeoutExpired:
        code = None
    except OSError as error:
        sys.exit(error.strerror)
    seconds = time.perf_counter() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(".report", "w") as report:
    json.dump([seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, code], report)
"""
# A process inherits the peak of the one that started it, so a small one stands between this and what is measured.


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


@dataclass(frozen=True)
class Runner:
    """Kuager or a peer: a name, what it does in one round, and where it runs.

    ``version``: a command whose first line of output is the version, or the version; by default the environment's pins.
    """

    name: str
    run: Callable[[Work], Measured]
    environment: Environment | None = None
    version: tuple[str, ...] | str | None = None


@dataclass(frozen=True)
class Metric:
    """A number that runners return, and how the numbers of all rounds become one.

    ``pool`` gets what the rounds returned and gives the figure, for such as recall over counts that rounds return; the
    median of the rounds' values by default.
    """

    name: str
    better: Literal["higher", "lower"] = "higher"
    pool: Callable[[Sequence[Measured]], float] | None = None

    def figure(self, rounds: Sequence[Measured]) -> float:
        """The figure over these rounds."""
        if self.pool is not None:
            return float(self.pool(rounds))
        return float(median(measured[self.name] for measured in rounds))


@dataclass(frozen=True)
class Bar:
    """What must be reached: a value of Kuager's, or with ``against`` a ratio to that peer.

    A ratio is written so that above 1 Kuager does better, whichever way the metric points.
    """

    metric: str
    at_least: float | None = None
    at_most: float | None = None
    against: str | None = None

    def met(self, value: float) -> bool:
        """Whether ``value`` reaches the bar."""
        low = self.at_least is None or value >= self.at_least
        return low and (self.at_most is None or value <= self.at_most)

    def words(self) -> str:
        """The bar as the table says it."""
        limits = [("≥", self.at_least), ("≤", self.at_most)]
        said = " and ".join(f"{sign} {limit:,g}" for sign, limit in limits if limit is not None)
        return f"{self.metric} {said}" + (f" × {self.against}" if self.against else "")


@dataclass(frozen=True)
class Comparison:
    """One declaration: see the module. For each seed, ``warm_up`` rounds are thrown away and ``rounds`` are kept.

    With ``keep`` the work is kept between runs (under ``bench/.work/kept``), for such as takes minutes to make.
    """

    name: str
    what: str
    prepare: Callable[[int, Path, bool], Any]
    ours: Runner
    metrics: tuple[Metric, ...]
    peers: tuple[Runner, ...] = ()
    bars: tuple[Bar, ...] = ()
    seeds: tuple[int, ...] = (9000,)
    tuning_seeds: tuple[int, ...] = (1000,)
    rounds: int = 5
    warm_up: int = 1
    notes: str = ""
    keep: bool = False

    def __post_init__(self) -> None:
        def require(holds: bool, why: str) -> None:
            if not holds:
                raise DeclarationError(f"comparison {self.name}: {why}")

        names = [runner.name for runner in (self.ours, *self.peers)]
        metrics = [metric.name for metric in self.metrics]
        require(not set(self.seeds) & set(self.tuning_seeds), "a seed is both for tuning and for reporting")
        require(set(self.seeds) <= set(REPORTING_SEEDS), "seeds for reporting lie in 9000–9999")
        require(set(self.tuning_seeds) <= set(TUNING_SEEDS), "seeds for tuning lie in 1000–1999")
        require(bool(self.seeds) and self.rounds > 0, "there is nothing to run")
        require(len(set(names)) == len(names), "two runners have one name")
        require(bool(metrics) and len(set(metrics)) == len(metrics), "metrics lack or share a name")
        for bar in self.bars:
            require(bar.metric in metrics, f"a bar is on the unknown metric {bar.metric}")
            require(bar.against is None or bar.against in names[1:], f"a bar is against the unknown {bar.against}")
            require(bar.at_least is not None or bar.at_most is not None, "a bar has no limit")


REGISTERED: dict[str, Comparison] = {}


def register(comparison: Comparison) -> Comparison:
    """Makes ``python -m bench`` know a comparison. Raises DeclarationError if the name is taken."""
    if comparison.name in REGISTERED:
        raise DeclarationError(f"comparison {comparison.name} is declared twice")
    REGISTERED[comparison.name] = comparison
    return comparison
