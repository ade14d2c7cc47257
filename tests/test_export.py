"""What an export is: text that stays text, whole or not at all, the same bytes, styled, explained."""

import json
import re
import sqlite3
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pyogrio
import pytest
from builders import make_atlas, make_feature, make_point
from export_samples import HOSTILE, hard_atlas, needs, ogr_rows, run, save
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from typer.testing import CliRunner

import geo
from geo import symbology
from geo.cli import app
from geo.errors import GeoError
from geo.export import FORMATS, chosen, dictionary, export_bytes, formats
from geo.export.tables import neutral
from geo.view import View
from geo.vocab import Status, Worldview

SINGLE = [name for name in FORMATS if name != "bundle"]
ROOT = Path(__file__).parents[1]


def names_in(path, format_):
    """Give the name of the feature `port` as a reader of the format finds it."""
    match format_:
        case "xlsx":
            sheet = openpyxl.load_workbook(path)["features"]
            head = [cell.value for cell in sheet[1]]
            rows = [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(values_only=True)]
            return next(row["name"] for row in rows if row["id"] == "port")
        case "csv":
            rows = ogr_rows(f"/vsizip/{path}/features.csv")
        case "shapefile":
            rows = ogr_rows(f"/vsizip/{path}/test_point.shp")
        case "geoparquet":
            rows = pd.read_parquet(path, columns=["id", "name"]).to_dict("records")
        case "gpkg":
            rows = ogr_rows(path, "test_point")
        case "kml" | "kmz":
            rows = [{"id": row["id"], "name": row["Name"]} for row in ogr_rows(path, "Test")]
        case _:
            rows = ogr_rows(path)
    return next(row["name"] for row in rows if row["id"] == "port")


@pytest.mark.parametrize("format_", SINGLE)
def test_hostile_text_stays_text(format_, tmp_path):
    # One text a run would take a minute; the dangerous beginnings are tried one by one below.
    text = "".join(HOSTILE[:6])[:200]
    assert names_in(save(hard_atlas(text), format_, tmp_path), format_) == neutral_in(format_, text)


@pytest.mark.parametrize("text", [HOSTILE[6], HOSTILE[7]])
@pytest.mark.parametrize("format_", ["geojson", "geojsonseq", "kml", "flatgeobuf", "csv"])
def test_gdal_takes_no_export_for_a_program(format_, text, tmp_path):
    path = save(hard_atlas(text), format_, tmp_path)
    assert names_in(path, format_) == neutral_in(format_, text)
    if format_ == "csv":
        assert len(ogr_rows(f"/vsizip/{path}/claims.csv")) == 10
    else:
        assert len(pyogrio.read_dataframe(path, layer=0)) == 8


def neutral_in(format_, text):
    return neutral(text) if format_ in {"csv", "xlsx"} else text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_never_begins_a_formula(start, tmp_path):
    atlas = hard_atlas(f"a{start}")
    port = atlas.features["port"]
    port = port.model_copy(
        update={"properties": port.properties.model_copy(update={"name": f"{start}1+1"})}
    )
    atlas = make_atlas(port, sources=tuple(atlas.sources.values()))
    with zipfile.ZipFile(save(atlas, "csv", tmp_path)) as archive:
        assert f"'{start}1+1" in archive.read("features.csv").decode()
    assert names_in(save(atlas, "xlsx", tmp_path), "xlsx").startswith("'")


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
        min_size=1, max_size=60,
    ).filter(lambda text: text.strip() and text == text.strip())
)  # fmt: skip
def test_any_text_comes_back(text, tmp_path):
    atlas = hard_atlas(text)
    found = json.loads(save(atlas, "geojson", tmp_path).read_text(encoding="utf-8"))
    by_id = {one["id"]: one["properties"] for one in found["features"]}
    assert by_id["port"]["name"] == text
    save(atlas, "gpkg", tmp_path)
    frame = pyogrio.read_dataframe(tmp_path / FORMATS["gpkg"].file_name, layer="test_point")
    assert frame.set_index("id").loc["port", "name"] == text
    document = etree.parse(str(save(atlas, "kml", tmp_path)))
    said = {one.text for one in document.iter("{http://www.opengis.net/kml/2.2}name")}
    assert text in said


