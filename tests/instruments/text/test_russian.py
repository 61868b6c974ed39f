"""Russian: who said what, in sentences of our own, one cause of a wrong or missed reading each."""

from __future__ import annotations

import pytest

from kuager.instruments import text
from kuager.instruments.text.cyrillic.given import gender, is_given_in_case
from kuager.instruments.text.russian.cases import from_accusative, from_locative, nominative
from kuager.instruments.text.russian.people import kind


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


CASES = {
    "заместителя министра внутренних дел Марата Сеитова": "заместитель министра внутренних дел Марат Сеитов",
    "Павла Громова": "Павел Громов",
    "Айжан Куспановой": "Айжан Куспанова",
    "главы села Ивана Дёмина": "глава села Иван Дёмин",
    "местных жителей": "местные жители",
    "городской больницы": "городская больница",
    "областного департамента полиции": "областной департамент полиции",
    "одного из рабочих": "один из рабочих",
    "жительницы Уральска Анны Лисиной": "жительница Уральска Анна Лисина",
    "Петра Кузьмича Лаптева": "Пётр Кузьмич Лаптев",
    "Марии Ивановны Шумовой": "Мария Ивановна Шумова",
    "очевидцев": "очевидцы",
    "Кима": "Ким",
    "Лапиной": "Лапина",
    "матери": "мать",
    "агентства": "агентство",
}


@pytest.mark.parametrize("genitive", CASES)
def test_genitive(genitive: str) -> None:
    assert nominative(genitive) == CASES[genitive]


@pytest.mark.parametrize(
    ("phrase", "base"),
    [
        ("министерстве обороны", "министерство обороны"),
        ("областном управлении полиции", "областное управление полиции"),
        ("районной больнице", "районная больница"),
        ("Генпрокуратуре", "Генпрокуратура"),
        ("компании «Арна»", "компания «Арна»"),
        ("ДЧС области", "ДЧС области"),
    ],
)
def test_prepositional(phrase: str, base: str) -> None:
    assert from_locative(phrase) == base


def test_accusative() -> None:
    assert from_accusative("пресс-службу дороги") == "пресс-служба дороги"
    assert from_accusative("дорожную полицию") == "дорожная полиция"
    assert from_accusative("адвоката Павла Громова") == "адвокат Павел Громов"


@pytest.mark.parametrize(
    ("phrase", "called"),
    [
        ("бывший глава управления", "person"),
        ("жительница села", "person"),
        ("источник в прокуратуре", "person"),
        ("замглавы МВД", "person"),
        ("корреспондент агентства «Степь»", "person"),
        ("местные жители", "collective"),
        ("областная прокуратура", "organisation"),
        ("управление образования", "organisation"),
    ],
)
def test_what_a_phrase_is(phrase: str, called: str) -> None:
    assert kind(phrase) == called


SENTENCES = [
    # page, words of the statement, chain
    ("«Рейс отменят», — сказал журналистам начальник вокзала Олег Ремизов.", "Рейс отменят", ["ремизов"]),
    ('Как рассказала "Заре степи" адвокат Инна Лугова, её не пустили в суд.', "не пустили", ["лугова"]),
    ("Замминистра Данияр Есенов на вопрос журналистов ответил, что денег нет.", "денег нет", ["есенов"]),
    ("В ходе брифинга министр Данияр Есенов сообщил, что денег нет.", "денег нет", ["есенов"]),
    ("В пресс-службе завода рассказали, что печь остановлена.", "печь", ["пресс-служба завода"]),
    ("В МЧС Казахстана сообщили, что печь остановлена.", "печь", ["мчс"]),
    ("По мнению эксперта Павла Громова, плотина не выдержит.", "плотина", ["павел громов эксперт"]),
    ("По словам Айжан Куспановой, плотина не выдержит.", "плотина", ["айжан куспанова"]),
    ("Плотина не выдержит, передаёт Stepnews.kz.", "Плотина", ["stepnews.kz"]),
    ("Компания «Dala Neft» заявила, что плотина цела.", "плотина цела", ["dala neft"]),
    ("«Зелёная лига» потребовала остановить печь.", "остановить печь", ["зелёная лига"]),
    ("Печь остановили, перечислил и прочее глава цеха Лев Носов.", "Печь остановили", ["носов"]),
    ("Прошлой ночью, утверждает ведомство, сбили семь дронов.", "семь дронов", ["ведомство"]),
    ("Раненых, по словам врача Анны Лисиной, нет.", "нет", ["лисина"]),
    ("«Печь цела», — цитирует газета «Заря» Павла Громова.", "Печь цела", ["громов"]),
    ("«Печь цела», — говорится в сообщении завода.", "Печь цела", ["завод"]),
    ("В отчёте палаты отмечается, что печь цела.", "печь цела", ["палат"]),
    ("В акимате забастовку назвали незаконной.", "незаконной", ["акимат"]),
    ("Громов назвал это вымыслом: «Печь цела».", "Печь цела", ["громов"]),
    ("«Мы ждали, — рассказал Павел Громов, глава лиги «Зелёный мир». — Никто не пришёл».", "Мы ждали", ["громов"]),
    ("— Печь цела, — тихо добавил Павел Громов.", "Печь цела", ["громов"]),
    ("Он отметил, что печь цела. «Всё», — сказал Лев Носов.", "Всё", ["носов"]),
    ("Мэр: спасены двое рабочих.", "спасены двое", ["мэр"]),
    ("И.о. министра труда Лев Носов: «Приказа не было».", "Приказа не было", ["носов"]),
    ("Житель столицы, назвавшийся Рустамом, сказал, что стреляли ночью.", "стреляли ночью", ["столицы"]),
    ("«Пришли ночью», — добавила женщина, представившаяся Татьяной.", "Пришли ночью", ["татьян"]),
    ("«Пришли ночью», — сказала жительница села Степное, учительница Анна Лисина.", "Пришли", ["лисина"]),
]


