import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import brought
import geopandas as gpd
import pytest
import shapely

from geo.errors import GeoError
from geo.extra import reading, records
from geo.extra.shelf import Shelf

ROOT = Path(__file__).parents[1]
SPOTS = [(62.32, 25.12), (62.33, 25.13), (75.99, 39.47), None]


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("GEO_CACHE", str(tmp_path / "cache"))


def frame(crs=4326):
    points = [None if spot is None else shapely.Point(spot) for spot in SPOTS]
    columns = {"name": brought.NAMES, "pop": range(4), "share": [0.5, None, 1, 2]}
    return gpd.GeoDataFrame(columns, geometry=points, crs=4326).to_crs(crs)


def zipped(path, folder):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(folder.iterdir()):
            archive.write(part, part.name)
    return path


def shapefile(folder, crs=32642):
    parts = folder / "parts"
    parts.mkdir()
    frame(crs).to_file(parts / "places.shp", encoding="utf-8")
    return parts


def by_gdal(frame, path, suffix, **how):
    """Write with GDAL, which wants an ending, and take it away."""
    named = path.with_suffix(suffix)
    frame.to_file(named, **how)
    named.rename(path)


def written(folder, form):
    """Write the frame in a format, under a name that says nothing of it."""
    path = folder / "layer.bin"
    if form == "geojson":
        path.write_text(frame().to_json(), encoding="utf-8")
    elif form == "geojson of 2008":
        named = json.loads(frame(3857).to_json())
        crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
        path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, **named}))
    elif form == "geojsonseq":
        lines = [json.dumps(one, ensure_ascii=False) for one in frame().iterfeatures()]
        path.write_text("".join(f"\x1e{line}\n" for line in lines), encoding="utf-8")
    elif form == "geojson lines":
        lines = [json.dumps(one, ensure_ascii=False) for one in frame().iterfeatures()]
        path.write_text("\n".join(lines), encoding="utf-8")
    elif form == "gpkg":
        by_gdal(frame(32642), path, ".gpkg", layer="places")
    elif form == "flatgeobuf":
        by_gdal(frame(3857), path, ".fgb", SPATIAL_INDEX="NO")
    elif form == "parquet":
        frame(32642).to_parquet(path)
    elif form == "kml":
        by_gdal(frame().rename(columns={"name": "Name"}), path, ".kml", driver="LIBKML")
    elif form == "kmz":
        kml = folder / "parts"
        kml.mkdir()
        frame().rename(columns={"name": "Name"}).to_file(kml / "doc.kml", driver="LIBKML")
        zipped(path, kml)
    else:
        zipped(path, shapefile(folder))
    return path


FORMS = [
    "geojson", "geojson of 2008", "geojsonseq", "geojson lines", "gpkg", "flatgeobuf", "parquet",
    "kml", "kmz", "shapefile",
]  # fmt: skip


def layers(*files):
    shelf = Shelf(files)
    shelf.get_ready(tiled=False)
    assert shelf.faults == ()
    return shelf.layers


@pytest.mark.parametrize("form", FORMS)
def test_each_format_is_read_whole_whatever_its_file_is_called(tmp_path, form):
    (layer,) = layers(written(tmp_path, form))
    assert (layer.n, layer.n_placed) == (4, 3)
    found = records.find(layer.records, "", most=10)
    assert [one.name for one in found] == list(brought.NAMES)
    for one, spot in zip(found, SPOTS, strict=True):
        assert one.spot() == (spot and pytest.approx(spot, abs=1e-6))
    # KML holds no whole numbers as GDAL writes it.
    assert [int(one.properties["pop"]) for one in found] == [0, 1, 2, 3]
    assert [one.properties["share"] for one in found] == [0.5, None, 1, 2]


def test_a_file_of_several_layers_gives_each(tmp_path):
    path = tmp_path / "atlas.gpkg"
    frame().to_file(path, layer="places")
    frame().head(2).to_file(path, layer="ports", mode="a")
    found = layers(path)
    assert [(one.id, one.title, one.n) for one in found] == [
        ("atlas_places", "atlas: places", 4),
        ("atlas_ports", "atlas: ports", 2),
    ]


@pytest.mark.parametrize("form", ["geojson", "parquet"])
def test_progress_is_the_share_of_the_file_that_is_read(tmp_path, form):
    path = brought.large(tmp_path / "large.geojson", 25_000)
    if form == "parquet":
        gpd.read_file(path).to_parquet(tmp_path / "large")
        path = tmp_path / "large"
    shares = []
    shelf = Shelf((path,))
    shelf.get_ready(lambda _, share: shares.append(share), tiled=False)
    assert shelf.faults == ()
    assert len(shares) == 3
    assert shares == [
        pytest.approx(0.4, abs=0.25),
        pytest.approx(0.8, abs=0.2),
        pytest.approx(1, abs=0.01),
    ]
    assert shelf.waiting == {path.name: 0.0}


