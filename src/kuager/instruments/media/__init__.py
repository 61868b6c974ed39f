"""The one door to recordings: open, probe, sound, pictures. Only PyAV underneath; FFmpeg never sees a path."""

from kuager.instruments.media._confine import confine
from kuager.instruments.media._door import open
from kuager.instruments.media._packets import Packets, packets
from kuager.instruments.media._pictures import Picture, pictures
from kuager.instruments.media._probe import NoPicture, NoSound, Probe, Stream, frame_count, probe
from kuager.instruments.media._shown import NothingShown, Waveform, thumbnail, waveform
from kuager.instruments.media._sound import Sound, sound

__all__ = [
    "NoPicture",
    "NoSound",
    "NothingShown",
    "Packets",
    "Picture",
    "Probe",
    "Sound",
    "Stream",
    "Waveform",
    "confine",
    "frame_count",
    "open",
    "packets",
    "pictures",
    "probe",
    "sound",
    "thumbnail",
    "waveform",
]
