"""Work for the timing of fingerprints on recordings as phones make them: 1280 by 720, 30 a second, H.264 High, AAC."""

from __future__ import annotations

import hashlib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import av
import cv2

from bench.copies_work import FPS, RATE, Scene, library

SECONDS = 10.0
PICTURES = 30  # a second


def phone_recordings(seed: int, folder: Path, count: int, workers: int = 2) -> list[Path]:
    """Renders, once for each text of this file, ``count`` recordings of ``SECONDS``."""
    home = folder / f"phone-{hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]}-{seed}"
    home.mkdir(parents=True, exist_ok=True)
    paths = [home / f"phone{n:02d}.mp4" for n in range(count)]
    jobs = [(path, scene) for path, scene in zip(paths, library(seed, count), strict=True) if not path.exists()]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        list(pool.map(_render, jobs))
    return paths


def _render(job: tuple[Path, Scene]) -> None:
    cv2.setNumThreads(1)
    path, scene = job
    # Scenes give 15 frames a second: shown at 30, twice their seconds are needed.
    large = replace(scene, width=1280, height=720, duration_s=SECONDS * PICTURES / FPS, ident_s=0.0, black_s=0.0)
    part = path.with_suffix(".part.mp4")
    with av.open(str(part), "w") as box:
        picture = box.add_stream("libx264", rate=PICTURES)
        picture.width, picture.height, picture.pix_fmt = large.width, large.height, "yuv420p"
        picture.options = {"preset": "veryfast", "crf": "23", "g": str(PICTURES), "threads": "1"}
        voice = box.add_stream("aac", rate=RATE, layout="mono")
        for frame in large.frames():
            box.mux(picture.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        box.mux(picture.encode())
        samples = (large.sound()[: int(SECONDS * RATE)] * 32000).astype("int16")[None]
        chunk = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        chunk.rate = RATE
        box.mux(voice.encode(chunk))
        box.mux(voice.encode())
    part.rename(path)
