"""
Very many points, and the pieces of lines that are nearest to them.

Points are taken together in cells, and pieces in strokes, as long as that does no harm: a ball around
a cell says without a doubt which strokes can be nearest to any point in it, and how near and how far
these are. Where that says too little, the wider of the two is divided.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from geo.analysis.pieces import Pieces
from geo.analysis.ragged import Integers, Runs, ranges, runs
from geo.analysis.strokes import Strokes, arc, in_space, strokes
from geo.measure import WGS84, Floats

Flags = npt.NDArray[np.bool_]

#: Says of each of several cells whether all distances between a least and a greatest come to the
#: same, so that none need be measured. Both are to the nearest location, meters, shape (3, cells): if
#: each location is as near as its likely error allows, as drawn, and as far.
Settle = Callable[[Floats, Floats], Flags]

#: How far a distance may be off because the nearest point was looked for along chords: 1 m at 500 km.
ERROR_M = 1.0

#: So many points are looked up at once, and so many pairs of a cell and a stroke.
_POINTS_AT_ONCE = 1_000_000
_PAIRS_AT_ONCE = 500_000
#: Points of a cell that are looked at one by one rather than divided; and from how many on they are
#: taken to lie anywhere in it.
_FEW_POINTS, _MANY_POINTS = 8, 64
#: Bits for each of longitude and latitude in a cell's number: the smallest cells are 600 m wide.
_BITS = 16
#: The search begins with cells of about a 32nd of the width of all.
_FIRST_BITS = 5
#: The quarters of a cell but the first.
_QUARTERS = np.array([[1], [2], [3]])
#: Each location as near as its likely error allows, as drawn, and as far.
_SIGNS = np.array([[-1], [0], [1]])


def search(
    lon: Floats, lat: Floats, to: Pieces, settle: Settle | None = None
) -> Iterator[tuple[Integers, Integers, Floats]]:
    """
    Measure from points to the nearest piece, but for those that need no measuring.

    Parameters
    ----------
    lon, lat
        Degrees, EPSG:4326, shape (m,).
    to
        What to measure to.
    settle
        Asked of cells, and at last of single points.

    Yields
    ------
    points
        Indices of points, those of each cell beside each other; each comes once.
    n_points
        How many points each cell has.
    away_m
        The distance of a cell's points to the nearest, meters, shape (3, cells), in the order of
        `Settle`: of a single point by geodesic, off by less than `ERROR_M` up to 500 km, or the least
        it can be where that is settled. With a likely error taken off it may be below 0.
    """
    by_error = np.argsort(to.error_m, kind="stable")
    to = Pieces(to.begin[by_error], to.end[by_error], to.error_m[by_error])
    near = strokes(to)
    for start in range(0, len(lon), _POINTS_AT_ONCE):
        part = slice(start, start + _POINTS_AT_ONCE)
        for points, n_points, away_m in _Search(lon[part], lat[part], to, near, settle).found():
            yield start + points, n_points, away_m


@dataclass(frozen=True)
class _Cells:
    """
    Points in cells, with the strokes that can be nearest to any point of a cell.

    Attributes
    ----------
    first, n_points
        The points of each cell, which stand beside each other in the order of the search.
    center, reach_m
        A ball around each: meters from the center of the Earth, shape (3, cells), and its radius; 0
        for a single point.
    strokes, n_strokes
        The strokes of all cells, one cell after another and by likely error, and how many of each.
    """

    first: Integers
    n_points: Integers
    center: Floats
    reach_m: Floats
    strokes: Integers
    n_strokes: Integers

    def __len__(self) -> int:
        return len(self.first)

    @cached_property
    def each(self) -> Runs:
        """Where the strokes of each cell stand."""
        return Runs.of(self.n_strokes)

    def only(self, is_kept: Flags) -> "_Cells":
        """Keep some of the cells."""
        return _Cells(
            self.first[is_kept],
            self.n_points[is_kept],
            self.center[:, is_kept],
            self.reach_m[is_kept],
            self.strokes[self.each.spread(is_kept)],
            self.n_strokes[is_kept],
        )

    def joined(self, other: "_Cells") -> "_Cells":
        """Put other cells behind these."""
        both = ((getattr(self, one.name), getattr(other, one.name)) for one in fields(self))
        return _Cells(*(np.concatenate(pair, axis=-1) for pair in both))


class _Search:
    """One search among points, in an order in which those of a cell stand beside each other."""

    def __init__(
        self, lon: Floats, lat: Floats, pieces: Pieces, near: Strokes, settle: Settle | None
    ) -> None:
        numbers = _numbers(lon, lat)
        self.order = np.argsort(numbers)
        self.numbers = numbers[self.order].astype(np.int64)
        self.lon, self.lat = lon, lat
        self.pieces, self.near, self.settle = pieces, near, settle

    def found(self) -> Iterator[tuple[Integers, Integers, Floats]]:
        """Look closer and closer, until a cell is settled or a single point is measured."""
        shift = 2 * np.maximum(_bits_apart(self.numbers[:1], self.numbers[-1:]) - _FIRST_BITS, 0)
        alike = runs(self.numbers >> shift)
        n_strokes = np.full(len(alike.n), len(self.near.longest))
        longest = np.tile(self.near.longest, len(alike.n))
        todo = [self._cells(alike.first, alike.n, longest, n_strokes)]
        while todo:
            cells = todo.pop()
            if len(cells.strokes) > _PAIRS_AT_ONCE and len(cells) > 1:
                is_left = np.arange(len(cells)) < len(cells) // 2
                todo += [cells.only(~is_left), cells.only(is_left)]
                continue
            cells, least_m, most_m = self._narrowed(cells)
            is_open = np.ones(len(cells), dtype=bool)
            if self.settle is not None:
                is_open = ~self.settle(least_m, most_m)
                yield *self._points(cells, ~is_open), least_m[:, ~is_open]
            is_coarse = cells.each.most(self.near.beside_m[cells.strokes]) > cells.reach_m
            is_last = is_open & ~is_coarse & (cells.n_points == 1)
            if is_last.any():
                yield *self._points(cells, is_last), self._measured(cells.only(is_last))
            divided = self._divided(cells.only(is_open & ~is_coarse & ~is_last))
            cells = self._opened(cells.only(is_open & is_coarse)).joined(divided)
            if len(cells):
                todo.append(cells)

    def _points(self, cells: _Cells, are_found: Flags) -> tuple[Integers, Integers]:
        first, n_points = cells.first[are_found], cells.n_points[are_found]
        return self.order[ranges(first, n_points)], n_points

    def _cells(
        self, first: Integers, n_points: Integers, strokes: Integers, n_strokes: Integers
    ) -> _Cells:
        many, few = (
            np.flatnonzero(n_points > _MANY_POINTS),
            np.flatnonzero(n_points <= _MANY_POINTS),
        )
        box = np.empty((4, len(first)))
        last = first + n_points - 1
        box[:, many] = _squares(self.numbers[first[many]], self.numbers[last[many]])
        box[:, few] = self._bounds(first[few], n_points[few])
        return _Cells(first, n_points, in_space(*box[:2]), _reach_m(*box[1:]), strokes, n_strokes)

    def _bounds(self, first: Integers, n_points: Integers) -> Floats:
        """Give the smallest boxes around the points of cells, as `_squares` does."""
        each, points = Runs.of(n_points), self.order[ranges(first, n_points)]
        at = np.stack([self.lon[points], self.lat[points]])
        least, most = each.least(at), each.most(at)
        return np.vstack([(least + most) / 2, (most - least) / 2])

    def _opened(self, cells: _Cells) -> _Cells:
        """Put its parts in the place of each stroke that says less than the width of its cell."""
        opened, n = self.near.opened(cells.strokes, cells.each.spread(cells.reach_m))
        return replace(cells, strokes=opened, n_strokes=cells.each.total(n))

    def _divided(self, cells: _Cells) -> _Cells:
        """Divide each cell into its quarters, or into single points."""
        last = cells.first + cells.n_points - 1
        bits = _bits_apart(self.numbers[cells.first], self.numbers[last])
        is_single = (bits == 0) | (cells.n_points <= _FEW_POINTS)
        whole, single = np.flatnonzero(~is_single), np.flatnonzero(is_single)
        first, n_points, shift = cells.first[whole], cells.n_points[whole], 2 * bits[whole]
        borders = (self.numbers[first] >> shift << shift) + (_QUARTERS << (shift - 2))
        edges = np.vstack([first, np.searchsorted(self.numbers, borders), first + n_points])
        n_points = np.diff(edges, axis=0)
        quarter, nth = np.nonzero(n_points)
        parent = np.append(whole[nth], np.repeat(single, cells.n_points[single]))
        n_strokes = cells.n_strokes[parent]
        n_singles = len(parent) - len(nth)
        return self._cells(
            np.append(edges[quarter, nth], ranges(cells.first[single], cells.n_points[single])),
            np.append(n_points[quarter, nth], np.ones(n_singles, dtype=np.intp)),
            cells.strokes[ranges(cells.each.first[parent], n_strokes)],
            n_strokes,
        )

    def _narrowed(self, cells: _Cells) -> tuple[_Cells, Floats, Floats]:
        """
        Let go of strokes that are nearest to no point of their cell.

        Gives the least and the greatest distance to the nearest, too, in the order of `Settle`.
        """
        _, chord_m = self._chords(cells)
        slack_m = cells.each.spread(cells.reach_m + ERROR_M)
        slack_m += self.near.beside_m[cells.strokes]
        near_m, far_m = np.maximum(chord_m - slack_m, 0), chord_m + slack_m
        cell, error_m = self._errors(cells)
        alike = runs(cell, error_m)
        errors = runs(cell[alike.first])
        # Chords are enough to compare strokes of one likely error.
        longest_m = alike.least(far_m)
        errors_m = _SIGNS * error_m[alike.first]
        shortest_m = alike.least(near_m) + errors_m
        least_m = errors.least(shortest_m)
        most_m = errors.least(arc(longest_m) + errors_m)
        can_be = np.any(shortest_m <= errors.spread(most_m), axis=0)
        is_kept = alike.spread(can_be) & (near_m <= alike.spread(longest_m))
        n_strokes = cells.each.total(is_kept)
        narrowed = replace(cells, strokes=cells.strokes[is_kept], n_strokes=n_strokes)
        return narrowed, least_m, most_m

    def _measured(self, cells: _Cells) -> Floats:
        """Measure from single points to the nearest piece of each likely error."""
        share, chord_m = self._chords(cells)
        cell, error_m = self._errors(cells)
        nearest_first = np.lexsort((chord_m, error_m, cell))
        best = nearest_first[runs(cell, error_m).first]
        cell, error_m, pieces = cell[best], error_m[best], cells.strokes[best]
        begin, end = self.pieces.begin[pieces], self.pieces.end[pieces]
        foot = begin + share[best, None] * (end - begin)
        point = self.order[cells.first[cell]]
        along_m = WGS84.inv(self.lon[point], self.lat[point], foot[:, 0], foot[:, 1])[2]
        measured: Floats = runs(cell).least(along_m + _SIGNS * error_m)
        return measured

    def _chords(self, cells: _Cells) -> tuple[Floats, Floats]:
        return self.near.chords(cells.each.spread(cells.center), cells.strokes)

    def _errors(self, cells: _Cells) -> tuple[Integers, Floats]:
        """Give the cell and the likely error of each stroke."""
        cell = cells.each.spread(np.arange(len(cells)))
        return cell, self.near.error_m[cells.strokes]


def _squares(first: Integers, last: Integers) -> Floats:
    """
    Give the smallest squares of the numbering that hold two of the smallest each.

    Returns
    -------
    box
        Longitude and latitude of the middle, and half of the width and of the height, degrees.
    """
    bits = _bits_apart(first, last)
    half = 2.0 ** (bits - _BITS) * np.array([[180], [90]])
    nth = np.stack([_every_second(first), _every_second(first >> 1)]) >> bits
    return np.vstack([(2 * nth + 1) * half - [[180], [90]], half])


def _reach_m(lat: Floats, width: Floats, height: Floats) -> Floats:
    """
    Say how far from its middle a box reaches at most: that latitude and half its sides, degrees.

    On a sphere that is nowhere bent more than the ellipsoid, on which no way is longer than there.
    """
    radius = WGS84.a**2 / WGS84.b
    low = np.maximum(np.abs(lat) - height, 0)
    lat, low, width, height = np.radians([lat, low, width, height])
    hav = np.sin(height / 2) ** 2 + np.cos(lat) * np.cos(low) * np.sin(width / 2) ** 2
    reach_m: Floats = 2 * radius * np.arcsin(np.sqrt(np.minimum(hav, 1)))
    return reach_m


def _bits_apart(first: Integers, last: Integers) -> Integers:
    """Say how many of its last bits tell longitude or latitude apart within a cell."""
    _, n_bits = np.frexp((first ^ last).astype(np.float64))
    return (n_bits.astype(np.intp) + 1) // 2


def _numbers(lon: Floats, lat: Floats) -> npt.NDArray[np.uint32]:
    """Number the smallest cells so that four of them make the next larger one, and so on (Z-order)."""
    number = np.zeros(len(lon), dtype=np.uint32)
    for shift, share in enumerate(((lon + 180) / 360, (lat + 90) / 180)):
        bits = np.clip(share * 2**_BITS, 0, 2**_BITS - 1).astype(np.uint32)
        for step, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
            bits = (bits | (bits << step)) & mask
        number |= bits << shift
    return number


def _every_second(number: Integers) -> Integers:
    """Put every second bit of a number together, from the last on."""
    bits = number & 0x55555555
    for step, mask in ((1, 0x33333333), (2, 0x0F0F0F0F), (4, 0x00FF00FF), (8, 0x0000FFFF)):
        bits = (bits | (bits >> step)) & mask
    return bits
