"""
What a page with a layer of a million features costs beside one with a hundred.

Both are opened cold, in turns, in one run on one machine; stock `folium.GeoJson` of a part of the
same features stands beside them. Tiling comes first and is not measured here. Needs Chromium and
the extras `test` and `tiles`::

    python benchmarks/scale_browser.py [--n 1000000] [--turns 5] [--stock 100000]
"""

import argparse
import json
import math
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import browser as chromium  # noqa: E402 - stands beside the tests
from playwright.sync_api import Browser, CDPSession, Frame, Request, sync_playwright  # noqa: E402

from geo.extra import Shelf  # noqa: E402
from geo.maps import assets  # noqa: E402

FEW = 100
VISIBLE = ".geo-own-tiles[data-loaded] canvas[data-drawn=yes]"
FEATURES = "path.leaflet-interactive"
STOCK = """
import json
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

m = folium.Map((33.5, 69.5), zoom_start=5, tiles=None, max_zoom=12, prefer_canvas=False)
m.default_js = [("leaflet", "../../app/static/leaflet.js")]
m.default_css = []
folium.GeoJson(json.loads(Path(FILE).read_text())).add_to(m)
st_folium(m, key="map", height=700, use_container_width=True, returned_objects=[])
"""
#: Moves the map for some seconds as a reader does, by one glide or zoom after another; gives the
#: times between frames, and the long tasks of the main thread, milliseconds.
MOVE = """([seconds, how]) => new Promise((resolve) => {
  const [frames, tasks] = [[], []];
  const note = (list) => tasks.push(...list.getEntries().map((one) => one.duration));
  const observer = new PerformanceObserver(note);
  observer.observe({ type: "longtask" });
  const begin = performance.now();
  let [before, turns] = [begin, 0];
  const ways = [[500, 0], [0, 350], [-500, 0], [0, -350]];
  const zooms = [6, 8, 5, 9, 6];
  const step = (now) => {
    frames.push(now - before);
    before = now;
    const passed = (now - begin) / 1000;
    if (passed > turns * 1.2) {
      if (how === "pan") {
        map_div.panBy(ways[turns % 4], { animate: true, duration: 1 });
      } else if (how === "zoom") {
        map_div.setZoom(zooms[turns % 5]);
      }
      turns += 1;
    }
    if (passed < seconds) {
      requestAnimationFrame(step);
    } else {
      observer.disconnect();
      resolve({ frames: frames.slice(1), tasks });
    }
  };
  requestAnimationFrame(step);
})"""


@dataclass
class Cost:
    """What opening a page took."""

    seconds: float
    heap_mb: float
    process_mb: float
    page_kb: float
    own_kb: float


@dataclass
class Motion:
    """How a map moved: frames a second, the 95th percentile of a frame, and long tasks, ms."""

    fps: float
    slow_ms: float
    n_long: int
    longest_ms: float


def write(path: Path, n: int) -> None:
    """Write short roads, half of them around one place, as roads are."""
    chance = random.Random(7)  # noqa: S311 - the same features at each run
    with path.open("w") as out:
        out.write('{"type":"FeatureCollection","features":[\n')
        for number in range(n):
            crowd = number % 2 == 0
            lon = chance.gauss(71, 2) if crowd else chance.uniform(60, 79)
            lat = chance.gauss(31, 2) if crowd else chance.uniform(23, 43)
            angle = chance.uniform(0, 2 * math.pi)
            ends = [
                [round(lon + k * math.cos(angle) / 50, 5), round(lat + k * math.sin(angle) / 50, 5)]
                for k in (0, 1)
            ]
            feature = {
                "type": "Feature",
                "properties": {"name": f"road {number}", "class": number % 5},
                "geometry": {"type": "LineString", "coordinates": ends},
            }
            out.write(("" if number == 0 else ",\n") + json.dumps(feature))
        out.write("\n]}\n")


def heap_mb(session: CDPSession) -> float:
    """Give what the page's scripts hold after the garbage is gone; a worker has a heap of its own."""
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def process_mb(browser: Browser) -> float:
    """Give what the largest process of a page holds: scripts, workers, pictures and all."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    found = [Path(f"/proc/{one['id']}/status") for one in processes if one["type"] == "renderer"]
    lines = [line for path in found if path.exists() for line in path.read_text().splitlines()]
    return max(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmRSS"))


@contextmanager
def opened(browser: Browser, url: str, sign: str) -> Iterator[tuple[Frame, Cost]]:
    """Open a page cold and wait until `sign` is drawn."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    socket: list[int] = []
    finished: list[Request] = []

    def frame_received(event: dict[str, Any]) -> None:
        socket.append(len(event["response"]["payloadData"]))

    session.on("Network.webSocketFrameReceived", frame_received)
    context.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108
    begin = time.perf_counter()
    page.goto(url, wait_until="commit")
    place = page.frame_locator(chromium.FRAME).locator(sign).first
    place.wait_for(state="attached", timeout=300_000)
    seconds = time.perf_counter() - begin
    page.wait_for_timeout(2500)
    frame = next(one for one in page.frames if "st_folium" in one.url)
    sizes = {True: 0.0, False: float(sum(socket))}
    for request in finished:
        told = request.sizes()
        sizes[is_own(request.url)] += told["responseBodySize"] + told["responseHeadersSize"]
    heap, process = heap_mb(session), process_mb(browser)
    yield frame, Cost(seconds, heap, process, sizes[False] / 1e3, sizes[True] / 1e3)
    context.close()


