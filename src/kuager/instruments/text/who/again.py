"""Words for whom a page has spoken of before: pronouns, "the former chancellor", "the group", "ведомство"."""

from __future__ import annotations

import re

INDEFINITE = re.compile(
    r"^(?:an?|one(?: of)?|another|some|many|several|two|three|one|other|others|most|few|число"
    r"|один|одна|один из|одна из|некотор\w+|нескольк\w+|бір|бірнеше|кейбір)\b",
    re.I,
)


PRONOUN = frozenset(
    "he she they we i you it him her them who his their its он она они оно тот та те я мы ол олар мен біз".split()
)


#: "the 19-year-old", "the Ohio Republican": another name for the person just spoken of.
EPITHET = re.compile(
    r"[Tt]he (?:former|ex-|retired|one-time|onetime|longtime|veteran|first-term|two-term|three-term|embattled|outgoing"
    r"|self-described|self-styled)[ -]?(?:[\w-]+ ){0,3}[\w-]*[^s\W]$"
    r"|[Tt]he (?:[A-Z][\w’'\-]+ ){1,2}(?:boss|manager|skipper|captain|coach|forward|man|woman|star|MP|native|chief)$"
    r"|[Tt]he (?:\w+ )?(?:\d+|\w+)-year-old(?: \w+)?$"
    r"|[Tt]he (?:\w+ ){0,2}(?:Republican|Democrat|billionaire|businessman"
    r"|businesswoman|veteran|lawmaker|congressman|congresswoman|playmaker|striker|midfielder|defender|goalkeeper"
    r"|singer|actor|actress|rapper|frontman|champion|Briton|Frenchman|Spaniard|German|American)$",
)


#: "ведомство", "министрлік" and the like, alone: the body that spoke before.
BODY_AGAIN = re.compile(
    r"(?:ведомств[оае]|министерств[оае]|в ведомстве|организация|учреждение|ведомство|министрлік|мекеме|ұйым)",
    re.I,
)


#: "the group", alone: the body named last that is no authority.
GROUP_AGAIN = re.compile(r"[Tt]he (?:group|organi[sz]ation|charity|nonprofit|watchdog|federation|foundation|coalition)")


#: "the agency", where no body was called so: the body that spoke before.
AGENCY_AGAIN = re.compile(r"[Tt]he (?:agency|department|bureau|service)")


#: "защитница", "эксперт", alone after somebody named has spoken in the same paragraph.
DESCRIPTION_AGAIN = re.compile(
    r"(?:экс-)?[а-яё]{4,}(?:тель|тельница|ник|ница|ист|истка|лог|вед|кат|ент|ентка|вец)|эксперт|уч[её]ный|чиновни(?:к|ца)"
    r"|собеседни(?:к|ца)|врач|мужчина|женщина|девушка|учёная|фельдшер|пенсионер(?:ка)?|студент(?:ка)?|рабочий|депутат"
    r"|подсудим(?:ый|ая)|обвиняем(?:ый|ая)|потерпевш(?:ий|ая)|фигурант(?:ка)?|политик|министр|губернатор|мэр"
    r"|(?:министр|әкім|директор|мұғалім|дәрігер|басшы|тұрғын|төраға|маман|сарапшы|заңгер|адвокат|жесір)"
)


#: "глава региона" after "губернатор Олег Чистяков": another word for an office that was named.
OFFICES = {
    word: re.compile(office, re.I)
    for words, office in (
        ("глава региона|глава области|глава края|глава республики", r"(?<![\w-])губернатор|аким \w+ской области"),
        ("глава города|градоначальник|мэр города", r"\bмэр\b|аким города|глава администрации"),
        (
            "глава ведомства|глава министерства|руководитель ведомства",
            r"^министр|начальник департамента|директор службы",
        ),
        ("защитник|защита|адвокат", r"адвокат(?! (?:потерпевш|пострадавш|истц|семь|родственник))"),
        ("глава государства", r"президент"),
        ("глава правительства|премьер", r"премьер"),
    )
    for word in words.split("|")
}


FIRM = re.compile(r"(?:the|The) (?:company|firm|chipmaker|automaker|carmaker|bank|drugmaker|retailer|airline|group)")


COMPANY = re.compile(
    r"\b[A-Z][\w&'’\-]+(?: [A-Z][\w&'’\-]+){0,3} (?:Plc|PLC|Inc|Corp|Ltd|LLC|AG|SA|Co|Holdings|Metals|Motors"
    r"|Airlines)\b"
)


#: What in a body's name says that it is no company.
PUBLIC = re.compile(
    r"\b(?:Office|Agency|Commission|Authority|Bureau|Council|Committee|Court|Board|Department|Ministry|University|Union"
    r"|Association|Institute|Watch|Party|Police|Campaign)\b"
)


PRONOUN_LIKE = re.compile(r"^(?:he|she|it|they|we|i|you)'(?:s|d|ll|re|ve|m)$")
