"""What pages name for the browser to fetch at once."""

import re

from asgi import BASE, get
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from geo import server
from geo.server import early


def links(path):
    page = [Route(f"/{BASE}{path}", lambda _request: HTMLResponse("<p>"))]
    app = Starlette(routes=[*server.routes(BASE), *page], middleware=server.middleware(BASE))
    return get(app, path)[1].get("link")


def test_the_frame_names_its_scripts_and_data_under_the_base_path():
    named = re.findall("<([^>]+)>", links(early.FRAME + "index.html"))
    assert [address.partition("?")[0] for address in named] == [
        f"/{BASE}/atlas/{name}" for name in ("leaflet.js", "atlas.js", "atlas.json")
    ]


def test_the_page_names_the_code_that_draws_the_map_and_no_other():
    found = links("/")
    first = re.findall("<([^>]+)>; rel=modulepreload", found)
    assert first[0].startswith(f"/{BASE}/static/js/ComponentInstance.")
    later = re.findall("<([^>]+)>; rel=prefetch", found)
    assert not any("/TextInput." in name for name in (*first, *later))
    assert later[-1].startswith(f"/{BASE}/atlas/atlas.js?v=")
    assert len({*first, *later}) == len(first) + len(later) < 50


def test_no_other_page_names_anything():
    assert links("/about") is None
    assert links("/component/other/index.html") is None
