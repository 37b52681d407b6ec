"""The archive: bytes by their hash, never changed; documents with what is said of them."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.archive import document, held, joined, keep, path_of
from testimonia.collect import Item, Known
from testimonia.collect.when import when
from testimonia.errors import StorageError

ITEM = Item("a.txt", "", b"Nobody was hurt.", "Nobody was hurt.", "text", Known(title="Own", author="Own", lang="en"))


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_keeping_twice_is_keeping_once(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        digest = keep(root, data)
        first = path_of(root, digest).stat()
        assert keep(root, data) == digest == hashlib.sha256(data).hexdigest()
        assert held(root, digest) == data
        second = path_of(root, digest).stat()
        assert (first.st_ino, first.st_mtime_ns) == (second.st_ino, second.st_mtime_ns)
        assert [path.name for path in root.rglob("*") if path.is_file()] == [digest]
        path_of(root, digest).chmod(0o600)


@pytest.mark.skipif(os.name != "posix", reason="rights are finer on POSIX systems")
def test_what_is_kept_is_read_only(tmp_path: Path) -> None:
    digest = keep(tmp_path, b"x")
    assert stat.S_IMODE(path_of(tmp_path, digest).stat().st_mode) == 0o400


def test_what_was_changed_is_told_and_not_covered_up(tmp_path: Path) -> None:
    path = path_of(tmp_path, keep(tmp_path, b"original"))
    path.chmod(0o600)
    path.write_bytes(b"changed!")
    with pytest.raises(StorageError, match="no longer those of its name"):
        held(tmp_path, path.name)
    path.write_bytes(b"cut")
    with pytest.raises(StorageError, match="it was changed"):
        keep(tmp_path, b"original")
    assert path.read_bytes() == b"cut"


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be read"):
        held(tmp_path, "0" * 64)


def test_an_archive_that_cannot_be_written_names_the_path_and_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match=r"file.*cannot be written.*--project"):
        keep(tmp_path / "file", b"x")


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on the size of files")
def test_a_write_that_breaks_off_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(StorageError, match=r"cannot be written.*--project"):
            keep(tmp_path, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_sidecar_beats_what_the_file_says_of_itself() -> None:
    said = Known(outlet="Desk", title="Said", date=when("2022"), extra=(("form", "news"),))
    made = document(ITEM, said, "f" * 64)
    assert (made.title, made.author, made.outlet, made.lang) == ("Said", "Own", "Desk", "en")
    assert made.original == "f" * 64
    assert made.sha256 == hashlib.sha256(ITEM.data).hexdigest()
    assert made.extra == (("form", "news"),)
    assert [seen.file for seen in made.sightings] == ["a.txt"]


def test_a_part_of_a_file_keeps_its_own_date_and_title() -> None:
    part = replace(ITEM, part="message/3", known=Known(title="Own", date=when("2023-05-02")))
    made = document(part, Known(outlet="Desk", title="Said", date=when("2022")), "f" * 64)
    assert (made.title, made.outlet, made.date) == ("Own", "Desk", when("2023-05-02"))


def test_the_same_bytes_seen_twice_are_one_document_with_two_sightings() -> None:
    one = document(ITEM, Known(outlet="Desk"), "f" * 64)
    other = document(replace(ITEM, file="b.txt"), Known(outlet="Agency", url="https://example.org"), "f" * 64)
    third = document(replace(ITEM, file="c/a.txt"), None, "f" * 64)
    merged = joined([one, other, third])
    assert merged.id == one.id
    assert (merged.file, merged.outlet, merged.url) == ("a.txt", "Desk", "https://example.org")
    assert [(seen.file, seen.outlet) for seen in merged.sightings] == [
        ("a.txt", "Desk"),
        ("b.txt", "Agency"),
        ("c/a.txt", None),
    ]
    assert all(joined(order) == merged for order in permutations([one, other, third]))
    assert joined([merged, merged]) == merged


def test_different_documents_are_never_joined() -> None:
    with pytest.raises(ValueError, match="one id"):
        joined([document(ITEM, None, "f"), document(replace(ITEM, data=b"y"), None, "f")])
    with pytest.raises(ValueError, match="one id"):
        joined([])
