"""Kazakh: who said what, in sentences of our own, one cause of a wrong or missed reading each."""

from __future__ import annotations

import pytest

from kuager.instruments import text
from kuager.instruments.text.kazakh.people import kind


def said(page: str) -> list[tuple[str, list[str], str]]:
    """Each attributed statement: its words, its chain by name and role, its form."""
    reading = text.read(page.encode(), "text/plain")
    names = {s.id: f"{s.name} {s.role or ''}".casefold() for s in reading.sources}
    forms = ("direct", "indirect", "mixed", "continued")
    return [(s.span.text, [names[c] for c in s.chain], s.form) for s in reading.statements if s.form in forms]


def of(page: str, words: str) -> list[str]:
    """The chain of the shortest statement that holds ``words``; fails where there is none."""
    found = [(len(span), chain) for span, chain, _ in said(page) if words in span]
    assert found, said(page)
    return min(found, key=lambda x: x[0])[1]


@pytest.mark.parametrize(
    ("phrase", "called"),
    [
        ("облыс әкімінің орынбасары", "person"),
        ("полиция департаментінің бастығы", "person"),
        ("көршіміз", "person"),
        ("облыстық полиция департаменті", "organisation"),
        ("Dala Press агенттігі", "organisation"),
        ("ауыл тұрғындары", "collective"),
    ],
)
def test_what_a_phrase_is(phrase: str, called: str) -> None:
    assert kind(phrase) == called


SENTENCES = [
    ("«Жол ашылады», – деді журналистерге басқарма басшысының орынбасары Олжас Темір.", "Жол ашылады", ["олжас темір"]),
    ("«Үйді тексереміз», – деп мәлімдеді комиссия төрайымы Марина Көлбай.", "тексереміз", ["көлбай"]),
    ("Облыс әкімі Ерлан Қуан жұмыстың бітпегенін айтты.", "бітпегенін", ["ерлан қуан"]),
    ("Полиция департаментінің бастығы Арман Қасым ешкімнің ұсталмағанын хабарлады.", "ұсталмағанын", ["арман қасым"]),
    ("Кеше үкімет отырысында министр Асқар Бейсен мектеп салынатынын айтты.", "салынатынын", ["асқар бейсен"]),
    ("Астаналық полиция департаменті ешкімнің ұсталмағанын мәлімдеді.", "ұсталмағанын", ["полиция департаменті"]),
    ("Анасының сөзінше, бала таңертең кеткен.", "таңертең кеткен", ["анасы"]),
    ("Полиция дерегіне сүйенсек, көше жабық болған.", "көше жабық", ["полиция"]),
    ("Өкіл Бекзат Сапардың мәлімдеуінше, ереуіл заңсыз.", "ереуіл заңсыз", ["бекзат сапар"]),
    ("Пойыз тоқтатылды, деп хабарлайды Dala Press агенттігі.", "Пойыз тоқтатылды", ["dala press агенттігі"]),
    ("«Су кеш келді, – дейді ауыл әкімі Иван Демин. – Ешкім ескертпеді».", "Су кеш келді", ["демин"]),
    ("Белсенді Нұрлан Жолдас айтты: «Бізге шындық керек».", "шындық керек", ["жолдас"]),
    ("Сейітов: «Қор жетеді».", "Қор жетеді", ["сейітов"]),
    ("«Іс тергеліп жатыр», – делінген полиция департаментінің жауабында.", "тергеліп", ["полиция департаменті"]),
    ("«Бәрі ұсталды», – деп ағынан жарылды Мақсат Айсауыт.", "Бәрі ұсталды", ["айсауыт"]),
    ("Осында үш баланың қайтыс болғаны туралы белсенді Нұрлан Жолдас жазған.", "қайтыс болғаны", ["жолдас"]),
    ("Тұрғындар әкімнің отставкаға кетуін талап етті.", "кетуін", ["тұрғындар"]),
    ("Human Rights Watch ұйымы ұсталғандарды босатуды талап етті.", "босатуды", ["human rights watch"]),
    ("Бұл туралы X. Көпір құлады. Бұл туралы облыстық департамент хабарлады.", "Көпір құлады", ["департамент"]),
]


@pytest.mark.parametrize(("page", "words", "chain"), SENTENCES)
def test_one_sentence(page: str, words: str, chain: list[str]) -> None:
    found = of(page, words)
    assert len(found) == len(chain), found
    assert all(want in name for want, name in zip(chain, found, strict=True)), found


def test_a_paper_passes_on_what_a_minister_said() -> None:
    page = "Министр Асқар Бейсен 84 адамның қаза тапқанын айтты, – деп хабарлайды Tanba.kz агенттігі."
    found = of(page, "қаза тапқанын")
    assert "асқар бейсен" in found[0]
    assert "tanba.kz" in found[1]


def test_kin_by_its_ending_is_nobodys_name() -> None:
    reading = text.read("Ағам: «Кет», – деді. Содан кейін бәрі кетті.".encode(), "text/plain")
    assert [s.anonymous for s in reading.sources if "ағам" in s.name.casefold()] == [True]


def test_who_is_defended_does_not_speak() -> None:
    page = "Айыпталушы Бауыржан Сейдахметтің адвокаты Әділ Секербай сөз сөйледі. Оның айтуынша, айғақ жоқ."
    assert "секербай" in of(page, "айғақ жоқ")[0]


def test_called_so_is_not_said() -> None:
    assert not said("«Жаңа Жетісу» деп аталатын ауылда үш адам тұрады.")
    assert not said("«Үйге барамын» деген екі жүз адам жиналды.")


def test_a_dashed_line_is_its_speakers_from_the_dash_on() -> None:
    page = "Әкесі ұлының бармағанын айтады. – Баламды атып кетті. Енді оны кінәлі дейді, – дейді Болат Қуат."
    assert "болат қуат" in of(page, "Баламды атып кетті")[0]


def test_a_quotation_waits_for_its_own_cue() -> None:
    page = "«Біз тұрмыз», – деді топ. «Түнде ұйықтадық. Ешкім қуған жоқ», – деді жиналғандардың бірі Мәдина Көкен."
    assert "көкен" in of(page, "Түнде ұйықтадық")[0]
    assert "көкен" in of(page, "Ешкім қуған жоқ")[0]
