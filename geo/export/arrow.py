"""Tables as Arrow: what GeoPackage, FlatGeobuf, GeoParquet and shapefile are written from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import shapely

from geo.errors import GeoError
from geo.export.extract import CRS, Extract, Geometries, geometries
from geo.export.fields import FEATURES, NESTED, Field, Row, Type, flat
from geo.export.rows import feature_row
from geo.model import Feature

GEOMETRY = "geometry"

_TYPED = {
    Type.TEXT: pa.string(),
    Type.EDTF: pa.string(),
    Type.NUMBER: pa.float64(),
    Type.INTEGER: pa.int64(),
    Type.BOOLEAN: pa.bool_(),
    Type.DATE: pa.date32(),
    Type.TEXTS: pa.list_(pa.string()),
    Type.NUMBERS: pa.list_(pa.float64()),
    Type.TABLE: pa.map_(pa.string(), pa.float64()),
}

_TOGETHER: dict[int, Callable[..., Any]] = {
    shapely.GeometryType.POINT: shapely.multipoints,
    shapely.GeometryType.LINESTRING: shapely.multilinestrings,
    shapely.GeometryType.POLYGON: shapely.multipolygons,
}

Convert = Callable[[Field, Any], Any]


@dataclass(frozen=True)
class Columns:
    """
    Which columns a format takes, and how it holds them.

    Attributes
    ----------
    places
        Places of the columns in a row of `FEATURES`.
    names
        Their names in the format.
    nested
        Whether it holds typed lists; else they are JSON text.
    days
        Whether it holds dates; else they are ISO 8601 text.
    convert
        A last change to each text, such as a cut.
    """

    places: Sequence[int]
    names: Sequence[str]
    nested: bool = False
    days: bool = True
    convert: Convert | None = None

    def type_of(self, field: Field) -> pa.DataType:
        """Give the Arrow type of a column."""
        as_text = (field.type in NESTED and not self.nested) or (
            field.type is Type.DATE and not self.days
        )
        return pa.string() if as_text else _TYPED[field.type]

    def schema(self) -> pa.Schema:
        """Give the Arrow schema of the columns."""
        return pa.schema(
            [
                pa.field(name, self.type_of(FEATURES.fields[place]))
                for name, place in zip(self.names, self.places, strict=True)
            ]
        )

    def arrays(self, rows: Sequence[Row]) -> list[pa.Array]:
        """Turn rows into one array a column."""
        by_place = list(zip(*rows, strict=True))
        return [self._array(FEATURES.fields[place], by_place[place]) for place in self.places]

    def _array(self, field: Field, values: Sequence[Any]) -> pa.Array:
        type_ = self.type_of(field)
        if field.type in NESTED and self.nested:
            if field.type is Type.TABLE:
                return pa.array([list(v.items()) if v else None for v in values], type_)
            return pa.array([list(v) if v is not None else None for v in values], type_)
        if field.type in NESTED or (type_ == pa.string() and _holds_nul(values)):
            values = [flat(field, value) for value in values]
        if field.type is Type.DATE and not self.days:
            values = [day.isoformat() if isinstance(day, date) else None for day in values]
        if self.convert is not None and type_ == pa.string():
            values = [self.convert(field, value) for value in values]
        return pa.array(values, type_)


def _holds_nul(values: Sequence[Any]) -> bool:
    return any(value is not None and "\x00" in value for value in values if isinstance(value, str))


def all_columns(*, nested: bool = False, days: bool = True) -> Columns:
    """Take every column under its own name."""
    places = range(len(FEATURES.fields))
    return Columns(places, [field.name for field in FEATURES.fields], nested=nested, days=days)


def _as_multi(found: Geometries) -> Geometries:
    """Make Multi* geometries of single ones."""
    many = found.copy()
    for type_, together in _TOGETHER.items():
        single = shapely.get_type_id(found) == type_
        many[single] = together(found[single], indices=np.arange(single.sum()))
    return many


Extra = Callable[[Sequence[Feature], Geometries], list[pa.Array]]


def batches(
    extract: Extract,
    features: Sequence[Feature],
    columns: Columns,
    *,
    more: pa.Schema | None = None,
    extra: Extra | None = None,
    multi: bool = False,
) -> pa.RecordBatchReader:
    """
    Stream features as Arrow record batches with a last column of WKB.

    Parameters
    ----------
    more, extra
        Further columns: their schema and what makes them of a batch.
    multi
        Whether single geometries become Multi* ones, for tables that hold one type only.
    """
    schema = columns.schema()
    for field in more or ():
        schema = schema.append(field)
    schema = schema.append(pa.field(GEOMETRY, pa.binary()))

    def stream() -> Iterator[pa.RecordBatch]:
        for batch in extract.batches(features):
            found = _as_multi(geometries(batch)) if multi else geometries(batch)
            arrays = columns.arrays([feature_row(feature, extract.atlas) for feature in batch])
            arrays += extra(batch, found) if extra else []
            arrays.append(pa.array(shapely.to_wkb(found), pa.binary()))
            yield pa.record_batch(arrays, schema=schema)

    return pa.RecordBatchReader.from_batches(schema, stream())


def write_gdal(
    reader: pa.RecordBatchReader,
    path: Path,
    *,
    driver: str,
    layer: str,
    geometry_type: str | None,
    dataset_options: dict[str, str] | None = None,
    layer_options: dict[str, str] | None = None,
) -> None:
    """
    Write record batches with GDAL.

    Raises
    ------
    GeoError
        If GDAL cannot write; what it wrote of the file is for the caller to remove.
    """
    if geometry_type is None:
        reader = _without_geometry(reader)
    faults: list[Exception] = []
    reader = _remembering(reader, faults)
    try:
        pyogrio.write_arrow(
            reader,
            path,
            driver=driver,
            layer=layer,
            geometry_name=GEOMETRY if geometry_type else None,
            geometry_type=geometry_type,
            crs=CRS if geometry_type else None,
            dataset_options=dataset_options or {},
            layer_options=layer_options or {},
        )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, RuntimeError) as error:
        if faults:  # GDAL says no more than that the stream broke
            raise faults[0] from error
        raise GeoError(
            str(path), f"GDAL cannot write it ({error})", "Try another format"
        ) from error


def _remembering(reader: pa.RecordBatchReader, faults: list[Exception]) -> pa.RecordBatchReader:
    def stream() -> Iterator[pa.RecordBatch]:
        try:
            yield from reader
        except Exception as error:
            faults.append(error)
            raise

    return pa.RecordBatchReader.from_batches(reader.schema, stream())


def _without_geometry(reader: pa.RecordBatchReader) -> pa.RecordBatchReader:
    schema = reader.schema.remove(reader.schema.get_field_index(GEOMETRY))
    return pa.RecordBatchReader.from_batches(
        schema, (batch.select(schema.names) for batch in reader)
    )
