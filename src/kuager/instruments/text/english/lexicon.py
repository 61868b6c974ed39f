"""English reporting words by kind, with their inflections, and the closed classes that bound a phrase.

The kinds follow the reporting-verb classes used in attribution work (Pareti 2012, PARC; Newell et al. 2018, PolNeAR):
assertions, beliefs, intentions, demands and judgements.
"""

from __future__ import annotations

from typing import NamedTuple


class Cue(NamedTuple):
    """A form of a reporting verb: its lemma, kind (see ``KINDS``), and grammatical form."""

    lemma: str
    kind: str
    form: str  # base, s, past, ing


#: say: takes any clause or quotation · weak: needs "that", a quotation or a clause after it · tell: takes a hearer
#: demand: takes a hearer and "to" · judge: takes the thing judged · intend: takes "to"
KINDS = {
    "say": "say add claim insist argue allege assert believe think contend explain complain warn "
    "predict declare acknowledge admit "
    "concede stress emphasize emphasise maintain testify tweet retweet reply announce deny "
    "boast joke quip estimate vow "
    "hint imply intimate remark speculate reiterate counter retort caution lament muse opine "
    "posit surmise reckon theorize "
    "shout yell scream exclaim chant whisper mutter worry fear doubt suspect hope pray swear brag gush bemoan "
    "proclaim profess assume conclude caution",
    "weak": "state write note observe recall suggest indicate respond ask report reveal confirm comment "
    "continue repeat post point "
    "know feel find show agree expect signal wonder question answer blog disclose describe decide recount relate read "
    "mention concur charge hold understand realize realise see advise recommend propose guarantee "
    "promise pledge threaten demand "
    "determine discover learn figure guess concern calculate cite underscore underline highlight "
    "detail dispute insinuate volunteer venture "
    "rule accept regret submit attest confess confide forecast "
    "disagree object elaborate interject intone reason sigh laugh shrug gripe grumble marvel deadpan "
    "recognize recognise remember foresee envision anticipate imagine dream telegraph message "
    "text protest sneer sniff bark snap thunder crow fume",
    "tell": "tell inform assure remind notify convince persuade brief",
    "demand": "urge call-on call-for order ask request encourage beg implore exhort advise instruct "
    "command demand appeal press lobby invite plead",
    "judge": "blame accuse criticize criticise condemn denounce praise defend dismiss reject slam blast "
    "describe label brand characterize "
    "characterise call hail support back endorse oppose mock attack decry deride ridicule "
    "tout cite deplore laud rebuke refute rebut "
    "disavow denigrate castigate lambast question welcome applaud thank credit champion defend "
    "protest downplay justify consider regard view deem portray depict cast paint liken compare "
    "outline",
    "intend": "want plan intend promise vow pledge threaten refuse agree offer hope expect decline wish "
    "propose swear aim seek prefer demand like",
}
_IRREGULAR = {
    "say": ("says", "said", "saying"),
    "think": ("thinks", "thought", "thinking"),
    "tell": ("tells", "told", "telling"),
    "write": ("writes", "wrote", "writing"),
    "know": ("knows", "knew", "knowing"),
    "feel": ("feels", "felt", "feeling"),
    "find": ("finds", "found", "finding"),
    "swear": ("swears", "swore", "swearing"),
    "hold": ("holds", "held", "holding"),
    "understand": ("understands", "understood", "understanding"),
    "see": ("sees", "saw", "seeing"),
    "read": ("reads", "read", "reading"),
    "beg": ("begs", "begged", "begging"),
    "quip": ("quips", "quipped", "quipping"),
    "admit": ("admits", "admitted", "admitting"),
    "seek": ("seeks", "sought", "seeking"),
    "rebut": ("rebuts", "rebutted", "rebutting"),
    "cast": ("casts", "cast", "casting"),
    "foresee": ("foresees", "foresaw", "foreseeing"),
    "brag": ("brags", "bragged", "bragging"),
    "refer": ("refers", "referred", "referring"),
    "blog": ("blogs", "blogged", "blogging"),
    "plan": ("plans", "planned", "planning"),
    "snap": ("snaps", "snapped", "snapping"),
    "begin": ("begins", "began", "beginning"),
    "regret": ("regrets", "regretted", "regretting"),
    "submit": ("submits", "submitted", "submitting"),
    "forecast": ("forecasts", "forecast", "forecasting"),
    "posit": ("posits", "posited", "positing"),
}