def test_controls_do_not_break_what_cannot_hold_them(tmp_path):
    atlas = hard_atlas("a\x00b\x01c\ufffed")
    for format_ in SINGLE:
        said = names_in(save(atlas, format_, tmp_path), format_)
        assert (said[0], said[-1]) == ("a", "d"), format_


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_data_give_the_same_bytes(format_):
    atlas = hard_atlas()
    features = tuple(atlas.features.values())
    assert export_bytes(atlas, features, format_) == export_bytes(atlas, features, format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_every_export_carries_the_boundary_note_and_credits(format_, tmp_path):
    path = save(hard_atlas(), format_, tmp_path, worldview=Worldview.PK)
    if format_ == "geojsonseq":
        return  # a sequence has features and nothing else
    text = path.read_bytes()
    if path.suffix in {".zip", ".xlsx", ".kmz"}:
        with zipfile.ZipFile(path) as archive:
            text = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Natural Earth" in text
    assert b"imply no position on any territory" in text
    assert "Boundary view: Pakistan’s position".encode() in text


def test_a_failed_export_leaves_no_file_and_keeps_the_old_one(tmp_path, monkeypatch):
    def fail(_extract, path):
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    atlas = hard_atlas()
    old = save(atlas, "kml", tmp_path).read_bytes()
    broken = {"kml": replace(FORMATS["kml"], write=fail)}
    monkeypatch.setattr(formats, "FORMATS", broken)
    with pytest.raises(GeoError, match=r"cannot be written .No space left on device."):
        save(atlas, "kml", tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == [FORMATS["kml"].file_name]
    assert (tmp_path / FORMATS["kml"].file_name).read_bytes() == old


@pytest.mark.parametrize("format_", ["gpkg", "flatgeobuf", "geoparquet"])
def test_a_fault_in_the_middle_of_a_stream_is_told_and_leaves_nothing(format_, tmp_path):
    def stop(_done):
        raise GeoError("here", "stopped", "Go on")

    atlas = hard_atlas()
    with pytest.raises(GeoError, match="here: stopped"):
        save(atlas, format_, tmp_path, report=stop)
    assert list(tmp_path.iterdir()) == []


def test_faults_of_a_call_are_said_with_a_way_out(tmp_path):
    atlas = hard_atlas()
    with pytest.raises(GeoError, match=r"no format 'dxf'. Known formats: geojson, "):
        export_bytes(atlas, tuple(atlas.features.values()), "dxf")
    with pytest.raises(GeoError, match="nothing to export"):
        export_bytes(atlas, (), "kml")
    with pytest.raises(GeoError, match="no feature 'nowhere' on 2020-01-01"):
        chosen(atlas, View(as_of="2020-01-01"), "nowhere")
    with pytest.raises(GeoError, match="cannot be written"):
        save(atlas, "kml", tmp_path / "missing" / "file.kml")


def test_one_feature_is_exported_with_its_parts():
    atlas = hard_atlas()
    found = chosen(atlas, View(), "route")
    assert [one.id for one in found] == ["route", "route-1", "route-2"]


def test_without_a_choice_everything_is_exported_though_its_layer_is_off_at_first():
    atlas = geo.load().records
    assert not all(layer.visible for layer in atlas.layers)
    assert chosen(atlas, View()) == tuple(atlas.features.values())
    claimed = chosen(atlas, View(status=(Status.CLAIMED,)))
    assert {one.properties.status for one in claimed if one.is_thing} == {Status.CLAIMED}
    assert {atlas.layer_of[one.id].visible for one in claimed} == {True, False}


def test_features_of_no_known_place_make_a_table_without_geometry(tmp_path):
    atlas = make_atlas(make_feature("somewhere"), make_feature("elsewhere"))
    for format_ in SINGLE:
        path = save(atlas, format_, tmp_path)
        if format_ == "gpkg":
            assert [row["id"] for row in ogr_rows(path, "test")] == ["somewhere", "elsewhere"]
        if format_ == "shapefile":
            assert len(ogr_rows(f"/vsizip/{path}/test.dbf")) == 2


def test_qgis_styles_stand_as_qgis_looks_for_them(tmp_path):
    path = save(hard_atlas(), "gpkg", tmp_path)
    database = sqlite3.connect(path)
    rows = database.execute(
        "SELECT f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,"
        " useAsDefault, styleQML FROM layer_styles"
    ).fetchall()
    geometry = dict(database.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
    (version,) = database.execute("PRAGMA user_version").fetchone()
    database.close()
    assert version == 10300
    assert {row[2] for row in rows} == set(geometry)
    for catalog, schema, table, column, style, default, qml in rows:
        assert (catalog, schema) == ("", "")
        assert column == geometry[table]
        assert default == (style == "status")
        root = etree.fromstring(qml.encode())
        assert root.xpath("//rule/@filter")
        assert root.xpath("//text-style/@fieldName")[0].find("caption") >= 0


def test_qgis_styles_are_those_of_the_map(tmp_path):
    path = save(hard_atlas(), "gpkg", tmp_path)
    database = sqlite3.connect(path)
    (qml,) = database.execute(
        "SELECT styleQML FROM layer_styles WHERE styleName = 'status' AND f_table_name = 'test_point'"
    ).fetchone()
    database.close()
    root = etree.fromstring(qml.encode())
    rule = root.xpath("//rule[contains(@filter, \"'port'\")]")[0]
    look = symbology.symbol_of(hard_atlas().features["port"].properties.kind, Status.CLAIMED)
    red, green, blue = (int(look.hue[at : at + 2], 16) for at in (1, 3, 5))
    colors = root.xpath(f"//symbol[@name='{rule.get('symbol')}']//prop[@k='outline_color']/@v")
    assert colors[0] == f"{red},{green},{blue},255"
    assert rule.get("label") == "Port, Only claimed, Claimed by one article"


def test_balloons_escape_the_data(tmp_path):
    document = etree.parse(str(save(hard_atlas(HOSTILE[0]), "kml", tmp_path)))
    balloons = [one.text for one in document.iter("{http://www.opengis.net/kml/2.2}description")]
    assert any("&lt;script&gt;" in text for text in balloons)
    assert not any("<script" in text or "<img" in text for text in balloons)


def test_the_command_writes_what_it_says(tmp_path):
    runner = CliRunner()
    listed = runner.invoke(app, ["export", "--list"])
    assert [line.split()[0] for line in listed.output.splitlines()] == list(FORMATS)
    done = runner.invoke(
        app, ["export", "--format", "csv", "--layer", "gwadar", "--out", str(tmp_path)]
    )
    assert done.exit_code == 0, done.output
    assert f"wrote {tmp_path / FORMATS['csv'].file_name}" in done.output
    rows = ogr_rows(f"/vsizip/{tmp_path / FORMATS['csv'].file_name}/features.csv")
    assert {row["layer"] for row in rows} == {"gwadar"}
    assert isinstance(runner.invoke(app, ["export", "--format", "kml"]).exception, GeoError)


@pytest.mark.parametrize("format_", FORMATS)
def test_an_export_of_another_day_says_so_and_gives_the_same_bytes(format_, tmp_path):
    asked = ["export", "--format", format_, "--as-of", "2018-07-12", "--out"]
    for name in ("one", "two"):
        done = CliRunner().invoke(app, [*asked, str(tmp_path / name)], catch_exceptions=False)
        assert done.exit_code == 0, done.output
    text = (tmp_path / "one").read_bytes()
    assert text == (tmp_path / "two").read_bytes()
    if zipfile.is_zipfile(tmp_path / "one"):
        with zipfile.ZipFile(tmp_path / "one") as archive:
            text = b"".join(archive.read(name) for name in archive.namelist())
    if format_ != "geojsonseq":  # a sequence has features and nothing else
        assert b"As known on July 12, 2018." in text
        assert b"searched to" not in text
    assert "光纤一号".encode() not in text  # Fiber One was proposed in 2023


def test_an_export_takes_the_options_of_a_map(tmp_path):
    out = tmp_path / "some.geojson"
    options = [
        "--status",
        "operating",
        "--view",
        "layers=khunjerab_fiber,gwadar",
        "--worldview",
        "pk",
    ]
    asked = ["export", *options, "--out", str(out)]
    done = CliRunner().invoke(app, asked, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    collection = json.loads(out.read_text(encoding="utf-8"))
    atlas = geo.load().records
    view = View(("khunjerab_fiber", "gwadar"), status=(Status.OPERATING,))
    assert [one["id"] for one in collection["features"]] == [one.id for one in view.shown(atlas)]
    assert "Boundary view: Pakistan’s position" in collection["boundaries"]


@pytest.mark.parametrize(
    ("day", "why"), [("1990-01-01", "before the oldest"), ("2099-01-01", "after the end")]
)
def test_nothing_is_told_of_a_day_outside_the_search(day, why, tmp_path):
    with pytest.raises(GeoError, match=why):
        CliRunner().invoke(
            app, ["export", "--as-of", day, "--out", str(tmp_path)], catch_exceptions=False
        )
    assert list(tmp_path.iterdir()) == []


def test_the_data_dictionary_is_current():
    written = (ROOT / "docs/data-dictionary.md").read_text(encoding="utf-8")
    assert written == dictionary.markdown(), "run the line at the top of the dictionary"


def test_the_docs_say_every_format():
    text = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if f"`{name}`" not in text] == []


def test_importing_geo_is_light():
    heavy = "import sys, geo; print({'geopandas', 'pandas', 'pydantic', 'streamlit'} & set(sys.modules))"
    assert run(sys.executable, "-c", heavy).strip() == "set()"


def test_load_gives_frames_that_join():
    atlas = geo.load()
    assert atlas.features.crs == "EPSG:4326"
    assert set(atlas.claims["feature"]) <= set(atlas.features.index)
    assert set(atlas.claims["source"]) <= set(atlas.sources.index)


def test_ogrinfo_opens_every_format_of_the_real_data(tmp_path):
    atlas = geo.load().records
    for format_ in ("geojson", "geojsonseq", "gpkg", "flatgeobuf", "kml", "kmz", "xlsx"):
        assert "successful" in run(needs("ogrinfo"), "-so", "-al", save(atlas, format_, tmp_path))


def test_a_point_on_the_map_is_found_in_a_workbook(tmp_path):
    atlas = make_atlas(make_feature("here", geometry=make_point(73.25, 33.5)))
    frame = pd.read_excel(save(atlas, "xlsx", tmp_path), sheet_name="features")
    assert frame.loc[0, ["lon", "lat"]].tolist() == [73.25, 33.5]


def test_gdal_can_copy_a_flatgeobuf_in_a_child_process(tmp_path):
    path = save(hard_atlas(), "flatgeobuf", tmp_path)
    subprocess.run([needs("ogr2ogr"), tmp_path / "copy.gpkg", path], check=True)
    assert pyogrio.read_info(tmp_path / "copy.gpkg")["features"] == 8


def test_the_map_of_the_readme_draws_what_one_article_claims(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code = re.search(
        r"```python\n(import folium.*?)```", (ROOT / "README.md").read_text(), re.DOTALL
    )
    exec(compile(code[1], "README.md", "exec"), {"print": lambda *_: None})  # noqa: S102 - our own page
    text = (tmp_path / "one-article.html").read_text()
    assert "LineString" in text
    assert "properties" in text
