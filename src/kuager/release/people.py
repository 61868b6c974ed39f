"""People whom a page or a transcript names: who comment, sign it, speak, are quoted, and are only mentioned.

All of them are masked in what leaves until somebody clears them. A program finds them by how names are written and what
stands beside them, and misses some; what it must not miss is marked with ``kuager protect``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from kuager.instruments.text import Reading
from kuager.instruments.text import read as read_page
from kuager.instruments.text.cyrillic.given import is_given_in_case
from kuager.instruments.text.who.cast import Cast
from kuager.instruments.text.who.given import GIVEN
from kuager.instruments.text.who.name_words import TITLES
from kuager.release import spelling

if TYPE_CHECKING:
    from kuager.weigh.transcript import Transcript

Standing = Literal["comments", "signs", "quoted", "mentioned", "speaks"]

_OFFICES = ("authorities", "international")
_OFFICE = re.compile(
    r"\b(?:president|minister|ambassador|governor|mayor|akim|prosecutor|attorney[- ]general|senator|deputy|chief|judge"
    r"|general|colonel|spokes\w+|secretary|commissioner|head|chair\w*|official)\b"
    r"|президент|министр|посол|губернатор|мэр|аким|прокурор|депутат|судь|генерал|полковник|представител|секретар|глава"
    r"|начальник|әкім|елші|өкіл|бастығы",
    re.I,
)
# Initials before or after a family name, and patronymics: written so of people alone.
_INITIALS = re.compile(
    r"(?<!\w)(?:(?:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\.[  ]?){1,2}(?P<after>[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w’'-]{3,30})"
    r"|(?P<before>[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w’'-]{3,30})[  ](?:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\.[  ]?){2})"
)
_PATRONYMIC = re.compile(
    r"(?<!\w)(?:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w’'-]{1,30}[  ]){1,2}"
    r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\w{2,30}(?:ovich|evich|ovna|evna|uly|kyzy|qyzy|ович|евич|овна|евна|ұлы|улы|қызы|кызы)\w{0,3}"
)
_FAMILY = (
    r"(?:ov|ova|ev|eva|yev|yeva|uly|kyzy|qyzy|enko|bayev|baev|bekov|[оеё]ва?|ский|ская|енко|ұлы|қызы)"
    r"(?:['’]s|а|у|ым|ом|ой|е|[тнд][ыі]ң|[ғқ]а|[гк]е|[мбп]ен|[дтн][ыі]|[дт]ан?|[дт]ен?)?"
)
_PAIR = re.compile(
    r"(?<!\w)[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w’'-]{2,30}[  ](?P<family>[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w’'-]{2,30}" + _FAMILY + r")(?!\w)"
)
_AGED = re.compile(
    r"(?<!\w)[A-ZÀ-ÞА-ЯЁӘҒҚҢӨҰҮҺІ][\w’'-]{1,30}(?:[  ][A-ZÀ-ÞА-ЯЁӘҒҚҢӨҰҮҺІ][\w’'-]{1,30}){1,2}(?=, \d{1,2}[,.;])"
)
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|President|Minister|Senator|Sen|Rep|Gov|Governor|Mayor|Akim|Ambassador"
    r"|General|Gen|Colonel|Col|Major|Captain|Capt|Lieutenant|Lt|Sergeant|Sgt|Judge|Sheriff|Detective|Imam|Father)\.?"
    r"[  ](?P<name>[A-ZÀ-Þ][a-zß-ÿ’'-]{2,30})(?!\w|[  ][A-ZÀ-Þ])"
)
_NO_NAME = frozenset(
    "street avenue square hospital university city region district river mountains stadium assembly prosecutor staff "
    "electric motors secretary office officer council party ministry election elections palace day administration "
    "general attorney justice security".split()
)
_ABROAD = frozenset("президент министр премьер полковник генерал майор депутат аким судья посол прокурор".split())
# What transcribers write before a line where they do not say who speaks.
_ROLES = frozenset(
    "man woman boy girl child voice voices speaker speakers person people male female officer officers policeman police"
    " soldier soldiers doctor nurse medic reporter journalist interviewer interviewee cameraman operator narrator host"
    " anchor witness witnesses protester protesters crowd caller driver resident neighbour neighbor mother father wife"
    " husband brother sister son daughter friend unknown unidentified somebody someone other another radio loudspeaker"
    " loudhailer translator interpreter old young first second third another the with from and"
    " мужчина женщина мальчик девочка ребёнок ребенок голос говорящий спикер человек полицейский солдат врач медсестра"
    " журналист репортёр репортер ведущий очевидец свидетель протестующий толпа водитель житель сосед мать отец"
    " неизвестный неизвестная переводчик рация"
    " ер әйел бала дауыс полиция сарбаз дәрігер тілші куәгер тұрғын адам белгісіз".split()
)
_IN_HEADLINES = frozenset(
    "after against amid and are as at back be before but by call calls for from has have in into is it of off on over"
    " put puts return returns say says than that the to under urge urges vow vows warn warns was were will with".split()
)
# A capitalised Cyrillic word that no sentence begins with, or a longer one that does before a comma or a verb.
_CYRILLIC_GIVEN = re.compile(
    r"(?:(?<=[а-яёәғқңөұүһі] )|(?<=[а-яёәғқңөұүһі], )|(?<=[а-яёәғқңөұүһі] [—–«(]))"
    r"(?P<word>[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]{2,})(?![\w-])(?! [А-ЯЁӘҒҚҢӨҰҮҺІ])"
)
_CYRILLIC_OPENING = re.compile(
    r"(?:^|[\n.!?…»] )(?P<word>[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]{4,})"
    r"(?=, [а-яё]| [а-яёәғқңөұүһі]+(?:л|ла|ет|ит|ды|ді|ты|ті|ған|ген)\b| [а-яёәғқңөұүһі]*[іы]с[іы]\b)"
)
_STATES = re.compile(r"\b(?:U\.[  ]?[SNK]|E\.[  ]?U|D\.[  ]?C)\.")


@dataclass(frozen=True)
class Person:
    """Somebody named on a page. ``office`` whether they speak in a public office, or sign the page: proposed for
    clearing. ``id`` names them in commands and nowhere else: it is made of the name."""

    id: str
    name: str
    role: str
    standing: Standing
    office: bool


def people_of(reading: Reading) -> tuple[Person, ...]:
    """Everybody whom a page names, each once, in their closest standing."""
    found: dict[tuple[str, ...], Person] = {}
    for name, role, standing, office in _all(reading):
        key = spelling.name(name)
        if key and any(word[:1].isalpha() for word in key) and not any(set(key) <= set(other) for other in found):
            found[key] = _person(name, role, standing, office)
    return tuple(found.values())


def read_people(data: bytes, media_type: str | None) -> tuple[str, ...]:
    """The names on a page, from its bytes. Raises UnreadableError for what is not text."""
    return tuple(person.name for person in people_of(read_page(data, media_type)))


def people_heard(transcript: Transcript) -> tuple[Person, ...]:
    """Everybody whom a transcript names: who speaks, as its labels say, and who is named in it or its translation."""
    labels = dict.fromkeys(line.speaker for line in transcript.lines + transcript.translation if line.speaker)
    found = [_person(name, "", "speaks", False) for label in labels if (name := name_of_label(label))]
    found += people_of(transcript.reading())
    for name, role in named_in(" ".join(line.text for line in transcript.translation)):
        found.append(_person(name, role, "mentioned", bool(_OFFICE.search(role))))
    return tuple({one.id: one for one in reversed(found)}.values())[::-1]


def _person(name: str, role: str, standing: Standing, office: bool) -> Person:
    key = spelling.name(name)
    return Person("pn-" + sha256(" ".join(key).encode()).hexdigest()[:8], name, role, standing, office)


def name_of_label(label: str) -> str:
    """What in the label of a speaker may be a name: nothing in "Man A", "Voice 2" and "OFFICER"."""
    words = [word for word in spelling.WORD.findall(label) if word.casefold() not in _ROLES]
    return " ".join(words) if any(len(word) > 2 and word.isalpha() for word in words) else ""


def bodies_of(reading: Reading) -> tuple[str, ...]:
    """The names of ministries, papers and crowds on a page: words of these alone name nobody.

    "Police Chief Arnold Dace" is no body, although a reader took it for one: it ends in somebody's name.
    """
    people = [spelling.stems(person.name) for person in people_of(reading)]

    def names_somebody(name: str) -> bool:
        words = spelling.stems(name)
        return any(
            words[-len(key) :] == key or (len(key) > 1 and key in _runs(words, len(key)) and " of " in name)
            for key in people
        )

    bodies = (source.name for source in reading.sources if source.kind not in ("person", "commenter"))
    return tuple(name for name in bodies if not names_somebody(name))


def _runs(words: tuple[str, ...], length: int) -> set[tuple[str, ...]]:
    return {words[at : at + length] for at in range(len(words) - length + 1)}


def named_in(text: str) -> Iterator[tuple[str, str]]:
    """Names of people in a text with the role that stands beside them, as far as their writing tells."""
    for person in Cast(_without_headlines(text)).persons:
        if person.given or person.role:
            # "Interior Minister Sadykov": an office hides nobody, and hidden it would take every ministry with it.
            before, name = person.name[: len(person.role) + 1], person.name[len(person.role) + 1 :]
            beside = bool(person.role) and before.casefold() == f"{person.role} ".casefold()
            yield name if beside else person.name, person.role
    for name in _in_headlines(text):
        yield name, ""
    for pattern in (_PATRONYMIC, _PAIR, _AGED):
        for match in pattern.finditer(text):
            words = match[0].split()
            if words[0].casefold() in TITLES or words[0].casefold() in _ABROAD:
                words = words[1:]
            if words[-1].casefold() not in _NO_NAME:
                yield " ".join(words), ""
    for match in _TITLED.finditer(text):
        if match["name"].casefold() not in _NO_NAME | TITLES:
            yield match["name"], ""
    for match in itertools.chain(_CYRILLIC_GIVEN.finditer(text), _CYRILLIC_OPENING.finditer(text)):
        if is_given_in_case(match["word"]):
            yield match["word"], ""  # "Жайсанның інісі", "с Рустамом"
    for match in _INITIALS.finditer(text):
        if not _STATES.search(match[0]):
            yield match["after"] or match["before"], ""


def _in_headlines(text: str) -> Iterator[str]:
    """Names in lines where every word is written like one, known by the given name alone."""
    for line in filter(_is_headline, text.split("\n")):
        words = re.findall(r"[A-Za-z][A-Za-z'’-]*", line)
        for first, second in itertools.pairwise(words):
            family = second.removesuffix("'s").removesuffix("’s")
            low = (first.casefold(), family.casefold())
            if low[0] in GIVEN and not set(low) & (_IN_HEADLINES | _NO_NAME) and family[0].isupper():
                yield f"{first} {family}"


def _without_headlines(text: str) -> str:
    """A text without lines in which every word is written like a name: "Ambassador Calls Town's Video Disturbing".

    They are known by words that no list of names has, and leave the names in them to the other patterns and the page.
    """
    return "\n".join("" if _is_headline(line) else line for line in text.split("\n"))


def _is_headline(line: str) -> bool:
    words = re.findall(r"[A-Za-z][A-Za-z'’-]*", line)
    if not 5 <= len(words) <= 30 or line.rstrip().endswith("."):
        return False
    capital = sum(word[0].isupper() for word in words)
    return capital >= 0.9 * len(words) and any(word.casefold() in _IN_HEADLINES for word in words)


def _all(reading: Reading) -> Iterator[tuple[str, str, Standing, bool]]:
    for comment in reading.page.comments:
        if comment.by:
            yield comment.by.text, "", "comments", False
    for author in reading.page.byline.authors if reading.page.byline else ():
        yield author, "", "signs", True
    for source in reading.sources:
        if source.anonymous or source.kind not in ("person", "commenter"):
            continue
        if source.kind == "commenter":
            yield source.name, "", "comments", False
        else:
            role = source.role or ""
            in_office = source.side in _OFFICES and not source.at_risk and bool(_OFFICE.search(role))
            yield source.name, role, "quoted", in_office
    for name, role in named_in(reading.text):
        yield name, role, "mentioned", bool(_OFFICE.search(role))
