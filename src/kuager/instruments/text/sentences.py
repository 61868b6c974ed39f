"""Quotations, sentences and words of a paragraph, as ranges of the text; nothing is copied or changed."""

from __future__ import annotations

import re
from dataclasses import dataclass

Range = tuple[int, int]

#: Code points; what is longer is taken in pieces, short ones, since what a piece costs grows faster than its length.
MAX_SENTENCE = 1_000
_PIECE = 400

_PAIRS = {"“": "”“", "„": "“”", "«": "»", "‟": "”", "‹": "›"}
_OPENERS = frozenset("“„«\"‘'”‹")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr st sen rep reps sens gov gen col lt sgt capt maj cmdr adm prof rev hon pres supt messrs vs no nos "
    "brig pfc cpl pvt spc det insp asst "
    "jan feb mar apr jun jul aug sept sep oct nov dec calif fla mass mich minn pa tex va wash "
    "wis ariz ark colo conn del ill ind kan ky la md "
    "miss mo mont neb nev okla ore tenn wyo ga ala ft mt dept dist est approx e.g i.e cf "
    "г гг им ул д т т.е т.д т.п тыс млн млрд чел руб см стр ст проф акад гос пос обл р-н ген ред др м б ж".split()
)
#: Words that are abbreviations only with a capital: "ill." is no state.
_WORDS = frozenset("ill wash mass miss ore ark pa del ind me la col ms mo rev hon fla kan".split())
_MAYBE = frozenset("u.s u.k u.n u.s.a d.c a.m p.m inc corp co ltd jr sr ph.d no.1 etc n.y l.a п.г и.о".split())
_STARTERS = frozenset(
    "The A An He She They It We I You But And In On At As If When While After Before This "
    "That These Those There His Her Their Its Our My "
    "For Since With What Who Why How Yet So Mr Mrs Ms".split()
)
_END = re.compile(r"[.!?…]+[\"”’'»)\]“]*(?=\s|$)")
_AFTER_QUOTE = re.compile(
    r"\s*(?:[—–-]+\s*)?(?:(?:[A-ZÀ-ÞА-ЯӘҒҚҢӨҰҮҺІ][\w.'’\-]*|he|she|they|I|we|the|a|an|of|for)\s+){0,6}"
    r"(?:said|says|asked|asks|added|wrote|tweeted|replied|shouted|yelled|cried|told|exclaimed"
    r"|answered|demanded|wondered|responded|continued|chanted|declared|"
    r"сказал\w*|заявил\w*|добавил\w*|спросил\w*|написал\w*|воскликнул\w*|говорит|деді|дейді|деп)\b"
)
_WORD = re.compile(
    r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['’\-‑.&/][^\W\d_]+)*['’]?(?!\w)|[^\W_]+(?:['’\-‑.,:/][^\W_]+)*%?|[^\w\s]"
)
_INITIAL = re.compile(r"[A-ZА-ЯӘҒҚҢӨҰҮҺІ]$")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks: ``start`` at the opening mark, ``end`` after the closing one."""

    start: int
    end: int
    closed: bool

    def inside(self, position: int) -> bool:
        """Whether a position lies in the quotation, marks included."""
        return self.start <= position < self.end


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark; ``quoted`` where it stands inside a quotation (its marks included)."""

    text: str
    low: str
    start: int
    end: int
    quoted: bool

    @property
    def word(self) -> bool:
        """Whether it is a word or number and not a mark."""
        return self.text[0].isalnum()

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[0].isupper()


#: “Yusuf,” a farmer whose name has been changed: a name in quotation marks, nothing said.
_PSEUDONYM = re.compile(
    r"[“\"][A-Z][a-z’'\-]+(?: [A-Z][a-z’'\-]*\.?)?,[”\"] (?=(?:an?|the|who|whose|his|her|one|not|\d\d)\b)"
)


def quotes(text: str, start: int, end: int) -> list[Quote]:
    """Outermost quotations of a paragraph; one that is never closed runs to the paragraph's end."""
    found: list[Quote] = []
    i = start
    while i < end:
        c = text[i]
        if c == "`" and text.startswith("``", i):
            behind = text.find("''", i, end)  # the quotation marks of typesetting
            found.append(Quote(i, behind + 2 if behind > 0 else end, behind > 0))
            i = found[-1].end
            continue
        if c in _OPENERS and _opens(text, i, start, end, c):
            called = _PSEUDONYM.match(text, i, end)
            if called is not None:
                i = called.end()
                continue
            close = _close(text, i, end, c)
            if close is None:
                if c in "‘'" or (c in '"”' and i > start and text[i + 1 : end].count("\n") > 3):
                    i += 1
                    continue
                found.append(Quote(i, end, False))
                break
            found.append(Quote(i, close, True))
            i = close
            continue
        i += 1
    return found


def _opens(text: str, i: int, start: int, end: int, c: str) -> bool:
    before = text[i - 1] if i > start else " "
    after = text[i + 1] if i + 1 < end else " "
    if c in "“„«‹":
        return not after.isspace() or i + 1 >= end
    if before.isalnum() or after.isspace():
        return False
    if c == "”":
        return before.isspace() and after.isalnum()
    if c in "‘'":
        return (
            (before.isspace() or before in "([—–-")
            and after.isalnum()
            and not text[i + 1 : i + 4].rstrip().lower().startswith(("em ", "til"))
        )
    return True


def _close(text: str, i: int, end: int, c: str) -> int | None:
    """The position after the mark that closes the quotation opened at ``i``."""
    if c in _PAIRS:
        depth = 1
        for j in range(i + 1, end):
            d = text[j]
            if d == c and c == "«":
                depth += 1
            elif d in _PAIRS[c]:
                if d == "“" and c == "“" and (text[j - 1].isspace() or j + 1 >= end or text[j + 1].isalnum()):
                    continue
                depth -= 1
                if depth == 0:
                    return j + 1
            elif d == '"' and c == "“" and "”" not in text[j:end]:
                return j + 1
        return None
    closer = {'"': '"', "”": "”", "‘": "’", "'": "'"}[c]
    limit = min(end, i + 600) if c in "‘'" else end
    for j in range(i + 2, limit):
        d = text[j]
        if d != closer and not (c == '"' and d == "”"):
            continue
        following = text[j + 1] if j + 1 < end else " "
        if following.isalnum() and not (c == '"' and not text[j - 1].isspace()):
            continue
        if text[j - 1].isspace() and c != '"':
            continue
        if c == '"' and text[j - 1].isspace() and following.isalnum():
            continue
        return j + 1
    return None


def sentences(text: str, start: int, end: int) -> list[Range]:
    """Sentences of a paragraph, closing marks included, margins excluded."""
    found: list[Range] = []
    at = start
    for m in _END.finditer(text, start, end):
        if m.end() < at or not _breaks(text, m, at, end):
            continue
        found.append((at, m.end()))
        at = m.end()
        while at < end and text[at].isspace():
            at += 1
    if at < end:
        tail = end
        while tail > at and text[tail - 1].isspace():
            tail -= 1
        if tail > at:
            found.append((at, tail))
    return [piece for s, e in found for piece in _chopped(text, s, e)]


def _chopped(text: str, start: int, end: int) -> list[Range]:
    """A "sentence" longer than any that people write, in pieces, so that its cost stays linear."""
    if end - start <= MAX_SENTENCE:
        return [(start, end)]
    pieces = []
    at = start
    while end - at > _PIECE:
        cut = text.rfind(" ", at + 1, at + _PIECE)
        cut = cut if cut > at else at + _PIECE
        pieces.append((at, cut))
        at = cut
        while at < end and text[at].isspace():
            at += 1
    if at < end:
        pieces.append((at, end))
    return pieces


def _breaks(text: str, m: re.Match[str], start: int, end: int) -> bool:
    after = m.end()
    while after < end and text[after].isspace():
        after += 1
    if after >= end:
        return True
    following = text[after]
    mark = m.group()
    if following in "—–-":
        rest = text[after:end].lstrip("—–- ")
        return not rest[:1].islower() if any(c in mark for c in '"”»“?!…') else True
    if following.islower():
        return False
    if mark[0] in "!?…" or mark.startswith("..."):
        return not (any(c in mark for c in "\"”»’'“") and _AFTER_QUOTE.match(text, m.end(), min(end, m.end() + 120)))
    if mark == ".":
        k = m.start()
        while k > start and (text[k - 1].isalnum() or text[k - 1] in ".-"):
            k -= 1
        word = text[k : m.start()]
        low = word.lower()
        if low in _ABBREVIATIONS and not (low in _WORDS and word.islower()):
            return low == "no" and not following.isdigit()
        if _INITIAL.fullmatch(word):
            return False
        if low in _MAYBE or re.fullmatch(r"(?:[a-z]\.)+[a-z]", low):
            first = re.match(r"[\"“«']?(\w+)", text[after : after + 30])
            return bool(first) and first is not None and first.group(1) in _STARTERS
    return True


def tokens(text: str, start: int, end: int, marks: list[Quote]) -> list[Token]:
    """Words and marks of a sentence."""
    found: list[Token] = []
    for m in _WORD.finditer(text, start, end):
        piece = m.group()
        s, e = m.start(), m.end()
        if piece[-1] in "'’" and len(piece) > 1 and any(q.end == e for q in marks):
            e -= 1
            piece = piece[:-1]
        quoted = any(q.start <= s < q.end for q in marks)
        if piece in "“”" and not quoted:
            continue  # around a pseudonym
        found.append(Token(piece, piece.lower().replace("’", "'"), s, e, quoted))
        if e < m.end():
            found.append(Token(text[e : m.end()], text[e : m.end()], e, m.end(), quoted))
    return _join_abbreviations(text, found)


def _join_abbreviations(text: str, found: list[Token]) -> list[Token]:
    """ "Mr" and "." become one token, so that a dot inside a name is no boundary."""
    joined: list[Token] = []
    for t in found:
        last = joined[-1] if joined else None
        if (
            t.text == "."
            and last
            and last.end == t.start
            and (last.low in _ABBREVIATIONS or last.low == "jr" or _INITIAL.fullmatch(last.text))
            and t is not found[-1]
        ):
            joined[-1] = Token(last.text + ".", last.low, last.start, t.end, last.quoted)
        else:
            joined.append(t)
    return joined
