from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from testimonia import migrations
from testimonia.errors import StorageError
from testimonia.records import Claim, Confidence, Count, Document, Event, Failure, Quote, Weight
from testimonia.store import Store
from testimonia.tables import metadata
from testimonia.wire import canonical, to_data


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


def at_revision(connection: sa.Connection, revision: str) -> None:
    """Give an empty database the form that it had at a revision."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


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


def test_the_means_of_a_claim_is_kept_in_its_record_and_in_a_column(store: Store, tmp_path: Path) -> None:
    document = kept(store)
    quote = Quote(document.id, 0, len(document.text), document.text, lang="en")
    claim = Claim(quote, "property", means="drone")
    store.save_coded(document, "k", [quote], [claim], stems=["two bridg fell"])
    assert [found.means for found in store.claims().values()] == ["drone"]
    with sa.create_engine(f"sqlite:///{tmp_path / 'testimonia.db'}").connect() as connection:
        assert connection.execute(sa.text("SELECT id, means FROM claims")).all() == [(claim.id, "drone")]


@pytest.mark.parametrize(("revision", "missing"), [("0002", "means"), ("0003", "confidence")])
def test_a_project_without_a_later_slot_keeps_its_claims_and_codes_every_document_again(
    tmp_path: Path, revision: str, missing: str
) -> None:
    path = tmp_path / "testimonia.db"
    document = Document(sha256="1", text="Two bridges fell.", file="a.txt")
    claim = Claim(Quote(document.id, 0, len(document.text), document.text, lang="en"), "property")
    data = to_data(claim)
    del data[missing]  # as an earlier version wrote it
    with sa.create_engine(f"sqlite:///{path}").begin() as connection:
        at_revision(connection, revision)
        rows = {"id": document.id, "text": document.text, "body": canonical(to_data(replace(document, text="")))}
        connection.execute(sa.text("INSERT INTO texts VALUES ('t', :text)"), rows)
        connection.execute(
            sa.text("INSERT INTO documents VALUES (:id, 'present', 'a.txt', :body, 'coded under this', 't')"), rows
        )
        rows |= {"claim": claim.id, "body": canonical(data)}
        into = "INSERT INTO claims (id, document, start, type, modality, body) "
        connection.execute(sa.text(into + "VALUES (:claim, :id, 0, 'property', 'asserted', :body)"), rows)
    store = Store.open(path)
    assert store.claims() == {claim.id: claim}
    assert store.document_states()[document.id].coded is None


SURE = Confidence(0.82, 1.0, 0.9, 0.55, 0.7, 0.8, 0.95, 0.6, 0.65)


def test_the_confidence_of_a_claim_is_kept_and_a_claim_without_any_has_none(store: Store) -> None:
    document = kept(store)
    quote = Quote(document.id, 0, len(document.text), document.text, lang="en")
    claims = [Claim(quote, "property", confidence=SURE), Claim(quote, "explosion")]
    store.save_coded(document, "k", [quote], claims, stems=["two bridg fell"])
    assert {claim.type: claim.confidence for claim in store.claims().values()} == {"property": SURE, "explosion": None}


def test_what_follows_from_claims_is_due_again_where_only_their_confidence_is_another(store: Store) -> None:
    document = kept(store)
    claim = coded(store, document)
    for stage in ("link", "weigh", "estimate", "publish"):
        store.mark_done(stage, "key")
    store.save_coded(document, "k2", [claim.quote], [claim], stems=["two bridg fell"])
    assert store.stage_key("publish") == "key"
    store.save_coded(document, "k3", [claim.quote], [replace(claim, confidence=SURE)], stems=["two bridg fell"])
    assert [store.stage_key(stage) for stage in ("link", "weigh", "estimate", "publish")] == [None] * 4


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


def test_english_words_are_found_in_other_forms(store: Store) -> None:
    document = kept(store, "Two bridges were shelled and soldiers moved on.")
    coded(store, document)
    for form in ("bridge", "bridges", "soldier", "move", "moved", "shelling"):
        assert store.matching(f'text : "{form}"', 5), form
    assert store.matching('text : "ferry"', 5) == []


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
        patch.setattr("alembic.op.add_column", ended)  # as Ctrl-C in the middle of the second step
        with pytest.raises(KeyboardInterrupt):
            Store.open(path)
    with sa.create_engine(f"sqlite:///{path}").connect() as connection:
        assert sa.inspect(connection).get_table_names() == []
    assert Store.open(path).documents() == {}


def ended(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_project_of_the_first_form_keeps_its_documents_and_is_coded_anew(tmp_path: Path) -> None:
    path = tmp_path / "testimonia.db"
    document = Document(sha256="1", text="Two bridges fell.", file="a.txt")
    body = canonical(to_data(replace(document, text="")))
    with sa.create_engine(f"sqlite:///{path}").begin() as connection:
        at_revision(connection, "0001")
        rows = {"id": document.id, "text": document.text, "body": body}
        connection.execute(sa.text("INSERT INTO files VALUES ('a.txt', 'o', 'k', 'present')"))
        connection.execute(sa.text("INSERT INTO sightings VALUES ('a.txt', :id, '', :body)"), rows)
        connection.execute(
            sa.text("INSERT INTO documents VALUES (:id, 'present', 'a.txt', :text, :body, 'coded under this')"), rows
        )
    store = Store.open(path)
    assert store.documents() == {document.id: document}
    assert store.document_states()[document.id] == (None, body, document.text_sha256)
    assert store.seen("a.txt") == {"": replace(document, text="")}


def test_of_a_part_that_a_later_read_does_not_find_the_last_sight_is_remembered(store: Store) -> None:
    document = kept(store)
    store.save_file("a.txt", "", "", [], [Failure("a.txt", "", "collect", "a.txt: empty.")])
    store.settle_documents(first)
    assert list(store.documents()) == []
    assert list(store.seen("a.txt")[""].file) == list(document.file)


def test_what_was_superseded_twice_stays_superseded(store: Store) -> None:
    one = kept(store, "One bridge fell.")
    two = kept(store, "Two bridges fell.", supersedes=one.id)
    three = kept(store, "Three bridges fell.", supersedes=two.id)
    assert list(store.documents()) == [three.id]
    assert set(store.documents("superseded")) == {one.id, two.id}


def test_a_failure_leaves_with_its_own_file_alone(store: Store) -> None:
    failure = Failure("a.txt#x.txt", "", "collect", "a.txt#x.txt: empty.")
    store.save_file("a.txt#x.txt", "", "", [], [failure])
    kept(store)
    store.drop_file("a.txt")
    assert store.failures() == (failure,)


def test_what_could_not_be_coded_stays_said_until_it_is_coded(store: Store) -> None:
    document = kept(store)
    failure = Failure("a.txt", "", "code", "a.txt: could not be coded.")
    store.save_coded(document, None, [], [], stems=[], failure=failure)
    kept(store, file="b.txt")
    store.drop_file("a.txt")
    store.settle_documents(first)
    assert store.failures() == (failure,)
    assert store.document_states()[document.id].coded is None
    store.save_coded(document, "k", [], [], stems=[])
    assert store.failures() == ()


def test_the_text_of_a_document_is_that_of_the_file_that_shows_it_now(store: Store) -> None:
    page = Document(sha256="1", text="read as a page", file="a.html", format="html")
    plain = Document(sha256="1", text="<p>read as a page</p>", file="b.txt")
    for document in (page, plain):
        store.save_file(document.file, "original", "key", [document], [])
    store.settle_documents(first)
    store.save_coded(page, "k", [], [], stems=[])
    assert store.documents()[page.id].text == page.text
    store.drop_file("a.html")
    store.settle_documents(first)
    assert store.documents()[page.id].text == plain.text
    assert store.document_states()[page.id].coded is None


def test_a_part_of_the_project_is_read_without_the_rest(store: Store) -> None:
    document, other = kept(store), kept(store, "Six shells fell.", file="b.txt")
    claim, _ = coded(store, document), coded(store, other)
    event = Event("bridges", claim.type, (claim.id,))
    store.save_links("k", [], [event])
    store.save_weights("k", [Weight(event.id, (), 1, 1)])
    assert list(store.documents(ids=[document.id])) == [document.id]
    assert store.claims(documents_=[document.id]) == {claim.id: claim}
    assert store.events_of([document.id]) == {event.id: event}
    assert store.events_of([other.id]) == {}
    assert store.documents_of([event.id]) == {document.id}
    assert [weight.event for weight in store.weights_of([event.id])] == [event.id]


def test_a_beginning_of_an_id_is_found_and_nothing_else(store: Store) -> None:
    document = kept(store)
    assert store.beginning(document.id[:8]) == {document.id: Document}
    assert store.beginning(document.id + "0") == {}
    assert store.beginning("%") == {}


def test_a_sentence_that_is_all_one_quotation_is_kept_as_both(store: Store) -> None:
    document = kept(store)
    sentence = Quote(document.id, 0, len(document.text), document.text, lang="en")
    said = replace(sentence, kind="quotation")
    store.save_coded(document, "k", [sentence, said], [], stems=["two bridg fell", ""])
    assert set(store.quotes(document)) == {sentence, said}
    assert store.matching('text : "bridges"', 5) == [sentence.id]
