from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import dates, text


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2018-07-13", date(2018, 7, 13), date(2018, 7, 13)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2023-05-24/2023-05-28", date(2023, 5, 24), date(2023, 5, 28)),
        ("2025-11-17/..", date(2025, 11, 17), date.max),
        ("../2018-01", date.min, date(2018, 1, 31)),
    ],
)
def test_a_date_means_its_first_to_its_last_day(edtf, first, last):
    assert dates.bounds(edtf) == (first, last)


@pytest.mark.parametrize("edtf", ["", "yesterday", "2018-13", "13/07/2018", "2024-02-30"])
def test_what_is_no_date_is_refused_by_name(edtf):
    with pytest.raises(ValueError, match="is not an EDTF level 1 date"):
        dates.bounds(edtf)


def test_an_interval_does_not_run_backwards():
    with pytest.raises(ValueError, match="ends before it begins"):
        dates.bounds("2024-02/2024-01")


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_bounded_by_itself(day):
    assert dates.bounds(day.isoformat()) == (day, day)


def test_words_are_no_surer_than_the_date():
    assert text.day("2025-11-17/..") == "from November 17, 2025"
    assert text.day("../2018") == "by 2018"
    assert text.day("2023-04/2023-06") == "between April 2023 and June 2023"
