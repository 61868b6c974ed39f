"""Words beside a number that counts people: status, people, other times and places, comparisons."""

from __future__ import annotations

import re

NOT_PEOPLE = re.compile(
    r"^[\s-]*(?:(?!(?:an?|the|in|on|of|and|last|that|this|over|within|for|were|was|are|is|be|been|being|got|had|have"
    r"|has|who"
    r"|others?|people)\b)\w+[\s-]+){0,1}?(?:years?"
    r"|months?|weeks?|days?|nights?|hours?|minutes?|seconds?|percent"
    r"|per cent|%|kilomet\w+|km|miles?|met(?:er|re)s?|feet|tenge|dollars?|euros?|rubles?|million"
    r"|billion|rounds?|shots?|bullets?|cartridges?|shells?|vehicles?|cars?|buses|trucks?|buildings?"
    r"|houses?|shops?|"
    r"times?|tons?|barrels?|degrees?|pages?|videos?|clips?|photos?|calls?|villages?|cities|towns?"
    r"|countries|regions?|floors?|points?|cases?|lawsuits?|a\.?m|p\.?m|o'clock|bodyguards|kalashnikovs?"
    r"|rifles?|weapons?|guns?|grenades?|checkpoints?|ambulances?|beds?|"
    r"год\w*|лет\b|месяц\w*|недел\w+|дн(?:я|ей|и)|день|час\w*|сут(?:ок|ки)|минут\w*|секунд\w*|процент\w*"
    r"|километр\w*|км|метр\w*|тенге|доллар\w*|рубл\w*|миллион\w*|млн|млрд|выстрел\w*|пул(?:ь"
    r"|и|я)\b|патрон\w*|машин\w*|автомоб\w*|автобус\w*|здани\w*|дом(?:а|ов)\b|раз(?:а)?\b|статьи"
    r"|уголовн\w+ дел|школ\w*|магазин\w*|юрт\w*|"
    r"жыл\w*|тәулік\w*|ай\b|айлық|апта\w*|күн\w*|сағат\w*|минут\w*|пайыз\w*|шақырым\w*|теңге\w*|доллар\w*"
    r"|рет\b|оқ(?!ушы|ытушы|иға)(?:\s|\w{1,3}\b)|көлік\w*|ғимарат\w*|үй\b|жас(?:ар|та|тағы)\w*"
    r"|дүкен\w*|киіз үй\w*)(?!\w)",
    re.I,
)
ELSEWHERE = re.compile(
    r"\b(?:years? ago|months ago|decades? (?:ago|earlier)|last year|in history|world war|holocaust|per year|annually"
    r"|every year"
    r"|each year|years? (?:earlier"
    r"|before)(?=[.,;]|$)|in the (?:19|20)\d0s|reminiscent of|earlier version of (?:this|the)|similar to"
    r"|compared (?:to|with)|just as in|as in|recall\w* (?:the|how)|unlike|chernobyl|tiananmen"
    r"|andijan|(?:two|three|ten|twenty|\d+) years later)\b|"
    r"лет назад|(?:год|десятилети[йея]) назад|в прошлом году|по сравнению с|подобно|напомин\w+ (?:о )?(?:события"
    r"|расстрел)|в отличие от"
    r"|андижан\w*|жыл бұрын|өткен жылы|былтыр|салыстырғанда|андижан",
    re.I,
)
#: A sentence that opens with a bare year tells of another time, unless it is the year of publication.
THEN = re.compile(
    r"(?:[\"“«—–-]\s*)?(?:(?:back )?in (?:18|19|20)\d\d\b|в (?:18|19|20)\d\d году|(?:18|19|20)\d\d жыл\w*)", re.I
)
UNREAL = re.compile(
    r"\b(?:will|would|could|may|might|can) (?:\w+ )?(?:be|have been)? ?(?:killed|die|dead|wounded"
    r"|arrested|detained)\b|\bif (?:\w+ ){0,4}$|\bthreatened to (?:kill|arrest)|\bunless\b",
    re.I,
)
SEEN = re.compile(
    r"\b(?:in front of (?:her|him|me|us|them|my)|personally|with (?:my|his|her|their) own eyes"
    r"|before (?:my|his|her) eyes|(?:I|he|she|we|they) (?:\w+ )?(?:saw|counted|witnessed|carried"
    r"|treated|washed|buried)|saw|counted|witnessed|closed the eyes|(?:her|him|my|them)self (?:\w+ )?(?:seen"
    r"|saw|counted|washed|carried|treated|buried)|had (?:(?!been)\w+ )?seen|(?:beside|next to|around|near) me)\b|"
    r"(?<!\w)(?:на (?:мо|е|ё|его|её|ее|наших|их)\w* глазах|при мне|передо мной|перед (?:ней|ним)|личн[оаы]\w*"
    r"|своими руками"
    r"|сам[аи]? (?:видел|насчитал|закрыл)\w*|своими глазами|видел[аи]?|(?:[яЯ]|он|она|мы"
    r"|сам[аи]?) (?:\w+ )?насчитал[аи]?)(?!\w)"
    r"|(?:көз алдымда|көз алдында|өз көз\w+|көрдім|көрдік|санадым|көргенін|көрген|санаған\w*"
    r"|өзім|өз қолы\w+|көзін (?:\w+ ){0,3}жұм\w*|көз алдымызда)(?!\w)",
    re.I,
)
HIGHER = re.compile(
    r"(?P<what>(?:the )?(?:actual |real |true |final |overall )?(?:death toll|toll|number(?: of (?:\w+ ){0,"
    r"2}(?:dead|killed|victims|deaths|casualties|those killed|wounded|injured|detained|people killed"
    r"|fatalities))?|figures?|count|number of \w+|death count|casualt\w+)) (?:\w+ ){0,2}?(?:is"
    r"|are|was|were|be|appears? to be|seems? to be|may be|might be|could be|must be|has to be"
    r"|is likely|stands|had been|to be)(?: \w+){0,2}? ?"
    r"(?P<much>much|far|considerably|significantly|substantially|many times|a lot|several times"
    r"|way)?(?: \w+)?? ?(?P<h>higher|greater|larger|bigger|more)\b(?! than (?:\d|one|two|three"
    r"|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|a hundred))"
    r"|(?P<en2>(?P<en2much>far|many|a lot|much) more (?:people |protesters )?(?:were|had been"
    r"|have been|are) (?:killed|dead|shot)|(?:speak|speaks|spoke|talk|talks|talked) of (?P<en3much>many|far) more\b"
    r"|it was (?:much |far )?more\b|many more (?:died|were killed))(?!\w"
    r")"
    r"|(?P<ru>(?:реальн\w+ |настоящ\w+ )?(?:число|количество|цифр\w+)(?: (?:погибших|убитых"
    r"|жертв|раненых|задержанных))?(?: (?:на самом деле|в действительности|может быть|может оказаться"
    r"|скорее всего|вероятно|видимо))* ?(?:[—–-] )?(?:была |было )?(?P<rumuch>намного|гораздо"
    r"|значительно|в разы|куда|существенно)? ?(?:больше|выше))(?!\w)(?! (?:чем )?(?:\d|дв|тр|четыр|пят|шест|сем"
    r"|вос|дев|дес|сорок|ста|сот|тыс))"
    r"|(?P<rp>(?:погибших|убитых|жертв|раненых)(?: \w+){0,3}? (?P<rpmuch>намного|гораздо|значительно"
    r"|в разы|куда)? ?больше)(?!\w)(?! (?:чем )?(?:\d|дв|тр|четыр|пят|шест|сем|вос|дев|дес|сорок|ста|сот|тыс))"
    r"|(?P<kk>(?:қаза тапқандар\w*|қаза болғандар\w*|өлгендер\w*|құрбандар\w*|жараланғандар\w*)? ?(?:нақты "
    r"|шын |шынайы )?сан\w*(?: (?:шын мәнінде|іс жүзінде|бұдан|одан|ресми\w*|\w+нан"
    r"|\w+нен)){0,3} ?(?P<kkmuch>әлдеқайда|анағұрлым|бірнеше есе)? ?(?:көп|жоғары))(?!\w)",
    re.I,
)
STATUS_IN = re.compile(
    r"(?P<shot>shot$)|(?P<missing>missing)|(?P<wounded>wounded|injured|hurt|injuries|ранен|пострад|жарал|зардап"
    r"|жарақат)"
    r"|(?P<detained>detained|arrested|задержан|ұсталған)"
    r"|(?P<killed>dead|killed|death|victim|погиб|убит|жертв|қаза|өлген|құрбан)",
    re.I,
)
ITEM = (
    r"(?:an?|one|two|three|her|his|a \d+-year-old|the) (?:[\w-]+ ){0,3}?(?:woman|man|child|toddler"
    r"|baby|boy|girl|teenager|student|worker|mother|father|pensioner|grandmother|grandfather"
    r"|infant|schoolboy|schoolgirl|driver|doctor|nurse|journalist|protester|resident|passerby"
    r"|bystander|guard|policeman|teacher|shopkeeper|vendor|cook|soldier)"
)
LIST = re.compile(rf"{ITEM}(?:,? (?:and )?{ITEM})+|{ITEM}(?:, {ITEM})*,? and {ITEM}", re.I)
ENUMERATED = re.compile(
    rf"(?:among|including|amongst) (?:those|the)(?: people| victims)?(?: (?:who|that))?(?: (?:were"
    rf"|was|had been|have been))? ?(?P<status>shot|shut|killed|dead|wounded|injured|arrested"
    rf"|detained|missing|victims)?(?: dead)?(?: (?:were|was|are|is))?[,:]? (?P<list>{LIST.pattern})"
    rf"|(?P<list3>{LIST.pattern}),? (?:were|was|are) (?:also )?among (?:those|the)(?: people)?(?: who)?(?: "
    rf"(?:were|was|had been))? (?P<status3>shot|killed|dead|wounded|injured|arrested|detained"
    rf"|missing|victims)|(?P<list2>{LIST.pattern}),? (?:were|was|had been|have been) (?P<status2>shot(?: de"
    rf"ad)?|killed|wounded|injured|arrested|detained)",
    re.I,
)
NOBODY = re.compile(
    r"\b(?P<n>no one|nobody|no people|no protesters|no civilians|not a single person) (?:\w+ ){0,2}?(?P<s>k"
    r"illed|died|dead|wounded|injured|hurt|shot|arrested|detained|missing)\b|\b(?:there were "
    r"|there have been |reported )?(?P<n2>no) (?P<s2>deaths|fatalities|dead|injuries|wounded"
    r"|casualties)\b|"
    r"(?<!\w)(?P<n3>никто не|ни один человек не|погибших нет|жертв нет|нет погибших|нет жертв"
    r"|обошлось без жертв|(?:погибших|жертв|пострадавших|раненых) (?:и \w+ )?нет"
    r"|(?:зардап шеккен|жарақат алған|жараланған|қаза (?:тапқан|болған)|құрбан)(?:дар|дер) жоқ"
    r"|ешкім|бір де бір (?:адам|кісі)"
    r"|бірде-бір (?:адам|кісі)"
    r"|ешбір адам)(?:\s+(?P<s3>по"
    r"гиб|пострадал|убит|ранен|задержан|қаза тапқан жоқ|өлген жоқ|қаза болған жоқ|жараланған жоқ"
    r"|өлмеді|зардап шеккен жоқ|жарақат алған жоқ|қаза таппады)\w*)?(?!\w)",
    re.I,
)
#: What any sentence with a count of casualties holds one of, in lower case: a quick first look.
HINTS = (
    "apprehend,arrest,asphyx,behead,behind,beneath,body,bullet,buried,bury,casualt,condition,corpse,count,"
    "custody,dead,death,deceas,detain,detention,die ,died,dies,disappear,displac,drown,dying,electroc,evacu,"
    "execut,eyes,fatal,figure,fled,forced,gunned,hanged,held,higher,hold,homeless,homes,hospital,hurt,injur,"
    "intensive,jail,kill,lives,lock,look,lost,lynch,massac,missing,more,murder,neutrali,number,perish,prison,"
    "receiv,refugee,round,surviv,search,shot,shut,slain,sought,succumb,suffer,suffocat,surgery,sustain,toll,took in,"
    "treat,under ,vanish,victim,washed,wound,арест,астында,аурухана,ауыр,баспана,бежал,без вести,больниц,больше,"
    "выше,гибел,госпит,дене,достав,жан т,жапа,жара,жер аст,жертв,жизн,жоғал,забрал,задерж,задохн,закры,зардап,"
    "исчез,ищут,к нам,контуж,кров,күйік,көз,көшір,летальн,ликвид,медицин,мерт,мёртв,мәйіт,насчит,нейтрал,обрати,"
    "огнестр,ожог,опат,операц,оперир,отвез,отравл,оқ ти,оққа,перелом,пересел,повеш,погиб,под ,поиск,помощ,"
    "пострад,привез,пропа,пулев,ранен,ранил,реанимац,решетк,сан,сгоре,сконч,сломан,состояни,страж,стрел,судьб,"
    "табылма,тел,травм,труп,тұтқын,убив,убил,убит,увез,увеч,умер,утону,хабар,хорон,цифр,числ,эвакуац,эвакуир,"
    "разыскива,связи с,связь с,контакт с,забрал,түрме,абақты,изолятор,учаске,полиция,бөлім,емхана,сизо,ровд,отдел,"
    "камер,"
    "із-түз,ізде,қаза,қайтыс,қама,құрбан,үйлер,ұста,өл"
).split(",")
