"""Canonical JSON (RFC 8785) without floats: the bytes of payload lines and log lines.

One object has one encoding, and a line is read only if encoding what was read gives the same bytes. That refuses
doubled keys, spaces, other escapes and other spellings of a number without a rule for each.
"""

from __future__ import annotations

import re
from typing import Any, Never

import msgspec

from kuager.errors import UnreadableError

LARGEST_INTEGER = 2**53 - 1

_LONG_NUMBER = re.compile(rb"[:,\[]-?[0-9]{16}")


class CanonicalError(UnreadableError):
    """The value has no canonical form, or the line is not in it."""


def _refuse_float(text: str) -> Never:
    raise ValueError(f"{text} is a float; fractions are decimal strings")


_encoder = msgspec.json.Encoder(order="sorted")
_plain_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(float_hook=_refuse_float)


def encode(value: object) -> bytes:
    """The canonical bytes of ``value``: dicts with string keys, lists, strings, integers, booleans and None.

    Raises CanonicalError for floats, integers beyond ±(2^53 − 1), lone surrogates and other types (RFC 8785 §3.2).
    """
    try:
        _check(value)
        return _encode(value)
    except RecursionError:
        raise CanonicalError("The value is nested too deeply to be written as JSON.") from None
    except UnicodeEncodeError:
        raise CanonicalError("A string holds a lone surrogate, which is not text.") from None


def decode(line: bytes) -> dict[str, Any]:
    """Reads one line (without its newline) that holds a JSON object in canonical form.

    Raises CanonicalError unless encoding what was read gives exactly ``line``.
    """
    try:
        value = _decoder.decode(line)
        if not isinstance(value, dict):
            raise CanonicalError("The line is not a JSON object.")
        if _LONG_NUMBER.search(line):
            _check(value)
        again = _encode(value)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise CanonicalError(f"The line is not JSON as this format has it: {error}") from None
    except RecursionError:
        raise CanonicalError("The line is nested too deeply.") from None
    if again != line:
        raise CanonicalError("The line is JSON, but not in canonical form.")
    return value


def _encode(value: object) -> bytes:
    encoded = _encoder.encode(value)
    if encoded.isascii():
        return encoded
    return _plain_encoder.encode(_sorted_by_utf16(value))


def _sorted_by_utf16(value: object) -> object:
    """RFC 8785 §3.2.3 sorts keys by UTF-16 code unit, which differs from code point order beyond U+FFFF."""
    if isinstance(value, dict):
        return {key: _sorted_by_utf16(value[key]) for key in sorted(value, key=_utf16)}
    if isinstance(value, (list, tuple)):
        return [_sorted_by_utf16(inner) for inner in value]
    return value


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")


_PLAIN = (str, bool, type(None))


def _check(value: object) -> None:
    kind = type(value)
    if kind is dict:
        for key, inner in value.items():  # type: ignore[attr-defined]
            if type(key) is not str:
                raise CanonicalError("A key is not a string.")
            if type(inner) not in _PLAIN:  # most are, and this runs for every line that is written
                _check(inner)
    elif kind is list or kind is tuple:
        for inner in value:  # type: ignore[attr-defined]
            if type(inner) not in _PLAIN:
                _check(inner)
    elif kind is int:
        if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:  # type: ignore[operator]
            raise CanonicalError("An integer lies beyond ±(2^53 − 1), where readers of JSON disagree.")
    elif value is not None and kind is not str and kind is not bool:
        raise CanonicalError(f"A {kind.__name__} has no canonical form; fractions are written as decimal strings.")
