"""Geometries of a reader's own table, in degrees."""

import geopandas as gpd
import numpy as np

from geo.errors import GeoError


def in_degrees(frame: gpd.GeoDataFrame, place: str) -> gpd.GeoSeries:
    """
    Take the geometries of a table to longitude and latitude.

    Parameters
    ----------
    frame
        Geometries in any CRS.
    place
        Where it is from, for errors.

    Raises
    ------
    GeoError
        If there is no CRS.
    """
    if frame.crs is None:
        raise GeoError(place, "has no CRS", "Write it into the file, EPSG:4326 for degrees")
    return frame.geometry.to_crs("EPSG:4326")


def check_on_earth(lon: np.ndarray, lat: np.ndarray, place: str, what: str) -> None:
    """Refuse positions that are no degrees; `what` names the geometries, for errors."""
    if not ((np.abs(lon) <= 180) & (np.abs(lat) <= 90)).all():  # noqa: PLR2004 - degrees
        raise GeoError(
            place, f"has {what} that are nowhere on Earth", "Mend them, or name their CRS"
        )
