"""Peers of the clock on the same decoded sound: BBC audio-offset-finder, and Chromaprint's fingerprints compared at
every offset."""

from __future__ import annotations

import itertools
import json
import time
import wave
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.harness import Work

if TYPE_CHECKING:
    from bench.clock_work import Answer

SHORTEST_S = 3.0
FINGERPRINT_S = 1365 / 11025
"""Time between two of Chromaprint's words (its documentation: a third of frames of 4096 samples at 11025 Hz)."""

_BBC = """
import itertools, json, sys, time, wave, warnings
import numpy as np
warnings.simplefilter("ignore")
from audio_offset_finder.audio_offset_finder import find_offset_between_buffers
sounds = []
for path in sys.argv[1:]:
    with wave.open(path) as file:
        sounds.append(np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float))
find_offset_between_buffers(sounds[0], sounds[1], 8000)
began, rows = time.perf_counter(), []
for i, j in itertools.combinations(range(len(sounds)), 2):
    try:
        found = find_offset_between_buffers(sounds[i], sounds[j], 8000)
        rows.append([i, j, float(found["standard_score"]), float(found["time_offset"])])
    except Exception:
        pass
print(json.dumps({"rows": rows, "seconds": time.perf_counter() - began}))
"""


def bbc(work: Work) -> tuple[dict[tuple[int, int], Answer], dict[str, float]]:
    """Its best offset for every pair with its standard score; each pair's features are computed anew, as it does."""
    kept, paths = _waves(work)
    done = work.process([work.python, "-c", _BBC, *paths], cores=1)
    found = json.loads(done.stdout)
    return _answers(work, kept, found["rows"]), {"comparing s": found["seconds"]}


def chromaprint(work: Work) -> tuple[dict[tuple[int, int], Answer], dict[str, float]]:
    """The offset at which most bits of two raw fingerprints agree, in standard deviations of chance."""
    kept, paths = _waves(work)
    began = time.perf_counter()
    prints = []
    for path in paths:
        done = work.process(["fpcalc", "-raw", "-json", "-length", "0", path], may_exit=(0, 3))
        prints.append(np.array(json.loads(done.stdout)["fingerprint"], np.uint32))
    rows = []
    for i, j in itertools.combinations(range(len(kept)), 2):
        score, offset = _best_offset(prints[i], prints[j])
        rows.append([i, j, score, offset])
    return _answers(work, kept, rows), {"comparing s": time.perf_counter() - began}


def _best_offset(left: Any, right: Any) -> tuple[float, float]:
    least = round(SHORTEST_S / FINGERPRINT_S)
    lags = range(-len(right) + least, len(left) - least + 1)
    scores = np.full(max(len(lags), 1), -np.inf)
    for k, lag in enumerate(lags):
        a, b = left[max(lag, 0) : lag + len(right)], right[max(-lag, 0) : max(-lag, 0) + len(left) - max(lag, 0)]
        apart = np.bitwise_count(a ^ b[: len(a)])
        # Neighbouring words share most of their sound: a word counts as four bits that are free.
        scores[k] = (0.5 - apart.mean() / 32) * 2 * np.sqrt(len(apart) * 4)
    best = int(scores.argmax())
    part = 0.0
    if 0 < best < len(scores) - 1:
        before, peak, after = scores[best - 1 : best + 2]
        part = 0.5 * (before - after) / min(before - 2 * peak + after, -1e-9)
    return float(scores[best]), (lags[best] + part) * FINGERPRINT_S if len(lags) else 0.0


def _waves(work: Work) -> tuple[list[tuple[int, float]], list[str]]:
    """The sounding recordings' places and starts, and their sound as 16-bit PCM at 8 kHz."""
    from kuager.instruments import clock

    recordings, _ = clock.read_recordings(work.input.paths, work.scratch)
    place = {path: number for number, path in enumerate(work.input.paths)}
    kept, paths = [], []
    for one in recordings:
        if one.samples is None or not np.any(one.samples):
            continue
        path = Path(work.scratch) / f"{place[one.name]}.wav"
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, clock.RATE, 0, "NONE", ""))
            file.writeframes(np.asarray(one.samples, "<i2").tobytes())
        kept.append((place[one.name], one.start_s))
        paths.append(str(path))
    return kept, paths


def _answers(work: Work, kept: list[tuple[int, float]], rows: list[list[Any]]) -> dict[tuple[int, int], Answer]:
    from bench.clock_work import Answer

    return {
        (kept[i][0], kept[j][0]): Answer(score, offset + kept[i][1] - kept[j][1], False) for i, j, score, offset in rows
    }
