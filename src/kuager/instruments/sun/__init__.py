"""Where the sun stood, and where and when a measured shadow is possible."""

from kuager.instruments.sun.position import SunPosition, sun_position

__all__ = ["SunPosition", "sun_position"]
