"""Settlements to count people in: those of GeoNames beside the map, or a reader's own."""

from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np

from geo import live
from geo.analysis.tables import check_on_earth, in_degrees
from geo.errors import GeoError
from geo.measure import Floats
from geo.store import Store

#: What `layers/reference/places.parquet` covers: minx, miny, maxx, maxy, degrees. It is what the map
#: shows at first open and 200 km around; `tools/build_places.py` cuts GeoNames to it.
BOUNDS = (58.0, 21.0, 81.0, 45.0)


@dataclass(frozen=True)
class Places:
    """
    Settlements.

    Attributes
    ----------
    lon, lat
        Degrees, EPSG:4326, shape (n,).
    population
        People, shape (n,); not a number where unknown.
    """

    lon: Floats
    lat: Floats
    population: Floats


def read(store: Store) -> Places:
    """
    Read the settlements beside the map; again when the file has changed.

    Raises
    ------
    GeoError
        If the file is missing or is no table of settlements.
    """
    return _read(store, live.signature(store))


def of_frame(frame: gpd.GeoDataFrame, place: str = "the places") -> Places:
    """
    Take settlements from a table.

    Parameters
    ----------
    frame
        Points in any CRS with a column `population`; 0 and missing mean unknown.
    place
        Where it is from, for errors.

    Raises
    ------
    GeoError
        If there is no such column, no CRS, or anything but points on Earth.
    """
    if "population" not in frame.columns:
        raise GeoError(place, "has no column 'population'", "Name it so in the file")
    points = in_degrees(frame, place)
    if not ((points.geom_type == "Point") & ~points.is_empty).all():
        raise GeoError(place, "is not of points alone", "Give one point for each settlement")
    lon, lat = (np.asarray(one, dtype=np.float64) for one in (points.x, points.y))
    check_on_earth(lon, lat, place, "points")
    people = frame["population"].to_numpy(dtype=np.float64, na_value=np.nan)
    return Places(lon, lat, population=np.where(people > 0, people, np.nan))


@lru_cache(maxsize=2)
def _read(store: Store, _signature: live.Signature) -> Places:
    path = store.reference / "places.parquet"
    try:
        frame = gpd.read_parquet(path)
    except FileNotFoundError as error:
        remedy = "Take it from the project, or run tools/build_places.py"
        raise GeoError(str(path), "is missing", remedy) from error
    except (OSError, ValueError) as error:
        remedy = "Take it from the project, or run tools/build_places.py"
        raise GeoError(str(path), f"cannot be read ({error})", remedy) from error
    return of_frame(frame)
