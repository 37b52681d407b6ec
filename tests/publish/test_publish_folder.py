from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from testimonia.errors import StorageError
from testimonia.publish import MARK, Material, publish, published
from tests.publish.newsroom import newsroom


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def turned(values: Any) -> dict[str, Any]:
    return dict(reversed(values.items()))


def upside_down(material: Material) -> Material:
    return replace(
        material,
        documents=turned(material.documents),
        claims=turned(material.claims),
        events=turned(material.events),
        weights=tuple(reversed(material.weights)),
    )


def test_the_same_material_in_any_order_gives_the_same_bytes(tmp_path: Path) -> None:
    first = publish(newsroom(), tmp_path / "a" / "internal")
    second = publish(upside_down(newsroom()), tmp_path / "b" / "internal")
    assert contents(tmp_path / "a" / "internal") == contents(tmp_path / "b" / "internal")
    assert first.id == second.id


def test_the_manifest_lists_every_other_file_with_its_hash(edition: Path) -> None:
    manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
    listed = {file["name"]: file for file in manifest["files"]}
    assert manifest["edition"] == MARK
    assert set(listed) == {file.name for file in edition.iterdir()} - {"manifest.json"}
    for name, said in listed.items():
        data = (edition / name).read_bytes()
        assert said["sha256"] == hashlib.sha256(data).hexdigest()
        assert said["bytes"] == len(data)


def test_the_release_names_every_file_and_what_went_in(tmp_path: Path) -> None:
    material = newsroom()
    release = publish(material, tmp_path / "internal")
    assert (
        dict(release.files)["manifest.json"]
        == hashlib.sha256((tmp_path / "internal" / "manifest.json").read_bytes()).hexdigest()
    )
    assert set(material.events) <= set(release.parents)
    assert release.edition == "internal"


def test_no_file_holds_a_clock_time_or_the_day_of_the_run(edition: Path) -> None:
    for file in edition.iterdir():
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"\b\d{1,2}:\d{2}:\d{2}\b", text), file.name
        assert "2026-11-21" not in text
        assert "21 November 2026" not in text


@pytest.mark.skipif(os.name != "posix", reason="this platform has no modes")
def test_files_are_readable_by_their_owner_alone(edition: Path) -> None:
    assert stat.S_IMODE(edition.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in edition.iterdir()} == {0o600}


def test_a_new_edition_takes_the_place_of_the_old_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "internal"
    publish(newsroom(), folder)
    publish(replace(newsroom(), failures=()), folder)
    assert not (folder / "failures.csv").exists()
    assert [entry.name for entry in tmp_path.iterdir()] == ["internal"]


def test_what_a_person_put_beside_the_edition_stays(tmp_path: Path) -> None:
    folder = tmp_path / "internal"
    publish(newsroom(), folder)
    (folder / "my notes.xlsx").write_bytes(b"mine")
    publish(newsroom(), folder)
    assert (folder / "my notes.xlsx").read_bytes() == b"mine"
    assert published(folder)


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    folder = tmp_path / "internal"
    publish(newsroom(), folder)
    whole = contents(folder)
    (tmp_path / ".internal.new").mkdir()
    (tmp_path / ".internal.new" / "index.html").write_text("half", encoding="utf-8")
    publish(newsroom(), folder)
    assert contents(folder) == whole
    assert [entry.name for entry in tmp_path.iterdir()] == ["internal"]


def test_a_run_killed_between_the_two_renames_loses_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "internal"
    publish(newsroom(), folder)
    whole = contents(folder)
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    folder.rename(tmp_path / ".internal.old")
    publish(newsroom(), folder)
    assert contents(folder) == {**whole, "mine.txt": b"mine"}
    assert [entry.name for entry in tmp_path.iterdir()] == ["internal"]


def test_a_full_disk_leaves_the_old_edition_and_says_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "internal"
    publish(newsroom(), folder)
    whole = contents(folder)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match=r"internal: the edition cannot be written \(.+\)\. Free"):
        publish(replace(newsroom(), failures=()), folder)
    assert contents(folder) == whole
    assert [entry.name for entry in tmp_path.iterdir()] == ["internal"]


def test_a_target_that_cannot_be_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(StorageError, match="out"):
        publish(newsroom(), tmp_path / "out" / "internal")


def test_a_changed_or_missing_file_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "internal"
    assert not published(folder)
    publish(newsroom(), folder)
    assert published(folder)
    (folder / "events.csv").write_text("changed", encoding="utf-8")
    assert not published(folder)
    publish(newsroom(), folder)
    (folder / "claims.jsonl").unlink()
    assert not published(folder)


def test_nothing_at_all_is_an_edition_too(tmp_path: Path) -> None:
    publish(Material(), tmp_path / "internal")
    assert published(tmp_path / "internal")
    assert "0</b> documents" in (tmp_path / "internal" / "index.html").read_text(encoding="utf-8")
