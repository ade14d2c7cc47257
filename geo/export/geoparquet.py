"""GeoParquet 1.1: typed lists, a bounding box a row, the claims inside; for DuckDB and the cloud."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import shapely

from geo import __version__
from geo.export.arrow import GEOMETRY, all_columns, batches
from geo.export.extract import BATCH, CRS, Extract, Geometries
from geo.export.fields import CLAIMS, Type
from geo.export.rows import claim_row
from geo.model import Feature

_SIDES = ("xmin", "ymin", "xmax", "ymax")
_BBOX = pa.struct([(side, pa.float64()) for side in _SIDES])
_CLAIM_TYPES = {Type.NUMBER: pa.float64(), Type.DATE: pa.date32()}
_CLAIM = pa.struct([(f.name, _CLAIM_TYPES.get(f.type, pa.string())) for f in CLAIMS.fields])
_MORE = pa.schema([pa.field("claims", pa.list_(_CLAIM)), pa.field("bbox", _BBOX)])


def write(extract: Extract, path: Path) -> None:
    """Write every feature, with or without a place; each holds its claims as a list of records."""
    types: set[str] = set()
    bounds: list[tuple[float, float, float, float]] = []

    def more(features: Sequence[Feature], found: Geometries) -> list[pa.Array]:
        placed = found[~shapely.is_missing(found)]
        types.update(geometry.geom_type for geometry in placed)
        if len(placed):
            bounds.append(tuple(shapely.total_bounds(placed).tolist()))
        return [_claims(features, extract), _bboxes(found)]

    reader = batches(extract, extract.features, all_columns(nested=True), more=_MORE, extra=more)
    with pq.ParquetWriter(path, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch, row_group_size=BATCH * 5)
        notes = {**extract.notes(), "version": __version__}
        writer.add_key_value_metadata(
            {
                "geo": json.dumps(_geo(types, bounds)),
                **{f"geo_map:{k}": v for k, v in notes.items()},
            }
        )


def _claims(features: Sequence[Feature], extract: Extract) -> pa.Array:
    names = [field.name for field in CLAIMS.fields]
    return pa.array(
        [
            [
                dict(zip(names, claim_row(feature, claim, extract.atlas), strict=True))
                for claim in feature.properties.claims
            ]
            for feature in features
        ],
        pa.list_(_CLAIM),
    )


def _bboxes(found: Geometries) -> pa.Array:
    corners = shapely.bounds(found)
    missing = np.isnan(corners[:, 0])
    return pa.StructArray.from_arrays(
        [pa.array(corners[:, side], pa.float64(), from_pandas=True) for side in range(4)],
        fields=list(_BBOX),
        mask=pa.array(missing),
    )


def _geo(types: set[str], bounds: list[tuple[float, float, float, float]]) -> dict[str, Any]:
    """Give the metadata of the format (https://geoparquet.org/releases/v1.1.0/)."""
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted(types),
        "crs": pyproj.CRS(CRS).to_json_dict(),
        "covering": {"bbox": {side: ["bbox", side] for side in _SIDES}},
    }
    if bounds:
        west, south, east, north = zip(*bounds, strict=True)
        column["bbox"] = [min(west), min(south), max(east), max(north)]
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
