"""Boundary lines with one class per worldview, after Natural Earth's own columns."""

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from basemap.errors import BasemapError
from basemap.files import Feature, feature
from basemap.geometry import (
    NODE_GRID_DEG,
    Row,
    geojson_geometry,
    line_geometry,
    noded,
    read_rows,
    small_lines,
)

WORLDVIEWS = ("de_facto", "pk", "in", "cn")
VIEW_COLUMNS = {"pk": "FCLASS_PK", "in": "FCLASS_IN", "cn": "FCLASS_CN"}

CLASSES = {
    "International boundary (verify)": "international",
    "Disputed (please verify)": "disputed",
    "Indefinite (please verify)": "disputed",
    "Indeterminant frontier": "disputed",
    "Line of control (please verify)": "line_of_control",
    "Admin-1 boundary": "internal",
    "Unrecognized": "hidden",
    "Lease limit": "hidden",  # Baikonur: a lease, not a boundary
}
"""Natural Earth's words and ours; an unknown word stops the build."""

CLAIMANTS = {"Pakistani claim": "pk", "Indian claim": "in", "Chinese claim": "cn"}

UNUSED_CLAIMS = {
    36: "the line between Gilgit-Baltistan and Azad Jammu and Kashmir: inside India's claim",
    44: "Kalapani: Natural Earth 5.1 hides no line beside it in any of the views",
}
"""Claim lines of the region that bound no view, by feature id."""

VIEW_OVERRIDES = {
    # 15 km of the line between Jammu and Kashmir and Ladakh; no input holds the rest of it
    1746709127: {"in": "hidden"},
}
"""Classes of ours by Natural Earth's ``ne_id`` and worldview; they only ever hide a line."""

CLAIM_END_REACH_DEG = 0.07
"""Natural Earth 5.1 moved one corner of its lines (Demchok) this far from the 4.1 claim line."""

LINE_OF_CONTROL_NOTE = "Line of Control (approximate)"
NOTES = {
    "B05": LINE_OF_CONTROL_NOTE,
    "B07": "Aksai Chin (administered by China; claimed by India)",
    "B08": "Shaksgam / Trans-Karakoram Tract (administered by China; claimed by India)",
    "B45": "Siachen Glacier area (limits not agreed by India and Pakistan)",
    **dict.fromkeys(("B00", "B01", "B02", "B03", "B04"), "Line not agreed by China and India"),
    **dict.fromkeys(("B75", "B76"), "Line not agreed by Bhutan and China"),
}
"""Neutral words by Natural Earth's code of the disputed area (``BRK_A3``)."""

CLAIM_NOTES = {
    "pk": "Claim line: Pakistan's position after Natural Earth",
    "in": "Claim line: India's position after Natural Earth",
    "cn": "Claim line: China's position after Natural Earth",
}


@dataclass(frozen=True)
class BoundaryLine:
    """A line, its class in each worldview (in the order of `WORLDVIEWS`) and a neutral note."""

    geometry: BaseGeometry
    classes: tuple[str, ...]
    note: str


def read_boundaries(lines_path: Path, claims_path: Path) -> list[BoundaryLine]:
    """Boundary lines of Natural Earth 5.1, then the claim lines of 4.1, lon/lat, unsimplified."""
    columns = ["ne_id", "FEATURECLA", "BRK_A3", *VIEW_COLUMNS.values()]
    lines = [_boundary(row) for row in read_rows(lines_path, columns)]
    claims = [
        _claim(row)
        for row in read_rows(claims_path, ["name"], layer="disputed_borders")
        if row.fields["name"] in CLAIMANTS and row.fid not in UNUSED_CLAIMS
    ]
    return lines + [_with_ends_joined(claim, lines + claims) for claim in claims]


def _boundary(row: Row) -> BoundaryLine:
    de_facto = row.fields["FEATURECLA"]
    words = [de_facto, *(row.fields[column] or de_facto for column in VIEW_COLUMNS.values())]
    unknown = sorted(set(words) - set(CLASSES))
    if unknown:
        raise BasemapError("boundary lines", [f"unknown class {w!r}" for w in unknown], "Add it.")
    note = NOTES.get(row.fields["BRK_A3"], "")
    if de_facto == "Indefinite (please verify)":  # the Siachen-China edge is the tract's edge too
        note = NOTES["B08"]
    classes = dict(zip(WORLDVIEWS, (CLASSES[word] for word in words), strict=True))
    classes |= VIEW_OVERRIDES.get(int(row.fields["ne_id"]), {})
    return BoundaryLine(row.geometry, tuple(classes.values()), note)


def _claim(row: Row) -> BoundaryLine:
    view = CLAIMANTS[row.fields["name"]]
    classes = tuple("claim" if name == view else "hidden" for name in WORLDVIEWS)
    return BoundaryLine(shapely.line_merge(row.geometry), classes, CLAIM_NOTES[view])


def _with_ends_joined(claim: BoundaryLine, lines: list[BoundaryLine]) -> BoundaryLine:
    """
    Move an end of a claim line that meets no line of its view onto the nearest end of one.

    The claim lines are of an older edition: some end a little beside the corner where the line
    they continue now ends.

    Raises
    ------
    BasemapError
        If no end of a line is within `CLAIM_END_REACH_DEG`: the outline would have a hole.
    """
    view = claim.classes.index("claim")
    drawn = [x.geometry for x in lines if x is not claim and x.classes[view] != "hidden"]
    coords = shapely.get_coordinates(claim.geometry)
    for index in (0, -1):
        end = shapely.Point(coords[index])
        if min(shapely.distance(drawn, end)) <= 2 * NODE_GRID_DEG:
            continue
        corners = shapely.get_parts(shapely.boundary(drawn))
        nearest = corners[int(np.argmin(shapely.distance(corners, end)))]
        if nearest.distance(end) > CLAIM_END_REACH_DEG:
            fault = f"a claim line ends free at {end.x:.3f}, {end.y:.3f}"
            raise BasemapError("disputed_borders", [fault], "Look at the input before going on.")
        coords[index] = shapely.get_coordinates(nearest)[0]
    return replace(claim, geometry=LineString(coords))


def noded_boundaries(lines: list[BoundaryLine]) -> list[BoundaryLine]:
    """Split all lines where they meet; where two lie on each other the earlier one counts."""
    tree = shapely.STRtree([line.geometry for line in lines])
    edges = noded(line.geometry for line in lines)
    result = []
    for edge in edges:
        middle = edge.interpolate(0.5, normalized=True)
        near = tree.query(middle, predicate="dwithin", distance=3 * NODE_GRID_DEG)
        result.append(replace(lines[min(near)], geometry=edge))
    return result


def boundary_features(edges: list[BoundaryLine]) -> list[Feature]:
    """Join edges alike in class and note, simplified; lines hidden in all views are dropped."""
    groups: dict[tuple[tuple[str, ...], str], list[LineString]] = defaultdict(list)
    for edge in edges:
        if set(edge.classes) != {"hidden"}:
            groups[edge.classes, edge.note] += small_lines(LineString(edge.geometry.coords))
    return [
        feature(
            geojson_geometry(line_geometry(lines)),
            dict(zip(WORLDVIEWS, classes, strict=True)) | {"note": note},
        )
        for (classes, note), lines in sorted(groups.items())
    ]
