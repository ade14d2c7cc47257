"""The page of a source, and pages of another day and in another language."""

import pytest
from lxml import html
from starlette.applications import Starlette
from test_server import BASE, get

from geo import pages, server, store
from geo.pages.feature import MOST_BYTES
from geo.vocab import Worldview

ATLAS = store.read_atlas(store.find())
SEED = "247news-2023-05-sco-digital-summit"
APP = Starlette(routes=server.routes(BASE), middleware=server.middleware(BASE))


def read(path):
    status, headers, body = get(APP, path)
    return status, headers, html.fromstring(body.decode())


def test_a_source_has_a_page_with_its_facts_its_kin_and_every_claim():
    page = html.fromstring(pages.source_page(ATLAS.sources[SEED], ATLAS))
    words = " ".join(page.text_content().split())
    assert "Pakistan Leads Digital Cooperation at SCO Summit" in words
    assert "– no author named" in words
    assert "One story with" in words
    claims = [
        claim
        for feature in ATLAS.features.values()
        for claim in feature.properties.claims
        if claim.source == SEED
    ]
    assert len(page.xpath("//h3/following-sibling::ul/li")) == len(claims)
    links = page.xpath("//a/@href")
    assert "../f/fiber-one" in links
    assert any(":~:text=" in link for link in links)
    assert not page.xpath("//script")


@pytest.mark.parametrize("source", ATLAS.sources)
def test_every_source_has_a_page(source):
    page = pages.source_page(ATLAS.sources[source], ATLAS, "ur")
    assert 'dir="rtl"' in page
    assert len(page.encode()) < 2 * MOST_BYTES


def test_the_server_gives_a_source_under_its_base_path_and_names_one_it_has_not():
    status, headers, page = read(f"/s/{SEED}")
    assert status == 200
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "../f/fiber-one" in page.xpath("//a/@href")
    assert read("/s/nobody")[0] == 404


def test_a_feature_s_page_leads_to_the_pages_of_its_sources():
    page = html.fromstring(
        pages.feature_page(ATLAS.features["fiber-one"], ATLAS, store.find(), Worldview.DE_FACTO)
    )
    assert f"../s/{SEED}" in page.xpath("//ol[@class='src']//a/@href")


def test_a_page_of_a_day_says_what_was_known_then_and_stays_on_that_day():
    status, _, page = read("/f/ofc-1?as_of=2017-01-01")
    words = page.text_content()
    assert status == 200
    assert "As known on January 1, 2017" in words
    assert "In service" not in words
    assert "../?as_of=2017-01-01&feature=ofc-1" in page.xpath("//a/@href")
    assert "ofc-1.geojson?as_of=2017-01-01" in page.xpath("//a/@href")
    assert read("/f/fiber-one?as_of=2017-01-01")[0] == 404
    assert get(APP, "/f/ofc-1?as_of=yesterday")[0] == 404


def test_a_page_in_another_language_leads_on_in_it():
    status, _, page = read("/f/ofc-1?lang=ur")
    assert (status, page.get("lang"), page.get("dir")) == (200, "ur", "rtl")
    links = page.xpath("//nav/a/@href")
    assert "../about?lang=ur" in links
    assert "./ofc-1" in links  # back to English
    assert get(APP, "/f/ofc-1?lang=xx")[0] == 404
