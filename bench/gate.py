"""The gate: protected strings planted in what a publication writes, through ``publish`` itself, and clean cases."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.gate_work import PLANTS, clean_page, names
from bench.harness import Bar, Comparison, Measured, Metric, Runner, Work, register

_PLANTED, _CLEAN = 1000, 100


@dataclass(frozen=True)
class _Made:
    """A case that shows one page; what is planted where; and how many clean cases there are to be."""

    case: Path
    home: Path
    planted: tuple[tuple[str, str], ...]
    clean: int


def _prepare(seed: int, folder: Path, quick: bool) -> _Made:
    return make(seed, folder, 2 * len(PLANTS), 5) if quick else make(seed, folder, _PLANTED, _CLEAN)


def make(seed: int, folder: Path, count: int, clean: int) -> _Made:
    """A case in ``folder``, ``count`` strings to be planted, and how many clean cases are to be made."""
    from kuager.record.acquiring import Acquisition
    from kuager.record.case import Case
    from kuager.record.home import Home
    from kuager.record.intake import add

    home = Home(folder / "home")
    with Case.create(folder / "case", home.signer(), "Planted", False, home.identities()) as case:
        (folder / "notice.txt").write_text(clean_page(seed), encoding="utf-8")
        add(case, [folder / "notice.txt"], Acquisition(public=True))
    surfaces = list(PLANTS)
    planted = tuple((surfaces[n % len(surfaces)], name) for n, name in enumerate(names(count, seed)))
    return _Made(folder / "case", folder / "home", planted, clean)


def through_publish(work: Work) -> Mapping[str, float]:
    """Plants each string in the folder that ``publish`` is about to search, and publishes each clean case."""
    made: _Made = work.input
    stopped = leaked = told = 0
    for number, (surface, name) in enumerate(made.planted):
        out = work.scratch / f"planted-{number}"
        message = _refused(made, out, surface, name)
        stopped += message is not None
        leaked += out.exists()
        told += message is not None and any(word.casefold() in message.casefold() for word in name.split())
    stops = sum(_clean_stops(work.scratch / f"clean-{n}", work.seed * 1000 + n) for n in range(made.clean))
    return {
        "planted": len(made.planted),
        "stopped": stopped,
        "in an output": leaked,
        "named in the message": told,
        "clean": made.clean,
        "false stops": stops,
    }


def _refused(made: _Made, out: Path, surface: str, name: str) -> str | None:
    """What ``publish`` said when it refused; None where it did not."""
    import shutil

    from kuager.errors import RefusedError
    from kuager.faces.page.reading import page_of
    from kuager.faces.page.render import render
    from kuager.record.case import Case
    from kuager.record.home import Home
    from kuager.release import Released, derive
    from kuager.release import publish as publish_folder
    from kuager.release.protection import protect

    copy = out.with_name(f"{out.name}-case")
    derived = made.case.parent / "derived"
    home = Home(made.home)
    if not derived.exists():  # what the page shows is made once; each string is protected in a copy of that case
        shutil.copytree(made.case, derived)
        with Case.open(derived, home.signer(), home.identities()) as case:
            derive(case)
    shutil.copytree(derived, copy)
    try:
        with Case.open(copy, home.signer(), home.identities()) as case:
            (handle,) = protect(case, [name])

            def write(released: Released, folder: Path) -> None:
                render(page_of(released, lambda digest: case.object_path(digest).read_bytes()), folder)
                PLANTS[surface](folder, name)

            try:
                publish_folder(case, out, write)
            except RefusedError as error:
                return error.message if handle in error.message else None
            return None
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def _clean_stops(folder: Path, seed: int) -> bool:
    """Whether publication of a case stops in which no protected string stands."""
    from kuager.errors import RefusedError
    from kuager.faces.page import publish
    from kuager.record.acquiring import Acquisition
    from kuager.record.case import Case
    from kuager.record.home import Home
    from kuager.record.intake import add
    from kuager.release.protection import protect

    folder.mkdir(parents=True)
    home = Home(folder / "home")
    with Case.create(folder / "case", home.signer(), "Clean", False, home.identities()) as case:
        (folder / "notice.txt").write_text(clean_page(seed), encoding="utf-8")
        add(case, [folder / "notice.txt"], Acquisition(public=True))
        protect(case, names(10, seed))
        try:
            publish(case, folder / "page")
        except RefusedError:
            return True
    return False


def _grep(work: Work) -> Mapping[str, float]:
    """What a newsroom has today: grep over the folder, in any case."""
    made: _Made = work.input
    stopped = 0
    for number, (surface, name) in enumerate(made.planted):
        folder = work.scratch / f"planted-{number}"
        folder.mkdir()
        PLANTS[surface](folder, name)
        done = subprocess.run(["grep", "-raiFq", "--", name, str(folder)], check=False)
        stopped += done.returncode == 0
    empty = {"in an output": len(made.planted) - stopped, "named in the message": 0, "clean": 0, "false stops": 0}
    return {"planted": len(made.planted), "stopped": stopped, **empty}


def _share(rounds: Sequence[Measured]) -> float:
    return sum(one["stopped"] for one in rounds) / sum(one["planted"] for one in rounds)


def _sum(key: str) -> Metric:
    return Metric(key, better="lower", pool=lambda rounds: sum(one[key] for one in rounds))


register(
    Comparison(
        name="gate.protected",
        what=f"{_PLANTED} protected strings on {len(PLANTS)} kinds of surface through publish; {_CLEAN} clean cases",
        prepare=_prepare,
        ours=Runner("kuager publish", through_publish),
        peers=(Runner("grep -raiF", _grep, version=("grep", "--version")),),
        metrics=(
            Metric("share stopped", pool=_share),
            _sum("in an output"),
            _sum("named in the message"),
            _sum("false stops"),
        ),
        bars=(
            Bar("share stopped", at_least=1),
            Bar("in an output", at_most=0),
            Bar("named in the message", at_most=0),
            Bar("false stops", at_most=1),
        ),
        rounds=1,
        warm_up=0,
        notes="False stops are of 100 clean cases with ten protected names each. grep is given the planted file alone.",
    )
)
