"""Nobody is looked up without a guardian's reason: neither by search, nor by outlet or file, nor by a namesake."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from testimonia.embargo import Embargo
from testimonia.errors import NotAllowedError
from testimonia.packs import Packs
from testimonia.pipeline import run
from testimonia.project import Project
from testimonia.search import search
from testimonia.show import Wanted, let_through, show_claims
from testimonia.store import Store
from testimonia.veil import Gate

TODAY = date(2026, 11, 22)
REPORTS = {
    "speech.txt": "President Volodymyr Zelensky spoke in Kherson. Three people were killed there, Zelensky said.\n",
    "baker.txt": "The baker Andriy Zelensky was detained in Kherson on 3 May 2023.\n",
    "olena_kovalenko.txt": "Two people were wounded in Kherson on 4 May 2023.\n",
}
SIDECAR = (
    "file,date,outlet\n"
    "speech.txt,2023-05-04,Harbour Post\n"
    "baker.txt,2023-05-04,Olena Kovalenko\n"
    "olena_kovalenko.txt,2023-05-05,Institute (Ivan Petrenko)\n"
)


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    folder: Path = tmp_path_factory.mktemp("guard") / "reports"
    folder.mkdir()
    for name, text in {**REPORTS, "sources.csv": SIDECAR}.items():
        (folder / name).write_text(text, encoding="utf-8")
    project = Project(folder.with_name("p"))
    run(folder, project.root, today=TODAY)
    store = Store.open(project.database)
    yield Gate(store, Embargo(TODAY))
    store.close()


def test_the_surname_of_an_office_holder_does_not_open_a_namesake(gate: Gate, packs: Packs) -> None:
    files = {hit.document.file for hit in search(gate, packs, "Zelensky")}
    assert files == {"speech.txt"}
    everyone = {hit.document.file for hit in search(gate, packs, "Zelensky", reason="his family asks")}
    assert everyone == {"speech.txt", "baker.txt"}
    assert gate.store.acts()[-1][1:] == (
        "search for a person",
        {"query": "Zelensky", "guardian": gate.store.acts()[-1][2]["guardian"], "reason": "his family asks"},
    )


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(outlet="Olena Kovalenko"),
        Wanted(outlet="olen"),
        Wanted(outlet="Petrenko"),
        Wanted(outlet="Nadiia Tkachenko"),
        Wanted(document="olena_kovalenko.txt"),
        Wanted(document="ivan-petrenko.docx"),
    ],
)
def test_an_outlet_or_a_file_that_is_a_person_is_shown_only_with_a_reason(
    wanted: Wanted, gate: Gate, packs: Packs
) -> None:
    before = len(gate.store.acts())
    for reason in (None, "", "  "):
        with pytest.raises(NotAllowedError, match="--guardian"):
            let_through(gate.store, gate.everything, wanted, packs, reason)
    assert len(gate.store.acts()) == before
    let_through(gate.store, gate.everything, wanted, packs, "her family asks")
    assert [(act, body["reason"]) for _, act, body in gate.store.acts()[before:]] == [
        ("show by a person", "her family asks")
    ]


@pytest.mark.parametrize(
    "wanted", [Wanted(outlet="Harbour"), Wanted(outlet="Institute"), Wanted(document="speech.txt")]
)
def test_other_outlets_and_files_are_free(wanted: Wanted, gate: Gate, packs: Packs) -> None:
    let_through(gate.store, gate.everything, wanted, packs, None)
    assert show_claims(gate.everything, wanted)
