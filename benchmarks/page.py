"""
What the map's page costs beside a bare Streamlit page with an empty `st_folium` map.

Both are opened cold, in turns, in one run on one machine, so that the ratio means something where
the seconds do not. Needs Chromium and the extra `test`::

    python benchmarks/page.py [--turns 7]
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import browser as chromium  # noqa: E402 - stands beside the tests
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from geo.maps import assets  # noqa: E402

#: A page as somebody would begin it, with Leaflet from this host because there is no other.
BARE = """
import folium
import streamlit as st
from streamlit_folium import st_folium

st.title("A map")
m = folium.Map((33.5, 69.5), zoom_start=5, tiles=None, max_zoom=12)
m.default_js = [("leaflet", "../../app/static/leaflet.js")]
m.default_css = []
st_folium(m, key="map", height=700, use_container_width=True, returned_objects=[])
"""
EMPTY_MAP = ".leaflet-container .leaflet-map-pane"
#: A line of OFC-1 or of Fiber One, drawn.
FEATURES = ".leaflet-overlay-pane path.leaflet-interactive, path.leaflet-interactive"


@contextmanager
def bare_page(folder: Path) -> Iterator[str]:
    """Serve the bare page, plainly by `streamlit run`."""
    (folder / "static").mkdir()
    (folder / "static/leaflet.js").write_text(assets.asset("leaflet.js"))
    page = folder / "bare.py"
    page.write_text(BARE)
    options = {"STREAMLIT_SERVER_ENABLE_STATIC_SERVING": "true"}
    with chromium.served(folder / "bare.log", streamlit=page, **options) as server:
        yield server.url


def visit(browser: Browser, url: str, sign: str) -> tuple[float, int, int]:
    """
    Open a page cold.

    Returns
    -------
    seconds
        From asking for the page until `sign` is drawn in the map's frame.
    received
        Bytes received by then and in the second after, as sent (compressed, with headers).
    requests
        Number of requests.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []

    def finished(event: dict[str, Any]) -> None:
        sizes.append(event["encodedDataLength"])

    def frame(event: dict[str, Any]) -> None:
        sizes.append(len(event["response"]["payloadData"]))

    session.on("Network.loadingFinished", finished)
    session.on("Network.webSocketFrameReceived", frame)
    begin = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.frame_locator(chromium.FRAME).locator(sign).first.wait_for(
        state="attached", timeout=60_000
    )
    seconds = time.perf_counter() - begin
    page.wait_for_timeout(1500)
    context.close()
    return seconds, int(sum(sizes)), len(sizes)


def main() -> None:
    """Print the figures and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=7)
    turns = parser.parse_args().turns
    path = chromium.chromium_path()
    if path is None:
        sys.exit("no chromium: `apt-get install chromium`, or name one with CHROMIUM=/path")
    with (
        tempfile.TemporaryDirectory() as folder,
        bare_page(Path(folder)) as bare,
        chromium.served(Path(folder) / "map.log", streamlit=ROOT / "streamlit_app.py") as ours,
        sync_playwright() as playwright,
    ):
        browser = chromium.launch(playwright, path)
        pages = {"bare page, empty map": (bare, EMPTY_MAP), "the map": (ours.url, FEATURES)}
        for url, sign in pages.values():  # the first visit of a server imports its modules
            visit(browser, url, sign)
        found: dict[str, list[tuple[float, int, int]]] = {name: [] for name in pages}
        for _ in range(turns):
            for name, (url, sign) in pages.items():
                found[name].append(visit(browser, url, sign))
        browser.close()
    print(f"{'':24}{'seconds':>9}{'kB sent':>9}{'requests':>9}   medians of {turns}")
    medians = {
        name: [median(column) for column in zip(*visits, strict=True)]
        for name, visits in found.items()
    }
    for name, (seconds, received, requests) in medians.items():
        print(f"{name:24}{seconds:9.2f}{received / 1000:9.0f}{requests:9.0f}")
    seconds, received, _ = (
        ours / theirs for ours, theirs in zip(*reversed(medians.values()), strict=True)
    )
    print(f"{'ratio':24}{seconds:9.2f}{received:9.2f}   targets: 1.25 in time, 2,500 kB sent")


if __name__ == "__main__":
    main()
