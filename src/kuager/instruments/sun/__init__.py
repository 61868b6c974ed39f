"""Where the sun stood, and where and when a measured shadow is possible."""

from kuager.instruments.sun.position import SunPosition, sun_position
from kuager.instruments.sun.search import When, Where, read_moment, when, where, zone_at, zone_of
from kuager.instruments.sun.shadow import Possible, Shadow, possible

__all__ = [
    "Possible",
    "Shadow",
    "SunPosition",
    "When",
    "Where",
    "possible",
    "read_moment",
    "sun_position",
    "when",
    "where",
    "zone_at",
    "zone_of",
]
