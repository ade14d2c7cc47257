"""The one-file map in real Chromium, opened as from a memory stick."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from math import dist
from pathlib import Path
from threading import Event, Thread

import browser as chromium
import pytest
from browser import Visit, visit
from playwright.sync_api import Browser, expect

from geo import evidence, onefile, search, store
from geo.maps import assets, payload
from geo.view import View, write_query
from geo.vocab import Evidence, Status, Worldview

pytestmark = pytest.mark.browser

STORE = store.find()
ATLAS = store.read_atlas(STORE)
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
#: Ids of what the list, the filters and the map show, as the page works them out.
SHOWN = """(query) => {
    const given = geoAtlas.given("");
    const days = geoAtlas.days("told", given);
    const { choice, notices } = geoAtlas.choiceOf("#" + query, given);
    const ids = geoAtlas.shownOf(days.known(choice.as_of), choice, given).map(([id]) => id);
    return { ids, notices, written: geoAtlas.writeChoice(choice, given, "") };
}"""
VIEWS = (
    View(),
    View(layers=tuple(layer.id for layer in ATLAS.layers), disagree=True),
    View(layers=("khunjerab_fiber", "gwadar"), status=(Status.OPERATING, Status.APPROVED)),
    View(evidence=(Evidence.ONE_ARTICLE,), worldview=Worldview.IN, search="dry port"),
    View(source="profit-2018-07-14-sco-ptcl", feature="ofc-1"),
    View(layers=(), feature=None),
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stick") / "map.html"
    path.write_text(onefile.page(ATLAS, View(), STORE))
    return path


@pytest.fixture(scope="module")
def window(browser: Browser, file: Path) -> Iterator[Visit]:
    with visit(browser, file.as_uri()) as found:
        yield found


@pytest.fixture
def here(window: Visit) -> Iterator[Visit]:
    """The file opened anew, without a link; nothing may be asked for or go wrong."""
    opened(window)
    yield window
    assert {url.partition("?")[0].partition("#")[0] for url in window.requests} <= {window.origin}
    window.clean()


def opened(here: Visit, link: str = "") -> Visit:
    here.page.goto("about:blank")
    here.page.goto(here.origin + link)
    here.page.locator(chromium.DRAWN).wait_for(state="attached")
    return here


def told(here: Visit) -> str:
    """The part of the address after #, without the place of the map."""
    return re.sub(r"&?at=[^&]*", "", here.page.evaluate("() => location.hash")).lstrip("#")


def drawn(here: Visit) -> set[str]:
    ids = here.page.evaluate(
        """() => [...document.querySelectorAll("[data-feature]")]
            .filter((one) => one.getClientRects().length).map((one) => one.dataset.feature)"""
    )
    return {ATLAS.features[id_].properties.part_of or id_ for id_ in ids}


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: str(write_query(view, ATLAS)))
def test_a_link_shows_what_the_same_link_shows_in_the_app(window, view):
    if window.page.url == "about:blank":
        opened(window)
    query = write_query(view, ATLAS)
    link = "&".join(f"{name}={value}" for name, value in query.items())
    found = window.page.evaluate(SHOWN, link or "nothing=")
    assert found["ids"] == [one.id for one in view.shown(ATLAS) if not one.properties.part_of]
    assert found["notices"] == []
    assert found["written"].replace("+", " ") == link


#: Where the points of the still picture stand, and those of the map.
STILL_POINTS = (
    """() => [...document.querySelectorAll(".geo-still .p-own > g[transform]")].map(middle)"""
)
MAP_POINTS = (
    """() => [...document.querySelectorAll(".geo-point:not(.geo-point-small)")].map(middle)"""
)
MIDDLE = """window.middle = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
};"""


@pytest.mark.parametrize("window_size", [(1280, 800), (1600, 900), (390, 800)])
@pytest.mark.parametrize("query", ["", "?embed=1"])
def test_the_map_takes_the_place_of_its_still_picture(browser, file, tmp_path, window_size, query):
    width, height = window_size
    before = tmp_path / "before.html"
    before.write_text(file.read_text().replace(assets.asset(assets.BEGIN), ""))
    at = []
    for path, points in ((before, STILL_POINTS), (file, MAP_POINTS)):
        with visit(browser, path.as_uri(), viewport={"width": width, "height": height}) as here:
            here.page.add_init_script(MIDDLE)
            here.page.goto(path.as_uri() + query)
            if path == file:
                here.page.locator(chromium.DRAWN).wait_for(state="attached")
                assert here.page.locator(".geo-still").count() == 0
            at.append(here.page.evaluate(points))
            here.clean()
    still, drawn = at
    assert still
    assert all(min(dist(one, other) for other in drawn) <= 2 for one in still)
    assert all(min(dist(one, other) for other in still) <= 2 for one in drawn)


def test_a_link_that_asks_for_something_else_is_not_met_by_the_still_picture(browser, file):
    seen = """window.seen = false;
        new MutationObserver(() => requestAnimationFrame(() => {
            window.seen = window.seen || Boolean(document.querySelector(".geo-still"));
        })).observe(document, { childList: true, subtree: true });"""
    with visit(browser, file.as_uri()) as here:
        here.page.add_init_script(seen)
        opened(here)
        assert here.page.evaluate("() => window.seen")
        opened(here, "#worldview=in")
        assert not here.page.evaluate("() => window.seen")
        here.clean()


