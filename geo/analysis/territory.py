"""
Areas of the base map, and on whose side of a view's lines each lies; computed, never stored.

An area is what the base map's lines of all views together close, under the neutral name that
stands in it. Areas are the same in every view, so that a view never changes a total; a view says
only which country's outline holds each.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo import live, text
from geo.analysis.figure import Key
from geo.analysis.split import split
from geo.analysis.things import Located
from geo.measure import Geometries, length_km
from geo.store import Store
from geo.vocab import Worldview

#: Classes of lines that part one country from another; the others part areas of one.
_OUTLINES = frozenset({"international", "disputed", "line_of_control", "claim"})
#: Natural Earth's reading of China's position draws no line across the Siachen Glacier, which leaves
#: two outlines open; for counting they are closed by the line of the view "As on the ground".
_LENT = {Worldview.CN: "Siachen"}
#: Our estimate of how far off the base map's own lines may be, meters: the Khunjerab Pass, which is on
#: the boundary, lies 2.7 km beyond Natural Earth's line.
LINES_ERROR_M = 3_000.0
#: What may be lost in cutting a line, kilometers.
CUT_KM = 1e-3
#: What lies in no area, in place of the name of one.
NOWHERE = ""
_IN_NO_AREA = text.mark("No named territory")
_UNDIVIDED = text.mark("All territories")
#: An end of a line that stops so near the coast or another line is joined to it, degrees.
_REACH_DEG = 0.06
_OVERSHOOT_DEG = 0.001


@dataclass(frozen=True)
class Area:
    """
    An area of the base map.

    Attributes
    ----------
    name
        The name that stands in it, without what stands in brackets behind it.
    labels
        The whole of it, as the map shows it, by language.
    side
        The country whose outline holds it in this view; empty where the lines leave it open.
    side_labels
        The same by language.
    outline
        Longitude and latitude, EPSG:4326.
    """

    name: str
    labels: Mapping[str, str]
    side: str
    side_labels: Mapping[str, str]
    outline: BaseGeometry


@dataclass(frozen=True)
class Share:
    """How much of a line lies in an area, kilometers; low and high by the line's likely error."""

    low_km: float
    central_km: float
    high_km: float


def areas(store: Store, worldview: Worldview) -> tuple[Area, ...]:
    """Give the named areas of the base map in one view; none where no boundaries are shown."""
    if worldview is Worldview.NONE:
        return ()
    return _areas(store, live.signature(store), worldview)


def shares(line: Located, known: Sequence[Area]) -> dict[str, Share]:
    """
    Split a line among areas.

    Returns
    -------
    shares
        By the name of the area, where the line lies in it or may lie in it.

    Notes
    -----
    The likely errors of the line and of the base map make the range: see `split`.
    """
    parts = split(np.array([line.geometry]), line.error_m + LINES_ERROR_M, outlines(known))
    ends_km = parts.ends_km.tolist()
    return {known[area].name: Share(*ends) for area, ends in zip(parts.area, ends_km, strict=True)}


def outlines(known: Sequence[Area]) -> Geometries:
    """Give the outlines of areas."""
    return np.array([one.outline for one in known], dtype=object)


def frame(known: Sequence[Area]) -> BaseGeometry:
    """Give what the base map holds, from its areas; longitude and latitude, EPSG:4326."""
    return shapely.box(*shapely.total_bounds([one.outline for one in known]))


def divided(line: Located, known: Sequence[Area]) -> dict[str, Share]:
    """Split a line among areas as `shares` does; what of it lies in none is of the area `NOWHERE`."""
    found = shares(line, known)
    rest_km = length_km(line.geometry) - sum(one.central_km for one in found.values())
    if rest_km > CUT_KM:
        # A sliver between lines that do not meet: with better lines it may be nothing.
        found[NOWHERE] = Share(0 if known else rest_km, rest_km, rest_km)
    return found


def keys(name: str, known: Sequence[Area], lang: str) -> dict[str, Key]:
    """Name an area, or what lies in none, and its side in a row."""
    area = next((one for one in known if one.name == name), None)
    if area is not None:
        return {
            "territory": Key(value=name, label=area.labels.get(lang, name)),
            "side": Key(value=area.side, label=area.side_labels.get(lang, area.side)),
        }
    if name == NOWHERE:
        name = _IN_NO_AREA if known else _UNDIVIDED
    return {
        "territory": Key(value=name, label=text.message(name, lang)),
        "side": Key(value="", label=""),
    }


