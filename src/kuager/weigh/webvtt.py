"""Annotations as WebVTT (W3C, "WebVTT: The Web Video Text Tracks Format"): a cue each, with a comment before it.

The comment has what a caption has no place for. What was looked for and not found says so in its words, so that no
caption shows it as seen.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from typing import Any

from kuager.weigh.annotation import MOMENT_S, MOST, Annotation, annotation, seconds, unreadable

NOT_FOUND = "(not found) "
_NOTE = "NOTE kuager "


def encode(annotations: Sequence[Annotation]) -> str:
    """The text of a WebVTT file."""
    blocks = ["WEBVTT"]
    for each in annotations:
        about: dict[str, Any] = {"found": each.found}
        about |= {"obscured": each.obscured} if each.obscured else {}
        about |= {key: list(value) for key, value in (("tags", each.tags), ("subjects", each.subjects)) if value}
        blocks.append(_NOTE + json.dumps(about, sort_keys=True).replace(">", "\\u003e"))
        lines = [each.id] if each.id else []
        lines.append(f"{_stamp(each.start_s)} --> {_stamp(max(each.end_s, each.start_s + MOMENT_S))}")
        lines.append(_escaped(("" if each.found else NOT_FOUND) + each.text))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def decode(text: str) -> list[Annotation]:
    """The annotations in a WebVTT file. Raises UnreadableError."""
    found: list[Annotation] = []
    about: dict[str, Any] = {}
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        block = block.strip("\n")
        if block.startswith(_NOTE):
            about = _about(block.removeprefix(_NOTE))
            continue
        lines = block.split("\n")
        at = next((k for k, line in enumerate(lines[:2]) if "-->" in line), None)
        if at is None or block.startswith("NOTE"):
            continue
        if len(found) >= MOST:
            raise unreadable(f"There are more than {MOST} cues.")
        found += _cue(lines[at], lines[at - 1] if at else "", "\n".join(lines[at + 1 :]), about)
        about = {}
    return found


def _cue(times: str, id: str, words: str, about: dict[str, Any]) -> list[Annotation]:
    first, _, rest = times.partition("-->")
    start, end = seconds(first), seconds(rest.split()[0]) if rest.split() else None
    if start is None or end is None:
        raise unreadable(f"A cue has the times {times.strip()[:60]!r}.")
    voice = re.match(r"<v(?:\.[^\s>]*)?\s+([^>\n]{1,80})>", words)
    text = html.unescape(re.sub(r"<[^<>]{0,200}>", "", words))
    said = bool(about.get("found", not text.startswith(NOT_FOUND)))
    text = text if said else text.removeprefix(NOT_FOUND)
    if not text.strip():
        return []
    subjects = about.get("subjects", [html.unescape(voice[1])] if voice else [])
    end = start if 0 <= end - start <= MOMENT_S * 1.5 else end
    return [annotation(start, end, text, said, about.get("obscured"), about.get("tags", []), subjects, id.strip())]


def _about(text: str) -> dict[str, Any]:
    """What a comment of ours says; nothing where somebody spoiled it."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(value, dict):
        return {}
    words = {key: value[key] for key in ("tags", "subjects") if _are_words(value.get(key))}
    said = {key: value[key] for key, kind in (("found", bool), ("obscured", str)) if isinstance(value.get(key), kind)}
    return words | said


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _escaped(text: str) -> str:
    for mark, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\n", "&#10;"), ("\r", "&#13;")):
        text = text.replace(mark, written)
    return text


def _stamp(time_s: float) -> str:
    whole, milliseconds = divmod(round(time_s * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{milliseconds:03}"
