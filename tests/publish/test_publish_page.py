from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from testimonia.publish import MARK, publish
from testimonia.publish.doubts import doubts
from testimonia.publish.headline import headline
from testimonia.publish.words import amount, chain, dates, how_known, place, safe, spot
from testimonia.records import Claim, Count, Failure, Place, Speaker, When
from tests.publish.newsroom import SUMY, alone, claim, document, event, gathered, many, newsroom, on

HOSTILE = (
    "<script>alert(1)</script> He said </mark></blockquote><img src=x onerror=alert(2)> that \"three' \u202edied\u202c "
    "in {{ 7*7 }} {% raw %} &lt;b&gt; houses"
)


def text_of(folder: Path) -> str:
    return (folder / "index.html").read_text(encoding="utf-8")


def hostile(folder: Path) -> str:
    doc = document(
        f"{HOSTILE}. And rain.",
        'x" onmouseover="alert(3).txt',
        outlet="<b onclick=alert(4)>Outlet</b>",
        title="</title><script>alert(5)</script>",
        url="javascript:alert(6)",
        lang='en" onload="alert(7)',
        alignment="<i>",
        author="<u>",
    )
    made = claim(doc, HOSTILE, "killing", speaker=Speaker("<s>x</s>", None, ("<em>",)), actor="<party>", group='"g"')
    happening = replace(event(1, [made]), handle='evt-"><script>alert(8)</script>')
    told = alone(happening, [made], number_rule="<rule>", unit="<unit>", low=3, high=4)
    failure = Failure("<file>", "<part>", "<stage>", "<reason>", "<remedy>")
    publish(gathered([doc], [made], [happening], [told], failures=(failure,), settings_text="</pre><p>"), folder)
    return text_of(folder)


def test_hostile_text_makes_no_element_and_no_attribute(tmp_path: Path) -> None:
    tree = html.fromstring(hostile(tmp_path / "internal"))
    assert len(tree.findall(".//script")) == 1
    assert not tree.findall(".//img")
    assert not [name for element in tree.iter() for name in element.attrib if str(name).startswith("on")]
    assert not [e for e in tree.iter("a") if not str(e.get("href")).startswith("#")]
    marked = [element.text_content() for element in tree.findall(".//blockquote/mark")]
    assert marked == [HOSTILE.replace("\u202e", "[U+202E]").replace("\u202c", "[U+202C]")]


def test_direction_signs_are_written_out(tmp_path: Path) -> None:
    text = hostile(tmp_path / "internal")
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert "[U+202E]died[U+202C]" in text


def test_the_page_lets_only_its_own_style_and_script_run(edition: Path) -> None:
    tree = html.fromstring(text_of(edition))
    policy = tree.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (element,) = tree.findall(f".//{tag}")
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


def test_the_page_is_marked_above_and_below(edition: Path) -> None:
    tree = html.fromstring(text_of(edition))
    mark = MARK.capitalize()
    assert tree.find(".//aside[@class='edition']").text_content() == mark
    assert mark in tree.find(".//footer").text_content()
    assert all(MARK in table.find("caption").text_content() for table in tree.iter("table"))


def test_the_head_says_how_many_there_are(edition: Path) -> None:
    tree = html.fromstring(text_of(edition))
    sums = [item.text_content() for item in tree.find(".//ul[@class='sums']")]
    assert sums == ["7 documents", "14 claims", "6 events", "2 contested"]


def test_a_denial_or_a_plan_is_never_listed_as_an_event(edition: Path) -> None:
    tree = html.fromstring(text_of(edition))
    events = tree.get_element_by_id("events").text_content()
    others = tree.get_element_by_id("others")
    assert "Denied: detention, place not stated, date not stated" in others.text_content()
    assert "Planned: imposed order" in others.text_content()
    assert "Expected: displacement of" not in events
    assert not re.search(r"\b(Denied|Planned|Expected):", events)
    assert "detention" not in tree.get_element_by_id("timeline").text_content()


def test_every_claim_stands_on_the_page_once_with_its_words_marked(edition: Path) -> None:
    tree = html.fromstring(text_of(edition))
    marked = sorted(element.text_content() for element in tree.findall(".//blockquote/mark"))
    assert marked == sorted(c.quote.text for c in newsroom().claims.values())


def test_a_quote_has_its_language_and_its_document(edition: Path) -> None:
    tree = html.fromstring(text_of(edition))
    quote = next(q for q in tree.iter("blockquote") if "Загинули" in q.text_content())
    assert quote.get("lang") == "uk"
    caption = quote.getnext().text_content()
    for said in ("Річковий кур'єр", "alignment given: ukrainian", "stated as fact", "лікарня, as cited by речник"):
        assert said in caption
    link = quote.getnext().find(".//a").get("href")[1:]
    assert tree.get_element_by_id(link) is not None


