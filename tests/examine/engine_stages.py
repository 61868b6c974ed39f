"""Examiners, a comparer and a ledger for testing the engine. Behaviour comes from the file's name or the settings."""

import json
import os
import signal
import socket
import time
from pathlib import Path

from kuager.errors import UnreadableError
from kuager.examine import Key, Limits, Made, Result, Subject
from kuager.finding import Finding, Span


class Reads:
    """Gives the file's content, in every kind of field a result has."""

    name, version, limits = "reads", "1", Limits(wall_s=20, memory_bytes=4 << 30)

    def takes(self, media_type):
        return media_type == "text/plain"

    def examine(self, path, settings):
        text = Path(path).read_text()
        if settings.get("log"):
            with open(settings["log"], "a") as log:
                log.write(f"{os.path.basename(path)}\n")
        time.sleep(settings.get("sleep_s", 0))
        if "damaged" in text:
            raise UnreadableError("the item is damaged", "ask for another")
        if "bug" in text:
            raise ZeroDivisionError(text)
        if "poison" in text:
            {"kill": _kill, "crash": _crash, "hang": _hang, "eat": _eat, "exit": _exit}[text.split()[-1]]()
        finding = Finding("length", len(text), "recorded", "How long it is.", Span(0.0, 1.5), ("a", "b"), None, "none")
        return Result({"text": text, "half": 0.5, "none": None}, (finding,), (Made("x.bin", "a/b", b"\0\xff", True),))


class Impatient(Reads):
    name, limits = "impatient", Limits(wall_s=3.0, memory_bytes=4 << 30)


class Lean(Reads):
    name, limits = "lean", Limits(wall_s=20, memory_bytes=1 << 30)


class Joins:
    name, version, limits, of, reads = "joins", "1", Limits(wall_s=20), "pair", None

    def takes(self, media_type):
        return media_type == "text/plain"

    def compare(self, paths, settings):
        return Result({"joined": [Path(path).read_text() for path in paths]})


class Whole(Joins):
    name, of = "whole", "set"


class Trivial:
    name, version, limits = "trivial", "1", Limits(wall_s=20)

    def takes(self, media_type):
        return True

    def examine(self, path, settings):
        return Result({"path": path})


class Looks:
    """Tells what a worker can see of keys and network."""

    name, version, limits = "looks", "1", Limits(wall_s=20)

    def takes(self, media_type):
        return True

    def examine(self, path, settings):
        import ctypes
        import struct

        reached = True
        try:
            socket.create_connection(("127.0.0.1", settings["port"]), timeout=2).close()
        except OSError:
            reached = False
        # Past Python's own hooks, as a decoder taken over by its input would go.
        libc = ctypes.CDLL(None)
        handle = libc.socket(2, 1, 0)
        address = struct.pack("=H", 2) + struct.pack(">H", settings["port"]) + bytes([127, 0, 0, 1]) + bytes(8)
        natively = libc.connect(handle, address, 16) == 0
        return Result({"environment": dict(os.environ), "reached": reached, "natively": natively})


def _kill():
    os.kill(os.getpid(), signal.SIGKILL)


def _crash():
    os.kill(os.getpid(), signal.SIGSEGV)


def _hang():
    time.sleep(1000)


def _eat():
    kept = []
    while True:
        kept.append(bytearray(64 << 20))


def _exit():
    os._exit(3)


class FileLedger:
    """Results in a file, synced before they are acknowledged; a torn last line is dropped."""

    def __init__(self, path):
        self.path, self.kept, self.calls = Path(path), {}, 0
        if self.path.exists():
            for line in self.path.read_text().split("\n")[:-1]:
                digest, plain = json.loads(line)
                self.kept[digest] = plain
        self.file = open(self.path, "ab")  # noqa: SIM115

    def has(self, key: Key):
        return key.digest() in self.kept

    def put(self, results):
        self.calls += 1
        for key, result in results:
            assert key.digest() not in self.kept
            plain = result.as_plain()
            plain["made"] = [[one[0], one[1], one[2].hex(), one[3]] for one in plain["made"]]
            self.file.write(json.dumps([key.digest(), plain]).encode() + b"\n")
            self.kept[key.digest()] = plain
        self.file.flush()
        os.fdatasync(self.file.fileno())


def subjects_in(folder, texts):
    made = []
    for number, text in enumerate(texts):
        path = Path(folder) / f"item{number:04d}"
        path.write_text(text)
        made.append(Subject(f"digest-{number:04d}", str(path), "text/plain"))
    return made
