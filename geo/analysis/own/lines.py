"""
How long a reader's own lines are, and how much of them lies in each territory.

Lines are cut into runs; most runs are so far from every line of the base map that they lie in one area
or in none without a doubt, and only the others are split (`geo.analysis.territory`).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.analysis import territory
from geo.analysis.ragged import ranges
from geo.analysis.split import near_deg, split
from geo.analysis.tables import check_on_earth, in_degrees
from geo.analysis.territory import CUT_KM, NOWHERE, Area, Share
from geo.errors import GeoError
from geo.measure import WGS84, Floats, Geometries, lengths_km, segments

#: What lies beyond the base map, in place of the name of an area.
BEYOND = "beyond"
#: Lengths are added in whole micrometers, so that the order of adding does not matter.
_UM_PER_KM = 1e9
#: So far a straight line in degrees stays within 3 m of the geodesic at latitudes up to 50°.
_STEP_M = 10_000
#: Runs that are split at once.
_AT_ONCE = 200


@dataclass(frozen=True)
class Lengths:
    """
    Lengths of lines; those of parts of a table add up, in any order to the same sum.

    Attributes
    ----------
    lines, without_geometry
        How many have a geometry, and how many have none or an empty one.
    length_um
        Of all, micrometers.
    by_area_um
        By the name of an area, `BEYOND` or `NOWHERE`: least, as drawn, and most, micrometers.
    """

    lines: int
    without_geometry: int
    length_um: int
    by_area_um: Mapping[str, tuple[int, int, int]]

    def __add__(self, other: "Lengths") -> "Lengths":
        names = dict.fromkeys([*self.by_area_um, *other.by_area_um])
        none = (0, 0, 0)
        pairs = ((self.by_area_um.get(one, none), other.by_area_um.get(one, none)) for one in names)
        sums = [(a + x, b + y, c + z) for (a, b, c), (x, y, z) in pairs]
        return Lengths(
            self.lines + other.lines,
            self.without_geometry + other.without_geometry,
            self.length_um + other.length_um,
            dict(zip(names, sums, strict=True)),
        )

    @property
    def length_km(self) -> float:
        """Of all, kilometers."""
        return self.length_um / _UM_PER_KM

    @property
    def by_area(self) -> dict[str, Share]:
        """By the name of an area, `BEYOND` or `NOWHERE`, longest first."""
        by_length = sorted(self.by_area_um.items(), key=lambda one: (-one[1][1], one[0]))
        return {name: Share(*(one / _UM_PER_KM for one in ends)) for name, ends in by_length}


def measure(frame: gpd.GeoDataFrame, known: Sequence[Area], place: str = "the lines") -> Lengths:
    """
    Measure lines along the WGS 84 ellipsoid, in all and in each area.

    Parameters
    ----------
    frame
        Lines, single or multiple, in any CRS; some may have no geometry.
    known
        Areas of the base map; with none, nothing is divided.
    place
        Where the lines are from, for errors.

    Raises
    ------
    GeoError
        If there is no CRS, or anything but lines on Earth.

    Notes
    -----
    A line runs along the geodesic from vertex to vertex. The likely errors of the base map's
    lines make the range of a share; the reader's are taken to be where they say.
    """
    given = np.asarray(in_degrees(frame, place), dtype=object)
    lines = given[~(shapely.is_missing(given) | shapely.is_empty(given))]
    types = {shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING}
    if not np.isin(shapely.get_type_id(lines), [int(one) for one in types]).all():
        raise GeoError(place, "is not of lines alone", "Give lines, single or multiple")
    lon, lat = shapely.get_coordinates(lines).T
    check_on_earth(lon, lat, place, "lines")
    runs, runs_km = _runs(shapely.get_parts(lines))
    return Lengths(
        lines=len(lines),
        without_geometry=len(given) - len(lines),
        length_um=int(_um(runs_km).sum()),
        by_area_um=_by_area(runs, runs_km, known),
    )


def _um(kilometers: Floats) -> npt.NDArray[np.int64]:
    return np.rint(kilometers * _UM_PER_KM).astype(np.int64)


def _runs(lines: Geometries) -> tuple[Geometries, Floats]:
    """
    Cut lines at the vertex before they enter another cell of whole degrees; kilometers of each run.

    Where a line is cut depends on it alone and not on its neighbors in the table, so neither do sums.
    """
    begin, end, line, length_m = _steps(lines)
    if not len(line):
        return np.empty(0, dtype=object), np.empty(0)
    # Over the date line the short way, as it is measured.
    turns = np.abs(end[:, 0] - begin[:, 0]) > 180  # noqa: PLR2004 - degrees
    for ends in (begin, end):
        ends[turns & (ends[:, 0] < 0), 0] += 360
    cell = np.column_stack([np.floor(begin), line])
    first = np.flatnonzero(np.r_[True, (cell[1:] != cell[:-1]).any(axis=1)])
    last = np.r_[first[1:], len(cell)] - 1
    run = np.repeat(np.arange(len(first)), last - first + 1)
    vertices = np.insert(begin, last + 1, end[last], axis=0)
    runs: Geometries = np.asarray(
        shapely.linestrings(vertices, indices=np.insert(run, last + 1, run[last]))
    )
    return runs, np.bincount(run, length_m) / 1000


def _steps(lines: Geometries) -> tuple[Floats, Floats, npt.NDArray[np.intp], Floats]:
    """
    Give begin, end, line and meters of every segment, long ones in short steps along the geodesic.

    In degrees, where lines are cut, a line then runs as it is measured.
    """
    begin, end, line = segments(lines)
    azimuth, _, length_m = WGS84.inv(*begin.T, *end.T)
    n_steps = np.ceil(length_m / _STEP_M).astype(np.intp)
    of = np.repeat(np.arange(len(line)), n_steps)
    nth = ranges(np.zeros_like(n_steps), n_steps)
    step_m = length_m[of] / n_steps[of]
    starts, ends = begin[of], end[of]
    inner = np.flatnonzero(nth)
    lon, lat = starts[inner].T
    lon, lat, _ = WGS84.fwd(lon, lat, azimuth[of[inner]], nth[inner] * step_m[inner])
    starts[inner] = ends[inner - 1] = np.column_stack([lon, lat])
    return starts, ends, line[of], step_m


def _by_area(
    runs: Geometries, runs_km: Floats, known: Sequence[Area]
) -> dict[str, tuple[int, int, int]]:
    """Add up what lies in each area, micrometers."""
    found: defaultdict[str, npt.NDArray[np.int64]] = defaultdict(lambda: np.zeros(3, np.int64))
    if not known:
        found[NOWHERE] += _um(runs_km).sum()
    elif len(runs):
        outlines, frame = territory.outlines(known), territory.frame(known)
        is_near = _near(runs, [*outlines, frame])
        lon, lat = shapely.get_coordinates(shapely.get_point(runs[~is_near], 0)).T
        faces = [(NOWHERE, frame), *((one.name, one.outline) for one in known)]
        names = np.full(len(lon), BEYOND, dtype=object)
        for name, face in faces:
            shapely.prepare(face)
            names[shapely.contains_xy(face, lon, lat)] = name
        whole_um = _um(runs_km[~is_near])
        for name in set(names):
            found[name] += whole_um[names == name].sum()
        along = np.argsort(gpd.GeoSeries(runs).hilbert_distance().to_numpy())
        near = along[is_near[along]]
        for first in range(0, len(near), _AT_ONCE):
            some = near[first : first + _AT_ONCE]
            for name, ends_km in _divided(runs[some], runs_km[some], known, frame):
                found[name] += _um(ends_km).sum(axis=0)
    return {name: tuple(ends.tolist()) for name, ends in found.items()}


def _near(runs: Geometries, faces: Sequence[BaseGeometry]) -> npt.NDArray[np.bool_]:
    """Say which runs may lie within the likely error of the edge of a face."""
    begin, end, _ = segments(shapely.get_parts(shapely.boundary(faces)))
    edges: Geometries = np.asarray(shapely.linestrings(np.stack([begin, end], axis=1)))
    reach_deg = near_deg(runs, territory.LINES_ERROR_M)
    found = np.full(len(runs), fill_value=False)
    found[shapely.STRtree(edges).query(runs, predicate="dwithin", distance=reach_deg)[0]] = True
    return found


def _divided(
    runs: Geometries, runs_km: Floats, known: Sequence[Area], frame: BaseGeometry
) -> Iterator[tuple[str, Floats]]:
    """
    Split runs among areas, and what lies in none by whether the base map holds it.

    Gives the name of an area, `BEYOND` or `NOWHERE`, and kilometers of each run that lies or may lie
    there: least, as drawn, and most.
    """
    parts = split(runs, territory.LINES_ERROR_M, territory.outlines(known))
    for place, area in enumerate(known):
        if (is_here := parts.area == place).any():
            yield area.name, parts.ends_km[is_here]
    named_km = np.bincount(parts.line, parts.ends_km[:, 1], minlength=len(runs))
    rest_km = runs_km - named_km
    rest = rest_km > CUT_KM
    beyond_km = lengths_km(shapely.difference(runs[rest], frame))
    within_km = rest_km[rest] - beyond_km
    within_km = within_km[within_km > CUT_KM]
    if (is_beyond := beyond_km > 0).any():
        yield BEYOND, np.repeat(beyond_km[is_beyond, None], 3, axis=1)
    # Slivers between lines that do not meet: with better lines they may be nothing.
    if len(within_km):
        yield NOWHERE, np.column_stack([np.zeros_like(within_km), within_km, within_km])
