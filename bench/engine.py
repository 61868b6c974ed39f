"""The engine beside a plain process pool: what an item costs, and what worker kills lose."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.harness import Bar, Comparison, Metric, Runner, Work, register

ITEMS, KILLS = 200, 20


def _count(seed: int, folder: Path, quick: bool) -> int:
    return 1000 if quick else 10_000


def _tasks(count: int, sleep_s: float) -> list[Any]:
    from bench._engine_work import Trivial
    from kuager.examine import Subject, examinations

    subjects = [Subject(f"{number:064x}", str(number), "text/plain") for number in range(count)]
    return list(examinations(subjects, [Trivial()], {"trivial": {"sleep_s": sleep_s}}))


def _overhead(work: Work) -> Mapping[str, float]:
    from bench._engine_work import Memory
    from kuager.examine import Pool, run

    tasks = _tasks(work.input, 0.0)
    with Pool(2) as pool:
        start = time.perf_counter()
        outcome = run(tasks, Memory(), pool)
        seconds = time.perf_counter() - start
    assert outcome.done == work.input
    return {"ms an item": 1000 * seconds / work.input}


def _plain_overhead(work: Work) -> Mapping[str, float]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    from bench._engine_work import nothing

    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        start = time.perf_counter()
        done = [future.result() for future in [pool.submit(nothing, str(n), 0.0) for n in range(work.input)]]
        seconds = time.perf_counter() - start
    assert len(done) == work.input
    return {"ms an item": 1000 * seconds / work.input}


def _kill_some(pids: Callable[[], Sequence[int]], seed: int, over: threading.Event) -> None:
    chance, kills = random.Random(seed), 0
    while kills < KILLS and not over.is_set():
        time.sleep(chance.uniform(0.01, 0.08))
        for pid in chance.sample(list(pids()), k=min(1, len(pids()))):
            try:
                os.kill(pid, signal.SIGKILL)
                kills += 1
            except ProcessLookupError:
                pass


def _kills(work: Work) -> Mapping[str, float]:
    from bench._engine_work import Memory
    from kuager.examine import Pool, run

    ledger, over = Memory(), threading.Event()
    with Pool(2) as pool:
        killer = threading.Thread(target=_kill_some, args=(pool.pids, work.seed, over))
        killer.start()
        run(_tasks(ITEMS, 0.02), ledger, pool)
        over.set()
        killer.join()
        restarts = pool.started - 2
    return {"lost": float(ITEMS - len(ledger.kept)), "restarts": float(restarts)}


def _plain_kills(work: Work) -> Mapping[str, float]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    from bench._engine_work import nothing

    over, kept = threading.Event(), 0
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(nothing, str(number), 0.02) for number in range(ITEMS)]

        def pids() -> list[int]:
            return list(pool._processes or {})

        killer = threading.Thread(target=_kill_some, args=(pids, work.seed, over))
        killer.start()
        for future in futures:
            try:
                future.result()
                kept += 1
            except Exception:
                continue
        over.set()
        killer.join()
    return {"lost": float(ITEMS - kept), "restarts": 0.0}


def _prepare_nothing(seed: int, folder: Path, quick: bool) -> None:
    return None


register(
    Comparison(
        name="engine.overhead",
        what="10,000 trivial items through two workers",
        prepare=_count,
        ours=Runner("kuager.examine.Pool", _overhead),
        peers=(Runner("ProcessPoolExecutor", _plain_overhead),),
        metrics=(Metric("ms an item", better="lower"),),
        bars=(Bar("ms an item", at_most=5),),
    )
)
register(
    Comparison(
        name="engine.kills",
        what="200 items of 20 ms while 20 workers are killed at random moments",
        prepare=_prepare_nothing,
        ours=Runner("kuager.examine.Pool", _kills),
        peers=(Runner("ProcessPoolExecutor", _plain_kills),),
        metrics=(
            Metric("lost", better="lower", pool=lambda rounds: max(each["lost"] for each in rounds)),
            Metric("restarts", better="lower", pool=lambda rounds: max(each["restarts"] for each in rounds)),
        ),
        bars=(Bar("lost", at_most=0), Bar("restarts", at_most=KILLS)),
        seeds=tuple(range(9000, 9005)),
        rounds=1,
        warm_up=0,
    )
)
