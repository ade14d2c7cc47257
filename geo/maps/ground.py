"""The base map in Web Mercator, for still pictures: read once, cut and simplified for each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import cosh

import numpy as np
import shapely
from shapely.geometry import MultiLineString, MultiPolygon, shape
from shapely.geometry.base import BaseGeometry

from geo import live
from geo.maps import payload
from geo.store import Store
from geo.view import LANGUAGES
from geo.vocab import Worldview

#: Radius of the sphere of Web Mercator, meters.
RADIUS = 6_378_137
_NOTHING = shapely.GeometryCollection()


def mercator(geometry: BaseGeometry) -> BaseGeometry:
    """
    Project to Web Mercator (EPSG:3857), meters.

    Parameters
    ----------
    geometry
        Longitude and latitude, EPSG:4326; heights are left out.
    """
    return shapely.transform(geometry, _project)


def _project(positions: np.ndarray) -> np.ndarray:
    lon, lat = np.radians(positions[:, 0]), np.radians(positions[:, 1])
    return RADIUS * np.column_stack([lon, np.arctanh(np.sin(lat))])


def stretch_at(y: float) -> float:
    """How many meters of Web Mercator a meter on the ground is at a northing, meters."""
    return cosh(y / RADIUS)


@dataclass(frozen=True)
class Place:
    """A name of the base map, in other languages too, and where it stands, Web Mercator."""

    name: str
    names: Mapping[str, str]
    kind: str
    rank: int
    x: float
    y: float


@dataclass(frozen=True)
class Ground:
    """What every boundary view shares, Web Mercator."""

    extent: BaseGeometry
    land: BaseGeometry
    lakes: BaseGeometry
    rivers: Mapping[int, BaseGeometry]
    places: tuple[Place, ...]


def ground(store: Store) -> Ground:
    """Give land, water and names; read again when a file has changed."""
    return _ground(store, live.signature(store))


def boundaries(store: Store, worldview: Worldview) -> Mapping[str, BaseGeometry]:
    """Give the boundary lines of one worldview and of no other, by class."""
    return _boundaries(store, live.signature(store), worldview)


@lru_cache(maxsize=2)
def _ground(store: Store, _signature: live.Signature) -> Ground:
    base = payload.basemap(store)
    water = [(one["properties"], shape(one["geometry"])) for one in base["water"]["features"]]
    ranks = sorted({about["rank"] for about, _ in water if about["kind"] == "river"})
    return Ground(
        extent=mercator(shapely.box(*base["bounds"])),
        land=_merged(shape(one["geometry"]) for one in base["land"]["features"]),
        lakes=_merged(found for about, found in water if about["kind"] == "lake"),
        rivers={
            rank: _merged(
                found
                for about, found in water
                if about["kind"] == "river" and about["rank"] == rank
            )
            for rank in ranks
        },
        places=tuple(_place(one) for one in base["places"]["features"]),
    )


@lru_cache(maxsize=10)
def _boundaries(
    store: Store, _signature: live.Signature, worldview: Worldview
) -> Mapping[str, BaseGeometry]:
    by_class: dict[str, list[BaseGeometry]] = {}
    for line in payload.boundaries(store, worldview)["features"]:
        by_class.setdefault(line["properties"]["class"], []).append(shape(line["geometry"]))
    return {name: _merged(lines) for name, lines in by_class.items()}


def _place(found: Mapping[str, dict[str, object]]) -> Place:
    about, point = found["properties"], mercator(shape(found["geometry"])).centroid
    return Place(
        name=str(about["name"]),
        names={lang: str(about[f"name_{lang}"]) for lang in LANGUAGES if f"name_{lang}" in about},
        kind=str(about.get("kind", "town")),
        rank=int(str(about["rank"])),
        x=point.x,
        y=point.y,
    )


def _merged(geometries: Iterable[BaseGeometry]) -> BaseGeometry:
    """Gather geometries of one dimension into one, projected."""
    parts = shapely.get_parts(np.array(list(geometries), dtype=object))
    if not len(parts):
        return _NOTHING
    flat = parts[0].geom_type == "Polygon"
    return mercator(MultiPolygon(list(parts)) if flat else MultiLineString(list(parts)))
