"""
Write `layers/reference/places.parquet`: settlements to count people in, from GeoNames.

    pip install -e '.[data-build]'
    python tools/build_places.py             # writes the file
    python tools/build_places.py --check     # compares the committed file with the pinned data

Country codes are left out on purpose: whose a place is depends on the boundary view.
"""

import argparse
import json
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from basemap.errors import BasemapError
from basemap.inputs import CITIES, GEONAMES, verified_inputs

from geo.analysis.places import BOUNDS

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "layers/reference/places.parquet"


def places(cities: Path) -> gpd.GeoDataFrame:
    """
    Settlements within `BOUNDS`, by GeoNames id, EPSG:4326.

    Returns
    -------
    places
        `geonames_id`, `name`, `population` (missing where GeoNames has 0: unknown) and a point.
    """
    read = json.loads(cities.read_bytes()).values()
    west, south, east, north = BOUNDS
    rows = sorted(
        (city["geonameid"], city["name"], city["population"], city["longitude"], city["latitude"])
        for city in read
        if west <= city["longitude"] <= east and south <= city["latitude"] <= north
    )
    ids, names, population, lon, lat = (np.array(column) for column in zip(*rows, strict=True))
    table = {
        "geonames_id": ids.astype(np.int64),
        "name": names.astype(object),
        "population": pd.array(population, dtype="Int64"),
    }
    frame = gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")
    frame.loc[frame["population"] == 0, "population"] = pd.NA
    return frame


def check(wanted: gpd.GeoDataFrame) -> None:
    """
    Compare the committed file with the data; Parquet's bytes differ from version to version.

    Raises
    ------
    BasemapError
        If a row is missing, changed or not in the data.
    """
    if not OUT.is_file():
        raise BasemapError(str(OUT), ["is missing"], "Run tools/build_places.py.")
    if not gpd.read_parquet(OUT).equals(wanted):
        raise BasemapError(str(OUT), ["differs from the pinned data"], "Run tools/build_places.py.")


def main() -> int:
    """Run the build or the check; 0 when all is well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare the committed file only")
    options = parser.parse_args()
    try:
        made = places(verified_inputs(ROOT, [GEONAMES])[CITIES])
        if options.check:
            check(made)
        else:
            OUT.parent.mkdir(parents=True, exist_ok=True)
            made.to_parquet(OUT, index=False, compression="zstd", write_covering_bbox=False)
    except BasemapError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    n_unknown = int(made["population"].isna().sum())
    print(f"{len(made)} places, {n_unknown} of unknown population; {OUT.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
