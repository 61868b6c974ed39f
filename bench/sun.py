"""The sun over the globe: Kuager beside ShadowFinder, both held against pvlib."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from random import Random

from bench.harness import Bar, Comparison, Environment, Metric, Runner, Work, register

_SHADOWFINDER = Environment(
    "shadowfinder",
    (
        "shadowfinder==0.7.1",
        "cartopy==0.24.1",
        "fire==0.7.0",
        "matplotlib==3.10.0",
        "numpy==2.2.6",
        "pandas==2.2.3",
        "pytz==2025.2",
        "suncalc==0.1.3",
        "timezonefinder==6.5.9",
    ),
)

# What the peer computes over its own grid: the likelihood of each place from the sun's elevation, for one moment.
_PEER = """
import json, sys, time, warnings
from datetime import datetime
warnings.filterwarnings("ignore")
from shadowfinder import ShadowFinder
finder = ShadowFinder()
moments = json.loads(sys.argv[1])
seconds = []
for moment in moments:
    finder.set_details(datetime.fromisoformat(moment), object_height=10, shadow_length=8, time_format="utc")
    start = time.perf_counter()
    finder.find_shadows()
    seconds.append(time.perf_counter() - start)
print(json.dumps({"seconds": sorted(seconds)[len(seconds) // 2]}))
"""


def _moments(seed: int, folder: Path, quick: bool) -> list[str]:
    random = Random(seed)
    return [
        f"{random.randint(1990, 2035)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        f"T{random.randint(0, 23):02}:{random.randint(0, 59):02}:00"
        for _ in range(3 if quick else 9)
    ]


def _timed(work: Work) -> Mapping[str, float]:
    import numpy as np

    from kuager.instruments.sun import sun_position

    lat, lon = np.meshgrid(np.arange(-60, 85, 0.5), np.arange(-180, 180, 0.5), indexing="ij")
    seconds = []
    for moment in work.input:
        start = time.perf_counter()
        sun_position(lat, lon, moment)
        seconds.append(time.perf_counter() - start)
    return {"s": sorted(seconds)[len(seconds) // 2]}


def _searched(work: Work) -> Mapping[str, float]:
    """Where one shadow is possible over the whole globe: its clock in UTC, and by each place's own time."""
    from datetime import UTC, datetime

    from kuager.instruments.sun import Shadow, where

    seconds: dict[str, list[float]] = {"UTC s": [], "local time s": []}
    for moment in work.input:
        for name, zone in (("UTC s", UTC), ("local time s", None)):
            start = time.perf_counter()
            where([(Shadow(2.0, 0.1, 350.0, 5.0), datetime.fromisoformat(moment).replace(tzinfo=zone))])
            seconds[name].append(time.perf_counter() - start)
    return {name: sorted(each)[len(each) // 2] for name, each in seconds.items()}


def _compared(work: Work) -> Mapping[str, float]:
    import numpy as np

    from kuager.instruments.sun import sun_position

    lat, lon = (grid.ravel() for grid in np.meshgrid(np.linspace(-89, 89, 9), np.linspace(-180, 179, 9)))
    worst = (0.0, 0.0)
    for moment in work.input:
        sun = sun_position(lat, lon, moment)
        off = _against_pvlib(lat, lon, moment, sun.elevation_deg, sun.azimuth_deg)
        worst = max(worst[0], off[0]), max(worst[1], off[1])
    return {"elevation, deg": worst[0], "azimuth as an arc, deg": worst[1]}


def _against_pvlib(lat, lon, moment, elevation, azimuth) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    """Largest differences in degrees; the azimuth's as an arc on the sky, for it has no meaning at the zenith."""
    import numpy as np
    import pandas as pd
    from pvlib import solarposition

    worst = (0.0, 0.0)
    index = pd.DatetimeIndex([moment]).tz_localize("UTC")
    for a, b, e, z in zip(lat.ravel(), lon.ravel(), elevation.ravel(), azimuth.ravel(), strict=True):
        row = solarposition.get_solarposition(index, a, b, altitude=0.0, delta_t=None).iloc[0]
        arc = abs((z - row["azimuth"] + 180) % 360 - 180) * float(np.cos(np.radians(e)))
        worst = max(worst[0], abs(e - row["elevation"])), max(worst[1], arc)
    return worst


def _peer(work: Work) -> Mapping[str, float]:
    done = work.process([work.python, "-c", _PEER, json.dumps(work.input)], timeout_s=300)
    return {"s": float(json.loads(done.stdout.splitlines()[-1])["seconds"])}


register(
    Comparison(
        name="sun.globe",
        what="the sun over the globe at 0.5° (208,800 points) for one moment; ShadowFinder: elevation only, no poles",
        prepare=_moments,
        ours=Runner("kuager.instruments.sun", _timed),
        peers=(Runner("ShadowFinder", _peer, environment=_SHADOWFINDER),),
        metrics=(Metric("s", better="lower"),),
        bars=(Bar("s", at_most=0.3),),
    )
)
register(
    Comparison(
        name="sun.shadow",
        what="where a shadow (length and direction) is possible at 0.5°, 259,200 points; local time: nautical zones",
        prepare=_moments,
        ours=Runner("kuager shadow", _searched),
        metrics=(Metric("UTC s", better="lower"), Metric("local time s", better="lower")),
        bars=(Bar("UTC s", at_most=0.3), Bar("local time s", at_most=0.3)),
    )
)
register(
    Comparison(
        name="sun.accuracy",
        what="largest difference from pvlib's own NREL SPA over places on the globe",
        prepare=_moments,
        ours=Runner("kuager.instruments.sun", _compared),
        metrics=(Metric("elevation, deg", better="lower"), Metric("azimuth as an arc, deg", better="lower")),
        bars=(Bar("elevation, deg", at_most=0.01), Bar("azimuth as an arc, deg", at_most=0.01)),
        seeds=tuple(range(9000, 9010)),
        rounds=1,
        warm_up=0,
    )
)
