"""
Very many points, and the pieces of lines that are nearest to them.

Points are taken together in cells, and pieces in strokes, as long as that does no harm: a ball around
a cell's points says without a doubt which strokes can be nearest to any of them, and how near and how
far these are. Where that says too little, the wider of the two is divided.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from geo.analysis.pieces import Pieces
from geo.analysis.ragged import Integers, each, ranges, runs, starts
from geo.analysis.strokes import Strokes, arc, in_space, norm, strokes
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
#: Points of a cell that are looked at one by one rather than divided.
_FEW_POINTS = 8
#: Bits for each of longitude and latitude in a cell's number: the smallest cells are 600 m wide.
_BITS = 16
#: Each location as near as its likely error allows, as drawn, and as far.
_SIGNS = np.array([[-1], [0], [1]])


def search(
    lon: Floats, lat: Floats, to: Pieces, settle: Settle | None = None
) -> Iterator[tuple[Integers, Floats]]:
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
        Indices of points; each comes once.
    away_m
        Their distance to the nearest, meters, shape (3, points), in the order of `Settle`: a geodesic
        off by less than `ERROR_M` up to 500 km, or the least it can be where that is settled. With a
        likely error taken off it may be below 0.
    """
    by_error = np.argsort(to.error_m, kind="stable")
    to = Pieces(to.begin[by_error], to.end[by_error], to.error_m[by_error])
    near = strokes(to)
    for start in range(0, len(lon), _POINTS_AT_ONCE):
        part = slice(start, start + _POINTS_AT_ONCE)
        for points, away_m in _Search(lon[part], lat[part], to, near, settle).found():
            yield start + points, away_m


