"""Dates as sources give them: EDTF level 1, at the precision of the source."""

from datetime import date
from functools import lru_cache
from time import struct_time

from edtf import EDTFParseException, parse_edtf


@lru_cache(maxsize=4096)
def bounds(text: str) -> tuple[date, date]:
    """
    First and last day a date can mean.

    Parameters
    ----------
    text
        EDTF level 1: ``2018-07-13``, ``2024-08``, ``2019~``, ``2023-05-24/2023-05-28``.
        An open end gives `date.min` or `date.max`.

    Raises
    ------
    ValueError
        If `text` is no EDTF date.

    Examples
    --------
    >>> bounds("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    try:
        parsed = parse_edtf(text)
    except EDTFParseException:
        raise ValueError(
            f"{text!r} is not an EDTF level 1 date such as 2018-07-13 or 2024-08"
        ) from None
    first, last = _day(parsed.lower_strict(), date.min), _day(parsed.upper_strict(), date.max)
    if first > last:
        raise ValueError(f"{text!r} ends before it begins")
    return first, last


def _day(moment: object, open_end: date) -> date:
    if not isinstance(moment, struct_time):
        return open_end
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)
