"""The popup and the evidence panel beside the map, in Chromium."""

import re
import shutil
from collections.abc import Iterator

import browser as chromium
import hostile
import pytest
from browser import Visit, visit
from playwright.sync_api import Browser, expect

from geo import cite, disagreements, evidence, store, text
from geo.card import card
from geo.vocab import DisagreementKind

pytestmark = pytest.mark.browser

ATLAS = store.read_atlas(store.find())
MOST = max(ATLAS.features.values(), key=lambda one: len(one.properties.claims))
ALL = "layers=" + ",".join(layer.id for layer in ATLAS.layers)
COPIED = "() => { window.copied = []; navigator.clipboard.writeText = async (x) => copied.push(x) }"


@pytest.fixture(scope="module")
def here(browser: Browser, served: chromium.Served) -> Iterator[Visit]:
    """The page of the feature with the most claims, opened by its link."""
    with visit(browser, served.url) as found:
        yield found.open(f"?feature={MOST.id}")
        found.clean()


def panel(here: Visit):
    return here.page.locator(".st-key-evidence")


def test_a_link_opens_popup_and_panel_and_nothing_pans_later(here):
    expect(here.frame.locator(".geo-card")).to_have_attribute("data-card", MOST.id)
    expect(panel(here)).to_contain_text(MOST.properties.name)
    before = here.frame.evaluate("() => map_div.getCenter().toString()")
    here.settle(1200)
    assert here.frame.evaluate("() => map_div.getCenter().toString()") == before
    popup = here.frame.locator(".geo-popup").bounding_box()
    frame = here.page.locator(chromium.FRAME).bounding_box()
    assert popup["x"] >= frame["x"]
    assert popup["x"] + popup["width"] <= frame["x"] + frame["width"]


def test_the_popup_leads_on(here):
    popup = here.frame.locator(".geo-card")
    further = popup.locator(".geo-acts-further > *")
    assert further.all_inner_texts() == ["All evidence", "Cite", "GeoJSON", "Page", "Brief (PDF)"]
    base = here.origin
    assert popup.get_by_role("link", name="Page").evaluate("(a) => a.href") == f"{base}f/{MOST.id}"
    data = popup.get_by_role("link", name="GeoJSON").evaluate("(a) => a.href")
    assert here.page.request.get(data).ok
    assert data == f"{base}f/{MOST.id}.geojson"


def test_cite_and_copy_quote_carry_the_source(here):
    here.frame.evaluate(COPIED)
    here.frame.get_by_role("button", name="Cite").click()
    here.frame.get_by_role("button", name="Copy quote").click()
    cited, quoted = here.frame.evaluate("() => copied")
    claim = evidence.lead_claim(MOST)
    source = ATLAS.sources[claim.source]
    assert cited.startswith(f"{MOST.properties.name}: “{claim.quote}” ")
    assert cite.footnote(source, claim) in cited
    assert quoted.startswith(f"“{claim.quote}” (“{source.title}”, {source.publisher}, ")
    assert evidence.sentence_url(source, claim) in quoted


def test_the_popup_says_what_the_quote_is_about_and_where_the_status_is_from(here):
    popup = here.frame.locator(".geo-card")
    told = card(MOST, ATLAS)
    expect(popup.locator(".geo-about")).to_have_text(f"On: {told.words.about}")
    context = popup.locator("blockquote .geo-context").all_inner_texts()
    assert "".join(context).replace("…", "").split() == [
        *(told.words.prefix or "").split(),
        *(told.words.suffix or "").split(),
    ]
    line = popup.locator(".geo-status-source")
    expect(line).to_contain_text(told.status_source.line)
    expect(line).to_contain_text(told.status_source.says)
    figure = next(one for one in told.figures if one.disagree)
    expect(popup.locator(".geo-disagree").first).to_have_text("sources disagree")
    expect(popup.locator(".geo-figures")).to_contain_text(figure.others[0])


def test_the_panel_tells_history_disagreements_and_what_is_not_known(here):
    told = panel(here)
    steps = told.locator(".st-key-evidence-history li")
    assert steps.count() > 5
    expect(steps.first).to_contain_text("2007")
    found = disagreements.of_feature(MOST, ATLAS)
    against = [one for one in found if one.kind is not DisagreementKind.STORY]
    n_open = sum(one.is_open for one in against)
    expect(told).to_contain_text(f"{n_open} open, {len(against) - n_open} settled")
    for one in against:
        if one.is_open:
            expect(told).to_contain_text(one.explanation)
    for words in MOST.properties.unknown:
        expect(told.locator(".st-key-evidence-unknown")).to_contain_text(words)


def test_every_property_has_its_claims_and_a_closed_one_sends_only_its_heading(here):
    told = panel(here)
    properties = dict.fromkeys(claim.property for claim in MOST.properties.claims)
    for name in properties:
        label = text.label_of(name)
        assert told.locator("summary strong").get_by_text(label, exact=True).count() > 0, name
    length = told.locator("details").filter(has_text="Published length · 820 km")
    assert length.locator("blockquote").count() == 0
    length.locator("summary").click()
    claims = [one for one in MOST.properties.claims if one.property == "published_length_km"]
    expect(length.locator("blockquote")).to_have_count(len(claims))
    lost = next(one for one in claims if one.reason)
    expect(length).to_contain_text(lost.reason)
    expect(length).to_contain_text("original not found")
    length.locator("summary").click()


def test_the_panel_cites(here):
    expect(panel(here).locator("[data-testid='stCode']")).to_contain_text(MOST.properties.name)


def test_hostile_text_stays_text_in_the_panel(browser, logs, tmp_path):
    few = max(  # its topics are all open
        (
            one
            for one in ATLAS.features.values()
            if len({c.property for c in one.properties.claims}) <= 6
        ),
        key=lambda one: len(one.properties.claims),
    )
    hostile.write(tmp_path / "data")
    shutil.rmtree(hostile.CANARY, ignore_errors=True)
    with (
        chromium.served(logs / "panel.log", GEO_DATA=str(tmp_path / "data")) as server,
        visit(browser, server.url) as there,
    ):
        there.open(f"?{ALL}&feature={few.id}")
        told = panel(there)
        expect(told).to_contain_text("7777")
        told.locator("summary").filter(has_text="Sources (").click()
        expect(told.locator("ol > li").first).to_be_visible(timeout=20_000)
        expect(told.locator("blockquote")).to_have_count(len(few.properties.claims))
        assert told.locator("img, iframe, script, a[href^='javascript'], a[onclick]").count() == 0
        assert there.page.evaluate("() => window.pwned") is None
        assert "60481729" not in told.inner_text()
        there.clean()
    assert not hostile.CANARY.exists()


def test_the_panel_closes_popup_and_itself(here):
    here.page.locator(".st-key-evidence-close button").click()
    expect(panel(here)).to_have_count(0)
    expect(here.frame.locator(".geo-card")).to_have_count(0)
    expect(here.page).not_to_have_url(re.compile("feature="))
