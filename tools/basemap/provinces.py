"""Pakistan's first-level divisions as lines, and the labels of divisions and countries."""

from collections import defaultdict
from pathlib import Path

import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import polylabel

from basemap.boundaries import WORLDVIEWS, BoundaryLine
from basemap.errors import BasemapError
from basemap.files import Feature, feature
from basemap.geometry import (
    geojson_geometry,
    line_geometry,
    noded,
    polygons_of,
    read_rows,
    small_lines,
)
from basemap.labels import COUNTRY_LABELS, MIN_ZOOMS, PROVINCE_LABELS, TERRITORY_LABELS, Label

PROVINCE_GRID_DEG = 1e-3
"""Natural Earth's admin-1 lines meet the country outline only to within this."""

PROVINCE_SEEDS = {
    "Balochistan": [(66.5, 28.5)],
    "Sindh": [(68.5, 26.0)],
    "Punjab": [(72.0, 31.0)],
    "Islamabad Capital Territory": [(73.12, 33.67)],
    # The Federally Administered Tribal Areas were merged into the province in 2018.
    "Khyber Pakhtunkhwa": [(72.2, 35.2), (69.8, 32.5)],
    "Azad Jammu and Kashmir": [(73.6, 34.4)],
    "Gilgit-Baltistan": [(75.0, 35.7)],
}
"""A point inside each polygon that a division is made of (lon, lat)."""

TERRITORY_SEEDS = {
    "Jammu and Kashmir / Ladakh": (76.5, 34.0),
    "Aksai Chin": (79.3, 35.2),
    "Shaksgam / Trans-Karakoram Tract": (76.6, 36.0),
}
"""A point inside each area that the boundary and claim lines close (lon, lat)."""

CLAIMED_BY_INDIA = frozenset({"Azad Jammu and Kashmir", "Gilgit-Baltistan"})


def province_polygons(
    lines_path: Path, countries_path: Path
) -> tuple[dict[str, BaseGeometry], list[LineString]]:
    """Polygons by division name, and the noded edges they were built from (EPSG:4326)."""
    countries = read_rows(countries_path, ["ADM0_A3"])
    pakistan = next(row.geometry for row in countries if row.fields["ADM0_A3"] == "PAK")
    reach = shapely.buffer(pakistan, 0.02)
    lines = [r.geometry for r in read_rows(lines_path, ["adm0_a3"]) if r.geometry.intersects(reach)]
    edges = noded([*lines, pakistan.boundary], grid_deg=PROVINCE_GRID_DEG)
    faces = polygons_of(shapely.polygonize(edges))
    provinces = {
        name: shapely.union_all([_face(faces, name, seed) for seed in seeds])
        for name, seeds in PROVINCE_SEEDS.items()
    }
    return provinces, edges


def territory_polygons(boundaries: list[BoundaryLine]) -> dict[str, BaseGeometry]:
    """Areas that the noded boundary and claim lines close, by name (EPSG:4326)."""
    faces = polygons_of(shapely.polygonize([line.geometry for line in boundaries]))
    return {name: _face(faces, name, seed) for name, seed in TERRITORY_SEEDS.items()}


def _face(faces: list[Polygon], name: str, seed: tuple[float, float]) -> Polygon:
    point = shapely.Point(seed)
    found = [face for face in faces if face.contains(point)]
    if len(found) != 1:
        raise BasemapError(name, ["its lines do not close"], "Look at the input before going on.")
    return found[0]


def province_lines(provinces: dict[str, BaseGeometry], edges: list[LineString]) -> list[Feature]:
    """Lines between two divisions; hidden in the India view where India claims one of the two."""
    outlines = {name: polygon.boundary for name, polygon in provinces.items()}
    groups: dict[bool, list[LineString]] = defaultdict(list)
    for edge in edges:
        middle = edge.interpolate(0.5, normalized=True)
        sides = {name for name, line in outlines.items() if line.distance(middle) < 1e-6}  # noqa: PLR2004
        if len(sides) == 2:  # noqa: PLR2004 - one division on each side
            groups[bool(sides & CLAIMED_BY_INDIA)] += small_lines(edge)
    features = []
    for claimed, lines in sorted(groups.items()):
        classes = dict.fromkeys(WORLDVIEWS, "internal")
        if claimed:
            classes["in"] = "hidden"
        geometry = geojson_geometry(line_geometry(lines))
        features.append(feature(geometry, {"kind": "province_line"} | classes))
    return features


def label_features(polygons: dict[str, BaseGeometry], countries_path: Path) -> list[Feature]:
    """Label points: centres of the largest circle inside our polygons; countries as given."""
    labels = [_polygon_label("province", label, polygons) for label in PROVINCE_LABELS]
    labels += [_polygon_label("territory", label, polygons) for label in TERRITORY_LABELS]
    return labels + _country_labels(countries_path)


def _polygon_label(kind: str, label: Label, polygons: dict[str, BaseGeometry]) -> Feature:
    lon, lat = polylabel(max(polygons_of(polygons[label.key]), key=shapely.area), 0.01).coords[0]
    return _label(kind, label, lon, lat)


def _country_labels(countries_path: Path) -> list[Feature]:
    """Names and label points of Natural Earth, unless the table gives its own."""
    columns = ["ADM0_A3", "LABEL_X", "LABEL_Y", "NAME_UR", "NAME_ZH"]
    rows = {row.fields["ADM0_A3"]: row for row in read_rows(countries_path, columns)}
    features = []
    for label in COUNTRY_LABELS:
        fields, outline = rows[label.key].fields, rows[label.key].geometry
        lon, lat = label.at or (fields["LABEL_X"], fields["LABEL_Y"])
        if not shapely.Point(lon, lat).within(outline):
            fault = f"label point {lon}, {lat} lies outside"
            raise BasemapError(label.name, [fault], "Correct tools/basemap/labels.py.")
        features.append(_label("country", label.with_names(fields), lon, lat))
    return features


def _label(kind: str, label: Label, lon: float, lat: float) -> Feature:
    geometry = geojson_geometry(shapely.Point(round(lon, 3), round(lat, 3)))
    properties = {
        "kind": kind,
        "name": label.name,
        "name_ur": label.name_ur,
        "name_zh": label.name_zh,
        "translated": list(label.translated),
        "rank": label.rank,
        "min_zoom": MIN_ZOOMS[label.rank],
    }
    return feature(geometry, properties)
