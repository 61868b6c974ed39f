"""Sentences with counts, read on a page of their own, and a short notation for what is counted."""

from __future__ import annotations

from kuager.instruments import text

PAGES = {
    "en": "A headline\n\nThe clashes of May 3, 2011 left a trace.\n\n{}\n",
    "ru": "Заголовок новости\n\nБеспорядки начались 3 мая 2011 года.\n\n{}\n",
    "kk": "Жаңалық тақырыбы\n\nТәртіпсіздік 2011 жылғы 3 мамырда басталды.\n\n{}\n",
}


def told(claim: text.Claim) -> str:
    """A count in short: "killed 14", "wounded >80", "missing 8~12"."""
    lower, upper = claim.lower, claim.upper
    short = {
        "exactly": f"{lower}",
        "at_least": f"{lower}+",
        "more_than": f">{(lower or 1) - 1}",
        "fewer_than": f"<{(upper or 0) + 1}",
        "at_most": f"<={upper}",
        "about": f"{lower}~{upper}",
        "between": f"{lower}-{upper}",
        "at_least_personally_seen": f"{lower} seen",
    }
    return f"{claim.status} {short.get(claim.relation or '', claim.relation)}"


def counts(sentence: str, language: str) -> str:
    claims = text.read(PAGES[language].format(sentence).encode(), "text/plain").claims
    return ", ".join(sorted(told(c) for c in claims if c.type == "casualty_count"))
