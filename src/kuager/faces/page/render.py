"""Writes a page model as a folder of static files: one HTML file for each language, scripts, style and downloads.

The same model gives the same bytes. Media are not written here; the model names paths that the caller has filled.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from markupsafe import Markup

from kuager.faces.page import downloads, map, scales
from kuager.faces.page.marking import Marking
from kuager.faces.page.model import (
    Link,
    Mark,
    Observation,
    Page,
    Recording,
    Reference,
    Speech,
)
from kuager.faces.page.naming import Names, in_texts, kinds, sides
from kuager.faces.page.words import LANGUAGES, NAMES, Words, clock, words

FORMS = {"supports": "▲", "contradicts": "▼", "compatible": "◆", "inconclusive": "○", "not_examined": "·"}
MOST_BETWEEN = 24
"""How statements stand to each other is shown for so many pairs, what people decided first; the data has them all."""
SHOWN_PARAGRAPHS = 8
"""Of a text so many paragraphs are shown at once."""
ASSETS = ("page.css", "page.js", "clock.js", "wall.js", "sha256.js", "check.js")
_FILES = {"en": "index.html", "ru": "index.ru.html", "kk": "index.kk.html"}
_RECORD = (
    ("log.jsonl", "download-log"),
    ("payloads.jsonl", "download-payloads"),
    ("checkpoints.log", "download-checkpoints"),
    ("verify.py", "download-checker"),
    ("CHECK.md", "download-recipe"),
)


@dataclass(frozen=True)
class Section:
    """A part of the page between masthead and custody; its heading is the message ``section-ANCHOR``."""

    anchor: str
    shown: Callable[[Page], object]

    @property
    def template(self) -> str:
        return f"{self.anchor}.html"


# In reading order. A new part of the page is a line here and a template of that name.
SECTIONS = (
    Section("recordings", lambda page: page.recordings),
    Section("sequence", lambda page: page.account or page.promises),
    Section("timeline", lambda page: page.events),
    Section("where", lambda page: page.places),
    Section("who", lambda page: page.statements),
    Section("count", lambda page: page.counts),
    Section("conclusions", lambda page: page.conclusions),
    Section("matrix", lambda page: (page.claims and page.evidence) or page.between),
    Section("unknown", lambda page: page.unknowns),
    Section("corrections", lambda page: page.corrections),
    Section("method", lambda page: page.method or page.reviewers or page.signed or page.searched),
    Section("texts", lambda page: page.texts),
    Section("documents", lambda page: page.documents),
)


def render(page: Page, folder: Path) -> None:
    """Writes everything but media and the record's own files into ``folder``, which exists."""
    (folder / "assets").mkdir(exist_ok=True)
    (folder / "data").mkdir(exist_ok=True)
    for name in ASSETS:
        source = files("kuager.faces.page").joinpath(f"assets/{name}").read_text(encoding="utf-8")
        _write(folder / "assets" / name, source)
    offered = downloads.files(page)
    for path, (text, _) in offered.items():
        _write(folder / path, text)
    _write(folder / "data/record.js", f"var KUAGER_RECORD = {_json(_record(page))};\n")
    for language in LANGUAGES:
        labels = {path: label for path, (_, label) in offered.items()}
        _write(folder / _FILES[language], html(page, language, {**dict(_RECORD), **labels}))


