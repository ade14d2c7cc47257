"""What RFC 7946 asks of a geometry: right-handed rings, six decimals, cut at the antimeridian."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from geo.export.extract import Geometries

#: Decimals of a degree: a tenth of a meter.
DECIMALS = 6
_HALF, _WORLD = 180.0, 360.0

#: West, south, east, north.
Box = tuple[float, float, float, float]


def as_rfc7946(geometries: Geometries) -> Geometries:
    """
    Give geometries as RFC 7946 wants them.

    Parameters
    ----------
    geometries
        Longitude and latitude, EPSG:4326; None where no place is known. A step of more than half
        the world along a line or ring is taken to cross the antimeridian the short way.
    """
    cut = geometries.copy()
    west, east = shapely.bounds(geometries)[:, [0, 2]].T
    for index in np.flatnonzero((west < -_HALF) | (east > _HALF) | (east - west > _HALF)):
        if _crosses(geometries[index]):
            cut[index] = _cut(geometries[index])
    rounded = shapely.transform(cut, lambda positions: np.round(positions, DECIMALS))
    oriented: Geometries = shapely.orient_polygons(rounded)
    return oriented


def bbox_of(geometries: Geometries) -> Iterator[Box]:
    """
    Give west, south, east, north of each known place.

    West is greater than east where a geometry lies on both sides of the antimeridian
    (RFC 7946 §5.2).
    """
    for geometry, bounds in zip(geometries, shapely.bounds(geometries).tolist(), strict=True):
        if geometry is None:
            continue
        west, south, east, north = bounds
        if west == -_HALF and east == _HALF and shapely.get_num_geometries(geometry) > 1:
            parts = [part.bounds for part in geometry.geoms]
            if not any(part[0] < 0 < part[2] for part in parts):
                west = min(part[0] for part in parts if part[2] > 0)
                east = max(part[2] for part in parts if part[0] < 0)
        yield west, south, east, north


def joined(boxes: Sequence[Box]) -> Box:
    """Join bounds; where one crosses the antimeridian, the whole does, or goes round the world."""
    west, south, east, north = np.array(boxes).T
    if not (west > east).any():
        return float(west.min()), float(south.min()), float(east.max()), float(north.max())
    # Turn the western half on past 180 degrees: there the crossing boxes are plain ones.
    first = float(np.where(west < 0, west + _WORLD, west).min())
    last = float(np.where(east < 0, east + _WORLD, east).max())
    if last - first >= _WORLD or ((west < 0).any() and (east > 0)[west < 0].any()):
        return -_HALF, float(south.min()), _HALF, float(north.max())
    return (
        first - _WORLD if first > _HALF else first,
        float(south.min()),
        last - _WORLD if last > _HALF else last,
        float(north.max()),
    )


def _crosses(geometry: BaseGeometry) -> bool:
    west, _, east, _ = geometry.bounds
    if west < -_HALF or east > _HALF:
        return True
    # A step from -180 to 180 runs along the antimeridian, as round a pole; it crosses nothing.
    steps = (np.abs(np.diff(line[:, 0])) for line in _lines(geometry))
    return any(((step > _HALF) & (step < _WORLD)).any() for step in steps)


def _lines(geometry: BaseGeometry) -> Iterator[np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
    for part in shapely.get_parts(geometry):
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        yield from (shapely.get_coordinates(ring) for ring in rings)


def _cut(geometry: BaseGeometry) -> BaseGeometry:
    """Unroll a geometry, cut it at each antimeridian, and put the pieces back on the map."""
    pieces: list[BaseGeometry] = []
    for part in shapely.get_parts(geometry):
        try:
            whole = shapely.transform(part, _unrolled)
        except shapely.GEOSException:  # a ring round a pole does not close when unrolled
            return geometry
        west, _, east, _ = whole.bounds
        for turn in range(int((west + _HALF) // _WORLD), int((east + _HALF) // _WORLD) + 1):
            window = shapely.box(turn * _WORLD - _HALF, -90, turn * _WORLD + _HALF, 90)
            piece = translate(shapely.intersection(whole, window), xoff=-turn * _WORLD)
            same = [one for one in shapely.get_parts(piece) if one.geom_type == part.geom_type]
            pieces.extend(same)
    if len(pieces) == 1:
        return pieces[0]
    together: Callable[[list[Any]], BaseGeometry] = getattr(shapely, f"Multi{pieces[0].geom_type}")
    return together(pieces)


def _unrolled(
    positions: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    lon = np.unwrap(positions[:, 0], period=_WORLD)
    return np.column_stack([lon, positions[:, 1:]])
