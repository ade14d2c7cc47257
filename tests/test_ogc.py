"""A strict client of OGC API - Features, and GDAL's on a real server."""

import json
import subprocess
from datetime import date, datetime
from itertools import pairwise
from urllib.parse import quote

import browser
import export_samples
import jsonschema
import pytest
from asgi import ask, get
from builders import make_atlas, make_feature, make_point
from starlette.applications import Starlette

from geo import live, server
from geo.server.ogc import collection as collections
from geo.server.ogc.query import STANDARD

BASE = "under/here"
ROOT = f"http://map.example/{BASE}/ogc"
GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
LAYERS = [layer.id for layer in live.atlas().layers]
WIDER = "/ogc/collections/digital_silk_road/items"
FIBER = "/ogc/collections/khunjerab_fiber/items"


@pytest.fixture(scope="module")
def app():
    return Starlette(routes=server.routes(BASE), middleware=server.middleware(BASE))


@pytest.fixture
def read(app):
    """Ask for JSON that must be there; gives it."""

    def read(path, media_type="application/json"):
        status, headers, body = get(app, path.removeprefix(ROOT.removesuffix("/ogc")))
        assert (status, headers["content-type"]) == (200, media_type), body
        return json.loads(body)

    return read


@pytest.fixture
def refused(app):
    """Ask for what must be refused, in JSON; gives status and description."""

    def refused(path, method="GET"):
        status, headers, body = ask(app, method, path)
        assert headers["content-type"] == "application/json"
        assert headers["access-control-allow-origin"] == "*"
        told = json.loads(body)
        assert set(told) == {"code", "description"}
        assert "Traceback" not in told["description"]
        return status, told["description"]

    return refused


def ids(page):
    return [one["id"] for one in page["features"]]


def linked(document, rel):
    return [link for link in document["links"] if link["rel"] == rel]


# ---- documents ---------------------------------------------------------------------------------


def test_every_link_leads_to_what_it_says(app):
    seen, open_ = set(), [f"{ROOT}"]
    while open_:
        url = open_.pop()
        if url in seen:
            continue
        seen.add(url)
        status, headers, body = get(app, url.removeprefix(f"http://map.example/{BASE}"))
        assert status == 200, url
        if "html" in headers["content-type"]:
            continue
        document = json.loads(body)
        links = document.get("links", [])
        links += [link for one in document.get("collections", ()) for link in one["links"]]
        for link in links:
            assert set(link) == {"rel", "href", "type", "title"}
            if link["rel"] == "license":
                continue
            assert link["href"].startswith(ROOT)
            target = get(app, link["href"].removeprefix(f"http://map.example/{BASE}"))
            assert target[1]["content-type"].removesuffix("; charset=utf-8") == link["type"]
            open_.append(link["href"])
    assert len(seen) > 60


def test_the_landing_page_names_the_four_resources(read):
    for path in ("/ogc", "/ogc/"):
        page = read(path)
        for rel in ("self", "alternate", "service-desc", "service-doc", "conformance", "data"):
            assert len(linked(page, rel)) == 1


def test_it_conforms_to_the_core_geojson_and_openapi(read):
    part_1 = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
    claimed = read("/ogc/conformance")["conformsTo"]
    assert {f"{part_1}/{one}" for one in ("core", "oas30", "geojson", "html")} <= set(claimed)


def test_every_layer_is_a_collection_and_one_of_two_shapes_is_three(read):
    listed = read("/ogc/collections")["collections"]
    assert [one["id"] for one in listed if one["id"] in LAYERS] == LAYERS
    assert [one["id"] for one in listed if one["id"] not in LAYERS] == [
        "khunjerab_fiber_point",
        "khunjerab_fiber_line",
    ]
    for one in listed:
        assert read(f"/ogc/collections/{one['id']}") == one
        assert (one["itemType"], one["crs"]) == ("feature", [CRS84])
        west, south, east, north = one["extent"]["spatial"]["bbox"][0]
        assert -180 <= west <= east <= 180
        assert -90 <= south <= north <= 90


def test_the_definition_is_openapi_and_points_at_nothing_elsewhere(read):
    definition = read("/ogc/api", OPENAPI)
    assert definition["openapi"].startswith("3.0")
    assert definition["servers"] == [{"url": ROOT}]
    references = [part.split('"')[0] for part in json.dumps(definition).split('"$ref": "')[1:]]
    for reference in set(references):
        found = definition
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]


