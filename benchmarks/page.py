"""
What the map's page costs beside a bare Streamlit page with an empty `st_folium` map.

Three comparisons, each in turns in one run on one machine, so that a ratio means something where
the seconds do not: the first visit; a filter that changes; and many readers at once, beside a page
with the same widgets, the same table and an empty map. Needs Chromium and the extra `test`::

    python benchmarks/page.py [--turns 7] [--seconds 6] [--only visit|redraw|readers] \
        [--query '?layers=gwadar,dhabeji']
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
import readers  # noqa: E402 - stands beside this
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from geo.maps import assets  # noqa: E402

#: A page as somebody would begin it, with Leaflet from this host because there is no other.
BARE = """
import folium
import streamlit as st
from streamlit_folium import st_folium

st.title("A map")
if "filter" in st.query_params:
    st.text(f"on: {st.checkbox('a filter', key='layer:technology_parks')}")
m = folium.Map((33.5, 69.5), zoom_start=5, tiles=None, max_zoom=12)
m.default_js = [("leaflet", "../../app/static/leaflet.js")]
m.default_css = []
st_folium(m, key="map", height=700, use_container_width=True, returned_objects=[])
"""
#: Leaflet comes from this host.
STATIC = {"STREAMLIT_SERVER_ENABLE_STATIC_SERVING": "true"}
#: What `.streamlit/config.toml` sets otherwise, which a page begun by somebody else does not have.
AS_INSTALLED = {
    **STATIC,
    "STREAMLIT_RUNNER_POST_SCRIPT_GC": "true",
    "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "auto",
}
EMPTY_MAP = ".leaflet-container .leaflet-map-pane"
#: A line of OFC-1 or of Fiber One, drawn.
FEATURES = ".leaflet-overlay-pane path.leaflet-interactive, path.leaflet-interactive"


@contextmanager
def bare_page(folder: Path) -> Iterator[str]:
    """Serve the bare page, plainly by `streamlit run` and as Streamlit is installed."""
    (folder / "static").mkdir()
    (folder / "static/leaflet.js").write_text(assets.asset("leaflet.js"))
    page = folder / "bare.py"
    page.write_text(BARE)
    with chromium.served(folder / "bare.log", streamlit=page, **AS_INSTALLED) as server:
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


#: What a filter change is seen by: a word of the bare page; how many things stand on our map.
_WORD = "() => document.body.innerText.match(/on: (True|False)/)?.[0]"
_THINGS = "() => document.querySelectorAll('.leaflet-interactive').length"


class Filter:
    """A page that stays open while its filter is turned on and off."""

    def __init__(self, browser: Browser, url: str, *, bare: bool) -> None:
        self.page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        self.sizes: list[float] = []
        session = self.page.context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.on(
            "Network.webSocketFrameReceived",
            lambda event: self.sizes.append(
                len(event["response"]["payloadData"]) * 3 / 4
            ),  # base64
        )
        self.page.goto(url)
        frame = self.page.frame_locator(chromium.FRAME)
        frame.locator(EMPTY_MAP if bare else FEATURES).first.wait_for(state="attached")
        self.page.wait_for_timeout(3000)
        self.switch = self.page.locator(".st-key-layer-technology_parks label").first
        self.seen_in = self.page if bare else chromium.Visit(self.page, url).frame
        self.sign = _WORD if bare else _THINGS

    def turn(self) -> tuple[float, float]:
        """Turn the filter; gives seconds until it is seen, and bytes received by a second later."""
        before = self.seen_in.evaluate(self.sign)
        self.sizes.clear()
        begin = time.perf_counter()
        self.switch.click()
        self.seen_in.wait_for_function(f"before => ({self.sign})() !== before", arg=before)
        seconds = time.perf_counter() - begin
        self.page.wait_for_timeout(1500)
        return seconds, sum(self.sizes)


def compare_visits(browser: Browser, bare: str, ours: str, turns: int) -> None:
    """Print what a first visit takes."""
    pages = {"bare page, empty map": (bare, EMPTY_MAP), "the map": (ours, FEATURES)}
    for url, sign in pages.values():  # the first visit of a server imports its modules
        visit(browser, url, sign)
    found: dict[str, list[tuple[float, int, int]]] = {name: [] for name in pages}
    for _ in range(turns):
        for name, (url, sign) in pages.items():
            found[name].append(visit(browser, url, sign))
    print(f"{'first visit':24}{'seconds':>9}{'kB sent':>9}{'requests':>9}   medians of {turns}")
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


def compare_redraws(browser: Browser, bare: str, ours: str, turns: int) -> None:
    """Print what a change of a filter takes."""
    pages = {
        "bare page, its rerun": Filter(browser, f"{bare}?filter", bare=True),
        "the map, a layer": Filter(browser, ours, bare=False),
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in pages}
    for turn in range(turns + 2):
        for name, page in pages.items():
            taken = page.turn()
            if turn > 1:  # on and off once, so that everything has been seen
                found[name].append(taken)
    print(f"\n{'filter change':24}{'seconds':>9}{'kB rerun':>9}   medians of {turns}")
    seconds = []
    for name, turned in found.items():
        taken_s, received = (median(column) for column in zip(*turned, strict=True))
        seconds.append(taken_s)
        print(f"{name:24}{taken_s:9.2f}{received / 1000:9.1f}")
    print(
        f"{'over the bare page':24}{seconds[1] - seconds[0]:9.2f}   targets: 0.40 s, 40 kB a rerun"
    )


def compare_readers(folder: Path, ours: str, seconds: float) -> None:
    """Print how many reruns a second many readers get at once."""
    twin = folder / "twin.py"
    twin.write_text(readers.twin())
    print(
        f"\n{'readers at once':24}{'twin':>9}{'twin*':>9}{'the map':>9}{'ratio':>9}{'ratio*':>9}{'errors':>9}"
    )
    with (
        chromium.served(folder / "twin.log", streamlit=twin, **AS_INSTALLED) as plain,
        chromium.served(folder / "set.log", streamlit=twin, **STATIC) as tuned,
    ):
        urls = (plain.url, tuned.url, ours)
        for url in urls:
            readers.read(url, 2, 2)
        for n in (1, 10, 20, 40):
            turns = [[readers.read(url, n, seconds) for url in urls] for _ in range(2)]
            rates = [max(one.reruns_per_s for one in column) for column in zip(*turns, strict=True)]
            errors = sum(one.errors for row in turns for one in row)
            told = "".join(f"{rate:9.1f}" for rate in rates)
            print(f"{n:<24}{told}{rates[2] / rates[0]:9.2f}{rates[2] / rates[1]:9.2f}{errors:9}")
    print("reruns a second of all readers; twin: Streamlit as installed, twin*: with our settings.")
    print("targets: no errors, 0.85 of the twin with our settings")


def main() -> None:
    """Print the figures and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--query", default="", help="a view of the map, '?layers=gwadar'")
    parser.add_argument("--only", choices=("visit", "redraw", "readers"))
    asked = parser.parse_args()
    path = chromium.chromium_path()
    if path is None:
        sys.exit("no chromium: `apt-get install chromium`, or name one with CHROMIUM=/path")
    with (
        tempfile.TemporaryDirectory() as folder,
        bare_page(Path(folder)) as bare,
        chromium.served(Path(folder) / "map.log", streamlit=ROOT / "streamlit_app.py") as ours,
    ):
        with sync_playwright() as playwright:
            browser = chromium.launch(playwright, path)
            if asked.only in {None, "visit"}:
                compare_visits(browser, bare, ours.url + asked.query, asked.turns)
            if asked.only in {None, "redraw"}:
                compare_redraws(browser, bare, ours.url, asked.turns)
            browser.close()
        if asked.only in {None, "readers"}:
            compare_readers(Path(folder), ours.url, asked.seconds)


if __name__ == "__main__":
    main()