def test_without_scripts_the_picture_stays_with_names_and_the_note(browser, file):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(file.as_uri())
    picture = page.locator(".geo-still")
    expect(picture.get_by_text("Gwadar Port")).to_be_visible()
    expect(picture.get_by_text("imply no position on any territory")).to_be_visible()
    expect(page.locator(".geo-noscript")).to_be_visible()
    context.close()


def test_what_is_clicked_before_the_page_is_whole_opens_when_it_is(browser, file):
    """On a slow line features stand before the words of their cards have come."""
    head, rest = file.read_bytes().split(b'<script type="application/json" id="geo-told"')
    clicked = Event()

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(head)
            assert clicked.wait(30)
            self.wfile.write(b'<script type="application/json" id="geo-told"' + rest)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Slow) as server:
        Thread(target=server.handle_request, daemon=True).start()
        with visit(browser, f"http://127.0.0.1:{server.server_port}/") as here:
            here.page.goto(here.origin, wait_until="commit")
            point = here.page.locator(".geo-point[data-feature='gwadar-port']")
            point.dispatch_event("click")
            assert here.page.locator(".geo-card").count() == 0
            clicked.set()
            card = here.page.locator(".geo-card")
            expect(card).to_have_attribute("data-card", "gwadar-port")
            expect(here.page.locator(".geo-beside")).to_be_visible()
            here.clean()


def test_the_search_finds_what_geo_search_finds(here):
    names = {name for one in ATLAS.features.values() for name in search._names(one)}  # noqa: SLF001
    words = sorted({*names, *(name[:4] for name in names), "كراچي", "dry port", "  ", "xyzzy"})
    found = here.page.evaluate(
        """(words) => {
            const { names } = geoAtlas.block("given");
            return words.map((one) => geoAtlas.search(names, one));
        }""",
        words,
    )
    assert dict(zip(words, found, strict=True)) == {
        one: [feature.id for feature in search.search(ATLAS, one)] for one in words
    }


def test_links_to_sentences_are_those_of_the_app(here):
    pairs = [
        (
            source.model_dump(include={"url"}),
            claim.model_dump(include={"quote", "prefix", "suffix"}),
        )
        for feature in ATLAS.features.values()
        for claim in feature.properties.claims
        for source in [ATLAS.sources[claim.source]]
    ]
    found = here.page.evaluate(
        "(pairs) => pairs.map(([source, claim]) => geoAtlas.sentenceAddress(source, claim))", pairs
    )
    assert found == [
        evidence.sentence_url(ATLAS.sources[claim.source], claim)
        for feature in ATLAS.features.values()
        for claim in feature.properties.claims
    ]


def test_switches_filters_and_day_change_map_count_and_address(here):
    page = here.page
    page.locator("[data-switch=fiber_one]").uncheck()
    assert "fiber-one" not in drawn(here)
    assert "layers=khunjerab_fiber,gwadar,rashakai,dhabeji" in told(here)
    page.get_by_text("More filters").click()
    page.locator("[data-term=status][value=operating]").check()
    things = [
        one
        for one in View(layers=("khunjerab_fiber", "gwadar", "rashakai", "dhabeji")).shown(ATLAS)
        if one.is_thing and one.properties.status is Status.OPERATING
    ]
    expect(page.locator(".geo-count")).to_contain_text(f"{len(things)} thing")
    page.get_by_role("button", name="Take off the filters (1)").click()
    page.get_by_role("button", name="Earlier").click()
    expect(page.locator(".geo-day output")).to_contain_text("20")
    page.wait_for_function("() => location.hash.includes('as_of=')")
    page.go_back()
    page.wait_for_function("() => !location.hash.includes('as_of=')")
    assert "fiber-one" not in drawn(here)


def test_a_day_shows_what_was_known_on_it(window):
    with_day = opened(window, "#as_of=2018-07-13&feature=ofc-1&at=6/73/35")
    page = with_day.page
    expect(page.locator(".geo-beside h2")).to_contain_text("OFC-1")
    expect(page.locator(".geo-beside")).to_contain_text("searched to July 13, 2018")
    assert "fiber-one" not in drawn(with_day)
    page.get_by_role("button", name="Show what is known today").click()
    expect(page.locator(".geo-beside")).to_contain_text("searched to January 2026")
    page.wait_for_function("() => document.querySelector('[data-feature^=fiber-one]')")
    window.clean()


def test_each_boundary_view_names_itself(here):
    page = here.page
    page.get_by_text("More filters").click()
    for view in (Worldview.IN, Worldview.NONE, Worldview.DE_FACTO):
        page.get_by_label("Boundaries").select_option(view.value)
        expect(page.locator(".geo-note")).to_contain_text(view.label)


