"""A small case with material of every standing: public, cleared, restricted, kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest

from kuager.record.acquiring import Acquisition
from kuager.record.case import Case
from kuager.record.home import Home
from kuager.record.intake import add
from kuager.release import clear
from kuager.release.signing import CHECKS, sign_off

ARTICLE = """Shots Heard On Karatau Square

By Anna Writer

The Interior Ministry said on May 2, 2026 that two people were killed on Karatau Square.

Residents said more than nine people were killed.

The video shows people running away from a line of police officers.

Comments
by: Zhanna Canarysova from: Karatau
May 03, 2026 10:15
I live opposite the square and I saw everything from my window.

by: Serik from: Aktobe
May 03, 2026 11:20
We do not believe it.
"""


def make_film(path: Path, seconds: float = 2.0, rate: int = 25, flash_s: float = 1.0) -> None:
    """A grey recording with a white flash and a click at ``flash_s``, with metadata that must not get out."""
    with av.open(str(path), "w") as out:
        out.metadata["comment"] = "canary-metadata"
        out.metadata["location"] = "+43.3412+052.8619/"
        picture = out.add_stream("libx264", rate=rate, options={"preset": "ultrafast"})
        picture.width, picture.height, picture.pix_fmt = 320, 180, "yuv420p"
        sound = out.add_stream("aac", rate=48000, layout="mono")
        for n in range(int(seconds * rate)):
            lit = abs(n / rate - flash_s) < 0.5 / rate
            image = np.full((180, 320, 3), 240 if lit else 60, np.uint8)
            for packet in picture.encode(av.VideoFrame.from_ndarray(image, format="rgb24")):
                out.mux(packet)
        wave = np.random.default_rng(1).normal(0, 0.002, int(seconds * 48000)).astype(np.float32)
        at = int(flash_s * 48000)
        wave[at : at + 240] = 0.9
        for start in range(0, len(wave), 1024):
            block = wave[start : start + 1024].reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 48000, start
            for packet in sound.encode(frame):
                out.mux(packet)
        for stream in (picture, sound):
            for packet in stream.encode():
                out.mux(packet)


@dataclass
class Sample:
    """A case, the ids of its items by what they are, and the folder the files came from."""

    case: Case
    items: dict[str, str]
    inputs: Path

    def let_out(self, key: str, because: str, graphic: bool | None = None) -> None:
        """Clears a recording and signs it off."""
        clear(self.case, self.items[key], because, graphic)
        sign_off(self.case, self.items[key], CHECKS, "A. Editor")


MakeSample = Callable[[str], Sample]


@pytest.fixture(scope="session")
def make_sample(tmp_path_factory: pytest.TempPathFactory) -> MakeSample:
    """Makes the sample case: a public page, a private recording, a restricted and a kept document."""
    inputs = tmp_path_factory.mktemp("inputs")
    make_film(inputs / "canary-name-window.mp4")
    (inputs / "canary-name-page.txt").write_text(ARTICLE)
    (inputs / "canary-name-secret.txt").write_text("canary-secret: the witness is at home.")
    (inputs / "canary-name-kept.csv").write_text("name,age\ncanary-kept,31\n")

    def make(title: str) -> Sample:
        base = tmp_path_factory.mktemp("case")
        home = Home(base / "home")
        case = Case.create(base / "case", home.signer(), title=title, identities=home.identities())
        items = {}
        for key, name, how, restricted in (
            ("page", "canary-name-page.txt", Acquisition(public=True, address="https://news.example/shots"), False),
            ("film", "canary-name-window.mp4", Acquisition(channel="canary-channel", relation="filmed"), False),
            ("secret", "canary-name-secret.txt", Acquisition(), True),
            ("kept", "canary-name-kept.csv", Acquisition(), False),
        ):
            items[key] = add(case, [inputs / name], how, restricted=restricted).items[0].id
        return Sample(case, items, inputs)

    return make


def _everything_in(folder: Path) -> bytes:
    """All bytes of a folder, with the names of its files."""
    return b"\n".join(
        path.relative_to(folder).as_posix().encode() + b"\n" + path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


@pytest.fixture(scope="session")
def everything_in() -> Callable[[Path], bytes]:
    """All bytes of a folder, with the names of its files."""
    return _everything_in


@pytest.fixture(scope="session")
def film() -> Callable[..., None]:
    """Writes a recording with a flash and a click at a known second."""
    return make_film


@pytest.fixture(scope="session")
def article_text() -> str:
    """A page with an article and two comments."""
    return ARTICLE
