"""Persons by their names: whom a name, whole or bare, stands for among the sources and the page's cast."""

from __future__ import annotations

import re

from kuager.instruments.text.cyrillic import given as cyrillic_given
from kuager.instruments.text.who import given as given_names
from kuager.instruments.text.who import names
from kuager.instruments.text.who.cast import Named
from kuager.instruments.text.who.entry import Entry
from kuager.instruments.text.who.mention import Parsed, parse
from kuager.instruments.text.who.register import Register
from kuager.instruments.text.who.roles import ending, sex

Range = tuple[int, int]


class Persons(Register):
    """Gathers what is said under a person's names."""

    def alias(self, name: Range, entry: Entry) -> None:
        """ "Erlan Idrissov made the comments": gives the description spoken of before its name."""
        parsed = parse(self.view[slice(*name)])
        if not parsed.named or entry.family or entry.kind == "commenter":
            return
        entry.role = entry.role or entry.name
        entry.name = parsed.name
        self._name(entry, names.fold(parsed.family), names.fold(parsed.given))
        entry.gender = given_names.gender(parsed.given)
        entry.anonymous = False
        entry.at_risk = entry.side in ("witness", "protesters", "medical")
        entry.mentions.append(name)
        self.touch(entry)

    def _namesake(self, whole: list[Named], spoke: list[Entry]) -> Entry | None:
        """Which of several persons a bare family name means: the only one who was heard of just now."""
        heard = {e.given for e in spoke if e.at >= self._near}
        heard |= {p.given for p in whole if any(self._near <= at < self._at for at in p.at)}
        person = next((p for p in whole if {p.given} == heard), None)
        if person is None and not heard:
            # The one of them who has spoken on the page, if nobody else of that name was named since.
            last = max(whole, key=lambda p: max((at for at in p.at if at < self._at), default=-1))
            person = last if {e.given for e in spoke if e.spoke >= 0} == {last.given} else None
        return self.enlist(person) if person is not None else None

    def person(self, parsed: Parsed) -> Entry | None:
        """The person a name stands for: by folded family name, and given name where both are known.

        ``None`` where a bare family name may be two persons'.
        """
        if re.search(r"[а-яёәғқңөұүһі]", parsed.family):
            given, family = self.cast.align(parsed.given, parsed.family)
        else:
            family, given = names.fold(parsed.family), names.fold(parsed.given)
        role = None if parsed.role and re.fullmatch(r"(?:mr|mrs|ms|miss|dr|sir)\.?", parsed.role, re.I) else parsed.role
        gender = (
            given_names.gender(parsed.given)
            or ending(parsed.given, parsed.family)
            or cyrillic_given.gender(parsed.given or parsed.family)
        )
        if not gender and parsed.role and not parsed.role.startswith("whose"):
            # "Mr. Mathieson's wife" is told by "wife".
            gender = sex(names.head(re.sub(r"^.*['’]s? ", "", parsed.role)))
        gender = gender or self.cast.gender_of(family)
        same = [e for e in self._families.get(family, ()) if self._fits(e, gender) and _same_given(given, e.given)]
        whole = self.cast.namesakes(family, self._before, gender) if not given else []
        if len(whole) > 1:
            return self._namesake(whole, same)
        # A bare family name is the person most spoken of; a full name after a bare one may be a relative's.
        entry = max(same, key=lambda e: (e.given == given, len(e.mentions)), default=None)
        if entry is not None and given and not entry.given:
            entry = None
        if entry is None and not given:
            named = self.cast.whole(family, self._before) or self.cast.first_name(family, self._before)
            if named is not None and self._fits_named(named, gender):
                return self.enlist(named)
        if entry is None:
            role = role or self.cast.role_of(given, family) or None
            entry = self._make(f"person|{family}|{given}", parsed.name, role, f"{role or ''}", "person", False)
            self._name(entry, family, given)
            entry.gender = gender
            return entry
        entry.gender = entry.gender or gender
        if role and not entry.role:
            entry.role = role
            entry.side = names.side(role) if entry.side == "other" else entry.side
        return entry

    def _name(self, entry: Entry, family: str, given: str) -> None:
        entry.family, entry.given = family, given
        self._families.setdefault(family, []).append(entry)

    @staticmethod
    def _fits_named(named: Named, gender: str) -> bool:
        return not (gender and named.gender and gender != named.gender)

    def enlist(self, named: Named) -> Entry:
        """The source for a person of the cast."""
        entry = next((e for e in self._families.get(named.family, ()) if e.given == named.given), None)
        if entry is None:
            role = named.role or None
            entry = self._make(f"person|{named.family}|{named.given}", named.name, role, role or "", "person", False)
            self._name(entry, named.family, named.given)
        entry.gender = entry.gender or named.gender
        return entry


def _same_given(a: str, b: str) -> bool:
    """Whether two given names may be one: equal, one missing, or one an initial of the other."""
    return not a or not b or a == b or (a[0] == b[0] and min(len(a), len(b)) <= 2)