def test_a_thing_is_found_by_keys_alone_and_its_sentence_is_reached(here):
    page = here.page
    page.get_by_role("searchbox").focus()
    page.keyboard.type("فائبر ون")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".geo-card h2")).to_contain_text("Fiber One")
    assert told(here).startswith("feature=fiber-one")
    act = page.locator(".geo-card .geo-act-first")
    claim = evidence.lead_claim(ATLAS.features["fiber-one"])
    assert act.get_attribute("href") == evidence.sentence_url(ATLAS.sources[claim.source], claim)
    page.keyboard.press("Tab")
    expect(act).to_be_focused()
    with page.expect_popup() as away:
        page.keyboard.press("Enter")
    away.value.close()
    here.elsewhere.clear()  # the reader asked for it
    here.errors.clear()
    here.requests.clear()


def test_the_table_is_the_equal_of_the_map(here):
    page = here.page
    page.get_by_role("button", name="Table").click()
    rows = [row.get_attribute("data-row") for row in page.locator("[data-row]").all()]
    assert rows == [one.id for one in View().shown(ATLAS) if one.is_thing]
    page.get_by_role("columnheader", name="Latest report").get_by_role("button").click()
    expect(page.locator("[aria-sort=ascending]")).to_have_count(1)
    unplaced = next(
        one for one in View().shown(ATLAS) if one.is_thing and not payload.has_place(one, ATLAS)
    )
    page.get_by_role("button", name=unplaced.properties.name, exact=True).click()
    expect(page.locator(".geo-beside h2")).to_have_text(unplaced.properties.name)
    expect(page.locator(f"[data-row={unplaced.id}]")).to_have_attribute("aria-current", "true")


def test_what_a_link_cannot_mean_is_said(window):
    here = opened(window, "#status=done&layers=gwadar,nowhere&as_of=2031-01-01")
    expect(here.page.locator(".geo-notice")).to_contain_text("status=done")
    expect(here.page.locator(".geo-notice")).to_contain_text("layers=nowhere")
    expect(here.page.locator(".geo-notice")).to_contain_text("as_of=2031-01-01")
    assert drawn(here) <= {
        one.id for one in ATLAS.features.values() if ATLAS.layer_of[one.id].id == "gwadar"
    }
    window.clean()


def test_print_has_map_legend_and_every_thing(here):
    page = here.page
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".geo-table table")).to_be_visible()
    expect(page.locator(".geo-search")).to_be_hidden()
    expect(page.locator(".geo-note")).to_be_visible()
    page.emulate_media(media="screen")


def test_a_browser_is_given_the_file_of_its_language_and_a_reader_the_one_asked_for(
    browser, tmp_path
):
    for lang in ("en", "ur"):
        written = onefile.page(
            ATLAS, View(lang=lang), STORE, elsewhere=onefile.files_but(lang), pages=".html"
        )
        (tmp_path / onefile.file_name(lang)).write_text(written)
    address = (tmp_path / "map.html").as_uri()
    with visit(browser, address, locale="ur-PK") as here:
        opened(here)
        page = here.page
        assert page.url.endswith("/map.ur.html")
        assert page.locator("html").get_attribute("dir") == "rtl"
        expect(page.locator(".geo-notice")).to_contain_text("مسودہ ترجمہ")
        opened(here, "#feature=gwadar-port")  # a link shows what it showed to who sent it
        assert page.locator("html").get_attribute("lang") == "en"
        page.get_by_text("More filters").click()
        page.get_by_label("Language").select_option("ur")
        page.wait_for_url("**/map.ur.html*")
        expect(page.locator(".geo-beside h2")).to_have_text(
            ATLAS.features["gwadar-port"].properties.name_ur
        )
        way = page.locator(".geo-card a[href$='f/gwadar-port.html']")
        assert way.count() == 1
        here.clean()


def test_in_another_page_the_map_lies_still_until_it_is_woken(window):
    here = opened(window, "?embed=1#feature=gwadar-port")
    page = here.page
    assert page.evaluate("() => document.querySelector('.geo-main').inert")
    page.get_by_role("button", name="Use the map").click()
    assert not page.evaluate("() => document.querySelector('.geo-main').inert")
    lead = page.get_by_role("link", name="Open the whole map").get_attribute("href")
    assert lead.endswith("map.html#feature=gwadar-port")
    window.clean()


def test_on_a_phone_nothing_is_wider_than_the_screen(browser, file):
    with visit(browser, file.as_uri(), **PHONE) as here:
        opened(here, "#feature=ofc-1")
        wide = "() => document.documentElement.scrollWidth - innerWidth"
        assert here.page.evaluate(wide) <= 0
        box = here.page.locator(".geo-main").bounding_box()
        assert box["height"] <= 0.56 * 800
        here.clean()


def test_at_four_times_the_size_everything_is_still_there(browser, file):
    # 1280 pixels at 400 % are 320 CSS pixels.
    with visit(browser, file.as_uri(), viewport={"width": 320, "height": 200}) as here:
        opened(here, "#feature=ofc-1")
        assert here.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
        here.page.locator(".geo-beside").scroll_into_view_if_needed()
        expect(here.page.locator(".geo-beside h2")).to_be_visible()
        here.clean()
