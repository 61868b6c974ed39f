"""Breaks in the sound: its noise floor steps from one moment to the next in most bands, or it turns to digital silence.

What is quietest in each band over a second is the room and the recorder, not the event (minimum statistics: Martin,
IEEE TSAP 9(5), 2001; for splices Pan, Zhang and Lyu, *Detecting splicing in digital audios using local noise level
estimation*, ICASSP 2012). A splice inside one recording leaves the floor as it was and is not seen here.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.edits.edit import Edit
from kuager.instruments.edits.timing import runs
from kuager.instruments.media import Sound

Floats = NDArray[np.float64]

_FRAME = 512
_HOP = 256
_BANDS = 20
_LOWEST_HZ = 150.0
_LONG_S = 1.0
_SHORT_S = 0.2
_FLOOR = 0.2
_STEP_DB = 9.0
_SHARE = 0.8
_APART_S = 1.0
_SILENT_S = 0.05
_SILENT = 1e-5
_BATCH = 4096
_SETTLING_S = 0.5
_SPEECH = ("amr_nb", "amr_wb", "speex", "gsm", "gsm_ms", "evrc", "qcelp")


def sound_edits(sound: Sound, codec: str | None) -> list[Edit]:
    """Steps of the noise floor, and digital silence inside sound that is never silent.

    Codecs of telephony make up the noise of pauses, so with them no floor is looked for.
    """
    return [*_silences(sound), *([] if codec in _SPEECH else _steps(sound))]


def _silences(sound: Sound) -> list[Edit]:
    quiet = np.abs(sound.samples) < _SILENT
    if not len(quiet) or quiet.mean() > 0.1:
        return []
    found = []
    for start, end in runs(quiet):
        # At the ends it is the encoder's; a declared gap is told from the timestamps.
        if end - start < _SILENT_S * sound.rate:
            continue
        if start < _SETTLING_S * sound.rate or end > len(quiet) - _SETTLING_S * sound.rate:
            continue
        start_s, end_s = sound.start_s + start / sound.rate, sound.start_s + end / sound.rate
        if any(low - 0.05 < end_s and start_s < high + 0.05 for low, high in sound.gaps):
            continue
        detail = f"digital silence for {end_s - start_s:.3f} s inside sound that is nowhere else silent"
        found.append(Edit("sound_break", start_s, end_s, "screening", detail))
    return found[:20]


def _steps(sound: Sound) -> list[Edit]:
    levels = _levels(sound)
    step = _HOP / sound.rate
    wide, narrow = round(_LONG_S / step), round(_SHORT_S / step)
    if len(levels) < 2 * wide + 2:
        return []
    at = np.arange(wide, len(levels) - wide)
    long, short = _difference(levels, wide)[at - wide], _difference(levels, narrow)[at - narrow]
    both = np.where(np.sign(long) == np.sign(short), np.minimum(np.abs(long), np.abs(short)), 0.0)
    # Up in most bands or down in most bands: a voice that begins changes some.
    share = np.maximum((both * (long > 0) > _STEP_DB).mean(axis=1), (both * (long < 0) > _STEP_DB).mean(axis=1))
    size = np.median(both, axis=1) * (share >= _SHARE)
    found: list[Edit] = []
    for k in np.argsort(-size):
        if size[k] <= 0:
            break
        time_s = float(sound.start_s + (at[k] * _HOP + (_FRAME - _HOP) / 2) / sound.rate)
        if any(abs(one.start_s - time_s) < _APART_S for one in found):
            continue
        detail = f"the noise floor steps by {size[k]:.0f} dB in {share[k]:.0%} of the bands at once"
        found.append(Edit("sound_break", time_s, time_s, "screening", detail))
    return found


def _levels(sound: Sound) -> Floats:
    """Levels in dB, (frames, bands), bands even on a logarithmic scale."""
    edges_hz = np.geomspace(_LOWEST_HZ, 0.45 * sound.rate, _BANDS + 1)
    edges = np.unique(np.round(edges_hz / sound.rate * _FRAME).astype(int))
    window = np.hanning(_FRAME)
    if len(sound.samples) < _FRAME:
        return np.zeros((0, len(edges) - 1))
    frames = np.lib.stride_tricks.sliding_window_view(sound.samples, _FRAME)[::_HOP]
    parts = []
    for begin in range(0, len(frames), _BATCH):
        power = np.abs(np.fft.rfft(frames[begin : begin + _BATCH] * window, axis=1)) ** 2
        bands = np.add.reduceat(power[:, : edges[-1]], edges[:-1], axis=1)
        parts.append(10 * np.log10(bands + 1e-9))
    return np.concatenate(parts)


def _difference(levels: Floats, width: int) -> Floats:
    """Floor over ``width`` frames after less floor over as many before, at each frame that has both."""
    windows = np.lib.stride_tricks.sliding_window_view(levels, width, axis=0)
    rank = int(_FLOOR * width)
    floor = np.concatenate(
        [np.partition(windows[k : k + 512], rank, axis=2)[:, :, rank] for k in range(0, len(windows), 512)]
    )
    difference: Floats = floor[width:] - floor[:-width]
    return difference
