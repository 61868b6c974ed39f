"""Words that stand before, in or behind names, or open a sentence and are none."""

from __future__ import annotations

from kuager.instruments.text.english.lexicon import ADVERBS, BOUNDARIES, DETERMINERS, PREPOSITIONS, PRONOUNS

#: Titles and offices that stand before a name.
TITLES = frozenset(
    "president minister senator sen representative rep congressman congresswoman gov governor mayor ambassador "
    "secretary general gen colonel col lieutenant lt captain capt sergeant sgt staff major maj corporal cpl pvt "
    "specialist spc brig brigadier pfc det insp asst chief mr mrs ms miss dr prof professor judge justice king queen "
    "prince princess pope rev reverend "
    "fr father sir dame lord lady baroness bishop archbishop cardinal imam rabbi pastor speaker chairman chairwoman "
    "chair director spokesman spokeswoman spokesperson deputy sheriff officer detective inspector superintendent "
    "constable commissioner councilman councilwoman councillor alderman assemblyman assemblywoman delegate attorney "
    "taoiseach chancellor premier commander admiral adm agent marshal coach rt mx msgr mgr sister brother "
    "activist lawyer doctor nurse analyst journalist reporter strategist adviser advisor candidate nominee "
    "businessman billionaire actor actress singer leader treasurer clerk".split()
)
MODIFIERS = frozenset(
    "vice prime former then first acting interim house senate majority minority state attorney foreign interior "
    "defense defence treasury presidential republican democratic democrat gop u.s us police fire staff senior "
    "associate assistant lieutenant press white deputy under county city district".split()
)
PARTICLES = frozenset("de von van al bin ben la der di el da dos del du le".split())
STARTERS = (
    PREPOSITIONS
    | DETERMINERS
    | BOUNDARIES
    | PRONOUNS
    | ADVERBS
    | frozenset(
        "and but or not yes no asked told according speaking dear like both even mr. monday tuesday wednesday thursday "
        "friday saturday sunday january february march april may june july august september october november december "
        "republicans democrats republican democrat democratic former the gop".split()
    )
)
#: Letters behind a name: "Simon Garth KC".
LETTERS = frozenset("KC QC SC TD MP MEP MSP MBE CBE OBE MD".split())
NOT_A_NAME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december republican democrat republicans democrats democratic christmas easter".split()
)
#: Words of "the Democratic mayor" that no title holds.
ASIDE = frozenset(
    "the of a an democratic republican democrat conservative liberal labour tory first-term second-term longtime "
    "veteran embattled outgoing new acting local".split()
)
#: What an abbreviated title is called by afterwards.
WHOLE = {
    "sen": ("senator", "lawmaker"),
    "senator": ("lawmaker",),
    "rep": ("representative", "congressman", "congresswoman", "lawmaker"),
    "representative": ("congressman", "congresswoman", "lawmaker"),
    "gov": ("governor",),
    "dr": ("doctor",),
    "prof": ("professor",),
    "gen": ("general",),
    "col": ("colonel",),
    "lt": ("lieutenant",),
    "capt": ("captain",),
    "sgt": ("sergeant",),
    "maj": ("major",),
}