def inflect(lemma: str) -> tuple[str, str, str]:
    """Third person, past and -ing form of an English verb."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    if lemma.endswith("e"):
        return lemma + "s", lemma + "d", (lemma + "ing" if lemma.endswith("ee") else lemma[:-1] + "ing")
    if lemma.endswith(("s", "sh", "ch", "x")):
        return lemma + "es", lemma + "ed", lemma + "ing"
    return lemma + "s", lemma + "ed", lemma + "ing"


def _table() -> dict[str, tuple[Cue, ...]]:
    table: dict[str, list[Cue]] = {}
    for kind, words in KINDS.items():
        for entry in dict.fromkeys(words.split()):
            lemma = entry.split("-")[0]
            forms = zip((lemma, *inflect(lemma)), ("base", "s", "past", "ing"), strict=True)
            for word, form in forms:
                cue = Cue(entry, kind, form)
                if cue not in table.setdefault(word, []):
                    table[word].append(cue)
    return {word: tuple(cues) for word, cues in table.items()}


#: Every form of every reporting verb.
CUES = _table()
#: Forms that are as often nouns (or adjectives): "claims", "reports", "a state", "calls".
NOUN_LIKE = frozenset(
    "claim claims report reports state states note notes call calls plan plans hope hopes "
    "fear fears demand demands promise promises "
    "question questions comment comments post posts tweet tweets estimate estimates point "
    "points order orders request requests support "
    "supports back backs address addresses threat attack attacks press text texts brief briefs "
    "charge charges signal signals answer answers "
    "reply replies pledge pledges vow vows counter counters advice appeal appeals offer offers "
    "wish wishes view views regard regards cast "
    "credit credits brand brands label labels doubt doubts worry worries concern concerns "
    "joke jokes detail details dispute disputes "
    "protest protests chant chants shout shouts dream figure figures message messages blast praise blame mention guess "
    "aim aims command hold holds read feeling saying meaning thought find finds finding understanding "
    "writing reading reporting "
    "briefing beginning blog blogs warning thinking remark remarks caution invite like likes "
    "respect crow snap press retort boast "
    "command reckoning telegraph champion champions thank thanks compare seeing detail details "
    "recount recounts fuming volunteer volunteers rule rules ruling suspect suspects forecast forecasts regrets".split()
)
ADVERBS = frozenset(
    "also later earlier then now still once again repeatedly even just never not often always "
    "recently only first long since soon "
    "already further meanwhile however instead likewise nevertheless nonetheless otherwise "
    "perhaps maybe indeed too so far yesterday today "
    "tonight ever merely simply rather quite far nearly almost seldom twice back on-air afterward "
    "afterwards once previously".split()
)
AUXILIARIES = frozenset(
    "has have had having is are was were be been being am do does did will would can could "
    "may might must should shall ought "
    "'s 'll 'd 've 're 'm won't wouldn't don't doesn't didn't can't couldn't hasn't haven't "
    "hadn't isn't aren't wasn't weren't cannot shouldn't "
    "he's she's it's they're we're i'm you're i've we've they've he'd she'd they'd i'd he'll "
    "she'll they'll we'll i'll that's there's what's who's".split()
)
NEGATIONS = frozenset(
    "not n't never don't doesn't didn't won't wouldn't can't couldn't hasn't haven't hadn't "
    "cannot neither nor without".split()
)
PRONOUNS = frozenset("he she they we i you it".split())
BOUNDARIES = frozenset(
    "that because when while if but although though since after before whether which what "
    "where how why so unless until than as whereas "
    "once who whom whose yet nor or despite amid even whoever whatever like thus hence therefore".split()
)
PREPOSITIONS = frozenset(
    "of in on at for from to with by about against over under into through during between "
    "among within without near outside inside "
    "across behind beyond following including per via toward towards upon around despite amid ahead".split()
)
DETERMINERS = frozenset(
    "the a an this that these those some many several most both all another other each every "
    "no any few two three four five six seven eight nine ten one his her their its our my "
    "your".split()
)
#: Irregular past forms and common present forms: enough to see where a clause has its verb.
VERBS = frozenset(
    "came went took made got gave saw became left kept began brought held led met ran sent "
    "spent stood won lost put set cut let fell grew "
    "rose built bought caught chose drew drove ate fought flew forgot froze heard hid hit "
    "hurt laid lay lent meant paid rode rang sang sat "
    "sold shot shook shut slept spoke stole struck swam taught threw understood woke wore "
    "wept broke died goes comes takes makes gets gives "
    "sees becomes leaves keeps begins brings holds leads meets runs sends spends stands wins "
    "loses puts sets needs seems appears looks works "
    "plays lives happens includes continues remains provides fails tries means allows helps "
    "shows turns starts stops follows moves faces knew "
    "fled stuck swept clung dug bore bled fed hung knelt sought tore wound withdrew undertook "
    "raises poses draws prompts sparks marks opens closes "
    "sank swore drank blew crept dealt forbade flung leapt overthrew shrank slid spat sprang strode swung "
    "implies undercuts invalidates contradicts shows".split()
)
#: What cannot speak; a poll, a report or a document can.
INANIMATE = frozenset(
    "video footage picture pictures image images move evidence event events fact facts decision "
    "data results result situation attack "
    "attacks war history time day week month year night morning weather number numbers toll deaths shooting incident "
    "case thing things nothing something everything anything it this that these which price "
    "prices stock market markets shares index "
    "economy mood tone silence smile gesture "
    "rate rates sales profit profits change changes development developments issue "
    "issues problem matter idea".split()
)
#: Nouns that hold what somebody said or thought: "the claim that", "fears that".
CONTENT_NOUNS = (
    "claim|claims|allegation|allegations|assertion|assertions|statement|statements|belief|view"
    "|opinion|suggestion|suggestions|accusation|accusations|"
    "charge|charges|argument|contention|insistence|warning|warnings|prediction|conclusion|promise"
    "|pledge|vow|fear|fears|hope|hopes|concern|concerns|"
    "admission|complaint|complaints|denial|explanation|declaration|announcement|testimony|speculation"
    "|notion|idea|theory|conviction|assurance|assurances|"
    "report|reports|rumor|rumors|rumours|account|accounts|revelation|worry|worries|suspicion"
    "|estimate|remark|acknowledgment|acknowledgement|expectation|demand"
)

#: What opens a clause in which the reporter speaks again.
OWN_VOICE = frozenset(
    "but although though while whereas however yet despite even citing contradicting without "
    "referring according notwithstanding nor prompting "
    "drawing leading echoing apparently an as because making sparking setting".split()
)

#: Adjuncts that may stand between a verb and what was said.
ADJUNCT = frozenset(
    "in on at to during after before from with when while as via through following ahead by "
    "late early amid of about until".split()
)
MEDIA = frozenset(
    "statement interview speech tweet conference briefing email letter post telephone phone website twitter facebook "
    "television radio remarks note message telegram memo filing court testimony debate rally report "
    "memoir diary book autobiography blog column essay newsletter affidavit lawsuit".split()
)
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today tonight".split())
SPELLS = DAYS | frozenset("week month year summer winter spring fall autumn night morning afternoon evening".split())
MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
ENDS = frozenset({".", "!", "?", "…", ";"})