def html(page: Page, language: str, offered: dict[str, str]) -> str:
    """The page in one language. ``offered`` maps the path of each download to the message of its label."""
    t = words(language)
    sections = [section for section in SECTIONS if section.shown(page)]
    titles = {it.id: it.title or f"{t('recording')} {n}" for n, it in enumerate(page.recordings, 1)}
    naming = Names(page, titles, t)
    template = _environment().get_template("page.html")
    text: str = template.render(
        page=page,
        language=language,
        languages=[(code, _FILES[code]) for code in LANGUAGES],
        language_names=NAMES,
        og_locale={"en": "en_GB", "ru": "ru_RU", "kk": "kk_KZ"}[language],
        t=t,
        words=t,
        clock=clock,
        sections=sections,
        empty=not (page.recordings or page.texts or page.documents or page.account or page.conclusions),
        holdings=_holdings(page, t),
        description=page.standfirst or (page.conclusions[0].text if page.conclusions else page.title or t("untitled")),
        linked_data=_linked_data(page, language, _document_title(page, t)),
        strings=_strings(t, len(page.custody.disclosed)),
        wall=_wall(page, titles),
        headline=page.title or t("untitled"),
        document_title=_document_title(page, t),
        mixed_counts=len({it.standing for it in page.counts}) > 1,
        mixed_statements=len({it.standing for it in page.statements}) > 1,
        ended=lambda text: text if text.endswith(".") else text + ".",
        begun=lambda text: text[:1].upper() + text[1:],
        quoted=_quoted,
        tidy=_tidy,
        folded=_folded,
        titles=titles,
        text_titles={it.id: it.title or t("kind-page") for it in page.texts},
        title=lambda it: titles[it.id],
        href=lambda to: _href(page, to),
        href_at=_media_second,
        loudness=_loudness,
        marks=_marks,
        names=naming.names,
        with_roles=naming.with_roles,
        label=lambda run: run.text or naming.place(run.to),
        column=lambda it: it.title or titles.get(it.id, it.id),
        speaker=naming.speaker,
        voice=naming.voice,
        aside=naming.aside,
        brief=naming.brief,
        runs=Marking(page).runs,
        kinds=kinds(page),
        in_texts=in_texts(page),
        shown_paragraphs=SHOWN_PARAGRAPHS,
        sides=sides(page),
        timeline=scales.timeline(page.events, t),
        counts=scales.count_groups(page.counts),
        against=scales.against(page.counts, page.between),
        map=map.draw(page.places),
        map_size=(map.WIDTH, map.HEIGHT),
        matrix=_matrix(page),
        between=page.between[:MOST_BETWEEN],
        between_open=max(3, sum(it.standing == "judged" for it in page.between)),
        between_left=len(page.between[MOST_BETWEEN:]),
        place=naming.place,
        forms=FORMS,
        downloads=[(path, _label(path, message, t, titles)) for path, message in offered.items()],
    )
    return text


