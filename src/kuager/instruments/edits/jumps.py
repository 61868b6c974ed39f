"""What the trace of pictures tells: a picture that stands still, one that jumps, a stretch that does not belong.

Each measure is held against the recording's own: a restless camera has to jump further before it is told of. How far
the largest changes of a recording reach is fitted as an exponential tail (peaks over a threshold: Pickands 1975).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.edits.cadence import left_out, repeated, usual_of
from kuager.instruments.edits.edit import Edit
from kuager.instruments.edits.timing import runs
from kuager.instruments.edits.trace import Trace

Floats = NDArray[np.float64]

_STILL = 0.3
"""Of what is usual around it: an encoder goes on refining a picture that stands still."""
_PLAINLY_STILL = 0.15
_EQUAL = 0.05
_LEAST_EQUAL = 2
"""Once it is refined nothing changes at all; pictures of a camera held still go on differing."""
_MOST_REDRAWN = 1.5
_LEAST_STILL = 4
_MOST_STILL_S = 2.0
_MOVING = 0.5
"""Grey levels of mean change below which nothing moves enough for a standstill, or a jump, to be told."""
_BRIDGED = 0.125
_BRIDGED_RARE = 0.4
"""Where both ends are jumps that the recording's tail does not explain, less continuity is asked for."""
_ENDS_P = 1e-3
"""Geometric mean over both ends. Some 300 pairs are asked for each picture, and one in a hundred pairs of common jumps
of a shaking camera is as continuous: at 4e-3, as its common jumps have, one would be told in half a minute."""
_ABOVE_ALL = 2.0
"""Times the largest change outside the stretch: then the ends need not be rare beside their neighbours."""
_BRIDGE_FRAMES = 8
_LEAST_INSERTED_S = 0.5
"""What jumps there and back within less is a shaking hand or a flash as often; it is no cut either."""
_END_RATIO = 3.0
_TAIL_SHARE = 0.1
_LEFT_OUT = 3
_JUMP_P = 2.5e-4
_RARE = 1e-4
_KEYFRAME = 0.04
"""A keyframe at its beat is drawn anew and differs a little for that alone: it has to be rarer."""
_BACK = 4.0
_LEAST_TIMES = 1.8
_ALONE = 2.0
"""Times the median of three pictures on either side: a surge of the hand lasts for some pictures, a cut for one."""
_BESIDE = 3
_LEAST_TIMES_DRAWN = 2.5
_ALIVE = 0.25
"""Grey levels: where less than this changes from picture to picture, whatever begins to move looks like a jump."""
_LEAST_FRAMES = 90


def picture_edits(trace: Trace) -> list[Edit]:
    """Edits seen in how pictures follow on each other."""
    if len(trace.time_s) < _LEAST_FRAMES:
        return []
    usual = usual_of(trace.change)
    beat = repeated(trace, usual) or left_out(trace)
    still = [] if beat else frozen(trace)
    inserted = insertions(trace, usual)
    taken = [(edit.start_s - 0.2, edit.end_s + 0.2) for edit in (*still, *inserted)]
    jumped = [one for one in splices(trace) if not any(a <= one.start_s <= b for a, b in taken)]
    return [*beat, *still, *(one for one in inserted if one.end_s - one.start_s >= _LEAST_INSERTED_S), *jumped]


def frozen(trace: Trace) -> list[Edit]:
    """Runs of pictures that are the one before, where pictures around them move."""
    around = usual_of(trace.raw)
    still = (trace.raw < _STILL * around) & (around > _MOVING)
    still[0] = False
    # A keyframe draws a picture anew that may stand still all the same.
    drawn_anew = np.zeros(len(still), np.bool_)
    drawn_anew[1:-1] = trace.keyframe[1:-1] & (still[:-2] | still[2:]) & (around[1:-1] > _MOVING)
    drawn_anew &= trace.raw < _MOST_REDRAWN * around
    still |= drawn_anew
    found = []
    for start, end in runs(still):
        length_s = trace.time_s[min(end, len(still) - 1)] - trace.time_s[start]
        beside = np.concatenate([trace.raw[max(1, start - 6) : start], trace.raw[end : end + 6]])
        if end - start < _LEAST_STILL or length_s > _MOST_STILL_S or len(beside) < 6:
            continue
        share = (trace.raw / around)[start:end][~drawn_anew[start:end]]
        if share.max(initial=0.0) > _PLAINLY_STILL and np.sum(share < _EQUAL) < _LEAST_EQUAL:
            continue
        if np.quantile(beside, 0.25) < 2 * float(trace.raw[start:end][~drawn_anew[start:end]].max(initial=0.0)):
            continue
        detail = f"{end - start} pictures equal to the one before, among pictures that move"
        found.append(
            Edit(
                "frozen", float(trace.time_s[start]), float(trace.time_s[min(end, len(still) - 1)]), "screening", detail
            )
        )
    return found