@dataclass(frozen=True)
class _Cells:
    """
    Points in cells, with the strokes that can be nearest to any point of a cell.

    Attributes
    ----------
    first, n_points
        The points of each cell, which stand beside each other in the order of the search.
    center, reach_m
        A ball around them: meters from the center of the Earth, shape (3, cells), and its radius.
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

    def only(self, is_kept: Flags) -> "_Cells":
        """Keep some of the cells."""
        return _Cells(
            self.first[is_kept],
            self.n_points[is_kept],
            self.center[:, is_kept],
            self.reach_m[is_kept],
            self.strokes[np.repeat(is_kept, self.n_strokes)],
            self.n_strokes[is_kept],
        )

    def joined(self, other: "_Cells") -> "_Cells":
        """Put other cells behind these."""
        both = zip(vars(self).values(), vars(other).values(), strict=True)
        return _Cells(*(np.concatenate(one, axis=-1) for one in both))


class _Search:
    """One search among points, in an order in which those of a cell stand beside each other."""

    def __init__(
        self, lon: Floats, lat: Floats, pieces: Pieces, near: Strokes, settle: Settle | None
    ) -> None:
        numbers = _numbers(lon, lat)
        self.order = np.argsort(numbers)
        self.numbers = numbers[self.order].astype(np.int64)
        self.lon, self.lat = lon[self.order], lat[self.order]
        self.points = in_space(self.lon, self.lat)
        self.pieces, self.near, self.settle = pieces, near, settle

    def found(self) -> Iterator[tuple[Integers, Floats]]:
        """Look closer and closer, until a cell is settled or a single point is measured."""
        n_points, n_strokes = np.array([len(self.order)]), np.array([len(self.near.longest)])
        todo = [self._cells(np.array([0]), n_points, self.near.longest, n_strokes)]
        while todo:
            cells = todo.pop()
            if len(cells.strokes) > _PAIRS_AT_ONCE and len(cells) > 1:
                is_left = np.arange(len(cells)) < len(cells) // 2
                todo += [cells.only(~is_left), cells.only(is_left)]
                continue
            cells, least_m, most_m = self._narrowed(cells)
            if self.settle is not None:
                is_settled = self.settle(least_m, most_m)
                yield self._told(cells.only(is_settled), least_m[:, is_settled])
                cells = cells.only(~is_settled)
            beside_m = each(np.maximum, self.near.beside_m[cells.strokes], cells.n_strokes)
            is_coarse = beside_m > cells.reach_m
            is_last = ~is_coarse & (cells.n_points == 1)
            last = cells.only(is_last)
            yield self._told(last, self._measured(last))
            divided = self._divided(cells.only(~is_coarse & ~is_last))
            cells = self._opened(cells.only(is_coarse)).joined(divided)
            if len(cells):
                todo.append(cells)

    def _told(self, cells: _Cells, away_m: Floats) -> tuple[Integers, Floats]:
        points = self.order[ranges(cells.first, cells.n_points)]
        return points, np.repeat(away_m, cells.n_points, axis=1)

    def _cells(
        self, first: Integers, n_points: Integers, strokes: Integers, n_strokes: Integers
    ) -> _Cells:
        here = self.points[:, ranges(first, n_points)]
        least, most = (each(end, here, n_points) for end in (np.minimum, np.maximum))
        center, reach_m = (least + most) / 2, norm(most - least) / 2
        return _Cells(first, n_points, center, reach_m, strokes, n_strokes)

    def _opened(self, cells: _Cells) -> _Cells:
        """Put its parts in the place of each stroke that says less than the width of its cell."""
        reach_m = np.repeat(cells.reach_m, cells.n_strokes)
        opened, n = self.near.opened(cells.strokes, reach_m)
        return replace(cells, strokes=opened, n_strokes=each(np.add, n, cells.n_strokes))

    def _divided(self, cells: _Cells) -> _Cells:
        """Divide each cell into its quarters, or into single points."""
        first, end = cells.first, cells.first + cells.n_points
        number = self.numbers[first]
        _, n_bits = np.frexp((number ^ self.numbers[end - 1]).astype(np.float64))
        shift = np.maximum(n_bits - 1, 0) // 2 * 2
        borders = ((number >> (shift + 2) << 2) + np.array([[1], [2], [3]])) << shift
        edges = np.vstack([first, np.searchsorted(self.numbers, borders), end])
        n_points = np.diff(edges, axis=0)
        is_single = (n_bits == 0) | (cells.n_points <= _FEW_POINTS)
        quarter, whole = np.nonzero((n_points > 0) & ~is_single)
        single = np.repeat(np.flatnonzero(is_single), cells.n_points[is_single])
        parent = np.concatenate([whole, single])
        n_strokes = cells.n_strokes[parent]
        return self._cells(
            np.append(edges[quarter, whole], ranges(first[is_single], cells.n_points[is_single])),
            np.append(n_points[quarter, whole], np.ones(len(single), dtype=np.intp)),
            cells.strokes[ranges(starts(cells.n_strokes)[parent], n_strokes)],
            n_strokes,
        )

    def _narrowed(self, cells: _Cells) -> tuple[_Cells, Floats, Floats]:
        """
        Let go of strokes that are nearest to no point of their cell.

        Gives the least and the greatest distance to the nearest, too, in the order of `Settle`.
        """
        _, chord_m = self._chords(cells)
        slack_m = np.repeat(cells.reach_m, cells.n_strokes) + self.near.beside_m[cells.strokes]
        near_m, far_m = np.maximum(chord_m - slack_m - ERROR_M, 0), chord_m + slack_m + ERROR_M
        cell, error_m = self._errors(cells)
        alike, n_alike = runs(cell, error_m)
        _, n_errors = runs(cell[alike])
        # Chords are enough to compare strokes of one likely error.
        longest_m = each(np.minimum, far_m, n_alike)
        errors_m = _SIGNS * error_m[alike]
        shortest_m = each(np.minimum, near_m, n_alike) + errors_m
        least_m = each(np.minimum, shortest_m, n_errors)
        most_m = each(np.minimum, arc(longest_m) + errors_m, n_errors)
        can_be = (shortest_m <= np.repeat(most_m, n_errors, axis=1)).any(axis=0)
        is_kept = np.repeat(can_be, n_alike) & (near_m <= np.repeat(longest_m, n_alike))
        n_strokes = each(np.add, is_kept.astype(np.intp), cells.n_strokes)
        narrowed = replace(cells, strokes=cells.strokes[is_kept], n_strokes=n_strokes)
        return narrowed, least_m, most_m

    def _measured(self, cells: _Cells) -> Floats:
        """Measure from single points to the nearest piece of each likely error."""
        share, chord_m = self._chords(cells)
        cell, error_m = self._errors(cells)
        nearest_first = np.lexsort((chord_m, error_m, cell))
        best = nearest_first[runs(cell, error_m)[0]]
        cell, error_m, pieces = cell[best], error_m[best], cells.strokes[best]
        begin, end = self.pieces.begin[pieces], self.pieces.end[pieces]
        foot = begin + share[best, None] * (end - begin)
        point = cells.first[cell]
        along_m = WGS84.inv(self.lon[point], self.lat[point], foot[:, 0], foot[:, 1])[2]
        _, n_errors = runs(cell)
        return each(np.minimum, along_m + _SIGNS * error_m, n_errors)

    def _chords(self, cells: _Cells) -> tuple[Floats, Floats]:
        center = np.repeat(cells.center, cells.n_strokes, axis=1)
        return self.near.chords(center, cells.strokes)

    def _errors(self, cells: _Cells) -> tuple[Integers, Floats]:
        """Give the cell and the likely error of each stroke."""
        cell = np.repeat(np.arange(len(cells)), cells.n_strokes)
        return cell, self.near.error_m[cells.strokes]


def _numbers(lon: Floats, lat: Floats) -> npt.NDArray[np.uint32]:
    """Number the smallest cells so that four of them make the next larger one, and so on (Z-order)."""
    number = np.zeros(len(lon), dtype=np.uint32)
    for shift, share in enumerate(((lon + 180) / 360, (lat + 90) / 180)):
        bits = np.clip(share * 2**_BITS, 0, 2**_BITS - 1).astype(np.uint32)
        for step, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
            bits = (bits | (bits << step)) & mask
        number |= bits << shift
    return number
