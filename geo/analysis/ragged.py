"""Runs of unequal length, one after another in an array, without a loop over them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Runs:
    """
    Where each of several runs begins in an array, and how long it is; none is empty.

    Examples
    --------
    >>> runs = Runs.of(np.array([2, 1]))
    >>> runs.first.tolist(), runs.least(np.array([4, 3, 8])).tolist()
    ([0, 2], [3, 8])
    >>> runs.spread(np.array([7, 9])).tolist()
    [7, 7, 9]
    """

    first: Integers
    n: Integers

    @classmethod
    def of(cls, n: Integers) -> "Runs":
        """Give runs of these lengths."""
        return cls(starts(n), n)

    def least(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Give the least value of each run, along the last axis."""
        found: npt.NDArray[Any] = np.minimum.reduceat(values, self.first, axis=-1)
        return found

    def most(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Give the greatest value of each run, along the last axis."""
        found: npt.NDArray[Any] = np.maximum.reduceat(values, self.first, axis=-1)
        return found

    def total(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Add up each run; of truths, count them."""
        found: npt.NDArray[Any] = np.add.reduceat(values, self.first, axis=-1, dtype=np.intp)
        return found

    def spread(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Give each member of a run the run's value, along the last axis."""
        return np.repeat(values, self.n, axis=-1)


def runs(*keys: npt.NDArray[Any]) -> Runs:
    """
    Find the runs in which none of the keys changes.

    Examples
    --------
    >>> found = runs(np.array([7, 7, 7, 9]), np.array([1, 1, 2, 2]))
    >>> found.first.tolist(), found.n.tolist()
    ([0, 2, 3], [2, 1, 1])
    """
    changes = np.zeros(len(keys[0]) + 1, dtype=bool)
    changes[0] = changes[-1] = True
    for key in keys:
        changes[1:-1] |= key[1:] != key[:-1]
    edges = np.flatnonzero(changes)
    return Runs(edges[:-1], edges[1:] - edges[:-1])


def starts(n: Integers) -> Integers:
    """
    Give where each of several runs begins.

    Examples
    --------
    >>> starts(np.array([2, 1, 3])).tolist()
    [0, 2, 3]
    """
    return np.cumsum(n) - n


def ranges(first: Integers, n: Integers) -> Integers:
    """
    Count on from each of several numbers.

    Examples
    --------
    >>> ranges(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    counted = np.repeat(first - starts(n), n)
    counted += np.arange(len(counted))
    return counted
