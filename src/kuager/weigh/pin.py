"""Pins: moments that a person recognised in two recordings (a flash, a fall, a door). They help the clock."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kuager.errors import UsageError
from kuager.record.case import Case
from kuager.weigh.acts import Act, act, acts, decimal, needed, write

KIND = "pinned"
_SHAPE = re.compile(r"(.+)@([^@=]+)=(.+)@([^@=]+)", re.DOTALL)


@dataclass(frozen=True)
class Pin:
    """Recording ``a`` at ``a_s`` and ``b`` at ``b_s`` (presentation seconds) show one moment, to within ``sd_s`` (one
    standard deviation). ``text`` says what is seen or heard."""

    id: str
    a: str
    a_s: float
    b: str
    b_s: float
    sd_s: float
    text: str
    by: str


def pin(case: Case, tie: str, text: str) -> Pin:
    """Writes a pin, ``A@12.40=B@3.10±0.05`` with A and B as ids of recordings. Raises UsageError."""
    from kuager.instruments.clock import read_pin

    match = _SHAPE.fullmatch(tie.strip())
    if match is None:
        raise UsageError(f"Not a pin: {tie}", "Write it like k7f3@12.40=p2mx@3.10±0.05 (seconds of each recording).")
    a, b = (case.item(match[side].strip()).id for side in (1, 3))
    read = read_pin(f"{a}@{match[2].strip()}={b}@{match[4].strip()}", (a, b))
    body = {
        "a": a,
        "a_s": decimal(str(read.a_s), "second"),
        "b": b,
        "b_s": decimal(str(read.b_s), "second"),
        "sd_s": decimal(str(read.sd_s), "second"),
        "text": needed(text, "What is seen or heard in both"),
        "stands": True,
    }
    return _pin(write(case, KIND, body, sorted((a, b))))


def take_back(case: Case, prefix: str, because: str) -> Pin:
    """Takes a pin back; it stays readable in the log. Raises UsageError."""
    earlier = act(case, KIND, prefix)
    body = {key: value for key, value in earlier.body.items() if key != "id"}
    body |= {"stands": False, "because": needed(because, "A reason")}
    return _pin(write(case, KIND, body, sorted((body["a"], body["b"])), earlier.id))


def pins(case: Case) -> list[Pin]:
    """The pins that stand, as they were first written."""
    return [_pin(each) for each in acts(case, KIND) if each.body["stands"]]


def _pin(each: Act) -> Pin:
    body = each.body
    seconds = (float(body[key]) for key in ("a_s", "b_s", "sd_s"))
    a_s, b_s, sd_s = seconds
    return Pin(each.id, body["a"], a_s, body["b"], b_s, sd_s, body["text"], each.actor)
