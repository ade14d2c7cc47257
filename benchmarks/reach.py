"""
What counting people near a line costs against GeoPandas' buffer and join, in one run.

    python benchmarks/reach.py                        # 10⁴, 10⁵, 10⁶ and 10⁷ points
    python benchmarks/reach.py --sizes 10000 100000

Points lie evenly over 200 km around OFC-1 (fixed seed), with populations, a tenth of them unknown.
`growth` is the exponent of the time against the size before (1 is linear; target: at most 1.1 from the
first size to the last). The naive way runs at 10⁵: for each radius, and for each end of the likely
error, every part is buffered in the plane (UTM zone 43N) and joined with the points. Targets: ten times
faster, the same result; `differ` says how many of all decisions (point, radius, end) do not agree, for
a plane and a polygon for a circle are not exact where geodesics are.
"""

import argparse
import math
import time
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import store
from geo.analysis.pieces import pieces
from geo.analysis.places import Places
from geo.analysis.reach import RADII_M, count
from geo.analysis.rings import rings
from geo.analysis.things import Located, routes
from geo.view import View

NAIVE_AT = 100_000
PLANE = "EPSG:32643"


def settlements(n: int, bounds: tuple[float, ...]) -> Places:
    """Make points in degrees within `bounds`, and people."""
    rng = np.random.default_rng(8)
    minx, miny, maxx, maxy = bounds
    people = rng.integers(1, 100_000, n).astype(float)
    people[rng.random(n) < 0.1] = np.nan
    return Places(
        rng.uniform(minx - 2.2, maxx + 2.2, n), rng.uniform(miny - 1.8, maxy + 1.8, n), people
    )


def naive(places: list[Located], points: gpd.GeoDataFrame) -> np.ndarray:
    """Say which points lie within each radius, shape (3, radii, n): buffers and joins."""
    within = np.zeros((3, len(RADII_M), len(points)), dtype=bool)
    lines = gpd.GeoSeries([one.geometry for one in places], crs=4326).to_crs(PLANE)
    error_m = pd.Series([one.error_m for one in places])
    flat = points.to_crs(PLANE)
    for end, sign in enumerate((1, 0, -1)):
        for nth, radius_m in enumerate(RADII_M):
            width = radius_m + sign * error_m
            wide = gpd.GeoDataFrame(geometry=lines[width > 0].buffer(width[width > 0]))
            found = gpd.sjoin(flat, wide, predicate="within")
            within[end, nth, found.index.unique()] = True
    return within


def seconds(do: Callable[[], object]) -> tuple[float, object]:
    """Time one call."""
    begin = time.perf_counter()
    found = do()
    return time.perf_counter() - begin, found


def main() -> None:
    """Print one line a size, then the naive way."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10**4, 10**5, 10**6, 10**7])
    sizes = parser.parse_args().sizes
    atlas = store.read_atlas(store.find())
    route = next(one for one in routes(atlas, View()) if one.feature.id == "ofc-1")
    located = list(route.places)
    near = pieces([one.geometry for one in located], [one.error_m for one in located])
    count(near, settlements(1_000, near.bounds))  # what is loaded on first use is no part of it
    took: dict[int, float] = {}
    print(f"{'points':>12} {'seconds':>9} {'growth':>7}")
    for n in sizes:
        people = settlements(n, near.bounds)
        took[n] = min(seconds(lambda people=people: count(near, people))[0] for _ in range(3))
        before = next((one for one in reversed(list(took)) if one != n), None)
        step = math.log(took[n] / took[before]) / math.log(n / before) if before else math.nan
        print(f"{n:12,} {took[n]:9.3f} {step:7.2f}", flush=True)
    if len(took) > 1:
        first, last = sizes[0], sizes[-1]
        print(f"growth overall {math.log(took[last] / took[first]) / math.log(last / first):.2f}")

    people = settlements(NAIVE_AT, near.bounds)
    frame = gpd.GeoDataFrame(geometry=shapely.points(people.lon, people.lat), crs=4326)
    turns = [
        (seconds(lambda: count(near, people))[0], *seconds(lambda: naive(located, frame)))
        for _ in range(5)
    ]
    theirs = turns[0][2]
    ours_s, naive_s = (min(one) for one in list(zip(*turns, strict=True))[:2])
    ours = rings(people.lon, people.lat, near, RADII_M)[:, None] <= np.arange(len(RADII_M))[:, None]
    differ = int((ours != theirs).sum())
    print(
        f"buffer and join at {NAIVE_AT:,}: {naive_s:.2f} s, ours {ours_s:.3f} s: "
        f"{naive_s / ours_s:.0f} times faster; {differ:,} of {ours.size:,} decisions differ"
    )


if __name__ == "__main__":
    main()
