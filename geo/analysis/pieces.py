"""Lines and points cut into short straight pieces, along which distances can be measured."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.analysis.ragged import ranges
from geo.measure import WGS84, Floats

#: Lines are cut into pieces of at most this length: a piece's chord then lies less than 6 cm below
#: the ellipsoid and less than 10 cm beside the drawn line at latitudes up to 60°.
PIECE_M = 2_000


@dataclass(frozen=True)
class Pieces:
    """
    Lines and points cut into short straight pieces, each with the likely error of its location.

    Attributes
    ----------
    begin, end
        Longitude and latitude, EPSG:4326, shape (n, 2); a point is a piece without length.
    error_m
        Likely error of the location each piece is of, meters, shape (n,).
    """

    begin: Floats
    end: Floats
    error_m: Floats

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Least and greatest longitude and latitude: minx, miny, maxx, maxy."""
        both = np.vstack([self.begin, self.end])
        (minx, miny), (maxx, maxy) = both.min(axis=0), both.max(axis=0)
        return float(minx), float(miny), float(maxx), float(maxy)

    def __len__(self) -> int:
        return len(self.error_m)


def pieces(geometries: Sequence[BaseGeometry], errors_m: Sequence[float]) -> Pieces:
    """
    Cut points and lines into pieces of at most `PIECE_M`.

    Parameters
    ----------
    geometries
        Points and lines, single or multiple, longitude and latitude, EPSG:4326. A line runs straight
        in longitude and latitude from vertex to vertex, as RFC 7946 says.
    errors_m
        Likely error of each, meters.

    Raises
    ------
    ValueError
        If there is nothing to measure to, or a geometry has an area: its inside has no distance.
    """
    begins, ends, errors = [], [], []
    for geometry, error_m in zip(geometries, errors_m, strict=True):
        for part in shapely.get_parts(geometry):
            if part.geom_type not in {"Point", "LineString"}:
                raise ValueError(f"cannot measure to a {part.geom_type}")
            positions = shapely.get_coordinates(part)
            begin, end = _cut(positions) if len(positions) > 1 else (positions, positions)
            begins.append(begin)
            ends.append(end)
            errors.append(np.full(len(begin), float(error_m)))
    if not errors:
        raise ValueError("no geometry to measure to")
    return Pieces(np.vstack(begins), np.vstack(ends), np.concatenate(errors))


def _cut(positions: Floats) -> tuple[Floats, Floats]:
    begin, end = positions[:-1], positions[1:]
    _, _, length_m = WGS84.inv(begin[:, 0], begin[:, 1], end[:, 0], end[:, 1])
    n_cuts = np.maximum(np.ceil(length_m / PIECE_M), 1).astype(np.intp)
    which = np.repeat(np.arange(len(begin)), n_cuts)
    nth = ranges(np.zeros_like(n_cuts), n_cuts)
    step = (end - begin)[which] / n_cuts[which, None]
    first = begin[which] + step * nth[:, None]
    return first, first + step
