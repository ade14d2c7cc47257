"""GeoPackage 1.3: a table per layer and shape, claims and sources with relations, styled for QGIS."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pyogrio

from geo.export import catalog, qgis
from geo.export.arrow import Columns, batches, write_gdal
from geo.export.extract import Extract, Group
from geo.export.fields import CLAIMS, FEATURES, SOURCES, Field, Row, Table, Type, flat, used
from geo.export.rows import feature_row

_SQL_TYPES = {
    Type.NUMBER: "REAL",
    Type.INTEGER: "INTEGER",
    Type.BOOLEAN: "BOOLEAN",
    Type.DATE: "DATE",
}
_STYLES = {"status": qgis.status_style, "evidence": qgis.evidence_style}
_SCHEMA = """
CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT,
  extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
  md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL,
  mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT,
  column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT,
  title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL,
  constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC,
  max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE gpkgext_relations (id INTEGER PRIMARY KEY AUTOINCREMENT, base_table_name TEXT NOT NULL,
  base_primary_column TEXT NOT NULL DEFAULT 'id', related_table_name TEXT NOT NULL,
  related_primary_column TEXT NOT NULL DEFAULT 'id', relation_name TEXT NOT NULL,
  mapping_table_name TEXT NOT NULL UNIQUE);
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT CURRENT_TIMESTAMP);
"""
_SPEC = "http://www.geopackage.org/spec130/#extension_"
_EXTENSIONS = (
    *((t, None, "gpkg_metadata", f"{_SPEC}metadata", "read-write")
      for t in ("gpkg_metadata", "gpkg_metadata_reference")),
    *((t, None, "gpkg_schema", f"{_SPEC}schema", "read-write")
      for t in ("gpkg_data_columns", "gpkg_data_column_constraints")),
    ("gpkgext_relations", None, "gpkg_related_tables", "http://www.opengis.net/doc/IS/gpkg-rte/1.0",
     "read-write"),
)  # fmt: skip


def write(extract: Extract, path: Path) -> None:
    """Write feature tables with GDAL, then the tables beside them in SQL."""
    moment = f"{extract.date}T00:00:00.000Z"
    with _clock_at(moment):
        for group in extract.groups:
            _write_group(extract, group, path)
        with closing(sqlite3.connect(path)) as database, database:
            database.executescript(_SCHEMA)
            database.executemany("INSERT INTO gpkg_extensions VALUES (?,?,?,?,?)", _EXTENSIONS)
            _write_table(database, SOURCES, extract.source_rows(), moment)
            _write_table(database, CLAIMS, extract.claim_rows(), moment)
            _relate(database, extract)
            _style(database, extract, moment)
            _describe(database, extract, moment)


@contextmanager
def _clock_at(moment: str) -> Iterator[None]:
    """Have GDAL write one fixed time, so that the same data give the same bytes."""
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": moment})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _columns(extract: Extract, group: Group) -> Columns:
    """Take the columns that this table has anything in; a wide empty table helps nobody."""
    places = used(FEATURES, (feature_row(feature, extract.atlas) for feature in group.features))
    return Columns(places, [FEATURES.fields[place].name for place in places])


def _write_group(extract: Extract, group: Group, path: Path) -> None:
    write_gdal(
        batches(extract, group.features, _columns(extract, group), multi=group.is_multi),
        path,
        driver="GPKG",
        layer=group.name,
        geometry_type=group.geometry_type,
        dataset_options={} if path.exists() else {"VERSION": "1.3"},
        layer_options={
            "FID": "fid",
            "IDENTIFIER": f"{group.layer.title} ({group.shape or 'no place'})",
            "DESCRIPTION": group.layer.description,
            **({"GEOMETRY_NAME": "geom", "SPATIAL_INDEX": "YES"} if group.shape else {}),
        },
    )


def _write_table(
    database: sqlite3.Connection, table: Table, rows: Iterable[Row], moment: str
) -> None:
    """Write claims or sources; a column that names a source is a foreign key."""
    columns = ", ".join(_column(table, field) for field in table.fields)
    database.execute(
        f"CREATE TABLE {table.name} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {columns})"
    )
    places = ",".join("?" * len(table.fields))
    names = ",".join(_quoted(field.name) for field in table.fields)
    database.executemany(
        f"INSERT INTO {table.name} ({names}) VALUES ({places})",  # noqa: S608 - our own names
        (
            tuple(_sql(field, value) for field, value in zip(table.fields, row, strict=True))
            for row in rows
        ),
    )
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)"
        " VALUES (?, 'attributes', ?, ?, ?)",
        (table.name, table.name, table.title, moment),
    )


def _column(table: Table, field: Field) -> str:
    key = " NOT NULL UNIQUE" if field.name == "id" else ""
    target = table.references.get(field.name)
    reference = f" REFERENCES {target}(id)" if target == SOURCES.name else ""
    return f"{_quoted(field.name)} {_SQL_TYPES.get(field.type, 'TEXT')}{key}{reference}"


def _sql(field: Field, value: Any) -> Any:  # noqa: ANN401 - what SQLite holds
    value = flat(field, value)
    return value.isoformat() if field.type is Type.DATE and value is not None else value


def _quoted(name: str) -> str:
    return f'"{name}"'


def _relate(database: sqlite3.Connection, extract: Extract) -> None:
    """
    Relate each feature table to its claims, and claims to sources (OGC 18-000).

    The mapping tables are views, so they cannot go out of step. A part has its whole's claims.
    """
    database.execute("CREATE INDEX claims_feature ON claims (feature)")
    relations = [
        (g.name, CLAIMS.name, "r.feature IN (b.id, b.part_of)" if "part_of" in
         _names(database, g.name) else "r.feature = b.id")
        for g in extract.groups
    ]  # fmt: skip
    relations.append((CLAIMS.name, SOURCES.name, "r.id = b.source"))
    for base, related, condition in relations:
        view = f"{base}_{related}"
        database.execute(
            f"CREATE VIEW {view} AS SELECT b.fid AS base_id, r.fid AS related_id"  # noqa: S608
            f" FROM {base} b JOIN {related} r ON {condition}"
        )
        database.execute(
            "INSERT INTO gpkgext_relations (base_table_name, base_primary_column,"
            " related_table_name, related_primary_column, relation_name, mapping_table_name)"
            " VALUES (?, 'fid', ?, 'fid', 'attributes', ?)",
            (base, related, view),
        )
        database.execute(
            "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_related_tables',"
            " 'http://www.opengis.net/doc/IS/gpkg-rte/1.0', 'read-write')",
            (view,),
        )


def _names(database: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in database.execute(f"PRAGMA table_info({table})")]


def _style(database: sqlite3.Connection, extract: Extract, moment: str) -> None:
    """
    Add the styles that QGIS applies by itself.

    It looks for empty texts in `f_table_catalog` and `f_table_schema`, not for NULL, and reads
    `styleQML` only (tried with QGIS 3.22).
    """
    for group in extract.groups:
        if group.shape is None:
            continue
        for name, style in _STYLES.items():
            database.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
                " f_geometry_column, styleName, styleQML, useAsDefault, description, owner,"
                " update_time) VALUES ('', '', ?, 'geom', ?, ?, ?, ?, '', ?)",
                (group.name, name, style(group), name == "status", f"By {name}", moment),
            )
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)"
        " VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles for QGIS', ?)",
        (moment,),
    )


def _describe(database: sqlite3.Connection, extract: Extract, moment: str) -> None:
    """Say in the file what it is and what each column means."""
    texts = [
        ("https://www.w3.org/TR/vocab-dcat-3/", "application/ld+json",
         json.dumps(catalog.dcat(extract), ensure_ascii=False)),
        ("https://www.rfc-editor.org/rfc/rfc2046", "text/plain", extract.note()),
    ]  # fmt: skip
    for number, (standard, mime, metadata) in enumerate(texts, start=1):
        database.execute(
            "INSERT INTO gpkg_metadata VALUES (?, 'dataset', ?, ?, ?)",
            (number, standard, mime, metadata),
        )
        database.execute(
            "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?, ?, NULL)",
            (moment, number),
        )
    tables = [(group.name, FEATURES) for group in extract.groups]
    for name, table in [*tables, (CLAIMS.name, CLAIMS), (SOURCES.name, SOURCES)]:
        present = set(_names(database, name))
        database.executemany(
            "INSERT INTO gpkg_data_columns (table_name, column_name, title, description)"
            " VALUES (?, ?, ?, ?)",
            [
                (name, f.name, f.name, f.description + (f", {f.unit}" if f.unit else ""))
                for f in table.fields
                if f.name in present
            ],
        )
