"""
What a layer of any size costs, in one run, as ratios and growth.

    python benchmarks/scale.py                      # 10⁴, 10⁵ and 10⁶ features
    python benchmarks/scale.py --sizes 10000 100000
    python benchmarks/scale.py --file roads.gpkg    # a file of your own beside them

The layers are made here with a fixed seed: places scattered about the corridor with a name and two
properties, as GeoJSON. `growth` is the exponent of the time against the size before (1 is linear).

files
    Reading a file (every record kept to be searched and told), tiling it, and what a page then
    asks for: a tile, a record, a search of the whole layer. Beside it stands tippecanoe alone on
    the same file, told to keep every feature as ours does, its zooms guessed by itself (`-zg
    --drop-densest-as-needed --extend-zooms-if-still-dropping`). `tiles` is our tiling against it
    (target: at most 1.2), `both` our reading and tiling together.

Needs the extra `tiles`. Each turn is taken after the other's, and the least time of each counts.
"""

import argparse
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from geo.extra import Layer, records, shown, tiles
from geo.extra.shelf import Shelf

SIZES = (10_000, 100_000, 1_000_000)


@dataclass
class Times:
    """The least time of each thing that was done, seconds."""

    least: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Time what is done within."""
        began = time.perf_counter()
        yield
        took = time.perf_counter() - began
        self.least[name] = min(took, self.least.get(name, math.inf))


def made(folder: Path, n: int) -> Path:
    """Write a layer of n places."""
    path = folder / f"{n}.geojson"
    chance = random.Random(8)  # noqa: S311 - no secret
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        for number in range(n):
            lon = min(max(chance.gauss(70, 6), -180), 180)
            lat = min(max(chance.gauss(33, 5), -80), 80)
            feature = {
                "type": "Feature",
                "properties": {"name": f"place {number}", "admin": "PK", "population": number},
                "geometry": {"type": "Point", "coordinates": [round(lon, 6), round(lat, 6)]},
            }
            file.write(("" if number == 0 else ",\n") + json.dumps(feature))
        file.write("\n]}\n")
    return path


def brought(path: Path, times: Times) -> Layer:
    """Read and tile a file as a server does at its first start."""
    with tempfile.TemporaryDirectory() as cache:
        os.environ["GEO_CACHE"] = cache
        shelf = Shelf((path,))
        with times.of("read"):
            shelf.get_ready(tiled=False)
        (layer,) = shelf.layers
        with times.of("tile"):
            tiles.make(layer, lambda _share: None)
        archive = tiles.Archive(layer.tiles)
        with times.of("a tile"):
            archive.get(0, 0, 0)
        with times.of("a record"):
            found = records.one(layer.records, layer.n)
            told = shown.record(found) if found else {}
        with times.of("a search"):
            records.find(layer.records, told["name"], most=20)
    return layer


def plain(path: Path, times: Times) -> None:
    """Tile a file with tippecanoe alone."""
    with tempfile.TemporaryDirectory() as folder:
        how = ["-zg", "--drop-densest-as-needed", "--extend-zooms-if-still-dropping"]
        target = Path(folder, "plain.pmtiles")
        with times.of("plain"):
            subprocess.run([tiles.program(), "--quiet", *how, "-o", target, path], check=True)


def files(paths: list[Path], turns: int) -> None:
    """Read and tile each file, in turns with tippecanoe alone."""
    row("features", "read s", "growth", "tile s", "growth", "plain s", "tiles", "both", "tile ms",
        "record ms", "search ms", "peak MB")  # fmt: skip
    before: tuple[int, dict[str, float]] | None = None
    for path in paths:
        times = Times()
        for _ in range(turns):
            layer = brought(path, times)
            plain(path, times)
        least = times.least
        read, tile, alone = (least[name] for name in ("read", "tile", "plain"))
        asked_ms = (f"{least[name] * 1e3:.1f}" for name in ("a tile", "a record", "a search"))
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        row(f"{layer.n:,}", f"{read:.1f}", growth(before, layer.n, least, "read"), f"{tile:.1f}",
            growth(before, layer.n, least, "tile"), f"{alone:.1f}", f"{tile / alone:.2f}",
            f"{(read + tile) / alone:.2f}", *asked_ms, f"{peak_mb:.0f}")  # fmt: skip
        before = layer.n, least


def row(*cells: str) -> None:
    """Print a row of a table."""
    print("".join(f"{cell:>11}" for cell in cells), flush=True)


def growth(
    before: tuple[int, dict[str, float]] | None, n: int, least: dict[str, float], of: str
) -> str:
    """Give the exponent of a time against the size before."""
    if before is None or before[0] == n:
        return "–"
    return f"{math.log(least[of] / before[1][of]) / math.log(n / before[0]):.2f}"


#: What is measured, by name. What needs a browser (a page with a layer of a million features
#: beside one with a hundred; pan and zoom) goes here as well.
PARTS: dict[str, Callable[[list[Path], int], None]] = {"files": files}


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--file", type=Path, action="append", default=[])
    parser.add_argument("--turns", type=int, default=1)
    parser.add_argument("--part", choices=PARTS, action="append")
    asked = parser.parse_args()
    if tiles.program() is None:
        sys.exit("the extra `tiles` is missing: pip install -e '.[tiles]'")
    with tempfile.TemporaryDirectory() as folder:
        paths = [*(made(Path(folder), n) for n in asked.sizes), *asked.file]
        for part in asked.part or PARTS:
            print(f"\n{part}")
            PARTS[part](paths, asked.turns)


if __name__ == "__main__":
    main()
