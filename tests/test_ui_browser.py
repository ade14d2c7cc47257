"""List, filters, search, table, days and pages in real Chromium."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qs, quote, urlsplit

import browser as chromium
import hostile
import pytest
from browser import FRAME, Visit, visit
from playwright.sync_api import Browser, expect

from geo import history, store
from geo.maps import payload
from geo.view import View
from geo.vocab import Status

pytestmark = pytest.mark.browser

ATLAS = store.read_atlas(store.find())
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
DAY = "2018-07-12"
THEN = history.as_of(ATLAS, date.fromisoformat(DAY))
CLOUD = next(layer for layer in ATLAS.layers if layer.id == "cloud_network")
SEED = "chinacrunch-cpec2-digital-corridor"

ON_MAP = """() => [...new Set([...document.querySelectorAll("[data-feature]")]
    .filter((one) => one.getClientRects().length).map((one) => one.dataset.feature))]"""
MARK = "() => { window.sameAsBefore = true }"


@pytest.fixture(scope="module")
def window(browser: Browser, served: chromium.Served) -> Iterator[Visit]:
    """One window for all tests, so that Streamlit's bundle is loaded once."""
    with visit(browser, served.url) as found:
        yield found


@pytest.fixture
def here(window: Visit) -> Iterator[Visit]:
    """The window on its way to another address: each opening is a session of its own."""
    window.requests.clear()
    yield window
    window.clean()


def things(view, atlas=ATLAS, *, placed):
    return {
        one.id
        for one in view.shown(atlas)
        if one.is_thing and (not placed or payload.has_place(one, atlas))
    }


def expect_drawn(here, expected):
    """The map comes to show exactly these things, however slow the machine."""
    for _ in range(40):
        if drawn(here) == expected:
            break
        here.settle(250)
    assert drawn(here) == expected


def drawn(here):
    """Ids of the things that are on the map; parts and waypoints count as their wholes."""
    features = [ATLAS.features[id_] for id_ in here.frame.evaluate(ON_MAP)]
    wholes = {one.properties.part_of or one.id for one in features}
    return {id_ for id_ in wholes if ATLAS.features[id_].is_thing}


def parameters(here):
    return {name: found[0] for name, found in parse_qs(urlsplit(here.page.url).query).items()}


def choose(here, label):
    here.page.locator(".st-key-filters").get_by_role("button", name=label, exact=True).click()


def test_a_filter_is_a_difference_on_the_map_and_panning_runs_nothing(here):
    sent = []
    here.page.on("websocket", lambda socket: socket.on("framesent", lambda one: sent.append(one)))  # noqa: PLW0108
    here.open().frame.evaluate(MARK)
    here.page.get_by_text("More filters").click()
    choose(here, "Proposed")
    view = View(status=(Status.PROPOSED,))
    here.page.wait_for_url("**status=proposed")
    shown, placed = things(view, placed=False), things(view, placed=True)
    counted = f"{len(shown)} things shown, {len(shown) - len(placed)} without a place"
    expect(here.page.locator(".st-key-counts")).to_contain_text(counted)
    expect_drawn(here, placed)
    assert here.frame.evaluate("() => window.sameAsBefore")
    here.settle()
    before = len(sent)
    here.frame.evaluate("() => { map_div.setView([30, 70], 7) }")
    here.page.wait_for_url("**at=7/**")
    here.settle()
    assert len(sent) == before
    here.page.get_by_role("button", name="Take off the filters (1)").click()
    expect(here.page).not_to_have_url(re.compile("status="))
    expect_drawn(here, things(View(), placed=True))
    assert here.frame.evaluate("() => window.sameAsBefore")


def test_a_switch_is_read_out_as_it_is_written(here):
    here.open()
    for layer in ATLAS.layers:
        told = f"{layer.title} {payload.status_words(layer, ATLAS)}".strip()
        expect(here.page.get_by_role("checkbox", name=told, exact=True)).to_be_attached()


def test_a_name_is_found_in_any_script_and_by_alias(here):
    here.open()
    for words, found in (
        ("Gwadar", "Gwadar Port"),
        ("گوادر", "Gwadar Port"),
        ("瓜达尔", "Gwadar Port"),
        ("Rashakay", "Rashakai Special Economic Zone"),
    ):
        here.page.get_by_placeholder("Search a name").fill(words)
        expect(here.page).to_have_url(re.compile(re.escape(f"q={quote(words)}")))
        first = here.page.locator(".st-key-found button").first
        expect(first).to_contain_text(found)


