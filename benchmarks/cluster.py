"""
What counting in a table of one's own costs in one process and on a cluster of two, in one run.

    python benchmarks/cluster.py                  # 10⁶ points
    python benchmarks/cluster.py --points 100000

The points are the map's own settlements, each many times with a scatter of some kilometers (fixed seed),
written as GeoParquet; reach is counted around what the map shows.

time
    One process against two workers that already stand, in partitions of a twentieth of the points, after a
    turn that loads what they need; the least of three turns each, taken in turn.
memory
    The most that a fresh process held (`VmHWM`, so on Linux), in partitions of several sizes; `above` is
    what it held beyond one that counted 1,000 points, and `growth` the exponent of that against the size
    before. The last line has one partition of a size that the table before the last has ten of.
"""

import argparse
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
from distributed import LocalCluster

from geo import store
from geo.analysis.own.reach import counts
from geo.analysis.pieces import Pieces
from geo.analysis.reach import targets
from geo.view import View

TURNS = 3
FEW = 1_000
#: Counts in a table and prints the most that the process held, kB.
COUNTING = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from benchmarks.cluster import counted, shown
counted(shown(), sys.argv[2])
status = Path("/proc/self/status").read_text(encoding="ascii")
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


def shown() -> list[Pieces]:
    """Give what is counted around: what the map shows at first."""
    found = targets(store.read_atlas(store.find()), View())
    return [one.places for one in found if one.places is not None]


def counted(nears: list[Pieces], data: str, scheduler: str | None = None) -> list[float]:
    """Count around what the map shows; every number in one list."""
    found = counts(nears, data, scheduler)
    return [float(one) for each in found for one in each.numbers.flat]


def scattered(n: int) -> gpd.GeoDataFrame:
    """Make n points from the map's own settlements."""
    rng = np.random.default_rng(8)
    own = gpd.read_parquet(store.find().reference / "places.parquet")
    some = own.iloc[rng.integers(len(own), size=n)]
    lon, lat = (part + rng.normal(0, 0.05, n) for part in (some.geometry.x, some.geometry.y))
    people = some["population"].to_numpy()
    return gpd.GeoDataFrame(
        {"population": people}, geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326"
    )


def seconds(do: Callable[[], object]) -> float:
    """Time one call."""
    begin = time.perf_counter()
    do()
    return time.perf_counter() - begin


def held_mb(data: Path) -> float:
    """Give the most that a fresh process held while it counted, megabytes."""
    root = str(Path(__file__).resolve().parent.parent)
    command = [sys.executable, "-c", COUNTING, root, str(data)]
    return int(subprocess.check_output(command, text=True)) / 1024


def main() -> None:
    """Print times and their ratio, then memory against the size of a partition."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--points", type=int, default=10**6)
    n = parser.parse_args().points
    points, nears = scattered(n), shown()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "places.parquet"

        points.to_parquet(path, row_group_size=n // 20)
        with LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as two:
            address = two.scheduler_address
            same = counted(nears, str(path)) == counted(nears, str(path), address)
            turns = [
                (
                    seconds(lambda: counted(nears, str(path))),
                    seconds(lambda: counted(nears, str(path), address)),
                )
                for _ in range(TURNS)
            ]
        one_s, two_s = (min(column) for column in zip(*turns, strict=True))
        print(f"{n:,} points, 20 partitions; the same numbers: {same}")
        print(f"one process {one_s:.2f} s, two workers {two_s:.2f} s: {one_s / two_s:.2f} times")

        points.iloc[:FEW].to_parquet(path)
        least_mb = held_mb(path)
        print(f"{'points':>12} {'a partition':>12} {'MB':>7} {'above':>7} {'growth':>7}")
        print(f"{FEW:12,} {FEW:12,} {least_mb:7.0f}")
        before = None
        for total, size in ((n, n // 100), (n, n // 10), (n, n), (n // 10, n // 10)):
            points.iloc[:total].to_parquet(path, row_group_size=size)
            above = held_mb(path) - least_mb
            is_step = before is not None and size > before[0] and above > 0 < before[1]
            growth = (
                math.log(above / before[1]) / math.log(size / before[0])
                if before is not None and is_step
                else math.nan
            )
            before = size, above
            print(f"{total:12,} {size:12,} {above + least_mb:7.0f} {above:7.0f} {growth:7.2f}")


if __name__ == "__main__":
    main()
