"""From a number to the words of its sources; a trace that reads a part of the project is the trace of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from testimonia import lineage
from testimonia.embargo import Embargo
from testimonia.errors import UnknownIdError
from testimonia.pipeline import run
from testimonia.project import Project
from testimonia.store import Store
from testimonia.trace import told
from testimonia.veil import Gate

KHERSON = Path(__file__).parent.parent / "examples" / "kherson"
IN_THE_MIDST = date(2023, 1, 20)  # some of the examples are history on this day, some are young, some are to come


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    project = Project(tmp_path_factory.mktemp("lineage") / "p")
    run(KHERSON, project.root, today=IN_THE_MIDST)
    store = Store.open(project.database)
    yield Gate(store, Embargo(IN_THE_MIDST))
    store.close()


def whole(gate: Gate, id_: str) -> list[str]:
    return list(told(lineage._why(gate.store, id_, gate.everything), 100))


def ids(gate: Gate) -> Iterator[str]:
    shown = gate.everything
    yield from (*shown.documents, *shown.claims, *(link.id for link in shown.links))
    yield from (name for event in shown.events for name in (event.id, event.handle))
    yield from (weight.id for weight in shown.weights.values())


def test_a_trace_made_from_a_part_of_the_project_is_that_of_the_whole(gate: Gate) -> None:
    asked = list(ids(gate))
    assert len(asked) > 200
    for id_ in asked:
        assert list(told(lineage.why(gate, id_), 100)) == whole(gate, id_)


def test_what_the_whole_does_not_answer_a_part_does_not_answer(gate: Gate) -> None:
    shown = set(ids(gate))
    hidden = [id_ for id_ in (*gate.store.claims(), *gate.store.events()) if id_ not in shown]
    assert hidden
    for id_ in hidden:
        with pytest.raises(UnknownIdError):
            lineage.why(gate, id_)


def test_the_beginning_of_an_id_is_enough_and_an_ambiguous_one_lists_what_it_could_mean(gate: Gate) -> None:
    id_ = next(iter(gate.everything.claims))
    assert list(told(lineage.why(gate, id_[:14]), 100)) == whole(gate, id_)
    with pytest.raises(UnknownIdError, match="could mean: clm-"):
        lineage.why(gate, "clm-")
