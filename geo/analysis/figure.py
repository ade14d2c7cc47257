"""A figure with its range, and tables of them that say how, from what, and what they do not mean."""

from collections.abc import Iterable, Mapping
from typing import Self

from pydantic import model_validator

from geo.model import Record
from geo.vocab import Question


class Quantity(Record):
    """
    A number no surer than its inputs, or the reason why there is none.

    Attributes
    ----------
    low, high
        Where the number lies if the inputs are as far off as they are likely to be.
    central
        The number with the inputs as they stand; None where no one value is better than others.
    unknown
        Why there is no number; given exactly where the other three are absent.
    """

    low: float | None = None
    central: float | None = None
    high: float | None = None
    unknown: str | None = None

    @model_validator(mode="after")
    def _is_a_range_or_a_reason(self) -> Self:
        ends = (self.low, self.high)
        if self.unknown is not None:
            if any(one is not None for one in (*ends, self.central)):
                raise ValueError("an unknown quantity has no number")
            return self
        if self.low is None or self.high is None:
            raise ValueError("give low and high, or say why the quantity is unknown")
        middle = self.low if self.central is None else self.central
        if not self.low <= middle <= self.high:
            raise ValueError(f"not in order: {self.low}, {self.central}, {self.high}")
        return self

    def times(self, factor: float) -> "Quantity":
        """Scale by a known positive number; the unknown stays so."""
        if self.unknown is not None:
            return self
        low, central, high = (
            None if one is None else one * factor for one in (self.low, self.central, self.high)
        )
        return Quantity(low=low, central=central, high=high)


def exactly(value: float) -> Quantity:
    """Give a number that has no range of its own."""
    return Quantity(low=value, central=value, high=value)


def between(low: float, central: float, high: float) -> Quantity:
    """Give a number with its range."""
    return Quantity(low=low, central=central, high=high)


def unknown(why: str) -> Quantity:
    """Say why there is no number."""
    return Quantity(unknown=why)


def total(quantities: Iterable[Quantity]) -> Quantity:
    """
    Add what is known; ends are added to ends, so that the sum is at least as wide as its parts.

    Examples
    --------
    >>> total([exactly(2), between(1, 2, 4), unknown("not published")])
    Quantity(low=3.0, central=4.0, high=6.0, unknown=None)
    """
    known = [one for one in quantities if one.unknown is None]
    return Quantity(
        low=sum((one.low or 0 for one in known), 0.0),
        central=sum((one.central or 0 for one in known), 0.0),
        high=sum((one.high or 0 for one in known), 0.0),
    )


class Key(Record):
    """What a row is about: the value for a program, and the words for a reader."""

    value: str
    label: str


class Column(Record):
    """A column of keys, or of quantities in one unit."""

    name: str
    label: str
    unit: str | None = None


class Row(Record):
    """Keys and quantities by the names of their columns."""

    keys: Mapping[str, Key]
    quantities: Mapping[str, Quantity]
    is_total: bool = False


class Table(Record):
    """
    Figures that were made in one way.

    Attributes
    ----------
    method
        How they were made.
    data
        What they were made from.
    caveat
        What they do not mean.
    """

    name: str
    title: str
    keys: tuple[Column, ...]
    measures: tuple[Column, ...]
    rows: tuple[Row, ...]
    method: str
    data: str
    caveat: str


class Answer(Record):
    """
    What the map says to one question.

    Attributes
    ----------
    sentences
        The answer in words; the numbers in them stand in the tables as well.
    """

    question: Question
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
