"""What is to be hidden is solid and silent in everything that is made, and nothing older is shown instead."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from kuager.errors import RefusedError, UnreadableError, UsageError
from kuager.faces.page import publish
from kuager.instruments import media
from kuager.record.acquiring import Acquisition
from kuager.record.case import Case
from kuager.record.home import Home
from kuager.record.intake import add
from kuager.release import clear, derive, export_bag, release
from kuager.release.covering import outline_at, stencil
from kuager.release.drawn import read_area, read_file
from kuager.release.permission import Permissions
from kuager.release.redaction import Quiet, redact, redactions, withdraw
from kuager.release.signing import CHECKS, sign_off

WIDE, TALL, RATE, SECONDS = 640, 360, 25, 4.0
VOICE = (1.0, 2.0)
AGAIN = (2.6, 3.2)


def face_at(time_s: float) -> tuple[float, float]:
    """Upper left corner of the bright, busy square that stands for a face: it hurries, so that lines alone miss it."""
    return 100 + 280 * (time_s / SECONDS) ** 2, 120 + 40 * float(np.sin(time_s * 1.5))


FACE = 48


def render(path: Path) -> None:
    """A recording of a moving square on a busy ground, with a loud voice in one stretch and tones all along."""
    rng = np.random.default_rng(5)
    ground = rng.integers(60, 200, (TALL // 8, WIDE // 8, 3), np.uint8).repeat(8, 0).repeat(8, 1)
    face = rng.integers(120, 255, (8, 8, 3), np.uint8).repeat(6, 0).repeat(6, 1)
    with av.open(str(path), "w") as out:
        out.metadata["comment"] = "canary-made-by"
        out.metadata["location"] = "+43.3412+052.8619/"
        picture = out.add_stream("libx264", rate=RATE, options={"preset": "ultrafast", "crf": "18"})
        picture.width, picture.height, picture.pix_fmt = WIDE, TALL, "yuv420p"
        sound = out.add_stream("aac", rate=48000, layout="mono")
        for n in range(int(SECONDS * RATE)):
            x, y = (round(each) for each in face_at(n / RATE))
            image = ground.copy()
            image[y : y + FACE, x : x + FACE] = face
            out.mux(picture.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        times = np.arange(int(SECONDS * 48000)) / 48000
        wave = 0.05 * np.sin(2 * np.pi * 440 * times) + 0.6 * np.sin(2 * np.pi * 180 * times) * (
            (times >= VOICE[0]) & (times < VOICE[1])
        )
        for start in range(0, len(wave), 1024):
            frame = av.AudioFrame.from_ndarray(
                wave[start : start + 1024].astype(np.float32).reshape(1, -1), "fltp", "mono"
            )
            frame.sample_rate, frame.pts = 48000, start
            out.mux(sound.encode(frame))
        for stream in (picture, sound):
            out.mux(stream.encode())


def speak(path: Path) -> None:
    """Half a second of other words: a high tone."""
    times = np.arange(24000) / 48000
    with av.open(str(path), "w") as out:
        sound = out.add_stream("pcm_s16le", rate=48000, layout="mono")
        wave = (20000 * np.sin(2 * np.pi * 2000 * times)).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(wave.reshape(1, -1), "s16", "mono")
        frame.sample_rate, frame.pts = 48000, 0
        out.mux(sound.encode(frame))
        out.mux(sound.encode())


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A case with one recording, of which a moving face, a corner and words are hidden; cleared and signed."""
    base = tmp_path_factory.mktemp("hidden")
    render(base / "film.mp4")
    speak(base / "spoken.wav")
    home = Home(base / "home")
    case = Case.create(base / "case", home.signer(), title="Hidden", identities=home.identities())
    film = add(case, [base / "film.mp4"], Acquisition(relation="filmed")).items[0].id
    spoken = add(case, [base / "spoken.wav"], Acquisition()).items[0].id
    boxes = [(t, *(round(each) for each in face_at(t))) for t in (0.0, 2.0, 3.96)]
    area = read_area(" ".join(f"{t}:{x},{y},{FACE},{FACE}" for t, x, y in boxes))
    always = read_area("600,0,40,30")
    quiets = [Quiet(*VOICE), Quiet(*AGAIN, spoken)]
    mask = redact(case, film, [area, always], quiets, "A face, a house number, a voice.", (WIDE, TALL))
    clear(case, film, "because", graphic=False)
    sign_off(case, film, CHECKS, "A. Editor")
    derive(case)
    return {"case": case, "film": film, "mask": mask, "area": area, "always": always, "base": base}


