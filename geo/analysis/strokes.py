"""
Lines in space, near and from afar.

Straight chords need no projection and hold across the date line and at the poles.
"""

from dataclasses import dataclass

import numpy as np

from geo.analysis.pieces import Pieces
from geo.analysis.ragged import Integers, each, ranges, runs
from geo.measure import WGS84, Floats

#: A stroke is made of so many shorter ones.
_PARTS = 8
#: What a stroke of several lies beside them at least: more than nothing, which says that it is a piece.
_LEAST_M = 0.001
#: From this chord on a geodesic may be longer than half of the smallest circle.
_ALMOST_THROUGH_M = 12_000_000


@dataclass(frozen=True)
class Strokes:
    """
    Straight lines in space: those of pieces, and longer ones that stand for several in a row.

    Attributes
    ----------
    begin, along
        Where each begins, meters from the center of the Earth, and the way to its end, shape (3, n).
    beside_m
        How far at most it and what it stands for lie apart, meters, shape (n,); 0 for a piece.
    error_m
        Likely error of all that it stands for, meters.
    first, n_parts
        The strokes it is made of, which stand side by side; a piece is made of itself.
    longest
        The strokes that are no part of another.
    """

    begin: Floats
    along: Floats
    beside_m: Floats
    error_m: Floats
    first: Integers
    n_parts: Integers
    longest: Integers

    def chords(self, points: Floats, strokes: Integers) -> tuple[Floats, Floats]:
        """
        Find where strokes are nearest to points in space.

        Parameters
        ----------
        points
            Meters from the center of the Earth, shape (3, m).
        strokes
            One for each point.

        Returns
        -------
        share, chord_m
            How far along the stroke that is, 0 to 1, and how far from the point, meters.
        """
        return _chords(points, self.begin[:, strokes], self.along[:, strokes])

    def opened(self, strokes: Integers, beyond_m: Floats) -> tuple[Integers, Integers]:
        """
        Put its parts in the place of each stroke that lies farther beside them than is allowed.

        Returns
        -------
        strokes, n
            What stands in each one's place, one after another, and how many that are.
        """
        is_far = self.beside_m[strokes] > beyond_m
        n = np.where(is_far, self.n_parts[strokes], 1)
        return ranges(np.where(is_far, self.first[strokes], strokes), n), n


def strokes(to: Pieces) -> Strokes:
    """Give the strokes of pieces that stand by their likely error; a piece's own has its number."""
    begin, end, error_m = in_space(*to.begin.T), in_space(*to.end.T), to.error_m
    beside_m, start = np.zeros(len(to)), 0
    levels = [(begin, end, beside_m, error_m, np.arange(len(to)), np.ones(len(to), dtype=np.intp))]
    while True:
        _, n_alike = runs(error_m)
        nth = ranges(np.zeros_like(n_alike), n_alike)
        first, n_parts = runs(error_m, nth // _PARTS)
        if len(first) == len(error_m):
            break
        last = first + n_parts - 1
        whole = np.repeat(begin[:, first], n_parts, axis=1)
        along = np.repeat(end[:, last], n_parts, axis=1) - whole
        away_m = np.maximum(_chords(begin, whole, along)[1], _chords(end, whole, along)[1])
        gap_m = np.append(0, norm(begin[:, 1:] - end[:, :-1]))
        gap_m[first] = 0
        beside_m = np.maximum(each(np.maximum, away_m + gap_m + beside_m, n_parts), _LEAST_M)
        begin, end, error_m = begin[:, first], end[:, last], error_m[first]
        levels.append((begin, end, beside_m, error_m, start + first, n_parts))
        start += len(nth)
    begin, end, beside_m, error_m, first, n_parts = (
        np.concatenate(one, axis=-1) for one in zip(*levels, strict=True)
    )
    longest = np.arange(start, len(error_m))
    return Strokes(begin, end - begin, beside_m, error_m, first, n_parts, longest)


def in_space(lon: Floats, lat: Floats) -> Floats:
    """Give positions on the ellipsoid, meters from the center of the Earth, shape (3, n)."""
    lon, lat = np.radians(lon), np.radians(lat)
    normal = WGS84.a / np.sqrt(1 - WGS84.es * np.sin(lat) ** 2)
    across = normal * np.cos(lat)
    up = normal * (1 - WGS84.es) * np.sin(lat)
    return np.stack([across * np.cos(lon), across * np.sin(lon), up])


def norm(vectors: Floats) -> Floats:
    """Give the length of vectors, shape (3, n)."""
    return np.sqrt(_dot(vectors, vectors))


def arc(chord_m: Floats) -> Floats:
    """
    Give the longest geodesic that a chord can stand for, meters.

    A geodesic is nowhere bent more sharply than a meridian at the equator; by Schur's theorem its
    chord is then no shorter than that of as long an arc of that circle.
    """
    radius = WGS84.b**2 / WGS84.a
    arc_m = 2 * radius * np.arcsin(np.minimum(chord_m / (2 * radius), 1))
    return np.where(chord_m < _ALMOST_THROUGH_M, arc_m, np.pi * WGS84.a)


def _chords(points: Floats, begin: Floats, along: Floats) -> tuple[Floats, Floats]:
    away = points - begin
    share = np.clip(_dot(away, along) / np.maximum(_dot(along, along), 1e-9), 0, 1)
    return share, norm(away - share * along)


def _dot(one: Floats, other: Floats) -> Floats:
    found: Floats = np.einsum("ij,ij->j", one, other)
    return found
