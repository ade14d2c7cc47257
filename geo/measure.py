"""Lengths and distances along the WGS 84 ellipsoid."""

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]
Geometries = npt.NDArray[np.object_]

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


def lengths_km(geometries: Geometries) -> Floats:
    """
    Measure many lines as `length_km` does one.

    Parameters
    ----------
    geometries
        Longitude and latitude, EPSG:4326. What of them is no line, or missing, adds nothing.
    """
    parts, of = shapely.get_parts(geometries, return_index=True)
    is_line = shapely.get_dimensions(parts) == 1
    begin, end, line = segments(parts[is_line])
    _, _, length_m = WGS84.inv(*begin.T, *end.T)
    found: Floats = np.bincount(of[is_line][line], length_m, minlength=len(geometries)) / 1000
    return found


def segments(lines: Geometries) -> tuple[Floats, Floats, npt.NDArray[np.intp]]:
    """Give begin and end of every segment of single lines, and which line it is of."""
    positions, line = shapely.get_coordinates(lines, return_index=True)
    is_along = line[1:] == line[:-1]
    return positions[:-1][is_along], positions[1:][is_along], line[1:][is_along]
