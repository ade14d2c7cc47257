"""Layers, exports and the data package at addresses that stay, for programs elsewhere."""

import csv
import io
import json
import shutil
from email.utils import formatdate, parsedate_to_datetime

import pytest
from asgi import ask, get
from starlette.applications import Starlette

from geo import live, server, store
from geo.export import FORMATS, export_bytes, whole

BASE = "under/here"
GPKG = "/exports/digital-silk-road-map.gpkg"
READABLE = (
    "/layers/gwadar.geojson",
    GPKG,
    "/exports/tables/claims.csv",
    "/datapackage.json",
    "/f/ofc-1.geojson",
    "/ogc",
)


@pytest.fixture(scope="module")
def app():
    return Starlette(routes=server.routes(BASE), middleware=server.middleware(BASE))


@pytest.fixture
def own_data(tmp_path, monkeypatch):
    real = store.find()
    shutil.copytree(real.layers, tmp_path / "layers")
    shutil.copytree(real.seeds, tmp_path / "seeds")
    monkeypatch.setenv("GEO_DATA", str(tmp_path))
    return store.Store(tmp_path)


@pytest.mark.parametrize("path", READABLE)
def test_any_page_may_read_it(app, path):
    status, headers, _ = get(app, path, origin="https://elsewhere.example")
    assert (status, headers["access-control-allow-origin"]) == (200, "*")
    assert "access-control-allow-credentials" not in headers
    status, headers, body = ask(app, "OPTIONS", path, access_control_request_method="GET")
    assert (status, body) == (204, b"")
    assert headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    known = get(app, path)[1]["etag"]
    assert get(app, path, if_none_match=known)[1]["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["/", "/about", "/f/ofc-1", "/atlas/atlas.json"])
def test_no_other_address_says_so(app, path):
    assert "access-control-allow-origin" not in get(app, path)[1]


@pytest.mark.parametrize(
    "path", ["/layers/nothing.geojson", "/exports/nothing.gpkg", "/exports/../README.md"]
)
def test_a_refusal_can_be_read_as_well(app, path):
    status, headers, _ = get(app, path)
    assert (status, headers["access-control-allow-origin"]) == (404, "*")


@pytest.mark.parametrize("path", READABLE)
def test_it_cannot_be_written_to(app, path):
    assert ask(app, "POST", path)[0] == 405


@pytest.mark.parametrize("name", ["geojson", "gpkg", "csv"])
def test_a_file_of_another_day_is_what_the_command_and_the_page_write(app, name):
    day = "2018-07-12"
    then = live.atlas(day)
    path = f"/exports/{FORMATS[name].file_name}"
    _, headers, body = get(app, f"{path}?as_of={day}")
    assert body == export_bytes(then, tuple(then.features.values()), name, as_of=day)
    assert headers["etag"] != get(app, path)[1]["etag"]


def test_a_layer_of_another_day_holds_what_was_known_and_says_so(app):
    _, _, body = get(app, "/layers/khunjerab_fiber.geojson?as_of=2018-07-12")
    layer = json.loads(body)
    assert layer["description"].startswith("As known on July 12, 2018. ")
    status = {one["id"]: one["properties"].get("status") for one in layer["features"]}
    assert status["ofc-1"] == "construction"
    _, _, body = get(app, "/f/ofc-1.geojson?as_of=2018-07-12")
    assert json.loads(body)["currency"] == "As known on July 12, 2018."


@pytest.mark.parametrize("day", ["yesterday", "20180712", "1990-01-01", "2099-01-01"])
@pytest.mark.parametrize("path", ["/layers/gwadar.geojson", GPKG, "/f/ofc-1.geojson"])
def test_a_day_of_which_nothing_is_known_is_refused(app, path, day):
    status, _, body = get(app, f"{path}?as_of={day}")
    assert (status, b"as_of=" in body) == (404, True)


def test_a_layer_says_when_its_file_changed(app, own_data):
    path = own_data.layer_path("gwadar")
    for other in ("rashakai", "dhabeji"):
        own_data.layer_path(other).touch()
    _, headers, _ = get(app, "/layers/gwadar.geojson")
    assert headers["last-modified"] == formatdate(path.stat().st_mtime, usegmt=True)
    status, _, body = get(app, "/layers/gwadar.geojson", if_modified_since=headers["last-modified"])
    assert (status, body) == (304, b"")
    for date in ("Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", ""):
        assert get(app, "/layers/gwadar.geojson", if_modified_since=date)[0] == 200
    # A name that differs counts more than a date that does not (RFC 9110, 13.1.3).
    conditions = {"if_none_match": '"other"', "if_modified_since": headers["last-modified"]}
    assert get(app, "/layers/gwadar.geojson", **conditions)[0] == 200


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_of_everything_has_an_address(app, name):
    status, headers, body = get(app, f"/exports/{FORMATS[name].file_name}")
    assert status == 200
    assert headers["content-type"] == FORMATS[name].media_type
    assert headers["content-disposition"] == f'attachment; filename="{FORMATS[name].file_name}"'
    assert parsedate_to_datetime(headers["last-modified"])
    atlas = live.atlas()
    assert body == export_bytes(atlas, tuple(atlas.features.values()), name)


def test_an_export_is_made_once_and_again_when_the_data_change(app, own_data, monkeypatch):
    made = []
    monkeypatch.setattr(
        whole, "export_bytes", lambda *given, **_: made.append(given[2]) or b"x" * 99
    )
    answers = [get(app, GPKG) for _ in range(3)]
    assert made == ["gpkg"]
    assert {headers["etag"] for _, headers, _ in answers} == {answers[0][1]["etag"]}
    path = own_data.layer_path("gwadar")
    path.write_text(path.read_text() + " ")
    get(app, GPKG)
    assert made == ["gpkg", "gpkg"]


def test_a_range_of_an_export_can_be_asked_for(app):
    _, headers, whole = get(app, GPKG, accept_encoding="gzip")
    assert headers["accept-ranges"] == "bytes"
    assert "content-encoding" not in headers
    assert not headers["etag"].startswith("W/")
    size = len(whole)
    for asked, first, end in [
        ("bytes=0-15", 0, 16),
        ("bytes=100-", 100, size),
        ("bytes=-7", size - 7, size),
        (f"bytes={size - 3}-{size + 99}", size - 3, size),
        (f"bytes=-{size + 1}", 0, size),
    ]:
        status, part, body = get(app, GPKG, range=asked, accept_encoding="gzip")
        assert (status, body) == (206, whole[first:end])
        assert part["content-range"] == f"bytes {first}-{end - 1}/{size}"
        assert part["content-length"] == str(end - first)
        assert part["etag"] == headers["etag"]


def test_a_range_that_is_not_there_is_refused_and_an_odd_one_passed_over(app):
    size = len(get(app, GPKG)[2])
    for asked in (f"bytes={size}-", "bytes=-0"):
        status, headers, body = get(app, GPKG, range=asked)
        assert (status, headers["content-range"], body) == (416, f"bytes */{size}", b"")
    for asked in ("bytes=9-3", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b", "bytes=-"):
        status, _, body = get(app, GPKG, range=asked)
        assert (status, len(body)) == (200, size)


def test_a_range_of_what_has_changed_is_the_whole(app):
    _, headers, whole = get(app, GPKG)
    assert get(app, GPKG, range="bytes=0-3", if_range=headers["etag"])[0] == 206
    assert get(app, GPKG, range="bytes=0-3", if_range='"old"')[2] == whole


def test_the_data_package_names_addresses_that_hold_what_it_says(app):
    _, headers, body = get(app, "/datapackage.json")
    assert headers["content-type"] == "application/json"
    resources = json.loads(body)["resources"]
    assert len(resources) == len(FORMATS) - 2 + 3  # no archives of the same, but the three tables
    for resource in resources:
        status, headers, file = get(app, f"/{resource['path']}")
        assert (status, len(file)) == (200, resource["bytes"])
        assert headers["content-type"].startswith(resource["mediatype"])
        rows = resource.get("schema")
        if rows:
            named = next(csv.reader(io.StringIO(file.decode())))
            assert named == [field["name"] for field in rows["fields"]]
