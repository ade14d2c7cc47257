import csv
import gzip
import io
import json
from pathlib import Path
from urllib.parse import quote

import brought
import hostile
import pyogrio
import pytest
from asgi import BASE, ask, get
from starlette.applications import Starlette

from geo import server
from geo.extra import shelf


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    brought.small(folder / "small.geojson")
    brought.large(folder / "Large one.geojson")
    (folder / "broken.geojson").write_text('{"type": "FeatureCollection", "features": [')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEO_EXTRA_LAYERS", str(folder))
        patch.setenv("GEO_CACHE", str(tmp_path_factory.mktemp("cache")))
        shelf.cache_clear()
        shelf().get_ready()
        yield Starlette(routes=server.routes(BASE), middleware=server.middleware(BASE))
    shelf.cache_clear()


def told(app, path):
    status, headers, body = get(app, path)
    assert (status, headers["content-type"]) == (200, "application/json")
    return json.loads(body)


def address(app, number, what):
    return "/" + told(app, "/extra/layers.json")["layers"][number][what]


def test_layers_are_listed_with_what_they_are_drawn_from(app):
    status, headers, body = get(app, "/extra/layers.json?lang=en")
    assert (status, headers["cache-control"]) == (200, "no-store")
    listed = json.loads(body)
    large, small = listed["layers"]
    version = shelf().layers[0].version
    assert large == {
        "id": "large_one", "title": "Large one", "words": "6,000 features · no source stated",
        "n": 6000, "n_placed": 6000, "bounds": [60, 25, 69.99, 25.05],
        "tiled": True, "ready": True, "zooms": [0, 6], "whole_from": 0, "geojson": None,
        "tiles": f"tiles/large_one/{{z}}/{{x}}/{{y}}?v={version}",
    }  # fmt: skip
    assert (small["tiled"], small["tiles"], small["ready"], small["n"]) == (False, None, True, 4)
    assert [fault["file"] for fault in listed["faults"]] == ["broken.geojson"]
    assert listed["waiting"] == {}


def test_a_small_layer_is_sent_whole_and_once(app):
    path = address(app, 1, "geojson")
    status, headers, body = get(app, path, accept_encoding="gzip")
    assert (status, headers["content-type"]) == (200, "application/geo+json")
    assert "immutable" in headers["cache-control"]
    found = json.loads(gzip.decompress(body) if "content-encoding" in headers else body)
    assert [(one["id"], one["properties"]) for one in found["features"]] == [
        (number, {"name": name}) for number, name in enumerate(brought.NAMES[:3], start=1)
    ]
    again, _, nothing = get(app, path, if_none_match=headers["etag"])
    assert (again, nothing) == (304, b"")
    _, unnamed, _ = get(app, path.partition("?")[0])
    assert unnamed["cache-control"] == "no-cache"


def test_a_tile_is_sent_as_it_is_kept_and_kept_by_the_browser(app):
    path = address(app, 0, "tiles").format(z=0, x=0, y=0)
    status, headers, body = get(app, path, accept_encoding="gzip")
    assert (status, headers["content-type"]) == (200, "application/vnd.mapbox-vector-tile")
    assert (headers["content-encoding"], headers["vary"]) == ("gzip", "Accept-Encoding")
    assert "immutable" in headers["cache-control"]
    assert headers["x-content-type-options"] == "nosniff"
    _, plain, same = get(app, path)
    assert same == gzip.decompress(body)
    assert "content-encoding" not in plain
    assert get(app, path, if_none_match=headers["etag"])[0] == 304
    empty, _, nothing = get(app, address(app, 0, "tiles").format(z=6, x=0, y=0))
    assert (empty, nothing) == (204, b"")


def test_an_archive_answers_ranges(app):
    status, headers, whole = get(app, "/tiles/large_one.pmtiles")
    assert (status, headers["accept-ranges"], whole[:7]) == (200, "bytes", b"PMTiles")
    assert "content-encoding" not in headers
    part, found, some = get(app, "/tiles/large_one.pmtiles", range="bytes=0-126")
    assert (part, some) == (206, whole[:127])
    assert found["content-range"] == f"bytes 0-126/{len(whole)}"
    _, _, last = get(app, "/tiles/large_one.pmtiles", range="bytes=-10")
    assert last == whole[-10:]
    assert get(app, "/tiles/large_one.pmtiles", range=f"bytes={len(whole)}-")[0] == 416
    changed = get(app, "/tiles/large_one.pmtiles", range="bytes=0-9", if_range='"other"')
    assert (changed[0], changed[2]) == (200, whole)
    assert get(app, "/tiles/large_one.pmtiles", if_none_match=headers["etag"])[0] == 304
    assert ask(app, "HEAD", "/tiles/large_one.pmtiles")[2] == b""


