"""
Exact distances from many points to lines, along the WGS 84 ellipsoid.

The nearest point of a line is looked for in space; the distance to it is then measured as a geodesic.
"""

from dataclasses import dataclass

import numpy as np

from geo.analysis.pieces import Pieces
from geo.analysis.search import search
from geo.measure import Floats


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
        Meters, shape (m,) each, off by less than `search.ERROR_M` up to 500 km; never below 0.
    """
    found = np.empty((3, len(lon)))
    for points, n_points, away_m in search(lon, lat, to):
        found[:, points] = np.repeat(away_m, n_points, axis=1)
    low, central, high = np.maximum(found, 0)
    return Distances(low=low, central=central, high=high)
