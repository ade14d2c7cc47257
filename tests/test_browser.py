"""The map in real Chromium, with every other host blocked."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import browser as chromium
import hostile
import pytest
from browser import FRAME, Visit, visit
from playwright.sync_api import Browser, expect

from geo import evidence, onefile, store
from geo.maps import payload
from geo.model import Atlas
from geo.view import View

pytestmark = pytest.mark.browser

ATLAS = store.read_atlas(store.find())
LAYERS = [layer.id for layer in ATLAS.layers]
ALL = "layers=" + ",".join(LAYERS)
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}

DRAWN_LAYERS = """() => [...new Set([...document.querySelectorAll("[data-layer]")]
    .filter((one) => one.getClientRects().length).map((one) => one.dataset.layer))]"""
CLICK = """(id) => document.querySelector(`[data-feature="${id}"]`)
    .dispatchEvent(new MouseEvent("click", { bubbles: true, clientX: 500, clientY: 300 }))"""


def placed(layer_id: str, atlas: Atlas = ATLAS) -> list[str]:
    """Ids of features of a layer that have a geometry."""
    layer = next(layer for layer in atlas.layers if layer.id == layer_id)
    return [feature.id for feature in layer.features if feature.geometry is not None]


def quoted_and_placed() -> str:
    """A thing on the map whose lead claim has a quote and a link."""
    return next(
        feature.id
        for feature in ATLAS.features.values()
        if feature.geometry is not None
        and feature.properties.part_of is None
        and (claim := evidence.lead_claim(feature)) is not None
        and claim.quote
        and ATLAS.sources[claim.source].url
        and ATLAS.layer_of[feature.id].visible
    )


@pytest.fixture(scope="module")
def everything(browser: Browser, served: chromium.Served) -> Iterator[Visit]:
    """One page with every layer on, for tests that only look."""
    with visit(browser, served.url) as here:
        yield here.open(f"?{ALL}")


@pytest.fixture
def here(browser: Browser, served: chromium.Served) -> Iterator[Visit]:
    with visit(browser, served.url) as found:
        yield found
        found.clean()


@pytest.mark.parametrize("layer", LAYERS)
def test_features_of_each_layer_appear(everything, layer):
    shown = everything.frame.evaluate(DRAWN_LAYERS)
    assert (layer in shown) == bool(placed(layer))


def test_no_request_leaves_the_host_and_nothing_is_wrong(everything):
    assert len(everything.requests) > 30
    everything.clean()


def test_data_are_asked_for_once(everything):
    asked = [urlsplit(url).path for url in everything.requests if "/atlas/" in url]
    assert [path for path in asked if path.endswith("atlas.json")] == ["/atlas/atlas.json"]
    assert [path for path in asked if path.endswith("de_facto.json")] == [
        "/atlas/basemap/de_facto.json"
    ]


def test_the_note_and_the_credits_stand_in_the_map(everything):
    note = everything.frame.locator(".geo-note")
    expect(note).to_contain_text("imply no position on any territory")
    expect(note).to_contain_text("As on the ground")
    expect(note).to_contain_text("Natural Earth")


def test_a_diagram_says_along_its_line_what_it_is(everything):
    captions = {
        feature.properties.caption
        for feature in ATLAS.features.values()
        if feature.geometry is not None and feature.properties.caption
    }
    for caption in captions:
        found = everything.frame.get_by_text(caption, exact=True)
        assert any(one.is_visible() for one in found.all()), caption


def test_the_five_names_can_be_read_at_the_first_extent(here):
    names = here.open().frame.locator(".geo-name-layer bdi").all_inner_texts()
    assert sorted(names) == sorted(layer.title for layer in ATLAS.layers if layer.visible)


def test_names_do_not_lie_on_each_other(here):
    boxes = here.open().frame.evaluate(
        """() => [...document.querySelectorAll(".geo-name, .geo-chip")].map((one) => {
            const { left, top, right, bottom } = one.getBoundingClientRect();
            return [left, top, right, bottom];
        })"""
    )
    assert len(boxes) > 20
    for index, a in enumerate(boxes):
        for b in boxes[index + 1 :]:
            apart = a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1
            assert apart, (a, b)


def test_a_click_opens_the_quote_and_its_link_and_the_address_keeps_it(here):
    id_ = quoted_and_placed()
    here.open().frame.evaluate(CLICK, id_)
    card = here.frame.locator(".geo-card")
    claim = evidence.lead_claim(ATLAS.features[id_])
    expect(card.locator("blockquote .geo-quote")).to_have_text(f"“{claim.quote}”")
    url = evidence.sentence_url(ATLAS.sources[claim.source], claim)
    link = card.get_by_role("link", name="Read this sentence in the article")
    assert link.get_attribute("href") == url
    assert link.get_attribute("target") == "_blank"
    expect(here.page).to_have_url(re.compile(f"feature={id_}"))


def test_the_same_thing_can_be_chosen_again_after_escape(here):
    id_ = quoted_and_placed()
    here.open().frame.evaluate(CLICK, id_)
    expect(here.page).to_have_url(re.compile(f"feature={id_}"))
    here.frame.locator(".geo-card a").first.press("Escape")
    expect(here.frame.locator(".geo-card")).to_have_count(0)
    expect(here.page).not_to_have_url(re.compile("feature="))
    here.frame.evaluate(CLICK, id_)
    expect(here.frame.locator(".geo-card")).to_have_count(1)
    expect(here.page).to_have_url(re.compile(f"feature={id_}"))


def test_a_part_speaks_for_its_whole(here):
    whole, parts = next(
        (whole, parts)
        for whole, parts in ATLAS.parts.items()
        if ATLAS.layer_of[whole].visible and parts[0].geometry is not None
    )
    here.open().frame.evaluate(CLICK, parts[0].id)
    expect(here.frame.locator(".geo-card")).to_have_attribute("data-card", whole)
    assert here.frame.locator(".geo-glow.is-chosen").count() == len(
        [part for part in parts if part.geometry is not None]
    )


def test_a_link_opens_the_card_it_names_and_the_place_it_names(here):
    id_ = quoted_and_placed()
    here.open(f"?feature={id_}&at=6.5/70.000/32.000")
    expect(here.frame.locator(".geo-card")).to_have_attribute("data-card", id_)
    here.settle()
    query = parse_qs(urlsplit(here.page.url).query)
    assert query["feature"] == [id_]
    assert query["at"][0].startswith("6.5/")


def test_a_thing_without_a_place_has_a_card_too(here):
    id_ = next(
        feature.id
        for feature in ATLAS.features.values()
        if feature.is_thing and not payload.has_place(feature, ATLAS)
    )
    here.open(f"?feature={id_}")
    expect(here.frame.locator(".geo-card")).to_have_attribute("data-card", id_)
    expect(here.frame.locator(".geo-card")).to_contain_text("not on the map")


def test_a_switch_changes_the_map_without_drawing_it_anew(here):
    layer = next(layer for layer in ATLAS.layers if not layer.visible and placed(layer.id))
    here.open().frame.evaluate("() => { window.sameAsBefore = true }")
    assert layer.id not in here.frame.evaluate(DRAWN_LAYERS)
    here.page.get_by_role("checkbox", name=layer.title).locator("xpath=ancestor::label").click()
    here.frame.wait_for_selector(f"[data-layer='{layer.id}']", state="attached")
    assert layer.id in parse_qs(urlsplit(here.page.url).query)["layers"][0].split(",")
    assert here.frame.evaluate("() => window.sameAsBefore")


def test_moving_the_map_writes_its_place_and_runs_nothing(here):
    sent: list[bytes | str] = []
    here.page.on("websocket", lambda socket: socket.on("framesent", lambda one: sent.append(one)))  # noqa: PLW0108
    here.open().settle()
    before = len(sent)
    assert before > 0
    here.frame.evaluate("() => { map_div.setView([30, 70], 7) }")
    here.page.wait_for_url("**at=7/**")
    here.settle()
    at = parse_qs(urlsplit(here.page.url).query)["at"][0]
    assert [float(number) for number in at.split("/")] == pytest.approx([7, 70, 30], abs=0.02)
    assert len(sent) == before


def test_every_thing_on_the_map_is_reached_by_tab_and_opened_by_enter(here):
    here.open()
    stops = here.frame.evaluate(
        """() => [...document.querySelectorAll("[data-feature][tabindex='0']")]
            .map((one) => one.dataset.feature)"""
    )
    whole = {id_: ATLAS.features[id_].properties.part_of or id_ for id_ in stops}
    things = {
        feature.id
        for feature in View().shown(ATLAS)
        if feature.is_thing and payload.has_place(feature, ATLAS)
    }
    assert set(whole.values()) == things
    first = here.frame.locator(f"[data-feature='{stops[0]}']")
    first.focus()
    first.press("Enter")
    expect(here.frame.locator(".geo-card")).to_have_attribute("data-card", whole[stops[0]])
    here.page.keyboard.press("Escape")
    expect(first).to_be_focused()


def test_another_boundary_view_takes_the_place_of_the_first(here):
    here.open("?worldview=pk")
    expect(here.frame.locator(".geo-note")).to_contain_text("Pakistan’s position")
    paths = [urlsplit(url).path for url in here.requests]
    assert "/atlas/basemap/pk.json" in paths
    assert "/atlas/basemap/de_facto.json" not in paths


def test_a_bad_parameter_is_named_and_ignored(here):
    here.open("?layers=nonsense&worldview=mars")
    expect(here.page.get_by_text("nonsense")).to_be_visible()
    expect(here.page.get_by_text("mars")).to_be_visible()
    # The map gives way, so that its note on boundaries stays in the window.
    bottom = "(map) => map.getBoundingClientRect().bottom <= innerHeight"
    assert here.page.locator(".st-key-beside iframe").evaluate(bottom)


def test_on_a_phone_the_card_is_a_sheet_with_its_link_on_top(browser, served):
    with visit(browser, served.url, **PHONE) as here:
        here.open().frame.evaluate(CLICK, quoted_and_placed())
        sheet = here.frame.locator(".geo-sheet")
        link = sheet.get_by_role("link", name="Read this sentence in the article")
        assert link.bounding_box()["y"] - sheet.bounding_box()["y"] < 220
        width = here.page.evaluate("() => document.documentElement.scrollWidth")
        assert width <= PHONE["viewport"]["width"]
        assert here.page.locator(FRAME).bounding_box()["height"] <= 0.55 * 800 + 1
        here.clean()


def test_dark_is_dark(browser, served):
    with visit(browser, served.url, color_scheme="dark") as here:
        assert here.open().frame.evaluate("() => document.documentElement.dataset.theme") == "dark"
        here.clean()


def test_a_base_path_and_a_limit_of_boundary_views_hold(browser, logs):
    limited = chromium.served(logs / "base.log", base="some/where", GEO_WORLDVIEWS="none,pk")
    with limited as server, visit(browser, server.url) as here:
        here.open(f"?{ALL}&worldview=de_facto")
        assert set(here.frame.evaluate(DRAWN_LAYERS)) == {one for one in LAYERS if placed(one)}
        expect(here.frame.locator(".geo-note")).to_contain_text("No boundaries")
        assert all("/some/where/" in url for url in here.requests if "/atlas/" in url)
        assert here.page.request.get(f"{server.url}atlas/basemap/de_facto.json").status == 404
        assert here.page.request.get(f"{server.url}atlas/basemap/pk.json").status == 200
        here.frame.evaluate(CLICK, quoted_and_placed())
        expect(here.page).to_have_url(re.compile("feature="))
        here.clean()


# ---- hostile text --------------------------------------------------------------------------

LOOK = """() => ({
    text: document.body.innerText
        + [...document.querySelectorAll("text")].map((one) => one.textContent).join(),
    made: document.querySelectorAll(
        ".geo-card :is(img, iframe, script), .geo-name *:not(bdi), .geo-caption *:not(textPath)"
    ).length,
    pwned: window.pwned,
})"""
CARDS = """async (ids) => {
    const texts = [];
    for (const id of ids) {
        geoAtlas.show({ ids, selected: id, worldview: "de_facto", lang: "en" });
        const card = document.querySelector(".geo-card");
        texts.push(card.textContent);
        if (card.querySelector("img, iframe, script, svg, style, [onerror], [href^=javascript]")) {
            throw new Error(`markup in the card of ${id}`);
        }
    }
    return texts;
}"""


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "data"
    hostile.write(folder)
    shutil.rmtree(hostile.CANARY, ignore_errors=True)
    return folder


def stays_text(here: Visit, atlas: Atlas) -> None:
    """Open every card and look at everything: nothing ran, nothing was made, nothing was asked."""
    things = [feature.id for feature in atlas.features.values() if not feature.properties.part_of]
    framed = [one for one in here.page.frames if "st_folium" in one.url]
    frame = framed[0] if framed else here.page.main_frame
    for text in frame.evaluate(CARDS, things):
        assert hostile.TEXT in text or hostile.SERVER in text
        assert "60481729" not in text
    for one in here.page.frames:
        seen = one.evaluate(LOOK)
        assert seen["pwned"] is None
        assert seen["made"] == 0
        assert "60481729" not in seen["text"]
    here.clean()
    assert not hostile.CANARY.exists()


def test_hostile_text_stays_text_in_the_app_and_on_the_server(browser, logs, poisoned):
    atlas = store.read_atlas(store.Store(poisoned))
    with (
        chromium.served(logs / "hostile.log", GEO_DATA=str(poisoned)) as server,
        visit(browser, server.url) as here,
    ):
        here.open(f"?{ALL}&at=9/72/34")
        here.page.locator(".st-key-counts summary").click()
        here.settle()
        labels = here.page.locator("[class*='st-key-layer'] label").all_inner_texts()
        assert len(labels) == len(atlas.layers)
        for label in labels:
            words = label.replace("\u2060", "")
            assert hostile.SERVER in words or hostile.TEXT.replace("\u202e", "") in words
        assert here.page.locator("img[src*='evil'], a[href*='evil']").count() == 0
        stays_text(here, atlas)


def test_hostile_text_stays_text_in_one_file(browser, poisoned, tmp_path):
    found = store.Store(poisoned)
    atlas = store.read_atlas(found)
    everything = View(layers=tuple(layer.id for layer in atlas.layers))
    (tmp_path / "map.html").write_text(onefile.page(atlas, everything, found))
    with visit(browser, tmp_path.as_uri() + "/") as here:
        here.page.goto((tmp_path / "map.html").as_uri())
        here.page.locator(chromium.DRAWN).wait_for()
        stays_text(here, atlas)


# ---- links to sentences --------------------------------------------------------------------

ARTICLE = """<!doctype html><meta charset=utf-8><style>p {{ margin: 0 0 1500px }}
::target-text {{ background: rgb(255, 0, 255) }}</style>{paragraphs}"""


@pytest.mark.texts
@pytest.mark.parametrize("source", [one.id for one in ATLAS.sources.values() if one.seed])
def test_the_link_of_each_quote_scrolls_to_its_sentence(browser, article_texts, source):
    article = ATLAS.sources[source]
    text = article_texts[article.text_sha256]
    paragraphs = re.split(r"\n\s*\n", text)
    body = ARTICLE.format(paragraphs="".join(f"<p>{escaped(one)}</p>" for one in paragraphs))
    claims = {
        claim.quote: claim
        for feature in ATLAS.features.values()
        for claim in feature.properties.claims
        if claim.source == source and claim.quote
    }
    assert claims
    with visit(browser, "about:", viewport={"width": 640, "height": 320}) as here:
        here.page.route(
            re.compile("^https?:"), lambda route: route.fulfill(body=body, content_type="text/html")
        )
        missed = []
        for claim in claims.values():
            here.page.goto("about:blank")
            here.page.goto(evidence.sentence_url(article, claim))
            if not sees_marked(here, claim.quote):
                missed.append(claim.id)
        assert missed == []


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def sees_marked(here: Visit, quote: str) -> bool:
    """Whether the quote's paragraph is in view and something in view has the color of a mark."""
    in_view = here.page.evaluate(
        """(quote) => [...document.querySelectorAll("p")].some((one) => {
            const { top, bottom } = one.getBoundingClientRect();
            return bottom > 0 && top < innerHeight && one.textContent.includes(quote);
        })""",
        quote,
    )
    shot = here.page.screenshot(type="png")
    return in_view and magenta(shot)


def magenta(png: bytes) -> bool:
    import io  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415

    colors = Image.open(io.BytesIO(png)).convert("RGB").getcolors(1 << 24) or []
    return any(r > 240 and g < 16 and b > 240 for _, (r, g, b) in colors)