def test_answers_are_as_the_definition_says(read):
    definition = read("/ogc/api", OPENAPI)

    def plain(schema):
        """Say in JSON Schema what OpenAPI 3.0 says in its own way."""
        if isinstance(schema, list):
            return [plain(one) for one in schema]
        if not isinstance(schema, dict):
            return schema
        changed = {name: plain(one) for name, one in schema.items() if name != "nullable"}
        return {"anyOf": [changed, {"type": "null"}]} if schema.get("nullable") else changed

    components = plain({"components": definition["components"]})
    for path, operations in definition["paths"].items():
        content = operations["get"]["responses"]["200"]["content"]
        media_type = next(iter(content))
        asked = path
        if "{featureId}" in path:
            items = read(f"/ogc{path.removesuffix('/{featureId}')}", GEOJSON)
            asked = path.replace("{featureId}", ids(items)[0])
        schema = {**plain(content[media_type]["schema"]), **components}
        jsonschema.validate(read(f"/ogc{asked}", media_type), schema)


@pytest.mark.parametrize("layer", LAYERS)
def test_columns_are_those_described_and_the_same_in_every_feature(read, layer):
    schema = read(f"/ogc/collections/{layer}/schema", "application/schema+json")
    described = list(schema["properties"]["properties"]["properties"])
    for feature in read(f"/ogc/collections/{layer}/items", GEOJSON)["features"]:
        assert set(feature["properties"]) == set(described)
    queryables = read(f"/ogc/collections/{layer}/queryables", "application/schema+json")
    assert set(queryables["properties"]) < set(described)
    assert not set(queryables["properties"]) & set(STANDARD)


# ---- features ----------------------------------------------------------------------------------


@pytest.mark.parametrize("layer", LAYERS)
def test_a_collection_holds_the_features_of_its_layer(app, read, layer):
    page = read(f"/ogc/collections/{layer}/items", GEOJSON)
    expected = {
        one.id: one for one in next(x for x in live.atlas().layers if x.id == layer).features
    }
    assert page["numberMatched"] == page["numberReturned"] == len(expected)
    assert datetime.fromisoformat(page["timeStamp"]).tzinfo
    file = json.loads(get(app, f"/layers/{layer}.geojson")[2])
    places = {one["id"]: one["geometry"] for one in file["features"]}
    assert {one["id"]: one["geometry"] for one in page["features"]} == places
    for one in page["features"]:
        told = {
            "layer": layer,
            **expected[one["id"]].properties.model_dump(mode="json", by_alias=True),
        }
        assert {name: value for name, value in one["properties"].items() if name != "claims"} == {
            name: told[name] for name in one["properties"] if name != "claims"
        }
        assert [claim["id"] for claim in one["properties"]["claims"]] == [
            claim["id"] for claim in told["claims"]
        ]