def made(case: Case, item: str, role: str) -> tuple[dict[str, Any], Path]:
    """The newest object of this role that stands, with its entry's body."""
    (found,) = [it for it in release(case, "page").items if it.id == item]
    one = next(each for each in found.made if each.role == role)
    return one.body, case.object_path(one.sha256)


def test_every_masked_pixel_is_solid_in_every_picture(hidden: Any) -> None:
    body, path = made(hidden["case"], hidden["film"], "proxy")
    count, worst = 0, 0
    for shown in media.pictures(path):
        outlines = [outline_at(area, shown.time_s) for area in (hidden["area"], hidden["always"])]
        worst = max(worst, int(shown.image[stencil(outlines, shown.image.shape[:2])].max()))
        count += 1
    assert count == SECONDS * RATE
    assert worst <= 24  # of 255
    assert body["hidden"][0] == {"kind": "picture", "start_s": "0", "end_s": "3.96"}


def test_what_the_lines_miss_is_followed(hidden: Any) -> None:
    """The face leaves the straight line between its key pictures by more than its own half; it stays covered."""
    _, path = made(hidden["case"], hidden["film"], "proxy")
    off_line, uncovered = 0.0, 0
    for shown in media.pictures(path):
        x, y = face_at(round(shown.time_s * RATE) / RATE)
        drawn = outline_at(hidden["area"], shown.time_s)[0]
        off_line = max(off_line, float(np.hypot(drawn[0] - x, drawn[1] - y)))
        inside = shown.image[round(y) + 4 : round(y) + FACE - 4, round(x) + 4 : round(x) + FACE - 4]
        uncovered += int((inside.max(axis=2) > 60).sum())
    assert off_line > FACE / 4
    assert uncovered == 0


def test_muted_words_are_silent_and_others_stand_in_their_place(hidden: Any) -> None:
    body, path = made(hidden["case"], hidden["film"], "proxy")
    sound = media.sound(path, rate=48000)

    def heard(start_s: float, end_s: float) -> np.ndarray[Any, np.dtype[np.float32]]:
        return sound.samples[int((start_s - sound.start_s) * 48000) : int((end_s - sound.start_s) * 48000)]

    assert np.abs(heard(*VOICE)).max() < 10 ** (-50 / 20)
    assert np.sqrt((heard(0.2, 0.8) ** 2).mean()) > 0.02
    words = np.abs(np.fft.rfft(heard(2.65, 3.05)))
    assert abs(np.fft.rfftfreq(len(heard(2.65, 3.05)), 1 / 48000)[words.argmax()] - 2000) < 20
    assert np.abs(heard(3.13, 3.19)).max() < 10 ** (-50 / 20)
    assert [each["kind"] for each in body["hidden"]] == ["picture", "picture", "muted", "spoken"]


def test_stills_and_loudness_are_those_of_the_covered_copy(hidden: Any) -> None:
    body, path = made(hidden["case"], hidden["film"], "still")
    with Image.open(path) as image:
        assert not image.info.get("exif")
        pixels = np.asarray(image.convert("RGB"))
    drawn = outline_at(hidden["area"], float(body["at"]))
    assert int(pixels[stencil([drawn], pixels.shape[:2])].max()) <= 40
    _, shape = made(hidden["case"], hidden["film"], "waveform")
    peaks = json.loads(shape.read_bytes())["peaks"]
    voice = peaks[int(len(peaks) * 1.1 / SECONDS) : int(len(peaks) * 1.9 / SECONDS)]
    assert max(voice) <= 1 < max(peaks)


