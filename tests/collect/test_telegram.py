"""Telegram exports: whose names are kept, by the kind of chat."""

from __future__ import annotations

import json

import pytest

from testimonia.collect import Item, items
from testimonia.settings import CollectSettings


def read(kind: str | None) -> Item:
    chat = {"name": "Olena Kovalenko", "id": 1} | ({"type": kind} if kind is not None else {})
    message = {"id": 1, "type": "message", "date": "2026-11-12T10:00:00", "from": "Ivan Bondar", "text": "It rained."}
    data = json.dumps({**chat, "messages": [message]}).encode()
    (found,) = items("result.json", data, CollectSettings())
    assert isinstance(found, Item)
    return found


@pytest.mark.parametrize("kind", [None, "", "personal_chat", "some_new_kind"])
def test_a_chat_of_no_known_kind_is_held_to_be_between_persons(kind: str | None) -> None:
    found = read(kind)
    assert (found.known.outlet, found.known.author) == (None, None)
    assert "Bondar" not in str(found.known)
    assert any("private chat" in note for note in found.notes)


def test_a_channel_is_an_outlet_and_a_group_has_no_author() -> None:
    assert (read("public_channel").known.outlet, read("public_channel").known.author) == (
        "Olena Kovalenko",
        "Ivan Bondar",
    )
    assert (read("private_group").known.outlet, read("private_group").known.author) == ("Olena Kovalenko", None)
