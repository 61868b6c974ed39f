"""Words beside a number that counts people: status, people, other times and places, comparisons."""

from __future__ import annotations

import re

STATUS = re.compile(
    r"(?<![\w-])(?:"
    r"(?P<killed>shot (?:and killed|dead|to death)|(?:were|was|been) killed|killed|killing|kills?"
    r"|dead\b(?! of night)|died|dying|deaths?(?! (?:penalty|sentence|threats?|certificates?))"
    r"|death toll|toll|fatalit\w+|slain|murdered|massacred|lost (?:their|his|her) lives|claimed the lives"
    r"|claiming the lives|bodies|corpses|perished|victims?|fatally (?:shot|wounded)|gunned down"
    r"|closed the eyes|lives lost|drowned|drowning|executed|beheaded|electrocuted"
    r"|(?:cost|costs|costing|took|taken|taking) the lives|neutrali[sz]ed|"
    r"утонул\w*|сгорел\w*|нейтрализован\w*|ликвидирован\w*|"
    r"погиб\w*|убит\w*|убил\w*|убиты|скончал\w+|умер\w*|м[её]ртв\w*|жертв\w*|тел(?=\s|[.,»”]|$)"
    r"|тела|трупов|смерт\w+|застрел\w+|расстрел\w+|летальн\w+|жизни лишил\w+|закрыл\w* глаза"
    r"|(?:по|за)?хоронил\w*|buried"
    r"|"
    r"қаза (?:тап\w*|бол\w*|тау\w*)|қаза\b|өл(?:ді|ген\w*|тіріл\w*|тір\w*|гендер\w*)|мерт бол\w*"
    r"|оққа ұш\w*|қайтыс бол\w*|опат бол\w*|мәйіт\w*|дене\w*|құрбан\w*|көз жұм\w*|көзін (?:\w+ ){0,3}жұм\w*"
    r")"
    r"|(?P<wounded>wounded|wounding|injured|injuring|injuries|hurt\b|hospitali[sz]ed"
    r"|(?:being|been|were|was) treated (?:\w+ ){0,3}?(?:in|at)\b"
    r"|(?:being|been|were|was) treated for (?:\w+ ){0,2}?(?:burns|injuries|wounds|smoke)"
    r"|in (?:intensive care|(?:critical|serious|grave) condition)|receiving (?:medical )?treatment|(?:taken|rushed"
    r"|admitted) to (?:the |a )?hospitals?|(?:gunshot "
    r"|bullet )?wounds?\b|огнестрельн\w+|ранен\w*|ранил\w*|пострада\w+|травм\w+|ранени\w+|госпитализир\w+"
    r"|увечь\w+|доставлен\w* в больниц\w*|ауруханаға (?:жеткізіл|түс)\w*"
    r"|(?:находятся|остаются|лечатся|лежат) в больниц\w+|жаралан\w*|жарақат\w*|жаралы\w*|жараланған\w*)"
    r"|(?P<shot>shot\b(?! (?:into|in) the air| only| at\b)|shut\b(?= an )|hit by (?:\w+ )?bullets"
    r"|подстрел\w+|пулев\w+|оқ тиген\w*|оқ тиді)"
    r"|(?P<detained>detain\w*|arrest\w*|jailed|in custody|into custody|imprisoned|rounded up"
    r"|(?:are|were|was|is|being|be|been|remain(?:ed)?|still) (?:being )?held(?! (?:accountable|responsible"
    r"|hostage|back|up"
    r"|together|a|an|the|its|their|talks|liable))|taken into custody|in detention|held (?:in custody|by police)"
    r"|held(?= $)"  # right before the number that is asked about
    r"|apprehended|behind bars|задерж\w+|арестова\w+|арест\w*|под стражей|за решеткой|ұстал\w*"
    r"|тұтқындал\w*|қамауға алын\w*|қамалған\w*|тұтқын\w*)"
    r"|(?P<missing>missing|disappeared|unaccounted for|vanished|пропа(?:л|вш)\w*(?: без вести)?"
    r"|без вести|исчез\w+|хабарсыз кет\w*|жоғал\w*|із-түзсіз\w*|хабар-ошарсыз\w*|табылма\w+)"
    r"|(?P<displaced>displaced|evacuated|homeless|fled their homes|forced from their homes|refugees"
    r"|эвакуирован\w*|бежали из домов|переселен\w*|без крова|вынужденн\w+ переселен\w+|баспанасыз\w*"
    r"|көшірілді|эвакуацияланды|үйлерінен кет\w*)"
    r")(?!\w)",
    re.I,
)
NOT_PEOPLE = re.compile(
    r"^[\s-]*(?:(?!(?:an?|the|in|on|of|and|last|that|this|over|within|for)\b)\w+[\s-]+){0,1}?(?:years?"
    r"|months?|weeks?|days?|hours?|minutes?|seconds?|percent"
    r"|per cent|%|kilomet\w+|km|miles?|met(?:er|re)s?|feet|tenge|dollars?|euros?|rubles?|million"
    r"|billion|rounds?|shots?|bullets?|cartridges?|shells?|vehicles?|cars?|buses|trucks?|buildings?"
    r"|houses?|shops?|"
    r"times?|tons?|barrels?|degrees?|pages?|videos?|clips?|photos?|calls?|villages?|cities|towns?"
    r"|countries|regions?|floors?|points?|cases?|lawsuits?|a\.?m|p\.?m|o'clock|bodyguards|kalashnikovs?"
    r"|rifles?|weapons?|guns?|grenades?|checkpoints?|ambulances?|beds?|"
    r"год\w*|лет\b|месяц\w*|недел\w+|дн(?:я|ей|и)|день|час\w*|минут\w*|секунд\w*|процент\w*"
    r"|километр\w*|км|метр\w*|тенге|доллар\w*|рубл\w*|миллион\w*|млн|млрд|выстрел\w*|пул(?:ь"
    r"|и|я)\b|патрон\w*|машин\w*|автомоб\w*|автобус\w*|здани\w*|дом(?:а|ов)\b|раз(?:а)?\b|статьи"
    r"|уголовн\w+ дел|школ\w*|магазин\w*|юрт\w*|"
    r"жыл\w*|ай\b|айлық|апта\w*|күн\w*|сағат\w*|минут\w*|пайыз\w*|шақырым\w*|теңге\w*|доллар\w*"
    r"|рет\b|оқ(?!ушы|ытушы|иға)(?:\s|\w{1,3}\b)|көлік\w*|ғимарат\w*|үй\b|жас(?:ар|та|тағы)\w*"
    r"|дүкен\w*|киіз үй\w*)(?!\w)",
    re.I,
)
PERSON = re.compile(
    r"(?<![\w-])(?:people|persons?|men|women|man|woman|children|child|protest[eo]rs|protest[eo]r"
    r"|demonstrators?|civilians?|policem[ea]n|police officers?|officers?|soldiers?|workers?"
    r"|strikers?|residents?|victims?|bodies|citizens|others|"
    r"students?|journalists?|activists?|managers|boys?|girls?|teenagers?|passersby|bystanders?|relatives"
    r"|oil ?workers?|souls|patients|troops|security (?:personnel|officers|forces)|detainees"
    r"|passengers|rescuers|firefighters|sailors|tourists|commuters|worshippers|crew(?: members)?|peacekeepers|shoppers"
    r"|servicem[ea]n|conscripts|recruits|agents|deputies|suspects|minors|adults|mourners|spectators|newborns|babies"
    r"|climbers|aid workers|staff|casualties|defendants|dockers|fishermen|truckers|settlers|hikers|nuns|priests"
    r"|males?|females?|youths?|dead|wounded|injured|inhabitants|locals|guests|members|miners"
    r"|dockworkers|marchers|prisoners|fighters|villagers|farmers|fans|monks|traders|refugees"
    r"|lawyers|teachers|drivers|guards|militants|rebels|gunmen|supporters|followers|employees"
    r"|migrants|hostages|inmates|pilgrims|families|infants?|toddlers?|schoolchildren|personnel"
    r"|attackers|assailants|rioters|dissidents|strangers|foreigners|medics|nurses|doctors|"
    r"человек\w*|люд(?:и|ей|ям)|мужчин\w*|женщин\w*|дет(?:и|ей)|ребен\w*|протестующ\w+|демонстрант\w*"
    r"|полицейск\w+|силовик\w*|рабоч\w+|жител\w+|граждан\w*|сотрудник\w*|военн\w+|нефтяник\w*"
    r"|жиль?[её]?ц\w*|сосед\w*|спасател\w*|пожарн\w+|горняк\w*|шахт[её]р\w*|пассажир\w*|участник\w*"
    r"|подзащитн\w+|школьник\w*|подростк\w*|пациент\w*"
    r"|солдат\w*|боевик\w*|мигрант\w*|пенсионер\w*|учител\w+|водител\w+|рыбак\w*|турист\w*|заключ[её]нн\w+"
    r"|волонт[её]р\w*"
    r"|правоохранител\w*|офицер\w*|моряк\w*|студент\w*|медик\w*|врач\w*|младен\w+|девоч\w+|мальчик\w*|женщин\w*"
    r"|журналист\w*|активист\w*|раненых|погибших|убитых|задержанных|пострадавших|жертв\w*|тел\b"
    r"|"
    r"адам\w*|кісі\w*|науқас\w*|ер адам|әйел\w*|бала\w*|полицей\w*|тұрғын\w*|жұмысшы\w*|мұнайшы\w*|шеруші\w*"
    r"|құтқарушы\w*|шахтер\w*|кенші\w*|студент\w*|оқушы\w*|жолаушы\w*|белсенді\w*|дәрігер\w*|балықшы\w*|қарт\w*"
    r"|азамат\w*|журналист\w*|мәйіт\w*|қызметкер\w*|сарбаз\w*|жараланған\w*|қаза тапқан\w*)(?!\w)",
    re.I,
)
ELSEWHERE = re.compile(
    r"\b(?:anniversary|years? ago|decades? (?:ago|earlier)|last year|in history|earthquake|plane crash"
    r"|pandemic|covid|world war|holocaust|per year|annually|every year|each year|years? (?:earlier"
    r"|before)|in the (?:19|20)\d0s|reminiscent of|earlier version of (?:this|the)|similar to"
    r"|compared (?:to|with)|just as in|as in|recall\w* (?:the|how)|unlike|chernobyl|tiananmen"
    r"|andijan|(?:two|three|ten|twenty|\d+) years later)\b|"
    r"годовщин\w+|лет назад|(?:год|десятилети[йея]) назад|в прошлом году|землетрясени\w+|авиакатастроф\w+"
    r"|пандеми\w+|по сравнению с|подобно|напомин\w+ (?:о )?(?:события|расстрел)|в отличие от"
    r"|андижан\w*|жыл бұрын|жылдығы\w*|өткен жылы|былтыр|жер сілкініс\w*|салыстырғанда|андижан",
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
    r"|treated|buried)|saw|counted|witnessed|closed the eyes|(?:her|him|my|them)self (?:\w+ )?(?:seen"
    r"|saw|counted|washed|carried|treated|buried)|had (?:\w+ )?seen)\b|"
    r"(?:на (?:мо|е|ё|его|её|ее|наших|их)\w* глазах|при мне|передо мной|перед (?:ней|ним)|личн[оаы]\w*"
    r"|сам[аи]? (?:видел|насчитал|закрыл)\w*|своими глазами|видел[аи]?|насчитал[аи]?)(?!\w)"
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
    r"|have been|are) (?:killed|dead|shot)|it was (?:much |far )?more\b|many more (?:died|were killed))(?!\w"
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
    r"(?P<shot>shot$)|(?P<missing>missing)|(?P<wounded>wounded|injured|hurt|injuries|ранен|жарал)"
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
ENUM_RU = re.compile(
    r"среди (?P<status>погибших|убитых|раненых|задержанных|пострадавших|застреленных)(?: (?:были"
    r"|есть|оказались))?\s*[—–:-]?\s*(?P<list>[а-яё\- ]+(?:, [а-яё\- ]+)+(?:,? и [а-яё\- ]+)"
    r"|[а-яё\- ]+ и [а-яё\- ]+)(?=[.,;]|$)"
    r"|(?P<kkstatus>қаза тапқандар|өлгендер|оққа ұшқандар|жараланғандар|ұсталғандар)\w* (?:арасында"
    r"|ішінде)\s*[—–:-]?\s*(?P<kklist>[а-яәғқңөұүһі\- ]+(?:, [а-яәғқңөұүһі\- ]+)*(?:,? (?:және"
    r"|мен|пен|бен) [а-яәғқңөұүһі\- ]+))(?= бар| болған|[.,;]|$)",
    re.I,
)
PEOPLE_RU = re.compile(
    r"женщин|мужчин|реб[её]н|девочк|мальчик|старик|старушк|подрост|рабоч|пенсионер|студент|младен"
    r"|девушк|парен|школьник|учител|әйел|ер адам|бала|сәби|қарт|қария|жасөспірім|студент|жұмысшы"
    r"|кемпір|шал|оқушы|қыз",
    re.I,
)
NOBODY = re.compile(
    r"\b(?P<n>no one|nobody|no people|no protesters|no civilians|not a single person) (?:\w+ ){0,2}?(?P<s>k"
    r"illed|died|dead|wounded|injured|hurt|shot|arrested|detained|missing)\b|\b(?:there were "
    r"|there have been |reported )?(?P<n2>no) (?P<s2>deaths|fatalities|dead|injuries|wounded"
    r"|casualties)\b|"
    r"(?<!\w)(?P<n3>никто не|ни один человек не|погибших нет|жертв нет|нет погибших|нет жертв"
    r"|обошлось без жертв|ешкім|бір де бір (?:адам|кісі)|бірде-бір (?:адам|кісі)|ешбір адам)(?:\s+(?P<s3>по"
    r"гиб|пострадал|убит|ранен|задержан|қаза тапқан жоқ|өлген жоқ|қаза болған жоқ|жараланған жоқ"
    r"|өлмеді|қаза таппады)\w*)?(?!\w)",
    re.I,
)
#: Without one of these beginnings no pattern here can match; cheap, so that most sentences cost nothing.
#: What any sentence with a count of casualties holds one of, in lower case: a quick first look.
HINTS = (
    "bury,buried,хорон,treat,аурухана,достав,kill,dead,died,dies,dying,death,toll,fatal,slain,murder,massac,lives,b"
    "ody,bodies,corpse,perish,victim,gunned,eyes,wound,injur,hurt,hospital,shot,shut,bullet,detain,arrest,jail,cust"
    "ody,prison,round,apprehend,behind,missing,disappear,held,detention,unaccount,vanish,displac,evacu,homeless,fle"
    "d,forced,refugee,count,number,figure,casualt,more,higher,погиб,убит,убил,убив,сконч,умер,мертв,мёртв,жертв,тел"
    ",труп,смерт,стрел,летальн,жизн,закры,ранен,ранил,пострад,травм,госпит,увеч,огнестр,пулев,задерж,арест,страж,ре"
    "шетк,пропа,без вести,исчез,эвакуир,бежал,пересел,кров,насчит,цифр,числ,больше,выше,қаза,өл,мерт,оққа,қайтыс,оп"
    "ат,мәйіт,дене,құрбан,көз,жара,оқ ти,ұстал,тұтқын,қама,хабар,жоғал,із-түз,табылма,баспана,көшір,үйлер,сан"
    ",intensive,condition,эвакуац,drown,execut,behead,electroc,neutrali,утону,сгоре,нейтрал"
    ",ликвид,больниц"
).split(",")