def test_nothing_of_the_original_leaves(hidden: Any, tmp_path: Path, everything_in: Callable[[Path], bytes]) -> None:
    publish(hidden["case"], tmp_path / "page")
    export_bag(hidden["case"], tmp_path / "bag")
    original = hidden["case"].item(hidden["film"])
    for folder in (tmp_path / "page", tmp_path / "bag"):
        left = everything_in(folder)
        for trace in (b"canary-made-by", b"+43.3412", b"house number", original.sha256.encode()):
            assert trace not in left, trace
        # which item the other words are is the case's own business
        assert hidden["mask"].quiets[1].spoken.encode() not in left


def test_the_log_says_what_was_hidden_by_whom_of_which_bytes(hidden: Any) -> None:
    case, mask = hidden["case"], hidden["mask"]
    body, _ = made(case, hidden["film"], "proxy")
    assert body["masks"] == [f"#{mask.entry}"]
    entry = case.entry(mask.entry).payload
    assert entry is not None
    assert (entry.type, entry.actor) == ("masked", case.signer.key_id)
    assert entry.body["of"] == body["from"] == f"#{case.item(hidden['film']).stored.n}"
    assert body["maker"].startswith("kuager/")


def test_a_change_of_masks_needs_a_new_copy_and_a_new_sign_off(tmp_path: Path) -> None:
    render(tmp_path / "film.mp4")
    home = Home(tmp_path / "home")
    case = Case.create(tmp_path / "case", home.signer(), identities=home.identities())
    film = add(case, [tmp_path / "film.mp4"], Acquisition(relation="filmed")).items[0].id
    clear(case, film, "because")
    sign_off(case, film, CHECKS, "A. Editor")
    derive(case)
    before = made(case, film, "proxy")[0]["sha256"]
    mask = redact(case, film, [read_area("10,10,50,50")], [], "A face.", (WIDE, TALL))
    held = Permissions(case).held(case.item(film))
    assert held is not None
    assert held.waits_for == "not_signed"
    sign_off(case, film, CHECKS, "A. Editor")
    (item,) = release(case, "page").items
    assert item.made == ()  # what was made before is not shown
    derive(case)
    after = made(case, film, "proxy")[0]["sha256"]
    assert after != before
    withdraw(case, mask.id, "They agreed.")
    assert redactions(case) == {}
    assert Permissions(case).held(case.item(film)) is not None
    sign_off(case, film, CHECKS, "A. Editor")
    derive(case)
    assert made(case, film, "proxy")[0]["sha256"] == before


def test_a_lost_track_widens_and_says_so(tmp_path: Path) -> None:
    """What is followed vanishes behind the ground: more is painted than was drawn, and the stretch is told."""
    from kuager.release.covering import Cover

    rng = np.random.default_rng(2)
    ground = rng.integers(0, 255, (180, 320, 3), np.uint8)
    shown = ground.copy()
    shown[60:100, 60:100] = rng.integers(0, 255, (40, 40, 3), np.uint8)
    area = read_area("0:60,60,40,40 3:60,60,40,40")
    cover = Cover([area], (320, 180))
    black = []
    for n in range(75):
        picture = shown if n < 25 else rng.integers(0, 255, (180, 320, 3), np.uint8)
        black.append(int((cover.paint(picture, n / 25).max(axis=2) == 0).sum()))
    assert black[0] >= 40 * 40
    assert black[30] > 1.5 * black[10]
    assert black[70] > black[30]
    ((number, start, end),) = cover.lost
    assert (number, start) == (0, 1.0)
    assert end >= 2.9  # until the next key picture


def test_a_picture_is_covered_too(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x013B] = "canary-artist"
    rng = np.random.default_rng(3)
    Image.fromarray(rng.integers(90, 255, (400, 800, 3), np.uint8)).save(tmp_path / "photo.jpg", exif=exif)
    home = Home(tmp_path / "home")
    case = Case.create(tmp_path / "case", home.signer(), identities=home.identities())
    photo = add(case, [tmp_path / "photo.jpg"], Acquisition()).items[0].id
    redact(case, photo, [read_area("100,100,200,100")], [], "A face.", (800, 400))
    clear(case, photo, "because")
    derive(case)
    _, path = made(case, photo, "still")
    data = path.read_bytes()
    assert b"canary" not in data
    with Image.open(io.BytesIO(data)) as image:
        pixels = np.asarray(image.convert("RGB"))
    assert pixels.shape == (320, 640, 3)
    assert int(pixels[80:160, 80:240].max()) <= 24
    assert int(pixels[200:, :].min(axis=2).max()) > 60