def test_pages_lead_through_all_features_and_back(read):
    url, forth = f"{WIDER}?limit=10&kind=statistic", []
    everything = ids(read(f"{WIDER}?kind=statistic", GEOJSON))
    pages = []
    while url:
        page = read(url, GEOJSON)
        pages.append(page)
        assert page["numberReturned"] == len(page["features"])
        assert page["numberMatched"] == len(everything)
        forth += ids(page)
        url = next((link["href"] for link in linked(page, "next")), None)
    assert forth == everything
    assert len(pages) == -(-len(everything) // 10)
    assert linked(pages[0], "prev") == []
    for before, page in pairwise(pages):
        assert ids(read(linked(page, "prev")[0]["href"], GEOJSON)) == ids(before)


def test_more_than_the_maximum_is_the_maximum_and_past_the_end_is_nothing(read):
    assert len(read(f"{WIDER}?limit=99999999999", GEOJSON)["features"]) == 43
    past = read(f"{WIDER}?offset=500", GEOJSON)
    assert (past["numberMatched"], past["numberReturned"], past["features"]) == (43, 0, [])
    assert linked(past, "next") == []
    assert len(linked(past, "prev")) == 1


def test_a_feature_is_found_by_its_id_and_by_no_other(read, refused):
    feature = read(f"{FIBER}/ofc-1", GEOJSON)
    assert (feature["type"], feature["id"], feature["geometry"]) == ("Feature", "ofc-1", None)
    assert feature["properties"]["claims"]
    assert linked(feature, "self")[0]["href"] == f"{ROOT}/collections/khunjerab_fiber/items/ofc-1"
    assert linked(feature, "collection")[0]["href"] == f"{ROOT}/collections/khunjerab_fiber"
    assert refused(f"{FIBER}/nothing") == (
        404,
        "There is no feature 'nothing' in khunjerab_fiber",
    )
    assert refused(f"{FIBER}/gwadar-port")[0] == 404
    assert refused("/ogc/collections/nothing/items")[0] == 404


def test_located_features_come_first_so_that_qgis_finds_their_shape(read):
    placed = [one["geometry"] is not None for one in read(WIDER, GEOJSON)["features"]]
    assert placed == sorted(placed, reverse=True)
    assert any(placed)
    assert not all(placed)


# ---- filters -----------------------------------------------------------------------------------


def test_a_box_holds_what_touches_it_and_nothing_without_a_place(read):
    everywhere = read(f"{FIBER}?bbox=-180,-90,180,90", GEOJSON)
    assert everywhere["numberMatched"] == 18  # of 24
    assert all(one["geometry"] for one in everywhere["features"])
    north = ids(read(f"{FIBER}?bbox=74,36,76,37", GEOJSON))
    assert "khunjerab-pass" in north
    assert "abbottabad" not in north
    assert read(f"{FIBER}?bbox=74,36,-1000,76,37,9000", GEOJSON)["numberMatched"] == len(north)
    lon, lat = read(f"{FIBER}/khunjerab-pass", GEOJSON)["geometry"]["coordinates"]
    assert "khunjerab-pass" in ids(read(f"{FIBER}?bbox={lon},{lat},{lon},{lat}", GEOJSON))


@pytest.fixture
def pacific(monkeypatch):
    """Points on both sides of the antimeridian, a line across it, and one with no place."""
    crossing = {"type": "LineString", "coordinates": [[178.0, 1.0], [-178.0, 1.0]]}
    atlas = make_atlas(
        make_feature("fiji", geometry=make_point(178, -18)),
        make_feature("samoa", geometry=make_point(-172, -14)),
        make_feature("crossing", geometry=crossing),
        make_feature("karachi", geometry=make_point(67, 24.9), held="2019~/2020-03"),
        make_feature("nowhere", kind="port", status_since="2021-02"),
        make_feature("slash", name="ends with \\", summary='two  spaces and a "word" \\'),
        derived=False,
    )
    found = {one.id: one for one in collections._of(atlas)}  # noqa: SLF001
    monkeypatch.setattr(server.ogc, "collections", lambda: found)
    return "/ogc/collections/test/items"


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ("170,-90,-170,90", {"fiji", "samoa", "crossing"}),
        ("170,-90,180,90", {"fiji", "crossing"}),
        ("-180,-90,-175,90", {"crossing"}),
        ("170,-90,190,90", {"fiji", "samoa", "crossing"}),  # scrolled past the antimeridian
        ("-190,-90,-170,90", {"fiji", "samoa", "crossing"}),
        ("-360,-90,360,90", {"fiji", "samoa", "crossing", "karachi"}),
        ("0,-90,100,90", {"karachi"}),
        ("180,-90,180,90", {"crossing"}),
        ("6.7e1,24,6.8E1,25", {"karachi"}),
    ],
)
def test_a_box_may_cross_the_antimeridian(read, pacific, box, expected):
    assert set(ids(read(f"{pacific}?bbox={box}", GEOJSON))) == expected


@pytest.mark.parametrize(
    "box",
    ["nan,0,1,1", "0,0,NaN,1", "inf,0,1,1", "0,0,1e999,1", "0,0,1", "0,0,1,1,1", "", "a,b,c,d",
     "0,2,1,1", "0,0,1,1_0", "0;0;1;1", " 0,0,1,1", "\u0660,0,1,1", "0,0,1,1,"],
)  # fmt: skip
def test_a_box_that_is_none_is_refused(refused, box):
    assert refused(f"{FIBER}?bbox={quote(box)}")[0] == 400


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2019-06-01", {"karachi"}),
        ("2020-03-31T23:59:59Z", {"karachi"}),
        ("2020-04-01T00:00:00Z", set()),
        ("2020-04-01T03:00:00+05:00", {"karachi"}),  # still 31 March in UTC
        ("2021-01-31T00:00:00Z/2021-02-01T00:00:00Z", {"nowhere"}),
        ("2018-12-31", set()),
        ("../2020-01-01", {"karachi"}),
        ("/2020-01-01", {"karachi"}),
        ("2021-02-01/..", {"nowhere"}),
        ("2100-01-01", {"nowhere"}),  # a status holds until another is known
        ("2000-01-01/2030-01-01", {"karachi", "nowhere"}),
    ],
)
def test_a_time_holds_what_was_so_then(read, pacific, when, expected):
    assert set(ids(read(f"{pacific}?datetime={quote(when)}", GEOJSON))) == expected


