"""Counts by construction: every modifier, predicate and noun in plain sentences, and numbers that count nobody."""

from __future__ import annotations

import pytest

from kuager.instruments import text

Row = tuple[str, str, int | None, int | None]


def counted(sentence: str) -> list[Row]:
    reading = text.read(f"Accident in Karatal\n\n{sentence}\n".encode())
    found = [c for c in reading.claims if c.type == "casualty_count"]
    return sorted(((c.status or "", c.relation or "", c.lower, c.upper) for c in found), key=str)


MODIFIERS = {
    "{}": ("exactly", 40, 40),
    "at least {}": ("at_least", 40, None),
    "no fewer than {}": ("at_least", 40, None),
    "more than {}": ("more_than", 41, None),
    "over {}": ("more_than", 41, None),
    "about {}": ("about", 36, 44),
    "some {}": ("about", 36, 44),
    "nearly {}": ("about", 36, 44),
    "almost {}": ("about", 36, 44),
    "roughly {}": ("about", 36, 44),
    "up to {}": ("at_most", 0, 40),
    "as many as {}": ("at_most", 0, 40),
    "fewer than {}": ("fewer_than", 0, 39),
    "between 30 and {}": ("between", 30, 40),
}
NOUNS = "people civilians miners passengers villagers girls schoolchildren conscripts herders spectators nurses".split()
PREDICATES = {
    "killed": (
        "{} had been killed",
        "{} died",
        "{} lost their lives",
        "{} perished",
        "{} were found dead",
        "{} did not survive",
        "{} drowned",
        "{} were crushed to death",
        "{} succumbed to their injuries",
        "{} were confirmed dead",
        "the fire claimed the lives of {}",
        "the shelling left {} dead",
        "rescuers had recovered the bodies of {}",
    ),
    "wounded": (
        "{} were injured",
        "{} suffered burns",
        "{} were taken to hospital",
        "{} were in critical condition",
        "{} needed treatment for smoke inhalation",
        "the blast injured {}",
        "it had treated {} for injuries",
    ),
    "detained": ("{} were arrested", "police had detained {}", "{} remained in custody", "police rounded up {}"),
    "missing": ("{} were still missing", "{} were unaccounted for", "rescuers were searching for {}"),
    "displaced": ("{} had fled their homes", "{} were left homeless", "the flood displaced {}"),
}
FRAMES = ("Officials said {} on Friday.", "According to the hospital, {}.", "The mayor told reporters that {}.")


@pytest.mark.parametrize("modifier", MODIFIERS)
@pytest.mark.parametrize("frame", FRAMES)
def test_a_modifier_gives_its_bounds(modifier: str, frame: str) -> None:
    for word in ("40", "forty"):
        sentence = frame.format(modifier.format(word) + " people were wounded")
        assert counted(sentence) == [("wounded", *MODIFIERS[modifier])], sentence


@pytest.mark.parametrize("status", PREDICATES)
def test_a_predicate_gives_its_status_to_any_people(status: str) -> None:
    for n, predicate in enumerate(PREDICATES[status]):
        for k, frame in enumerate(FRAMES):
            sentence = frame.format(predicate.format(f"17 {NOUNS[(3 * n + k) % len(NOUNS)]}"))
            assert counted(sentence) == [(status, "exactly", 17, 17)], sentence


def exactly(status: str, n: int) -> Row:
    return (status, "exactly", n, n)


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [
        ("The blast killed 14 miners and wounded 31.", [exactly("killed", 14), exactly("wounded", 31)]),
        ("The attack left nine dead and 23 wounded, police said.", [exactly("killed", 9), exactly("wounded", 23)]),
        ("The ministry raised the death toll to 46 from 31.", [exactly("killed", 46), exactly("killed", 31)]),
        ("The number of people injured stood at 58.", [exactly("wounded", 58)]),
        ("46 people, including seven children, were killed.", [exactly("killed", 46), exactly("killed", 7)]),
        ("Police arrested 120 people, 12 of them minors.", [exactly("detained", 120), exactly("detained", 12)]),
        (
            "Fourteen guards died at the scene and two more died in hospital.",
            [exactly("killed", 14), exactly("killed", 2)],
        ),
        ("Both men died of their injuries.", [exactly("killed", 2)]),
        ("The coast guard rescued 31 people and found six bodies.", [exactly("killed", 6)]),
        ("An old woman, her grandson and a guard were killed.", [("killed", "at_least_enumerated", 3, None)]),
        ("Shelling killed a nurse, two patients and a driver.", [("killed", "at_least_enumerated", 4, None)]),
        ("Two officers and three protesters were wounded.", [exactly("wounded", 2), exactly("wounded", 3)]),
    ],
)
def test_counts_in_one_sentence(sentence: str, rows: list[Row]) -> None:
    assert counted(sentence) == sorted(rows, key=str)


@pytest.mark.parametrize(
    "sentence",
    [
        "Police fired 40 rounds.",
        "The bus, carrying 46 passengers, left at 7 a.m.",
        "Some 4,000 people took part in the march.",
        "Marta Ilves, 44, was shot in the leg.",
        "In 2003, 58 people were killed in a similar fire in Novara.",
        "More than 2,600 people have died in the war since 1992.",
        "The company paid $14 million to the families of the dead.",
        "The army sent 400 troops to Brisk.",
        "The quake struck 23 kilometres from the port and lasted nine seconds.",
        "He was sentenced to 12 years for the killing.",
        "Officials warned that up to 300 people could die.",
        "The strike is the third deadly attack in nine months.",
        "Rescuers pulled eleven miners out alive.",
        "Last year 31 people died on the same road.",
    ],
)
def test_numbers_that_count_nobody_here(sentence: str) -> None:
    assert counted(sentence) == []


@pytest.mark.parametrize("words", ["Thousands", "Tens of thousands", "Hundreds of thousands"])
def test_thousands_without_a_number_give_no_bound(words: str) -> None:
    """The table of bounds has no row for them."""
    assert counted(f"{words} of people were displaced.") == [("displaced", "unquantified", None, None)]
