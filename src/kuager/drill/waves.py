"""The sounds of a square, synthesised: the same kind, seed and length give the same waveform.

Each maker returns float32 of unit RMS over its sounding part (impulsive ones: unit peak), mono, at
the rate asked for. Voices are a source-filter model (Fant 1960): a jittered pulse train through
three formants, syllable by syllable.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, lfilter, oaconvolve, resample_poly, sosfilt

Samples = npt.NDArray[np.float32]
VOICE_RATE = 16_000
VOWELS = (
    (730, 1090, 2440),
    (270, 2290, 3010),
    (300, 870, 2240),
    (530, 1840, 2480),
    (570, 840, 2410),
    (440, 1020, 2240),
)


def wave(kind: str, seed: int, duration_s: float, rate: int) -> Samples:
    """The waveform of one sound. ``kind`` is one of `KINDS`; impulsive kinds choose their own length."""
    key = (kind, seed, round(duration_s, 3), rate)
    if key not in _made:
        rng = np.random.default_rng((seed, KINDS.index(kind)))
        made = _MAKERS[kind](rng, duration_s, rate).astype(np.float32)
        made.setflags(write=False)
        _made[key] = made
        while sum(kept.nbytes for kept in _made.values()) > CACHE_BYTES and len(_made) > 1:
            _made.popitem(last=False)
    _made.move_to_end(key)
    return _made[key]


_made: OrderedDict[tuple[str, int, float, int], Samples] = OrderedDict()
CACHE_BYTES = 100_000_000


def _length(duration_s: float, rate: int) -> int:
    return max(round(duration_s * rate), 1)


def _level(samples: npt.NDArray[np.floating]) -> Samples:
    rms = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) or 1.0
    return (samples / rms).astype(np.float32)


def _peak(samples: npt.NDArray[np.floating]) -> Samples:
    return (samples / (float(np.abs(samples).max()) or 1.0)).astype(np.float32)


def _band(samples: npt.NDArray[np.floating], low: float, high: float, rate: int) -> Samples:
    edges = [low / (rate / 2), min(high / (rate / 2), 0.98)]
    return np.asarray(sosfilt(butter(2, edges, "bandpass", output="sos"), samples), dtype=np.float32)


def _at_rate(samples: Samples, rate: int) -> Samples:
    """Voices are made at 16 kHz, as speech has little above 8 kHz."""
    if rate == VOICE_RATE:
        return samples
    shared = int(np.gcd(rate, VOICE_RATE))
    return np.asarray(resample_poly(samples, rate // shared, VOICE_RATE // shared), dtype=np.float32)


def _syllable(rng: np.random.Generator, vowel: int, pitch: float, length: int) -> Samples:
    """One syllable: a consonant's breath, then a vowel whose pitch falls a little."""
    time = np.arange(length) / VOICE_RATE
    glide = pitch * (1 + rng.uniform(-0.12, 0.06) * time / max(time[-1], 1e-3))
    phase = np.cumsum(glide * (1 + 0.012 * rng.standard_normal(length))) / VOICE_RATE
    source = np.diff(np.floor(phase), prepend=0.0) - pitch / VOICE_RATE + 0.03 * rng.standard_normal(length)
    voiced = np.zeros(length)
    for formant, gain in zip(VOWELS[vowel], (1.0, 0.6, 0.3), strict=True):
        centre = formant * rng.uniform(0.94, 1.06)
        radius = np.exp(-np.pi * (60 + centre / 18) / VOICE_RATE)
        turn = 2 * np.pi * centre / VOICE_RATE
        voiced += gain * lfilter([1 - radius], [1, -2 * radius * np.cos(turn), radius**2], source)
    breath = min(int(rng.uniform(0.02, 0.07) * VOICE_RATE), length // 3)
    shape = np.minimum(1, np.arange(length) / max(breath, 1)) * np.minimum(1, np.arange(length)[::-1] / (0.25 * length))
    voiced *= shape / (np.sqrt(np.mean(voiced**2)) + 1e-9)
    voiced[:breath] += rng.uniform(0.1, 0.5) * np.diff(rng.standard_normal(breath + 1))
    return voiced.astype(np.float32)


def _talk(rng: np.random.Generator, duration_s: float, lively: float = 0.75, words: int = 1 << 30) -> Samples:
    """One person's speech-like babble at 16 kHz, with pauses; a small ``words`` says the same syllables over."""
    out = np.zeros(_length(duration_s, VOICE_RATE), dtype=np.float32)
    pitch, at = rng.uniform(95, 260), rng.uniform(0, 0.4)
    said: list[Samples] = []
    while at < duration_s - 0.05:
        if len(said) < words:
            length = int(rng.uniform(0.09, 0.26) * VOICE_RATE)
            made = _syllable(rng, int(rng.integers(len(VOWELS))), pitch * rng.uniform(0.85, 1.25), length)
            said.append(made)
        else:
            made = said[int(rng.integers(words))]
        start = int(at * VOICE_RATE)
        take = min(len(made), len(out) - start)
        out[start : start + take] += made[:take] * np.float32(rng.uniform(0.4, 1.0))
        at += len(made) / VOICE_RATE + (rng.uniform(0.0, 0.05) if rng.random() < lively else rng.uniform(0.25, 1.4))
    return out


def _babble(rng: np.random.Generator, duration_s: float, rate: int) -> Samples:
    return _at_rate(_level(_talk(rng, duration_s)), rate)


def _crowd(rng: np.random.Generator, duration_s: float, rate: int) -> Samples:
    """Many people at once: a handful of voices over a murmur that swells and fades, with shouts."""
    length = _length(duration_s, VOICE_RATE)
    murmur = _band(rng.standard_normal(length, dtype=np.float32), 180, 2600, VOICE_RATE)
    knots = max(int(duration_s * 1.5), 2)
    swell = np.interp(np.linspace(0, knots, length), np.arange(knots + 1), rng.uniform(0.5, 1.3, knots + 1))
    mixed = _level(murmur) * swell.astype(np.float32) * 0.7
    for _ in range(4):
        mixed += _level(_talk(rng, duration_s, 0.6, words=16)) * np.float32(rng.uniform(0.25, 0.6))
    for at in rng.uniform(0, duration_s, rng.poisson(duration_s / 5)):
        shout = _level(_syllable(rng, int(rng.integers(len(VOWELS))), rng.uniform(220, 420), int(0.35 * VOICE_RATE)))
        start = int(at * VOICE_RATE)
        take = min(len(shout), length - start)
        mixed[start : start + take] += shout[:take] * np.float32(rng.uniform(0.6, 1.6))
    return _at_rate(_level(mixed), rate)


def _phrase(rng: np.random.Generator, plan: list[tuple[float, float, int]], period_s: float, people: int) -> Samples:
    """One go of a chant: everyone on the same syllables, each with an own pitch and a little early or late."""
    out = np.zeros(_length(period_s, VOICE_RATE), dtype=np.float32)
    for _ in range(people):
        pitch, late = rng.uniform(110, 280), rng.normal(0, 0.03)
        for at, length_s, vowel in plan:
            start = max(int((at + late + 0.09) * VOICE_RATE), 0)
            made = _syllable(rng, vowel, pitch * rng.uniform(0.95, 1.05), int(length_s * VOICE_RATE))
            take = min(len(made), len(out) - start)
            if take > 0:
                out[start : start + take] += made[:take] * np.float32(rng.uniform(0.5, 1.0))
    return _level(out)


def _chant(rng: np.random.Generator, duration_s: float, rate: int) -> Samples:
    """A slogan shouted together again and again: the same words, some goes the same to the sample."""
    plan, at = [], 0.0
    for _ in range(int(rng.integers(4, 8))):
        length_s = float(rng.choice([0.18, 0.22, 0.38]))
        plan.append((at, length_s, int(rng.integers(len(VOWELS)))))
        at += length_s + 0.06
    period_s = round(at + float(rng.choice([0.3, 0.5])), 3)
    takes = [_phrase(rng, plan, period_s, 7) for _ in range(3)]
    goes = [takes[int(rng.integers(3))] for _ in range(int(duration_s / period_s) + 1)]
    return _at_rate(np.concatenate(goes)[: _length(duration_s, VOICE_RATE)], rate)


def _tones(rng: np.random.Generator, duration_s: float, rate: int, beat_s: float) -> Samples:
    """Notes of a scale over a bass and a drum: something a loudspeaker van plays."""
    out = np.zeros(_length(duration_s, rate), dtype=np.float32)
    root, scale = rng.uniform(150, 240), (0, 2, 3, 5, 7, 9, 10, 12)
    for beat in range(int(duration_s / beat_s) + 1):
        start, length = int(beat * beat_s * rate), int(beat_s * 1.4 * rate)
        length = min(length, len(out) - start)
        if length <= 0:
            break
        time = np.arange(length) / rate
        step = scale[int(rng.integers(len(scale)))]
        note = root * 2 ** (step / 12)
        tone = sum(np.sin(2 * np.pi * note * k * time + k) / k for k in range(1, 7))
        out[start : start + length] += (tone * np.exp(-time * 4)).astype(np.float32)
        if beat % 2 == 0:
            thud = np.sin(2 * np.pi * 70 * time) * np.exp(-time * 18) * 2.5
            out[start : start + length] += thud.astype(np.float32)
        else:
            hiss = min(int(0.06 * rate), length)
            fading = np.exp(-np.arange(hiss) / hiss * 5)
            out[start : start + hiss] += (rng.standard_normal(hiss) * fading).astype(np.float32)
    return _level(out)


def _song(rng: np.random.Generator, duration_s: float, rate: int) -> Samples:
    return _tones(rng, duration_s, rate, float(rng.uniform(0.24, 0.42)))


def _loop(rng: np.random.Generator, duration_s: float, rate: int) -> Samples:
    """A recorded loop from a loudspeaker: the same to the sample at every turn."""
    beat_s = float(rng.uniform(0.2, 0.35))
    turn = _tones(rng, beat_s * float(rng.choice([8, 12, 16])), rate, beat_s)
    return np.resize(turn, _length(duration_s, rate)).astype(np.float32)


def _wind(rng: np.random.Generator, duration_s: float, rate: int) -> Samples:
    """Wind on a microphone: rumble whose strength comes in gusts."""
    length = _length(duration_s, rate)
    coarse = rng.standard_normal(length // 16 + 2, dtype=np.float32)
    slow = np.asarray(lfilter([0.08], [1, -0.92], coarse), dtype=np.float32)
    rumble = np.interp(np.arange(length) / 16, np.arange(len(slow)), slow)
    knots = max(int(duration_s), 2)
    gusts = np.interp(np.linspace(0, knots, length), np.arange(knots + 1), rng.gamma(1.2, 0.8, knots + 1))
    return _level(rumble * gusts)


def _engine(rng: np.random.Generator, duration_s: float, rate: int) -> Samples:
    """An idling vehicle: harmonics of the firing rate that hunt a little."""
    time = np.arange(_length(duration_s, rate)) / rate
    turn = 2 * np.pi * np.cumsum(rng.uniform(24, 38) * (1 + 0.03 * np.sin(2 * np.pi * 0.13 * time))) / rate
    hum = sum(np.sin(k * turn + k * k) / k**0.7 for k in range(1, 12))
    return _level(hum + 0.4 * _level(rng.standard_normal(len(time))))


def _drill(rng: np.random.Generator, duration_s: float, rate: int) -> Samples:
    """A hammer drill or jackhammer: blows at a steady rate that ring in metal and stone."""
    length = _length(duration_s, rate)
    blows = np.zeros(length, dtype=np.float32)
    at, gap = 0.0, 1 / rng.uniform(14, 32)
    while at < duration_s:
        blows[min(int(at * rate), length - 1)] = rng.uniform(0.7, 1.0)
        at += gap * rng.normal(1, 0.015)
    ring = np.arange(int(0.04 * rate)) / rate
    body = sum(np.sin(2 * np.pi * f * ring) * np.exp(-ring * d) for f, d in ((310, 90), (1150, 160), (2750, 260)))
    struck = oaconvolve(blows, np.asarray(body))[:length]
    return _level(struck + 0.15 * float(np.std(struck)) * rng.standard_normal(length))


def _slam(rng: np.random.Generator, duration_s: float, rate: int) -> Samples:
    """A door or a bin lid: a click and a few heavy modes that die within a third of a second."""
    time = np.arange(int(0.35 * rate)) / rate
    modes = sum(
        rng.uniform(0.3, 1) * np.sin(2 * np.pi * rng.uniform(70, 620) * time) * np.exp(-time * rng.uniform(12, 45))
        for _ in range(6)
    )
    click = rng.standard_normal(len(time)) * np.exp(-time * rng.uniform(150, 400))
    return _peak(modes + 1.2 * click)


def _firework(rng: np.random.Generator, duration_s: float, rate: int) -> Samples:
    """A banger's burst and its crackle. Longer and duller than a muzzle blast, and raised in the air."""
    time = np.arange(int(0.9 * rate)) / rate
    length = rng.uniform(0.004, 0.009)
    boom = (1 - time / length) * np.exp(-time / length)
    for at in rng.uniform(0.05, 0.8, int(rng.integers(0, 40))):
        start = int(at * rate)
        pop = np.exp(-np.arange(int(0.004 * rate)) / (0.0008 * rate)) * rng.standard_normal(int(0.004 * rate))
        take = min(len(pop), len(boom) - start)
        boom[start : start + take] += pop[:take] * rng.uniform(0.03, 0.15)
    return _peak(boom)


def _clap(rng: np.random.Generator, duration_s: float, rate: int) -> Samples:
    """Two hands: a short band of noise around 1 to 3 kHz."""
    time = np.arange(int(0.05 * rate)) / rate
    noise = rng.standard_normal(len(time)) * np.exp(-time * rng.uniform(180, 320))
    return _peak(_band(noise, 700, 3800, rate))


_MAKERS: dict[str, Callable[[np.random.Generator, float, int], Samples]] = {
    "babble": _babble,
    "crowd": _crowd,
    "chant": _chant,
    "song": _song,
    "loop": _loop,
    "wind": _wind,
    "engine": _engine,
    "drill": _drill,
    "slam": _slam,
    "firework": _firework,
    "clap": _clap,
}
KINDS = tuple(_MAKERS)
IMPULSIVE = ("slam", "firework", "clap")
