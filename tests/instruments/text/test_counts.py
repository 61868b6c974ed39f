"""The number grammar and the policy table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuager.instruments import text
from kuager.instruments.text.counting import numbers

PHRASES = [
    ("14 people were killed", "killed", "exactly", 14, 14),
    ("at least fourteen people died", "killed", "at_least", 14, None),
    ("more than 80 were wounded", "wounded", "more_than", 81, None),
    ("fewer than 50 people were arrested", "detained", "fewer_than", 0, 49),
    ("up to 60 people are missing", "missing", "at_most", 0, 60),
    ("about 75 people were injured", "wounded", "about", 67, 83),
    ("between 20 and 30 people were killed", "killed", "between", 20, 30),
    ("a hundred and twenty people were displaced", "displaced", "exactly", 120, 120),
    ("dozens of people were killed", "killed", "dozens", 24, 99),
    ("hundreds of people were detained", "detained", "hundreds", 200, 999),
    ("several people were wounded", "wounded", "several", 3, None),
    ("the death toll had reached 1,204", "killed", "exactly", 1204, 1204),
    ("no one was killed", "killed", "exactly", 0, 0),
    ("погибли около 100 человек", "killed", "about", 90, 110),
    ("не менее двадцати трёх человек погибли", "killed", "at_least", 23, None),
    ("кемінде он төрт адам қаза тапты", "killed", "at_least", 14, None),
    ("80-нен астам адам жараланды", "wounded", "more_than", 81, None),
    ("бірнеше адам жараланды", "wounded", "several", 3, None),
]


def counts(page: str) -> list[text.Claim]:
    return [c for c in text.read(page.encode(), "text/plain").claims if c.type == "casualty_count"]


@pytest.mark.parametrize(("phrase", "status", "relation", "lower", "upper"), PHRASES)
def test_phrase(phrase: str, status: str, relation: str, lower: int | None, upper: int | None) -> None:
    found = counts(f"A headline\n\n{phrase[0].upper()}{phrase[1:]}.\n")
    assert [(c.status, c.relation, c.lower, c.upper) for c in found] == [(status, relation, lower, upper)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Police fired 30 shots.",
        "The strike lasted 14 days.",
        "A 23-year-old man spoke at the rally.",
        "In 1989, hundreds of people were killed in another city, years earlier.",
        "He was fined 5,000 dollars.",
        "The mine employs 340 people.",
        "How many people were killed?",
        "Some 109 thousand people live there.",
        "В городе живут 109 тысяч человек.",
    ],
)
def test_other_numbers_are_no_counts(sentence: str) -> None:
    assert counts(f"A headline\n\nThe clashes began on May 3, 2011.\n\n{sentence}\n") == []


@given(st.integers(0, 99), st.sampled_from(["exactly", "at_least", "more_than", "fewer_than", "at_most", "about"]))
def test_bounds_hold_the_number_they_should(n: int, relation: str) -> None:
    lower, upper = numbers.bounds(relation, n)
    assert lower is not None
    assert lower >= 0
    assert upper is None or lower <= upper
    inside = lower <= n and (upper is None or n <= upper)
    assert inside == (relation not in ("more_than", "fewer_than") or (relation == "fewer_than" and n == 0))


def test_seen_and_enumerated() -> None:
    found = counts('A headline\n\nA nurse said she had personally "closed the eyes" of twenty-three victims.\n')
    assert [(c.relation, c.lower, c.upper, c.first_hand) for c in found] == [
        ("at_least_personally_seen", 23, None, True)
    ]
    found = counts("A headline\n\nAmong those who were shot were an old woman, a toddler and a pregnant woman.\n")
    assert [(c.status, c.relation, c.lower) for c in found] == [("shot", "at_least_enumerated", 3)]


def test_part_of() -> None:
    whole, part = counts("A headline\n\nPolice said 14 people, including two policemen, were killed.\n")
    assert part.part_of == whole.id


def test_numbers_that_a_statement_leaves_out() -> None:
    """What the reporter says before an attributed clause is counted, and is the reporter's."""
    page = "A headline\n\nDivers found nine bodies on Tuesday, but say there is no hope for the rest.\n"
    reading = text.read(page.encode(), "text/plain")
    statements = {s.id: s for s in reading.statements}
    (found,) = [c for c in reading.claims if c.type == "casualty_count"]
    assert (found.lower, found.upper, statements[found.statement].form) == (9, 9, "narration")


def test_an_unattributed_quotation_is_not_given_to_the_reporter() -> None:
    page = 'A headline\n\n"We buried nine people behind the school that night."\n\nIt rained.\n'
    for claim in counts(page):
        statement = next(s for s in text.read(page.encode(), "text/plain").statements if s.id == claim.statement)
        assert statement.form != "narration" or statement.span.text.startswith('"')


def test_victims_are_those_counted() -> None:
    found = counts(
        "A headline\n\nThe raid left three officers dead and seven wounded, the two dead men being brothers.\n"
    )
    assert [(c.status, c.lower, c.victims) for c in found] == [
        ("killed", 3, "officers"),
        ("wounded", 7, None),
        ("killed", 2, "men"),
    ]


def test_who_is_listed_beside_a_number_is_not_added_to_it() -> None:
    """The bounds are those of the number written: "and a driver" has none, and the claim says whom it counts."""
    (found,) = counts("A headline\n\nSix passengers and a driver died when the tunnel gave way.\n")
    assert (found.relation, found.lower, found.upper, found.victims) == ("exactly", 6, 6, "passengers")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("By evening the ministry had raised its count to 23.", [("killed", 23, 23)]),
        ("Hours later the figure was revised to seven.", [("killed", 7, 7)]),
        ("Two hours later she raised it to seven.", [("killed", 7, 7)]),
        ("Doctors speak of ninety.", [("killed", 90, 90)]),
        ("Four of them are children.", [("killed", 4, 4)]),
        ("Police told of nine witnesses.", []),
        ("She raised the number of guards to nine.", []),
    ],
)
def test_a_figure_goes_on_from_the_count_before(sentence: str, expected: list[tuple[str, int, int]]) -> None:
    found = counts(f"A headline\n\nOfficials said 14 people were killed.\n\n{sentence}\n")
    assert [(c.status, c.lower, c.upper) for c in found[1:]] == expected
