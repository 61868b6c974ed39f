"""``truth.json``: everything a drill knows about itself, as plain JSON. Format: ``docs/reference/drill.md``."""

from __future__ import annotations

import itertools
from dataclasses import asdict
from typing import Any

import numpy as np

from kuager.drill.acoustics import arrivals
from kuager.drill.cast import Filming
from kuager.drill.pictures import Flash
from kuager.drill.reuploads import Reupload
from kuager.drill.scenes import pair_truth
from kuager.drill.story import Story

FORMAT = "kuager-drill-truth"
VERSION = 1
AUDIBLE_PA = 0.02


def scene_truth(story: Story) -> dict[str, Any]:
    """The event itself: square, shots, sounds and turns, in scene seconds and metres."""
    shots = [
        {
            "id": number,
            "time_s": shot.time_s,
            "position_m": list(shot.position),
            "azimuth_deg": round(shot.azimuth_deg, 3),
            "elevation_deg": round(shot.elevation_deg, 3),
            "speed_mps": shot.speed_mps,
            "slowing_per_m": shot.slowing_per_m,
            "burst": shot.burst,
        }
        for number, shot in enumerate(story.scene.shots)
    ]
    sounds = [
        {
            "kind": sound.kind,
            "start_s": sound.start_s,
            "duration_s": sound.duration_s,
            "position_m": [round(v, 3) for v in sound.position],
            "level_db": sound.level_db,
            "material": sound.seed,
        }
        for sound in story.scene.sounds
    ]
    phase = story.phase
    return {
        "span_s": story.span_s,
        "speed_of_sound_mps": 343.0,
        "square_m": [story.scene.square.width_m, story.scene.square.depth_m],
        "turns": {
            "advance_s": round(phase.advance_s, 3),
            "volley_s": round(phase.volley_s, 3),
            "fall_s": round(phase.fall_s, 3),
            "fallen_at_m": [round(float(v), 2) for v in story.fallen_at],
        },
        "shots": shots,
        "sounds": sounds,
    }


def recording_truth(one: Filming, story: Story, seen: list[Flash]) -> dict[str, Any]:
    """One recording: how it was made, its clock and place, and when each shot reaches its sound and its picture."""
    form, recorder = one.form, one.recorder
    shown = {flash.shot: flash.time_s for flash in seen}
    return {
        "path": one.path,
        "event": one.story == 0,
        "duration_s": one.duration_s,
        "container": form.suffix,
        "picture_codec": form.picture,
        "sound_codec": form.sound,
        "sound_rate_hz": form.rate if form.sound else None,
        "frame_rate": round(form.fps, 4),
        "variable_frame_rate": form.variable,
        "size_px": [one.camera.width, one.camera.height],
        "clock": {
            "start_s": one.clock.start_s,
            "rates": [list(rate) for rate in one.clock.rates],
            "mean_ppm": round(mean_ppm(one), 3),
        },
        "position_m": list(one.camera.position),
        "looks_at_m": [round(v, 2) for v in one.camera.target],
        "view_deg": round(one.camera.view_deg, 2),
        "snr_db": recorder.snr_db if form.sound else None,
        "band_hz": [recorder.low_hz, recorder.high_hz] if form.sound else None,
        "gain_control": recorder.agc,
        "clipped": recorder.clipped and form.sound is not None,
        "shots": _shots(one, story, shown) if one.story == 0 else [],
    }


def _shots(one: Filming, story: Story, shown: dict[int, float]) -> list[dict[str, Any]]:
    found = []
    for arrival in arrivals(story.scene, one.camera.position, one.clock):
        if not -1.0 < arrival.muzzle_s < one.duration_s + 1.0:
            continue
        crack = arrival.crack
        heard = one.form.sound is not None and 0 <= arrival.muzzle_s < one.duration_s
        entry: dict[str, Any] = {
            "shot": arrival.shot,
            "heard": heard,
            "muzzle_s": round(arrival.muzzle_s, 6),
            "crack_s": round(arrival.crack_s, 6) if arrival.crack_s is not None else None,
            "flash_s": round(shown[arrival.shot], 6) if arrival.shot in shown else None,
        }
        if crack is not None:
            entry["crack"] = {
                "miss_m": round(crack.miss_m, 3),
                "mach": round(crack.mach, 4),
                "detach_m": [round(v, 2) for v in crack.detach],
            }
        found.append(entry)
    return found


def mean_ppm(one: Filming) -> float:
    """How fast the recorder's clock ran over the whole recording, in ppm."""
    start, end = (float(v) for v in one.clock.scene_time([0.0, one.duration_s]))
    return (one.duration_s / (end - start) - 1) * 1e6


def pairs_truth(filmed: list[Filming], story: Story) -> list[dict[str, Any]]:
    """Every pair of the event's recordings that shares scene time. All other pairs of the drill do not overlap."""
    event = [one for one in filmed if one.story == 0]
    facts = [(one.clock, one.duration_s, one.camera.position) for one in event]
    found = []
    for a, b in itertools.combinations(range(len(event)), 2):
        truth = pair_truth(story.scene, facts, a, b)
        if truth is not None:
            numbers = {key: round(value, 6) for key, value in asdict(truth).items() if key not in ("a", "b")}
            sounding = event[a].form.sound is not None and event[b].form.sound is not None
            found.append({"a": event[a].path, "b": event[b].path, "both_have_sound": sounding, **numbers})
    return found


def group_truth(filmed: list[Filming]) -> dict[str, Any]:
    """The event's recordings on the clock of the one that started first, as `sync` reports a group."""
    event = sorted((one for one in filmed if one.story == 0), key=lambda one: one.clock.start_s)
    first = event[0]
    recordings = []
    for one in event:
        ends = np.array([one.clock.start_s, float(one.clock.scene_time(one.duration_s))])
        on_first = first.clock.recording_time(ends)
        drift = (one.duration_s / float(on_first[1] - on_first[0]) - 1) * 1e6
        recordings.append({"path": one.path, "offset_s": round(float(on_first[0]), 6), "drift_ppm": round(drift, 3)})
    return {"reference": first.path, "recordings": recordings}


def copy_truth(one: Reupload) -> dict[str, Any]:
    """One re-upload with its segments, named as `match` names them."""
    return asdict(one) | {"segments": [asdict(segment) for segment in one.segments]}
