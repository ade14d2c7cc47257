import re
from pathlib import Path

import hostile
import pytest
from builders import make_atlas, make_claim, make_feature, make_source
from lxml import html
from starlette.applications import Starlette
from test_server import BASE, get

from geo import live, pages, server, store, text
from geo.errors import GeoError
from geo.pages.feature import MOST_BYTES
from geo.pages.page import POLICY
from geo.view import LANGUAGES
from geo.vocab import Evidence, LocationMethod, Status, Worldview

FRAMED = f"{POLICY}; frame-ancestors 'self'"


@pytest.fixture(scope="module")
def app():
    return Starlette(routes=server.routes(BASE), middleware=server.middleware(BASE))


@pytest.fixture(scope="module")
def real():
    return store.read_atlas(store.find())


def page_of(atlas, feature_id, data=None, **members):
    feature = atlas.features[feature_id]
    found = data or store.find()
    return pages.feature_page(feature, atlas, found, Worldview.DE_FACTO, **members)


def words_of(page):
    return " ".join(html.document_fromstring(page).body.text_content().split())


def told(*claims, sources=(), **members):
    feature = make_feature(claims=claims, **members)
    return page_of(make_atlas(feature, sources=sources), feature.id)


def harmless(page):
    """No script, nothing loaded, and links to this page, its neighbors and web addresses only."""
    root = html.document_fromstring(page)
    assert not root.xpath("//script | //iframe | //img | //object | //embed | //form | //base")
    assert not root.xpath("//link[not(@rel='canonical' or @href='data:,')]")
    assert not [name for one in root.iter() for name in one.attrib if name.startswith("on")]
    assert "@import" not in page
    assert "url(" not in page
    for address in root.xpath("//a/@href"):
        assert re.match(r"https?://|#|\.\./|\./|[a-z0-9-]+\.geojson$", address), address
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {one[1:] for one in root.xpath("//a/@href") if one.startswith("#")} <= set(ids)
    return root


def test_every_feature_has_a_small_page_that_loads_nothing(real):
    shown = [one for one in real.features.values() if one.properties.part_of is None]
    for feature in shown:
        page = page_of(real, feature.id)
        assert len(page.encode()) <= MOST_BYTES, feature.id
        root = harmless(page)
        assert feature.properties.name in root.findtext(".//title")
        assert feature.properties.name == root.findtext(".//h1")
        assert root.xpath("//meta[@property='og:title' or @property='og:description']/@content")
        names = {one.get("lang") for one in root.xpath("//bdi")}
        assert names >= {"ur"} if feature.properties.name_ur else True


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("links", [pages.served, pages.filed])
def test_the_page_with_the_most_words_has_a_picture_in_every_language(real, lang, links):
    page = page_of(real, "ofc-1", lang=lang, links=links(lang))
    picture = html.document_fromstring(page).find(".//figure/svg")
    assert "GeoNames" in picture.text_content()
    assert picture.xpath("string(@aria-label)").endswith("(OFC-1)" if lang != "zh" else "（OFC-1）")
    assert len(page.encode()) <= MOST_BYTES


def test_what_was_read_is_said_of_every_source_of_a_brief_page(real):
    page = page_of(real, "ofc-1")
    told = words_of(page).partition("Unless it says otherwise: ")[2].partition(" Pakistan Leads")[0]
    for source in {claim.source for claim in real.features["ofc-1"].properties.claims}:
        assert text.read_state(real.sources[source], "en") in told, source


def test_a_page_names_every_source_of_every_claim(real):
    for id_ in ("ofc-1", "gwadar-port", "fiber-one"):
        page = page_of(real, id_)
        root = html.document_fromstring(page)
        cited = {claim.source for claim in real.features[id_].properties.claims}
        assert len(root.xpath("//ol[@class='src']/li")) >= len(cited)
        for source in (real.sources[one] for one in cited):
            assert source.url is None or source.url in root.xpath("//ol[@class='src']//a/@href")


def test_the_quote_comes_first_in_its_context():
    page = told(make_claim())
    root = html.document_fromstring(page)
    quote = root.find(".//blockquote")
    assert quote.text_content() == "…Pakistan and China “have already completed” the OFC-1…"
    assert [one.text for one in quote.iter("span")] == ["…Pakistan and China ", " the OFC-1…"]
    assert page.index("<blockquote") < page.index("What the sources say")
    assert any("#:~:text=" in one for one in root.xpath("//a/@href"))


def test_values_that_were_not_chosen_stand_with_their_reason():
    length = {"property": "published_length_km", "unit": "km"}
    page = told(
        make_claim(value=820, **length),
        make_claim("ofc-1-c02", value=822, rank="normal", source="b", reason="One text.", **length),
        make_claim("ofc-1-c03", value=9, rank="deprecated", source="b", reason="Typo.", **length),
        sources=(make_source(), make_source("b", publisher="B")),
    )
    words = words_of(page)
    assert "Published length820 km sources disagree" in words
    section = words[words.index("Where sources disagree") :]
    assert section.index("820 km") < section.index("822 km One text.") < section.index("9 km")
    assert "9 km Set aside Typo." in section


def test_what_is_ours_is_marked():
    page = told(
        make_claim(
            quote=None,
            prefix=None,
            suffix=None,
            says="It is so",
            locator="P1 s1",
            inferred="One step",
            attributed_to="Somebody",
        )
    )
    words = words_of(page)
    for marked in (
        "In our words: It is so",
        "P1 s1",
        "Our inference: One step",
        "The article credits Somebody.",
        "no author named; dated; no sources named; original not found",
        "read in a stored copy; live page not checked",
    ):
        assert marked in words