def test_every_link_leads_somewhere(edition: Path) -> None:
    tree = html.fromstring(text_of(edition))
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {a.get("href")[1:] for a in tree.iter("a")} <= set(ids)


def test_an_event_is_found_by_its_handle(edition: Path) -> None:
    tree = html.fromstring(text_of(edition))
    assert all(tree.get_element_by_id(e.handle).tag == "article" for e in newsroom().events.values())


def test_what_is_hard_to_read_is_labelled_and_closed(edition: Path) -> None:
    tree = html.fromstring(text_of(edition))
    for number, kind in (("4", "torture"), ("5", "sexual violence")):
        details = tree.get_element_by_id(f"evt-{number:0>12}").find(".//details")
        assert details.get("open") is None
        assert f"Hard to read: {kind}" in details.find("summary").text_content()


def test_what_stands_beside_an_account_of_torture_is_closed_too(tmp_path: Path) -> None:
    doc = document("He was beaten in the cellar and his shop was looted.", "a.txt")
    beaten, looted = claim(doc, "He was beaten in the cellar", "torture"), claim(doc, "his shop was looted", "property")
    events = [event(1, [beaten]), event(2, [looted])]
    publish(gathered([doc], [beaten, looted], events, []), tmp_path / "internal")
    details = html.fromstring(text_of(tmp_path / "internal")).get_element_by_id("evt-000000000002").find(".//details")
    assert details.get("open") is None
    assert "torture" in details.find("summary").text_content()


def test_both_sides_of_a_contradiction_stand_with_their_sources(edition: Path) -> None:
    card = html.fromstring(text_of(edition)).get_element_by_id("evt-000000000002")
    sides = [" ".join(item.text_content().split()) for item in card.findall(".//div[@class='against']//li")]
    assert sides == [
        "at least 3Mirror Post, 4 July 2026; North Wire, 3 July 2026",
        "5North Wire, 3 July 2026; Річковий кур'єр, 4 July 2026",
    ]


def test_origins_are_told_with_their_reasons(edition: Path) -> None:
    card = html.fromstring(text_of(edition)).get_element_by_id("evt-000000000002").text_content()
    assert "2–3 independent origins" in card
    assert "copies: 0.86 of the shorter text stands in the other" in card


def test_totals_say_what_cannot_be_estimated(edition: Path) -> None:
    totals = html.fromstring(text_of(edition)).get_element_by_id("estimates").text_content()
    assert "At least 3" in totals
    assert "lists that do not overlap" in totals


def test_the_timeline_says_how_many_events_it_draws(edition: Path, tmp_path: Path) -> None:
    assert "6 of 6 events drawn, 2 of them without a stated date" in text_of(edition)
    publish(many(400), tmp_path / "internal")
    tree = html.fromstring(text_of(tmp_path / "internal"))
    rows = tree.findall(".//section[@id='timeline']//tbody/tr")
    assert sum(int(row.find("td").text_content()) for row in rows) == 400


def test_a_thousand_events_stay_below_five_megabytes(tmp_path: Path) -> None:
    publish(many(1500), tmp_path / "internal")
    assert (tmp_path / "internal" / "index.html").stat().st_size < 5_000_000


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-07-03", "2026-07-03", "3 July 2026"),
        ("2026-07-02", "2026-07-05", "2–5 July 2026"),
        ("2026-06-28", "2026-07-02", "28 June – 2 July 2026"),
        ("2025-12-30", "2026-01-02", "30 December 2025 – 2 January 2026"),
        ("2026-02-01", "2026-02-28", "February 2026"),
        ("2026-03-01", "2026-05-31", "March–May 2026"),
        ("2026-01-01", "2026-12-31", "2026"),
        ("2024-01-01", "2026-12-31", "2024–2026"),
        ("2023-12-01", "2024-01-31", "December 2023 – January 2024"),
    ],
)
def test_dates_in_words(first: str, last: str, said: str) -> None:
    assert dates(on(first, last)) == said


@pytest.mark.parametrize(
    ("low", "high", "unit", "said"),
    [
        (3, 5, "person", "3–5 persons"),
        (73, None, "person", "at least 73 persons"),
        (1, None, "person", "at least 1 person"),
        (0, 1, "person", "0–1 persons"),
        (None, 50, "person", "up to 50 persons"),
        (1, 1, "person", "1 person"),
        (10000, 10000, "item", "10,000 things"),
        (2.5, 2.5, "percent", "2.5 per cent"),
        (None, None, "person", ""),
    ],
)
def test_numbers_in_words(low: float | None, high: float | None, unit: str, said: str) -> None:
    assert amount(low, high, unit) == said