def test_a_voice_that_may_not_be_heard_holds_the_recording(tmp_path: Path) -> None:
    from kuager.record.source import make_source
    from kuager.release.consent import give_consent

    render(tmp_path / "film.mp4")
    home = Home(tmp_path / "home")
    case = Case.create(tmp_path / "case", home.signer(), identities=home.identities())
    source = make_source(case, "Somebody Unnamed")
    film = add(case, [tmp_path / "film.mp4"], Acquisition(source=source, relation="filmed")).items[0].id
    give_consent(case, source, {"publish": True, "voice": False})
    clear(case, film, "because")
    sign_off(case, film, CHECKS, "A. Editor")
    held = Permissions(case).held(case.item(film))
    assert held is not None
    assert (held.waits_for, held.sources) == ("voice", (source,))
    redact(case, film, [], [Quiet(1.0, 2.0)], "Their voice.", (WIDE, TALL))
    sign_off(case, film, CHECKS, "A. Editor")
    assert Permissions(case).held(case.item(film)) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"areas":[{"keys":[{"at":1,"box":[1,2,3]}]}]}'),
        ("a.json", '{"areas":[{"keys":[{"at":1,"box":[0,0,1e309,4]}]}]}'),
        ("a.json", '{"areas":[{"keys":"many"}]}'),
        ("a.json", '{"blur":[[1,2]]}'),
        ("a.json", "[" * 100_000),
        ("a.json", '{"mute":[[1]]}'),
        ("a.csv", "area,at,x,y\nface,1,2,3\n"),
        ("a.csv", "area,at,x,y,width,height\nface,1,2,3,x,5\n"),
        ("a.csv", "area,at,x,y,width,height\nface,,2,3,4,5\nface,,2,3,4,5\n"),
    ],
)
def test_hostile_files_are_refused_in_words(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises((UnreadableError, UsageError)) as refused:
        read_file(tmp_path / name)
    assert refused.value.message


def test_areas_that_hide_nothing_are_refused(hidden: Any) -> None:
    case, film = hidden["case"], hidden["film"]
    for text in ("700,10,50,50", "1:10,10,50,50 1:10,10,60,50", "10,10,0.5,0.5"):
        with pytest.raises(UsageError):
            redact(case, film, [read_area(text)], [], "x", (WIDE, TALL))
    with pytest.raises(UsageError):
        redact(case, film, [], [Quiet(3.0, 2.0)], "x", (WIDE, TALL))
    with pytest.raises(UsageError, match="reason"):
        redact(case, film, [], [Quiet(2.0, 3.0)], " ", (WIDE, TALL))


def test_csv_and_json_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("area,at,x,y,width,height\nface,12.4,100,80,60,90\nface,15,120,82,60,90\n")
    (tmp_path / "a.json").write_text(
        '{"areas":[{"what":"face","keys":[{"at":15,"box":[120,82,60,90]},{"at":12.4,"box":[100,80,60,90]}]}]}'
    )
    assert read_file(tmp_path / "a.csv") == read_file(tmp_path / "a.json")


def test_the_words_to_be_heard_must_be_readable(tmp_path: Path) -> None:
    from kuager.release.hiding import look_at

    render(tmp_path / "film.mp4")
    speak(tmp_path / "spoken.wav")
    home = Home(tmp_path / "home")
    case = Case.create(tmp_path / "case", home.signer(), identities=home.identities())
    items = [
        add(case, [tmp_path / name], Acquisition(), restricted=closed).items[0].id
        for name, closed in (("film.mp4", False), ("spoken.wav", True))
    ]
    assert look_at(case, case.item(items[0]), [(0.5, str(tmp_path / "spoken.wav"))]) == (WIDE, TALL)
    with pytest.raises(UsageError, match="lasts"):
        look_at(case, case.item(items[0]), [(0.2, str(tmp_path / "spoken.wav"))])
    with pytest.raises(RefusedError):
        look_at(case, case.item(items[1]), [])
