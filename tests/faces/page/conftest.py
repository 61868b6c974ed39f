"""A page with something in every part, all of it made up, and a browser to open it in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from kuager.faces.page import model as m
from kuager.faces.page.render import render

AXE = Path(__file__).parents[2] / "vendor/axe.min.js"
CHROMIUM = shutil.which("chromium")
OFFSETS = (0.0, 1.37, 2.9, 0.62, 4.05, 3.3)
LENGTH_S = 12.0


def draw_still(seed: int, second: float, size: tuple[int, int] = (640, 360)) -> Image.Image:
    """A made-up street scene: sky, houses, a few figures that move with time."""
    rng = np.random.default_rng(seed)
    sky = Image.new("RGB", size, tuple(int(c) for c in rng.integers(120, 190, 3)))
    pen = ImageDraw.Draw(sky)
    x = 0
    while x < size[0]:
        wide, tall = int(rng.integers(50, 120)), int(rng.integers(80, 200))
        shade = int(rng.integers(60, 110))
        pen.rectangle((x, size[1] - 90 - tall, x + wide, size[1] - 80), fill=(shade, shade - 8, shade - 14))
        for wx in range(x + 10, x + wide - 12, 22):
            for wy in range(size[1] - 80 - tall, size[1] - 110, 28):
                pen.rectangle((wx, wy, wx + 9, wy + 14), fill=(190, 180, 140) if rng.random() > 0.6 else (40, 44, 52))
        x += wide + 4
    pen.rectangle((0, size[1] - 82, size[0], size[1]), fill=(96, 92, 88))
    for person in range(9):
        px = int((rng.random() * size[0] + second * (person % 3 - 1) * 14) % size[0])
        py = size[1] - 70 + person % 4 * 12
        pen.ellipse((px, py - 26, px + 8, py - 18), fill=(50, 42, 38))
        pen.rectangle((px - 1, py - 18, px + 9, py + 6), fill=tuple(int(c) for c in rng.integers(20, 120, 3)))
    return sky.filter(ImageFilter.GaussianBlur(0.8))


def film(path: Path, seed: int, seconds: float = LENGTH_S, size: tuple[int, int] = (320, 180)) -> None:
    """A short VP9 recording of such a scene."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libvpx-vp9", rate=25, options={"cpu-used": "8", "deadline": "realtime", "g": "12"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for n in range(int(seconds * 25)):
            if n % 5 == 0:
                picture = np.asarray(draw_still(seed, n / 25).resize(size))
            for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                out.mux(packet)
        for packet in stream.encode():
            out.mux(packet)


SPEECH = m.Transcript(
    "en",
    (
        m.Speech(2.0, 3.5, "I counted four dead men."),
        m.Speech(4.0, 6.0, "They said that twelve people were killed.", "Они сказали, что убито двенадцать человек."),
    ),
    "C. Listener",
    marks=(
        m.Marked(0, 10, 14, count="n5"),
        m.Marked(1, 15, 40, statement="st4"),
        m.Marked(1, 15, 21, count="n6"),
    ),
)


def make_page(folder: Path, media: dict[int, str]) -> m.Page:
    """Writes stills into ``folder``/media and returns a page that fills every section."""
    (folder / "media").mkdir(parents=True, exist_ok=True)
    recordings = []
    seen = {
        0: (
            m.Observation(1.5, 4.2, "A line of men with shields walks onto the square from the east.", by="A. Editor"),
            m.Observation(6.1, 6.9, "Seven loud reports in quick succession; people start to run.", by="A. Editor"),
            m.Observation(8.0, 11.0, "A man in a dark coat lies on the ground and does not move.", by="B. Reviewer"),
        ),
        1: (
            m.Observation(
                0.0, 5.0, "No stone or other object is thrown.", found=False, obscured="the kiosk, left", by="A. Editor"
            ),
        ),
        2: (m.Observation(3.0, 4.4, "A voice through a loudhailer; the words cannot be made out.", by="A. Editor"),),
    }
    titles = (
        "From the third floor",
        "Beside the kiosk",
        "From the roof",
        "In the crowd",
        "Across the square",
        "From a car",
    )
    for n, offset in enumerate(OFFSETS):
        stills = []
        for k in range(4):
            name = f"media/still-{n}-{k}.jpg"
            draw_still(n, 3.0 * k).save(folder / name, quality=80)
            stills.append(m.Picture(name, 640, 360, 3.0 * k))
        wave = np.random.default_rng(n).integers(4, 30, 200)
        wave[100:112] = 95
        recordings.append(
            m.Recording(
                f"rec{n}aaaaaa",
                titles[n],
                LENGTH_S,
                tuple(stills),
                tuple(int(v) for v in wave),
                media.get(n),
                "video/webm",
                320 if n in media else 0,
                180 if n in media else 0,
                0,
                offset,
                0.012,
                received=m.When("2026-05-03", "day"),
                graphic=(True, None, False, False, None, False)[n],
                observations=seen.get(n, ()),
                speeches=(SPEECH,) if n == 1 else (),
                marks=(m.Mark(6.12 - offset, 6.9 - offset, "Seven impulses, 0.11 to 0.14 s apart", "screening"),)
                if offset < 5
                else (),
            )
        )
    day = lambda d, end=None: m.When(f"2026-05-0{d}", "day", end)  # noqa: E731
    second = lambda n, at, to: m.Reference(f"r-rec{n}aaaaaa", at, to)  # noqa: E731
    sources = (
        m.Source("s1", "The Interior Ministry", "spokesperson", "authorities"),
        m.Source("s2", "A nurse at the town hospital", "", "medical"),
        m.Source("s3", "Айгүл", "тұрғын", "witness"),
        m.Source("s4", "The Rights Monitor", "", "ngo"),
        m.Source("s5", "The Daily Post", "newspaper", "media"),
    )
    return m.Page(
        title="Six recordings show who was on the square when the shooting began",
        custody=m.Custody("kuager/" + "0" * 64, 84, "0" * 64, "kuager/x\n1\nAAAA\n\n— kuager/x AAAA\n", 9, 2, day(2)),
        updated=m.When("2026-05-09", "day"),
        drill=True,
        kicker="Karatau Square, 1 May",
        standfirst="Officials say shots were fired only after a crowd attacked. Recordings from six phones, put on one "
        "clock by their "
        "sound, cover the minute before the first shot. None shows an attack.",
        byline="The editors of the drill",
        credit="Stills from a made-up recording",
        lead=m.Picture("media/still-2-1.jpg", 640, 360),
        lead_caption="The square four seconds before the first report, from the roof of the market.",
        lead_graphic=False,
        not_shown=(
            "Who gave the order.",
            "What happened behind the kiosk, which hides a third of the square in every recording.",
        ),
        conclusions=(
            m.Conclusion(
                "c1",
                "No attack on the police is visible in the minute before the first shot.",
                "reasonable grounds to believe",
                (
                    m.Fragment("The line advances; nobody approaches it.", second(0, 1.5, 4.2)),
                    m.Fragment("No object is thrown.", second(1, 0.0, 5.0)),
                ),
                (m.Fragment("The Ministry says stones were thrown.", m.Reference("s-st1")),),
                ("An attack took place behind the kiosk, where no camera sees.",),
                "A. Editor",
                "B. Reviewer",
                day(8),
            ),
            m.Conclusion(
                "c2",
                "At least one person was left lying on the ground.",
                "clear and convincing",
                (m.Fragment("A man lies still.", second(0, 8.0, 11.0)),),
                (),
                (),
                "A. Editor",
            ),
        ),
        answers=(
            m.Answer(
                "The Interior Ministry",
                day(5),
                "We sent these six findings and asked who gave the order.",
                "“The police acted within the law.”",
                day(7),
            ),
            m.Answer("The city administration", day(5), "We asked why telephones stopped working."),
        ),
        account=(
            (
                m.Fragment("A little after noon "),
                m.Fragment("a line of men with shields walked onto the square", second(0, 1.5, 4.2)),
                m.Fragment(". About two hundred people stood there. In the recordings from the market side "),
                m.Fragment("nobody throws anything", second(1, 0.0, 5.0)),
                m.Fragment("."),
            ),
            (
                m.Fragment("Then "),
                m.Fragment("seven reports follow one another in less than a second", second(0, 6.1, 6.9)),
                m.Fragment(", and the crowd breaks. How many people were hit is "),
                m.Fragment("disputed", m.Reference("count")),
                m.Fragment("."),
            ),
        ),
        promises=(
            m.Promise(
                "The Interior Ministry",
                "This will be thoroughly investigated.",
                day(2),
                "No result had been made public by 9 May.",
            ),
        ),
        recordings=tuple(recordings),
        picture_bound_s=0.26,
        copies=(
            m.Copy("rec0aaaaaa", "rec3aaaaaa", "picture", 2.0, 9.5, 1.4, 8.9, "judged"),
            m.Copy("rec4aaaaaa", "rec5aaaaaa", "sound", 0.0, 11.0, 0.8, 11.8),
        ),
        texts=(
            m.Text(
                "txt1",
                "Shots on Karatau Square",
                (
                    "The Interior Ministry said on Friday that police had fired only into the air.",
                    "A nurse said she had counted five dead.",
                ),
                "en",
                3,
                day(2),
                "https://daily.example/karatau",
                (
                    m.Marked(0, 42, 76, statement="st5"),
                    m.Marked(1, 13, 38, statement="st6"),
                    m.Marked(1, 29, 33, count="n7"),
                ),
            ),
        ),
        documents=(m.Document("doc1", "list", "text/csv", day(3)),),
        places=(
            m.Place("p1", "Karatau Square", 43.3412, 52.8619, 150, "Where all six recordings were made."),
            m.Place("p2", "Town hospital", 43.65, 51.17, 4000),
        ),
        sources=sources,
        statements=(
            m.Statement(
                "st1",
                ("s1",),
                "Stones were thrown at officers, who fired warning shots into the air.",
                "en",
                said=day(1),
                hand="reported",
                medium="press conference",
            ),
            m.Statement(
                "st2", ("s2", "s4"), "I closed the eyes of five people that night.", "en", said=day(2), hand="first"
            ),
            m.Statement(
                "st3",
                ("s3", "s5"),
                "Біз қашып бара жатқанда атты.",
                "kk",
                "They shot as we were running away.",
                "B. Reviewer",
                day(2),
                "first",
            ),
            m.Statement(
                "st4",
                (),
                "twelve people were killed",
                "en",
                heard=second(1, 4.0, None),
                standing="proposed",
            ),
            m.Statement(
                "st5",
                ("s1",),
                "police had fired only into the air",
                "en",
                read_in="txt1",
                in_doubt=True,
                standing="proposed",
            ),
            m.Statement("st6", ("s2",), "she had counted five dead", "en", read_in="txt1"),
        ),
        counts=(
            m.Count("n1", "killed", "exactly", 2, 2, ("s1",), day(1), "reported", "two people died"),
            m.Count(
                "n2",
                "killed",
                "at_least_personally_seen",
                5,
                None,
                ("s2", "s4"),
                day(2),
                "first",
                "closed the eyes of five people",
            ),
            m.Count("n3", "killed", "between", 6, 9, ("s4",), day(4), "third", "between six and nine"),
            m.Count("n4", "wounded", "more_than", 31, None, ("s1",), day(1), "reported", "more than thirty"),
            m.Count(
                "n5",
                "killed",
                "exactly",
                4,
                4,
                (),
                None,
                "first",
                "four dead men",
                whose="itself",
                heard=second(1, 2, None),
            ),
            m.Count(
                "n6",
                "killed",
                "exactly",
                12,
                12,
                (),
                text="twelve people were killed",
                standing="proposed",
                whose="not_told",
                heard=second(1, 4.0, None),
            ),
            m.Count(
                "n7",
                "killed",
                "exactly",
                5,
                5,
                (),
                text="five dead",
                standing="proposed",
                whose="doubtful",
                read_in="txt1",
            ),
        ),
        claims=(
            m.Claim("k1", "Stones were thrown before the first shot.", "s1"),
            m.Claim("k2", "Police fired only into the air.", "s1"),
            m.Claim("k3", "People were shot while running away.", "s3"),
        ),
        evidence=(
            m.Evidence("e1", "From the third floor", "r-rec0aaaaaa"),
            m.Evidence("e2", "Beside the kiosk", "r-rec1aaaaaa"),
            m.Evidence("e3", "The nurse’s statement", "s-st2"),
        ),
        links=(
            m.Link("k1", "e1", "contradicts", "The whole line is in view and nothing is thrown."),
            m.Link("k1", "e2", "inconclusive", "The kiosk hides the left side."),
            m.Link("k2", "e3", "contradicts", "Five people died of bullet wounds.", "proposed"),
            m.Link("k3", "e1", "supports", "Reports are heard while people run."),
            m.Link("k3", "e2", "compatible", "People run; the shooters are not in view."),
        ),
        events=(
            m.Event(
                "v1",
                "Gathering on the square",
                m.When("2026-05-01T05:30", "minute", "2026-05-01T07:12"),
                sources=("s5",),
            ),
            m.Event("v2", "First shots", m.When("2026-05-01T07:12", "minute")),
            m.Event("v3", "Telephones and internet do not work", day(1, "2026-05-04"), "outage", ("s4", "s5")),
            m.Event("v4", "Curfew", day(2, ""), "curfew", ("s1",)),
            m.Event("v5", "The Ministry speaks of two dead", day(1), "statement", ("s1",)),
        ),
        unknowns=("The name of the man lying on the ground.", "Whether shots were also fired from the roof."),
        corrections=(
            m.Correction(day(9), "An earlier version said eight reports; there are seven. The eighth is an echo."),
        ),
        method=(
            "Recordings were put on one clock by their sound; two people watched each of them without knowing what the "
            "other had noted.",
        ),
        reviewers=("B. Reviewer checked every conclusion against the recordings.",),
    )


@pytest.fixture(scope="session")
def full_page(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, m.Page]:
    """The folder of a page with something in every section, and its model; six recordings play."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "media").mkdir()
    media = {}
    for n in range(len(OFFSETS)):
        media[n] = f"media/{n}.webm"
        film(folder / media[n], n)
    page = make_page(folder, media)
    render(page, folder)
    return folder, page


@pytest.fixture(scope="session")
def until() -> Callable[[Any, str], None]:
    """Waits until an expression holds in a page. (The page's own policy forbids what Playwright would wait with.)"""

    def wait(page: Any, expression: str) -> None:
        for _ in range(200):
            if page.evaluate(expression):
                return
            page.wait_for_timeout(50)
        raise AssertionError(f"never came true: {expression}")

    return wait


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's own browser; nothing is downloaded."""
    if CHROMIUM is None:
        pytest.skip("needs Debian's Chromium: sudo apt install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page and fails the test if it asks for anything outside its folder or writes to the console."""
    contexts, trouble = [], []

    def opened(path: Path, width: int = 1280, scheme: str = "light", scripts: bool = True, at: str = "") -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        inside = (f"file://{path.parent}/", "data:", "blob:")
        page.on("request", lambda request: request.url.startswith(inside) or trouble.append(request.url))
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on(
            "requestfailed", lambda request: "ERR_ABORTED" in (request.failure or "") or trouble.append(request.url)
        )
        page.goto(f"file://{path}{at}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], list[Any]]:
    """What axe finds wrong with a page, every part of it opened."""

    def run(page: Any) -> list[Any]:
        page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
        return [(it["id"], [node["html"][:160] for node in it["nodes"][:3]]) for it in found["violations"]]

    return run


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page published from a case with a picture and a text, both public."""
    from kuager.faces.page import publish
    from kuager.record.acquiring import Acquisition
    from kuager.record.case import Case
    from kuager.record.home import Home
    from kuager.record.intake import add

    base = tmp_path_factory.mktemp("published")
    draw_still(3, 1.0).save(base / "picture.jpg", quality=85)
    (base / "page.txt").write_text("A Quiet Day\n\nThe mayor said on May 2, 2026 that two people were hurt.\n")
    case = Case.create(base / "case", Home(base / "home").signer(), title="A case for the browser")
    add(case, [base / "picture.jpg", base / "page.txt"], Acquisition(public=True))
    publish(case, base / "page")
    return base / "page"
