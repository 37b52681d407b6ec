from __future__ import annotations

import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from testimonia.errors import StorageError
from testimonia.records import Claim, Count, Document, Failure, Quote
from testimonia.store import Store, metadata


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "testimonia.db")


def first(found: object) -> Document:
    return next(iter(found))  # type: ignore[call-overload, no-any-return]


def kept(store: Store, text: str = "Two bridges fell.", file: str = "a.txt", **more: str) -> Document:
    document = Document(sha256=text, text=text, file=file, **more)  # type: ignore[arg-type]
    store.save_file(file, "original", "key", [document], [])
    store.settle_documents(first)
    return document


def coded(store: Store, document: Document) -> Claim:
    quote = Quote(document.id, 0, len(document.text), document.text, lang="en")
    claim = Claim(quote, "property", count=Count(2, 2, "item", words="Two"))
    store.save_coded(document, "k", [quote], [claim], stems=["two bridg fell"])
    return claim


def test_the_migrations_end_at_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    Store.open(tmp_path / "testimonia.db")
    with sa.create_engine(f"sqlite:///{tmp_path / 'testimonia.db'}").connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    assert [step for step in found if "quotes_fts" not in str(step)] == []


def test_a_record_comes_back_as_it_went_in(store: Store) -> None:
    document = kept(store, outlet="Harbour Post")
    claim = coded(store, document)
    assert store.documents() == {document.id: document}
    assert store.claims() == {claim.id: claim}
    assert store.quotes(document) == (claim.quote,)


def test_a_new_store_can_be_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "testimonia.db"
    document = kept(Store.open(path))
    assert list(Store.open(path).documents()) == [document.id]


def test_a_file_that_is_gone_takes_its_claims_out_but_its_document_stays(store: Store) -> None:
    document = kept(store)
    coded(store, document)
    store.drop_file("a.txt")
    store.settle_documents(first)
    assert store.claims() == {}
    assert store.documents() == {}
    assert list(store.documents("removed")) == [document.id]
    assert store.document(document.id) == document


def test_a_document_that_two_files_show_stays_while_one_of_them_does(store: Store) -> None:
    document = kept(store)
    kept(store, file="b.txt")
    store.drop_file("a.txt")
    store.settle_documents(first)
    assert [d.file for d in store.documents().values()] == ["b.txt"]
    assert list(store.documents()) == [document.id]


def test_words_are_found_as_they_are_and_by_their_stems(store: Store) -> None:
    document = kept(store, "На Херсонщині евакуювали людей.")
    quote = Quote(document.id, 0, len(document.text), document.text, lang="uk")
    store.save_coded(document, "k", [quote], [], stems=["на херсонщин евакую люд"])
    assert store.matching('text : "Херсонщині"', 5) == [quote.id]
    assert store.matching('stems : "херсонщин"', 5) == [quote.id]
    assert store.matching('text : "Одеса"', 5) == []


def test_coding_again_replaces_what_was_coded(store: Store) -> None:
    document = kept(store)
    coded(store, document)
    store.save_coded(document, "k2", [], [], stems=[])
    assert store.claims() == {}
    assert store.matching('text : "bridges"', 5) == []


def test_failures_of_a_file_leave_with_the_file(store: Store) -> None:
    failure = Failure("a.txt", "", "collect", "a.txt: empty.")
    store.save_file("a.txt", "", "", [], [failure])
    assert store.failures() == (failure,)
    store.drop_file("a.txt")
    assert store.failures() == ()


def test_a_damaged_database_is_named_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "testimonia.db"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(StorageError, match=r"testimonia\.db: the database is damaged.*rebuilt"):
        Store.open(path)


def test_a_migration_that_is_broken_off_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "testimonia.db"
    with monkeypatch.context() as patch:
        patch.setattr("testimonia.store.FULL_TEXT", "CREATE VIRTUAL nonsense")
        patch.delitem(sys.modules, "testimonia.migrations.versions.0001_first", raising=False)
        with pytest.raises(StorageError):
            Store.open(path)
    assert Store.open(path).documents() == {}