def test_a_result_flies_to_what_it_names_and_opens_it(here):
    feature = next(one for one in CLOUD.features if one.is_thing and payload.has_place(one, ATLAS))
    here.open().frame.evaluate(MARK)
    here.page.get_by_placeholder("Search a name").fill(feature.properties.name)
    here.page.locator(".st-key-found").get_by_text(feature.properties.name).first.click()
    expect(here.frame.locator(".geo-card")).to_have_attribute("data-card", feature.id)
    expect(here.page.locator(".st-key-panel")).to_contain_text(feature.properties.name)
    expect(here.page.locator(".st-key-found")).to_have_count(0)
    assert "cloud_network" in parameters(here)["layers"].split(",")
    assert parameters(here)["feature"] == feature.id
    assert here.frame.evaluate("() => window.sameAsBefore")


def test_back_and_forward_follow_filters_and_pages(here):
    here.open().frame.evaluate(MARK)
    here.page.get_by_text("More filters").click()
    choose(here, "Proposed")
    expect(here.page).to_have_url(re.compile("status=proposed"))
    here.page.get_by_role("button", name="Data & method").click()
    expect(here.page.get_by_role("heading", name="Data & method")).to_be_visible()
    expect(here.page).to_have_url(re.compile("page=method"))
    here.page.go_back()
    expect(here.page.locator(".st-key-counts")).to_contain_text("Take off the filters (1)")
    here.page.go_back()
    expect(here.page.locator(".st-key-counts")).not_to_contain_text("Take off")
    here.page.go_forward()
    expect(here.page.locator(".st-key-counts")).to_contain_text("Take off the filters (1)")


def test_table_and_map_choose_the_same(here):
    here.open("?feature=gwadar-port").frame.evaluate(MARK)
    here.page.get_by_role("tab", name="Table").click()
    grid = here.page.get_by_test_id("stDataFrame").locator("[role=grid]")
    row = grid.locator("[role=row]", has_text="Gwadar Port").first
    expect(row).to_have_attribute("aria-selected", "true", timeout=10_000)
    rows = [one.id for one in View().shown(ATLAS) if one.is_thing]
    box = here.page.get_by_test_id("stDataFrame").bounding_box()
    y = box["y"] + 35 + 31 * rows.index("rashakai-sez") + 15
    here.page.mouse.click(box["x"] + 17, y)
    expect(here.page).to_have_url(re.compile("feature=rashakai-sez"))
    here.page.get_by_role("tab", name="Map").click()
    expect(here.frame.locator(".geo-card")).to_have_attribute("data-card", "rashakai-sez")
    assert here.frame.evaluate("() => window.sameAsBefore")


def test_a_day_shows_what_was_known_then_on_map_and_in_words(here):
    here.open(f"?as_of={DAY}&feature=ofc-1").frame.evaluate(MARK)
    expect(here.page.get_by_text("As known on July 12, 2018")).to_be_visible()
    label = THEN.features["ofc-1"].properties.status.label
    assert label != ATLAS.features["ofc-1"].properties.status.label
    expect(here.frame.locator(".geo-card")).to_contain_text(label)
    expect(here.page.locator(".st-key-panel")).to_contain_text(label)
    expect_drawn(here, things(View(), THEN, placed=True))
    with here.page.expect_download() as download:
        here.page.get_by_role("button", name="GeoJSON ↓").first.click()
    collection = json.loads(download.value.path().read_text())
    assert {one["id"] for one in collection["features"]} == {one.id for one in View().shown(THEN)}
    here.page.get_by_role("button", name="Show what is known today").click()
    expect(here.page).not_to_have_url(re.compile("as_of="))
    # The card of the day fades while the one of today stands.
    expect(here.frame.locator(".geo-card").last).to_contain_text(
        ATLAS.features["ofc-1"].properties.status.label
    )
    expect_drawn(here, things(View(), placed=True))
    assert here.frame.evaluate("() => window.sameAsBefore")