def test_what_a_feature_rests_on_is_told_apart(tmp_path):
    plain = [brought.feature(number) for number in range(3)]
    sourced = [brought.feature(number, source_url="https://example.org/a") for number in range(3)]
    told = []
    for number, some in enumerate((plain, [sourced[0], *plain], sourced)):
        path = tmp_path / f"{number}.geojson"
        path.write_text(brought.collection(some))
        told += [layer.words() for layer in layers(path)]
    assert told == [
        "3 features · no source stated",
        "4 features · 1 states a source, not checked here",
        "3 features · sources as the file states them, not checked here",
    ]


def test_every_kind_of_value_is_kept(tmp_path):
    values = {
        "list": [1, "a"],
        "deep": {"a": {"b": None}},
        "yes": True,
        "big": 2**70,
        "nul": "a\0b",
    }
    path = tmp_path / "a.geojson"
    path.write_text(brought.collection([brought.feature(0, **values)]))
    (layer,) = layers(path)
    assert records.one(layer.records, 1).properties == {"name": "place 0", **values}
    assert layer.fields == {
        "name": "text", "list": "json", "deep": "json", "yes": "boolean", "big": "text",
        "nul": "text",
    }  # fmt: skip


def kml_bomb(path):
    """A zip that says it holds more than it does: nobody unpacks it to find out."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", b" " * 1_000_000)
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 4_000_000_000)
    path.write_bytes(content)


def shapefile_without_prj(path):
    parts = shapefile(path.parent)
    (parts / "places.prj").unlink()
    zipped(path, parts)


def gpkg_cut_short(path):
    by_gdal(frame(), path, ".gpkg")
    path.write_bytes(path.read_bytes()[:20_000])


def parquet_without_geometry(path):
    frame().drop(columns="geometry").to_parquet(path)


def fgb_broken(path):
    by_gdal(frame().dropna(subset="geometry"), path, ".fgb")
    path.write_bytes(path.read_bytes()[:-50])


def text(words):
    return lambda path: path.write_text(words, encoding="utf-8")


def geometry(value):
    return text(brought.collection([brought.feature(0), {**brought.feature(1), "geometry": value}]))


def at(*position):
    return geometry({"type": "Point", "coordinates": list(position)})


VRT = (
    "<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer>"
)
LINK = {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs", "type": "proj4"}}
FAULTS = {
    "a VRT": (text(f"{VRT}</OGRVRTDataSource>"), "is no format that is read here"),
    "a pipeline": (
        text('{"type":"gdal_streamed_alg","command_line":"gdal vector pipeline ! read {secret}"}'),
        "feature 1 is no GeoJSON feature",
    ),
    "a zip bomb": (kml_bomb, "unpacks to 4 GB from 0 MB"),
    "a zip of something": (
        lambda path: zipfile.ZipFile(path, "w").close(), "is no format that is read here",
    ),
    "a broken zip": (text("PK\x03\x04 and no more"), "is a broken zip archive"),
    "cut short": (text('{"type":"FeatureCollection","features":[{"type":"Feature",'), "is no GeoJSON"),
    "no features": (text('{"type":"FeatureCollection","features":[]}'), "holds no feature"),
    "a bare geometry": (text('{"type":"Point","coordinates":[1,2]}'), "feature 1 is no GeoJSON"),
    "an empty file": (text(""), "is no format that is read here"),
    "a picture": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n"), "is no format"),
    "Latin 1": (lambda path: path.write_bytes(b'{"type":"Feature","a":"\xe9"}'), "is not UTF-8"),
    "nested deep": (text("[" * 100_000), "is no format"),
    "deep within": (text('{"type":' + "[" * 100_000), "is nested too deep"),
    "NaN": (text('{"type":"Point","coordinates":[NaN,1]}'), "holds NaN"),
    "infinity": (at(1e999, 1), "holds Infinity"),
    "huge": (
        text(brought.collection([brought.feature(0)]).replace("60.0", "1e999")), "outside the world",
    ),
    "out of the world": (at(62.3, 125.0), "feature 2 lies outside the world (62.3, 125, 62.3, 125)"),
    "meters": (at(6_935_000, 2_890_000), "the file names another system"),
    "text for numbers": (at("62.3", "25.1"), "feature 2 has a broken geometry"),
    "one number": (at(62.3), "feature 2 has a broken geometry"),
    "unknown geometry": (geometry({"type": "Circle", "coordinates": [1, 2]}), "is none of GeoJSON"),
    "a geometry of text": (geometry("POINT (1 2)"), "is none of GeoJSON"),
    "an open ring": (
        geometry({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]}),
        "feature 2 has a broken geometry",
    ),
    "crs by a link": (text(brought.collection([brought.feature(0)], crs=LINK)), "is not followed"),
    "crs unknown": (
        text(brought.collection([brought.feature(0)], crs={"properties": {"name": "EPSG:0"}})),
        "has a coordinate reference system that is not known",
    ),
    "no .prj": (shapefile_without_prj, "has no coordinate reference system"),
    "gpkg cut short": (gpkg_cut_short, "cannot be read as GPKG"),
    "no GeoParquet": (parquet_without_geometry, "without GeoParquet metadata"),
    "fgb broken": (fgb_broken, "cannot be read as FlatGeobuf"),
    "kml broken": (text("<kml><Document><Placemark>"), "cannot be read as LIBKML"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_file_is_one_clear_fault_and_the_rest_goes_on(tmp_path, fault):
    write, words = FAULTS[fault]
    secret = tmp_path / "secret.geojson"
    secret.write_text(brought.collection([brought.feature(0, name="secret")]))
    bad, good = tmp_path / "bad.bin", brought.small(tmp_path / "good.geojson")
    write(bad)
    if bad.stat().st_size < 1000 and b"{secret}" in bad.read_bytes():
        bad.write_bytes(bad.read_bytes().replace(b"{secret}", str(secret).encode()))
    shelf = Shelf((bad, good))
    shelf.get_ready(tiled=False)
    assert [layer.title for layer in shelf.layers] == ["good"]
    (found,) = shelf.faults
    assert found.file == "bad.bin"
    assert words in found.words
    assert found.words.startswith("bad.bin: ")
    assert str(tmp_path) not in found.words
    assert "Traceback" not in found.words
    assert not list((tmp_path / "cache").glob("*/*.draft"))


@pytest.mark.parametrize("where", ["property", "polyglot", "zip"])
def test_no_file_makes_another_be_read(tmp_path, where):
    """What makes `geopandas.read_file` give another file's rows."""
    secret = tmp_path / "secret.geojson"
    secret.write_text(brought.collection([brought.feature(0, name="secret")]))
    vrt = VRT.format(secret=secret) + "</OGRVRTDataSource>"
    path = tmp_path / "own.geojson"
    if where == "property":
        path.write_text(brought.collection([brought.feature(0, name=vrt)]))
    elif where == "polyglot":
        pipeline = f"gdal vector pipeline ! read {secret}"
        members = {"gdal_streamed_alg": 1, "command_line": pipeline}
        path.write_text(brought.collection([brought.feature(0, name="own")], **members))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.vrt", vrt)
            archive.writestr("a.shp", vrt)
    shelf = Shelf((path,))
    shelf.get_ready(tiled=False)
    names = [one.name for layer in shelf.layers for one in records.find(layer.records, "", most=9)]
    assert names == {"property": [vrt], "polyglot": ["own"], "zip": []}[where]
    assert bool(shelf.faults) == (where == "zip")


