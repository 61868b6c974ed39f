"""Which reporting verbs take what: a thing alone, a gerund, an infinitive, somebody judged."""

from __future__ import annotations

CORE_JUDGE = frozenset(
    "blame accuse criticize criticise condemn denounce praise defend dismiss reject slam blast "
    "mock decry deride ridicule tout deplore laud "
    "disavow castigate lambast applaud back endorse denigrate rebuff refute".split()
)

BARE_OBJECT = frozenset(
    "announce deny confirm predict admit acknowledge claim allege propose promise suggest "
    "reveal pledge threaten report fear doubt explain stress emphasize underscore underline "
    "reiterate lament express estimate expect demand".split()
)

GERUND = frozenset("recall remember describe deny admit recount report mention acknowledge imagine".split())

INTEND = frozenset(
    "want plan intend promise vow pledge threaten hope wish expect swear propose agree offer aim".split()
)
