"""How precise a date is, in the codes of UCDP GED and ACLED."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from testimonia.precision import date_prec, time_precision
from testimonia.records import When


def lasting(days: int) -> When:
    return When(date(2022, 7, 1), date(2022, 7, 1) + timedelta(days=days - 1))


@pytest.mark.parametrize(("days", "code"), [(1, 1), (2, 2), (6, 2), (7, 3), (8, 4), (31, 4), (32, 5), (365, 5)])
def test_the_code_of_ucdp_follows_the_length_of_the_interval(days: int, code: int) -> None:
    assert date_prec(lasting(days)) == code


@pytest.mark.parametrize(("days", "code"), [(1, 1), (2, 2), (7, 2), (8, 3), (31, 3), (900, 3)])
def test_the_code_of_acled_follows_the_length_of_the_interval(days: int, code: int) -> None:
    assert time_precision(lasting(days)) == code
