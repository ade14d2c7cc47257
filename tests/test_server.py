import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from asgi import BASE, get, run
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from geo import server, store
from geo.maps import assets
from geo.vocab import Worldview

ROOT = Path(__file__).parents[1]


def bundle(_request):
    bundle.asked += 1
    return Response(
        b"x" * 9000, media_type="text/javascript", headers={"Cache-Control": "public, immutable"}
    )


@pytest.fixture(scope="module")
def app():
    paths = ("component/streamlit_folium.st_folium/index.html", "component/other/index.html", "")
    others = [Route(f"/{BASE}/{path}", lambda _request: PlainTextResponse("x")) for path in paths]
    return Starlette(
        routes=[*server.routes(BASE), Route(f"/{BASE}/static/a.js", bundle), *others],
        middleware=server.middleware(BASE),
    )


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/atlas/atlas.json", "application/json"),
        ("/atlas/basemap/common.json", "application/json"),
        ("/atlas/basemap/de_facto.json", "application/json"),
        ("/atlas/relief.webp", "image/webp"),
        ("/atlas/atlas.js", "text/javascript; charset=utf-8"),
        ("/layers/gwadar.geojson", "application/geo+json"),
    ],
)
def test_each_address_says_what_it_sends_and_sends_it_once(app, path, media_type):
    status, headers, body = get(app, path)
    assert (status, headers["content-type"]) == (200, media_type)
    assert headers["x-content-type-options"] == "nosniff"
    again, kept, nothing = get(app, path, if_none_match=headers["etag"])
    assert (again, nothing, kept["etag"]) == (304, b"", headers["etag"])
    _, packed, small = get(app, path, accept_encoding="gzip")
    if packed.get("content-encoding") == "gzip":
        assert gzip.decompress(small) == body
        assert "accept-encoding" in packed["vary"].lower()
    else:
        assert small == body


@pytest.mark.parametrize(("name", "lang"), [("map", "en"), ("map.ur", "ur"), ("map.zh", "zh")])
def test_the_map_is_one_file_of_each_language_that_loads_nothing(app, name, lang):
    status, headers, body = get(app, f"/{name}.html")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert f'<html lang="{lang}"' in body.decode()
    assert headers["content-security-policy"].startswith("default-src 'none'; ")
    assert len(body) <= 1_200_000
    assert len(get(app, f"/{name}.html", accept_encoding="gzip")[2]) <= 450_000


def test_the_base_map_is_small_enough(app):
    sizes = [
        len(get(app, f"/atlas/basemap/{name}.json", accept_encoding="gzip")[2])
        for name in ("common", "de_facto")
    ]
    assert sum(sizes) < 250_000
    assert len(get(app, "/atlas/relief.webp")[2]) < 350_000


def test_a_layer_file_is_the_layer(app):
    _, headers, body = get(app, "/layers/gwadar.geojson")
    assert headers["content-disposition"] == 'attachment; filename="gwadar.geojson"'
    layer = next(one for one in store.read_atlas(store.find()).layers if one.id == "gwadar")
    assert body.decode() == store.canonical(layer)


@pytest.mark.parametrize(
    "path",
    [
        "/map.en.html",
        "/map.de.html",
        "/atlas/nothing.js",
        "/atlas/../pyproject.toml",
        "/atlas/basemap/mars.json",
        "/atlas/atlas.json?lang=xx",
        "/layers/nothing.geojson",
        "/layers/schema.geojson",
    ],
)
def test_what_is_not_there_is_not_found(app, path):
    assert get(app, path)[0] == 404


def test_a_limit_of_boundary_views_holds_at_once(app, monkeypatch):
    monkeypatch.setenv("GEO_WORLDVIEWS", "none,pk")
    answers = {view: get(app, f"/atlas/basemap/{view}.json")[0] for view in Worldview}
    assert answers == {view: 200 if view in {"none", "pk"} else 404 for view in Worldview}


def test_only_the_versioned_address_is_kept_for_good(app):
    version = assets.version("atlas.js")
    _, kept, _ = get(app, f"/atlas/atlas.js?v={version}")
    _, asked, _ = get(app, "/atlas/atlas.js?v=0")
    assert ("immutable" in kept["cache-control"], asked["cache-control"]) == (True, "no-cache")


def test_only_the_frame_of_the_map_may_evaluate(app):
    frame = get(app, "/component/streamlit_folium.st_folium/index.html")[1]
    other = get(app, "/component/other/index.html")[1]
    page = get(app, "/")[1]
    policies = [one["content-security-policy"] for one in (frame, other, page)]
    assert ["'unsafe-eval'" in policy for policy in policies] == [True, False, False]
    for policy in policies:
        assert "script-src-attr 'none'" in policy
        assert "img-src 'self' data: blob:" in policy
    assert page["referrer-policy"] == "no-referrer"


def test_streamlits_bundle_is_compressed_once(app):
    bundle.asked = 0
    answers = [get(app, "/static/a.js", accept_encoding="gzip") for _ in range(3)]
    assert bundle.asked == 1
    for status, headers, body in answers:
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert headers["content-length"] == str(len(body))
        assert gzip.decompress(body) == b"x" * 9000
        assert headers["x-content-type-options"] == "nosniff"
    assert get(app, "/static/a.js")[2] == b"x" * 9000


def test_a_websocket_passes_untouched():
    seen = []

    async def inner(scope, receive, send):
        seen.append((scope, receive, send))

    wrapped = inner
    for one in reversed(server.middleware(BASE)):
        wrapped = one.cls(wrapped, *one.args, **one.kwargs)
    scope, receive, send = {"type": "websocket", "path": "/x"}, object(), object()
    run(wrapped(scope, receive, send))
    assert seen == [(scope, receive, send)]


def test_streamlit_finds_the_app_in_its_script():
    from streamlit.web.server.app_discovery import discover_asgi_app  # noqa: PLC0415

    found = discover_asgi_app(ROOT / "streamlit_app.py")
    assert (found.is_asgi_app, found.app_name) == (True, "app")
    assert Path(server.PAGE).is_file()
    assert Path(server.PAGE).is_absolute()


def test_no_module_beside_the_page_hides_one_of_python():
    # Streamlit puts the page's folder first on the path of imports.
    beside = {path.stem for path in Path(server.PAGE).parent.iterdir()}
    assert beside.isdisjoint(sys.stdlib_module_names)


def test_an_installed_package_has_the_settings_of_the_checkout():
    import tomllib  # noqa: PLC0415

    written = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())
    flat = {
        f"{section}.{name}": value
        for section, options in written.items()
        for name, value in options.items()
        if not isinstance(value, dict)
    } | {
        f"theme.{part}.{name}": value
        for part, options in written["theme"].items()
        if isinstance(options, dict)
        for name, value in options.items()
    }
    assert {name: server.SETTINGS.get(name) for name in flat} == flat


def test_serve_tells_faults_of_the_data_before_it_listens(tmp_path):
    (tmp_path / "layers").mkdir()
    (tmp_path / "seeds").mkdir()
    (tmp_path / "layers/bad.geojson").write_text("{")
    done = subprocess.run(
        [sys.executable, "-m", "geo", "serve"],
        env={"GEO_DATA": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "layers/bad.geojson: cannot be read" in done.stderr


def test_all_payloads_are_json(app):
    for path in ("/atlas/atlas.json?lang=ur", "/atlas/basemap/none.json"):
        assert json.loads(get(app, path)[2])
