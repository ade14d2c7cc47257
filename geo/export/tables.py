"""Plain tables: CSV files in a zip, with cells that no spreadsheet takes for a formula."""

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import shapely

from geo.export.archive import write_zip
from geo.export.catalog import columns_of
from geo.export.extract import Extract, geometries
from geo.export.fields import CLAIMS, FEATURES, TABLES, Row, Table, flat
from geo.export.rows import feature_row

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Beginnings of texts that GDAL would run instead of reading, wherever in a file they stand.
_PROGRAM = re.compile(r"<(?=OGRVRT|VRTDataset|GDAL_)|gdal_(?=streamed_alg)")
_README = """\
Digital Silk Road map: features.csv, claims.csv, sources.csv

UTF-8, RFC 4180, one header line. Dates as the sources give them (EDTF); *_earliest and *_latest are
the first and last day they can mean. Lists and tables in a cell are JSON. wkt, lon and lat are
WGS 84 (EPSG:4326); lon and lat are of a point on the feature. Empty: unknown.
claims.feature names features.id, claims.source names sources.id; a part's claims are those of
the feature in its part_of.
An apostrophe stands before a text that begins with = + - @, a tab or a return, so that no spreadsheet
takes it for a formula; a space parts "<OGRVRT", "<VRTDataset", "<GDAL_" and "gdal_streamed_alg",
which GDAL would run.

"""


def neutral(value: Any) -> Any:  # noqa: ANN401 - any cell
    """
    Give a cell that no program takes for a formula or for a data source.

    Examples
    --------
    >>> neutral("=1+1"), neutral(-1), neutral("<OGRVRTDataSource>")
    ("'=1+1", -1, '< OGRVRTDataSource>')
    """
    if not isinstance(value, str):
        return value
    inert = _PROGRAM.sub(lambda found: f"{found[0]} ", value)
    return f"'{inert}" if inert.startswith(_FORMULA) else inert


def rows_of(extract: Extract, table: Table) -> Iterable[Row]:
    """Give the rows of a table as a flat file holds them: no lists, features with WKT, lon, lat."""
    if table is FEATURES:
        rows: Iterable[Row] = _feature_rows(extract)
    else:
        rows = extract.claim_rows() if table is CLAIMS else extract.source_rows()
    fields = columns_of(table)
    for row in rows:
        yield tuple(neutral(flat(field, value)) for field, value in zip(fields, row, strict=True))


def _feature_rows(extract: Extract) -> Iterator[Row]:
    for batch in extract.batches():
        found = geometries(batch)
        texts = shapely.to_wkt(found, rounding_precision=-1, trim=True)
        spots = shapely.point_on_surface(found)
        for feature, wkt, lon, lat in zip(
            batch, texts, shapely.get_x(spots), shapely.get_y(spots), strict=True
        ):
            place = (None, None, None) if wkt is None else (wkt, float(lon), float(lat))
            yield (*feature_row(feature, extract.atlas), *place)


def write_csv(extract: Extract, table: Table, path: Path) -> None:
    """Write one table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([field.name for field in columns_of(table)])
        writer.writerows([_cell(value) for value in row] for row in rows_of(extract, table))


def _cell(value: Any) -> Any:  # noqa: ANN401 - any cell
    if isinstance(value, bool):
        return "true" if value else "false"
    return int(value) if isinstance(value, float) and value.is_integer() else value


def write(extract: Extract, path: Path) -> None:
    """Write features, claims and sources as a zip of CSV files."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        files = [(f"{table.name}.csv", Path(folder, f"{table.name}.csv")) for table in TABLES]
        for table, (_, file) in zip(TABLES, files, strict=True):
            write_csv(extract, table, file)
        write_zip(path, [("README.txt", _README + extract.note() + "\n"), *files])
