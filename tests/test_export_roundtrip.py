"""Each format, read back with programs we did not write, says what the records say."""

import json
import sqlite3
import zipfile

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
from export_samples import (
    HOSTILE,
    expected,
    hard_atlas,
    needs,
    ogr_rows,
    places,
    run,
    save,
    told,
    wkt_place,
)
from shapely import normalize
from shapely.geometry import shape

from geo.export import export_file
from geo.export.fields import CLAIMS, FEATURES, SOURCES, flat
from geo.export.rows import claim_row, source_row
from geo.export.shapefile import CUT_MARK, cut, short_names

COLUMNS = [field.name for field in FEATURES.fields]
#: Columns that GeoJSON has under no name of their own.
ONLY_TABLES = {
    name
    for name in COLUMNS
    if name.endswith(("_earliest", "_latest")) or name in
    {"kind_label", "evidence_label", "location_label", "layer_title"}
}  # fmt: skip
GROUPS = ("test_point", "test_line", "test_polygon")


@pytest.fixture(scope="module")
def atlas():
    return hard_atlas("".join(HOSTILE[:6]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("exports")


def same_place(one, other):
    if one is None or other is None:
        return one is None and (other is None or other.is_empty)
    if other.geom_type != one.geom_type:  # a table of Multi* holds single ones as Multi*
        assert one.geom_type in other.geom_type
        assert len(other.geoms) == 1
        other = other.geoms[0]
    return normalize(one).equals_exact(normalize(other), 1e-7)


def holds_all(atlas, rows, columns, geometry):
    """Check every value of every feature; `rows` maps ids to what a program read."""
    wanted, where = expected(atlas), places(atlas)
    assert set(rows) == set(wanted)
    for id_, row in rows.items():
        for name in columns:
            found = row.get(name)
            assert told(name, found) == told(name, wanted[id_][name]), (id_, name)
        assert same_place(where[id_], geometry(row)), id_


def records(frame):
    frame = frame.astype(object).where(frame.notna(), None)
    return {row["id"]: row for row in frame.to_dict("records")}


@pytest.mark.parametrize("format_", ["geojson", "geojsonseq"])
def test_geojson_says_it_all_to_json_readers(atlas, folder, format_):
    text = save(atlas, format_, folder).read_text(encoding="utf-8")
    features = (
        json.loads(text)["features"]
        if format_ == "geojson"
        else [json.loads(line) for line in text.split("\x1e")[1:]]
    )
    rows = {
        one["id"]: {"formerly": one.get("formerly"), **one, **one["properties"]} for one in features
    }
    columns = [name for name in COLUMNS if name not in ONLY_TABLES]
    holds_all(atlas, rows, columns, lambda row: shape(row["geometry"]) if row["geometry"] else None)


@pytest.mark.parametrize("format_", ["geojson", "geojsonseq"])
def test_geojson_says_it_all_to_gdal(atlas, folder, format_):
    path = save(atlas, format_, folder)
    columns = [n for n in COLUMNS if n not in ONLY_TABLES | {"formerly", "aliases", "countries"}]
    frame = pyogrio.read_dataframe(path, datetime_as_string=True)
    holds_all(atlas, records(frame), columns, lambda row: row["geometry"])
    holds_all(atlas, {row["id"]: row for row in ogr_rows(path)}, [c for c in columns if c not in
              {"translated", "connects", "unknown"}], wkt_place)  # fmt: skip


@pytest.fixture(scope="module")
def gpkg(atlas, folder):
    return save(atlas, "gpkg", folder)


def test_geopackage_tables_say_it_all(atlas, gpkg):
    rows = {}
    for name in GROUPS:
        rows |= records(gpd.read_file(gpkg, layer=name))
    holds_all(atlas, rows, COLUMNS, lambda row: row["geometry"])
    rows = {row["id"]: row for name in GROUPS for row in ogr_rows(gpkg, name)}
    holds_all(atlas, rows, COLUMNS, wkt_place)


def test_geopackage_claims_and_sources_join(atlas, gpkg):
    features = tuple(atlas.features.values())
    claims = [claim_row(f, claim, atlas) for f in features for claim in f.properties.claims]
    for table, rows in (
        (CLAIMS, claims),
        (SOURCES, [source_row(s) for s in atlas.sources.values()]),
    ):
        found = {row["id"]: row for row in ogr_rows(gpkg, table.name)}
        assert len(found) == len(rows)
        for row in rows:
            for field, value in zip(table.fields, row, strict=True):
                if isinstance(value, str) and value:
                    assert found[row[0]][field.name] == flat(field, value), (row[0], field.name)
    with sqlite3.connect(gpkg) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        orphans = """SELECT count(*) FROM claims WHERE feature NOT IN (SELECT id FROM test_point
            UNION SELECT id FROM test_line UNION SELECT id FROM test_polygon)"""
        assert database.execute(orphans).fetchone() == (0,)
        of_part = """SELECT c.id FROM test_line f JOIN test_line_claims m ON m.base_id = f.fid
            JOIN claims c ON c.fid = m.related_id WHERE f.id = 'route-1'"""
        assert database.execute(of_part).fetchall() == [("route-c01",)]
    database.close()


def test_geopackage_columns_have_types(gpkg):
    info = pyogrio.read_info(gpkg, layer="test_point")
    types = dict(zip(info["fields"], info["dtypes"], strict=True))
    assert types["inaugurated_latest"] == "datetime64[D]"
    assert types["area_acres"] == "float64"
    assert types["name_ur"] == "object"
    assert info["crs"] == "EPSG:4326"


def test_flatgeobuf_says_it_all(atlas, folder):
    path = save(atlas, "flatgeobuf", folder)
    holds_all(atlas, records(gpd.read_file(path)), COLUMNS, lambda row: row["geometry"])
    holds_all(atlas, {r["id"]: r for r in ogr_rows(path)}, COLUMNS, wkt_place)
    claims = json.loads(records(gpd.read_file(path))["port"]["claims"])
    assert [claim["id"] for claim in claims] == [f"port-c0{n}" for n in range(1, 6)]


def test_flatgeobuf_has_an_index_when_every_place_is_known(atlas, folder):
    placed = [feature for feature in atlas.features.values() if feature.geometry]
    path = export_file(atlas, placed, "flatgeobuf", folder / "placed.fgb")
    assert pyogrio.read_info(path)["capabilities"]["fast_spatial_filter"]
    assert len(gpd.read_file(path, bbox=(72, 32, 76, 37))) == 2
    whole = save(atlas, "flatgeobuf", folder)
    assert not pyogrio.read_info(whole)["capabilities"]["fast_spatial_filter"]


def test_geoparquet_says_it_all_with_typed_lists(atlas, folder):
    path = save(atlas, "geoparquet", folder)
    holds_all(atlas, records(gpd.read_parquet(path)), COLUMNS, lambda row: row["geometry"])
    rows = {row["id"]: row for row in pq.read_table(path).to_pylist()}
    assert rows["port"]["aliases"][0] == "A-001"
    assert dict(rows["port"]["published_length_km_by_territory"]) == {"PK-GB": 467, "PK-KP": 288.25}
    assert [claim["id"] for claim in rows["port"]["claims"]] == [f"port-c0{n}" for n in range(1, 6)]
    assert rows["zone"]["bbox"] == {"xmin": 66, "ymin": 25, "xmax": 67, "ymax": 26}
    assert rows["route"]["bbox"] is None
    near = gpd.read_parquet(path, bbox=(72, 32, 76, 37))
    assert sorted(near["id"]) == ["route-1", "route-2"]


def test_kml_says_it_all(atlas, folder):
    path = save(atlas, "kml", folder)
    rows = {row["id"]: {**row, "name": row["Name"]} for row in ogr_rows(path, "Test")}
    holds_all(atlas, rows, COLUMNS, wkt_place)
    captions = ogr_rows(path, "Captions")
    assert [row["Name"] for row in captions] == ["proposed, no route published"]
    archive = save(atlas, "kmz", folder)
    assert len(ogr_rows(archive, "Test")) == len(atlas.features)


def test_shapefile_says_what_it_can_and_the_rest_stands_beside(atlas, folder):
    path = save(atlas, "shapefile", folder)
    short = short_names()
    assert len(set(short.values())) == len(short)
    assert all(len(name) <= 10 and name.isascii() for name in short.values())
    wanted, where = expected(atlas), places(atlas)
    rows = {row["id"]: row for name in GROUPS for row in ogr_rows(f"/vsizip/{path}", name)}
    assert set(rows) == set(wanted)
    for id_, row in rows.items():
        for field in FEATURES.fields:
            value = cut(field, flat(field, wanted[id_][field.name])) if field.type in {
                "text", "edtf"} else wanted[id_][field.name]  # fmt: skip
            if field.type not in {"list of text", "list of numbers", "numbers by name"}:
                found = row.get(short[field.name])
                assert told(field.name, found) == told(field.name, value), (id_, field.name)
        assert same_place(where[id_], wkt_place(row)), id_
    with zipfile.ZipFile(path) as archive:
        assert all(name.isascii() for name in archive.namelist())
        assert archive.read("test_line.cpg") == b"UTF-8"
        assert {"README.txt", "fields.csv", "features.csv", "claims.csv"} <= set(archive.namelist())
        assert "pub_len_km,published_length_km,number,km" in archive.read("fields.csv").decode()


def test_a_text_too_long_for_a_shapefile_is_cut_at_a_character_with_a_mark():
    field = FEATURES.fields[COLUMNS.index("quote")]
    said = cut(field, "ی" * 200)
    assert said.endswith(CUT_MARK)
    assert len(said.encode()) <= 254
    assert set(said.removesuffix(CUT_MARK)) == {"ی"}
    url = FEATURES.fields[COLUMNS.index("source_url")]
    assert cut(url, "https://example.com/a#:~:text=" + "x" * 300) == "https://example.com/a"
    assert cut(url, "https://example.com/" + "x" * 300) is None


def test_csv_says_it_all(atlas, folder):
    path = save(atlas, "csv", folder)
    with zipfile.ZipFile(path) as archive, archive.open("features.csv") as file:
        frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    rows = {row["id"]: {**row, "WKT": row["wkt"]} for row in frame.to_dict("records")}
    for row in rows.values():
        for name in COLUMNS:
            row[name] = unneutral(row[name])
    holds_all(atlas, rows, COLUMNS, wkt_place)
    assert len(ogr_rows(f"/vsizip/{path}/features.csv")) == len(atlas.features)
    assert len(ogr_rows(f"/vsizip/{path}/claims.csv")) == 10


def unneutral(cell):
    if not isinstance(cell, str):
        return cell
    text = cell[1:] if cell[:2] in {"'=", "'+", "'-", "'@", "'\t", "'\r"} else cell
    return text.replace("< OGRVRT", "<OGRVRT").replace("gdal_ streamed", "gdal_streamed")


def test_a_workbook_says_it_all_and_computes_nothing(atlas, folder):
    path = save(atlas, "xlsx", folder)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["features", "claims", "sources", "about"]
    sheet = book["features"]
    head = [cell.value for cell in sheet[1]]
    rows = {}
    for cells in sheet.iter_rows(min_row=2):
        assert all(cell.data_type != "f" for cell in cells)
        row = {name: unneutral(cell.value) for name, cell in zip(head, cells, strict=True)}
        rows[row["id"]] = {**row, "WKT": row["wkt"]}
    holds_all(atlas, rows, COLUMNS, wkt_place)
    assert rows["port"]["inaugurated_latest"].year == 2018
    assert book["claims"].max_row == 11
    assert len(ogr_rows(path, "features")) == len(atlas.features)


def test_ogrinfo_finds_the_relations_of_a_geopackage(gpkg):
    assert "test_point_claims" in run(
        needs("ogrinfo"), "-al", "-so", "-oo", "LIST_ALL_TABLES=YES", gpkg
    )
