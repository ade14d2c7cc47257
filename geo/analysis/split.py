"""How much of each of many lines lies in each of several areas."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from geo.measure import WGS84, Floats, Geometries, lengths_km

Indices = npt.NDArray[np.intp]

#: Meters in a degree of latitude at least, less a third: straight edges bend in a plane.
_DEGREE_M = 110_500 / 1.5


@dataclass(frozen=True)
class Parts:
    """
    Parts of lines in areas, a row each.

    Attributes
    ----------
    line, area
        Which line, and which area it lies or may lie in; by area, then by line.
    ends_km
        Least, as drawn, and most, kilometers; shape (parts, 3).
    """

    line: Indices
    area: Indices
    ends_km: Floats


def split(lines: Geometries, error_m: float, outlines: Geometries) -> Parts:
    """
    Split lines among areas.

    Parameters
    ----------
    lines, outlines
        Lines, single or multiple, and areas: longitude and latitude, EPSG:4326.
    error_m
        How far from each other a line and an edge may be taken to be wrongly, meters.

    Notes
    -----
    The likely error widens and narrows each area in an azimuthal equidistant plane around the line,
    whose scale is within 0.1 % of true up to 300 km from its center.
    """
    bounds = shapely.bounds(lines)
    margin_m = 2 * error_m
    boxes: Geometries = np.asarray(shapely.box(*bounds.T))
    window_deg = shapely.buffer(boxes, 1 + margin_m / 50_000, quad_segs=16)
    # Cut to what all lines need, and then to what each does: quicker where they are neighbors.
    around: Geometries = np.asarray(
        shapely.intersection(outlines, shapely.box(*shapely.total_bounds(window_deg)))
    )
    # What is farther away than this changes nothing.
    width = np.radians(np.max(bounds[:, 2:] - bounds[:, :2], axis=1) + 2)
    reach_deg = near_deg(lines, error_m) + np.degrees(width**2 / 16)
    shapely.prepare(around)
    area, line = np.nonzero(shapely.dwithin(around[:, None], lines, reach_deg))
    drawn_deg, outline_deg = lines[line], shapely.intersection(around[area], window_deg[line])
    central_km = lengths_km(shapely.intersection(outline_deg, drawn_deg))
    centers = (bounds[line, :2] + bounds[line, 2:]) / 2
    drawn = _flat(drawn_deg, centers)
    window = shapely.box(*(shapely.bounds(drawn) + margin_m * np.array([-1, -1, 1, 1])).T)
    outline = shapely.intersection(_flat(outline_deg, centers), window)
    whole_km, whole = lengths_km(drawn_deg), shapely.length(drawn)
    low_km, high_km = (
        whole_km
        * shapely.length(shapely.intersection(drawn, shapely.buffer(outline, by, quad_segs=16)))
        / whole
        for by in (-error_m, error_m)
    )
    ends_km = np.column_stack(
        [np.minimum(low_km, central_km), central_km, np.maximum(high_km, central_km)]
    )
    some = ends_km[:, 2] > 0
    return Parts(line[some], area[some], ends_km[some])


def near_deg(lines: Geometries, error_m: float) -> Floats:
    """Give how many degrees from each line an edge lies at most that may be within an error of it."""
    highest = np.minimum(np.abs(shapely.bounds(lines)[:, 1::2]).max(axis=1), 89)
    found: Floats = error_m / (_DEGREE_M * np.cos(np.radians(highest)))
    return found


def _flat(geometries: Geometries, centers: Floats) -> Geometries:
    """Project each from longitude and latitude to its own plane, meters."""
    positions, of = shapely.get_coordinates(geometries, return_index=True)
    azimuth, _, away_m = WGS84.inv(*centers[of].T, *positions.T)
    turn = np.radians(azimuth)
    flat = np.column_stack([away_m * np.sin(turn), away_m * np.cos(turn)])
    found: Geometries = shapely.set_coordinates(geometries.copy(), flat)
    return found
