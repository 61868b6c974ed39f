"""A list of names per source, and the reachability of the town's networks, with their truth."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path
from typing import Any

import numpy as np

from kuager.drill.pages.facts import Facts

# As the official list, the rights group and the volunteers write them.
GIVEN = tuple(
    tuple(one.split("/"))
    for one in ("Yerlan/Erlan/Ерлан Zhanibek/Janibek/Жанибек Aigul/Aygul/Айгуль Nurlan/Nurlan/Нурлан "
                "Marzhan/Marjan/Маржан Yerbol/Erbol/Ербол Kuanysh/Quanysh/Куаныш Gulzhan/Guljan/Гульжан "
                "Saltanat/Saltanat/Салтанат Bekzhan/Bekjan/Бекжан").split()
)  # fmt: skip
FAMILY = tuple(
    tuple(one.split("/"))
    for one in ("Akhmetov/Ahmetov/Ахметов Zhumabaev/Jumabayev/Жумабаев Suleimenov/Suleymenov/Сулейменов "
                "Kairatov/Qairatov/Кайратов Yesenov/Esenov/Есенов Tazhibaev/Tajibayev/Тажибаев "
                "Khamitov/Hamitov/Хамитов Ongarov/Ongarov/Онгаров").split()
)  # fmt: skip
WOMEN = {"Aigul", "Marzhan", "Gulzhan", "Saltanat"}


def write_lists(folder: Path, facts: Facts, rng: np.random.Generator) -> list[dict[str, Any]]:
    """Three lists of the dead that overlap: the official one, a rights group's, and the volunteers' in Russian."""
    official, named = int(facts.words["K3"]), int(facts.words["L"])
    order = rng.permutation(len(GIVEN) * len(FAMILY))
    people = [(GIVEN[int(n) % len(GIVEN)], FAMILY[int(n) // len(GIVEN)]) for n in order[: named + 6]]
    ages = [int(age) for age in rng.integers(17, 71, len(people))]
    chosen = {
        "official": sorted(rng.choice(named, official, replace=False).tolist()),
        "rights-group": list(range(named)),
        "volunteers": sorted(rng.choice(len(people), named - 2, replace=False).tolist()),
    }
    found = []
    for column, (source, numbers) in enumerate(chosen.items()):
        rows = []
        for number in numbers:
            given, family = people[number]
            ending = ("", "a", "а")[0 if given[0] not in WOMEN else 2 if column == 2 else 1]
            # Who keeps a list mishears an age now and then; a name alone is not a person.
            age = ages[number] + (int(rng.integers(-2, 3)) if rng.random() < 0.15 else 0)
            rows.append((f"{family[column]}{ending} {given[column]}", age, "killed", number))
        rng.shuffle(rows)
        path = f"lists/{source}.csv"
        with (folder / path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("name", "age", "status", "note"))
            writer.writerows((name, age, status, "DRILL, invented") for name, age, status, _ in rows)
        found.append({"path": path, "source": source, "persons": [f"person{row[3]:03d}" for row in rows]})
    return found


def write_outage(folder: Path, facts: Facts, rng: np.random.Generator) -> dict[str, Any]:
    """Share of the town's networks that answered, every ten minutes for six days, with the outage in it."""
    first = datetime.datetime.combine(facts.days[0], datetime.time(), datetime.UTC)
    starts = first + datetime.timedelta(minutes=10 * int(rng.integers(80, 100)))
    ends = first + datetime.timedelta(days=4, minutes=10 * int(rng.integers(50, 90)))
    with (folder / "outage.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("time_utc", "reachable_share", "note"))
        for step in range(6 * 144):
            now = first + datetime.timedelta(minutes=10 * step)
            usual = 0.93 + 0.03 * float(np.sin(2 * np.pi * step / 144))
            share = float(rng.uniform(0.0, 0.04)) if starts <= now < ends else usual + float(rng.normal(0, 0.012))
            writer.writerow((now.isoformat().replace("+00:00", "Z"), f"{min(max(share, 0), 1):.3f}", "DRILL"))
    return {
        "path": "outage.csv",
        "start": starts.isoformat().replace("+00:00", "Z"),
        "end": ends.isoformat().replace("+00:00", "Z"),
        "step_s": 600,
    }