def insertions(trace: Trace, usual: Floats) -> list[Edit]:
    """Stretches between two jumps whose outer pictures follow on each other."""
    change = trace.change
    p = _rarity(trace)
    rare = p < _RARE
    found: list[Edit] = []
    for bridge in sorted(trace.bridges, key=lambda one: one.change):
        low = min(change[bridge.first], change[bridge.last])
        ends = min(change[bridge.first] / usual[bridge.first], change[bridge.last] / usual[bridge.last])
        most = _BRIDGED_RARE if rare[bridge.first] and rare[bridge.last] else _BRIDGED
        if bridge.change > most * low or bridge.last - bridge.first < _BRIDGE_FRAMES:
            continue
        if ends < _END_RATIO or low < 4 * _MOVING:
            continue
        outside = max(change[: bridge.first].max(initial=0.0), change[bridge.last + 1 :].max(initial=0.0))
        if p[bridge.first] * p[bridge.last] > _ENDS_P**2 and low < _ABOVE_ALL * outside:
            continue
        start_s, end_s = float(trace.time_s[bridge.first]), float(trace.time_s[bridge.last])
        if any(one.start_s < end_s and start_s < one.end_s for one in found):
            continue
        detail = (
            f"without these {bridge.last - bridge.first} pictures the ones around them follow on each other "
            f"({bridge.change / low:.2f} of the jump at their edges)"
        )
        found.append(Edit("insertion", start_s, end_s, "screening", detail))
    return sorted(found, key=lambda one: one.start_s)


def splices(trace: Trace) -> list[Edit]:
    """Single pictures that differ from the last by more than the recording's own tail of changes explains."""
    p = _rarity(trace)
    at_beat = _keyframes_at_beat(trace.keyframe)
    least = np.where(at_beat, _KEYFRAME * _JUMP_P, _JUMP_P)
    usual = usual_of(trace.change)
    times = trace.change / usual
    drawn_anew = np.sort(times[1:][at_beat[1:]])
    found = []
    for k in np.flatnonzero((p < least) & (times > _LEAST_TIMES) & (usual > _ALIVE) & (trace.change > 2 * _MOVING)):
        if at_beat[k] and times[k] < _LEAST_TIMES_DRAWN * (drawn_anew[-2] if len(drawn_anew) > 1 else 1.0):
            continue
        beside = np.concatenate([trace.change[max(1, k - _BESIDE) : k], trace.change[k + 1 : k + 1 + _BESIDE]])
        if len(beside) < 2 * _BESIDE or trace.change[k] < _ALONE * np.median(beside):
            continue
        # A flash or a passing hand jumps there and back; a cut jumps once.
        if np.any(p[max(0, k - 6) : k] < _BACK * _JUMP_P) or np.any(p[k + 1 : k + 7] < _BACK * _JUMP_P):
            continue
        time_s = float(trace.time_s[k])
        detail = f"the picture changes {times[k]:.1f} times as much as is usual around it"
        found.append(Edit("splice", time_s, time_s, "screening", detail))
    return found


def _keyframes_at_beat(keyframe: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Keyframes at the longest distance of the recording; an encoder sets others where it saw the picture jump."""
    at = np.flatnonzero(keyframe)
    steps = np.diff(at)
    marks = np.zeros(len(keyframe), np.bool_)
    if len(steps):
        marks[at[1:][steps >= steps.max() - 1]] = True
    return marks


def _rarity(trace: Trace) -> Floats:
    """The chance of each picture's change, keyframes at their beat held against all, others against their like."""
    at_beat = _keyframes_at_beat(trace.keyframe)
    by_all = rarity(trace.change) * rarity(trace.raw)
    by_like = rarity(trace.change, ~at_beat) * rarity(trace.raw, ~at_beat)
    p: Floats = np.sqrt(np.where(at_beat, by_all, by_like))
    return p


def rarity(values: Floats, shaping: NDArray[np.bool_] | None = None) -> Floats:
    """For each picture the chance that this recording's own tail gives so large a change beside its neighbours.

    Pictures not in ``shaping`` leave the tail alone.
    """
    excess = np.log(np.maximum(values, 0.02) / np.maximum(usual_of(values), 0.02))
    excess[0] = 0.0
    ordered = np.sort(excess[1:] if shaping is None else excess[1:][shaping[1:]])[::-1]
    many = max(10, int(len(ordered) * _TAIL_SHARE))
    if many >= len(ordered):
        return np.ones(len(values))
    threshold = ordered[many]
    # The very largest may be the edit itself; the next ones shape the tail.
    scale = max(0.05, float(np.mean(ordered[_LEFT_OUT:many]) - threshold))
    p: Floats = many / len(ordered) * np.exp(-np.maximum(excess - threshold, 0.0) / scale)
    return p
