"""Clip, node, simplify and round, so that lines that meet still meet afterwards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from shapely import LinearRing, LineString, Polygon
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

BOUNDS = (50.0, 15.0, 98.0, 52.0)
"""Extent of the vector files, ``(minx, miny, maxx, maxy)`` in degrees (EPSG:4326)."""

NODE_GRID_DEG = 1e-4
"""Lines are noded on this grid; the inputs meet to within it."""

MIN_RING_POINTS = 4


@dataclass(frozen=True)
class Zone:
    """
    An area that is simplified alike.

    Parameters
    ----------
    bounds
        ``(minx, miny, maxx, maxy)``, degrees.
    tolerance
        Douglas-Peucker tolerance, degrees.
    decimals
        Decimals kept of a coordinate.
    """

    bounds: tuple[float, float, float, float]
    tolerance: float
    decimals: int


ZONES = (
    Zone((61.5, 24.9, 63.5, 25.6), 0.0002, 4),  # Gwadar and its hammerhead
    Zone((66.5, 24.5, 68.0, 25.2), 0.0002, 4),  # Karachi, Port Qasim, Dhabeji
    Zone((74.5, 36.0, 76.5, 37.5), 0.0005, 4),  # Khunjerab
    Zone((60.0, 22.0, 80.0, 41.0), 0.002, 3),  # Pakistan, Kashgar, Ferghana
    Zone(BOUNDS, 0.006, 3),
)
"""First zone that holds a point wins; the last one holds everything."""


@dataclass(frozen=True)
class Row:
    """One feature of an input file: its feature id, fields and geometry (EPSG:4326)."""

    fid: int
    fields: dict[str, Any]
    geometry: BaseGeometry


def read_rows(
    path: Path,
    columns: Sequence[str],
    *,
    layer: str | None = None,
    bounds: tuple[float, float, float, float] = BOUNDS,
) -> list[Row]:
    """
    Read the features that touch `bounds`, clipped to it.

    Missing text comes as "". Geometry that only touches the edge of `bounds` is dropped.
    """
    meta, fids, wkb, values = pyogrio.raw.read(
        path, layer=layer, columns=list(columns), bbox=bounds, return_fids=True
    )
    clipped = shapely.intersection(shapely.from_wkb(wkb), shapely.box(*bounds))
    rows = []
    for index, geometry in enumerate(clipped):
        fields = {
            name: "" if value is None else value
            for name, value in zip(meta["fields"], (v[index] for v in values), strict=True)
        }
        if not geometry.is_empty:
            rows.append(Row(int(fids[index]), fields, geometry))
    return rows


def lines_of(*geometries: BaseGeometry) -> list[LineString]:
    """Every single line of the geometries, in the order given; points and areas are left out."""
    return [g for g in _singles(geometries) if isinstance(g, LineString) and not g.is_empty]


def polygons_of(*geometries: BaseGeometry) -> list[Polygon]:
    """Every single polygon of the geometries, in the order given; the rest is left out."""
    return [g for g in _singles(geometries) if isinstance(g, Polygon) and not g.is_empty]


def _singles(geometries: Iterable[BaseGeometry]) -> list[BaseGeometry]:
    flat = shapely.get_parts(list(geometries))
    return list(shapely.get_parts(flat))  # a collection may hold multi-geometries


def joined(lines: Iterable[LineString]) -> list[LineString]:
    """Join lines end to end where only two meet, in a fixed order."""
    merged = lines_of(shapely.line_merge(shapely.MultiLineString(list(lines))))
    return sorted(merged, key=lambda line: line.coords[:])


def noded(lines: Iterable[BaseGeometry], *, grid_deg: float = NODE_GRID_DEG) -> list[LineString]:
    """Split lines wherever they meet; each edge comes once, ordered by its coordinates."""
    snapped = [shapely.set_precision(line, grid_deg) for line in lines]
    union = shapely.union_all(snapped, grid_size=grid_deg)
    return sorted(lines_of(union), key=lambda edge: edge.coords[:])


def simplified(line: LineString) -> list[LineString]:
    """Simplify by the tolerance of each zone the line crosses; both ends stay where they are."""
    rest: BaseGeometry = line
    pieces: list[LineString] = []
    for zone in ZONES:
        area = shapely.box(*zone.bounds)
        for piece in lines_of(rest.intersection(area)):
            pieces += lines_of(piece.simplify(zone.tolerance, preserve_topology=False))
        rest = rest.difference(area)
    return joined(pieces)


def rounded(geometry: BaseGeometry) -> BaseGeometry:
    """Round each coordinate to the decimals of its zone; equal points stay equal."""
    result: BaseGeometry = shapely.transform(geometry, _rounded_coordinates)
    return result


def _rounded_coordinates(points: NDArray[np.float64]) -> NDArray[np.float64]:
    result = np.round(points, ZONES[-1].decimals)
    for zone in reversed(ZONES):
        minx, miny, maxx, maxy = zone.bounds
        x, y = points.T
        inside = (x >= minx) & (x <= maxx) & (y >= miny) & (y <= maxy)
        result[inside] = np.round(points[inside], zone.decimals)
    return result


def small_lines(line: LineString) -> list[LineString]:
    """Simplified, rounded and without repeated points; one line, unless it touches itself."""
    return lines_of(*(shapely.remove_repeated_points(rounded(p)) for p in simplified(line)))


def small_polygons(polygon: Polygon) -> list[Polygon]:
    """
    Simplify and round a polygon ring by ring.

    Returns
    -------
    polygons
        Valid polygons; none when nothing is left at this scale, several when a neck closes.
    """
    shell, *holes = (_small_ring(ring) for ring in (polygon.exterior, *polygon.interiors))
    if shell is None:
        return []
    shape: BaseGeometry = Polygon(shell, [hole for hole in holes if hole is not None])
    for _ in range(5):  # rounding what make_valid cut may cross again; it settles at once or twice
        if shape.is_valid:
            break
        shape = rounded(shapely.MultiPolygon(polygons_of(shapely.make_valid(shape))))
    return [orient(p) for p in polygons_of(shape) if p.area > 0]


def _small_ring(ring: LinearRing) -> LineString | None:
    lines = small_lines(LineString(ring.coords))
    if len(lines) != 1 or not lines[0].is_closed or len(lines[0].coords) < MIN_RING_POINTS:
        return None
    return lines[0]


def geojson_geometry(geometry: BaseGeometry) -> dict[str, Any]:
    """Write as a GeoJSON object (lists, lon/lat, polygons counter-clockwise)."""
    found = mapping(geometry)
    return {"type": found["type"], "coordinates": _plain(found["coordinates"])}


def _plain(value: Any) -> Any:  # noqa: ANN401 - nested lists of any depth
    return [_plain(v) for v in value] if isinstance(value, (tuple, list)) else _short(value)


def _short(number: float) -> float | int:
    value = round(float(number), 4)
    return int(value) if value.is_integer() else value


def line_geometry(lines: Iterable[LineString]) -> BaseGeometry:
    """One geometry of the lines, joined where only two meet."""
    merged = joined(lines)
    return merged[0] if len(merged) == 1 else shapely.MultiLineString(merged)


def polygon_geometry(polygons: list[Polygon]) -> BaseGeometry:
    """One geometry of the polygons."""
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
