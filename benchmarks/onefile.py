"""
What the one-file map costs beside a bare Leaflet page, stock Folium and `GeoDataFrame.explore()`.

All four show the same features and are opened cold from a disk, in turns, in one run on one
machine, so that the ratios mean something where the seconds do not. Two moments are told: when a
feature is seen, which in the one file is first a still picture, and when it can be clicked. What
the two stock pages ask other hosts for is counted and refused; Leaflet is given to them from this
machine, at no cost of a network. Needs Chromium and the extras `test` and, for the last, `benchmarks`::

    python benchmarks/onefile.py [--turns 5]
"""

import argparse
import gzip
import json
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import browser as chromium  # noqa: E402 - stands beside the tests
import folium  # noqa: E402
import geopandas as gpd  # noqa: E402
from playwright.sync_api import Browser, Route, sync_playwright  # noqa: E402

from geo import onefile, store  # noqa: E402
from geo.maps import assets  # noqa: E402
from geo.model import Atlas  # noqa: E402
from geo.view import View  # noqa: E402

BARE = """<!doctype html><meta charset="utf-8"><title>A map</title>
<style>{style}html,body,#map{{height:100%;margin:0}}</style><div id="map"></div>
<script>{leaflet}</script><script>
const map = L.map("map").setView([33.5, 69.5], 5);
L.geoJSON({features}, {{ pointToLayer: (_, at) => L.circleMarker(at) }}).addTo(map);
</script>"""
#: Notes the frame in which a feature can be clicked, and that in which one is drawn, be it in a still
#: picture: milliseconds since the address was opened. Where the browser had painted nothing before,
#: its first paint is when a feature was seen; else the frame has to stand for it.
#: Asking from without would wait behind whatever the page does next.
WATCH = """
    const live = "path.leaflet-interactive, .leaflet-marker-icon, [data-feature]";
    const drawn = (these) => [...document.querySelectorAll(these)].some((one) => one.getClientRects().length);
    const look = () => {
        window.drawnAfter ||= drawn(`${live}, .geo-still .p-own path`) && performance.now();
        if (drawn(live)) {
            window.liveAfter = performance.now();
        } else {
            requestAnimationFrame(look);
        }
    };
    requestAnimationFrame(look);
"""
MOMENTS = """() => {
    const paint = performance.getEntriesByName("first-paint")[0];
    if (!window.liveAfter || !paint) {
        return null;
    }
    return { seen: Math.max(window.drawnAfter, paint.startTime), live: window.liveAfter };
}"""


def shown(atlas: Atlas) -> dict[str, object]:
    """Give what the map shows at first and has a place, as GeoJSON with its properties."""
    features = [one for one in View().shown(atlas) if one.geometry is not None]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": one.id,
                "properties": {"name": one.properties.name},
                "geometry": one.geometry.model_dump(mode="json"),
            }
            for one in features
        ],
    }


def write_pages(folder: Path) -> Mapping[str, Path]:
    """Write the pages to compare."""
    found = store.find()
    atlas = store.read_atlas(found)
    features = shown(atlas)
    leaflet = find_spec("js_lib_leaflet")
    style = next(Path(leaflet.submodule_search_locations[0]).rglob("leaflet.css")).read_text(
        "utf-8"
    )
    pages = {
        "one file": onefile.page(atlas, View(), found),
        "bare Leaflet": BARE.format(
            style=style, leaflet=assets.asset("leaflet.js"), features=json.dumps(features)
        ),
    }
    stock = folium.Map((33.5, 69.5), zoom_start=5)
    folium.GeoJson(features).add_to(stock)
    pages["stock Folium"] = stock.get_root().render()
    if find_spec("mapclassify") and find_spec("matplotlib"):
        frame = gpd.GeoDataFrame.from_features(features, crs=4326)
        pages["explore()"] = frame.explore().get_root().render()
    else:
        print("explore() is not measured: `pip install -e '.[benchmarks]'` first")
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page, "utf-8")
    return {name: folder / f"{name}.html" for name in pages}


@dataclass(frozen=True)
class Visit:
    """Seconds until a feature was seen and could be clicked, and requests to other hosts."""

    seen: float
    live: float
    elsewhere: int


def visit(browser: Browser, path: Path) -> Visit | None:
    """Open a page cold; None where no feature ever came."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    elsewhere = 0

    def meet(route: Route) -> None:
        nonlocal elsewhere
        if route.request.url.startswith(("file:", "data:", "blob:")):
            route.continue_()
            return
        elsewhere += 1
        name = route.request.url.rpartition("/")[2]
        if name == "leaflet.js":
            route.fulfill(body=assets.asset(name), content_type=assets.MEDIA_TYPE)
        else:
            route.abort()

    context.route("**/*", meet)
    context.add_init_script(WATCH)
    try:
        page = context.new_page()
        page.goto(path.as_uri(), wait_until="commit")
        for _ in range(60):  # the page's own rules forbid Playwright's way of waiting
            page.wait_for_timeout(250)
            moments = page.evaluate(MOMENTS)
            if moments:
                return Visit(moments["seen"] / 1000, moments["live"] / 1000, elsewhere)
        return None
    finally:
        context.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=5)
    turns = parser.parse_args().turns
    path = chromium.chromium_path()
    if path is None:
        sys.exit("no chromium: `apt-get install chromium`, or name one with CHROMIUM=/path")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = write_pages(Path(folder))
        browser = chromium.launch(playwright, path)
        taken: dict[str, list[Visit]] = {name: [] for name in pages}
        for turn in range(turns + 1):
            for name, page in pages.items():
                found = visit(browser, page)
                if found and turn > 0:  # the first only warms up
                    taken[name].append(found)
        browser.close()
        bare = taken["bare Leaflet"]
        for name, page in pages.items():
            content = page.read_bytes()
            size = f"{len(content):>9,} bytes, {len(gzip.compress(content, 9)):>7,} gzipped"
            print(f"{name:13} {size}, {_told(taken[name], bare)}")


def _told(visits: list[Visit], bare: list[Visit]) -> str:
    if not visits or not bare:
        return "no feature came"
    seen, live = (median(one.seen for one in visits), median(one.live for one in visits))
    return (
        f"{max(one.elsewhere for one in visits):2} requests elsewhere; "
        f"a feature seen after {seen:.2f} s, {seen / median(one.seen for one in bare):.2f} × bare, "
        f"to click after {live:.2f} s, {live / median(one.live for one in bare):.2f} × bare"
    )


if __name__ == "__main__":
    main()
