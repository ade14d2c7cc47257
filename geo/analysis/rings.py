"""Which of several radii holds each of very many points."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from geo.analysis.pieces import Pieces
from geo.analysis.search import Flags, search
from geo.measure import Floats

Rings = npt.NDArray[np.uint8]


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

    Notes
    -----
    A geodesic is measured only from points within meters of a radius; most others are decided many
    at once.
    """

    def ring(away_m: Floats) -> Rings:
        found = np.zeros(away_m.shape, dtype=np.uint8)
        for radius_m in radii_m:
            found += away_m > radius_m
        return found

    def is_same(least_m: Floats, most_m: Floats) -> Flags:
        same: Flags = (ring(least_m) == ring(most_m)).all(axis=0)
        return same

    found = np.empty((3, len(lon)), dtype=np.uint8)
    for points, n_points, away_m in search(lon, lat, to, is_same):
        found[:, points] = np.repeat(ring(away_m), n_points, axis=1)
    return found
