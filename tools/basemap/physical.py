"""Land, lakes and rivers."""

from collections import defaultdict
from pathlib import Path

import shapely
from shapely import LineString, Polygon

from basemap.files import Feature, feature
from basemap.geometry import (
    ZONES,
    geojson_geometry,
    joined,
    line_geometry,
    lines_of,
    polygon_geometry,
    polygons_of,
    read_rows,
    small_lines,
    small_polygons,
)

FOCUS = shapely.box(*ZONES[-2].bounds)
"""Where smaller islands, lakes and rivers are kept."""

MIN_ISLAND_DEG2 = {True: 2e-5, False: 2e-3}
MIN_LAKE_DEG2 = {True: 0.004, False: 0.03}
MAX_RIVER_RANK = {True: 9, False: 6}
"""Limits in the focus (True) and outside it; a square degree is about 10,000 km2 here."""

RIVER_NAMES = {
    "God?vari": "Godavari",
    "Gh?ghara": "Ghaghara",
    "Mah?na Nad?": "Mahanadi",
    "Ile": "Ili",
    "Sapt": "Sapt Kosi",
}
"""Natural Earth 3.0 lost some letters to an encoding; other names with "?" are dropped."""


LAKE_NAMES = {"Aksai Chin": "Aksai Chin Lake"}
"""The lake, not the territory."""


def read_land(path: Path) -> list[Polygon]:
    """Land polygons of the extent, merged, largest first, unsimplified (EPSG:4326)."""
    land = shapely.union_all([row.geometry for row in read_rows(path, [])])
    return sorted(polygons_of(land), key=lambda p: (-p.area, p.bounds))


def land_features(land: list[Polygon]) -> list[Feature]:
    """Land without attributes; the sea is what is left."""
    large = [p for p in land if p.area >= MIN_ISLAND_DEG2[p.intersects(FOCUS)]]
    small = [polygon for p in large for polygon in small_polygons(p)]
    return [feature(geojson_geometry(polygon), {}) for polygon in small]


def lake_features(path: Path) -> list[Feature]:
    """Lakes, largest first, with Natural Earth's name and rank."""
    rows = read_rows(path, ["name_en", "name", "scalerank"])
    rows.sort(key=lambda row: (-row.geometry.area, row.geometry.bounds))
    features = []
    for row in rows:
        if row.geometry.area < MIN_LAKE_DEG2[row.geometry.intersects(FOCUS)]:
            continue
        polygons = [p for whole in polygons_of(row.geometry) for p in small_polygons(whole)]
        if polygons:
            name = row.fields["name_en"] or row.fields["name"]
            name = LAKE_NAMES.get(name, name)
            properties = {"kind": "lake", "name": name, "rank": int(row.fields["scalerank"])}
            features.append(feature(geojson_geometry(polygon_geometry(polygons)), properties))
    return features


def river_features(path: Path) -> list[Feature]:
    """Rivers joined by name and rank, main ones first; they run on through lakes."""
    groups: dict[tuple[int, str, int], list[LineString]] = defaultdict(list)
    for row in read_rows(path, ["name", "scalerank", "rivernum"]):
        rank = int(row.fields["scalerank"])
        if rank > MAX_RIVER_RANK[row.geometry.intersects(FOCUS)]:
            continue
        name = RIVER_NAMES.get(row.fields["name"], " ".join(row.fields["name"].split()))
        key = (rank, "" if "?" in name else name, int(row.fields["rivernum"]))
        groups[key] += lines_of(row.geometry)
    return [
        feature(
            geojson_geometry(line_geometry(p for line in joined(lines) for p in small_lines(line))),
            {"kind": "river", "name": name, "rank": rank},
        )
        for (rank, name, _), lines in sorted(groups.items())
    ]
