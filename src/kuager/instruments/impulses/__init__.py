"""Impulses in sound: when, what they could be, how many, in which bursts; and where a shooter can have been."""

from kuager.instruments.impulses.bands import RATE
from kuager.instruments.impulses.bursts import Burst
from kuager.instruments.impulses.distance import distance_band
from kuager.instruments.impulses.findings import findings, shooter_finding
from kuager.instruments.impulses.listen import Crack, Impulse, Listening, listen
from kuager.instruments.impulses.locate import Bearing, Ear, Mark, ShooterPosterior, locate
from kuager.instruments.impulses.score import Scorer
from kuager.instruments.impulses.shared_shots import shared_shots

__all__ = [
    "RATE",
    "Bearing",
    "Burst",
    "Crack",
    "Ear",
    "Impulse",
    "Listening",
    "Mark",
    "Scorer",
    "ShooterPosterior",
    "distance_band",
    "findings",
    "listen",
    "locate",
    "shared_shots",
    "shooter_finding",
]
