"""XMP packets (ISO 16684-1): the few properties that speak of making.

A packet is XML from a stranger: no entities are expanded, nothing is fetched, and size is bounded.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from xml.parsers import expat

from kuager.instruments.container.metadata import Claim

LARGEST_PACKET = 4 << 20

_PROPERTIES = {
    "http://ns.adobe.com/tiff/1.0/ Make": "make",
    "http://ns.adobe.com/tiff/1.0/ Model": "model",
    "http://ns.adobe.com/xap/1.0/ CreatorTool": "software",
    "http://ns.adobe.com/xap/1.0/ CreateDate": "created",
    "http://ns.adobe.com/xap/1.0/ ModifyDate": "modified",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/ DigitalSourceType": "digital_source_type",
    "adobe:ns:meta/ xmptk": "toolkit",
}


def xmp_claims(packet: bytes, place: str) -> Iterator[Claim]:
    """The claims of an XMP packet, given as attributes or as elements. Broken or hostile XML gives what came first."""
    if len(packet) > LARGEST_PACKET:
        return
    found: list[tuple[str, str]] = []
    text: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        text.clear()
        found.extend((_PROPERTIES[key], value) for key, value in attributes.items() if key in _PROPERTIES)

    def end(name: str) -> None:
        if name in _PROPERTIES:
            found.append((_PROPERTIES[name], "".join(text)))
        text.clear()

    def refuse(*_: object) -> None:
        raise expat.ExpatError("document types are refused")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text.append
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    with contextlib.suppress(expat.ExpatError, UnicodeError, ValueError):  # what stood before the fault stands
        parser.Parse(_bare(packet), True)
    for field, value in found:
        if value.strip():
            yield Claim(field, value.strip()[:200], f"{place}/xmp")


def _bare(packet: bytes) -> bytes:
    """The element without the packet's wrapper and padding."""
    start, end = packet.find(b"<x:xmpmeta"), packet.rfind(b"</x:xmpmeta>")
    return packet[start : end + 12] if 0 <= start < end else packet.strip(b"\0 \r\n\t")
