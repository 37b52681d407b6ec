"""Telegram Desktop exports (`result.json`): one document for each message that has text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from testimonia.collect.about import plain
from testimonia.collect.decode import decode
from testimonia.collect.item import Item, Known
from testimonia.collect.when import when
from testimonia.collect.whole import whole
from testimonia.errors import NotUnderstoodError, UnreadableError
from testimonia.records import Failure, When
from testimonia.wire import canonical

# What differs from export to export of the same message: counts of reactions, and the running names of saved files.
VOLATILE = frozenset({"reactions", "photo", "file", "thumbnail"})
KEPT = {
    "date": "date",
    "edited": "edited",
    "forwarded_from": "forwarded_from",
    "reply_to": "reply_to_message_id",
    "from": "from",
    "via_bot": "via_bot",
    "media_type": "media_type",
}
PERSONS = frozenset({"from", "forwarded_from"})
PUBLISHED = ("group", "channel")  # how the kinds of chat end that are not named after who is on the other side
KNOWN_JSON = "a Telegram Desktop export (result.json) or JSON Lines (.jsonl)"
_WITHOUT_NAME = ("From a private chat: who wrote it is in the archived file alone.",)


def utf16_to_str(text: str, offset: int) -> int:
    """Return the `str` offset of an offset that counts UTF-16 units, as Telegram's entities do.

    An offset inside a character (between the two halves of an emoji) gives the place of that character.

    Raises ValueError where the offset lies outside the text.
    """
    if not 0 <= offset <= len(text) + sum(char > "\uffff" for char in text):
        raise ValueError(f"offset {offset} lies outside a text of {len(text)} characters")
    units = 0
    for place, char in enumerate(text):
        units += 2 if char > "\uffff" else 1
        if units > offset:
            return place
    return len(text)


def read_json(file: str, data: bytes) -> Iterator[Item | Failure]:
    """Yield a document for each message with text; the part is "message/ID" ("chat/ID/message/ID" of many chats).

    A document's bytes are the message in canonical JSON without what differs between two exports of it, so that a
    later, longer export of the same chat gives the same documents.

    Raises NotUnderstoodError for JSON of any other form, UnreadableError for what is no JSON.
    """
    chats = list(_chats(file, data))
    found = [entry for part, chat in chats for entry in _messages(file, part, chat)]
    if not found:
        raise UnreadableError(
            f"{file}: the export holds no message with text. Export the chat again, with its messages."
        )
    yield from found


def _chats(file: str, data: bytes) -> Iterator[tuple[str, Mapping[str, Any]]]:
    given = _json(file, data)
    if isinstance(given, dict) and _is_chat(given):
        yield "", given
        return
    chats = given.get("chats") if isinstance(given, dict) else None
    listed = chats.get("list") if isinstance(chats, dict) else None
    if not isinstance(listed, list) or not any(_is_chat(chat) for chat in listed):
        raise NotUnderstoodError(
            f"{file}: this JSON is no form known here; understood is {KNOWN_JSON}. "
            "Write one object a line with its text under text, and name the file .jsonl."
        )
    yield from ((f"chat/{chat.get('id', at)}/", chat) for at, chat in enumerate(listed, 1) if _is_chat(chat))


def _json(file: str, data: bytes) -> object:
    try:
        return json.loads(decode(file, data).text.lstrip("\ufeff"))
    except RecursionError as error:
        raise UnreadableError(
            f"{file}: this JSON is nested too deeply to be read. Understood is {KNOWN_JSON}."
        ) from error
    except ValueError as error:
        raise UnreadableError(f"{file}: this is not JSON ({error}). Export it again; was it cut off?") from error


def _is_chat(given: object) -> bool:
    messages = given.get("messages") if isinstance(given, dict) else None
    return isinstance(messages, list) and all(isinstance(entry, dict) and "id" in entry for entry in messages)


def _messages(file: str, before: str, chat: Mapping[str, Any]) -> Iterator[Item | Failure]:
    seen: set[str] = set()
    for message in chat["messages"]:
        part = whole(f"{before}message/{message['id']}")[0]
        text, notes = whole(_text(message.get("text")))
        if not text.strip() or message.get("type") == "service":
            continue
        if part in seen:
            yield Failure(
                file, part, "collect", f"{file}, {part}: a second message has this id.", "Export the chat again."
            )
            continue
        seen.add(part)
        day, more = _day(message)
        told = (*notes, *more, *(_WITHOUT_NAME if _between_persons(_kind(chat)) else ()))
        yield Item(file, part, _own(message), text, "telegram", _known(chat, message, day), told)


def _text(given: object) -> str:
    """Join a message's text: a string, or a list of strings and entities (bold, links) that hold one."""
    if isinstance(given, str):
        return given
    if isinstance(given, dict):
        return _text(given.get("text"))
    return "".join(map(_text, given)) if isinstance(given, list) and _flat(given) else ""


def _flat(given: list[object]) -> bool:
    return all(
        isinstance(entry, str) or (isinstance(entry, dict) and isinstance(entry.get("text"), str)) for entry in given
    )


def _own(message: Mapping[str, Any]) -> bytes:
    kept = {key: value for key, value in message.items() if key not in VOLATILE}
    return canonical(kept).encode("utf-8", "surrogatepass")


def _day(message: Mapping[str, Any]) -> tuple[When | None, tuple[str, ...]]:
    try:
        return (when(str(message["date"])), ()) if message.get("date") else (None, ())
    except ValueError as error:
        return None, (f"The date is not used: {error}.",)


def _known(chat: Mapping[str, Any], message: Mapping[str, Any], day: When | None) -> Known:
    """Return what is known of a message. Who writes in a chat or a group is a private person, and so is a chat's name.

    Their names stay in the archived file: an outlet and an author are shown and can be asked for, people cannot. A chat
    of unknown kind is held to be one between persons.
    """
    kind = _kind(chat)
    outlet = None if _between_persons(kind) else plain(chat.get("name"))
    author = None if _of_people(kind) else plain(message.get("author") or message.get("from"))
    kept = {name: key for name, key in KEPT.items() if not (_of_people(kind) and key in PERSONS)}
    extra = tuple((name, text) for name, key in kept.items() if (text := plain(message.get(key))))
    return Known(outlet=outlet, author=None if author == outlet else author, date=day, extra=extra)


def _kind(chat: Mapping[str, Any]) -> str:
    return str(chat.get("type") or "")


def _between_persons(kind: str) -> bool:
    return not kind.endswith(PUBLISHED)


def _of_people(kind: str) -> bool:
    """Say whether persons write in a chat of this kind; in a channel only its owner does."""
    return not kind.endswith("channel")
