"""Kazakh nouns for those who speak: one person, several, a body. The head stands last: "облыс әкімінің орынбасары"."""

from __future__ import annotations

import re

#: What one person is called, bare or with the third person's possessive ending: "басшы", "басшысы".
_PERSON = (
    r"министр|президент|премьер|премьер-министр|әкім|төраға|төрайым|басшы|басқарушы|жетекші|директор|ректор|декан"
    r"|меңгеруші"
    r"|орынбасар|өкіл|уәкіл|хатшы|баспасөз хатшысы|елші|консул|депутат|сенатор|мәжілісмен|спикер|прокурор|судья"
    r"|тергеуші"
    r"|адвокат|заңгер|қорғаушы|дәрігер|бас дәрігер|дәрігері|хирург|медбике|фельдшер|маман|сарапшы|ғалым|профессор"
    r"|академик"
    r"|экономист|саясаттанушы|журналист|тілші|редактор|блогер|белсенді|тұрғын|куә|куәгер|көрші|ана|әке|аға|іні|апа|әпке"
    r"|сіңлі|қарындас|ұл|қыз|күйеу|жұбай|жесір|туыс|дос|әріптес|шопан|фермер|кәсіпкер|бизнесмен|мұғалім|ұстаз|оқушы"
    r"|студент"
    r"|зейнеткер|жұмысшы|кенші|мұнайшы|жүргізуші|жолаушы|капитан|командир|генерал|полковник|подполковник|майор"
    r"|лейтенант"
    r"|сержант|сарбаз|офицер|полицей|құтқарушы|имам|мүфти|батыр|әнші|ақын|жазушы|суретші|режиссер|актер|жаттықтырушы"
    r"|спортшы|ойыншы|чемпион|омбудсмен|инспектор|аудитор|инженер|агроном|бригадир|мастер|шебер|иесі|ие|дереккөз"
    r"|адам|кісі"
    r"|әйел|азамат|азаматша|бала|жігіт|келіншек|қызметкер|бастық|шенеунік|сотталушы|айыпталушы|күдікті|жәбірленуші"
    r"|менеджер"
)
_POSSESSED = r"(?:[ыіиү]|с[ыі])?(?:м[ыі]з|м|ң)?"


def _voiced(stems: str) -> str:
    """Stems and their form before a vowel: "бастық", "бастығ-"."""
    voiced = {"қ": "ғ", "к": "г", "п": "б"}
    words = stems.split("|")
    return "|".join(words + [w[:-1] + voiced[w[-1]] for w in words if w[-1] in voiced])


_PERSONS = re.compile(rf"(?:экс-|вице-|бас-)?(?:{_voiced(_PERSON)}){_POSSESSED}$", re.I)
_BODY = re.compile(
    r"(?:министрлі[гк]|прокуратура|үкімет|комитет|комиссия|агентті[гк]|департамент|ұйым|басқарма|әкімді[гк]"
    r"|әкімшілі[гк]|полиция"
    r"|сот|компания|партия|мекеме|бірлестік|бірлестіг|кәсіподақ|кәсіподағ|қызмет|орталы[қғ]|институт|университет"
    r"|аурухана"
    r"|емхана|зауыт|фабрика|кәсіпорын|кәсіпорн|корпорация|холдинг|банк|[оө]дақ|одағ|қауымдасты[қғ]|федерация|қозғалыс"
    r"|кеңсе|штаб|редакция|басылым|газет|журнал|портал|сайт|телеарна|арна|радио|клуб|палата|мәслихат|мәжіліс|сенат"
    r"|парламент"
    r"|кеңес|қор|қоғам|елшілі[гк]|инспекция|академия|мектеп|театр|жшс|ақ|станса|күш|топ|штаб|билі[гк]|билік"
    r"|ведомство|ішкі істер|тжм|іім"
    r"|тжд|іім|ұқк"
    r"|баспасөз қызмет|дума|армия|гвардия)(?:[ыі]|с[ыі])?$",
    re.I,
)
_SEVERAL = re.compile(r"\w+(?:лар|лер|дар|дер|тар|тер)(?:[ыі]|[ыі]м[ыі]з)?$|(?:жұрт|халық|билік|көпшілік|топ)$", re.I)
#: Family by the first person's ending: "ағам", "көршіміз". Capital or not, no name.
KIN = re.compile(
    r"(?:аға|әке|ана|апа|әже|ата|іні|әпке|сіңлі|қарындас|ұл|қыз|көрші|дос|туыс|күйеу|жұбай|бала|келін|әріптес|нағашы"
    r"|жиен"
    r"|немере|шеше|көке|тәте)(?:[ыі]?м|[ыі]?м[ыі]з|л?ар[ыі]м|лер[ыі]м)$",
    re.I,
)
_HONORIFIC = frozenset("апа әже ата аға ағай апай мырза ханым көке тәте".split())


def kind(phrase: str) -> str:
    """``person``, ``collective``, ``organisation``, or nothing where the phrase's last noun does not tell."""
    words = re.findall(r"[\w\-]+", phrase.split(",")[0])
    while len(words) > 1 and words[-1].casefold() in _HONORIFIC:
        words.pop()
    if not words:
        return ""
    head = words[-1].casefold()
    if _PERSONS.match(head) or KIN.match(head):
        return "person"
    if _BODY.match(head) or (len(words[-1]) > 1 and words[-1].isupper()):
        return "organisation"
    if (_SEVERAL.match(head) and words[-1].islower()) or (len(words) == 1 and _SEVERAL.match(head)):
        return "collective"
    return ""


def is_person(word: str) -> bool:
    """Whether a noun is what one person is called, possessive endings included: "әкімі", "тұрғын", "көршіміз"."""
    low = word.casefold()
    return _PERSONS.match(low) is not None or KIN.match(low) is not None


def is_body(word: str) -> bool:
    """Whether a noun is what a body is called: "агенттігі", "прокуратура"."""
    return _BODY.match(word.casefold()) is not None


def is_several(word: str) -> bool:
    """Whether a noun is what several people are called: "тұрғындар", "туыстары"."""
    low = word.casefold()
    stem = re.sub(r"(?:лар|лер|дар|дер|тар|тер)(?:[ыі]|[ыі]м[ыі]з)?$", "", low)
    return low in ("билік", "жұрт", "халық", "көпшілік") or (
        stem != low
        and (
            is_body(stem)
            or is_person(stem)
            or re.search(r"(?:ш[ыі]|тін|ған|ген|қан|кен|паз|гер|кер|лас|лес|дас|мыз|ата-ана|жақын|үлкен|жас)$", stem)
            is not None
        )
    )
