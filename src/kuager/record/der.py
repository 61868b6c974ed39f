"""As much of DER (X.690) as a time stamp needs: nested tag, length, value, with every length held to its parent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

INTEGER, OCTET_STRING, OBJECT, TIME, SEQUENCE, SET = 0x02, 0x04, 0x06, 0x18, 0x30, 0x31
BOOLEAN_TRUE = b"\x01\x01\xff"


@dataclass(frozen=True)
class Element:
    """One element: its tag byte, the bytes it lies in, and where it and its value begin and end there."""

    tag: int
    data: bytes
    start: int
    value_start: int
    end: int

    @property
    def value(self) -> bytes:
        return self.data[self.value_start : self.end]

    @property
    def whole(self) -> bytes:
        return self.data[self.start : self.end]

    def children(self) -> list[Element]:
        """The elements inside. Raises ValueError if they do not fill it exactly."""
        return list(_elements(self.data, self.value_start, self.end))

    def expect(self, *tags: int) -> list[Element]:
        """The children, which begin with these tags. Raises ValueError otherwise."""
        children = self.children()
        if tuple(child.tag for child in children[: len(tags)]) != tags:
            raise ValueError("not the structure expected")
        return children


def read(data: bytes) -> Element:
    """The one element that ``data`` is. Raises ValueError if it is not DER."""
    elements = list(_elements(data, 0, len(data)))
    if len(elements) != 1:
        raise ValueError("not one DER element")
    return elements[0]


def write(tag: int, *parts: bytes) -> bytes:
    """One element with the parts as its value."""
    value = b"".join(parts)
    if len(value) < 0x80:
        return bytes([tag, len(value)]) + value
    length = len(value).to_bytes((len(value).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + value


def _elements(data: bytes, at: int, end: int) -> Iterator[Element]:
    while at < end:
        if end - at < 2 or data[at] & 0x1F == 0x1F:
            raise ValueError("cut short, or a tag of several bytes")
        start, tag, length = at, data[at], data[at + 1]
        at += 2
        if length & 0x80:
            count = length & 0x7F
            if not 1 <= count <= 4 or end - at < count:
                raise ValueError("a length that is not DER")
            length = int.from_bytes(data[at : at + count], "big")
            at += count
        if length > end - at:
            raise ValueError("longer than what it lies in")
        yield Element(tag, data, start, at, at + length)
        at += length
