"""What an editor says beside the evidence: the other side's answers, promises, corrections, what is not known."""

from __future__ import annotations

from dataclasses import dataclass

from kuager.record.case import Case
from kuager.weigh.acts import Act, act, acts, needed, write

ANSWER, PROMISE, CORRECTION, UNKNOWN, METHOD = "asked", "promised", "corrected", "unknown", "method"


@dataclass(frozen=True)
class Answer:
    """Who was asked about what, when (ISO 8601), and what they answered when; None where nothing came."""

    id: str
    who: str
    about: str
    asked: str
    answer: str | None
    answered: str | None


@dataclass(frozen=True)
class Promise:
    """A promise, by whom and when, and what came of it."""

    id: str
    who: str
    text: str
    made: str
    outcome: str


@dataclass(frozen=True)
class Note:
    """A dated sentence of the editors: a correction, something not known, a word on method."""

    id: str
    text: str
    at: str


def ask(
    case: Case,
    who: str,
    about: str,
    asked: str,
    answer: str | None = None,
    answered: str | None = None,
    replaces: str | None = None,
) -> Answer:
    """Writes who was asked, or (``replaces``) what they answered."""
    body = {
        "who": needed(who, "Who was asked"),
        "about": needed(about, "What they were asked"),
        "asked": asked,
        "answer": answer,
        "answered": answered,
    }
    return _answer(write(case, ANSWER, body, (), act(case, ANSWER, replaces).id if replaces else None))


def promise(case: Case, who: str, text: str, made: str, outcome: str, replaces: str | None = None) -> Promise:
    """Writes a promise with its outcome so far, or (``replaces``) a later outcome."""
    body = {
        "who": needed(who, "Who promised"),
        "text": needed(text, "The promise"),
        "made": made,
        "outcome": needed(outcome, "The outcome"),
    }
    return _promise(write(case, PROMISE, body, (), act(case, PROMISE, replaces).id if replaces else None))


def note(case: Case, kind: str, text: str) -> Note:
    """Writes a correction, something not known, or a word on method: ``kind`` is one of those constants."""
    each = write(case, kind, {"text": needed(text, "The text")})
    return next(found for found in notes(case, kind) if found.id == each.id)


def answers(case: Case) -> list[Answer]:
    """The answers of those accused, newest version of each."""
    return [_answer(each) for each in acts(case, ANSWER)]


def promises(case: Case) -> list[Promise]:
    """The promises, newest version of each."""
    return [_promise(each) for each in acts(case, PROMISE)]


def notes(case: Case, kind: str) -> list[Note]:
    """The notes of one kind, in order."""
    return [Note(each.id, each.body["text"], each.at) for each in acts(case, kind)]


def _answer(each: Act) -> Answer:
    body = each.body
    return Answer(each.id, body["who"], body["about"], body["asked"], body["answer"], body["answered"])


def _promise(each: Act) -> Promise:
    body = each.body
    return Promise(each.id, body["who"], body["text"], body["made"], body["outcome"])
