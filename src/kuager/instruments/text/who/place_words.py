"""Words of the names of places, papers and things, which are no persons' names."""

from __future__ import annotations

import re

PLACE_WORD = re.compile(
    r"\b(?:County|City|Street|Avenue|Road|University|College|School|Hospital|Court|Island|River|Lake|Park|Square"
    r"|Bridge|Airport|States|Kingdom|Republic|Union|House|Senate|Congress|Committee|Party|Ministry|Department|Council"
    r"|Association|Institute|Center|Centre|Group|Company|Bank|Times|Post|News|Press|Journal|Ledger|Guardian|Tribune"
    r"|Army|Navy|Force|Police|Church|Lines|Airlines|Show|Act|Day|Street|Fund|Foundation|Office|Agency|Bureau|Service"
    r"|League|Society|Watch|Alliance|Front|Coalition|Board|Authority|Commission|Campaign|Corp|Inc|Ltd|Plc)\b"
)
#: What closes the name of a paper, a place or a thing; with a given name before it, it is a family name.
THINGS = frozenset(
    "Herald Chronicle Gazette Star Sun Globe Mirror Telegraph Examiner Courier Inquirer Observer Register Record"
    " Dispatch Standard Express Review Magazine Network Radio Television Channel Tower Towers Hotel Club Theatre"
    " Theater Museum Library Building Hall Stadium Arena Station Beach Valley Hill Hills Mountain Mountains Forest"
    " Bay Gulf Ocean Sea Province State District Region Village Town Township Code Bill Law Treaty Plan Deal Prize"
    " Award Cup Games Garden Capitol Carolina Dakota Virginia Hampshire Jersey Mexico Zealand Korea Arabia Africa"
    " America Asia East Nations Motors Freight Foods Partners Capital Research Records Systems Security Affairs"
    " Rights Amendment".split()
)
#: What a place's or a thing's name begins with and no person's: "New Haven", "Los Alamos", "Supreme Leader".
PLACE_FIRST = frozenset(
    "new north south east west northern southern eastern western central los las santa fort mount lake cape port great"
    " upper lower old grand saudi united white black red blue green supreme high silicon super world cold civil middle"
    " big first second third american british russian chinese french german european african asian iranian israeli"
    " canadian mexican islamic national federal international good happy social air human public free open hong".split()
)