@cache
def _environment() -> Any:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("kuager.faces.page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["json"] = lambda value: Markup(_json(value))
    return environment


def _json(value: object) -> str:
    """JSON that may stand inside a script element: nothing in it can end the element or start a comment."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8", "replace"))


def _label(path: str, message: str, t: Words, titles: dict[str, str]) -> str:
    name = titles.get(Path(path).stem) if path.endswith(".vtt") else None
    return f"{t(message)}: {name}" if name else t(message)


def _holdings(page: Page, t: Words) -> list[str]:
    parts = (("recordings", page.recordings), ("texts", page.texts), ("documents", page.documents))
    return [t(f"holds-{name}", n=len(members)) for name, members in parts if members]


def _href(page: Page, to: Reference) -> str:
    """The recording's own second where there is a file to open (readable without scripts), else the anchor."""
    recording = next((it for it in page.recordings if f"r-{it.id}" == to.anchor), None)
    if recording is None or recording.media is None or to.start_s is None:
        return f"#{to.anchor}"
    return _second(recording.media, to.start_s, to.end_s)


def _quoted(text: str) -> str:
    """Words in quotation marks, once; a comma that only led on to who said them is left out."""
    text = _tidy(text)
    return text if text[:1] in "\"“«„‘'" else f"“{text}”"


def _tidy(text: str) -> str:
    return re.sub(r",([\"”»’']?)$", r"\1", text)


def _folded(members: Sequence[Any], shown: int) -> list[Sequence[Any]]:
    """What is shown at once and what a reader unfolds; nothing is folded for fewer than three."""
    return [members[:shown], members[shown:]] if len(members) >= shown + 3 else [members]


def _document_title(page: Page, t: Words) -> str:
    """What the page is called where its banner is not seen."""
    title = page.title or t("untitled")
    return f"DRILL: {title}" if page.drill and not title.startswith("DRILL") else title


def _media_second(recording: Recording, seen: Observation | Mark | Speech) -> str:
    return _second(recording.media, seen.start_s, seen.end_s) if recording.media else f"#r-{recording.id}"


def _second(media: str, start: float, end: float | None) -> str:
    return f"{media}#t={start:g}" + (f",{end:g}" if end is not None else "")


def _marks(recording: Recording) -> list[tuple[Mark, str, bool]]:
    """Marks with what is said of each: in full for the first of its kind, by its first sentence for those like it."""
    told: set[tuple[str, str]] = set()
    found = []
    for mark in recording.marks:
        kind = (re.sub(r"[\d.,]+", "#", mark.text), mark.grade)
        first = kind not in told
        told.add(kind)
        found.append((mark, mark.text if first else re.split(r"(?<=[a-z)])\. ", mark.text)[0].rstrip(".") + ".", first))
    return found


def _matrix(page: Page) -> list[tuple[object, list[list[Link]]]]:
    return [
        (claim, [[x for x in page.links if x.claim == claim.id and x.evidence == it.id] for it in page.evidence])
        for claim in page.claims
    ]


def _loudness(peaks: Sequence[int]) -> str:
    """An SVG path, mirrored about the middle, one unit for each peak, the loudest reaching the edge."""
    most = max(max(peaks), 1)
    peaks = [round(100 * peak / most) for peak in peaks]
    top = "".join(f"L{x} {50 - peak / 2:g}" for x, peak in enumerate(peaks))
    bottom = "".join(f"L{x} {50 + peak / 2:g}" for x, peak in reversed(list(enumerate(peaks))))
    return f"M0 50{top}{bottom}Z"


def _wall(page: Page, titles: dict[str, str]) -> dict[str, Any] | None:
    """What the script needs to play the largest group together, or None where nothing can be."""
    on_clock = [it for it in page.recordings if it.offset_s is not None and it.group is not None and it.media]
    groups = {it.group for it in on_clock}
    group = max(groups, key=lambda g: sum(it.group == g for it in on_clock), default=None)
    together = tuple(it for it in on_clock if it.group == group)
    if not together:
        return None
    return {
        "duration": round(scales.clock_length(together), 3),
        "recordings": [
            {
                "id": it.id,
                "offset": it.offset_s,
                "duration": it.duration_s,
                "passing": [[o.start_s, o.end_s, o.text, "seen" if o.found else "not-found"] for o in it.observations]
                + [[m.start_s, m.end_s, m.text, "measured"] for m in it.marks],
            }
            for it in together
        ],
        "lanes": [asdict(lane) for lane in scales.lanes(together, titles)],
    }


def _record(page: Page) -> dict[str, Any]:
    custody = page.custody
    return {
        "checkpoint": custody.checkpoint,
        "disclosed": [[it.index, it.payload, it.line, list(it.path)] for it in custody.disclosed],
        "files": {it.sha256: [it.path, it.title] for it in custody.files},
    }


def _strings(t: Words, disclosed: int) -> dict[str, str]:
    """The messages scripts show, with their arguments left as marks that the script fills in."""
    plain = (
        "check-none",
        "check-working",
        "check-root",
        "check-compare",
        "wall-play",
        "wall-pause",
        "not-found",
        "screening",
    )
    strings = {name: t(name) for name in plain}
    strings["check-matches"] = t("check-matches", title="{title}", path="{path}")
    strings["check-ok"] = t("check-ok", n=disclosed)
    strings["check-bad"] = t("check-bad", n="{n}")
    return strings


def _linked_data(page: Page, language: str, headline: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "inLanguage": language,
        "dateModified": page.updated.start,
    }
    if page.byline:
        data["author"] = {"@type": "Person", "name": page.byline}
    if page.lead and not page.lead_graphic:
        data["image"] = page.lead.path
    if page.corrections:
        data["correction"] = [it.text for it in page.corrections]
    return data
