"""People said to be at a place with the number between: "в РОВД 20 человек увезли", "ауруханада он адам жатыр"."""

from __future__ import annotations

import re

_PLACES = (
    (
        "wounded",
        r"в (?:\w+ ){0,2}?(?:больниц|госпитал|стационар|реанимац|клиник)\w*"
        r"|(?:аурухана|емхана|госпиталь|жансақтау|реанимация)\w*",
        r"увез|отвез|достав|привез|госпитализ|леж|лечат|оста|наход|помест|поступ|жеткізіл|жеткізд|түс(?!ін)|жатқыз"
        r"|апарыл"
        r"|апард|жат|емдел|қал|ем ал|ем қабылда",
    ),
    (
        "detained",
        r"в (?:\w+ ){0,2}?(?:отдел|полици|участ|изолятор|автозак|спецпри[её]мник|СИЗО|ИВС|[РОУ]?ОВД|УВД|тюрьм)\w*"
        r"|(?:полиция|бөлім|бөлімше|учаске|түрме|абақты|изолятор|қамау)\w*",
        r"увез|отвез|достав|привез|помест|содерж|сид|оста|наход|әкет|әкел|жеткіз|апар|жаб|қама|отыр|тоғыт|алын|жат",
    ),
    ("missing", r"(?:связь|контакт) с", r"потеря|прерва|утра[чт]|оборва"),
    (
        "missing",
        r"под (?:завал|обломк|земл|лавин|оползн|снег)\w+|(?:үйінді\w*|жер|қар|көшкін\w*) астында",
        r"оста|наход|оказал|қал|жат",
    ),
)
_COMPILED = tuple(
    (
        status,
        re.compile(rf"(?<!\w)(?:{place})(?![\w-])(?:\s+\w+){{0,3}}\s*$", re.I),
        re.compile(rf"(?:\s+\w+){{0,2}}?\s+(?:{verb})\w*", re.I),
    )
    for status, place, verb in _PLACES
)


def at_place(view: str, left: int, right: int, floor: int, limit: int) -> str | None:
    """What is said of people counted in ``view[left:right]`` by the place before them and the verb behind."""
    before = re.split(r"[,;:.(—–]", view[max(floor, left - 70) : left])[-1]
    behind = view[right : min(limit, right + 50)]
    return next((s for s, place, verb in _COMPILED if place.search(before) and verb.match(behind)), None)