def test_places_say_how_precisely_they_are_known() -> None:
    assert place(SUMY, "Sumy Oblast") == "Sumy (settlement), Sumy Oblast"
    assert place(None, "Sumy Oblast") == "Sumy Oblast (oblast only)"
    open_ = Place("Oleksandrivka", precision="unresolved", candidates=("UA1", "UA2"))
    assert place(open_, None) == "Oleksandrivka (which of 2 is open)"
    assert spot(Place("Donbas", precision="wider"), None) == ("Donbas", "known to the wider region")
    assert place(Place("Sumy Oblast", precision="oblast"), "Sumy Oblast") == "Sumy Oblast (oblast only)"
    assert place(None, None) == ""
    assert spot(Place("Lypove", precision="unresolved"), None) == ("Lypove", "several places have this name")


def test_a_chain_of_speakers_runs_from_the_nearest_outwards() -> None:
    speaker = Speaker("the ministry", "official", ("the paper", "agencies"))
    assert chain(speaker) == "the ministry (official), as cited by agencies, as cited by the paper"


def of(modality: str, type_: str = "killing", group: str | None = None) -> Claim:
    doc = document("Three died.", "a.txt")
    return claim(doc, "Three died", type_, modality=modality, count=Count(3, 3), group=group)


def test_a_headline_says_first_what_is_not_stated() -> None:
    made = of("alleged", group="child")
    happening = event(1, [made], place=SUMY, adm1="Sumy Oblast", when=on("2026-07-03"))
    told = alone(happening, [made], unit="person", low=3, high=5)
    where = "Sumy (settlement), Sumy Oblast, 3 July 2026"
    assert headline(happening, told, [made], "stated") == f"Killing of 3–5 persons (children), {where}"
    assert headline(happening, told, [made], "alleged only") == f"Alleged: killing of 3–5 persons (children), {where}"
    assert headline(happening, None, [made], "denied") == f"Denied: killing, {where}"


@pytest.mark.parametrize(
    ("type_", "unit", "actors", "said"),
    [
        ("property", "item", (None,), "Property damaged or taken: 5 things, "),
        ("shelling", "item", (None,), "Shelling: 5 things, "),
        ("detention", "day", (None,), "Detention for 5 days, "),
        ("territory", None, ("ua_forces", None), "Territory held, taken or left by Ukrainian forces, "),
        ("territory", None, ("ua_forces", "ru_forces"), "Territory held, taken or left, "),
    ],
)
def test_a_headline_says_what_is_counted_and_who_is_said_to_hold_what(
    type_: str, unit: str | None, actors: tuple[str | None, ...], said: str
) -> None:
    claims = [replace(of("asserted", type_), actor=actor) for actor in actors]
    happening = event(1, claims[:1])
    told = alone(happening, claims[:1], unit=unit, low=5, high=5) if unit else None
    assert headline(happening, told, claims, "stated").startswith(said)


def test_a_long_span_is_not_said_to_be_known_to_a_few_days() -> None:
    assert how_known(When(date(2023, 5, 1), date(2023, 5, 3), "days")) == "known to a few days"
    assert "over all of them" in how_known(When(date(2022, 11, 11), date(2025, 11, 13), "days"))


def test_the_same_note_on_many_messages_of_a_file_is_one() -> None:
    told = [replace(document(f"Text {n}.", "result.json"), part=f"message/{n}", notes=("Cut off.",)) for n in (1, 2)]
    assert [doubt.said for doubt in doubts(told)] == ["result.json (2 documents): Cut off."]


def test_a_group_named_by_one_claim_alone_is_not_said_of_all() -> None:
    assert "children" not in headline(
        event(1, [of("asserted")]), None, [of("asserted"), of("asserted", group="child")], "stated"
    )


def test_ordinary_text_is_left_as_it_is() -> None:
    text = "Ні, — сказала пані Оксана, — «це не\u00a0так»; 5\u200d🙂"
    assert safe(text) == text
    assert safe("a\x00b\x07\u2066c") == "a[U+0000]b[U+0007][U+2066]c"


def test_a_side_of_a_contradiction_leads_to_the_words_that_state_it(edition: Path) -> None:
    tree = html.fromstring(text_of(edition))
    side = tree.get_element_by_id("evt-000000000002").findall(".//div[@class='against']//li")[1]
    targets = [tree.get_element_by_id(a.get("href")[1:]) for a in side.iter("a")]
    assert [target.find(".//mark").text_content() for target in targets] == ["five dead", "Загинули п'ятеро людей"]


def test_a_total_leads_to_the_events_that_it_is_from(edition: Path) -> None:
    totals = html.fromstring(text_of(edition)).get_element_by_id("estimates")
    assert [a.get("href") for a in totals.iter("a")] == ["#evt-000000000002"]
