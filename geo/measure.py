"""Lengths and distances along the WGS 84 ellipsoid."""

import shapely  # noqa: F401 - for the example below
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

WGS84 = Geod(ellps="WGS84")


def length_km(line: BaseGeometry) -> float:
    """
    Measure a line along the ellipsoid.

    Parameters
    ----------
    line
        Longitude and latitude, EPSG:4326. Points give 0.

    Notes
    -----
    Geodesic length after Karney (2013), as in ``pyproj.Geod``.

    Examples
    --------
    >>> round(length_km(shapely.LineString([(0, 0), (0, 1)])), 3)
    110.574
    """
    return float(WGS84.geometry_length(line)) / 1000
