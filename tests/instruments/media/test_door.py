"""Files that try to make the reader fetch an address or open a neighbour. Each trap is first shown to be live."""

import contextlib
import ctypes
import os
import random
import socket
import struct
import threading
import time
from fractions import Fraction
from pathlib import Path

import av
import pytest

from kuager.errors import UnreadableError
from kuager.instruments import media


class Server:
    """Accepts and counts connections on a local port."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.connections = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            peer.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n")
            peer.close()


class Watch:
    """Counts opens and reads of one file through inotify(7)."""

    def __init__(self, path):
        libc = ctypes.CDLL(None, use_errno=True)
        self.fd = libc.inotify_init1(os.O_NONBLOCK)
        opened_or_read = 0x20 | 0x1
        assert self.fd >= 0
        assert libc.inotify_add_watch(self.fd, os.fsencode(path), opened_or_read) >= 0

    def touched(self):
        try:
            return len(os.read(self.fd, 65536)) > 0
        except BlockingIOError:
            return False


@pytest.fixture
def server():
    made = Server()
    yield made
    made.listener.close()


@pytest.fixture
def neighbour(make, tmp_path):
    path = tmp_path / "neighbour.mp4"
    path.write_bytes(make("neighbour.mp4", sound="aac", picture="mpeg4", seconds=1.0).read_bytes())
    return path


@pytest.fixture
def watch(neighbour):
    made = Watch(neighbour)
    yield made
    os.close(made.fd)


def open_every_way(path):
    for way in (media.probe, media.sound, lambda p: list(media.pictures(p)), media.thumbnail, media.waveform):
        with pytest.raises(UnreadableError) as caught:
            way(path)
        assert caught.value.hint


def naively(path, **options):
    try:
        with av.open(str(path), timeout=5, options=options) as container:
            for _ in zip(range(20), container.demux(), strict=False):
                pass
    except (av.error.FFmpegError, IndexError):
        pass


PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:5,\n{}\n#EXT-X-ENDLIST\n"


@pytest.mark.parametrize("name", ["list.m3u8", "renamed.mp4", "noext", "list.m3u"])
def test_a_playlist_reaches_no_network(tmp_path, server, name):
    path = tmp_path / name
    path.write_text(PLAYLIST.format(f"http://127.0.0.1:{server.port}/segment.ts"))
    open_every_way(path)
    time.sleep(0.05)
    assert server.connections == 0
    if name == "list.m3u8":
        naively(path, protocol_whitelist="file,http,tcp", extension_picky="0", allowed_extensions="ALL")
        time.sleep(0.05)
        assert server.connections > 0, "the trap is not live"


@pytest.mark.parametrize("name", ["list.m3u8", "renamed.mp4"])
def test_a_playlist_reaches_no_neighbour(tmp_path, neighbour, watch, name):
    path = tmp_path / name
    path.write_text(PLAYLIST.format("neighbour.mp4"))
    open_every_way(path)
    assert not watch.touched()


@pytest.mark.parametrize("name", ["list.txt", "list", "list.ffconcat", "list.mp4"])
def test_a_concat_list_reaches_no_neighbour(tmp_path, neighbour, watch, name):
    path = tmp_path / name
    path.write_text("ffconcat version 1.0\nfile 'neighbour.mp4'\n")
    open_every_way(path)
    assert not watch.touched()
    naively(path)
    assert watch.touched(), "the trap is not live"


def test_lists_of_other_kinds_reach_nothing(tmp_path, server, neighbour, watch):
    address = f"http://127.0.0.1:{server.port}/x"
    traps = {
        "a.svg": f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f'<image xlink:href="{address}"/><image href="neighbour.mp4"/></svg>',
        "a.mpd": '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S"><Period>'
        f'<BaseURL>{address}</BaseURL><AdaptationSet><Representation id="1" bandwidth="1"/></AdaptationSet></Period>'
        "</MPD>",
        "a.sdp": f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {server.port} RTP/AVP 96\n",
        "a.sub": "{1}{1}25.0\n{0}{25}text\n",
        "a%03d.jpg": "neighbour.mp4",
        "a.ram": address,
        "a.asx": f'<asx version="3.0"><entry><ref href="{address}"/></entry></asx>',
        "a.ffmeta": ";FFMETADATA1\ntitle=x\n",
    }
    for name, text in traps.items():
        path = tmp_path / name
        path.write_text(text)
        open_every_way(path)
    time.sleep(0.05)
    assert server.connections == 0
    assert not watch.touched()


@pytest.mark.parametrize(
    "address", ["concat:{n}", "file:{n}", "subfile,,start,0,end,0,,:{n}", "http://127.0.0.1:{p}/x"]
)
def test_a_path_is_never_taken_for_an_address(server, neighbour, watch, address):
    with pytest.raises(UnreadableError):
        media.probe(address.format(n=neighbour, p=server.port))
    assert server.connections == 0
    assert not watch.touched()


def with_alias(movie: bytes, target: str) -> bytes:
    """The movie with each data reference replaced by an alias record that names another file."""
    record = bytearray(150)
    name = os.path.basename(target).encode()
    struct.pack_into(">H", record, 4, 2)  # version
    record[50] = len(name)
    record[51 : 51 + len(name)] = name
    struct.pack_into(">hh", record, 130, 1, 1)  # levels from and to the target
    path = target.encode()
    tail = struct.pack(">HH", 2, len(path)) + path + (b"\0" if len(path) % 2 else b"")
    tail += struct.pack(">HH", 0, 1) + b"/\0" + struct.pack(">H", 0xFFFF) + b"\0\0"
    alias = bytes(record) + tail
    entry = struct.pack(">I4sI", 12 + len(alias), b"alis", 0) + alias
    return _rebuilt(movie, struct.pack(">II", 0, 1) + entry)


def with_url(movie: bytes, address: str) -> bytes:
    location = address.encode() + b"\0"
    entry = struct.pack(">I4sI", 12 + len(location), b"url ", 0) + location
    return _rebuilt(movie, struct.pack(">II", 0, 1) + entry)


def _rebuilt(data: bytes, reference: bytes) -> bytes:
    out, at = b"", 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + size]
        if kind in (b"moov", b"trak", b"mdia", b"minf", b"dinf"):
            body = _rebuilt(body, reference)
        elif kind == b"dref":
            body = reference
        out += struct.pack(">I4s", len(body) + 8, kind) + body
        at += size
    return out


def test_a_movie_with_its_data_elsewhere_reaches_no_neighbour(tmp_path, neighbour, watch):
    path = tmp_path / "alias.mov"
    path.write_bytes(with_alias(neighbour.read_bytes(), str(neighbour)))
    assert watch.touched()  # by the line above
    for way in (media.probe, media.sound, lambda p: list(media.pictures(p))):
        try:
            way(path)
        except UnreadableError:
            continue
    assert not watch.touched()
    naively(path, enable_drefs="1", use_absolute_path="1")
    assert watch.touched(), "the trap is not live"


def test_a_movie_with_its_data_at_an_address_reaches_no_network(tmp_path, neighbour, server):
    path = tmp_path / "url.mov"
    path.write_bytes(with_url(neighbour.read_bytes(), f"http://127.0.0.1:{server.port}/x"))
    for way in (media.probe, media.sound, lambda p: list(media.pictures(p))):
        try:
            way(path)
        except UnreadableError:
            continue
    time.sleep(0.05)
    assert server.connections == 0


def test_what_is_not_a_file_is_refused_at_once(tmp_path):
    fifo = tmp_path / "pipe.mp4"
    os.mkfifo(fifo)
    empty = tmp_path / "empty.mp4"
    empty.touch()
    began = time.monotonic()
    for path in (fifo, empty, tmp_path, tmp_path / "missing.mp4", Path("/dev/zero"), "a\0b"):
        with pytest.raises(UnreadableError):
            media.probe(path)
    assert time.monotonic() - began < 10


def test_a_picture_that_claims_more_pixels_than_allowed_is_refused(tmp_path):
    import zlib

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    path = tmp_path / "bomb.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(10**6)))
        + chunk(b"IEND", b"")
    )
    began = time.monotonic()
    with pytest.raises(UnreadableError):
        list(media.pictures(path))
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(("hours", "ways"), [(60, [media.probe, media.sound]), (20, [media.sound, media.waveform])])
def test_timestamps_days_apart_are_refused_and_not_filled(tmp_path, hours, ways):
    path = tmp_path / "days.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=8000, layout="mono")
        for at_s in (0, hours * 3600):
            frame = av.AudioFrame(format="s16", layout="mono", samples=8000)
            frame.sample_rate, frame.pts, frame.time_base = 8000, at_s * 8000, Fraction(1, 8000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    for way in ways:
        with pytest.raises(UnreadableError, match=r"hours|too long"):
            way(path)


PICTURE_OF = {"a.mp3": None, "a.ogg": None, "a.flv": "libx264"}


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts", "a.mp3", "a.ogg", "a.avi", "a.flv"])
def test_damaged_files_never_show_a_foreign_error(make, tmp_path, name):
    codec = {"a.mp3": "libmp3lame", "a.ogg": "libopus", "a.mkv": "libopus"}.get(name, "aac")
    whole = make("sound_" + name, sound=codec, picture=PICTURE_OF.get(name, "mpeg4"), seconds=1.0)
    data, chance = whole.read_bytes(), random.Random(name)
    path = tmp_path / name
    for _ in range(12):
        damaged = bytearray(data)
        for _ in range(chance.choice([1, 10, 100])):
            damaged[chance.randrange(chance.choice([200, len(data)]))] = chance.choice([0, 255, chance.randrange(256)])
        path.write_bytes(damaged[: chance.randrange(1, len(data))] if chance.random() < 0.3 else damaged)
        for way in (media.probe, media.sound, lambda p: list(media.pictures(p, rate=2, width=16))):
            with contextlib.suppress(UnreadableError):
                way(path)