def test_history_is_in_the_order_of_time():
    page = told(
        make_claim("ofc-1-c01", property="status", value="operating", since="2018-07-13"),
        make_claim("ofc-1-c02", property="status", value="construction", since="2015-09"),
        make_claim("ofc-1-c03", property="contract", value="2013-07-05"),
        kind="facility",
        status="operating",
    )
    history = words_of(page).partition("History ")[2].partition(" What the sources")[0]
    assert history == (
        "July 5, 2013: Contract [1] September 2015: Under construction [1] "
        "July 13, 2018: In service [1]"
    )


def test_draft_names_are_marked_and_set_in_their_direction():
    page = told(make_claim(), name_ur="گوادر", name_zh="瓜达尔", translated=("zh",))
    root = html.document_fromstring(page)
    assert [(one.get("lang"), one.text) for one in root.iter("bdi")] == [
        ("ur", "گوادر"),
        ("zh", "瓜达尔"),
    ]
    assert words_of(page).count("(draft translation)") == 1


def test_without_a_public_address_no_link_pretends_to_be_public(real, monkeypatch):
    monkeypatch.delenv("GEO_PUBLIC_URL", raising=False)
    page = page_of(real, "ofc-1")
    assert "canonical" not in page
    assert "og:url" not in page
    monkeypatch.setenv("GEO_PUBLIC_URL", "https://map.example/here/")
    page = page_of(real, "gwadar-port")
    root = html.document_fromstring(page)
    assert root.xpath("//link[@rel='canonical']/@href") == [
        "https://map.example/here/f/gwadar-port"
    ]
    assert "https://map.example/here/f/gwadar-port" in root.find(".//p[@class='cite']").text


def test_a_public_address_that_is_none_is_refused(real, monkeypatch):
    monkeypatch.setenv("GEO_PUBLIC_URL", "javascript:alert(1)")
    with pytest.raises(GeoError, match="is no web address"):
        page_of(real, "gwadar-port")


def test_hostile_text_stays_text(tmp_path):
    hostile.write(tmp_path)
    data = store.Store(tmp_path)
    atlas = store.read_atlas(data)
    for feature in atlas.features.values():
        if feature.properties.part_of is None:
            page = page_of(atlas, feature.id, data)
            harmless(page)
            assert "60481729" not in page
    words = words_of(page_of(atlas, "ofc-1", data))
    assert "<script>top.pwned=1</script>" in words
    assert not hostile.CANARY.exists()


def test_a_page_is_served_without_any_script(app):
    status, headers, body = get(app, "/f/gwadar-port")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert headers["content-security-policy"] == FRAMED
    assert b"<h1>Gwadar Port</h1>" in body
    assert get(app, "/f/gwadar-port", if_none_match=headers["etag"])[0] == 304


def test_a_part_leads_to_its_whole(app):
    status, headers, _ = get(app, "/f/ofc-1-chilas-gilgit")
    assert (status, headers["location"]) == (301, f"/{BASE}/f/ofc-1")
    assert get(app, "/f/ofc-1-chilas-gilgit.geojson")[1]["location"].endswith("/f/ofc-1.geojson")


def test_a_former_id_leads_to_the_present_one():
    atlas = make_atlas(make_feature("new", formerly=("old",)))
    assert pages.resolve(atlas, "old") == "new"
    assert pages.resolve(atlas, "older") is None


def test_an_unknown_id_gets_a_page_that_repeats_nothing(app):
    status, headers, body = get(app, "/f/<script>nope")
    assert status == 404
    assert headers["content-security-policy"] == FRAMED
    assert b"nope" not in body
    harmless(body.decode())


def test_the_geojson_of_a_feature_has_its_parts_and_sources(app):
    status, headers, body = get(app, "/f/fiber-one.geojson")
    assert (status, headers["content-type"]) == (200, "application/geo+json")
    assert 'filename="fiber-one.geojson"' in headers["content-disposition"]
    for expected in (b'"fiber-one-china"', b'"claims"', b'"sources"'):
        assert expected in body


def test_about_says_how_everything_is_decided(app, real):
    status, headers, body = get(app, "/about")
    assert (status, headers["content-security-policy"]) == (200, FRAMED)
    root = harmless(body.decode())
    words = " ".join(root.body.text_content().split())
    for term in (*Status, *Evidence, *LocationMethod):
        assert term.meaning
        assert f"{term.label[0].upper()}{term.label[1:]} {term.meaning}" in words
    for said in (
        "Evidence searched to January 2026.",
        "Language models drafted",
        "compared with that text by program",
        "CC BY 4.0",
        "imply no position on any territory",
        f"{len(real.sources)} sources",
    ):
        assert said in words


def test_page_picture_and_map_share_one_palette():
    def colors(name, prefix):
        found = Path(name).read_text(encoding="utf-8")
        return [
            dict(re.findall(rf"--{prefix}([a-z]+):\s*([^;}}]+)", block))
            for block in re.findall(r"\{[^{}]*--" + prefix + r"[^{}]*", found)[:2]
        ]

    package = Path(pages.__file__).parents[1]
    for name in ("picture.css", "static.css"):
        for ours, maps in zip(
            colors(package / "render/templates" / name, ""),
            colors(package / "maps/atlas.css", "geo-"),
            strict=True,
        ):
            assert ours
            for color in set(ours) & set(maps):
                assert ours[color].strip() == maps[color].strip(), (name, color)


def test_a_boundary_view_that_is_not_allowed_is_on_no_page(app, monkeypatch):
    monkeypatch.setenv("GEO_WORLDVIEWS", "none")
    assert live.worldviews() == (Worldview.NONE,)
    body = get(app, "/f/rashakai-sez")[2].decode()
    assert "Boundaries: no boundaries." in body
    assert 'class="p-line"' not in body
