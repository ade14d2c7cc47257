"""Quantities in words for a reader."""

from geo import text
from geo.analysis.figure import Quantity, unknown


def measured(quantity: Quantity, unit: str | None, lang: str = "en") -> str:
    """
    Write a quantity with its range and unit, or why there is none.

    Examples
    --------
    >>> measured(Quantity(low=811.2, central=820, high=822), "km")
    '820 km (811.2–822)'
    >>> measured(Quantity(low=1, high=4), None), measured(Quantity(unknown="not published"), "km")
    ('1–4', 'not published')
    """
    if quantity.unknown is not None:
        return quantity.unknown
    low, high = rounded(quantity.low or 0, lang), rounded(quantity.high or 0, lang)
    # In a word where the script runs from right to left, for there a dash turns the ends around.
    ends = text.message("{low}–{high}", lang).format(low=low, high=high)
    after = f" {text.message(unit, lang)}" if unit else ""
    if quantity.central is None:
        return f"{ends}{after}" if low != high else f"{low}{after}"
    central = rounded(quantity.central, lang)
    return f"{central}{after}" if low == high else f"{central}{after} ({ends})"


def rounded(value: float, lang: str = "en") -> str:
    """
    Write a number at no more digits than such figures bear; programs get all of them.

    Examples
    --------
    >>> rounded(8.0364), rounded(603.648), rounded(1395.9), rounded(5911765.0)
    ('8.04', '603.6', '1,396', '5,910,000')
    """
    size = abs(value)
    for limit, digits in ((10, 2), (1_000, 1), (10_000, 0)):
        if size < limit:
            return text.number(round(value, digits), lang)
    return text.number(round(value, 3 - len(str(int(size)))), lang)


def spoken(quantity: Quantity, lang: str) -> Quantity:
    """Give a quantity with its reason, where it has one, in the reader's language."""
    return quantity if quantity.unknown is None else unknown(text.message(quantity.unknown, lang))
