"""``python -m bench [--only NAME…] [--quick] [--tuning] [--list]``: runs comparisons and writes the table."""

from __future__ import annotations

import argparse
import fcntl
import importlib
import os
import pkgutil
import shutil
import sys
from pathlib import Path

import bench
from bench import measure, report
from bench.harness import REGISTERED, Comparison

HERE = Path(__file__).resolve().parent
WORK = HERE / ".work"
RESULTS = HERE / "results.json"
PAGE = HERE.parent / "docs" / "reference" / "benchmarks.md"


def load() -> list[str]:
    """Imports the modules that declare comparisons; returns what could not be imported.

    Modules named ``_…`` or ``…_work`` hold work for others and may need packages that only a peer's environment has.
    """
    broken = []
    for module in pkgutil.iter_modules(bench.__path__):
        if module.name.startswith("_") or module.name.endswith("_work"):
            continue
        try:
            importlib.import_module(f"bench.{module.name}")
        except Exception as error:  # one room's broken module must not keep the others from being measured
            broken.append(f"bench/{module.name}.py cannot be imported: {type(error).__name__}: {error}")
    return broken


def chosen(only: list[str]) -> list[Comparison]:
    """The comparisons whose name is, or begins with, one of ``only`` (all if empty)."""
    return [
        REGISTERED[name]
        for name in sorted(REGISTERED)
        if not only or any(name == asked or name.startswith(asked + ".") for asked in only)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measures Kuager against its peers.")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these comparisons, or all under a name")
    parser.add_argument("--quick", action="store_true", help="show that they run; writes nothing down")
    parser.add_argument("--tuning", action="store_true", help="on the tuning seeds; writes nothing down")
    parser.add_argument("--list", action="store_true", help="list the comparisons")
    asked = parser.parse_args()
    broken = load()
    for why in broken:
        print(why, file=sys.stderr)
    if asked.list:
        for comparison in chosen(asked.only):
            print(f"{comparison.name}: {comparison.what}")
        return 1 if broken else 0
    comparisons = chosen(asked.only)
    if not comparisons:
        print("No comparison has that name; see: python -m bench --list", file=sys.stderr)
        return 2
    for comparison in comparisons:
        result = measure.run(
            comparison,
            WORK / str(os.getpid()),
            quick=asked.quick,
            tuning=asked.tuning,
            tell=lambda text: print(text, file=sys.stderr, flush=True),
        )
        print(report.section(result), flush=True)
        if not asked.quick and not asked.tuning:
            with open(WORK / "lock", "w") as lock:  # other rooms may be measuring too
                fcntl.flock(lock, fcntl.LOCK_EX)
                PAGE.write_text(report.page(report.merge(RESULTS, [result]), list(REGISTERED)), "utf-8")
    shutil.rmtree(WORK / str(os.getpid()), ignore_errors=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
