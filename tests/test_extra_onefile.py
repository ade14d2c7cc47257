"""Layers of a reader in the one-file map."""

import json
import re

import brought
import browser as chromium
import hostile
import pytest
from browser import visit
from playwright.sync_api import expect
from typer.testing import CliRunner

from geo.cli import app

run = CliRunner()
#: An area left of all that our own map shows at first.
IRAN = [[[48, 28], [60, 28], [60, 36], [48, 36], [48, 28]]]


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("GEO_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def area(tmp_path):
    path = tmp_path / f"{hostile.TEXT.replace('/', '')[:40]}.geojson"
    properties = {"name": f"Iran {hostile.TEXT}", hostile.TEXT: hostile.TEXT, "pop": 7}
    stated = {"source_url": "https://example.org/a", "source_title": hostile.TEXT}
    geometry = {"type": "Polygon", "coordinates": IRAN}
    path.write_text(brought.collection([brought.feature(0, geometry, **properties, **stated)]))
    return path


def test_a_file_of_ones_own_is_in_the_one_file_map(tmp_path):
    out = tmp_path / "map.html"
    own = brought.small(tmp_path / "own.geojson")
    done = run.invoke(app, ["map", "--data", str(own), "--out", str(out)])
    assert done.exit_code == 0, done.output
    page = out.read_text()
    (layer,) = json.loads(re.search(r'id="geo-own">(.*?)</script>', page)[1])
    assert [one["id"] for one in layer["drawn"]["features"]] == [1, 2, 3]
    assert [one["name"] for one in layer["records"].values()] == list(brought.NAMES)
    assert layer["records"]["2"]["rows"][2] == ["said", hostile.TEXT]
    assert "</script><script>top" not in page


def test_a_map_without_layers_of_ones_own_holds_nothing_of_them(tmp_path):
    done = run.invoke(app, ["map", "--out", str(tmp_path / "map.html")])
    assert done.exit_code == 0
    assert "geoTiles" not in (tmp_path / "map.html").read_text()


def test_every_bad_file_is_named_and_nothing_is_written(tmp_path):
    out = tmp_path / "map.html"
    out.write_text("as before")
    bad, large = tmp_path / "bad.geojson", brought.large(tmp_path / "large.geojson")
    bad.write_text("[]")
    good = brought.small(tmp_path / "good.geojson")
    files = [part for one in (good, bad, large, tmp_path / "none.gpkg") for part in ("--data", one)]
    done = run.invoke(app, ["map", *map(str, files), "--out", str(out)])
    assert done.exit_code == 1
    told = str(done.exception)
    assert told.splitlines()[0] == "--data: 3 problem(s)"
    assert "bad.geojson: is no format that is read here." in told
    assert "none.gpkg: is not there." in told
    assert "large.geojson: holds 6,000 features, more than one file can show." in told
    assert f"Serve it: `geo serve --data {large}`." in told
    assert "good.geojson" not in told
    assert out.read_text() == "as before"
    assert not list((tmp_path / "cache").rglob("*.pmtiles"))


@pytest.mark.browser
def test_a_reader_sees_and_opens_them_apart_from_ours(tmp_path, browser, area):
    out = tmp_path / "map.html"
    done = run.invoke(app, ["map", "--data", str(area), "--out", str(out)])
    assert done.exit_code == 0, done.output
    with visit(browser, out.as_uri()) as here:
        page = here.page
        page.goto(here.origin)
        page.locator(chromium.DRAWN).wait_for(state="attached")
        canvases = page.locator(".geo-own-tiles canvas[data-drawn=yes]")
        expect(canvases.first).to_be_attached()
        group = page.locator(".geo-own-layers")
        expect(group).to_contain_text("Your layer: not checked here")
        expect(group.locator("b")).to_have_text(area.stem)
        page.locator("#map_div").click(position={"x": 130, "y": 300})
        card = page.locator(".geo-own-card")
        expect(card.locator("h2")).to_have_text(f"Iran {hostile.TEXT}")
        expect(card).to_contain_text("not checked here")
        expect(card.locator("dd").nth(1)).to_have_text(hostile.TEXT)
        expect(card.locator("a")).to_have_attribute("href", "https://example.org/a")
        expect(page.locator(".leaflet-pan-anim")).to_have_count(
            0
        )  # it moves until the card is in view
        page.locator("[data-feature=gwadar-port]").first.click()
        expect(card).to_have_count(0)
        expect(page.locator(".geo-card h2")).to_have_text("Gwadar Port")
        group.locator("input").uncheck()
        expect(canvases).to_have_count(0)
        assert page.evaluate("window.pwned") is None
        here.clean()


@pytest.mark.browser
def test_a_search_and_a_link_lead_to_a_feature_of_a_file_of_ones_own(tmp_path, browser):
    out = tmp_path / "map.html"
    own = brought.small(tmp_path / "own.geojson")
    assert run.invoke(app, ["map", "--data", str(own), "--out", str(out)]).exit_code == 0
    with visit(browser, out.as_uri()) as here:
        page = here.page
        page.goto(f"{here.origin}#own=")
        switch = page.locator(".geo-own-layers input")
        expect(switch).not_to_be_checked()
        page.locator(".geo-search input").fill(brought.NAMES[1])
        page.locator(".geo-found button", has_text="own").first.click()
        card = page.locator(".geo-own-card")
        expect(card.locator("h2")).to_have_text(brought.NAMES[1])
        expect(switch).to_be_checked()
        page.wait_for_url("**record=own%2F2**")
        assert "own=&" not in page.url
        page.goto("about:blank")
        page.goto(f"{here.origin}#record=own/2&own=nope")
        expect(card.locator("h2")).to_have_text(brought.NAMES[1])
        expect(page.locator(".geo-notice")).to_contain_text("nope")
        page.locator(".leaflet-popup-close-button").click()
        expect(card).to_have_count(0)
        page.wait_for_url(lambda url: "record=" not in url)
        here.clean()
