"""
What an export costs against `ogr2ogr` converting the same features, in one run.

    python benchmarks/export.py                      # 100, 10,000 and 1,000,000 copies
    python benchmarks/export.py --sizes 100 10000 --formats gpkg

Copies keep every property and their geometry under ids of their own; claims stay with the originals,
for a claim's id is unique. `ogr2ogr` (Debian's) reads our GeoJSON of these features and writes the same
format. Ours starts from the records in memory: `seconds` leaves out reading them, `MB` (peak resident
memory of the process) holds them. Targets: 1.5 times ogr2ogr at a million for GeoJSON, GeoPackage and
FlatGeobuf, less than 8 GB, growth close to linear: `growth` is the exponent of the time against the size
before (1 is linear); the first step from 100 features measures what every export costs at all.
"""

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

# Nothing heavy is imported at the top: the memory of a child begins with that of its parent.
if TYPE_CHECKING:
    from geo.model import Atlas

OGR = {
    "geojson": ("GeoJSON", "-lco", "RFC7946=YES"),
    "geojsonseq": ("GeoJSONSeq",),
    "gpkg": ("GPKG", "-dsco", "VERSION=1.3"),
    # With an index it holds no null geometry, and without the mapping ogr2ogr stops at a list.
    "flatgeobuf": ("FlatGeobuf", "-lco", "SPATIAL_INDEX=NO", "-mapFieldType", "StringList=String"),
    "geoparquet": None,
}
SUFFIX = {"flatgeobuf": "fgb"}


def copies(n: int) -> "Atlas":
    """Make an atlas of `n` features out of the real one."""
    from geo import store  # noqa: PLC0415
    from geo.model import Atlas  # noqa: PLC0415

    atlas = store.read_atlas(store.find())
    bare = {
        id_: feature.properties.model_copy(update={"claims": ()})
        for id_, feature in atlas.features.items()
    }
    by_layer = {layer.id: list[object]() for layer in atlas.layers}
    endless = (
        feature
        if turn == 0
        else feature.model_copy(
            update={"id": f"{feature.id}-{turn}", "properties": bare[feature.id]}
        )
        for turn in count()
        for feature in atlas.features.values()
    )
    for feature in islice(endless, n):
        original = feature.id if feature.id in atlas.features else feature.id.rpartition("-")[0]
        by_layer[atlas.layer_of[original].id].append(feature)
    layers = [
        layer.model_copy(update={"features": tuple(by_layer[layer.id])}) for layer in atlas.layers
    ]
    # Made anew without the checks: a copy would keep what the real atlas has worked out.
    return Atlas.model_construct(
        layers=tuple(layers), sources=atlas.sources, searched_to=atlas.searched_to
    )


def child(format_: str, n: int, out: Path) -> None:
    """Write one export and say how long it took."""
    from geo.export import export_file  # noqa: PLC0415

    atlas = copies(n)
    features = tuple(atlas.features.values())
    _ = atlas.layer_of
    start = time.perf_counter()
    export_file(atlas, features, format_, out)
    print(time.perf_counter() - start)


def measure(command: list[str]) -> tuple[float, float, str]:
    """Run a program; give its seconds, its peak memory in MB and what it printed."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"failed: {' '.join(command)}")
        said.seek(0)
        return time.perf_counter() - start, usage.ru_maxrss / 1024, said.read()


def main() -> None:
    """Print one line a format and size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[1])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 10_000, 1_000_000])
    parser.add_argument("--formats", nargs="+", default=list(OGR))
    parser.add_argument("--child", nargs=3, metavar=("FORMAT", "N", "OUT"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        format_, n, out = arguments.child
        child(format_, int(n), Path(out))
        return
    print(
        "| format | features | s | MB | µs a feature | growth | ogr2ogr s | MB | time × | memory × |"
    )
    print("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |")
    before: dict[str, tuple[int, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        for n in sorted(arguments.sizes):
            # GeoJSON first: it is what `ogr2ogr` converts.
            for format_ in dict.fromkeys(["geojson", *arguments.formats]):
                seconds, line = one(format_, n, Path(name), before.get(format_))
                before[format_] = (n, seconds)
                print(line, flush=True)


def one(format_: str, n: int, folder: Path, before: tuple[int, float] | None) -> tuple[float, str]:
    """Write one export with both programs; give our seconds and a line of the table."""
    end = SUFFIX.get(format_, format_)
    out, theirs = folder / f"ours.{end}", folder / f"theirs.{end}"
    _, memory, said = measure([sys.executable, __file__, "--child", format_, str(n), str(out)])
    seconds = float(said)
    growth = f"{exponent(before, (n, seconds)):.2f}" if before else ""
    cells = [
        format_,
        f"{n:,}",
        f"{seconds:.2f}",
        f"{memory:,.0f}",
        f"{seconds / n * 1e6:.0f}",
        growth,
    ]
    driver = OGR[format_]
    if driver is None:
        cells += [""] * 4
    else:
        source = str(folder / "ours.geojson")
        other, other_memory, _ = measure(["ogr2ogr", "-f", *driver, str(theirs), source])
        theirs.unlink()
        cells += [f"{other:.2f}", f"{other_memory:,.0f}"]
        cells += [f"{seconds / other:.2f}", f"{memory / other_memory:.1f}"]
    if format_ != "geojson":
        out.unlink()
    return seconds, f"| {' | '.join(cells)} |"


def exponent(before: tuple[int, float], now: tuple[int, float]) -> float:
    """Give how the time grows with the number of features: 1 is linear, 2 quadratic."""
    return math.log(now[1] / before[1]) / math.log(now[0] / before[0])


if __name__ == "__main__":
    main()
