"""How late sound may lie when nothing in the file says what its encoder added at the front."""

from __future__ import annotations

# Algorithmic delay in samples of the coding rate, encoder plus decoder. AAC: 1024 (FFmpeg) to 2112 (Apple, QuickTime
# File Format, appendix G): uniform on 0…2112 has a root mean square of 1219. MPEG-1 layer III: 1105 with LAME
# (576 + 529; LAME technical FAQ), others up to 1681: one frame, 1152, stands for them. AC-3: 256, one MDCT half-window
# (ATSC A/52). AMR: 5 ms look-ahead (3GPP TS 26.090).
_DELAY = {
    "aac": 1219,
    "mp3": 1152,
    "mp2": 481,
    "mp1": 240,
    "ac3": 256,
    "eac3": 256,
    "amrnb": 40,
    "amr_nb": 40,
    "amr_wb": 15,
    "amrwb": 15,
}
# Samples stand where they were taken, or the codec's own header carries the delay (Opus pre-skip, RFC 7845; Vorbis).
_NONE = ("pcm_", "adpcm_", "flac", "alac", "opus", "vorbis", "wavpack", "tta", "ape", "gsm", "dvaudio", "truehd", "mlp")
_UNKNOWN = 1024


def delay_sd_s(codec: str, profile: str | None, rate: int, declared: bool) -> float:
    """Standard deviation in seconds of the undeclared delay; 0 where it is declared or the codec has none."""
    if declared or codec.startswith(_NONE):
        return 0.0
    samples = _DELAY.get(codec, _UNKNOWN)
    if profile and "HE-AAC" in profile:
        samples *= 2  # the core runs at half the rate
    return samples / rate
