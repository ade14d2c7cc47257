import pytest
from builders import make_atlas, make_claim, make_feature, make_point, make_source

from geo.card import card

OUTSIDE = {"quote": None, "prefix": None, "suffix": None, "locator": "P1 s1", "says": "It is so"}


def road(*claims, **members):
    return make_feature(kind="terrestrial_fiber", claims=claims, **members)


def status(id_="ofc-1-c01", value="operating", **members):
    return make_claim(id_, property="status", value=value, **members)


def card_of(feature, *sources):
    return card(feature, make_atlas(feature, sources=sources))


def test_a_popup_leads_with_the_words_of_the_article():
    shown = card_of(road(status(since="2018-07-13")))
    assert shown.words.quote == "have already completed"
    assert shown.source.url.endswith(
        "#:~:text=Pakistan%20and%20China-,have%20already%20completed,-the%20OFC%2D1"
    )
    assert shown.source.captures_url == "https://web.archive.org/web/*/https://example.com/paper"
    assert (shown.status.label, shown.status.since) == ("In service", "since July 13, 2018")
    assert shown.status.latest == "latest report in our sources: May 24, 2023"
    assert shown.status.silence == "nothing newer found (searched to January 2026)"


def test_what_one_article_claims_is_not_confirmed():
    claim = make_claim(property="status_claimed", value="are connected")
    shown = card_of(make_feature(kind="data_link", claims=(claim,), status="claimed"))
    assert shown.evidence.label == "Claimed by one article · not confirmed"


def test_separate_sources_are_counted_by_story():
    feature = road(
        status(source="a"),
        status("ofc-1-c02", source="b", rank="normal"),
        status("ofc-1-c03", source="c", rank="normal"),
    )
    sources = (make_source("a"), make_source("b"), make_source("c", story="a"))
    shown = card_of(feature, *sources)
    assert shown.evidence.label == "Reported by 2 separate sources"
    assert shown.same_statement == ("A paper, May 24, 2023 (one release, counted once)",)


def test_a_figure_that_sources_dispute_says_so():
    length = {"property": "published_length_km", "unit": "km"}
    feature = road(
        make_claim(value=820, **length),
        make_claim(
            "ofc-1-c02", value=822, rank="normal", source="b", reason="one report", **length
        ),
    )
    figure = card_of(feature, make_source(), make_source("b", publisher="B")).figures[0]
    assert (figure.label, figure.value, figure.disagree) == ("Published length", "820 km", True)
    assert figure.others == ("822 km (B)",)


def test_an_outside_source_is_put_in_our_words():
    shown = card_of(road(status(**OUTSIDE)))
    assert (shown.words.quote, shown.words.says, shown.words.locator) == (None, "It is so", "P1 s1")
    assert shown.source.url == "https://example.com/paper"


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({}, "no place is known; it is not on the map"),
        (
            {
                "geometry": make_point(),
                "location_method": "geocoded",
                "accuracy_m": 5000,
                "accuracy_of": "site",
            },
            "town center, not the site; likely error 5 km of the site (our estimate)",
        ),
        (
            {"geometry": make_point(), "location_method": "schematic"},
            "diagram, no location meant",
        ),
    ],
)
def test_a_geometry_says_what_it_is(members, words):
    assert card_of(make_feature(**members)).geometry == words


def test_a_part_has_the_card_of_its_whole_and_its_own_geometry_words():
    line = {"type": "LineString", "coordinates": [[0, 0], [0, 1]]}
    place = {"location_method": "terrain_trace", "accuracy_m": 900, "accuracy_of": "cable"}
    whole = road(status(), whole=True, name="OFC-1")
    part = road(id_="ofc-1-a", part_of="ofc-1", order=1, geometry=line, **place)
    atlas = make_atlas(whole, part)
    shown = card(atlas.features["ofc-1-a"], atlas)
    assert (shown.id, shown.name) == ("ofc-1", "OFC-1")
    assert "likely error 900 m of the cable" in shown.geometry
    assert "drawn line 110.6 km, which is not the cable’s length" in shown.geometry


def test_draft_names_are_marked():
    feature = make_feature(name="Gwadar", name_ur="گوادر", name_zh="瓜达尔", translated=("zh",))
    names = card_of(feature).names
    assert [(one.lang, one.draft) for one in names] == [("en", False), ("ur", False), ("zh", True)]


def test_a_card_is_headed_in_its_own_language():
    feature = road(name="Road", name_ur="سڑک", name_zh="路", translated=["zh"])
    names = card(feature, make_atlas(feature), "zh").names
    assert [(one.lang, one.draft) for one in names] == [("zh", True), ("en", False), ("ur", False)]


def test_a_status_the_leading_words_do_not_speak_of_names_its_own_source():
    outside = make_source("b", publisher="B", text_sha256=None)
    feature = road(make_claim(), status("ofc-1-c02", source="b", **OUTSIDE))
    shown = card_of(feature, make_source(), outside)
    assert (shown.words.about, shown.words.quote) == ("Completed", "have already completed")
    assert (shown.status_source.line, shown.status_source.says) == ("B, May 24, 2023", "It is so")
    assert card_of(road(status())).status_source is None


def test_a_whole_of_diagrams_is_a_diagram():
    line = {"type": "LineString", "coordinates": [[0, 0], [0, 1]]}
    whole = road(status(value="proposed"), whole=True)
    part = road(id_="ofc-1-a", part_of="ofc-1", geometry=line, location_method="schematic")
    atlas = make_atlas(whole, part)
    assert card(atlas.features["ofc-1"], atlas).geometry == "diagram, no location meant"
