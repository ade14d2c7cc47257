"""Layers that a reader brought, in real Chromium, under a base path."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import brought
import browser as chromium
import hostile
import pytest
from browser import FRAME, Visit, visit
from playwright.sync_api import Browser, Locator, expect

pytestmark = pytest.mark.browser

N = 20_000
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
LOADED = ".geo-own-tiles[data-loaded='{}']"
PAINTED = """() => document.querySelectorAll(".geo-own-tiles canvas[data-drawn='yes']").length"""
WHERE = """([lon, lat]) => { const { x, y } = map_div.latLngToContainerPoint([lat, lon]); return [x, y] }"""


@pytest.fixture(scope="module")
def own(logs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[chromium.Served]:
    """A server with a small layer, one that is tiled, and a file that is none."""
    folder = tmp_path_factory.mktemp("own")
    brought.small(folder / "small.geojson")
    brought.large(folder / "large.geojson", N)
    (folder / "broken.geojson").write_text('{"type": "FeatureCollection", "features": [7]}')
    cache = tmp_path_factory.mktemp("cache")
    with chromium.served(
        logs / "own.log", base="silk", GEO_EXTRA_LAYERS=str(folder), GEO_CACHE=str(cache)
    ) as server:
        yield server


@pytest.fixture(scope="module")
def window(browser: Browser, own: chromium.Served) -> Iterator[Visit]:
    """One window for all tests, after the large layer was tiled before the eyes of its reader."""
    with visit(browser, own.url) as found:
        found.open()
        expect(found.page.get_by_role("checkbox", name="large")).to_be_enabled(timeout=60_000)
        yield found


@pytest.fixture
def here(window: Visit) -> Iterator[Visit]:
    window.requests.clear()
    yield window
    window.clean()


def parameters(here: Visit) -> dict[str, str]:
    query = urlsplit(here.page.url).query
    return {name: found[0] for name, found in parse_qs(query, keep_blank_values=True).items()}


def card(here: Visit) -> Locator:
    return here.page.frame_locator(FRAME).locator(".geo-own-card")


def click(here: Visit, lon: float, lat: float) -> None:
    """Click the map at a place."""
    box = here.page.locator(FRAME).bounding_box()
    x, y = here.frame.evaluate(WHERE, [lon, lat])
    here.page.mouse.click(box["x"] + x, box["y"] + y)


def wait_for_layer(here: Visit, id_: str) -> None:
    here.frame.locator(LOADED.format(id_)).wait_for(state="attached")


def test_a_small_layer_appears_and_opens_its_record(here):
    here.open("?own=small&at=10/60.01/25.0")
    wait_for_layer(here, "small")
    assert here.frame.evaluate(PAINTED) > 0
    click(here, 60.02, 25.0)
    expect(card(here).locator("h2")).to_have_text("喀什")
    expect(card(here)).to_contain_text("Your layer: not checked here")
    expect(card(here).locator("dl")).to_contain_text("pop")
    expect(card(here)).to_contain_text("No source stated.")
    expect(here.page).to_have_url(re.compile(r"record=small%2F3"))


def test_a_feature_of_a_tile_opens_its_record_nearer_than_there_are_tiles(here):
    number = 15_500
    lon, lat = brought.point(number)["coordinates"]
    here.open(f"?own=large&at=12/{lon}/{lat}")
    wait_for_layer(here, "large")
    click(here, lon + 0.001, lat)
    expect(card(here).locator("h2")).to_have_text(f"place {number}")
    expect(card(here)).to_have_attribute("data-card", f"own/large/{number + 1}")
    assert any("/silk/tiles/large/" in url for url in here.requests)
    assert not any("large.geojson" in url for url in here.requests)


def test_a_click_beside_everything_opens_nothing(here):
    here.open("?own=large&at=12/65/24.9")
    wait_for_layer(here, "large")
    click(here, 65.0, 24.9)
    here.settle()
    expect(card(here)).to_have_count(0)


def test_hostile_text_stays_text(here):
    here.open("?own=small&record=small/2")
    expect(card(here).locator("dd", has_text="7777*7777")).to_have_text(hostile.TEXT)
    link = card(here).get_by_role("link")
    assert link.get_attribute("href").startswith("https://evil.example/")
    expect(link).to_have_text(hostile.TEXT)
    here.page.get_by_role("tab", name="Table").click()
    choose_table(here, "small")
    expect(here.page.locator(".st-key-panel")).to_contain_text("top.pwned=1")
    here.settle()
    for frame in here.page.frames:
        assert frame.evaluate("() => window.pwned === undefined && top.pwned === undefined")
        assert "60481729" not in frame.evaluate("() => document.body.innerText")
    assert not hostile.CANARY.exists()


def test_a_bad_file_is_one_notice_and_a_bad_name_in_a_link_another(here):
    here.open("?own=small,nope")
    notice = here.page.locator(".st-key-own [data-testid='stAlert']")
    expect(notice).to_have_count(1)
    expect(notice).to_contain_text("broken.geojson")
    expect(here.page.locator(".st-key-notices")).to_contain_text("own='nope' is not known")
    expect(here.page.get_by_role("checkbox", name="small")).to_be_checked()
    expect(here.page.get_by_role("checkbox", name="large")).not_to_be_checked()


def test_the_address_keeps_what_is_on(here):
    here.open()
    wait_for_layer(here, "large")
    assert "own" not in parameters(here)
    here.page.locator(".st-key-own").get_by_text("large").click()
    expect(here.page).to_have_url(re.compile("own=small"))
    here.frame.locator(LOADED.format("large")).wait_for(state="detached")
    here.page.locator(".st-key-own").get_by_text("small").click()
    here.frame.locator(LOADED.format("small")).wait_for(state="detached")
    assert parameters(here)["own"] == ""
    here.open("?own=")
    expect(here.page.get_by_role("checkbox", name="large")).not_to_be_checked()


def test_a_search_of_the_whole_layer_opens_what_it_finds_and_escape_closes_it(here):
    here.open("?own=small")
    here.page.get_by_placeholder("Search a name").fill(f"place {N - 1}")
    here.page.locator(".st-key-found").get_by_role("button").first.click()
    expect(card(here).locator("h2")).to_have_text(f"place {N - 1}")
    expect(card(here)).to_be_focused()
    assert here.frame.evaluate("() => map_div.getZoom()") >= 9
    expect(here.page.get_by_role("checkbox", name="large")).to_be_checked()
    here.page.keyboard.press("Escape")
    expect(card(here)).to_have_count(0)
    expect(here.page).not_to_have_url(re.compile("record="))


def choose_table(here: Visit, name: str) -> None:
    here.page.get_by_role("combobox", name="Table of").click()
    here.page.get_by_role("option", name=name).click()


def test_the_table_pages_through_the_whole_layer_and_leads_to_files_of_it(here):
    here.open("?tab=table", ready=False)
    choose_table(here, "large")
    page = here.page.get_by_role("spinbutton", name="Page")
    page.fill(str(N // 100))
    page.press("Enter")
    expect(here.page.locator(".st-key-own-foot")).to_contain_text("19,901 to 20,000 of 20,000")
    grid = here.page.get_by_test_id("stDataFrame").locator("[role=grid]")
    expect(grid.locator("[role=row]", has_text=f"place {N - 100}").first).to_be_attached()
    link = here.page.get_by_role("link", name="GeoPackage")
    answer = here.page.request.get(link.evaluate("(one) => one.href"))
    assert answer.ok
    assert answer.body().startswith(b"SQLite format 3")
    here.page.get_by_role("searchbox", name="Search this layer").fill("place 1234")
    here.page.keyboard.press("Enter")
    expect(here.page.locator(".st-key-own-foot")).to_contain_text("1 to 12 of those found")


def test_a_record_is_a_sheet_on_a_phone(browser, own):
    with visit(browser, own.url, **PHONE) as here:
        here.open("?own=small&record=small/1")
        sheet = here.page.frame_locator(FRAME).locator(".geo-sheet")
        expect(sheet).to_contain_text("Gwadar")
        expect(sheet.get_by_text("small", exact=True)).to_be_visible()
        here.clean()


def test_a_page_without_such_layers_asks_for_nothing_of_them(browser, served):
    with visit(browser, served.url) as here:
        here.open().settle()
        assert not [url for url in here.requests if re.search(r"/own|/extra/|/tiles/", url)]
        expect(here.page.locator(".st-key-own")).to_have_count(0)
        here.clean()
