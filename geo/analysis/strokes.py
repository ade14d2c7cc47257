"""
Lines in space, near and from afar.

Straight chords need no projection and hold across the date line and at the poles.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geo.analysis.pieces import Pieces
from geo.analysis.ragged import Integers, ranges, runs
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

    @cached_property
    def square(self) -> Floats:
        """The squares of their lengths, square meters, shape (n,)."""
        return _dot(self.along, self.along)

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
        # All are there: to look whether they are takes as long as to take them.
        begin, along, square = (
            np.take(one, strokes, axis=-1, mode="clip")
            for one in (self.begin, self.along, self.square)
        )
        return _chords(points, begin, along, square)

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
        alike = runs(error_m)
        nth = ranges(np.zeros_like(alike.n), alike.n)
        parts = runs(error_m, nth // _PARTS)
        if len(parts.n) == len(error_m):
            break
        last = parts.first + parts.n - 1
        whole = parts.spread(begin[:, parts.first])
        along = parts.spread(end[:, last]) - whole
        square = _dot(along, along)
        away_m = np.maximum(*(_chords(at, whole, along, square)[1] for at in (begin, end)))
        gap_m = np.append(0, norm(begin[:, 1:] - end[:, :-1]))
        gap_m[parts.first] = 0
        beside_m = np.maximum(parts.most(away_m + gap_m + beside_m), _LEAST_M)
        begin, end, error_m = begin[:, parts.first], end[:, last], error_m[parts.first]
        levels.append((begin, end, beside_m, error_m, start + parts.first, parts.n))
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


def _chords(points: Floats, begin: Floats, along: Floats, square: Floats) -> tuple[Floats, Floats]:
    away = points - begin
    onto = _dot(away, along)
    share = np.minimum(np.maximum(onto / np.maximum(square, 1e-9), 0), 1)
    # The square of what is left of the way when its share of the stroke is taken off.
    left = _dot(away, away) - share * (2 * onto - share * square)
    return share, np.sqrt(np.maximum(left, 0))


def _dot(one: Floats, other: Floats) -> Floats:
    found: Floats = one[0] * other[0] + one[1] * other[1] + one[2] * other[2]
    return found
