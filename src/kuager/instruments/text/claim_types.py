"""What a statement is about, by its words: the types of claims other than counts."""

from __future__ import annotations

import re

from kuager.instruments.text.patterns import in_script, openings

_TYPES: tuple[tuple[str, str], ...] = (
    (
        "use_of_force",
        r"(?:shot|shooting|shoots?|fir(?:ed|ing)|opened? fire|opening fire|beat(?:ing|en)?|used? (?:of )?force"
        r"|use of force|tear gas|crack(?:ed)? ?down|gunned)\b|стрел(?:ял|яли|яла|яет|яют)\w*|открыл\w* огонь"
        r"|расстрел\w+|избива\w+|избил\w*|применил\w* (?:силу|оружие)|оқ (?:атты|жаудырды|атқан"
        r"|атқанын|атты)|оқ ат\w+|ұрып-соқ\w*|күш қолдан\w+",
    ),
    (
        "cause_of_death",
        r"(?:deaths?|died|killed|dead)\b.{0,60}\b(?:due to|because of|from|caused by|result of|ricochet\w*)"
        r"|ricochet\w*|(?:погиб\w*|смерт\w+).{0,60}(?:из-за|от|в результате|рикошет\w*)|рикошет\w*",
    ),
    (
        "cause",
        r"(?:due to|because of|caused by|as a result of|owing to|blam(?:ed|ing|es)|из-за|по причине"
        r"|вследствие|обвинил\w*|салдарынан|себебінен)",
    ),
    (
        "authenticity",
        r"authentic\w*|genuine|fake[ds]?\b|fabricat\w+|doctored|staged|подлинн\w+|фальшив\w+|постановочн\w+"
        r"|сфабрикован\w*|шынайылы\w+|жалған бейне\w*",
    ),
    (
        "footage_provenance",
        r"(?:video|footage|clip|tape|film|recording).{0,50}(?:taken|filmed|shot|recorded|made|posted"
        r"|uploaded)|posted on|uploaded to|(?:видео|запись).{0,50}(?:снят\w*|выложен\w*|размещен\w*"
        r"|опубликован\w*)|бейнежазба.{0,60}(?:түсірілген|жарияланды|салынды)",
    ),
    (
        "other_footage",
        r"(?:another|other|second|new|more) (?:video|footage|tape|clip|recording|film)s?|друг\w+ (?:видео"
        r"|запис\w+)|тағы бір бейнежазба|басқа бейнежазба",
    ),
    (
        "communications_outage",
        r"(?:internet|mobile|phone|communications?|stations?|networks?|shutdown|interruption|telephone"
        r"|text services?|voice|services|network|links).{0,60}(?:down|cut|interrupted|shut|restored?"
        r"|disrupt\w+|blocked|disconnected|jammed|off\b|ordered|failure|due to)|(?:switch|cut|shut)\w* (?:the )?"
        r"(?:networks?|internet|phones?)|shut ?down of .{0,40}(?:mobile|internet)|(?:интернет|связь"
        r"|телефон).{0,60}(?:отключ\w+|прерван\w*|не работа\w+|восстановлен\w*|заблокирован\w*)"
        r"|(?:отключ\w+).{0,40}(?:интернет|связ)|(?:интернет|байланыс).{0,60}(?:өшірілді|үзілді"
        r"|істемейді|қалпына келтірілді|бұғатталды|ажыратылды|істемеді|істемей қал\w*|үзіл\w+)",
    ),
    (
        "restriction",
        r"curfew|state of emergency|(?:roads?|town|city|area|square|transport\w*).{0,40}(?:sealed"
        r"|blocked|closed|cordoned|cut)|комендантск\w+ час|чрезвычайн\w+ положени\w+|төтенше жағдай"
        r"|коменданттық сағат",
    ),
    (
        "access_denied",
        r"(?:refused|denied|barred|prevented|not allowed|turned away|blocked).{0,40}(?:permission"
        r"|access|entry|from entering|visit|journalists|reporters)|(?:journalists|reporters).{0,60}(?:refused"
        r"|denied|barred|turned away)|не (?:пустили|допустили|пропустили)|кіргізбеді|жіберілмеді"
        r"|жібермеді",
    ),
    (
        "ill_treatment",
        r"tortur\w+|strip people|strip-search\w*|ill-treat\w*|mistreat\w*|(?:detainees|prisoners"
        r"|those arrested|arrested people).{0,40}beaten|beaten in (?:custody|detention)|hose with"
        r"|electric shocks?|пыта\w+|пытк\w+|истязан\w+|азапта\w+|қинады",
    ),
    (
        "weapon",
        r"service weapons?|live (?:ammunition|rounds|fire)|rubber|kalashnikov\w*|automatic (?:rifles?"
        r"|weapons?)|sniper\w*|firearms?|machine[- ]gun\w*|bullets?|боев\w+ патрон\w*|резинов\w+"
        r"|автомат\w*|снайпер\w*|табельн\w+|оружи\w+|резеңке|автомат|мерген\w*|табельдік|қару\w*",
    ),
    (
        "warning_given",
        r"warning shots?|(?:shot|fired|shots?) (?:only )?(?:in(?:to)?|in) the air|warned (?:the"
        r"|them)|предупредительн\w+ выстрел\w*|в воздух|(?:стрел\w+|выстрел\w*) (?:только )?вверх"
        r"|ескерту оғы\w*|аспанға (?:оқ )?ат\w*|ауаға",
    ),
    (
        "threat_by_crowd",
        r"(?:mobs?|crowds?|hooligans?|protesters|rioters|thugs).{0,60}(?:attack\w*|throw\w*|threw"
        r"|hurled|storm\w*|armed|set fire|burn\w*|loot\w*)|(?:attack\w*|stones?|rocks?|petrol bombs?) .{0,30}(?"
        r":police|officers)|(?:толп\w+|хулиган\w+|погромщик\w*).{0,60}(?:напа\w+|атак\w+|броса\w+"
        r"|поджи?г\w+|поджег\w*)|(?:тобыр|бұзақылар).{0,60}(?:шабуыл\w*|тас лақтыр\w*|өртеді|өрте\w+)",
    ),
    (
        "justification",
        r"in order to protect|forced to|had to (?:open|use|fire|shoot)|no other choice|lives (?:of"
        r"|were).{0,40}(?:danger|risk)|in danger|не было (?:другого )?выбора|оружие применял\w*"
        r"|absolutely necessary|self[- ]defen[cs]e|to protect|defended (?:their|its|the)|hooligans"
        r"|вынужден\w*|для защиты|самооборон\w*|мәжбүр\w*|қорғау үшін|өзін-өзі қорғау",
    ),
    (
        "legality",
        r"within (?:their|its|the) (?:authority|rights|law|powers?)|under the law|lawful\w*|unlawful\w*"
        r"|illegal\w*|legal(?:ly)?|в рамках закона|законн\w+|незаконн\w+|заң(?:ға|ды|сыз)\w*",
    ),
    (
        "promise_investigation",
        r"(?:investigat\w+|inquiry|probe).{0,40}(?:will|would|planned|promis\w+|launch\w*|open\w*)"
        r"|(?:will|would|planned|planning|promis\w+|vow\w*|pledg\w*|ensured).{0,60}(?:investigat\w+"
        r"|inquiry|probe|look into)|(?:будет|будут|проведут|обеща\w+|начат\w*|начал\w*).{0,40}расследован\w+"
        r"|расследу\w+|тергеу.{0,40}(?:жүргізіл\w*|басталды|уәде)|тергелетін\w*",
    ),
    (
        "promise",
        r"(?:promis\w+|pledg\w+|vow\w*|will be brought|justice will|guarantee\w*)|обеща\w+|обязал\w+"
        r"|гарантир\w+|уәде\w*",
    ),
    (
        "demand",
        r"(?:demand\w*|call(?:ed|s|ing)? (?:on|for)|urge[ds]?|urging|must (?:be|stop|release|restore))"
        r"|требу\w+|потребова\w+|призва\w+|призыва\w+|талап (?:ет|қой)\w*|шақыр\w+",
    ),
    (
        "indirect_indicator",
        r"tents?\b.{0,60}funeral|funerals?|fresh graves?|graves|phone receivers|yurts?|похорон\w*"
        r"|свеж\w+ могил\w*|юрт\w*|жаназа\w*|киіз үй\w*|қабір\w*",
    ),
    (
        "event",
        r"(?:protests?|strikes?|clash\w*|unrest|riots?|rall(?:y|ies)|violence|disorder|deployment"
        r"|arrests?).{0,60}(?:broke out|began|continued|erupted|took place|happened|occurred|started"
        r"|place)|(?:протест\w*|забастовк\w*|столкновени\w*|беспорядк\w*|митинг\w*).{0,60}(?:начал\w*"
        r"|продолжа\w*|произошл\w*|вспыхнул\w*|прошл\w*)|(?:наразылық|ереуіл|қақтығыс|тәртіпсіздік"
        r"|митинг).{0,60}(?:басталды|болды|жалғасты|өтті)",
    ),
)
#: Rules by script: the type, its pattern, and letters that every match begins with (a quick first look).
RULES = {
    script: tuple(
        (name, re.compile(r"(?<!\w)(?:" + part + ")", re.I), openings(part))
        for name, pattern in _TYPES
        if (part := in_script(pattern, script))
    )
    for script in ("en", "ru")
}
