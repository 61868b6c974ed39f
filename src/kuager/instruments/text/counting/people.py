"""Nouns for people in English, Russian and Kazakh: those that a count of casualties stands beside."""

from __future__ import annotations

import re

#: English agents and followers by their endings, less the things that end so.
_BY_ENDING = (
    r"(?!(?:numb|pap|comput|contain|helicopt|pow|matt|lett|quart|headquart|corn|tow|wat|ord|bord|should|bould|ladd|met"
    r"|lit|lay|off|post|stick|trail|boost|fing|flow|riv|shelt|cent|disast|draw|chapt|charact|count|crat|freight|tank"
    r"|cruis|bulldoz|show|scoot|rout|print|sneak|trous|barri|answ|chart|raft|blist|clust|filt|slipp|transform|diap|canc"
    r"|hamm|dagg|fly|ev|ov|und|aft|lev|pap|magazin|pi|ti|fib|timb|rock|rubb|cylind)ers?\b|(?:do|flo|col|colo|react|sect"
    r"|fact|tract|mot|err|mirr|corrid|generat|monit|detect|sens|rum|tum|trem|mete|anch|harb|elevat|excavat)u?ors?\b"
    r"|(?:l|wr|f|m|tw)ists?\b|(?:tr|f|degr|committ|kn|b|coff|spr)ees?\b|(?:pl|gr|restaur|eleph|warr|gi|p|vari)ants?\b)"
    r"[a-z]{2,}(?:ers|ors|ists|ians|ees|ants|[a-z]men|[a-z]women|folk|[a-z]people)"
)
_EN = (
    r"people|persons?|men|women|man|woman|boys?|girls?|child|(?:school|grand|step)?children|school(?:boys?|girls?"
    r"|kids?)|babies|baby|newborns?|infants?|teen(?:ager)?s?|minors"
    r"|adults|males?|females?|youths?|youngsters?|pensioner|kids?"
    r"|sons?|daughters?|brothers?|sisters?|siblings?|mothers?|fathers?|parents?|wives|husbands?|cousins?|uncles?|aunts?"
    r"|nephews?|nieces?|grand(?:sons?|daughters?|children|parents?|mothers?|fathers?)|twins|relatives?|relations"
    r"|neighbou?rs?|friends?|colleagues?|comrades?"
    r"|protest[eo]r|demonstrator|civilian|policem[ea]n|officers?|soldier|worker|striker|resident|victims?|bodies|body"
    r"|corpses?|citizens?|others|students?|pupils?|pupil|residents|patients?|agents?|dissidents|adolescents|clients?"
    r"|respondents?|correspondents?|opponents?|dependents?|presidents?|souls"
    r"|troops"
    r"|security (?:personnel|forces)|passers-?by|crew(?: members)?|staff(?: members)?|personnel|police(?: officers?)?"
    r"|prison officers|conscripts?|recruits?|cadets?"
    r"|casualties|nuns?|priests?|monks?|clerics?|imams?|males|locals|guests?|members?|miner|fans?|militants?|rebels?"
    r"|gunm[ea]n|servicem[ea]n|refugee|inmate|inmates|hostages?|pilgrims?|migrants?|nationals|jihadis?"
    r"|gendarmes?"
    r"|marines?|commandos?|deputies|suspects?|accomplices|insurgents?|combatants?|fugitives?|captives?|aides?|medics?"
    r"|doctor|nurses?|teacher|driver|guards?|journalist|cooks?|pilots?|shepherds?|captains?|officials?|delegates?"
    r"|infantrym[ea]n|mechanics?|firefighter|rescuer|customers?|tribesm[ea]n|athletes?|monitors|observers|kin|names"
)
_RU = (
    r"человек\w*|люд(?:и|ей|ям|ьми)|мужчин\w*|женщин\w*|дет(?:и|ей|ям)|реб[её]н\w*|протестующ\w+|демонстрант\w*"
    r"|полицейск(?:ий|их|ого|ому|ими|ие)|силовик\w*|рабоч(?:ий|их|ие|его|ими)|жител\w+|граждан\w*|сотрудни\w+"
    r"|военн(?:ый|ых|ого|ым|ые|ослуж\w+|опленн\w+)|нефтяник\w*|жиль?[её]?ц\w*|сосед\w*|спасател\w*|пожарн(?:ый|ых|ого"
    r"|ые)"
    r"|горняк\w*|шахт[её]р\w*|пассажир\w*|участни\w+|подзащитн\w+|школьни\w+|подростк\w*|подросток|пациент\w*"
    r"|солдат\w*|боевик\w*|мигрант\w*|пенсионер\w*|учител\w+|водител\w+|рыбак\w*|турист\w*|заключ[её]нн\w+"
    r"|осужд[её]нн\w+|волонт[её]р\w*|правоохранител\w*|офицер\w*|моряк\w*|студент\w*|медик\w*|врач\w*|младен\w+"
    r"|девоч\w+|мальчик\w*|девуш\w+|парн\w+|несовершеннолетн\w+|журналист\w*|активист\w*|жертв\w*|тел(?:о|а)?\b"
    r"|росси(?:ян\w*)|омонов\w+|спецназов\w+|росгвардей\w+|пикетчик\w*|забастовщик\w*|митингующ\w+|голодающ\w+"
    r"|призывник\w*|курсант\w*|л[её]тчик\w*|террорист\w*|строител\w+|верующ\w+|бежен\w+|паломник\w*|фамили[йи]"
    r"|стари(?:к|ц)\w*|стару[хш]\w*|мальчиш\w+|девчон\w+|малыш\w*|бабуш\w+|дедуш\w+|брат(?:а|ья|ьев|ьям)?\b"
    r"|с[её]ст[её]?р\w*"
    r"|супруг\w*|сын(?:а|ов|овья|овей)?\b|доч(?:ь|ери|ерей|ка|ки|ек)\b|мать\b|матер\w+|от(?:ец|ца|цов)\b|жен[аы]\b"
    r"|муж(?:а|ья)?\b|вну[кч]\w*|бойц\w+|боец|охранник\w*|прохож\w+|медсест[её]?р\w*|санитар\w*|фельдшер\w*"
    r"|горожан\w*|сельчан\w*|казахстан(?:ец|ц\w+)|иностран(?:ец|ц\w+)|юнош\w+|подозреваем\w+|обвиняем\w+|ребят\w*"
    r"|имени\b|взросл(?:ый|ых|ые|ого)|им[её]н\b|лиц\b|душ\b"
)
_KK = (
    r"адам\w*|кісі\w*|науқас\w*|ер адам|әйел\w*|бала\w*|сәби\w*|полицей\w*|тұрғын\w*|жұмысшы\w*|мұнайшы\w*|шеруші\w*"
    r"|құтқарушы\w*|шахтер\w*|кенші\w*|студент\w*|оқушы\w*|жолаушы\w*|белсенді\w*|дәрігер\w*|балықшы\w*|қарт\w*"
    r"|азамат\w*|журналист\w*|мәйіт\w*|өлі[кг]\w*|дене(?:ні|сі|лер\w*)?\b|қызметкер\w*|сарбаз\w*|әскери\w*"
    r"|тәртіп сақшы\w*"
    r"|жігіт\w*|қыз\b"
    r"|кемпір\w*|шал\b|қария\w*|келіншек\w*|бойжеткен\w*|бозбала\w*|солдат\w*|ағайынды\w*|отбасы\w*|мұғалім\w*"
    r"|есім\w*|\w{3,}(?<!н)ш[ыі](?:н[ыі]ң?|ға|ге|дан|ден|мен|лар\w*|лер\w*)?"
    r"|ұл\b|жасөспірім\w*|маман\w*|жүргізуші\w*|есім(?:дер\w*|і)?"
)
PERSON = re.compile(rf"(?<![\w-])(?:{_EN}|{_BY_ENDING}|{_RU}|{_KK})(?!\w)", re.I)
