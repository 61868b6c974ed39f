"""Russian declension, backwards: a mention in the genitive or the prepositional as it would be looked up.

"Заместителя министра Павла Громова" → "заместитель министра Павел Громов", "в пресс-службе" → "пресс-служба". Only the
head of the phrase, what agrees with it and a name behind it are turned; what depends on the head stays. By endings, as
in Zaliznyak's tables (1977), not by a dictionary: a rare word may come out wrong, but never shortened to another one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kuager.instruments.text.russian.people import is_body, is_person, is_person_declined

_UPPER = "А-ЯЁӘҒҚҢӨҰҮҺІ"
_LETTERS = "а-яёәғқңөұүһі"
#: A word of a name, double ones included: "Абен-Ахметову".
_NAME_WORD = re.compile(rf"[{_UPPER}][{_LETTERS}]+(?:-[{_UPPER}][{_LETTERS}]+)*$")
_PRONOUNS = {"его": "он", "него": "он", "ним": "он", "её": "она", "ее": "она", "неё": "она", "нее": "она"}
_PRONOUNS |= {"их": "они", "них": "они", "ними": "они", "ней": "она"}
_ADJECTIVE = re.compile(r"(?:ого|его|ому|ему|ой|ей|ых|их|ую|юю|ом|ем|ым|им|ыми|ими)$")
#: Nouns in the endings of adjectives.
_NOUN_LIKE = re.compile(
    r"(?:тел|ч|ж|ш|д|л|ь|ат|тер|ст|сн|[аеои]н|с|ар|р)ей$"
    r"|(?:ств|ц|тел|ар|ник|[аеиоуы]к|ист|тор|дент|ант|ент|лог|ник|ги|ни)(?:ом|ем)$"
)
#: Adjectives whose nominative ends in a stressed -ой.
_STRESSED = re.compile(
    r"(?:городск|областн|краев|миров|налогов|делов|рядов|правов|портов|войсков|цифров|судов|бы|друг)$"
)
#: Participles and adjectives used as nouns: no noun follows them.
_SUBSTANTIVE = re.compile(
    r"(?:пострадавш|потерпевш|уполномоченн|рабоч|учен|учён|военн|дежурн|задержанн|арестованн|обвиняем|подозреваем"
    r"|подсудим|осужденн|осуждённ|заключенн|заключённ|протестующ|бастующ|собравш|командующ|управляющ|заведующ|выживш"
    r"|раненн?|местн|родн|близк|присутствующ|отдыхающ|военнослужащ|служащ|верующ|полицейск|участков|постов|главнокомандующ"
    r"|исполняющ|пожарн|понят|больн|знаком|прохож|взросл|ополченск|эвакуированн)(?:ого|его|ой|ей|ых|их)$",
    re.I,
)
_FLEETING = {"павл": "павел", "петр": "пётр", "пётр": "пётр", "льв": "лев"}
_FEMININE_IN_SOFT = frozenset(
    "область часть власть мать дочь сеть помощь речь церковь связь верфь печать знать".split()
)
#: Stems that are feminine where the prepositional would fit a masculine word as well: "в службе", "в клубе".
_FEMININE = re.compile(
    r"(?:служб|иц|тур|палат|школ|групп|команд|клиник|газет|фабрик|шахт|аптек|дум|комендатур|авиабаз|базе?|общин|церкв"
    r"|колони|гимнази|администраци|секретар|сторон|систем|улиц|скор|палатк|заставк|застав|охран|защит|семь)$"
)
_OWNED = re.compile(r"(?:ов|ев|ёв|ин|ын)$")


def nominative(phrase: str) -> str:
    """A mention in the genitive, dative or instrumental as it would be looked up."""
    return _turned(phrase, _head)


def from_locative(phrase: str) -> str:
    """A body in the prepositional, behind "в": "министерстве обороны" → "министерство обороны"."""
    return _turned(phrase, _located)


def from_accusative(phrase: str) -> str:
    """A mention behind "на" or a verb: "пресс-службу завода" → "пресс-служба завода", people as in the genitive."""
    words = phrase.split(" ")
    k = 0
    while k < len(words) - 1 and re.search(r"(?:ую|юю)$", words[k]):
        k += 1
    head = words[k]
    if k or (re.search(r"(?:[бвгджзклмнпрстфхцч]у|[иь]ю|лю|рю|ню)$", head) and not is_person(head)):
        words[k] = head[:-1] + ("я" if head.endswith("ю") else "а")
        words[:k] = [w[:-2] + ("ая" if w.endswith("ую") else "яя") for w in words[:k]]
        return " ".join(words)
    masculine = k < len(words) and (is_body(head) or re.search(r"(?:ый|ий|ой)$", head))
    return phrase if masculine else nominative(phrase)


_SURNAME = re.compile(r"(?:[оеё]в|[иы]н|ск|цк)(?:а|у|ым|ой|ого|ому|им|ую)$")


def surname(word: str) -> bool:
    """Whether a word in an oblique case ends as family names do."""
    return _SURNAME.search(word) is not None


def _turned(phrase: str, turn: Callable[[str], str]) -> str:
    words = phrase.split(" ")
    first = words[0].casefold()
    if len(words) == 1 and first in _PRONOUNS:
        return _PRONOUNS[first]
    if first in ("одного", "одной") and words[1:2] == ["из"]:
        return " ".join((_as(words[0], "один" if first == "одного" else "одна"), *words[1:]))
    k = 0
    while k < len(words) - 1 and _is_adjective(words[k], words[k + 1], turn is _located):
        k += 1
    head = words[k]
    named = _NAME_WORD.match(head) is not None and k == 0 and not is_body(head) and not is_person_declined(head)
    if re.fullmatch(rf"[{_UPPER}]?[{_LETTERS}\-]{{2,}}", head) and (not named or turn is _located):
        words[k] = turn(head)
        for n in range(k):
            words[n] = _adjective(words[n], words[k])
        k += 1
    _name(words, k)
    return " ".join(words)


def _is_adjective(word: str, following: str, located: bool) -> bool:
    low = word.casefold()
    if low in ("самого", "самой", "своего", "своей", "нашего", "нашей", "этого", "этой", "трёх", "трех", "двух"):
        return True
    if len(low) < 5 or not re.fullmatch(r"[а-яё\-]+", low) or not _ADJECTIVE.search(low):
        return False
    if not following[:1].islower() and not (following.isupper() and len(following) > 1):
        return False
    if located and low.endswith(("ом", "ем")):
        return True
    if _SUBSTANTIVE.match(low):
        return is_person_declined(following) or following.endswith(("ей", "ов", "ев"))
    return not _NOUN_LIKE.search(low)


def _adjective(word: str, noun: str) -> str:
    """An adjective beside a noun that has been turned: "городской больницы" → "городская больница"."""
    low = word.casefold()
    if low in ("трёх", "трех", "двух"):
        return _as(word, {"двух": "два"}.get(low, "три"))
    m = re.match(r"(.+?)(ого|его|ому|ему|ыми|ими|ой|ей|ых|их|ую|юю|ом|ем|ым|им)$", word)
    if m is None:
        return word
    stem, end = m[1], m[2].casefold()
    soft = end[0] in "еиюя" and not re.search(r"[кгхжшщч]$", stem)
    if end in ("ых", "их") or (noun.endswith(("ы", "и")) and end in ("ым", "им", "ыми", "ими")):
        return stem + ("ие" if end[0] == "и" else "ые")
    if end in ("ой", "ей", "ую", "юю"):
        return stem + ("яя" if soft else "ая")
    if noun.endswith(("о", "е", "ё")):
        return stem + ("ее" if end[0] in "еи" and not re.search(r"[кгх]$", stem) else "ое")
    if _STRESSED.search(stem):
        return stem + "ой"
    return stem + ("ий" if soft or end[0] in "еи" or re.search(r"[кгхжшщч]$", stem) else "ый")


def _as(like: str, word: str) -> str:
    return word.capitalize() if like[:1].isupper() else word


def _head(word: str) -> str:
    """A noun in the genitive, or in another oblique case where that cannot be taken for it."""
    low = word.casefold()
    for ending, made in _GENITIVE:
        m = ending.search(low)
        if m is not None:
            return word[: m.start()] + m.expand(made)
    return word


def _located(word: str) -> str:
    """A noun in the prepositional."""
    low = word.casefold()
    if re.search(r"(?:ств|общин?ств|посольств)е$", low):
        return word[:-1] + "о"
    if re.search(r"(?:ени|яни|дани|брани|зани|ыти|яти|риати|щани|казани|ствии|движени)и$", low) and not low.startswith(
        "компани"
    ):
        return word[:-1] + "е"
    if low.endswith("ии"):
        return word[:-1] + "я"
    if low.endswith(("сти", "вли", "чи")):
        return word[:-1] + "ь"
    if low.endswith(("ах", "ях")):
        return word[:-2] + ("а" if low.endswith("ствах") else "и" if low[-3] in "кгхшжщчья" else "ы")
    if low.endswith("е") and len(low) > 3:
        return word[:-1] + ("а" if _FEMININE.search(low[:-1]) else "ь" if re.search(r"(?:тел|рал)$", low[:-1]) else "")
    return word


_GENITIVE = tuple(
    (re.compile(pattern), made)
    for pattern, made in (
        # plural
        (r"(тел|соседе?|роди́?тел)ей$", r"\1и"),
        (r"(люд|дет|власт|сосед|матер|дочер|врач|товарищ|новост|реч|част|област|сет)ей$", r"\1и"),
        (r"(ц)ев$", r"\1ы"),
        (r"(ник|тик|ик|ок|ак|ек|ог|их)ов$", r"\1и"),
        (r"([бвгдзклмнпрстфхц])ов$", r"\1ы"),
        (r"(ар)ей$", r"\1и"),
        (r"(лиц|ведомств|агентств|министерств|средств)$", r"\1а"),
        (r"(женщин|мужчин|служб|жительниц|сотрудниц)$", r"\1ы"),
        (r"((?:вш|ющ|ящ|ущ|ащ|рабоч|к))их$", r"\1ие"),
        (r"(н|м|т|в)ых$", r"\1ые"),
        # singular, adjectives as nouns
        (r"(вш|ющ|ящ|ущ|ащ|рабоч|к|хож)его$", r"\1ий"),
        (r"(ск|близк)ого$", r"\1ий"),
        (r"([нмтв])ого$", r"\1ый"),
        (r"(вш|ющ|ящ|ущ|ащ)ей$", r"\1ая"),
        (r"(уполномоченн|задержанн|обвиняем|подозреваем|подсудим|осужд[её]нн|знаком)ой$", r"\1ая"),
        # singular
        (r"^(мат|доч)ери$", r"\1ь"),
        (r"^отц(?:а|у)$", "отец"),
        (r"(ств)[ау]$", r"\1о"),
        (r"([нтв]и)я$", r"\1е"),
        (r"(ии)$", "ия"),
        (r"([кгхжшщч])и$", r"\1а"),
        (r"(ть|ья)и$", r"\1"),
        (r"([стлрнвд])ьи$", r"\1ья"),
        (r"(ст|т|в|р|д|н|л)и$", r"\1ь"),
        (r"(иц|ц|[бвдзлмнпрстф])ы$", r"\1а"),
        (r"([аеиоуыюя])я$", r"\1й"),
        (r"(дяд|тёт|тет)и$", r"\1я"),
        (r"(ател|ител|тел|ар|ор|ен|ол|аз|ос|рал)я$", r"\1ь"),
        (r"([внлдй])ца$", r"\1ец"),
        (r"([аиеоыуюя])ка$", r"\1к"),
        (r"([тнсрлмдзв])ка$", r"\1ок"),
        (r"([бвгджзклмнпрстфхшчщ])[ау]$", r"\1"),
    )
)


def _name(words: list[str], k: int) -> None:
    """Turns the name that ends a phrase, where it is declined."""
    last = len(words) - 1
    first = last + 1
    while first > k and last - first < 2 and _NAME_WORD.match(words[first - 1]):
        first -= 1
    if last - first == 2 and not _is_patronymic(words[first + 1]):
        first += 1  # "жительницы Алматы Анны Сомовой"
    if first > last or (first == last and first > 0 and not is_person(words[first - 1])):
        return  # "жителя посёлка Степного": a place
    if first == last and not surname(words[first]):
        words[first] = given_name(words[first], "m" if re.search(r"[^аеёиоуыэюя]а$", words[first]) else "")
        return
    words[first:] = person_name(words[first:])


def person_name(run: list[str]) -> list[str]:
    """The words of a name in the nominative: "Павла Громова", "Айгуль Тасбулатовой", "Серика Ахметовича Кима"."""
    if len(run) == 1:
        return [family_name(run[0], "m" if re.search(r"(?:ов|ев|ёв|ин|ын)а$", run[0]) else "")]
    gender = _gender(run)
    return [
        given_name(run[0], gender),
        *(_patronymic(w) if _is_patronymic(w) else family_name(w, gender) for w in run[1:]),
    ]


def _is_patronymic(word: str) -> bool:
    return re.search(r"(?:[вьмк]ич|вн|ичн)(?:а|у|ем|е|ы|ой)$|(?:улы|ұлы|кызы|қызы)$", word) is not None


def _patronymic(word: str) -> str:
    if re.search(r"ич(?:а|у|ем|е)$", word):
        return re.sub(r"(ич)(?:а|у|ем|е)$", r"\1", word)
    return re.sub(r"(вн|ичн)(?:ы|е|ой|у)$", r"\1а", word)


def _gender(run: list[str]) -> str:
    """``f`` or ``m`` by the endings that a declined name shows, or nothing."""
    last = run[-1]
    if re.search(r"(?:ов|ев|ёв|ин|ын|ск|цк)(?:ой|ую)$", last) or re.search(r"вн(?:ы|е|ой|у)$", " ".join(run)):
        return "f"
    if re.search(r"[бвгджзйклмнпрстфхцчшщьі]$", run[0]) and re.search(r"(?:ов|ев|ёв|ин|ын)[ау]$", last):
        return "f"  # "Айгуль Тасбулатова": nominative
    if re.search(r"(?:ов|ев|ёв|ин|ын)(?:ым)$|(?:ск|цк)(?:ого|ому|им|ом)$|ич(?:а|у|ем)\b", " ".join(run)):
        return "m"
    return (
        "m"
        if re.search(r"(?:[бвгджзклмнпрстфхцчшщқғңһ]а|я|у|ю|ом|ем)$", run[0])
        else "f"
        if run[0].endswith(("ы", "и", "ой", "ей"))
        else ""
    )


def given_name(word: str, gender: str) -> str:
    """A given name in the nominative."""
    low = word.casefold()
    if gender == "m":
        m = re.match(r"(.+?)(?:а|у|ом)$", word)
        if m is not None and re.search(r"[бвгджзклмнпрстфхцчшщқғңһ]$", m[1]):
            return _as(word, _FLEETING[m[1].casefold()]) if m[1].casefold() in _FLEETING else m[1]
        m = re.match(r"(.+?)(?:я|ю|ем)$", word)
        if m is not None and len(m[1]) > 1:
            return m[1] + ("й" if m[1][-1] in "аеиоуыэюя" else "ь")
    if low.endswith("ии"):
        return word[:-1] + "я"
    if low.endswith("ы") and len(low) > 3:
        return word[:-1] + "а"
    if low.endswith("и") and len(low) > 3 and gender != "m":
        return word[:-1] + ("а" if low[-2] in "кгхжшщч" else "я" if low[-2] in "аеиоуьлнр" else "и")
    if gender == "f" and re.search(r"[бвгджзклмнпрстфхцчшщ]у$", low):
        return word[:-1] + "а"
    return word


def family_name(word: str, gender: str) -> str:
    """A family name in the nominative; a bare one in -ова is taken for a man's in the genitive only if told so."""
    for pattern, made in _FAMILY:
        turned = pattern.sub(made, word)
        if turned != word:
            return turned
    if gender == "f":
        return re.sub(r"((?:ов|ев|ёв|ин|ын))у$", r"\1а", word)
    if re.search(r"(?:ов|ев|ёв|ин|ын)(?:а|у|ым|е)$", word) and gender == "m":
        return re.sub(r"(?:а|у|ым|е)$", "", word)
    if re.search(r"(?:ов|ев|ёв|ин|ын)ым$", word):
        return word[:-2]
    if gender == "m":
        m = re.match(r"(.{2,}?)(?:а|у|ом)$", word)
        if m is not None and re.search(r"[бвгджзклмнпрстфхцчшщқғңһ]$", m[1]):
            return m[1]
        m = re.match(r"(.{2,}?)(?:я|ю|ем)$", word)
        if m is not None:
            return m[1] + ("й" if m[1][-1] in "аеиоуыэюя" else "ь")
    return word


_FAMILY = tuple(
    (re.compile(pattern), made)
    for pattern, made in (
        (r"((?:ск|цк))(?:ого|ому|им|ом)$", r"\1ий"),
        (r"((?:ск|цк))(?:ой|ую)$", r"\1ая"),
        (r"((?:ов|ев|ёв|ин|ын))(?:ой|ую)$", r"\1а"),
    )
)
