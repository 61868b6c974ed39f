"""Words for what befell people: killed, wounded, shot, detained, missing, displaced, in three languages.

A word that stands here for the one before a number alone ("lost 14", "looking for 14") ends in ``(?= $)``.
"""

from __future__ import annotations

import re

from kuager.instruments.text.cyrillic.states import KAZAKH, RUSSIAN

_WAS = r"(?:were|was|been|being|be|got|are|is) (?:\w+ly )?"

_KILLED = (
    rf"shot (?:and killed|dead|to death)|{_WAS}killed|kill(?:s|ed|ing)?|slain|(?:murder|slaughter|hang|lynch|behead"
    r"|butcher|martyr|drown)(?:ed|ing|s)?(?!\w)|hung(?= $)|(?:massacr|assassinat|execut|decapitat|suffocat|asphyxiat"
    r"|electrocut|incinerat|neutrali[sz])(?:ed|ing|es)|dies?\b|died|dying|dead\b(?! of night)|perish(?:ed|es|ing)?"
    r"|succumb(?:ed|ing|s)?|(?:did not|didn't|failed to|not|never) survived?|deceased|passed away|(?:gunned|mown"
    r"|mowed) down|(?:burne?d?t?|buried) alive|blown to pieces"
    r"|(?:stabbed|burne?d?t?|crushed|beaten|hacked|starved|frozen|froze|bled|trampled|choked|battered|bludgeoned"
    r"|kicked) to death|(?:lost|lose|losing|gave) (?:their|his|her|its) lives|lives (?:were |was |have been "
    r"|had been )?"
    r"(?:lost|claimed|taken)|(?:claim(?:ed|ing|s)?|cost(?:s|ing)?|took|taken|taking|takes) (?:the )?lives"
    r"|deaths?(?! (?:penalty|sentence|threats?|certificates?|squads?|row|rate))|killings?|(?:death |body )?toll"
    r"|fatalit\w+|fatally(?: \w+)?|bodies|body(?= of)|corpses|remains(?= of)|victims?|closed the eyes|buried|(?:could"
    r"|can)(?: ?not|n't) be (?:saved|revived)"
    r"|washed(?= $)|los(?:t|es|ing)(?= $)"
)
_WOUNDED = (
    r"(?:wound|injur|hospitali[sz]|maim)(?:ed|ing)|(?:wounds?|injures?|maims?)(?= $)|injuries|hurt(?:s|ing)?\b"
    r"|(?:badly|critically|seriously|severely|gravely) (?:ill|burned|burnt|bruised)"
    rf"|{_WAS}(?:hit|struck|burne?d?t?|scalded|stabbed|beaten|bitten|blinded|bruised|grazed|slashed|knifed|bandaged"
    rf"|cut(?= (?:by|with))"
    r"|stitched)\b(?! (?:off|out|short|down|to death|alive))"
    rf"|{_WAS}(?:treated|admitted)\b|(?:treat(?:ed|ing|s)?|took in|taken in|receiv(?:ed|ing)|admitted"
    rf"|operated on)(?= $)"
    r"|(?:receiv|need|requir|undergo|underw)\w* (?:\w+ ){0,2}?(?:treatment|surgery|operations?|medical \w+|stitches)"
    r"|(?:sought|seeking|seek) (?:\w+ ){0,2}?(?:treatment|help|care)|in surgery|(?:critically|seriously|badly|gravely"
    r"|severely)(?=\s*(?:$|[^\w\s]))|fighting for (?:his|her|their) lives?"
    r"|on life support|in a coma|(?:in|by) ambulances?|(?:were|was|are|is) (?:serious"
    r"|critical)\b"
    r"|admitted (?:to|in|at) (?:the |a )?(?:\w+ )?(?:hospital|clinic|ward|intensive|infirmary)\w*|in (?:the |a "
    r"|an )?(?:\w+ ){0,2}?hospitals?(?=$|[^\w\s]| (?:with|on|after|and|for"
    r"|since))"
    r"|in (?:intensive care|(?:an? )?(?:\w+ )?(?:critical|serious|grave|stable|life-threatening) condition)"
    r"|(?:taken|rushed|admitted|airlifted|carried|brought|sent|went|moved|flown|transferred|driven) to (?:the |a |an )?"
    r"(?:\w+ ){0,2}?(?:hospitals?|clinics?)|(?:suffer|sustain|receiv|escap)(?:ed|ing|e|s)? (?:\w+ ){0,3}?(?:injur|wound"
    r"|burn|fractur|cuts|bruis|concuss)\w*|(?:had|have|with|suffered|suffering) (?:\w+ ){0,2}?(?:broken|fractured)\b"
    r"|(?:burned|burnt|scalded|bleeding|bloodied|concussed)(?= \w*(?:s|men|women|people|children)\b)"
    r"|lost (?:an? |their |his |her |both )?(?:legs?|arms?|limbs?|eyes?|hands?|sight)"
    r"|with (?:\w+ ){0,3}?(?:burns|cuts|bruises|fractures|concussions?|wounds|injuries)|(?:gunshot |bullet )?wounds?\b"
    r"(?! (?:on|to|in)\b)"
)
_SHOT = (
    r"shot\b(?! (?:into|in) the air| only| at\b)|shooting(?= $)|shoots?(?= $)|shut\b(?= an )|hit by (?:\w+ )?bullets"
)
_DETAINED = (
    r"detain(?!ees?\b)\w*|detentions?|arrest\w*|(?:jail|imprison|apprehend|captur|nabb|remand)(?:ed|ing)|(?:in"
    r"|into) custody"
    r"|in (?:police )?detention|behind bars|(?:taken|led|marched|driven) away\b|in (?:police |prison )?cells"
    r"|(?:bundled|pushed|dragged|forced|loaded|herded|shoved) into (?:\w+ )?(?:vans?|buses|trucks?|cars?)|(?:rounded"
    r"|rounding|locked|locking) up|picked up by|locks? up|haul(?:ed"
    r"|ing) (?:in|off|away)"
    r"|(?:are|were|was|is|being|be|been|remain(?:ed)?|still) (?:being )?held(?! (?:accountable|responsible|hostage"
    r"|back|up|together|a|an|the|its|their|talks|liable))|held (?:in custody|by police)"
    r"|(?:held|hold|holds|seized)(?= $)|held(?=[,.;]|$| (?:after|over|at|on|for|since|following|as))"
)
_MISSING = (
    r"missing|disappear(?:ed|ing|ances?)|(?:not|never|n't) (?:been )?(?:seen|heard (?:of|from))|unaccounted for"
    r"|vanish(?:ed|ing)|(?:been|were|was) lost\b(?! (?:to|in))|lost at sea"
    r"|(?:not|yet to) (?:been |be )?(?:found|located|traced|accounted for)|swept (?:away|out)"
    r"|(?:search(?:ed|es|ing)?|look(?:ed|ing)?|hunt(?:ed|ing)?) for(?= (?:some\w* |any\w* |perhaps |maybe |another )?$)"
    r"|(?:still|remain\w*|feared|believed|buried|trapped) (?:\w+ )?(?:under|beneath) (?:the |their )?(?:\w+ )?(?:rubble"
    r"|rocks?|debris|ruins|earth|ground|mud|snow|walls|slide|wreckage)"
)
_DISPLACED = (
    r"(?:displac|evacuat|uproot|relocat)(?:ed|ing)|(?:displaces|evacuates|uproots)(?= $)|homeless"
    r"|(?:fled|left|flee|fleeing|lost|abandoned) (?:their|its) (?:homes|houses|villages)|(?:from|out of) (?:their"
    r"|its) homes"
    r"|forced (?:to flee|out)|driven (?:out|from)|(?:have|has|had) fled|fled(?= (?:the|from|to|across|into|for)\b)"
    r"|(?:took|taken|taking|sought|seeking) (?:refuge|shelter)|crossed (?:over|into|the border)|made homeless"
    r"|(?:moved|taken|brought|bused|relocated|led) to (?:\w+ )?(?:shelters?|camps?|safety)"
    r"|(?:sleep|liv|camp|stay|shelter)ing in (?:the )?(?:\w+ )?(?:tents|camps|shelters|schools|cars|open)"
    r"|without (?:a |any )?(?:roof|shelter|homes?|house)"
    r"|in (?:makeshift |temporary )?(?:camps|shelters)"
)
STATUS = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(
        f"(?P<{name}>{'|'.join((words, RUSSIAN[name], KAZAKH[name]))})"
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
