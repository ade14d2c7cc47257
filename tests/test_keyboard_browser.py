"""The map by keyboard, with things at rest, and on a phone."""

from collections.abc import Iterator

import browser as chromium
import pytest
from browser import Visit, visit
from playwright.sync_api import Browser, expect

from geo import store
from geo.maps import payload
from geo.view import View

pytestmark = pytest.mark.browser

ATLAS = store.read_atlas(store.find())
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
ROUTE = next(id_ for id_ in ATLAS.parts if ATLAS.layer_of[id_].id == "khunjerab_fiber")
STOPS = "[data-feature][tabindex='0']"


@pytest.fixture(scope="module")
def here(browser: Browser, served: chromium.Served) -> Iterator[Visit]:
    """One page, for tests that close what they open."""
    with visit(browser, served.url, reduced_motion="reduce") as found:
        yield found.open()
        found.clean()


@pytest.fixture(scope="module")
def phone(browser: Browser, served: chromium.Served) -> Iterator[Visit]:
    with visit(browser, served.url, **PHONE) as found:
        yield found.open()
        found.clean()


def test_each_thing_is_one_stop_and_says_what_it_is(here):
    stops = here.frame.locator(STOPS).all()
    labels = {}
    for stop in stops:
        id_ = stop.get_attribute("data-feature")
        whole = ATLAS.features[id_].properties.part_of or id_
        assert whole not in labels
        assert stop.get_attribute("role") == "button"
        labels[whole] = stop.get_attribute("aria-label")
    shown = View().shown(ATLAS)
    assert set(labels) == {
        one.id for one in shown if one.is_thing and payload.has_place(one, ATLAS)
    }
    for id_, label in labels.items():
        properties = ATLAS.features[id_].properties
        assert label.startswith(f"{properties.name}. {properties.kind.label}. ")
        assert properties.status.label in label
    assert "drawn in parts" in labels[ROUTE]


def test_tab_goes_layer_by_layer_among_lines_and_among_points(here):
    ids = [stop.get_attribute("data-feature") for stop in here.frame.locator(STOPS).all()]
    ranks = {layer.id: rank for rank, layer in enumerate(ATLAS.layers)}
    for kind in ("LineString", "Point"):
        order = [
            ranks[ATLAS.layer_of[id_].id]
            for id_ in ids
            if ATLAS.features[id_].geometry.type.endswith(kind)
        ]
        assert order == sorted(order)
        assert len(order) > 1


def test_enter_or_space_opens_and_escape_gives_the_focus_back(here):
    stops = here.frame.locator(STOPS)
    for index, key in ((0, "Enter"), (stops.count() - 1, " ")):
        stop = stops.nth(index)
        stop.focus()
        stop.press(key)
        card = here.frame.locator(".geo-card")
        expect(card).to_have_count(1)
        assert here.frame.evaluate("() => Boolean(document.activeElement.closest('.geo-card'))")
        here.page.keyboard.press("Escape")
        expect(card).to_have_count(0)
        expect(stop).to_be_focused()


def test_the_focus_shows_on_every_part_of_a_route(here):
    stop = here.frame.locator(STOPS).first
    here.frame.locator(".leaflet-control-zoom-in").focus()
    stop.focus()
    here.page.keyboard.press("Tab")
    here.page.keyboard.press("Shift+Tab")
    expect(stop).to_be_focused()
    id_ = stop.get_attribute("data-feature")
    whole = ATLAS.features[id_].properties.part_of
    parts = [one for one in ATLAS.parts[whole] if one.geometry is not None]
    expect(here.frame.locator(".geo-glow.is-focused")).to_have_count(len(parts))


def test_escape_in_the_panel_closes_the_popup_too(here):
    stop = here.frame.locator(STOPS).first
    stop.focus()
    stop.press("Enter")
    panel = here.page.locator(".st-key-evidence")
    expect(panel).to_be_visible()
    here.frame.get_by_role("button", name="All evidence").click()
    expect(panel).to_be_focused()
    here.page.keyboard.press("Escape")
    expect(here.frame.locator(".geo-card")).to_have_count(0)
    expect(panel).to_have_count(0)


def test_nothing_glides_for_who_asked_for_rest(here):
    assert here.frame.evaluate("() => geoAtlas.still() && !map_div.options.zoomAnimation")


# ---- phone ---------------------------------------------------------------------------------


def test_five_chips_fit_fly_and_open(phone):
    chips = phone.frame.locator(".geo-quick button")
    assert chips.count() == len([one for one in ATLAS.layers if one.visible])
    last = chips.last.bounding_box()
    assert last["x"] + last["width"] <= 390
    zoom = phone.frame.evaluate("() => map_div.getZoom()")
    phone.frame.locator("[data-chip='gwadar']").tap()
    card = phone.frame.locator(".geo-sheet .geo-card")
    expect(card).to_have_attribute("data-card", "gwadar-port")
    phone.frame.wait_for_function("(before) => map_div.getZoom() > before + 1", arg=zoom)
    shut = phone.frame.locator(".geo-shut")
    box = shut.bounding_box()
    assert min(box["width"], box["height"]) >= 44
    shut.tap()
    expect(card).to_have_count(0)


def test_words_and_link_of_every_sheet_stand_in_its_first_220_pixels(phone):
    ids = [one.id for one in ATLAS.features.values() if one.properties.part_of is None]
    low = phone.frame.evaluate(
        """(ids) => ids.flatMap((id) => {
            geoAtlas.show({ ids, selected: id, worldview: "de_facto", lang: "en" });
            const top = document.querySelector(".geo-sheet").getBoundingClientRect().top;
            const first = document.querySelector(".geo-act-first");
            const reach = first ? first.getBoundingClientRect().bottom - top : 0;
            return reach > 220 ? [[id, Math.round(reach)]] : [];
        })""",
        ids,
    )
    assert low == []


def test_the_boundary_note_can_be_read_in_full_on_a_phone(phone):
    note = phone.frame.locator(".geo-note")
    before = note.bounding_box()["height"]
    note.tap(position={"x": 20, "y": 8})
    expect(note).to_have_class("geo-note is-open")
    assert note.bounding_box()["height"] > before
    note.tap(position={"x": 20, "y": 8})
    assert note.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)") >= 11


def test_one_finger_is_told_that_two_move_the_map(phone):
    phone.frame.evaluate(
        """() => {
            const target = document.querySelector(".leaflet-map-pane");
            const touch = new Touch({ identifier: 1, target, clientX: 100, clientY: 100 });
            target.dispatchEvent(new TouchEvent("touchmove", { bubbles: true, touches: [touch] }));
        }"""
    )
    hint = phone.frame.locator(".geo-fingers")
    expect(hint).to_have_class("geo-fingers is-told")
    expect(hint).to_have_text("Use two fingers to move the map")
