"""
Every page, walked through in Chromium: nothing runs that may not, nothing is asked of anybody else,
and axe-core (https://github.com/dequelabs/axe-core) finds no fault for readers of any kind.
"""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import browser as chromium
import pytest
from browser import Visit, visit
from playwright.sync_api import Browser, Frame, Request, expect

from geo import onefile, site, store
from geo.view import LANGUAGES
from geo.vocab import Worldview

pytestmark = pytest.mark.browser

STORE = store.find()
ATLAS = store.read_atlas(STORE)
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
#: Notes what the policy of a page stopped, in every frame and from its first moment.
WATCH = """document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`stopped: ${event.violatedDirective} ${event.blockedURI} at ${event.documentURI}`));"""
#: Streamlit's bundle tries whether it may compile WebAssembly, and does without.
TRIED = "stopped: script-src wasm-eval at "
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """([context, runOnly]) => axe.run(context || document, {
    iframes: false, resultTypes: ["violations"], runOnly,
}).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.html.slice(0, 160)}`)))"""


def axe_script() -> str:
    spec = find_spec("axe_playwright_python")
    assert spec, "no axe-core: `pip install -e '.[test]'`"
    folder = spec.submodule_search_locations[0]
    return Path(folder, "axe.min.js").read_text("utf-8")


def faults(frame: Frame, context: Any = None, *, whole: bool = True) -> list[str]:
    """Faults against WCAG 2.2 A and AA, and, of a whole page, against good practice."""
    frame.evaluate(f"() => {{ {axe_script()} }}")
    return frame.evaluate(RUN, [context, [*WCAG, "best-practice"] if whole else WCAG])


@pytest.fixture(scope="module")
def folder(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The folder of files on a plain server, at an address below its root."""
    del browser
    root = tmp_path_factory.mktemp("web")
    site.write(root / "silk", ATLAS, STORE, Worldview.DE_FACTO)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=root)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/silk/"
        server.shutdown()


def failed(here: Visit, request: Request) -> None:
    if request.failure != "net::ERR_ABORTED":  # as when the next page is opened meanwhile
        here.errors.append(f"failed: {request.url}: {request.failure}")


def watched(here: Visit) -> Visit:
    here.page.context.add_init_script(WATCH)
    here.page.on("requestfailed", lambda request: failed(here, request))
    return here


def test_the_folder_of_files_is_walked_without_a_fault(browser, folder):
    with visit(browser, folder) as here:
        watched(here)
        seen, wanted = set(), [folder]
        while wanted:
            address = wanted.pop()
            seen.add(address)
            answer = here.page.goto(address)
            assert answer is None or answer.ok, address
            if "/map." in address:
                here.page.locator(chromium.DRAWN).wait_for(state="attached")
            found = here.page.evaluate(
                "() => [...document.querySelectorAll('a')].map((one) => one.href)"
            )
            pages = {
                one.partition("#")[0] for one in found if one.startswith(folder) and ".html" in one
            }
            # Pages of things and of sources are made alike: those of things in one language, and some
            # of the others.
            alike = {
                one
                for one in pages
                if "/s/" in one or ("/f/" in one and one.endswith((".ur.html", ".zh.html")))
            }
            some = {
                one for one in alike if "fiber-one" in one or "ofc-1." in one or "/s/247news" in one
            }
            wanted += sorted((pages - alike | some) - seen - set(wanted))
        things = {f"{folder}f/{one.id}.html" for one in ATLAS.features.values() if one.is_thing}
        assert seen >= things | {f"{folder}{onefile.file_name(lang)}" for lang in LANGUAGES}
        here.clean()


@pytest.mark.parametrize(
    "look", [{"color_scheme": "light"}, {"color_scheme": "dark", **PHONE}], ids=["wide", "phone"]
)
@pytest.mark.parametrize(
    "names",
    [
        ("index.html", "f/ofc-1.html", "f/fiber-one.ur.html"),
        ("f/gwadar-port.zh.html", "about.html", "404.html"),
    ],
    ids=["pages", "others"],
)
def test_axe_finds_nothing_on_a_page(browser, folder, names, look):
    with visit(browser, folder, bypass_csp=True, **look) as here:
        for name in names:
            here.page.goto(folder + name)
            assert faults(here.page.main_frame) == [], name


@pytest.mark.parametrize(
    ("name", "look"),
    [
        ("map.html{}#feature=ofc-1", {"color_scheme": "light"}),
        ("map.html{}", {"color_scheme": "dark", **PHONE}),
        ("map.ur.html{}#feature=fiber-one&tab=table", {"color_scheme": "dark"}),
        ("map.zh.html{}#feature=gwadar-port", {"color_scheme": "light", **PHONE}),
    ],
)
def test_axe_finds_nothing_in_the_one_file(browser, folder, name, look):
    with visit(browser, folder, bypass_csp=True, reduced_motion="reduce", **look) as here:
        here.page.goto(folder + name.format(""))
        here.page.locator(chromium.DRAWN).wait_for(state="attached")
        here.page.locator(".geo-filters summary").click()
        assert faults(here.page.main_frame) == []
        here.page.goto(folder + name.format("?embed=1"))
        here.page.locator(chromium.DRAWN).wait_for(state="attached")
        assert faults(here.page.main_frame) == []


def test_the_app_is_walked_without_a_fault(browser, served):
    with visit(browser, served.url) as here:
        watched(here)
        for query in ("?feature=ofc-1&lang=ur", "?as_of=2018-07-13&worldview=in"):
            here.open(query)
            here.settle()
        for query in ("?page=sources", "?page=method", "?source=profit-2018-07-14-sco-ptcl"):
            here.open(query, ready=False)
            heading = here.page.locator("[data-testid=stHeading]").last
            expect(heading).to_be_visible(timeout=30_000)
            here.settle()
        for path in ("about", "f/fiber-one", "map.html", "map.zh.html?embed=1", "ogc?f=html"):
            here.page.goto(served.url + path)
            here.page.wait_for_load_state("networkidle")
        here.errors = [one for one in here.errors if not one.startswith(TRIED)]
        here.clean()


@pytest.mark.parametrize("query", ["?feature=fiber-one", "?page=method", "?page=sources"])
def test_axe_finds_nothing_in_our_parts_of_the_app(browser, served, query):
    with visit(browser, served.url, bypass_csp=True, reduced_motion="reduce") as here:
        here.open(query, ready="page=" not in query)
        here.settle()
        if "page=" not in query:
            assert faults(here.frame, whole=False) == []  # a frame is no page of its own
        assert faults(here.page.main_frame, ["[data-testid=stMain]"]) == []
