import pytest

from kuager.errors import UsageError
from kuager.record import ids


def test_ids_are_ten_characters_of_crockford_base32_and_differ():
    made = [ids.new_id() for _ in range(2000)]
    assert len(set(made)) == 2000
    assert all(ids.is_id(id_) for id_ in made)
    assert set("".join(made)) == set(ids.ALPHABET)
    assert not any(
        ids.is_id(text) for text in ["", "0123456789a", "012345678", "012345678i", "012345678A", "0123456789\n"]
    )


def test_prefixes_are_resolved_as_people_type_them():
    known = ["0a1bcdefgh", "0a1bzzzzzz", "9qqqqqqqqq"]
    assert ids.resolve("9QQQ", known) == "9qqqqqqqqq"
    assert ids.resolve(" oAlbC", known) == "0a1bcdefgh"
    assert ids.resolve("0a1bzzzzzz", known) == "0a1bzzzzzz"
    for prefix, why in [("0a1", "too short"), ("0a1b", "fits 2 ids"), ("zzzz", "Nothing"), ("9qqqqqqqqqq", "Nothing")]:
        with pytest.raises(UsageError, match=why):
            ids.resolve(prefix, known)
