import json

import pytest

from kuager.finding import GRADES, Finding, Offset, Span


@pytest.mark.parametrize("where", [None, Span(1.0, 2.5), Offset(12)])
@pytest.mark.parametrize("grade", GRADES)
def test_json_has_exactly_the_fields_of_the_interface(where, grade):
    finding = Finding("frozen_picture", {"frames": 9}, grade, "The picture stands still.", where, ("a slide",), "set X")
    told = json.loads(json.dumps(finding.as_json()))
    assert set(told) == {"what", "value", "where", "grade", "meaning", "harmless", "measured_on", "limits"}
    assert told["where"] == (where.as_json() if where else None)
    assert told["harmless"] == ["a slide"]


def test_a_validated_finding_must_name_its_data():
    with pytest.raises(ValueError, match="names the data"):
        Finding("x", 1, "validated", "y")


def test_grades_spans_and_offsets_outside_the_vocabulary_are_refused():
    with pytest.raises(ValueError, match="grade"):
        Finding("x", 1, "proven", "y")
    with pytest.raises(ValueError, match="ends before"):
        Span(2.0, 1.0)
    with pytest.raises(ValueError, match="negative"):
        Offset(-1)
