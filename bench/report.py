"""Results as JSON (``bench/results.json``) and as the table of ``docs/reference/benchmarks.md``."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_HEAD = """# Benchmarks

Kuager against its peers, measured in one run on one machine: `make bench`. Rounds are interleaved; a figure is the
median over n rounds unless its metric says otherwise, *spread* the smallest and largest round, intervals are 95 %
bootstrap over rounds. A ratio above 1 means that Kuager does better, whichever way the metric points. Peers run in
environments of their own; a peer that failed is told. `python -m bench` writes this page from `bench/results.json`.
"""


def machine() -> dict[str, Any]:
    """What the figures depend on; ``load`` is the load average of the last five minutes. No name of the machine."""
    return {
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[1], 1),
    }


def merge(path: Path, results: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Puts results into the JSON file, each in place of the one of its name, and returns all that it then holds."""
    held = {one["name"]: one for one in (json.loads(path.read_text("utf-8")) if path.exists() else [])}
    stamp = {"measured": datetime.now(UTC).strftime("%Y-%m-%d"), "machine": machine()}
    held |= {one["name"]: {**one, **stamp} for one in results}
    ordered = [held[name] for name in sorted(held)]
    path.write_text(json.dumps(ordered, ensure_ascii=False, indent=1, allow_nan=False) + "\n", "utf-8")
    return ordered


def page(results: Sequence[Mapping[str, Any]], declared: Sequence[str] = ()) -> str:
    """The whole page of the docs; comparisons that are declared and have no figures yet are told."""
    parts = [_HEAD, _summary(results)]
    missing = sorted(set(declared) - {result["name"] for result in results})
    if missing:
        parts.append(f"Declared, and not run to the end yet, so nothing is claimed: {', '.join(missing)}.\n")
    parts += [section(result) for result in results]
    return "\n".join(parts)


def section(result: Mapping[str, Any]) -> str:
    """One comparison: its table and its bars."""
    lines = [f"## {result['name']}", "", result["what"][:1].upper() + result["what"][1:] + ".", ""]
    lines += ["| | version | metric | figure | spread | ratio | n |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for runner in result["runners"]:
        lines += _rows(runner)
    lines.append("")
    lines += [f"- {_verdict(bar)}" for bar in result["bars"]]
    if result["notes"]:
        lines += ["", result["notes"]]
    if result.get("machine"):
        host = result["machine"]
        lines += [
            "",
            f"Measured {result['measured']} on {host['cores']} cores of {host['cpu']}, {host['memory_gb']} GB, "
            f"{host['system']}, Python {host['python']}, on {result['seeds']} seeds{_busy(host)}.",
        ]
    return "\n".join(lines) + "\n"


def _busy(host: Mapping[str, Any]) -> str:
    """Says so where other work ran beside: an interleaved ratio bears that, a wall time does not."""
    load = host.get("load", 0)
    return f", beside other work (load {load})" if load > host["cores"] else ""


def _summary(results: Sequence[Mapping[str, Any]]) -> str:
    bars = [bar for result in results for bar in result["bars"]]
    met = sum(bar["met"] is True for bar in bars)
    return f"{met} of {len(bars)} bars met.\n" if bars else ""


def _rows(runner: Mapping[str, Any]) -> list[str]:
    who = f"| {runner['name']} | {_cell(runner['version'])} |"
    if not runner["n"]:
        return [f"{who} failed: {_cell('; '.join(runner['failures']))} | | | | 0 |"]
    rows: list[str] = []
    for name, found in runner["metrics"].items():
        n = f"{runner['n']}, {runner['failed']} failed" if runner["failed"] else f"{runner['n']}"
        spread = "–".join(_show(end) for end in found["spread"])
        what = f"{name} ({found['better']} is better)"
        rows.append(
            f"{'| | |' if rows else who} {what} | {_show(found['figure'])} | {spread} | {_ratio(found)} | {n} |"
        )
    return rows


def _ratio(found: Mapping[str, Any]) -> str:
    if found.get("ratio") is None:
        return ""
    low, high = found["ratio_interval"]
    return f"{_show(found['ratio'])} ({_show(low)}–{_show(high)})"


def _verdict(bar: Mapping[str, Any]) -> str:
    if bar["met"] is None:
        return f"{bar['bar']}: **not measured**, because a side failed."
    if not bar["met"]:
        return f"{bar['bar']}: **not met**, {_show(bar['value'])}."
    unsure = "" if bar["surely"] else ", though the interval reaches past the bar"
    return f"{bar['bar']}: **met**, {_show(bar['value'])}{unsure}."


def _show(value: float | None) -> str:
    return "?" if value is None else f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")[:200]


def _cpu() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
