"""
Exact distances from many points to lines, along the WGS 84 ellipsoid.

The nearest point of a line is looked for in space, where straight chords need no projection and
hold across the date line and at the poles; the distance to it is then measured as a geodesic.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geo.measure import WGS84

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.intp]

#: Lines are cut into pieces of at most this length: a piece's chord then lies less than 6 cm below
#: the ellipsoid and less than 10 cm beside the drawn line at latitudes up to 60°.
PIECE_M = 2_000
#: How far a distance may be off because the nearest point was looked for along chords: 1 m at 500 km.
ERROR_M = 1.0

#: Pairs of a point and a piece that are measured rather than sorted out, and at once.
_FEW_PAIRS = 100_000
_FEW_PIECES = 8
_AT_ONCE = 500_000
#: From this chord on a geodesic may be longer than half of the smallest circle.
_ALMOST_THROUGH_M = 12_000_000


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


@dataclass(frozen=True)
class Distances:
    """
    Distances from points to the nearest of several locations, meters.

    Attributes
    ----------
    low, high
        To the nearest if each location is as near, or as far, as its likely error allows.
    central
        To the nearest as drawn.
    """

    low: Floats
    central: Floats
    high: Floats


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
    nth = np.arange(len(which)) - np.repeat(np.cumsum(n_cuts) - n_cuts, n_cuts)
    step = (end - begin)[which] / n_cuts[which, None]
    first = begin[which] + step * nth[:, None]
    return first, first + step


def distances(lon: Floats, lat: Floats, to: Pieces) -> Distances:
    """
    Measure from points to the nearest piece, as drawn and with each location's likely error.

    Parameters
    ----------
    lon, lat
        Degrees, EPSG:4326, shape (m,).
    to
        What to measure to.

    Returns
    -------
    distances
        Meters, shape (m,) each, off by less than `ERROR_M` up to 500 km; never below 0.

    Notes
    -----
    Points are halved until few pieces can be nearest to any of a half; a ball around the half's
    points bounds that without a doubt, so no nearer piece is lost.
    """
    found = np.full((1, 3, len(lon)), np.inf)
    if len(lon):
        _Search(lon, lat, to, found).divide(np.arange(len(lon)), np.arange(len(to)))
    return _clipped(found[0])


def bounds(lon: Floats, lat: Floats, to: Pieces) -> tuple[Distances, Distances]:
    """
    Give what the distances from points to the nearest piece are at least and at most.

    Parameters
    ----------
    lon, lat, to
        As `distances` takes them.

    Returns
    -------
    least, most
        Meters, shape (m,) each. They lie a few meters apart up to 100 km, for the straight chord is
        hardly shorter than the way along the ellipsoid, and are found in a fifth of the time.
    """
    found = np.full((2, 3, len(lon)), np.inf)
    if len(lon):
        _Search(lon, lat, to, found).divide(np.arange(len(lon)), np.arange(len(to)))
    least, most = found
    return _clipped(least), _clipped(most)


def _clipped(found: Floats) -> Distances:
    low, central, high = np.maximum(found, 0)
    return Distances(low=low, central=central, high=high)


class _Search:
    """
    One search: points and pieces in space, meters from a common origin, and what was found.

    `found` takes low, central and high of geodesics, shape (1, 3, m), or of their least and greatest
    possible length, shape (2, 3, m).
    """

    def __init__(self, lon: Floats, lat: Floats, to: Pieces, found: Floats) -> None:
        self.lon, self.lat, self.to, self.found = lon, lat, to, found
        begin, end = _in_space(*to.begin.T), _in_space(*to.end.T)
        origin = begin.mean(axis=0)
        self.points = _in_space(lon, lat) - origin
        self.begin, self.along = begin - origin, end - begin
        self.middle = self.begin + self.along / 2
        self.radius = np.linalg.norm(self.along, axis=1) / 2
        self.length2 = np.maximum(np.einsum("ij,ij->i", self.along, self.along), 1e-9)

    def divide(self, points: Integers, candidates: Integers) -> None:
        """Halve the points until few pieces can be nearest to any of them, then measure."""
        if len(points) * len(candidates) > _FEW_PAIRS:
            here = self.points[points]
            least, most = here.min(axis=0), here.max(axis=0)
            center, reach = (least + most) / 2, float(np.linalg.norm(most - least)) / 2
            candidates = self._possible(center, reach, candidates)
            axis = int(np.argmax(most - least))
            is_left = here[:, axis] <= center[axis]
            if len(candidates) > _FEW_PIECES and is_left.any() and not is_left.all():
                self.divide(points[is_left], candidates)
                self.divide(points[~is_left], candidates)
                return
        step = max(_AT_ONCE // len(candidates), 1)
        for start in range(0, len(points), step):
            self._measure(points[start : start + step], candidates)

    def _possible(self, center: Floats, reach: float, candidates: Integers) -> Integers:
        """Pieces that can be nearest to a point of a ball, as drawn or with their errors."""
        away = np.linalg.norm(self.middle[candidates] - center, axis=1)
        slack = self.radius[candidates] + reach + 2 * ERROR_M
        error_m = self.to.error_m[candidates]
        keep = np.zeros(len(candidates), dtype=bool)
        for sign in (-1, 0, 1):
            surely_within = np.min(_arc(away + slack) + sign * error_m)
            keep |= np.maximum(away - slack, 0) + sign * error_m <= surely_within
        return candidates[keep]

    def _measure(self, points: Integers, candidates: Integers) -> None:
        """Measure to the nearest of few pieces, for each likely error among them."""
        error_m = self.to.error_m[candidates]
        here = self.points[points]
        for error in np.unique(error_m):
            those = candidates[error_m == error]
            begin, along = self.begin[those], self.along[those]
            at = here @ along.T - np.einsum("ij,ij->i", begin, along)
            share = np.clip(at / self.length2[those], 0, 1)
            # |p - b - t a|², written out so that no array of vectors is made
            to_begin2 = (
                np.einsum("ij,ij->i", here, here)[:, None]
                - 2 * here @ begin.T
                + np.einsum("ij,ij->i", begin, begin)
            )
            away2 = to_begin2 + share * (share * self.length2[those] - 2 * at)
            if len(self.found) == 1:
                nearest = np.argmin(away2, axis=1)
                self._note(points, error, self._geodesic_m(points, those[nearest], share, nearest))
            else:
                chord_m = np.sqrt(np.maximum(away2.min(axis=1), 0))
                self._note(points, error, chord_m - ERROR_M, _arc(chord_m) + ERROR_M)

    def _geodesic_m(
        self, points: Integers, best: Integers, share: Floats, nearest: Integers
    ) -> Floats:
        """Measure each point to where it is nearest to its best piece."""
        part = share[np.arange(len(points)), nearest]
        foot = self.to.begin[best] + part[:, None] * (self.to.end[best] - self.to.begin[best])
        along_m: Floats
        _, _, along_m = WGS84.inv(self.lon[points], self.lat[points], foot[:, 0], foot[:, 1])
        return along_m

    def _note(self, points: Integers, error: float, *found: Floats) -> None:
        """Keep what is nearer than what was found before, with and without the likely error."""
        for kind, away_m in enumerate(found):
            for row, sign in enumerate((-1, 0, 1)):
                before = self.found[kind, row, points]
                self.found[kind, row, points] = np.minimum(before, away_m + sign * error)


def _in_space(lon: Floats, lat: Floats) -> Floats:
    """Positions on the ellipsoid, meters from its center, shape (n, 3)."""
    return _cartesian(WGS84, np.radians(lon), np.radians(lat))


def _cartesian(ellipsoid: Geod, lon: Floats, lat: Floats) -> Floats:
    normal = ellipsoid.a / np.sqrt(1 - ellipsoid.es * np.sin(lat) ** 2)
    return np.column_stack(
        [
            normal * np.cos(lat) * np.cos(lon),
            normal * np.cos(lat) * np.sin(lon),
            normal * (1 - ellipsoid.es) * np.sin(lat),
        ]
    )


def _arc(chord_m: Floats) -> Floats:
    """
    The longest geodesic that a chord can stand for, meters.

    A geodesic is nowhere bent more sharply than a meridian at the equator; by Schur's theorem its
    chord is then no shorter than that of as long an arc of that circle.
    """
    radius = WGS84.b**2 / WGS84.a
    arc_m = 2 * radius * np.arcsin(np.minimum(chord_m / (2 * radius), 1))
    return np.where(chord_m < _ALMOST_THROUGH_M, arc_m, np.pi * WGS84.a)
