"""The guard of search: personal names in three languages, and what is none."""

from __future__ import annotations

import pytest

from testimonia.names import asks_for_holder, bears_name, is_personal_name, means_holder, personal_names
from testimonia.packs import Packs

NAMES = [
    "коваленко", "olena kovalenko", "Олена Коваленко", "Оленою Коваленко", "Ivan Petrov", "иван петров", "Петренко",
    "Шевчук Марія", "Марія Іванівна", "Сергей Сергеевич", "Ольга Петровна", "Tetiana", "Bondarchuk",
    "бондаренко тетяна",
    "Oleksandr Vasyliovych", "І. Ковальчук", "Kovalenko*", '"Ірина Мельник"', "Мельник Ірина", "Наталья Гончаренко",
    "Сидоренко Херсон", "Kherson Kovalenko", "Андрій Зеленський", "John Smith", "Иванова Мария", "Hanna Tkachenko",
    "Павло Романюк", "Гриценка", "kovalenko", "PETRENKO", "Петренко AND Херсон", "Василь Путін", "Лысенко", "Liudmyla",
    "Свєтлана Кравченко", "Мустафаев Рефат", "Д. Кузьменко", "Marchenko", "Катерині Савченко", "Anna-Maria Bondar",
]  # fmt: skip
NO_NAMES = [
    "Kherson", "Херсон", "херсоні", "Mariupol theatre", "Putin", "Путин", "путіна", "Zelensky", "Володимир Зеленський",
    "Kakhovka dam", "каховська гес", "shelling", "обстріл", "обстрелы", "Russian forces", "ЗСУ", "российские войска",
    "detained", "військові", "Azovstal", "Азовсталь", "Bakhmut", "drones Belgorod", "Гладков", "civilians killed",
    "referendum", "паспорт", "passports", "катівня", "Nova Kakhovka", "Харківська область", "Guterres", "power station",
    "мирные жители", "evacuation children", "Zaporizhzhia Nuclear Power Plant", "Сумщина", "train station Kramatorsk",
    "Шойгу", "хліб", "water", "прокуратура", "", "25", "2022-03-16",
]  # fmt: skip


@pytest.mark.parametrize("query", NAMES)
def test_a_personal_name_is_known(query: str, packs: Packs) -> None:
    assert is_personal_name(query, packs)


@pytest.mark.parametrize("query", NO_NAMES)
def test_places_parties_office_holders_and_words_are_no_personal_names(query: str, packs: Packs) -> None:
    assert not is_personal_name(query, packs)


def test_the_archive_tells_a_rare_surname(packs: Packs) -> None:
    assert not is_personal_name("дзюрах", packs)
    assert is_personal_name("дзюрах", packs, ["У селі живе Олена Дзюрах, учителька."])


def test_names_are_found_in_a_text(packs: Packs) -> None:
    text = "The teacher Olena Kovalenko met Vladimir Putin near Nova Kakhovka. Суддя Іван Петренко мовчав."
    found = [text[start:end] for start, end in personal_names(text, packs)]
    assert any("Olena Kovalenko" in name for name in found)
    assert any("Іван Петренко" in name for name in found)
    assert not any("Putin" in name or "Kakhovka" in name for name in found)


@pytest.mark.parametrize(
    "query",
    ["Мельник", "мельника", "Коваль", "бойка", "Рибак", "Жук", "Кравец", "Мусаев", "Melnyk", "koval", "Bondar", "Smith",
     "resident Melnyk", "пані Коваль"],
)  # fmt: skip
def test_a_common_surname_is_a_personal_name_though_it_is_a_word_too(query: str, packs: Packs) -> None:
    assert is_personal_name(query, packs)


@pytest.mark.parametrize(
    ("query", "sentence", "text", "meant"),
    [
        ("Zelensky", "Zelensky spoke on Monday.", "President Volodymyr Zelensky came. Zelensky spoke on Monday.", True),
        ("Zelensky", "President Zelensky spoke.", "President Zelensky spoke.", True),
        ("Zelensky", "The baker Andriy Zelensky was shot.", "President Zelensky. Andriy Zelensky was shot.", False),
        ("Zelensky", "Zelensky was shot.", "President Zelensky. The baker Andriy Zelensky. Zelensky was shot.", False),
        ("Zelensky", "Zelensky, a baker, was detained.", "Zelensky, a baker, was detained.", False),
        ("Volodymyr Zelensky", "Volodymyr Bondar met Olena Zelensky.", "Volodymyr Bondar met Olena Zelensky.", False),
        ("Гладков", "Губернатор Гладков сообщил об обстреле.", "Губернатор Гладков сообщил об обстреле.", True),
        ("Гладков", "Слесаря Гладкова задержали.", "Слесаря Гладкова задержали.", False),
        ("Путін", "В. Путін виступив.", "В. Путін виступив.", True),
        ("Путін", "М. Путін виступив.", "М. Путін виступив.", False),
    ],
)  # fmt: skip
def test_the_surname_of_an_office_holder_finds_the_office_holder_alone(
    query: str, sentence: str, text: str, meant: bool, packs: Packs
) -> None:
    assert asks_for_holder(query, packs)
    assert means_holder(query, sentence, text, packs) == meant


@pytest.mark.parametrize("query", ["Andrey", "Kyrylo", "Aleksandr", "Tatiana"])
def test_the_other_spelling_of_an_office_holders_given_name_opens_nobody(query: str, packs: Packs) -> None:
    assert is_personal_name(query, packs)


@pytest.mark.parametrize(
    "label",
    ["Olena Kovalenko", "olena_kovalenko.txt", "Блог Івана Петренка", "interview-with-olena.docx", "Иван Иванович"],
)
def test_an_outlet_or_a_file_named_after_a_person_is_known(label: str, packs: Packs) -> None:
    assert bears_name(label, packs)


@pytest.mark.parametrize(
    "label",
    ["Southern Wire", "Таврическая хроника", "Левый берег. Коротко", "2022-10-21_pereprava-vidpovid.txt", "doc-3f2a1b",
     "The Kyiv Independent", "Суспільне Херсон", "Vladimir Putin"],
)  # fmt: skip
def test_other_outlets_and_files_are_named_after_nobody(label: str, packs: Packs) -> None:
    assert not bears_name(label, packs)


@pytest.mark.parametrize(
    "query",
    ["Абдуллаев", "абдуллаева", "Шишкин", "Чорновіл", "Стус", "Гогуа", "Nguyen", "Skliar", "Lebid", "Льоша", "Sasha",
     "050 123 45 67", "+38 (050) 123-45-67", "Херсон 0501234567", "АВ 1234567"],
)  # fmt: skip
def test_rare_and_foreign_surnames_short_names_and_numbers_are_guarded(query: str, packs: Packs) -> None:
    assert is_personal_name(query, packs)


@pytest.mark.parametrize(
    "query", ["надія", "любов", "вера", "16.03.2022", "2022-2023", "1 000 000", "Харьков", "Львов"]
)
def test_common_nouns_dates_round_numbers_and_towns_pass(query: str, packs: Packs) -> None:
    assert not is_personal_name(query, packs)


def test_the_archive_tells_a_surname_beside_a_given_name_in_two_parts(packs: Packs) -> None:
    assert not is_personal_name("Зуку", packs)
    assert is_personal_name("Зуку", packs, ["Учора затримали Амір-Хасіна Зуку в Криму."])