def test_a_feature_is_told_in_full_as_text(app):
    found = told(app, "/extra/small/2.json")
    assert found == {
        "id": 2, "name": "گوادر", "spot": [60.01, 25.0],
        "rows": [["name", "گوادر"], ["pop", "1"], ["said", hostile.TEXT]],
        "sources": [{"title": hostile.TEXT, "url": hostile.ADDRESS, "quote": None}],
    }  # fmt: skip
    assert b"<" not in get(app, "/extra/small/2.json")[2]
    assert told(app, "/extra/small/4.json")["spot"] is None
    assert told(app, "/extra/large_one/6000.json")["name"] == "place 5999"


def test_a_search_sees_every_feature_of_every_layer(app):
    assert told(app, "/extra/find.json?q=PLACE%205999")["found"] == [
        {"layer": "large_one", "id": 6000, "name": "place 5999", "spot": [69.99, 25.05]}
    ]
    found = told(app, f"/extra/find.json?q={quote('喀什')}&layer=small")["found"]
    assert [one["id"] for one in found] == [3]
    assert len(told(app, "/extra/find.json?q=place&most=3")["found"]) == 3
    assert len(told(app, "/extra/find.json?q=place&most=99999")["found"]) == 200
    assert told(app, "/extra/find.json?q=%25")["found"][0]["layer"] == "small"  # no wildcard
    assert told(app, "/extra/find.json?q=+")["found"] == []


@pytest.mark.parametrize("form", ["geojson", "geojsonseq", "gpkg", "flatgeobuf", "fgb"])
def test_an_export_holds_the_whole_layer(app, form, tmp_path):
    for id_, n in {"large_one": 6000, "small": 4}.items():
        status, headers, body = get(app, f"/extra/{id_}/export.{form}")
        assert (status, headers["content-length"]) == (200, str(len(body)))
        name = headers["content-disposition"].split('"')[1]
        file = tmp_path / name
        file.write_bytes(body)
        frame = pyogrio.read_dataframe(file)
        assert len(frame) == n
        assert sorted(frame.columns) == sorted(
            ["name", "pop", "geometry"] + (["said", "source_url", "source_title"] if n == 4 else [])
        )
        if n == 4:
            known = frame.set_index("name").loc["گوادر"]
            assert (known["pop"], known["said"]) == (1, hostile.TEXT)
            assert frame.geometry.isna().sum() == 1


def test_a_table_runs_nothing_in_a_spreadsheet(app):
    _, headers, body = get(app, "/extra/small/export.csv")
    assert headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(body.decode())))
    assert rows[0] == ["name", "pop", "said", "source_url", "source_title", "wkt", "lon", "lat"]
    assert rows[2][:2] + rows[2][5:] == ["گوادر", "1", "POINT (60.01 25)", "60.01", "25.0"]
    assert rows[4][5:] == ["", "", ""]


@pytest.mark.parametrize(
    "path",
    [
        "/extra/none.geojson", "/extra/large_one.geojson", "/extra/none/1.json",
        "/extra/small/5.json", "/extra/small/one.json", "/extra/small/export.exe",
        "/extra/none/export.csv", "/tiles/small/0/0/0", "/tiles/none/0/0/0",
        "/tiles/large_one/0/1/0", "/tiles/large_one/99/0/0", "/tiles/large_one/a/0/0",
        f"/tiles/large_one/{'9' * 5000}/0/0", "/tiles/small.pmtiles", "/tiles/none.pmtiles",
        "/extra/find.json?q=a&layer=none", "/extra/find.json?q=a&most=x",
        "/extra/layers.json?lang=xx", "/extra/%3Cscript%3E.geojson", "/extra/..%2f.geojson",
        "/tiles/..%2f..%2fetc.pmtiles",
    ],
)  # fmt: skip
def test_what_is_not_there_is_told_in_our_look_without_repeating_it(app, path):
    status, headers, body = get(app, path)
    assert status == 404
    if "%2f" not in path:  # those meet no address of ours
        assert headers["content-type"] == "text/html; charset=utf-8"
        assert "default-src 'none'" in headers["content-security-policy"]
    assert b"none." not in body.lower()
    assert b"script>" not in body


def test_no_answer_names_a_folder_of_the_machine(app):
    for path in ("/extra/layers.json", "/extra/small/2.json", "/extra/small/export.geojson"):
        assert str(Path(shelf().files[0]).parent).encode() not in get(app, path)[2]


def test_no_other_page_may_read_what_a_reader_brought(app):
    for path in ("/extra/layers.json", "/extra/small.geojson", "/tiles/large_one.pmtiles"):
        assert "access-control-allow-origin" not in get(app, path, origin="https://evil.example")[1]
