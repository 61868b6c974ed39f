import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuager.record import canonical
from kuager.record.canonical import CanonicalError

_text = st.text(st.characters(exclude_categories=["Cs"]))
_integer = st.integers(-(2**53) + 1, 2**53 - 1)
_value = st.recursive(
    st.none() | st.booleans() | _integer | _text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_text, inner, max_size=4),
    max_leaves=20,
)
_object = st.dictionaries(_text, _value, max_size=5)


def _code_units(key):
    data = key.encode("utf-16-be")
    return [data[at] << 8 | data[at + 1] for at in range(0, len(data), 2)]


def _rfc8785(value):
    """A second, plain implementation of RFC 8785 without floats."""
    if isinstance(value, dict):
        keys = sorted(value, key=_code_units)
        return "{" + ",".join(f"{_rfc8785(key)}:{_rfc8785(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_rfc8785, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


@given(_object)
def test_encoding_is_that_of_the_rfc_and_reads_back(value):
    line = canonical.encode(value)
    assert line.decode("utf-8") == _rfc8785(value)
    assert canonical.decode(line) == value
    assert b"\n" not in line


@given(_object, st.randoms())
def test_order_of_keys_does_not_matter(value, random):
    keys = list(value)
    random.shuffle(keys)
    assert canonical.encode({key: value[key] for key in keys}) == canonical.encode(value)


def test_the_example_of_rfc_8785():
    value = {
        "€": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "😀": "Emoji: Grinning Face",
        "\x80": "Control",
        "ö": "Latin Small Letter O With Diaeresis",
    }
    keys = list(json.loads(canonical.encode(value)))
    assert keys == ["\r", "1", "\x80", "ö", "€", "😀", "\ufb33"]


@pytest.mark.parametrize(
    "value",
    [
        {"a": 1.0},
        {"a": float("nan")},
        {"a": 2**53},
        {"a": -(2**53)},
        {"a": "\ud800"},
        {"\udfff": 1},
        {1: 2},
        {"a": b"x"},
        {"a": {1, 2}},
    ],
)
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(CanonicalError):
        canonical.encode(value)


def test_deep_nesting_is_refused_without_a_traceback():
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(CanonicalError):
        canonical.encode({"a": deep})
    with pytest.raises(CanonicalError):
        canonical.decode(b'{"a":' + b"[" * 100_000)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b"1",
        b'"a"',
        b"{",
        b'{"a":1}\n',
        b' {"a":1}',
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e2}',
        b'{"a":-0}',
        b'{"a":01}',
        b'{"a":9007199254740992}',
        b'{"a":[-9007199254740992]}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\/"}',
        b'{"a":"\\u000A"}',
        b'{"a":"\\u001F"}',
        b'{"a":"\\ud800"}',
        b'{"a":"\xed\xa0\x80"}',
        b'{"a":"\xff"}',
        b'{"a":NaN}',
        b"\xef\xbb\xbf{}",
        '{"\ufb33":1,"😀":2}'.encode(),
    ],
)
def test_other_spellings_are_refused(line):
    with pytest.raises(CanonicalError):
        canonical.decode(line)


@given(_object, st.data())
def test_every_change_of_a_byte_is_refused_or_reads_differently(value, data):
    line = canonical.encode(value)
    at = data.draw(st.integers(0, len(line) - 1))
    changed = line[:at] + bytes([line[at] ^ data.draw(st.integers(1, 255))]) + line[at + 1 :]
    try:
        read = canonical.decode(changed)
    except CanonicalError:
        return
    assert canonical.encode(read) == changed != line
