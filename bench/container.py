"""Containers: how fast and how many are read, which software is named, which edits are found and where."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.harness import Bar, Comparison, Metric, Runner, Unavailable, Work, register

_NEAR_FRAMES = 2
_EDITS = ("drop, time kept", "drop, rebuilt", "freeze", "insertion", "speed", "audio splice", "double encode")


def _originals() -> list[Path]:
    from bench.container_work import INPUTS

    found = [path for name in ("containers", "tapes") for path in sorted((INPUTS / name).glob("*"))]
    return [path for path in found if path.suffix in (".mp4", ".mov", ".3gp")]


def _remuxes(seed: int, folder: Path, quick: bool) -> list[tuple[Path, str]]:
    from bench.container_work import remuxes

    return remuxes(folder, _originals()[: 2 if quick else 9])


def _read(work: Work) -> Mapping[str, float]:
    from kuager.instruments.container import inspect_container

    files = [path for path, _ in work.input] + _originals()
    if not files:
        raise Unavailable("no real recordings and no tools that rewrite them")
    read, seconds = 0, []
    for path in files:
        start = time.perf_counter()
        found = inspect_container(path)
        seconds.append(time.perf_counter() - start)
        read += found.format != "unknown" and not found.problems
    return {"ms a file": 1000 * sorted(seconds)[len(seconds) // 2], "read": read / len(files), "files": len(files)}


def _named(work: Work) -> Mapping[str, float]:
    from kuager.instruments.container import inspect_container

    if not work.input:
        raise Unavailable("ffmpeg, exiftool or mkvmerge and real recordings are needed")
    named = [(inspect_container(path).writer, software) for path, software in work.input]
    right = sum(writer is not None and writer.software == software for writer, software in named)
    wrong = sum(writer is not None and writer.software != software for writer, software in named)
    return {"named": right / len(named), "wrongly named": wrong / len(named), "files": len(named)}


def _cuts(seed: int, folder: Path, quick: bool) -> Any:
    from bench.container_work import cuts

    return cuts(seed, folder, 8.0 if quick else 12.0)


def _found(work: Work) -> Mapping[str, float]:
    from bench.container_work import RATE
    from kuager.instruments.edits import find_edits

    answer: dict[str, float] = {"false": 0.0, "minutes": 0.0}
    for cut in work.input:
        edits = find_edits(cut.path)
        if cut.kind is None:
            answer["false"] += len(edits)
            answer["minutes"] += cut.length_s / 60
            continue
        whole = cut.kind in ("speed", "double_encoded")
        near_s = (_NEAR_FRAMES + 0.5) / RATE
        answer[cut.name] = float(
            any(
                one.kind == cut.kind
                and (whole or (abs(one.start_s - cut.start_s) <= near_s and abs(one.end_s - cut.end_s) <= near_s))
                for one in edits
            )
        )
    return answer


def _share(name: str) -> Metric:
    return Metric(name, pool=lambda rounds: sum(each[name] for each in rounds) / len(rounds))


def _false(rounds: Sequence[Mapping[str, float]]) -> float:
    return 5 * sum(each["false"] for each in rounds) / sum(each["minutes"] for each in rounds)


register(
    Comparison(
        name="container.read",
        what="real recordings and remuxes of them: share whose structure is read to its end, and time for each",
        prepare=_remuxes,
        ours=Runner("kuager.instruments.container", _read),
        metrics=(Metric("ms a file", better="lower"), Metric("read"), Metric("files")),
        bars=(Bar("ms a file", at_most=5.0), Bar("read", at_least=0.99)),
    )
)
register(
    Comparison(
        name="container.writer",
        what="software that wrote a file last, on remuxes made with FFmpeg, mkvmerge and exiftool",
        prepare=_remuxes,
        ours=Runner("kuager.instruments.container", _named),
        metrics=(Metric("named"), Metric("wrongly named", better="lower"), Metric("files")),
        bars=(Bar("named", at_least=0.976), Bar("wrongly named", at_most=0.0)),
        seeds=(9000,),
        rounds=1,
        warm_up=0,
    )
)
register(
    Comparison(
        name="container.edits",
        what="edits found within 2 frames in hand-held recordings made by program, and false flags in them untouched",
        prepare=_cuts,
        ours=Runner("kuager.instruments.edits", _found),
        metrics=(
            *(_share(name) for name in _EDITS),
            Metric("false flags in 5 min", better="lower", pool=_false),
        ),
        bars=(*(Bar(name, at_least=0.9) for name in _EDITS), Bar("false flags in 5 min", at_most=1.0)),
        seeds=tuple(range(9000, 9020)),
        tuning_seeds=tuple(range(1000, 1010)),
        rounds=1,
        warm_up=0,
    )
)
