"""Makes a case of the example and publishes its page, with the functions that the verbs call.

    python examples/zhanaozen-2011/build.py FOLDER

FOLDER must not exist or be empty; it gets the case, its page, and the keys that were made for it.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from kuager.errors import KuagerError, UsageError
from kuager.examine import Pool
from kuager.examine.casework import examine_case
from kuager.faces.page import publish
from kuager.record.acquiring import Acquisition
from kuager.record.case import Case
from kuager.record.home import Home
from kuager.record.intake import add
from kuager.release.clearing import clear_name
from kuager.weigh import claim, conclusion, event, evidence, remark, story
from kuager.weigh.reading import readings

HERE = Path(__file__).parent
MATERIAL = ("authorities.txt", "others.txt", "recording.txt")


class References:
    """Finds what ``claim: …``, ``text: …`` and ``event: …`` point at, by words that stand there."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._read = readings(case)

    def __call__(self, said: str) -> str:
        """The reference as the case writes it; words that name a source outside the case stay as they are."""
        kind, colon, words = said.partition(": ")
        if not colon or kind not in ("claim", "text", "event"):
            return said
        found = (
            self._events(words) if kind == "event" else self._claims(words) if kind == "claim" else self._texts(words)
        )
        if not found:
            raise UsageError(f"Nothing says “{words}” ({kind}).")
        return found[0]

    def claim(self, words: str, **wanted: Any) -> str:
        """The claim with these words that has the properties wanted, as ``c:ITEM/cl-…``."""
        found = self._claims(words, **wanted)
        if not found:
            raise UsageError(f"No claim says “{words}” {wanted or ''}")
        return found[0]

    def _claims(self, words: str, **wanted: Any) -> list[str]:
        return [
            f"c:{each.id}"
            for _, reading in self._read
            for each in reading.claims
            if words in _sentence(reading, each.statement)
            and all(getattr(each, key) == value for key, value in wanted.items())
        ]

    def _texts(self, words: str) -> list[str]:
        return [
            f"s:{item}/{each.id}" for item, read in self._read for each in read.statements if words in each.span.text
        ]

    def _events(self, words: str) -> list[str]:
        return [f"e:{each.id}" for each in event.events(self._case) if words in each.title]


def _sentence(reading: Any, statement: str) -> str:
    """The statement's words; the innermost statement of a sentence holds its claims."""
    return next(each.span.text for each in reading.statements if each.id == statement)


def build(folder: Path) -> Path:
    """Makes the case in ``folder``/case and its page in ``folder``/page, which it returns. Raises UsageError."""
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty.", "Give a folder that does not exist yet.")
    facts = tomllib.loads((HERE / "facts.toml").read_text(encoding="utf-8"))
    home = Home(folder / "home")
    with Case.create(folder / "case", home.signer(), facts["title"], False, home.identities()) as case:
        published = Acquisition(channel="retold from public reports", relation="published", public=True)
        add(case, [HERE / "material" / name for name in MATERIAL], published)
        with Pool(1) as pool:
            examine_case(case, pool)
        for name in facts["officials"]:
            clear_name(case, name, facts["officials_because"])
        _write(case, facts)
        publish(case, folder / "page")
        home.keep(case.origin, case.checkpoint)
    return folder / "page"


def _write(case: Case, facts: dict[str, Any]) -> None:
    """Everything that editors decided and wrote."""
    find = References(case)
    for one in facts.get("withdrawn", ()):
        which = {key: value for key, value in one.items() if key in ("status", "relation")}
        claim.correct(case, find.claim(one["claim"], **which), {}, one["because"], withdrawn=True)
    for one in facts["count"]:
        which = {"type": "casualty_count", "status": one.get("status", "killed")}
        changes = {"status": which["status"], **({"lower": one["lower"]} if "lower" in one else {})}
        claim.correct(case, find.claim(one["claim"], **which), changes, one["because"])
    find = References(case)
    for one in facts["event"]:
        sources = [find(source) for source in one["sources"]]
        event.record_event(case, one["title"], one["at"], one.get("until"), one.get("kind", "event"), sources)
    for one in facts["place"]:
        event.record_place(case, one["name"], one["lat"], one["lon"], one["radius_m"], one["about"])
    for one in facts["link"]:
        evidence.link(case, find(one["claim"]), find(one["evidence"]), one["as"], one["because"])
    for one in facts["conclusion"]:
        sides = ([find(each) for each in one[side]] for side in ("for", "against"))
        conclusion.conclude(case, one["text"], facts["standard"], *sides, one["alternatives"], facts["author"])
    for one in facts["promise"]:
        remark.promise(case, one["who"], one["text"], one["on"], one["outcome"])
    for kind in (remark.UNKNOWN, remark.METHOD):
        for text in facts[kind]:
            remark.note(case, kind, text)
    told = (HERE / story.FILE).read_text(encoding="utf-8")
    (case.folder / story.FILE).write_text(
        re.sub(r"\[\[([a-z]+: [^\]]+)\]\]", lambda match: f"[[{find(match[1])}]]", told), encoding="utf-8"
    )


if __name__ == "__main__":
    try:
        print(f"Published {build(Path(sys.argv[1])) / 'index.html'}")
    except IndexError:
        sys.exit("Give the folder to build in: python examples/zhanaozen-2011/build.py FOLDER")
    except KuagerError as error:
        sys.exit(f"{error} {error.hint or ''}")
