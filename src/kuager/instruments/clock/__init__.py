"""All recordings of an event on one clock by their sound, and by pins that a person sets."""

from kuager.instruments.clock.pins import Pin, read_pin
from kuager.instruments.clock.positions import read_place, read_position
from kuager.instruments.clock.reading import read_recordings
from kuager.instruments.clock.recording import RATE, Recording
from kuager.instruments.clock.result import ClockGroup, Failure, PairAnswer, Placed, Synchronisation
from kuager.instruments.clock.synchronise import Progress, synchronise

__all__ = [
    "RATE",
    "ClockGroup",
    "Failure",
    "PairAnswer",
    "Pin",
    "Placed",
    "Progress",
    "Recording",
    "Synchronisation",
    "read_pin",
    "read_place",
    "read_position",
    "read_recordings",
    "synchronise",
]
