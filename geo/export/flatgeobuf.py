"""FlatGeobuf: one file for the web, typed, streamed."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from geo.export.arrow import all_columns, batches, write_gdal
from geo.export.extract import Extract, Geometries, shape_of
from geo.model import Feature


def write(extract: Extract, path: Path) -> None:
    """
    Write every feature; lists, claims and sources as JSON text.

    The format's spatial index cannot hold a feature without a place. Nothing is dropped for it:
    the file has an index exactly when every feature has a geometry.
    """
    columns = all_columns(days=False)
    more = pa.schema([pa.field("claims", pa.string())])
    indexed = all(shape_of(feature) is not None for feature in extract.features)
    types = {feature.geometry.type for feature in extract.features if feature.geometry}
    write_gdal(
        batches(extract, extract.features, columns, more=more, extra=_claims),
        path,
        driver="FlatGeobuf",
        layer="features",
        geometry_type=types.pop() if len(types) == 1 else "Unknown",
        layer_options={
            "SPATIAL_INDEX": "YES" if indexed else "NO",
            "TITLE": "Digital Silk Road map",
            "DESCRIPTION": extract.note(),
            # GDAL keeps what it sorts beside the file; the folder is thrown away with a failure.
            "TEMPORARY_DIR": str(path.parent),
        },
    )


def _claims(features: Sequence[Feature], _geometries: Geometries) -> list[pa.Array]:
    texts = [
        "[" + ",".join(c.model_dump_json(exclude_none=True) for c in f.properties.claims) + "]"
        if f.properties.claims
        else None
        for f in features
    ]
    return [pa.array(texts, pa.string())]