@pytest.mark.parametrize("driver", ["GPKG", "LIBKML", "ESRI Shapefile", "FlatGeobuf"])
def test_the_child_has_one_driver(driver):
    from geo.extra.child import environment  # noqa: PLC0415

    code = "import pyogrio; print(','.join(pyogrio.list_drivers()))"
    found = subprocess.run(
        [sys.executable, "-c", code], env=environment(driver), capture_output=True, check=True
    )
    assert found.stdout.decode().strip() == driver


def test_a_file_is_read_once_as_long_as_it_is_the_same(tmp_path, monkeypatch):
    path = brought.small(tmp_path / "a.geojson")
    first = layers(path)
    monkeypatch.setattr(reading, "parts", None)  # which would be called
    assert layers(path) == first


def test_a_changed_file_is_read_again(tmp_path):
    path = brought.small(tmp_path / "a.geojson")
    (before,) = layers(path)
    path.write_text(brought.collection([brought.feature(0)]))
    (after,) = layers(path)
    assert (before.n, after.n) == (4, 1)
    assert before.version != after.version


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path):
    with pytest.raises(GeoError, match="is no format"):
        reading.format_of(brought_text(tmp_path))
    shelf = Shelf((tmp_path / "none.geojson",))
    shelf.get_ready()
    assert [fault.words for fault in shelf.faults] == [
        "none.geojson: is not there. Name a file that is there."
    ]


def brought_text(folder):
    path = folder / "notes.txt"
    path.write_text("nothing of the kind")
    return path
