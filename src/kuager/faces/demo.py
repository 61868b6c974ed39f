"""The demo: a drill taken into a case, examined, and published, as an investigator would do it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kuager.errors import UsageError

MARK = "MADE-BY-KUAGER-DEMO"
Told = Callable[[str], None]


@dataclass(frozen=True)
class Demo:
    """Where the demo lies: the drill's material, the case, and its published page."""

    drill: Path
    case: Path
    page: Path


def build_demo(folder: Path, seed: int = 1, recordings: int = 6, seconds: float = 60.0, told: Told = print) -> Demo:
    """Builds the demo in ``folder``, anew where an earlier demo lies. ``told`` hears what is being done.

    Its keys lie in the folder too: a drill never touches those of the person. Raises UsageError where the folder holds
    something else.
    """
    from kuager.faces.page import publish
    from kuager.record.case import Case
    from kuager.record.home import Home

    demo = make_case(folder, seed, recordings, seconds, told)
    told("Publishing what was cleared …")
    home = Home(folder / "home")
    with Case.open(demo.case, home.signer(), home.identities()) as case:
        publish(case, demo.page)
        home.keep(case.origin, case.checkpoint)
    return demo


def make_case(folder: Path, seed: int = 1, recordings: int = 6, seconds: float = 60.0, told: Told = print) -> Demo:
    """The same up to the page: a case in which everything is examined, decided and written, and nothing published."""
    demo = Demo(folder / "drill", folder / "case", folder / "page")
    _make_room(folder)
    told(f"Making the drill: {recordings} recordings of {seconds:.0f} s, re-uploads, pages and lists, all invented …")
    from kuager.drill import generate

    made = generate(demo.drill, seed, recordings, seconds).truth
    _take_in(demo, made, folder / "home", told)
    return demo


def _make_room(folder: Path) -> None:
    if (folder / MARK).is_file():
        shutil.rmtree(folder)
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already and was not made by the demo.", "Give another folder.")
    folder.mkdir(parents=True)
    (folder / MARK).write_text("A drill: everything here is invented. Running the demo again replaces this folder.\n")


def _take_in(demo: Demo, made: dict[str, Any], home_folder: Path, told: Told) -> None:
    from kuager.examine import Pool
    from kuager.examine.casework import examine_case
    from kuager.faces.demo_words import REVIEWER, Material, write_about
    from kuager.record.acquiring import Acquisition
    from kuager.record.case import Case
    from kuager.record.home import Home
    from kuager.record.intake import add
    from kuager.record.source import make_source
    from kuager.release import clear
    from kuager.release.clearing import clear_name, known_people
    from kuager.release.consent import give_consent
    from kuager.release.signing import CHECKS, sign_off

    def files(kind: str) -> list[Path]:
        return [demo.drill / one["path"] for one in made[kind]]

    home = Home(home_folder)
    with Case.create(demo.case, home.signer(), "DRILL: shots on the square", False, home.identities()) as case:
        told("Preserving: recordings from two witnesses, pages as published, lists that stay in the case …")
        witness = make_source(case, "DRILL: an invented witness who must not be named", at_risk=True)
        other = make_source(case, "DRILL: an invented passer-by", at_risk=True)
        event = [one["event"] for one in made["recordings"]]
        paths = files("recordings")
        own = [path for path, of_event in zip(paths, event, strict=True) if of_event]
        elsewhere = [path for path, of_event in zip(paths, event, strict=True) if not of_event]
        filmed = [one.id for one in add(case, own, Acquisition(witness, "messenger", "filmed")).items]
        withdrawn = [one.id for one in add(case, elsewhere[:1], Acquisition(other, "messenger", "filmed")).items]
        copies = files("copies")
        shown = add(case, copies[:1], Acquisition(channel="download", relation="published", public=True)).items
        add(case, copies[1:], Acquisition(channel="download", relation="published"))
        add(case, files("pages"), Acquisition(channel="download", relation="published", public=True))
        add(case, files("lists"), Acquisition(witness, "messenger", "forwarded"), restricted=True)
        told("Examining, in worker processes that hold no keys …")
        with Pool() as pool:
            examine_case(case, pool)
        told("Deciding what may leave, and writing what is seen …")
        for item in filmed + withdrawn:
            clear(case, item, "A drill: nobody in it is real.", graphic=False)
            sign_off(case, item, CHECKS, REVIEWER)
        for one in shown:
            clear(case, one.id, "A drill: it was published before.", graphic=False)
        officials = (it.person for it in known_people(case) if it.person.office and it.person.standing == "quoted")
        for name in sorted({official.name for official in officials}):
            clear_name(case, name, "A drill: an invented official, quoted in office.")
        for source in (witness, other):
            give_consent(case, source, {"publish": True})
        give_consent(case, other, {"publish": False})
        write_about(case, Material(demo.drill, made, filmed, withdrawn[0], [one.id for one in shown]))