def test_without_a_time_nothing_is_left_out(read, pacific):
    assert read(pacific, GEOJSON)["numberMatched"] == 6


@pytest.mark.parametrize(
    "when",
    ["", "..", "../..", "/", "now", "2018", "2018-13-01", "2018-02-30", "2018-07-13T25:00:00Z",
     "2018-07-13T00:00:00", "2020-01-01/2019-01-01", "2018-07-13/2019/2020", "20180713", "2018-W01-1"],
)  # fmt: skip
def test_a_time_that_is_none_is_refused(refused, when):
    assert refused(f"{FIBER}?datetime={quote(when)}")[0] == 400


def test_properties_are_asked_for_by_value(read, refused):
    for query in ("kind=waypoint", "whole=true", "accuracy_m=5000", "order=3", "part_of=ofc-1"):
        name, value = query.split("=")
        everything = read(FIBER, GEOJSON)["features"]
        found = ids(read(f"{FIBER}?{query}", GEOJSON))
        assert found == [
            one["id"]
            for one in everything
            if str(one["properties"][name]).lower().removesuffix(".0") == value
        ]
    assert ids(read(f"{FIBER}?name_ur={quote('خنجراب پاس')}", GEOJSON)) == []
    assert ids(read(f"{FIBER}?kind=terrestrial_fiber&status=approved", GEOJSON)) == ["ofc-phase-2"]
    for wrong in ("kind=castle", "whole=1", "accuracy_m=far", "accuracy_m=nan", "order=1.5"):
        assert refused(f"{FIBER}?{wrong}")[0] == 400


@pytest.mark.parametrize(
    "query",
    ["nothing=1", "limit=0", "limit=-1", "limit=ten", "limit=1.0", "limit=", "limit=1&limit=2",
     "offset=-1", "offset=x", "f=xml", "crs=x", "claims=x", "LIMIT=1", "f=json&f=html"],
)  # fmt: skip
def test_what_is_not_understood_is_refused(refused, query):
    assert refused(f"{FIBER}?{query}")[0] == 400


@pytest.mark.parametrize(
    "path",
    ["", "/api", "/conformance", "/collections", "/collections/gwadar", f"{FIBER[4:]}/ofc-1"],
)
def test_no_resource_passes_over_a_parameter(refused, path):
    status, told = refused(f"/ogc{path}?limit=5")
    assert (status, told.split(".")[0]) == (400, "There is no parameter 'limit' here")


def test_what_is_not_there_is_not_found_in_json(refused):
    for path in ("/x", "/collections/", "/collections/gwadar/items/", "/collections/gwadar/tiles"):
        assert refused(f"/ogc{path}")[0] == 404
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert refused("/ogc/collections", method)[0] == 405


# ---- as HTTP -----------------------------------------------------------------------------------


def test_addresses_are_those_of_the_public_map(app, monkeypatch):
    monkeypatch.setenv("GEO_PUBLIC_URL", "https://map.example.org/silk/")
    page = json.loads(get(app, f"{WIDER}?limit=1")[2])
    assert {link["href"].partition("/ogc")[0] for link in page["links"]} == {
        "https://map.example.org/silk"
    }


def test_features_have_a_name_that_does_not_tell_the_hour(app, monkeypatch):
    _, first, _ = get(app, WIDER)
    monkeypatch.setattr(server.ogc.items, "at_this_hour", lambda text: text + " ")
    assert get(app, WIDER)[1]["etag"] == first["etag"]
    status, headers, body = get(app, WIDER, if_none_match=first["etag"])
    assert (status, body) == (304, b"")
    assert headers["access-control-allow-origin"] == "*"
    assert get(app, f"{WIDER}?limit=1")[1]["etag"] != first["etag"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", GEOJSON),
        ("*/*", GEOJSON),
        ("application/geo+json, application/json", GEOJSON),
        (
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "text/html; charset=utf-8",
        ),
        ("application/geo+json,text/html;q=0.5", GEOJSON),
        ("text/html;q=odd", GEOJSON),
    ],
)
def test_a_browser_gets_a_page_and_a_program_json(app, accept, media_type):
    _, headers, _ = get(app, WIDER, accept=accept)
    assert headers["content-type"] == media_type
    assert "accept" in headers["vary"].lower().split(", ")


@pytest.mark.parametrize("path", ["", "/api", "/collections", FIBER[4:], f"{FIBER[4:]}/ofc-1"])
def test_a_page_shows_everything_and_runs_nothing(app, path):
    status, headers, body = get(app, f"/ogc{path}?f=html", accept="application/json")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "script-src" not in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "<script" not in body.decode()