def is_own(address: str) -> bool:
    """Whether an address is that of what a brought layer is drawn from."""
    return "/tiles/" in address or "/extra/" in address


def moved(frame: Frame, how: str, seconds: float = 6) -> Motion:
    """Move the map and count."""
    told = frame.evaluate(MOVE, [seconds, how])
    frames = sorted(told["frames"])
    slow = frames[int(len(frames) * 0.95)]
    fps = 1000 * len(frames) / sum(frames)
    return Motion(fps, slow, len(told["tasks"]), max(told["tasks"], default=0))


@contextmanager
def own_page(folder: Path, kept: Path, n: int) -> Iterator[str]:
    """Serve the map with a layer of so many features, tiled before."""
    if n == 0:
        with chromium.served(folder / "0.log", streamlit=ROOT / "streamlit_app.py") as server:
            yield server.url
        return
    files = kept / f"own-{n}"
    if not files.exists():
        files.mkdir(parents=True)
        write(files / "roads.geojson", n)
    environ = {"GEO_EXTRA_LAYERS": str(files), "GEO_CACHE": str(kept / "cache")}
    os.environ["GEO_CACHE"] = environ["GEO_CACHE"]
    begin = time.perf_counter()
    Shelf((files / "roads.geojson",)).get_ready()
    print(f"{n:,} features read and tiled in {time.perf_counter() - begin:.0f} s", flush=True)
    script = ROOT / "streamlit_app.py"
    with chromium.served(folder / f"{n}.log", streamlit=script, **environ) as server:
        yield server.url


@contextmanager
def stock_page(folder: Path, n: int) -> Iterator[str]:
    """Serve stock Folium with so many of the same features."""
    (folder / "static").mkdir()
    (folder / "static/leaflet.js").write_text(assets.asset("leaflet.js"))
    write(folder / "stock.geojson", n)
    page = folder / "stock.py"
    page.write_text(STOCK.replace("FILE", repr(str(folder / "stock.geojson"))))
    options = {"STREAMLIT_SERVER_ENABLE_STATIC_SERVING": "true"}
    options |= {"STREAMLIT_SERVER_MAX_MESSAGE_SIZE": "1000"}
    with chromium.served(folder / "stock.log", streamlit=page, **options) as server:
        yield server.url


def report(name: str, cost: Cost) -> None:
    """Print what a page cost."""
    print(
        f"{name:28}{cost.seconds:9.2f}{cost.heap_mb:9.1f}{cost.process_mb:9.0f}{cost.page_kb:9.0f}{cost.own_kb:9.0f}",
        flush=True,
    )


def tell(name: str, motion: Motion) -> None:
    """Print how a map moved."""
    print(
        f"{name:28}{motion.fps:6.1f} frames/s, 95 % of frames within {motion.slow_ms:.0f} ms, "
        f"{motion.n_long} long tasks, longest {motion.longest_ms:.0f} ms",
        flush=True,
    )


def main() -> None:
    """Print figures and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=1_000_000)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--stock", type=int, default=100_000, help="0: leave it out")
    parser.add_argument("--keep", type=Path, help="folder in which layers and tiles stay")
    asked = parser.parse_args()
    path = chromium.chromium_path()
    if path is None:
        sys.exit("no chromium: `apt-get install chromium`, or name one with CHROMIUM=/path")
    with (
        tempfile.TemporaryDirectory() as name,
        sync_playwright() as playwright,
        ExitStack() as open_,
    ):
        folder = Path(name)
        kept = asked.keep or folder
        browser = chromium.launch(playwright, path)
        pages = {n: open_.enter_context(own_page(folder, kept, n)) for n in (0, FEW, asked.n)}
        for n, url in pages.items():  # the first visit of a server imports its modules
            with opened(browser, url, VISIBLE if n else FEATURES):
                pass
        found: dict[int, list[Cost]] = {n: [] for n in pages}
        motions: dict[tuple[int, str], Motion] = {}
        for turn in range(asked.turns):
            for n, url in pages.items():
                with opened(browser, url, VISIBLE if n else FEATURES) as (frame, cost):
                    found[n].append(cost)
                    if turn == asked.turns - 1:
                        motions |= {(n, how): moved(frame, how) for how in ("pan", "zoom")}
        heads = ("seconds", "heap MB", "all MB", "page kB", "own kB")
        heading = "".join(f"{head:>9}" for head in heads)
        print(f"{'':28}{heading}   medians of {asked.turns}")
        medians = {
            n: Cost(
                *(
                    median(getattr(cost, member) for cost in costs)
                    for member in ("seconds", "heap_mb", "process_mb", "page_kb", "own_kb")
                )
            )
            for n, costs in found.items()
        }
        for n, cost in medians.items():
            report(f"{n:,} features", cost)
        few, many = (astuple(cost) for cost in list(medians.values())[1:])
        ratios = "".join(f"{b / a:9.2f}" for a, b in zip(few[:4], many[:4], strict=True))
        print(f"{'ratio':28}{ratios}{'':9}   targets: 1.5 in time, 2 in heap, 1 in page")
        for (n, how), motion in motions.items():
            tell(f"{how}, {n:,} features", motion)
        if asked.stock:
            with (
                stock_page(folder, asked.stock) as url,
                opened(browser, url, FEATURES) as (frame, cost),
            ):
                report(f"stock folium, {asked.stock:,}", cost)
                for how in ("pan", "zoom"):
                    tell(f"{how}, stock folium", moved(frame, how))
        browser.close()


if __name__ == "__main__":
    main()