@pytest.mark.parametrize(("page", "words", "chain"), SENTENCES)
def test_one_sentence(page: str, words: str, chain: list[str]) -> None:
    found = of(page, words)
    assert len(found) == len(chain), found
    assert all(want in name for want, name in zip(chain, found, strict=True)), found


RELAYS = [
    (
        "Печь остановили, сообщает «Заря степи» со ссылкой на пресс-службу завода.",
        "Печь",
        ["пресс-служба", "заря степи"],
    ),
    ("«Заря» со ссылкой на источник в прокуратуре сообщила, что печь остановили.", "печь", ["источник", "заря"]),
    ("Печь остановили на сутки. Об этом сообщил директор Лев Носов.", "Печь", ["носов"]),
    ("Печь остановили на сутки.\n\nОб этом в своём канале написал директор Лев Носов.", "Печь", ["носов"]),
    (
        "Печь остановили на сутки. Об этом сообщает «Заря» со ссылкой на директора Льва Носова.",
        "Печь",
        ["носов", "заря"],
    ),
    ("Лига заявила, что печь остановлена, передаёт «Заря».", "печь остановлена", ["лига", "заря"]),
    ("Как передаёт радио «Эхо», профсоюз заявил, что печь остановлена.", "печь остановлена", ["профсоюз", "эхо"]),
]


@pytest.mark.parametrize(("page", "words", "chain"), RELAYS)
def test_the_origin_comes_first(page: str, words: str, chain: list[str]) -> None:
    found = of(page, words)
    assert len(found) == len(chain), found
    assert all(want in name for want, name in zip(chain, found, strict=True)), found


def test_a_dashed_line_is_its_speakers_from_the_dash_on() -> None:
    page = "— Я стоял у двери. Диспетчер сказал: ждите. Никто не вышел, — вспоминает сторож Лев Носов."
    for words in ("стоял у двери", "Диспетчер сказал", "Никто не вышел"):
        assert "носов" in of(page, words)[0]
    assert all(len(chain) == 1 for _, chain, _ in said(page))


def test_a_long_quotation_waits_for_its_own_cue() -> None:
    page = (
        "По данным газеты «Заря», печь стояла.\n\n"
        '"Нас не пустили. Мы ждали до утра. Потом ушли", - рассказала корреспонденту врач Анна Лисина.'
    )
    for words in ("Нас не пустили", "ждали до утра", "Потом ушли"):
        assert "лисина" in of(page, words)[0]


def test_a_quotation_goes_on_only_from_a_persons_own_words() -> None:
    page = (
        "Канал «Сирена» утверждал, что печь цела. Подтверждения нет.\n\n«Позвонил чужой голос. Потом гудки».\n\nДальше."
    )
    assert not [x for x in said(page) if "Позвонил" in x[0]]


def test_one_name_in_several_cases() -> None:
    page = (
        "По словам эксперта Павла Громова, плотина не выдержит.\n\n«Её не чинили», — сказал Громов. "
        "Павлу Громову не ответили. По мнению Павла Громова, виноват подрядчик."
    )
    assert {tuple(chain) for _, chain, _ in said(page)} == {("павел громов эксперт",)}


def test_a_name_without_a_family_ending_in_several_cases() -> None:
    page = "С Сериком Кимом мы встретились в среду. По словам Кима, печь стоит.\n\n«Денег нет», — сказал Серик Ким."
    assert {tuple(chain) for _, chain, _ in said(page)} == {("серик ким ",)}


