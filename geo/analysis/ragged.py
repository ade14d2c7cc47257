"""Runs of unequal length, one after another in an array, without a loop over them."""

from typing import Any

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.intp]


def runs(*keys: npt.NDArray[Any]) -> tuple[Integers, Integers]:
    """
    Find where any of the keys changes, and how many are alike from there on.

    Examples
    --------
    >>> first, n = runs(np.array([7, 7, 7, 9]), np.array([1, 1, 2, 2]))
    >>> first.tolist(), n.tolist()
    ([0, 2, 3], [2, 1, 1])
    """
    changes = np.ones(len(keys[0]), dtype=bool)
    changes[1:] = np.any([key[1:] != key[:-1] for key in keys], axis=0)
    first = np.flatnonzero(changes)
    return first, np.diff(first, append=len(changes))


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
    return np.repeat(first - starts(n), n) + np.arange(n.sum())


def each(ufunc: np.ufunc, values: npt.NDArray[Any], n: Integers) -> npt.NDArray[Any]:
    """
    Reduce each of several runs along the last axis; none may be empty.

    Examples
    --------
    >>> each(np.minimum, np.array([4, 3, 8]), np.array([2, 1])).tolist()
    [3, 8]
    """
    found: npt.NDArray[Any] = ufunc.reduceat(values, starts(n), axis=-1)
    return found
