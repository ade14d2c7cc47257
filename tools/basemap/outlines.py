"""Check that the lines of each worldview close the outlines they stand for."""

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from basemap.errors import BasemapError
from basemap.files import Feature

LINE_WIDTH_DEG = 0.006
"""Lines are widened by this much, so that a line ending near the simplified coast closes it."""

DRAWN = frozenset({"international", "disputed", "line_of_control", "claim"})

POINTS = {
    "Sindh": (68.5, 26.0),
    "Gilgit": (74.31, 35.92),
    "Muzaffarabad": (73.55, 34.37),
    "Srinagar": (74.81, 34.09),
    "Leh": (77.58, 34.16),
    "Rajasthan": (73.0, 26.3),
    "Aksai Chin": (79.3, 35.2),
    "Shaksgam": (76.6, 36.0),
    "Demchok": (79.35, 32.8),
    "Itanagar": (93.6, 27.1),
    "Kashgar": (75.99, 39.47),
    "Kabul": (69.17, 34.53),
}
"""A point (lon, lat) in each area that some view counts to another country than another view."""

GROUPS = {
    "de_facto": (
        {"Sindh", "Gilgit", "Muzaffarabad"},
        {"Rajasthan", "Srinagar", "Leh", "Itanagar", "Demchok"},
        {"Kashgar", "Aksai Chin", "Shaksgam"},
        {"Kabul"},
    ),
    "pk": (
        {"Sindh", "Gilgit", "Muzaffarabad", "Srinagar", "Leh", "Demchok"},
        {"Rajasthan", "Itanagar"},
        {"Kashgar", "Aksai Chin", "Shaksgam"},
        {"Kabul"},
    ),
    "in": (
        {
            "Rajasthan",
            "Srinagar",
            "Leh",
            "Itanagar",
            "Demchok",
            "Gilgit",
            "Muzaffarabad",
            "Aksai Chin",
            "Shaksgam",
        },
        {"Sindh"},
        {"Kashgar"},
        {"Kabul"},
    ),
    # Natural Earth hides both Siachen lines here, so nothing divides Gilgit from Leh.
    "cn": (
        {"Kashgar", "Aksai Chin", "Shaksgam", "Demchok", "Itanagar"},
        {"Sindh", "Gilgit", "Muzaffarabad", "Rajasthan", "Srinagar", "Leh"},
        {"Kabul"},
    ),
}
"""Which points each view's lines leave together, one set per outline."""


def check_outlines(land: list[Feature], boundaries: list[Feature]) -> None:
    """
    Cut the land along the lines of each view and see which points stay together.

    Raises
    ------
    BasemapError
        Naming the points that a hole joins or a stray line parts.
    """
    ground = shapely.union_all([shape(f["geometry"]) for f in land])
    faults = []
    for view, groups in GROUPS.items():
        lines = [shape(f["geometry"]) for f in boundaries if f["properties"][view] in DRAWN]
        found = _together(ground, lines)
        wrong = found - {frozenset(group) for group in groups}
        faults += [
            f"{view}: one outline holds {', '.join(sorted(names))}"
            for names in sorted(wrong, key=sorted)
        ]
    if faults:
        raise BasemapError("boundaries.geojson", faults, "Look at the lines of that view.")


def _together(ground: BaseGeometry, lines: list[BaseGeometry]) -> set[frozenset[str]]:
    cut = ground.difference(shapely.buffer(shapely.union_all(lines), LINE_WIDTH_DEG))
    areas = shapely.get_parts(cut)
    tree = shapely.STRtree(areas)
    groups: dict[int, set[str]] = {}
    for name, point in POINTS.items():
        for area in tree.query(shapely.Point(point), predicate="within"):
            groups.setdefault(int(area), set()).add(name)
    return {frozenset(names) for names in groups.values()}
