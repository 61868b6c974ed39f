"""Links between claims: the algebra of bounds, and which contradictions are proposed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuager import weigh
from kuager.instruments import text
from kuager.weigh import Interval

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared/inputs/page/zhanaozen-2011.txt"
AGAINST = ("appears_inconsistent", "cannot_both_be_true")


def intervals() -> st.SearchStrategy[Interval]:
    return st.tuples(st.integers(0, 40), st.one_of(st.none(), st.integers(0, 40))).map(
        lambda p: Interval(p[0], None if p[1] is None else p[0] + p[1])
    )


@given(intervals(), intervals(), st.integers(0, 100))
def test_meet_holds_what_both_hold(a: Interval, b: Interval, n: int) -> None:
    def holds(i: Interval) -> bool:
        return i.lower <= n and (i.upper is None or n <= i.upper)

    both = a.meet(b)
    assert (both is not None and holds(both)) == (holds(a) and holds(b))
    assert a.disjoint(b) == b.disjoint(a) == (both is None)
    assert not a.within(b) or not holds(a) or holds(b)


def test_an_interval_holds_a_number() -> None:
    with pytest.raises(ValueError, match="no whole number"):
        Interval(5, 4)


def links(*pages: str) -> tuple[weigh.Link, ...]:
    readings = [(f"p{n}", text.read(f"A headline\n\n{p}\n".encode(), "text/plain")) for n, p in enumerate(pages)]
    return weigh.propose(weigh.accounts(readings))


def relations(*pages: str) -> list[str]:
    return [k.relation for k in links(*pages)]


def test_counts_against_each_other() -> None:
    assert relations("Police said 14 people were killed.\n\nA doctor said 23 people were killed.") == [
        "appears_inconsistent"
    ]
    assert relations("Police said 14 people were killed.\n\nA doctor said at least 8 people were killed.") == [
        "compatible"
    ]
    assert relations("Police said 14 people were killed.\n\nA doctor said 14 people were killed.") == ["agrees"]
    assert relations("Police said 14 people were killed.\n\nA doctor said 80 people were wounded.") == []
    assert relations("Police said 14 people, including two policemen, were killed.") == ["part_of"]


def test_days_apart_are_different_questions() -> None:
    assert (
        relations(
            "Police said 4 people were killed on May 3, 2011.\n\nA doctor said 9 people were killed on May 7, 2011."
        )
        == []
    )


def test_revision_by_the_same_source() -> None:
    found = links(
        "The Interior Ministry said on May 3, 2011 that 9 people were killed.",
        "The Interior Ministry said on May 9, 2011 that 14 people were killed.",
    )
    assert [k.relation for k in found] == ["revises"]


def test_every_link_is_proposed_and_says_why() -> None:
    for link in links("Police said 14 people were killed.\n\nA doctor said 23 people were killed."):
        assert link.state == "proposed"
        assert link.reason
        assert link.condition
        assert link.relation in weigh.RELATIONS


def test_toll_is_a_table_not_a_sum() -> None:
    reading = text.read(b"A headline\n\nPolice said 14 people were killed.\n\nA nurse said she had seen nine bodies.\n")
    table = weigh.toll(weigh.accounts([("p", reading)]), "killed")
    assert [(r.lower, r.first_hand) for r in table.rows] == [(14, False), (9, True)]
    assert (table.lower, table.lower_first_hand, table.upper_evidenced) == (14, 9, None)


@pytest.mark.inputs
@pytest.mark.skipif(not REAL.exists(), reason="needs ../shared/inputs")
def test_the_real_page() -> None:
    """All toll inconsistencies of the first real page, and none invented."""
    gold = json.loads((ROOT / "tests/instruments/text/gold/zhanaozen.json").read_text(encoding="utf-8"))
    reading = text.read(REAL)
    counts = [c for c in reading.claims if c.type == "casualty_count"]
    key = {
        c.id: next(g["key"] for g in gold["counts"] if c.span.start <= g["start"] and g["end"] <= c.span.end)
        for c in counts
    }
    found = {
        frozenset((key[k.a], key[k.b]))
        for k in weigh.propose(weigh.accounts([("page", reading)]))
        if k.relation in AGAINST and k.a in key and k.b in key
    }
    assert found == {frozenset(pair) for pair in gold["inconsistent"]}


def test_an_account_whose_speaker_is_left_open_is_nobodys() -> None:
    """It is neither the reporter's nor another open one's, and agreeing with it is no second source."""
    met = "Mayor Peter Brown met Colonel John Smith at the gate. Colonel Smith had papers and Mayor Brown had none."
    page = f"{met}\n\nIt rained. The gate stayed shut. He said 14 people had been killed.\n\n14 people were killed."
    reading = text.read(f"A headline\n\n{page}\n".encode(), "text/plain")
    counts = [a for a in weigh.accounts([("p", reading)]) if a.claim.type == "casualty_count"]
    assert [a.left_open for a in counts] == [True, False]
    assert counts[0].origin is None
    assert counts[0].root != counts[1].root
    assert "agrees" not in [k.relation for k in weigh.propose(counts)]


def test_words_that_may_be_the_reporters_are_put_in_no_mouth() -> None:
    """A one-word quotation in a paraphrase: whether the minister said "fourteen" cannot be told."""
    (link,) = links(
        'The minister, Timur Bekov, called the deaths of 14 people "regrettable".',
        "A doctor said nine people were killed.",
    )
    assert link.relation in AGAINST
    assert link.reason.startswith("the report on Timur Bekov: 14")
    assert link.condition is not None
    assert "if Timur Bekov said so, which the wording leaves in doubt" in link.condition


def test_who_denies_shots_at_people_speaks_of_none() -> None:
    found = links(
        "Witnesses said police fired at people in the square.\n\nInterior Minister Askar Dulatov denied that troops "
        "had fired at unarmed people.\n\nOfficials said police only shot into the air."
    )
    told = [(k.relation, k.reason) for k in found]
    assert not any("Dulatov speaks of shots at people" in reason for _, reason in told)
    assert any(r == "appears_inconsistent" and reason.startswith("Askar Dulatov denies shots") for r, reason in told)


def test_a_denial_meets_what_it_denies() -> None:
    found = links(
        "The prosecutor, Marat Ospanov, denied that guards had beaten prisoners with rods.\n\n"
        "A former prisoner said guards had beaten them with iron rods."
    )
    assert [k.relation for k in found] == ["appears_inconsistent"]
    assert "denies" in found[0].reason


def test_further_dead_are_no_contradiction() -> None:
    page = "Health officials said nine people were killed on the bridge. They said another three were killed at home."
    assert not set(relations(page)) & set(AGAINST)
    table = weigh.toll(weigh.accounts([("p", text.read(f"A headline\n\n{page}\n".encode()))]), "killed")
    assert [(r.lower, r.further) for r in table.rows] == [(9, False), (3, True)]
    assert table.upper_claimed == 9


def test_tolls_of_two_days_may_both_have_been_true_when_told() -> None:
    pages = [
        "A headline\n\nKARATAL, March 3, 2019 (NWA) - Police said 14 people were killed on March 2.\n",
        "A headline\n\nKARATAL, March 6, 2019 (NWA) - The governor said 19 people were killed on March 2.\n",
    ]
    found = weigh.propose(weigh.accounts([(f"p{n}", text.read(p.encode())) for n, p in enumerate(pages)]))
    (link,) = (k for k in found if k.relation in AGAINST)
    assert link.relation == "appears_inconsistent"
    assert link.condition is not None
    assert "2019-03-03 was meant as the last" in link.condition


def test_an_account_that_could_not_be_confirmed_carries_that() -> None:
    found = links(
        "Police said 14 people were killed.\n\nA porter said that more than 40 people had been killed. "
        "His account could not be independently confirmed."
    )
    assert any(k.relation == "caveat" and "porter" in k.reason for k in found)


def test_a_toll_says_which_group_it_counts() -> None:
    page = "Police said 75 people were wounded. The union said eleven police officers were wounded."
    table = weigh.toll(weigh.accounts([("p", text.read(f"A headline\n\n{page}\n".encode()))]), "wounded")
    assert [(r.lower, r.of) for r in table.rows] == [(75, ""), (11, "police officers")]
    assert table.upper_claimed == 75


def test_a_figure_replaced_stands_against_nobodys() -> None:
    """ "Lowered from 91 to 47": the ministry revises its own figure, and 91 contradicts no doctor's 47."""
    found = links("The ministry lowered the death toll from 91 to 47.", "A doctor said 47 people were killed.")
    assert sorted(k.relation for k in found) == ["agrees", "revises"]


def test_some_of_the_dead_are_no_other_toll() -> None:
    """Nine of the dead, or 49 in one town, are fewer than all without contradicting them."""
    said = "Police said 14 people were killed.\n\nA doctor said nine of the dead were women."
    assert [k for k in relations(said) if k in AGAINST] == []