def test_an_office_is_who_holds_it_on_the_page() -> None:
    page = "Министр Данияр Есенов приехал в село. «Воды хватит», — сказал министр."
    assert "есенов" in of(page, "Воды хватит")[0]


def test_his_words_in_a_sentence_that_names_another_are_left_open() -> None:
    page = "Павел Громов вышел из зала. Суд вызвал врача тюрьмы; по его мнению, больной здоров."
    assert not of(page, "больной здоров")


def test_a_sister_speaks_and_not_her_brother() -> None:
    page = "Лев Носов молчал весь день. Его сестра Анна звонила в цех, но, по её словам, там бросали трубку."
    assert "анна" in of(page, "бросали трубку")[0]


def test_they_are_the_several_who_stood_as_subject() -> None:
    page = (
        "Правозащитники назвали свою цифру. «Нас было много», — сказали правозащитники.\n\n"
        "Спасатели из отряда «Белый парус» подняли лодку. По их словам, в лодке было девять человек."
    )
    assert "спасатели" in of(page, "девять человек")[0]


def test_his_brother_behind_an_owner() -> None:
    assert "бахыт" in of("Брат Оналбаева, Бахыт, говорит, что морг был полон.", "морг был полон")[0]


def test_who_did_something_else_first() -> None:
    found = of("«Поеду я», — сказал Багдат и завёл машину.", "Поеду я")
    assert found[0].strip() == "багдат"


def test_what_is_only_felt_or_shown_is_not_said() -> None:
    assert not said("Жители боятся идти в больницу.")
    assert not said("Он показал паспорт и ушёл.")


def test_a_line_with_a_name_announces_the_next_paragraph() -> None:
    page = "Рассказы\n\nВот рассказы.\n\nАйбек, студент:\n\nМы пришли к восьми. Никто не кричал.\n\nВот и всё."
    assert "айбек" in of(page, "Мы пришли к восьми")[0]
    assert "айбек" in of(page, "Никто не кричал")[0]
    assert not [x for x in said(page) if "Вот и всё" in x[0]]


def test_any_verb_behind_a_quotation() -> None:
    assert "женщина" in of("«Она звала меня», — плачет женщина.", "звала меня")[0]
    assert not said("«Заря» — стоит у самого моря и видна издали.")


def test_a_second_speaker_without_a_verb() -> None:
    page = "Прокуратура сообщила, что проверка начата, а в полиции — что гид задержан."
    assert "прокуратура" in of(page, "проверка начата")[0]
    assert "полиция" in of(page, "гид задержан")[0]


def test_having_said() -> None:
    page = "Её поддержал прокурор области Андрей Кротов, заявивший, что предписаний было девять."
    assert "кротов" in of(page, "предписаний было девять")[0]


def test_he_past_somebody_unnamed_is_left_open() -> None:
    page = (
        "Прокурор района Лев Носов приехал вечером. «Проверим», — сказал Носов.\n\n"
        "Отец семьи был на смене. Мужчина уехал ещё в марте. Он сказал, что узнал обо всём утром."
    )
    assert not [c for words, c, _ in said(page) if "узнал обо всём" in words and c and "носов" in c[0]]


def test_one_ministry_under_two_names() -> None:
    page = "Минздрав сообщил, что раненых двое. Министерство здравоохранения уточнило, что раненых трое."
    assert len({tuple(chain) for _, chain, _ in said(page)}) == 1


def test_names_are_people_and_bodies_are_not() -> None:
    page = (
        "Ерболат сказал, что болен. Компания «Dala Neft» сообщила, что скважина цела. "
        "Очевидцы рассказали, что был взрыв. "
        "Stepnews.kz сообщает, что дорога закрыта."
    )
    reading = text.read(page.encode(), "text/plain")
    kinds = {s.name: (s.kind, s.anonymous) for s in reading.sources}
    assert kinds["Ерболат"] == ("person", False)
    assert [kind for name, (kind, _) in kinds.items() if "Dala" in name] == ["organisation"]
    assert kinds["Очевидцы"][0] == "collective"
    assert kinds["Stepnews.kz"][0] != "person"


def test_a_source_without_words_said_nothing() -> None:
    assert not said("Как пишет «Заря» со ссылкой на адвоката Павла Громова.")


def test_given_names_in_any_case() -> None:
    assert is_given_in_case("Рустамом")
    assert is_given_in_case("Айгүлдің")
    assert not is_given_in_case("Романа")  # as often a book
    assert not is_given_in_case("Понедельник")
    assert (gender("Серик"), gender("Айгуль")) == ("m", "f")
