"""Casualty counts: which numbers of a statement count people killed, wounded, shot, detained, missing or displaced.

Years, durations, ages, money, rounds fired and deaths elsewhere or at another time are no counts of the event.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kuager.instruments.text import dates, numbers
from kuager.instruments.text.numbers import Number

Range = tuple[int, int]

_STATUS = re.compile(
    r"(?<![\w-])(?:"
    r"(?P<killed>shot (?:and killed|dead|to death)|(?:were|was|been) killed|killed|killing|kills?"
    r"|dead\b(?! of night)|died|dying|deaths?(?! (?:penalty|sentence|threats?|certificates?))"
    r"|death toll|toll|fatalit\w+|slain|murdered|massacred|lost (?:their|his|her) lives|claimed the lives"
    r"|claiming the lives|bodies|corpses|perished|victims?|fatally (?:shot|wounded)|gunned down"
    r"|closed the eyes|lives lost|"
    r"погиб\w*|убит\w*|убил\w*|убиты|скончал\w+|умер\w*|м[её]ртв\w*|жертв\w*|тел(?=\s|[.,]|$)"
    r"|тела|трупов|смерт\w+|застрел\w+|расстрел\w+|летальн\w+|жизни лишил\w+|закрыл\w* глаза"
    r"|(?:по|за)?хоронил\w*|buried"
    r"|"
    r"қаза (?:тап\w*|бол\w*|тау\w*)|қаза\b|өл(?:ді|ген\w*|тіріл\w*|тір\w*|гендер\w*)|мерт бол\w*"
    r"|оққа ұш\w*|қайтыс бол\w*|опат бол\w*|мәйіт\w*|дене\w*|құрбан\w*|көз жұм\w*|көзін (?:\w+ ){0,3}жұм\w*"
    r")"
    r"|(?P<wounded>wounded|wounding|injured|injuring|injuries|hurt\b|hospitali[sz]ed"
    r"|(?:being|been|were|was) treated (?:\w+ ){0,3}?(?:in|at)\b"
    r"|receiving (?:medical )?treatment|(?:taken|rushed"
    r"|admitted) to (?:the |a )?hospitals?|(?:gunshot "
    r"|bullet )?wounds?\b|огнестрельн\w+|ранен\w*|ранил\w*|пострада\w+|травм\w+|ранени\w+|госпитализир\w+"
    r"|увечь\w+|доставлен\w* в больниц\w*|ауруханаға (?:жеткізіл|түс)\w*|жаралан\w*|жарақат\w*|жаралы\w*|жараланған\w*)"
    r"|(?P<shot>shot\b(?! (?:into|in) the air| only| at\b)|shut\b(?= an )|hit by (?:\w+ )?bullets"
    r"|подстрел\w+|пулев\w+|оқ тиген\w*|оқ тиді)"
    r"|(?P<detained>detain\w*|arrest\w*|jailed|in custody|into custody|imprisoned|rounded up"
    r"|(?:are|were|was|is|being|be|been|remain(?:ed)?|still) (?:being )?held(?! (?:accountable|responsible"
    r"|hostage|back|up"
    r"|together|a|an|the|its|their|talks|liable))|taken into custody|in detention|held (?:in custody|by police)"
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
_NOT_PEOPLE = re.compile(
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
_AGE = re.compile(r"^(?:[\s-]*years?[\s-]old|-year-old|-летн\w+|[\s-]*лет(?!\w)|\s*жас\w*|-жас\w*)|^,\s", re.I)
_PERSON = re.compile(
    r"(?<![\w-])(?:people|persons?|men|women|man|woman|children|child|protest[eo]rs|protest[eo]r"
    r"|demonstrators?|civilians?|policem[ea]n|police officers?|officers?|soldiers?|workers?"
    r"|strikers?|residents?|victims?|bodies|citizens|others|"
    r"students?|journalists?|activists?|boys?|girls?|teenagers?|passersby|bystanders?|relatives"
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
    r"|подзащитн\w+|школьник\w*|подростк\w*"
    r"|солдат\w*|боевик\w*|мигрант\w*|пенсионер\w*|учител\w+|водител\w+|рыбак\w*|турист\w*|заключ[её]нн\w+"
    r"|волонт[её]р\w*"
    r"|правоохранител\w*|офицер\w*|моряк\w*|студент\w*|медик\w*|врач\w*|младен\w+|девоч\w+|мальчик\w*|женщин\w*"
    r"|журналист\w*|активист\w*|раненых|погибших|убитых|задержанных|пострадавших|жертв\w*|тел\b"
    r"|"
    r"адам\w*|кісі\w*|ер адам|әйел\w*|бала\w*|полицей\w*|тұрғын\w*|жұмысшы\w*|мұнайшы\w*|шеруші\w*"
    r"|құтқарушы\w*|шахтер\w*|кенші\w*|студент\w*|оқушы\w*|жолаушы\w*|белсенді\w*|дәрігер\w*|балықшы\w*|қарт\w*"
    r"|азамат\w*|журналист\w*|мәйіт\w*|қызметкер\w*|сарбаз\w*|жараланған\w*|қаза тапқан\w*)(?!\w)",
    re.I,
)
_ELSEWHERE = re.compile(
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
_THEN = re.compile(
    r"(?:[\"“«—–-]\s*)?(?:(?:back )?in (?:18|19|20)\d\d\b|в (?:18|19|20)\d\d году|(?:18|19|20)\d\d жыл\w*)", re.I
)
#: "214 people, 40 of them wounded": what is said of the forty is not said of all.
_PART_OF = re.compile(r"\s+(?:(?:of|from among) (?:them|whom|these|those)|из (?:них|которых)|оның ішінде)\b", re.I)
_UNREAL = re.compile(
    r"\b(?:will|would|could|may|might|can) (?:\w+ )?(?:be|have been)? ?(?:killed|die|dead|wounded"
    r"|arrested|detained)\b|\bif (?:\w+ ){0,4}$|\bthreatened to (?:kill|arrest)|\bunless\b",
    re.I,
)
_SEEN = re.compile(
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
_HIGHER = re.compile(
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
_STATUS_IN = re.compile(
    r"(?P<shot>shot$)|(?P<missing>missing)|(?P<wounded>wounded|injured|hurt|injuries|ранен|жарал)"
    r"|(?P<detained>detained|arrested|задержан|ұсталған)"
    r"|(?P<killed>dead|killed|death|victim|погиб|убит|жертв|қаза|өлген|құрбан)",
    re.I,
)
_ITEM = (
    r"(?:an?|one|two|three|her|his|a \d+-year-old|the) (?:[\w-]+ ){0,3}?(?:woman|man|child|toddler"
    r"|baby|boy|girl|teenager|student|worker|mother|father|pensioner|grandmother|grandfather"
    r"|infant|schoolboy|schoolgirl|driver|doctor|nurse|journalist|protester|resident|passerby"
    r"|bystander|guard|policeman|teacher|shopkeeper|vendor|cook|soldier)"
)
_LIST = re.compile(rf"{_ITEM}(?:,? (?:and )?{_ITEM})+|{_ITEM}(?:, {_ITEM})*,? and {_ITEM}", re.I)
_ENUMERATED = re.compile(
    rf"(?:among|including|amongst) (?:those|the)(?: people| victims)?(?: (?:who|that))?(?: (?:were"
    rf"|was|had been|have been))? ?(?P<status>shot|shut|killed|dead|wounded|injured|arrested"
    rf"|detained|missing|victims)?(?: dead)?(?: (?:were|was|are|is))?[,:]? (?P<list>{_LIST.pattern})"
    rf"|(?P<list3>{_LIST.pattern}),? (?:were|was|are) (?:also )?among (?:those|the)(?: people)?(?: who)?(?: "
    rf"(?:were|was|had been))? (?P<status3>shot|killed|dead|wounded|injured|arrested|detained"
    rf"|missing|victims)|(?P<list2>{_LIST.pattern}),? (?:were|was|had been|have been) (?P<status2>shot(?: de"
    rf"ad)?|killed|wounded|injured|arrested|detained)",
    re.I,
)
_ENUM_RU = re.compile(
    r"среди (?P<status>погибших|убитых|раненых|задержанных|пострадавших|застреленных)(?: (?:были"
    r"|есть|оказались))?\s*[—–:-]?\s*(?P<list>[а-яё\- ]+(?:, [а-яё\- ]+)+(?:,? и [а-яё\- ]+)"
    r"|[а-яё\- ]+ и [а-яё\- ]+)(?=[.,;]|$)"
    r"|(?P<kkstatus>қаза тапқандар|өлгендер|оққа ұшқандар|жараланғандар|ұсталғандар)\w* (?:арасында"
    r"|ішінде)\s*[—–:-]?\s*(?P<kklist>[а-яәғқңөұүһі\- ]+(?:, [а-яәғқңөұүһі\- ]+)*(?:,? (?:және"
    r"|мен|пен|бен) [а-яәғқңөұүһі\- ]+))(?= бар| болған|[.,;]|$)",
    re.I,
)
_PEOPLE_RU = re.compile(
    r"женщин|мужчин|реб[её]н|девочк|мальчик|старик|старушк|подрост|рабоч|пенсионер|студент|младен"
    r"|девушк|парен|школьник|учител|әйел|ер адам|бала|сәби|қарт|қария|жасөспірім|студент|жұмысшы"
    r"|кемпір|шал|оқушы|қыз",
    re.I,
)
_NOBODY = re.compile(
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
_HINTS = (
    "bury,buried,хорон,treat,аурухана,достав,kill,dead,died,dies,dying,death,toll,fatal,slain,murder,massac,lives,b"
    "ody,bodies,corpse,perish,victim,gunned,eyes,wound,injur,hurt,hospital,shot,shut,bullet,detain,arrest,jail,cust"
    "ody,prison,round,apprehend,behind,missing,disappear,held,detention,unaccount,vanish,displac,evacu,homeless,fle"
    "d,forced,refugee,count,number,figure,casualt,more,higher,погиб,убит,убил,убив,сконч,умер,мертв,мёртв,жертв,тел"
    ",труп,смерт,стрел,летальн,жизн,закры,ранен,ранил,пострад,травм,госпит,увеч,огнестр,пулев,задерж,арест,страж,ре"
    "шетк,пропа,без вести,исчез,эвакуир,бежал,пересел,кров,насчит,цифр,числ,больше,выше,қаза,өл,мерт,оққа,қайтыс,оп"
    "ат,мәйіт,дене,құрбан,көз,жара,оқ ти,ұстал,тұтқын,қама,хабар,жоғал,із-түз,табылма,баспана,көшір,үйлер,сан"
).split(",")
#: More numbers than any sentence that people write; a bound on hostile ones.
MAX_NUMBERS = 40
_KEYS = ("killed", "wounded", "shot", "detained", "missing", "displaced")


@dataclass(slots=True)
class Count:
    """A count as found: where, what, and with which bounds; ``reference`` is the count that a comparison refers to."""

    start: int
    end: int
    number: Range | None
    status: str
    relation: str
    lower: int | None
    upper: int | None
    victims: str | None = None
    reference: Count | None = None
    seen: bool = False
    part: bool = False
    official: bool = False


def find(
    view: str,
    start: int,
    end: int,
    sentence: Range,
    year: int | None,
    earlier: Sequence[Count],
    spoken: str,
    published: bool = False,
    known: Collection[Range] = (),
) -> list[Count]:
    """Counts in the statement ``view[start:end]`` of ``sentence``; a comparison may refer to ``earlier``.

    Numbers at ``known`` places are another statement's and are not read again.
    """
    text = view[sentence[0] : sentence[1]]
    said = view[start:end].lower()
    if not any(hint in said for hint in _HINTS):
        return []
    if _elsewhere(view, start, end, sentence, year, published) or text.rstrip('"”»’ ').endswith("?"):
        return []
    found = [*_enumerated(view, start, end), *_nobody(view, start, end)]
    blocked = [(c.start, c.end) for c in found]
    witnessed: bool | None = None
    for number, status, victims in _numbers(view, start, end, sentence, blocked, earlier, known):
        if witnessed is None:
            witnessed = bool(_SEEN.search(view, start, end))
        seen = number.relation == "exactly" and witnessed
        relation = "at_least_personally_seen" if seen else number.relation
        lower, upper = (number.lower, None) if seen else (number.lower, number.upper)
        part = bool(
            re.search(
                r"\b(?:including|among them|of (?:them|whom)|в том числе|среди них|из них|из которых|оның ішінде"
                r"|ішінде|арасында)\b[^.;]{0,25}$",
                view[max(start, number.left - 60) : number.left],
                re.I,
            )
        )
        found.append(
            Count(
                number.left,
                number.right,
                (number.start, number.end),
                status,
                relation,
                lower,
                upper,
                victims,
                None,
                seen,
                part,
            )
        )
    found.sort(key=lambda c: c.start)
    for m in _HIGHER.finditer(view, start, end):
        comparison = _comparison(view, m, [*earlier, *[c for c in found if c.start < m.start()]])
        if comparison:
            found.append(comparison)
    return sorted(found, key=lambda c: c.start)


def _elsewhere(view: str, start: int, end: int, sentence: Range, year: int | None, published: bool) -> bool:
    """Whether the statement speaks of another time or place: another year, an anniversary, a comparison."""
    if _ELSEWHERE.search(view, *sentence):
        return True
    years = {
        int(y)
        for y in re.findall(
            r"(?<![\w:.,-])(?:18|19|20)\d\d(?![\w-]*\s*(?:people|человек|адам))(?!\w)", view[slice(*sentence)]
        )
    }
    if _THEN.match(view, *sentence):
        return year is None or not published or year not in years
    return bool(year and years and year not in years and all(abs(y - year) >= 1 for y in years))


def _numbers(
    view: str,
    start: int,
    end: int,
    sentence: Range,
    blocked: list[Range],
    earlier: Sequence[Count],
    known: Collection[Range],
) -> list[tuple[Number, str, str | None]]:
    days = [(d.start, d.end) for d in dates.find(view, *sentence)]
    kept = []
    for n in numbers.find(view, start, end):
        if any(a < n.end and n.start < b for a, b in [*days, *blocked]):
            continue
        after = view[n.right : min(end, n.right + 60)]
        if (_NOT_PEOPLE.match(after) and not _PERSON.match(after.strip())) or (
            _AGE.match(after) and not after.startswith(",")
        ):
            continue
        if n.digits and n.value and 1900 <= n.value <= 2100 and not _PERSON.match(after.strip()):
            continue
        if n.value == 1 and not re.match(
            r"\s*(?:\w+\s+){0,2}?(?:person|man|woman|protester|people|policeman|officer|child|человек"
            r"|адам|кісі|полицейск|dead|killed|death)",
            after,
            re.I,
        ):
            continue
        if re.search(
            r"\b(?:No\.|article|chapter|section|unit|group|channel|page|room|square|aged|age|статья"
            r"|статьи|ст\.|№|квартал|микрорайон)\s*$",
            view[max(sentence[0], n.left - 14) : n.left],
            re.I,
        ):
            continue
        kept.append(n)
    kept = kept[:MAX_NUMBERS]
    result: list[tuple[Number, str, str | None]] = []
    for i, n in enumerate(kept):
        if (n.start, n.end) in known:
            continue
        left_edge = kept[i - 1].right if i else start
        right_edge = kept[i + 1].left if i + 1 < len(kept) else end
        status = _status(view, n, left_edge, right_edge, start, end, kept, i)
        given = _given(view, n, start)
        if given == "before" and result:
            status = result[-1][1]
        elif given == "toll":
            status = "killed"
        elif given == "figure" and not _direct_status(view, n, right_edge):
            status = earlier[-1].status if earlier else None
        if status is None or _UNREAL.search(view, max(start, n.left - 60), min(end, n.right + 60)):
            continue
        person = _PERSON.search(view, n.right, min(right_edge, n.right + 45))
        bare = bool(given) or _bare(view, n, left_edge, right_edge)
        if n.relation in ("unquantified", "several") and not person and not bare:
            continue
        if not person and not bare:
            continue
        if n.relation == "unquantified" and not re.match(
            r"(?:many|countless|numerous|an? un|множество|много|неизвестн|көптеген|саны)", view[n.start : n.end], re.I
        ):
            continue
        result.append((n, status, person.group() if person else None))
    return result


def _direct_status(view: str, n: Number, right: int) -> bool:
    """Whether a status word follows the number in its own clause."""
    return bool(_STATUS.search(re.split(r",|;|\band\b|\bи\b", view[n.right : min(right, n.right + 80)])[0]))


def _given(view: str, n: Number, start: int) -> str | None:
    """How a number without a status of its own gets one: from the number before it, or from the figure spoken of."""
    before = view[max(start, n.left - 130) : n.left]
    if re.search(
        r"(?:up|down|rising|revised|increased|dropped|,) from\s+(?:\w+\s+)?$|revis\w+ (?:an |its |the )?(?:earlier"
        r"|previous|initial) (?:figure|toll|count|estimate) of\s+$|(?:compared (?:with|to)"
        r"|instead of|rather than|and not|против|вместо|а не)\s+$",
        before,
        re.I,
    ):
        return "before"
    if re.search(
        r"\b(?:(?:death )?toll|number of (?:\w+ )?(?:killed|dead|deaths|fatalities|victims))\b[^.;:,]{0,80}"
        r"\b(?:to|at|reached|hit|passed|topped)\s+(?:\w+\s+)?$",
        before,
        re.I,
    ):
        return "toll"
    if re.search(
        r"(?:\bfigure|\btotal|\bnumber|\bcount|цифр\w+|число|саны)(?: of (?:dead|victims))?\s+(?:was"
        r"|is|were|at|of|stands at|stood at|составля\w+|составил\w*|—|равн\w+)\s+(?:\w+\s+)?$|\b(?:I"
        r"|he|she|they|we) (?:had )?counted\s+(?:\w+\s+)?$|насчитал[аи]?\s+$",
        before,
        re.I,
    ):
        after = view[n.right : n.right + 25]
        return (
            "figure"
            if not re.match(
                r"\s+(?:\w+\s+)?(?:shots?|bullets?|trucks?|cars?|vehicles?|hours?|days?|выстрел\w*)", after, re.I
            )
            else None
        )
    return None


def _bare(view: str, n: Number, left: int, right: int) -> bool:
    """Whether a number without a noun still counts people: "more than 80 wounded", "a toll of 14", "killing 14"."""
    after = view[n.right : min(right, n.right + 40)]
    before = view[max(left, n.left - 60) : n.left]
    adjacent = list(_STATUS.finditer(view, max(left, n.left - 40), n.left))
    if adjacent and not view[adjacent[-1].end() : n.left].strip():
        return True
    if re.match(
        r"\s*(?:[\w-]+\s+){0,2}?[a-z-]{3,}(?:s|men|women|people|staff|crew)\s+(?:\w+\s+){0,3}?(?:were"
        r"|was|had|have|has|are|is|died|dead|killed|wounded|injured|missing|arrested|detained|disappeared"
        r"|shot)\b",
        after,
        re.I,
    ):
        return True
    if re.match(
        r"\s*(?:[а-яё]+\s+){1,3}?(?:погиб|получил|ранен|задержан|арестован|умер|скончал|пропал|пострадал|убит)",
        after,
        re.I,
    ):
        return True
    if _STATUS.match(after.lstrip(" ,")) or re.match(
        r"\s*(?:of (?:them|whom|the)|из (?:них|которых)|оның|were|was|had|have|are|remain(?:ed)?"
        r"|more (?:were|was)|more|others?|seriously|critically|still|were later|был[иао]?|получили"
        r"|тяжело|ауыр|жан\b)",
        after,
        re.I,
    ):
        return True
    if re.search(
        r"(?:tolls?|number|count|total|figure|dead|deaths|killed|killing|kill|wound|wounding|injuring"
        r"|injured|wounded|arrested|arresting|detained|detaining|число|количество|составил[оаи]?"
        r"|достигл[оаи]|возросло|погиб\w*|ранен\w*|убит\w*|саны|сан\w*|задержан\w*|доходит|toll (?:is"
        r"|was|at|of))\W+(?:\w+\W+){0,5}$",
        before,
        re.I,
    ):
        return True
    return bool(re.match(r"\s*(?:-?ке|-?ге|-?қа|-?ға)?\s*(?:жетті|жеткен|құрады|болды|артты)", after, re.I))


def _status(
    view: str, n: Number, left: int, right: int, start: int, end: int, kept: list[Number], i: int
) -> str | None:
    adjacent = list(_STATUS.finditer(view, max(left, n.left - 70), n.left))
    if adjacent:
        last = adjacent[-1]
        gap = view[last.end() : n.left]
        transitive = re.fullmatch(
            r"\s*(?:(?:of|at|to|by|были|было|как минимум|еще|ещё|(?:rose|stood|stands|climbed|grew|reached"
            r"|risen|jumped) (?:to|at)|is|was|as|составил[оаи]?|достигл[оаи]|возросло до|—|–|-|:|уже"
            r"|,? including|in (?:\w+ ){1,3}|получили|оказались|подверглись|саны|из-за|в результате(?: \w+){1,3})\s*"
            r")*",
            gap,
            re.I,
        )
        if transitive and not re.match(r"(?:were |was |been )", last.group(), re.I):
            return _name(view, last)
    match = _following(view, n, right, end)
    if match and re.search(r"[;]|\bbut\b|, (?:who|which)\b.{25}", view[n.right : match.start()]) is None:
        return _name(view, match)
    follow = i
    limit = right
    while (
        follow + 1 < len(kept)
        and not _PART_OF.match(view, kept[follow + 1].right)
        and re.search(
            r"(?:including|among them|of (?:them|whom)|with|в том числе|среди них|из них|оның ішінде"
            r"|ішінде|,|\bor\b|\band|to)\s*(?:\w+\s){0,2}$",
            view[kept[follow].right : kept[follow + 1].left],
            re.I,
        )
    ):
        if len(re.findall(r"\w+", view[kept[follow].right : kept[follow + 1].left])) > 5:
            break
        follow += 1
        limit = kept[follow + 1].left if follow + 1 < len(kept) else end
        match = _STATUS.search(view, kept[follow].right, min(limit, n.right + 140))
        if match:
            return _name(view, match)
    before = list(_STATUS.finditer(view, max(start, n.left - 110), n.left))
    if before and not re.search(r"[;]|\bbut\b", view[before[-1].end() : n.left]):
        gap = view[before[-1].end() : n.left]
        if before[-1].end() > left or re.search(
            r"(?:including|among them|of whom|of them|в том числе|среди них|из них|оның ішінде|and|и"
            r"|, )\W*(?:\w+\W+){0,3}$",
            gap,
            re.I,
        ):
            return _name(view, before[-1])
    return None


def _following(view: str, n: Number, right: int, end: int) -> re.Match[str] | None:
    """The status word after a number; not one that takes the next number, nor the one in "of the wounded"."""
    for match in _STATUS.finditer(view, n.right, min(right, n.right + 110)):
        if re.search(r"\bof (?:the|those|them)\s+$", view[n.right : match.start()]) and _STATUS.search(
            view, match.end(), right
        ):
            continue
        if (
            right < end
            and re.search(r"\band\s+$", view[n.right : match.start()])
            and re.fullmatch(r"\s*(?:\w+\s+)?", view[match.end() : right])
            and re.match(r"(?:kill|wound|injur|arrest|detain)(?:ed|ing)", match.group(), re.I)
        ):
            return None
        return match
    return None


def _name(view: str, m: re.Match[str]) -> str | None:
    name = next((k for k in _KEYS if m[k]), None)
    word = m.group().lower()
    if (
        name == "killed"
        and word.startswith(("victim", "жертв"))
        and re.search(r"wounded|injured|ранен", view[max(0, m.start() - 30) : m.end() + 30], re.I)
    ):
        return "wounded"
    if (
        name == "killed"
        and word.startswith("toll")
        and re.search(r"(?:injury|wounded|injured) $", view[max(0, m.start() - 12) : m.start()], re.I)
    ):
        return "wounded"
    return name


def _enumerated(view: str, start: int, end: int) -> list[Count]:
    found = []
    for m in _ENUMERATED.finditer(view, start, end):
        group = next(g for g in ("list", "list2", "list3") if m[g])
        word = (m["status"] or m["status2"] or m["status3"] or "").lower()
        status = {
            "shut": "shot",
            "shot dead": "killed",
            "dead": "killed",
            "victims": "killed",
            "injured": "wounded",
            "arrested": "detained",
        }.get(word, word)
        if not status:
            near = _STATUS.search(view, max(start, m.start() - 60), end)
            status = (_name(view, near) if near else None) or ""
        n = len(re.findall(_ITEM, m[group], re.I))
        if status and n >= 2:
            s, e = m.start(group), m.end(group)
            found.append(Count(s, e, (s, e), status, "at_least_enumerated", n, None, m[group]))
    for m in _ENUM_RU.finditer(view, start, end):
        group = "list" if m["list"] else "kklist"
        parts = [p for p in re.split(r",\s*|\s+(?:и|және|мен|пен|бен)\s+", m[group].strip()) if p.strip()]
        if len(parts) < 2 or not all(_PEOPLE_RU.search(p) for p in parts):
            continue
        word = (m["status"] or m["kkstatus"]).lower()
        status = (
            "wounded"
            if word.startswith(("ранен", "пострад", "жарал"))
            else "detained"
            if word.startswith(("задерж", "ұстал"))
            else "killed"
        )
        s, e = m.start(group), m.end(group)
        found.append(Count(s, e, (s, e), status, "at_least_enumerated", len(parts), None, m[group]))
    return found


def _nobody(view: str, start: int, end: int) -> list[Count]:
    found = []
    for m in _NOBODY.finditer(view, start, end):
        group = next((g for g in ("n", "n2", "n3") if m[g]), None)
        word = (m["s"] or m["s2"] or m["s3"] or (m["n3"] or "")).lower()
        status = _STATUS_IN.search(word)
        name = (
            "killed"
            if word in ("died", "casualties", "fatalities", "deaths") or "погиб" in word or "жертв" in word
            else status.lastgroup
            if status
            else None
        )
        if group and name and re.search(r"\w", word):
            found.append(Count(m.start(), m.end(), (m.start(group), m.end(group)), name, "exactly", 0, 0))
    return found


def _comparison(view: str, m: re.Match[str], earlier: Sequence[Count]) -> Count | None:
    what = m.group()
    status = _STATUS_IN.search(what)
    name = status.lastgroup if status else None
    pool = [
        c
        for c in earlier
        if c.lower is not None and c.relation not in ("higher_than", "much_higher_than", "at_least_enumerated")
    ]
    if name:
        pool = [c for c in pool if c.status == name] or (
            [] if name != "killed" else [c for c in pool if c.status == "killed"]
        )
    pool = [c for c in pool if c.upper != 0] or pool
    official = [c for c in pool if c.official and c.status == (name or "killed")]
    reference = (
        official[-1]
        if official
        else next((c for c in reversed(pool) if c.status == (name or "killed")), pool[-1] if pool else None)
    )
    if reference is None and name is None and not re.search(r"toll|death|casualt|killed", what, re.I):
        return None
    much = m["much"] or m["en2much"] or m["rumuch"] or m["rpmuch"] or m["kkmuch"]
    relation = "much_higher_than" if much else "higher_than"
    lower = None
    if reference is not None:
        base = reference.upper if reference.relation in ("exactly", "at_most", "about", "between") else reference.lower
        lower = (base if base is not None else 0) + 1
    return Count(
        m.start(),
        m.end(),
        None,
        name or (reference.status if reference else "killed"),
        relation,
        lower,
        None,
        None,
        reference,
    )
