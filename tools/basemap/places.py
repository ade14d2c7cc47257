"""Towns from GeoNames, chosen by hand."""

import json
from pathlib import Path
from typing import Any

from basemap.errors import BasemapError
from basemap.files import Feature, feature
from basemap.labels import MIN_ZOOMS
from basemap.towns import TOWNS, Town


def place_features(cities_path: Path) -> list[Feature]:
    """
    Towns of the table with GeoNames' position, most important first.

    Raises
    ------
    BasemapError
        If an id is unknown or lies in another country than the table says (a homonym).
    """
    cities = json.loads(cities_path.read_bytes())
    faults = []
    for town in TOWNS:
        city = cities.get(str(town.geonames_id))
        if city is None:
            faults.append(f"{town.name}: no id {town.geonames_id}")
        elif city["countrycode"] != town.country:
            faults.append(f"{town.name}: {town.geonames_id} is in {city['countrycode']}")
    if faults:
        raise BasemapError(str(cities_path), faults, "Correct tools/basemap/towns.py.")
    towns = sorted(TOWNS, key=lambda town: (town.rank, town.name))
    return [_place(town, cities[str(town.geonames_id)]) for town in towns]


def _place(town: Town, city: dict[str, Any]) -> Feature:
    known = {city["name"], *city["alternatenames"]}
    names = {"ur": town.name_ur, "zh": town.name_zh}
    point = [round(city["longitude"], 4), round(city["latitude"], 4)]
    properties = {
        "name": town.name,
        "name_ur": town.name_ur,
        "name_zh": town.name_zh,
        "translated": [language for language, n in names.items() if n and n not in known],
        "rank": town.rank,
        "min_zoom": MIN_ZOOMS[town.rank],
        "capital": town.capital or None,
        "geonames_id": town.geonames_id,
    }
    return feature({"type": "Point", "coordinates": point}, properties)
