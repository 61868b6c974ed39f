"""Words for what befell people: killed, wounded, shot, detained, missing, displaced, in three languages."""

from __future__ import annotations

import re

#: Ways to come by an injury, be in hospital, and be held, in Russian, with the verb before or after the place.
_TAKEN = r"(?:увез|отвез|привез|достав|попал|помещ|поступ|забра|наход|оста|лечат|леж|содерж)\w*"
_HOSPITAL = r"(?:больниц|госпитал|стационар|реанимац)\w*"
_CELL = r"(?:отдел|полици|участ|изолятор|автозак|спецпри[её]мник|СИЗО|ИВС|[РОУ]?ОВД|УВД)\w*"

_KILLED = (
    r"shot (?:and killed|dead|to death)|dies?\b|succumbed|deceased|(?:were|was|been) killed|killed|killing|kills?"
    r"|dead\b(?! of night)|died|dying"
    r"|deaths?(?! (?:penalty|sentence|threats?|certificates?|squads?))|death toll|toll|fatalit\w+|fatally(?: \w+)?"
    r"|slain"
    r"|murdered|massacred|lost (?:their|his|her|its) lives|(?:claim(?:ed|ing|s)?|cost(?:s|ing)?|took|taken|taking"
    r"|takes)"
    r" (?:the )?lives|lives (?:were |was |have been |had been )?(?:lost|claimed|taken)|bodies|body(?= of)|corpses"
    r"|perished"
    r"|victims?|gunned down|closed the eyes|drowned|drowning|executed|beheaded|electrocuted|suffocated|asphyxiated"
    r"|hanged"
    r"|lynched|(?:stabbed|burne?d?t?|crushed|beaten|hacked|starved|frozen|froze|bled|trampled) to death|neutrali[sz]ed"
    r"|buried|washed(?= $)|los(?:t|es|ing)(?= $)",
    r"погиб\w*|убит\w*|убил\w*|убиты|скончал\w+|умер\w*|м[её]ртв\w*|жертв\w*|тел[оа]?|гибел\w+|трупов|смерт\w+"
    r"|застрел\w+|расстрел\w+|летальн\w+|жизни лишил\w+"
    r"|(?:ун[её]с\w*|унесла|стои\w+) жизни|закрыл\w* глаза|(?:по|за)?хоронил\w*|утонул\w*|сгорел\w*|повешен\w*"
    r"|задохнул\w*|нейтрализован\w*|ликвидирован\w*",
    r"қаза (?:тап\w*|тауып|бол\w*|тау\w*)|қаза\b|өл(?:ді|ген\w*|тіріл\w*|тір\w*|гендер\w*)|мерт бол\w*|оққа ұш\w*"
    r"|қайтыс бол\w*|опат бол\w*|мәйіт\w*|дене\w*|құрбан\w*|көз жұм\w*|көзін (?:\w+ ){0,3}жұм\w*|жан тапсыр\w*",
)
_WOUNDED = (
    r"wounded|wounding|wounds(?= $)|injured|injuring|injur(?:e|es)(?= $)|injuries|hurt\b|hospitali[sz]ed"
    r"|(?:being|been|were|was) treated (?:\w+ ){0,3}?(?:in|at)\b|(?:being|been|were"
    r"|was) treated for (?:\w+ ){0,2}?(?:burns"
    r"|injuries|wounds|smoke)|(?:treat(?:ed|ing)|took in|taken in|receiv(?:ed|ing)|admitted|operated on)(?= $)"
    r"|sought (?:\w+ ){0,2}?(?:treatment|help|care)|in surgery|(?:are|is|were|was) (?:serious|critical)\b"
    r"|admitted (?:to|in|at)\b"
    r"|in (?:the |a )?(?:\w+ ){0,2}?hospitals?(?=$|[^\w\s]| (?:with|on|after|and|for|since))|in (?:intensive care"
    r"|(?:an? )?(?:\w+ )?(?:critical"
    r"|serious|grave|stable|life-threatening) condition)|receiving (?:medical )?treatment"
    r"|(?:taken|rushed|admitted|airlifted|carried|brought) to (?:the |a |\w+ )?hospitals?"
    r"|(?:need|requir|receiv)(?:ed|es|s|ing|e)? (?:\w+ ){0,2}?(?:hospital|medical) (?:treatment|care|attention)"
    r"|(?:suffer|sustain|receiv)(?:ed|ing|e|s)? (?:\w+ ){0,3}?(?:injur|wound|burn|fractur|cuts|bruis|concuss)\w*"
    r"|with (?:\w+ ){0,2}?(?:burns|(?:gunshot|bullet|shrapnel|stab) wounds|injuries)|(?:gunshot |bullet )?wounds?\b",
    r"огнестрельн\w+|ранен\w*|ранил\w*|пострада\w+|травм\w+|госпитализир\w+|увечь\w+|контужен\w*|ожог\w*|перелом\w*"
    r"|отравлени\w+|отравил\w*|(?:к нам|сюда) (?:достав|привез|поступ)\w*"
    rf"|сломан\w*|прооперирован\w*|в реанимац\w+|{_TAKEN} в (?:\w+ ){{0,2}}?{_HOSPITAL}"
    rf"|в (?:\w+ ){{0,2}}?{_HOSPITAL} (?:\w+ ){{0,2}}?{_TAKEN}|в (?:крайне )?(?:тяж[её]л|критическ)\w+ состоянии"
    r"|за (?:медицинской )?помощью (?:\w+ )?обратил\w*|обратил\w* (?:за (?:медицинской )?помощью|к (?:врачам|медикам))",
    r"жаралан\w*|жарақат\w*|жаралы\w*|зардап шек\w*|жапа шек\w*|күйік (?:ал|шал)\w*|ауыр (?:халде|жағдайда)\w*"
    r"|аурухана(?:ға|да) (?:\w+ ){0,2}?(?:жеткізіл|түс|жатқыз|апарыл|жат|емделі|қал)\w*|ауруханада(?=$)"
    r"|жансақтау бөлім\w*|уланған\w*|уланып|(?:медициналық |мамандарының )көмег?к?\w* (?:жүгін|көрсет|ал)\w*",
)
_SHOT = (
    r"shot\b(?! (?:into|in) the air| only| at\b)|shooting(?= $)|shut\b(?= an )|hit by (?:\w+ )?bullets",
    r"подстрел\w+|пулев\w+",
    r"оқ тиген\w*|оқ тиді",
)
_DETAINED = (
    r"detain(?!ees?\b)\w*|arrest\w*|jailed|in custody|into custody|imprisoned|rounded up|lock(?:ed|ing|s)? up"
    r"|(?:are|were|was|is|being|be|been|remain(?:ed)?|still) (?:being )?held(?! (?:accountable|responsible|hostage"
    r"|back|up"
    r"|together|a|an|the|its|their|talks|liable))|taken into custody|in detention|held (?:in custody|by police)"
    r"|(?:held|hold|holds)(?= $)|held(?=[,.;]|$| (?:after|over|at|on|for|since|following|as))"
    r"|apprehended|behind bars",
    rf"задерж\w+|арестова\w+|арест\w*|под стражей|за реш[её]ткой|{_TAKEN} в (?:\w+ ){{0,2}}?{_CELL}"
    rf"|в (?:\w+ ){{0,2}}?{_CELL} (?:\w+ ){{0,2}}?{_TAKEN}",
    r"ұста(?:л|ды|ған|п|у)\w*|(?:бөлім(?:ше)?|полиция)(?:ге|ға) (?:әкет|жеткіз|апар|алып)\w*|тұтқындал\w*"
    r"|қамауға алын\w*|қамалған\w*|тұтқын\w*",
)
_MISSING = (
    r"missing|disappeared|unaccounted for|vanished|(?:been|were|was) lost\b(?! (?:to|in))|lost at sea"
    r"|(?:still|remain\w*|feared|believed|buried|trapped) (?:\w+ )?(?:under|beneath) (?:the "
    r"|their )?(?:\w+ )?(?:rubble|rocks?|debris|ruins"
    r"|earth|ground|mud|snow|walls|slide|wreckage)"
    r"|(?:search(?:ed|es|ing)?|look(?:ed|ing)?|hunt(?:ed|ing)?) for(?= $)",
    r"пропа(?:л|вш)\w*(?: без вести)?|без вести|исчез\w+|(?:ищут|разыскивают|поиск\w*|судьба) (?:ещ[её] )?(?=$)"
    r"|под (?:завал|земл|обломк|плит|снег|руин)\w+ (?:\w+ ){0,2}?(?:оста|наход|могут)\w*|(?:оста"
    r"|наход)\w+ под (?:завал|земл|обломк|плит|снег"
    r"|руин)\w+",
    r"хабарсыз кет\w*|жоғал\w*|із-түзсіз\w*|хабар-ошарсыз\w*|табылма\w+|іздест\w+|ізделі\w+|(?:жер астында"
    r"|үйінді астында)(?: қал\w*)?",
)
_DISPLACED = (
    r"displac(?:ed|ing)|evacuated|evacuating|homeless|(?:fled|left|flee) (?:their|its) homes"
    r"|(?:from|out of) (?:their|its) homes|forced to flee|uprooted|(?:have|has|had) fled|fled(?= (?:the|from|to"
    r"|across|into|for)\b)",
    r"эвакуирова\w*|бежали из домов|переселен\w*|без крова|вынужденн\w+ переселен\w+",
    r"баспанасыз\w*|көшірілді|көшірілген|эвакуацияланды|эвакуацияланған|үйлерінен кет\w*",
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
