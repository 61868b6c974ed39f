"""Impulses in sound: when, what they could be, how many, in which bursts."""

from kuager.instruments.impulses.bands import RATE
from kuager.instruments.impulses.bursts import Burst
from kuager.instruments.impulses.distance import distance_band
from kuager.instruments.impulses.findings import findings
from kuager.instruments.impulses.listen import Crack, Impulse, Listening, listen
from kuager.instruments.impulses.score import Scorer

__all__ = ["RATE", "Burst", "Crack", "Impulse", "Listening", "Scorer", "distance_band", "findings", "listen"]
