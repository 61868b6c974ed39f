"""The page's own words in English, Russian and Kazakh: Fluent messages, Babel for dates and numbers.

What people said is never translated here; only the interface is.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from kuager.faces.page.model import When

LANGUAGES: tuple[str, ...] = ("en", "ru", "kk")
NAMES = {"en": "English", "ru": "Русский", "kk": "Қазақша"}
_LOCALES = {"en": "en_GB", "ru": "ru", "kk": "kk"}
_SKELETONS = {"year": "y", "month": "yMMMM"}


class Words:
    """Messages, dates and numbers of one language."""

    def __init__(self, language: str) -> None:
        import babel
        from fluent.runtime import FluentBundle, FluentResource

        self.language = language
        self._locale = babel.Locale.parse(_LOCALES[language])
        self._bundle = FluentBundle([language], use_isolating=False)
        text = files("kuager.faces.page").joinpath(f"locale/{language}.ftl").read_text(encoding="utf-8")
        self._bundle.add_resource(FluentResource(text))

    def __call__(self, message: str, **arguments: Any) -> str:
        """The message in this language. A missing message or argument is a mistake of ours and raises LookupError."""
        entry = self._bundle.get_message(message) if self._bundle.has_message(message) else None
        if entry is None or entry.value is None:
            raise LookupError(f"no message {message!r} in {self.language}")
        text, errors = self._bundle.format_pattern(entry.value, arguments)
        if errors:
            raise LookupError(f"message {message!r} in {self.language}: {errors[0]}")
        return str(text)

    def language_name(self, code: str) -> str:
        """The name of a language in this one; the code itself where it is unknown."""
        import babel

        try:
            return str(babel.Locale.parse(code, sep="-").get_display_name(self._locale.language) or code)
        except (ValueError, babel.UnknownLocaleError):
            return code

    def number(self, value: int) -> str:
        from babel.numbers import format_decimal

        return str(format_decimal(value, locale=self._locale))

    def seconds(self, value: float, sd: float | None) -> str:
        """A time in seconds with no more digits than its error carries."""
        from babel.numbers import format_decimal

        places = 1 if sd is None or sd >= 0.05 else 2 if sd >= 0.005 else 3
        pattern = "0." + "0" * places
        return str(format_decimal(round(value, places), format=pattern, locale=self._locale))

    def short_day(self, moment: datetime) -> str:
        """A day without its year, for an axis."""
        from babel.dates import format_skeleton

        return str(format_skeleton("MMMd", moment, locale=self._locale))

    def country(self, code: str, name: str) -> str:
        """A country's name by its ISO 3166 numeric code; the given English one where CLDR has none."""
        from babel.core import get_global

        aliases = get_global("territory_aliases").get(code) or [code]
        return str(self._locale.territories.get(aliases[0], name))

    def radius(self, metres: float) -> str:
        """How near a place lies to the point given, rounded as an error should be."""
        if metres >= 1000:
            return self("radius-km", n=self.number(round(metres / 1000)))
        return self("radius-m", n=self.number(max(10, 10 * round(metres / 10))))

    def range(self, lower: int | None, upper: int | None) -> str:
        """A count as a range in words."""
        if lower is not None and upper is not None:
            if lower == upper:
                return self("count-exactly", n=self.number(lower))
            return self("count-range", lower=self.number(lower), upper=self.number(upper))
        if lower is not None:
            return self("count-from", lower=self.number(lower))
        return self("count-unknown") if upper is None else self("count-to", upper=self.number(upper))

    def margin(self, seconds: int) -> str:
        """An error in words: seconds, or whole minutes where it is long."""
        if seconds < 120:
            return self("margin-seconds", n=seconds)
        return self("margin-minutes", n=-(-seconds // 60))

    def when(self, when: When) -> str:
        """A time in words, no more precise than it is known; an open span ends in an ellipsis."""
        first = self._moment(when.start, when.precision)
        if when.end is None:
            return first
        return f"{first} – {self._moment(when.end, when.precision)}" if when.end else f"{first} – …"

    def _moment(self, text: str, precision: str) -> str:
        from babel.dates import format_date, format_skeleton

        moment = parse(text)
        if precision in _SKELETONS:
            return str(format_skeleton(_SKELETONS[precision], moment, locale=self._locale))
        day = str(format_date(moment.date(), "long", locale=self._locale))
        if precision == "day":
            return day
        return f"{day}, {moment:%H:%M:%S} UTC" if precision == "second" else f"{day}, {moment:%H:%M} UTC"


def parse(text: str) -> datetime:
    """An ISO 8601 time; a year or month alone is its first moment; UTC where no zone is given."""
    padded = text + "-01" * (2 - text.count("-")) if len(text) <= 7 else text
    moment = datetime.fromisoformat(padded)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def clock(seconds: float) -> str:
    """A position in a recording as people read it: ``0:07``, ``12:40``, ``1:02:03``."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, seconds_left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds_left:02}" if hours else f"{minutes}:{seconds_left:02}"


@cache
def words(language: str) -> Words:
    """The words of one of LANGUAGES, read once."""
    return Words(language)
