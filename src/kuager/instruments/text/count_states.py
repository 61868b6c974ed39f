"""Words for what befell people: killed, wounded, shot, detained, missing, displaced, in three languages.

A word that stands here for the one before a number alone ("lost 14", "looking for 14") ends in ``(?= $)``.
"""

from __future__ import annotations

import re

_WAS = r"(?:were|was|been|being|be|got|are|is) (?:\w+ly )?"
#: In Russian: how people come to a place, which may stand before it or after.
_TAKEN = r"(?:увез|отвез|вывез|привез|достав|попал|помещ|поступ|забра|наход|оста|лечат|леж|содерж|размещ)\w*"
_HOSPITAL = r"(?:больниц|госпитал|стационар|реанимац|медучрежден)\w*"
_CELL = r"(?:отдел|полици|милици|участ|изолятор|автозак|спецпри[её]мник|СИЗО|ИВС|[РОУ]?ОВД|УВД)\w*"
_UNDER = r"(?:завал|земл|обломк|плит|снег|руин|лавин|оползн)\w+"

_KILLED = (
    rf"shot (?:and killed|dead|to death)|{_WAS}killed|kill(?:s|ed|ing)?|slain|(?:murder|slaughter|hang|lynch|behead"
    r"|butcher|martyr|drown)(?:ed|ing|s)?(?!\w)|hung(?= $)|(?:massacr|assassinat|execut|decapitat|suffocat|asphyxiat"
    r"|electrocut|incinerat|neutrali[sz])(?:ed|ing|es)|dies?\b|died|dying|dead\b(?! of night)|perish(?:ed|es|ing)?"
    r"|succumb(?:ed|ing|s)?|deceased|passed away|(?:gunned|mown|mowed) down|(?:burne?d?t?|buried) alive|blown to pieces"
    r"|(?:stabbed|burne?d?t?|crushed|beaten|hacked|starved|frozen|froze|bled|trampled|choked|battered|bludgeoned"
    r"|kicked) to death|(?:lost|lose|losing|gave) (?:their|his|her|its) lives|lives (?:were |was |have been "
    r"|had been )?"
    r"(?:lost|claimed|taken)|(?:claim(?:ed|ing|s)?|cost(?:s|ing)?|took|taken|taking|takes) (?:the )?lives"
    r"|deaths?(?! (?:penalty|sentence|threats?|certificates?|squads?|row|rate))|killings?|(?:death |body )?toll"
    r"|fatalit\w+|fatally(?: \w+)?|bodies|body(?= of)|corpses|remains(?= of)|victims?|closed the eyes|buried|(?:could"
    r"|can)(?: ?not|n't) be (?:saved|revived)"
    r"|washed(?= $)|los(?:t|es|ing)(?= $)",
    r"погиб\w*|гибел\w+|уби(?:т|л|в)\w*|скончал\w+|скончавш\w+|ум(?:ер|рут)\w*|м[её]ртв\w*|жертв\w*|тел[оа]?"
    r"|трупов|трупа?|смерт\w+|застрел\w+|расстрел\w+|летальн\w+|(?:жизни|жизней) лишил\w+|лишил\w+ жизни"
    r"|расстал\w+ с жизнью"
    r"|(?:ун[её]с\w*|унесла|стои\w+) жизн\w+|закрыл\w* глаза|спасти не (?:смог|удал)\w*|не (?:смог|удал)\w* спасти"
    r"|(?:по|за)?хоронил\w*|утонул\w*|утонувш\w+|сгорел\w*"
    r"|сгоревш\w+|повешен\w*|задохнул\w*|зам[её]рз\w*|нейтрализ\w+|ликвидиро\w+|казн[её]н\w*|казнил\w*",
    r"қаза (?:тап\w*|тауып|бол\w*|тау\w*)|қаза\b|өл(?:ді|ген\w*|тіріл\w*|тір\w*|гендер\w*)|мерт бол\w*|оққа ұш\w*"
    r"|қайтыс бол\w*|опат бол\w*|мәйіт\w*|дене\w*|құрбан\w*|көз жұм\w*|көзін (?:\w+ ){0,3}жұм\w*|жан (?:тапсыр|бер)\w*"
    r"|ажал құш\w*|суға кет\w*|дүние(?:ден)? (?:оз|өт|сал)\w*",
)
_WOUNDED = (
    r"(?:wound|injur|hospitali[sz]|maim)(?:ed|ing)|(?:wounds?|injures?|maims?)(?= $)|injuries|hurt(?:s|ing)?\b"
    r"|(?:badly|critically|seriously|severely|gravely) (?:ill|burned|burnt|bruised)"
    rf"|{_WAS}(?:hit|struck|burne?d?t?|scalded|stabbed|beaten|bitten|blinded|bruised|grazed|slashed|knifed|bandaged"
    r"|stitched)\b(?! (?:off|out|short|down|to death|alive))"
    rf"|{_WAS}(?:treated|admitted)\b|(?:treat(?:ed|ing|s)?|took in|taken in|receiv(?:ed|ing)|admitted"
    rf"|operated on)(?= $)"
    r"|(?:receiv|need|requir|undergo|underw)\w* (?:\w+ ){0,2}?(?:treatment|surgery|operations?|medical \w+|stitches)"
    r"|(?:sought|seeking|seek) (?:\w+ ){0,2}?(?:treatment|help|care)|in surgery|fighting for (?:his|her|their) lives?"
    r"|on life support|in a coma|(?:in|by) ambulances?|(?:were|was|are|is) (?:serious"
    r"|critical)\b"
    r"|admitted (?:to|in|at)\b|in (?:the |a |an )?(?:\w+ ){0,2}?hospitals?(?=$|[^\w\s]| (?:with|on|after|and|for"
    r"|since))"
    r"|in (?:intensive care|(?:an? )?(?:\w+ )?(?:critical|serious|grave|stable|life-threatening) condition)"
    r"|(?:taken|rushed|admitted|airlifted|carried|brought|sent|went|moved|flown|transferred|driven) to (?:the |a |an )?"
    r"(?:\w+ ){0,2}?(?:hospitals?|clinics?)|(?:suffer|sustain|receiv|escap)(?:ed|ing|e|s)? (?:\w+ ){0,3}?(?:injur|wound"
    r"|burn|fractur|cuts|bruis|concuss)\w*|(?:had|have|with|suffered|suffering) (?:\w+ ){0,2}?(?:broken|fractured)\b"
    r"|(?:burned|burnt|scalded|bleeding|bloodied|concussed) (?=\w+(?:s|men|women|people|children)\b)"
    r"|lost (?:an? |their |his |her |both )?(?:legs?|arms?|limbs?|eyes?|hands?|sight)"
    r"|with (?:\w+ ){0,3}?(?:burns|cuts|bruises|fractures|concussions?|wounds|injuries)|(?:gunshot |bullet )?wounds?\b"
    r"(?! (?:on|to|in)\b)",
    r"огнестрельн\w+|ранен\w*|рани[лв]\w*|пострада\w+|травм\w+|госпитализ\w+|увечь\w+|контужен\w*|ожог\w*|обожж\w+"
    r"|перелом\w*"
    r"|избит\w*|избил\w*|искалечен\w*|отравлени\w+|отравил\w*|(?:к нам|сюда) (?:достав|привез|поступ)\w*"
    rf"|сломан\w*|прооперирован\w*|в реанимац\w+|{_TAKEN} в (?:\w+ ){{0,2}}?{_HOSPITAL}"
    rf"|в (?:\w+ ){{0,2}}?{_HOSPITAL} (?:\w+ ){{0,2}}?{_TAKEN}|в (?:больниц|госпитал|стационар)(?:е|ах|ях)"
    r"|в (?:крайне )?(?:тяж[её]л|критическ|стабильн|удовлетворительн|средн|л[её]гк)\w+(?: состоянии| тяжести)?"
    r"|тяж[её]лых(?=$|[^\w\s]| в )|за (?:медицинской )?помощью (?:\w+ )?обра\w+"
    r"|обра(?:т|щ)\w* (?:за (?:медицинской )?помощью|к (?:врачам|медикам))"
    r"|(?:медицинск\w+ )?помощь (?:\w+ ){0,2}?(?:оказа|получил|потребов|понадоб)\w*",
    r"жаралан\w*|жарақат\w*|жаралы\w*|зардап шек\w*|жапа шек\w*|күйік (?:ал|шал)\w*|ауыр (?:халде|жағдайда)\w*"
    r"|аурухана(?:ға|да|лар\w*) (?:\w+ ){0,2}?(?:жеткізіл|түс|жатқыз|апарыл|жат|емделі|қал|орналас)\w*|ауруханада(?=$)"
    r"|жансақтау бөлім\w*|улан(?:ған|ып|ды)\w*|(?:медициналық |мамандарының |дәрігер\w* )көмег?к?\w* (?:жүгін|көрсет"
    r"|ал)\w*",
)
_SHOT = (
    r"shot\b(?! (?:into|in) the air| only| at\b)|shooting(?= $)|shoots?(?= $)|shut\b(?= an )|hit by (?:\w+ )?bullets",
    r"подстрел\w+|пулев\w+",
    r"оқ тиген\w*|оқ тиді|оқ жара\w*",
)
_DETAINED = (
    r"detain(?!ees?\b)\w*|detentions?|arrest\w*|(?:jail|imprison|apprehend|captur|nabb|remand)(?:ed|ing)|(?:in"
    r"|into) custody"
    r"|in (?:police )?detention|behind bars|(?:rounded|rounding|locked|locking) up|picked up by|locks? up|haul(?:ed"
    r"|ing) (?:in|off|away)"
    r"|(?:are|were|was|is|being|be|been|remain(?:ed)?|still) (?:being )?held(?! (?:accountable|responsible|hostage"
    r"|back|up|together|a|an|the|its|their|talks|liable))|held (?:in custody|by police)"
    r"|(?:held|hold|holds|seized)(?= $)|held(?=[,.;]|$| (?:after|over|at|on|for|since|following|as))",
    rf"задерж\w+|арестова\w+|арест\w*|(?:под|за) (?:стражей|стражу|реш[её]ткой)|схвач\w+"
    rf"|{_TAKEN} в (?:\w+ ){{0,2}}?{_CELL}"
    rf"|в (?:\w+ ){{0,2}}?{_CELL} (?:\w+ ){{0,2}}?{_TAKEN}",
    r"(?<!аштық )ұста(?:л|ды|ған|п|у)\w*|(?:бөлім(?:ше)?|полиция)(?:ге|ға) (?:әкет|әкел|жеткіз|апар|алып)\w*"
    r"|тұтқындал\w*"
    r"|қамауға (?:алын|алды)\w*|қамалған\w*|қамалды|тұтқын\w*",
)
_MISSING = (
    r"missing|disappear(?:ed|ing)|unaccounted for|vanish(?:ed|ing)|(?:been|were|was) lost\b(?! (?:to|in))|lost at sea"
    r"|(?:not|yet to) (?:been |be )?(?:found|located|traced|accounted for)|swept (?:away|out)"
    r"|(?:search(?:ed|es|ing)?|look(?:ed|ing)?|hunt(?:ed|ing)?) for(?= (?:some\w* |any\w* |perhaps |maybe |another )?$)"
    r"|(?:still|remain\w*|feared|believed|buried|trapped) (?:\w+ )?(?:under|beneath) (?:the |their )?(?:\w+ )?(?:rubble"
    r"|rocks?|debris|ruins|earth|ground|mud|snow|walls|slide|wreckage)",
    r"пропа(?:л|вш|ж)\w*(?: без вести)?|без вести|исчез\w+|(?:не|еще не|ещё не) (?:найден|обнаружен)\w*"
    rf"|(?:ищут|разыскива\w+|поиск\w*|судьба) (?:ещ[её] )?(?=$)|под {_UNDER} (?:\w+ ){{0,2}}?(?:оста|наход|могут)\w*"
    rf"|(?:оста|наход)\w+ под {_UNDER}",
    r"хабарсыз (?:кет|жоғал)\w*|жоғал\w*|із-түзсіз\w*|хабар-ошарсыз\w*|табылма\w+|табылған жоқ|іздест\w+|ізделі\w+"
    r"|(?:жер астында|үйінді астында)(?: қал\w*)?",
)
_DISPLACED = (
    r"(?:displac|evacuat|uproot|relocat)(?:ed|ing)|(?:displaces|evacuates|uproots)(?= $)|homeless"
    r"|(?:fled|left|flee|fleeing|lost|abandoned) (?:their|its) (?:homes|houses|villages)|(?:from|out of) (?:their"
    r"|its) homes"
    r"|forced (?:to flee|out)|driven (?:out|from)|(?:have|has|had) fled|fled(?= (?:the|from|to|across|into|for)\b)"
    r"|(?:took|taken|taking|sought|seeking) (?:refuge|shelter)|crossed (?:over|into|the border)|made homeless"
    r"|(?:sleep|liv|camp|stay|shelter)ing in (?:the )?(?:\w+ )?(?:tents|camps|shelters|schools|cars|open)"
    r"|without (?:a |any )?(?:roof|shelter|homes?|house)"
    r"|in (?:makeshift |temporary )?(?:camps|shelters)",
    r"эвакуирова\w*|переселен\w*|расселен\w*|(?:без|лишил\w+) (?:крова|жилья)|бежали из домов"
    r"|покинул\w* (?:свои )?дома",
    r"баспанасыз\w*|үйсіз\w*|көшірілді|көшірілген\w*|эвакуациялан\w*|үйлерінен кет\w*",
)
STATUS = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(
        f"(?P<{name}>{'|'.join(words)})"
        for name, words in (
            ("killed", _KILLED),
            ("wounded", _WOUNDED),
            ("shot", _SHOT),
            ("detained", _DETAINED),
            ("missing", _MISSING),
            ("displaced", _DISPLACED),
        )
    )
    + r")(?!\w)",
    re.I,
)
NAMES = ("killed", "wounded", "shot", "detained", "missing", "displaced")
