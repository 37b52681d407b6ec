"""From files to documents: every format, and every kind of bad input."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.collect import Item, items, utf16_to_str, walk
from testimonia.errors import NotUnderstoodError, UnreadableError
from testimonia.records import Failure, When
from testimonia.settings import CollectSettings

FILES = Path(__file__).parent / "files"
SETTINGS = CollectSettings()
RU = "За сутки в городе ранены двенадцать человек, сообщила администрация. Ещё трое погибли."
UK = "За добу в місті поранено дванадцять людей, повідомила адміністрація. Ґанок зруйновано."
EN = "Twelve people were wounded in the town, the administration said. “No café was open.”"


def all_of(file: str, data: bytes) -> list[Item | Failure]:
    return list(items(file, data, SETTINGS))


def one(file: str, data: bytes) -> Item:
    found = all_of(file, data)
    assert len(found) == 1
    assert isinstance(found[0], Item)
    return found[0]


def kept(name: str) -> bytes:
    return (FILES / name).read_bytes()


# --- which files ---


def test_walking_yields_documents_in_order_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "sources.csv", ".hidden", ".git/x", "a/~$lock.docx", "a/sources.csv", "Thumbs.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [path.relative_to(tmp_path).as_posix() for path in walk(tmp_path)] == ["a/sources.csv", "a/z.txt", "b.txt"]


def test_links_out_of_the_folder_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text("x", encoding="utf-8")
    (folder / "real.txt").write_text("x", encoding="utf-8")
    try:
        (folder / "away.txt").symlink_to(tmp_path / "outside.txt")
        (folder / "near.txt").symlink_to(folder / "real.txt")
        (folder / "loop").symlink_to(folder)
    except OSError:
        pytest.skip("links need a privilege here")
    assert [path.name for path in walk(folder)] == ["near.txt", "real.txt"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"nowhere: there is no such folder"):
        list(walk(tmp_path / "nowhere"))


# --- plain text ---


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\r\n\t"), min_size=1))
def test_plain_text_is_the_decoded_bytes_and_nothing_else(text: str) -> None:
    data = text.encode()
    if text.strip("\ufeff \t\r\n") and not data.startswith(
        (b"MM\0*", b"RIFF", b"OggS", b"GIF8", b"ID3", b"%PDF", b"Rar!")
    ):
        assert one("a.txt", data).text == data.decode("utf-8")


def test_newlines_and_the_byte_order_mark_stay() -> None:
    data = "\ufeffOne.\r\nTwo.\rThree.\n".encode()
    assert one("a.txt", data).text == "\ufeffOne.\r\nTwo.\rThree.\n"


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (RU, "cp1251", "Windows-1251"),
        (UK, "cp1251", "Windows-1251"),
        (RU.upper(), "cp1251", "Windows-1251"),
        (RU, "koi8_u", "KOI8-U"),
        (UK, "koi8_u", "KOI8-U"),
        (RU.upper(), "koi8_u", "KOI8-U"),
        (EN, "cp1252", "Windows-1252"),
        (UK, "utf-16", "UTF-16"),
        (UK, "utf-16-le", "UTF-16-LE"),
        (EN, "utf-16-be", "UTF-16-BE"),
        (RU, "utf-32", "UTF-32"),
    ],
)
def test_older_encodings_are_recognised_and_noted(text: str, encoding: str, name: str) -> None:
    item = one("a.txt", text.encode(encoding))
    assert item.text.lstrip("\ufeff") == text
    assert name in item.notes[0]


@pytest.mark.parametrize("lost", [1, 2])
def test_truncated_utf8_is_read_to_its_last_byte_and_noted(lost: int) -> None:
    data = (UK + "“").encode()[:-lost]
    item = one("a.txt", data)
    assert item.text == UK + "\ufffd"
    assert "cut off" in item.notes[0]
    assert str(len(UK.encode())) in item.notes[0]


def test_one_broken_character_in_a_long_text_is_shown_and_noted() -> None:
    data = UK.encode() + b"\xff" + UK.encode()
    item = one("a.txt", data)
    assert item.text == UK + "\ufffd" + UK
    assert f"byte {len(UK.encode())}" in item.notes[0]


@settings(deadline=None)
@given(st.integers(0, 2**32))
def test_random_bytes_are_refused_with_the_place(seed: int) -> None:
    import random

    with pytest.raises(UnreadableError, match=r"a\.txt: this is (no text .* at place \d+|a[n]? )"):
        all_of("a.txt", random.Random(seed).randbytes(300))


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.pdf", "a.docx", "a.jsonl", "a.json", "a"])
def test_an_empty_file_is_called_empty(name: str) -> None:
    with pytest.raises(UnreadableError, match=rf"{name}: the file is empty"):
        all_of(name, b"")


def test_white_space_alone_is_no_document() -> None:
    with pytest.raises(UnreadableError, match="nothing but white space"):
        all_of("a.txt", b" \n\t\r\n")


def test_a_file_above_the_limit_is_refused_and_the_setting_named() -> None:
    with pytest.raises(UnreadableError, match="max_megabytes"):
        list(items("a.txt", b"x" * 1_000_001, CollectSettings(max_megabytes=1)))


# --- front matter ---


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_front_matter_gives_title_author_and_date(name: str) -> None:
    head = "title: A bridge closed\nauthor: Desk\ndate : 2023-05-02 12:00:00 +0800\nregion: south"
    text = f"---\n{head}\n---\nNobody was hurt.\n"
    item = one(name, text.encode())
    assert item.text == text
    assert (item.known.title, item.known.author) == ("A bridge closed", "Desk")
    assert item.known.date == When(date(2023, 5, 2), date(2023, 5, 2), "day", "2023-05-02 12:00:00 +0800")
    assert item.known.extra == (("region", "south"),)


@pytest.mark.parametrize(
    "block", ['title: "unclosed', "a: [1, 2", "just words", "\t- x: y", "a: " + "[" * 5000, "a: &x [1]\nb: [*x, *x]"]
)
def test_front_matter_that_is_not_yaml_is_noted_and_the_text_is_read(block: str) -> None:
    text = f"---\n{block}\n---\nNobody was hurt.\n"
    item = one("a.md", text.encode())
    assert item.text == text
    assert item.known.title is None
    assert "not YAML" in item.notes[0]


def test_a_date_that_is_none_is_noted_and_kept() -> None:
    item = one("a.md", b"---\ndate: last spring\n---\nNobody was hurt.\n")
    assert item.known.date is None
    assert ("date", "last spring") in item.known.extra
    assert "last spring" in item.notes[0]


# --- pages ---


def test_a_page_gives_its_main_text_and_what_its_head_says() -> None:
    item = one("page.html", kept("page.html"))
    assert "# Міст закрито" in item.text
    assert "## Наслідки" in item.text
    assert "> Ми чекали на це" in item.text
    assert "права застережено" not in item.text
    assert (item.known.title, item.known.outlet) == ("Міст закрито", "Вигадана газета")
    assert item.known.date == When(date(2023, 5, 2), date(2023, 5, 2), "day", "2023-05-02")


def test_a_page_read_twice_gives_the_same() -> None:
    assert all_of("page.html", kept("page.html")) == all_of("page.html", kept("page.html"))


def test_a_page_in_windows_1251_that_says_so_is_read() -> None:
    page = kept("page.html").decode().replace("utf-8", "windows-1251").encode("cp1251", "replace")
    assert "Міст закрито" in one("page.html", page).text


@pytest.mark.parametrize("tag", ["div", "b", "table", "ul", "blockquote", "p", "li", "font"])
def test_ten_thousand_nested_tags_are_read(tag: str) -> None:
    deep = f"<{tag}>" * 10_000 + "Shells fell on the town." + f"</{tag}>" * 10_000
    page = f"<html><body>{deep}<p>Nobody was hurt.</p></body></html>"
    assert "Nobody was hurt." in one("deep.html", page.encode()).text


@pytest.mark.parametrize("unit", ["<![CDATA[", "<!--", "<a ", "<!", "&#", '<a b="', "<script>", "<?", "</", "<"])
def test_a_page_of_broken_tags_is_read_or_refused_in_time(unit: str) -> None:
    try:
        assert one("a.html", (unit * 20_000).encode()).text
    except UnreadableError as error:
        assert str(error).startswith("a.html: ")


def test_a_page_that_is_an_address_is_never_called() -> None:
    assert one("a.html", b"http://127.0.0.1:9/page").text == "http://127.0.0.1:9/page"


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<div", ">", "<!--", "-->", "word ", "&amp;", '"', "<script>", "слово "]),
        max_size=60,
    ).map("".join)
)
def test_any_page_is_read_or_refused(page: str) -> None:
    try:
        found = all_of("a.html", page.encode())
    except UnreadableError:
        return
    assert len(found) == 1


# --- JSON Lines ---


def test_each_line_is_a_document_and_a_bad_line_a_failure() -> None:
    lines = [
        b'{"text": "One.", "date": "2023-05", "source": "Desk", "n": 3}',
        b"{bad",
        b"",
        b'{"n": 1}',
        b'{"body": "Two."}',
        b"[1]",
    ]
    found = all_of("a.jsonl", b"\r\n".join(lines))
    assert [entry.part for entry in found] == ["line/1", "line/2", "line/4", "line/5", "line/6"]
    first, second = (entry for entry in found if isinstance(entry, Item))
    assert (first.text, first.data, first.known.outlet) == ("One.", lines[0], "Desk")
    assert first.known.date == When(date(2023, 5, 1), date(2023, 5, 31), "month", "2023-05")
    assert first.known.extra == (("n", "3"),)
    assert second.text == "Two."
    failures = [entry for entry in found if isinstance(entry, Failure)]
    assert all("text, body, content, message" in failure.remedy for failure in failures)


def test_halves_of_characters_are_joined_or_replaced() -> None:
    found = all_of("a.jsonl", b'{"text": "a \\ud83d\\ude00 b"}\n{"text": "a \\ud83d b"}')
    assert [entry.text for entry in found if isinstance(entry, Item)] == ["a 😀 b", "a \ufffd b"]


def test_a_line_nested_too_deeply_is_a_failure_of_that_line() -> None:
    found = all_of("a.jsonl", b"[" * 100_000 + b'\n{"text": "One."}')
    assert [type(entry) for entry in found] == [Failure, Item]


# --- chat exports ---


def test_each_message_with_text_is_a_document() -> None:
    found = all_of("result.json", kept("result.json"))
    assert [entry.part for entry in found] == ["message/2", "message/3"]
    first, second = (entry for entry in found if isinstance(entry, Item))
    assert first.text == "❗️🌉 Міст закрито, повідомила адміністрація. https://example.org/1"
    assert first.known.outlet == "Вигаданий канал"
    assert first.known.date == When(date(2023, 5, 2), date(2023, 5, 2), "day", "2023-05-02T23:10:00")
    assert dict(second.known.extra)["forwarded_from"] == "Інший канал"
    assert dict(second.known.extra)["reply_to"] == "2"
    assert dict(second.known.extra)["edited"] == "2023-05-03T07:30:00"


def test_a_grown_export_gives_the_old_messages_unchanged() -> None:
    chat = json.loads(kept("result.json"))
    chat["messages"][1]["reactions"][0]["count"] = 9
    chat["messages"].append({"id": 5, "type": "message", "date": "2023-05-04T08:00:00", "text": "Рух відновлено."})
    grown = all_of("result.json", json.dumps(chat).encode())
    assert grown[:2] == all_of("result.json", kept("result.json"))
    assert len(grown) == 3


def test_an_export_of_many_chats_keeps_them_apart() -> None:
    chat = json.loads(kept("result.json"))
    both = {"chats": {"list": [chat, {**chat, "id": 78}]}}
    parts = [entry.part for entry in all_of("result.json", json.dumps(both).encode())]
    assert parts == ["chat/77/message/2", "chat/77/message/3", "chat/78/message/2", "chat/78/message/3"]


@pytest.mark.parametrize(
    "data", [b"[]", b"{}", b'{"a": 1}', b'[{"text": "x"}]', b"3", b'{"chats": 3}', b'{"messages": [1]}']
)
def test_other_json_is_not_understood(data: bytes) -> None:
    with pytest.raises(NotUnderstoodError, match=r"a\.json: .*Telegram Desktop export"):
        all_of("a.json", data)


@pytest.mark.parametrize("data", [b"{", b"[" * 100_000, b'{"messages": []}'])
def test_broken_or_empty_json_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"a\.json: "):
        all_of("a.json", data)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_utf16_offsets_become_str_offsets(before: str, after: str) -> None:
    units = len(before.encode("utf-16-le")) // 2
    assert utf16_to_str(before + after, units) == len(before)


def test_an_offset_inside_an_emoji_is_that_of_the_emoji() -> None:
    assert [utf16_to_str("a😀b", units) for units in range(5)] == [0, 1, 1, 2, 3]


@pytest.mark.parametrize("units", [-1, 5])
def test_an_offset_outside_the_text_is_refused(units: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        utf16_to_str("a😀b", units)


# --- PDF and DOCX ---


def test_a_pdf_gives_its_text_layer() -> None:
    item = one("report.pdf", kept("report.pdf"))
    assert "The bridge was closed on Tuesday." in item.text
    assert (item.known.title, item.known.author, item.known.date) == ("A bridge closed", "Desk", None)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (kept("picture.pdf"), "no text layer.*OCR"),
        (kept("locked.pdf"), "password"),
        (kept("report.pdf")[:300], "broken"),
        (b"%PDF-1.7\nnothing", "broken"),
        (b"no pdf at all", "broken"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        all_of("a.pdf", data)


def test_a_docx_gives_paragraphs_headings_and_tables() -> None:
    item = one("report.docx", kept("report.docx"))
    assert item.text == "# A bridge closed\n\nThe bridge was closed on Tuesday.\n\n## Casualties\n\nwounded | none"
    assert (item.known.title, item.known.author) == ("A bridge closed", "Desk")


def test_a_docx_that_unpacks_to_too_much_is_refused() -> None:
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 30_000_000)
    with pytest.raises(UnreadableError, match="unpacks to"):
        list(items("a.docx", packed.getvalue(), CollectSettings(max_megabytes=1)))


@pytest.mark.parametrize("name", ["report.pdf", "report.docx"])
@settings(deadline=None)
@given(data=st.data())
def test_damage_is_survived_or_refused(name: str, data: st.DataObject) -> None:
    whole = bytearray(kept(name))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(whole)))
    try:
        assert all(isinstance(entry, Item) for entry in all_of(name, bytes(whole[:cut])))
    except UnreadableError as error:
        assert str(error).startswith(f"{name}: ")


# --- other files ---


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n\0"),
        ("a.txt", b"\xff\xd8\xff\xe0JFIF"),
        ("a.zip", b"PK\x03\x04\x14\0"),
        ("a.csv", b"a,b\n1,2\n"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1"),
        ("a.mp4", b"\0\0\0\x18ftypmp42"),
        ("a.bin", b"\x01\x02\0\0\x03" * 20),
    ],
)
def test_what_is_no_document_is_not_understood(name: str, data: bytes) -> None:
    with pytest.raises(NotUnderstoodError, match=rf"{name}: this is .*Understood are text, Markdown"):
        all_of(name, data)


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"Nobody was hurt.", "text"),
        (b"<!doctype html><html><body><p>Nobody was hurt.</p></body></html>", "html"),
        (kept("report.pdf"), "pdf"),
        (kept("report.docx"), "docx"),
    ],
)
def test_a_file_without_extension_is_told_by_its_content(data: bytes, form: str) -> None:
    assert one("file", data).format == form


@pytest.mark.parametrize(
    ("kind", "outlet", "author"),
    [
        ("personal_chat", None, None),
        ("private_group", "Market square", None),
        ("public_supergroup", "Market square", None),
        ("public_channel", "Market square", "Olena Kovalenko"),
    ],
)
def test_who_writes_in_a_chat_is_in_no_field(kind: str, outlet: str | None, author: str | None) -> None:
    message = {
        "id": 1,
        "type": "message",
        "date": "2023-05-03T08:00:00",
        "from": "Olena Kovalenko",
        "text": "It burns.",
    }
    chat = {"name": "Market square", "type": kind, "id": 7, "messages": [message]}
    (item,) = all_of("result.json", json.dumps(chat).encode())
    assert isinstance(item, Item)
    assert (item.known.outlet, item.known.author) == (outlet, author)
    assert ("from", "Olena Kovalenko") in item.known.extra or kind != "public_channel"
    if kind != "public_channel":
        assert "Kovalenko" not in f"{item.known} {item.notes}"


def test_a_message_from_a_private_chat_says_where_its_name_is() -> None:
    chat = {"name": "Olena Kovalenko", "type": "personal_chat", "messages": [{"id": 1, "type": "message", "text": "x"}]}
    (item,) = all_of("result.json", json.dumps(chat).encode())
    assert isinstance(item, Item)
    assert any("archived file alone" in note for note in item.notes)
    assert "Kovalenko" not in str(item.known)
