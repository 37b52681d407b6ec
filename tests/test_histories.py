"""Whatever happened to a folder between runs, the project ends as if it had been made from the folder as it is now."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testimonia.pipeline import run

TODAY = date(2026, 1, 1)
NAMES = ("a.html", "a.txt", "a.txt#x.txt", "c.jsonl")
TEXTS = (
    "Shelling of Kherson on 3 May 2023 killed at least 21 people, the regional administration said.",
    "Shelling of Kherson on 3 May 2023 killed at least 21 people, the regional administration said. Two died later.",
    "Унаслідок обстрілу Херсона 3 травня 2023 року загинули 23 людини, повідомила міська адміністрація.",
    '{"text": "Минобороны опровергло обстрел Херсона 3 мая 2023 года."}\n{"text": "On 3 May 2023 a bridge fell."}',
    '{"text": "On 3 May 2023 a bridge fell."}\n{broken',
    "<html><body><p>Shelling of Kherson on 3 May 2023 killed <b>21 people</b>, the mayor said.</p></body></html>",
    "\x00\x01\x02",
    "",
)
OUTLETS = ("", "Harbour Post", "Левый берег")

Step = tuple[str, str, str]
writes = st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(TEXTS))
removals = st.tuples(st.just("remove"), st.sampled_from(NAMES), st.just(""))
sidecars = st.tuples(st.just("sidecar"), st.sampled_from(NAMES), st.sampled_from(OUTLETS))
histories = st.lists(st.lists(st.one_of(writes, writes, removals, sidecars), min_size=1, max_size=4), max_size=4)


def happen(folder: Path, step: Step) -> None:
    what, name, value = step
    if what == "write":
        (folder / name).write_text(value, encoding="utf-8")
    elif what == "remove":
        (folder / name).unlink(missing_ok=True)
    else:
        (folder / "sources.csv").write_text(f"file,outlet,date\n{name},{value},2023-05-04\n", encoding="utf-8")


def tables(dossier: Path) -> dict[str, str]:
    """Return the tables of an edition; its page also says which document took the place of which: that is the past."""
    paths = (path for path in dossier.parent.iterdir() if path.suffix in (".csv", ".jsonl"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories)
def test_a_project_with_a_past_is_the_same_as_a_new_one(history: Sequence[Sequence[Step]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "reports"
        folder.mkdir()
        old = run(folder, Path(place) / "old", today=TODAY)
        for steps in history:
            for step in steps:
                happen(folder, step)
            old = run(folder, Path(place) / "old", today=TODAY)
        new = run(folder, Path(place) / "new", today=TODAY)
        assert tables(old.dossier) == tables(new.dossier)
        assert not any(run(folder, Path(place) / "old", today=TODAY).redone.values())
