"""
Which of several radii holds each of very many points.

A distance changes by no more than one moves. So a cell of a grid whose center is far enough from
every radius is decided at once for all points in it; only points in the other cells are measured.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin

import numpy as np
import numpy.typing as npt

from geo.analysis.nearest import ERROR_M, Distances, Floats, Pieces, bounds, distances
from geo.measure import WGS84

Rings = npt.NDArray[np.uint8]

_UNDECIDED = 255
_POINTS_A_CELL = 16
_MOST_CELLS = 250_000
#: A grid costs about as much as measuring so many points.
_FEW_POINTS = 20_000
_AT_ONCE = 1_000_000


def rings(lon: Floats, lat: Floats, to: Pieces, radii_m: Sequence[float]) -> Rings:
    """
    Say for each point which is the smallest radius that holds it.

    Parameters
    ----------
    lon, lat
        Degrees, EPSG:4326, shape (n,).
    to
        What the radii are around.
    radii_m
        Ascending, meters.

    Returns
    -------
    rings
        Index into `radii_m`, or their number where none holds the point; shape (3, n): if every
        location is as near as its likely error allows, as drawn, and as far.
    """
    radii = np.asarray(radii_m, dtype=np.float64)
    if len(lon) < _FEW_POINTS or (grid := _grid(len(lon), to, radii)) is None:
        return _measured(lon, lat, to, radii)
    found = np.full((3, len(lon)), len(radii), dtype=np.uint8)
    for part in _slices(len(lon)):
        cells = grid.cells(lon[part], lat[part])
        within = np.flatnonzero(cells >= 0)
        told = grid.rings[:, cells[within]]
        open_ = (told == _UNDECIDED).any(axis=0)
        found[:, part.start + within] = told
        points = part.start + within[open_]
        found[:, points] = _measured(lon[points], lat[points], to, radii)
    return found


def _slices(n: int) -> Iterator[slice]:
    for start in range(0, n, _AT_ONCE):
        yield slice(start, min(start + _AT_ONCE, n))


def _measured(lon: Floats, lat: Floats, to: Pieces, radii: Floats) -> Rings:
    """Decide each point: by a geodesic only where it lies within meters of a radius."""
    least, most = bounds(lon, lat, to)
    found = _ring(most, radii)
    close = np.flatnonzero((_ring(least, radii) != found).any(axis=0))
    found[:, close] = _ring(distances(lon[close], lat[close], to), radii)
    return found


def _ring(found: Distances, radii: Floats) -> Rings:
    away = np.stack([found.low, found.central, found.high])
    return np.searchsorted(radii, away, side="left").astype(np.uint8)


@dataclass(frozen=True)
class _Grid:
    """Cells of equal degrees, row by row from the south-west, and the ring of each."""

    west: float
    south: float
    width: float
    height: float
    columns: int
    rows: int
    rings: Rings

    def cells(self, lon: Floats, lat: Floats) -> npt.NDArray[np.int64]:
        """Cell of each point; -1 outside, where no radius reaches."""
        column = np.floor((lon - self.west) / self.width)
        row = np.floor((lat - self.south) / self.height)
        is_in = (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)
        return np.where(is_in, row * self.columns + column, -1).astype(np.int64)


def _grid(n: int, to: Pieces, radii: Floats) -> _Grid | None:
    """Decide the cells of a grid; None near the poles and the date line, where it would not fit."""
    minx, miny, maxx, maxy = to.bounds
    reach_m = float(radii[-1] + to.error_m.max() + ERROR_M)
    turn = sin(reach_m / WGS84.b) / max(cos(radians(max(abs(miny), abs(maxy)))), 1e-9)
    if turn >= 1:
        return None
    across, up = 1.01 * degrees(asin(turn)), 1.01 * degrees(reach_m / WGS84.b)
    west, south, east, north = minx - across, miny - up, maxx + across, maxy + up
    if west < -180 or east > 180 or south < -89 or north > 89:  # noqa: PLR2004 - degrees
        return None
    n_cells = min(max(n // _POINTS_A_CELL, 1), _MOST_CELLS)
    stretch = cos(radians((south + north) / 2))
    side = ((east - west) * stretch * (north - south) / n_cells) ** 0.5
    columns = max(round((east - west) * stretch / side), 1)
    rows = max(round((north - south) / side), 1)
    width, height = (east - west) / columns, (north - south) / rows
    lat = south + height * (np.arange(rows) + 0.5)
    lon = west + width * (np.arange(columns) + 0.5)
    near, far = bounds(np.tile(lon, rows), np.repeat(lat, columns), to)
    half_m = np.repeat(_half_diagonal_m(lat, width, height), columns)
    least = _ring(_moved(near, -half_m), radii)
    most = _ring(_moved(far, half_m), radii)
    decided = np.where(least == most, least, _UNDECIDED).astype(np.uint8)
    return _Grid(west, south, width, height, columns, rows, decided)


def _moved(found: Distances, by_m: Floats) -> Distances:
    return Distances(low=found.low + by_m, central=found.central + by_m, high=found.high + by_m)


def _half_diagonal_m(lat: Floats, width: float, height: float) -> Floats:
    """From the center of a cell to its farthest corner and a little more, meters, for each row."""
    zero = np.zeros_like(lat)
    corners = [WGS84.inv(zero, lat, zero + width / 2, lat + way * height / 2)[2] for way in (-1, 1)]
    farthest: Floats = np.maximum(*corners)
    return 1.001 * farthest + 2 * ERROR_M