def test_hostile_text_stays_text(app, pacific, monkeypatch):
    hostile = make_feature(
        "x", name="<script>alert(1)</script>{{ 7*7 }}", source_url="javascript:x"
    )
    found = {one.id: one for one in collections._of(make_atlas(hostile, derived=False))}  # noqa: SLF001
    monkeypatch.setattr(server.ogc, "collections", lambda: found)
    page = get(app, f"{pacific}?f=html")[2].decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page
    assert 'href="javascript' not in page
    text = get(app, pacific)[2].decode()
    assert "<" not in text
    assert json.loads(text)["features"][0]["properties"]["name"] == hostile.properties.name


def test_a_text_that_names_an_hour_keeps_it(app, pacific, monkeypatch):
    named = make_feature("x", name='"timeStamp":"1970-01-01T00:00:00Z" 1970-01-01T00:00:00Z')
    found = {one.id: one for one in collections._of(make_atlas(named, derived=False))}  # noqa: SLF001
    monkeypatch.setattr(server.ogc, "collections", lambda: found)
    for path in (f"{pacific}/x", pacific):
        document = json.loads(get(app, path)[2])
        feature = document.get("features", [document])[0]
        assert feature["properties"]["name"] == named.properties.name


def test_text_reaches_qgis_whole(app, pacific):
    # QGIS takes the second backslash of two and a quotation mark for an escaped one.
    text = get(app, f"{pacific}?name={quote('ends with ' + chr(92))}")[2].decode()
    assert "\\\\" not in text
    properties = json.loads(text)["features"][0]["properties"]
    assert properties["name"] == "ends with \\"
    assert properties["summary"] == 'two  spaces and a "word" \\'


def test_a_fault_of_the_data_is_told_without_a_trace(refused, tmp_path, monkeypatch):
    (tmp_path / "layers").mkdir()
    (tmp_path / "seeds").mkdir()
    (tmp_path / "layers/bad.geojson").write_text("{")
    monkeypatch.setenv("GEO_DATA", str(tmp_path))
    assert refused(WIDER) == (500, "The data cannot be read at present")


def test_a_period_runs_from_the_first_day_it_can_mean():
    assert collections.period(make_feature(status_since="2023-05")) == (date(2023, 5, 1), date.max)
    assert collections.period(make_feature()) is None


# ---- GDAL's own client -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    log = tmp_path_factory.mktemp("ogc") / "served.log"
    with browser.served(log, base=BASE) as running:
        yield running.url


def ogr(served, *options):
    done = subprocess.run(
        [
            export_samples.needs("ogr2ogr"),
            "-f",
            "GeoJSON",
            "/vsistdout/",
            f"OAPIF:{served}ogc",
            *options,
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert "ERROR" not in done.stderr, done.stderr
    return json.loads(done.stdout)["features"]


@pytest.mark.parametrize("layer", LAYERS)
def test_gdal_reads_each_layer_whole(served, layer):
    found = ogr(served, layer)
    expected = next(one for one in live.atlas().layers if one.id == layer).features
    assert {one["properties"]["id"] for one in found} == {one.id for one in expected}
    assert len(found) == len(expected)
    known = {one.id: one.properties for one in expected}
    for one in found:
        for name in ("name", "name_ur", "name_zh", "status", "quote", "accuracy_m", "cost_usd"):
            assert one["properties"].get(name) == getattr(known[one["properties"]["id"]], name)


def test_gdal_pages_and_filters_by_box_and_property(served):
    small = ["-oo", "PAGE_SIZE=3"]
    assert len(ogr(served, "digital_silk_road", *small)) == 43
    inside = {
        one["properties"]["id"]
        for one in ogr(served, "khunjerab_fiber", "-spat", "74", "36", "76", "37")
    }
    assert "khunjerab-pass" in inside
    assert "abbottabad" not in inside
    waypoints = ogr(served, "khunjerab_fiber", "-where", "kind = 'waypoint'", *small)
    assert waypoints
    assert {one["properties"]["kind"] for one in waypoints} == {"waypoint"}


def test_gdal_opens_files_at_their_addresses(served):
    ogrinfo = export_samples.needs("ogrinfo")
    for path, count in (
        ("layers/gwadar.geojson", 4),
        ("exports/digital-silk-road-map.fgb", len(live.atlas().features)),
    ):
        for source in (f"/vsicurl/{served}{path}", f"{served}{path}"):
            done = subprocess.run(
                [ogrinfo, "-ro", "-al", "-so", source], capture_output=True, text=True, check=True
            )
            assert f"Feature Count: {count}\n" in done.stdout