def test_the_day_chosen_among_the_filters_is_fetched_once(here):
    here.open()
    here.page.get_by_text("More filters").click()
    for part, number in zip(("year", "month", "day"), DAY.split("-"), strict=True):
        field = here.page.locator(f".st-key-as-of [role=spinbutton][data-type={part}]")
        field.press_sequentially(number)
    here.page.keyboard.press("Escape")
    here.page.keyboard.press("Tab")
    expect(here.page.get_by_text("As known on July 12, 2018")).to_be_visible()
    here.settle()
    asked = [url for url in here.requests if "atlas.json" in url and "as_of" in url]
    assert len(asked) == 1
    expect_drawn(here, things(View(), THEN, placed=True))


def test_the_page_of_a_source_leads_to_features_and_to_the_map(here):
    here.open(f"?source={SEED}", ready=False)
    source = ATLAS.sources[SEED]
    expect(here.page.get_by_role("heading", name=source.title)).to_be_visible()
    expect(here.page.get_by_text("no author named")).to_be_visible()
    here.page.get_by_role("button", name="Show on the map what it speaks of").click()
    here.page.frame_locator(FRAME).locator(chromium.DRAWN).wait_for()
    assert parameters(here)["source"] == SEED
    layers = tuple(parameters(here)["layers"].split(","))
    view = View(layers=layers, source=SEED)
    expect_drawn(here, things(view, placed=True))
    assert things(view, placed=False) == {
        one.id
        for one in ATLAS.features.values()
        if one.is_thing and any(claim.source == SEED for claim in one.properties.claims)
    }


def test_sources_disagreements_and_stories_are_listed(here):
    here.open("?page=sources", ready=False)
    expect(here.page.get_by_text(f"{len(ATLAS.sources)} sources", exact=True)).to_be_visible()
    here.page.get_by_role("tab", name="Where sources disagree").click()
    expect(here.page.get_by_text("which is right is not known", exact=False).first).to_be_visible()
    here.page.get_by_role("button", name="Gwadar Port", exact=True).first.click()
    here.page.frame_locator(FRAME).locator(chromium.DRAWN).wait_for()
    expect(here.frame.locator(".geo-card")).to_have_attribute("data-card", "gwadar-port")


def test_other_formats_hold_what_is_shown_and_about_is_a_page_of_its_own(here):
    here.open("?layers=gwadar")
    about = here.page.get_by_role("link", name="About").get_attribute("href")
    assert here.page.request.get(here.origin + about).status == 200
    here.page.get_by_role("button", name="Other formats").click()
    with here.page.expect_download() as download:
        here.page.get_by_role("button", name="KML ↓").click()
    kml = download.value.path().read_text()
    assert "Gwadar Port" in kml
    assert "Rashakai Special" not in kml


def test_nothing_is_wider_than_a_phone(browser, served):
    with visit(browser, served.url, **PHONE) as here:
        for query in ("", "?page=sources", "?page=method", "?q=gwadar", f"?source={SEED}"):
            here.open(query, ready=False)
            pages = here.page.locator(".st-key-pages")
            expect(pages.get_by_role("button", name="Map")).to_be_visible(timeout=20_000)
            expect(here.page.locator(".st-key-body, .st-key-document h2")).to_be_visible()
            width = here.page.evaluate("() => document.documentElement.scrollWidth")
            assert width <= PHONE["viewport"]["width"], query
        here.clean()


def test_hostile_text_stays_text_on_every_page(browser, logs, tmp_path):
    hostile.write(tmp_path / "data")
    shutil.rmtree(hostile.CANARY, ignore_errors=True)
    with (
        chromium.served(logs / "pages.log", GEO_DATA=str(tmp_path / "data")) as server,
        visit(browser, server.url) as here,
    ):
        for query in ("page=sources&q=%7B%7B", f"source={SEED}"):
            here.open(f"?{query}", ready=False)
            expect(here.page.locator(".st-key-body, .st-key-document h2")).to_be_visible()
            expect(here.page.locator("text=7777").first).to_be_attached(timeout=10_000)
            here.settle()
            assert here.page.evaluate("() => window.pwned") is None
            made = "img[src*='evil'], a[href^='javascript'], .st-key-document :is(iframe, script)"
            assert here.page.locator(made).count() == 0
            assert "60481729" not in here.page.locator("body").inner_text()
        here.clean()
    assert not hostile.CANARY.exists()
