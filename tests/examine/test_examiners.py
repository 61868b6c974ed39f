import io
import json
from importlib.metadata import EntryPoint

import av
import numpy as np
import pytest
from engine_stages import FileLedger, Reads
from PIL import Image

from kuager.errors import UnreadableError
from kuager.examine import Examiner, Pool, Subject, discovery, examinations, run
from kuager.examine.examiners.media import MediaExaminer


@pytest.fixture(scope="module")
def recording(tmp_path_factory):
    """Four seconds of picture that brightens and five of sound with a gap, in one file."""
    path = tmp_path_factory.mktemp("recording") / "a.mkv"
    with av.open(str(path), "w") as container:
        picture = container.add_stream("libx264", rate=25)
        picture.width, picture.height, picture.pix_fmt = 64, 48, "yuv420p"
        sound = container.add_stream("libopus", rate=48000, layout="mono")
        for k in range(100):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 20 + k * 2, np.uint8), format="rgb24")
            frame.pts = k
            container.mux(picture.encode(frame))
        for k in range(250):
            if 100 <= k < 130:
                continue
            tone = (np.sin(np.arange(960) / 8) * 16000).astype(np.int16)[None]
            frame = av.AudioFrame.from_ndarray(tone, format="s16", layout="mono")
            frame.sample_rate, frame.pts = 48000, k * 960
            container.mux(sound.encode(frame))
        container.mux(picture.encode(None))
        container.mux(sound.encode(None))
    return path


def test_the_media_examiner_tells_facts_stills_and_waveform(recording):
    result = MediaExaminer().examine(str(recording), {"thumbnails": 4, "thumbnail_width": 32, "buckets": 50})
    kinds = {stream["kind"]: stream for stream in result.facts["streams"]}
    assert (kinds["picture"]["codec"], kinds["sound"]["codec"]) == ("h264", "opus")
    assert result.facts["duration_s"] == pytest.approx(5.0, abs=0.05)
    assert result.facts["frames"] == 100
    stills = [made for made in result.made if made.media_type == "image/jpeg"]
    assert len(stills) == 4
    assert all(still.covered for still in stills)
    brightness = [np.asarray(Image.open(io.BytesIO(still.content)).convert("L")).mean() for still in stills]
    assert brightness == sorted(brightness)
    assert brightness[-1] > brightness[0] + 100
    (wave,) = [json.loads(made.content) for made in result.made if made.name == "waveform.json"]
    assert len(wave["low"]) == len(wave["high"]) == 50
    assert wave["high"][22] == 0
    assert wave["high"][5] > 40


def test_a_gap_in_the_sound_is_a_recorded_finding(recording):
    findings = {finding.what: finding for finding in MediaExaminer().examine(str(recording), {}).findings}
    gap = findings["sound_gap"]
    assert gap.grade == "recorded"
    assert gap.value == pytest.approx(0.6, abs=0.03)
    assert (gap.where.start_s, gap.where.end_s) == pytest.approx((2.0, 2.6), abs=0.03)
    assert gap.harmless


def test_a_still_image_has_one_still_and_no_duration(tmp_path):
    path = tmp_path / "still.png"
    Image.new("RGB", (80, 60), (9, 200, 9)).save(path)
    result = MediaExaminer().examine(str(path), {"thumbnail_width": 40})
    assert result.facts["still"] is True
    assert result.facts["duration_s"] is None
    (made,) = result.made
    assert made.covered
    assert Image.open(io.BytesIO(made.content)).size == (40, 30)


def test_what_it_takes():
    takes = MediaExaminer().takes
    assert all(takes(kind) for kind in ("video/mp4", "audio/mpeg", "image/jpeg"))
    assert not any(takes(kind) for kind in ("image/svg+xml", "text/html", "application/pdf"))


def test_it_runs_in_a_worker_and_a_playlist_fails_there_alone(recording, tmp_path):
    trap = tmp_path / "trap.mp4"
    trap.write_text("#EXTM3U\n#EXTINF:5,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n")
    with pytest.raises(UnreadableError):
        MediaExaminer().examine(str(trap), {})
    subjects = [Subject("a", str(recording), "video/x-matroska"), Subject("b", str(trap), "video/mp4")]
    ledger = FileLedger(tmp_path / "ledger")
    with Pool(1) as pool:
        outcome = run(examinations(subjects, [MediaExaminer()]), ledger, pool)
    assert outcome.done == 1
    assert [one.key.inputs for one in outcome.failed] == [("b",)]
    assert "trap.mp4" in outcome.failed[0].reason
    assert str(tmp_path) not in outcome.failed[0].reason


class Broken:
    def __init__(self):
        raise RuntimeError("no")


class Namesake(Reads):
    name = "media"


def test_examiners_of_other_packages_are_found_and_faulty_ones_told_of(monkeypatch):
    offered = [
        EntryPoint("reads", "engine_stages:Reads", discovery.GROUP),
        EntryPoint("absent", "no_such_module:Thing", discovery.GROUP),
        EntryPoint("number", "builtins:dict", discovery.GROUP),
        EntryPoint("broken", f"{__name__}:Broken", discovery.GROUP),
        EntryPoint("namesake", f"{__name__}:Namesake", discovery.GROUP),
    ]
    monkeypatch.setattr(discovery, "entry_points", lambda group: offered if group == discovery.GROUP else [])
    monkeypatch.setitem(__import__("sys").modules, __name__, __import__("types").SimpleNamespace(**globals()))
    found, unloadable = discovery.examiners()
    names = [one.name for one in found]
    assert names[0] == "media"
    assert "reads" in names
    assert all(isinstance(one, Examiner) for one in found)
    assert {one.name for one in unloadable} == {"absent", "number", "broken", "namesake"}
    assert all(one.reason for one in unloadable)