@lru_cache(maxsize=8)
def _areas(store: Store, signature: live.Signature, worldview: Worldview) -> tuple[Area, ...]:
    base = _base(store, signature)
    lent = _LENT.get(worldview)
    outlines = [
        line
        for about, line in base.lines
        if about.get(worldview.value) in _OUTLINES or (lent and lent in about.get("note", ""))
    ]
    countries = _closed(outlines, base.coast, base.frame)
    found = []
    for name, point, outline in base.named:
        side = base.country_in(countries, point)
        short = name["en"].partition(" (")[0]
        found.append(Area(short, name, side.get("en", ""), side, outline))
    return tuple(found)


@dataclass(frozen=True)
class _Base:
    """Lines, coast and names of the base map, and the faces that all lines together close."""

    lines: tuple[tuple[dict[str, Any], BaseGeometry], ...]
    coast: BaseGeometry
    frame: BaseGeometry
    countries: tuple[tuple[Mapping[str, str], BaseGeometry], ...]
    named: tuple[tuple[Mapping[str, str], BaseGeometry, BaseGeometry], ...]

    def country_in(
        self, outlines: Sequence[BaseGeometry], point: BaseGeometry
    ) -> Mapping[str, str]:
        """Name the one country of the outline that holds a point."""
        for outline in outlines:
            if outline.covers(point):
                held = [name for name, at in self.countries if outline.covers(at)]
                return held[0] if len(held) == 1 else {}
        return {}


@lru_cache(maxsize=1)
def _base(store: Store, _signature: live.Signature) -> _Base:
    drawn = [*_read(store, "boundaries"), *_read(store, "provinces")]
    found = [(one["properties"], shape(one["geometry"])) for one in drawn]
    lines = tuple((about, line) for about, line in found if line.geom_type != "Point")
    points = [(about, point) for about, point in found if point.geom_type == "Point"]
    land = shapely.union_all([shape(one["geometry"]) for one in _read(store, "land")])
    coast = shapely.boundary(land)
    frame = shapely.box(*land.bounds).boundary
    faces = _closed([line for _, line in lines], coast, frame)
    shapely.prepare(land)
    on_land = [face for face in faces if land.contains(face.point_on_surface())]
    named = []
    for face in on_land:
        shapely.prepare(face)
        held = [(about, point) for about, point in points if face.covers(point)]
        # A province's name goes before its country's, which stands in one of them.
        held.sort(key=lambda one: one[0]["kind"] == "country")
        if held:
            named.append((_names(held[0][0]), held[0][1], face))
    return _Base(
        lines=lines,
        coast=coast,
        frame=frame,
        countries=tuple((_names(about), at) for about, at in points if about["kind"] == "country"),
        named=tuple(named),
    )


def _closed(
    lines: Sequence[BaseGeometry], coast: BaseGeometry, frame: BaseGeometry
) -> list[BaseGeometry]:
    """Give the faces between lines, coast and the frame of the map."""
    parts = shapely.get_parts(shapely.line_merge(shapely.union_all(list(lines))))
    others = np.concatenate([parts, shapely.get_parts(coast)])
    tree = shapely.STRtree(others)
    joints = [
        joint
        for index, part in enumerate(parts)
        if not part.is_closed
        for end in (part.coords[0], part.coords[-1])
        if (joint := _joint(shapely.Point(end), index, tree)) is not None
    ]
    noded = shapely.node(shapely.union_all([*parts, coast, frame, *joints]))
    return list(shapely.get_parts(shapely.polygonize([noded])))


def _joint(end: BaseGeometry, own: int, tree: shapely.STRtree) -> BaseGeometry | None:
    """Join a loose end to the nearest other line, a little beyond it; None where it is not loose."""
    near = [one for one in tree.query(end, "dwithin", _REACH_DEG) if one != own]
    if not near:
        return None
    nearest = min((tree.geometries[one] for one in near), key=end.distance)
    away = end.distance(nearest)
    if away == 0:
        return None
    (x, y), (to_x, to_y) = shapely.shortest_line(end, nearest).coords
    beyond = 1 + _OVERSHOOT_DEG / away
    return shapely.LineString([(x, y), (x + (to_x - x) * beyond, y + (to_y - y) * beyond)])


def _names(about: Mapping[str, Any]) -> dict[str, str]:
    """Give a name of the base map by language, as far as it has them."""
    told = {"en": about["name"], "ur": about.get("name_ur"), "zh": about.get("name_zh")}
    return {lang: name for lang, name in told.items() if name}


def _read(store: Store, name: str) -> list[dict[str, Any]]:
    path = store.basemap / f"{name}.geojson"
    features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return features
