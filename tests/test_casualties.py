"""The number of civilians killed that one report states, on reports written for the purpose."""

from __future__ import annotations

import pytest

from testimonia.casualties import killed_civilians
from testimonia.packs import load_packs
from tests.claims.cases import coded

ALONE = load_packs(["en"], ())

REPORTS = [
    ("Blast kills six in Lypky⏎A blast killed six people and wounded 32 in Lypky. The square was closed.", 6),
    ("Ten children were among at least 48 people killed in the village on Monday.", 48),
    ("Dozens killed in strikes⏎At least 16 people were killed in strikes on the market.", 16),
    ("Strikes kill dozens of residents⏎Dozens of residents were killed.", 24),
    ("At least 20 soldiers were killed at the checkpoint. Two civilians were killed as well.", 2),
    ("A toll of 82 people were killed in the raids. Among them 58 civilians were killed, a doctor said.", 58),
    ("Four people were killed in a raid. More than 300,000 people have been killed since the war began.", 4),
    ("More than 250,000 people have been killed since the war began.", None),
    ("The army denied that 40 people had been killed. It was quiet.", None),
    ("Nine people were wounded in the port.", None),
]


@pytest.mark.parametrize(("text", "expected"), REPORTS, ids=[text[:40] for text, _ in REPORTS])
def test_the_figure_of_a_report_is_that_of_its_lead(text: str, expected: int | None) -> None:
    assert killed_civilians(coded(text.replace("⏎", "\n\n"), ALONE), ALONE) == expected


def test_no_claims_are_no_number() -> None:
    assert killed_civilians((), ALONE) is None
