"""Protected strings on every kind of surface that a publication can have, and pages on which none stands."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import random
import struct
import urllib.parse
import wave
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

FIRST = "Aigerim Yerzhan Zhibek Nurlan Saltanat Dauren Gulnara Bolat Madina Kuanysh Ainur Marat Zarina Askar".split()
LAST = (
    "Abdrakhmanova Suleimenov Zhaksybekova Tokayuly Iskakova Omarbekov Seitkali Baimuratova Kenzhebekov Dzhumabaeva "
    "Ospanov Tulegenova"
).split()
CYRILLIC = {
    "Zhibek Iskakova": "Жибек Искакова",
    "Nurlan Suleimenov": "Нурлан Сулейменов",
    "Marat Ospanov": "Марат Оспанов",
}

Plant = Callable[[Path, str], None]


def page(folder: Path, text: str, name: str = "planted.html") -> None:
    (folder / name).write_text(f"<!doctype html><html><body>{text}</body></html>", encoding="utf-8")


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def _png(folder: Path, text: str, packed: bool) -> None:
    info = PngInfo()
    info.add_text("Author", text, zip=packed)
    Image.new("RGB", (8, 8)).save(folder / "planted.png", pnginfo=info)


def _jpeg(folder: Path, text: str) -> None:
    image = Image.new("RGB", (8, 8))
    exif = image.getexif()
    exif[0x013B] = text
    image.save(folder / "planted.jpg", exif=exif)


def _jpeg_after_preview(folder: Path, text: str) -> None:
    """A comment that follows metadata with a preview, whose own scan comes first in the file."""
    preview, whole = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (8, 8)).save(preview, "JPEG")
    Image.new("RGB", (8, 8)).save(whole, "JPEG")
    metadata = b"Exif\0\0" + preview.getvalue()
    comment = text.encode("utf-8")
    data = whole.getvalue()
    segments = b"\xff\xe1" + struct.pack(">H", len(metadata) + 2) + metadata
    segments += b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment
    (folder / "planted.jpg").write_bytes(data[:2] + segments + data[2:])


def _office(folder: Path, text: str) -> None:
    first, _, last = text.partition(" ")
    runs = f"<w:r><w:t>{html.escape(first)} </w:t></w:r><w:r><w:t>{html.escape(last)}</w:t></w:r>"
    with zipfile.ZipFile(folder / "planted.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document><w:p>{runs}</w:p></w:document>")


def _pdf(folder: Path, text: str) -> None:
    middle = len(text) // 2
    shown = f"BT /F1 12 Tf [({text[:middle]})-15({text[middle:]})] TJ ET".encode("latin-1")
    packed = zlib.compress(shown)
    head = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n4 0 obj\n"
    head += f"<</Length {len(packed)} /Filter /FlateDecode>>\nstream\n".encode()
    (folder / "planted.pdf").write_bytes(head + packed + b"\nendstream\nendobj\n%%EOF\n")


def _pdf_author(folder: Path, text: str) -> None:
    author = ("\ufeff" + text).encode("utf-16-be").hex().upper()
    body = f"%PDF-1.4\n1 0 obj\n<</Author <{author}>>>\nendobj\n%%EOF\n".encode()
    (folder / "planted.pdf").write_bytes(body + b"\x00\xff")


def _wav(folder: Path, text: str) -> None:
    path = folder / "planted.wav"
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        out.writeframes(b"\0\0" * 800)
    name = text.encode("utf-8") + b"\0" * (1 + (len(text.encode("utf-8")) + 1) % 2)
    chunk = b"INFOIART" + struct.pack("<I", len(name)) + name
    path.write_bytes(path.read_bytes() + b"LIST" + struct.pack("<I", len(chunk)) + chunk)


def _webm(folder: Path, text: str) -> None:
    import av

    with av.open(str(folder / "planted.webm"), "w") as out:
        out.metadata["title"] = text
        stream = out.add_stream("libopus", rate=48000, layout="mono")
        frame = av.AudioFrame(format="s16", layout="mono", samples=960)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        frame.sample_rate = 48000
        out.mux(stream.encode(frame))
        out.mux(stream.encode())


PLANTS: dict[str, Plant] = {
    "text": lambda folder, name: page(folder, f"<p>said {name}, a resident</p>"),
    "split by markup": lambda folder, name: page(folder, f"<p>said <b>{name[:3]}</b>{name[3:]}.</p>"),
    "line break": lambda folder, name: page(folder, f"<p>{name.replace(' ', chr(10) + '   ')}</p>"),
    "no-break space": lambda folder, name: page(folder, f"<p>{name.replace(' ', chr(160))}</p>"),
    "soft hyphen": lambda folder, name: page(folder, f"<p>{name[:2]}\u00ad{name[2:]}</p>"),
    "capitals": lambda folder, name: page(folder, f"<h1>{name.upper()}</h1>"),
    "attribute": lambda folder, name: page(folder, f'<img alt="{name}">'),
    "data attribute": lambda folder, name: page(folder, f'<i data-x="{html.escape(name)}"></i>'),
    "comment": lambda folder, name: page(folder, f"<!-- {name} -->"),
    "entities": lambda folder, name: page(folder, "<p>" + "".join(f"&#{ord(c)};" for c in name) + "</p>"),
    "script": lambda folder, name: page(folder, f"<script>var x = {json.dumps(name)};</script>"),
    "style": lambda folder, name: page(folder, f'<style>p::after {{ content: "{name}" }}</style>'),
    "svg title": lambda folder, name: write(folder, "planted.svg", f"<svg><title>{name}</title></svg>"),
    "json escapes": lambda folder, name: write(
        folder, "planted.json", '{"x":"' + "".join(f"\\u{ord(c):04x}" for c in name) + '"}'
    ),
    "csv": lambda folder, name: write(folder, "planted.csv", f"1;{name};2\n"),
    "captions": lambda folder, name: write(
        folder, "planted.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v {name}>words\n"
    ),
    "address": lambda folder, name: page(folder, f'<a href="x?q={urllib.parse.quote(name)}">x</a>'),
    "data address": lambda folder, name: page(
        folder, f'<img src="data:text/plain;base64,{base64.b64encode(f"by {name} in town".encode()).decode()}">'
    ),
    "file name": lambda folder, name: (folder / f"{name.replace(' ', '_')}.txt").touch(),
    "folder name": lambda folder, name: write(_made(folder / name), "a.txt", "nothing"),
    "png text": lambda folder, name: _png(folder, name, False),
    "png packed text": lambda folder, name: _png(folder, name, True),
    "jpeg exif": _jpeg,
    "jpeg after a preview": _jpeg_after_preview,
    "sound tag": _wav,
    "film title": _webm,
    "office document": _office,
    "pdf words": _pdf,
    "pdf author": _pdf_author,
    "gzip": lambda folder, name: _bytes(folder, "planted.gz", gzip.compress(f"by {name} in town".encode())),
    "last name first": lambda folder, name: page(folder, " ".join(reversed(name.split()))),
    "utf-16": lambda folder, name: _bytes(folder, "planted.bin", b"\0\1" + name.encode("utf-16-le")),
}


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _bytes(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)


def names(count: int, seed: int) -> list[str]:
    """Invented names of people."""
    chance = random.Random(seed)
    return [f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(count)]


_SENTENCES = (
    "Officials said {n} people were killed on the square when police opened fire.",
    "A doctor at the hospital said she had counted {n}.",
    "Telephones stopped working at {n} in the afternoon and were restored four days later.",
    "Чиновники сообщили о {n} погибших; жители говорят, что их больше.",
    "Шенеунiктер {n} адам қаза тапты деді, ал тұрғындар одан көп дейді.",
    "The video shows riot police advancing behind shields past the fountain in Zhanaozen.",
    "Human Rights Watch called on the government to restore communications.",
    "President Karim Akhmetov promised a thorough investigation within {n} days.",
    "Workers of the oil company had been on strike for {n} months, demanding higher pay.",
    "The curfew lasts until January 5; nobody may leave the town after {n} in the evening.",
)


def clean_page(seed: int) -> str:
    """An article in which no protected name stands."""
    chance = random.Random(seed)
    lines = [chance.choice(_SENTENCES).format(n=chance.randint(2, 120)) for _ in range(12)]
    return "Shots On A Square\n\n" + "\n\n".join(lines) + "\n"
